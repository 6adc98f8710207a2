"""Coaching: talks, cycles, the storyboard they write, and what is looked back on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from gemba.domain.changes import Ref
from gemba.domain.coach_log import PRACTICE_LEVELS, PracticeLevel
from gemba.domain.coaching import Answer, Obstacle, Storyboard, Talk
from gemba.domain.cycle import answer_to, answered, said_anything
from gemba.domain.errors import BadInput, NotFound, Refused
from gemba.domain.experiment import Experiment
from gemba.domain.link import BECAME
from gemba.domain.person import Person
from gemba.domain.sheet import Sheet
from gemba.services.board_wording import BoardWording
from gemba.services.drafts import Drafts
from gemba.services.people import People
from gemba.services.recorder import Recorder
from gemba.services.sheets import Sheets
from gemba.services.talks import Talks
from gemba.services.thread import Thread

if TYPE_CHECKING:
    from collections.abc import Callable

    from gemba.domain.wording import WordingRules
    from gemba.services.question_sets import QuestionSets


@dataclass(frozen=True, slots=True)
class LearnerRow:
    """A learner in the list: who, on what, and when you last looked together."""

    id: UUID
    name: str
    about: str
    last_on: date | None
    next_look_on: date | None


class Coaching(Talks):
    """Everything a coach does with a learner."""

    def __init__(
        self,
        recorder: Recorder,
        people: People,
        thread: Thread,
        sheets: Sheets,
        question_sets: QuestionSets,
        rules: Callable[[], WordingRules],
    ) -> None:
        super().__init__(recorder, thread, question_sets)
        self.wording = BoardWording(recorder, rules)
        self._people = people
        self._sheets = sheets
        self.drafts = Drafts(recorder)

    def learners(self) -> list[LearnerRow]:
        """Return everyone who was coached, the longest unseen first."""
        rows = [LearnerRow(*row) for row in self._recorder.store.overview.learner_rows()]
        return sorted(rows, key=lambda row: (row.last_on or date.min, row.name))

    def learner(self, person_id: UUID) -> Person:
        """Return one learner; raises NotFound."""
        return self._recorder.get(Person, person_id)

    def talks(self, learner_id: UUID) -> list[Talk]:
        """Return a learner's talks in the order of time."""
        return self._recorder.find(Talk, learner_id=learner_id, order_by="held_on")

    def label_of(self, definition: str) -> str:
        """Return the name of a set of questions, or nothing for one that is not there."""
        try:
            return self._sets.get(definition).label if definition else ""
        except NotFound:
            return ""

    def first_talk(self, name: str) -> Talk:
        """Begin a talk with a person and the curiosity three; nothing else is needed."""
        learner = self._people.person(name)
        return self._begin("first talk", learner.id, "curiosity")

    def start_cycle(
        self, learner_id: UUID, board_id: UUID | None = None, *, definition: str = "cycle"
    ) -> Talk:
        """Begin a cycle at a learner's board, looking back at the last step where there is one.

        A learner without a board gets an empty one, which the answers write. ``definition`` names
        the questions, which may be the coach's own. Raises NotFound for a set that is gone.
        """
        self._sets.get(definition)
        board = self.board(board_id) if board_id is not None else self.board_of(learner_id)
        done = [one for one in self.experiments(board_id=board.id) if one.step or one.prediction]
        last = done[-1].id if done else None
        return self._begin(
            "cycle", learner_id, definition, storyboard_id=board.id, last_experiment_id=last
        )

    def ask_instead(self, talk_id: UUID, definition: str) -> Talk:
        """Ask another set of questions in a cycle; raises Refused once something was said in it."""
        self._recorder.settle()
        questions = self._sets.get(definition)
        script = self._sets.script(questions)

        def turn(talk: Talk) -> Talk:
            if said_anything(talk):
                raise Refused("talk.already_begun")
            return replace(
                talk,
                definition=questions.id,
                definition_version=questions.version,
                script_id=script.id,
                at_step=questions.steps_for(first=talk.last_experiment_id is None)[0].id,
            )

        return self._recorder.change(Talk, talk_id, turn)

    def under_way(self, learner_id: UUID, kind: str) -> Talk | None:
        """Return the talk of this kind that was begun today and not ended, or None."""
        today = self._recorder.today()
        open_ones = [
            talk
            for talk in self._recorder.find(Talk, learner_id=learner_id)
            if talk.kind == kind and talk.held_on == today and talk.ended_at is None
        ]
        return open_ones[-1] if open_ones else None

    def practice_level(self) -> int:
        """Return how far the coach at the keyboard has come, 0 where nobody has said.

        Of the newest view of their own and that of a second coach the lower one counts: who is
        helped too much can hide it, who is helped too little cannot know.
        """
        me = self._recorder.who.casefold()
        newest: dict[str, int] = {}
        for one in self._recorder.find(PracticeLevel, order_by="rated_on"):
            if one.coach.casefold() == me and 1 <= one.level <= len(PRACTICE_LEVELS):
                newest[one.by] = one.level
        return min(newest.values(), default=0)

    def left_open(self, learner_id: UUID) -> list[Talk]:
        """Return the cycles of a learner that were begun on an earlier day and never ended."""
        today = self._recorder.today()
        return [
            talk
            for talk in self._recorder.find(Talk, learner_id=learner_id, order_by="held_on")
            if talk.kind == "cycle" and talk.ended_at is None and talk.held_on < today
        ]

    def drop_if_empty(self, talk_id: UUID) -> bool:
        """Put a talk in which nothing was written into the bin; tell whether it was."""
        self._recorder.settle()
        talk = self.talk(talk_id)
        if said_anything(talk):
            return False
        self._recorder.remove(Ref("talk", talk_id))
        return True

    def coach_sheet(self, sheet_id: UUID) -> Talk:
        """Begin to coach a sheet as it stands now; it joins the owner's history.

        Raises BadInput when nobody owns the sheet yet.
        """
        sheet = self._recorder.get(Sheet, sheet_id)
        if sheet.owner_id is None:
            raise BadInput("sheet.no_owner")
        return self._begin(
            "sheet talk", sheet.owner_id, "a3", sheet_id=sheet.id, sheet_revision=sheet.revision
        )

    def ask_at(self, talk_id: UUID, box: str, question: str, *, figure: str = "") -> Answer:
        """Ask a question at a box of the sheet; it stands in the margin as well."""
        talk = self.talk(talk_id)
        if talk.sheet_id is None:
            raise BadInput("talk.no_sheet")
        note = self._sheets.ask(talk.sheet_id, box, question, talk_id=talk_id, figure=figure)
        answer = Answer(id=str(note.id), question=note.text, box=box)
        self._recorder.change(Talk, talk_id, lambda t: answered(t, answer))
        return answer

    def answer_at(self, talk_id: UUID, answer_id: str, text: str, *, visit: str) -> None:
        """Save the owner's answer, in the talk and in the margin; never in the owner's text."""

        def edit(talk: Talk) -> Talk:
            if talk.sheet_id is not None and not self._sheets.may_answer(talk.sheet_id, visit):
                # The note beside it says why.
                return talk
            old = next((one for one in talk.answers if one.id == answer_id), None)
            return answered(talk, replace(old, text=text)) if old else talk

        self._recorder.change_soon(
            Talk, talk_id, edit, visit=visit, field=f"answers.{answer_id}.text"
        )
        self._sheets.answer(UUID(answer_id), text, visit=visit)

    def board_from_talk(self, talk_id: UUID) -> Storyboard:
        """Turn a first talk into a storyboard with its answers in place; once only."""
        self._recorder.settle()
        talk = self.talk(talk_id)
        if talk.storyboard_id is not None:
            return self.board(talk.storyboard_id)
        noticed, harder, test = (answer_to(talk, key) for key in ("noticing", "harder", "test"))
        obstacles: tuple[Obstacle, ...] = ()
        if harder.strip():
            obstacles = (Obstacle(id=self._recorder.new_id().hex[:8], text=harder.strip()),)
        board = Storyboard(
            id=self._recorder.new_id(),
            learner_id=talk.learner_id,
            current_condition=noticed,
            obstacles=obstacles,
            focus=obstacles[0].id if obstacles else "",
            started_on=talk.held_on,
        )
        steps = []
        if test.strip():
            steps.append(
                Experiment(
                    id=self._recorder.new_id(),
                    storyboard_id=board.id,
                    learner_id=talk.learner_id,
                    obstacle_id=board.focus,
                    step=test,
                    planned_on=talk.held_on,
                    look_on=talk.next_look_on,
                )
            )
        became = self._thread.new_tie(BECAME, Ref("talk", talk_id), Ref("storyboard", board.id))
        # Together, as a kill in between would leave a board that the talk knows nothing of.
        self._recorder.put(board, replace(talk, storyboard_id=board.id), *steps, became)
        return self.board(board.id)

    def _begin(self, kind: str, learner_id: UUID, definition: str, **fields: object) -> Talk:
        questions = self._sets.get(definition)
        now = self._recorder.now()
        talk = Talk(
            id=self._recorder.new_id(),
            kind=kind,
            learner_id=learner_id,
            coach=self._recorder.who,
            definition=questions.id,
            definition_version=questions.version,
            script_id=self._sets.script(questions).id,
            held_on=now.date(),
            started_at=now,
            at_step=questions.steps_for(first=True)[0].id,
        )
        return self._recorder.add(replace(talk, **fields))  # type: ignore[arg-type]
