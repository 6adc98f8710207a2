"""A sheet as a slide: its size, text one can write in, shapes, tables, charts with their data."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from gemba.domain.definition import SheetDefinition
from gemba.domain.figures import Figure
from gemba.domain.figures.words import described
from gemba.domain.frame import Frame
from gemba.domain.legible import legible
from gemba.domain.prose import Paragraph
from gemba.domain.sheet import Sheet
from gemba.reports import figures
from gemba.reports.boxes import LaidBox
from gemba.reports.fonts import begins_leftward
from gemba.reports.lines import BULLET_MM, face_of
from gemba.reports.marks import (
    BlockMark,
    ChartMark,
    ClipMark,
    Mark,
    Marks,
    PartMark,
    PathMark,
    PictureMark,
    RectMark,
    TableMark,
    TextMark,
)
from gemba.reports.sheet import Photo, SheetFacts, Words, draw_footer, draw_header, laid_boxes
from gemba.reports.sign_off import behind_marks, draw_sign_offs
from gemba.reports.slide_charts import add_own_chart
from gemba.reports.slide_tables import beyond, table_xml
from gemba.reports.slide_text import Line, Span, block_xml, box_xml, text_xml
from gemba.reports.slide_xml import SPACES, Numbers, group_xml, path_xml, picture_xml, rect_xml
from gemba.reports.style import (
    BOX_TEXT,
    BOX_TITLE,
    BOX_TITLE_MM,
    HAIRLINE_PT,
    MM,
    TOO_MANY,
)

if TYPE_CHECKING:
    from pptx.presentation import Presentation

_FIRST = 10_000
"""Shapes made here are numbered from this on, those that python-pptx makes from 2 on."""


def draw_slide(
    sheet: Sheet,
    definition: SheetDefinition,
    *,
    facts: SheetFacts,
    photo: Photo,
    words: Words,
    today: date,
) -> bytes:
    """Return a sheet as a PPTX file with one slide of its own size; nothing is left out.

    Lines to sign that find no room in its foot follow on slides of their own.
    Text that has no room in its box runs out of it, as long as it is.
    """
    from pptx.util import Mm

    page = definition.page
    deck = _deck(sheet, definition, facts, words)
    deck.slide_width, deck.slide_height = Mm(page.width), Mm(page.height)
    # The empty deck says that it is a screen of four to three, which this is not.
    size: Any = deck._element.sldSz
    size.attrib.pop("type", None)
    slide = _Slide(deck, photo, words, today)
    head = Marks(page.width, page.height)
    draw_header(head, None, sheet, definition, facts, words)
    slide.title(head.marks)
    for box_id, laid in laid_boxes(sheet, definition, photo, words).items():
        slide.box(laid, definition.box(box_id).label)
    foot = Marks(page.width, page.height)
    draw_footer(foot, sheet, definition, words)
    draw_sign_offs(foot, None, sheet, page.footer_frame, words)
    slide.put(foot.marks)
    for behind in behind_marks(sheet, page, words):
        another = _Slide(deck, photo, words, today)
        another.title(behind)
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def _deck(
    sheet: Sheet, definition: SheetDefinition, facts: SheetFacts, words: Words
) -> Presentation:
    import pptx

    deck = pptx.Presentation()
    _drop_thumbnail(deck)
    told = deck.core_properties
    told.title = legible(sheet.title or words("sheet.untitled"))[:255]
    told.author = legible(facts.owner)[:255]
    told.subject = legible(definition.label)[:255]
    told.last_modified_by = "Gemba"
    told.keywords = told.comments = told.category = ""
    begun = datetime(sheet.started_on.year, sheet.started_on.month, sheet.started_on.day)
    told.created = told.modified = begun
    return deck


def _drop_thumbnail(deck: Presentation) -> None:
    """Take out the picture of another deck that the empty one of python-pptx comes with."""
    ties: Any = deck.part.package._rels
    for key, tie in list(ties.items()):
        if tie.reltype.endswith("/thumbnail"):
            ties.pop(key)


def _same_text(mark: Mark, first: Mark) -> bool:
    """Tell whether a mark is a line of the same text as the first."""
    if not isinstance(mark, TextMark) or not isinstance(first, TextMark):
        return False
    return mark.style == first.style and abs(mark.x - first.x) < 0.01


class _Slide:
    """One slide, filled shape by shape in reading order."""

    def __init__(self, deck: Presentation, photo: Photo, words: Words, today: date) -> None:
        self.slide: Any = deck.slides.add_slide(deck.slide_layouts[5])
        self._tree = self.slide.shapes._spTree
        for old in list(self.slide.placeholders):
            self._tree.remove(old._element)
        self._numbers = Numbers(_FIRST)
        self._photo = photo
        self._words = words
        self._today = today

    def put(self, marks: list[Mark], told: str = "") -> None:
        """Add marks as shapes of their own."""
        for one in marks:
            for xml in self._xml(one, told):
                self._add(xml)

    def title(self, marks: list[Mark]) -> None:
        """Add the marks of a header; its first lines are the title of the slide."""
        lines = list(takewhile(lambda one: _same_text(one, marks[0]), marks))
        shown = [one for one in lines if isinstance(one, TextMark)]
        if shown:
            first = shown[0]
            style = first.style
            top = first.baseline - (style.leading / 2 + style.size * 0.32) / MM
            others = [one.x for one in marks[len(shown) :] if isinstance(one, TextMark)]
            width = min(others, default=first.x + first.width + 4.0) - 4.0 - first.x
            high = len(shown) * style.leading / MM
            words = "\n".join(one.text for one in shown)
            frame = (first.x, top, width, high)
            line = Line((Span(words, style),), style.leading)
            self._add(
                box_xml(
                    frame, [line], self._numbers, name="Title", wrap=False, middle=True, title=True
                )
            )
        self.put(marks[len(shown) :])

    def _add(self, xml: str) -> None:
        from pptx.oxml import parse_xml

        if not xml.startswith(("<p:grpSp xmlns", "<p:graphicFrame xmlns")):
            end = min(at for at in (xml.find(" "), xml.find(">")) if at > 0)
            xml = f"{xml[:end]} {SPACES}{xml[end:]}"
        self._tree.append(parse_xml(xml))

    def _xml(self, mark: Mark, told: str = "") -> list[str]:
        numbers = self._numbers
        match mark:
            case TextMark():
                return [text_xml(mark, numbers)]
            case BlockMark():
                return [block_xml(mark, numbers)]
            case PathMark():
                return [path_xml(mark, numbers)]
            case RectMark():
                return [rect_xml(mark, numbers)]
            case PictureMark():
                relation = self._relation(mark)
                return [picture_xml(mark, relation, numbers, told)] if relation else []
            case ClipMark() | PartMark():
                return []
            case TableMark() | ChartMark():
                return [xml for one in mark.marks for xml in self._xml(one)]

    def _relation(self, mark: PictureMark) -> str:
        from gemba.reports.pictures import for_slide

        _part, relation = self.slide.part.get_or_add_image_part(
            io.BytesIO(for_slide(mark.data, mark.width))
        )
        return str(relation)

    def box(self, laid: LaidBox, label: str) -> None:
        """Add one box: its rule, one text box with its title and text, and its figures."""
        layout = laid.layout
        frame = layout.frame
        rule = PathMark(((frame.x, frame.y), (frame.right, frame.y)), "rule", None, HAIRLINE_PT)
        self._add(path_xml(rule, self._numbers))
        if layout.lines_over:
            said = self._words("sheet.lines_over", count=layout.lines_over)
            marks = Marks(frame.right, frame.bottom)
            marks.text(frame.right, frame.y + BOX_TITLE_MM, said, TOO_MANY, align="right")
            self.put(marks.marks)
        top = frame.y + 1.0
        first = Line((Span(label, BOX_TITLE),), BOX_TITLE.leading, after=2.3)
        if begins_leftward(label):
            first = replace(first, align="right", leftward=True)
        lines = [first, *(_line(one) for one in laid.paragraphs)] if laid.paragraphs else [first]
        high = layout.text.y + layout.text.height - top
        self._add(
            box_xml(
                (frame.x, top, layout.text.width, max(high, 5.0)),
                lines,
                self._numbers,
                name=label,
            )
        )
        for figure, where in laid.figures:
            self.figure(figure, where)

    def figure(self, figure: Figure, frame: Frame) -> None:
        """Add a figure: what a slide has of its own stays that, the rest becomes one group."""
        marks = Marks(frame.right, frame.bottom)
        figures.draw(
            figure,
            marks,
            frame.x,
            frame.y,
            frame.width,
            frame.height,
            photo=self._photo,
            today=self._today,
            say=self._words,
        )
        told = described(figure, self._words)
        name = figure.caption.strip() or figure.kind.replace("_", " ").capitalize()
        pictured = any(isinstance(one, PictureMark) for one in marks.marks)
        if pictured and all(isinstance(one, PictureMark | BlockMark) for one in marks.marks):
            self.put(marks.marks, told)
            return
        loose: list[Mark] = []
        for one in marks.marks:
            if isinstance(one, TableMark):
                self._add(table_xml(one, self._numbers, name, told, frame.right))
                loose += beyond(one)
            elif isinstance(one, ChartMark) and self._chart(one, name, told):
                continue
            else:
                loose.append(one)
        inside = "".join(xml for one in loose for xml in self._xml(one))
        if inside:
            around = (frame.x, frame.y, frame.width, frame.height)
            self._add(group_xml(around, inside, self._numbers, name, told))

    def _chart(self, mark: ChartMark, name: str, told: str) -> bool:
        """Add a chart of PowerPoint's own where it has one; tell whether it has."""
        frame = add_own_chart(self.slide, mark, self._words)
        if frame is None:
            return False
        named = frame._element.nvGraphicFramePr.cNvPr
        named.set("id", str(self._numbers.next()))
        part = ", mR" if mark.shows is not None and mark.shows.part == "ranges" else ""
        named.set("name", legible(name + part))
        named.set("descr", legible(told))
        return True


def _line(paragraph: Paragraph) -> Line:
    spans = tuple(
        Span(run.text, replace(BOX_TEXT, face=face_of(run.bold, run.italic)))
        for run in paragraph.runs
    )
    return Line(
        spans or (Span("", BOX_TEXT),),
        BOX_TEXT.leading,
        bullet_mm=BULLET_MM if paragraph.bullet else 0.0,
        align="right" if begins_leftward(paragraph.text) else "left",
        leftward=begins_leftward(paragraph.text),
    )
