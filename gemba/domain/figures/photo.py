"""A photo in a box, and what was marked on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar
from uuid import UUID

from gemba.domain.figures.place import Place
from gemba.domain.later import LATER
from gemba.domain.photo_mark import PhotoMark as PhotoMark


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoFigure:
    """A photo by its content hash (SHA-256, hexadecimal), and the observation it came from.

    ``marks`` are drawn over the photo in their order; the photo itself stays as it was taken.
    """

    kind: ClassVar[str] = "photo"
    id: str
    caption: str = ""
    place: Place = Place()
    photo: str
    observation_id: UUID | None = None
    description: str = ""
    marks: tuple[PhotoMark, ...] = field(default=(), metadata=LATER)
