"""Choices put into an order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.form_view import FormQuestion
from gemba.ui.pages.common import clear
from gemba.ui.pages.fill_editor import Editor
from gemba.ui.widgets import Button, IconButton, Label

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

_SHOWN: Final = 20
"""So many can be moved; nobody ranks more, and the window is to stay quick."""


class _Row(QWidget):
    """One place of the order; ``moved`` hands on by how many places what stands in it goes."""

    moved = Signal(int)

    def __init__(self, theme: Theme, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(4))
        self.words = Label(theme, "")
        self.up = IconButton(theme, "chevron-up", self.tr("Up"))
        self.down = IconButton(theme, "chevron-down", self.tr("Down"))
        self.up.clicked.connect(lambda: self.moved.emit(-1))
        self.down.clicked.connect(lambda: self.moved.emit(1))
        line.addWidget(Label(theme, f"{number}.", tone="ink_soft", wrap=False))
        line.addWidget(self.words, 1)
        line.addWidget(self.up)
        line.addWidget(self.down)

    def show_choice(self, words: str, *, first: bool, last: bool) -> None:
        """Show what stands at this place."""
        self.words.setText(words)
        for button, said in (
            (self.up, self.tr("Up: {word}")),
            (self.down, self.tr("Down: {word}")),
        ):
            button.setAccessibleName(said.format(word=words))
        self.up.setEnabled(not first)
        self.down.setEnabled(not last)


class RankEditor(Editor):
    """Choices in an order, moved up and down; those far down stay in theirs."""

    def __init__(self, theme: Theme, question: FormQuestion) -> None:
        super().__init__(theme)
        self._order: list[str] = []
        self._labels: dict[str, str] = {}
        self._host = QWidget()
        self._column = QVBoxLayout(self._host)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(4))
        self.rows: list[_Row] = []
        self.column.addWidget(self._host)
        self.more = Label(theme, "", step="small", tone="ink_soft")
        self.column.addWidget(self.more)
        self.keep = Button(theme, self.tr("This is my order"))
        self.keep.clicked.connect(lambda: self.given.emit(" ".join(self._order)))
        self.column.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignLeading)

    def show_answer(self, question: FormQuestion) -> None:
        """Show the order given, or the one to begin with."""
        self._labels = {one.name: one.words for one in question.choices}
        chosen = [name for name in question.chosen if name in self._labels]
        self._order = chosen + [name for name in self._labels if name not in chosen]
        self._show_order()
        to_keep = not question.answer and not question.read_only
        if self.keep.hasFocus() and not to_keep:
            self.hold()
        self.keep.setVisible(to_keep)
        self._host.setEnabled(not question.read_only)

    def _show_order(self) -> None:
        count = min(len(self._order), _SHOWN)
        if count != len(self.rows):
            with self.unseen(self._host):
                self._make_rows(count)
        for number, (row, name) in enumerate(zip(self.rows, self._order, strict=False)):
            last = number == len(self._order) - 1
            row.show_choice(self._labels[name], first=number == 0, last=last)
        left = len(self._order) - count
        self.more.setText(self.tr("{n} more stay in their order.").format(n=left))
        self.more.setVisible(left > 0)
        # The first is at the top already: it can only go down, and one alone nowhere.
        self.setFocusProxy(self.rows[0].down if len(self._order) > 1 else self.keep)

    def _make_rows(self, count: int) -> None:
        clear(self._column)
        self.rows = []
        for number in range(count):
            row = _Row(self.theme, number + 1, self._host)
            row.moved.connect(lambda step, at=number: self._move(at, step))
            self._column.addWidget(row)
            self.rows.append(row)

    def _move(self, at: int, step: int) -> None:
        order = list(self._order)
        order.insert(at + step, order.pop(at))
        self._order = order
        self._show_order()
        if at + step < len(self.rows):
            row = self.rows[at + step]
            wanted, other = (row.up, row.down) if step < 0 else (row.down, row.up)
            (wanted if wanted.isEnabled() else other).meet()
        self.given.emit(" ".join(order))

    def text(self) -> str:
        """The names in their order."""
        return " ".join(self._order)
