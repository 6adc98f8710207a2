"""One pattern on its page: its name, what it says, its drawing, and what a bar of it opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from gemba.domain.titles import first_words
from gemba.ui.days import short_day
from gemba.ui.widgets import Button, Label, RowAction, RowList, RowWords

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

Row = tuple[UUID, str, date, str]
AT_ONCE = 20
_WORDS = 160


class PatternPart(QWidget):
    """A drawing under its name.

    `wanted_on_sheet` hands on the sheet that is to take it, None for a new one; `opened` the id
    of an observation. ``sheets`` tells which there are when the menu opens.
    """

    wanted_on_sheet = Signal(object)
    opened = Signal(object)

    def __init__(
        self,
        theme: Theme,
        name: str,
        drawing: QWidget,
        *,
        key: str,
        sheets: Callable[[], Sequence[tuple[UUID, str]]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.drawing = drawing
        self.key = key
        self._sheets = sheets
        self._more: Callable[[UUID | None], list[Row]] = lambda _after: []
        self._rows: list[Row] = []
        self._today = date.min
        self.row_actions: tuple[RowAction, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        head = QHBoxLayout()
        head.addWidget(Label(theme, name, step="strong", wrap=False), 1)
        self.take = Button(theme, self.tr("Put on an A3"), kind="quiet", icon="notebook-pen")
        self.take.setAccessibleName(self.tr("Put on an A3: {name}").format(name=name))
        self.menu = QMenu(self)
        self.menu.aboutToShow.connect(self._offer)
        self.take.set_menu(self.menu)
        head.addWidget(self.take)
        column.addLayout(head)
        self.said = Label(theme, "", tone="ink_soft")
        column.addWidget(self.said)
        column.addWidget(drawing)
        column.addWidget(self._build_opened())

    def _build_opened(self) -> QWidget:
        theme = self.theme
        self.beneath = QWidget()
        column = QVBoxLayout(self.beneath)
        column.setContentsMargins(0, theme.px(8), 0, 0)
        column.setSpacing(theme.px(8))
        row = QHBoxLayout()
        self.about = Label(theme, "", step="small", tone="ink_soft")
        self.close_rows = Button(theme, self.tr("Close"), kind="quiet")
        self.close_rows.clicked.connect(self.drop)
        row.addWidget(self.about, 1)
        row.addWidget(self.close_rows)
        column.addLayout(row)
        self.rows = RowList(theme, name=self.tr("What it counts"))
        self.rows.opened.connect(self.opened)
        column.addWidget(self.rows)
        self.more = Button(theme, self.tr("Show more"), kind="quiet")
        self.more.clicked.connect(self._show_more)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeading)
        self.beneath.hide()
        return self.beneath

    def say(self, words: str, drawn: bool) -> None:
        """Say what the drawing shows; without anything to draw there is nothing to take."""
        self.said.setText(words)
        self.said.setVisible(bool(words))
        self.drawing.setVisible(drawn)
        self.take.setVisible(drawn)

    def show_rows(
        self, about: str, rows: list[Row], more: Callable[[UUID | None], list[Row]], today: date
    ) -> None:
        """Show what a bar counts below the drawing; ``more`` reads on after an id."""
        self._rows, self._more, self._today = rows, more, today
        self.about.setText(about)
        self._fill()
        self.beneath.show()
        found = self.rows.rows()
        if found:
            found[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def drop(self) -> None:
        """Take the rows away again."""
        focused = self.window().focusWidget()
        held = self.beneath.isAncestorOf(focused)
        self.beneath.hide()
        self.rows.clear()
        self._rows = []
        if held:
            self.drawing.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes the rows away."""
        if event.key() == Qt.Key.Key_Escape and self.beneath.isVisible():
            self.drop()
            return
        super().keyPressEvent(event)

    def _show_more(self) -> None:
        self._rows += self._more(self._rows[-1][0])
        self._fill()

    def _fill(self) -> None:
        self.rows.set_rows(
            [
                RowWords(
                    first_words(saw, _WORDS),
                    age=short_day(on, self._today),
                    marks=(("", category),) if category else (),
                    key=key,
                    bold=False,
                )
                for key, saw, on, category in self._rows
            ],
            self.row_actions,
        )
        self.more.setVisible(len(self._rows) % AT_ONCE == 0 and bool(self._rows))

    def _offer(self) -> None:
        self.menu.clear()
        new = self.menu.addAction(self.tr("A new A3"))
        new.triggered.connect(lambda: self.wanted_on_sheet.emit(None))
        found = self._sheets()
        if found:
            self.menu.addSeparator()
        for key, title in found:
            words = first_words(title, 60) or self.tr("A sheet without a title")
            entry = self.menu.addAction(words.replace("&", "&&"))
            entry.triggered.connect(lambda _on=False, key=key: self.wanted_on_sheet.emit(key))
