"""Choices put into an order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.form_view import FormQuestion
from gemba.ui.pages.fill_editor import Editor
from gemba.ui.widgets import Button, IconButton, Label

if TYPE_CHECKING:
    from gemba.ui.theme import Theme


_SHOWN: Final = 40
"""So many can be moved; nobody ranks more, and the window is to stay quick."""


class RankEditor(Editor):
    """Choices in an order, moved up and down."""

    def __init__(self, theme: Theme, question: FormQuestion) -> None:
        super().__init__(theme)
        self._order: list[str] = []
        self._labels: dict[str, str] = {}
        self._host = QWidget()
        self._rows = QVBoxLayout(self._host)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(theme.px(4))
        self.column.addWidget(self._host)
        self.more = Label(theme, "", step="small", tone="ink_soft")
        self.column.addWidget(self.more)
        self.keep = Button(theme, self.tr("This is my order"))
        self.keep.clicked.connect(lambda: self.given.emit(" ".join(self._order)))
        self.column.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignLeading)
        self.ups: dict[str, IconButton] = {}

    def show_answer(self, question: FormQuestion) -> None:
        """Show the order given, or the one to begin with."""
        labels = {one.name: one.words for one in question.choices}
        chosen = [name for name in question.chosen if name in labels]
        order = chosen + [name for name in labels if name not in chosen]
        if (order, labels) != (self._order, self._labels) or not self.ups:
            self._order, self._labels = order, labels
            self._fill()
        to_keep = not question.answer and not question.read_only
        if self.keep.hasFocus() and not to_keep:
            self.hold()
        self.keep.setVisible(to_keep)
        self._host.setEnabled(not question.read_only)

    def _fill(self, hold: str = "", up: bool = True) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.ups = {}
        first: IconButton | None = None
        for number, name in enumerate(self._order[:_SHOWN]):
            row = QWidget(self._host)
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(self.theme.px(4))
            label = self._labels[name]
            higher = IconButton(self.theme, "chevron-up", self.tr("Up: {word}").format(word=label))
            lower = IconButton(
                self.theme, "chevron-down", self.tr("Down: {word}").format(word=label)
            )
            higher.setEnabled(number > 0)
            lower.setEnabled(number < len(self._order) - 1)
            higher.clicked.connect(lambda _on=False, name=name: self._move(name, -1))
            lower.clicked.connect(lambda _on=False, name=name: self._move(name, 1))
            line.addWidget(Label(self.theme, f"{number + 1}.", tone="ink_soft", wrap=False))
            line.addWidget(Label(self.theme, label), 1)
            line.addWidget(higher)
            line.addWidget(lower)
            self._rows.addWidget(row)
            row.show()
            self.ups[name] = higher
            first = first or lower
            if name == hold:
                wanted, other = (higher, lower) if up else (lower, higher)
                (wanted if wanted.isEnabled() else other).meet()
        left = len(self._order) - _SHOWN
        self.more.setText(self.tr("{n} more stay in their order.").format(n=left))
        self.more.setVisible(left > 0)
        # The first is at the top already; it can only go down, and one alone nowhere.
        self.setFocusProxy(first if first is not None and first.isEnabled() else self.keep)

    def _move(self, name: str, step: int) -> None:
        at = self._order.index(name)
        order = list(self._order)
        order.insert(at + step, order.pop(at))
        self._order = order
        self._fill(name, step < 0)
        self.given.emit(" ".join(order))

    def text(self) -> str:
        """The names in their order."""
        return " ".join(self._order)
