"""A table on paper: columns as wide as their words, numbers below each other by decimals."""

from __future__ import annotations

import re
from typing import Final

from gemba.domain.figures import TableFigure
from gemba.domain.figures.table import CELLS
from gemba.domain.figures.table_chart import way_of
from gemba.domain.figures.table_rules import body_of, number_columns, tails
from gemba.domain.figures.telling import Say
from gemba.reports.figures import table_chart
from gemba.reports.figures.parts import (
    Frame,
    caption_height,
    draw_caption,
    leading,
    say_quietly,
)
from gemba.reports.figures.ruled import (
    ROW,
    SMALL_ROW,
    Cell,
    Ruled,
    draw_ruled,
    shared_widths,
)
from gemba.reports.ink import Ink
from gemba.reports.style import CELL, LABEL, LABEL_SOFT, TextStyle

_GUTTER: Final = 4.0
_LEAST: Final = 8.0
_MOST_ROWS: Final = 200
_LONG_WORD: Final = 28.0
_SPLIT: Final = re.compile(r"[\s\-/]+")


def _table(figure: TableFigure, width: float) -> tuple[Ruled, int]:
    """Return the table as it is drawn in a width, and how many columns and rows it leaves out."""
    heads, all_rows = body_of(figure)
    # No paper holds more; what lies beyond them is only counted.
    rows = all_rows[:_MOST_ROWS]
    most = max(1, int((width + _GUTTER) / (_LEAST + _GUTTER)))
    shown = min(len(heads), most)
    numbers = number_columns(figure)
    style = CELL
    columns = [[row[at] for row in rows] for at in range(shown)]
    if sum(_wanted(heads[at], columns[at], CELL) for at in range(shown)) > width - _GUTTER * shown:
        style = LABEL
    wanted = [_wanted(heads[at], columns[at], style) for at in range(shown)]
    least = [_needed(heads[at], columns[at], style, numbers[at]) for at in range(shown)]
    widths = shared_widths(wanted, least, width, _GUTTER)
    shifts = [
        _shifts(columns[at], style) if numbers[at] else [0.0] * len(rows) for at in range(shown)
    ]
    cells = tuple(
        tuple(
            Cell(row[at], style, "right" if numbers[at] else "left", shifts[at][number])
            for at in range(shown)
        )
        for number, row in enumerate(rows)
    )
    over = tuple(
        Cell(heads[at], LABEL_SOFT, "right" if numbers[at] else "left") for at in range(shown)
    )
    least_row = ROW if style is CELL else SMALL_ROW
    dropped = len(heads) - shown + len(all_rows) - len(rows)
    return Ruled(widths, over, cells, _GUTTER, least_row), dropped


def _wanted(head: str, column: list[str], style: TextStyle) -> float:
    texts = [Ink.text_width(cell, style) for cell in column]
    own = max([*texts, Ink.text_width(head, LABEL_SOFT), 1.0])
    # Decimals of different lengths stand out on both sides of the mark.
    spread = [Ink.text_width(one, style) for one in tails(column)] if column else [0.0]
    return own + (max(spread) - min(spread) if max(spread) < 20 else 0.0) + 0.3


def _needed(head: str, column: list[str], style: TextStyle, numbers: bool) -> float:
    """Return how narrow a column may get: its longest word, within reason; numbers keep whole."""
    if numbers:
        return min(_wanted("", column, style), _LONG_WORD)
    words = [word for cell in (*column, head) for word in _SPLIT.split(cell[:2000])]
    longest = max((Ink.text_width(word, style) for word in words), default=0.0)
    return max(_LEAST, min(longest + 0.3, _LONG_WORD))


def _shifts(column: list[str], style: TextStyle) -> list[float]:
    """Return how far each number stands in from the right edge for its decimal mark to stand
    below the others."""
    widths = [Ink.text_width(one, style) for one in tails(column)]
    longest = max(widths, default=0.0)
    return [longest - width if cell else 0.0 for cell, width in zip(column, widths, strict=True)]


def natural_size(figure: TableFigure, available: float, say: Say) -> tuple[float, float]:
    """Return the room a table takes at a width."""
    if way_of(figure) != CELLS:
        return table_chart.natural_size(figure, available)
    caption = caption_height(figure.caption, available)
    heads, _rows = body_of(figure)
    if not heads:
        return available, caption + leading(LABEL)
    return available, caption + max(leading(LABEL), _table(figure, available)[0].height())


def draw(figure: TableFigure, frame: Frame) -> int:
    """Draw a table into a frame; return how many rows and columns found no room."""
    if way_of(figure) != CELLS and body_of(figure)[0]:
        return table_chart.draw(figure, frame)
    inner = draw_caption(frame, figure.caption)
    if not body_of(figure)[0]:
        say_quietly(inner, frame.say("table.empty"))
        return 0
    table, dropped = _table(figure, inner.width)
    return draw_ruled(table, inner, also=dropped)[0]
