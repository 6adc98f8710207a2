"""What is marked on a photo, and a photo with its marks."""

from __future__ import annotations

from dataclasses import dataclass, field

from gemba.domain.later import LATER


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoMark:
    """Something marked on a photo: an "arrow", a "circle", a "text" or a "blur".

    From one point to another, in shares of the photo's width and height from its top left corner:
    an arrow's tail and head, else two opposite corners; a text begins at the first one.
    """

    shape: str
    x1: float
    y1: float
    x2: float
    y2: float
    text: str = field(default="", metadata=LATER)


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedPhoto:
    """A photo by its content hash (SHA-256, hexadecimal), and what was marked on it in order.

    The photo itself stays as it was taken.
    """

    photo: str
    marks: tuple[PhotoMark, ...]


def hash_of(photo: str | MarkedPhoto) -> str:
    """Return the content hash of a photo with or without marks."""
    return photo.photo if isinstance(photo, MarkedPhoto) else photo


def marks_of(photo: str | MarkedPhoto) -> tuple[PhotoMark, ...]:
    """Return what is marked on a photo."""
    return photo.marks if isinstance(photo, MarkedPhoto) else ()
