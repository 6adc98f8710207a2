"""A blank observation sheet: A4 lying, to fill in by pencil and to write up later."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from gemba.reports.fonts import begins_leftward
from gemba.reports.ink import Ink
from gemba.reports.lines import fold
from gemba.reports.structure import Element
from gemba.reports.style import MM, TextStyle

PAGE: Final = (297.0, 210.0)
_EDGE: Final = 12.0
_WIDTH: Final = PAGE[0] - 2 * _EDGE
_FOOT: Final = PAGE[1] - 12.0
_LEAST: Final = 20.0
"""A row is at least so high, in mm: three lines of handwriting."""
_COLUMNS: Final = (
    ("time", 18.0),
    ("place", 36.0),
    ("saw", 92.0),
    ("standard", 30.0),
    ("think", 56.0),
    ("next", 41.0),
)
TITLE: Final = TextStyle("semibold", 15, 18)
TEXT: Final = TextStyle("regular", 10, 13)
LABEL: Final = TextStyle("regular", 8.5, 11, "ink_soft")

Words = Callable[..., str]


@dataclass(frozen=True, slots=True, kw_only=True)
class BlankSheet:
    """What is printed already; every part may be empty."""

    title: str = ""
    facts: str = ""
    expect: str = ""
    questions: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    foot: str = ""


def draw_blank_sheet(sheet: BlankSheet, *, words: Words) -> bytes:
    """Draw a sheet as PDF: a row for each place, at least six, on as many pages."""
    root = Element("Document")
    title = sheet.title or words("blank_sheet.title")
    ink = Ink(*PAGE, title=" ".join(title.split())[:200], structure=root)
    pen = _Pen(ink, root)
    y = _head(pen, sheet, title, words)
    # Something is always seen that no stop was planned for.
    waiting: Sequence[str] = (*sheet.places, *("",) * max(0, 6 - len(sheet.places)))
    while True:
        y, waiting = _rows(pen, y, waiting, words)
        pen.text(_EDGE, _FOOT, _WIDTH, sheet.foot, LABEL)
        if not waiting:
            return ink.finish()
        ink.new_page()
        y = _EDGE


def _head(pen: _Pen, sheet: BlankSheet, title: str, words: Words) -> float:
    y = pen.text(_EDGE, _EDGE, _WIDTH, title, TITLE, "H1")
    if sheet.facts:
        y = pen.text(_EDGE, y + 1.0, _WIDTH, sheet.facts, LABEL)
    else:
        for number, key in enumerate(("theme", "where", "day", "with")):
            x = _EDGE + _WIDTH * number / 4
            pen.text(x, y + 1.0, _WIDTH / 4, words(f"blank_sheet.{key}"), LABEL)
        y += 1.0 + LABEL.leading / MM
    for key, said in (("expect", sheet.expect), ("ask", "   ·   ".join(sheet.questions))):
        if said.strip():
            y = pen.text(_EDGE, y + 1.5, _WIDTH, f"{words(f'cards.{key}')}: {said}", TEXT)
    return y + 3.0


def _rows(pen: _Pen, y: float, waiting: Sequence[str], words: Words) -> tuple[float, Sequence[str]]:
    """Draw a head and the rows that fit; return what has to wait for another page."""
    high = LABEL.leading / MM + 2.0
    x = _EDGE
    pen.ink.line(_EDGE, y, _EDGE + _WIDTH, y, pt=1.0)
    for key, width in _COLUMNS:
        pen.text(x + 1.5, y + 1.0, width - 3.0, words(f"blank_sheet.{key}"), LABEL)
        x += width
    y += high
    room = _FOOT - 4.0 - y
    most = max(1, int(room // _LEAST))
    here = waiting[:most]
    each = max(_LEAST, room / max(6, len(here))) if len(waiting) <= most else room / most
    for place in here:
        each_here = max(each, pen.height(place, _COLUMNS[1][1] - 3.0) + 3.0)
        pen.ink.line(_EDGE, y, _EDGE + _WIDTH, y, colour="axis")
        pen.text(_EDGE + _COLUMNS[0][1] + 1.5, y + 1.5, _COLUMNS[1][1] - 3.0, place, TEXT)
        _states(pen, y, words)
        y += each_here
    pen.ink.line(_EDGE, y, _EDGE + _WIDTH, y, colour="axis")
    return y, waiting[most:]


def _states(pen: _Pen, y: float, words: Words) -> None:
    """Draw the three boxes to tick: normal, abnormal, no standard seen."""
    x = _EDGE + sum(width for _key, width in _COLUMNS[:3]) + 1.5
    for number, key in enumerate(("normal", "abnormal", "no_standard")):
        top = y + 2.0 + number * 5.4
        pen.ink.rect(x, top, 3.0, 3.0, pt=0.7)
        pen.text(x + 4.5, top - 0.6, 24.0, words(f"blank_sheet.{key}"), LABEL)


class _Pen:
    """Writes text in lines and says where they end."""

    def __init__(self, ink: Ink, root: Element) -> None:
        self.ink = ink
        self._root = root

    @staticmethod
    def height(text: str, width: float) -> float:
        """Return how high a text stands in a column, in mm."""
        return len(fold(text, width, TEXT)) * TEXT.leading / MM

    def text(
        self, x: float, y: float, width: float, text: str, style: TextStyle, kind: str = "P"
    ) -> float:
        """Write text from a top left corner and return where it ends, in mm."""
        if not text.strip():
            return y
        self.ink.into(self._root.add("H1" if kind == "H1" else "P"))
        for paragraph in text.strip("\n").split("\n"):
            for line in fold(paragraph, width, style):
                base = y + Ink.baseline_of(style)
                if begins_leftward(paragraph):
                    self.ink.leftward(x + width, base, line, paragraph, style)
                else:
                    self.ink.text(x, base, line, style)
                y += style.leading / MM
        self.ink.into(None)
        return y
