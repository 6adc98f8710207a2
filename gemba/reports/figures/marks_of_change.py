"""The dotted lines of changes over a run chart, and labels that never stand on each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from gemba.domain.figures import RunChart
from gemba.domain.figures.run_chart import across, changes_in_order, in_order
from gemba.domain.figures.telling import Say, short_date
from gemba.reports.figures.parts import Frame, draw_key, key_height, key_missing, leading
from gemba.reports.ink import Ink
from gemba.reports.style import LABEL

_MOST_ROWS: Final = 3
_GAP: Final = 1.2
_BESIDE: Final = 0.9
_OVER: Final = 10.0


@dataclass(frozen=True, slots=True)
class Flag:
    """One change: where its line stands, where its words begin and end, in mm from the frame,
    and in which row from below."""

    x: float
    start: float
    row: int
    words: str
    end: float

    @property
    def first(self) -> float:
        """The left end of line and words together."""
        return min(self.x, self.start)

    @property
    def last(self) -> float:
        """The right end of line and words together."""
        return max(self.x, self.end)


@dataclass(frozen=True, slots=True)
class Flags:
    """All changes of a chart. Where words would need too many rows, numbers stand over the
    lines and ``key`` explains them under the chart; ``missing`` lines have not even that."""

    flags: tuple[Flag, ...]
    rows: int
    key: tuple[str, ...]
    width: float
    missing: int

    @property
    def height(self) -> float:
        """The room over the chart, in mm."""
        return self.rows * leading(LABEL) + 0.6 if self.flags else 0.0

    @property
    def key_height(self) -> float:
        """The room under the chart, in mm."""
        return key_height(self.key, self.width)

    @property
    def untold(self) -> int:
        """How many changes have no line, or no words in the key, whichever are more."""
        return max(self.missing, key_missing(self.key, self.width))

    def draw(self, frame: Frame, top: float, bottom: float) -> None:
        """Draw lines and words; ``top`` and ``bottom`` are those of the plot."""
        ink = frame.ink
        for flag in self.flags:
            foot = top - flag.row * leading(LABEL)
            x, dash = frame.x + flag.x, (0.5, 0.6)
            ink.line(x, foot - 2.9, x, bottom, colour="ink_soft", pt=0.75, dash=dash)
        for flag in self.flags:
            base = top - flag.row * leading(LABEL) - 0.9
            ink.text(frame.x + flag.start, base, flag.words, LABEL)
        draw_key(frame, self.key, frame.bottom)


def place_flags(chart: RunChart, left: float, right: float, say: Say) -> Flags:
    """Place the changes of a chart whose first reading lies at left and last at right, in mm.

    Words stand right of their line, or left of it where the chart ends.
    """
    marks = changes_in_order(chart) if in_order(chart) else ()
    xs = [left + across(chart, mark.on, before=True) * (right - left) for mark in marks]
    words = [" ".join(mark.label.split()) or short_date(mark.on) for mark in marks]
    placed, dropped = _rows(xs, words, left, right, _MOST_ROWS)
    width = right - left
    if not dropped:
        return Flags(placed, _count(placed), (), width, 0)
    numbers = [str(number + 1) for number in range(len(words))]
    key = tuple(f"{n} {w}" for n, w in zip(numbers, words, strict=True))
    placed, dropped = _rows(xs, numbers, left, right, _MOST_ROWS)
    return Flags(placed, _count(placed), key, width, dropped)


def _count(flags: tuple[Flag, ...]) -> int:
    return max((flag.row for flag in flags), default=-1) + 1


def _rows(
    xs: list[float], words: list[str], left: float, right: float, most: int
) -> tuple[tuple[Flag, ...], int]:
    """Put each label into the lowest row with room, from the last change back to the first, so
    that words stand over the lines they reach across."""
    found: list[Flag] = []
    dropped = 0
    for x, label in zip(reversed(xs), reversed(words), strict=True):
        width = Ink.text_width(label, LABEL)
        fits = x + _BESIDE + width <= right + _OVER
        start = x + _BESIDE if fits else max(left, x - _BESIDE - width)
        flags = (Flag(x, start, row, label, start + width) for row in range(most))
        flag = next((flag for flag in flags if not any(_clash(flag, f) for f in found)), None)
        if flag is None or width > right + _OVER - left:
            dropped += 1
        else:
            found.append(flag)
    return tuple(reversed(found)), dropped


def _clash(one: Flag, other: Flag) -> bool:
    """Tell whether words stand on words, or a line runs through words on its way up."""
    if one.row == other.row:
        return one.first < other.last + _GAP and other.first < one.last + _GAP
    low, high = (one, other) if one.row < other.row else (other, one)
    return low.start - 0.4 < high.x < low.end + 0.4
