"""Before and after on paper: side by side, level, inside their frame."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from gemba.domain.errors import NotFound
from gemba.domain.figures import Pair, PhotoFigure, RunChart
from gemba.domain.figures.run_chart import ChangeMark, Reading
from gemba.reports.figures import least_height
from tests.reports.figures.test_drawings import Drawn

START = date(2026, 9, 14)


def chart(middle: float, start: date = START, **more: object) -> RunChart:
    dice = random.Random(5)
    readings = tuple(
        Reading(on=start + timedelta(days=at), value=round(dice.gauss(middle, 6)))
        for at in range(20)
    )
    return RunChart(id="c", unit="%", readings=readings, **more)  # type: ignore[arg-type]


BEFORE = chart(17, goal=40)
AFTER = chart(36, date(2026, 10, 26))
PHOTO = PhotoFigure(id="x", photo="a" * 64, caption="17 September")
CHARTS = Pair(id="p", caption="Out before 12:00", before=BEFORE, after=AFTER)


def test_charts_stand_beside_each_other_under_their_days() -> None:
    drawn = Drawn(CHARTS, 170)
    drawn.assert_inside()
    assert "Before: 14 Sep to 3 Oct" in drawn.text
    assert "After: 26 Oct to 14 Nov" in drawn.text
    assert drawn.text.count("goal 40") == 2, "the goal is that of both"
    assert drawn.height < 70


def test_a_narrow_place_puts_them_under_each_other() -> None:
    wide, narrow = Drawn(CHARTS, 170), Drawn(CHARTS, 70)
    narrow.assert_inside()
    assert narrow.height > 1.4 * wide.height
    assert "After: 26 Oct" in narrow.text


@pytest.mark.parametrize(
    "pair",
    [
        Pair(id="p"),
        Pair(id="p", before=BEFORE),
        Pair(id="p", before=PHOTO, after=replace(PHOTO, photo="b" * 64)),
        Pair(id="p", before=PHOTO, after=AFTER),
        Pair(id="p", before=PhotoFigure(id="", photo=""), after=RunChart(id="")),
        replace(CHARTS, before=replace(BEFORE, method="limits"), after=replace(AFTER, goal=900)),
        replace(CHARTS, after=replace(AFTER, changes=(ChangeMark(on=AFTER.readings[3].on,
                                                                 label="naming " * 9),))),
    ],
)  # fmt: skip
def test_whatever_stands_on_the_sides_stays_inside(pair: Pair) -> None:
    for width in (60.0, 110.0, 170.0):
        drawn = Drawn(pair, width)
        drawn.assert_inside()
        assert drawn.missing == 0
        Drawn(pair, width, least_height(pair, width)).assert_inside()


def test_too_small_a_frame_says_so() -> None:
    assert Drawn(CHARTS, 170, 12).missing > 0


def test_a_photo_that_is_gone_leaves_its_place_with_words() -> None:
    def gone(_hash: str) -> bytes:
        raise NotFound("photo.gone")

    drawn = Drawn(Pair(id="p", before=PHOTO, after=AFTER), 170, photo=gone)
    drawn.assert_inside()
    assert "not on this machine" in drawn.text
    assert "After: 26 Oct to 14 Nov" in drawn.text


def test_a_huge_goal_on_one_side_widens_both_scales() -> None:
    drawn = Drawn(replace(CHARTS, after=replace(AFTER, goal=1e300)), 170)
    drawn.assert_inside()
    assert drawn.missing == 0
