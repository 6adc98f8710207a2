"""Observation forms: a form, each version of it as it came, and what was answered to a version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

SOURCES: Final = ("list", "bundled", "built", "xlsform", "xform")
"""Where a version came from: a plain list, Gemba itself, the builder, or a file of a standard."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form by its title; its questions stand in its versions. ``bundled`` names one of ours."""

    id: UUID
    revision: int = 0
    title: str
    about: str = ""
    bundled: str = ""
    area_id: UUID | None = None
    archived_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormVersion:
    """A form as it stood once; it never changes, so that answers keep their questions.

    ``form_key`` is the id of its form, which may be in the bin; so it has the title itself.
    ``number`` counts from 1. ``source`` holds the bytes of the original file in base64 and
    ``source_hash`` their SHA-256; ``xform`` is the XForm (ODK XForms 1.0) that is filled in.
    ``not_supported`` lists what of the file Gemba keeps and does not ask.
    """

    id: UUID
    revision: int = 0
    form_key: UUID
    title: str
    number: int
    made_at: datetime
    source_kind: str
    file_name: str = ""
    source_hash: str = ""
    source: str = ""
    xform: str
    not_supported: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FormAnswer:
    """What was answered at one place: ``id`` is its path with the round of each repeat.

    A dot in a name is written as %2E. ``photo`` is the content hash (SHA-256, hexadecimal) of a
    picture that is the answer, ``half`` what was typed that is no answer yet, such as half a
    number, ``withdrawn`` what was chosen and is not offered now. One without a text was cleared.
    """

    id: str
    text: str = ""
    photo: str = ""
    half: str = ""
    withdrawn: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRounds:
    """How many rounds of a repeat were answered; ``id`` as in an answer, without a round."""

    id: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """A form being answered, or answered, in the version it was begun in.

    ``at_question`` is the path of the question at which it was left, ``caret`` the place in its
    text.
    """

    id: UUID
    revision: int = 0
    form_key: UUID
    version_id: UUID
    walk_id: UUID | None = None
    stop_id: str = ""
    place: str = ""
    area_id: UUID | None = None
    begun_on: date
    begun_at: datetime
    finished_at: datetime | None = None
    language: str = ""
    answers: tuple[FormAnswer, ...] = ()
    rounds: tuple[FormRounds, ...] = ()
    at_question: str = ""
    caret: int = 0

    @property
    def finished(self) -> bool:
        """Tell whether it was handed in, and is no draft any more."""
        return self.finished_at is not None

    @property
    def untouched(self) -> bool:
        """Tell whether it was opened only: nothing was answered, and nobody said where."""
        said = self.answers or self.rounds or self.finished
        where = self.walk_id is None and (self.place.strip() or self.area_id is not None)
        return not said and not where

    def answer(self, where: str) -> FormAnswer | None:
        """Return what was answered at a path, None for nothing."""
        return next((one for one in self.answers if one.id == where), None)
