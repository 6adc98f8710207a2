"""A report that flows over A4 pages: a cursor, page breaks, running titles and page numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from gemba.domain.layout import TextLine
from gemba.domain.photo_mark import PhotoMark
from gemba.domain.prose import Paragraph, Run
from gemba.domain.titles import first_words
from gemba.reports.box_text import draw_line
from gemba.reports.fonts import begins_leftward
from gemba.reports.ink import Ink
from gemba.reports.lines import Line, break_paragraph, cut, fold
from gemba.reports.pictures import for_paper, picture_size, without_areas
from gemba.reports.structure import Element
from gemba.reports.style import (
    FOOTER,
    HEADER_RULE_PT,
    MM,
    REPORT_HEAD,
    REPORT_SOFT,
    REPORT_TEXT,
    REPORT_TITLE,
    TextStyle,
)

A4: Final = (210.0, 297.0)
"""Width and height of the page in mm, standing (ISO 216)."""
LEFT: Final = 25.0
WIDTH: Final = 160.0
"""The column of a report in mm: no line is longer than the eye finds back from."""
TOP: Final = 20.0
BOTTOM: Final = 275.0
LABEL: Final = 36.0
"""How far values stand in behind their labels."""
_FOOT: Final = 285.0
_RUNNING: Final = 12.0
_SLACK: Final = 0.01

Words = Callable[..., str]
Photo = Callable[[str], bytes | None]
Mark = Callable[[Ink], None]
Spot = tuple[int, float]
"""A page, from 0, and how far down on it in mm; of two spots the larger is further on."""


class Pages:
    """Fills pages from top to bottom; ``spot`` is where the next thing stands.

    What is put on them is drawn at the end, when it is known how many there are. A ``badge``,
    such as that the pages are private, stands in a frame at the head of each of them.
    """

    def __init__(self, *, title: str, left: str, words: Words, badge: str = "") -> None:
        self._title = title
        self._badge = badge
        self._left = left
        self._words = words
        self._marks: list[list[tuple[Element | None, Mark]]] = [[]]
        self._read = Element("Document")
        self._outline: list[tuple[int, str, int]] = []
        self.spot: Spot = (0, TOP)
        self._headed: Spot = (-1, 0.0)

    @property
    def room(self) -> float:
        """The height that is left on this page, in mm."""
        return BOTTOM - self.spot[1]

    @property
    def at_top(self) -> bool:
        """Tell whether nothing stands on this page yet."""
        return self.spot[1] <= TOP

    def go(self, spot: Spot) -> None:
        """Continue at a spot of this page or of another that was begun."""
        self.spot = spot

    def mark(self, draw: Mark, part: Element | None = None) -> None:
        """Draw something on this page, as a part of the document or as decoration."""
        self._marks[self.spot[0]].append((part, draw))

    def turn(self) -> None:
        """Go on at the top of the next page."""
        page = self.spot[0] + 1
        if page == len(self._marks):
            self._marks.append([])
        self.spot = (page, TOP)

    def need(self, height: float) -> None:
        """Turn the page unless so many mm are left; a page that is empty is never turned."""
        if self.room + _SLACK < height and not self.at_top:
            self.turn()

    def height_of(self, write: Callable[[Pages], None], most: float) -> float:
        """Return the height in mm of what is written on a page; 0 where that is over ``most``."""
        trial = Pages(title="", left="", words=self._words)
        write(trial)
        page, bottom = trial.spot
        return bottom - TOP if page == 0 and bottom - TOP <= most else 0.0

    def space(self, height: float) -> None:
        """Leave a gap in mm; none at the top of a page."""
        if not self.at_top:
            self.spot = (self.spot[0], self.spot[1] + height)

    def paragraph(self) -> Element:
        """Begin a paragraph that is written in more than one piece."""
        return self._read.add("P")

    def text(
        self,
        text: str,
        style: TextStyle,
        *,
        x: float = LEFT,
        width: float = 0.0,
        part: Element | None = None,
    ) -> None:
        """Write text in lines, over as many pages as it takes; nothing of it is cut.

        No line stands alone at the foot or the head of a page. The text is read as a paragraph of
        its own, or as what ``part`` says.
        """
        room = width or LEFT + WIDTH - x
        part = part or self._read.add("P")
        lines = [
            (line, paragraph)
            for paragraph in text.split("\n")
            for line in fold(paragraph, room, style)
        ]
        high = style.leading / MM
        for number, (line, paragraph) in enumerate(lines):
            self._need_line(number, len(lines), high)
            self._line(line, paragraph, style, x, room, part)
            self.spot = (self.spot[0], self.spot[1] + high)

    def marked(self, runs: Sequence[Run], style: TextStyle, *, x: float = LEFT) -> None:
        """Write words of which some are bold or italic, otherwise as ``text`` does."""
        if not any(run.bold or run.italic for run in runs):
            self.text("".join(run.text for run in runs), style, x=x)
            return
        room, part, high = LEFT + WIDTH - x, self._read.add("P"), style.leading / MM
        lines = [
            (paragraph, line)
            for paragraph in _paragraphs(runs)
            for line in break_paragraph(paragraph, room, style)
        ]
        for number, (paragraph, line) in enumerate(lines):
            self._need_line(number, len(lines), high)
            self._marked_line(paragraph, line, style, x, room, part)
            self.spot = (self.spot[0], self.spot[1] + high)

    def _need_line(self, number: int, count: int, high: float) -> None:
        """Turn the page where a line, or the last two, would stand alone."""
        left = count - number
        if number == 0:
            self.need(high * (left if left <= 3 else 2))
        else:
            self.need(high * (2 if left == 2 else 1))

    def aside(
        self,
        text: str,
        style: TextStyle,
        *,
        x: float = LEFT,
        beside: TextStyle,
        part: Element | None = None,
    ) -> None:
        """Write one line without going on, on the baseline of the text that follows."""
        baseline = self.spot[1] + Ink.baseline_of(beside)
        part = part or self._read.add("P")
        self.mark(lambda ink: _draw_text(ink, x, baseline, text, style), part)

    def labelled(
        self, label: str, text: str, *, x: float = LEFT, stand: float = LABEL, width: float = 0.0
    ) -> None:
        """Write text with a small label before it; nothing where there is no text."""
        if not text.strip():
            return
        self._keep_start(text, REPORT_TEXT, width or LEFT + WIDTH - x - stand)
        part = self._read.add("P")
        self.aside(label, REPORT_SOFT, x=x, beside=REPORT_TEXT, part=part)
        self.text(text.strip("\n"), REPORT_TEXT, x=x + stand, width=width, part=part)

    def title(self, text: str) -> None:
        """Write the title of the report, with the rule that stands under its facts to come."""
        self.text(text, REPORT_TITLE, part=self._read.add("H1"))
        self.space(3.0)

    def rule(self) -> None:
        """Draw the rule that ends the head of a report."""
        y = self.spot[1] + 1.5
        self.mark(lambda ink: ink.line(LEFT, y, LEFT + WIDTH, y, colour="rule", pt=HEADER_RULE_PT))
        self.space(3.0)

    def head(self, text: str, least: float, *, level: int = 0, outline: bool = True) -> None:
        """Write a heading, with at least so many mm of what follows on the same page."""
        # A heading straight under another belongs to it.
        self.space(1.0 if self.spot == self._headed else 6.0)
        lines = len(fold(text, WIDTH, REPORT_HEAD))
        self.need(min(lines * REPORT_HEAD.leading / MM + 1.5 + least, BOTTOM - TOP))
        if outline:
            self._outline.append((self.spot[0], first_words(text, 120), level))
        self.text(text, REPORT_HEAD, part=self._read.add("H3" if level else "H2"))
        self.space(1.5)
        self._headed = self.spot

    def picture(
        self,
        data: bytes | None,
        x: float,
        width: float,
        tallest: float,
        *,
        said: str,
        marks: tuple[PhotoMark, ...] = (),
    ) -> None:
        """Draw a picture whole, at most so wide and high (mm), and go on under it.

        ``said`` is what it says to those who do not see it, ``marks`` what is drawn over it.
        """
        wide, high = picture_size(data, width, tallest)
        self.need(high)
        y = self.spot[1]
        gone = self._words("photo_figure.not_here")
        part = self._read.add("Figure", said)
        part.box = (x * MM, (A4[1] - y - high) * MM, (x + wide) * MM, (A4[1] - y) * MM)
        self.mark(lambda ink: _draw_picture(ink, data, (x, y, wide, high), gone, marks), part)
        self.spot = (self.spot[0], y + high)

    def finish(self, *, title: str, author: str, subject: str) -> bytes:
        """Draw every page and return the document."""
        ink = Ink(
            *A4,
            title=" ".join(first_words(title, 200).split()),
            author=author,
            subject=subject,
            structure=self._read,
        )
        count = len(self._marks)
        for number, marks in enumerate(self._marks):
            if number:
                ink.new_page()
                self._running(ink)
            self._mark_page(ink)
            for entry, (page, words, level) in enumerate(self._outline):
                if count > 1 and page == number:
                    ink.bookmark(f"head-{entry}", words, level)
            for part, mark in marks:
                ink.into(part)
                mark(ink)
            ink.into(None)
            self._foot(ink, number + 1, count)
        return ink.finish()

    def _keep_start(self, text: str, style: TextStyle, width: float) -> None:
        lines = len(fold(text.strip("\n"), width, style))
        self.need(style.leading / MM * (lines if lines <= 3 else 2))

    def _line(
        self, line: str, paragraph: str, style: TextStyle, x: float, room: float, part: Element
    ) -> None:
        baseline = self.spot[1] + Ink.baseline_of(style)
        if begins_leftward(paragraph):
            self.mark(lambda ink: ink.leftward(x + room, baseline, line, paragraph, style), part)
        else:
            self.mark(lambda ink: _draw_text(ink, x, baseline, line, style), part)

    def _marked_line(
        self,
        paragraph: Paragraph,
        line: Line,
        style: TextStyle,
        x: float,
        room: float,
        part: Element,
    ) -> None:
        leftward = begins_leftward(paragraph.text)
        placed = TextLine(
            paragraph=0,
            start=line.start,
            end=line.end,
            x=x + room if leftward else x,
            baseline=self.spot[1] + Ink.baseline_of(style),
            leftward=leftward,
        )
        self.mark(lambda ink: draw_line(ink, paragraph, placed, style=style), part)

    def _running(self, ink: Ink) -> None:
        line = cut(fold(self._title, WIDTH, FOOTER), 1, WIDTH, FOOTER)[0]
        ink.text(LEFT, _RUNNING, line, FOOTER)

    def _mark_page(self, ink: Ink) -> None:
        if not self._badge:
            return
        wide = Ink.text_width(self._badge, FOOTER) + 4.0
        x = LEFT + WIDTH - wide
        ink.rect(x, _RUNNING - 3.6, wide, 5.0, pt=1.0)
        ink.text(x + 2.0, _RUNNING, self._badge, FOOTER)

    def _foot(self, ink: Ink, page: int, count: int) -> None:
        ink.text(LEFT, _FOOT, self._left, FOOTER)
        said = self._words("report.page", page=page, pages=count)
        ink.text(LEFT + WIDTH, _FOOT, said, FOOTER, align="right")


def _paragraphs(runs: Sequence[Run]) -> Iterator[Paragraph]:
    """Runs as paragraphs, at the line ends in them."""
    held: list[Run] = []
    for run in runs:
        for number, text in enumerate(run.text.split("\n")):
            if number:
                yield Paragraph(tuple(held))
                held = []
            if text:
                held.append(Run(text, run.bold, run.italic))
    yield Paragraph(tuple(held))


def _draw_text(ink: Ink, x: float, baseline: float, text: str, style: TextStyle) -> None:
    ink.text(x, baseline, text, style)


def _draw_picture(
    ink: Ink,
    data: bytes | None,
    area: tuple[float, float, float, float],
    said: str,
    marks: tuple[PhotoMark, ...],
) -> None:
    x, y, width, height = area
    try:
        if data is not None:
            if marks:
                _draw_marked(ink, data, area, marks)
            else:
                ink.image(for_paper(data, width), x, y, width, height)
            return
    except (OSError, SyntaxError, ValueError):
        # What Pillow raises for a file that was damaged on the disk.
        pass
    ink.rect(x, y, width, height, stroke="axis")
    ink.wrapped(x + 2.0, y + 2.0, width - 4.0, said, REPORT_SOFT)


def _draw_marked(
    ink: Ink, data: bytes, area: tuple[float, float, float, float], marks: tuple[PhotoMark, ...]
) -> None:
    # Few photos are marked; the drawings of figures load with the first of them.
    from gemba.domain.figures.photo_marks import blurred_areas
    from gemba.reports.figures.photo import draw_marks

    # What was blurred must not reach the paper even where only the blur fails.
    shown = without_areas(data, blurred_areas(marks))
    ink.image(for_paper(shown, area[2]), *area)
    draw_marks(marks, ink, *area)
