"""An editor of things in their order, one row each: Enter adds, Alt with the arrows moves."""

from __future__ import annotations

import itertools
from abc import abstractmethod
from dataclasses import replace
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.ui.figures.cells_told import show_told
from gemba.ui.figures.editor import Around, FigureEditor, new_id
from gemba.ui.figures.outline import LineEditor, OutlineRow
from gemba.ui.figures.told_list import ToldList
from gemba.ui.widgets import Button, Label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gemba.domain.figures import Figure
    from gemba.ui.theme import Theme


class Item(Protocol):
    """What stands in a row: a frozen dataclass with an id of its own."""

    @property
    def id(self) -> str:
        """The id, by which a row is kept."""


T = TypeVar("T", bound=Item)
R = TypeVar("R", bound="ItemRow")


class ItemRow(OutlineRow):
    """One item by its words; `edited` hands on the whole item, `went_on` asks for the next one."""

    edited = Signal(object)
    removed = Signal(object)
    went_on = Signal(object)
    words: LineEditor

    def __init__(self, theme: Theme, id: str, around: Around, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.id = id
        self.around = around

    def make_bin(self, parent: QWidget) -> Button:
        """Make the button that removes the row."""
        button = Button(self.theme, self.tr("Remove"), kind="quiet", icon="trash-2", parent=parent)
        button.clicked.connect(lambda: self.removed.emit(self.id))
        return button

    def details_column(self) -> QVBoxLayout:
        """Make the column in which the details stand."""
        parts = QVBoxLayout(self.details)
        parts.setContentsMargins(0, self.theme.px(4), 0, self.theme.px(4))
        parts.setSpacing(self.theme.px(8))
        return parts


class ItemList(FigureEditor, Generic[T, R]):
    """Rows for the items of a figure, which always has one at least.

    An editor says which items its figure has, what a new one is and how a row shows it.
    """

    def __init__(
        self, theme: Theme, figure: Figure, around: Around, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, figure, around, parent)
        self.rows: dict[str, R] = {}
        self.no_place = ToldList(theme, self)
        self.list = QVBoxLayout()
        self.list.setSpacing(0)
        self._settle_items()

    # What an editor says of its items

    @abstractmethod
    def items(self) -> tuple[T, ...]:
        """Return the items of the figure as it stands."""

    @abstractmethod
    def with_items(self, items: tuple[T, ...]) -> Figure:
        """Return the figure with other items."""

    @abstractmethod
    def new_item(self, after: T | None) -> T:
        """Return an empty item to follow another one."""

    @abstractmethod
    def has_words(self, item: T) -> bool:
        """Tell whether anything was written into an item."""

    @abstractmethod
    def new_row(self, item: T) -> R:
        """Make the row of an item."""

    @abstractmethod
    def show_row(self, row: R, item: T, number: int) -> None:
        """Bring a row to the state of its item, the how-manieth it is from 1."""

    @abstractmethod
    def tell(self) -> None:
        """Say beside each row what its words leave open."""

    def ask_again(self) -> None:
        """Say anew what is asked about the words."""
        self.tell()

    # The rows

    def add_list(self, adder: str) -> QHBoxLayout:
        """Add the rows and the button that adds another; returns the line it stands in."""
        self.adder = Button(self.theme, adder, icon="plus", parent=self)
        self.adder.clicked.connect(lambda: self.add_after(self.items()[-1].id))
        line = QHBoxLayout()
        line.addWidget(self.adder)
        self.body.addLayout(self.list)
        self.body.addWidget(self.no_place)
        self.body.addLayout(line)
        return line

    def add_keys(self, keys: str) -> None:
        """Add what can be done by keys, as the last line."""
        self.body.addWidget(Label(self.theme, keys, step="small", tone="ink_soft", parent=self))
        self.body.addStretch(1)

    def begin(self) -> None:
        """Put the caret into the last item."""
        self.rows[self.items()[-1].id].words.take_caret()

    def begin_at(self, item: str) -> None:
        """Put the caret into one item."""
        self.have_all()
        self.rows[item if item in self.rows else self.items()[-1].id].words.take_caret()

    def have_all(self) -> None:
        """Have every row, where some are made later."""

    def show_figure(self) -> None:
        """Show every item as a row, keeping the rows that are there."""
        self._settle_items()
        for gone in self.rows.keys() - {item.id for item in self.items()}:
            row = self.rows.pop(gone)
            self.list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.show_rows()
        self.tell()

    def show_rows(self) -> None:
        """Bring all rows into order, with Tab from each to the next."""
        self.place_rows(0, len(self.items()))
        for one, other in itertools.pairwise(self.rows[item.id] for item in self.items()):
            QWidget.setTabOrder(one.last_stop(), other.words)

    def place_rows(self, start: int, until: int) -> list[R]:
        """Bring the rows from a place up to another into order, and return them."""
        placed = []
        for at, item in enumerate(self.items()[start:until], start):
            row = self.rows.get(item.id) or self._made(item)
            if self.list.indexOf(row) != at:
                self.list.removeWidget(row)
                self.list.insertWidget(at, row)
                # What is not shown yet cannot be reached by Tab.
                row.setVisible(True)
            self.show_row(row, item, at + 1)
            placed.append(row)
        return placed

    def say_beside(self, told: Sequence[tuple[str, str]]) -> None:
        """Say sentences beside the rows they are about, each with the id of its item."""
        beside: dict[str, list[str]] = {}
        for where, words in told:
            beside.setdefault(where, []).append(words)
        for id, row in self.rows.items():
            row.say("\n".join(beside.get(id, [])))

    def _settle_items(self) -> None:
        items = self.items() or (self.new_item(None),)
        if len({item.id for item in items}) < len(items):
            items = _apart(items)
        self._figure = self.with_items(items)

    def _made(self, item: T) -> R:
        row = self.new_row(item)
        self.rows[item.id] = row
        row.edited.connect(self.edited)
        row.removed.connect(self._remove)
        row.went_on.connect(self.add_after)
        row.entered_row.connect(lambda: self.open_row(row.id))
        row.words.emptied.connect(lambda: self._remove(row.id))
        self.listen_to(row, lambda one: one.words)
        return row

    def listen_to(self, row: R, line_of: Callable[[R], LineEditor]) -> None:
        """Go on, paste, shift, and step to the same line of the next row, by the keys of a line."""
        line = line_of(row)
        line.entered.connect(lambda: self.add_after(row.id))
        line.lines_pasted.connect(self.take_rows)
        line.stepped.connect(lambda by: self._step(row.id, by, line_of))
        line.shifted.connect(lambda by: self._shift(row.id, by))

    def open_row(self, id: str) -> None:
        """Show the details of one row and of no other."""
        for each, row in self.rows.items():
            if row.is_open() != (each == id):
                row.open(each == id)

    # What changes

    def place_of(self, id: str) -> int:
        """Return the place of an item, from 0."""
        return next(at for at, item in enumerate(self.items()) if item.id == id)

    def edited(self, item: T) -> None:
        """Take what was written into a row."""
        items = tuple(item if old.id == item.id else old for old in self.items())
        self.put(self.with_items(items))
        self.tell()

    def change(self, items: tuple[T, ...], focus: str) -> None:
        """Take other items, and put the caret into one of them."""
        self.have_all()
        self.put(self.with_items(items))
        self.show_figure()
        self.rows[focus].words.take_caret()

    def add_after(self, id: str) -> None:
        """Go to the empty item after one, or add one there."""
        self.have_all()
        at = self.place_of(id) + 1
        items = self.items()
        if at < len(items) and not self.has_words(items[at]):
            self.rows[items[at].id].words.take_caret()
            return
        new = self.new_item(items[at - 1])
        self.change((*items[:at], new, *items[at:]), new.id)

    def add_items(self, new: Sequence[T], told: Sequence[str] = ()) -> None:
        """Add items behind those in which something is written, and say what of a pasted range
        found no place of its own."""
        show_told(self.no_place, told)
        if new:
            kept = tuple(item for item in self.items() if self.has_words(item))
            self.change((*kept, *new), new[-1].id)

    @abstractmethod
    def take_rows(self, text: str) -> None:
        """Add items from a pasted range."""

    def _remove(self, id: str) -> None:
        items = self.items()
        if len(items) == 1:
            new = self.new_item(None)
            self.change((new,), new.id)
            return
        at = self.place_of(id)
        rest = tuple(item for item in items if item.id != id)
        self.change(rest, rest[max(0, at - 1)].id)

    def _step(self, id: str, by: int, line_of: Callable[[R], LineEditor]) -> None:
        self.have_all()
        at = self.place_of(id) + by
        if 0 <= at < len(self.items()):
            line_of(self.rows[self.items()[at].id]).take_caret()

    def _shift(self, id: str, by: int) -> None:
        at = self.place_of(id)
        items = list(self.items())
        if 0 <= at + by < len(items):
            items[at], items[at + by] = items[at + by], items[at]
            self.change(tuple(items), id)


def _apart(items: tuple[T, ...]) -> tuple[T, ...]:
    """Return items from elsewhere with ids of their own where two share one."""
    seen: set[str] = set()
    found = []
    for item in items:
        one = replace(item, id=new_id()) if item.id in seen else item  # type: ignore[type-var]
        seen.add(one.id)
        found.append(one)
    return tuple(found)
