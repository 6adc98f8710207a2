"""Which bar stands where, what they add up to, and what pasted rows say."""

from __future__ import annotations

import itertools
from dataclasses import replace
from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.domain.codec import from_plain, to_plain
from gemba.domain.figures import Pareto
from gemba.domain.figures.pareto import AMOUNTS, Bar, UnreadAmount
from gemba.domain.figures.pareto_read import cells_of, read_bars, says_nothing, split_named
from gemba.domain.figures.pareto_rules import (
    MOST_BARS,
    is_other,
    pareto_findings,
    rank,
    with_tally,
)
from gemba.domain.figures.pareto_words import other_told, undrawn_told
from gemba.domain.figures.words import described, words_of


def pareto(*rows: tuple[str, float | None], **more: object) -> Pareto:
    bars = tuple(Bar(label=label, count=count) for label, count in rows)
    return replace(Pareto(id="p", bars=bars), **more)  # type: ignore[arg-type]


def test_bars_fall_and_other_is_last_whatever_its_size() -> None:
    ranking = rank(pareto(("Other", 50), ("letter", 21), ("medicines", 37), ("bed", 21)))
    assert [bar.label for bar in ranking.bars] == ["medicines", "letter", "bed", "Other"]
    assert ranking.total == 129
    assert [round(bar.cumulative, 3) for bar in ranking.bars] == [0.287, 0.45, 0.612, 1.0]


def test_rows_of_one_name_are_added_up_and_it_is_said() -> None:
    figure = pareto(("Letter", 2), ("bed", 3), (" letter ", 4))
    assert [(bar.label, bar.value) for bar in rank(figure).bars] == [("Letter", 6), ("bed", 3)]
    (found,) = pareto_findings(figure)
    assert (found.key, found.where) == ("pareto.twice", "2:label")


def test_what_is_small_joins_other() -> None:
    rows = [(f"cause {n}", float(n + 1)) for n in range(30)]
    ranking = rank(pareto(*rows, ("rest", 1.0)))
    assert len(ranking.bars) == MOST_BARS
    last = ranking.bars[-1]
    assert (last.other, last.joined, last.label) == (True, 20, "rest")
    assert ranking.total == 466


def test_cost_sorts_anew() -> None:
    bars = (Bar(label="a", count=9, cost=1), Bar(label="b", count=1, cost=9))
    figure = Pareto(id="p", bars=bars)
    assert [bar.label for bar in rank(figure).bars] == ["a", "b"]
    assert [bar.label for bar in rank(replace(figure, by="cost")).bars] == ["b", "a"]


def test_before_and_after_stand_on_one_scale() -> None:
    bars = (
        Bar(label="a", count=30, count_after=15),
        Bar(label="b", count=10, count_after=20),
        Bar(label="new", count_after=5),
    )
    ranking = rank(Pareto(id="p", compares=True, bars=bars))
    assert [(bar.value, bar.after) for bar in ranking.bars] == [(30, 15), (10, 20), (0, 5)]
    assert [bar.size for bar in ranking.bars] == [0.75, 0.25, 0]
    assert [bar.after_size for bar in ranking.bars] == [0.375, 0.5, 0.125]
    assert (ranking.total, ranking.total_after) == (40, 40)


@pytest.mark.parametrize("value", [-3.0, nan, inf, None])
def test_what_cannot_be_counted_has_no_bar(value: float | None) -> None:
    assert [bar.label for bar in rank(pareto(("a", value), ("b", 2))).bars] == ["b"]


def test_below_zero_is_named() -> None:
    (found,) = pareto_findings(pareto(("a", -3)))
    assert (found.key, found.where) == ("pareto.negative", "0:count")


def test_nothing_but_zeros_has_bars_and_no_share() -> None:
    ranking = rank(pareto(("a", 0), ("b", 0)))
    assert [bar.cumulative for bar in ranking.bars] == [0, 0]
    assert (ranking.total, ranking.few) == (0, 0)


def test_the_largest_numbers_there_are_still_have_shares() -> None:
    ranking = rank(pareto(("a", 1.7e308), ("b", 1.7e308)))
    assert [bar.cumulative for bar in ranking.bars] == [0.5, 1.0]
    assert ranking.total is None


values = st.none() | st.floats(allow_nan=True, allow_infinity=True)
some_bars = st.lists(
    st.builds(
        Bar,
        label=st.text(max_size=6) | st.sampled_from(["other", "a", "A "]),
        count=values,
        cost=values,
        count_after=values,
    ),
    max_size=40,
)


@given(some_bars, st.booleans())
def test_any_rows_make_a_ranking_that_holds(bars: list[Bar], compares: bool) -> None:
    ranking = rank(Pareto(id="p", bars=tuple(bars), compares=compares))
    assert len(ranking.bars) <= MOST_BARS
    plain = [bar for bar in ranking.bars if not bar.other]
    assert all(one.value >= two.value for one, two in itertools.pairwise(plain))
    assert all(not bar.other for bar in ranking.bars[:-1])
    reached = [bar.cumulative for bar in ranking.bars]
    assert reached == sorted(reached)
    if ranking.few:
        assert reached[-1] == pytest.approx(1)
    for bar in ranking.bars:
        assert 0 <= bar.size <= 1 + 1e-9
    assert described(Pareto(id="p", bars=tuple(bars), compares=compares))


@pytest.mark.parametrize("label", ["Other", " other. ", "Sonstige", "AUTRES", "the  rest"])
def test_other_is_known(label: str) -> None:
    assert is_other(label)
    assert not is_other("other ward")


def test_a_range_from_a_spreadsheet() -> None:
    read = read_bars(
        split_named("Reason\tCount\tCost\r\nMedicines\t37\t1.234,5\r\nLetter\t21,5\t–\r\n")
    )
    heading, first, second = read.bars
    assert first == Bar(label="Medicines", count=37, cost=1234.5)
    assert second == Bar(label="Letter", count=21.5)
    assert heading.unread[0] == UnreadAmount(field="count", text="Count")
    (found,) = pareto_findings(Pareto(id="p", bars=read.bars))
    assert found.key == "paste.heading"


def test_percentages_and_dates_are_understood() -> None:
    read = read_bars(split_named("4 Nov\t17,5 %\n5 Nov\t12 %"))
    assert [bar.label for bar in read.bars] == ["4 Nov", "5 Nov"]
    assert [bar.count for bar in read.bars] == [17.5, 12]
    assert read.units == {"count": "%", "cost": ""}


def test_each_cell_that_was_not_understood_is_named() -> None:
    rows = [("Letter", "many", "3"), ("", "4", ""), ("Bed", "2", "dear")]
    figure = Pareto(id="p", bars=read_bars(rows).bars)
    assert [(found.key, found.where) for found in pareto_findings(figure)] == [
        ("paste.value", "0:count"),
        ("pareto.no_name", "1:label"),
        ("paste.value", "2:cost"),
    ]
    assert words_of(figure) == ["Letter", "many", "Bed", "dear"]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("What,Count\nMedicines,37\nLetter,21", (("What", "Count"), ("Medicines", "37"),
         ("Letter", "21"))),
        ('"Letter, late",4\n"Bed",5', (("Letter, late", "4"), ("Bed", "5"))),
        ("Medicines 17,5\nLetter 3,5", (("Medicines", "17,5"), ("Letter", "3,5"))),
        ("Bay 4\tx", (("Bay 4", "x"),)),
        ("late; 4", (("late", "4"),)),
        ("only words", (("only words",),)),
        ("", ()),
    ],
)  # fmt: skip
def test_names_and_numbers_are_parted(text: str, rows: tuple[tuple[str, ...], ...]) -> None:
    assert split_named(text) == rows


cell = st.text(alphabet="ab 1.,%-", max_size=6)


@given(st.lists(st.tuples(cell, cell, cell, cell, cell), max_size=8))
def test_rows_read_back_as_the_same_bars(rows: list[tuple[str, ...]]) -> None:
    bars = read_bars(rows).bars
    shown = [cells_of(bar, 5) for bar in bars]
    again = read_bars(shown).bars
    # What could not be read may read otherwise once the commas round it are points.
    assert [bar.label for bar in again] == [bar.label for bar in bars]
    for bar, back in zip(bars, again, strict=True):
        for name in AMOUNTS:
            value = getattr(bar, name)
            assert value is None or getattr(back, name) == value
    assert len(bars) == sum(not says_nothing(row) for row in rows)


@given(st.text(max_size=200))
def test_any_pasted_text_is_taken(text: str) -> None:
    bars = read_bars(split_named(text)).bars
    figure = Pareto(id="p", bars=bars)
    assert rank(figure) == rank(figure)
    assert pareto_findings(figure) is not None


def test_it_is_written_and_read_back() -> None:
    bar = Bar(label="a", count=1.5, unread=(UnreadAmount(field="cost", text="dear"),))
    figure = Pareto(id="p", by="cost", compares=True, bars=(bar,))
    assert from_plain(Pareto, to_plain(figure)) == figure


def test_it_is_told_bar_by_bar() -> None:
    figure = pareto(("letter", 2), ("medicines", 8), caption="Late", unit="patients")
    assert described(figure) == (
        "Late. Pareto by count, largest first. medicines 8\u00a0patients, up to here 80 %. "
        "letter 2\u00a0patients, up to here 100 %. 1 of 2 make 80 % of it."
    )


def test_a_tally_counts_anew_and_leaves_other_rows_alone() -> None:
    unread = UnreadAmount(field="count", text="some")
    bars = (Bar(label="Safety", cost=4, unread=(unread,)), Bar(label="bed", count=3))
    counted = with_tally(Pareto(id="p", bars=bars), ["safety", " people", "Safety", "people "])
    assert counted.bars == (
        Bar(label="Safety", count=2, cost=4),
        bars[1],
        Bar(label="people", count=2),
    )
    assert with_tally(counted, []) == counted


def of_bars(*bars: Bar) -> Pareto:
    return Pareto(id="p", bars=bars)


def test_rows_without_a_bar_are_named_on_paper_and_to_the_listener() -> None:
    figure = of_bars(
        Bar(label="A", count=-3),
        Bar(label="B", count=5),
        Bar(label="C", unread=(UnreadAmount(field="count", text="a few"),)),
        Bar(label="D"),
        Bar(label=""),
    )
    assert undrawn_told(figure) == ["Not drawn: A (−3), C (a few), D."]
    assert "Not drawn: A (−3), C (a few), D." in described(figure)
    many = of_bars(*(Bar(label=f"n{at}") for at in range(9)))
    assert undrawn_told(many) == ["Not drawn: n0, n1, n2, n3 and 5 more."]
    assert undrawn_told(of_bars(Bar(label="B", count=0))) == []


def test_an_other_above_all_that_has_a_name_is_asked_about() -> None:
    large = of_bars(Bar(label="A", count=3), Bar(label="Other", count=7))
    assert other_told(rank(large)) == ["“Other” makes 70 %, more than any other. What is in it?"]
    small = of_bars(Bar(label="A", count=7), Bar(label="Other", count=3))
    assert other_told(rank(small)) == []
    assert other_told(rank(of_bars())) == []


def test_what_was_not_counted_before_is_not_told_as_zero() -> None:
    figure = Pareto(id="p", compares=True, bars=(Bar(label="A", count=3, count_after=1),
                                                 Bar(label="N", count_after=2)))  # fmt: skip
    assert [bar.counted for bar in rank(figure).bars] == [True, False]
    assert "N – before, 2 after" in described(figure)


def test_a_range_on_its_side_becomes_bars() -> None:
    lying = "Cause\tMedicines\tLetter\tTransport\tFamily\tOther\nDays\t37\t21\t14\t8\t3"
    assert read_bars(split_named(lying)[1:]).bars == tuple(
        Bar(label=name, count=count)
        for name, count in (
            ("Medicines", 37), ("Letter", 21), ("Transport", 14), ("Family", 8), ("Other", 3),
        )
    )  # fmt: skip
    standing = "A\t1\t2\t3\t4\nB\t5\t6\t7\t8"
    assert split_named(standing) == (("A", "1", "2", "3", "4"), ("B", "5", "6", "7", "8"))
