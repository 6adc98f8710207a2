"""What a worksheet and a set of questions are, before anyone has written in them.

All lengths are millimetres on paper. The origin is the top left corner of the page and y grows
downwards.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Literal, TypeAlias, get_args

from gemba.domain.errors import GembaError

Column: TypeAlias = Literal["left", "right", "first", "second", "third", "fourth"]
Role: TypeAlias = Literal[
    "background",
    "current",
    "goal",
    "analysis",
    "countermeasures",
    "plan",
    "check",
    "followup",
    "other",
]
Kind: TypeAlias = Literal["talk", "cycle", "a3", "walk"]
When: TypeAlias = Literal["always", "after_first"]

COLUMNS: tuple[Column, ...] = get_args(Column)
ROLES: tuple[Role, ...] = get_args(Role)
KINDS: tuple[Kind, ...] = get_args(Kind)
WHENS: tuple[When, ...] = get_args(When)

# A tenth of a hairline: what adding decimal fractions may leave over, and nothing one could see.
TOLERANCE_MM = 0.01

_ACROSS: dict[int, tuple[Column, ...]] = {
    1: ("first",),
    2: ("left", "right"),
    3: ("first", "second", "third"),
    4: ("first", "second", "third", "fourth"),
}

_ID = re.compile(r"[a-z][a-z0-9_]*\Z")
# A step may write into one field or into a field of a part: "obstacle", "experiment.step".
_PATH = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?\Z")


class DefinitionError(GembaError):
    """A worksheet or question set that cannot be used; `where` names the key at fault."""

    def __init__(
        self, key: str, /, *, where: str, file: str = "a definition", **values: object
    ) -> None:
        super().__init__(key, where=where, file=file, **{"line": "1", **values})
        self.where = where
        self.file = file

    def in_file(self, file: str, line: str = "1") -> DefinitionError:
        """Return the same fault naming the file, and the line of it, that it was found in."""
        named = {**self.values, "file": file, "line": line}
        return DefinitionError(self.key, **named)  # type: ignore[arg-type]


def _check_id(value: str, where: str) -> None:
    if not _ID.match(value):
        raise DefinitionError("definition.bad_id", where=where, value=value)


def _check_text(value: str, where: str) -> None:
    if not value.strip():
        raise DefinitionError("definition.empty", where=where)


def _check_choice(value: str, choices: tuple[str, ...], where: str) -> None:
    if value not in choices:
        raise DefinitionError(
            "definition.choice", where=where, value=value, choices=", ".join(choices)
        )


def _check_length(value: float, where: str) -> None:
    if not (math.isfinite(value) and value > 0):
        raise DefinitionError("definition.length", where=where, value=value)


def _check_version(value: int) -> None:
    if value < 1:
        raise DefinitionError("definition.version", where="version", value=value)


def _check_unique(ids: Iterable[str], where: str) -> None:
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            raise DefinitionError("definition.duplicate", where=where, value=one)
        seen.add(one)


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle on the page in mm from the top left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of the right edge in mm."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of the lower edge in mm."""
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class PageGeometry:
    """The fixed lengths of a sheet in mm; the default is A3 lying on its side, two columns.

    ``columns`` holds from one to four shares of the width: (2, 1) makes the left column twice as
    wide as the right.
    """

    width: float = 420.0
    height: float = 297.0
    margin: float = 8.0
    header: float = 16.0
    footer: float = 6.0
    footer_gap: float = 2.0
    gutter: float = 6.0
    between: float = 3.0
    columns: tuple[float, ...] = (1.0, 1.0)

    def __post_init__(self) -> None:
        for name in (one.name for one in fields(self) if one.name != "columns"):
            _check_length(getattr(self, name), f"page.{name}")
        if len(self.columns) not in _ACROSS:
            raise DefinitionError(
                "definition.columns", where="page.columns", value=len(self.columns)
            )
        for number, share in enumerate(self.columns):
            _check_length(share, f"page.columns[{number}]")
        if self._across <= 0 or self.body_height <= 0:
            raise DefinitionError("definition.page", where="page")

    @property
    def column_names(self) -> tuple[Column, ...]:
        """What the columns are called, from left to right."""
        return _ACROSS[len(self.columns)]

    @property
    def _across(self) -> float:
        """The width in mm that the columns share out."""
        return self.width - 2 * self.margin - (len(self.columns) - 1) * self.gutter

    def column_width(self, column: Column) -> float:
        """Return the width of a column in mm."""
        share = self.columns[self.column_names.index(column)]
        return self._across * share / sum(self.columns)

    @property
    def body_top(self) -> float:
        """The y in mm at which the first box of a column begins."""
        return self.margin + self.header + self.between

    @property
    def body_height(self) -> float:
        """The height in mm that a column of boxes, with the gaps between them, fills."""
        below = self.footer_gap + self.footer + self.margin
        return self.height - self.body_top - below

    @property
    def header_frame(self) -> Frame:
        """The band that holds the title and the header facts."""
        return Frame(self.margin, self.margin, self.width - 2 * self.margin, self.header)

    @property
    def footer_frame(self) -> Frame:
        """The band at the foot of the page."""
        top = self.height - self.margin - self.footer
        return Frame(self.margin, top, self.width - 2 * self.margin, self.footer)

    def column_x(self, column: Column) -> float:
        """Return the left edge of a column in mm."""
        before = self.column_names[: self.column_names.index(column)]
        return self.margin + sum(self.column_width(one) + self.gutter for one in before)


@dataclass(frozen=True, slots=True)
class BoxDefinition:
    """One box of a sheet; `question` stands in it while it is empty and never prints."""

    id: str
    label: str
    column: Column
    height_mm: float
    role: Role
    question: str
    guidance: tuple[str, ...] = ()
    min_height_mm: float = 20.0
    figures: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check_id(self.id, "boxes.id")
        at = f"boxes.{self.id}"
        _check_text(self.label, f"{at}.label")
        _check_choice(self.column, COLUMNS, f"{at}.column")
        _check_choice(self.role, ROLES, f"{at}.role")
        _check_text(self.question, f"{at}.question")
        _check_length(self.height_mm, f"{at}.height_mm")
        _check_length(self.min_height_mm, f"{at}.min_height_mm")
        if self.height_mm < self.min_height_mm:
            raise DefinitionError(
                "definition.too_low",
                where=f"{at}.height_mm",
                value=self.height_mm,
                least=self.min_height_mm,
            )
        for line in self.guidance:
            _check_text(line, f"{at}.guidance")
        for figure in self.figures:
            _check_id(figure, f"{at}.figures")
        _check_unique(self.figures, f"{at}.figures")


@dataclass(frozen=True, slots=True)
class SheetDefinition:
    """One kind of worksheet: a page and its boxes in reading order.

    `questions` is the id of the question set whose groups are named after the box ids or roles;
    `begins` is what is asked first when a sheet is begun. A `private` sheet is its owner's alone:
    it goes to paper or into a file only when that was asked for. Sheets are offered by `order`.
    """

    id: str
    version: int
    label: str
    description: str
    boxes: tuple[BoxDefinition, ...]
    page: PageGeometry = field(default_factory=PageGeometry)
    questions: str = ""
    begins: str = ""
    private: bool = False
    order: int = 1000

    def __post_init__(self) -> None:
        _check_id(self.id, "id")
        _check_version(self.version)
        _check_text(self.label, "label")
        if self.questions:
            _check_id(self.questions, "questions")
        if not self.boxes:
            raise DefinitionError("definition.no_boxes", where="boxes")
        _check_unique((box.id for box in self.boxes), "boxes.id")
        known = self.page.column_names
        for box in self.boxes:
            _check_choice(box.column, known, f"boxes.{box.id}.column")
        columns = [known.index(box.column) for box in self.boxes]
        if columns != sorted(columns):
            raise DefinitionError("definition.order", where="boxes")
        self.box_frames()

    def box(self, box_id: str) -> BoxDefinition:
        """Return the box with this id; raises KeyError for an id the sheet does not have."""
        for box in self.boxes:
            if box.id == box_id:
                return box
        raise KeyError(box_id)

    def box_for(self, role: Role) -> BoxDefinition:
        """Return the first box with this role, or the first of all where none has it."""
        return next((box for box in self.boxes if box.role == role), self.boxes[0])

    def boxes_in(self, column: Column) -> tuple[BoxDefinition, ...]:
        """Return the boxes of one column from the top down."""
        return tuple(box for box in self.boxes if box.column == column)

    def box_frames(self, heights: Mapping[str, float] | None = None) -> dict[str, Frame]:
        """Return where each box lies, in mm, by box id and in reading order.

        `heights` replaces the defined heights of some boxes, for borders moved by hand. Raises
        DefinitionError when a column does not come out exactly as high as the body.
        """
        given = heights or {}
        for box_id in given:
            if all(box.id != box_id for box in self.boxes):
                raise DefinitionError("definition.unknown_box", where="heights", value=box_id)
        frames: dict[str, Frame] = {}
        for column in self.page.column_names:
            frames.update(self._column_frames(column, given))
        return frames

    def _column_frames(self, column: Column, given: Mapping[str, float]) -> dict[str, Frame]:
        boxes = self.boxes_in(column)
        page = self.page
        frames: dict[str, Frame] = {}
        x, width = page.column_x(column), page.column_width(column)
        top = page.body_top
        for box in boxes:
            height = given.get(box.id, box.height_mm)
            _check_length(height, f"boxes.{box.id}.height_mm")
            if height < box.min_height_mm - TOLERANCE_MM:
                raise DefinitionError(
                    "definition.too_low",
                    where=f"boxes.{box.id}.height_mm",
                    value=height,
                    least=box.min_height_mm,
                )
            frames[box.id] = Frame(x, top, width, height)
            top += height + page.between
        filled = top - page.between - page.body_top if boxes else 0.0
        if abs(filled - page.body_height) > TOLERANCE_MM:
            raise DefinitionError(
                "definition.heights",
                where=f"boxes ({column} column)",
                column=column,
                value=round(filled, 2),
                expected=round(page.body_height, 2),
            )
        return frames


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    """A heading over questions: a theme of a walk, a box of a sheet, a phase of a cycle."""

    id: str
    label: str
    note: str = ""

    def __post_init__(self) -> None:
        _check_id(self.id, "groups.id")
        _check_text(self.label, f"groups.{self.id}.label")


@dataclass(frozen=True, slots=True)
class QuestionStep:
    """One question, what to ask behind it, what to listen for and the field it writes."""

    id: str
    ask: str
    deeper: tuple[str, ...] = ()
    listen_for: str = ""
    writes: str = ""
    when: When = "always"
    group: str = ""
    tags: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check_id(self.id, "steps.id")
        at = f"steps.{self.id}"
        _check_text(self.ask, f"{at}.ask")
        _check_choice(self.when, WHENS, f"{at}.when")
        if self.writes and not _PATH.match(self.writes):
            raise DefinitionError("definition.bad_id", where=f"{at}.writes", value=self.writes)
        for line in self.deeper:
            _check_text(line, f"{at}.deeper")
        for tag in self.tags:
            _check_id(tag, f"{at}.tags")
        _check_unique(self.tags, f"{at}.tags")


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions in the order they are asked; `avoid` lists examples of what not to ask."""

    id: str
    version: int
    label: str
    kind: Kind
    steps: tuple[QuestionStep, ...]
    groups: tuple[QuestionGroup, ...] = ()
    description: str = ""
    avoid: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check_id(self.id, "id")
        _check_version(self.version)
        _check_text(self.label, "label")
        _check_choice(self.kind, KINDS, "kind")
        if not self.steps:
            raise DefinitionError("definition.no_steps", where="steps")
        _check_unique((step.id for step in self.steps), "steps.id")
        _check_unique((group.id for group in self.groups), "groups.id")
        known = {group.id for group in self.groups}
        for step in self.steps:
            if step.group and step.group not in known:
                raise DefinitionError(
                    "definition.unknown_group", where=f"steps.{step.id}.group", value=step.group
                )
        for line in self.avoid:
            _check_text(line, "avoid")

    def step(self, step_id: str) -> QuestionStep:
        """Return the step with this id; raises KeyError for an id the set does not have."""
        for step in self.steps:
            if step.id == step_id:
                return step
        raise KeyError(step_id)

    def in_group(self, group_id: str) -> tuple[QuestionStep, ...]:
        """Return the questions under one heading, in order; empty if there is none."""
        return tuple(step for step in self.steps if step.group == group_id)

    def steps_for(self, *, first: bool) -> tuple[QuestionStep, ...]:
        """Return the steps of a cycle; the first with a learner has nothing to look back at."""
        return tuple(step for step in self.steps if step.when == "always" or not first)
