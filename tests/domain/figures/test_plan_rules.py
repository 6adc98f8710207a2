"""What is behind in a plan, which dates contradict, and how long its strip is."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.domain.figures import Plan
from gemba.domain.figures.plan import Action
from gemba.domain.figures.plan_rules import (
    actual_bar,
    bar,
    behind,
    plan_findings,
    standing,
    strip,
)
from gemba.domain.figures.telling import plain_english

TODAY = date(2026, 11, 22)
dates = st.none() | st.dates()


def action(**more: object) -> Action:
    return Action(id="a", what="Name tomorrow's discharges", **more)  # type: ignore[arg-type]


def day(offset: int) -> date:
    return TODAY + timedelta(days=offset)


@pytest.mark.parametrize(
    ("given_dates", "state", "late_start", "late_finish"),
    [
        ({}, "planned", 0, 0),
        ({"start": day(0)}, "planned", 0, 0),
        ({"start": day(-3)}, "planned", 3, 0),
        ({"start": day(-3), "started": day(-1), "finish": day(0)}, "started", 0, 0),
        ({"start": day(-9), "started": day(-9), "finish": day(-2)}, "started", 0, 2),
        ({"finish": day(-9), "finished": day(-1)}, "done", 0, 0),
    ],
)
def test_standing_follows_from_dates(
    given_dates: dict[str, date], state: str, late_start: int, late_finish: int
) -> None:
    found = standing(action(**given_dates), TODAY)
    assert (found.state, found.late_start, found.late_finish) == (state, late_start, late_finish)
    assert found.behind == bool(late_start or late_finish)


@pytest.mark.parametrize(
    ("given_dates", "key"),
    [
        ({"start": day(2), "finish": day(1)}, "plan.finish_before_start"),
        ({"started": day(-1), "finished": day(-2)}, "plan.finished_before_started"),
        ({"finished": day(-2)}, "plan.finished_not_started"),
        ({"start": day(2), "review": day(1)}, "plan.review_before_start"),
        ({"started": day(2)}, "plan.in_the_future"),
    ],
)
def test_contradicting_dates_are_told(given_dates: dict[str, date], key: str) -> None:
    found = plan_findings(Plan(id="p", actions=(action(**given_dates),)), TODAY)
    assert [finding.key for finding in found] == [key]
    assert found[0].told(plain_english)


def test_sound_dates_are_not_told() -> None:
    sound = action(start=day(-9), finish=day(-2), started=day(-8), finished=day(-2), review=day(5))
    plan = Plan(id="p", actions=(sound,))
    assert plan_findings(plan, TODAY) == ()
    assert behind(plan, TODAY) == ()


def test_the_strip_is_whole_weeks_and_reaches_today_while_work_goes_on() -> None:
    going = Plan(id="p", actions=(action(start=day(-40), started=day(-39)),))
    found = strip(going, TODAY)
    assert found is not None
    assert found.first.weekday() == 0
    assert found.last.weekday() == 6
    assert found.holds(TODAY)
    done = Plan(id="p", actions=(action(started=day(-39), finished=day(-38)),))
    over = strip(done, TODAY)
    assert over is not None
    assert not over.holds(TODAY)


def test_a_plan_without_dates_has_no_strip() -> None:
    assert strip(Plan(id="p", actions=(action(),)), TODAY) is None
    assert bar(None, None) is None
    assert actual_bar(action(), TODAY) is None


def test_bars_run_forward_and_a_single_date_is_a_day() -> None:
    assert bar(day(3), day(1)) == (day(1), day(3))
    assert bar(None, day(1)) == (day(1), day(1))
    assert actual_bar(action(started=day(-4)), TODAY) == (day(-4), TODAY)
    assert actual_bar(action(started=day(4)), TODAY) == (day(4), day(4))


@given(
    st.lists(
        st.builds(
            action,
            **{
                name.name: dates
                for name in fields(Action)
                if name.name in ("start", "finish", "started", "finished", "review")
            },
        ),
        max_size=6,
    ),
    st.dates(),
)
def test_every_date_of_a_plan_lies_on_its_strip(actions: list[Action], today: date) -> None:
    plan = Plan(id="p", actions=tuple(actions))
    found = strip(plan, today)
    for one in actions:
        for name in ("start", "finish", "started", "finished", "review"):
            on = getattr(one, name)
            if on is not None:
                assert found is not None
                assert found.holds(on)
                assert 0 <= found.share(on) <= found.share(on, end=True) <= 1
    plan_findings(plan, today)
