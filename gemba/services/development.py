"""How a person grows: skills, goals, what shows them in real work, and who goes along."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from gemba.domain.changes import Ref
from gemba.domain.development import (
    SKILL_LEVELS,
    Evidence,
    Goal,
    MentorPair,
    PersonSkill,
    SkillStep,
)
from gemba.domain.errors import BadInput
from gemba.domain.sheet import Sheet

if TYPE_CHECKING:
    from gemba.services.people import People
    from gemba.services.recorder import Recorder
    from gemba.services.sheets import Sheets

PERSONAL: Final = "personal"
"""The worksheet of a personal A3, which is its owner's alone until they share it."""
_SHOWN_BY: Final = {
    "talk": "talk_id",
    "experiment": "experiment_id",
    "sheet": "sheet_id",
    "walk": "walk_id",
}


@dataclass(frozen=True, slots=True)
class Pair:
    """A mentor and how long ago they last talked; ``due_on`` is when they would talk next."""

    pair: MentorPair
    mentor: str
    due_on: date | None


class Development:
    """Keeps what one person wants to be able to do and already can; it ranks nobody."""

    def __init__(self, recorder: Recorder, people: People, sheets: Sheets) -> None:
        self._recorder = recorder
        self._people = people
        self._sheets = sheets

    # Skills

    def skills(self, learner_id: UUID) -> list[PersonSkill]:
        """Return the skills of a person that are not laid aside, as they were added."""
        found = self._recorder.find(PersonSkill, learner_id=learner_id)
        return [one for one in found if one.archived_on is None]

    def add_skill(self, learner_id: UUID, name: str, family: str = "") -> PersonSkill:
        """Add a skill; one of the same name is returned as it is. Raises BadInput without one."""
        called = " ".join(name.split())
        if not called:
            raise BadInput("skill.no_name")
        for one in self.skills(learner_id):
            if one.name.casefold() == called.casefold():
                return one
        made = PersonSkill(
            id=self._recorder.new_id(),
            learner_id=learner_id,
            name=called,
            family=" ".join(family.split()),
        )
        return self._recorder.add(made)

    def set_level(self, skill_id: UUID, level: int, why: str = "") -> PersonSkill:
        """Say that a skill came to a level today, 0 for not begun; each saying stays readable.

        Raises BadInput for a level there is not.
        """
        if not 0 <= level <= len(SKILL_LEVELS):
            raise BadInput("skill.no_level", level=level)
        recorder = self._recorder
        step = SkillStep(
            on=recorder.today(), level=level, said_by=recorder.who, why=" ".join(why.split())
        )

        def edit(skill: PersonSkill) -> PersonSkill:
            if skill.level == level and not step.why:
                return skill
            return replace(skill, level=level, steps=(*skill.steps, step))

        return recorder.change(PersonSkill, skill_id, edit)

    # Goals

    def goals(self, learner_id: UUID) -> list[Goal]:
        """Return the goals of a person, open ones first, the next day first."""
        found = self._recorder.find(Goal, learner_id=learner_id)
        return sorted(found, key=lambda one: (one.reached_on is not None, one.by_when or date.max))

    def add_goal(
        self,
        learner_id: UUID,
        text: str,
        *,
        by_when: date | None = None,
        takes: str = "",
        skill_id: UUID | None = None,
    ) -> Goal:
        """Set a goal; raises BadInput without words."""
        if not text.strip():
            raise BadInput("goal.no_words")
        made = Goal(
            id=self._recorder.new_id(),
            learner_id=learner_id,
            skill_id=skill_id,
            text=text.strip(),
            by_when=by_when,
            takes=" ".join(takes.split()),
            set_on=self._recorder.today(),
        )
        return self._recorder.add(made)

    def reach(self, goal_id: UUID, *, reached: bool = True) -> Goal:
        """Say that a goal is reached today, or that it is not yet."""
        day = self._recorder.today() if reached else None
        return self._recorder.change(Goal, goal_id, lambda one: replace(one, reached_on=day))

    def personal_sheet(self, goal_id: UUID) -> Sheet:
        """Return the personal A3 of a goal, beginning it with the goal's words where none is."""
        goal = self._recorder.get(Goal, goal_id)
        if goal.sheet_id is not None and (found := self._recorder.find(Sheet, id=goal.sheet_id)):
            return found[0]
        name = self._people.name_of(goal.learner_id)
        sheet = self._sheets.begin(goal.text, owner=name, definition=PERSONAL)
        self._recorder.change(Goal, goal_id, lambda one: replace(one, sheet_id=sheet.id))
        return sheet

    # What shows it

    def evidence(self, learner_id: UUID) -> list[Evidence]:
        """Return what shows somebody's skills and goals, the newest first."""
        return self._recorder.find(
            Evidence, learner_id=learner_id, order_by="shown_on", newest_first=True
        )

    def show(
        self, learner_id: UUID, ref: Ref, shows: str, *, on: date, skill_id: UUID | None = None
    ) -> Evidence:
        """Say what a real talk, experiment, sheet or walk shows; raises BadInput without words."""
        if not shows.strip():
            raise BadInput("evidence.no_words")
        field = _SHOWN_BY.get(ref.kind)
        if field is None:
            raise BadInput("evidence.of_nothing", kind=ref.kind)
        made = Evidence(
            id=self._recorder.new_id(),
            learner_id=learner_id,
            skill_id=skill_id,
            shown_on=on,
            shows=shows.strip(),
        )
        named: dict[str, UUID] = {field: ref.id}
        return self._recorder.add(replace(made, **named))  # type: ignore[arg-type]

    @staticmethod
    def shown_by(evidence: Evidence) -> Ref | None:
        """Return the record that shows it, None where it is gone."""
        for kind, field in _SHOWN_BY.items():
            key = getattr(evidence, field)
            if key is not None:
                return Ref(kind, key)
        return None

    # Who goes along

    def pairs(self, learner_id: UUID) -> list[Pair]:
        """Return the mentors of somebody, those who still go along first."""
        found = self._recorder.find(MentorPair, learner_id=learner_id)
        ordered = sorted(found, key=lambda one: (one.until is not None, one.since))
        return [Pair(one, self._people.name_of(one.mentor_id), _next(one)) for one in ordered]

    def add_pair(
        self, learner_id: UUID, mentor: str, *, about: str = "", every_days: int = 0
    ) -> MentorPair:
        """Let somebody go along with a learner; raises BadInput without a name or with oneself."""
        person = self._people.person(mentor)
        if person.id == learner_id:
            raise BadInput("mentor.oneself")
        made = MentorPair(
            id=self._recorder.new_id(),
            mentor_id=person.id,
            learner_id=learner_id,
            about=" ".join(about.split()),
            every_days=max(0, every_days),
            since=self._recorder.today(),
        )
        return self._recorder.add(made)

    def talked(self, pair_id: UUID) -> MentorPair:
        """Say that a mentor and a learner talked today."""
        return self._pair(pair_id, lambda one: replace(one, last_on=self._recorder.today()))

    def end_pair(self, pair_id: UUID) -> MentorPair:
        """Say that a mentor goes along no longer."""
        return self._pair(pair_id, lambda one: replace(one, until=self._recorder.today()))

    def put(self, *records: PersonSkill | Goal | MentorPair) -> None:
        """Put records back as they were, as undo."""
        for record in records:
            cls = type(record)
            now = self._recorder.get(cls, record.id)
            self._recorder.put(replace(record, revision=now.revision))

    def remove(self, ref: Ref) -> None:
        """Put something into the bin, as undo of adding it."""
        self._recorder.remove(ref)

    def _pair(self, pair_id: UUID, edit: Callable[[MentorPair], MentorPair]) -> MentorPair:
        return self._recorder.change(MentorPair, pair_id, edit)


def _next(pair: MentorPair) -> date | None:
    if pair.until is not None or not pair.every_days:
        return None
    return (pair.last_on or pair.since) + timedelta(pair.every_days)
