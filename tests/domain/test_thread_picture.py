"""The thread of a sheet: what ties by itself, what by hand, and what hangs loose."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from gemba.definitions.read import read_sheet
from gemba.domain.figures import Countermeasures, Figure, Fishbone, FiveWhys, Plan, Problem
from gemba.domain.figures.countermeasures import Option
from gemba.domain.figures.fishbone import Bone, BoneCause
from gemba.domain.figures.five_whys import Why
from gemba.domain.figures.plan import Action
from gemba.domain.sheet import Box, Check, Sheet
from gemba.domain.thread_picture import STEPS, ThreadPicture, Tie, thread_picture
from gemba.resources import resource_path

KIND = read_sheet(resource_path("sheets", "ps7.toml"))
TREE = FiveWhys(
    id="t",
    whys=(
        Why(id="g", text="19 % leave before noon"),
        Why(id="m", parent="g", text="The list goes up late"),
        Why(id="a", parent="m", text="Nobody names who leaves", root=True, letter="A"),
        Why(id="b", parent="m", text="The printer is on floor 2", root=True, letter="B"),
        Why(id="x", parent="g", text="The pharmacy is slow", root=True, ruled_out=True),
    ),
)
OPTIONS = Countermeasures(
    id="c",
    options=(
        Option(id="1", cause="A", what="Name them at 14:30", chosen=True),
        Option(id="2", cause="Z", what="A second runner", chosen=True),
        Option(id="3", cause="A", what="A bell"),
        Option(id="4", what="Do nothing", nothing=True, chosen=True),
    ),
)
PLAN = Plan(
    id="p",
    actions=(
        Action(id="1", what="Agree it", review=date(2026, 5, 1)),
        Action(id="2", what="Show it"),
    ),
)


def sheet(**figures: Figure | str) -> Sheet:
    boxes = tuple(
        Box(id=id, text=held) if isinstance(held, str) else Box(id=id, figures=(held,))
        for id, held in figures.items()
    )
    return Sheet(id=UUID(int=1), title="Late", started_on=date(2026, 1, 1), boxes=boxes)


FULL = sheet(analysis=TREE, countermeasures=OPTIONS, plan=PLAN, check="It fell to 3 of 20.")


def strands(picture: ThreadPicture) -> set[tuple[str, str]]:
    knots = picture.knots
    return {(knots[left].words, knots[right].words) for left, right in picture.strands}


def loose(picture: ThreadPicture) -> list[tuple[str, str]]:
    return [(one.knot.words, one.lacks) for one in picture.loose]


def test_figures_tie_by_themselves_and_the_rest_hangs_loose() -> None:
    picture = thread_picture(FULL, KIND)
    assert strands(picture) == {
        ("19 % leave before noon", "Nobody names who leaves"),
        ("19 % leave before noon", "The printer is on floor 2"),
        ("Nobody names who leaves", "Name them at 14:30"),
        ("Agree it", "Agree it"),
    }
    assert loose(picture) == [
        ("The printer is on floor 2", "countermeasure"),
        ("Name them at 14:30", "action"),
        ("A second runner", "cause"),
        ("A second runner", "action"),
        ("Agree it", "countermeasure"),
        ("Show it", "countermeasure"),
        ("Show it", "check"),
        ("Check", "action"),
    ]


def test_what_was_tied_by_hand_counts_either_way_and_for_a_whole_box() -> None:
    ties: list[Tie] = [
        ("countermeasures/c/1", "plan/p/1"),
        ("check", "plan"),
        ("countermeasures/c/2", "analysis/t/m"),
        ("plan/p/2", "countermeasures/c/2"),
    ]
    picture = thread_picture(FULL, KIND, ties)
    # A cause on the way stands for the roots below it.
    assert ("The printer is on floor 2", "A second runner") in strands(picture)
    assert ("Show it", "Check") in strands(picture)
    assert ("Agree it", "Check") in strands(picture)
    assert loose(picture) == []


def test_the_days_on_which_somebody_looks_are_checks_and_loose_until_they_are_tied() -> None:
    looks = (
        Check(id="c60", what="60 days: does it hold?", on=date(2026, 7, 1)),
        Check(id="c30", what="30 days: name them at 14:30 every day?", on=date(2026, 6, 1)),
    )
    actions = (Action(id="1", what="Name them at 14:30"), Action(id="2", what="Show it"))
    held = replace(FULL, checks=looks)
    held = held.with_box(Box(id="plan", figures=(replace(PLAN, actions=actions),)))
    picture = thread_picture(held, KIND)
    checks = [(one.part, one.on) for one in picture.knots if one.step == "check"]
    assert checks == [
        ("check", None),
        ("c30", date(2026, 6, 1)),
        ("c60", date(2026, 7, 1)),
    ]
    # What names an action is tied to it.
    assert ("Name them at 14:30", looks[1].what) in strands(picture)
    assert (looks[0].what, "action") in loose(picture)
    tied = thread_picture(held, KIND, [("c60", "plan/p/2")])
    assert ("Show it", looks[0].what) in strands(tied)
    assert (looks[0].what, "action") not in loose(tied)
    assert ("Show it", "check") not in loose(tied)


def test_boxes_of_words_stand_for_what_no_figure_shows() -> None:
    written = sheet(current="19 %", analysis="The list is late.", countermeasures="Name them.")
    picture = thread_picture(written, KIND, [("analysis", "current")])
    assert [knot.words for knot in picture.knots] == [
        "Current condition", "Analysis", "Countermeasures"
    ]  # fmt: skip
    assert loose(picture) == [("Analysis", "countermeasure"), ("Countermeasures", "cause")]


def test_a_problem_statement_is_the_gap_where_no_tree_has_one() -> None:
    problem = Problem(id="w", statement="19 % leave before noon")
    (knot,) = thread_picture(sheet(background=problem, plan=Plan(id="p")), KIND).knots
    assert (knot.step, knot.part) == ("gap", "background/w/statement")
    with_tree = sheet(background=problem, analysis=TREE)
    gaps = [one.part for one in thread_picture(with_tree, KIND).knots if one.step == "gap"]
    assert gaps == ["analysis/t/g"]


def test_a_verified_cause_of_a_fishbone_counts_once() -> None:
    causes = (
        BoneCause(id="1", parent="m", text="Nobody names who leaves", state="verified"),
        BoneCause(id="2", parent="m", text="The key is lost", state="verified"),
        BoneCause(id="3", parent="m", text="Old bolts"),
    )
    fish = Fishbone(id="f", effect="Late", bones=(Bone(id="m", label="Method"),), causes=causes)
    both = replace(FULL, boxes=(Box(id="analysis", figures=(TREE, fish)),))
    words = [knot.words for knot in thread_picture(both, KIND).knots if knot.step == "cause"]
    assert words == ["Nobody names who leaves", "The printer is on floor 2", "The key is lost"]
    alone = thread_picture(sheet(analysis=fish), KIND)
    assert ("Late", "The key is lost") in strands(alone)


def test_a_tie_between_two_crowded_boxes_ties_each_with_few_strands() -> None:
    whys = (
        Why(id="g", text="31 wait"),
        *(Why(id=f"c{n}", parent="g", text=f"Cause {n}", root=True) for n in range(300)),
    )
    options = tuple(Option(id=str(n), what=f"Option {n}", chosen=True) for n in range(500))
    crowded = sheet(
        analysis=FiveWhys(id="t", whys=whys),
        countermeasures=Countermeasures(id="c", options=options),
    )
    picture = thread_picture(crowded, KIND, [("countermeasures", "analysis")])
    assert len(picture.strands) < 1_200
    assert picture.loose == ()


def test_an_empty_sheet_has_no_thread() -> None:
    assert thread_picture(sheet(), KIND) == ThreadPicture()
    assert thread_picture(sheet(), KIND, [("plan", "check"), ("", "gone/x/y")]) == ThreadPicture()


def test_a_circle_and_a_missing_parent_do_not_stop_the_picture() -> None:
    whys = (
        Why(id="1", parent="2", text="One", root=True),
        Why(id="2", parent="1", text="Two"),
        Why(id="3", parent="gone", text="Three"),
    )
    picture = thread_picture(sheet(analysis=FiveWhys(id="t", whys=whys)), KIND)
    assert {knot.words for knot in picture.knots} <= {"One", "Two", "Three"}
    assert picture.knots


_PARTS = st.sampled_from(
    ["analysis", "analysis/t/a", "plan", "plan/p/2", "countermeasures/c/1", "check", "current", "?"]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(_PARTS, _PARTS), max_size=12))
def test_no_two_knots_lie_on_each_other_and_strands_run_to_the_right(ties: list[Tie]) -> None:
    picture = thread_picture(FULL, KIND, ties)
    places = [(knot.column, knot.row) for knot in picture.knots]
    assert len(set(places)) == len(places)
    assert picture.rows <= len(picture.knots)
    for left, right in picture.strands:
        assert picture.knots[left].column < picture.knots[right].column
    for one in picture.loose:
        assert one.lacks in STEPS
