"""Before and after on paper: two photos or two charts side by side, on one scale."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from gemba.domain.figures.pair import SIDES, Half, Pair, halves, heading
from gemba.domain.figures.run_chart import RunChart
from gemba.domain.figures.telling import Say
from gemba.reports.figures import photo, run_chart
from gemba.reports.figures.parts import (
    CAPTION_GAP,
    Frame,
    Photo,
    caption_height,
    draw_caption,
    leading,
    say_quietly,
    say_too_small,
    text_height,
)
from gemba.reports.figures.run_chart import Room
from gemba.reports.style import LABEL_STRONG

WIDTH: Final = 170.0
_BETWEEN: Final = 6.0
_NARROW: Final = 84.0
_EMPTY: Final = 12.0
_LEAST: Final = 8.0
_HEAD_LINES: Final = 3


def natural_size(pair: Pair, available: float, say: Say, read: Photo | None) -> tuple[float, float]:
    """Return the room of two halves beside each other, or under each other where it is narrow."""
    width = min(available, WIDTH)
    column = _column(width)
    found = _bare(pair)
    tall = [
        _natural(half, column, say, read) + _levelled(half, found, column, say) for half in found
    ]
    return width, _body(pair, width, max(tall), say)


def least_height(pair: Pair, width: float, say: Say) -> float:
    """Return the height under which one of the halves is not drawn."""
    column = _column(width)
    found = _bare(pair)
    tall = [_LEAST]
    for half in found:
        if isinstance(half, RunChart):
            level = _levelled(half, found, column, say)
            tall.append(run_chart.least_height(half, column, say) + level)
    return _body(pair, width, max(tall), say)


def _body(pair: Pair, width: float, tall: float, say: Say) -> float:
    """Return the height of a pair whose halves are so high."""
    column = _column(width)
    each = tall + _heads(pair, column, say)
    return caption_height(pair.caption, width) + (each if column < width else 2 * each + _BETWEEN)


def _levelled(half: Half | None, found: list[Half | None], width: float, say: Say) -> float:
    """Return the room a chart gives away so that its scale is level with the other one's."""
    if not isinstance(half, RunChart):
        return 0.0
    own, both = run_chart.room_of(half, width, say), _room(found, width, say)
    return both.over - own.over + both.keys - own.keys


def _column(width: float) -> float:
    return width if width < _NARROW else (width - _BETWEEN) / 2


def _bare(pair: Pair) -> list[Half | None]:
    """Return both halves without the captions that stand over them."""
    return [half and _without_caption(half) for half in halves(pair)]


def _without_caption(half: Half) -> Half:
    return replace(half, caption="")


def _natural(half: Half | None, width: float, say: Say, read: Photo | None) -> float:
    if half is None:
        return _EMPTY
    if isinstance(half, RunChart):
        return run_chart.natural_size(half, width, say)[1]
    return photo.natural_size(half, width, say, read)[1]


def _heads(pair: Pair, width: float, say: Say) -> float:
    """Return the height of the words over the sides: the same for both."""
    words = [heading(pair, side, say) for side in SIDES]
    tall = max(text_height(one, width, LABEL_STRONG) for one in words)
    return min(tall, _HEAD_LINES * leading(LABEL_STRONG)) + CAPTION_GAP


def draw(pair: Pair, frame: Frame) -> int:
    """Draw both halves into a frame; return how many parts of them found no room."""
    inner = draw_caption(frame, pair.caption)
    column = _column(inner.width)
    head = _heads(pair, column, frame.say)
    beside = column < inner.width
    each = inner.height if beside else (inner.height - _BETWEEN) / 2
    if each - head < _LEAST:
        return say_too_small(inner, 2)
    found = _bare(pair)
    room = _room(found, column, frame.say)
    missing = 0
    for number, (side, half) in enumerate(zip(SIDES, found, strict=True)):
        x = inner.x + number * (column + _BETWEEN) * beside
        y = inner.y + number * (each + _BETWEEN) * (not beside)
        words = heading(pair, side, frame.say)
        frame.ink.wrapped(x, y, column, words, LABEL_STRONG, most=_HEAD_LINES)
        part = Frame(
            frame.ink, x, y + head, column, each - head, frame.say, frame.today, frame.photo
        )
        missing += _draw_half(half, part, room)
    return missing


def _room(found: list[Half | None], width: float, say: Say) -> Room:
    """Return the room that both charts leave over and under, so that their scales are level."""
    charts = [half for half in found if isinstance(half, RunChart)]
    return Room.of_all([run_chart.room_of(one, width, say) for one in charts])


def _draw_half(half: Half | None, frame: Frame, room: Room) -> int:
    if half is None:
        say_quietly(frame, frame.say("pair.nothing"))
        return 0
    if isinstance(half, RunChart):
        return run_chart.draw(half, frame, room)
    return photo.draw(half, frame)
