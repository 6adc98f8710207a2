"""Two edits of one record: what does not meet goes together, what meets is shown and kept."""

from __future__ import annotations

from copy import deepcopy
from typing import Any
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from gemba.domain.changes import Ref
from gemba.domain.clash import BOTH, CHOICES, MINE, THEIRS, apply, merge, pieces, put_together

REF = Ref("sheet", uuid4())


def both(base: Any, mine: Any, theirs: Any) -> tuple[Any, list[tuple[str, Any, Any]]]:
    merged = merge(REF, base, mine, theirs)
    plain = deepcopy(theirs)
    apply(plain, merged.changes)
    return plain, [(one.field, one.mine, one.theirs) for one in merged.clashes]


def test_different_fields_go_together() -> None:
    base = {"a": "1", "b": "1", "c": "1"}
    plain, clashes = both(base, {**base, "a": "2"}, {**base, "b": "2"})
    assert (plain, clashes) == ({"a": "2", "b": "2", "c": "1"}, [])


def test_the_same_field_clashes_and_is_left_as_the_others_wrote_it() -> None:
    base = {"a": "1", "b": "1"}
    plain, clashes = both(base, {"a": "2", "b": "2"}, {"a": "3", "b": "1"})
    assert plain == {"a": "3", "b": "2"}
    assert clashes == [("a", "2", "3")]


def test_the_same_change_on_both_sides_is_settled() -> None:
    base = {"a": "1"}
    assert both(base, {"a": "2"}, {"a": "2"}) == ({"a": "2"}, [])


def test_a_field_that_was_not_touched_here_never_goes_back() -> None:
    base = {"a": "1", "b": "1"}
    assert both(base, base, {"a": "2", "b": "3"}) == ({"a": "2", "b": "3"}, [])


def items(*texts: str) -> list[dict[str, str]]:
    return [{"id": text[0], "text": text} for text in texts]


def test_items_of_a_list_are_taken_one_by_one() -> None:
    base = {"boxes": items("a1", "b1")}
    mine = {"boxes": items("a2", "b1", "c1")}
    theirs = {"boxes": items("a1", "b2", "d1")}
    plain, clashes = both(base, mine, theirs)
    assert clashes == []
    assert sorted(one["text"] for one in plain["boxes"]) == ["a2", "b2", "c1", "d1"]


def test_an_item_that_one_side_took_out_and_the_other_wrote_in_clashes() -> None:
    base = {"boxes": items("a1", "b1")}
    _, clashes = both(base, {"boxes": items("b1")}, {"boxes": items("a2", "b1")})
    assert [one[0] for one in clashes] == ["boxes.a"]


def test_the_order_is_that_of_the_last_who_ordered() -> None:
    base = {"boxes": items("a1", "b1")}
    plain, clashes = both(base, {"boxes": items("b1", "a1")}, {"boxes": items("a1", "b2")})
    assert clashes == []
    assert [one["text"] for one in plain["boxes"]] == ["b2", "a1"]


lines = st.lists(st.sampled_from(["", "one", "two", "three", "  ", "öß"]), max_size=8)


@given(lines, lines)
def test_the_pieces_hold_both_texts_whole(mine: list[str], theirs: list[str]) -> None:
    left, right = "\n".join(mine), "\n".join(theirs)
    parts = pieces(left, right)
    assert put_together(parts, [MINE] * len(parts)) == left
    assert put_together(parts, [THEIRS] * len(parts)) == right


@given(lines, lines, st.lists(st.sampled_from(CHOICES), min_size=20, max_size=20))
def test_nothing_chosen_is_lost(mine: list[str], theirs: list[str], chosen: list[str]) -> None:
    parts = pieces("\n".join(mine), "\n".join(theirs))
    choices = chosen[: len(parts)]
    whole = put_together(parts, choices).split("\n")
    for part, choice in zip(parts, choices, strict=True):
        if part.same or choice in (MINE, BOTH):
            assert all(line in whole for line in part.mine)
        if choice in (THEIRS, BOTH):
            assert all(line in whole for line in part.theirs)


def test_two_answers_added_from_two_fields_stand_as_they_were_written() -> None:
    """Each field knows only the record as it was first shown, without the other's answer."""
    base: Any = {"answers": []}
    first = {"answers": [{"id": "a", "text": "one"}]}
    second = {"answers": [{"id": "b", "text": "two"}]}
    now, clashes = both(base, first, base)
    now, clashes = both(base, second, now)
    assert now == {"answers": [*first["answers"], *second["answers"]]}
    assert clashes == []
