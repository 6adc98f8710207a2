"""A photo on paper: whole, as large as its frame allows."""

from __future__ import annotations

import io
from typing import Final

from reportlab.lib.utils import ImageReader

from gemba.domain.errors import GembaError
from gemba.domain.figures import PhotoFigure
from gemba.domain.figures.photo_marks import arrow_head, blurred_areas, clean, ellipse
from gemba.domain.figures.telling import Say
from gemba.domain.photo_mark import PhotoMark
from gemba.reports.figures.parts import (
    Frame,
    Photo,
    caption_height,
    draw_caption,
    leading,
    say_too_small,
    text_height,
)
from gemba.reports.ink import Ink
from gemba.reports.pictures import without_areas
from gemba.reports.style import LABEL_SOFT, LABEL_STRONG

WIDTH: Final = 80.0
_TALLEST: Final = 70.0
_LEAST: Final = 8.0
_PAD, _WORDS_SHARE = 0.8, 0.6
_LINE, _EDGE, _HEAD = 1.75, 3.5, 3.2
"""The line of a mark and its white edge in pt, the head of an arrow in mm."""


def natural_size(
    figure: PhotoFigure, available: float, say: Say, photo: Photo | None
) -> tuple[float, float]:
    """Return the size of a photo in its own shape, at most 80 mm wide and 70 mm high."""
    width = min(available, WIDTH)
    shape = _shape(_bytes(figure, photo))
    height = width * shape
    if height > _TALLEST:
        width, height = width * _TALLEST / height, _TALLEST
    return width, caption_height(figure.caption, width) + height


def least_height(figure: PhotoFigure, width: float, say: Say) -> float:
    """Return the height under which a photo is not drawn."""
    return caption_height(figure.caption, width) + _LEAST


def _bytes(figure: PhotoFigure, photo: Photo | None) -> bytes | None:
    if photo is None or not figure.photo:
        return None
    try:
        return photo(figure.photo)
    except (GembaError, OSError):
        return None


def _shape(data: bytes | None) -> float:
    """Return height over width; three to four where the picture is not known."""
    if data is None:
        return 0.75
    try:
        width, height = ImageReader(io.BytesIO(data)).getSize()
    except OSError:
        return 0.75
    return float(height) / float(width) if width and height else 0.75


def draw(figure: PhotoFigure, frame: Frame) -> int:
    """Draw a photo into a frame; returns 1 where there is no room for it, else what is cut.

    A photo that is not here, or cannot be read, leaves its place with a sentence.
    """
    inner = draw_caption(frame, figure.caption)
    if min(inner.width, inner.height) < _LEAST - 0.05:
        return say_too_small(inner, 1)
    data = _bytes(figure, frame.photo)
    if data is None:
        _draw_absent(figure, inner)
        return 0
    shape = _shape(data)
    width = min(inner.width, inner.height / shape)
    try:
        # What was blurred must not reach the paper even where only the blur fails.
        shown = without_areas(data, blurred_areas(figure.marks))
        inner.ink.image(shown, inner.x, inner.y, width, width * shape)
    except OSError:
        _draw_absent(figure, inner)
        return 0
    return draw_marks(figure.marks, inner.ink, inner.x, inner.y, width, width * shape)


def draw_marks(
    marks: tuple[PhotoMark, ...], ink: Ink, x: float, y: float, width: float, height: float
) -> int:
    """Draw what is marked over a photo, on a white edge that shows on any ground; lengths in mm.

    What is blurred is not drawn: it has to be taken out of the photo. Returns how many texts are
    too long for the photo.
    """
    cut = 0
    for mark in map(clean, marks):
        x1, x2 = (x + share * width for share in (mark.x1, mark.x2))
        y1, y2 = (y + share * height for share in (mark.y1, mark.y2))
        if mark.shape == "circle":
            round_it = ellipse(x1, y1, x2, y2)
            ink.polyline(round_it, colour="paper", pt=_EDGE, close=True)
            ink.polyline(round_it, colour="accent", pt=_LINE, close=True)
        elif mark.shape == "text" and mark.text.strip():
            cut += _draw_words(mark.text.strip(), ink, (x1, y1), (x, y, width, height))
        elif mark.shape == "arrow":
            head = arrow_head((x1, y1), (x2, y2), _HEAD)
            neck = ((head[1][0] + head[2][0]) / 2, (head[1][1] + head[2][1]) / 2)
            ink.line(x1, y1, *neck, colour="paper", pt=_EDGE)
            ink.polyline(head, colour="paper", pt=_EDGE - _LINE, close=True, fill="accent")
            ink.line(x1, y1, *neck, colour="accent", pt=_LINE)
    return cut


def _draw_words(
    words: str, ink: Ink, at: tuple[float, float], area: tuple[float, float, float, float]
) -> int:
    """Draw words on a white ground, as near to their point as they stay on the photo.

    Where they are too many for it the last line that is seen ends in an ellipsis, and 1 is
    returned.
    """
    left, top, width, height = area
    room = max(_LEAST, width * _WORDS_SHARE)
    wide = min(room, max(ink.text_width(line, LABEL_STRONG) for line in words.split("\n")))
    most = max(1, int((height - 2 * _PAD) / leading(LABEL_STRONG)))
    whole = text_height(words, room, LABEL_STRONG)
    high = min(whole, most * leading(LABEL_STRONG))
    x = max(left, min(at[0], left + width - wide - 2 * _PAD))
    y = max(top, min(at[1], top + height - high - 2 * _PAD))
    ink.rect(x, y, wide + 2 * _PAD, high + 2 * _PAD, stroke="accent", fill="paper", pt=0.75)
    ink.wrapped(x + _PAD, y + _PAD, room, words, LABEL_STRONG, most=most)
    return int(whole > high + 0.01)


def _draw_absent(figure: PhotoFigure, frame: Frame) -> None:
    frame.ink.rect(frame.x, frame.y, frame.width, frame.height, stroke="grid", pt=0.5)
    words = figure.description.strip()
    top = frame.y + 2.0
    for line in (frame.say("photo_figure.not_here"), words):
        height = text_height(line, frame.width - 4.0, LABEL_SOFT)
        if top + height <= frame.bottom:
            frame.ink.wrapped(frame.x + 2.0, top, frame.width - 4.0, line, LABEL_SOFT)
        top += height
