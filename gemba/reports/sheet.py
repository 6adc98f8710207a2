"""Drawing an A3: one page, everything at its size, and told plainly where there is too much."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Final

from gemba.domain.definition import Frame, SheetDefinition
from gemba.domain.figures import Figure, PhotoFigure
from gemba.domain.layout import SheetLayout
from gemba.domain.sheet import Sheet
from gemba.reports import figures
from gemba.reports.boxes import LaidBox, lay_out
from gemba.reports.fonts import runs_leftward, turned
from gemba.reports.ink import Ink, Tape, cut
from gemba.reports.lines import face_of, fold
from gemba.reports.style import (
    BOX_TEXT,
    BOX_TITLE,
    BOX_TITLE_MM,
    FACT,
    FACT_LABEL,
    FOOTER,
    HAIRLINE_PT,
    HEADER_RULE_PT,
    TITLE,
    TOO_MANY,
    Face,
)

PAPERS: Final[dict[str, tuple[float, float]]] = {
    "A3": (420.0, 297.0),
    "A4": (297.0, 210.0),
    "Tabloid": (431.8, 279.4),
    "Letter": (279.4, 215.9),
}
"""Paper sizes in mm, lying on their long side (ISO 216 and ANSI)."""

# Five names of this width still leave half of the header to the title.
_FACT_MM: Final = 36.0

Words = Callable[..., str]
Photo = Callable[[str], bytes | None]


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """The names that stand in the header; a sheet itself holds only who they are by id."""

    owner: str = ""
    coach: str = ""
    area: str = ""


@dataclass(frozen=True, slots=True)
class DrawnSheet:
    """The PDF, where everything lies on it, and the boxes that hold too much.

    ``over`` has the label of each box with lines too many, and how many; ``crowded`` the label of
    each whose figures could not be drawn whole.
    """

    pdf: bytes
    layout: SheetLayout
    over: tuple[tuple[str, int], ...] = ()
    crowded: tuple[str, ...] = ()


def draw_sheet(
    sheet: Sheet,
    definition: SheetDefinition,
    *,
    facts: SheetFacts,
    photo: Photo,
    words: Words,
    today: date,
    paper: str = "A3",
    compress: bool = True,
) -> DrawnSheet:
    """Draw a sheet for a paper; on another than its own it is fitted whole and centred.

    Without ``compress`` the same marks come sooner in a larger file, for the screen.
    Raises KeyError for a paper that PAPERS does not name.
    """
    page = definition.page
    width, height = PAPERS[paper]
    ink = Ink(
        width,
        height,
        title=sheet.title or words("sheet.untitled"),
        author=facts.owner,
        subject=definition.label,
        compress=compress,
    )
    fitted = (width, height) != (page.width, page.height)
    if fitted:
        scale = min(width / page.width, height / page.height)
        dx, dy = (width - page.width * scale) / 2, (height - page.height * scale) / 2
        ink.fit(scale, dx, dy, page.height)
    _header(ink, sheet, definition, facts, words)
    laid = {
        box_id: lay_out(sheet.box(box_id), frame, photo, words)
        for box_id, frame in definition.box_frames().items()
    }
    crowded = []
    for box_id, box in laid.items():
        label = definition.box(box_id).label
        if _box(ink, box, label, photo, words, today):
            crowded.append(label)
    _footer(ink, sheet, definition, words)
    if fitted:
        ink.unfit(height)
    layout = SheetLayout(page.width, page.height, {one: box.layout for one, box in laid.items()})
    over = tuple(
        (definition.box(one).label, box.layout.lines_over)
        for one, box in laid.items()
        if box.layout.lines_over
    )
    return DrawnSheet(ink.finish(), layout, over, tuple(crowded))


def _header(
    ink: Ink, sheet: Sheet, definition: SheetDefinition, facts: SheetFacts, words: Words
) -> None:
    band = definition.page.header_frame
    left = _facts(ink, sheet, facts, words, band)
    room = left - band.x - 8
    title, style = sheet.title, TITLE
    lines = fold(title, room, style)
    if len(lines) > 1:
        # A long title takes two lines at a smaller size before any of it would be lost.
        style = replace(TITLE, size=13.0, leading=15.5)
        lines = fold(title, room, style)
    if len(lines) > 2:
        style = replace(TITLE, size=9.0, leading=10.5)
        lines = cut(fold(title, room, style), 4, room, style)
    for number, line in enumerate(reversed(lines)):
        ink.text(band.x, band.bottom - 3.2 - number * style.leading * 25.4 / 72, line, style)
    ink.line(band.x, band.bottom, band.right, band.bottom, colour="rule", pt=HEADER_RULE_PT)


def _facts(ink: Ink, sheet: Sheet, facts: SheetFacts, words: Words, band: Frame) -> float:
    """Draw the five header facts from the right and return where they begin."""
    rows = [
        (words("sheet.owner"), facts.owner),
        (words("sheet.coach"), facts.coach),
        (words("sheet.area"), facts.area),
        (words("sheet.started"), words("sheet.day", day=sheet.started_on)),
        (words("sheet.stage"), words(f"sheet.stages.{sheet.stage}")),
    ]
    x = band.right
    for label, value in reversed(rows):
        if not value:
            continue
        shown = cut(fold(value, _FACT_MM, FACT), 1, _FACT_MM, FACT)[0]
        wide = max(ink.text_width(label, FACT_LABEL), ink.text_width(shown, FACT))
        x -= wide
        ink.text(x, band.bottom - 7.6, label, FACT_LABEL)
        ink.text(x, band.bottom - 3.2, shown, FACT)
        x -= 6.0
    return x


def _box(ink: Ink, box: LaidBox, label: str, photo: Photo, words: Words, today: date) -> int:
    """Draw a box and return how many parts of its figures found no room."""
    frame = box.layout.frame
    ink.line(frame.x, frame.y, frame.right, frame.y, colour="rule", pt=HAIRLINE_PT)
    ink.text(frame.x, frame.y + BOX_TITLE_MM, label, BOX_TITLE)
    if box.layout.lines_over:
        said = words("sheet.lines_over", count=box.layout.lines_over)
        ink.text(frame.right, frame.y + BOX_TITLE_MM, said, TOO_MANY, align="right")
    for line in box.layout.lines:
        if line.over:
            break
        if line.bullet:
            ink.text(box.layout.text.x + 0.6, line.baseline, "•", BOX_TEXT)
        _runs(ink, box, line.paragraph, line.start, line.end, line.x, line.baseline)
    return sum(_figure(ink, one, where, photo, words, today) for one, where in box.figures)


_drawn: dict[tuple[object, ...], tuple[int, Tape]] = {}
_MOST_DRAWN = 64


def _figure(ink: Ink, figure: Figure, where: Frame, photo: Photo, words: Words, today: date) -> int:
    """Draw a figure, from the tape where the same one was drawn in the same place before."""

    def draw() -> int:
        return figures.draw(
            figure,
            ink,
            where.x,
            where.y,
            where.width,
            where.height,
            photo=photo,
            today=today,
            say=words,
        )

    if isinstance(figure, PhotoFigure):
        return draw()
    key = (figure, where, today, words, ink.height)
    known = _drawn.get(key)
    if known is None:
        if len(_drawn) >= _MOST_DRAWN:
            _drawn.clear()
        known = _drawn[key] = ink.record(draw)
    else:
        ink.play(known[1])
    return known[0]


def _runs(
    ink: Ink, box: LaidBox, paragraph: int, start: int, end: int, x: float, baseline: float
) -> None:
    at = 0
    parts: list[tuple[Face, str]] = []
    for run in box.paragraphs[paragraph].runs:
        first, last = max(start, at), min(end, at + len(run.text))
        if first < last:
            parts.append((face_of(run.bold, run.italic), run.text[first - at : last - at]))
        at += len(run.text)
    leftward = any(runs_leftward(text) for _face, text in parts)
    if leftward:
        parts = _turned(parts, box.paragraphs[paragraph].text)
    for face, text in parts:
        x += ink.text(x, baseline, text, replace(BOX_TEXT, face=face), turned=leftward)


def _turned(parts: list[tuple[Face, str]], paragraph: str) -> list[tuple[Face, str]]:
    """Return the parts of a line from left to right, when some of it runs the other way."""
    faces = [face for face, text in parts for _letter in text]
    line = "".join(text for _face, text in parts).rstrip()
    shown = groupby(turned(line, paragraph), key=lambda letter: faces[letter[0]])
    return [(face, "".join(letter for _index, letter in group)) for face, group in shown]


def _footer(ink: Ink, sheet: Sheet, definition: SheetDefinition, words: Words) -> None:
    band = definition.page.footer_frame
    baseline = band.bottom - 1.5
    left = words("sheet.footer", short=sheet.id.hex[:4].upper(), revision=sheet.revision)
    ink.text(band.x, baseline, left, FOOTER)
    ink.text(band.right, baseline, words("sheet.one_of_one"), FOOTER, align="right")
