"""Is / is not on paper: a row for each aspect, or in a narrow box a list under each."""

from __future__ import annotations

from typing import Final

from gemba.domain.figures import IsIsNot
from gemba.domain.figures.is_is_not import COLUMNS, Contrast
from gemba.domain.figures.is_is_not_rules import aspect_words, told_rows
from gemba.domain.figures.telling import Say
from gemba.reports.figures.parts import (
    Frame,
    caption_height,
    draw_caption,
    leading,
    say_quietly,
)
from gemba.reports.figures.ruled import SMALL_ROW, Cell, Ruled, draw_ruled, head_cells
from gemba.reports.style import LABEL, LABEL_SOFT, LABEL_STRONG

_NARROW: Final = 110.0
_ASPECT: Final = 15.0
_GUTTER: Final = 3.4
_LABEL: Final = 30.0


def _words(row: Contrast, column: str) -> str:
    return " ".join(getattr(row, column).split())


def _table(figure: IsIsNot, width: float, say: Say) -> Ruled:
    rows = told_rows(figure)
    if width < _NARROW:
        return _list(rows, width, say)
    room = (width - _ASPECT - _GUTTER * 4) / 4
    heads = head_cells(["", *(say(f"is_is_not.{column}") for column in COLUMNS)])
    cells = tuple(
        (
            Cell(aspect_words(row, say), LABEL_STRONG),
            *(Cell(_words(row, one), LABEL_STRONG if one == "seen" else LABEL) for one in COLUMNS),
        )
        for row in rows
    )
    return Ruled((_ASPECT, *([room] * 4)), heads, cells, _GUTTER, SMALL_ROW)


def _list(rows: tuple[Contrast, ...], width: float, say: Say) -> Ruled:
    """Return one line for each cell, the aspect before the first."""
    label = min(_LABEL, width * 0.32)
    aspect = min(_ASPECT, width * 0.2)
    cells = []
    for row in rows:
        first = aspect_words(row, say)
        for column in COLUMNS:
            words = _words(row, column)
            if not words:
                continue
            style = LABEL_STRONG if column == "seen" else LABEL
            name = Cell(say(f"is_is_not.{column}"), LABEL_SOFT)
            cells.append((Cell(first, LABEL_STRONG), name, Cell(words, style)))
            first = ""
    rest = max(1.0, width - aspect - label - 2 * 2.4)
    return Ruled((aspect, label, rest), (), tuple(cells), 2.4, SMALL_ROW)


def natural_size(figure: IsIsNot, available: float, say: Say) -> tuple[float, float]:
    """Return the room the rows take at a width."""
    caption = caption_height(figure.caption, available)
    if not told_rows(figure):
        return available, caption + leading(LABEL)
    return available, caption + _table(figure, available, say).height()


def draw(figure: IsIsNot, frame: Frame) -> int:
    """Draw the rows into a frame; return how many found no room."""
    inner = draw_caption(frame, figure.caption)
    if not told_rows(figure):
        say_quietly(inner, frame.say("is_is_not.empty"))
        return 0
    return draw_ruled(_table(figure, inner.width, frame.say), inner)[0]
