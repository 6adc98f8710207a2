"""The week of a leader's routines on Today: kept, missed with the reason in one line, coming."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.domain.routine_days import MISSED, monday_of
from gemba.domain.titles import first_words
from gemba.ui.days import weekday_words
from gemba.ui.widgets import Label
from gemba.ui.widgets.practice import Line, PracticeLegend, PracticeStrip, Span

if TYPE_CHECKING:
    from gemba.domain.practice import Practice
    from gemba.ui.go import Go
    from gemba.ui.theme import Theme

_MOST_REASONS = 4


class TodayWeek(QWidget):
    """The strip of this week; a day opens its routine. Not there where there are no routines."""

    def __init__(self, theme: Theme, go: Go, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._go = go
        self._practices: tuple[Practice, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.px(24))
        column.setSpacing(theme.px(8))
        column.addWidget(Label(theme, self.tr("My week"), step="strong", wrap=False))
        self.strip = PracticeStrip(theme, self.tr("My week"))
        self.strip.opened.connect(self._open)
        column.addWidget(self.strip)
        self.reasons = Label(theme, "", step="small", tone="ink_soft")
        column.addWidget(self.reasons)
        column.addWidget(PracticeLegend(theme))

    def show_week(self, practices: Sequence[Practice], today: date) -> None:
        """Show the days of this week, and why those missed were missed."""
        self._practices = tuple(practices)
        self.setVisible(bool(practices))
        monday = monday_of(today)
        days = [monday + timedelta(days=number) for number in range(7)]
        spans = [
            Span(f"{word} {day.day}", day, day)
            for word, day in zip(weekday_words(), days, strict=True)
        ]
        lines = [Line(one.routine.name, one.days) for one in practices]
        self.strip.set_lines(lines, spans, at=today.weekday())
        said = self._missed(days[0], days[-1])
        self.reasons.setText("\n".join(said[:_MOST_REASONS]))
        self.reasons.setVisible(bool(said))

    def _missed(self, first: date, last: date) -> list[str]:
        """Say the days missed, the newest first, each with its reason in one line."""
        found = [
            (mark.day, first_words(one.routine.name, 60), first_words(mark.why, 120))
            for one in self._practices
            for mark in one.days
            if mark.state == MISSED and first <= mark.day <= last
        ]
        why = self.tr("{name}, {day}: missed, {why}")
        bare = self.tr("{name}, {day}: missed. What got in the way?")
        return [
            (why if reason else bare).format(
                name=name, day=f"{weekday_words()[day.weekday()]} {day.day}", why=reason
            )
            for day, name, reason in sorted(found, key=lambda one: one[0], reverse=True)
        ]

    def _open(self, row: int, column: int) -> None:
        self._go.to(
            "routines",
            day=self.strip.spans[column].first,
            of=self._practices[row].routine.id,
        )
