from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gemba.domain.definition import BoxDefinition, SheetDefinition
from gemba.domain.definition_checks import DefinitionError
from gemba.domain.page_geometry import Column, PageGeometry
from gemba.domain.question_set import QuestionGroup, QuestionSet, QuestionStep

PAGE = PageGeometry()


def box(id: str, column: Column = "left", height: float = 254.0, **more: Any) -> BoxDefinition:
    return BoxDefinition(
        **{
            "id": id,
            "label": id.title(),
            "column": column,
            "height_mm": height,
            "role": "other",
            "question": "What do you see?",
            "min_height_mm": 1.0,
            **more,
        }
    )


def sheet(*boxes: BoxDefinition, **more: Any) -> SheetDefinition:
    given: dict[str, Any] = {
        "id": "any",
        "version": 1,
        "label": "Any",
        "description": "",
        "boxes": boxes,
        **more,
    }
    return SheetDefinition(**given)


@st.composite
def columns_of_heights(draw: st.DrawFn) -> list[float]:
    """Heights that fill a column: 1 to 8 boxes, each at least 1 mm, with the gaps between."""
    count = draw(st.integers(1, 8))
    weights = draw(st.lists(st.floats(1, 50), min_size=count, max_size=count))
    room = PAGE.body_height - PAGE.between * (count - 1)
    heights = [room * one / sum(weights) for one in weights]
    assume(min(heights) >= 1)
    return heights


def two_columns(left: list[float], right: list[float]) -> SheetDefinition:
    return sheet(
        *(box(f"l{n}", "left", height) for n, height in enumerate(left)),
        *(box(f"r{n}", "right", height) for n, height in enumerate(right)),
    )


def test_an_a3_adds_up_in_both_directions() -> None:
    assert (PAGE.column_width("left"), PAGE.body_top, PAGE.body_height) == (199, 27, 254)
    right = PAGE.column_x("right")
    assert PAGE.column_x("left") == 8
    assert right == 8 + 199 + 6
    assert right + PAGE.column_width("right") + PAGE.margin == 420
    assert PAGE.header_frame.bottom + PAGE.between == PAGE.body_top
    assert PAGE.body_top + PAGE.body_height + PAGE.footer_gap == PAGE.footer_frame.y
    assert PAGE.footer_frame.bottom + PAGE.margin == 297


@given(columns_of_heights(), columns_of_heights())
def test_frames_fill_both_columns_without_touching(left: list[float], right: list[float]) -> None:
    made = two_columns(left, right)
    frames = made.box_frames()
    assert list(frames) == [one.id for one in made.boxes]
    for column, heights in (("left", left), ("right", right)):
        mine = [frames[one.id] for one in made.boxes_in(column)]  # type: ignore[arg-type]
        assert [one.height for one in mine] == heights
        assert mine[0].y == PAGE.body_top
        assert mine[-1].bottom == pytest.approx(PAGE.body_top + PAGE.body_height, abs=0.01)
        for upper, lower in pairwise(mine):
            assert lower.y - upper.bottom == pytest.approx(PAGE.between)
        assert all(PAGE.margin <= one.x and one.right <= PAGE.width - PAGE.margin for one in mine)
    assert all(frames[one.id].right < PAGE.column_x("right") for one in made.boxes_in("left"))


@given(columns_of_heights(), st.data(), st.floats(0.1, 300))
def test_a_column_too_high_or_too_low_is_refused(
    heights: list[float], data: st.DataObject, by: float
) -> None:
    which = data.draw(st.integers(0, len(heights) - 1))
    changed = list(heights)
    changed[which] += by
    with pytest.raises(DefinitionError) as told:
        two_columns(changed, [PAGE.body_height])
    assert told.value.key == "definition.heights"
    assert told.value.values["column"] == "left"


@given(columns_of_heights(), st.data())
def test_a_border_moved_by_hand_gives_to_one_what_it_takes_from_the_other(
    heights: list[float], data: st.DataObject
) -> None:
    assume(len(heights) >= 2)
    made = two_columns(heights, [PAGE.body_height])
    by = data.draw(st.floats(0, heights[1] - 1))
    moved = made.box_frames({"l0": heights[0] + by, "l1": heights[1] - by})
    before = made.box_frames()
    assert moved["l0"].bottom == pytest.approx(before["l0"].bottom + by)
    assert moved["l1"].bottom == pytest.approx(before["l1"].bottom)
    assert moved["r0"] == before["r0"]


def test_a_moved_border_keeps_every_box_as_high_as_it_needs_to_be() -> None:
    made = sheet(
        box("a", height=125.5, min_height_mm=20.0), box("b", height=125.5), box("c", "right")
    )
    with pytest.raises(DefinitionError) as told:
        made.box_frames({"a": 10.0, "b": 241.0})
    assert (told.value.key, told.value.where) == ("definition.too_low", "boxes.a.height_mm")
    with pytest.raises(DefinitionError) as told:
        made.box_frames({"nowhere": 30.0})
    assert told.value.key == "definition.unknown_box"


@pytest.mark.parametrize(
    ("change", "key", "where"),
    [
        ({"label": "  "}, "definition.empty", "boxes.a.label"),
        ({"question": ""}, "definition.empty", "boxes.a.question"),
        ({"guidance": ("",)}, "definition.empty", "boxes.a.guidance"),
        ({"id": "Current condition"}, "definition.bad_id", "boxes.id"),
        ({"id": "a\n"}, "definition.bad_id", "boxes.id"),
        ({"column": "middle"}, "definition.choice", "boxes.a.column"),
        ({"role": "hero"}, "definition.choice", "boxes.a.role"),
        ({"height_mm": 0.0}, "definition.length", "boxes.a.height_mm"),
        ({"height_mm": float("nan")}, "definition.length", "boxes.a.height_mm"),
        ({"height_mm": float("inf")}, "definition.length", "boxes.a.height_mm"),
        ({"min_height_mm": -1.0}, "definition.length", "boxes.a.min_height_mm"),
        ({"min_height_mm": 255.0}, "definition.too_low", "boxes.a.height_mm"),
        ({"figures": ("photo", "photo")}, "definition.duplicate", "boxes.a.figures"),
        ({"figures": ("a photo",)}, "definition.bad_id", "boxes.a.figures"),
    ],
)
def test_a_bad_box_names_its_key(change: dict[str, Any], key: str, where: str) -> None:
    with pytest.raises(DefinitionError) as told:
        replace(box("a"), **change)
    assert (told.value.key, told.value.where) == (key, where)


def test_a_sheet_refuses_what_cannot_be_a_sheet() -> None:
    good = sheet(box("a"), box("b", "right"))
    for change, key in (
        ({"boxes": ()}, "definition.no_boxes"),
        ({"boxes": (box("a"), box("a", "right"))}, "definition.duplicate"),
        ({"boxes": (box("a", "right"), box("b"))}, "definition.order"),
        ({"boxes": (box("a"),)}, "definition.heights"),
        ({"version": 0}, "definition.version"),
        ({"label": ""}, "definition.empty"),
        ({"id": ""}, "definition.bad_id"),
        ({"questions": "no such id!"}, "definition.bad_id"),
    ):
        with pytest.raises(DefinitionError) as told:
            replace(good, **change)
        assert told.value.key == key
    assert good.box("b").column == "right"
    with pytest.raises(KeyError):
        good.box("c")


@pytest.mark.parametrize("name", ["margin", "header", "width"])
@pytest.mark.parametrize("value", [0.0, -8.0, float("nan")])
def test_a_page_length_is_more_than_nothing(name: str, value: float) -> None:
    with pytest.raises(DefinitionError) as told:
        PageGeometry(**{name: value})
    assert (told.value.key, told.value.where) == ("definition.length", f"page.{name}")


def test_a_page_needs_room_between_its_margins() -> None:
    with pytest.raises(DefinitionError) as told:
        PageGeometry(width=20.0, margin=8.0)
    assert told.value.key == "definition.page"


def questions(*steps: QuestionStep, **more: Any) -> QuestionSet:
    return QuestionSet(
        **{"id": "q", "version": 1, "label": "Q", "kind": "cycle"} | more, steps=steps
    )


def test_a_first_cycle_leaves_out_what_looks_back() -> None:
    made = questions(
        QuestionStep("now", "Where is it today?"),
        QuestionStep("back", "What was your last step?", when="after_first"),
        QuestionStep("next", "What will you try?"),
    )
    assert [one.id for one in made.steps_for(first=True)] == ["now", "next"]
    assert [one.id for one in made.steps_for(first=False)] == ["now", "back", "next"]


def test_questions_are_found_by_id_and_by_group() -> None:
    made = questions(
        QuestionStep("a", "What?", group="g"),
        QuestionStep("b", "Where?"),
        QuestionStep("c", "Since when?", group="g"),
        groups=(QuestionGroup("g", "Group"),),
    )
    assert [one.id for one in made.in_group("g")] == ["a", "c"]
    assert made.in_group("h") == ()
    assert made.step("b").ask == "Where?"
    with pytest.raises(KeyError):
        made.step("d")


@pytest.mark.parametrize(
    ("step", "key", "where"),
    [
        ({"ask": ""}, "definition.empty", "steps.a.ask"),
        ({"deeper": (" ",)}, "definition.empty", "steps.a.deeper"),
        ({"when": "never"}, "definition.choice", "steps.a.when"),
        ({"writes": "experiment.step.more"}, "definition.choice", "steps.a.writes"),
        ({"tags": ("open", "open")}, "definition.duplicate", "steps.a.tags"),
        ({"id": "1"}, "definition.bad_id", "steps.id"),
    ],
)
def test_a_bad_question_names_its_key(step: dict[str, Any], key: str, where: str) -> None:
    with pytest.raises(DefinitionError) as told:
        replace(QuestionStep("a", "What?"), **step)
    assert (told.value.key, told.value.where) == (key, where)


def test_a_question_set_refuses_what_cannot_be_asked() -> None:
    good = questions(QuestionStep("a", "What?"))
    twice = (QuestionGroup("g", "G"), QuestionGroup("g", "G"))
    for change, key in (
        ({"steps": ()}, "definition.no_steps"),
        ({"steps": good.steps * 2}, "definition.duplicate"),
        ({"steps": (QuestionStep("a", "What?", group="g"),)}, "definition.unknown_group"),
        ({"groups": twice}, "definition.duplicate"),
        ({"kind": "quiz"}, "definition.choice"),
        ({"avoid": ("",)}, "definition.empty"),
    ):
        with pytest.raises(DefinitionError) as told:
            replace(good, **change)
        assert told.value.key == key


def test_a_fault_can_name_its_file_and_keeps_the_rest() -> None:
    fault = DefinitionError("definition.choice", where="kind", value="quiz", choices="walk")
    named = fault.in_file("mine.toml")
    assert (named.key, named.where, named.file) == (fault.key, "kind", "mine.toml")
    assert named.values == {**fault.values, "file": "mine.toml"}
