"""What is numbered, what is asked, and where an option stands."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from gemba.domain.codec import from_plain, to_plain
from gemba.domain.figures import Countermeasures
from gemba.domain.figures.countermeasure_rules import (
    countermeasure_findings,
    numbered,
    option_words,
    spot,
)
from gemba.domain.figures.countermeasures import LEVELS, Option
from gemba.domain.figures.words import described, words_of

NAMING = Option(id="1", what="Name them at 15:00", cause="A", effect="25 of 30", chosen=True)
LETTERS = Option(id="2", what="A nurse for letters", cause="a ")
NOTHING = Option(id="3", what="", effect="stays at 19 %", nothing=True)


def compared(*options: Option) -> Countermeasures:
    return Countermeasures(id="c", options=options)


def asked(*options: Option) -> list[tuple[str, str]]:
    found = countermeasure_findings(compared(*options))
    return [(one.key.partition(".")[2], one.where) for one in found]


def test_only_what_says_something_has_a_number() -> None:
    figure = compared(NAMING, Option(id="x", what=" "), LETTERS, NOTHING)
    assert [(number, one.id) for number, one in numbered(figure)] == [
        (1, "1"),
        (2, "2"),
        (3, "3"),
    ]
    assert option_words(NOTHING) == "Do nothing"


def test_nothing_is_asked_of_a_whole_comparison() -> None:
    assert asked(NAMING, LETTERS, NOTHING) == []


def test_what_is_open_is_asked_where_it_is_open() -> None:
    assert asked(replace(NAMING, cause=""), LETTERS) == [("ask_cause", "1")]
    assert asked(NAMING) == [("ask_other", "1")]
    assert asked(NAMING, replace(NOTHING, cause="A")) == [("ask_other", "1")]
    assert asked(replace(NAMING, effect=" "), LETTERS) == [("ask_effect", "1")]
    assert asked(replace(NOTHING, effect="")) == [("ask_nothing", "3")]


def test_an_option_stands_where_effort_and_effect_say() -> None:
    assert spot(replace(NAMING, effort="low", impact="high")) == (0, 2)
    assert spot(replace(NAMING, effort="high", impact="low")) == (2, 0)
    assert spot(replace(NAMING, effort="high")) is None
    assert spot(replace(NAMING, effort="enormous", impact="low")) is None


def test_it_is_told_row_by_row() -> None:
    figure = compared(replace(NAMING, impact="high", lasts="permanent", risk="who knows"), NOTHING)
    assert described(figure) == (
        "Countermeasures compared: 2. 1 Name them at 15:00; acts on A; we predict 25 of 30; "
        "effect high; permanent; chosen. 2 Do nothing; we predict stays at 19 %."
    )
    assert words_of(figure) == ["Name them at 15:00", "A", "25 of 30", "stays at 19 %"]


def test_it_is_written_and_read_back() -> None:
    figure = compared(NAMING, NOTHING)
    assert from_plain(Countermeasures, to_plain(figure)) == figure


texts = st.text(max_size=12)


@given(
    st.lists(
        st.builds(
            Option,
            id=texts,
            what=texts,
            cause=texts,
            effect=texts,
            impact=st.sampled_from(LEVELS) | texts,
            effort=st.sampled_from(LEVELS) | texts,
            nothing=st.booleans(),
            chosen=st.booleans(),
        ),
        max_size=12,
    )
)
def test_any_comparison_can_be_told(options: list[Option]) -> None:
    figure = compared(*options)
    assert described(figure)
    assert {one.where for one in countermeasure_findings(figure)} <= {one.id for one in options}
