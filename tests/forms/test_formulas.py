"""Formulas of our own on a small form: reading, working out, and what is refused."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gemba.forms.compiling import formula
from gemba.forms.functions import FUNCTIONS
from gemba.forms.nodes import Node, in_order
from gemba.forms.reading import read
from gemba.forms.scope import Surroundings
from gemba.forms.trouble import FormulaError
from gemba.forms.values import Value, number_text, to_number, to_text, to_truth
from tests.forms.saying import said

WARD = """<ward>
  <bed nr="1"><tidy>yes</tidy><minutes>12</minutes></bed>
  <bed nr="2"><tidy>no</tidy><minutes>30</minutes></bed>
  <bed nr="3"><tidy>yes</tidy><minutes/></bed>
  <tools>gloves apron mask</tools><seen>2026-03-29</seen>
</ward>"""
BERLIN = ZoneInfo("Europe/Berlin")


def around() -> Surroundings:
    noon = datetime(2026, 11, 22, 12, 30, tzinfo=UTC)
    return Surroundings(clock=lambda: noon, zone=BERLIN, chance=Random(7))


def worked(text: str, at: Node | None = None) -> Value:
    return formula(text).at(at if at is not None else read(WARD), around())


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("count(/ward/bed[tidy = 'yes'])", "2"),
        ("/ward/bed[2]/minutes div 3", "10"),
        ("sum(/ward/bed[minutes != '']/minutes)", "42"),
        ("/ward/bed[last()]/@nr", "3"),
        ("/ward/tools/preceding-sibling::bed[1]/@nr", "3"),
        ("selected(/ward/tools, 'apron') and not(selected(/ward/tools, 'apro'))", "true"),
        ("if(/ward/bed[3]/minutes = '', 'ask', no-such-function())", "ask"),
        ("2 + 3 * 4 - 6 div 2 mod 2", "13"),
        ("- - 5 - -2", "7"),
        ("1 < 2 = true()", "true"),
        ("concat(today(), '|', now())", "2026-11-22|2026-11-22T13:30:00.000+01:00"),
        ("date(/ward/seen) > '2026-03-28'", "true"),
        ("format-date('2026-02-03T04:05', '%e.%n.%y %H:%M %a')", "3.2.26 04:05 Tue"),
        ("date('2026-02-30') = date('2026-02-30')", "false"),
        ("decimal-time('06:00:00')", "0.25"),
        ("round(2.345, 2)", "2.35"),
        ("round(1250, -2)", "1300"),
        ("string(1 div 3 * 3)", "1"),
        ("0.0000001 * 1", "0.0000001"),
        ("join('-', /ward/bed/@nr)", "1-2-3"),
        ("position(/ward/bed[2])", "2"),
        ("/ward/bed[1]/tidy | /ward/bed[2]/tidy", "yes"),
        ("indexed-repeat(/ward/bed/minutes, /ward/bed, 2)", "30"),
        ("substr('standard', 1, -2)", "tanda"),
        ("translate('a-b-c', '-', '')", "abc"),
    ],
)
def test_a_formula_is_worked_out(text: str, result: str) -> None:
    assert to_text(worked(text)) == result


def test_a_moved_clock_gives_the_day_of_its_zone() -> None:
    late = datetime(2026, 3, 28, 23, 30, tzinfo=UTC)
    value = formula("today()").at(read(WARD), Surroundings(clock=lambda: late, zone=BERLIN))
    assert to_text(value) == "2026-03-29"


@pytest.mark.parametrize(
    ("text", "key", "at"),
    [
        ("", "formula.empty", 1),
        ("   ", "formula.empty", 1),
        ("1 +", "formula.ends", 4),
        ("'left open", "formula.quote", 1),
        ("$minutes > 1", "formula.variable", 1),
        (". = \u2018yes\u2019", "formula.curly", 5),
        ("a # b", "formula.letter", 3),
        ("if(1, 2", "formula.expected", 8),
        ("a b", "formula.unexpected", 3),
        ("sideways::bed", "formula.axis", 1),
        ("/ward/lost:*", "formula.prefix", 7),
        ("1 + nothing(2)", "formula.function", 5),
        ("1 + true(2)", "formula.arguments", 5),
        ("1 + count('x')", "formula.nodes", 5),
        ("digest('x', 'CRC')", "formula.digest", 1),
    ],
)
def test_a_refusal_has_its_sentence_and_its_column(text: str, key: str, at: int) -> None:
    with pytest.raises(FormulaError) as caught:
        worked(text)
    assert (caught.value.key, caught.value.values["at"]) == (key, at)
    assert said(caught.value).endswith(".")


def test_what_is_wrong_but_not_reached_is_named_for_an_import() -> None:
    read_one = formula("if(true(), 1, lost() + count())")
    assert to_number(read_one.at(read(WARD), around()), UTC) == 1
    assert [(one.key, one.values["at"]) for one in read_one.doubts()] == [
        ("formula.function", 15),
        ("formula.arguments", 24),
    ]


@pytest.mark.parametrize(
    "text", ["(" * 10_000 + "1" + ")" * 10_000, "not(" * 5_000, "a[" * 10_000, "1" * 40_000]
)
def test_a_formula_without_end_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(FormulaError) as caught:
        worked(text)
    assert caught.value.key in ("formula.deep", "formula.long")


def test_long_chains_are_no_depth() -> None:
    assert worked("+".join(["1"] * 8_000)) == 8_000.0
    assert worked(" or ".join(["false()"] * 2_500)) is False
    assert worked("-" * 20_001 + "1") == -1.0


def test_ninety_brackets_are_taken_at_once() -> None:
    assert worked("if(true()," * 90 + "1" + ",0)" * 90) == 1.0


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_text_is_a_formula_or_a_refusal(text: str) -> None:
    try:
        worked(text)
    except FormulaError as problem:
        said(problem)


_PIECES = st.sampled_from(
    [*sorted(FUNCTIONS), *"()[]/.,*+-=<>@|1", "//", "..", "::", "and", "div", "bed", "'a'", " "]
)


@given(st.lists(_PIECES, max_size=14).map("".join))
@settings(max_examples=300, deadline=None)
def test_any_row_of_pieces_is_a_formula_or_a_refusal(text: str) -> None:
    try:
        to_text(worked(text))
    except FormulaError as problem:
        said(problem)


_NUMBERS = st.floats(allow_nan=False, allow_infinity=False)


@given(_NUMBERS)
def test_a_number_is_written_without_loss_and_without_a_power(number: float) -> None:
    text = number_text(number)
    assert "e" not in text
    assert float(text) == number
    assert to_number(text, UTC) == number


@given(st.integers(-99, 99), st.integers(-99, 99), st.integers(1, 99))
def test_sums_and_products_bind_as_usual(one: int, two: int, three: int) -> None:
    text = f"{one} + {two} * {three} - ({one} - {two}) div {three}"
    assert math.isclose(
        to_number(worked(text), UTC), one + two * three - (one - two) / three, abs_tol=1e-9
    )


@given(st.booleans(), st.booleans(), st.booleans())
def test_and_binds_before_or(one: bool, two: bool, three: bool) -> None:
    texts = [f"{str(value).lower()}()" for value in (one, two, three)]
    assert worked(f"{texts[0]} or {texts[1]} and {texts[2]}") is (one or (two and three))


def test_nodes_come_once_and_in_document_order() -> None:
    document = read(WARD)
    nodes = list(document.within())
    assert in_order([*reversed(nodes), *nodes]) == nodes


@pytest.mark.parametrize("axis", ["following", "preceding", "ancestor", "descendant", "self"])
def test_the_axes_part_the_document(axis: str) -> None:
    """The five together take every node but attributes once (XPath 1.0, section 2.2)."""
    document = read(WARD)
    every = [document, *document.within()]
    axes = ("following", "preceding", "ancestor", "descendant", "self")
    for node in every:
        taken = {name: worked(f"{name}::node()", node) for name in axes}
        found = taken[axis]
        assert isinstance(found, list)
        assert found == in_order(list(found))
        assert sum(len(one) for one in taken.values() if isinstance(one, list)) == len(every)


def test_one_seed_gives_one_order_of_the_same_nodes() -> None:
    document = read(WARD)
    once, again = (worked("randomize(/ward/bed, 42)", document) for _ in range(2))
    assert once == again
    assert isinstance(once, list)
    assert in_order(once) == worked("/ward/bed", document)


@pytest.mark.parametrize(
    ("xml", "key"),
    [
        ('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "form.xml_entity"),
        ("<a>" * 300 + "</a>" * 300, "form.xml_deep"),
        ("<a><b></a>", "form.xml_broken"),
        ("", "form.xml_broken"),
        ("\ud800", "form.xml_broken"),
    ],
)
def test_hostile_xml_is_refused_with_a_sentence(xml: str, key: str) -> None:
    with pytest.raises(FormulaError) as caught:
        read(xml)
    assert caught.value.key == key
    assert said(caught.value).endswith(".")


def test_nothing_answered_is_no_and_not_zero() -> None:
    assert to_truth(worked("/ward/bed[3]/minutes = 0")) is False
    assert to_truth(worked("/ward/missing")) is False
    assert math.isnan(to_number(worked("/ward/bed[3]/minutes"), UTC))
