"""What is blurred on a photo is in no page, picture or slide; the photo on the disk stays."""

from __future__ import annotations

import base64
import io
import json
import random
import re
import zipfile
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from uuid import uuid4

import pypdfium2 as pdfium
import pytest
from PIL import Image
from pypdf import PdfReader

from gemba.domain.compared import ComparedSheet, compare_sheets
from gemba.domain.figures import Pair, PhotoFigure
from gemba.domain.figures.photo import PhotoMark
from gemba.domain.frame import Frame
from gemba.domain.observation import Observation
from gemba.domain.paper import PaperChoice
from gemba.domain.sheet import Box, Sheet
from gemba.reports.figures import draw, natural_size
from gemba.reports.ink import Ink
from gemba.reports.pictures import without_areas
from gemba.services.paper import Paper, Picture, bands
from gemba.services.workspace import Workspace
from tests.domain.figures.test_photo_marks import ARROW, BLUR, CIRCLE, MARKED
from tests.reports.figures.test_drawings import TODAY, Drawn
from tests.services.conftest import workspace

__all__ = ["workspace"]
SIZE = (400, 300)
AREA = (80, 180, 160, 270)


def speckled(kind: str = "JPEG", mode: str = "RGB", dice: int = 7) -> bytes:
    """A picture in which every few pixels differ, as those of a face do."""
    chance = random.Random(dice)
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


def test_the_photos_of_a_pair_are_in_every_document_it_is_drawn_into(workspace: Workspace) -> None:
    key = workspace.sheets.add_photo(speckled(), "board.jpg")
    half = PhotoFigure(id="b", photo=key, marks=(BLUR,))
    pair = Pair(id="p", before=half, after=replace(half, id="a"))
    sheet = workspace.sheets.begin("The board is out of date")
    sheet = workspace.sheets.set_box(sheet.id, Box(id="current", figures=(pair,)))
    for _ in range(3):
        held = pictures_in(workspace.exports.draw_sheet(sheet).pdf)
        assert held
        assert all(spread(one.convert("L"), AREA) < 6 for one in held)


def blurred_sheet(workspace: Workspace) -> tuple[Sheet, Sheet]:
    """A sheet with a blurred photo, and the same one with a photo that is blurred nowhere."""
    key = workspace.sheets.add_photo(speckled(), "board.jpg")
    sheet = workspace.sheets.begin("The board is out of date")
    shown = PhotoFigure(id="f1", photo=key, marks=(BLUR,))
    sheet = workspace.sheets.set_box(sheet.id, Box(id="current", figures=(shown,)))
    other = workspace.sheets.add_photo(speckled(dice=8), "board.jpg")
    plain = replace(shown, photo=other, marks=())
    return sheet, sheet.with_box(Box(id="current", figures=(plain,)))


PAPERS = {
    "as it is": PaperChoice(),
    "grey": PaperChoice(grey=True),
    "two halves": PaperChoice(paper="A4", halves=True),
    "A2": PaperChoice(paper="A2", crop_marks=True, margin=10.0),
    "half filled": PaperChoice(fill="half"),
}


@pytest.mark.parametrize("paper", PAPERS)
def test_no_paper_holds_what_is_blurred(workspace: Workspace, paper: str) -> None:
    sheet, plain = blurred_sheet(workspace)
    for one, most in ((sheet, 12.0), (plain, 255.0)):
        pdf = workspace.exports.files.printed(one, PAPERS[paper]).pdf
        held = [p.image for page in PdfReader(io.BytesIO(pdf)).pages for p in page.images]
        assert held
        for picture in held:
            assert picture is not None
            box = tuple(round(edge * picture.width / SIZE[0]) for edge in AREA)
            assert spread(picture.convert("L"), box) < most  # type: ignore[arg-type]


def test_no_comparison_and_no_figure_alone_holds_what_is_blurred(workspace: Workspace) -> None:
    sheet, plain = blurred_sheet(workspace)
    made = compare_sheets(replace(sheet, title="Before"), sheet)
    compared = ComparedSheet(made, "Before", "now")
    files = workspace.exports.files
    alone = files.of_figure(sheet, "f1", "pdf").data
    for pdf in (files.printed(sheet, PaperChoice(), compared=compared).pdf, alone):
        for picture in pictures_in(pdf):
            assert spread(picture.convert("L"), AREA) < 12
    vector = files.of_figure(sheet, "f1", "svg").data
    held = [base64.b64decode(one) for one in re.findall(rb"base64,([A-Za-z0-9+/=]+)", vector)]
    shown = [opened(one) for one in held if one[:2] == b"\xff\xd8" or one[:4] == b"\x89PNG"]
    assert shown
    assert all(spread(one, AREA) < 12 for one in shown)
    assert spread(pictures_in(files.of_figure(plain, "f1", "pdf").data)[0].convert("L"), AREA) > 20


def in_picture(picture: Image.Image, where: Frame, wide: float) -> float:
    """How much neighbouring pixels differ within the blurred area of a photo on a page."""
    per_mm = picture.width / wide
    across, down = where.width * per_mm, where.height * per_mm
    left, top = where.x * per_mm, where.y * per_mm
    edges = [edge / side for edge, side in zip(AREA, (*SIZE, *SIZE), strict=True)]
    x1, y1, x2, y2 = edges
    box = (left + x1 * across, top + y1 * down, left + x2 * across, top + y2 * down)
    return spread(picture, tuple(round(one) for one in box))  # type: ignore[arg-type]


def test_no_picture_band_or_thumbnail_shows_what_is_blurred(workspace: Workspace) -> None:
    sheet, plain = blurred_sheet(workspace)
    paper, files = Paper(workspace.exports), workspace.exports.files
    found = {}
    for name, one in (("blurred", sheet), ("plain", plain)):
        drawn = paper.draw(one)
        wide = drawn.layout.width
        where = drawn.layout.boxes["current"].figures[0].frame
        small = paper.picture(drawn.pdf, 4.0)
        printed = files.printed(one, PaperChoice()).pdf
        rows = [band for _top, band in bands(printed, 0, 150, 200)]
        whole = Image.new("L", (rows[0].width, sum(band.height for band in rows)))
        top = 0
        for band in rows:
            whole.paste(grey_of(band), (0, top))
            top += band.height
        png = opened(files.of(one, "png").data)
        shown = (grey_of(small), whole, png)
        found[name] = [in_picture(picture, where, wide) for picture in shown]
    assert all(one < 8 for one in found["blurred"]), found
    assert all(one > 15 for one in found["plain"]), found


def grey_of(shown: Picture) -> Image.Image:
    size = (shown.width, shown.height)
    return Image.frombuffer("RGB", size, shown.data, "raw", "BGRX", shown.stride, 1).convert("L")


def test_the_data_hold_a_blurred_photo_as_it_was_taken_only_when_asked_for(
    workspace: Workspace,
) -> None:
    sheet, _plain = blurred_sheet(workspace)
    (figure,) = sheet.box("current").figures
    assert isinstance(figure, PhotoFigure)
    # The same photo of a walk, where nobody blurred it, stays here as well.
    seen = Observation(
        id=uuid4(), seen_on=date(2026, 11, 24), saw="Two bags", photos=(figure.photo,)
    )
    workspace.recorder.put(seen)
    workspace.recorder.settle()
    assert workspace.exports.blurred_photos() == 1
    given_away = workspace.exports.data()
    assert json.loads(given_away)["lost_photos"] == [figure.photo]
    mine = zipfile.ZipFile(io.BytesIO(workspace.exports.data(private=True)))
    original = workspace.store.photos.read(figure.photo)
    assert original in [mine.read(name) for name in mine.namelist()]
    workspace.sheets.set_box(sheet.id, Box(id="current"))
    workspace.recorder.settle()
    assert workspace.exports.blurred_photos() == 0


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
