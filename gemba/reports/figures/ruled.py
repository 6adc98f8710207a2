"""Rows of cells with a line under each, as all tables on paper are drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from gemba.reports.figures.parts import Frame, leading, say_too_small, too_small_height
from gemba.reports.lines import cut, fold
from gemba.reports.style import HAIRLINE_PT, LABEL, LABEL_SOFT, TextStyle

ROW: Final = 6.2
SMALL_ROW: Final = 5.4
_HEAD_PAD: Final = 1.3


@dataclass(frozen=True, slots=True)
class Cell:
    """The words of one cell and how they are written; ``align`` is left, right or centre;
    ``shift`` is how far from the right edge a right one ends, in mm."""

    text: str
    style: TextStyle = LABEL
    align: str = "left"
    shift: float = 0.0


Paint = Callable[[Frame, int, int, float, float, float, float], None]
"""Draws into a cell: row and column, then left, top, width and height in mm."""


@dataclass(frozen=True, slots=True)
class Ruled:
    """Columns with their widths in mm, heads above them, and rows of as many cells.

    ``gutter`` lies between columns. A row is ``pad`` higher than its words, at least ``least``.
    """

    widths: tuple[float, ...]
    heads: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    gutter: float = 3.4
    least: float = ROW
    pad: float = 1.8

    @property
    def width(self) -> float:
        """How wide all columns are together."""
        return sum(self.widths) + self.gutter * (len(self.widths) - 1)

    def lefts(self) -> list[float]:
        """Return where each column begins."""
        found, x = [], 0.0
        for width in self.widths:
            found.append(x)
            x += width + self.gutter
        return found

    def head_height(self) -> float:
        """Return the height of the heads, 0 where there are none."""
        if not any(head.text for head in self.heads):
            return 0.0
        return self._tall(self.heads) + _HEAD_PAD

    def row_height(self, row: Sequence[Cell]) -> float:
        """Return the height of a row with the line below it."""
        return max(self.least, self._tall(row) + self.pad)

    def height(self) -> float:
        """Return the height of all of it."""
        return self.head_height() + sum(self.row_height(row) for row in self.rows)

    def _tall(self, row: Sequence[Cell]) -> float:
        return max(
            (
                len(fold(cell.text, width, cell.style)) * leading(cell.style)
                for cell, width in zip(row, self.widths, strict=False)
            ),
            default=0.0,
        )


def shared_widths(
    wanted: Sequence[float], least: Sequence[float], room: float, gutter: float
) -> tuple[float, ...]:
    """Share a room among columns: what each wants where that fits, else the widest give way
    first, none below its least while there is room for all leasts."""
    room = max(1.0, room - gutter * (len(wanted) - 1))
    if sum(wanted) <= room:
        return tuple(wanted)
    floor = [min(one, other) for one, other in zip(wanted, least, strict=True)]
    if sum(floor) >= room:
        return tuple(one * room / sum(floor) for one in floor)
    low, high = 0.0, max(wanted)
    for _ in range(40):
        middle = (low + high) / 2
        taken = sum(max(f, min(w, middle)) for w, f in zip(wanted, floor, strict=True))
        low, high = (middle, high) if taken <= room else (low, middle)
    return tuple(max(f, min(w, low)) for w, f in zip(wanted, floor, strict=True))


def draw_ruled(
    table: Ruled, frame: Frame, paint: Paint | None = None, *, also: int = 0
) -> tuple[int, float]:
    """Draw a table into a frame; return how many rows found no room, or not for all their words,
    and how high it became. What is missing is said at the foot of the frame, together with
    ``also`` other things that are."""
    head = table.head_height()
    heights = [table.row_height(row) for row in table.rows]
    missing = 0
    if sum(heights) > frame.height - head + 0.05 or also:
        note = too_small_height(frame, len(heights) + also) + 0.5
        if head > frame.height / 3:
            # Long heads leave room for what stands below them.
            head, also = max(frame.height / 3, leading(LABEL_SOFT) + _HEAD_PAD), also + 1
        heights, missing = _fitted(table, heights, frame.height - head - note)
        if not heights:
            return say_too_small(frame, missing + also), frame.height
    edges = [frame.x + x for x in table.lefts()] + [frame.x + table.width]
    levels = [*([frame.y] if head else []), *accumulate(heights, initial=frame.y + head)]
    with frame.ink.table(edges, levels):
        top = _draw_all(table, frame, head, heights)
    if paint is not None:
        _paint_all(table, frame, head, heights, paint)
    if missing + also:
        say_too_small(frame, missing + also)
    return missing + also, top


def _fitted(table: Ruled, heights: list[float], room: float) -> tuple[list[float], int]:
    """Return the heights of the rows that are drawn in a room, and how many are not or not whole:
    the last rows give way, or where fewer suffer the highest show their first lines."""
    shown = len(heights)
    while shown and sum(heights[:shown]) > room + 0.01:
        shown -= 1
    dropped = len(heights) - shown
    if not dropped:
        return heights, 0
    low, high = 0.0, max(heights)
    for _ in range(40):
        cap = (low + high) / 2
        taken = sum(min(height, cap) for height in heights)
        low, high = (cap, high) if taken <= room else (low, cap)
    was_cut = sum(height > low + 0.01 for height in heights)
    if low >= table.least * 1.5 and was_cut <= dropped:
        return [min(height, low) for height in heights], was_cut
    left = room - sum(heights[:shown])
    if left >= table.least:
        # The first row that does not fit shows its first lines.
        return [*heights[:shown], left], dropped
    return heights[:shown], dropped


def _draw_all(table: Ruled, frame: Frame, head: float, heights: Sequence[float]) -> float:
    if head:
        _draw_cells(table, frame, table.heads, 0.0, head - _HEAD_PAD, middle=False)
        y = frame.y + head
        frame.ink.line(frame.x, y, frame.x + table.width, y, colour="axis", pt=0.75)
    top = head
    for row, height in zip(table.rows, heights, strict=False):
        _draw_cells(table, frame, row, top, height, middle=True)
        top += height
        y = frame.y + top
        frame.ink.line(frame.x, y, frame.x + table.width, y, colour="grid", pt=HAIRLINE_PT)
    return top


def _paint_all(
    table: Ruled, frame: Frame, head: float, heights: Sequence[float], paint: Paint
) -> None:
    """Draw what is no text into the cells, after them: it is no part of the table's words."""
    top = frame.y + head
    for number, height in enumerate(heights):
        for at, (x, width) in enumerate(zip(table.lefts(), table.widths, strict=True)):
            paint(frame, number, at, frame.x + x, top, width, height)
        top += height


def _draw_cells(
    table: Ruled, frame: Frame, row: Sequence[Cell], top: float, height: float, *, middle: bool
) -> None:
    ink = frame.ink
    for cell, x, width in zip(row, table.lefts(), table.widths, strict=False):
        lines = fold(cell.text, width, cell.style)
        room = height - (table.pad / 2 if middle else 0.0)
        most = max(1, int(room / leading(cell.style) + 0.01))
        lines = cut(lines, most, width, cell.style)
        taken = len(lines) * leading(cell.style)
        start = frame.y + top + ((height - taken) / 2 if middle else height - taken)
        for number, line in enumerate(lines):
            base = start + ink.baseline_of(cell.style, number)
            at = {"left": x, "right": x + width - cell.shift, "centre": x + width / 2}[cell.align]
            ink.text(frame.x + at, base, line, cell.style, align=cell.align)


def head_cells(words: Sequence[str], aligns: Sequence[str] = ()) -> tuple[Cell, ...]:
    """Return the heads of columns, soft, aligned as the columns are."""
    return tuple(
        Cell(word, LABEL_SOFT, aligns[at] if at < len(aligns) else "left")
        for at, word in enumerate(words)
    )
