"""A drawing made with the pen or the mouse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from gemba.domain.figures.place import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Stroke:
    """One line of the pen: x, y pairs in mm from the top left of the sketch; width in pt."""

    points: tuple[float, ...]
    width: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A word written on the sketch; x, y of its baseline start in mm from the top left."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """Strokes and words on a surface of ``width`` by ``height`` mm."""

    kind: ClassVar[str] = "sketch"
    id: str
    caption: str = ""
    place: Place = Place()
    width: float = 90.0
    height: float = 50.0
    strokes: tuple[Stroke, ...] = ()
    words: tuple[Words, ...] = ()
