"""A figure that was counted in Patterns, brought up to date with what its owner made of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from gemba.domain.codec import from_plain, to_plain
from gemba.domain.counting import brought_up, counted_in, with_counted
from gemba.domain.figures import Pareto, RunChart, TableFigure
from gemba.domain.figures.counted import Counted
from gemba.domain.figures.pareto import Bar
from gemba.domain.figures.place import Place
from gemba.domain.figures.run_chart import ChangeMark, Reading

DAY, LATER_DAY = date(2026, 11, 2), date(2026, 11, 9)
ASKED = Counted(number=1, on=DAY, weeks=13, first=DAY, last=DAY)
AGAIN = replace(ASKED, on=LATER_DAY)


def test_a_pareto_keeps_place_own_caption_and_costs() -> None:
    first = Pareto(id="p", caption="In the way", bars=(Bar(label="cart", count=2.0),))
    before = with_counted(first, ASKED)
    assert isinstance(before, Pareto)
    before = replace(
        before,
        place=Place(side="under"),
        bars=(Bar(label="cart", count=2.0, cost=5.0), Bar(label="gone", count=1.0)),
    )
    fresh = with_counted(
        replace(
            first,
            caption="In the way, later",
            bars=(Bar(label="cart", count=3.0), Bar(label="hook", count=1.0)),
        ),
        AGAIN,
    )
    after = brought_up(before, fresh)
    assert isinstance(after, Pareto)
    assert after.bars == (Bar(label="cart", count=3.0, cost=5.0), Bar(label="hook", count=1.0))
    assert (after.place.side, after.caption) == ("under", "In the way, later")
    own = brought_up(replace(before, caption="What waits"), fresh, own_caption=True)
    assert own.caption == "What waits"
    counted = counted_in(own)
    assert counted is not None
    assert counted.on == LATER_DAY


def test_a_run_chart_keeps_goal_changes_and_notes() -> None:
    chart = RunChart(id="r", readings=(Reading(on=DAY, value=1.0),))
    before = replace(
        chart,
        goal=2.0,
        changes=(ChangeMark(on=DAY, label="new rack"),),
        readings=(Reading(on=DAY, value=1.0, note="feast"),),
    )
    new = (Reading(on=DAY, value=4.0), Reading(on=LATER_DAY, value=2.0))
    fresh = with_counted(replace(chart, readings=new), AGAIN)
    after = brought_up(before, fresh)
    assert isinstance(after, RunChart)
    assert (after.goal, after.changes) == (2.0, before.changes)
    assert after.readings == (Reading(on=DAY, value=4.0, note="feast"), new[1])


def test_a_table_keeps_how_it_is_drawn() -> None:
    before = TableFigure(id="t", rows=(("a",),), drawn="cells")
    after = brought_up(before, with_counted(replace(before, rows=(("b",),), drawn="shades"), AGAIN))
    assert isinstance(after, TableFigure)
    assert (after.rows, after.drawn) == ((("b",),), "cells")


def test_what_was_asked_is_stored_and_left_out_where_nothing_was() -> None:
    plain = Pareto(id="p")
    assert "counted" not in to_plain(plain)  # type: ignore[operator]
    asked = with_counted(plain, ASKED)
    assert from_plain(Pareto, to_plain(asked)) == asked
