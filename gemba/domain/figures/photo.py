"""A photo in a box."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from gemba.domain.figures.place import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoFigure:
    """A photo by its content hash (SHA-256, hexadecimal), and the observation it came from."""

    kind: ClassVar[str] = "photo"
    id: str
    caption: str = ""
    place: Place = Place()
    photo: str
    observation_id: UUID | None = None
    description: str = ""
