"""Where figures stand in their box: order, side and size, and nothing lost on the way."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gemba.domain.figures import Figure, Pareto, RunChart, Sketch
from gemba.domain.figures.place import Place
from gemba.domain.figures.placing import in_order, put_at, sized, stepped, turned

Figures = tuple[Figure, ...]


def figures(beside: str, under: str) -> Figures:
    first = tuple(RunChart(id=id, place=Place(side="beside")) for id in beside)
    return (*first, *(Pareto(id=id, place=Place(side="under")) for id in under))


def told(held: Figures) -> str:
    """The ids beside the text, a bar, and those under it."""
    sides = {"beside": "", "under": ""}
    for one in in_order(held):
        sides[one.place.side] += one.id
    return f"{sides['beside']}|{sides['under']}"


def test_up_and_down_go_through_all_places_of_a_box_and_stop_at_its_ends() -> None:
    held = figures("ab", "c")
    steps = [told(held)]
    for _ in range(5):
        held = stepped(held, "a", 1)
        steps.append(told(held))
    assert steps == ["ab|c", "ba|c", "b|ac", "b|ca", "b|ca", "b|ca"]
    for _ in range(5):
        held = stepped(held, "a", -1)
        steps.append(told(held))
    assert steps[6:] == ["b|ac", "ba|c", "ab|c", "ab|c", "ab|c"]


def test_a_figure_is_put_where_it_was_dropped_or_turned_to() -> None:
    held = figures("ab", "cd")
    assert told(put_at(held, "d", "beside", 1)) == "adb|c"
    assert told(put_at(held, "a", "under", 99)) == "b|cda"
    assert told(turned(held, "a", "under")) == "b|cda"
    assert turned(held, "a", "beside") == held
    assert put_at(held, "x", "under", 0) == held
    assert told(put_at(held, "a", "nowhere", -3)) == "b|acd"


def test_a_size_is_whole_millimetres_and_large_enough_to_hold() -> None:
    sketch = Sketch(id="s")
    assert sized(sketch, 84.4, 52.6).place == Place(side=sketch.place.side, width=84, height=53)
    assert sized(sketch, 1, 1).place == Place(side=sketch.place.side, width=20, height=12)
    assert sized(sized(sketch, 84, 52), 0, 0).place == sketch.place
    for odd in (float("nan"), float("inf"), -3.0):
        assert sized(sketch, odd).place.width == 0
    assert sized(sketch, 1e9).place.width == 420


@given(
    st.lists(
        st.tuples(
            st.sampled_from("abcdefgh"),
            st.sampled_from(["up", "down", "beside", "under", "put"]),
            st.integers(-3, 12),
        ),
        max_size=20,
    )
)
def test_whatever_is_moved_nothing_is_lost_or_doubled(
    moves: list[tuple[str, str, int]],
) -> None:
    held = figures("abc", "de")
    for id, how, at in moves:
        if how in ("up", "down"):
            held = stepped(held, id, 1 if how == "down" else -1)
        elif how == "put":
            held = put_at(held, id, "beside" if at % 2 else "under", at)
        else:
            held = turned(held, id, how)
        assert sorted(one.id for one in held) == list("abcde")
        assert in_order(held) == in_order(in_order(held))
