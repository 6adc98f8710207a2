"""The user's own sets of questions: each a file, and a record whose journal takes changes back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final
from uuid import UUID, uuid5

from gemba.domain.changes import Ref
from gemba.domain.errors import GembaError, NotFound
from gemba.domain.session import QuestionScript

if TYPE_CHECKING:
    from gemba.definitions.catalog import Catalog
    from gemba.domain.question_set import QuestionSet
    from gemba.services.recorder import Recorder

_NAMES: Final = UUID("6c3bd2b0-8a3e-4f0e-9c3a-55a4f6a4d2c1")
_WORKING: Final = 0
"""No set has this version: it marks the words as they stand now, which no talk was held with."""


def own_id(definition: str) -> UUID:
    """Return the id of the record that goes with a set of the user's own."""
    return uuid5(_NAMES, definition)


class OwnQuestions:
    """Keeps the file of a set and its record alike, so that a set has earlier states and a bin."""

    def __init__(self, recorder: Recorder, catalog: Catalog) -> None:
        self._recorder = recorder
        self._catalog = catalog

    def keep(self, questions: QuestionSet, before: QuestionSet | None, visit: str) -> None:
        """Write a set as it is now; ``before`` is what was asked until then, None for a new one.

        What was typed within one ``visit`` is taken back together. Raises GembaError when the
        disk does not take it.
        """
        from gemba.definitions.write import question_text

        self._catalog.keep_questions(questions)
        self._begin(before or questions)
        made = question_text(questions)
        self._recorder.change(
            QuestionScript,
            own_id(questions.id),
            lambda one: replace(one, label=questions.label, text=made),
            visit=visit,
        )

    def _begin(self, questions: QuestionSet) -> None:
        """See to it that the record says what was asked until now, also after a change by hand."""
        from gemba.definitions.write import question_text

        key = own_id(questions.id)
        label, text = questions.label, question_text(questions)
        if not self._recorder.find(QuestionScript, id=key):
            if self._in_bin(key):
                self._recorder.restore(Ref("question_script", key))
            else:
                self._recorder.add(
                    QuestionScript(
                        id=key,
                        definition=questions.id,
                        version=_WORKING,
                        label=label,
                        text=text,
                    )
                )
        self._recorder.change(QuestionScript, key, lambda one: replace(one, label=label, text=text))

    def drop(self, questions: QuestionSet) -> None:
        """Put a set into the bin and take its file away; raises GembaError as keep()."""
        self._begin(questions)
        self._catalog.drop_questions(questions.id)
        self._recorder.remove(Ref("question_script", own_id(questions.id)))

    def put_back(self, definition: str) -> None:
        """Bring a set back from the bin; raises NotFound where it is gone for good."""
        key = own_id(definition)
        if not self._in_bin(key):
            raise NotFound("bin.gone")
        self._recorder.restore(Ref("question_script", key))

    def follow(self, refs: frozenset[Ref]) -> None:
        """Let the file of a set be what its record became, as after undo or out of the bin."""
        for ref in refs:
            if ref.kind == "question_script":
                self._follow(ref.id)

    def _follow(self, key: UUID) -> None:
        from gemba.definitions.read import read_question_text

        found = self._recorder.find(QuestionScript, id=key)
        if not found:
            self._drop_file(key)
            return
        (record,) = found
        if record.version != _WORKING or key != own_id(record.definition):
            return
        try:
            questions = read_question_text(record.text, record.label)
        except GembaError:
            return  # What came from elsewhere may be no set at all; then no file is made of it.
        if questions.id == record.definition and self._as_kept(questions.id) != questions:
            self._catalog.keep_questions(questions)

    def _as_kept(self, definition: str) -> QuestionSet | None:
        if self._catalog.own_questions(definition) is None:
            return None
        try:
            return self._catalog.question_set(definition)
        except NotFound:
            return None

    def _drop_file(self, key: UUID) -> None:
        """Take the file away of a set that went into the bin; one let go for good has none."""
        if not self._in_bin(key):
            return
        for one in self._catalog.question_sets():
            if own_id(one.id) == key:
                self._catalog.drop_questions(one.id)

    def _in_bin(self, key: UUID) -> bool:
        ref = Ref("question_script", key)
        return any(one.ref == ref for one in self._recorder.store.clearing.away())
