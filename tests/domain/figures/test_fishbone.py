"""The order of a fishbone, its changes, what is asked, and the way into the why tree."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from gemba.domain.codec import from_plain, to_plain
from gemba.domain.figures import Fishbone, FiveWhys
from gemba.domain.figures.fishbone import SETS, STATES, Bone, BoneCause
from gemba.domain.figures.fishbone_rules import (
    above,
    fishbone_findings,
    into_tree,
    raised,
    twigs,
    with_cause,
    with_set,
    without,
)
from gemba.domain.figures.five_whys import Why
from gemba.domain.figures.telling import ENGLISH, plain_english
from gemba.domain.figures.words import described

LATE = BoneCause(
    id="a", parent="m", text="The list is late", state="verified", evidence="seen", source="3 walks"
)
FIGURE = Fishbone(
    id="f",
    effect="Medicines come at 12:45",
    bones=(Bone(id="m", label="Method"), Bone(id="p", label="People")),
    causes=(
        LATE,
        BoneCause(id="b", parent="p", text="Clerk away", state="ruled_out", source="no, 5 days"),
        BoneCause(id="c", parent="a", text="Nobody is named"),
    ),
)


def ids() -> Callable[[], str]:
    count = itertools.count()
    return lambda: f"new{next(count)}"


def order(figure: Fishbone) -> list[tuple[str, int, int]]:
    return [(figure.causes[one.index].id, one.bone, one.depth) for one in twigs(figure)]


def test_causes_stand_bone_by_bone_each_after_what_it_leads_to() -> None:
    assert order(FIGURE) == [("a", 0, 1), ("c", 0, 2), ("b", 1, 1)]


def test_what_belongs_nowhere_is_drawn_and_named() -> None:
    lost = BoneCause(id="x", parent="gone", text="Lost")
    one = BoneCause(id="y", parent="z", text="Hen")
    two = BoneCause(id="z", parent="y", text="Egg")
    figure = replace(FIGURE, causes=(lost, one, two))
    assert [id for id, _bone, _depth in order(figure)] == ["x", "y", "z"]
    assert [(found.key, found.where) for found in fishbone_findings(figure)] == [
        ("fishbone.orphan", "x"),
        ("fishbone.cycle", "y"),
        ("fishbone.cycle", "z"),
    ]


def test_what_was_checked_by_a_guess_is_asked() -> None:
    guess = replace(LATE, evidence="guess")
    figure = replace(FIGURE, causes=(guess,))
    (found,) = fishbone_findings(figure)
    assert found.told(plain_english) == "“The list is late” is verified. By what do you know?"


def test_every_set_has_its_words_and_two_to_eight_bones() -> None:
    for names in SETS.values():
        assert 2 <= len(names) <= 8
        assert all(f"bone.{name}" in ENGLISH for name in names)


def test_another_set_keeps_what_was_written() -> None:
    figure = with_set(Fishbone(id="f"), "6m", ids(), plain_english)
    assert [bone.label for bone in figure.bones][:2] == ["Machine", "Method"]
    own = Bone(id="o", label="Night shift")
    figure = replace(figure, bones=(*figure.bones, own))
    figure = with_cause(figure, figure.bones[0].id, "c")
    other = with_set(figure, "4s", ids(), plain_english)
    assert [bone.label for bone in other.bones] == [
        "Suppliers", "Systems", "Skills", "Surroundings", "Machine", "Night shift",
    ]  # fmt: skip
    assert with_set(figure, "6m", ids(), plain_english).bones[0].id == figure.bones[0].id


def test_a_cause_is_added_raised_and_taken_out() -> None:
    figure = with_cause(FIGURE, "m", "n", after="a")
    assert [id for id, _bone, _depth in order(figure)] == ["a", "c", "n", "b"]
    assert order(raised(FIGURE, "c"))[1] == ("c", 0, 1)
    assert raised(FIGURE, "a") == FIGURE
    assert order(without(FIGURE, "a")) == [("c", 0, 1), ("b", 1, 1)]
    assert without(FIGURE, "nothing") == FIGURE


def test_a_verified_cause_begins_a_tree_with_the_effect_as_its_gap() -> None:
    tree = into_tree(FiveWhys(id="t"), LATE, FIGURE.effect, ids())
    gap, why = tree.whys
    assert (gap.text, gap.parent) == ("Medicines come at 12:45", "")
    assert (why.text, why.parent, why.evidence, why.source) == (
        "The list is late", gap.id, "seen", "3 walks",
    )  # fmt: skip
    assert into_tree(tree, replace(LATE, text=" the list  is LATE"), "", ids()) == tree


def test_a_tree_that_is_there_keeps_its_gap() -> None:
    tree = FiveWhys(
        id="t", whys=(Why(id="g", text="19 % leave"), Why(id="a", parent="g", text="x"))
    )
    grown = into_tree(tree, LATE, "another gap", ids())
    assert grown.whys[:2] == tree.whys
    assert (grown.whys[2].text, grown.whys[2].parent) == ("The list is late", "g")


def test_a_cause_of_a_cause_goes_below_it_in_the_tree() -> None:
    upper = BoneCause(id="u", parent="m", text="The guide slips", state="verified")
    lower = BoneCause(id="l", parent="u", text="Held by friction", state="verified")
    figure = replace(FIGURE, causes=(upper, lower))
    assert above(figure, "l") == ("The guide slips",)
    assert above(figure, "u") == ()
    assert above(figure, "gone") == ()
    new = ids()
    tree = into_tree(FiveWhys(id="t"), upper, "Scrap", new)
    tree = into_tree(tree, lower, "Scrap", new, above(figure, "l"))
    held = {why.text: why for why in tree.whys}
    assert held["Held by friction"].parent == held["The guide slips"].id
    # Where what it leads to is not in the tree, it answers the gap.
    alone = into_tree(FiveWhys(id="t"), lower, "Scrap", ids(), above(figure, "l"))
    assert alone.whys[1].parent == alone.whys[0].id
    # Two causes that lead to each other, as an import may bring them, end as well.
    round_about = (replace(upper, parent="l"), lower)
    assert len(above(replace(figure, causes=round_about), "l")) == 2


def test_it_is_told_bone_by_bone() -> None:
    assert described(FIGURE) == (
        "Fishbone of: Medicines come at 12:45. Possible causes: 3. "
        "Method: The list is late (verified: seen, 3 walks); Nobody is named. "
        "People: Clerk away (ruled out: no, 5 days)."
    )


def test_it_is_written_and_read_back() -> None:
    assert from_plain(Fishbone, to_plain(FIGURE)) == FIGURE


names = st.sampled_from(["m", "p", "1", "2", "3", "4", "gone", ""])


@given(
    st.lists(
        st.builds(
            BoneCause,
            id=names,
            parent=names,
            text=st.text(max_size=8),
            state=st.sampled_from(STATES) | st.text(max_size=4),
        ),
        max_size=12,
    ),
    st.integers(0, 2),
)
def test_any_import_has_every_cause_once(causes: list[BoneCause], bones: int) -> None:
    figure = replace(FIGURE, causes=tuple(causes), bones=FIGURE.bones[:bones])
    assert sorted(one.index for one in twigs(figure)) == list(range(len(causes)))
    assert all(1 <= one.depth <= 3 for one in twigs(figure))
    assert described(figure)
    assert fishbone_findings(figure) is not None


def test_one_bone_with_causes_asks_for_another_direction() -> None:
    one = Fishbone(id="f", bones=(Bone(id="b", label="Method"),))
    assert fishbone_findings(one) == ()
    held = replace(one, causes=(BoneCause(id="c", parent="b", text="The list is late"),))
    assert [found.key for found in fishbone_findings(held)] == ["fishbone.too_few"]
