"""Looking back on coaching: timelines, records as they stood on a day, and the ledger."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from gemba.domain.changes import Ref
from gemba.domain.coaching import Talk
from gemba.domain.errors import BadInput, Damaged, NotFound, Refused
from gemba.domain.kinds import KINDS, Record
from gemba.domain.ledger import Learning, LedgerLine, LinePlace
from gemba.domain.routine import Keeping, Routine
from gemba.domain.routine_days import KEPT, MISSED, DayMark, marks
from gemba.domain.sheet import Sheet
from gemba.domain.timeline import TimelineChoices, TimelineRow, TimePlace, WantedTime
from gemba.services.recorder import Recorder

if TYPE_CHECKING:
    from gemba.services.question_sets import QuestionSets


@dataclass(frozen=True, slots=True)
class Stood:
    """A record as it stood at the end of a day; ``now`` tells that it reads so still.

    ``from_elsewhere`` tells that the journal here begins later than that day: the record came in
    afterwards, and stands as it came.
    """

    record: Record
    on: date
    now: bool
    from_elsewhere: bool = False


class LookingBack:
    """Reads what happened with a learner or a coach; it writes nothing."""

    def __init__(self, recorder: Recorder, sets: Callable[[], QuestionSets]) -> None:
        self._recorder = recorder
        self._sets = sets

    def page(
        self, wanted: WantedTime, limit: int, after: TimePlace | None = None, skip: int = 0
    ) -> list[TimelineRow]:
        """Return a page of a timeline, the newest first; safe beside the window."""
        return self._recorder.store.overview.timeline(wanted, limit, after, skip)

    def begin(self, wanted: WantedTime, limit: int) -> tuple[int, list[TimelineRow]]:
        """Count everything on a timeline, and return its first page; safe beside the window."""
        return self._recorder.store.overview.timeline_begun(wanted, limit)

    def count(self, wanted: WantedTime) -> int:
        """Count everything on a timeline; safe beside the window."""
        return self._recorder.store.overview.count_timeline(wanted)

    def choices(self, learner_id: UUID | None = None) -> TimelineChoices:
        """Return what a timeline can be narrowed to."""
        return self._recorder.store.overview.timeline_choices(learner_id)

    def learners(self) -> list[tuple[UUID, str]]:
        """Return everyone who was coached or owns a sheet, by the alphabet."""
        return self._recorder.store.overview.learners()

    def coaches(self) -> list[str]:
        """Return the names of everybody who coached, by the alphabet."""
        return self._recorder.store.overview.coaches()

    def stood(self, ref: Ref, on: date) -> Stood:
        """Return a record as it stood at the end of a day.

        Where it came in only later, it is returned as it came. Raises NotFound for one that is
        not there, and Refused where the journal cannot tell.
        """
        self._recorder.settle()
        store = self._recorder.store
        cls = KINDS[ref.kind]
        now: Record = store.get(cls, ref.id)
        entries = store.journal(ref)
        before = [one.revision for one in entries if one.at.date() <= on]
        revision = max(before, default=min((one.revision for one in entries), default=0))
        if not revision or revision >= now.revision:
            return Stood(now, on, True, from_elsewhere=not before)
        try:
            then: Record = store.at_revision(cls, ref.id, revision)
        except (NotFound, Damaged, BadInput) as error:
            raise Refused("version.not_told") from error
        return Stood(then, on, False, from_elsewhere=not before)

    def sheet_talked_about(self, talk: Talk) -> Sheet | None:
        """Return the sheet of a talk as it stood when it was coached, None where nothing tells."""
        if talk.sheet_id is None or talk.sheet_revision < 1:
            return None
        try:
            return self._recorder.store.at_revision(Sheet, talk.sheet_id, talk.sheet_revision)
        except (NotFound, Damaged, BadInput):
            return None

    def learning(self, learner_id: UUID, first: date, last: date) -> Learning:
        """Return what a learner's cycles and predictions show between two days."""
        found = self._recorder.store.overview.learning(learner_id, first, last)
        # What was answered in another field, such as a prediction, is known by its step alone.
        asks = {step.id: step.ask for one in self._sets().all("cycle") for step in one.steps}
        phases = tuple((asks.get(asked, asked), minutes) for asked, minutes in found.phases)
        return replace(found, phases=phases)

    def predictions(
        self,
        learner_id: UUID,
        span: tuple[date, date],
        limit: int,
        after: LinePlace | None = None,
    ) -> list[LedgerLine]:
        """Return a page of what a learner predicted between two days, the newest first."""
        return self._recorder.store.overview.ledger_lines(learner_id, span, limit, after)

    def rhythm(self, learner_id: UUID, first: date, last: date) -> list[DayMark]:
        """Return the days on which cycles with a learner were expected, kept or missed, and why.

        They are those of the coaching routines that name the learner, and the looks that were
        agreed and did not happen; a cycle of that day keeps it, whether or not anybody said so.
        """
        recorder = self._recorder
        routines = [
            one for one in recorder.find(Routine, person_id=learner_id) if one.kind == "coaching"
        ]
        talked = {
            on
            for (on,) in recorder.store.columns(Talk, ("held_on",), learner_id=learner_id)
            if first <= on <= last
        }
        found: dict[date, DayMark] = {}
        for routine in routines:
            kept = recorder.find(Keeping, routine_id=routine.id)
            for mark in marks(routine, kept, frozenset(), first, last, recorder.today()):
                one = mark
                if mark.day in talked and mark.state != KEPT:
                    one = replace(mark, state=KEPT)
                if mark.day not in found or found[mark.day].state != KEPT:
                    found[mark.day] = one
        for day, why in recorder.store.overview.learning(learner_id, first, last).missed:
            known = found.get(day)
            if known is None or (known.state != KEPT and not known.why):
                found[day] = DayMark(day=day, state=MISSED, why=why)
        return [found[day] for day in sorted(found)]
