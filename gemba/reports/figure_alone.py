"""One figure of a sheet on a page or in a picture of its own."""

from __future__ import annotations

from datetime import date
from typing import Final

from gemba.domain.definition import SheetDefinition
from gemba.domain.figures import Figure
from gemba.domain.figures.words import described
from gemba.domain.sheet import Sheet
from gemba.reports import figures
from gemba.reports.ink import Ink
from gemba.reports.marks import Marks, near
from gemba.reports.sheet import DrawnSheet, Photo, SheetFacts, Words, laid_boxes, put_sheet
from gemba.reports.sign_off import behind_marks
from gemba.reports.structure import Element
from gemba.reports.svg import draw_svg

_EDGE: Final = 3.0
"""White round a figure, in mm."""
_LEAST: Final = 20.0
_LONGEST: Final = 5_000.0
"""What PDF holds, 200 inches (ISO 32000-1, annex C), rounded down."""


def sheet_svg(
    sheet: Sheet,
    definition: SheetDefinition,
    *,
    facts: SheetFacts,
    photo: Photo,
    words: Words,
    today: date,
) -> bytes:
    """Return a whole sheet as SVG, from the same drawing as its PDF, and as it what stands behind.

    Lines to sign that find no room in the foot follow under the sheet.
    """
    marks, _drawn = marks_of_sheet(
        sheet, definition, facts=facts, photo=photo, words=words, today=today
    )
    page = definition.page
    pages = behind_marks(sheet, page, words)
    title = sheet.title or words("sheet.untitled")
    return draw_svg(marks.marks, marks.width, marks.height, title=title, behind=pages)


def marks_of_sheet(
    sheet: Sheet,
    definition: SheetDefinition,
    *,
    facts: SheetFacts,
    photo: Photo,
    words: Words,
    today: date,
) -> tuple[Marks, DrawnSheet]:
    """Return the marks of a whole sheet, and which of its boxes are too full."""
    page = definition.page
    marks = Marks(page.width, page.height)
    read = Element("Document")
    drawn = put_sheet(
        marks, read, sheet, definition, facts=facts, photo=photo, words=words, today=today
    )
    return marks, drawn


def figure_page(
    sheet: Sheet,
    definition: SheetDefinition,
    figure: Figure,
    *,
    photo: Photo,
    words: Words,
    today: date,
    author: str = "",
    svg: bool = False,
) -> tuple[bytes, int]:
    """Return a figure as PDF, or as SVG, and how many of its parts found no room.

    It is as wide as on its sheet and as high as all of it needs.
    """
    width, height = _size(sheet, definition, figure, photo, words)
    told = described(figure, words)
    title = figure.caption.strip() or sheet.title or words("sheet.untitled")
    wide, high = width + 2 * _EDGE, height + 2 * _EDGE
    marks, root = Marks(wide, high), Element("Document")
    ink = marks if svg else Ink(wide, high, title=title, author=author, structure=root)
    part = root.add("Figure", told)
    part.box = ink.box_of(_EDGE, _EDGE, width, height)
    ink.into(part)
    missing = figures.draw(
        figure, ink, _EDGE, _EDGE, width, height, photo=photo, today=today, say=words
    )
    ink.into(None)
    if svg:
        return draw_svg(marks.marks, wide, high, title=title), missing
    return ink.finish(), missing


def _size(
    sheet: Sheet, definition: SheetDefinition, figure: Figure, photo: Photo, words: Words
) -> tuple[float, float]:
    for box in laid_boxes(sheet, definition, photo, words).values():
        for one, frame in box.figures:
            if one.id == figure.id and one == figure:
                least = figures.least_height(figure, frame.width, say=words)
                return _held(frame.width), _held(max(frame.height, least))
    width, height = figures.natural_size(figure, 160.0, photo=photo, say=words)
    return _held(width), _held(height)


def _held(mm: float) -> float:
    """Return a length a page can have."""
    return min(_LONGEST, max(_LEAST, near(mm)))
