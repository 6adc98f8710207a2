"""A talk under way: what is answered in it, and what each answer writes on the board."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from gemba.domain.coaching import Answer, Break, MissedLook, Resumed, Storyboard, Talk
from gemba.domain.cycle import answer_to, answered, fill_key, on_board, on_experiment, spent
from gemba.domain.errors import BadInput, NotFound
from gemba.domain.experiment import Experiment
from gemba.domain.question_set import QuestionSet
from gemba.domain.session import Lesson
from gemba.services.recorder import Recorder
from gemba.services.storyboards import Storyboards
from gemba.services.thread import Thread

if TYPE_CHECKING:
    from gemba.services.question_sets import QuestionSets
    from gemba.store.store import Store
    from gemba.store.writing import Written


class Talks(Storyboards):
    """Answers, agreements and the end of a talk; a cycle's answers stand on the board as well."""

    def __init__(self, recorder: Recorder, thread: Thread, question_sets: QuestionSets) -> None:
        super().__init__(recorder, thread)
        self._sets = question_sets

    def questions(self, talk: Talk) -> QuestionSet:
        """Return the questions of a talk as they were when it began."""
        return self._sets.used(talk)

    def settle(self) -> None:
        """Wait until what was typed so far is committed."""
        self._recorder.settle()

    def talk(self, talk_id: UUID) -> Talk:
        """Return one talk, without the steps of it that lie in the bin; raises NotFound."""
        talk = self._recorder.get(Talk, talk_id)
        last = self._if_there(talk.last_experiment_id)
        planned = self._if_there(talk.next_experiment_id)
        if (last, planned) == (talk.last_experiment_id, talk.next_experiment_id):
            return talk
        return replace(talk, last_experiment_id=last, next_experiment_id=planned)

    def _if_there(self, experiment_id: UUID | None) -> UUID | None:
        if experiment_id is None or not self._recorder.find(Experiment, id=experiment_id):
            return None
        return experiment_id

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

    def fill(self, talk_id: UUID, step_id: str, place: int, text: str, *, visit: str) -> None:
        """Save what is filled in under an answer while it is typed; ``place`` counts from 0."""
        step = self.questions(self.talk(talk_id)).step(step_id)
        made = Answer(id=fill_key(step_id, place), question=step.fill[place], text=text)
        self._recorder.change_soon(
            Talk,
            talk_id,
            lambda t: answered(t, made),
            visit=visit,
            field=f"answers.{made.id}.text",
        )

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
            Talk, talk_id, lambda t: replace(spent(t, elapsed), at_step=step_id)
        )

    def pause(self, talk_id: UUID, elapsed: int) -> Talk:
        """Note that a talk pauses now; a pause that lasts already stays the one it is."""
        now = self._recorder.now()

        def edit(talk: Talk) -> Talk:
            if talk.breaks and talk.breaks[-1].ended_at is None:
                return talk
            return replace(spent(talk, elapsed), breaks=(*talk.breaks, Break(began_at=now)))

        return self._recorder.change(Talk, talk_id, edit)

    def go_on(self, talk_id: UUID) -> Talk:
        """Note that a pause is over."""
        now = self._recorder.now()

        def edit(talk: Talk) -> Talk:
            breaks = tuple(
                one if one.ended_at is not None else replace(one, ended_at=now)
                for one in talk.breaks
            )
            return replace(talk, breaks=breaks)

        return self._recorder.change(Talk, talk_id, edit)

    def resume(self, talk_id: UUID) -> Talk:
        """Take up a talk that was begun on another day or by another coach, and note who did.

        One that has ended, or is the same coach's of today, stays as it is.
        """
        now, me = self._recorder.now(), self._recorder.who

        def edit(talk: Talk) -> Talk:
            last = talk.resumed[-1] if talk.resumed else None
            coach = last.coach if last is not None else talk.coach
            begun = last.at.astimezone(now.tzinfo).date() if last is not None else talk.held_on
            if talk.ended_at is not None or (begun == now.date() and coach == me):
                return talk
            return replace(talk, resumed=(*talk.resumed, Resumed(at=now, coach=me)))

        return self._recorder.change(Talk, talk_id, edit)

    def miss_look(self, talk_id: UUID, why: str, moved_to: date | None = None) -> Talk:
        """Note that the look that was agreed did not happen, why, and the day agreed instead.

        Raises BadInput where none was agreed.
        """
        self._recorder.settle()

        def edit(talk: Talk) -> Talk:
            if talk.next_look_on is None:
                raise BadInput("talk.no_look")
            missed = (*talk.missed, MissedLook(day=talk.next_look_on, why=why.strip()))
            return replace(talk, missed=missed, next_look_on=moved_to)

        return self._recorder.change(Talk, talk_id, edit)

    def unmiss_look(self, talk_id: UUID) -> Talk:
        """Take the look that was missed last back, so that it is agreed as before."""

        def edit(talk: Talk) -> Talk:
            if not talk.missed:
                return talk
            return replace(talk, missed=talk.missed[:-1], next_look_on=talk.missed[-1].day)

        self._recorder.settle()
        return self._recorder.change(Talk, talk_id, edit)

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
        """End a talk now, and keep the lessons its answers are; ending again corrects them."""
        self._recorder.settle()
        now = self._recorder.now()

        def edit(talk: Talk) -> Talk:
            seconds = talk.elapsed if elapsed is None else elapsed
            breaks = tuple(
                one if one.ended_at is not None else replace(one, ended_at=now)
                for one in talk.breaks
            )
            return replace(spent(talk, seconds), ended_at=talk.ended_at or now, breaks=breaks)

        ended = self._recorder.change(Talk, talk_id, edit)
        self._keep_lessons(ended)
        return ended

    def _keep_lessons(self, talk: Talk) -> None:
        """Keep the answers that are lessons in their own right, each once."""
        if talk.sheet_id is not None:
            return
        try:
            asked = self.questions(talk).steps_for(first=False)
        except NotFound:
            return  # A set that is gone and of which nothing was asked keeps no lesson.
        said = {answer_to(talk, one.id).strip() for one in asked if one.writes == "lesson"} - {""}
        if not said:
            return
        known = {one.words for one in self._recorder.find(Lesson, talk_id=talk.id)}
        for words in sorted(said - known):
            self._recorder.add(
                Lesson(
                    id=self._recorder.new_id(),
                    words=words,
                    learned_on=talk.held_on,
                    learner_id=talk.learner_id,
                    talk_id=talk.id,
                )
            )

    def next_experiment(self, talk_id: UUID) -> Experiment:
        """Return the experiment this cycle plans, opening its line in the record if need be."""
        talk = self.talk(talk_id)
        if talk.next_experiment_id is not None:
            return self.experiment(talk.next_experiment_id)
        if talk.storyboard_id is None:
            raise BadInput("talk.no_storyboard")
        board = self.board(talk.storyboard_id)
        made = Experiment(
            id=self._recorder.new_id(),
            storyboard_id=board.id,
            learner_id=talk.learner_id,
            obstacle_id=board.focus,
            number=len(self.experiments(board_id=board.id)) + 1,
            planned_on=self._recorder.today(),
        )

        def plan(store: Store) -> Written:
            # Together, as a kill in between would leave a step that no cycle planned.
            now = store.get(Talk, talk_id)
            planned = replace(now, next_experiment_id=made.id)
            return store.write([made, planned], who=self._recorder.who)

        self._recorder.run(plan)
        return self.experiment(made.id)

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
