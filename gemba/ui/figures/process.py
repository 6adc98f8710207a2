"""Writing a process: one line for each step, wait, queue or handover, and how long it takes."""

from __future__ import annotations

import itertools
import secrets
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.figures import Process
from gemba.domain.figures.process import DAY_HOURS, SORTS, UNITS, ProcessItem
from gemba.domain.figures.process_read import read_items
from gemba.domain.figures.process_rules import (
    has_words,
    process_findings,
    sums_told,
    uses_days,
)
from gemba.ui.figures.editor import Around, FigureEditor
from gemba.ui.figures.outline import LineEditor, OutlineRow, Unfolding
from gemba.ui.widgets import Button, Field, Label, Segmented

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

_TIME = 84


class ItemRow(OutlineRow):
    """One item: what and how long; when it is open also its sort, who, and how many stand there.

    `edited` hands on the whole item.
    """

    edited = Signal(object)
    removed = Signal(str)
    went_on = Signal(str)

    def __init__(self, theme: Theme, item: ProcessItem, around: Around, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.item = item
        self.around = around
        self.id = item.id
        tr = self.tr
        self.words = LineEditor(theme, tr("What"), tr("What is done?"), self)
        self.time = LineEditor(theme, tr("How long"), tr("20 min"), self)
        self.time.setFixedWidth(theme.px(_TIME))
        for line in (self.words, self.time):
            line.takes_tab = False
        self.setFocusProxy(self.words)
        self.line.setSpacing(theme.px(12))
        self.line.addWidget(self.words, 1)
        self.line.addWidget(self.time, 0, Qt.AlignmentFlag.AlignTop)
        self.words.edited.connect(lambda: self._take(replace(self.item, what=self.words.text())))
        self.time.edited.connect(lambda: self._take(replace(self.item, time=self.time.text())))
        self.show_item(item)

    def ready(self) -> None:
        """Have the details; Tab goes from the words to the time, and then to them."""
        if not self.built:
            super().ready()
            QWidget.setTabOrder(self.words, self.time)

    def build_details(self) -> None:
        """Make the choice of the sort, the role and the number that stands there."""
        theme, tr, say = self.theme, self.tr, self.around.say
        px = theme.px
        sorts = [(sort, say(f"process.{sort}").capitalize()) for sort in SORTS]
        self.sort = Segmented(theme, sorts, name=tr("What it is"), parent=self.details)
        self.sort.chosen.connect(lambda key: self._take(replace(self.item, sort=key)))
        self.who = Field(theme, tr("Who"), question=tr("One role"), parent=self.details)
        self.who.edited.connect(lambda: self._take(replace(self.item, who=self.who.text())))
        self.stock = Field(theme, tr("How many stand there"), question="14", parent=self.details)
        self.stock.edited.connect(lambda: self._take(replace(self.item, stock=self.stock.text())))
        for field in (self.who, self.stock):
            field.entered.connect(lambda: self.went_on.emit(self.id))
        self.bin = Button(theme, tr("Remove"), kind="quiet", icon="trash-2", parent=self.details)
        self.bin.clicked.connect(lambda: self.removed.emit(self.id))
        parts = QVBoxLayout(self.details)
        parts.setContentsMargins(0, px(4), 0, px(4))
        parts.setSpacing(px(8))
        parts.addWidget(self.sort)
        fields = QHBoxLayout()
        fields.setSpacing(px(12))
        fields.addWidget(self.who, 1)
        fields.addWidget(self.stock, 1)
        fields.addWidget(self.bin, 0, Qt.AlignmentFlag.AlignBottom)
        parts.addLayout(fields)
        self._show_details()

    def stops(self) -> list[QWidget]:
        """What Tab reaches in the row, in its order."""
        inside = self.details.findChildren(QWidget)
        reached = [one for one in inside if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
        return [self.words, self.time, *reached]

    def show_item(self, item: ProcessItem) -> None:
        """Bring the row to the state of its item; the caret stays."""
        self.item = item
        for line, text in ((self.words, item.what), (self.time, item.time)):
            if line.text() != text:
                line.set_text(text)
        if self.built:
            self._show_details()
        self._summarise()

    def _show_details(self) -> None:
        item = self.item
        for field, text in ((self.who, item.who), (self.stock, item.stock)):
            if field.text() != text:
                field.set_text(text)
        known = item.sort if item.sort in SORTS else "step"
        if self.sort.value() != known:
            self.sort.set_value(known)
        self.stock.setVisible(known == "queue" or bool(item.stock.strip()))

    def _summarise(self) -> None:
        item, say = self.item, self.around.say
        sort = item.sort if item.sort in SORTS else "step"
        if self.built:
            self.stock.setVisible(sort == "queue" or bool(item.stock.strip()))
        questions = {
            "step": self.tr("What is done?"),
            "wait": self.tr("Waiting for what?"),
            "queue": self.tr("Whose queue?"),
            "handover": self.tr("Handed over how?"),
        }
        self.words.setPlaceholderText(questions[sort])
        self.set_depth(0 if sort == "step" else 1)
        name = say(f"process.{sort}")
        parts = [name if sort != "step" else "", item.who, item.stock]
        self.say_small(" · ".join(part for part in parts if part))

    def _take(self, item: ProcessItem) -> None:
        if item != self.item:
            self.item = item
            self._summarise()
            self.edited.emit(item)


class ProcessEditor(FigureEditor):
    """The items as the work passes them; Enter goes on to the wait or step that follows."""

    def __init__(
        self, theme: Theme, figure: Process, around: Around, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, figure, around, parent)
        tr = self.tr
        if not figure.items:
            self._figure = replace(figure, items=(ProcessItem(id=_new_id()),))
        self.rows: dict[str, ItemRow] = {}
        self.unfolding = Unfolding(self, self._place_rows, self._tell)
        self.list = QVBoxLayout()
        self.list.setSpacing(0)
        self.adder = Button(theme, tr("What comes next"), icon="plus", parent=self)
        self.adder.clicked.connect(lambda: self._add_after(self._process.items[-1].id))
        self.sums = Label(theme, "", parent=self)
        units = [(unit, unit) for unit in UNITS]
        self.unit = Segmented(theme, units, name=tr("A number alone is"), parent=self)
        self.unit.chosen.connect(lambda key: self._take(unit=key))
        days = [(str(hours), tr("{hours} h").format(hours=hours)) for hours in DAY_HOURS]
        self.day = Segmented(theme, days, name=tr("A day has"), parent=self)
        self.day.chosen.connect(lambda key: self._take(day_hours=int(key)))
        self.day_label = Label(theme, tr("A day has"), wrap=False, parent=self)
        keys = tr("Enter: what comes next; twice, another step. Alt+1 to Alt+4: what it is.")
        self.body.addLayout(self.list)
        row = QHBoxLayout()
        row.addWidget(self.adder)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addWidget(self.sums)
        choices = QHBoxLayout()
        choices.setSpacing(theme.px(12))
        choices.addWidget(Label(theme, tr("A number alone is"), wrap=False, parent=self))
        choices.addWidget(self.unit)
        choices.addStretch(1)
        self.body.addLayout(choices)
        lengths = QHBoxLayout()
        lengths.setSpacing(theme.px(12))
        lengths.addWidget(self.day_label)
        lengths.addWidget(self.day)
        lengths.addStretch(1)
        self.body.addLayout(lengths)
        self.body.addWidget(Label(theme, keys, step="small", tone="ink_soft", parent=self))
        self.body.addStretch(1)
        self.show_figure()

    @property
    def _process(self) -> Process:
        assert isinstance(self._figure, Process)
        return self._figure

    def begin(self) -> None:
        """Put the caret into the last item; of a long process, into the first."""
        self.rows[self._process.items[0 if self.unfolding.waiting else -1].id].words.take_caret()

    def begin_at(self, item: str) -> None:
        """Put the caret into one item."""
        self.unfolding.have_all()
        self.rows[item if item in self.rows else self._process.items[-1].id].words.take_caret()

    def show_figure(self) -> None:
        """Show every item as a row, keeping the rows that are there."""
        if not self._process.items:
            self._figure = replace(self._process, items=(ProcessItem(id=_new_id()),))
        items = self._process.items
        if len({item.id for item in items}) < len(items):
            items = _apart(items)
            self._figure = replace(self._process, items=items)
        for gone in self.rows.keys() - {item.id for item in items}:
            row = self.rows.pop(gone)
            self.list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.unfolding.show(whole=bool(self.rows))
        self.unit.set_value(self._process.unit if self._process.unit in UNITS else "min")
        if self._process.day_hours in DAY_HOURS:
            self.day.set_value(str(self._process.day_hours))
        self._tell()

    def _place_rows(self, start: int, until: int) -> int:
        """Bring the rows from a place up to another into order; return how many there are."""
        items = self._process.items
        stops: list[QWidget] = [self.rows[items[start - 1].id].stops()[-1]] if start else []
        for at, item in enumerate(items[start:until], start):
            row = self.rows.get(item.id) or self._new_row(item)
            if self.list.indexOf(row) != at:
                self.list.removeWidget(row)
                self.list.insertWidget(at, row)
                # What is not shown yet cannot be reached by Tab.
                row.setVisible(True)
            row.show_item(item)
            row.words.setAccessibleName(self.tr("Item {number}").format(number=at + 1))
            row.time.setAccessibleName(self.tr("How long, item {number}").format(number=at + 1))
            stops += row.stops()
        for one, other in itertools.pairwise([*stops, self.adder]):
            QWidget.setTabOrder(one, other)
        return len(items)

    def _new_row(self, item: ProcessItem) -> ItemRow:
        row = ItemRow(self.theme, item, self.around, self)
        self.rows[item.id] = row
        row.edited.connect(self._edited)
        row.removed.connect(self._remove)
        row.went_on.connect(self._add_after)
        row.entered_row.connect(lambda: self._open(row.id))
        row.words.emptied.connect(lambda: self._remove(row.id))
        for line in (row.words, row.time):
            line.entered.connect(lambda: self._add_after(row.id))
            line.lines_pasted.connect(self.take_rows)
            line.shifted.connect(lambda by: self._shift(row.id, by))
            line.numbered.connect(lambda number: self._choose(row.id, number))
        row.words.stepped.connect(lambda by: self._step(row.id, by))
        row.time.stepped.connect(lambda by: self._step(row.id, by, time=True))
        return row

    def _open(self, id: str) -> None:
        for each, row in self.rows.items():
            if row.is_open() != (each == id):
                row.open(each == id)

    def _place(self, id: str) -> int:
        return next(i for i, item in enumerate(self._process.items) if item.id == id)

    def _take(self, **fields: object) -> None:
        self.put(replace(self._process, **fields))  # type: ignore[arg-type]
        self._tell()

    def _edited(self, item: ProcessItem) -> None:
        items = tuple(item if old.id == item.id else old for old in self._process.items)
        self._take(items=items)

    def _change(self, items: tuple[ProcessItem, ...], focus: str) -> None:
        self.unfolding.have_all()
        self.put(replace(self._process, items=items))
        self.show_figure()
        self.rows[focus].words.take_caret()

    def _choose(self, id: str, number: int) -> None:
        if 1 <= number <= len(SORTS):
            item = replace(self._process.items[self._place(id)], sort=SORTS[number - 1])
            self._edited(item)
            self.rows[id].show_item(item)

    def _add_after(self, id: str) -> None:
        self.unfolding.have_all()
        at = self._place(id) + 1
        items = self._process.items
        here = items[at - 1]
        if here.sort != "step" and not has_words(here):
            # Enter in an empty wait: the next step follows without one.
            self._choose(id, 1)
            return
        if at < len(items) and not has_words(items[at]):
            self.rows[items[at].id].words.take_caret()
            return
        # Work waits between two steps nearly always; what is left empty is not drawn.
        sort = "wait" if here.sort == "step" and has_words(here) else "step"
        new = ProcessItem(id=_new_id(), sort=sort)
        self._change((*items[:at], new, *items[at:]), new.id)

    def _remove(self, id: str) -> None:
        items = self._process.items
        if len(items) == 1:
            new = ProcessItem(id=_new_id())
            self._change((new,), new.id)
            return
        at = self._place(id)
        rest = tuple(item for item in items if item.id != id)
        self._change(rest, rest[max(0, at - 1)].id)

    def _step(self, id: str, by: int, *, time: bool = False) -> None:
        self.unfolding.have_all()
        at = self._place(id) + by
        if 0 <= at < len(self._process.items):
            row = self.rows[self._process.items[at].id]
            (row.time if time else row.words).take_caret()

    def _shift(self, id: str, by: int) -> None:
        at = self._place(id)
        items = list(self._process.items)
        if 0 <= at + by < len(items):
            items[at], items[at + by] = items[at + by], items[at]
            self._change(tuple(items), id)

    def _tell(self) -> None:
        """Say beside each item what its time leaves open, and what all of them add up to."""
        told: dict[str, list[str]] = {}
        for found in process_findings(self._process):
            told.setdefault(found.where, []).append(found.told(self.around.say))
        for id, row in self.rows.items():
            row.say("\n".join(told.get(id, [])))
        sums = sums_told(self._process, self.around.say)
        self.sums.setText(" ".join(sums))
        self.sums.setVisible(bool(sums))
        for part in (self.day, self.day_label):
            part.setVisible(uses_days(self._process))

    def take_rows(self, text: str) -> None:
        """Add items from a pasted range."""
        new = read_items(text, self._process.unit, _new_id)
        if new:
            kept = tuple(item for item in self._process.items if has_words(item))
            self._change((*kept, *new), new[-1].id)


def _apart(items: tuple[ProcessItem, ...]) -> tuple[ProcessItem, ...]:
    """Return items from elsewhere with ids of their own where two share one."""
    seen: set[str] = set()
    found = []
    for item in items:
        one = replace(item, id=_new_id()) if item.id in seen else item
        seen.add(one.id)
        found.append(one)
    return tuple(found)


def _new_id() -> str:
    return secrets.token_hex(4)
