"""Countermeasures on paper: a row for each option, and effect over effort from the same rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Final

from gemba.domain.figures import Countermeasures
from gemba.domain.figures.countermeasure_rules import numbered, option_words
from gemba.domain.figures.countermeasures import LASTS, LEVELS, Option
from gemba.domain.figures.telling import Say
from gemba.reports.figures.effort_grid import GRID, Numbered, around_grid, draw_grid
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
from gemba.reports.figures.shortened import lines_kept, lines_of
from gemba.reports.ink import Ink
from gemba.reports.style import (
    CELL,
    CELL_SOFT,
    CELL_STRONG,
    HAIRLINE_PT,
    LABEL,
    LABEL_SOFT,
    LABEL_STRONG,
    TextStyle,
)

_HEAD: Final = 5.2
_ROW: Final = 6.2
_GUTTER: Final = 3.4
_WIDE: Final = 140.0
_GRID_GAP: Final = 8.0
_CELL: Final = 12.6
_LEAST_CELL: Final = 8.5
_ABOVE: Final = 3.0
_LEVELS: Final = ("effort", "risk")


@dataclass(frozen=True, slots=True)
class _Table:
    """The columns of words with their widths in mm, and the height of each row."""

    options: tuple[Numbered, ...]
    names: tuple[str, ...]
    widths: tuple[float, ...]
    large: bool
    heights: tuple[float, ...]
    most: int | None = None
    """How many lines of a text stand there; None for all of them."""

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
    room = width - GRID - _GRID_GAP if _beside(figure, width) else width
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
    return _of_lines(_Table(options, names, widths, large, ()), say, None)


def _of_lines(table: _Table, say: Say, most: int | None) -> _Table:
    """Return a table whose texts have at most so many lines; None for any number."""
    heights = tuple(
        max(_ROW, max(text_height(*text, most) for text in _texts(table, one, say)) + 1.8)
        for one in table.options
    )
    return replace(table, heights=heights, most=most)


def _texts(table: _Table, one: Numbered, say: Say) -> list[tuple[str, float, TextStyle]]:
    return [
        (_cell(one, name, say), width, table.style(one[1], name))
        for name, width in zip(table.names, table.widths, strict=True)
    ]


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
    grid = around_grid(table.options, width, say) + 3 * cell
    return caption + (max(rows, grid) if _beside(figure, width) else rows + _ABOVE + grid)


def draw(figure: Countermeasures, frame: Frame) -> int:
    """Draw a comparison into a frame; return how many options found no room.

    The grid gives way first; where even small it finds no room it counts as one.
    """
    inner = draw_caption(frame, figure.caption)
    if not numbered(figure):
        say_quietly(inner, frame.say("countermeasures.empty"))
        return 0
    fit = _fitted(figure, inner)
    table, shown = fit.table, fit.shown
    if not shown:
        return say_too_small(inner, fit.missing)
    edges = accumulate(table.heights[:shown], initial=inner.y + _HEAD)
    with inner.ink.table(table.edges(inner.x), [inner.y, *edges]):
        _draw_rows(inner, table, shown)
    beside = _beside(figure, inner.width)
    if figure.grid and fit.cell >= _LEAST_CELL - 0.02 and (beside or shown == len(table.options)):
        x = inner.right - GRID if beside else inner.x
        draw_grid(inner, table.options, x, inner.y + fit.top, fit.cell)
    return say_too_small(inner, fit.missing) if fit.missing else 0


@dataclass(frozen=True, slots=True)
class _Fit:
    """A table in a frame: how many rows find room, where the grid begins and how large its fields
    are, in mm, and how many options find no room, or not for all their words."""

    table: _Table
    shown: int
    top: float
    cell: float
    missing: int


def _fitted(figure: Countermeasures, frame: Frame) -> _Fit:
    """Return what finds room: all of it, or with long texts shortened, or the first rows."""
    table = _table(figure, frame.width, frame.say)
    whole = _fit(figure, table, frame, 0)
    if not whole.missing:
        return whole
    lines = [lines_of(_texts(table, one, frame.say)) for one in table.options]

    def at(most: int | None) -> tuple[_Fit, int]:
        fit = _fit(figure, _of_lines(table, frame.say, most), frame, 1)
        return fit, sum(most is not None and one > most for one in lines[: fit.shown])

    def left_out(most: int | None) -> tuple[int, int]:
        fit, was_cut = at(most)
        return fit.missing, was_cut

    fit, was_cut = at(lines_kept(max(lines), left_out))
    return replace(fit, missing=fit.missing + was_cut)


def _fit(figure: Countermeasures, table: _Table, frame: Frame, said: int) -> _Fit:
    """Place a table as it is; ``said`` is 1 where the sentence about what is left out comes."""
    beside = _beside(figure, frame.width)
    rows = _HEAD + sum(table.heights)
    top = 0.0 if beside else rows + _ABOVE
    around = around_grid(table.options, frame.width, frame.say)
    note = too_small_height(frame, len(table.options)) + 0.5
    bottom = frame.height - note * said
    cell = min(_CELL, (bottom - top - around) / 3) if figure.grid else _CELL
    fits = cell >= _LEAST_CELL - 0.02
    shown = len(table.options)
    if rows > bottom + 0.05 or not fits:
        room = frame.height - _HEAD - note
        while shown and sum(table.heights[:shown]) > room:
            shown -= 1
    return _Fit(table, shown, top, cell, len(table.options) - shown or int(not fits))


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
            start = top + (height - text_height(words, width, style, table.most)) / 2
            ink.wrapped(x, start, width, words, style, most=table.most)
        top += height
        ink.line(frame.x, top, right, top, colour="grid", pt=HAIRLINE_PT)
