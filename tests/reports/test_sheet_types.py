"""Every bundled worksheet on paper: one A3 page, each box where it is specified."""

from __future__ import annotations

import io
from datetime import date
from uuid import UUID

import pytest
from pypdf import PdfReader

from gemba.definitions.catalog import Catalog
from gemba.domain.definition import SheetDefinition
from gemba.domain.sheet import Box, Sheet
from gemba.reports.sheet import DrawnSheet, SheetFacts, draw_sheet
from gemba.resources import resource_path
from gemba.words import Words
from tests.data.trial_sheet import trial_sheet

SHEETS = Catalog(resource_path()).sheets()
NAMES = [one.id for one in SHEETS]


def drawn(definition: SheetDefinition, boxes: tuple[Box, ...] = ()) -> DrawnSheet:
    made = Sheet(
        id=UUID(int=1),
        definition=definition.id,
        title="Late discharges",
        started_on=date(2026, 11, 22),
        boxes=boxes,
    )
    return draw_sheet(
        made,
        definition,
        facts=SheetFacts(owner="Maria Okafor"),
        photo=lambda _hash: None,
        words=Words(),
        today=date(2026, 11, 22),
    )


@pytest.mark.parametrize("definition", SHEETS, ids=NAMES)
def test_a_sheet_is_one_a3_page_with_every_title_in_its_box(definition: SheetDefinition) -> None:
    made = drawn(definition)
    pages = PdfReader(io.BytesIO(made.pdf)).pages
    assert len(pages) == 1
    wide, high = (float(side) * 25.4 / 72 for side in pages[0].mediabox[2:])
    assert (round(wide, 1), round(high, 1)) == (420.0, 297.0)
    text = pages[0].extract_text()
    for box in definition.boxes:
        assert box.label in text
        assert box.question not in text, "the question of an empty box never prints"
    assert {one: box.frame for one, box in made.layout.boxes.items()} == definition.box_frames()


@pytest.mark.parametrize("definition", SHEETS, ids=NAMES)
def test_its_hints_would_fit_into_every_box(definition: SheetDefinition) -> None:
    boxes = tuple(
        Box(id=box.id, text="\n".join([box.question, *box.guidance])) for box in definition.boxes
    )
    made = drawn(definition, boxes)
    assert made.over == ()
    for box in made.layout.boxes.values():
        assert box.room >= 0
        assert box.text.right <= box.frame.right + 0.01


def test_a_figure_in_a_narrow_column_stands_under_its_text() -> None:
    definition = next(one for one in SHEETS if one.id == "storyboard")
    tree = trial_sheet().box("analysis").figures[0]
    made = drawn(definition, (Box(id="obstacles", text="We do not know yet.", figures=(tree,)),))
    box = made.layout.boxes["obstacles"]
    placed = box.figures[0].frame
    assert placed.width <= box.frame.width
    assert placed.y > box.lines[-1].baseline
    assert box.text.width == pytest.approx(box.frame.width)
    assert made.crowded == ()
