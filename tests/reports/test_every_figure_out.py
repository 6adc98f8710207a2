"""Any figure, whatever stands in it, leaves as slide, workbook, drawing and text."""

from __future__ import annotations

import io
import re
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pptx
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from gemba.domain.figures import type_names
from gemba.domain.figures.words import described, words_of
from gemba.domain.legible import legible
from gemba.domain.sheet import Box, Sheet
from gemba.domain.sheet_text import as_markdown, as_text
from gemba.reports.figure_alone import figure_page, sheet_svg
from gemba.reports.sheet import SheetFacts
from gemba.reports.slide import draw_slide
from gemba.reports.workbook import draw_workbook
from gemba.words import Words
from tests.data.trial_sheet import TODAY, definition, trial_sheet
from tests.strategies import built

words = Words()
FACTS = SheetFacts()


def holding(figure: Any) -> Sheet:
    sheet = trial_sheet()
    return sheet.with_box(Box(id="current", figures=(figure,)))


def bare(text: object) -> str:
    """A text without its blanks: a title stands without those at its ends."""
    # Some control characters are blanks as well, and go from the ends before they are spelt out.
    return "".join(re.sub(r"\[U\+00(0[BC]|1[C-F]|85)\]", " ", str(text)).split())


def told_in(data: bytes) -> set[str]:
    """The text equivalents that stand on a slide."""
    slide = pptx.Presentation(io.BytesIO(data)).slides[0]
    return {one.get("descr") for one in slide.shapes._spTree.iter() if one.get("descr")}


@pytest.mark.parametrize("kind", sorted(type_names))
@settings(
    max_examples=3, phases=[Phase.generate], suppress_health_check=list(HealthCheck), deadline=None
)
@given(data=st.data())
def test_any_figure_leaves_in_every_way(kind: str, data: st.DataObject) -> None:
    figure = data.draw(built(type_names[kind], id=st.just("only")))
    sheet = holding(figure)
    given_to = {"facts": FACTS, "photo": lambda _: None, "words": words, "today": TODAY}
    slide = draw_slide(sheet, definition(), **given_to)
    told = told_in(slide)
    assert told
    workbook = draw_workbook(sheet, definition(), facts=FACTS, words=words)
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    written = [cell.value for page in book.worksheets for row in page.iter_rows() for cell in row]
    assert legible(described(figure, words))[:200] in {str(one)[:200] for one in written}
    for text in words_of(figure):
        assert any(bare(legible(text)) in bare(one) for one in written), text
    ElementTree.fromstring(sheet_svg(sheet, definition(), **given_to))
    svg, _ = figure_page(
        sheet, definition(), figure, photo=lambda _: None, words=words, today=TODAY, svg=True
    )
    ElementTree.fromstring(svg)
    for write in (as_markdown, as_text):
        assert write(sheet, definition(), [], words).endswith("\n")
