"""Writing a five-whys tree as an outline: Enter for another answer, Tab to ask why of this one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from gemba.domain.figures import FiveWhys
from gemba.domain.figures import why_edits as edits
from gemba.domain.figures.five_whys import Why
from gemba.domain.figures.pasted import split_pasted
from gemba.domain.figures.why_tree import (
    branches,
    lettered,
    questions,
    therefore,
    tree_findings,
)
from gemba.ui.figures.editor import Around, FigureEditor, new_id
from gemba.ui.figures.outline import Unfolding
from gemba.ui.figures.why_rows import WhyRow
from gemba.ui.widgets import Button, FlowLayout, Label

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

_WIDE = 720
_DEEPEST = 7


class FiveWhysEditor(FigureEditor):
    """The outline at the left or above; read upward, with "therefore", beside or below it."""

    def __init__(
        self, theme: Theme, figure: FiveWhys, around: Around, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, figure, around, parent)
        if not figure.whys:
            self._figure = edits.begun(figure, new_id())
        self.rows: dict[str, WhyRow] = {}
        self.unfolding = Unfolding(self, self._place, self._say_findings)
        px = theme.px
        self.split = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self.split.setSpacing(px(24))
        self.outline = QVBoxLayout()
        self.outline.setSpacing(0)
        left = QVBoxLayout()
        left.setSpacing(px(8))
        left.addLayout(self.outline)
        left.addLayout(self._build_buttons())
        keys = self.tr("Enter: another answer. Tab: why? Shift+Tab: back. Alt+1 to 5: evidence.")
        left.addWidget(Label(theme, keys, step="small", tone="ink_soft", parent=self))
        left.addStretch(1)
        self.split.addLayout(left, 3)
        self.split.addLayout(self._build_reading(), 2)
        self.body.addLayout(self.split)
        self.body.addStretch(1)
        self._current = ""
        self.show_figure()

    def _build_buttons(self) -> FlowLayout:
        flow = FlowLayout(gap=self.theme.px(8))
        self.asker = Button(self.theme, self.tr("Why?"), icon="corner-down-left", parent=self)
        self.asker.clicked.connect(lambda: self._ask(self._current))
        self.adder = Button(
            self.theme, self.tr("Another answer"), icon="plus", kind="quiet", parent=self
        )
        self.adder.clicked.connect(lambda: self._add_beside(self._current))
        flow.addWidget(self.asker)
        flow.addWidget(self.adder)
        return flow

    def _build_reading(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(self.theme.px(4))
        self.reading_head = Label(
            self.theme, self.tr("Read upward"), step="strong", wrap=False, parent=self
        )
        self.reading = Label(self.theme, "", parent=self)
        self.trouble = Label(self.theme, "", step="small", tone="watch", parent=self)
        for part in (self.reading_head, self.reading, self.trouble):
            column.addWidget(part)
        column.addStretch(1)
        return column

    @property
    def _tree(self) -> FiveWhys:
        assert isinstance(self._figure, FiveWhys)
        return self._figure

    def begin(self) -> None:
        """Put the caret at the end of the last line; of a long tree, of the gap."""
        order = edits.in_order(self._tree)
        self.rows[order[0 if self.unfolding.waiting else -1].id].words.take_caret()

    def begin_at(self, item: str) -> None:
        """Put the caret into one cause."""
        self.unfolding.have_all()
        if item in self.rows:
            self._go(item)
        else:
            self.begin()

    def show_figure(self) -> None:
        """Show every cause as a row, keeping the rows that are there."""
        figure = self._tree
        ids = {why.id for why in figure.whys}
        for gone in self.rows.keys() - ids:
            row = self.rows.pop(gone)
            self.outline.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.unfolding.show(whole=bool(self.rows))
        if self._current not in self.rows:
            self._current = next((why.id for why in edits.in_order(figure)), "")
        self._say_findings()

    def _place(self, start: int, until: int) -> int:
        """Bring the rows from a place up to another into order; return how many there are."""
        figure = self._tree
        letters, order = lettered(figure), branches(figure)
        before = self.rows[figure.whys[order[start - 1].index].id].last_stop() if start else None
        for at, branch in enumerate(order[start:until], start):
            why = figure.whys[branch.index]
            row = self.rows.get(why.id) or self._new_row(why)
            if self.outline.indexOf(row) != at:
                self.outline.removeWidget(row)
                self.outline.insertWidget(at, row)
            row.set_depth(min(branch.depth, _DEEPEST))
            row.show_why(why, letters.get(branch.index, ""))
            if branch.parent >= 0:
                row.words.setAccessibleDescription(figure.whys[branch.parent].text)
            if before is not None:
                QWidget.setTabOrder(before, row.words)
            before = row.last_stop()
        return len(order)

    def _new_row(self, why: Why) -> WhyRow:
        row = WhyRow(self.theme, why, self.around, self)
        self.rows[why.id] = row
        row.edited.connect(self._edited)
        row.removed.connect(self._remove)
        row.entered_row.connect(lambda: self._open(row.id))
        words = row.words
        words.entered.connect(lambda: self._add_beside(row.id))
        words.asked.connect(lambda: self._ask(row.id))
        words.raised.connect(lambda: self._change(edits.raised(self._tree, row.id), row.id))
        words.emptied.connect(lambda: self._remove(row.id))
        words.lines_pasted.connect(lambda text: self._take_lines(row.id, text))
        words.stepped.connect(lambda by: self._step(row.id, by))
        words.shifted.connect(lambda by: self._shift(row.id, by))
        return row

    def _open(self, id: str) -> None:
        self._current = id
        for each, row in self.rows.items():
            if row.is_open() != (each == id):
                row.open(each == id)
        self._say_findings()

    def _edited(self, id: str, field: str, value: object) -> None:
        self.put(edits.changed(self._tree, id, **{field: value}))
        figure = self._tree
        letters = lettered(figure)
        for branch in branches(figure):
            why = figure.whys[branch.index]
            if why.id in self.rows and (field != "text" or why.id == id):
                self.rows[why.id].show_why(why, letters.get(branch.index, ""))
        self._say_findings()

    def _change(self, figure: FiveWhys, focus: str) -> None:
        self.unfolding.have_all()
        self.put(figure)
        self.show_figure()
        self._go(focus)

    def _go(self, id: str) -> None:
        if id not in self.rows:
            self.unfolding.have_all()
        if id in self.rows:
            self.rows[id].words.take_caret()

    def _ask(self, id: str) -> None:
        """Tab: go to the first answer, or ask for one; an empty line goes one step deeper."""
        if id not in self.rows:
            return
        why = edits.find(self._tree, id)
        below = edits.children_of(self._tree, id)
        if below:
            self._go(below[0].id)
        elif why.text.strip():
            new = new_id()
            self._change(edits.asked(self._tree, id, new), new)
        else:
            self._change(edits.lowered(self._tree, id), id)

    def _add_beside(self, id: str) -> None:
        """Enter: another answer to the same question; in an empty line, back towards the gap."""
        if id not in self.rows:
            return
        why = edits.find(self._tree, id)
        if not why.text.strip() and why.parent:
            self._change(edits.raised(self._tree, id), id)
            return
        new = new_id()
        self._change(edits.beside(self._tree, id, new), new)

    def _remove(self, id: str) -> None:
        order = [why.id for why in edits.in_order(self._tree)]
        at = order.index(id)
        figure = edits.removed(self._tree, id)
        if figure.whys and figure != self._tree:
            self._change(figure, order[at - 1] if at else order[1])

    def _take_lines(self, id: str, text: str) -> None:
        """Pasted lines are answers to the same question, one each."""
        figure = self._tree
        for cells in split_pasted(text):
            words = " ".join(cell for cell in cells if cell)
            if not edits.find(figure, id).text.strip():
                figure = edits.changed(figure, id, text=words)
                continue
            new = new_id()
            figure = edits.changed(edits.beside(figure, id, new), new, text=words)
            id = new
        self._change(figure, id)

    def _shift(self, id: str, by: int) -> None:
        self._change(edits.shifted(self._tree, id, by), id)

    def _step(self, id: str, by: int) -> None:
        order = [why.id for why in edits.in_order(self._tree)]
        at = order.index(id) + by
        if 0 <= at < len(order):
            self._go(order[at])

    def ask_again(self) -> None:
        """Say anew what is asked about the words."""
        self._say_findings()

    def _say_findings(self) -> None:
        figure, say = self._tree, self.around.say
        asked = {
            found.where: found.told(say) for found in questions(figure, self.around.ends_at_person)
        }
        broken = [found.told(say) for found in tree_findings(figure)]
        for id, row in self.rows.items():
            row.say(asked.get(id, ""))
        read = therefore(figure, say, self._current)
        self.reading.setText("\n".join(read))
        self.reading_head.setVisible(bool(read))
        self.trouble.setText("\n".join(broken))
        self.trouble.setVisible(bool(broken))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Read beside the outline where there is room."""
        wide = self.width() >= self.theme.px(_WIDE)
        ways = QBoxLayout.Direction
        self.split.setDirection(ways.LeftToRight if wide else ways.TopToBottom)
        super().resizeEvent(event)
