"""The sheet as pictures: parts lie exactly where they lie on the whole."""

from __future__ import annotations

import io
from datetime import date
from types import SimpleNamespace

import pytest
from PIL import Image, ImageChops
from pypdf import PdfReader

from gemba.domain.figures import PhotoFigure
from gemba.reports.sheet import DrawnSheet, SheetFacts, draw_sheet
from gemba.services.paper import Paper, Picture, smaller
from gemba.services.recorder import WHOLE_PHOTOS
from gemba.services.workspace import Workspace
from gemba.words import Words
from tests.data.trial_sheet import TODAY, definition, trial_sheet


def drawn(*, compress: bool = True, today: date = TODAY) -> DrawnSheet:
    return draw_sheet(
        trial_sheet(),
        definition(),
        facts=SheetFacts("Maria Okafor", "Ana Lindqvist", "Ward 6"),
        photo=lambda _hash: None,
        words=Words(),
        today=today,
        compress=compress,
    )


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return drawn(compress=False).pdf


def paper() -> Paper:
    return Paper(SimpleNamespace(draw_sheet=None))  # type: ignore[arg-type]


def image_of(picture: Picture) -> Image.Image:
    size = (picture.width, picture.height)
    return Image.frombytes("RGB", size, picture.data, "raw", "BGRX", picture.stride)


def differing(one: Image.Image, other: Image.Image) -> int:
    width, height = min(one.width, other.width), min(one.height, other.height)
    area = (0, 0, width, height)
    difference = ImageChops.difference(one.crop(area), other.crop(area)).convert("L")
    return sum(difference.histogram()[24:])


@pytest.mark.parametrize("scale", [14 / 3.7042, 5.1296, 19 / 3.7042, 7.3])
def test_a_part_shows_what_the_whole_shows_there(pdf: bytes, scale: float) -> None:
    whole = image_of(paper().picture(pdf, scale))
    for x, y, wide, high in ((0, 0, 300, 200), (613, 411, 700, 301), (977, 123, 333, 400)):
        part = (x / scale, y / scale, wide / scale, high / scale)
        shown = image_of(paper().picture(pdf, scale, part))
        assert abs(shown.width - wide) <= 1
        assert abs(shown.height - high) <= 1
        # A line at an edge may be smoothed otherwise; moved by one pixel, thousands would differ.
        assert differing(shown, whole.crop((x, y, x + wide, y + high))) < wide * high / 200


def test_the_screen_shows_what_prints(pdf: bytes) -> None:
    on_paper = image_of(paper().picture(drawn().pdf, 4.0))
    assert differing(image_of(paper().picture(pdf, 4.0)), on_paper) == 0


def test_the_bytes_do_not_depend_on_what_was_drawn_before() -> None:
    first = drawn()
    drawn(today=date(2027, 1, 1))
    drawn(compress=False)
    assert drawn().pdf == first.pdf


def a_photo(width: int, height: int, kind: str) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").convert("RGB").resize((width, height)).save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_large_photo_is_shown_smaller_and_in_its_shape(kind: str) -> None:
    shown = Image.open(io.BytesIO(smaller(a_photo(3200, 2400, kind))))
    assert max(shown.size) <= 1600
    assert shown.width / shown.height == pytest.approx(4 / 3, abs=0.002)


def test_a_small_photo_and_what_is_no_photo_stay_as_they_are() -> None:
    small = a_photo(800, 600, "JPEG")
    assert smaller(small) == small
    assert smaller(b"no photo") == b"no photo"


def test_the_screen_reads_a_photo_once_and_paper_prints_all_of_it(workspace: Workspace) -> None:
    sheet = workspace.sheets.begin("Nobody knows who goes home tomorrow")
    workspace.recorder.remember(WHOLE_PHOTOS, "yes").result()
    found = workspace.sheets.add_photo(a_photo(2400, 1800, "JPEG"))
    figure = PhotoFigure(id="photo", photo=found)
    sheet = workspace.sheets.put_figure(sheet.id, "current", figure)
    for _ in range(2):
        on_screen = Paper(workspace.exports).draw(sheet)
    on_paper = workspace.exports.draw_sheet(sheet)
    assert on_screen.layout == on_paper.layout

    def widths(pdf: bytes) -> list[int]:
        return [image.image.width for image in PdfReader(io.BytesIO(pdf)).pages[0].images]

    assert widths(on_paper.pdf) == [2400]
    assert widths(on_screen.pdf) == [1600]
