"""The text of a box: paragraphs and bullets as they are read, bold, italic and from either side."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import Literal

from gemba.domain.definition import Frame
from gemba.domain.layout import TextLine
from gemba.reports.boxes import LaidBox
from gemba.reports.fonts import as_drawn, runs_leftward
from gemba.reports.ink import Ink
from gemba.reports.lines import face_of
from gemba.reports.structure import Element
from gemba.reports.style import BOX_TEXT, MM, Face

_LEADING_MM = BOX_TEXT.leading / MM
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
        _draw_line(ink, box, line)
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


def _draw_line(ink: Ink, box: LaidBox, line: TextLine) -> None:
    at = 0
    parts: list[tuple[Face, str]] = []
    for run in box.paragraphs[line.paragraph].runs:
        first, last = max(line.start, at), min(line.end, at + len(run.text))
        if first < last:
            parts.append((face_of(run.bold, run.italic), run.text[first - at : last - at]))
        at += len(run.text)
    if not any(runs_leftward(text) for _face, text in parts):
        _draw_parts(ink, line, parts, turned=False)
        return
    _draw_parts(ink, line, _turned(parts, box.paragraphs[line.paragraph].text), turned=True)


def _draw_parts(ink: Ink, line: TextLine, parts: list[tuple[Face, str]], *, turned: bool) -> None:
    x = line.x
    if line.leftward:
        x -= sum(Ink.text_width(text, replace(BOX_TEXT, face=face)) for face, text in parts)
    for face, text in parts:
        x += ink.text(x, line.baseline, text, replace(BOX_TEXT, face=face), turned=turned)


def _turned(parts: list[tuple[Face, str]], paragraph: str) -> list[tuple[Face, str]]:
    """Return the parts of a line from left to right, when some of it runs the other way."""
    faces = [face for face, text in parts for _letter in text]
    line = "".join(text for _face, text in parts).rstrip()
    shown = groupby(as_drawn(line, paragraph), key=lambda letter: faces[letter[0]])
    return [(face, "".join(letter for _index, letter in group)) for face, group in shown]
