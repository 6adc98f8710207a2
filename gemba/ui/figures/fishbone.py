"""Writing a fishbone as an outline: bones, under each its causes, under these what led to them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.figures import Fishbone
from gemba.domain.figures.fishbone import DEEPEST, MOST_BONES, Bone, BoneCause
from gemba.domain.figures.fishbone_rules import (
    fishbone_findings,
    raised,
    twigs,
    with_cause,
    with_set,
    without,
)
from gemba.domain.figures.pasted import split_pasted
from gemba.ui.figures.editor import Around, FigureEditor, new_id
from gemba.ui.figures.fishbone_rows import BoneRow, CauseRow
from gemba.ui.figures.outline import Unfolding
from gemba.ui.widgets import Button, Field, Label

if TYPE_CHECKING:
    from gemba.ui.theme import Theme


class FishboneEditor(FigureEditor):
    """The effect, a choice of bones, and the outline of causes."""

    def __init__(
        self, theme: Theme, figure: Fishbone, around: Around, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, figure, around, parent)
        tr = self.tr
        self.rows: dict[str, BoneRow | CauseRow] = {}
        self.unfolding = Unfolding(self, self._place, self._tell)
        words = around.say("fishbone.effect")
        self.effect = Field(theme, words, question=tr("Medicines come at 12:45"), parent=self)
        self.effect.edited.connect(
            lambda: self.put(replace(self._bones, effect=self.effect.text()))
        )
        self.body.addWidget(self.effect)
        row = QHBoxLayout()
        row.addWidget(Label(theme, tr("Bones"), wrap=False, parent=self))
        self.sets: dict[str, Button] = {}
        for name, label in (("6m", "6M"), ("8p", "8P"), ("4s", "4S")):
            self.sets[name] = Button(theme, label, parent=self)
            self.sets[name].clicked.connect(lambda _on=False, name=name: self._take_set(name))
            row.addWidget(self.sets[name])
        self.adder = Button(theme, tr("Own bone"), icon="plus", parent=self)
        self.adder.clicked.connect(self._add_bone)
        row.addWidget(self.adder)
        row.addStretch(1)
        self.body.addLayout(row)
        self.trouble = Label(theme, "", step="small", tone="watch", parent=self)
        self.body.addWidget(self.trouble)
        self.list = QVBoxLayout()
        self.list.setSpacing(0)
        self.body.addLayout(self.list)
        keys = tr("Enter: next. Tab: what led to it? Shift+Tab: back. Alt+1 to 3: state.")
        self.body.addWidget(Label(theme, keys, step="small", tone="ink_soft", parent=self))
        self.body.addStretch(1)
        self.show_figure()

    @property
    def _bones(self) -> Fishbone:
        assert isinstance(self._figure, Fishbone)
        return self._figure

    def begin(self) -> None:
        """Put the caret on the last line; while that is not made yet, where the effect is."""
        order = self._order()
        if self._bones.effect.strip() and order and not self.unfolding.waiting:
            self.rows[order[-1]].words.take_caret()
        else:
            self.effect.setFocus()

    def begin_at(self, item: str) -> None:
        """Put the caret into one cause."""
        self.unfolding.have_all()
        if item in self.rows:
            self.rows[item].words.take_caret()
        else:
            self.begin()

    def _order(self) -> list[str]:
        """The ids of all lines from top to bottom."""
        figure = self._bones
        order = twigs(figure)
        found: list[str] = []
        for number, bone in enumerate(figure.bones):
            found.append(bone.id)
            found += [figure.causes[twig.index].id for twig in order if twig.bone == number]
        if not figure.bones:
            found += [figure.causes[twig.index].id for twig in order]
        return found

    def show_figure(self) -> None:
        """Show every bone and cause as a line, keeping the lines that are there."""
        figure = self._bones
        if self.effect.text() != figure.effect:
            self.effect.set_text(figure.effect)
        order = self._order()
        for gone in self.rows.keys() - set(order):
            row = self.rows.pop(gone)
            self.list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.unfolding.show(whole=bool(self.rows))
        self.adder.setEnabled(len(figure.bones) < MOST_BONES)
        self._tell()

    def _place(self, start: int, until: int) -> int:
        """Bring the lines from a place up to another into order; return how many there are."""
        order = self._order()
        figure = self._bones
        bones = {bone.id: bone for bone in figure.bones}
        causes = {cause.id: cause for cause in figure.causes}
        depths = {figure.causes[twig.index].id: twig.depth for twig in twigs(figure)}
        held = {cause.parent for cause in figure.causes}
        before = self.rows[order[start - 1]].last_stop() if start else None
        for at, id in enumerate(order[start:until], start):
            row = self.rows.get(id) or self._new_row(id, bones, causes)
            if self.list.indexOf(row) != at:
                self.list.removeWidget(row)
                self.list.insertWidget(at, row)
            if isinstance(row, BoneRow):
                row.show_bone(bones[id], empty=id not in held)
            else:
                row.set_depth(depths.get(id, 1))
                row.show_cause(causes[id])
            if before is not None:
                QWidget.setTabOrder(before, row.words)
            before = row.last_stop()
        return len(order)

    def _new_row(
        self, id: str, bones: dict[str, Bone], causes: dict[str, BoneCause]
    ) -> BoneRow | CauseRow:
        row: BoneRow | CauseRow
        if id in bones:
            row = BoneRow(self.theme, bones[id], self)
            row.words.edited.connect(lambda: self._rename(id))
            row.asked.connect(lambda one: self._add_below(one))
            row.words.entered.connect(lambda: self._add_below(id))
            row.words.asked.connect(lambda: self._add_below(id))
        else:
            row = CauseRow(self.theme, causes[id], self.around, self)
            row.edited.connect(self._edited)
            row.passed_on.connect(self._pass_on)
            row.words.entered.connect(lambda: self._add_beside(id))
            row.words.asked.connect(lambda: self._add_below(id))
            row.words.raised.connect(lambda: self._change(raised(self._bones, id), id))
        self.rows[id] = row
        row.removed.connect(self._remove)
        row.entered_row.connect(lambda: self._open(id))
        row.words.emptied.connect(lambda: self._remove(id))
        row.words.stepped.connect(lambda by: self._step(id, by))
        row.words.lines_pasted.connect(lambda text: self._take_lines(id, text))
        return row

    def _open(self, id: str) -> None:
        for each, row in self.rows.items():
            if row.is_open() != (each == id):
                row.open(each == id)

    def _change(self, figure: Fishbone, focus: str) -> None:
        self.unfolding.have_all()
        self.put(figure)
        self.show_figure()
        if focus in self.rows:
            self.rows[focus].words.take_caret()

    def _take_set(self, name: str) -> None:
        figure = with_set(self._bones, name, new_id, self.around.say)
        first = figure.bones[0].id
        if figure.causes:
            self._change(figure, first)
            return
        # What is typed next is a cause; at the end of a bone's name it would be a part of that.
        new = new_id()
        self._change(with_cause(figure, first, new), new)

    def _add_bone(self) -> None:
        new = Bone(id=new_id(), label="")
        self._change(replace(self._bones, bones=(*self._bones.bones, new)), new.id)

    def _rename(self, id: str) -> None:
        label = self.rows[id].words.text()
        bones = tuple(replace(b, label=label) if b.id == id else b for b in self._bones.bones)
        self.put(replace(self._bones, bones=bones))
        self._tell()

    def _edited(self, id: str, field: str, value: object) -> None:
        causes = tuple(
            replace(one, **{field: value}) if one.id == id else one  # type: ignore[arg-type]
            for one in self._bones.causes
        )
        self.put(replace(self._bones, causes=causes))
        row = self.rows[id]
        if isinstance(row, CauseRow):
            row.show_cause(self._cause(id))
        self._tell()

    def _cause(self, id: str) -> BoneCause:
        return next(one for one in self._bones.causes if one.id == id)

    def _add_below(self, id: str) -> None:
        """A cause on this bone, or what led to this cause; the deepest has only siblings."""
        self.unfolding.have_all()
        figure = self._bones
        depth = next(
            (twig.depth for twig in twigs(figure) if figure.causes[twig.index].id == id), 0
        )
        if depth >= DEEPEST:
            self._add_beside(id)
            return
        waiting = next(
            (one for one in figure.causes if one.parent == id and not one.text.strip()), None
        )
        if waiting is not None:
            self.rows[waiting.id].words.take_caret()
        elif depth == 0 or self._cause(id).text.strip():
            new = new_id()
            self._change(with_cause(figure, id, new), new)

    def _add_beside(self, id: str) -> None:
        """Another cause beside this one; in an empty line, back towards the bone."""
        cause = self._cause(id)
        if not cause.text.strip():
            self._change(raised(self._bones, id), id)
            return
        new = new_id()
        self._change(with_cause(self._bones, cause.parent, new, after=id), new)

    def _remove(self, id: str) -> None:
        order = self._order()
        at = order.index(id)
        figure = self._bones
        if any(bone.id == id for bone in figure.bones):
            if any(cause.parent == id for cause in figure.causes):
                return
            figure = replace(figure, bones=tuple(b for b in figure.bones if b.id != id))
        else:
            figure = without(figure, id)
        rest = [one for one in order if one != id]
        self._change(figure, rest[max(0, at - 1)] if rest else "")

    def _step(self, id: str, by: int) -> None:
        self.unfolding.have_all()
        order = self._order()
        at = order.index(id) + by
        if 0 <= at < len(order):
            self.rows[order[at]].words.take_caret()

    def _take_lines(self, id: str, text: str) -> None:
        """Pasted lines are causes, one each: of this bone, or beside this cause."""
        figure = self._bones
        bone = any(one.id == id for one in figure.bones)
        parent = id if bone else self._cause(id).parent
        after = "" if bone else id
        for cells in split_pasted(text):
            words = " ".join(cell for cell in cells if cell)
            new = new_id()
            figure = with_cause(figure, parent, new, after=after)
            causes = tuple(replace(c, text=words) if c.id == new else c for c in figure.causes)
            figure, after = replace(figure, causes=causes), new
        if not bone and not self._cause(id).text.strip():
            figure = without(figure, id)
        self._change(figure, after)

    def _pass_on(self, id: str) -> None:
        if self.around.to_tree is not None:
            self.around.to_tree(self._cause(id), self._bones.effect)

    def _tell(self) -> None:
        say = self.around.say
        told: dict[str, list[str]] = {}
        for found in fishbone_findings(self._bones):
            told.setdefault(found.where, []).append(found.told(say))
        for id, row in self.rows.items():
            row.say("\n".join(told.get(id, [])))
        self.trouble.setText("\n".join(told.get("", [])))
        self.trouble.setVisible("" in told)
