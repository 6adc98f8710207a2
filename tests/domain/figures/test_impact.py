"""What changed, whether the target is reached, and who can do what."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gemba.domain.codec import from_plain, to_plain
from gemba.domain.figures import Impact, SkillsGrid
from gemba.domain.figures.data import data_of
from gemba.domain.figures.impact import Effect
from gemba.domain.figures.impact_rules import (
    amount,
    difference,
    impact_findings,
    reached,
    told_effects,
)
from gemba.domain.figures.skills import Learner, Skill
from gemba.domain.figures.skills_rules import (
    columns_of,
    coverage_told,
    covered,
    from_cells,
    headed,
    level_of,
    short_of,
    skills_findings,
    with_named,
)
from gemba.domain.figures.words import described, words_of

OUT = Effect(id="a", measure="Out by noon", unit="%", before="17", target="40", after="35")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("17", 17), ("under 30 min", 30), ("≤ 4,1 %", 4.1), ("−3", -3), ("", None),
        ("many", None), ("12.", 12), ("9" * 400, None), ("about 1 200", 1200),
    ],
)  # fmt: skip
def test_amounts_in_words(text: str, value: float | None) -> None:
    assert amount(text) == value


@pytest.mark.parametrize(
    ("before", "target", "after", "guard", "state", "change"),
    [
        ("17", "40", "35", False, False, "+18 points"),
        ("17", "40", "40", False, True, "+23 points"),
        ("75", "30", "20", False, True, "−55 points"),
        ("17", "17", "35", False, None, "+18 points"),
        ("", "≥ 40", "45", False, True, ""),
        ("0", "0", "0", False, None, "0 points"),
        ("4.1", "4.1 or less", "4.5", True, False, "+0.4 points"),
        ("4.1", "≤ 4.1", "3.9", True, True, "−0.2 points"),
        ("4.1", "3", "4.5", True, None, "+0.4 points"),
        ("many", "few", "none", False, None, ""),
        ("-5", "-10", "-12", False, True, "−7 points"),
    ],
)
def test_reached_and_changed(
    before: str, target: str, after: str, guard: bool, state: bool | None, change: str
) -> None:
    effect = replace(OUT, before=before, target=target, after=after, guard=guard)
    assert reached(effect) is state
    assert difference(effect) == change


def test_what_is_no_number_or_missing_is_named_at_its_cell() -> None:
    figure = Impact(
        id="i",
        effects=(
            replace(OUT, after="a lot " * 900),
            Effect(id="b", before="3"),
            Effect(id="c", measure="Stay", after="3"),
            Effect(id="d", measure="Calls", before="9", after="3"),
            Effect(id="e"),
        ),
    )
    assert [(one.key, one.where) for one in impact_findings(figure)] == [
        ("impact.not_a_number", "a/after"),
        ("impact.ask_measure", "b/measure"),
        ("impact.ask_before", "c/before"),
        ("impact.ask_target", "d/target"),
        ("impact.no_guard", ""),
    ]
    assert impact_findings(Impact(id="i")) == ()


def test_guards_stand_last_and_all_is_told_searched_and_kept() -> None:
    stay = Effect(id="g", measure="Stay", before="3.2", target="≤ 3.2", after="3.1", guard=True)
    figure = Impact(id="i", effects=(stay, OUT))
    assert told_effects(figure) == (OUT, stay)
    told = described(figure)
    assert "Out by noon, before 17\u00a0%, target 40\u00a0%, after 35\u00a0%" in told
    assert "change +18 points, target not reached." in told
    assert "must not get worse, held." in told
    assert {"Stay", "≤ 3.2"} <= set(words_of(figure))
    assert from_plain(Impact, to_plain(figure)) == figure
    change = data_of(figure)[-1]
    assert change.rows[0] == ("Out by noon", 17, 40, 35, 18)
    assert described(Impact(id="i")) == "Impact summary, nothing written yet."


TEAM = SkillsGrid(
    id="s",
    skills=(Skill(name="Letter", target="3"), Skill(name="Transport", target="two")),
    people=(
        Learner(name="Maria", levels=("4", "2")),
        Learner(name="Lena", levels=("1", "0", "9")),
        Learner(name="", levels=("", "x")),
    ),
)


@pytest.mark.parametrize(
    ("text", "level"),
    [("0", 0), (" 4 ", 4), ("5", None), ("-1", None), ("3.5", None), ("", None), ("◑", 2),
     ("٣", 3), ("x" * 5000, None), ("²", None)],
)  # fmt: skip
def test_levels_as_people_write_them(text: str, level: int | None) -> None:
    assert level_of(text) == level


def test_coverage_counts_from_the_third_level() -> None:
    assert covered(TEAM) == (1, 0, 0)
    assert coverage_told(TEAM) == [
        "Only Maria does “Letter” alone.",
        "Nobody does “Transport” alone.",
    ]
    assert [short_of(TEAM, TEAM.people[1], at) for at in range(3)] == [2, 0, 0]


def test_what_is_no_level_and_has_no_name_is_said_where_it_stands() -> None:
    assert [(one.key, one.where) for one in skills_findings(TEAM)] == [
        ("skills.not_a_level", "target:1"),
        ("skills.ask_skill", "skill:2"),
        ("skills.not_a_level", "1:2"),
        ("skills.not_a_level", "2:1"),
        ("skills.ask_person", "2:-1"),
    ]
    assert len(columns_of(TEAM)) == 3


def test_a_grid_is_told_searched_and_kept() -> None:
    told = described(TEAM)
    assert "Maria: Letter can teach; Transport with help." in told
    assert "Target: Letter alone; Transport two ?." in told
    (table,) = data_of(TEAM)
    assert table.heads == ("Person", "Letter", "Transport", "")
    assert table.rows[:2] == (("Target", 3, "two", ""), ("Maria", 4, 2, ""))
    assert {"Maria", "Transport", "9"} <= set(words_of(TEAM))
    assert from_plain(SkillsGrid, to_plain(TEAM)) == TEAM
    assert described(SkillsGrid(id="s")) == "Skills grid, nothing written yet."


def test_rows_of_cells_become_skills_and_people() -> None:
    skills, people = from_cells([("Letter", "3")], [("Maria", "4", ""), ("Lena", "", "")])
    assert skills == (Skill(name="Letter", target="3"),)
    assert people == (Learner(name="Maria", levels=("4",)), Learner(name="Lena"))
    assert headed((("", "Letter", "Call"), ("Maria", "4", "3")))
    assert not headed((("Maria", "4"), ("Lena", "3")))
    assert not headed((("Maria", ""), ("Lena", "3")))


def test_a_range_with_heads_goes_to_the_columns_of_their_names() -> None:
    old = SkillsGrid(
        id="s",
        skills=(Skill(name="List", target="3"), Skill(name="Bags")),
        people=(Learner(name="Kim", levels=("4",)),),
    )
    rows = (("Name", "bags", "Label"), ("Ann", "2", "1", "left over"), ("Bo", "x"))
    made = with_named(old, rows)
    assert [one.name for one in made.skills] == ["List", "Bags", "Label"]
    assert [(one.name, one.levels) for one in made.people] == [
        ("Kim", ("4",)),
        ("Ann", ("", "2", "1", "left over")),
        ("Bo", ("", "x")),
    ]
    assert made.skills[0].target == "3"
    first = with_named(SkillsGrid(id="s", skills=(Skill(target="3"),)), rows)
    assert [(one.name, one.target) for one in first.skills] == [("bags", "3"), ("Label", "")]
