"""A sheet for the printer: fitted, in halves, in grey, half empty, with the coach's comments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from gemba.domain.compared import ComparedSheet
from gemba.domain.definition import SheetDefinition
from gemba.domain.layout import SheetLayout
from gemba.domain.paper import PaperChoice, Placed, place
from gemba.domain.sheet import Box, MarginNote, Sheet
from gemba.reports.ink import Ink
from gemba.reports.lines import fold
from gemba.reports.sheet import DrawnSheet, Photo, SheetFacts, Words, put_behind, put_sheet
from gemba.reports.structure import Element
from gemba.reports.style import (
    BOX_TITLE,
    BOX_TITLE_MM,
    FOOTER,
    LABEL_SOFT,
    MM,
    REPORT_HEAD,
    REPORT_SOFT,
    REPORT_STRONG,
    REPORT_TEXT,
    TextStyle,
)

_MARK: Final = 5.0
_MARK_GAP: Final = 2.0
_EDGE: Final = 14.0
_GUTTER: Final = 10.0
_COMMENTS: Final = "comments"
_ASKED: Final = TextStyle("italic", 8.5, 11, "ink_soft")
_TICK: Final = 5.0
"""How long the marks are where the second half is laid, in mm."""


def draw_print(
    sheet: Sheet,
    definition: SheetDefinition,
    chosen: PaperChoice,
    *,
    facts: SheetFacts,
    notes: Sequence[MarginNote],
    photo: Photo,
    words: Words,
    today: date,
    compared: ComparedSheet | None = None,
) -> DrawnSheet:
    """Draw a sheet as it was chosen; raises BadInput where the paper cannot take it so.

    With ``compared`` the words of two states stand in its boxes, and what they cannot show on
    pages behind. ``notes`` are drawn only where they were chosen: numbered at their box, told on a
    page after.
    """
    pages = place(definition.page, chosen)
    shown, header = _for_pencil(sheet, definition, chosen.fill, facts)
    nameless = header.pencil and not chosen.comments
    read = Element("Document")
    ink = Ink(
        pages[0].width,
        pages[0].height,
        title=definition.label if nameless else sheet.title or words("sheet.untitled"),
        author="" if nameless else facts.owner,
        subject=definition.label,
        structure=read,
        grey=chosen.grey,
        on=today,
    )
    told = numbered(definition, notes) if chosen.comments else []
    drawn = DrawnSheet(b"", SheetLayout(definition.page.width, definition.page.height))
    for number, one in enumerate(pages):
        if number:
            ink.new_page()
        ink.fit(one.scale, one.dx, one.dy, definition.page.height)
        if len(pages) > 1:
            ink.clip(one.first, 0.0, one.last - one.first, definition.page.height)
        # What stands on both halves is read once.
        part = read if not number else None
        drawn = put_sheet(
            ink,
            part,
            shown,
            definition,
            facts=header,
            photo=photo,
            words=words,
            today=today,
            compared=compared,
            outlined=(one.first, one.last),
        )
        _number(ink, part, definition, drawn.layout, told)
        if chosen.fill != "full":
            _ask(ink, part, definition, shown, drawn.layout, told)
        if len(pages) > 1:
            ink.unclip()
        ink.unfit(one.height)
        if chosen.crop_marks:
            _crop_marks(ink, one, definition.page.height)
        if number:
            _cut_line(ink, one, definition.page.height, words)
        elif len(pages) > 1:
            _lay_marks(ink, one, definition.page.height, words)
    put_behind(ink, read, shown, definition, words, drawn, compared)
    if told:
        ink.new_page()
        _comments(ink, read, definition, told, words, sheet.title)
    return replace(drawn, pdf=ink.finish())


def _for_pencil(
    sheet: Sheet, definition: SheetDefinition, fill: str, facts: SheetFacts
) -> tuple[Sheet, SheetFacts]:
    """Return a sheet as far as it is to be filled."""
    if fill == "blank":
        return replace(sheet, title="", boxes=(), sign_offs=()), SheetFacts(pencil=True)
    if fill == "half":
        frames = definition.box_frames()
        middle = definition.page.width / 2
        boxes = (
            Box(id=one.id) if one.id in frames and frames[one.id].x >= middle - 1 else one
            for one in sheet.boxes
        )
        return replace(sheet, boxes=tuple(boxes)), facts
    return sheet, facts


def numbered(
    definition: SheetDefinition, notes: Sequence[MarginNote]
) -> list[tuple[int, MarginNote]]:
    """Return the notes in the order of the boxes they stand beside, each with its number."""
    order = {box_id: at for at, box_id in enumerate(definition.box_frames())}
    found = sorted(notes, key=lambda one: order.get(one.box, len(order)))
    return list(enumerate(found, 1))


def _number(
    ink: Ink,
    read: Element | None,
    definition: SheetDefinition,
    layout: SheetLayout,
    told: Sequence[tuple[int, MarginNote]],
) -> None:
    """Write the numbers of the comments beside the title of each box."""
    for box_id, box in layout.boxes.items():
        numbers = ", ".join(str(number) for number, note in told if note.box == box_id)
        if numbers:
            label = definition.box(box_id).label
            x = box.frame.x + ink.text_width(label, BOX_TITLE) + 3.0
            ink.into(read.add("P") if read else None)
            y = box.frame.y + BOX_TITLE_MM
            width = ink.text(x, y, f"[{numbers}]", LABEL_SOFT)
            ink.jump(x, y - 3.0, width, 4.0, _COMMENTS)
    ink.into(None)


def _ask(
    ink: Ink,
    read: Element | None,
    definition: SheetDefinition,
    shown: Sheet,
    layout: SheetLayout,
    told: Sequence[tuple[int, MarginNote]],
) -> None:
    """Write the question of each box that is left for pencil: beside its title, else under it."""
    for box_id, box in layout.boxes.items():
        part = definition.box(box_id)
        if not part.question or not shown.box(box_id).empty:
            continue
        numbers = ", ".join(str(number) for number, note in told if note.box == box_id)
        after = ink.text_width(part.label, BOX_TITLE) + 3.0
        after += ink.text_width(f"[{numbers}]", LABEL_SOFT) + 3.0 if numbers else 0.0
        beside = box.frame.width - after
        lines, x, y = [part.question], box.frame.x + after, box.frame.y + BOX_TITLE_MM
        if ink.text_width(part.question, _ASKED) > beside:
            lines = fold(part.question, box.frame.width, _ASKED)
            x, y = box.frame.x, y + _ASKED.leading / MM
        ink.into(read.add("P") if read else None)
        for number, line in enumerate(lines):
            ink.text(x, y + number * _ASKED.leading / MM, line, _ASKED)
    ink.into(None)


def _crop_marks(ink: Ink, one: Placed, height: float) -> None:
    """Draw two short lines at each corner of the sheet, outside of it."""
    top, bottom = one.dy, one.dy + height * one.scale
    for x, out in ((one.left, -1), (one.right, 1)):
        for y, down in ((top, -1), (bottom, 1)):
            begin, end = _MARK_GAP, _MARK_GAP + _MARK
            ink.line(x + out * begin, y, x + out * end, y, pt=0.25)
            ink.line(x, y + down * begin, x, y + down * end, pt=0.25)


def _lay_marks(ink: Ink, one: Placed, height: float, words: Words) -> None:
    """Mark above and below the first half where the edge of the second is laid."""
    top, bottom = max(0.0, one.dy), min(one.height, one.dy + height * one.scale)
    for begin, end in ((top, top + _TICK), (bottom - _TICK, bottom)):
        ink.line(one.right, begin, one.right, end, pt=0.5)
    said = max(4.0, top + 3.0)
    ink.text(one.right - 2.0, said, words("paper.lay"), FOOTER, align="right")


def _cut_line(ink: Ink, one: Placed, height: float, words: Words) -> None:
    """Draw where the second half is cut, and what to do with it."""
    if one.left < 1.0:
        return
    top, bottom = max(0.0, one.dy), min(one.height, one.dy + height * one.scale)
    ink.line(one.left, top, one.left, bottom, colour="axis", pt=0.5, dash=(2.0, 2.0))
    ink.text(one.left + 2.0, max(4.0, top + 3.0), words("paper.cut"), FOOTER)


def _comments(
    ink: Ink,
    read: Element,
    definition: SheetDefinition,
    told: Sequence[tuple[int, MarginNote]],
    words: Words,
    title: str,
) -> None:
    """Draw the comments in two columns, on as many pages as they need."""
    ink.bookmark(_COMMENTS, words("paper.comments"))
    flow = _Flow(ink, words)
    part = read.add("Sect")
    flow.say(part.add("H2"), words("paper.comments"), REPORT_HEAD)
    flow.say(part.add("P"), title, REPORT_SOFT)
    flow.gap(2.0)
    labels = {box.id: box.label for box in definition.boxes}
    for number, note in told:
        about = [labels.get(note.box, note.box), note.author, words("sheet.day", day=note.asked_on)]
        head = f"{number}  {', '.join(one for one in about if one)}"
        flow.say(part.add("P"), head, REPORT_SOFT)
        flow.say(part.add("P"), note.text, REPORT_STRONG)
        if note.kind == "question":
            answer = note.answer.strip() or words("paper.no_answer")
            flow.say(part.add("P"), answer, REPORT_TEXT)
        flow.gap(3.0)
    ink.into(None)


class _Flow:
    """Lines that go on in the next column, and then on the next page."""

    def __init__(self, ink: Ink, words: Words) -> None:
        self._ink = ink
        self._words = words
        self._columns = 2 if ink.width > ink.height else 1
        room = ink.width - 2 * _EDGE - (self._columns - 1) * _GUTTER
        self._width = min(160.0, room / self._columns)
        self._column = 0
        self._y = _EDGE

    def say(self, part: Element, text: str, style: TextStyle) -> None:
        """Write a paragraph."""
        high = style.leading / MM
        for line in fold(text, self._width, style):
            if self._y + high > self._ink.height - _EDGE:
                self._on()
            self._ink.into(part)
            x = _EDGE + self._column * (self._width + _GUTTER)
            self._ink.text(x, self._y + self._ink.baseline_of(style), line, style)
            self._y += high

    def gap(self, mm: float) -> None:
        """Leave room."""
        self._y += mm

    def _on(self) -> None:
        self._y = _EDGE
        self._column += 1
        if self._column == self._columns:
            self._column = 0
            self._ink.into(None)
            self._ink.new_page()
