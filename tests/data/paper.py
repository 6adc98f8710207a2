"""Reading a PDF back: its words, its faces, and what it looks like."""

from __future__ import annotations

import io

import pypdfium2 as pdfium
from PIL import Image
from pypdf import PdfReader

POINTS_PER_MM = 72 / 25.4


def reader(pdf: bytes) -> PdfReader:
    """Open a document that was drawn."""
    return PdfReader(io.BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    """The words of all pages as PDFium reads them, in one line."""
    document = pdfium.PdfDocument(pdf)
    try:
        found = []
        for page in document:
            words = page.get_textpage()
            found.append(words.get_text_bounded())
            words.close()
            page.close()
        return " ".join(" ".join(found).split())
    finally:
        document.close()


def faces(pdf: bytes) -> dict[str, bool]:
    """The faces of a document by name, and whether each one is embedded."""
    found: dict[str, bool] = {}
    for page in reader(pdf).pages:
        fonts = page["/Resources"].get_object().get("/Font", {})
        for font in fonts.get_object().values():
            told = font.get_object()
            descriptor = told.get("/FontDescriptor")
            found[str(told["/BaseFont"])] = (
                descriptor is not None and "/FontFile2" in descriptor.get_object()
            )
    return found


def size_mm(pdf: bytes) -> tuple[float, float]:
    """Width and height of the first page in mm, to a tenth."""
    box = reader(pdf).pages[0].mediabox
    return round(float(box.width) / POINTS_PER_MM, 1), round(float(box.height) / POINTS_PER_MM, 1)


def picture(pdf: bytes, page: int = 0, dpi: int = 100) -> Image.Image:
    """A page as pixels."""
    document = pdfium.PdfDocument(pdf)
    try:
        one = document[page]
        shown = one.render(scale=dpi / 72).to_pil().convert("RGB")
        one.close()
        return shown
    finally:
        document.close()
