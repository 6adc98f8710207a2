"""Two states of a sheet on paper: what changed on the sheet itself, and all of it in words behind.

Nothing depends on colour: what is new is underlined, what went is struck through, and what only
looks otherwise has dots under it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from gemba.domain.compared import BoxChange, ComparedSheet, Mark, Marked, MarkedText, marked_words
from gemba.domain.definition import SheetDefinition
from gemba.domain.figures.words import described
from gemba.domain.frame import Frame
from gemba.domain.layout import TextLine
from gemba.domain.prose import Paragraph, Run
from gemba.reports.box_text import draw_line, draw_mark
from gemba.reports.boxes import LaidBox
from gemba.reports.fonts import begins_leftward
from gemba.reports.ink import Ink
from gemba.reports.lines import BULLET_MM, break_paragraph, cut, fold
from gemba.reports.structure import Element
from gemba.reports.style import (
    BOX_TEXT,
    BOX_TITLE,
    FOOTER,
    HEADER_RULE_PT,
    LABEL_STRONG,
    MARK_PT,
    MM,
    TEXT_WIDTH_MM,
    TITLE,
)

Words = Callable[..., str]

_LEADING: Final = BOX_TEXT.leading / MM
_BETWEEN: Final = 5.0
_KNOWN: Final = 60.0
"""How much of the name of a state stands in the legend, in mm."""


def mark_figures(
    ink: Ink, read: Element | None, box: LaidBox, change: BoxChange, words: Words
) -> None:
    """Draw a dashed frame round each figure of a box that is new or reads otherwise now."""
    for figure, where in box.figures:
        found = change.figure(figure.id)
        if found is None:
            continue
        ink.into(None)
        corners = [
            (where.x - 1.0, where.y - 1.0),
            (where.right + 1.0, where.y - 1.0),
            (where.right + 1.0, where.bottom + 1.0),
            (where.x - 1.0, where.bottom + 1.0),
        ]
        ink.polyline(corners, pt=MARK_PT, dash=(1.4, 0.9), close=True)
        said = words(f"compared.figure_{found.kind}")
        wide = Ink.text_width(said, LABEL_STRONG)
        left = where.right - wide - 2.0
        ink.rect(left, where.bottom - 0.8, wide + 2.0, 3.6, stroke=None, fill="paper")
        ink.into(read.add("P") if read else None)
        ink.text(where.right - wide - 1.0, where.bottom + 2.0, said, LABEL_STRONG)
    ink.into(None)


def draw_legend(
    ink: Ink, read: Element | None, compared: ComparedSheet, band: Frame, words: Words
) -> None:
    """Say in the foot of the sheet which states are compared, and what the marks mean."""
    names = [
        cut(fold(one, _KNOWN, FOOTER), 1, _KNOWN, FOOTER)[0]
        for one in (compared.before, compared.after)
    ]
    baseline = band.bottom - 1.5
    ink.into(read.add("P") if read else None)
    said = words("compared.legend", before=names[0], after=names[1])
    x = band.x + ink.text(band.x, baseline, said, FOOTER) + 6.0
    kinds: tuple[Marked, ...] = ("new", "gone")
    if compared.comparison.marked:
        kinds = (*kinds, "look")
    for kind in kinds:
        word = words(f"compared.{kind}")
        wide = ink.text(x, baseline, word, FOOTER)
        draw_mark(ink, x, baseline, wide, kind, FOOTER)
        x += wide + 4.0
    if compared.comparison.same:
        ink.text(x, baseline, words("compared.same"), FOOTER)
    ink.into(None)


def changes_in_words(
    compared: ComparedSheet, definition: SheetDefinition, words: Words, over: frozenset[str]
) -> list[tuple[str, MarkedText]]:
    """Return what the sheet itself cannot show, each with its heading.

    Those are facts of the sheet, figures, boxes that found no room for the words of both states,
    by id in ``over``, and boxes that are no longer on the sheet.
    """
    found: list[tuple[str, MarkedText]] = []
    comparison = compared.comparison
    for name, text in comparison.facts.items():
        found.append((words(f"compared.{name}"), text))
    if comparison.before.stage != comparison.after.stage:
        stages = [
            words(f"sheet.stages.{one.stage}") for one in (comparison.before, comparison.after)
        ]
        found.append((words("sheet.stage"), marked_words(stages[0], stages[1])))
    if comparison.reshaped:
        found.append((words("compared.boxes"), _only(words("compared.reshaped"))))
    labels = {box.id: box.label for box in definition.boxes}
    for box_id, change in comparison.boxes.items():
        label = labels.get(box_id) or compared.labels.get(box_id, box_id)
        if change.text.changed and (box_id in over or box_id not in labels):
            found.append((label, change.text))
        for figure in change.figures:
            before = described(figure.before, words) if figure.before is not None else ""
            after = described(figure.after, words) if figure.after is not None else ""
            text = marked_words(before, after)
            if not text.changed:
                text = _only(words("compared.looks", figure=after))
            found.append((words(f"compared.figure_{figure.kind}_in", box=label), text))
    return found


def _only(text: str) -> MarkedText:
    return MarkedText((Paragraph((Run(text),)),), ((),))


class ChangePages:
    """Fills pages of the sheet's own size with what changed, in as many columns as fit."""

    def __init__(
        self,
        ink: Ink,
        read: Element | None,
        definition: SheetDefinition,
        turn: Callable[[], None],
        title: str,
    ) -> None:
        self._ink = ink
        self._read = read
        self._page = definition.page
        self._turn = turn
        self._title = title
        width = self._page.width - 2 * self._page.margin
        self._count = max(1, int((width + self._page.gutter) / (TEXT_WIDTH_MM * 0.75)))
        self._wide = (width - (self._count - 1) * self._page.gutter) / self._count
        self._column = self._count
        self._top = self._y = self._bottom

    @property
    def _bottom(self) -> float:
        return self._page.height - self._page.margin

    @property
    def _x(self) -> float:
        return self._page.margin + self._column * (self._wide + self._page.gutter)

    def write(self, head: str, text: MarkedText) -> None:
        """Write one change under its heading; nothing of it is cut."""
        self._need(BOX_TITLE.leading / MM + 2 * _LEADING)
        part = self._read.add("Sect") if self._read else None
        ink = self._ink
        for line in fold(head, self._wide, BOX_TITLE):
            self._need(BOX_TITLE.leading / MM)
            ink.into(part.add("H2") if part else None)
            ink.text(self._x, self._y + Ink.baseline_of(BOX_TITLE), line, BOX_TITLE)
            self._y += BOX_TITLE.leading / MM
        for paragraph, marks in zip(text.paragraphs, text.marks, strict=True):
            self._paragraph(paragraph, marks, part)
        self._y += _BETWEEN

    def _paragraph(
        self, paragraph: Paragraph, marks: tuple[Mark, ...], part: Element | None
    ) -> None:
        words = part.add("P") if part else None
        inset = BULLET_MM if paragraph.bullet else 0.0
        leftward = begins_leftward(paragraph.text)
        for number, line in enumerate(break_paragraph(paragraph, self._wide, BOX_TEXT)):
            self._need(_LEADING)
            baseline = self._y + Ink.baseline_of(BOX_TEXT)
            x = self._x + self._wide - inset if leftward else self._x + inset
            self._ink.into(words)
            if paragraph.bullet and number == 0:
                dot = self._x + self._wide - 0.6 if leftward else self._x + 0.6
                self._ink.text(dot, baseline, "•", BOX_TEXT, align="right" if leftward else "left")
            placed = TextLine(0, line.start, line.end, x, baseline, leftward=leftward)
            draw_line(self._ink, paragraph, placed, marks)
            self._y += _LEADING

    def _need(self, height: float) -> None:
        if self._y + height <= self._bottom:
            return
        self._column += 1
        if self._column >= self._count:
            self._begin_page()
        self._y = self._top

    def _begin_page(self) -> None:
        self._turn()
        self._column = 0
        band = self._page.header_frame
        ink = self._ink
        ink.into(self._read.add("H1") if self._read else None)
        line = cut(fold(self._title, band.width, TITLE), 1, band.width, TITLE)[0]
        ink.text(band.x, band.bottom - 3.2, line, TITLE)
        ink.into(None)
        ink.line(band.x, band.bottom, band.right, band.bottom, pt=HEADER_RULE_PT)
        self._top = band.bottom + 3.0


def draw_changes(
    ink: Ink,
    read: Element | None,
    compared: ComparedSheet,
    definition: SheetDefinition,
    words: Words,
    over: frozenset[str],
    turn: Callable[[], None],
) -> None:
    """Draw what the sheet itself cannot show on pages behind it; none where there is nothing."""
    title = words("compared.in_words", before=compared.before, after=compared.after)
    pages = ChangePages(ink, read, definition, turn, title)
    for head, text in changes_in_words(compared, definition, words, over):
        pages.write(head, text)
    ink.into(None)
