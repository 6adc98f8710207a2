"""What a reviewer looks for on a sheet: sections of questions, and the marks an answer can have."""

from __future__ import annotations

from dataclasses import dataclass

from gemba.domain.definition_checks import DefinitionError
from gemba.domain.sheet_story import MARKS


@dataclass(frozen=True, slots=True)
class RubricMark:
    """One mark and what it is called."""

    mark: int
    label: str


@dataclass(frozen=True, slots=True)
class RubricItem:
    """One question about a part of a sheet."""

    id: str
    ask: str


@dataclass(frozen=True, slots=True)
class RubricSection:
    """The questions about one part of a sheet."""

    id: str
    label: str
    items: tuple[RubricItem, ...]


@dataclass(frozen=True, slots=True)
class Rubric:
    """A set of questions for looking over a sheet; raises DefinitionError where it has gaps."""

    id: str
    version: int
    label: str
    marks: tuple[RubricMark, ...]
    sections: tuple[RubricSection, ...]

    def __post_init__(self) -> None:
        """Hold it to one label for each mark, and to one id for each section and item."""
        if tuple(one.mark for one in self.marks) != MARKS:
            raise DefinitionError("definition.wrong_type", where="marks", expected="0, 1, 2 and 3")
        _once([one.id for one in self.sections], "sections")
        for section in self.sections:
            _once([one.id for one in section.items], f"sections.{section.id}.items")


def _once(ids: list[str], where: str) -> None:
    for number, one in enumerate(ids):
        if not one or one in ids[:number]:
            raise DefinitionError("definition.duplicate", where=f"{where}[{number}]", value=one)
