"""Where the parts of a process sketch lie: in rows from left to right, nothing over another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from gemba.domain.frame import Frame

STEP: Final = 22.0
OTHER: Final = 17.0
ARROW: Final = 5.0
SYMBOL: Final = 3.8
_WIDEST: Final = 1.6
_PAD: Final = 1.0
_LEAST_BOX: Final = 10.0
_ABOVE: Final = 1.0
_RISE: Final = 4.0
_BETWEEN: Final = 4.0
_NARROW: Final = 45.0

Measure = Callable[[int, float], float]
"""Returns how high the words of an item are, by its place, in a width in mm."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One item: its column, and in it the box of a step or the words over a symbol, and the
    time; ``body`` is the box or the words."""

    index: int
    step: bool
    column: Frame
    body: Frame
    time: Frame


@dataclass(frozen=True, slots=True)
class Band:
    """One row of cells: where its line of arrows runs, and the two levels of its time line."""

    cells: tuple[Cell, ...]
    top: float
    bottom: float
    line: float
    high: float
    low: float
    goes_on: bool
    goes_back: bool


@dataclass(frozen=True, slots=True)
class ProcessLayout:
    """The rows from top to bottom, and how high they are together."""

    bands: tuple[Band, ...]
    height: float


def lay_out(
    steps: Sequence[bool], width: float, body: Measure, time: Measure | None
) -> ProcessLayout:
    """Place items in a width in mm: ``steps`` says which are steps, ``time`` is None where no
    item has a time."""
    rows = _rows(steps, width)
    bands: list[Band] = []
    top = 0.0
    for number, row in enumerate(rows):
        ends = (number > 0, number < len(rows) - 1)
        band = _band(steps, row, width, ends, top, body, time)
        bands.append(band)
        top = band.bottom + _BETWEEN
    return ProcessLayout(tuple(bands), bands[-1].bottom if bands else 0.0)


def _taken(steps: Sequence[bool], row: Sequence[int]) -> tuple[float, float]:
    """Return the width of the cells of a row, and of the arrows between steps."""
    cells = sum(STEP if steps[one] else OTHER for one in row)
    arrows = sum(ARROW for one in row[1:] if steps[one] and steps[one - 1])
    return cells, arrows


def _filled(steps: Sequence[bool], limit: float) -> list[list[int]]:
    rows: list[list[int]] = []
    for index in range(len(steps)):
        if rows and sum(_taken(steps, [*rows[-1], index])) <= limit + 0.01:
            rows[-1].append(index)
        else:
            rows.append([index])
    return rows


def _rows(steps: Sequence[bool], width: float) -> list[list[int]]:
    """Break the items into as few rows as fit, each about as wide as the others."""
    if not steps:
        return []
    rows = _filled(steps, width)
    if len(rows) == 1:
        return rows
    room = max(STEP, width - 2 * _inset(width))
    rows = _filled(steps, room)
    low, high = STEP, room
    for _ in range(12):
        middle = (low + high) / 2
        tried = _filled(steps, middle)
        if len(tried) <= len(rows):
            rows, high = tried, middle
        else:
            low = middle
    return rows


def _inset(width: float) -> float:
    """Return the room at both ends of a row for the arrow to the next one."""
    return ARROW if width >= _NARROW else 0.0


def _band(
    steps: Sequence[bool],
    row: Sequence[int],
    width: float,
    ends: tuple[bool, bool],
    top: float,
    body: Measure,
    time: Measure | None,
) -> Band:
    goes_back, goes_on = ends
    cells, arrows = _taken(steps, row)
    inset = _inset(width) if goes_back or goes_on else 0.0
    room = width - 2 * inset
    scale = max(0.1, min(_WIDEST, (room - arrows) / cells))
    columns: list[tuple[int, float, float]] = []
    x = inset if goes_back else 0.0
    for at, index in enumerate(row):
        if at and steps[index] and steps[row[at - 1]]:
            x += ARROW
        wide = (STEP if steps[index] else OTHER) * scale
        columns.append((index, x, wide))
        x += wide
    inner = [(index, max(1.0, wide - 2 * _PAD)) for index, _x, wide in columns]
    level = _levels(steps, inner, top, body, time)
    cells_made = []
    for index, x, wide in columns:
        cells_made.append(_cell(steps, index, x, wide, level, body, time))
    bottom = max(level.low, max(one.time.bottom for one in cells_made))
    whole = tuple(
        replace(one, column=Frame(one.column.x, top, one.column.width, bottom - top))
        for one in cells_made
    )
    return Band(whole, top, bottom, level.line, level.high, level.low, goes_on, goes_back)


@dataclass(frozen=True, slots=True)
class _Levels:
    line: float
    box: float
    high: float
    low: float


def _levels(
    steps: Sequence[bool],
    inner: Sequence[tuple[int, float]],
    top: float,
    body: Measure,
    time: Measure | None,
) -> _Levels:
    """Return at which heights a row has its arrows and time line, and how high boxes are."""
    boxes = [body(index, wide) for index, wide in inner if steps[index]]
    labels = [body(index, wide) for index, wide in inner if not steps[index]]
    box = max(_LEAST_BOX, max(boxes, default=0.0) + 2 * _PAD)
    over = max((label + SYMBOL + 2 * _ABOVE for label in labels), default=0.0)
    line = top + max(box / 2, over)
    high = low = line + box / 2
    if time is not None:
        waits = [time(index, wide) for index, wide in inner if not steps[index]]
        high += 1.6 + max(waits, default=0.0)
        low = high + (_RISE if waits else 0.0)
    return _Levels(line, box, high, low)


def _cell(
    steps: Sequence[bool],
    index: int,
    x: float,
    wide: float,
    level: _Levels,
    body: Measure,
    time: Measure | None,
) -> Cell:
    inner = max(1.0, wide - 2 * _PAD)
    left = x + (wide - inner) / 2
    taken = time(index, inner) if time is not None else 0.0
    if steps[index]:
        place = Frame(x, level.line - level.box / 2, wide, level.box)
        when = Frame(left, level.low + 0.6, inner, taken)
    else:
        words = body(index, inner)
        place = Frame(left, level.line - SYMBOL - 2 * _ABOVE - words, inner, words)
        when = Frame(left, level.high - 0.6 - taken, inner, taken)
    return Cell(index, steps[index], Frame(x, 0.0, wide, 0.0), place, when)
