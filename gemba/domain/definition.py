"""What a worksheet is before anyone has written on it: a page and its boxes, in millimetres."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias, get_args

from gemba.domain.definition_checks import (
    DefinitionError,
    check_choice,
    check_id,
    check_length,
    check_text,
    check_unique,
    check_version,
)
from gemba.domain.field_names import check_fields
from gemba.domain.frame import Frame
from gemba.domain.page_geometry import COLUMNS, TOLERANCE_MM, Column, PageGeometry

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

ROLES: tuple[Role, ...] = get_args(Role)


@dataclass(frozen=True, slots=True)
class BoxDefinition:
    """One box of a sheet; `question` stands in it while it is empty, and on paper for pencil.

    ``fields`` are lines that belong in it, each a name and a colon, offered to whoever writes.
    """

    id: str
    label: str
    column: Column
    height_mm: float
    role: Role
    question: str
    guidance: tuple[str, ...] = ()
    min_height_mm: float = 20.0
    figures: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_id(self.id, "boxes.id")
        at = f"boxes.{self.id}"
        check_text(self.label, f"{at}.label")
        check_choice(self.column, COLUMNS, f"{at}.column")
        check_choice(self.role, ROLES, f"{at}.role")
        check_text(self.question, f"{at}.question")
        check_length(self.height_mm, f"{at}.height_mm")
        check_length(self.min_height_mm, f"{at}.min_height_mm")
        if self.height_mm < self.min_height_mm:
            raise DefinitionError(
                "definition.too_low",
                where=f"{at}.height_mm",
                value=self.height_mm,
                least=self.min_height_mm,
            )
        for line in self.guidance:
            check_text(line, f"{at}.guidance")
        for figure in self.figures:
            check_id(figure, f"{at}.figures")
        check_unique(self.figures, f"{at}.figures")
        check_fields(self.fields, f"{at}.fields")


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
        check_id(self.id, "id")
        check_version(self.version)
        check_text(self.label, "label")
        if self.questions:
            check_id(self.questions, "questions")
        if not self.boxes:
            raise DefinitionError("definition.no_boxes", where="boxes")
        check_unique((box.id for box in self.boxes), "boxes.id")
        known = self.page.column_names
        for box in self.boxes:
            check_choice(box.column, known, f"boxes.{box.id}.column")
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
            check_length(height, f"boxes.{box.id}.height_mm")
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
