"""Over which time and which area patterns are looked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gemba.domain.figures.counted import ALL_THE_TIME, FROM_DAY_TO_DAY
from gemba.domain.patterns import Span
from gemba.domain.vocabulary import as_label
from gemba.ui.widgets import DateField, FlowLayout
from gemba.ui.widgets.choice import Choice

if TYPE_CHECKING:
    from gemba.services.patterns import PatternFinder
    from gemba.ui.theme import Theme

_WEEKS = {"13": 13, "26": 26, "52": 52, "104": 104}
_ALL, _DAYS = "all", "days"


class PatternsAsked(QWidget):
    """A period to choose, two days where none suits, and an area; `changed` says so.

    ``every`` is what the workplace calls an area.
    """

    changed = Signal()

    def __init__(
        self,
        theme: Theme,
        *,
        patterns: PatternFinder,
        today: Callable[[], date],
        every: Callable[[], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._patterns = patterns
        self._every = every
        flow = FlowLayout(self, gap=theme.px(8))
        tr = self.tr
        self.time = Choice(theme, tr("Time"))
        self.time.set_options(
            [
                ("52", tr("The last 52 weeks")),
                ("26", tr("The last 26 weeks")),
                ("13", tr("The last 13 weeks")),
                ("104", tr("The last two years")),
                (_ALL, tr("All the time")),
                (_DAYS, tr("From a day to a day")),
            ],
            "52",
        )
        self.area = Choice(theme, as_label(self._every()))
        self.first = DateField(theme, tr("From"), today=today)
        self.last = DateField(theme, tr("To"), today=today)
        for field in (self.first, self.last):
            field.setFixedWidth(theme.px(150))
            field.changed.connect(lambda _day: self.changed.emit())
        for widget in (self.time, self.area, self.first, self.last):
            flow.addWidget(widget)
        self.time.chosen.connect(lambda _key: self._chosen())
        self.area.chosen.connect(lambda _key: self.changed.emit())
        self.offer()
        self._show_days()

    def offer(self) -> None:
        """Offer the areas there are now."""
        words = self.tr("Every {area}").format(area=self._every())
        named = [(key.hex, name) for key, name in self._patterns.areas()]
        self.area.set_options([("", words), *named], self.area.value)
        self.area.setVisible(bool(named))

    def span(self) -> Span:
        """Return what is asked for; days that stand the wrong way round are turned."""
        area = UUID(hex=self.area.value) if self.area.value else None
        if self.time.value in _WEEKS:
            first, last = self._patterns.weeks_back(_WEEKS[self.time.value])
        else:
            first, last = self._patterns.whole_time()
        if self.time.value == _DAYS:
            one = self.first.value() or first
            other = self.last.value() or last
            first, last = min(one, other), max(one, other)
        return Span(first=first, last=last, area_id=area)

    def weeks(self) -> int:
        """Return the time that is asked for, as a figure remembers it."""
        other = ALL_THE_TIME if self.time.value == _ALL else FROM_DAY_TO_DAY
        return _WEEKS.get(self.time.value, other)

    def _chosen(self) -> None:
        if self.time.value == _DAYS and self.first.value() is None:
            first, last = self._patterns.weeks_back(52)
            self.first.set_value(first)
            self.last.set_value(last)
        self._show_days()
        self.changed.emit()

    def _show_days(self) -> None:
        for field in (self.first, self.last):
            field.setVisible(self.time.value == _DAYS)
