"""Patterns over a period and an area, counted where the records lie, and put on a sheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from gemba.domain.errors import NotFound
from gemba.domain.figures.counted import ALL_THE_TIME, Counted
from gemba.domain.link import Link
from gemba.domain.patterns import Patterns, Span, Wanted, WantedAnswers

if TYPE_CHECKING:
    from gemba.domain.figures import Figure
    from gemba.services.people import People
    from gemba.services.recorder import Recorder
    from gemba.services.sheets import Sheets

Row = tuple[UUID, str, date, str]


class PatternFinder:
    """Counts what was seen and promised, and finds what a bar stands for."""

    def __init__(self, recorder: Recorder, people: People, sheets: Sheets) -> None:
        self._recorder = recorder
        self._people = people
        self._sheets = sheets

    def read(self, span: Span) -> Patterns:
        """Count a span; safe to call beside the window."""
        return self._recorder.store.overview.patterns(span, self._recorder.today())

    def observations(self, wanted: Wanted, limit: int, after: UUID | None = None) -> list[Row]:
        """Return id, words, day and category of the observations wanted, the newest first."""
        return self._recorder.store.overview.wanted(wanted, limit, after)

    def count(self, wanted: Wanted) -> int:
        """Count the observations wanted."""
        return self._recorder.store.overview.count_wanted(wanted)

    def promises(self, wanted: WantedAnswers, limit: int, after: UUID | None = None) -> list[Row]:
        """Return id, words, day and category of the promises wanted, the oldest first."""
        overview, today = self._recorder.store.overview, self._recorder.today()
        return overview.answers(wanted, today, limit, after)

    def count_promises(self, wanted: WantedAnswers) -> int:
        """Count the promises wanted."""
        return self._recorder.store.overview.count_answers(wanted, self._recorder.today())

    def whole_time(self) -> tuple[date, date]:
        """Return the first and the last day on which anything was seen, at the least today."""
        today = self._recorder.today()
        found = self._recorder.store.overview.first_and_last_day() or (today, today)
        return min(found[0], today), max(found[1], today)

    def weeks_back(self, weeks: int) -> tuple[date, date]:
        """Return the Monday so many weeks back and today, so that the first week is whole."""
        today = self._recorder.today()
        return today - timedelta(today.weekday() + 7 * (weeks - 1)), today

    def asked_again(self, asked: Counted) -> tuple[Counted, Span]:
        """Return the same question as of today, with the days and the area it is about now.

        An area that was made one with another is that one. Raises NotFound for one that is gone.
        """
        today = self._recorder.today()
        first, last = asked.first, asked.last
        if asked.weeks > 0:
            first, last = self.weeks_back(asked.weeks)
        elif asked.weeks == ALL_THE_TIME:
            first, last = self.whole_time()
        area_id = asked.area_id
        if area_id is not None:
            area = self._people.area_now(area_id)
            if area is None:
                raise NotFound("area.gone")
            area_id = area.id
        now = replace(asked, on=today, first=first, last=last, area_id=area_id)
        return now, Span(first=first, last=last, area_id=area_id)

    def source_of(self, promise_id: UUID) -> UUID | None:
        """Return the observation a promise came of, None where nothing was seen."""
        links = self._recorder.find(Link, to_id=promise_id, from_kind="observation")
        return links[0].from_id if links else None

    def area_name(self, area_id: UUID | None) -> str:
        """Return the name of an area, of the one it was made one with, or nothing."""
        area = self._people.area_now(area_id) if area_id is not None else None
        return area.name if area is not None else ""

    def areas(self) -> list[tuple[UUID, str]]:
        """Return every area's id and name, in the order of the alphabet."""
        return self._people.areas()

    def sheets(self, most: int) -> list[tuple[UUID, str]]:
        """Return the open sheets that were changed last, with their titles."""
        rows = [row for row in self._recorder.store.overview.sheet_rows() if not row.archived_on]
        rows.sort(key=lambda row: row.changed, reverse=True)
        return [(row.id, row.title) for row in rows[:most]]

    def put(
        self,
        figure: Figure,
        sheet_id: UUID | None,
        own_caption: Callable[[Figure], bool] = lambda _figure: False,
    ) -> tuple[UUID, str]:
        """Put a figure where a sheet holds its present state, or begin a sheet with it.

        One that stands on the sheet already, by its id, is brought up to date where it stands and
        keeps its place, and its caption where that is the owner's own. Returns the ids of sheet
        and box. Raises NotFound.
        """
        from gemba.domain.counting import brought_up

        if sheet_id is None:
            sheet = self._sheets.begin(figure.caption)
        else:
            sheet = self._sheets.get(sheet_id)
        for held in sheet.boxes:
            before = next((one for one in held.figures if one.id == figure.id), None)
            if before is not None and type(before) is type(figure):
                fresh = brought_up(before, figure, own_caption=own_caption(before))
                self._sheets.put_figure(sheet.id, held.id, fresh)
                return sheet.id, held.id
        boxes = [one.id for one in self._sheets.definition(sheet).boxes]
        box = "current" if "current" in boxes else boxes[0]
        self._sheets.put_figure(sheet.id, box, figure)
        return sheet.id, box

    def new_figure_id(self) -> str:
        """Return a fresh id for a figure."""
        return self._sheets.new_figure_id()
