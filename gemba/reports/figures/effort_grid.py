"""Effect over effort on paper: each option in its field, with the number of its row."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, sqrt
from typing import Final

from gemba.domain.figures.countermeasure_rules import spot
from gemba.domain.figures.countermeasures import Option
from gemba.domain.figures.telling import Say
from gemba.reports.figures.parts import Frame, text_height
from gemba.reports.ink import Ink
from gemba.reports.style import LABEL_SOFT, LABEL_STRONG, MM, TextStyle

Numbered = tuple[int, Option]

GRID: Final = 42.0
"""The room in mm for the words around the fields."""
_TITLE: Final = 5.2
_AXIS: Final = 5.0
_KEY: Final = 5.4
_DOT: Final = 2.1
_MOST_IN_CELL: Final = 9


def around_grid(options: Sequence[Numbered], width: float, say: Say) -> float:
    """Return the room over and under the fields in mm: title, axis, key, who is not on it."""
    left = _not_placed(options, say)
    extra = text_height(left, min(width, GRID), LABEL_SOFT) + 0.6 if left else 0.0
    return _TITLE + _AXIS + _KEY + extra


def _not_placed(options: Sequence[Numbered], say: Say) -> str:
    numbers = [str(number) for number, option in options if spot(option) is None]
    if not numbers:
        return ""
    shown = ", ".join(numbers[:12])
    if len(numbers) > 12:
        shown += " " + say("countermeasures.more", count=len(numbers) - 12)
    return say("countermeasures.not_placed", numbers=shown)


def draw_grid(frame: Frame, options: Sequence[Numbered], x: float, y: float, cell: float) -> None:
    """Draw effect over effort from a corner on, in fields of a size in mm: each option in its
    field, filled where it was chosen."""
    ink, say = frame.ink, frame.say
    ink.text(x, y + 3.1, say("countermeasures.grid"), LABEL_STRONG)
    top, side = y + _TITLE, 3 * cell
    for step in range(4):
        ink.line(x + step * cell, top, x + step * cell, top + side, colour="grid")
        ink.line(x, top + step * cell, x + side, top + step * cell, colour="grid")
    ink.polyline([(x, top), (x, top + side), (x + side, top + side)], colour="axis")
    fields: dict[tuple[int, int], list[Numbered]] = {}
    for one in options:
        place = spot(one[1])
        if place is not None:
            fields.setdefault(place, []).append(one)
    for (effort, impact), inside in fields.items():
        left, upper = x + effort * cell, top + (2 - impact) * cell
        _draw_field(frame, inside, left, upper, cell)
    base = top + side + 3.6
    ink.text(x + side, base, say("countermeasures.effort_axis"), LABEL_SOFT, align="right")
    ink.text(x, base, say("countermeasures.impact_axis"), LABEL_SOFT)
    _draw_key(frame, x, top + side + _AXIS)
    left_out = _not_placed(options, say)
    if left_out:
        start = top + side + _AXIS + _KEY + 0.6
        ink.wrapped(x, start, min(GRID, frame.width), left_out, LABEL_SOFT)


def _draw_field(
    frame: Frame, inside: list[Numbered], left: float, upper: float, cell: float
) -> None:
    """Draw the options of one field in rows; more than nine end in how many more there are."""
    shown = inside if len(inside) <= _MOST_IN_CELL else inside[: _MOST_IN_CELL - 1]
    across = ceil(sqrt(len(shown) + (len(shown) < len(inside))))
    step = cell / across
    radius = min(_DOT, step / 2 - 0.25)
    for at, (number, option) in enumerate(shown):
        x = left + step * (at % across + 0.5)
        y = upper + step * (at // across + 0.5)
        _draw_dot(frame.ink, x, y, radius, str(number), chosen=option.chosen)
    if len(shown) < len(inside):
        words = frame.say("countermeasures.more", count=len(inside) - len(shown))
        x, y = left + step * (across - 0.5), upper + step * (across - 0.5) + 0.8
        frame.ink.text(x, y, words, TextStyle("regular", 6, 8, "ink_soft"), align="centre")


def _draw_dot(ink: Ink, x: float, y: float, radius: float, words: str, *, chosen: bool) -> None:
    size = 8.0 if len(words) < 2 else 6.5 if len(words) < 3 else 5.0
    if chosen:
        ink.circle(x, y, radius, stroke="accent", fill="accent", pt=0.75)
        style = TextStyle("semibold", size, 10, "paper")
    else:
        ink.circle(x, y, radius, stroke="ink", fill="paper", pt=0.75)
        style = TextStyle("semibold", size, 10)
    ink.text(x, y + size * 0.34 / MM, words, style, align="centre")


def _draw_key(frame: Frame, x: float, top: float) -> None:
    base = top + 3.6
    for key, chosen in (("chosen", True), ("left", False)):
        _draw_dot(frame.ink, x + 1.4, base - 1.05, 1.3, "", chosen=chosen)
        x += 4.0 + frame.ink.text(x + 4.0, base, frame.say(f"countermeasures.{key}"), LABEL_SOFT)
        x += 3.4
