"""What figures say in sentences and to the search."""

from __future__ import annotations

import string
import tomllib
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.domain.figures import (
    Countermeasures,
    Figure,
    Fishbone,
    FiveWhys,
    Pareto,
    PhotoFigure,
    Plan,
    RunChart,
    Sketch,
)
from gemba.domain.figures.five_whys import EVIDENCE, Why
from gemba.domain.figures.plan import Action, UnreadDate
from gemba.domain.figures.run_chart import ChangeMark, Reading, UnreadRow
from gemba.domain.figures.sketch import Stroke, Words
from gemba.domain.figures.telling import ENGLISH, number_text
from gemba.domain.figures.words import described, words_of
from gemba.resources import resource_path

START = date(2026, 8, 31)


def readings(*values: float | None) -> tuple[Reading, ...]:
    return tuple(Reading(on=START + timedelta(days=i), value=v) for i, v in enumerate(values))


EMPTY: list[Figure] = [
    Countermeasures(id="f"),
    Fishbone(id="f"),
    FiveWhys(id="f"),
    Pareto(id="f"),
    PhotoFigure(id="f", photo=""),
    Plan(id="f"),
    RunChart(id="f"),
    Sketch(id="f"),
]


@pytest.mark.parametrize("figure", EMPTY, ids=lambda figure: figure.kind)
def test_an_empty_figure_says_so_and_holds_no_words(figure: Figure) -> None:
    assert described(figure).endswith(".")
    assert words_of(figure) == []


def test_a_tree_is_told_cause_by_cause() -> None:
    whys = (
        Why(id="g", text="Leaves after 14:00", source="88 of 132"),
        Why(id="a", parent="g", text="Medicines are late", evidence="measured", source="30 of 30"),
        Why(id="b", parent="a", text="Nobody names who goes", root=True, evidence="seen"),
        Why(id="c", parent="a", text="Pharmacy is slow", ruled_out=True, source="85 min"),
    )
    figure = FiveWhys(id="f", caption="Why", whys=whys)
    assert described(figure) == (
        "Why. Five-whys tree. Causes: 3. Root causes: 1. The gap: Leaves after 14:00, 88 of 132. "
        "Why 1: Medicines are late (measured: 30 of 30). "
        "Root cause A: Nobody names who goes (seen). "
        "Ruled out: Pharmacy is slow (guess: 85 min)."
    )
    assert "30 of 30" in words_of(figure)


def test_a_run_chart_is_told_with_its_signal() -> None:
    values = [10.0, 20.0] * 10 + [40.0, 50.0] * 10
    chart = RunChart(
        id="f",
        unit="%",
        readings=readings(*values),
        goal=40,
        changes=(ChangeMark(on=START + timedelta(days=20), label="naming"),),
    )
    told = described(chart)
    assert "Readings: 40, from 31 Aug 2026" in told
    assert "20 Sep: naming." in told
    assert "Median from 20 Sep 45\u00a0%." in told
    assert "Signal: 20 in a row on one side of the median, more than 8, and" in told


def test_no_signal_is_said_plainly() -> None:
    chart = RunChart(id="f", readings=readings(*([1.0, 3.0] * 12)))
    assert "No signal" in described(chart)
    assert "Too few" in described(RunChart(id="f", readings=readings(1.0, 3.0)))


def test_a_plan_is_told_row_by_row() -> None:
    action = Action(
        id="a",
        what="Name them",
        who="Maria",
        start=date(2026, 9, 28),
        finish=date(2026, 10, 2),
        finished=date(2026, 10, 2),
        unread=(UnreadDate(field="review", text="when Lena is back"),),
    )
    plan = Plan(id="f", actions=(action,))
    assert described(plan) == (
        "Action plan. Actions: 1. Name them, Maria: planned 28 Sep to 2 Oct; done 2 Oct."
    )
    assert "when Lena is back" in words_of(plan)


def test_words_on_a_sketch_and_unread_rows_are_found() -> None:
    sketch = Sketch(
        id="f", strokes=(Stroke(points=(1, 1)),), words=(Words(x=1, y=1, text="queue"),)
    )
    assert described(sketch) == "Sketch. Strokes: 1. Words on it: queue."
    assert words_of(sketch) == ["queue"]
    chart = RunChart(id="f", unread=(UnreadRow(at=0, on="someday", value="x"),))
    assert words_of(chart) == ["someday", "x"]


def test_every_kind_of_evidence_has_its_word() -> None:
    assert {f"evidence.{name}" for name in EVIDENCE} <= set(ENGLISH)


def test_every_sentence_is_plain() -> None:
    for key, text in ENGLISH.items():
        assert list(string.Formatter().parse(text)), key
        assert "!" not in text
        assert "please" not in text.casefold()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"), (-0.0, "0"), (38, "38"), (37.5, "37.5"), (0.25, "0.25"), (-3, "−3"),
        (1234.5, "1\u00a0234"), (1e12, "1×10¹²"), (1.5e-7, "1.5×10⁻⁷"),
    ],
)  # fmt: skip
def test_numbers_for_labels(value: float, text: str) -> None:
    assert number_text(value) == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_labels_stay_short(value: float) -> None:
    assert 0 < len(number_text(value)) <= 14


def test_the_language_file_says_the_same() -> None:
    path = resource_path("i18n", "en.toml")
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    for key, text in ENGLISH.items():
        found: Any = said
        for name in key.split("."):
            found = found[name]
        assert found == text, key
