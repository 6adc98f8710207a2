"""A five-whys tree: whole or broken, read upward, and laid out without overlap."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gemba.definitions.read import read_wording
from gemba.domain.figures import FiveWhys
from gemba.domain.figures.five_whys import Why
from gemba.domain.figures.telling import plain_english
from gemba.domain.figures.why_tree import (
    MIN_WIDTH,
    Node,
    branches,
    lay_out,
    lettered,
    questions,
    therefore,
    tree_findings,
)
from gemba.domain.wording_reading import Reader
from gemba.resources import resource_path

ENDS_AT_PERSON = Reader(
    read_wording(resource_path("wording", "en.toml")), ["Tomas Reyes"]
).ends_at_person


def tree(*rows: tuple[str, str, str], **more: dict[str, object]) -> FiveWhys:
    whys = tuple(
        Why(id=id, parent=parent, text=text, **more.get(id, {}))  # type: ignore[arg-type]
        for id, parent, text in rows
    )
    return FiveWhys(id="f", whys=whys)


DISCHARGE = tree(
    ("gap", "", "Fit at 09:00, leaves after 14:00"),
    ("m", "gap", "Medicines reach the ward at 12:45"),
    ("l", "m", "The letter is written after the round"),
    ("p", "m", "Pharmacy is slow"),
    ("t", "gap", "Transport comes late"),
    p={"ruled_out": True},
    l={"root": True},
)


def test_first_answer_first_and_each_after_what_it_explains() -> None:
    assert [(DISCHARGE.whys[b.index].id, b.depth) for b in branches(DISCHARGE)] == [
        ("gap", 0),
        ("m", 1),
        ("l", 2),
        ("p", 2),
        ("t", 1),
    ]


def test_therefore_reads_from_the_last_cause_to_the_gap() -> None:
    assert therefore(DISCHARGE) == (
        "The letter is written after the round, therefore medicines reach the ward at 12:45.",
        "Medicines reach the ward at 12:45, therefore fit at 09:00, leaves after 14:00.",
        "Transport comes late, therefore fit at 09:00, leaves after 14:00.",
    )


def test_therefore_from_one_cause_reads_its_own_way_only() -> None:
    assert therefore(DISCHARGE, start="t") == therefore(DISCHARGE)[2:]
    assert therefore(DISCHARGE, start="m") == therefore(DISCHARGE)[1:2]
    assert therefore(DISCHARGE, start="gap") == therefore(DISCHARGE)


@pytest.mark.parametrize(
    ("figure", "key", "where"),
    [
        (tree(("a", "b", "A"), ("b", "a", "B")), "five_whys.cycle", "a"),
        (tree(("a", "a", "A")), "five_whys.cycle", "a"),
        (tree(("a", "", "A"), ("b", "gone", "B")), "five_whys.orphan", "b"),
        (tree(("a", "", "A"), ("b", "", "B")), "five_whys.several_gaps", "b"),
        (tree(("a", "", "A"), ("a", "", "B")), "five_whys.same_id", "a"),
    ],
)
def test_a_broken_tree_is_told(figure: FiveWhys, key: str, where: str) -> None:
    found = tree_findings(figure)
    assert (key, where) in [(finding.key, finding.where) for finding in found]
    assert all(finding.told(plain_english) for finding in found)
    assert len(branches(figure)) == len(figure.whys)


def test_a_whole_tree_has_no_findings() -> None:
    assert tree_findings(DISCHARGE) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Human error",
        "The nurse forgot the letter",
        "Operator error",
        "They don't pay attention",
        "Tomas Reyes came late",
        "A mistake by the porter",
        "She made a mistake",
        "Their own fault",
        "Nurses' errors",
    ],
)
def test_a_leaf_that_ends_at_a_person_is_asked_about(text: str) -> None:
    found = questions(tree(("a", "", "Late"), ("b", "a", text)), ENDS_AT_PERSON)
    assert [(finding.key, finding.where) for finding in found] == [("five_whys.ask_process", "b")]
    assert "?" in found[0].told(plain_english)


def test_no_question_where_the_work_is_named_or_the_why_goes_on() -> None:
    assert questions(DISCHARGE, ENDS_AT_PERSON) == ()
    onward = tree(("a", "", "Late"), ("b", "a", "Human error"), ("c", "b", "Two labels alike"))
    assert questions(onward, ENDS_AT_PERSON) == ()


@pytest.mark.parametrize(
    "text", ["Errors of the scanner", "The error light is hidden", "A default of the form"]
)
def test_an_error_of_the_work_is_no_person(text: str) -> None:
    assert questions(tree(("a", "", "Late"), ("b", "a", text)), ENDS_AT_PERSON) == ()


def test_letters_are_kept_and_the_free_ones_given() -> None:
    roots = tree(
        ("g", "", "G"),
        *((str(i), "g", "x") for i in range(3)),
        **{"0": {"root": True}, "1": {"root": True, "letter": "A"}, "2": {"root": True}},
    )
    assert lettered(roots) == {1: "B", 2: "A", 3: "C"}


@st.composite
def any_tree(draw: st.DrawFn) -> FiveWhys:
    """A tree with its parents chosen at random: sometimes whole, sometimes broken."""
    count = draw(st.integers(1, 200))
    sound = draw(st.booleans())
    whys = []
    for index in range(count):
        high = index - 1 if sound else count
        parent = "" if index == 0 or high < 0 else str(draw(st.integers(0, high)))
        whys.append(Why(id=str(index), parent=parent, text="x" * draw(st.integers(0, 60))))
    return FiveWhys(id="f", whys=tuple(whys))


def height(figure: FiveWhys, index: int, width: float) -> float:
    return 4.0 * (1 + len(figure.whys[index].text) * 1.6 // width) + 4.0


def overlapping(one: Node, other: Node) -> bool:
    return (
        one.x < other.x + other.width - 1e-9
        and other.x < one.x + one.width - 1e-9
        and one.y < other.y + other.height - 1e-9
        and other.y < one.y + one.height - 1e-9
    )


@settings(deadline=None, max_examples=60)
@given(any_tree(), st.sampled_from([60.0, 198.0, 5000.0]))
def test_no_two_causes_overlap(figure: FiveWhys, width: float) -> None:
    laid = lay_out(figure, width, lambda index, w: height(figure, index, w))
    assert sorted(node.branch.index for node in laid.nodes) == list(range(len(figure.whys)))
    for at, node in enumerate(laid.nodes):
        assert node.width >= min(MIN_WIDTH, width) - 1e-6
        assert 0 <= node.x <= node.x + node.width <= max(width, laid.width) + 1e-6
        assert node.y + node.height <= laid.height + 1e-6
        assert not any(overlapping(node, other) for other in laid.nodes[at + 1 :])


@settings(deadline=None, max_examples=40)
@given(any_tree())
def test_first_answers_share_the_row_of_their_question(figure: FiveWhys) -> None:
    laid = lay_out(figure, 1e6, lambda index, w: height(figure, index, w))
    tops = {node.branch.index: node.y for node in laid.nodes}
    for node in laid.nodes:
        for place, child in enumerate(node.branch.children):
            assert tops[child] == node.y if place == 0 else tops[child] > node.y


def test_two_hundred_causes_are_measured_a_few_times_each() -> None:
    """How long it takes is measured by the benchmarks; here, that it does not grow by squares."""
    rows = [("0", "", "x" * 30)] + [
        (str(i), str((i * 7) % i // 2), "x" * 30) for i in range(1, 200)
    ]
    figure = tree(*rows)

    measured: Counter[int] = Counter()

    def measure(index: int, width: float) -> float:
        measured[index] += 1
        return height(figure, index, width)

    assert len(lay_out(figure, 5000, measure).nodes) == 200
    assert set(measured) == set(range(200))
    assert max(measured.values()) <= 4


def test_a_chain_of_two_thousand_does_not_break() -> None:
    rows = [("0", "", "x")] + [(str(i), str(i - 1), "x") for i in range(1, 2000)]
    figure = tree(*rows)
    assert len(lay_out(figure, 200, lambda index, w: 4.0).nodes) == 2000
    assert len(therefore(figure)) == 1999
    assert lay_out(FiveWhys(id="f"), 200, lambda index, w: 4.0).nodes == ()
