"""What is blurred on a photo is in no page, picture or slide; the photo on the disk stays."""

from __future__ import annotations

import base64
import io
import random
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image
from pypdf import PdfReader

from gemba.domain.figures import PhotoFigure
from gemba.domain.figures.photo import PhotoMark
from gemba.domain.sheet import Box
from gemba.reports.figures import draw, natural_size
from gemba.reports.ink import Ink
from gemba.reports.pictures import without_areas
from gemba.services.workspace import Workspace
from tests.domain.figures.test_photo_marks import ARROW, BLUR, CIRCLE, MARKED
from tests.reports.figures.test_drawings import TODAY, Drawn
from tests.services.conftest import workspace

__all__ = ["workspace"]
SIZE = (400, 300)
AREA = (80, 180, 160, 270)


def speckled(kind: str = "JPEG", mode: str = "RGB") -> bytes:
    """A picture in which every few pixels differ, as those of a face do."""
    chance = random.Random(7)
    small = Image.new("L", (SIZE[0] // 4, SIZE[1] // 4))
    small.putdata([chance.choice((0, 255)) for _ in range(small.width * small.height)])
    out = io.BytesIO()
    small.resize(SIZE, Image.Resampling.NEAREST).convert(mode).save(out, kind, quality=95)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("L")


def spread(picture: Image.Image, box: tuple[int, int, int, int]) -> float:
    """How much neighbouring pixels differ on average within a part."""
    part = picture.crop(box)
    steps = [abs(one - other) for one, other in pairwise(part.tobytes())]
    return sum(steps) / len(steps)


@pytest.mark.parametrize(
    ("kind", "mode"), [("JPEG", "RGB"), ("JPEG", "CMYK"), ("PNG", "RGBA"), ("PNG", "P")]
)
def test_the_pixels_of_a_blurred_area_are_gone(kind: str, mode: str) -> None:
    data = speckled(kind, mode)
    shares = (0.2, 0.6, 0.4, 0.9)
    changed = opened(without_areas(data, (shares,)))
    assert changed.size == SIZE
    assert spread(opened(data), AREA) > 20
    assert spread(changed, AREA) < 6
    beside = (200, 20, 380, 160)
    assert spread(changed, beside) > 20


@pytest.mark.parametrize(
    "area",
    [(0.0, 0.0, 1.0, 1.0), (1.0, 1.0, 1.0, 1.0), (0.0, 0.5, 0.001, 0.5), (0.99, 0.0, 1.0, 1.0)],
)
def test_any_area_can_be_taken_out(area: tuple[float, float, float, float]) -> None:
    assert opened(without_areas(speckled(), (area,))).size == SIZE


def test_what_is_no_picture_is_not_handed_on_and_no_area_changes_nothing() -> None:
    with pytest.raises(OSError, match="identify"):
        without_areas(b"no picture", ((0.1, 0.1, 0.2, 0.2),))
    assert without_areas(b"anything", ()) == b"anything"


def pictures_in(pdf: bytes) -> list[Image.Image]:
    return [one.image for one in PdfReader(io.BytesIO(pdf)).pages[0].images if one.image]


def page_of(figure: PhotoFigure, data: bytes) -> bytes:
    wide, high = natural_size(figure, 80, photo=lambda _hash: data)
    ink = Ink(wide + 40, high + 40, title="photo")
    draw(figure, ink, 20, 20, wide, high, today=TODAY, photo=lambda _hash: data)
    return ink.finish()


def test_a_page_holds_only_the_picture_without_the_area() -> None:
    data = speckled()
    (held,) = pictures_in(page_of(MARKED, data))
    assert spread(held.convert("L"), AREA) < 6
    (plain,) = pictures_in(page_of(replace(MARKED, marks=(ARROW, CIRCLE)), data))
    assert spread(plain.convert("L"), AREA) > 20


def test_arrow_and_circle_show_on_dark_and_on_light() -> None:
    for grey in (0, 128, 255):
        out = io.BytesIO()
        Image.new("RGB", SIZE, (grey, grey, grey)).save(out, "PNG")
        figure = replace(MARKED, marks=(ARROW, CIRCLE))
        document = pdfium.PdfDocument(page_of(figure, out.getvalue()))
        page = document[0].render(scale=3).to_pil().convert("L")
        document.close()
        left, top, wide, high = (round(one * 3 * 72 / 25.4) for one in (20, 20, 80, 60))
        photo = page.crop((left + 6, top + 6, left + wide - 6, top + high - 6))
        shades = {value for _count, value in photo.getcolors(100_000) or []}
        assert max(shades) - min(shades) > 100, grey


def test_a_sheet_never_gives_away_what_is_blurred_and_the_photo_stays(
    workspace: Workspace, tmp_path: Path
) -> None:
    key = workspace.sheets.add_photo(speckled(), "board.jpg")
    original = workspace.store.photos.read(key)
    assert original is not None
    sheet = workspace.sheets.begin("The board is out of date")
    blurred = PhotoFigure(id="f1", photo=key, marks=(BLUR,))
    sheet = workspace.sheets.set_box(sheet.id, Box(id="current", figures=(blurred,)))
    pdf = workspace.exports.draw_sheet(sheet).pdf
    assert original not in pdf
    (held,) = pictures_in(pdf)
    assert spread(held.convert("L"), AREA) < 6
    from pptx import Presentation

    slide = Presentation(io.BytesIO(workspace.exports.files.slide(sheet))).slides[0]
    seen = [shape for shape in _all_shapes(slide.shapes) if hasattr(shape, "image")]
    assert seen
    for shape in seen:
        assert shape.image.blob != original
        picture = opened(shape.image.blob)
        box = tuple(round(one * picture.width / SIZE[0]) for one in AREA)
        assert spread(picture, box) < 12  # type: ignore[arg-type]
    vector = workspace.exports.files.svg(sheet)
    held = [base64.b64decode(one) for one in re.findall(rb"base64,([A-Za-z0-9+/=]+)", vector)]
    shown = [one for one in held if one[:2] == b"\xff\xd8" or one[:4] == b"\x89PNG"]
    assert shown
    assert original not in shown
    for one in shown:
        picture = opened(one)
        box = tuple(round(edge * picture.width / SIZE[0]) for edge in AREA)
        assert spread(picture, box) < 12  # type: ignore[arg-type]
    assert workspace.store.photos.read(key) == original


def _all_shapes(shapes: object) -> list[object]:
    found: list[object] = []
    for shape in shapes:  # type: ignore[attr-defined]
        found += _all_shapes(shape.shapes) if hasattr(shape, "shapes") else [shape]
    return found


def test_undo_brings_a_mark_away_and_back(workspace: Workspace) -> None:
    key = workspace.sheets.add_photo(speckled(), "board.jpg")
    sheet = workspace.sheets.begin("The board is out of date")
    plain = PhotoFigure(id="f1", photo=key)
    workspace.sheets.put_figure(sheet.id, "current", plain)
    workspace.sheets.put_figure(sheet.id, "current", replace(plain, marks=(BLUR,)))
    from gemba.domain.changes import Ref

    ref = Ref("sheet", sheet.id)
    workspace.versions.undo(ref, "boxes")
    assert workspace.sheets.get(sheet.id).box("current").figures == (plain,)
    workspace.versions.redo_last(ref, "boxes")
    (again,) = workspace.sheets.get(sheet.id).box("current").figures
    assert isinstance(again, PhotoFigure)
    assert again.marks == (BLUR,)


@pytest.mark.parametrize("words", ["Bed 4", "word " * 400, "ا" * 40, "two\nlines", "x" * 5_000])
def test_words_stay_on_the_photo_and_can_be_read(words: str) -> None:
    mark = PhotoMark(shape="text", x1=0.95, y1=0.97, x2=0.95, y2=0.97, text=words)
    drawn = Drawn(replace(MARKED, caption="", marks=(mark,)), 80, photo=lambda _hash: speckled())
    drawn.assert_inside()
    assert drawn.missing == (len(words) > 1_000)
    if words == "Bed 4":
        assert "Bed 4" in drawn.text
