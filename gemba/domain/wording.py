"""What is asked about a sentence on a sheet: the checks as data, and what they find.

The checks follow the published faults of problem statements, targets, causes and countermeasures
(Smalley and Sobek on the A3 process, Rother on target conditions, the error-proofing literature on
training and reminders); the words that point to them are our own and stand in resources/wording.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, get_args

from gemba.domain.definition import ROLES
from gemba.domain.definition_checks import DefinitionError

Kind: TypeAlias = Literal["words", "no_number", "no_prediction"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
ITEMS: Final = ("title", "gap", "cause", "last_cause", "countermeasure")
"""Places beside the roles of boxes: the title, and what stands in why trees and countermeasures."""
BOARD: Final = ("board_target", "board_obstacle", "board_condition", "board_prediction")
"""What a learner writes on a storyboard and in its record."""
SEEN: Final = "seen"
"""What was seen on a walk, in facts."""
PLACES: Final = (*ROLES, *ITEMS, *BOARD, SEEN)


@dataclass(frozen=True, slots=True)
class WordingCheck:
    """One thing to ask about. ``question`` may hold {words}, what was found.

    ``kind`` "words" looks for ``words`` in each sentence of ``places``; "no_number" asks about a
    box without any number, "no_prediction" about results where nothing was predicted with ``words``
    before; of what was predicted only after the result stood there it asks ``later``, in which
    {day} is the day of the result. A sentence with one of ``unless``, or with a number where
    ``unless_number`` says so, is left alone; ``names`` looks for the names of known people too.
    """

    id: str
    question: str
    places: tuple[str, ...]
    kind: Kind = "words"
    words: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    unless_number: bool = False
    names: bool = False
    later: str = ""

    def __post_init__(self) -> None:
        at = f"checks.{self.id}"
        if not self.id.isidentifier():
            raise DefinitionError("definition.bad_id", where="checks.id", value=self.id)
        for name, text in (("question", self.question), *(("words", one) for one in self.words)):
            if not text.strip():
                raise DefinitionError("definition.empty", where=f"{at}.{name}")
        if self.kind not in KINDS:
            raise DefinitionError("wording.bad_kind", where=f"{at}.kind", value=self.kind)
        for place in self.places:
            if place not in PLACES:
                raise DefinitionError("wording.bad_place", where=f"{at}.places", value=place)
        if self.later and self.kind != "no_prediction":
            raise DefinitionError("wording.bad_kind", where=f"{at}.later", value=self.kind)
        if not self.words and self.kind != "no_number":
            raise DefinitionError("definition.empty", where=f"{at}.words")


@dataclass(frozen=True, slots=True)
class WordingRules:
    """All checks of a language, the first that fits a sentence before the others.

    ``numbers`` are words that count as a number, ``abbreviations`` end in a full stop that ends no
    sentence.
    """

    language: str
    checks: tuple[WordingCheck, ...]
    numbers: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        known = [check.id for check in self.checks]
        twice = next((id for id in known if known.count(id) > 1), "")
        if twice:
            raise DefinitionError("definition.duplicate", where="checks.id", value=twice)

    def question(self, check_id: str) -> str:
        """Return the question of a check as it is written; nothing for one that is gone."""
        return next((one.question for one in self.checks if one.id == check_id), "")


@dataclass(frozen=True, slots=True)
class Remark:
    """A question beside a sentence; it never blocks and never counts.

    ``box`` is empty for the title. In a box's text ``paragraph``, ``start`` and ``end`` say where
    the sentence lies, in letters without marks; of an item in a figure ``part`` says which.
    """

    check: str
    box: str
    sentence: str
    question: str
    part: str = ""
    paragraph: int = -1
    start: int = 0
    end: int = 0

    @property
    def key(self) -> tuple[str, str, str]:
        """What it is recognised by, also after the box was written in elsewhere."""
        return (self.check, self.box, squeezed(self.sentence))


def squeezed(sentence: str) -> str:
    """Return a sentence with single blanks, as it is compared."""
    return " ".join(sentence.split())
