"""The rules of a sketch: strokes with no more points than the eye can tell."""

from __future__ import annotations

from dataclasses import replace
from math import hypot
from typing import Final

from gemba.domain.figures.sketch import Sketch, Stroke, Words

TOLERANCE: Final = 0.15
"""How far, in mm, a simplified stroke may stray from the hand."""

Point = tuple[float, float]


def points_of(stroke: Stroke) -> tuple[Point, ...]:
    """Return the points of a stroke as pairs; a last half point is left out."""
    flat = stroke.points
    return tuple((flat[i], flat[i + 1]) for i in range(0, len(flat) - 1, 2))


def flat(points: tuple[Point, ...]) -> tuple[float, ...]:
    """Return points as a stroke stores them, to a hundredth of a millimetre."""
    return tuple(round(number, 2) for point in points for number in point)


def distance(point: Point, start: Point, end: Point) -> float:
    """Return how far a point lies from the line between two others."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    if length == 0:
        return hypot(point[0] - start[0], point[1] - start[1])
    along = ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / length
    along = min(1.0, max(0.0, along))
    return hypot(point[0] - start[0] - along * dx, point[1] - start[1] - along * dy)


def simplified(points: tuple[Point, ...], tolerance: float = TOLERANCE) -> tuple[Point, ...]:
    """Return the fewest points found whose line stays within tolerance (Douglas and Peucker).

    The first and the last point stay; a dot stays a dot.
    """
    if len(points) < 3:
        return points
    keep = {0, len(points) - 1}
    waiting = [(0, len(points) - 1)]
    while waiting:
        first, last = waiting.pop()
        far, where = tolerance, -1
        for index in range(first + 1, last):
            off = distance(points[index], points[first], points[last])
            if off > far:
                far, where = off, index
        if where >= 0:
            keep.add(where)
            waiting += [(first, where), (where, last)]
    return tuple(points[index] for index in sorted(keep))


def drawn(sketch: Sketch, points: tuple[Point, ...], width: float = 1.0) -> Sketch:
    """Return the sketch with one more stroke, simplified and held inside its surface."""
    if not points:
        return sketch
    inside = tuple(
        (min(sketch.width, max(0.0, x)), min(sketch.height, max(0.0, y))) for x, y in points
    )
    stroke = Stroke(points=flat(simplified(inside)), width=width)
    return replace(sketch, strokes=(*sketch.strokes, stroke))


def nearest_stroke(sketch: Sketch, at: Point, reach: float) -> int | None:
    """Return the index of the topmost stroke that passes within reach (mm) of a point."""
    for index in reversed(range(len(sketch.strokes))):
        points = points_of(sketch.strokes[index])
        pairs = zip(points, points[1:] or points, strict=False)
        if any(distance(at, one, other) <= reach for one, other in pairs):
            return index
    return None


def nearest_words(sketch: Sketch, at: Point, reach: float) -> int | None:
    """Return the index of the words whose start lies nearest to a point, within reach (mm)."""
    near = [
        (hypot(words.x - at[0], words.y - at[1]), index) for index, words in enumerate(sketch.words)
    ]
    best = min(near, default=(reach + 1, -1))
    return best[1] if best[0] <= reach else None


def without_stroke(sketch: Sketch, index: int) -> Sketch:
    """Return the sketch without one stroke."""
    kept = tuple(s for i, s in enumerate(sketch.strokes) if i != index)
    return replace(sketch, strokes=kept)


def with_words(sketch: Sketch, words: Words) -> Sketch:
    """Return the sketch with words added."""
    return replace(sketch, words=(*sketch.words, words))
