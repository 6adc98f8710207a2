"""Breaking text into lines: greedy, nothing stretched, the same on screen as on paper."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from gemba.domain.prose import Paragraph
from gemba.reports.fonts import advance
from gemba.reports.fonts import width as letters_width
from gemba.reports.style import MM, Face, TextStyle

BULLET_MM = 4.0
"""How far the text of a bullet stands in from the edge."""

_HAN = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
# A line may end after blanks, after a hyphen or dash inside a word, and beside any Han letter.
_BREAK = re.compile(
    rf"[ \t\u3000]+|(?<=\w)[-\u2010\u2013\u2014/](?=\w)|[{_HAN}](?=[{_HAN}\w])|\w(?=[{_HAN}])"
)
_BLANKS = " \t\u3000"
_LONG = 20_000
_KEPT = 1 << 16
"""Paragraphs whose lines are remembered: more than 1 MB of short ones has."""


class Line(NamedTuple):
    """One line of a paragraph: from ``start`` up to ``end``, offsets in its letters.

    Blanks at the end belong to the line and take no room.
    """

    start: int
    end: int


def face_of(bold: bool, italic: bool) -> Face:
    """Return the face of letters that are bold, italic, both or neither."""
    if bold:
        return "semibold_italic" if italic else "semibold"
    return "italic" if italic else "regular"


def break_paragraph(paragraph: Paragraph, width: float, style: TextStyle) -> tuple[Line, ...]:
    """Break a paragraph into lines for a width in mm; an empty paragraph is one empty line."""
    if len(paragraph.runs) == 1 and len(paragraph.runs[0].text) > _LONG:
        return _break_long(paragraph, width, style)
    return _break(paragraph, width, style)


@lru_cache(maxsize=_KEPT)
def _break(paragraph: Paragraph, width: float, style: TextStyle) -> tuple[Line, ...]:
    text = paragraph.text
    return tuple(_lines(text, _advances(paragraph, style), _room(paragraph, width, style), 0))


def fold(text: str, width: float, style: TextStyle) -> list[str]:
    """Return plain text as lines of at most ``width`` mm, keeping its own line ends."""
    out: list[str] = []
    for part in text.split("\n"):
        out += _fold_line(part, width, style)
    return out


@lru_cache(maxsize=4096)
def _fold_line(part: str, width: float, style: TextStyle) -> tuple[str, ...]:
    widths = [advance(letter, style.face) for letter in part]
    room = width * MM * 1000 / style.size
    return tuple(part[one.start : one.end].rstrip(_BLANKS) for one in _lines(part, widths, room, 0))


def cut(lines: list[str], most: int, width: float, style: TextStyle) -> list[str]:
    """Return at most so many lines; the last then ends in an ellipsis, within ``width`` mm."""
    if len(lines) <= most:
        return lines
    if most < 1:
        return []
    return [*lines[: most - 1], _shortened(lines[most - 1], width, style)]


def _shortened(line: str, width: float, style: TextStyle) -> str:
    text = line.rstrip() + " …"
    while len(text) > 2 and letters_width(text, style.face, style.size) / MM > width:
        text = text[:-3].rstrip() + " …"
    return text


def _room(paragraph: Paragraph, width: float, style: TextStyle) -> float:
    """Return the room of a line in thousandths of the size."""
    inner = width - (BULLET_MM if paragraph.bullet else 0.0)
    return inner * MM * 1000 / style.size


def _advances(paragraph: Paragraph, style: TextStyle) -> list[float]:
    widths: list[float] = []
    for run in paragraph.runs:
        face = face_of(run.bold or style.face == "semibold", run.italic)
        widths += [advance(letter, face) for letter in run.text]
    return widths


def _lines(text: str, widths: list[float], room: float, start: int) -> list[Line]:
    """Fill lines one after the other; a word wider than a line is broken inside."""
    if start >= len(text):
        return [Line(start, start)] if not start else []
    upto = [0.0, *accumulate(widths)]
    ends = [match.end() for match in _BREAK.finditer(text, start)]
    found: list[Line] = []
    number = 0
    while start < len(text):
        # A hundredth of a thousandth, so that adding up does not decide what fits.
        limit = upto[start] + room + 0.01
        last = bisect_right(upto, limit) - 1
        if last >= len(text):
            found.append(Line(start, len(text)))
            break
        end = max(last, start + 1)
        while end < len(text) and text[end] in _BLANKS:
            end += 1
        fitting = bisect_right(ends, end, lo=number) - 1
        if end < len(text) and fitting >= number and ends[fitting] > start:
            end = ends[fitting]
        number = max(fitting, number)
        found.append(Line(start, end))
        start = end
    return found


_long_before: dict[tuple[float, TextStyle, bool, Face], tuple[str, tuple[Line, ...]]] = {}


def _break_long(paragraph: Paragraph, width: float, style: TextStyle) -> tuple[Line, ...]:
    """Break a very long paragraph, beginning where it differs from the one before."""
    run = paragraph.runs[0]
    face = face_of(run.bold or style.face == "semibold", run.italic)
    key = (width, style, paragraph.bullet, face)
    text = paragraph.text
    before, lines = _long_before.get(key, ("", ()))
    same = _same_letters(before, text)
    kept = max(0, bisect_right(lines, same, key=lambda line: line.end) - 1)
    start = lines[kept - 1].end if kept else 0
    tail = Paragraph((type(paragraph.runs[0])(text[start:]),), paragraph.bullet)
    moved = len(text) - len(before)
    ahead = {line.start + moved for line in lines[kept:] if line.start + moved > same}
    fresh: list[Line] = []
    room = _room(paragraph, width, style)
    position = 0
    # A few lines at a time, until they fall in step with the lines of before.
    while position < len(tail.text):
        part = tail.text[position : position + 4000]
        widths = [advance(one, face) for one in part]
        new = _lines(part, widths, room, 0)
        if position + len(part) < len(tail.text) and len(new) > 1:
            new = new[:-1]
        for line in new:
            at = start + position + line.start
            if at in ahead and _same_end(before, text, at - moved, at):
                rest = tuple(
                    Line(one.start + moved, one.end + moved)
                    for one in lines[kept:]
                    if one.start + moved >= at
                )
                result = (*lines[:kept], *fresh, *rest)
                _long_before[key] = (text, result)
                return result
            fresh.append(Line(at, start + position + line.end))
        position += new[-1].end
    result = (*lines[:kept], *fresh)
    _long_before[key] = (text, result)
    return result


def _same_letters(one: str, other: str) -> int:
    """Return how many letters two texts share at their beginning."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _same_end(before: str, text: str, at_before: int, at: int) -> bool:
    return before[at_before:] == text[at:]
