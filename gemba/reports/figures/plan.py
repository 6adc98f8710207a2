"""An action plan on paper: what, who, where, and a strip of time with plan above deed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, pairwise
from typing import Final

from gemba.domain.figures import Plan
from gemba.domain.figures.plan import Action
from gemba.domain.figures.plan_rules import Strip, actual_bar, bar, standing, strip
from gemba.domain.figures.scale import date_ticks, week_starts
from gemba.domain.figures.telling import Say, days_text, short_date
from gemba.reports.figures.parts import (
    Frame,
    caption_height,
    diamond,
    draw_caption,
    leading,
    say_quietly,
    say_too_small,
    text_height,
    too_small_height,
)
from gemba.reports.figures.shortened import lines_kept, lines_of
from gemba.reports.ink import Ink
from gemba.reports.style import CELL, HAIRLINE_PT, LABEL, LABEL_SOFT, MM, TextStyle

_HEAD: Final = 5.2
_LEGEND: Final = 6.4
_ROW: Final = 6.2
_BAR: Final = 1.5
_HALF: Final = 1.45
_GUTTER: Final = 4.0
_STRIP: Final = 46.0
_KEY: Final = ("planned", "actual", "review")
_NARROW: Final = 105.0


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of words with their widths in mm, and where the strip of time begins."""

    names: tuple[str, ...]
    widths: tuple[float, ...]
    style: TextStyle
    strip_at: float
    strip_width: float


def _columns(plan: Plan, width: float) -> _Columns:
    style = CELL if width >= _NARROW else LABEL
    others = [n for n in ("who", "where") if any(getattr(a, n).strip() for a in plan.actions)]
    dated = strip(plan, date.min) is not None
    least = max(_STRIP, width * 0.33) + _GUTTER if dated else 0.0
    rest = width - least - _GUTTER * len(others)
    caps = {"who": rest * 0.3, "where": rest * 0.24}
    side = [min(caps[n], _widest([_cell(a, n) for a in plan.actions], style)) for n in others]
    side = [max(one, 9.0) for one in side]
    what = max(16.0, rest - sum(side))
    wanted = _widest([_cell(action, "what") for action in plan.actions], style)
    what = min(what, max(wanted, 24.0)) if dated else what
    names, widths = ("what", *others), (what, *side)
    at = sum(widths) + _GUTTER * len(widths)
    # A diamond on the last day needs room for its half.
    return _Columns(names, widths, style, at, max(0.0, width - at - _HALF) if dated else 0.0)


def _widest(texts: Sequence[str], style: TextStyle) -> float:
    return max((Ink.text_width(text, style) for text in texts), default=0.0) + 0.3


def _cell(action: Action, name: str) -> str:
    return " ".join(str(getattr(action, name)).split())


def _texts(action: Action, columns: _Columns) -> list[tuple[str, float, TextStyle]]:
    """Return the words of a row: its columns, and at the end how it is done, under the first."""
    found = [
        (_cell(action, name), width, columns.style)
        for name, width in zip(columns.names, columns.widths, strict=True)
    ]
    how = _cell(action, "how")
    return [*found, (how, columns.widths[0], LABEL_SOFT)] if how else found


def _row_height(action: Action, columns: _Columns, most: int | None = None) -> float:
    texts = _texts(action, columns)
    tall = [text_height(*text, most) for text in texts[: len(columns.names)]]
    tall[0] += sum(text_height(*text, most) for text in texts[len(columns.names) :])
    return max(_ROW, max(tall) + 1.8)


def natural_size(plan: Plan, available: float, say: Say) -> tuple[float, float]:
    """Return the room a plan takes at a width: its head, a row for each action, its legend."""
    columns = _columns(plan, available)
    rows = sum(_row_height(action, columns) for action in plan.actions)
    legend = _legend_height(columns, say)
    head = caption_height(plan.caption, available) + _HEAD
    return available, head + (rows or leading(LABEL)) + legend


def draw(plan: Plan, frame: Frame) -> int:
    """Draw a plan into a frame; return how many actions found no room."""
    inner = draw_caption(frame, plan.caption)
    actions = [action for action in plan.actions if _written(action)]
    if not actions:
        say_quietly(inner, frame.say("plan.empty"))
        return 0
    columns = _columns(plan, inner.width)
    most, heights, missing = _fitted(actions, columns, inner)
    if not heights:
        return say_too_small(inner, missing)
    bottom = inner.y + _HEAD + sum(heights)
    days = strip(plan, inner.today) if columns.strip_width else None
    if days is not None:
        _draw_days(inner, columns, days, bottom)
    rows = list(accumulate(heights, initial=inner.y + _HEAD))
    with inner.ink.table(_edges(inner, columns), [inner.y, *rows]):
        _draw_heads(inner, columns)
        for action, (top, under) in zip(actions, pairwise(rows), strict=False):
            _draw_row(inner, columns, action, top, under - top, most)
    if days is not None:
        for action, (top, under) in zip(actions, pairwise(rows), strict=False):
            _draw_bars(inner, columns, days, action, (top + under) / 2)
            _draw_behind(inner, columns, days, action, (top + under) / 2)
    if days is not None:
        _draw_legend(inner, columns, days, bottom)
    return say_too_small(inner, missing) if missing else 0


def _fitted(
    actions: Sequence[Action], columns: _Columns, frame: Frame
) -> tuple[int | None, list[float], int]:
    """Return how many lines a text may have (None for any), the heights in mm of the rows that
    find room, and how many actions find none, or not for all their words."""
    heights = [_row_height(action, columns) for action in actions]
    room = frame.height - _HEAD - _legend_height(columns, frame.say)
    if sum(heights) <= room + 0.05:
        return None, heights, 0
    room -= too_small_height(frame, len(actions)) + 0.5
    lines = [lines_of(_texts(action, columns)) for action in actions]

    def fitting(most: int | None) -> list[float]:
        tall = [_row_height(action, columns, most) for action in actions]
        ends = accumulate(tall)
        return [one for one, end in zip(tall, ends, strict=True) if end <= room + 0.01]

    def left_out(most: int | None) -> tuple[int, int]:
        shown = len(fitting(most))
        return len(actions) - shown, sum(most is not None and one > most for one in lines[:shown])

    most = lines_kept(max(lines), left_out)
    return most, fitting(most), sum(left_out(most))


def _edges(frame: Frame, columns: _Columns) -> list[float]:
    """Return where the columns of words begin, and where the last one ends."""
    return list(accumulate((width + _GUTTER for width in columns.widths), initial=frame.x))


def _legend_height(columns: _Columns, say: Say) -> float:
    """Return the room under the rows: one line, or two where the key reaches under the strip."""
    if not columns.strip_width:
        return 0.0
    words = sum(Ink.text_width(say(f"plan.key_{name}"), LABEL_SOFT) for name in _KEY)
    return _LEGEND if words + 29.0 < columns.strip_at else _LEGEND + leading(LABEL_SOFT)


def _written(action: Action) -> bool:
    words = (action.what, action.who, action.where, action.how)
    return any(word.strip() for word in words) or bar(action.start, action.finish) is not None


def _draw_heads(frame: Frame, columns: _Columns) -> None:
    x, base = frame.x, frame.y + 3.1
    for name, width in zip(columns.names, columns.widths, strict=True):
        frame.ink.text(x, base, frame.say(f"plan.{name}"), LABEL_SOFT)
        x += width + _GUTTER
    y = frame.y + _HEAD
    frame.ink.line(frame.x, y, frame.right, y, colour="axis", pt=0.75)


def _draw_row(
    frame: Frame,
    columns: _Columns,
    action: Action,
    top: float,
    height: float,
    most: int | None,
) -> None:
    ink, x = frame.ink, frame.x
    for name, width in zip(columns.names, columns.widths, strict=True):
        words = _cell(action, name)
        how = _cell(action, "how") if name == "what" else ""
        tall = text_height(words, width, columns.style, most)
        tall += text_height(how, width, LABEL_SOFT, most) if how else 0.0
        start = top + (height - tall) / 2
        start += ink.wrapped(x, start, width, words, columns.style, most=most)
        if how:
            ink.wrapped(x, start, width, how, LABEL_SOFT, most=most)
        x += width + _GUTTER
    y = top + height
    ink.line(frame.x, y, frame.right, y, colour="grid", pt=HAIRLINE_PT)


def _at(frame: Frame, columns: _Columns, days: Strip, day: date, *, end: bool = False) -> float:
    return frame.x + columns.strip_at + days.share(day, end=end) * columns.strip_width


def _draw_days(frame: Frame, columns: _Columns, days: Strip, bottom: float) -> None:
    """Draw the light lines of the weeks and the dates over them."""
    ink, top = frame.ink, frame.y + _HEAD
    weeks = week_starts(days.first, days.last)
    years = (days.last - days.first).days > 300
    room = Ink.text_width("28 Mmm 2026" if years else "28 Mmm", LABEL_SOFT) + 3.0
    ticks = date_ticks(days.first, days.last, max(1, int(columns.strip_width / room)))
    lines = weeks if columns.strip_width / max(1, len(weeks)) >= 2.4 else ticks
    for day in lines:
        x = _at(frame, columns, days, day)
        ink.line(x, top, x, bottom, colour="grid", pt=HAIRLINE_PT)
    taken = 0.0
    for day in ticks:
        words = short_date(day, year=years)
        width = Ink.text_width(words, LABEL_SOFT)
        x = min(_at(frame, columns, days, day), frame.right - width)
        if x > taken:
            ink.text(x, frame.y + 3.1, words, LABEL_SOFT)
            taken = x + width + 1.5


def _draw_bars(frame: Frame, columns: _Columns, days: Strip, action: Action, y: float) -> None:
    ink = frame.ink

    def span(of: tuple[date, date]) -> tuple[float, float]:
        left = _at(frame, columns, days, of[0])
        return left, max(0.8, _at(frame, columns, days, of[1], end=True) - left)

    planned = bar(action.start, action.finish)
    if planned is not None:
        x, width = span(planned)
        ink.rect(x, y - 0.15 - _BAR, width, _BAR, stroke="axis", fill="paper", pt=HAIRLINE_PT)
    actual = actual_bar(action, frame.today)
    if actual is not None:
        x, width = span(actual)
        ink.rect(x, y + 0.15, width, _BAR, stroke=None, fill="accent")
    if action.review is not None:
        x = _at(frame, columns, days, action.review, end=True)
        fill = "ink" if action.reviewed else "paper"
        diamond(ink, x, y + 0.15 + _BAR / 2, _HALF, fill=fill)  # type: ignore[arg-type]


def _draw_behind(frame: Frame, columns: _Columns, days: Strip, action: Action, y: float) -> None:
    """Say by how many days an action is behind, beside its bars where there is room."""
    found = standing(action, frame.today)
    late = found.late_finish or found.late_start
    if not late:
        return
    words = frame.say("plan.behind", days=days_text(late, frame.say))
    wide = Ink.text_width(words, LABEL)
    taken = [bar(action.start, action.finish), actual_bar(action, frame.today)]
    left = min(_at(frame, columns, days, one[0]) for one in taken if one is not None)
    right = max(_at(frame, columns, days, one[1], end=True) for one in taken if one is not None)
    if action.review is not None:
        review = _at(frame, columns, days, action.review, end=True)
        left, right = min(left, review - _HALF), max(right, review + _HALF)
    if days.holds(frame.today):
        right = max(right, _at(frame, columns, days, frame.today, end=True))
    for x in (right + 1.0, left - 1.0 - wide):
        if frame.x + columns.strip_at <= x and x + wide <= frame.right + 0.01:
            frame.ink.text(x, y + LABEL.size * 0.36 / MM, words, LABEL)
            return


def _draw_legend(frame: Frame, columns: _Columns, days: Strip, bottom: float) -> None:
    """Draw the key to bars and diamonds, and the line of today over everything."""
    ink, say = frame.ink, frame.say
    base = bottom + _legend_height(columns, say) - 1.8
    middle = base - 1.05
    x = frame.x
    ink.rect(x, middle - _BAR / 2, 5.6, _BAR, stroke="axis", pt=HAIRLINE_PT)
    x += 7.0 + ink.text(x + 7.0, base, say("plan.key_planned"), LABEL_SOFT) + 3.4
    ink.rect(x, middle - _BAR / 2, 5.6, _BAR, stroke=None, fill="accent")
    x += 7.0 + ink.text(x + 7.0, base, say("plan.key_actual"), LABEL_SOFT) + 3.4
    diamond(ink, x + _HALF, middle, _HALF, fill="ink")
    ink.text(x + 4.2, base, say("plan.key_review"), LABEL_SOFT)
    if not days.holds(frame.today):
        return
    at = _at(frame, columns, days, frame.today, end=True)
    ink.line(at, frame.y + _HEAD, at, bottom + 1.4, colour="ink", pt=0.75, dash=(0.9, 0.7))
    words = say("plan.today")
    half = Ink.text_width(words, LABEL) / 2
    ink.text(min(at - half, frame.right - 2 * half), bottom + 4.6, words, LABEL)
