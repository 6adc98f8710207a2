"""Building a form: what is asked when, what it takes, and where it stands."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.domain.form_building import (
    added,
    changed,
    flat,
    item_at,
    looks_at,
    moved,
    outline,
    said_choices,
    with_choices,
    without,
)
from gemba.domain.form_conditions import (
    Condition,
    condition_of,
    formula_of,
    limit_formula,
    limits_of,
)
from gemba.domain.form_plan import FormPlan, Item

EMPTY = FormPlan(title="Look", form_id="look")


def built() -> FormPlan:
    plan, _ = added(EMPTY, "Is it free?", "select_one")
    plan, group = added(plan, "The place", "group")
    plan, _ = added(plan, "How many?", "integer", group)
    plan, _ = added(plan, "Why?", "text")
    return plan


def names(plan: FormPlan) -> list[str]:
    return [f"{'-' * (len(place) - 1)}{one.name}" for place, one in flat(plan)]


def test_what_is_added_stands_behind_what_is_chosen_or_inside_it() -> None:
    assert names(built()) == ["is_it_free", "the_place", "-how_many", "why"]
    plan, place = added(built(), "Is it free?", "text", (0,))
    assert place == (1,)
    assert names(plan)[1] == "is_it_free_2"


def test_moving_goes_into_groups_and_out_of_them() -> None:
    plan, place = moved(built(), (0,), 1)
    assert names(plan) == ["the_place", "-is_it_free", "-how_many", "why"]
    assert place == (0, 0)
    plan, place = moved(plan, place, -1)
    assert names(plan) == ["is_it_free", "the_place", "-how_many", "why"]
    assert moved(plan, (0,), -1) == (plan, (0,))
    plan, place = moved(plan, (2,), -1)
    assert (names(plan)[-1], place) == ("-why", (1, 1))
    plan, place = moved(plan, place, 1)
    assert (names(plan)[-1], place) == ("why", (2,))


def test_a_group_goes_with_what_it_holds() -> None:
    assert names(without(built(), (1,))) == ["is_it_free", "why"]
    assert item_at(built(), (9, 9)) is None


def test_choices_keep_their_names_when_their_words_are_mended() -> None:
    plan = with_choices(built(), (0,), "Yes\nNo, not yet\nNot applicable")
    item = item_at(plan, (0,))
    assert item is not None
    assert [one.name for one in plan.lists[item.list_name]] == ["yes", "no", "na"]
    assert said_choices(plan, item) == "Yes\nNo, not yet\nNot applicable"
    plan = with_choices(plan, (0,), "Maybe\nMaybe\n\nYes")
    assert [one.name for one in plan.lists[item.list_name]] == ["maybe", "yes"]


def test_a_list_two_questions_have_is_not_changed_for_both() -> None:
    plan, place = added(built(), "Again?", "select_one")
    first = item_at(plan, (0,))
    assert first is not None
    plan = changed(plan, place, lambda one: replace(one, list_name=first.list_name))
    plan = with_choices(plan, place, "Red\nGreen")
    assert said_choices(plan, first).startswith("Yes")


def test_a_question_looks_only_at_those_before_it() -> None:
    assert [one.name for one in looks_at(built(), (2,))] == ["is_it_free", "how_many"]


@pytest.mark.parametrize(
    ("formula", "condition"),
    [
        ("${a} = 'no'", Condition("a", "is", "no")),
        ('${a}!="no"', Condition("a", "is_not", "no")),
        ("${a} != ''", Condition("a", "answered")),
        ("${a} > 3", Condition("a", "more", "3")),
        ("selected(${a}, 'b')", Condition("a", "includes", "b")),
        ("${a} = 'no' and ${b} = 'yes'", None),
        ("count(${a}) > 3", None),
    ],
)
def test_formulas_are_read_as_plain_words(formula: str, condition: Condition | None) -> None:
    assert condition_of(formula) == condition


@given(
    st.sampled_from(["is", "is_not", "includes"]),
    st.text(st.characters(exclude_characters="'\""), min_size=1),
)
def test_a_condition_comes_back_from_its_formula(sign: str, value: str) -> None:
    condition = Condition("a", sign, value)
    assert condition_of(formula_of(condition)) == condition


def test_limits_are_numbers_or_a_formula() -> None:
    assert limits_of(limit_formula("1", "10,5")) == ("1", "10.5")
    assert limits_of(limit_formula("", "3")) == ("", "3")
    assert limits_of("") == ("", "")
    assert limits_of(". < ${expected}") is None
    assert limit_formula("x", "") == ""


def test_a_long_form_is_shown_around_what_is_chosen() -> None:
    inside = tuple(Item("text", f"q{number}") for number in range(300))
    groups = tuple(Item("group", f"g{number}", items=inside) for number in range(5))
    plan = FormPlan("Long", "long", items=groups)
    assert [line.place for line in outline(plan, ())] == [(0,), (1,), (2,), (3,), (4,)]
    lines = outline(plan, (2, 150), most=20)
    assert [line.place for line in lines[:4]] == [(0,), (1,), (2,), (2, 139)]
    assert [line.left_out for line in lines if line.left_out] == [140, 140]
    assert (2, 150) in [line.place for line in lines]
    assert len(lines) == 5 + 20 + 2
    assert len(outline(built(), ())) == 4
