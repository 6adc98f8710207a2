"""The text of a box: paragraphs and bullets as they are read, bold, italic and from either side."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from itertools import groupby
from typing import Final, Literal, NamedTuple

from gemba.domain.compared import Mark, Marked
from gemba.domain.frame import Frame
from gemba.domain.layout import TextLine
from gemba.domain.prose import Paragraph
from gemba.reports.boxes import LaidBox
from gemba.reports.fonts import as_drawn, runs_leftward
from gemba.reports.ink import Ink
from gemba.reports.lines import face_of
from gemba.reports.structure import Element
from gemba.reports.style import BOX_TEXT, MARK_PT, MM, Face, TextStyle

_LEADING_MM = BOX_TEXT.leading / MM
_DOTS: Final = (0.35, 0.65)
"""A dot and the blank after it, in mm."""
_BULLET_MM = 0.6
"""From the edge of the text to the dot of a bullet."""


def draw_text(ink: Ink, read: Element | None, box: LaidBox) -> None:
    """Draw the lines of a box that have room, each paragraph as one part of the document."""
    parts = _Parts(read)
    for line in box.layout.lines:
        if line.over:
            break
        paragraph = box.paragraphs[line.paragraph]
        if line.bullet:
            ink.into(parts.dot())
            _draw_dot(ink, box, line)
        ink.into(parts.words(line.paragraph, bullet=paragraph.bullet))
        draw_line(ink, paragraph, line, box.marks[line.paragraph] if box.marks else ())
        # Marks above and below letters reach over the line itself.
        text = box.layout.text
        ink.end_part(Frame(text.x, line.baseline - _LEADING_MM, text.width, 1.6 * _LEADING_MM))


def _draw_dot(ink: Ink, box: LaidBox, line: TextLine) -> None:
    edge, side = box.layout.text.x + _BULLET_MM, "left"
    if line.leftward:
        edge, side = box.layout.text.right - _BULLET_MM, "right"
    ink.text(edge, line.baseline, "•", BOX_TEXT, align=side)


class _Parts:
    """The paragraphs and lists of a box as parts of the document, in their order."""

    def __init__(self, read: Element | None) -> None:
        self._read = read
        self._list: Element | None = None
        self._item: Element | None = None
        self._at = -1
        self._words: Element | None = None

    def dot(self) -> Element | None:
        """Begin an item of a list, and a list where there is none."""
        if self._read is None:
            return None
        if self._list is None:
            self._list = self._read.add("L")
        self._item = self._list.add("LI")
        return self._item.add("Lbl")

    def words(self, paragraph: int, *, bullet: bool) -> Element | None:
        """Return the part that the words of a paragraph belong to."""
        if self._read is None or paragraph == self._at:
            return self._words
        self._at = paragraph
        kind: Literal["P", "LBody"] = "P"
        above = self._read
        if bullet and self._item is not None:
            above, kind = self._item, "LBody"
        else:
            self._list = self._item = None
        self._words = above.add(kind)
        return self._words


class _Look(NamedTuple):
    """How letters look: their face, and what became of them."""

    face: Face
    mark: Literal[""] | Marked = ""


def draw_line(
    ink: Ink,
    paragraph: Paragraph,
    line: TextLine,
    marks: tuple[Mark, ...] = (),
    style: TextStyle = BOX_TEXT,
) -> None:
    """Draw one line of a paragraph with its marks: see `draw_mark`."""
    strong = style.face == "semibold"
    at = 0
    parts: list[tuple[_Look, str]] = []
    for run in paragraph.runs:
        first, last = max(line.start, at), min(line.end, at + len(run.text))
        if first < last:
            face = face_of(run.bold or strong, run.italic)
            parts += _marked(face, run.text, at, first, last, marks)
        at += len(run.text)
    if not any(runs_leftward(text) for _look, text in parts):
        _draw_parts(ink, line, parts, style, turned=False)
        return
    _draw_parts(ink, line, _turned(parts, paragraph.text), style, turned=True)


def _marked(
    face: Face, text: str, at: int, first: int, last: int, marks: tuple[Mark, ...]
) -> list[tuple[_Look, str]]:
    """Cut the letters of a run, which begins at ``at``, where a mark begins or ends."""
    parts: list[tuple[_Look, str]] = []
    for mark in marks[bisect_right(marks, first, key=lambda one: one.end) :]:
        if mark.start >= last:
            break
        if first < mark.start:
            parts.append((_Look(face), text[first - at : mark.start - at]))
        start, first = max(first, mark.start), min(last, mark.end)
        parts.append((_Look(face, mark.kind), text[start - at : first - at]))
    if first < last:
        parts.append((_Look(face), text[first - at : last - at]))
    return parts


def _draw_parts(
    ink: Ink,
    line: TextLine,
    parts: list[tuple[_Look, str]],
    plain: TextStyle,
    *,
    turned: bool,
) -> None:
    x = line.x
    if line.leftward:
        x -= sum(Ink.text_width(text, replace(plain, face=look.face)) for look, text in parts)
    for look, text in parts:
        style = replace(plain, face=look.face)
        wide = ink.text(x, line.baseline, text, style, turned=turned)
        if look.mark:
            draw_mark(ink, x, line.baseline, Ink.text_width(text.rstrip(), style), look.mark, style)
        x += wide


def draw_mark(
    ink: Ink, x: float, baseline: float, wide: float, mark: Marked, style: TextStyle
) -> None:
    """Underline what is new, strike through what went, dot under what only looks otherwise."""
    # Under the letters, or through the middle of the small ones; as wide as a blank at least.
    below = -0.24 if mark == "gone" else 0.16 if mark == "look" else 0.13
    y = baseline + below * style.size / MM
    dash = _DOTS if mark == "look" else ()
    ink.line(x, y, x + max(wide, 0.8), y, pt=MARK_PT, dash=dash)


def _turned(parts: list[tuple[_Look, str]], paragraph: str) -> list[tuple[_Look, str]]:
    """Return the parts of a line from left to right, when some of it runs the other way."""
    looks = [look for look, text in parts for _letter in text]
    line = "".join(text for _look, text in parts).rstrip()
    shown = groupby(as_drawn(line, paragraph), key=lambda letter: looks[letter[0]])
    return [(look, "".join(letter for _index, letter in group)) for look, group in shown]
