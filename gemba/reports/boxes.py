"""Laying out one box: its text beside and above its figures, and what finds no room."""

from __future__ import annotations

from dataclasses import dataclass

from gemba.domain.definition import Frame
from gemba.domain.figures import Figure
from gemba.domain.layout import BoxLayout, FigureLayout, TextLine
from gemba.domain.prose import Paragraph, read
from gemba.domain.sheet import Box
from gemba.reports import figures
from gemba.reports.ink import MM, Ink
from gemba.reports.lines import BULLET_MM, break_paragraph
from gemba.reports.style import BESIDE_MM, BOX_TEXT, BOX_TEXT_MM, TEXT_WIDTH_MM

GAP_MM = 6.0
"""Between text and a figure beside it."""
ABOVE_FIGURE_MM = 2.5
"""Between text, or a figure, and the figure under it."""
LEADING_MM = BOX_TEXT.leading / MM
_SHOWN_OVER = 400


@dataclass(frozen=True, slots=True)
class LaidBox:
    """A box ready to be drawn: its layout, its paragraphs and its figures in their frames."""

    layout: BoxLayout
    paragraphs: tuple[Paragraph, ...]
    figures: tuple[tuple[Figure, Frame], ...]


def lay_out(box: Box, frame: Frame) -> LaidBox:
    """Place the text and the figures of a box in its frame; nothing is shrunk below its least."""
    inner = Frame(frame.x, frame.y + BOX_TEXT_MM, frame.width, frame.height - BOX_TEXT_MM - 1.0)
    beside = [one for one in box.figures if one.place.side == "beside"]
    under = [one for one in box.figures if one.place.side != "beside"]
    paragraphs = read(box.text) if box.text else ()
    right = _beside_width(beside, inner, bool(box.text.strip()) or bool(under))
    left = inner.width - right - (GAP_MM if right else 0.0)
    area = Frame(inner.x, inner.y, left, inner.height)
    placed = _stack(beside, Frame(inner.right - right, inner.y - 3.4, right, inner.height + 3.4))
    text_width = min(left, TEXT_WIDTH_MM)
    count = sum(len(break_paragraph(one, text_width, BOX_TEXT)) for one in paragraphs)
    room_below = inner.height
    if under:
        wanted = _heights(under, left)
        least = sum(wanted) + ABOVE_FIGURE_MM * len(under)
        room_below = max(0.0, inner.height - least)
        text_height = min(count * LEADING_MM, room_below)
        top = inner.y + text_height + (ABOVE_FIGURE_MM if count else 0.0)
        placed += _stack(under, Frame(inner.x, top, left, inner.bottom - top))
    text = Frame(area.x, area.y, text_width, room_below)
    fitting = int(room_below / LEADING_MM + 0.02)
    layout = BoxLayout(
        id=box.id,
        frame=frame,
        text=text,
        lines=_text_lines(paragraphs, text, fitting),
        figures=tuple(FigureLayout(one.id, where, cut) for one, where, cut in placed),
        room=max(0, fitting - count),
        lines_over=max(0, count - fitting),
    )
    return LaidBox(layout, paragraphs, tuple((one, where) for one, where, _ in placed))


def _beside_width(beside: list[Figure], inner: Frame, shared: bool) -> float:
    if not beside:
        return 0.0
    if not shared:
        return inner.width
    most = inner.width - GAP_MM - BESIDE_MM
    wanted = [one.place.width or figures.natural_size(one, most)[0] for one in beside]
    return max(20.0, min(max(wanted), most))


def _heights(group: list[Figure], width: float) -> list[float]:
    return [one.place.height or figures.natural_size(one, width)[1] for one in group]


def _stack(group: list[Figure], area: Frame) -> list[tuple[Figure, Frame, bool]]:
    """Place figures below each other; they share the height when it is not enough for all."""
    wanted = _heights(group, area.width)
    room = area.height - ABOVE_FIGURE_MM * max(0, len(group) - 1)
    share = min(1.0, room / sum(wanted)) if sum(wanted) > 0 else 1.0
    placed = []
    top = area.y
    for one, height in zip(group, wanted, strict=True):
        given = max(8.0, height * share)
        width = min(area.width, one.place.width) if one.place.width else area.width
        placed.append((one, Frame(area.x, top, width, given), share < 0.75))
        top += given + ABOVE_FIGURE_MM
    return placed


def _text_lines(
    paragraphs: tuple[Paragraph, ...], text: Frame, fitting: int
) -> tuple[TextLine, ...]:
    found: list[TextLine] = []
    for number, paragraph in enumerate(paragraphs):
        x = text.x + (BULLET_MM if paragraph.bullet else 0.0)
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
                )
            )
            if place >= fitting + _SHOWN_OVER:
                return tuple(found)
    return tuple(found)
