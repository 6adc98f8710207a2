"""Sets of questions: the bundled ones, the user's own, and those a talk was held with."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final
from uuid import UUID

from gemba.domain.coaching import Talk
from gemba.domain.errors import BadInput, GembaError, NotFound, ReadOnly
from gemba.domain.question_set import Kind, QuestionSet, QuestionStep
from gemba.domain.session import QuestionScript, Session
from gemba.services.own_questions import OwnQuestions, own_id

if TYPE_CHECKING:
    from gemba.definitions.catalog import Catalog
    from gemba.services.recorder import Recorder

MOST_LETTERS: Final = 60
"""A longer name finds no room on the card of its set."""


class QuestionSets:
    """Offers sets, keeps the user's own as files, and remembers what a talk was held with."""

    def __init__(self, recorder: Recorder, catalog: Catalog) -> None:
        self._recorder = recorder
        self._catalog = catalog
        self._read: dict[UUID, QuestionSet] = {}
        self._own = OwnQuestions(recorder, catalog)
        self.follow = self._own.follow

    def all(self, *kinds: Kind) -> list[QuestionSet]:
        """Return every set there is, or those of some kinds, by label."""
        return [one for one in self._catalog.question_sets() if not kinds or one.kind in kinds]

    def get(self, definition: str, version: int | None = None) -> QuestionSet:
        """Return a set, the newest version unless told otherwise; raises NotFound."""
        return self._catalog.question_set(definition, version)

    def own(self, definition: str) -> bool:
        """Tell whether a set is the user's own, or the user's own copy of a bundled one."""
        return self._catalog.own_questions(definition) is not None

    def problems(self) -> list[GembaError]:
        """Return what is wrong with the user's own files."""
        return list(self._catalog.problems)

    # What a talk was held with

    def script(self, questions: QuestionSet) -> QuestionScript:
        """Return the words of a set as a record, kept once for each that was ever used."""
        from gemba.definitions.write import question_text

        text = question_text(questions)
        for known in self._recorder.find(
            QuestionScript, definition=questions.id, version=questions.version
        ):
            if known.text == text:
                return known
        return self._recorder.add(
            QuestionScript(
                id=self._recorder.new_id(),
                definition=questions.id,
                version=questions.version,
                label=questions.label,
                text=text,
            )
        )

    def used(self, held: Talk | Session) -> QuestionSet:
        """Return the questions as they were when a talk began, whatever became of them since.

        One without its words, as from an older program, has the set of its version, and where
        that is gone what was asked in it.
        """
        if held.script_id is not None:
            found = self._scripted(held.script_id)
            if found is not None:
                return found
        try:
            return self._catalog.question_set(held.definition, held.definition_version)
        except NotFound:
            return _as_asked(held)

    def _scripted(self, script_id: UUID) -> QuestionSet | None:
        from gemba.definitions.read import read_question_text

        if script_id not in self._read:
            found = self._recorder.find(QuestionScript, id=script_id)
            try:
                self._read[script_id] = read_question_text(found[0].text, found[0].label)
            except (IndexError, GembaError):
                return None
        return self._read[script_id]

    # The user's own

    def save(self, questions: QuestionSet, *, visit: str = "") -> QuestionSet:
        """Write a set of the user's own; one that was used already gets the next version.

        What was typed within one ``visit`` is taken back together. Raises BadInput for a name that
        is empty, too long or another set's, ReadOnly for a folder that is only read, GembaError
        when the disk does not take it.
        """
        label = " ".join(questions.label.split())
        self._check_name(label, questions.id)
        if not self._recorder.store.writable:
            raise ReadOnly("store.read_only")
        version = questions.version
        used = [one.version for one in self._recorder.find(QuestionScript, definition=questions.id)]
        if not self.own(questions.id):
            used += [one.version for one in self.all() if one.id == questions.id]
        made = replace(questions, label=label, version=max([version, *(one + 1 for one in used)]))
        self._own.keep(made, self._known(questions.id), visit)
        return made

    def text_of(self, questions: QuestionSet) -> str:
        """Return a set as the text of its file."""
        from gemba.definitions.write import question_text

        return question_text(questions)

    def unkept(self, kept: QuestionSet, text: str) -> QuestionSet:
        """Return what a set had become when it could not be kept; the kept one if unreadable."""
        from gemba.definitions.read import read_question_text

        try:
            found = read_question_text(text, kept.label)
        except GembaError:
            return kept
        return replace(found, version=kept.version) if found.id == kept.id else kept

    def _known(self, definition: str) -> QuestionSet | None:
        try:
            return self.get(definition)
        except NotFound:
            return None

    def begun(self, label: str, ask: str) -> QuestionSet:
        """Return a set to begin with, of one question; nothing is written until it is saved."""
        found = self.free_name(label)
        key = _new_id(found, {one.id for one in self.all()})
        first = QuestionStep(id="own_1", ask=ask)
        return QuestionSet(id=key, version=1, label=found, kind="session", steps=(first,))

    def free_name(self, label: str) -> str:
        """Return a name no other set has, the wanted one with a number if need be."""
        taken = {one.label.casefold() for one in self.all()}
        number, found = 1, label
        while found.casefold() in taken:
            number += 1
            found = f"{label[: MOST_LETTERS - 4].rstrip()} {number}"
        return found

    def bundled(self, definition: str) -> bool:
        """Tell whether a set comes with Gemba, also where the user's own stands in its place."""
        return self._catalog.has_bundled_questions(definition)

    def record_of(self, definition: str) -> UUID:
        """Return the id of the record whose journal holds the earlier states of a set."""
        return own_id(definition)

    def copy(self, definition: str, label: str) -> QuestionSet:
        """Make a set of the user's own that begins as another one; as save()."""
        begun = self.get(definition)
        self._check_name(" ".join(label.split()), "")
        taken = {one.id for one in self.all()}
        return self.save(replace(begun, id=_new_id(label, taken), version=1, label=label))

    def cards(self, definition: str, words: Callable[..., str]) -> bytes:
        """Return a set as pocket cards, PDF: fronts and backs, with marks to cut along."""
        from gemba.reports.question_cards import draw_question_cards

        return draw_question_cards(self.get(definition), words=words)

    def forget(self, definition: str) -> None:
        """Put a set of the user's own into the bin; talks held with it stay as they were."""
        if not self._recorder.store.writable:
            raise ReadOnly("store.read_only")
        if self.own(definition):
            self._own.drop(self.get(definition))

    def put_back(self, definition: str) -> None:
        """Bring a set back from the bin; raises NotFound where it is gone for good."""
        self._own.put_back(definition)

    def _check_name(self, label: str, definition: str) -> None:
        if not label:
            raise BadInput("questions.no_name")
        if len(label) > MOST_LETTERS:
            raise BadInput("questions.long_name", most=MOST_LETTERS)
        for other in self.all():
            if other.id != definition and other.label.casefold() == label.casefold():
                raise BadInput("questions.same_name", name=label)


def _as_asked(held: Talk | Session) -> QuestionSet:
    answers = (*held.answers, *getattr(held, "private_answers", ()))
    steps = tuple(
        QuestionStep(id=f"q{number}", ask=one.question)
        for number, one in enumerate(answers)
        if one.question.strip()
    )
    if not steps:
        raise NotFound(
            "definition.unknown",
            kind="question set",
            id=held.definition,
            version=held.definition_version,
        )
    return QuestionSet(id="as_asked", version=1, label="As asked", kind="talk", steps=steps)


def _new_id(label: str, taken: Sequence[str] | set[str]) -> str:
    wanted = "own_" + (re.sub(r"[^a-z0-9]+", "_", label.lower()).strip("_")[:40] or "questions")
    number, found = 1, wanted
    while found in taken:
        number += 1
        found = f"{wanted}_{number}"
    return found
