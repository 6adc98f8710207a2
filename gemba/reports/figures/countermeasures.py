"""Countermeasures on paper: a row for each option, and effect over effort from the same rows."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from math import ceil, sqrt
from typing import Final

from gemba.domain.figures import Countermeasures
from gemba.domain.figures.countermeasure_rules import numbered, option_words, spot
from gemba.domain.figures.countermeasures import LASTS, LEVELS, Option
from gemba.domain.figures.telling import Say
from gemba.reports.figures.parts import (
    Frame,
    caption_height,
    draw_caption,
    leading,
    say_quietly,
    say_too_small,
    text_height,
    too_small_height,
)
from gemba.reports.ink import Ink
from gemba.reports.style import (
    CELL,
    CELL_SOFT,
    CELL_STRONG,
    HAIRLINE_PT,
    LABEL,
    LABEL_SOFT,
    LABEL_STRONG,
    MM,
    TextStyle,
)

Numbered = tuple[int, Option]

_HEAD: Final = 5.2
_ROW: Final = 6.2
_GUTTER: Final = 3.4
_WIDE: Final = 140.0
_GRID: Final = 42.0
_GRID_GAP: Final = 8.0
_TITLE: Final = 5.2
_CELL: Final = 12.6
_LEAST_CELL: Final = 8.5
_ABOVE: Final = 3.0
_AXIS: Final = 5.0
_KEY: Final = 5.4
_DOT: Final = 2.1
_LEVELS: Final = ("effort", "risk")
_MOST_IN_CELL: Final = 9


@dataclass(frozen=True, slots=True)
class _Table:
    """The columns of words with their widths in mm, and the height of each row."""

    options: tuple[Numbered, ...]
    names: tuple[str, ...]
    widths: tuple[float, ...]
    large: bool
    heights: tuple[float, ...]

    def edges(self, x: float) -> list[float]:
        """Return where the columns begin and the last one ends, in mm, for a table at x."""
        gaps = [0.0 if name == "number" else _GUTTER for name in self.names]
        steps = (width + gap for width, gap in zip(self.widths, gaps, strict=True))
        found = list(accumulate(steps, initial=x))
        return [*found[:-1], found[-1] - gaps[-1]]

    def style(self, option: Option, name: str) -> TextStyle:
        """Return how a cell is written: what was chosen stands out."""
        if name == "what" and option.chosen:
            return CELL_STRONG if self.large else LABEL_STRONG
        if option.chosen or name == "number":
            return CELL if self.large else LABEL
        return CELL_SOFT if self.large else LABEL_SOFT


def _beside(figure: Countermeasures, width: float) -> bool:
    return figure.grid and width >= _WIDE


def _table(figure: Countermeasures, width: float, say: Say) -> _Table:
    room = width - _GRID - _GRID_GAP if _beside(figure, width) else width
    options = numbered(figure)
    large = width >= _WIDE
    style = CELL_STRONG if large else LABEL_STRONG

    def widest(name: str) -> float:
        texts = [say(f"countermeasures.{name}"), *(_cell(one, name, say) for one in options)]
        return max(Ink.text_width(text, style) for text in texts) + 0.3

    said = [
        name
        for name in ("cause", "effect", *_LEVELS, "lasts")
        if any(_cell(one, name, say) for one in options)
    ]
    number = Ink.text_width(str(len(options)), style) + 1.4
    rest = room - number - _GUTTER * len(said)
    caps = {"cause": rest * 0.2, "effect": rest * 0.34}
    sides = [min(widest(name), caps.get(name, rest)) for name in said]
    what = rest - sum(sides)
    while what < rest * 0.3 and said:
        # In a narrow box the table says less, and what it says stays legible.
        said.pop()
        sides.pop()
        rest = room - number - _GUTTER * len(said)
        what = rest - sum(sides)
    names, widths = ("number", "what", *said), (number, what, *sides)
    bare = _Table(options, names, widths, large, ())
    heights = tuple(_row_height(bare, one, say) for one in options)
    return _Table(options, names, widths, large, heights)


def _row_height(table: _Table, one: Numbered, say: Say) -> float:
    tall = max(
        text_height(_cell(one, name, say), width, table.style(one[1], name))
        for name, width in zip(table.names, table.widths, strict=True)
    )
    return max(_ROW, tall + 1.8)


def _cell(one: Numbered, name: str, say: Say) -> str:
    number, option = one
    if name == "number":
        return str(number)
    if name == "what":
        return option_words(option, say)
    words = " ".join(str(getattr(option, name)).split())
    if name in _LEVELS:
        return say(f"level.{words}") if words in LEVELS else ""
    if name == "lasts":
        return say(f"lasts.{words}") if words in LASTS else ""
    return words


def natural_size(figure: Countermeasures, available: float, say: Say) -> tuple[float, float]:
    """Return the room a comparison takes at a width: its rows, and the grid beside or below."""
    return available, _height(figure, available, say, _CELL)


def least_height(figure: Countermeasures, width: float, say: Say) -> float:
    """Return the height down to which the grid can give way."""
    return _height(figure, width, say, _LEAST_CELL)


def _height(figure: Countermeasures, width: float, say: Say, cell: float) -> float:
    caption = caption_height(figure.caption, width)
    if not numbered(figure):
        return caption + leading(LABEL)
    table = _table(figure, width, say)
    rows = _HEAD + sum(table.heights)
    if not figure.grid:
        return caption + rows
    grid = _around_grid(table, width, say) + 3 * cell
    return caption + (max(rows, grid) if _beside(figure, width) else rows + _ABOVE + grid)


def _around_grid(table: _Table, width: float, say: Say) -> float:
    """Return the room over and under the fields of the grid: title, axis, key, who is not on it."""
    left = _not_placed(table, say)
    extra = text_height(left, min(width, _GRID), LABEL_SOFT) + 0.6 if left else 0.0
    return _TITLE + _AXIS + _KEY + extra


def _not_placed(table: _Table, say: Say) -> str:
    numbers = [str(number) for number, option in table.options if spot(option) is None]
    if not numbers:
        return ""
    shown = ", ".join(numbers[:12])
    if len(numbers) > 12:
        shown += " " + say("countermeasures.more", count=len(numbers) - 12)
    return say("countermeasures.not_placed", numbers=shown)


def draw(figure: Countermeasures, frame: Frame) -> int:
    """Draw a comparison into a frame; return how many options found no room.

    The grid gives way first; where even small it finds no room it counts as one.
    """
    inner = draw_caption(frame, figure.caption)
    if not numbered(figure):
        say_quietly(inner, frame.say("countermeasures.empty"))
        return 0
    table = _table(figure, inner.width, frame.say)
    beside = _beside(figure, inner.width)
    rows = _HEAD + sum(table.heights)
    top = 0.0 if beside else rows + _ABOVE
    around = _around_grid(table, inner.width, frame.say)
    cell = min(_CELL, (inner.height - top - around) / 3) if figure.grid else _CELL
    fits = cell >= _LEAST_CELL - 0.02
    shown = len(table.options)
    if rows > inner.height + 0.05 or not fits:
        room = inner.height - _HEAD - too_small_height(inner, shown) - 0.5
        while shown and sum(table.heights[:shown]) > room:
            shown -= 1
    missing = len(table.options) - shown or int(not fits)
    if not shown:
        return say_too_small(inner, missing)
    edges = accumulate(table.heights[:shown], initial=inner.y + _HEAD)
    with inner.ink.table(table.edges(inner.x), [inner.y, *edges]):
        _draw_rows(inner, table, shown)
    if figure.grid and fits and (beside or not missing):
        x = inner.right - _GRID if beside else inner.x
        _draw_grid(inner, table, x, inner.y + top, cell)
    return say_too_small(inner, missing) if missing else 0


def _draw_rows(frame: Frame, table: _Table, shown: int) -> None:
    ink, say = frame.ink, frame.say
    right = frame.x + sum(table.widths) + _GUTTER * (len(table.names) - 2)
    xs = table.edges(frame.x)
    for x, name in zip(xs, table.names, strict=False):
        if name != "number":
            ink.text(x, frame.y + 3.1, say(f"countermeasures.{name}"), LABEL_SOFT)
    top = frame.y + _HEAD
    ink.line(frame.x, top, right, top, colour="axis", pt=0.75)
    for one, height in zip(table.options[:shown], table.heights, strict=False):
        for x, name, width in zip(xs, table.names, table.widths, strict=False):
            style, words = table.style(one[1], name), _cell(one, name, say)
            start = top + (height - text_height(words, width, style)) / 2
            ink.wrapped(x, start, width, words, style)
        top += height
        ink.line(frame.x, top, right, top, colour="grid", pt=HAIRLINE_PT)


def _draw_grid(frame: Frame, table: _Table, x: float, y: float, cell: float) -> None:
    """Draw effect over effort: each option in its field, filled where it was chosen."""
    ink, say = frame.ink, frame.say
    ink.text(x, y + 3.1, say("countermeasures.grid"), LABEL_STRONG)
    top, side = y + _TITLE, 3 * cell
    for step in range(4):
        ink.line(x + step * cell, top, x + step * cell, top + side, colour="grid")
        ink.line(x, top + step * cell, x + side, top + step * cell, colour="grid")
    ink.polyline([(x, top), (x, top + side), (x + side, top + side)], colour="axis")
    fields: dict[tuple[int, int], list[Numbered]] = {}
    for one in table.options:
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
    left_out = _not_placed(table, say)
    if left_out:
        start = top + side + _AXIS + _KEY + 0.6
        ink.wrapped(x, start, min(_GRID, frame.width), left_out, LABEL_SOFT)


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
