"""Ranges pasted into plans, countermeasures and impact summaries."""

from __future__ import annotations

from datetime import date
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from gemba.domain.figures import Target
from gemba.domain.figures.countermeasure_read import read_options
from gemba.domain.figures.impact_rules import in_columns
from gemba.domain.figures.named_range import LeftOver, beyond, left_told, moved_told
from gemba.domain.figures.plan_read import read_actions
from gemba.domain.figures.process_read import read_items
from gemba.domain.figures.target_read import read_target

TODAY = date(2026, 11, 22)


def ids() -> str:
    return "x"


def test_a_plan_is_read_by_its_heads_and_nothing_is_cut() -> None:
    text = (
        "Action\tDue date\tOwner\tBudget\tHow\n"
        "Call at 13:00\t04.12.2026\tKim\t200\tby phone\n"
        "Second porter\tsoon\tAli\t\t\n"
    )
    (first, second), moved = read_actions(text, TODAY, ids)
    assert (first.what, first.who, first.finish) == ("Call at 13:00", "Kim", date(2026, 12, 4))
    assert first.how == "Budget: 200; by phone"
    assert [one.text for one in moved] == ["200"]
    assert [(one.field, one.text) for one in second.unread] == [("finish", "soon")]


def test_a_plan_without_heads_knows_a_day_where_it_stands() -> None:
    text = "Call\tKim\tWard 6\t1 Dec\t4 Dec\tby phone"
    (plain,), moved = read_actions(text, TODAY, ids)
    assert (plain.where, plain.start, plain.finish) == (
        "Ward 6", date(2026, 12, 1), date(2026, 12, 4),
    )  # fmt: skip
    assert plain.how == "by phone"
    assert moved == (LeftOver(0, 5, "by phone", kept=True),)
    (short,), _moved = read_actions("Call\tKim\t4 Dec", TODAY, ids)
    assert (short.who, short.where, short.finish) == ("Kim", "", date(2026, 12, 4))


def test_options_are_read_by_their_heads() -> None:
    text = (
        "Cause\tCountermeasure\tEffort\tRisk\tWe predict\tChosen\n"
        "No list\tList at 14:00\tlow\tabout 3\t7 of 7\tx\n"
    )
    (option,), moved = read_options(text, ids)
    assert (option.what, option.cause, option.effort) == ("List at 14:00", "No list", "low")
    assert option.chosen
    assert option.effect == "Risk: about 3; 7 of 7"
    assert option.risk == ""
    assert moved_told(moved, "We predict") == [
        "No place of its own for row 2, D “about 3”. Kept under “We predict”."
    ]


def test_what_has_no_column_of_its_own_is_named_where_it_stood() -> None:
    (option,), moved = read_options("List\tNo list\t7 of 7\tvery high\n", ids)
    assert option.effect == "7 of 7 very high"
    assert moved == (LeftOver(0, 3, "very high", kept=True),)
    (item,), moved = read_items("Letter\tdoctor\tclerk\t20 min", "min", ids)
    assert (item.who, item.time) == ("doctor, clerk", "20 min")
    assert moved == (LeftOver(0, 2, "clerk", kept=True),)


def test_a_head_over_nothing_is_named() -> None:
    _actions, left = read_actions("What\tWho\tBudget\nCall\tKim\t\n", TODAY, ids)
    assert moved_told(left, "How") == ["No place for row 1, C “Budget”."]
    _options, left = read_options("What\tCause\tColour\nCall\tA\t\n", ids)
    assert moved_told(left, "We predict") == ["No place for row 1, C “Colour”."]


def test_all_cells_beyond_a_grid_are_named_by_their_place_in_the_range() -> None:
    pasted = (("Who", "Measure", "After"), ("Kim", "Out", "43"), *((("", "x", "1"),) * 40))
    block = tuple((measure, after, who) for who, measure, after in pasted[1:])
    assert beyond(block, 2, pasted) == (LeftOver(1, 0, "Kim"),)
    wide = tuple((f"a{row}", *(f"{row}-{at}" for at in range(9))) for row in range(30))
    told = left_told(beyond(wide, 3, wide))
    assert len(told) == 30
    for row in range(30):
        for at in range(2, 9):
            assert f"row {row + 1}, {'ABCDEFGHIJ'[at + 1]} “{row}-{at}”" in told[row]


def test_measures_stand_in_the_order_of_the_summary() -> None:
    rows = (("Measure", "Unit", "After", "Before", "Who"), ("Out", "%", "43", "19", "Kim"))
    order = ("measure", "before", "target", "after", "unit")
    assert in_columns(rows, order) == (("Out", "19", "", "43", "%", "Kim"),)
    assert in_columns(rows[1:], order) == rows[1:]


cells = st.lists(st.lists(st.sampled_from(["", "From", "To", "19 %", "4 Dec", "x", "unit"]),
                          min_size=1, max_size=4), min_size=1, max_size=4)  # fmt: skip


@given(cells)
def test_no_word_of_a_range_is_lost(rows: list[list[str]]) -> None:
    text = "\n".join("\t".join(row) for row in rows)
    words = {cell for row in rows for cell in row if cell in ("19 %", "4 Dec", "x")}
    made, left = read_target(Target(id="t"), tuple(tuple(row) for row in rows), TODAY)
    kept = {made.measure, made.where, made.start, made.goal, made.unit, made.source, made.by_words}
    kept |= {one.text for one in left} | ({"4 Dec"} if made.by else set())
    assert words <= kept
    number = count()
    options = read_options(text, lambda: str(next(number)))
    actions = read_actions(text, TODAY, lambda: str(next(number)))
    assert words <= {word for word in words if word in str(options)}
    plain = words - {"4 Dec"}
    assert plain <= {word for word in plain if word in str(actions)}
