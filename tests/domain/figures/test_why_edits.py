"""Every change of a tree gives a tree, and loses no words."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.domain.figures import FiveWhys
from gemba.domain.figures.five_whys import Why
from gemba.domain.figures.why_edits import (
    asked,
    beside,
    changed,
    in_order,
    lowered,
    raised,
    removed,
    shifted,
)
from gemba.domain.figures.why_tree import tree_findings


def tree(*rows: tuple[str, str]) -> FiveWhys:
    return FiveWhys(id="f", whys=tuple(Why(id=i, parent=p, text=f"t{i}") for i, p in rows))


def shape(figure: FiveWhys) -> list[tuple[str, str]]:
    return [(why.id, why.parent) for why in in_order(figure)]


BASE = tree(("g", ""), ("a", "g"), ("a1", "a"), ("b", "g"), ("b1", "b"))


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (asked(BASE, "a", "n"), "g a<g a1<a n<a b<g b1<b"),
        (beside(BASE, "a", "n"), "g a<g a1<a n<g b<g b1<b"),
        (beside(BASE, "g", "n"), "g a<g a1<a b<g b1<b n<g"),
        (raised(BASE, "a1"), "g a<g a1<g b<g b1<b"),
        (raised(BASE, "a"), "g a<g a1<a b<g b1<b"),
        (lowered(BASE, "b"), "g a<g a1<a b<a b1<b"),
        (lowered(BASE, "a"), "g a<g a1<a b<g b1<b"),
        (removed(BASE, "a"), "g a1<g b<g b1<b"),
        (removed(BASE, "g"), "g a<g a1<a b<g b1<b"),
        (shifted(BASE, "b", -1), "g b<g b1<b a<g a1<a"),
        (shifted(BASE, "a", 1), "g b<g b1<b a<g a1<a"),
        (shifted(BASE, "a", -1), "g a<g a1<a b<g b1<b"),
        (shifted(BASE, "g", 1), "g a<g a1<a b<g b1<b"),
    ],
)
def test_each_change(made: FiveWhys, expected: str) -> None:
    said = " ".join(f"{id}<{parent}" if parent else id for id, parent in shape(made))
    assert said == expected


def test_fields_change_in_one_cause_only() -> None:
    made = changed(BASE, "a1", evidence="seen", root=True)
    assert [why.id for why in made.whys if why.evidence == "seen"] == ["a1"]


CHANGES: list[Callable[[FiveWhys, str], FiveWhys]] = [
    raised,
    lowered,
    lambda figure, id: shifted(figure, id, 1),
    lambda figure, id: shifted(figure, id, -1),
    lambda figure, id: asked(figure, id, f"n{len(figure.whys)}"),
    lambda figure, id: beside(figure, id, f"n{len(figure.whys)}"),
]


@given(st.lists(st.tuples(st.sampled_from(range(len(CHANGES))), st.integers(0, 40)), max_size=30))
def test_a_tree_stays_a_tree_and_keeps_its_words(steps: list[tuple[int, int]]) -> None:
    figure = BASE
    for which, at in steps:
        figure = CHANGES[which](figure, figure.whys[at % len(figure.whys)].id)
        assert tree_findings(figure) == ()
        assert {w.text for w in figure.whys} >= {w.text for w in BASE.whys}
        assert shape(figure) == [(why.id, why.parent) for why in figure.whys]
