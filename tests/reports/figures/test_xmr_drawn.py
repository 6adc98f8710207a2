"""An XmR chart on paper: its lines, its signals, its notes, and what it says when it cannot."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pypdfium2 as pdfium
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gemba.domain.figures import Pair, Pareto, RunChart
from gemba.domain.figures.pareto import Bar
from gemba.domain.figures.run_chart import ChangeMark, Reading, UnreadRow
from gemba.domain.figures.xmr_rules import RULES
from gemba.reports.figures import least_height
from gemba.reports.ink import Ink
from tests.reports.figures.test_drawings import DPI, Drawn

START = date(2026, 8, 31)


def chart(values: Sequence[float | None], **more: object) -> RunChart:
    readings = tuple(
        Reading(on=START + timedelta(days=at), value=value) for at, value in enumerate(values)
    )
    return RunChart(id="c", method="limits", readings=readings, **more)  # type: ignore[arg-type]


def noise(count: int, middle: float = 86.0) -> list[float]:
    dice = random.Random(3)
    return [round(dice.gauss(middle, 6)) for _ in range(count)]


def noted(figure: RunChart, at: int, words: str) -> RunChart:
    readings = list(figure.readings)
    readings[at] = replace(readings[at], note=words)
    return replace(figure, readings=tuple(readings))


PHARMACY = replace(
    noted(chart([*noise(14), 124.0, *noise(9)]), 14, "system down 40 min"),
    caption="Pharmacy, asked to ready, minutes",
)
CHANGED = replace(
    chart([*noise(24), *noise(12, 70.0)], goal=75, frozen=True),
    changes=(ChangeMark(on=START + timedelta(days=24), label="runner every 30 min"),),
)


def test_mean_limits_ranges_signal_and_note_are_written() -> None:
    drawn = Drawn(PHARMACY, 105)
    drawn.assert_inside()
    for words in ("upper", "mean", "lower", "limit", "mR", "14 Sep: system down 40 min"):
        assert words in drawn.text
    assert "Signal: 14 Sep beyond the limits" in drawn.text
    assert drawn.missing == 0


def test_a_frozen_baseline_a_goal_and_a_change_stand_together() -> None:
    drawn = Drawn(CHANGED, 105)
    drawn.assert_inside()
    assert "goal 75" in drawn.text
    assert "runner every 30 min" in drawn.text
    assert "Signal" in drawn.text


def test_many_notes_become_letters_with_a_key() -> None:
    figure = chart(noise(24))
    for at, words in ((3, "fire drill"), (8, "two people away"), (20, "new lot")):
        figure = noted(figure, at, words)
    drawn = Drawn(figure, 105)
    drawn.assert_inside()
    assert "a 3 Sep: fire drill · b 8 Sep: two people away · c 20 Sep: new lot" in drawn.text


def test_a_key_with_too_many_notes_says_how_many_have_no_room() -> None:
    figure = chart(noise(40))
    for at in range(40):
        figure = noted(figure, at, f"what was special on day {at} of this long time")
    drawn = Drawn(figure, 105)
    drawn.assert_inside()
    told = sum(f"on day {at} of this long time" in drawn.text for at in range(40))
    assert 0 < told < 40
    assert f"{40 - told} more have no room here." in drawn.text
    assert drawn.missing == 40 - told


def test_one_note_that_is_too_long_is_begun_and_counted() -> None:
    drawn = Drawn(noted(chart(noise(24)), 3, "so it went on " * 200), 105)
    drawn.assert_inside()
    assert "so it went on" in drawn.text
    assert "1 more has no room here." in drawn.text
    assert drawn.missing == 1


def test_changes_with_too_many_words_say_how_many_have_no_room() -> None:
    marks = tuple(
        ChangeMark(on=START + timedelta(days=day), label=f"change {day} of what we do at the gate")
        for day in range(40)
    )
    drawn = Drawn(replace(chart(noise(40)), changes=marks), 105)
    drawn.assert_inside()
    told = sum(f"change {day} of what we do at the gate" in drawn.text for day in range(40))
    assert f"{40 - told} more have no room here." in drawn.text
    assert drawn.missing >= 40 - told > 0


@pytest.mark.parametrize(
    "values",
    [
        [], [None] * 9, [3.0], [5.0] * 12, [0.0] * 12, [-5.0, -3.0] * 8, [1e308, -1e308] * 8,
        [1e-300, 2e-300] * 8, [None, 3, None, 4, None, 5, 6, 4, 3, None, 9], [1e15, 1] * 8,
    ],
)  # fmt: skip
def test_whatever_was_measured_is_drawn_inside_its_frame(values: list[float | None]) -> None:
    drawn = Drawn(replace(chart(values), caption="Anything"), 105)
    drawn.assert_inside()
    assert drawn.missing == 0


def test_two_thousand_readings_with_every_rule_are_drawn() -> None:
    drawn = Drawn(chart(noise(2000), rules=RULES), 105)
    drawn.assert_inside()
    assert "2 000 readings" in drawn.text.replace("\u00a0", " ")


def test_a_small_frame_says_what_is_missing() -> None:
    drawn = Drawn(PHARMACY, 105, 14)
    drawn.assert_inside()
    assert drawn.missing == len(PHARMACY.readings)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.none() | st.integers(-900, 900), min_size=1, max_size=40),
    st.integers(30, 180),
    st.lists(st.tuples(st.integers(0, 39), st.text("ab ", max_size=30)), max_size=3),
    st.booleans(),
)
def test_any_chart_stays_inside_any_frame(
    values: list[int | None], width: int, notes: list[tuple[int, str]], frozen: bool
) -> None:
    figure = chart(values, rules=RULES, frozen=frozen, changes=CHANGED.changes)
    for at, words in notes:
        figure = noted(figure, at % len(values), words)
    drawn = Drawn(figure, width)
    drawn.assert_inside()
    Drawn(figure, width, least_height(figure, width)).assert_inside()


def test_rows_not_understood_are_named_on_paper() -> None:
    figure = replace(CHANGED, unread=(UnreadRow(at=4, on="someday", value="5"),))
    assert "Not understood and not drawn: row 5 “someday”." in Drawn(figure, 105).text


def test_a_pareto_says_which_rows_have_no_bar() -> None:
    rows = (Bar(label="A", count=-3), Bar(label="B", count=5), Bar(label="C"))
    for bars in (rows, (rows[0], rows[2])):
        drawn = Drawn(Pareto(id="p", bars=bars), 80)
        drawn.assert_inside()
        assert "Not drawn: A (−3), C." in drawn.text


def test_words_of_five_thousand_letters_leave_room_for_the_chart() -> None:
    long = "because of this " * 320
    figure = noted(replace(CHANGED, goal_label=long), 3, long)
    figure = replace(figure, changes=(replace(CHANGED.changes[0], label=long),))
    drawn = Drawn(figure, 105)
    drawn.assert_inside()
    # The words of the change and of the note are begun, and counted.
    assert drawn.missing == 2
    assert "mR" in drawn.text
    assert "…" in drawn.text, "what is cut off says so"
    pair = Pair(id="p", before=replace(figure, caption=long), after=CHANGED)
    beside = Drawn(pair, 170)
    beside.assert_inside()
    assert beside.missing == 2


def test_a_sharp_peak_ends_at_its_value() -> None:
    # A mitred corner of a thin line stands several times its width over the point.
    ink = Ink(20, 40, title="peak")
    ink.polyline([(8.2, 35), (10, 20), (11.8, 35)], colour="ink", pt=1.0)
    document = pdfium.PdfDocument(ink.finish())
    picture = document[0].render(scale=DPI / 72).to_pil().convert("L")
    top = picture.point(lambda grey: 255 if grey < 200 else 0).getbbox()[1]
    document.close()
    assert top * 25.4 / DPI > 20 - 0.5
