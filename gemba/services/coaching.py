"""Coaching: talks, cycles, the storyboard they write, and what is looked back on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from gemba.domain.changes import Ref
from gemba.domain.coaching import Answer, Obstacle, Storyboard, Talk
from gemba.domain.cycle import answer_to, answered, on_board, on_experiment, said_anything
from gemba.domain.definition import QuestionSet
from gemba.domain.errors import BadInput
from gemba.domain.experiment import Experiment, amend_prediction, commit_prediction
from gemba.domain.link import BECAME
from gemba.domain.person import Person
from gemba.domain.sheet import Sheet
from gemba.services.people import People
from gemba.services.recorder import Recorder
from gemba.services.sheets import Sheets
from gemba.services.thread import Thread

QuestionSets = Callable[[str, int | None], QuestionSet]


@dataclass(frozen=True, slots=True)
class LearnerRow:
    """A learner in the list: who, on what, and when you last looked together."""

    id: UUID
    name: str
    about: str
    last_on: date | None
    next_look_on: date | None


class Coaching:
    """Everything a coach does with a learner."""

    def __init__(
        self,
        recorder: Recorder,
        people: People,
        thread: Thread,
        sheets: Sheets,
        question_sets: QuestionSets,
    ) -> None:
        self._recorder = recorder
        self._people = people
        self._thread = thread
        self._sheets = sheets
        self._sets = question_sets

    def questions(self, talk: Talk) -> QuestionSet:
        """Return the question set of a talk at the version it began with."""
        return self._sets(talk.definition, talk.definition_version)

    def learners(self) -> list[LearnerRow]:
        """Return everyone who was coached, the longest unseen first."""
        rows: dict[UUID, LearnerRow] = {}
        boards = {board.learner_id: board for board in self._recorder.find(Storyboard)}
        for talk in self._recorder.find(Talk, order_by="held_on"):
            board = boards.get(talk.learner_id)
            about = (board.focus_process or board.target_condition) if board else ""
            name = self._people.name_of(talk.learner_id)
            rows[talk.learner_id] = LearnerRow(
                talk.learner_id, name, about or talk.agreed, talk.held_on, talk.next_look_on
            )
        for board in boards.values():
            if board.learner_id not in rows:
                name = self._people.name_of(board.learner_id)
                rows[board.learner_id] = LearnerRow(
                    board.learner_id, name, board.focus_process, None, None
                )
        return sorted(rows.values(), key=lambda row: (row.last_on or date.min, row.name))

    def learner(self, person_id: UUID) -> Person:
        """Return one learner; raises NotFound."""
        return self._recorder.get(Person, person_id)

    def talk(self, talk_id: UUID) -> Talk:
        """Return one talk; raises NotFound."""
        return self._recorder.get(Talk, talk_id)

    def talks(self, learner_id: UUID) -> list[Talk]:
        """Return a learner's talks in the order of time."""
        return self._recorder.find(Talk, learner_id=learner_id, order_by="held_on")

    def boards(self, learner_id: UUID) -> list[Storyboard]:
        """Return a learner's storyboards, the oldest first."""
        return self._recorder.find(Storyboard, learner_id=learner_id)

    def board_of(self, learner_id: UUID) -> Storyboard:
        """Return a learner's newest storyboard; an empty one is made where there is none."""
        boards = self.boards(learner_id)
        if boards:
            return boards[-1]
        return self._recorder.add(
            Storyboard(
                id=self._recorder.new_id(),
                learner_id=learner_id,
                started_on=self._recorder.today(),
            )
        )

    def board(self, board_id: UUID) -> Storyboard:
        """Return one storyboard; raises NotFound."""
        return self._recorder.get(Storyboard, board_id)

    def board_then(self, talk: Talk) -> Storyboard:
        """Return the storyboard of a talk as it stood when the talk ended.

        A talk that has not ended, or whose board came with it from elsewhere, has today's board.
        """
        if talk.storyboard_id is None:
            raise BadInput("talk.no_storyboard")
        ended = talk.ended_at
        if ended is None:
            return self.board(talk.storyboard_id)
        entries = self._recorder.store.journal(Ref("storyboard", talk.storyboard_id))
        before = [entry.revision for entry in entries if entry.at <= ended]
        if not before:
            return self.board(talk.storyboard_id)
        return self._recorder.store.at_revision(Storyboard, talk.storyboard_id, max(before))

    def experiments(
        self, *, board_id: UUID | None = None, learner_id: UUID | None = None
    ) -> list[Experiment]:
        """Return the experiments of a storyboard or of a learner, in the order of time."""
        terms: dict[str, object] = {}
        if board_id is not None:
            terms["storyboard_id"] = board_id
        if learner_id is not None:
            terms["learner_id"] = learner_id
        return self._recorder.find(Experiment, **terms)

    def experiment(self, experiment_id: UUID) -> Experiment:
        """Return one experiment; raises NotFound."""
        return self._recorder.get(Experiment, experiment_id)

    def first_talk(self, name: str) -> Talk:
        """Begin a talk with a person and the curiosity three; nothing else is needed."""
        learner = self._people.person(name)
        return self._begin("first talk", learner.id, "curiosity")

    def start_cycle(self, learner_id: UUID, board_id: UUID | None = None) -> Talk:
        """Begin a cycle at a learner's board, looking back at the last step where there is one.

        A learner without a board gets an empty one, which the answers write.
        """
        board = self.board(board_id) if board_id is not None else self.board_of(learner_id)
        done = [one for one in self.experiments(board_id=board.id) if one.step or one.prediction]
        last = done[-1].id if done else None
        return self._begin(
            "cycle", learner_id, "cycle", storyboard_id=board.id, last_experiment_id=last
        )

    def under_way(self, learner_id: UUID, kind: str) -> Talk | None:
        """Return the talk of this kind that was begun today and not ended, or None."""
        today = self._recorder.today()
        open_ones = [
            talk
            for talk in self._recorder.find(Talk, learner_id=learner_id)
            if talk.kind == kind and talk.held_on == today and talk.ended_at is None
        ]
        return open_ones[-1] if open_ones else None

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

    def ask_at(self, talk_id: UUID, box: str, question: str) -> Answer:
        """Ask a question at a box of the sheet; it stands in the margin as well."""
        talk = self.talk(talk_id)
        if talk.sheet_id is None:
            raise BadInput("talk.no_sheet")
        note = self._sheets.ask(talk.sheet_id, box, question, talk_id=talk_id)
        answer = Answer(id=str(note.id), question=note.text, box=box)
        self._recorder.change(Talk, talk_id, lambda t: answered(t, answer))
        return answer

    def answer_at(self, talk_id: UUID, answer_id: str, text: str, *, visit: str) -> None:
        """Save the owner's answer, in the talk and in the margin; never in the owner's text."""

        def edit(talk: Talk) -> Talk:
            old = next((one for one in talk.answers if one.id == answer_id), None)
            return answered(talk, replace(old, text=text)) if old else talk

        self._recorder.change_soon(
            Talk, talk_id, edit, visit=visit, field=f"answers.{answer_id}.text"
        )
        self._sheets.answer(UUID(answer_id), text, visit=visit)

    def answer(self, talk_id: UUID, step_id: str, text: str, *, visit: str) -> None:
        """Save an answer while it is typed, and write it on the board where it belongs."""
        talk = self.talk(talk_id)
        step = self.questions(talk).step(step_id)
        self._recorder.change_soon(
            Talk,
            talk_id,
            lambda t: answered(t, Answer(id=step_id, question=step.ask, text=text)),
            visit=visit,
            field=f"answers.{step_id}.text",
        )
        if talk.storyboard_id is not None and talk.kind == "cycle":
            self._write_board(talk, step.writes, text, visit)

    def unknown(self, talk_id: UUID, step_id: str) -> Talk:
        """Note "we don't know that yet" at a step, keeping what was said so far."""
        talk = self.talk(talk_id)
        ask = self.questions(talk).step(step_id).ask
        return self._recorder.change(
            Talk,
            talk_id,
            lambda t: answered(
                t, Answer(id=step_id, question=ask, text=answer_to(t, step_id), unknown=True)
            ),
        )

    def go_to(self, talk_id: UUID, step_id: str, elapsed: int) -> Talk:
        """Move a talk to a step, with the seconds that have passed."""
        return self._recorder.change(
            Talk, talk_id, lambda t: replace(t, at_step=step_id, elapsed=elapsed)
        )

    def write(self, talk_id: UUID, *, visit: str, **fields: object) -> None:
        """Save what was agreed, the next look or the private note while they are typed."""
        self._recorder.change_soon(
            Talk,
            talk_id,
            lambda t: replace(t, **fields),  # type: ignore[arg-type]
            visit=visit,
            field=",".join(fields),
        )

    def end(self, talk_id: UUID, elapsed: int | None = None) -> Talk:
        """End a talk now; ending it again only corrects the seconds."""
        now = self._recorder.now()

        def edit(talk: Talk) -> Talk:
            seconds = talk.elapsed if elapsed is None else elapsed
            return replace(talk, ended_at=talk.ended_at or now, elapsed=seconds)

        return self._recorder.change(Talk, talk_id, edit)

    def next_experiment(self, talk_id: UUID) -> Experiment:
        """Return the experiment this cycle plans, opening its line in the record if need be."""
        talk = self.talk(talk_id)
        if talk.next_experiment_id is not None:
            return self.experiment(talk.next_experiment_id)
        if talk.storyboard_id is None:
            raise BadInput("talk.no_storyboard")
        board = self.board(talk.storyboard_id)
        made = self._recorder.add(
            Experiment(
                id=self._recorder.new_id(),
                storyboard_id=board.id,
                learner_id=talk.learner_id,
                obstacle_id=board.focus,
                number=len(self.experiments(board_id=board.id)) + 1,
                planned_on=self._recorder.today(),
            )
        )
        self._recorder.change(Talk, talk_id, lambda t: replace(t, next_experiment_id=made.id))
        return made

    def write_experiment(self, experiment_id: UUID, *, visit: str, **fields: object) -> None:
        """Save fields of an experiment while they are typed; the rules of science hold."""
        self._recorder.change_soon(
            Experiment,
            experiment_id,
            lambda e: replace(e, **fields),  # type: ignore[arg-type]
            visit=visit,
            field=",".join(fields),
        )

    def commit_prediction(self, experiment_id: UUID) -> Experiment:
        """Lock a prediction because the learner says "This is my prediction"."""
        self._recorder.settle()
        now = self._recorder.now()
        return self._recorder.change(Experiment, experiment_id, lambda e: commit_prediction(e, now))

    def amend_prediction(self, experiment_id: UUID, text: str) -> Experiment:
        """Add a sentence below a locked prediction."""
        now = self._recorder.now()
        return self._recorder.change(
            Experiment, experiment_id, lambda e: amend_prediction(e, text, now)
        )

    def judge(self, experiment_id: UUID, outcome: str) -> Experiment:
        """Say whether it went as expected, different or unclear."""
        return self._recorder.change(
            Experiment, experiment_id, lambda e: replace(e, outcome=outcome)
        )

    def write_board(self, board_id: UUID, *, visit: str, **fields: object) -> None:
        """Save fields of a storyboard while they are typed."""
        self._recorder.change_soon(
            Storyboard,
            board_id,
            lambda b: replace(b, **fields),  # type: ignore[arg-type]
            visit=visit,
            field=",".join(fields),
        )

    def park(self, board_id: UUID, text: str, source: Ref | None = None) -> Storyboard:
        """Park an obstacle on a board, tied to where it was seen."""
        if not text.strip():
            raise BadInput("obstacle.no_text")
        obstacle = Obstacle(id=self._recorder.new_id().hex[:8], text=text.strip())
        board = self._recorder.change(
            Storyboard, board_id, lambda b: replace(b, obstacles=(*b.obstacles, obstacle))
        )
        if source is not None:
            self._thread.tie(BECAME, source, Ref("storyboard", board_id), to_part=obstacle.id)
        return board

    def focus_on(self, board_id: UUID, obstacle_id: str) -> Storyboard:
        """Take one parked obstacle into focus."""
        return self._recorder.change(Storyboard, board_id, lambda b: replace(b, focus=obstacle_id))

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
        board = self._recorder.add(
            Storyboard(
                id=self._recorder.new_id(),
                learner_id=talk.learner_id,
                current_condition=noticed,
                obstacles=obstacles,
                focus=obstacles[0].id if obstacles else "",
                started_on=talk.held_on,
            )
        )
        self._recorder.change(Talk, talk_id, lambda t: replace(t, storyboard_id=board.id))
        if test.strip():
            self._recorder.add(
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
        self._thread.tie(BECAME, Ref("talk", talk_id), Ref("storyboard", board.id))
        return board

    def _write_board(self, talk: Talk, writes: str, text: str, visit: str) -> None:
        if writes in ("experiment.result", "experiment.learned") and talk.last_experiment_id:
            self._on_experiment(talk.last_experiment_id, writes, text, visit)
        elif writes in ("experiment.step", "experiment.prediction"):
            self._on_experiment(self.next_experiment(talk.id).id, writes, text, visit)
        elif talk.storyboard_id is not None:
            parked = f"o{talk.id.hex[:7]}"
            self._recorder.change_soon(
                Storyboard,
                talk.storyboard_id,
                lambda b: on_board(b, writes, text, obstacle_id=parked),
                visit=visit,
                field=writes,
            )

    def _on_experiment(self, experiment_id: UUID, writes: str, text: str, visit: str) -> None:
        today = self._recorder.today()
        self._recorder.change_soon(
            Experiment,
            experiment_id,
            lambda e: on_experiment(e, writes, text, today),
            visit=visit,
            field=writes,
        )

    def _begin(self, kind: str, learner_id: UUID, definition: str, **fields: object) -> Talk:
        questions = self._sets(definition, None)
        now = self._recorder.now()
        talk = Talk(
            id=self._recorder.new_id(),
            kind=kind,
            learner_id=learner_id,
            coach=self._recorder.who,
            definition=questions.id,
            definition_version=questions.version,
            held_on=now.date(),
            started_at=now,
            at_step=questions.steps[0].id,
        )
        return self._recorder.add(replace(talk, **fields))  # type: ignore[arg-type]
