"""Writing a process: one line for each step, wait, queue or handover, and how long it takes."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gemba.domain.figures import Process
from gemba.domain.figures.named_range import moved_told
from gemba.domain.figures.process import DAY_HOURS, SORTS, UNITS, ProcessItem
from gemba.domain.figures.process_read import read_items
from gemba.domain.figures.process_rules import (
    has_words,
    process_findings,
    sums_told,
    uses_days,
)
from gemba.ui.figures.editor import Around, new_id
from gemba.ui.figures.item_list import ItemList, ItemRow
from gemba.ui.figures.outline import LineEditor, Unfolding
from gemba.ui.widgets import Field, Label, Segmented
from gemba.ui.within import within

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

_TIME = 84


class ProcessRow(ItemRow):
    """One item: what and how long; when it is open also its sort, who, and how many stand there.

    `edited` hands on the whole item.
    """

    def __init__(self, theme: Theme, item: ProcessItem, around: Around, parent: QWidget) -> None:
        super().__init__(theme, item.id, around, parent)
        self.item = item
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
        self.bin = self.make_bin(self.details)
        parts = self.details_column()
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
        inside = within(self.details, QWidget)
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


class ProcessEditor(ItemList[ProcessItem, ProcessRow]):
    """The items as the work passes them; Enter goes on to the wait or step that follows."""

    def __init__(
        self, theme: Theme, figure: Process, around: Around, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, figure, around, parent)
        tr = self.tr
        self.unfolding = Unfolding(self, self._unfold, self.tell)
        self.add_list(tr("What comes next")).addStretch(1)
        self.sums = Label(theme, "", parent=self)
        self.body.addWidget(self.sums)
        units = [(unit, unit) for unit in UNITS]
        self.unit = Segmented(theme, units, name=tr("A number alone is"), parent=self)
        self.unit.chosen.connect(lambda key: self._take(unit=key))
        days = [(str(hours), tr("{hours} h").format(hours=hours)) for hours in DAY_HOURS]
        self.day = Segmented(theme, days, name=tr("A day has"), parent=self)
        self.day.chosen.connect(lambda key: self._take(day_hours=int(key)))
        self.day_label = Label(theme, tr("A day has"), wrap=False, parent=self)
        unit_label = Label(theme, tr("A number alone is"), wrap=False, parent=self)
        for label, choice in ((unit_label, self.unit), (self.day_label, self.day)):
            line = QHBoxLayout()
            line.setSpacing(theme.px(12))
            line.addWidget(label)
            line.addWidget(choice)
            line.addStretch(1)
            self.body.addLayout(line)
        self.add_keys(
            tr("Enter: what comes next; twice, another step. Alt+1 to Alt+4: what it is.")
        )
        self.show_figure()

    @property
    def _process(self) -> Process:
        assert isinstance(self._figure, Process)
        return self._figure

    def items(self) -> tuple[ProcessItem, ...]:
        """Return the steps, waits, queues and handovers."""
        return self._process.items

    def with_items(self, items: tuple[ProcessItem, ...]) -> Process:
        """Return the process with other items."""
        return replace(self._process, items=items)

    def new_item(self, after: ProcessItem | None) -> ProcessItem:
        """Return an empty item."""
        # Work waits between two steps nearly always; what is left empty is not drawn.
        waits = after is not None and after.sort == "step" and has_words(after)
        return ProcessItem(id=new_id(), sort="wait" if waits else "step")

    def has_words(self, item: ProcessItem) -> bool:
        """Tell whether anything of an item is written."""
        return has_words(item)

    def new_row(self, item: ProcessItem) -> ProcessRow:
        """Make the row of an item."""
        row = ProcessRow(self.theme, item, self.around, self)
        self.listen_to(row, lambda one: one.time)
        for line in (row.words, row.time):
            line.numbered.connect(lambda number: self._choose(row.id, number))
        return row

    def show_row(self, row: ProcessRow, item: ProcessItem, number: int) -> None:
        """Bring a row to the state of its item."""
        row.show_item(item)
        row.words.setAccessibleName(self.tr("Item {number}").format(number=number))
        row.time.setAccessibleName(self.tr("How long, item {number}").format(number=number))

    def begin(self) -> None:
        """Put the caret into the last item; of a long process, into the first."""
        self.rows[self.items()[0 if self.unfolding.waiting else -1].id].words.take_caret()

    def have_all(self) -> None:
        """Have every row, also of a long process."""
        self.unfolding.have_all()

    def show_figure(self) -> None:
        """Show every item, and how numbers alone are read."""
        super().show_figure()
        self.unit.set_value(self._process.unit if self._process.unit in UNITS else "min")
        if self._process.day_hours in DAY_HOURS:
            self.day.set_value(str(self._process.day_hours))

    def show_rows(self) -> None:
        """Bring the rows into order, of a long process those that are seen first."""
        self.unfolding.show(whole=bool(self.rows))

    def _unfold(self, start: int, until: int) -> int:
        """Bring the rows from a place up to another into order; return how many there are."""
        items = self.items()
        stops: list[QWidget] = [self.rows[items[start - 1].id].stops()[-1]] if start else []
        for row in self.place_rows(start, until):
            stops += row.stops()
        for one, other in itertools.pairwise([*stops, self.adder]):
            QWidget.setTabOrder(one, other)
        return len(items)

    def _take(self, **fields: object) -> None:
        self.put(replace(self._process, **fields))  # type: ignore[arg-type]
        self.tell()

    def _choose(self, id: str, number: int) -> None:
        if 1 <= number <= len(SORTS):
            item = replace(self.items()[self.place_of(id)], sort=SORTS[number - 1])
            self.edited(item)
            self.rows[id].show_item(item)

    def add_after(self, id: str) -> None:
        """Go on to what follows; Enter in an empty wait makes it the next step."""
        here = self.items()[self.place_of(id)]
        if here.sort != "step" and not has_words(here):
            self.have_all()
            self._choose(id, 1)
            return
        super().add_after(id)

    def tell(self) -> None:
        """Say beside each item what its time leaves open, and what all of them add up to."""
        say = self.around.say
        self.say_beside([(one.where, one.told(say)) for one in process_findings(self._process)])
        sums = sums_told(self._process, say)
        self.sums.setText(" ".join(sums))
        self.sums.setVisible(bool(sums))
        for part in (self.day, self.day_label):
            part.setVisible(uses_days(self._process))

    def take_rows(self, text: str) -> None:
        """Add items from a pasted range."""
        say = self.around.say
        new, moved = read_items(text, self._process.unit, new_id)
        self.add_items(new, moved_told(moved, say("plan.who"), say))
