"""The sheet as paper for the screen: drawn by the PDF engine, shown by a PDF renderer."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Protocol

from gemba.domain.prose import Paragraph

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

    from gemba.domain.compared import ComparedSheet
    from gemba.domain.definition import SheetDefinition
    from gemba.domain.figures.photo_marks import Area
    from gemba.domain.sheet import Sheet
    from gemba.reports.sheet import DrawnSheet as DrawnSheet

# PDFium may be entered by one thread at a time.
_pdfium = threading.Lock()
# Far below a pixel, in points; far above what adding and dividing leave over.
_LAST_DIGIT = 1e-4
# A photo of the usual 80 mm at 200 % on a screen with two device pixels a pixel.
_SHOWN_PIXELS = 1600
_MOST_PHOTOS = 24


@dataclass(frozen=True, slots=True)
class Picture:
    """A rendered part of a page: ``data`` holds rows of BGRX pixels, ``stride`` bytes each."""

    width: int
    height: int
    stride: int
    data: bytes


class Drawer(Protocol):
    """Who draws what is shown."""

    def read_photo(self, photo: str) -> bytes | None:
        """Return the bytes of a photo by its hash, or None when it is not there."""

    def blurred(self, photo: str) -> tuple[Area, ...]:
        """Return what is blurred on a photo, wherever that was done."""

    def draw_sheet(
        self,
        sheet: Sheet,
        *,
        compress: bool = True,
        photo: Callable[[str], bytes | None] | None = None,
        compared: ComparedSheet | None = None,
    ) -> DrawnSheet:
        """Draw a sheet as it prints, with its layout."""

    def draw_empty(self, kind: SheetDefinition) -> DrawnSheet:
        """Draw a kind of sheet with nothing on it but its name."""


class Paper:
    """Draws sheets and renders them; safe to use from several threads."""

    def __init__(self, exports: Drawer) -> None:
        self._exports = exports
        self._small: dict[tuple[str, tuple[Area, ...]], bytes] = {}

    def draw(self, sheet: Sheet, compared: ComparedSheet | None = None) -> DrawnSheet:
        """Draw a sheet as it prints on its own paper, or how two states of it differ."""
        return self._exports.draw_sheet(sheet, compress=False, photo=self._photo, compared=compared)

    def draw_empty(self, kind: SheetDefinition) -> DrawnSheet:
        """Draw a kind of sheet with nothing on it but its name."""
        return self._exports.draw_empty(kind)

    def _photo(self, photo: str) -> bytes | None:
        """Return a photo as large as a screen can show it; reading a whole one takes too long."""
        key = (photo, self._exports.blurred(photo))
        if key not in self._small:
            data = self._exports.read_photo(photo)
            if data is None:
                return None
            if len(self._small) >= _MOST_PHOTOS:
                self._small.clear()
            self._small[key] = smaller(data)
        return self._small[key]

    def breaks(
        self, paragraphs: tuple[Paragraph, ...], width: float
    ) -> list[tuple[tuple[int, int], ...]]:
        """Return where each paragraph's lines begin and end, for a text width in mm."""
        from gemba.reports.lines import break_paragraph
        from gemba.reports.style import BOX_TEXT

        return [break_paragraph(one, width, BOX_TEXT) for one in paragraphs]

    def picture(
        self, pdf: bytes, scale: float, part: tuple[float, float, float, float] | None = None
    ) -> Picture:
        """Render a page at ``scale`` pixels a mm, or one part of it (x, y, width, height in mm)."""
        return picture(pdf, scale, part)


def page_sizes(pdf: bytes) -> tuple[tuple[float, float], ...]:
    """Return the width and height of each page in mm."""
    with _opened(pdf) as document:
        sizes = [document.get_page_size(number) for number in range(len(document))]
    return tuple((wide * 25.4 / 72, high * 25.4 / 72) for wide, high in sizes)


def some_pages(pdf: bytes, first: int, last: int) -> bytes:
    """Return a PDF with the pages from ``first`` to ``last`` only, counted from 1."""
    import pypdfium2

    out = io.BytesIO()
    with _opened(pdf) as document:
        chosen = pypdfium2.PdfDocument.new()
        try:
            chosen.import_pages(document, range(first - 1, last))
            chosen.save(out)
        finally:
            chosen.close()
    return out.getvalue()


def picture(
    pdf: bytes,
    scale: float,
    part: tuple[float, float, float, float] | None = None,
    *,
    page: int = 0,
) -> Picture:
    """Render a page at ``scale`` pixels a mm, or one part of it (x, y, width, height in mm)."""
    with _opened(pdf) as document:
        opened = document[page]
        wide, high = opened.get_size()
        crop = (0.0, 0.0, 0.0, 0.0)
        if part is not None:
            x, y, width, height = (one * 72 / 25.4 for one in part)
            crop = (_whole(x), _whole(high - y - height), _whole(wide - x - width), _whole(y))
        return _render(opened, scale * 25.4 / 72, crop)


def bands(pdf: bytes, page: int, dots: int, rows: int) -> Iterator[tuple[int, Picture]]:
    """Render a page from top to bottom in bands of so many rows, at ``dots`` an inch.

    Yields the first row of each band and its picture, so that a page is never held as a whole.
    """
    scale = dots / 72
    with _opened(pdf) as document:
        every = ceil(document.get_page_size(page)[1] * scale)
    for top in range(0, every, rows):
        bottom = min(top + rows, every)
        crop = (0.0, _whole((every - bottom) / scale), 0.0, _whole(top / scale))
        with _opened(pdf) as document:
            band = _render(document[page], scale, crop)
        yield top, band


@contextmanager
def _opened(pdf: bytes) -> Iterator[PdfDocument]:
    import pypdfium2

    with _pdfium:
        document = pypdfium2.PdfDocument(pdf)
        try:
            yield document
        finally:
            document.close()


def _render(page: PdfPage, scale: float, crop: tuple[float, float, float, float]) -> Picture:
    bitmap = page.render(scale=scale, crop=crop, rev_byteorder=False, prefer_bgrx=True)
    picture = Picture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
    bitmap.close()
    page.close()
    return picture


def _whole(edge: float) -> float:
    """Return an edge that the renderer, which rounds up, does not move by a last digit."""
    return max(0.0, edge - _LAST_DIGIT)


def png(pdf: bytes, dots: int) -> bytes:
    """Return a PDF as PNG at so many dots an inch, its pages under each other."""
    from PIL import Image

    sizes = page_sizes(pdf)
    pages = []
    for number in range(len(sizes)):
        shown = picture(pdf, dots / 25.4, page=number)
        size = (shown.width, shown.height)
        pages.append(Image.frombuffer("RGB", size, shown.data, "raw", "BGRX", shown.stride, 1))
    whole = pages[0]
    if len(pages) > 1:
        wide = max(one.width for one in pages)
        whole = Image.new("RGB", (wide, sum(one.height for one in pages)), "white")
        top = 0
        for one in pages:
            whole.paste(one, (0, top))
            top += one.height
    out = io.BytesIO()
    whole.save(out, "PNG", dpi=(dots, dots))
    return out.getvalue()


def smaller(data: bytes) -> bytes:
    """Return a photo with at most so many pixels on its long side as a screen shows."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data)) as photo:
            if max(photo.size) <= _SHOWN_PIXELS:
                return data
            kind = photo.format or "PNG"
            photo.draft("RGB", (_SHOWN_PIXELS, _SHOWN_PIXELS))
            photo.thumbnail((_SHOWN_PIXELS, _SHOWN_PIXELS))
            out = io.BytesIO()
            photo.save(out, kind, quality=88)
    except (OSError, ValueError):
        # Whoever draws it tells that it cannot be read.
        return data
    return out.getvalue()
