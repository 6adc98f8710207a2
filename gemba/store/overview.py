"""What is read across all records at once: lists and counts, without SQLAlchemy."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import closing
from datetime import date
from typing import TypeVar
from uuid import UUID

from gemba.domain.ledger import Learning, LedgerLine, LinePlace
from gemba.domain.patterns import Patterns, Span, Wanted, WantedAnswers
from gemba.domain.sheet_row import SheetRow
from gemba.domain.timeline import TimelineChoices, TimelineRow, TimePlace, WantedTime
from gemba.store import (
    asked,
    coverage_rows,
    learners,
    ledger,
    pattern_answers,
    patterns,
    sheet_rows,
    timeline,
)
from gemba.store.driver import Connection
from gemba.store.faults import readable_faults

T = TypeVar("T")


class Overview:
    """Reads the newest state over a bare connection; without one the folder holds nothing."""

    def __init__(self, connect: Callable[[], Connection] | None) -> None:
        self._connect = connect

    def last_walked(self) -> dict[tuple[UUID, str], date]:
        """Return the last day of a walk in each area and shift."""
        return self._read(coverage_rows.last_walked, {})

    def last_met(self) -> dict[UUID, date]:
        """Return the last day each person was coached, thanked or told back."""
        return self._read(coverage_rows.last_met, {})

    def sheet_rows(self) -> list[SheetRow]:
        """Return what the gallery shows of every sheet, read at once and without its boxes."""
        return self._read(sheet_rows.sheet_rows, [])

    def changed_rows(self, sheets: Collection[str], notes: Collection[str]) -> list[SheetRow]:
        """Return the same of some sheets by key, and of those that some margin notes stand at."""
        return self._read(lambda bare: sheet_rows.changed_rows(bare, sheets, notes), [])

    def sheets_saying(self, words: Sequence[str]) -> list[set[str]]:
        """Return for each word the sheets in which a word begins with it; see SheetRow.key."""
        return self._read(lambda bare: sheet_rows.sheets_saying(bare, words), [])

    def sheets_saying_in(self, words: Sequence[str], boxes: Sequence[str]) -> list[set[str]]:
        """Return the same, but only for what stands in some boxes, or in the facts of a sheet."""
        return self._read(lambda bare: sheet_rows.sheets_saying_in(bare, words, boxes), [])

    def patterns(self, span: Span, today: date) -> Patterns:
        """Count what was seen and promised in a span."""
        return self._read(
            lambda bare: patterns.count_patterns(bare, span, today), Patterns(span=span)
        )

    def wanted(
        self, wanted: Wanted, limit: int, after: UUID | None = None
    ) -> list[tuple[UUID, str, date, str]]:
        """Return id, words, day and category of the observations wanted, the newest first."""
        return self._read(lambda bare: patterns.wanted_rows(bare, wanted, limit, after), [])

    def count_wanted(self, wanted: Wanted) -> int:
        """Count the observations wanted."""
        return self._read(lambda bare: patterns.count_wanted(bare, wanted), 0)

    def answers(
        self, wanted: WantedAnswers, today: date, limit: int, after: UUID | None = None
    ) -> list[tuple[UUID, str, date, str]]:
        """Return id, words, day and category of the promises wanted, the newest first."""
        return self._read(
            lambda bare: pattern_answers.answer_rows(bare, wanted, today, limit, after), []
        )

    def count_answers(self, wanted: WantedAnswers, today: date) -> int:
        """Count the promises wanted."""
        return self._read(lambda bare: pattern_answers.count_wanted_answers(bare, wanted, today), 0)

    def seen_at(self, place: str, category: str, before: date) -> list[tuple[UUID, str, date]]:
        """Return id, words and day of what was seen at a stop in one category, the newest first.

        ``before`` is the last day that counts.
        """
        return self._read(lambda bare: patterns.seen_at(bare, place, category, before), [])

    def newest_loose(self, limit: int) -> list[UUID]:
        """Return the ids of what was kept last outside any walk, the newest first."""
        return self._read(lambda bare: patterns.newest_loose(bare, limit), [])

    def marked(self) -> list[UUID]:
        """Return the ids of what has a photo with marks on it, also in the bin."""
        return self._read(patterns.marked, [])

    def blurring(self, among: Sequence[UUID] | None = None) -> list[UUID]:
        """Return the ids of the sheets, or of some of them, that blur something on a photo."""
        return self._read(lambda bare: patterns.blurring(bare, among), [])

    def first_and_last_day(self) -> tuple[date, date] | None:
        """Return the days of the first and the last thing seen or promised."""
        return self._read(patterns.first_and_last_day, None)

    def timeline(
        self, wanted: WantedTime, limit: int, after: TimePlace | None = None, skip: int = 0
    ) -> list[TimelineRow]:
        """Return a page of a timeline, the newest first, behind the last row of the one before."""
        return self._read(lambda bare: timeline.timeline_rows(bare, wanted, limit, after, skip), [])

    def timeline_begun(self, wanted: WantedTime, limit: int) -> tuple[int, list[TimelineRow]]:
        """Count everything on a timeline, and return its first page."""
        nothing: list[TimelineRow] = []
        return self._read(lambda bare: timeline.first_page(bare, wanted, limit), (0, nothing))

    def count_timeline(self, wanted: WantedTime) -> int:
        """Count everything on a timeline."""
        return self._read(lambda bare: timeline.count_timeline(bare, wanted), 0)

    def timeline_choices(self, learner_id: UUID | None) -> TimelineChoices:
        """Return what the timeline of a learner, or of everyone, can be narrowed to."""
        return self._read(
            lambda bare: learners.timeline_choices(bare, learner_id), TimelineChoices()
        )

    def learner_rows(self) -> list[tuple[UUID, str, str, date | None, date | None]]:
        """Return everyone who was coached: id, name, about what, the last talk, the next look."""
        return self._read(learners.learner_rows, [])

    def coaches(self) -> list[str]:
        """Return the names of everybody who coached, by the alphabet."""
        return self._read(learners.coaches, [])

    def asked_counts(self) -> list[tuple[date, tuple[str, ...], int]]:
        """Count the questions a coach has noted, by month and classes."""
        return self._read(asked.asked_counts, [])

    def asked_at(self, place: int) -> UUID | None:
        """Return the question at a place of the list, the newest first; None past its end."""
        return self._read(lambda bare: asked.asked_at(bare, place), None)

    def learning(self, learner: UUID, first: date, last: date) -> Learning:
        """Count what a learner's cycles and predictions show between two days."""
        return self._read(lambda bare: ledger.learning_of(bare, learner, first, last), Learning())

    def ledger_lines(
        self,
        learner: UUID,
        span: tuple[date, date],
        limit: int,
        after: LinePlace | None = None,
    ) -> list[LedgerLine]:
        """Return a page of a learner's predictions between two days, the newest first."""
        return self._read(lambda bare: ledger.ledger_lines(bare, learner, *span, limit, after), [])

    def learners(self) -> list[tuple[UUID, str]]:
        """Return id and name of everyone who was coached, by the alphabet."""
        return self._read(learners.learners, [])

    def _read(self, work: Callable[[Connection], T], otherwise: T) -> T:
        if self._connect is None:
            return otherwise
        with readable_faults(), closing(self._connect()) as connection:
            return work(connection)
