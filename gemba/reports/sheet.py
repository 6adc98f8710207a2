"""Drawing an A3: one page, everything at its size, and told plainly where there is too much."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from gemba.domain.compared import BoxChange, ComparedSheet
from gemba.domain.definition import SheetDefinition
from gemba.domain.figures import Figure, Pair, PhotoFigure
from gemba.domain.figures.pair import photos_in
from gemba.domain.figures.words import described
from gemba.domain.frame import Frame
from gemba.domain.layout import BoxLayout, DrawnPart, SheetLayout
from gemba.domain.paper import PAPERS
from gemba.domain.sheet import Sheet
from gemba.domain.sheet_format import shaped
from gemba.reports import figures
from gemba.reports.addresses import put_links
from gemba.reports.box_text import draw_text
from gemba.reports.boxes import LaidBox, lay_out
from gemba.reports.comparison import draw_changes, draw_legend, mark_figures
from gemba.reports.ink import Ink, Tape
from gemba.reports.lines import cut, fold
from gemba.reports.outline import Tie, put_outline
from gemba.reports.sign_off import draw_behind, draw_sign_offs
from gemba.reports.structure import Element
from gemba.reports.style import (
    BOX_TITLE,
    BOX_TITLE_MM,
    FACT,
    FACT_LABEL,
    FOOTER,
    HAIRLINE_PT,
    HEADER_RULE_PT,
    MM,
    TITLE,
    TOO_MANY,
    TextStyle,
)
from gemba.reports.unseen import cut_words, unseen_words

# Below this a title could not be read on A4 any more.
_LEAST_TITLE_PT: Final = 7.0
# Five names of this width still leave half of the header to the title.
_FACT_MM: Final = 36.0

Words = Callable[..., str]
Photo = Callable[[str], bytes | None]


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """The names that stand in the header; a sheet itself holds only who they are by id.

    With ``pencil`` there is a line to write on in the place of each. ``ties`` lead from part to
    part of the sheet; a PDF has them in its outline.
    """

    owner: str = ""
    coach: str = ""
    area: str = ""
    pencil: bool = False
    ties: tuple[Tie, ...] = ()


@dataclass(frozen=True, slots=True)
class DrawnSheet:
    """The PDF, where everything lies on it, and the boxes that hold too much.

    ``over`` has the label of each box with lines too many, and how many; ``crowded`` the label of
    each whose figures could not be drawn whole, ``left_out`` the texts of each of those that
    cannot be read on the page. ``parts`` tells the lines, figures and titles
    that look the same in two drawings from those that do not.
    """

    pdf: bytes
    layout: SheetLayout
    over: tuple[tuple[str, int], ...] = ()
    crowded: tuple[str, ...] = ()
    left_out: tuple[tuple[str, ...], ...] = ()
    parts: tuple[DrawnPart, ...] = ()


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
    compared: ComparedSheet | None = None,
) -> DrawnSheet:
    """Draw a sheet for a paper; on another than its own it is fitted whole and centred.

    With ``compared`` the words of two states stand in its boxes, and on paper what they cannot
    show on pages behind. Without ``compress`` the same marks come sooner in a larger file, for the
    screen. Raises KeyError for a paper that PAPERS does not name.
    """
    definition = shaped(definition, sheet.format)
    page = definition.page
    width, height = PAPERS[paper]
    # A page for the screen alone is drawn with every key, and read from the screen's own tree.
    read = Element("Document") if compress else None
    ink = Ink(
        width,
        height,
        title=sheet.title or words("sheet.untitled"),
        author=facts.owner,
        subject=definition.label,
        compress=compress,
        structure=read,
        on=today,
    )
    fitted = (width, height) != (page.width, page.height)
    if fitted:
        scale = min(width / page.width, height / page.height)
        dx, dy = (width - page.width * scale) / 2, (height - page.height * scale) / 2
        ink.fit(scale, dx, dy, page.height)
    drawn = put_sheet(
        ink,
        read,
        sheet,
        definition,
        facts=facts,
        photo=photo,
        words=words,
        today=today,
        compared=compared,
        outlined=(0.0, page.width) if compress else (0.0, 0.0),
    )
    if fitted:
        ink.unfit(height)
    if compress:
        put_behind(ink, read, sheet, definition, words, drawn, compared)
    return replace(drawn, pdf=ink.finish())


def put_behind(
    ink: Ink,
    read: Element | None,
    sheet: Sheet,
    definition: SheetDefinition,
    words: Words,
    drawn: DrawnSheet,
    compared: ComparedSheet | None = None,
) -> None:
    """Draw on pages behind a sheet what finds no room on it: changes in words, lines to sign."""
    page, width, height = definition.page, ink.width, ink.height
    scale = min(width / page.width, height / page.height)
    dx, dy = (width - page.width * scale) / 2, (height - page.height * scale) / 2
    turned = False

    def turn() -> None:
        nonlocal turned
        if turned:
            ink.unfit(height)
        turned = True
        ink.new_page()
        ink.fit(scale, dx, dy, page.height)

    if compared is not None:
        hidden = frozenset(one for one, box in drawn.layout.boxes.items() if box.lines_over)
        draw_changes(ink, read, compared, definition, words, hidden, turn)
    else:
        draw_behind(ink, read, sheet, page, words, turn)
    if turned:
        ink.unfit(height)


def put_sheet(
    ink: Ink,
    read: Element | None,
    sheet: Sheet,
    definition: SheetDefinition,
    *,
    facts: SheetFacts,
    photo: Photo,
    words: Words,
    today: date,
    compared: ComparedSheet | None = None,
    outlined: tuple[float, float] = (0.0, 0.0),
) -> DrawnSheet:
    """Draw a sheet on a surface, and return it without a PDF; ``read`` is what is read of it.

    The outline leads to the boxes that begin between the edges ``outlined``, in mm.
    """
    page = definition.page
    draw_header(ink, read, sheet, definition, facts, words)
    ink.end_part(page.header_frame)
    changes = compared.comparison.boxes if compared is not None else {}
    laid = laid_boxes(sheet, definition, photo, words, changes)
    crowded = []
    left_out = []
    boxes = {box_id: box.layout for box_id, box in laid.items()}
    labels = {box_id: definition.box(box_id).label for box_id in laid}
    here = {
        box_id: box
        for box_id, box in laid.items()
        if outlined[0] <= box.layout.frame.x < outlined[1]
    }
    put_outline(ink, sheet, labels, here, facts.ties, words)
    for box_id, box in laid.items():
        label = definition.box(box_id).label
        part = read.add("Sect") if read else None
        if read:
            put_links(ink, box)
        full = "sheet.lines_over" if compared is None else "compared.lines_over"
        unseen = _box(ink, part, box, label, photo, words, today, full)
        if any(count for count, _texts in unseen.values()):
            crowded.append(label)
            left_out.append(tuple(text for _count, texts in unseen.values() for text in texts))
        if unseen:
            boxes[box_id] = _with_unseen(box.layout, unseen)
        if box_id in changes:
            mark_figures(ink, part, box, changes[box_id], words)
            ink.end_part(box.layout.frame)
    if compared is None:
        draw_footer(ink, sheet, definition, words, pencil=facts.pencil)
        draw_sign_offs(ink, read, sheet, page.footer_frame, words)
    else:
        draw_legend(ink, read, compared, page.footer_frame, words)
    ink.end_part(page.footer_frame)
    layout = SheetLayout(page.width, page.height, boxes)
    over = tuple(
        (definition.box(one).label, box.layout.lines_over)
        for one, box in laid.items()
        if box.layout.lines_over
    )
    return DrawnSheet(b"", layout, over, tuple(crowded), tuple(left_out), tuple(ink.parts))


def _with_unseen(layout: BoxLayout, unseen: Mapping[str, Unseen]) -> BoxLayout:
    """Return the layout of a box whose figures tell what of them found no room."""
    figures = tuple(
        replace(one, unseen=unseen[one.id][0], left_out=unseen[one.id][1])
        if one.id in unseen
        else one
        for one in layout.figures
    )
    return replace(layout, figures=figures)


def laid_boxes(
    sheet: Sheet,
    definition: SheetDefinition,
    photo: Photo,
    words: Words,
    changes: Mapping[str, BoxChange] | None = None,
) -> dict[str, LaidBox]:
    """Lay out every box of a sheet in reading order, by id; ``changes`` have words of before."""
    marked = {box_id: one.text for box_id, one in (changes or {}).items()}
    return {
        box_id: lay_out(sheet.box(box_id), frame, photo, words, marked=marked.get(box_id))
        for box_id, frame in definition.box_frames().items()
    }


def draw_header(
    ink: Ink,
    read: Element | None,
    sheet: Sheet,
    definition: SheetDefinition,
    facts: SheetFacts,
    words: Words,
) -> None:
    """Draw the title of a sheet and whose it is."""
    band = definition.page.header_frame
    columns = _facts(sheet, facts, words, band)
    room = (columns[0][0] if columns else band.right) - 6 - band.x - 8
    title, style = sheet.title, TITLE
    lines = fold(title, room, style)
    if len(lines) > 1:
        # A long title takes two lines at a smaller size before any of it would be lost.
        style = replace(TITLE, size=13.0, leading=15.5)
        lines = fold(title, room, style)
    if len(lines) > 2:
        style = replace(TITLE, size=9.0, leading=10.5)
        lines = cut(fold(title, room, style), 4, room, style)
    ink.into(read.add("H1") if read else None)
    for number, line in enumerate(lines):
        above = (len(lines) - 1 - number) * style.leading / MM
        ink.text(band.x, band.bottom - 3.2 - above, line, style)
    for x, label, value in columns:
        ink.into(read.add("P") if read else None)
        ink.text(x, band.bottom - 7.6, label, FACT_LABEL)
        ink.text(x, band.bottom - 3.2, value, FACT)
    ink.into(None)
    ink.line(band.x, band.bottom, band.right, band.bottom, colour="rule", pt=HEADER_RULE_PT)


def _facts(
    sheet: Sheet, facts: SheetFacts, words: Words, band: Frame
) -> list[tuple[float, str, str]]:
    """Place the header facts from the right: where each stands, its label and its value."""
    rows = [
        (words("sheet.owner"), facts.owner),
        (words("sheet.coach"), facts.coach),
        (words("sheet.area"), facts.area),
        (words("sheet.started"), words("sheet.day", day=sheet.started_on)),
        (words("sheet.stage"), words(f"sheet.stages.{sheet.stage}")),
    ]
    if facts.pencil:
        rows = [(label, "_" * 15) for label, _value in rows]
    x = band.right + 6.0
    placed = []
    for label, value in reversed(rows):
        if not value:
            continue
        shown = cut(fold(value, _FACT_MM, FACT), 1, _FACT_MM, FACT)[0]
        x -= 6.0 + max(Ink.text_width(label, FACT_LABEL), Ink.text_width(shown, FACT))
        placed.append((x, label, shown))
    return placed[::-1]


def _box(
    ink: Ink,
    read: Element | None,
    box: LaidBox,
    label: str,
    photo: Photo,
    words: Words,
    today: date,
    full: str,
) -> dict[str, Unseen]:
    """Draw a box and return what of its figures found no room, by the id of the figure."""
    frame = box.layout.frame
    ink.into(None)
    ink.line(frame.x, frame.y, frame.right, frame.y, colour="rule", pt=HAIRLINE_PT)
    ink.into(read.add("H2") if read else None)
    over = box.layout.lines_over
    said = words(full, count=over) if over else ""
    room = frame.width - (Ink.text_width(said, TOO_MANY) + 3.0 if said else 0.0)
    ink.text(frame.x, frame.y + BOX_TITLE_MM, *_titled(label, room))
    if said:
        ink.into(read.add("P") if read else None)
        ink.text(frame.right, frame.y + BOX_TITLE_MM, said, TOO_MANY, align="right")
    ink.end_part(Frame(frame.x, frame.y, frame.width, BOX_TITLE_MM))
    draw_text(ink, read, box)
    missing: dict[str, Unseen] = {}
    for one, where in box.figures:
        part = read.add("Figure", described(one, words)) if read else None
        if part is not None:
            part.box = ink.box_of(where.x, where.y, where.width, where.height)
        ink.into(part)
        unseen = _figure(ink, one, where, photo, words, today)
        if any(unseen):
            missing[one.id] = unseen
        ink.end_part(where)
    ink.into(None)
    return missing


def _titled(label: str, room: float) -> tuple[str, TextStyle]:
    """Return the title of a box at the size at which it fits; the longest are cut."""
    wide = Ink.text_width(label, BOX_TITLE)
    if wide <= room:
        return label, BOX_TITLE
    style = replace(BOX_TITLE, size=max(_LEAST_TITLE_PT, BOX_TITLE.size * room / wide * 0.99))
    return cut(fold(label, room, style), 1, room, style)[0], style


def _shows_photo(figure: Figure) -> bool:
    return isinstance(figure, PhotoFigure) or (isinstance(figure, Pair) and bool(photos_in(figure)))


Unseen = tuple[int, tuple[str, ...]]
"""How many parts of a figure found no room, and every text that cannot be read whole there."""

_drawn: dict[tuple[object, ...], tuple[Unseen, Tape]] = {}
_MOST_DRAWN = 64


def _figure(
    ink: Ink, figure: Figure, where: Frame, photo: Photo, words: Words, today: date
) -> Unseen:
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

    def unseen(count: int, tape: Tape | None = None) -> Unseen:
        if not count:
            return 0, cut_words(figure, tape or [])
        texts = unseen_words(figure, where, photo=photo, words=words, today=today, tape=tape)
        return count, texts

    if ink.keeps or _shows_photo(figure):
        # A tape names a picture by the document it was put into.
        return unseen(draw())
    key = (figure, where, today, words, ink.height, ink.grey)
    known = _drawn.get(key)
    if known is None:
        if len(_drawn) >= _MOST_DRAWN:
            _drawn.clear()
        count, tape = ink.record(draw)
        known = _drawn[key] = unseen(count, tape), tape
    else:
        ink.play(known[1])
    return known[0]


def draw_footer(
    ink: Ink, sheet: Sheet, definition: SheetDefinition, words: Words, *, pencil: bool = False
) -> None:
    """Draw which sheet this is, and in which state; with ``pencil`` only what kind of sheet."""
    ink.into(None)
    band = definition.page.footer_frame
    baseline = band.bottom - 1.5
    if pencil:
        ink.text(band.x, baseline, definition.label, FOOTER)
        return
    left = words("sheet.footer", short=sheet.id.hex[:4].upper(), revision=sheet.revision)
    if sheet.closing is not None:
        left = words("sheet.footer_closed", footer=left, day=sheet.closing.closed_on)
    ink.text(band.x, baseline, left, FOOTER)
    ink.text(band.right, baseline, words("sheet.one_of_one"), FOOTER, align="right")
