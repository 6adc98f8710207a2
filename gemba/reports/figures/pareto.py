"""A Pareto on paper: lying bars, the largest on top, and the cumulative line in its own column."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import Final

from gemba.domain.figures import Pareto
from gemba.domain.figures.pareto_rules import Ranked, Ranking, rank
from gemba.domain.figures.pareto_words import undrawn_told
from gemba.domain.figures.telling import Say, number_text, with_unit
from gemba.domain.figures.words import bar_words
from gemba.reports.charted import Charted
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
from gemba.reports.lines import cut, fold
from gemba.reports.style import HAIRLINE_PT, LABEL, LABEL_SOFT, MM, Colour

WIDTH: Final = 105.0
_HEAD: Final = 5.4
_FOOT: Final = 6.0
_LINES: Final = 2
_ROW: Final = 5.8
_PAD: Final = 1.6
_BAR: Final = 3.9
_PAIR: Final = 2.1
_GAP: Final = 2.2
_CURVE: Final = 15.0
_LEAST_BAR: Final = 6.0
_TALLEST: Final = 2.0
"""So many times as high as they need to be do rows become in a frame with room to spare."""
_KEY: Final = 5.2


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the parts of a row lie, in mm from the frame; ``curve`` is 0 where it has no room."""

    label: float
    bar_at: float
    bar: float
    curve_at: float
    curve: float
    heights: tuple[float, ...]
    stretch: float = 1.0


def natural_size(figure: Pareto, available: float, say: Say) -> tuple[float, float]:
    """Return the room a Pareto takes at a width: its head, a row for each bar, its foot."""
    width = min(available, WIDTH)
    ranking = rank(figure)
    caption = caption_height(figure.caption, width)
    if not ranking.bars:
        told = _undrawn_height(figure, width, say)
        return width, caption + leading(LABEL) + told
    rows = sum(_columns(figure, ranking, width, say).heights)
    return width, caption + _HEAD + rows + _foot_height(figure, ranking, width, say)


def _columns(figure: Pareto, ranking: Ranking, width: float, say: Say) -> _Columns:
    names = [bar_words(bar, say) for bar in ranking.bars]
    widest = max(Ink.text_width(name, LABEL) for name in names)
    label = min(widest + 0.3, width * 0.32)
    value = max(Ink.text_width(_value(figure, bar), LABEL) for bar in ranking.bars) + 1.6
    share = Ink.text_width("100 %", LABEL)
    curve = _CURVE
    bar = width - label - _GAP - value - _GAP - share - _GAP - curve
    if bar < 2 * _LEAST_BAR:
        curve = 0.0
        bar = width - label - _GAP - value - _GAP - share
    at = label + _GAP
    heights = tuple(
        max(_ROW, min(_LINES, len(fold(name, label, LABEL))) * leading(LABEL) + _PAD)
        for name in names
    )
    return _Columns(label, at, max(_LEAST_BAR, bar), width - share - _GAP - curve, curve, heights)


def _value(figure: Pareto, bar: Ranked) -> str:
    value = number_text(bar.value) if bar.counted else "–"
    return f"{value} → {number_text(bar.after)}" if bar.after is not None else value


def draw(figure: Pareto, frame: Frame) -> int:
    """Draw a Pareto into a frame; return how many bars found no room."""
    inner = draw_caption(frame, figure.caption)
    ranking = rank(figure)
    if not ranking.bars:
        say_quietly(inner, frame.say("pareto.empty"))
        _draw_undrawn(figure, inner, inner.y + leading(LABEL))
        return 0
    columns = _columns(figure, ranking, inner.width, frame.say)
    if frame.ink.keeps:
        # The bars of another program are all of one height.
        even = sum(columns.heights) / len(columns.heights)
        columns = replace(columns, heights=(even,) * len(columns.heights))
    heights = columns.heights
    room = inner.height - _HEAD - _foot_height(figure, ranking, inner.width, frame.say)
    shown = len(ranking.bars)
    if sum(heights) > room + 0.05:
        room -= too_small_height(inner, shown) + 0.5
        while shown and sum(heights[:shown]) > room:
            shown -= 1
    elif room > sum(heights) + 0.5:
        stretch = min(_TALLEST, room / sum(heights))
        heights = tuple(one * stretch for one in heights)
        columns = replace(columns, heights=heights, stretch=stretch)
    missing = len(ranking.bars) - shown
    if not shown:
        return say_too_small(inner, missing)
    bottom = inner.y + _HEAD + sum(heights[:shown])
    if ranking.few:
        base, words = inner.y + 3.1, frame.say("pareto.adds_up")
        frame.ink.text(inner.right, base, words, LABEL_SOFT, align="right")
    x, top = inner.x + columns.bar_at, inner.y + _HEAD
    room = columns.curve_at - columns.bar_at - columns.bar
    with inner.ink.charted(
        x, top, columns.bar, bottom - top, columns.bar_at, room, Charted(figure)
    ):
        _draw_bars(figure, inner, columns, ranking, shown)
        inner.ink.line(x, top, x, bottom, colour="axis", pt=HAIRLINE_PT)
    _draw_shares(inner, columns, ranking, shown)
    _draw_foot(figure, inner, columns, ranking, bottom)
    if not missing:
        foot = _foot_height(figure, ranking, inner.width, frame.say)
        told = _undrawn_height(figure, inner.width, frame.say)
        _draw_undrawn(figure, inner, bottom + foot - told)
    return say_too_small(inner, missing) if missing else 0


def _middles(frame: Frame, columns: _Columns, shown: int) -> list[float]:
    """Return the height at which each row has its middle."""
    edges = [0.0, *accumulate(columns.heights[:shown])]
    return [frame.y + _HEAD + (one + other) / 2 for one, other in pairwise(edges)]


def _draw_bars(
    figure: Pareto, frame: Frame, columns: _Columns, ranking: Ranking, shown: int
) -> None:
    for number, middle in enumerate(_middles(frame, columns, shown)):
        _draw_label(frame, columns, ranking.bars[number], middle)
        _draw_bar(figure, frame, columns, ranking, number, middle)


def _draw_shares(frame: Frame, columns: _Columns, ranking: Ranking, shown: int) -> None:
    """Draw what each row makes with all before it, as a line and as numbers."""
    if not ranking.few:
        return
    ink = frame.ink
    points: list[tuple[float, float]] = []
    for bar, middle in zip(ranking.bars, _middles(frame, columns, shown), strict=False):
        base = middle + LABEL.size * 0.32 / MM
        words = with_unit(str(round(100 * bar.cumulative)), "%")
        ink.text(frame.right, base, words, LABEL, align="right")
        x = frame.x + columns.curve_at + 1.0 + bar.cumulative * (columns.curve - 2.0)
        points.append((x, middle))
    if columns.curve and points:
        ink.polyline(points, colour="ink", pt=0.75)
        for x, y in points:
            ink.circle(x, y, 0.65, stroke="ink", fill="paper", pt=0.75)


def _draw_label(frame: Frame, columns: _Columns, bar: Ranked, middle: float) -> None:
    name = bar_words(bar, frame.say)
    lines = cut(fold(name, columns.label, LABEL), _LINES, columns.label, LABEL)
    top = middle - len(lines) * leading(LABEL) / 2
    right = frame.x + columns.label
    for number, line in enumerate(lines):
        base = top + frame.ink.baseline_of(LABEL, number)
        frame.ink.text(right, base, line, LABEL, align="right")


def _draw_bar(
    figure: Pareto, frame: Frame, columns: _Columns, ranking: Ranking, number: int, middle: float
) -> None:
    """Draw one bar and its value; with an after, the outline of before over the bar of after."""
    ink, bar = frame.ink, ranking.bars[number]
    longest = max(max(one.size, one.after_size) for one in ranking.bars) or 1.0
    x = frame.x + columns.bar_at
    size = bar.size / longest * columns.bar
    one, pair = _BAR * columns.stretch, _PAIR * columns.stretch
    if figure.compares:
        after = bar.after_size / longest * columns.bar
        if size > 0:
            ink.rect(x, middle - pair - 0.1, size, pair, stroke="ink_soft", pt=HAIRLINE_PT)
        if after > 0:
            ink.rect(x, middle + 0.1, after, pair, stroke=None, fill="accent")
        size = max(size, after)
    elif size > 0:
        ink.rect(x, middle - one / 2, size, one, stroke=None, fill=_fill(ranking, number))
    base = middle + LABEL.size * 0.32 / MM
    ink.text(x + size + 1.4, base, _value(figure, bar), LABEL)


def _fill(ranking: Ranking, number: int) -> Colour:
    if ranking.bars[number].other:
        return "series_3"
    return "accent" if ranking.telling and number < ranking.few else "series_2"


def _sums(figure: Pareto, ranking: Ranking, say: Say) -> list[tuple[str, str]]:
    """Return what stands under the bars: whose sum, and its words."""
    unit = figure.cost_unit if figure.by == "cost" else figure.unit
    if not figure.compares:
        if ranking.total is None:
            return []
        return [("", say("pareto.total", total=with_unit(number_text(ranking.total), unit)))]
    found = []
    for key, total in (("before", ranking.total), ("after", ranking.total_after)):
        words = say(f"pareto.{key}")
        if total is not None:
            words = say(f"pareto.{key}_total", total=with_unit(number_text(total), unit))
        found.append((key, words))
    return found


def _foot_height(figure: Pareto, ranking: Ranking, width: float, say: Say) -> float:
    sums = _sums(figure, ranking, say)
    lines = len(sums) if _foot_width(sums) > width else 1
    sums_high = _FOOT + (lines - 1) * leading(LABEL_SOFT)
    return sums_high + _undrawn_height(figure, width, say)


def _undrawn_height(figure: Pareto, width: float, say: Say) -> float:
    return sum(text_height(words, width, LABEL_SOFT) for words in undrawn_told(figure, say))


def _draw_undrawn(figure: Pareto, frame: Frame, top: float) -> None:
    """Name the rows without a bar, from a height on."""
    for words in undrawn_told(figure, frame.say):
        room = int((frame.bottom - top) / leading(LABEL_SOFT) + 0.05)
        if room > 0:
            frame.ink.wrapped(frame.x, top, frame.width, words, LABEL_SOFT, most=room)


def _foot_width(sums: list[tuple[str, str]]) -> float:
    return sum(Ink.text_width(words, LABEL_SOFT) + _KEY + 4.0 for _, words in sums) - 4.0


def _draw_foot(
    figure: Pareto, frame: Frame, columns: _Columns, ranking: Ranking, bottom: float
) -> None:
    """Draw what all bars make together, and which bar is before and which after."""
    ink, base = frame.ink, bottom + _FOOT - 1.6
    sums = _sums(figure, ranking, frame.say)
    wide = _foot_width(sums)
    stacked = wide > frame.width
    x = frame.x + (columns.bar_at if columns.bar_at + wide <= frame.width else 0.0)
    for key, words in sums:
        if key == "before":
            ink.rect(x, base - 2.0, 4.0, 1.9, stroke="ink_soft", pt=HAIRLINE_PT)
        elif key:
            ink.rect(x, base - 2.0, 4.0, 1.9, stroke=None, fill="accent")
        at = x + (_KEY if key else 0.0)
        room = max(1.0, frame.right - at)
        line = cut(fold(words, room, LABEL_SOFT), 1, room, LABEL_SOFT)[0]
        taken = ink.text(at, base, line, LABEL_SOFT)
        if stacked:
            base += leading(LABEL_SOFT)
        else:
            x = at + taken + 4.0
