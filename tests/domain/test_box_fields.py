"""Lines that belong in a box: begun with what the sheet knows, offered until they stand there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from gemba.domain.box_fields import line_of, open_fields
from gemba.domain.definition_checks import DefinitionError
from gemba.domain.field_names import FILLS, name_of
from gemba.domain.sheet import Sheet
from tests.data.trial_sheet import definition

SHEET = Sheet(
    id=UUID(int=1), title="Late", started_on=date(2026, 11, 1), last_there="20 Nov,\n08:15"
)
BOX = replace(
    definition().box("current"), fields=("Counted from:", "Last there: {last_there}", "By:")
)


def test_a_line_is_begun_with_what_the_sheet_knows() -> None:
    assert [line_of(one, SHEET) for one in BOX.fields] == [
        "Counted from: ",
        "Last there: 20 Nov, 08:15",
        "By: ",
    ]


def test_a_line_that_stands_in_the_box_is_not_offered() -> None:
    assert open_fields(BOX, "") == BOX.fields
    text = "We were there.\n- counted from: the board\nBy: 4 Dec"
    assert open_fields(BOX, text) == ("Last there: {last_there}",)
    assert open_fields(BOX, "It was counted from memory.") == BOX.fields


@pytest.mark.parametrize(
    "fields",
    [("",), ("Measure",), (": 3",), ("By:", "By: x"), ("Seen: {nobody}",), ("x" * 60 + ":",)],
)
def test_a_field_that_is_none_is_refused_by_its_place(fields: tuple[str, ...]) -> None:
    with pytest.raises(DefinitionError) as raised:
        replace(BOX, fields=fields)
    assert raised.value.values["where"] == "boxes.current.fields"


def test_what_a_gap_may_name_is_a_field_of_the_sheet() -> None:
    assert all(isinstance(getattr(SHEET, one), str) for one in FILLS)
    assert name_of("Last there: {last_there}") == "Last there"
