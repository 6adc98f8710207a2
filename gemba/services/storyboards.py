"""Storyboards: target, condition, obstacles, and the experiments that are tried at them."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from gemba.domain.changes import Ref
from gemba.domain.coaching import Obstacle, Storyboard, Talk
from gemba.domain.cycle import moved
from gemba.domain.errors import BadInput
from gemba.domain.experiment import (
    READINESS,
    Experiment,
    ReadyAnswer,
    amend_prediction,
    commit_prediction,
)
from gemba.domain.link import BECAME
from gemba.services.recorder import Recorder
from gemba.services.thread import Thread


class Storyboards:
    """What stands on a learner's board and in its experiment record."""

    def __init__(self, recorder: Recorder, thread: Thread) -> None:
        self._recorder = recorder
        self._thread = thread

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
        """Save fields of a storyboard while they are typed; a date that moves leaves its trace."""
        today = self._recorder.today()
        self._recorder.change_soon(
            Storyboard,
            board_id,
            lambda b: moved(b, replace(b, **fields), today),  # type: ignore[arg-type]
            visit=visit,
            field=",".join(fields),
        )

    def end_board(self, board_id: UUID, why: str) -> Storyboard:
        """Leave a board, because its process is gone or its target met; it can still be read.

        What happened in its experiments can still be written. Raises BadInput without a reason.
        """
        if not why.strip():
            raise BadInput("board_error.no_reason")
        today = self._recorder.today()
        self._recorder.settle()
        return self._recorder.change(
            Storyboard,
            board_id,
            lambda b: replace(b, ended_on=today, ended_because=why.strip()),
        )

    def take_up_board(self, board_id: UUID) -> Storyboard:
        """Go on with a board that was left."""
        return self._recorder.change(
            Storyboard, board_id, lambda b: replace(b, ended_on=None, ended_because="")
        )

    def stop(self, experiment_id: UUID, why: str) -> Experiment:
        """Say that a step cannot be taken any more; its prediction stays, as does its result.

        Raises BadInput without a reason.
        """
        if not why.strip():
            raise BadInput("experiment.no_reason")
        today = self._recorder.today()
        self._recorder.settle()
        return self._recorder.change(
            Experiment,
            experiment_id,
            lambda e: replace(e, stopped_on=today, stopped_because=why.strip()),
        )

    def take_up_step(self, experiment_id: UUID) -> Experiment:
        """Go on with a step that was stopped."""
        self._recorder.settle()
        return self._recorder.change(
            Experiment, experiment_id, lambda e: replace(e, stopped_on=None, stopped_because="")
        )

    def set_ready(self, experiment_id: UUID, question: str, ready: bool | None) -> Experiment:
        """Answer one question of READINESS before a step; None takes the answer back."""
        if question not in READINESS:
            raise BadInput("experiment.unknown_question", question=question)
        self._recorder.settle()

        def edit(one: Experiment) -> Experiment:
            old = next((answer for answer in one.ready if answer.id == question), None)
            left = tuple(answer for answer in one.ready if answer is not old)
            if ready is None:
                return replace(one, ready=left)
            why = old.why if old is not None else ""
            return replace(one, ready=(*left, ReadyAnswer(id=question, ready=ready, why=why)))

        return self._recorder.change(Experiment, experiment_id, edit)

    def write_number(self, experiment_id: UUID, *, visit: str, **fields: object) -> None:
        """Save what is given of predicted, happened and unit; the rules of science hold."""

        def edit(one: Experiment) -> Experiment:
            return replace(one, numbers=replace(one.numbers, **fields))  # type: ignore[arg-type]

        self._recorder.change_soon(
            Experiment, experiment_id, edit, visit=visit, field=f"numbers.{','.join(fields)}"
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
