"""What a bar, a reading, a cell or a place on the curve opens below its drawing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject

from gemba.domain.errors import GembaError
from gemba.domain.patterns import Span, Wanted, WantedAnswers, after
from gemba.ui.days import short_day
from gemba.ui.pages.patterns_part import AT_ONCE, PatternPart, Row

if TYPE_CHECKING:
    from gemba.services.patterns import PatternFinder
    from gemba.ui.go import Go


class PatternsOpened(QObject):
    """Finds what was counted and lists it; ``span`` is what the page shows now."""

    def __init__(
        self,
        page: QObject,
        *,
        patterns: PatternFinder,
        go: Go,
        span: Callable[[], Span],
        today: Callable[[], date],
    ) -> None:
        super().__init__(page)
        self._patterns = patterns
        self._go = go
        self._span = span
        self._today = today

    def seen(self, part: PatternPart, about: str, wanted: Wanted) -> None:
        """List the observations wanted below a drawing."""
        patterns = self._patterns
        self._list(
            part,
            about,
            lambda: patterns.count(wanted),
            lambda after: patterns.observations(wanted, AT_ONCE, after),
        )

    def step(
        self,
        part: PatternPart,
        on: date,
        *,
        in_the_way: bool = False,
        category: str | None = None,
        standard: str | None = None,
    ) -> None:
        """List what was seen in the week or month that begins on a day."""
        wanted = Wanted(
            span=self.within(on), category=category, standard=standard, in_the_way=in_the_way
        )
        self.seen(part, self.days(wanted.span), wanted)

    def answers(self, part: PatternPart, days: object, told: bool) -> None:
        """List the promises below a place on the curve, or above it; past its end those open."""
        known = days if isinstance(days, int) else None
        wanted = WantedAnswers(span=self._span(), days=known, told=told)
        if known is None:
            about = self.tr("Still waiting for an answer")
        elif told:
            about = self.tr("Told back within {n} days").format(n=known)
        else:
            about = self.tr("Not told back within {n} days").format(n=known)
        patterns = self._patterns
        self._list(
            part,
            about,
            lambda: patterns.count_promises(wanted),
            lambda after: patterns.promises(wanted, AT_ONCE, after),
        )

    def _list(
        self,
        part: PatternPart,
        about: str,
        count: Callable[[], int],
        more: Callable[[UUID | None], list[Row]],
    ) -> None:
        try:
            head, rows = f"{about}: {count()}", more(None)
        except GembaError as error:
            self._go.trouble(error)
            return
        part.show_rows(head, rows, more, self._today())

    def within(self, begin: date) -> Span:
        """Return the week or month that begins on a day, as far as it is shown."""
        whole = self._span()
        last = after(begin, whole.step) - timedelta(1)
        return Span(
            first=max(begin, whole.first), last=min(last, whole.last), area_id=whole.area_id
        )

    def days(self, span: Span) -> str:
        """Say the days of a span."""
        today = self._today()
        return self.tr("{first} to {last}").format(
            first=short_day(span.first, today), last=short_day(span.last, today)
        )
