"""A sketch on paper: the strokes of the hand, and words in the family of the sheet."""

from __future__ import annotations

from collections.abc import Iterator
from math import acos, hypot, pi
from typing import Final

from gemba.domain.figures import Sketch
from gemba.domain.figures.sketch import Words
from gemba.domain.figures.strokes import Point, points_of
from gemba.domain.figures.telling import Say
from gemba.reports.figures.parts import (
    Frame,
    caption_height,
    draw_caption,
    leading,
    say_quietly,
    say_too_small,
)
from gemba.reports.ink import Ink
from gemba.reports.lines import fold
from gemba.reports.style import LABEL, MM

_SHARP: Final = pi / 4
_LEAST: Final = 12.0


def natural_size(sketch: Sketch, available: float, say: Say) -> tuple[float, float]:
    """Return the size of the surface, made smaller where it is wider than the room."""
    width = min(available, max(1.0, sketch.width))
    height = width * sketch.height / max(1.0, sketch.width)
    return width, caption_height(sketch.caption, width) + height


def least_height(sketch: Sketch, width: float, say: Say) -> float:
    """Return the height under which a sketch is not drawn."""
    return caption_height(sketch.caption, width) + _LEAST


def draw(sketch: Sketch, frame: Frame) -> int:
    """Draw a sketch into a frame, as large as fits; return how many strokes found no room."""
    inner = draw_caption(frame, sketch.caption)
    if not sketch.strokes and not sketch.words:
        say_quietly(inner, frame.say("sketch.empty"))
        return 0
    scale = min(inner.width / max(1.0, sketch.width), inner.height / max(1.0, sketch.height))
    if min(inner.width, inner.height) < _LEAST - 0.05:
        return say_too_small(inner, len(sketch.strokes) + len(sketch.words))
    for stroke in sketch.strokes:
        points = tuple((inner.x + x * scale, inner.y + y * scale) for x, y in points_of(stroke))
        _draw_stroke(inner.ink, points, stroke.width * min(1.0, scale))
    room = (inner.x + sketch.width * scale, inner.y + sketch.height * scale)
    for words in sketch.words:
        _draw_words(inner, words, scale, room)
    return 0


def _draw_stroke(ink: Ink, points: tuple[Point, ...], pt: float) -> None:
    """Draw a stroke with round ends and corners: pieces without sharp turns, dots between."""
    radius = pt / MM / 2
    for piece in _smooth(points):
        ink.polyline(piece, colour="ink", pt=pt)
        for x, y in {piece[0], piece[-1]}:
            ink.circle(x, y, radius, stroke=None, fill="ink")


def _smooth(points: tuple[Point, ...]) -> Iterator[list[Point]]:
    """Part a stroke where it turns sharply; a single point is a piece of its own."""
    piece: list[Point] = []
    for point in points:
        if len(piece) > 1 and _turn(piece[-2], piece[-1], point) > _SHARP:
            yield piece
            piece = [piece[-1]]
        piece.append(point)
    if piece:
        yield piece


def _turn(one: Point, two: Point, three: Point) -> float:
    """Return by how much a line turns at its middle point, 0 for straight on, pi for back."""
    ax, ay, bx, by = two[0] - one[0], two[1] - one[1], three[0] - two[0], three[1] - two[1]
    length = hypot(ax, ay) * hypot(bx, by)
    if length == 0:
        return 0.0
    return acos(min(1.0, max(-1.0, (ax * bx + ay * by) / length)))


def _draw_words(frame: Frame, words: Words, scale: float, room: Point) -> None:
    """Draw words where they were put, moved and wrapped where they would leave the sketch."""
    width = room[0] - frame.x
    lines = fold(words.text, width, LABEL)
    widest = max(Ink.text_width(line, LABEL) for line in lines)
    x = max(frame.x, min(frame.x + words.x * scale, room[0] - widest))
    step = leading(LABEL)
    low = room[1] - 0.8 - (len(lines) - 1) * step
    base = max(frame.y + 2.6, min(frame.y + words.y * scale, low))
    if len(lines) == 1:
        frame.ink.text(x, base, lines[0], LABEL)
        return
    # As one text: 200 KB of it are 100,000 lines, each of which would be a shape on a slide.
    frame.ink.wrapped(x, base - Ink.baseline_of(LABEL), width, words.text, LABEL)
