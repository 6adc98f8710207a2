"""The photos a sheet shows, wherever on it they lie."""

from __future__ import annotations

from collections.abc import Iterator

from gemba.domain.figures import Figure, Pair, PhotoFigure
from gemba.domain.figures.photo_marks import blurred_areas
from gemba.domain.photo_mark import MarkedPhoto
from gemba.domain.sheet import Sheet


def figures_of(sheet: Sheet) -> list[Figure]:
    """Return every figure of a sheet, also of its first draft and in its tray."""
    boxes = (*sheet.boxes, *sheet.first_draft, *(piece.box for piece in sheet.tray))
    return [figure for box in boxes for figure in box.figures]


def blurred_on(sheet: Sheet) -> Iterator[MarkedPhoto]:
    """Yield each photo on which a sheet blurs something, with what it blurs."""
    figures = figures_of(sheet)
    halves = [half for one in figures if isinstance(one, Pair) for half in (one.before, one.after)]
    for one in (*figures, *halves):
        if isinstance(one, PhotoFigure) and one.photo and blurred_areas(one.marks):
            blurs = tuple(mark for mark in one.marks if mark.shape == "blur")
            yield MarkedPhoto(photo=one.photo, marks=blurs)
