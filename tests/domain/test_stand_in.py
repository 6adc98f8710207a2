"""The worksheet that stands in for one that is gone."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.domain.definition_checks import DefinitionError
from gemba.domain.sheet import Box, Sheet
from gemba.domain.stand_in import stand_in

DAY = date(2026, 11, 22)


def sheet(ids: list[str]) -> Sheet:
    boxes = tuple(Box(id=one) for one in ids)
    return Sheet(id=UUID(int=1), title="", started_on=DAY, definition="own_ward", boxes=boxes)


@given(st.integers(0, 44))
def test_every_box_finds_a_place_in_its_order(count: int) -> None:
    ids = [f"box_{number}" for number in range(count)]
    made = stand_in(sheet(ids))
    assert [box.id for box in made.boxes] == (ids or ["current"])
    assert list(made.box_frames()) == [box.id for box in made.boxes]
    assert made.private


@pytest.mark.parametrize(
    "ids", [["a", "a"], ["Ward 6"], [""], [f"box_{number}" for number in range(45)]]
)
def test_boxes_that_no_page_can_hold_are_refused(ids: list[str]) -> None:
    with pytest.raises(DefinitionError):
        stand_in(sheet(ids))


def test_a_role_is_known_again_by_its_box() -> None:
    made = stand_in(sheet(["goal", "why"]))
    assert [box.role for box in made.boxes] == ["goal", "other"]
