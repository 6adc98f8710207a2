"""What is written as TOML is read back as the same worksheet."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gemba.definitions.catalog import Catalog
from gemba.definitions.read import read_sheet
from gemba.definitions.write import sheet_text
from gemba.domain.definition import SheetDefinition
from gemba.resources import resource_path

SHEETS = Catalog(resource_path()).sheets()
# TOML has no letter for half a surrogate pair, and no text file holds one.
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
SAID = WORDS.filter(lambda words: bool(words.strip()))


def back(path: Path, sheet: SheetDefinition, note: str = "") -> SheetDefinition:
    path.write_text(sheet_text(sheet, note), encoding="utf-8", newline="")
    return read_sheet(path)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda one: str(one.id))
def test_every_bundled_sheet_comes_back(tmp_path: Path, sheet: SheetDefinition) -> None:
    assert back(tmp_path / "one.toml", sheet, "A note\nof two lines") == sheet


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SAID, WORDS, SAID, st.lists(SAID, max_size=4), st.booleans(), st.integers(0, 2**40))
def test_any_words_come_back(
    tmp_path: Path, label: str, about: str, ask: str, hints: list[str], private: bool, order: int
) -> None:
    sheet = SHEETS[0]
    box = replace(sheet.boxes[0], label=label, question=ask, guidance=tuple(hints), fields=("By:",))
    mine = replace(
        sheet,
        label=label,
        description=about,
        begins=about,
        private=private,
        order=order,
        boxes=(box, *sheet.boxes[1:]),
    )
    assert back(tmp_path / "one.toml", mine) == mine


def test_tenths_of_a_millimetre_come_back(tmp_path: Path) -> None:
    sheet = SHEETS[0]
    first, second, *rest = sheet.boxes
    boxes = (replace(first, height_mm=38.3), replace(second, height_mm=89.7), *rest)
    mine = replace(sheet, boxes=boxes)
    assert back(tmp_path / "one.toml", mine) == mine
