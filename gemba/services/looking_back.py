"""Looking back on coaching: timelines, records as they stood on a day, and the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from gemba.domain.changes import Ref
from gemba.domain.coaching import Talk
from gemba.domain.errors import BadInput, Damaged, NotFound, Refused
from gemba.domain.experiment import Experiment
from gemba.domain.kinds import KINDS, Record
from gemba.domain.ledger import Ledger, ledger_of
from gemba.domain.sheet import Sheet
from gemba.domain.timeline import TimelineChoices, TimelineRow, TimePlace, WantedTime
from gemba.services.recorder import Recorder


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

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder

    def page(
        self, wanted: WantedTime, limit: int, after: TimePlace | None = None, skip: int = 0
    ) -> list[TimelineRow]:
        """Return a page of a timeline, the newest first; safe beside the window."""
        return self._recorder.store.overview.timeline(wanted, limit, after, skip)

    def count(self, wanted: WantedTime) -> int:
        """Count everything on a timeline; safe beside the window."""
        return self._recorder.store.overview.count_timeline(wanted)

    def choices(self, learner_id: UUID | None = None) -> TimelineChoices:
        """Return what a timeline can be narrowed to."""
        return self._recorder.store.overview.timeline_choices(learner_id)

    def learners(self) -> list[tuple[UUID, str]]:
        """Return everyone who was coached or owns a sheet, by the alphabet."""
        return self._recorder.store.overview.learners()

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

    def ledger(
        self, learner_id: UUID, first: date | None = None, last: date | None = None
    ) -> Ledger:
        """Return what a learner predicted between two days, and what happened."""
        return ledger_of(self._recorder.find(Experiment, learner_id=learner_id), first, last)
