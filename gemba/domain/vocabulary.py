"""Words of a workplace: the same method, told as a plant, a hospital or an office tells it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

USUAL: Final = "health"
"""The words of a folder in which nobody has chosen any."""
SETTING: Final = "vocabulary"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What the window and the cards call things; it changes words and nothing else.

    ``area`` and ``areas`` name the places of work, ``customer`` whom the work is for. The
    questions stand in empty fields, ``photo_care`` beside what takes photos, where there is one.
    """

    id: str
    label: str
    order: int
    area: str
    areas: str
    customer: str
    where_question: str
    purpose_question: str
    stops_question: str
    theme: str
    watch: str
    count: str
    care: str
    photo_care: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckCard:
    """A kamishibai card: one thing to look at, and what is seen when it is as it should be."""

    id: str
    look_at: str
    as_it_should_be: str
    if_not: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSet:
    """Cards that are drawn at random, for what is critical and has a standard already."""

    id: str
    version: int
    label: str
    description: str = ""
    vocabulary: str = ""
    cards: tuple[CheckCard, ...] = ()


def as_label(word: str) -> str:
    """Return a word as it stands before a field or over a column."""
    return word[:1].upper() + word[1:]
