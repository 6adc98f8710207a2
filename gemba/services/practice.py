"""The coach's own practice: what was really asked, twenty seconds after a talk, a second coach.

All of it belongs to the coach alone: its kinds are private (domain/kinds.py), so that no search,
print or export holds it unless it is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final
from uuid import UUID

from gemba.domain.changes import Ref
from gemba.domain.coach_log import (
    PRACTICE_LEVELS,
    AfterTalk,
    AskedQuestion,
    ObservedPhase,
    PracticeLevel,
    SecondCoach,
)
from gemba.domain.coach_trend import AskedMonth, asked_months
from gemba.domain.coaching import Talk
from gemba.domain.errors import BadInput, NotFound

if TYPE_CHECKING:
    from gemba.domain.question_form import AskedAs
    from gemba.services.people import People
    from gemba.services.question_classes import QuestionClasses
    from gemba.services.recorder import Recorder

PHASES: Final = ("aim", "now", "obstacle", "next", "when")
"""The five phases a second coach watches (domain.md B9)."""


@dataclass(frozen=True, slots=True)
class LevelSeen:
    """A practice level on a day; ``by`` is the second coach's name, empty for one's own view."""

    on: date
    level: int
    by: str = ""
    why: str = ""


class Practice:
    """Keeps and tells what belongs to the coach's own learning."""

    def __init__(self, recorder: Recorder, people: People, classes: QuestionClasses) -> None:
        self._recorder = recorder
        self._people = people
        self._classes = classes

    @property
    def writable(self) -> bool:
        """Whether anything can be kept."""
        return self._recorder.store.writable

    def settle(self) -> None:
        """Wait until what was typed so far is committed."""
        self._recorder.settle()

    # The log of questions

    def asked_as(self, text: str) -> AskedAs:
        """Return how a question was put; nothing for no words."""
        return self._classes.asked_as(text)

    def log(self, text: str, talk_id: UUID | None = None) -> list[AskedQuestion]:
        """Keep questions that were asked, one a line; blank lines are none.

        Raises BadInput where there is no line with words.
        """
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if not lines:
            raise BadInput("practice.no_question")
        talk = self._talk(talk_id)
        on = talk.held_on if talk is not None else self._recorder.today()
        made = [
            AskedQuestion(
                id=self._recorder.new_id(),
                coach=self._recorder.who,
                talk_id=talk.id if talk is not None else None,
                learner_id=talk.learner_id if talk is not None else None,
                asked_on=on,
                words=line,
                forms=self.asked_as(line).classes,
            )
            for line in lines
        ]
        kept = self._recorder.put(*made)
        return [one for one in kept if isinstance(one, AskedQuestion)]

    def question(self, question_id: UUID) -> AskedQuestion:
        """Return one question with what was typed so far; raises NotFound."""
        self._recorder.settle()
        return self._recorder.get(AskedQuestion, question_id)

    def count(self) -> int:
        """Count the questions of the log; safe beside the window."""
        return self._recorder.store.count(AskedQuestion)

    def questions(self, limit: int, after: UUID | None = None) -> list[AskedQuestion]:
        """Return a page of the log, the newest first, behind the question ``after``."""
        return self._recorder.find(
            AskedQuestion, order_by="asked_on", newest_first=True, limit=limit, after=after
        )

    def before_place(self, place: int) -> UUID | None:
        """Return the question before a place of the log, so that a leap reads only one page."""
        return self._recorder.store.overview.asked_at(place - 1) if place > 0 else None

    def of_talk(self, talk_id: UUID) -> list[AskedQuestion]:
        """Return the questions noted for a talk, as they were written down."""
        return self._recorder.find(AskedQuestion, talk_id=talk_id)

    def rewrite(self, question_id: UUID, text: str, *, visit: str) -> None:
        """Save a question written anew while it is typed, with its own classes."""
        classes = self.asked_as(text).classes
        self._recorder.change_soon(
            AskedQuestion,
            question_id,
            lambda one: replace(one, rewrite=text, rewrite_forms=classes),
            visit=visit,
            field="rewrite",
        )

    def stand_by(self, question_id: UUID, kept: bool) -> AskedQuestion:
        """Say that a question would be asked so again, whatever was found, or not."""
        return self._recorder.change(
            AskedQuestion, question_id, lambda one: replace(one, kept=kept)
        )

    def drop(self, question_id: UUID) -> None:
        """Put a question into the bin."""
        self._recorder.remove(Ref("asked_question", question_id))

    def months(self) -> list[AskedMonth]:
        """Return how the questions of each month were put, the oldest first."""
        return asked_months(self._recorder.store.overview.asked_counts())

    # Twenty seconds after a talk

    def after(self, talk_id: UUID) -> AfterTalk | None:
        """Return what was noted after a talk, or None."""
        found = self._recorder.find(AfterTalk, talk_id=talk_id)
        return found[-1] if found else None

    def last_talk(self) -> UUID:
        """Return the talk that was held last; raises NotFound where none was."""
        found = self._recorder.store.columns(
            Talk, ("id",), order_by="held_on", newest_first=True, limit=1
        )
        if not found:
            raise NotFound("practice.no_talk")
        return UUID(str(found[0][0]))

    def looks_back(self, limit: int, after: UUID | None = None) -> list[AfterTalk]:
        """Return a page of looks back at talks, the newest first."""
        return self._recorder.find(
            AfterTalk, order_by="noted_on", newest_first=True, limit=limit, after=after
        )

    def aim(self, before: UUID | None = None) -> str:
        """Return the aim practised last, but for what was noted of the talk ``before``."""
        found = self.looks_back(20)
        return next((one.aim for one in found if one.aim and one.talk_id != before), "")

    def look_back(
        self,
        talk_id: UUID,
        *,
        asked: int,
        told: int,
        silences: int,
        talk_share: int | None = None,
        aim: str = "",
        aim_kept: str = "",
    ) -> AfterTalk:
        """Keep what is remembered of a talk; noting it again corrects it.

        Raises NotFound for no such talk, and BadInput for counts below 0 or a share outside 0-100.
        """
        if min(asked, told, silences) < 0 or not 0 <= (talk_share or 0) <= 100:
            raise BadInput("practice.bad_count")
        talk = self._recorder.get(Talk, talk_id)
        before = self.after(talk_id)
        if before is None:
            before = self._recorder.add(
                AfterTalk(
                    id=self._recorder.new_id(),
                    talk_id=talk.id,
                    learner_id=talk.learner_id,
                    coach=self._recorder.who,
                    noted_on=talk.held_on,
                )
            )
        return self._recorder.change(
            AfterTalk,
            before.id,
            lambda one: replace(
                one,
                asked=asked,
                told=told,
                silences=silences,
                talk_share=talk_share,
                aim=aim,
                aim_kept=aim_kept,
            ),
        )

    # A second coach

    def watch(self, talk_id: UUID | None = None, learner_id: UUID | None = None) -> SecondCoach:
        """Begin a sheet of a second coach, or return the one that a talk has already.

        The coach's last aim stands on it as what was meant to be practised.
        """
        talk = self._talk(talk_id)
        if talk is not None:
            known = self._recorder.find(SecondCoach, talk_id=talk.id)
            if known:
                return known[-1]
        return self._recorder.add(self._begun(talk, learner_id))

    def _begun(self, talk: Talk | None, learner_id: UUID | None) -> SecondCoach:
        return SecondCoach(
            id=self._recorder.new_id(),
            talk_id=talk.id if talk is not None else None,
            learner_id=talk.learner_id if talk is not None else learner_id,
            coach=(talk.coach if talk is not None else "") or self._recorder.who,
            watched_on=talk.held_on if talk is not None else self._recorder.today(),
            minutes=talk.elapsed // 60 if talk is not None else 0,
            phases=_phases(talk),
            before=self.aim(talk.id if talk is not None else None),
        )

    def watched(self, sheet_id: UUID) -> SecondCoach:
        """Return a sheet of a second coach with what was typed so far; raises NotFound."""
        self._recorder.settle()
        return self._recorder.get(SecondCoach, sheet_id)

    def watched_sheets(self, limit: int, after: UUID | None = None) -> list[SecondCoach]:
        """Return a page of the sheets of second coaches, the newest first."""
        return self._recorder.find(
            SecondCoach, order_by="watched_on", newest_first=True, limit=limit, after=after
        )

    def write(self, sheet_id: UUID, *, visit: str, **fields: object) -> None:
        """Save fields of a second coach's sheet while they are typed."""
        self._recorder.change_soon(
            SecondCoach,
            sheet_id,
            lambda one: replace(one, **fields),  # type: ignore[arg-type]
            visit=visit,
            field=",".join(fields),
        )

    def write_phase(self, sheet_id: UUID, phase: str, *, visit: str, **fields: object) -> None:
        """Save what was noted at one phase while it is typed."""

        def edit(sheet: SecondCoach) -> SecondCoach:
            known = {one.id: one for one in sheet.phases}
            known[phase] = replace(known.get(phase, ObservedPhase(id=phase)), **fields)  # type: ignore[arg-type]
            others = [one for one in known if one not in PHASES]
            kept = [known[one] for one in (*PHASES, *others) if one in known]
            return replace(sheet, phases=tuple(kept))

        names = ",".join(fields)
        field = f"phases.{phase}.{names}"
        self._recorder.change_soon(SecondCoach, sheet_id, edit, visit=visit, field=field)

    def drop_sheet(self, sheet_id: UUID) -> None:
        """Put a sheet of a second coach into the bin."""
        self._recorder.remove(Ref("second_coach", sheet_id))

    def drop_if_empty(self, sheet_id: UUID) -> bool:
        """Take away a sheet on which nothing was noted; True where it was."""
        one = self.watched(sheet_id)
        fresh = self._begun(self._talk(one.talk_id), one.learner_id)
        if one != replace(fresh, id=one.id, revision=one.revision, watched_on=one.watched_on):
            return False
        self.drop_sheet(sheet_id)
        return True

    def name_of(self, learner_id: UUID | None) -> str:
        """Return a learner's name, nothing for none."""
        return self._people.name_of(learner_id) if learner_id is not None else ""

    # Practice level

    def rate(self, level: int, why: str = "") -> PracticeLevel:
        """Keep where the coach stands by their own view, from 1; twice in a day corrects it."""
        if not 1 <= level <= len(PRACTICE_LEVELS):
            raise BadInput("practice.bad_level")
        today = self._recorder.today()
        same = self._recorder.find(PracticeLevel, rated_on=today, by="self")
        if same:
            return self._recorder.change(
                PracticeLevel, same[-1].id, lambda one: replace(one, level=level, why=why)
            )
        return self._recorder.add(
            PracticeLevel(
                id=self._recorder.new_id(),
                coach=self._recorder.who,
                level=level,
                rated_on=today,
                why=why,
            )
        )

    def levels(self) -> tuple[list[LevelSeen], list[LevelSeen]]:
        """Return the coach's own views and those of second coaches, each the newest first.

        What stands on a second coach's sheet counts before a rating that was made of it.
        """
        own: list[LevelSeen] = []
        others: list[LevelSeen] = []
        names = ("id", "watched_on", "level", "second_coach")
        sheets = {
            key: LevelSeen(on, level, name)
            for key, on, level, name in self._recorder.store.columns(SecondCoach, names)
            if level
        }
        for one in self._recorder.find(PracticeLevel):
            seen = LevelSeen(one.rated_on, one.level, one.second_coach, one.why)
            sheet = sheets.get(one.watched_id) if one.watched_id is not None else None
            if one.by == "self":
                own.append(seen)
            elif sheet is None:
                others.append(seen)
            elif one.watched_id is not None:
                sheets[one.watched_id] = replace(sheet, why=one.why)
        return _newest(own), _newest([*others, *sheets.values()])

    def _talk(self, talk_id: UUID | None) -> Talk | None:
        return self._recorder.get(Talk, talk_id) if talk_id is not None else None


def _newest(seen: Sequence[LevelSeen]) -> list[LevelSeen]:
    # Of one day the one that was written later comes first.
    return sorted(seen, key=lambda one: one.on)[::-1]


def _phases(talk: Talk | None) -> tuple[ObservedPhase, ...]:
    """Return the five phases, with the times the cycle measured where there are any."""
    times: dict[str, int] = {}
    for one in talk.times if talk is not None else ():
        phase = one.at_step if one.at_step in PHASES else "now"
        times[phase] = times.get(phase, 0) + one.seconds  # looking back is part of "now"
    return tuple(ObservedPhase(id=one, seconds=times.get(one, 0)) for one in PHASES)
