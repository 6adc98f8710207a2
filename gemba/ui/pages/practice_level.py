"""The practice level of a coach: the own view and a second coach's, side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.coach_log import PRACTICE_LEVELS
from gemba.domain.errors import GembaError
from gemba.ui.autosave import Autosave
from gemba.ui.days import short_day
from gemba.ui.pages.practice_words import level_meaning, level_word
from gemba.ui.widgets import Label, RowList, RowWords, Segmented, TextField

if TYPE_CHECKING:
    from gemba.services.practice import LevelSeen, Practice
    from gemba.ui.go import Go
    from gemba.ui.theme import Theme

_SHOWN = 5


class LevelViews(QWidget):
    """Two lists beside each other, and below them the own view of today."""

    def __init__(
        self,
        theme: Theme,
        *,
        practice: Practice,
        go: Go,
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._practice = practice
        self._go = go
        self._today = today
        self._why_before = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        across = QHBoxLayout()
        across.setSpacing(theme.px(16))
        self.own = self._list(across, self.tr("Your own view"))
        self.others = self._list(across, self.tr("A second coach’s view"))
        column.addLayout(across)
        column.addWidget(Label(theme, self.tr("Today I would say I am"), step="strong"))
        steps = range(1, len(PRACTICE_LEVELS) + 1)
        self.level = Segmented(
            theme,
            [(str(one), level_word(one)) for one in steps],
            name=self.tr("Where you stand today"),
        )
        self.level.chosen.connect(lambda _key: self._rate())
        column.addWidget(self.level)
        self.meaning = Label(theme, "", tone="ink_soft")
        column.addWidget(self.meaning)
        self.why = TextField(theme, self.tr("What tells me so"), enter_keeps=True)
        self.why.entered.connect(self.leave)
        Autosave(self.why, lambda _visit: self.leave())
        column.addWidget(self.why)

    def _list(self, across: QHBoxLayout, words: str) -> RowList:
        side = QVBoxLayout()
        side.setSpacing(self.theme.px(4))
        side.addWidget(Label(self.theme, words, tone="ink_soft"))
        rows = RowList(self.theme, name=words)
        side.addWidget(rows)
        side.addStretch(1)
        across.addLayout(side, 1)
        return rows

    def read(self) -> None:
        """Show both views as they stand."""
        own, others = self._practice.levels()
        nothing = RowWords(self.tr("none yet"), bold=False)
        self.own.set_rows(self._rows(own) or [nothing])
        self.others.set_rows(self._rows(others) or [nothing])
        today = own[0] if own and own[0].on == self._today() else None
        self.level.clear()
        if today is not None:
            self.level.set_value(str(today.level))
        if not self.why.changed():
            self._why_before = today.why if today is not None else ""
            self.why.set_text(self._why_before)
        self._show_meaning()

    def _rows(self, seen: Sequence[LevelSeen]) -> list[RowWords]:
        rows = []
        for one in seen[:_SHOWN]:
            small = ", ".join(part for part in (one.by, one.why) if part)
            when = short_day(one.on, self._today())
            rows.append(RowWords(level_word(one.level), small, when))
        return rows

    def _show_meaning(self) -> None:
        key = self.level.value()
        self.meaning.setText(level_meaning(int(key)) if key else "")
        self.meaning.setVisible(bool(key))
        self.why.setVisible(bool(key))

    def _rate(self) -> None:
        key = self.level.value()
        if not key:
            return
        try:
            self._practice.rate(int(key), self.why.text())
        except GembaError as error:
            self._go.trouble(error)
            return
        self._why_before = self.why.text()
        self._show_meaning()

    def leave(self) -> None:
        """Keep the reason where it was changed."""
        if self.why.text() != self._why_before:
            self._rate()
