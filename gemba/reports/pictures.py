"""Photos in a report: their size in their own shape, and no more pixels than paper shows."""

from __future__ import annotations

import io
from hashlib import sha256
from math import ceil, floor
from typing import Final

from PIL import Image
from reportlab.lib.utils import ImageReader

from gemba.domain.figures.photo_marks import Area

_DPI: Final = 300
_JPEG: Final = b"\xff\xd8"
_decoded: set[bytes] = set()
_ABSENT: Final = 12.0
"""The height in mm of the place of a photo that is not here."""
_QUALITY: Final = 88
_PATCHES: Final = 5
_MOST_WITHOUT: Final = 24
_without: dict[tuple[bytes, tuple[Area, ...]], bytes] = {}


def picture_size(data: bytes | None, width: float, tallest: float) -> tuple[float, float]:
    """Return the width and height in mm of a picture in its own shape.

    A picture that is not here takes a flat place, in which a sentence says so.
    """
    if data is None:
        return width, _ABSENT
    try:
        across, down = ImageReader(io.BytesIO(data)).getSize()
    except OSError:
        return width, _ABSENT
    if not across or not down:
        return width, _ABSENT
    high = float(width * down / across)
    return (width, high) if high <= tallest else (width * tallest / high, tallest)


def for_paper(data: bytes, width: float) -> bytes:
    """Return a picture with at most 300 pixels an inch at a width in mm; a small one as it is.

    Twenty photos of twelve megapixels would otherwise make a report nobody can send.
    Raises OSError for what is no picture.
    """
    most = round(width / 25.4 * _DPI)
    with Image.open(io.BytesIO(data)) as image:
        if image.width <= most * 1.5:
            return data
        kind = "PNG" if image.format == "PNG" else "JPEG"
        size = (most, max(1, round(image.height * most / image.width)))
        image.draft("RGB", (size[0] * 2, size[1] * 2))
        if image.mode not in ("RGB", "RGBA", "L"):
            shown = image.convert("RGBA" if kind == "PNG" else "RGB")
        else:
            shown = image.copy()
    out = io.BytesIO()
    small = shown.resize(size, Image.Resampling.LANCZOS)
    small.save(out, kind, **({} if kind == "PNG" else {"quality": _QUALITY}))
    return out.getvalue()


def for_slide(data: bytes, width: float) -> bytes:
    """Return a picture as for paper, as JPEG or PNG; raises OSError for what is no picture."""
    shown = for_paper(data, width)
    with Image.open(io.BytesIO(shown)) as image:
        if image.format in ("JPEG", "PNG"):
            return shown
        out = io.BytesIO()
        image.save(out, "PNG")
    return out.getvalue()


def in_grey(data: bytes) -> bytes:
    """Return a picture without its colours; raises OSError for what is no picture."""
    with Image.open(io.BytesIO(data)) as image:
        out = io.BytesIO()
        clear = "A" in image.getbands() or "transparency" in image.info
        if clear:
            image.convert("RGBA").convert("LA").save(out, "PNG")
        else:
            image.convert("L").save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


def without_areas(data: bytes, areas: tuple[Area, ...]) -> bytes:
    """Return a picture in which nobody and nothing can be recognised within some areas.

    An area is left, top, right and bottom in shares of the picture. What stood there is taken out
    before the picture is written anew: at most five patches of its colours each way stay. Raises
    OSError for what is no picture.
    """
    if not areas:
        return data
    key = (sha256(data).digest(), areas)
    if key not in _without:
        if len(_without) >= _MOST_WITHOUT:
            _without.clear()
        _without[key] = _taken_out(data, areas)
    return _without[key]


def _taken_out(data: bytes, areas: tuple[Area, ...]) -> bytes:
    with Image.open(io.BytesIO(data)) as image:
        kind = "JPEG" if image.format == "JPEG" else "PNG"
        mode = image.mode if image.mode in ("RGB", "RGBA", "L") else "RGBA"
        # A new picture holds nothing of the old file, such as a small one within it.
        shown = Image.new(mode if kind == "PNG" else "RGB", image.size)
        shown.paste(image.convert(shown.mode))
    for left, top, right, bottom in areas:
        x, y = floor(left * (shown.width - 1)), floor(top * (shown.height - 1))
        to = (max(ceil(right * shown.width), x + 1), max(ceil(bottom * shown.height), y + 1))
        part = shown.crop((x, y, *to))
        few = (min(_PATCHES, part.width), min(_PATCHES, part.height))
        patches = part.resize(few, Image.Resampling.BOX)
        shown.paste(patches.resize(part.size, Image.Resampling.BICUBIC), (x, y))
    out = io.BytesIO()
    shown.save(out, kind, **({} if kind == "PNG" else {"quality": _QUALITY}))
    return out.getvalue()


def image_reader(data: bytes) -> ImageReader:
    """Return a picture as ReportLab draws it; raises OSError when it cannot be read."""
    reader = ImageReader(io.BytesIO(data))
    if data.startswith(_JPEG):
        _name_by_bytes(reader, data)
    return reader


def _name_by_bytes(reader: ImageReader, data: bytes) -> None:
    """Name a JPEG by its bytes, which the document holds as they are; decode it once only.

    ReportLab decodes a picture with every drawing to name it by its pixels: half of the time a
    sheet with a photo takes. A picture that cannot be decoded still raises OSError.
    """
    name = sha256(data).digest()
    if name not in _decoded:
        reader.getRGBData()
        _decoded.add(name)
    reader._data, reader._dataA = name, None
