"""Marks on a photo: where they may stand, which one is meant, and the points they are drawn by."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise
from typing import Final

from gemba.domain.figures.photo import PhotoFigure, PhotoMark

SHAPES: Final = ("arrow", "circle", "text", "blur")
LEAST: Final = 0.015
"""A mark smaller than this share of the photo both ways was a slip of the hand."""
_ROUND: Final = 4
_STEPS: Final = 48

Point = tuple[float, float]
Area = tuple[float, float, float, float]


def clean(mark: PhotoMark) -> PhotoMark:
    """Return a mark on the photo: within its edges, and an area with its first corner first."""
    x1, y1, x2, y2 = (_share(one) for one in (mark.x1, mark.y1, mark.x2, mark.y2))
    if mark.shape != "arrow":
        x1, x2 = min(x1, x2), max(x1, x2)
        y1, y2 = min(y1, y2), max(y1, y2)
    return replace(mark, x1=x1, y1=y1, x2=x2, y2=y2)


def _share(value: float) -> float:
    return round(min(1.0, max(0.0, value)), _ROUND) if math.isfinite(value) else 0.0


def with_mark(figure: PhotoFigure, mark: PhotoMark) -> PhotoFigure:
    """Return a photo with one more mark; the same where it is too small or says nothing."""
    made = clean(mark)
    if made.shape == "text":
        return replace(figure, marks=(*figure.marks, made)) if made.text.strip() else figure
    if max(abs(made.x2 - made.x1), abs(made.y2 - made.y1)) < LEAST:
        return figure
    return replace(figure, marks=(*figure.marks, made))


def without_mark(figure: PhotoFigure, index: int) -> PhotoFigure:
    """Return a photo without one of its marks."""
    kept = tuple(one for number, one in enumerate(figure.marks) if number != index)
    return replace(figure, marks=kept)


def with_moved(figure: PhotoFigure, index: int, dx: float, dy: float) -> PhotoFigure:
    """Return a photo with one mark moved as a whole, as far as the photo's edges let it."""
    if not 0 <= index < len(figure.marks):
        return figure
    mark = clean(figure.marks[index])
    dx = max(-min(mark.x1, mark.x2), min(1.0 - max(mark.x1, mark.x2), dx))
    dy = max(-min(mark.y1, mark.y2), min(1.0 - max(mark.y1, mark.y2), dy))
    moved = clean(replace(mark, x1=mark.x1 + dx, y1=mark.y1 + dy, x2=mark.x2 + dx, y2=mark.y2 + dy))
    marks = tuple(moved if number == index else one for number, one in enumerate(figure.marks))
    return replace(figure, marks=marks)


def mark_at(figure: PhotoFigure, at: Point, shape: float, reach: float) -> int | None:
    """Return which mark is meant at a point, the last drawn first; None for none of them.

    ``shape`` is the photo's height over its width, ``reach`` how far off a line may be missed, in
    shares of the width. An arrow and a circle are met on their line, a blur anywhere inside.
    """
    for index in range(len(figure.marks) - 1, -1, -1):
        if _distance(clean(figure.marks[index]), at, shape) <= reach:
            return index
    return None


def _distance(mark: PhotoMark, at: Point, shape: float) -> float:
    """Return how far a point is from a mark, in shares of the photo's width."""
    if mark.shape == "blur":
        dx = max(mark.x1 - at[0], 0.0, at[0] - mark.x2)
        dy = max(mark.y1 - at[1], 0.0, at[1] - mark.y2)
        return math.hypot(dx, dy * shape)
    points = [(mark.x1, mark.y1), (mark.x2, mark.y2)]
    if mark.shape == "circle":
        points = ellipse(mark.x1, mark.y1, mark.x2, mark.y2)
        points.append(points[0])
    flat = [(x, y * shape) for x, y in points]
    here = (at[0], at[1] * shape)
    return min(_from_line(one, other, here) for one, other in pairwise(flat))


def _from_line(one: Point, other: Point, at: Point) -> float:
    dx, dy = other[0] - one[0], other[1] - one[1]
    length = dx * dx + dy * dy
    along = ((at[0] - one[0]) * dx + (at[1] - one[1]) * dy) / length if length else 0.0
    along = max(0.0, min(1.0, along))
    return math.hypot(at[0] - one[0] - along * dx, at[1] - one[1] - along * dy)


def with_words(figure: PhotoFigure, index: int, text: str) -> PhotoFigure:
    """Return a photo with other words at a mark; one that says nothing any more goes."""
    if not 0 <= index < len(figure.marks) or figure.marks[index].shape != "text":
        return figure
    if not text.strip():
        return without_mark(figure, index)
    marks = tuple(
        replace(one, text=text) if number == index else one
        for number, one in enumerate(figure.marks)
    )
    return replace(figure, marks=marks)


def blurred_areas(marks: tuple[PhotoMark, ...]) -> tuple[Area, ...]:
    """Return what must not be recognised: left, top, right and bottom in shares of the photo."""
    blurs = (clean(one) for one in marks if one.shape == "blur")
    return tuple((one.x1, one.y1, one.x2, one.y2) for one in blurs)


def ellipse(x1: float, y1: float, x2: float, y2: float) -> list[Point]:
    """Return points round the ellipse that fills a rectangle."""
    cx, cy, rx, ry = (x1 + x2) / 2, (y1 + y2) / 2, abs(x2 - x1) / 2, abs(y2 - y1) / 2
    turns = (2 * math.pi * step / _STEPS for step in range(_STEPS))
    return [(cx + rx * math.cos(turn), cy + ry * math.sin(turn)) for turn in turns]


def arrow_head(tail: Point, head: Point, length: float) -> list[Point]:
    """Return the three corners of an arrow's head, the point first; in lengths of any one unit.

    On an arrow shorter than two of them it shrinks.
    """
    dx, dy = head[0] - tail[0], head[1] - tail[1]
    whole = math.hypot(dx, dy)
    if not whole:
        return [head, head, head]
    length = min(length, whole / 2)
    ux, uy = dx / whole, dy / whole
    base = (head[0] - ux * length, head[1] - uy * length)
    half = length * 0.5
    return [
        head,
        (base[0] - uy * half, base[1] + ux * half),
        (base[0] + uy * half, base[1] - ux * half),
    ]
