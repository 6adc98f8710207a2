"""A problem statement on paper: its sentence, what is known, and what is not said yet."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from gemba.domain.figures import Problem
from gemba.domain.figures.problem_rules import answers, has_words, open_told
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
from gemba.reports.figures.ruled import SMALL_ROW, Cell, Ruled, draw_ruled
from gemba.reports.lines import fold
from gemba.reports.style import CELL_STRONG, LABEL, LABEL_SOFT

_GAP: Final = 1.4
_NAME: Final = 31.0
_WIDE: Final = 150.0
_BETWEEN: Final = 8.0
_OPEN_GAP: Final = 1.6


def _statement(figure: Problem) -> str:
    return " ".join(figure.statement.split())


def _statement_height(figure: Problem, width: float, most: int | None = None) -> float:
    words = _statement(figure)
    if not words:
        return 0.0
    count = len(fold(words, width, CELL_STRONG))
    return (count if most is None else min(count, most)) * leading(CELL_STRONG) + _GAP


def _tables(figure: Problem, width: float, say: Say) -> list[Ruled]:
    """Return the answers as one table, or two beside each other where there is room."""
    rows = tuple(
        (Cell(say(f"problem.{name}"), LABEL_SOFT), Cell(words, LABEL))
        for name, words in answers(figure)
    )
    if width < _WIDE or len(rows) < 3:
        return [_table(rows, width)] if rows else []
    half = (len(rows) + 1) // 2
    room = (width - _BETWEEN) / 2
    return [_table(rows[:half], room), _table(rows[half:], room)]


def _table(rows: tuple[tuple[Cell, ...], ...], width: float) -> Ruled:
    name = min(_NAME, width * 0.34)
    return Ruled((name, max(1.0, width - name - 3.0)), (), rows, 3.0, SMALL_ROW)


def _body_height(figure: Problem, width: float, say: Say) -> float:
    tables = max((table.height() for table in _tables(figure, width, say)), default=0.0)
    left = open_told(figure, say)
    return (
        _statement_height(figure, width)
        + tables
        + (_OPEN_GAP + text_height(left, width, LABEL_SOFT) if left else 0.0)
    )


def natural_size(figure: Problem, available: float, say: Say) -> tuple[float, float]:
    """Return the room a problem statement takes at a width."""
    caption = caption_height(figure.caption, available)
    if not has_words(figure):
        return available, caption + leading(LABEL)
    return available, caption + _body_height(figure, available, say)


def draw(figure: Problem, frame: Frame) -> int:
    """Draw a problem statement into a frame; return how many of its parts found no room."""
    inner = draw_caption(frame, figure.caption)
    say, width = frame.say, inner.width
    if not has_words(figure):
        say_quietly(inner, say("problem.empty"))
        return 0
    if _body_height(figure, width, say) > inner.height + 0.05:
        return _draw_part(figure, inner)
    if _statement(figure):
        inner.ink.wrapped(inner.x, inner.y, width, _statement(figure), CELL_STRONG)
    rest = inner.below(_statement_height(figure, width))
    taken = 0.0
    for table, place in zip(_tables(figure, width, say), (rest.x, 0.0), strict=False):
        left = place or rest.right - table.width
        taken = max(taken, draw_ruled(table, replace(rest, x=left, width=table.width))[1])
    words = open_told(figure, say)
    if words:
        top = rest.y + taken + _OPEN_GAP
        inner.ink.wrapped(inner.x, top, width, words, LABEL_SOFT)
    return 0


def _draw_part(figure: Problem, frame: Frame) -> int:
    """Draw what there is room for: the sentence first, then answers in their order."""
    rows = [row for table in _tables(figure, frame.width, frame.say) for row in table.rows]
    words = _statement(figure)
    count = len(rows) + bool(words)
    note = too_small_height(frame, count) + 0.5
    lines = len(fold(words, frame.width, CELL_STRONG)) if words else 0
    most = max(0, int((frame.height - note - _GAP) / leading(CELL_STRONG) + 0.01))
    if not most:
        return say_too_small(frame, max(1, count))
    if lines:
        frame.ink.wrapped(frame.x, frame.y, frame.width, words, CELL_STRONG, most=most)
    rest = frame.below(_statement_height(figure, frame.width, most))
    table = _table(tuple(rows), frame.width)
    # Where there is room for all but the line of what is open, that counts.
    also = int(lines > most) or int(table.height() <= rest.height)
    return draw_ruled(table, rest, also=also)[0]
