"""How near a sheet is seen follows from the room there is, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QRect, QSize

from gemba.domain.frame import Frame
from gemba.domain.layout import SheetLayout
from gemba.ui.theme import Theme
from gemba.ui.widgets.paper_distance import LEAST_BESIDE, LEAST_TEXT, Sight, half_of

SHEET = SheetLayout(420.0, 297.0)


@pytest.fixture
def sight(theme: Theme) -> Sight:
    return Sight(theme, SHEET, QSize(1268, 700), 1280, 0, False, "")


def test_the_whole_sheet_lies_in_the_middle_of_what_is_seen(sight: Sight) -> None:
    laid = sight.lay()
    assert laid.outer == QSize(1268, 700)
    assert abs(laid.paper.center().x() - 634) <= 1
    assert QRect(0, 0, 1268, 700).contains(laid.paper)
    covered = replace(sight, covered=360).lay()
    assert covered.paper.width() < laid.paper.width()
    assert covered.paper.right() < 1280 - 360
    # Under what covers nearly everything it stays as large as it was.
    assert replace(sight, covered=900).lay().paper.size() == laid.paper.size()


@pytest.mark.parametrize("wide", [300, 700, 1268, 2500])
def test_in_a_column_text_is_never_too_small_to_write(sight: Sight, wide: int) -> None:
    near = replace(sight, view=QSize(wide, 700), wide=wide + 12, column=True).lay()
    assert near.zoom.text >= LEAST_TEXT
    assert near.outer.width() >= near.paper.width()


def test_beside_a_drawer_a_column_may_be_smaller_as_long_as_it_can_be_read(sight: Sight) -> None:
    beside = replace(sight, column=True, covered=700)
    assert LEAST_BESIDE <= beside.lay().zoom.text < LEAST_TEXT
    hardly = replace(sight, column=True, covered=1100)
    assert hardly.room() == 1268
    assert hardly.lay().zoom.text >= LEAST_TEXT
    assert hardly.lay().outer.width() >= beside.lay().outer.width()


def test_a_box_without_others_is_its_own_half() -> None:
    assert half_of(SHEET, Frame(220, 30, 190, 60)) == (220, 190)
