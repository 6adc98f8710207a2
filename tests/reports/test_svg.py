"""A sheet and its figures as SVG: sound, self-contained, and the same to look at as the PDF."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pytest
from PIL import Image, ImageChops
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from gemba.domain.figures import Figure, FiveWhys, PhotoFigure
from gemba.domain.figures.five_whys import Why
from gemba.domain.figures.words import described
from gemba.domain.sheet import Box, Sheet
from gemba.domain.sheet_story import SignOff
from gemba.reports.figure_alone import figure_page, sheet_svg
from gemba.reports.outlines import outline
from gemba.reports.sheet import SheetFacts, draw_sheet
from gemba.words import Words
from tests.data.paper import picture, reader, text_of
from tests.data.trial_sheet import TODAY, definition, trial_sheet
from tests.reports.figures.test_drawings import a_photo
from tests.reports.figures.test_grey import DRAWN

words = Words()
FACTS = SheetFacts(owner="Maria Okafor")
SVG = "{http://www.w3.org/2000/svg}"


def svg_of(sheet: Sheet) -> bytes:
    return sheet_svg(
        sheet, definition(), facts=FACTS, photo=lambda _: None, words=words, today=TODAY
    )


def text_in(svg: bytes) -> str:
    found = ElementTree.fromstring(svg)
    return " ".join(one.text or "" for one in found.iter(f"{SVG}text"))


def shown(svg: bytes, width: int, height: int) -> Image.Image:
    """The picture as Qt draws it, which knows none of our faces by name."""
    renderer = QSvgRenderer(QByteArray(svg))
    assert renderer.isValid()
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    return Image.frombuffer(
        "RGB", (width, height), bytes(image.constBits()), "raw", "BGRX", image.bytesPerLine(), 1
    )


def test_the_picture_is_the_one_on_paper(qapp: object) -> None:
    sheet = trial_sheet()
    pdf = draw_sheet(
        sheet, definition(), facts=FACTS, photo=lambda _: None, words=words, today=TODAY
    ).pdf
    paper = picture(pdf, dpi=96).convert("L")

    def apart(svg: bytes) -> list[int]:
        # Edges are smoothed in one way here and in another there; patches of 6 pixels are not.
        drawn = shown(svg, *paper.size).convert("L")
        return ImageChops.difference(paper.reduce(6), drawn.reduce(6)).histogram()

    assert sum(apart(svg_of(sheet))[40:]) == 0
    # The control: a letter more is another picture.
    box = sheet.box("background")
    more = sheet.with_box(replace(box, text=box.text + " W"))
    assert sum(apart(svg_of(more))[40:]) > 0


def test_a_picture_has_the_size_of_the_sheet_and_needs_nothing_else() -> None:
    svg = svg_of(trial_sheet())
    root = ElementTree.fromstring(svg)
    assert (root.get("width"), root.get("height")) == ("420mm", "297mm")
    assert b"@font-face" not in svg
    links = {one.get("href", "#") for one in root.iter() if one.get("href")}
    assert all(one.startswith(("#", "data:")) for one in links)
    assert root.find(f"{SVG}title").text == trial_sheet().title  # type: ignore[union-attr]


def test_all_text_can_be_found_and_every_figure_says_what_it_shows() -> None:
    sheet = trial_sheet()
    svg = svg_of(sheet)
    text = text_in(svg)
    for part in ("Background", "Maria Okafor", "48 minutes", "Names to the porters"):
        assert part in text
    told = {one.get("aria-label") for one in ElementTree.fromstring(svg).iter(f"{SVG}g")}
    for box in sheet.boxes:
        for figure in box.figures:
            assert described(figure, words) in told


@pytest.mark.parametrize("text", ["病棟 שלום مرحبا 😀 ∑", "bell \x07 \ud800 <b>&amp;\"'", "ǅ" * 50])
def test_any_letter_makes_a_sound_picture(text: str) -> None:
    svg = svg_of(trial_sheet().with_box(Box(id="background", text=text)))
    assert "Background" in text_in(svg)


def test_letters_have_outlines_also_those_made_of_others() -> None:
    assert outline("regular", " ") == ""
    assert outline("regular", "l").count("Z") == 1
    assert outline("regular", "o").count("Z") == 2
    # A letter with an accent is put together from two.
    assert outline("regular", "é").count("Z") == outline("regular", "e").count("Z") + 1
    assert outline("han", "病")


def test_one_figure_is_a_picture_or_a_page_of_its_own() -> None:
    sheet = trial_sheet()
    (tree,) = [one for box in sheet.boxes for one in box.figures if isinstance(one, FiveWhys)]
    svg, missing = figure_page(
        sheet, definition(), tree, photo=lambda _: None, words=words, today=TODAY, svg=True
    )
    assert missing == 0
    text = " ".join(text_in(svg).split())
    assert "Background" not in text
    pdf, missing = figure_page(
        sheet, definition(), tree, photo=lambda _: None, words=words, today=TODAY
    )
    assert missing == 0
    assert len(reader(pdf).pages) == 1
    for why in tree.whys:
        assert why.text in text_of(pdf)


def test_a_figure_that_was_too_full_for_its_box_is_whole_alone() -> None:
    whys = tuple(Why(id=str(n), parent=str(n - 1) if n else "", text=f"why {n}") for n in range(60))
    tree = FiveWhys(id="t", whys=whys)
    sheet = trial_sheet().with_box(Box(id="goal", figures=(tree,)))
    for svg, read in ((False, text_of), (True, text_in)):
        out, missing = figure_page(
            sheet, definition(), tree, photo=lambda _: None, words=words, today=TODAY, svg=svg
        )
        assert missing == 0
        assert [why.text for why in whys if why.text not in read(out)] == []


@pytest.mark.parametrize("figure", DRAWN, ids=lambda one: one.kind)
def test_any_figure_of_a_low_box_is_whole_as_a_picture_of_its_own(figure: Figure) -> None:
    sheet = trial_sheet().with_box(Box(id="goal", figures=(figure,)))
    svg, missing = figure_page(
        sheet, definition(), figure, photo=lambda _: a_photo(), words=words, today=TODAY, svg=True
    )
    assert missing == 0
    assert "No room here" not in text_in(svg)


def test_a_vanished_picture_leaves_its_words() -> None:
    photo = PhotoFigure(id="p", photo="0" * 64, description="Bags on a shelf")
    svg = svg_of(trial_sheet().with_box(Box(id="current", figures=(photo,))))
    assert "not on this machine" in text_in(svg)


def test_lines_to_sign_that_find_no_room_stand_whole_under_the_sheet(qapp: object) -> None:
    few = (SignOff(id="g1", name="Ingrid Solberg", role="head of operations"),)
    one = svg_of(replace(trial_sheet(), sign_offs=few))
    assert ElementTree.fromstring(one).get("viewBox") == "0 0 420 297"
    many = tuple(SignOff(id=f"g{n}", name=f"Person {n} of forty", role="nurse") for n in range(40))
    svg = svg_of(replace(trial_sheet(), sign_offs=many))
    told = text_in(svg)
    for line in many:
        assert line.name in told
    wide, high = (float(n) for n in str(ElementTree.fromstring(svg).get("viewBox")).split()[2:])
    assert (wide, high % 297) == (420.0, 0.0)
    assert high >= 2 * 297
    # Under the sheet, where it is seen: the sheet itself is the picture it was.
    whole = shown(svg, 420, round(high)).convert("L")
    assert whole.crop((0, 297, 420, 594)).getextrema()[0] < 128
    pages = ElementTree.fromstring(svg).findall(f"{SVG}g[@transform]")
    assert f"translate(0 {297:g})" in [page.get("transform") for page in pages]
