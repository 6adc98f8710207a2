"""What a box offers to draw: every kind that can begin empty, what it suggests first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gemba.domain.figures import type_names
from gemba.domain.figures.insertion import PHOTO, PHOTO_OF_WALK, matching, name_of, offers, ranked
from gemba.words import Words

words = Words()
ALL = offers(words)


def test_every_kind_has_a_name_and_begins_empty_or_asks_for_a_photo() -> None:
    keys = {one.key for one in ALL}
    assert set(type_names) | {PHOTO_OF_WALK, "xmr"} == keys
    for one in ALL:
        assert words.knows(f"figure_kind.{one.key}"), f"{one.key} has no name"
        assert words.knows(f"figure_kind_also.{one.key}"), f"{one.key} has no other words"
        if one.make is not None:
            made = one.make("f1")
            kind = "run_chart" if one.key == "xmr" else one.key
            assert (made.id, type(made)) == ("f1", type_names[kind])
    assert {one.key for one in ALL if one.make is None} == {PHOTO, PHOTO_OF_WALK}


def test_what_a_box_suggests_comes_first_in_its_order_and_nothing_twice() -> None:
    first, rest = ranked(ALL, ("plan", "photo", "no_such_kind", "five_whys"))
    assert [one.key for one in first] == ["plan", "photo", "photo_of_walk", "five_whys"]
    assert [one.words for one in rest] == sorted(one.words for one in rest)
    assert {one.key for one in (*first, *rest)} == {one.key for one in ALL}


def test_typing_finds_by_name_and_by_other_words() -> None:
    assert matching(ALL, (), "par")[0].key == "pareto"
    assert [one.key for one in matching(ALL, (), "gantt")] == ["plan"]
    assert matching(ALL, (), "zzz") == []
    both = [one.key for one in matching(ALL, ("sketch",), "picture")]
    assert both == ["photo", "photo_of_walk"]
    assert matching(ALL, ("run_chart",), "")[0].key == "run_chart"


@given(st.text(max_size=40), st.lists(st.text(max_size=12), max_size=5))
def test_nothing_typed_and_nothing_suggested_breaks_the_list(typed: str, kinds: list[str]) -> None:
    found = matching(ALL, kinds, typed)
    assert len(found) == len({one.key for one in found})


def test_a_figure_is_called_as_it_was_offered() -> None:
    words = Words()
    for one in offers(words):
        if one.make is not None:
            assert name_of(one.make("f"), words) == one.words
