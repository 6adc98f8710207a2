"""A process sketch on paper: boxes and symbols in rows, the time line below, and the sums."""

from __future__ import annotations

from typing import Final

from gemba.domain.figures import Process
from gemba.domain.figures.process import ProcessItem
from gemba.domain.figures.process_layout import Band, Cell, Measure, ProcessLayout, lay_out
from gemba.domain.figures.process_rules import (
    is_step,
    label_words,
    minutes_of,
    sums_told,
    time_words,
    told_items,
)
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
from gemba.reports.lines import cut, fold
from gemba.reports.style import LABEL, LABEL_SOFT, LABEL_STRONG, TextStyle

_PAD: Final = 1.0
_SUMS_GAP: Final = 2.6
_KEY_GAP: Final = 1.6
_LIMITS: Final = (8, 5, 3, 2, 1)
_TIP: Final = 1.9
_DOUBT: Final = TextStyle("semibold", LABEL.size, LABEL.leading, "watch")

Items = tuple[ProcessItem, ...]


def _lines(
    item: ProcessItem, room: float, most: int | None, say: Say
) -> list[tuple[str, TextStyle, int]]:
    """Return the texts of an item, each with its style and how many lines it is given."""
    step = is_step(item)
    who = " ".join(item.who.split())
    texts = [
        (" ".join(item.what.split()) if step else label_words(item, say), most),
        (who, None if most is None else 1),
    ]
    found = []
    for (text, limit), style in zip(
        texts, (LABEL_STRONG if step else LABEL_SOFT, LABEL_SOFT), strict=True
    ):
        if text:
            count = len(fold(text, room, style))
            found.append((text, style, count if limit is None else min(count, limit)))
    return found


def _timed(items: Items) -> bool:
    return any(item.time.strip() for item in items)


def layout(figure: Process, width: float, say: Say, most: int | None = None) -> ProcessLayout:
    """Place the parts of a process in a width in mm; ``most`` limits the lines of a text."""
    items = told_items(figure)

    def body(index: int, room: float) -> float:
        count = sum(lines for _text, _style, lines in _lines(items[index], room, most, say))
        return count * leading(LABEL)

    def time(index: int, room: float) -> float:
        count = len(fold(time_words(figure, items[index], say), room, LABEL_STRONG))
        return (count if most is None else min(count, most)) * leading(LABEL)

    when: Measure | None = time if _timed(items) else None
    return lay_out([is_step(item) for item in items], width, body, when)


def _sums_height(figure: Process, width: float, say: Say) -> float:
    words = " ".join(sums_told(figure, say))
    return _SUMS_GAP + text_height(words, width, LABEL) if words else 0.0


def _key(items: Items) -> list[str]:
    used = {item.sort for item in items if not is_step(item)}
    return [sort for sort in ("wait", "queue", "handover") if sort in used]


def _foot_height(figure: Process, width: float, say: Say) -> float:
    key = _KEY_GAP + leading(LABEL) if _key(told_items(figure)) else 0.0
    return _sums_height(figure, width, say) + key


def natural_size(figure: Process, available: float, say: Say) -> tuple[float, float]:
    """Return the room a process takes at a width: its rows, the sums and the key."""
    caption = caption_height(figure.caption, available)
    if not told_items(figure):
        return available, caption + leading(LABEL)
    height = layout(figure, available, say).height + _foot_height(figure, available, say)
    return available, caption + height


def draw(figure: Process, frame: Frame) -> int:
    """Draw a process into a frame; return how many items found no room, or not for all words."""
    inner = draw_caption(frame, figure.caption)
    items = told_items(figure)
    if not items:
        say_quietly(inner, frame.say("process.empty"))
        return 0
    foot = _foot_height(figure, inner.width, frame.say)
    laid, most = _fitting(figure, inner, foot)
    bands, missing = laid.bands, 0
    if most is not None:
        note = too_small_height(inner, len(items)) + 0.8
        bands = tuple(one for one in laid.bands if one.bottom <= inner.height - foot - note + 0.05)
        if not bands:
            # Without the sums and the key there may be room for the first steps at least.
            foot, missing = 0.0, int(foot > 0)
            bands = tuple(one for one in laid.bands if one.bottom <= inner.height - note + 0.05)
    if not bands:
        return say_too_small(inner, len(items))
    missing += len(items) - sum(len(band.cells) for band in bands)
    for band in bands:
        _draw_arrows(inner, band, items)
        for cell in band.cells:
            missing += _draw_cell(figure, inner, cell, band, items[cell.index], most)
        if _timed(items):
            _draw_time_line(inner, band)
    if foot:
        _draw_foot(figure, inner, items, inner.y + bands[-1].bottom)
    return say_too_small(inner, missing) if missing else 0


def _fitting(figure: Process, frame: Frame, foot: float) -> tuple[ProcessLayout, int | None]:
    """Return the layout that cuts least and fits, and its limit; the tightest where none does."""
    note = too_small_height(frame, 1) + 0.8
    laid = layout(figure, frame.width, frame.say)
    if laid.height + foot <= frame.height + 0.05:
        return laid, None
    for most in _LIMITS[:-1]:
        laid = layout(figure, frame.width, frame.say, most)
        if laid.height + foot + note <= frame.height + 0.05:
            return laid, most
    return layout(figure, frame.width, frame.say, _LIMITS[-1]), _LIMITS[-1]


def _draw_cell(
    figure: Process, frame: Frame, cell: Cell, band: Band, item: ProcessItem, most: int | None
) -> int:
    """Draw one item; return 1 where its words were cut."""
    ink, body = frame.ink, cell.body
    x, top = frame.x + body.x, frame.y + body.y
    room = body.width
    if cell.step:
        ink.rect(x, top, body.width, body.height, pt=0.75)
        x, top, room = x + _PAD, top + _PAD, body.width - 2 * _PAD
    else:
        _draw_symbol(ink, item.sort, frame.x + body.x + body.width / 2, frame.y + band.line - 1.0)
    was_cut = 0
    for text, style, count in _lines(item, max(1.0, room), most, frame.say):
        was_cut |= _set(frame, x, top, max(1.0, room), text, style, count, centre=not cell.step)
        top += count * leading(style)
    if cell.time.height:
        words = time_words(figure, item, frame.say)
        known = minutes_of(figure, item) is not None
        style = (LABEL if cell.step else LABEL_STRONG) if known else _DOUBT
        count = round(cell.time.height / leading(style))
        at = (frame.x + cell.time.x, frame.y + cell.time.y)
        was_cut |= _set(frame, *at, cell.time.width, words, style, count, centre=True)
    return was_cut


def _set(
    frame: Frame,
    x: float,
    top: float,
    room: float,
    text: str,
    style: TextStyle,
    count: int,
    *,
    centre: bool,
) -> int:
    """Draw so many lines of a text; return 1 where there are more."""
    lines = fold(text, room, style)
    for number, line in enumerate(cut(lines, count, room, style)):
        base = top + frame.ink.baseline_of(style, number)
        at = x + room / 2 if centre else x
        frame.ink.text(at, base, line, style, align="centre" if centre else "left")
    return int(len(lines) > count)


def _draw_arrows(frame: Frame, band: Band, items: Items) -> None:
    """Draw the line that leads from box to box, and over the ends of a row."""
    y = frame.y + band.line
    start = frame.x if band.goes_back else None
    for cell in band.cells:
        left, right = frame.x + cell.column.x, frame.x + cell.column.right
        if not cell.step:
            start = left if start is None else start
            continue
        if start is not None:
            _arrow(frame.ink, start, left, y)
        start = right
    last = frame.x + band.cells[-1].column.right
    end = min(frame.right, last + 5.0) if band.goes_on else last
    if start is not None and end - start > _TIP:
        _arrow(frame.ink, start, end, y)


def _arrow(ink: Ink, left: float, right: float, y: float) -> None:
    if right - left <= _TIP:
        return
    ink.line(left, y, right - _TIP, y, pt=0.75)
    tip = [(right, y), (right - _TIP, y - 0.8), (right - _TIP, y + 0.8)]
    ink.polyline(tip, close=True, fill="ink", pt=0.3)


def _draw_symbol(ink: Ink, sort: str, x: float, bottom: float) -> None:
    """Draw what stands for a wait (a clock), a queue (a triangle) or a handover (two wedges)."""
    half = 1.7
    if sort == "wait":
        middle = bottom - half
        ink.circle(x, middle, half, fill="paper", pt=0.75)
        ink.polyline([(x, middle - 1.1), (x, middle), (x + 0.8, middle + 0.4)], pt=0.75)
    elif sort == "queue":
        corners = [(x, bottom - 3.3), (x + 1.9, bottom), (x - 1.9, bottom)]
        ink.polyline(corners, close=True, fill="paper", pt=0.75)
    else:
        for left in (x - 1.9, x + 0.1):
            wedge = [(left, bottom - 3.0), (left + 1.6, bottom - 1.5), (left, bottom)]
            ink.polyline(wedge, pt=1.0)


def _draw_time_line(frame: Frame, band: Band) -> None:
    """Draw the line that is high where the work waits and low where hands are on it."""
    low, high = frame.y + band.low, frame.y + band.high
    points: list[tuple[float, float]] = []
    for cell in band.cells:
        y = low if cell.step else high
        left, right = frame.x + cell.column.x, frame.x + cell.column.right
        if points and points[-1][1] != y:
            # The line rises or falls where the wait begins or ends.
            points.append((left, points[-1][1]))
        points += [(left, y), (right, y)]
    frame.ink.polyline(points, pt=0.9)


def _draw_foot(figure: Process, frame: Frame, items: Items, top: float) -> None:
    ink, say = frame.ink, frame.say
    words = " ".join(sums_told(figure, say))
    if words:
        top += _SUMS_GAP
        top += ink.wrapped(frame.x, top, frame.width, words, LABEL)
    if not _key(items):
        return
    x, top = frame.x, top + _KEY_GAP
    base = top + ink.baseline_of(LABEL_SOFT)
    for sort in _key(items):
        _draw_symbol(ink, sort, x + 1.9, base + 0.3)
        x += 5.0 + ink.text(x + 5.0, base, say(f"process.{sort}"), LABEL_SOFT) + 4.0
