"""An A3 sheet: boxes of text and figures, its facts, its checks and its margin."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final
from uuid import UUID

from gemba.domain.figures import Figure
from gemba.domain.sheet_story import (
    BoxFormat,
    Closing,
    Consulted,
    Dismissed,
    NamedVersion,
    Review,
    SignOff,
    StageStep,
)

STAGES: Final = ("grasp", "cause", "try", "check", "standardise")


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """What stands in one box: text in the little text language of prose.py, and figures."""

    id: str
    text: str = ""
    figures: tuple[Figure, ...] = ()

    @property
    def empty(self) -> bool:
        """Tell whether nothing was written or drawn here yet."""
        return not self.text.strip() and not self.figures


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayPiece:
    """A box that found no place on the sheet's new type; it lies beside the sheet until it does."""

    id: str
    definition: str
    label: str
    box: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A date on which someone goes and sees whether it holds; ``done_on`` when they did."""

    id: str
    what: str
    on: date
    done_on: date | None = None
    found: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One A3. ``definition`` and its version say which worksheet it is.

    ``should_be`` and ``is_now`` are the gap in one sentence each. ``pen`` is "owner" or "coach";
    ``first_draft`` keeps the boxes as they were when they were first left, for comparison.
    ``format`` holds the boxes as this sheet has them, and nothing where it follows its definition.
    """

    id: UUID
    revision: int = 0
    definition: str = "ps7"
    definition_version: int = 1
    title: str
    owner_id: UUID | None = None
    coach_id: UUID | None = None
    area_id: UUID | None = None
    started_on: date
    stage: str = "grasp"
    should_be: str = ""
    is_now: str = ""
    last_there: str = ""
    boxes: tuple[Box, ...] = ()
    checks: tuple[Check, ...] = ()
    scratch: str = ""
    pen: str = "owner"
    first_draft: tuple[Box, ...] = ()
    first_draft_at: datetime | None = None
    format: tuple[BoxFormat, ...] = ()
    tray: tuple[TrayPiece, ...] = ()
    archived_on: date | None = None
    versions: tuple[NamedVersion, ...] = ()
    stage_steps: tuple[StageStep, ...] = ()
    closing: Closing | None = None
    reviews: tuple[Review, ...] = ()
    consulted: tuple[Consulted, ...] = ()
    sign_offs: tuple[SignOff, ...] = ()
    dismissed: tuple[Dismissed, ...] = ()

    def box(self, box_id: str) -> Box:
        """Return the box with an id; an empty one where nothing was written yet."""
        return next((box for box in self.boxes if box.id == box_id), Box(id=box_id))

    def with_box(self, box: Box) -> Sheet:
        """Return the sheet with one box replaced, or added at the end."""
        if any(old.id == box.id for old in self.boxes):
            boxes = tuple(box if old.id == box.id else old for old in self.boxes)
        else:
            boxes = (*self.boxes, box)
        return replace(self, boxes=boxes)


@dataclass(frozen=True, slots=True, kw_only=True)
class MarginNote:
    """A coach's question or comment beside a box or a figure in it, and the owner's answer to it.

    ``kind`` is "question" or "comment"; ``talk_id`` the coaching talk in which it was asked.
    """

    id: UUID
    revision: int = 0
    sheet_id: UUID
    box: str
    kind: str = "question"
    author: str = ""
    text: str
    answer: str = ""
    asked_on: date
    answered_on: date | None = None
    talk_id: UUID | None = None
    sheet_revision: int = 0
    figure: str = ""

    @property
    def open(self) -> bool:
        """Tell whether this is a question that still waits for the owner."""
        return self.kind == "question" and not self.answer.strip()
