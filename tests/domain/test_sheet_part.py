"""Parts of a sheet: written and read back, and what words they stand for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from gemba.domain.figures import Countermeasures, Fishbone, FiveWhys, Plan
from gemba.domain.figures.countermeasures import Option
from gemba.domain.figures.fishbone import BoneCause
from gemba.domain.figures.five_whys import Why
from gemba.domain.figures.plan import Action
from gemba.domain.sheet import Box, Sheet
from gemba.domain.sheet_part import SheetPart, holds, items_of, words_of_part

NAMES = st.text(st.characters(codec="utf-8", exclude_characters="/"), min_size=1, max_size=12)
TREE = FiveWhys(
    id="t",
    whys=(
        Why(id="g", text="19 % leave"),
        Why(id="a", parent="g", text="The list is late", root=True),
        Why(id="b", parent="g", text="The pharmacy is slow", ruled_out=True),
        Why(id="c", parent="g", text=" "),
    ),
)
PLAN = Plan(id="p", actions=(Action(id="1", what="Name the porter"), Action(id="2", what="")))
SHEET = Sheet(
    id=UUID(int=1),
    title="Late",
    started_on=date(2026, 11, 22),
    boxes=(Box(id="analysis", figures=(TREE,)), Box(id="plan", figures=(PLAN,))),
)


@given(NAMES, NAMES, NAMES)
def test_a_part_is_read_as_it_was_written(box: str, figure: str, item: str) -> None:
    for part in (SheetPart(box), SheetPart(box, figure), SheetPart(box, figure, item)):
        assert SheetPart.read(str(part)) == part


def test_a_box_holds_its_items_and_no_other_box() -> None:
    assert holds("plan", "plan")
    assert holds("plan", "plan/p/1")
    assert not holds("plan", "planning")
    assert not holds("plan/p/1", "plan/p/11")
    assert not holds("plan/p/1", "plan")


def test_items_are_what_has_words_and_is_not_ruled_out() -> None:
    found = [(str(one.part), one.kind, one.letter) for one in items_of(SHEET)]
    assert found == [
        ("analysis/t/g", "gap", ""),
        ("analysis/t/a", "cause", "A"),
        ("plan/p/1", "action", ""),
    ]


def test_words_of_a_part_are_those_of_its_item() -> None:
    assert words_of_part(SHEET, "analysis/t/a") == "The list is late"
    assert words_of_part(SHEET, "plan/p/1") == "Name the porter"
    for gone in ("", "plan", "plan/p/9", "plan/x/1", "nowhere/p/1", "///", "plan/p/1/2"):
        assert words_of_part(SHEET, gone) == ""


def test_a_countermeasure_can_be_tied() -> None:
    figure = Countermeasures(id="c", options=(Option(id="1", what="Name them at 15:00"),))
    sheet = replace(SHEET, boxes=(Box(id="countermeasures", figures=(figure,)),))
    (item,) = items_of(sheet)
    assert (str(item.part), item.kind) == ("countermeasures/c/1", "countermeasure")
    assert words_of_part(sheet, str(item.part)) == "Name them at 15:00"


def test_a_cause_of_a_fishbone_can_be_tied_until_it_is_ruled_out() -> None:
    open_, out = BoneCause(id="1", parent="", text="Tube"), BoneCause(id="2", parent="", text="Tea")
    figure = Fishbone(id="f", causes=(open_, replace(out, state="ruled_out")))
    sheet = replace(SHEET, boxes=(Box(id="analysis", figures=(figure,)),))
    (item,) = items_of(sheet)
    assert (str(item.part), item.kind) == ("analysis/f/1", "cause")
    assert words_of_part(sheet, "analysis/f/2") == "Tea"
