"""The boxes of one sheet: whatever is done to them, the page stays one page and nothing is lost."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gemba.definitions.catalog import Catalog
from gemba.domain.change_type import change_type, pairs, told
from gemba.domain.definition import SheetDefinition
from gemba.domain.errors import BadInput, GembaError, Refused
from gemba.domain.figures import Sketch
from gemba.domain.page_geometry import TOLERANCE_MM
from gemba.domain.sheet import Box, Sheet
from gemba.domain.sheet_format import (
    borders,
    check_format,
    fits,
    fitted,
    full,
    least,
    move_border,
    rename,
    shaped,
)
from gemba.domain.sheet_story import BoxFormat
from gemba.domain.tray import merge, put_piece, reset, split, tray_of
from gemba.resources import resource_path
from tests.strategies import values

TYPES = {one.id: one for one in Catalog(resource_path()).sheets()}
PS7 = TYPES["ps7"]
kinds = st.sampled_from(sorted(TYPES.values(), key=lambda one: one.id))
hostile = st.lists(
    st.builds(
        BoxFormat,
        id=st.sampled_from(
            [*(box.id for box in PS7.boxes), "analysis_2", "weird", "", "A b", "x.y"]
        ),
        label=st.sampled_from(["", "   ", "Our box", "漢" * 80]),
        column=st.sampled_from(["left", "right", "third", "", "nowhere"]),
        height=st.one_of(
            st.integers(-10, 300).map(float),
            st.sampled_from([math.nan, math.inf, -math.inf, 1e300, 0.0, 5e-324]),
        ),
    ),
    max_size=14,
).map(tuple)


def a_sheet(kind: SheetDefinition, **more: object) -> Sheet:
    boxes = tuple(
        Box(id=box.id, text=f"In {box.id}", figures=(Sketch(id=f"f{number}"),))
        for number, box in enumerate(kind.boxes)
    )
    made = Sheet(
        id=UUID(int=1), definition=kind.id, title="A", started_on=date(2026, 11, 2), boxes=boxes
    )
    return replace(made, **more)  # type: ignore[arg-type]


def words(sheet: Sheet) -> Counter[str]:
    """Every paragraph and figure of a sheet and its tray."""
    held = [*sheet.boxes, *(piece.box for piece in sheet.tray)]
    lines = [line for box in held for line in box.text.split("\n") if line]
    return Counter([*lines, *(f"figure {one.id}" for box in held for one in box.figures)])


def one_page(kind: SheetDefinition, sheet: Sheet) -> None:
    """Each column is filled to the last tenth of a hairline, and no box is too low."""
    made = shaped(kind, sheet.format)
    frames = made.box_frames()
    assert len(frames) == len(made.boxes)
    for box in made.boxes:
        assert box.height_mm >= least(kind, box.id) - TOLERANCE_MM
    for column in made.page.column_names:
        assert made.boxes_in(column)


@given(kinds, st.data())
@settings(max_examples=60, deadline=None)
def test_whatever_is_done_to_boxes_is_one_page_and_loses_nothing(
    kind: SheetDefinition, data: st.DataObject
) -> None:
    sheet = a_sheet(kind)
    before = words(sheet)
    for _ in range(data.draw(st.integers(1, 12))):
        ids = [one.id for one in full(kind, sheet.format)]
        box = data.draw(st.sampled_from(ids))
        act = data.draw(st.sampled_from(["move", "rename", "merge", "split", "reset", "put"]))
        try:
            match act:
                case "move":
                    to = data.draw(st.floats(-50, 400))
                    sheet = replace(sheet, format=move_border(kind, sheet.format, box, to))
                case "rename":
                    name = data.draw(st.text(max_size=20))
                    sheet = replace(sheet, format=rename(kind, sheet.format, box, name))
                case "merge":
                    sheet = merge(sheet, kind, box).sheet
                case "split":
                    stays = data.draw(st.none() | st.integers(0, 3))
                    sheet = split(sheet, kind, box, stays)[0].sheet
                case "reset":
                    sheet = reset(sheet, kind).sheet
                case _:
                    for piece in tray_of(sheet, kind)[:1]:
                        sheet = put_piece(sheet, kind, piece, box).sheet
        except Refused:
            continue
        one_page(kind, sheet)
        assert words(sheet) == before
        assert fits(kind, sheet.format)
        assert shaped(shaped(kind, sheet.format), sheet.format) == shaped(kind, sheet.format)


@given(hostile)
@settings(max_examples=150, deadline=None)
def test_any_format_from_elsewhere_is_fitted_to_the_page(format: tuple[BoxFormat, ...]) -> None:
    sheet = a_sheet(PS7, format=format)
    one_page(PS7, sheet)
    fit = fitted(PS7, format)
    assert fitted(PS7, fit) == fit
    shown = {box.id for box in shaped(PS7, format).boxes}
    held = {box.id for box in sheet.boxes} & shown | {p.box.id for p in tray_of(sheet, PS7)}
    assert held == {box.id for box in sheet.boxes}


@given(values(tuple[BoxFormat, ...]), kinds)
@settings(max_examples=60, deadline=None)
def test_any_format_of_a_record_is_fitted(
    format: tuple[BoxFormat, ...], kind: SheetDefinition
) -> None:
    one_page(kind, a_sheet(kind, format=format))


@given(st.lists(kinds, min_size=1, max_size=5), st.data())
@settings(max_examples=80, deadline=None)
def test_changing_the_type_loses_nothing_and_leads_back(
    way: list[SheetDefinition], data: st.DataObject
) -> None:
    first = data.draw(kinds)
    sheet = a_sheet(first)
    before, now = words(sheet), first
    for kind in way:
        sheet, now = change_type(sheet, now, kind).sheet, kind
        assert words(sheet) == before
        one_page(kind, sheet)
        assert not [p for p in sheet.tray if p.definition == kind.id]
    for kind in [*way[-2::-1], first]:
        sheet, now = change_type(sheet, now, kind).sheet, kind
    assert words(sheet) == before
    if len(way) == 1:
        assert sheet == a_sheet(first)


def test_boxes_of_one_role_are_the_same_box_both_ways() -> None:
    for one in TYPES.values():
        for other in TYPES.values():
            there = pairs(one, other)
            assert pairs(other, one) == {new: old for old, new in there.items()}
            for old, new in there.items():
                assert one.box(old).role == other.box(new).role


def test_a_proposal_made_of_a_problem_keeps_what_has_a_role_and_lays_the_rest_aside() -> None:
    sheet = a_sheet(PS7)
    made = change_type(sheet, PS7, TYPES["proposal"]).sheet
    assert made.box("theme").text == "In background"
    assert made.box("open_issues").text == "In followup"
    assert [piece.label for piece in made.tray] == ["Goal", "Analysis", "Check"]
    said = told(sheet, PS7, TYPES["proposal"])
    assert said.aside == ("Goal", "Analysis", "Check")
    assert len(said.stays) == 5
    assert change_type(made, TYPES["proposal"], PS7).sheet == sheet


def test_the_format_of_before_comes_back_with_its_type() -> None:
    halved, new = split(a_sheet(PS7), PS7, "analysis")
    sheet = halved.sheet.with_box(Box(id=new, text="Below"))
    there = change_type(sheet, PS7, TYPES["results"]).sheet
    assert there.format == ()
    back = change_type(there, TYPES["results"], PS7, sheet.format).sheet
    assert {box.id: box for box in back.boxes} == {box.id: box for box in sheet.boxes}
    assert (back.format, back.tray) == (sheet.format, ())
    plain = change_type(there, TYPES["results"], PS7).sheet
    assert [piece.box.text for piece in plain.tray] == ["Below"]


def test_a_border_moves_in_whole_millimetres_as_far_as_both_boxes_allow() -> None:
    format = move_border(PS7, (), "background", 47.4)
    assert [box.height_mm for box in shaped(PS7, format).boxes_in("left")] == [47, 81, 30, 87]
    assert move_border(PS7, (), "background", 500)[:2] == (
        BoxFormat(id="background", label="", column="left", height=98),
        BoxFormat(id="current", label="", column="left", height=30),
    )
    assert move_border(PS7, format, "background", -3)[0].height == 20
    assert move_border(PS7, format, "background", 38) == ()
    assert borders(PS7, ()) == (
        "background", "current", "goal", "countermeasures", "plan", "check"
    )  # fmt: skip
    with pytest.raises(Refused):
        move_border(PS7, (), "analysis", 60)
    with pytest.raises(BadInput):
        move_border(PS7, (), "goal", math.nan)


def test_a_name_of_its_own_is_kept_and_an_empty_one_gives_the_old_back() -> None:
    format = rename(PS7, (), "goal", "  What   we aim at ")
    assert shaped(PS7, format).box("goal").label == "What we aim at"
    assert rename(PS7, format, "goal", " ") == ()
    assert rename(PS7, format, "goal", "Goal") == ()
    with pytest.raises(BadInput):
        rename(PS7, (), "goal", "x" * 49)
    with pytest.raises(Refused):
        rename(PS7, (), "nowhere", "x")


def test_a_merged_box_holds_both_and_splitting_gives_the_box_back() -> None:
    sheet = a_sheet(PS7)
    one = merge(sheet, PS7, "current")
    assert one.homes == {"goal": "current"}
    assert one.sheet.box("current").text == "In current\nIn goal"
    assert [figure.id for figure in one.sheet.box("current").figures] == ["f1", "f2"]
    assert shaped(PS7, one.sheet.format).box("current").height_mm == 123
    two, new = split(one.sheet, PS7, "current", 1)
    assert new == "goal"
    assert two.sheet.box("goal").text == "In goal"
    assert two.sheet.box("current").text == "In current"


def test_a_half_is_numbered_and_asks_what_its_whole_asks() -> None:
    halved, new = split(a_sheet(PS7), PS7, "analysis")
    half = shaped(PS7, halved.sheet.format).box(new)
    assert (half.id, half.label, half.role) == ("analysis_2", "Analysis 2", "analysis")
    assert half.question == PS7.box("analysis").question
    with pytest.raises(Refused):
        split(halved.sheet, PS7, "analysis")
    higher = replace(halved.sheet, format=move_border(PS7, halved.sheet.format, "goal", 25))
    lower = replace(higher, format=move_border(PS7, higher.format, "analysis", 40))
    _, third = split(lower, PS7, new)
    assert third == "analysis_3"


def test_figures_of_one_id_stay_two() -> None:
    sheet = a_sheet(PS7)
    same = replace(sheet.box("goal"), figures=(Sketch(id="f1"),))
    made = merge(sheet.with_box(same), PS7, "current").sheet
    assert [figure.id for figure in made.box("current").figures] == ["f1", "f1_2"]


def test_resetting_lays_aside_what_stood_in_boxes_that_go() -> None:
    halved, new = split(a_sheet(PS7), PS7, "analysis")
    sheet = halved.sheet.with_box(Box(id=new, text="Below"))
    made = reset(sheet, PS7).sheet
    assert made.format == ()
    assert [(p.definition, p.label, p.box.text) for p in made.tray] == [
        ("ps7", "Analysis 2", "Below")
    ]
    back = put_piece(made, PS7, made.tray[0], "check").sheet
    assert back.box("check").text == "In check\nBelow"
    assert not back.tray
    with pytest.raises(Refused):
        put_piece(back, PS7, made.tray[0], "check")


def test_what_another_laptop_wrote_into_a_box_that_went_lies_in_the_tray() -> None:
    made = merge(a_sheet(PS7), PS7, "current").sheet.with_box(Box(id="goal", text="Late"))
    (piece,) = tray_of(made, PS7)
    assert (piece.label, piece.box.text) == ("Goal", "Late")
    put = put_piece(made, PS7, piece, "current").sheet
    assert put.box("current").text == "In current\nIn goal\nLate"
    assert not tray_of(put, PS7)


@pytest.mark.parametrize(
    ("format", "key"),
    [
        ((BoxFormat(id="Bad id", label="", column="left", height=30),), "format.bad_box"),
        (
            (
                BoxFormat(id="a", label="", column="left", height=30),
                BoxFormat(id="a", label="", column="left", height=30),
            ),
            "format.same_box",
        ),
        ((BoxFormat(id="a", label="", column="left", height=0),), "format.bad_height_of"),
        ((BoxFormat(id="a", label="", column="left", height=-3),), "format.bad_height_of"),
        ((BoxFormat(id="a", label="", column="left", height=1e9),), "format.bad_height_of"),
        ((BoxFormat(id="a", label="", column="left", height=math.nan),), "format.bad_height_of"),
    ],
)
def test_a_format_that_nobody_can_mean_is_refused(format: tuple[BoxFormat, ...], key: str) -> None:
    with pytest.raises(GembaError) as caught:
        check_format(a_sheet(PS7, format=format))
    assert caught.value.key == key


def test_a_sheet_on_a_stranger_type_keeps_its_format() -> None:
    own = replace(PS7, id="own")
    format = move_border(own, (), "goal", 40)
    assert shaped(own, format).box("goal").height_mm == 40
