"""Laying out one box: its text beside and above its figures, and what finds no room."""

from __future__ import annotations

from dataclasses import dataclass

from gemba.domain.compared import Mark, MarkedText
from gemba.domain.figures import Figure, RunChart
from gemba.domain.figures.placing import ROOM_FOR_BESIDE
from gemba.domain.figures.telling import Say, plain_english
from gemba.domain.frame import Frame
from gemba.domain.layout import BoxLayout, FigureLayout, TextLine
from gemba.domain.prose import Paragraph, read
from gemba.domain.sheet import Box
from gemba.reports import figures
from gemba.reports.fonts import begins_leftward
from gemba.reports.ink import Ink
from gemba.reports.lines import BULLET_MM, break_paragraph
from gemba.reports.style import BESIDE_MM, BOX_TEXT, BOX_TEXT_MM, MM, TEXT_WIDTH_MM

GAP_MM = 6.0
"""Between text and a figure beside it."""
ABOVE_FIGURE_MM = 2.5
"""Between text, or a figure, and the figure under it."""
LEADING_MM = BOX_TEXT.leading / MM
_SHOWN_OVER = 400
# A figure beside the text begins level with the title of the box.
_RAISED_MM = 3.4
# Height over width up to which a chart gains by more room.
_TALLEST_CHART = 0.64


@dataclass(frozen=True, slots=True)
class LaidBox:
    """A box ready to be drawn: its layout, its paragraphs and its figures in their frames.

    ``marks`` has, for each paragraph of a comparison, which letters went or are new.
    """

    layout: BoxLayout
    paragraphs: tuple[Paragraph, ...]
    figures: tuple[tuple[Figure, Frame], ...]
    marks: tuple[tuple[Mark, ...], ...] = ()


def lay_out(
    box: Box,
    frame: Frame,
    photo: figures.Photo | None = None,
    say: Say = plain_english,
    *,
    marked: MarkedText | None = None,
) -> LaidBox:
    """Place the text and the figures of a box in its frame; nothing is shrunk below its least.

    With ``marked`` the words of two states stand there in the place of the box's own.
    """
    inner = Frame(frame.x, frame.y + BOX_TEXT_MM, frame.width, frame.height - BOX_TEXT_MM - 1.0)
    # A narrow column has no room for a figure beside text that can be read.
    roomy = inner.width >= ROOM_FOR_BESIDE
    beside = [one for one in box.figures if roomy and one.place.side == "beside"]
    under = [one for one in box.figures if one not in beside]
    paragraphs = read(box.text) if box.text else ()
    if marked is not None:
        # Without a word in either state there is no empty line either.
        paragraphs = marked.paragraphs if any(one.text for one in marked.paragraphs) else ()
    written = any(one.text.strip() for one in paragraphs)
    shared = written or bool(under)
    right = _beside_width(beside, inner, shared, photo, say)
    # Alone in its box a figure stands under the title and takes the width of the text too.
    left = inner.width - right - GAP_MM if right and shared else inner.width
    raised = _RAISED_MM if shared else 0.0
    column = Frame(inner.right - right, inner.y - raised, right, inner.height + raised)
    placed = _stack([[one] for one in _wishes(beside, right, photo, say)], column)
    text_width = min(left, TEXT_WIDTH_MM)
    count = sum(len(break_paragraph(one, text_width, BOX_TEXT)) for one in paragraphs)
    room = inner.height
    if under:
        rows = _rows(_wishes(under, left, photo, say), left)
        # What a figure can do without is for the text; what it needs is kept from it.
        needed = sum(max(one.least for one in row) for row in rows)
        room = max(0.0, room - needed - ABOVE_FIGURE_MM * len(rows))
        height = min(count * LEADING_MM, room) + (ABOVE_FIGURE_MM if count else 0.0)
        placed += _stack(rows, Frame(inner.x, inner.y + height, left, inner.height - height))
    text = Frame(inner.x, inner.y, text_width, room)
    fitting = int(room / LEADING_MM + 0.02)
    layout = BoxLayout(
        id=box.id,
        frame=frame,
        text=text,
        lines=_text_lines(paragraphs, text, fitting),
        figures=tuple(
            FigureLayout(
                one.id,
                where,
                cut,
                "beside" if one in beside else "under",
                isinstance(one, figures.KEEPS_SHAPE),
            )
            for one, where, cut in placed
        ),
        room=max(0, fitting - count),
        lines_over=max(0, count - fitting),
    )
    drawn = tuple((one, where) for one, where, _ in placed)
    marks = marked.marks if marked is not None and paragraphs else ()
    return LaidBox(layout, paragraphs, drawn, marks)


@dataclass(frozen=True, slots=True)
class _Wish:
    """The width a figure takes, and the heights it needs, likes and can make use of, in mm."""

    figure: Figure
    width: float
    least: float
    natural: float
    most: float


def _wishes(group: list[Figure], room: float, photo: figures.Photo | None, say: Say) -> list[_Wish]:
    found = []
    for one in group:
        width, natural = figures.natural_size(one, room, photo=photo, say=say)
        fixed = one.place.height > 0
        least = natural if fixed else min(natural, figures.least_height(one, width, say=say))
        most = natural
        if isinstance(one, RunChart) and not fixed:
            most = max(natural, width * _TALLEST_CHART)
        found.append(_Wish(one, width, least, natural, most))
    return found


def _beside_width(
    beside: list[Figure], inner: Frame, shared: bool, photo: figures.Photo | None, say: Say
) -> float:
    if not beside:
        return 0.0
    if not shared:
        return inner.width
    most = inner.width - GAP_MM - BESIDE_MM
    wanted = [figures.natural_size(one, most, photo=photo, say=say)[0] for one in beside]
    return max(20.0, min(max(wanted), most))


def _rows(wishes: list[_Wish], room: float) -> list[list[_Wish]]:
    """Put figures that follow each other into one row, where each was given a width and all fit."""
    rows: list[list[_Wish]] = []
    for one in wishes:
        row = rows[-1] if rows else []
        given = [*row, one]
        wide = sum(each.width for each in given) + GAP_MM * (len(given) - 1)
        if row and wide <= room + 0.01 and all(each.figure.place.width > 0 for each in given):
            row.append(one)
        else:
            rows.append([one])
    return rows


def _stack(rows: list[list[_Wish]], area: Frame) -> list[tuple[Figure, Frame, bool]]:
    """Place rows of figures below each other; they share the height if it is not enough for all."""
    room = max(0.0, area.height - ABOVE_FIGURE_MM * max(0, len(rows) - 1))
    placed = []
    top = area.y
    for row, height in zip(rows, _shares([_as_one(row) for row in rows], room), strict=True):
        left = area.x
        for one in row:
            high = min(height, max(one.natural, one.most)) if len(row) > 1 else height
            frame = Frame(left, top, one.width, high)
            placed.append((one.figure, frame, high < one.least - 0.01))
            left += one.width + GAP_MM
        top += height + ABOVE_FIGURE_MM
    return placed


def _as_one(row: list[_Wish]) -> _Wish:
    least, natural = max(one.least for one in row), max(one.natural for one in row)
    most = max(one.most for one in row)
    return _Wish(row[0].figure, sum(one.width for one in row), least, natural, most)


def _shares(wishes: list[_Wish], room: float) -> list[float]:
    """Share out a height: first what each needs, then what it likes, then what it can use."""
    needed = sum(one.least for one in wishes)
    if needed >= room:
        return [one.least * room / needed if needed else 0.0 for one in wishes]
    given = [one.least for one in wishes]
    for wanted in ([one.natural for one in wishes], [one.most for one in wishes]):
        missing = [goal - now for goal, now in zip(wanted, given, strict=True)]
        left = room - sum(given)
        share = min(1.0, left / sum(missing)) if sum(missing) > 0 else 0.0
        given = [now + gap * share for now, gap in zip(given, missing, strict=True)]
    return given


def _text_lines(
    paragraphs: tuple[Paragraph, ...], text: Frame, fitting: int
) -> tuple[TextLine, ...]:
    found: list[TextLine] = []
    for number, paragraph in enumerate(paragraphs):
        inset = BULLET_MM if paragraph.bullet else 0.0
        leftward = begins_leftward(paragraph.text)
        x = text.right - inset if leftward else text.x + inset
        for at, line in enumerate(break_paragraph(paragraph, text.width, BOX_TEXT)):
            place = len(found)
            found.append(
                TextLine(
                    paragraph=number,
                    start=line.start,
                    end=line.end,
                    x=x,
                    baseline=text.y + Ink.baseline_of(BOX_TEXT, place),
                    bullet=paragraph.bullet and at == 0,
                    over=place >= fitting,
                    leftward=leftward,
                )
            )
            if place >= fitting + _SHOWN_OVER:
                return tuple(found)
    return tuple(found)
