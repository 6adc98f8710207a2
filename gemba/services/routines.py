"""Leader standard work: routines, the days they were kept or missed, and their calendar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from gemba.domain.changes import Ref
from gemba.domain.coaching import Talk
from gemba.domain.errors import BadInput, Refused
from gemba.domain.practice import Done, Practice, in_use, practice_of
from gemba.domain.routine import ROUTINE_KINDS, Keeping, Pause, Routine
from gemba.domain.routine_days import WEEKS, minute_of, monday_of
from gemba.domain.walk import Walk

if TYPE_CHECKING:
    from gemba.domain.icalendar import Occasion
    from gemba.services.people import People
    from gemba.services.recorder import Recorder

_LONGEST_PAUSE = 366


class Routines:
    """Keeps a leader's routines; a day is kept by the walk or the talk itself, or by saying so."""

    def __init__(self, recorder: Recorder, people: People) -> None:
        self._recorder = recorder
        self._people = people

    def all(self, *, archived: bool = False) -> list[Routine]:
        """Return the routines in use by time of day, or those laid aside."""
        found = self._recorder.find(Routine)
        return in_use(one for one in found if (one.archived_on is not None) is archived)

    def get(self, routine_id: UUID) -> Routine:
        """Return one routine; raises NotFound."""
        return self._recorder.get(Routine, routine_id)

    def add(self, kind: str, name: str, **fields: object) -> Routine:
        """Begin a routine today, unless ``starts_on`` says otherwise, in the zone of this machine.

        Raises BadInput without a name, without a weekday, or with a time that is none.
        """
        if kind not in ROUTINE_KINDS:
            raise BadInput("routine.bad_kind", kind=kind)
        bare = Routine(
            id=self._recorder.new_id(),
            kind=kind,
            name=" ".join(name.split()),
            zone=self._zone(),
            starts_on=self._recorder.today(),
        )
        return self._recorder.add(_checked(replace(bare, **fields)))  # type: ignore[arg-type]

    def change(self, routine_id: UUID, **fields: object) -> Routine:
        """Set fields of a routine and return it; raises BadInput as add() does."""
        return self._recorder.change(
            Routine,
            routine_id,
            lambda one: _checked(replace(one, **fields)),  # type: ignore[arg-type]
        )

    def _zone(self) -> str:
        return getattr(self._recorder.now().tzinfo, "key", "") or ""

    def lay_aside(self, routine_id: UUID) -> Routine:
        """End a routine with yesterday; what was kept and missed stays."""
        last = self._recorder.today() - timedelta(days=1)
        return self._recorder.change(
            Routine, routine_id, lambda one: replace(one, archived_on=last)
        )

    def take_up(self, routine_id: UUID) -> Routine:
        """Go on with a routine that was laid aside."""
        return self._recorder.change(
            Routine, routine_id, lambda one: replace(one, archived_on=None)
        )

    # Days off

    def pause(
        self, first: date, last: date, why: str, routine_ids: Sequence[UUID] = ()
    ) -> tuple[Routine, ...]:
        """Take days off for some routines or for all in use; return them as they were before.

        Raises BadInput where the last day comes before the first, or is a year away.
        """
        if not 0 <= (last - first).days <= _LONGEST_PAUSE:
            raise BadInput("routine.bad_pause", first=first, last=last)
        chosen = [one for one in self.all() if not routine_ids or one.id in routine_ids]
        key = self._recorder.new_id().hex[:8]
        off = Pause(id=key, first=first, last=last, why=" ".join(why.split()))
        self._recorder.put(*(replace(one, pauses=(*one.pauses, off)) for one in chosen))
        return tuple(chosen)

    def work_again(self, pause_id: str) -> None:
        """Take days off back, from every routine that has them."""
        for one in self._recorder.find(Routine):
            if any(off.id == pause_id for off in one.pauses):
                self._recorder.change(
                    Routine,
                    one.id,
                    lambda held: replace(
                        held, pauses=tuple(off for off in held.pauses if off.id != pause_id)
                    ),
                )

    # Days

    def keep(self, routine_id: UUID, day: date, *, walk_id: UUID | None = None) -> Keeping:
        """Say that a routine was kept on a day; today's is kept now. Raises Refused beforehand.

        With ``walk_id`` it counts once that walk is made, and may be said before.
        """
        now = self._recorder.now()
        if day > now.date() and walk_id is None:
            raise Refused("routine.not_yet")
        begun = now if day == now.date() and walk_id is None else None
        return self._say(routine_id, day, kept=True, why="", begun_at=begun, walk_id=walk_id)

    def miss(self, routine_id: UUID, day: date, why: str) -> Keeping:
        """Say in one line why a routine was missed on a day."""
        line = " ".join(why.split())
        return self._say(routine_id, day, kept=False, why=line, begun_at=None, walk_id=None)

    def unsay(self, routine_id: UUID, day: date) -> None:
        """Take back what was said of a day."""
        found = self._recorder.find(Keeping, routine_id=routine_id, day=day)
        self._recorder.remove(*(Ref("keeping", one.id) for one in found))

    def _say(self, routine_id: UUID, day: date, **fields: object) -> Keeping:
        self.get(routine_id)
        for known in self._recorder.find(Keeping, routine_id=routine_id, day=day):
            return self._recorder.change(
                Keeping,
                known.id,
                lambda one: replace(one, **fields),  # type: ignore[arg-type]
            )
        bare = Keeping(id=self._recorder.new_id(), routine_id=routine_id, day=day, kept=False)
        return self._recorder.add(replace(bare, **fields))  # type: ignore[arg-type]

    # Looking

    def week(self, day: date | None = None) -> list[Practice]:
        """Return every routine in use with the days of a week, this one unless told otherwise."""
        first = monday_of(day or self._recorder.today())
        return self.between(first, _later(first, 6))

    def weeks(self, day: date | None = None, count: int = WEEKS) -> list[Practice]:
        """Return every routine in use with the days of the last weeks, this one included."""
        monday = monday_of(day or self._recorder.today())
        back = min(7 * (count - 1), monday.toordinal() - 1)
        return self.between(monday - timedelta(days=back), _later(monday, 6))

    def between(self, first: date, last: date) -> list[Practice]:
        """Return every routine in use with its days between two, both included."""
        routines = self.all()
        days = [date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1)]
        keepings = self._recorder.find(Keeping, day=days)
        store = self._recorder.store
        walks = store.columns(Walk, ("id", "area_id", "walked_on"), walked_on=days)
        made = {key for key, _area, _on in walks}
        # A walk may have been made on another day than the one it was planned for.
        late = {one.walk_id for one in keepings if one.walk_id} - made
        if late:
            found = store.columns(Walk, ("id", "walked_on"), id=list(late))
            made |= {key for key, on in found if on is not None}
        done = Done(
            walks=[(area, on) for _key, area, on in walks],
            made=frozenset(made),
            talks=self._talked(routines, first, last),
        )
        return practice_of(routines, keepings, done, (first, last), self._recorder.today())

    def _talked(
        self, routines: Sequence[Routine], first: date, last: date
    ) -> dict[UUID, set[date]]:
        """Return on which days each learner of a coaching routine was talked to."""
        learners = {one.person_id for one in routines if one.kind == "coaching" and one.person_id}
        held: dict[UUID, set[date]] = {}
        if learners:
            store = self._recorder.store
            for learner, day in store.columns(Talk, ("learner_id", "held_on")):
                if learner in learners and first <= day <= last:
                    held.setdefault(learner, set()).add(day)
        return held

    def calendar(self) -> bytes:
        """Return the routines in use as an iCalendar file, for Outlook, Google and others."""
        from gemba.domain.icalendar import Occasion, calendar

        occasions = [
            Occasion(
                routine=one,
                place=self._people.area_name(one.area_id),
                person=self._people.name_of(one.person_id),
            )
            for one in self.all()
        ]
        return calendar(occasions, made_at=self._recorder.now(), about=_about)


def _about(one: Occasion) -> str:
    return "\n".join(part for part in (one.routine.why, one.person) if part.strip())


def _later(day: date, days: int) -> date:
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))


def _checked(routine: Routine) -> Routine:
    if not routine.name.strip():
        raise BadInput("routine.no_name")
    if not any(1 <= number <= 7 for number in routine.weekdays):
        raise BadInput("routine.no_day")
    if routine.time_of_day and minute_of(routine.time_of_day) is None:
        raise BadInput("routine.bad_time", time=routine.time_of_day)
    if routine.ends_on is not None and routine.ends_on < routine.starts_on:
        raise BadInput("routine.ends_first")
    return routine
