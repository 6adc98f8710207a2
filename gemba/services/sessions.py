"""Conversations with a set of questions, alone, with a learner or with a team."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from gemba.domain.changes import Ref
from gemba.domain.coaching import Answer
from gemba.domain.cycle import spent
from gemba.domain.errors import BadInput
from gemba.domain.question_set import QuestionSet, QuestionStep
from gemba.domain.session import Lesson, Session

if TYPE_CHECKING:
    from gemba.domain.promise import Promise
    from gemba.services.promises import Promises
    from gemba.services.question_sets import QuestionSets
    from gemba.services.recorder import Recorder


class Sessions:
    """Begins, keeps and ends them; what is answered to a private set stays with the writer."""

    def __init__(self, recorder: Recorder, sets: QuestionSets, promises: Promises) -> None:
        self._recorder = recorder
        self._sets = sets
        self._promises = promises

    def begin(self, definition: str, *, learner_id: UUID | None = None, about: str = "") -> Session:
        """Begin with the newest version of a set; raises NotFound for none."""
        questions = self._sets.get(definition)
        now = self._recorder.now()
        return self._recorder.add(
            Session(
                id=self._recorder.new_id(),
                definition=questions.id,
                definition_version=questions.version,
                script_id=self._sets.script(questions).id,
                learner_id=learner_id,
                about=about.strip(),
                led_by=self._recorder.who,
                held_on=now.date(),
                started_at=now,
                at_step=questions.steps_for(first=True)[0].id,
            )
        )

    def all(self, *, learner_id: UUID | None = None) -> list[Session]:
        """Return the conversations, or those with a learner, in the order of time."""
        terms = {} if learner_id is None else {"learner_id": learner_id}
        return self._recorder.find(Session, order_by="held_on", **terms)

    def get(self, session_id: UUID) -> Session:
        """Return one; raises NotFound."""
        return self._recorder.get(Session, session_id)

    def questions(self, session: Session) -> QuestionSet:
        """Return the questions as they were when it began."""
        return self._sets.used(session)

    def answer(
        self, session_id: UUID, step: QuestionStep, text: str, *, visit: str, place: int = -1
    ) -> None:
        """Save an answer while it is typed; ``place`` counts what is filled in below, from 0."""
        private = self.questions(self.get(session_id)).private
        field = "private_answers" if private else "answers"
        key = step.id if place < 0 else f"{step.id}:{place}"
        asked = step.ask if place < 0 else step.fill[place]
        made = Answer(id=key, question=asked, text=text)
        self._recorder.change_soon(
            Session,
            session_id,
            lambda one: _with(one, field, made),
            visit=visit,
            field=f"{field}.{key}.text",
        )

    def settle(self) -> None:
        """Wait until what was typed so far is committed."""
        self._recorder.settle()

    def unknown(self, session_id: UUID, step: QuestionStep) -> Session:
        """Note "we don't know that yet", keeping what was said so far."""
        self._recorder.settle()
        session = self.get(session_id)
        field = "private_answers" if self.questions(session).private else "answers"
        said = said_at(session, step.id)
        made = Answer(id=step.id, question=step.ask, text=said, unknown=True)
        return self._recorder.change(Session, session_id, lambda one: _with(one, field, made))

    def write(self, session_id: UUID, *, visit: str, **fields: object) -> None:
        """Save what it is about, or with whom, while it is typed."""
        self._recorder.change_soon(
            Session,
            session_id,
            lambda one: replace(one, **fields),  # type: ignore[arg-type]
            visit=visit,
            field=",".join(fields),
        )

    def go_to(self, session_id: UUID, step_id: str, elapsed: int) -> Session:
        """Move to a question, with the seconds that have passed."""
        return self._recorder.change(
            Session, session_id, lambda one: replace(spent(one, elapsed), at_step=step_id)
        )

    def end(self, session_id: UUID, elapsed: int | None = None) -> Session:
        """End it now, and keep the lessons that its answers are; ending again corrects them."""
        self._recorder.settle()
        now = self._recorder.now()

        def edit(one: Session) -> Session:
            seconds = one.elapsed if elapsed is None else elapsed
            return replace(spent(one, seconds), ended_at=one.ended_at or now)

        ended = self._recorder.change(Session, session_id, edit)
        self._keep_lessons(ended)
        return ended

    def promise(self, session_id: UUID, step: QuestionStep) -> Promise:
        """Make a promise of an answer, tied to where it was given; raises BadInput for no words."""
        self._recorder.settle()
        session = self.get(session_id)
        words = said_at(session, step.id)
        if not words.strip():
            raise BadInput("promise.no_text")
        return self._promises.make(words.strip(), source=Ref("session", session_id))

    def drop_if_empty(self, session_id: UUID) -> bool:
        """Put one in which nothing was written into the bin; tell whether it was."""
        self._recorder.settle()
        session = self.get(session_id)
        words = [session.with_whom, *(one.text for one in _answers(session))]
        known = all(not one.unknown for one in _answers(session))
        if session.ended_at is not None or not known or any(word.strip() for word in words):
            return False
        self._recorder.remove(Ref("session", session_id))
        return True

    def lessons(self, session_id: UUID) -> list[Lesson]:
        """Return the lessons of one."""
        return self._recorder.find(Lesson, session_id=session_id)

    def _keep_lessons(self, session: Session) -> None:
        questions = self.questions(session)
        if questions.private:
            return
        known = {one.words for one in self.lessons(session.id)}
        for step in questions.steps_for(first=False):
            words = said_at(session, step.id).strip()
            if step.writes == "lesson" and words and words not in known:
                self._recorder.add(
                    Lesson(
                        id=self._recorder.new_id(),
                        words=words,
                        learned_on=session.held_on,
                        learner_id=session.learner_id,
                        session_id=session.id,
                    )
                )


def _answers(session: Session) -> tuple[Answer, ...]:
    return (*session.answers, *session.private_answers)


def said_at(session: Session, key: str) -> str:
    """Return what was answered at a step, or filled in at one of its lines, or nothing."""
    return next((one.text for one in _answers(session) if one.id == key), "")


def _with(session: Session, field: str, made: Answer) -> Session:
    held: tuple[Answer, ...] = getattr(session, field)
    if any(old.id == made.id for old in held):
        answers = tuple(made if old.id == made.id else old for old in held)
    else:
        answers = (*held, made)
    return replace(session, **{field: answers})  # type: ignore[arg-type]
