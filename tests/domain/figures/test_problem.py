"""What is asked about a problem statement, and the comparisons of is / is not."""

from __future__ import annotations

from dataclasses import replace

from gemba.domain.codec import from_plain, to_plain
from gemba.domain.figures import IsIsNot, Problem
from gemba.domain.figures.is_is_not import ASPECTS, Contrast
from gemba.domain.figures.is_is_not_rules import all_aspects, contrast_findings
from gemba.domain.figures.problem import QUESTIONS
from gemba.domain.figures.problem_rules import open_told, problem_findings, unanswered
from gemba.domain.figures.words import described, words_of

LATE = Problem(
    id="p",
    statement="88 of 132 patients fit by 09:00 leave after 14:00",
    what="Patients fit to go home",
    why="Nine people wait for a bed",
)


def keys(figure: Problem) -> list[tuple[str, str]]:
    return [(one.key, one.where) for one in problem_findings(figure)]


def test_a_statement_in_numbers_is_left_alone() -> None:
    assert keys(LATE) == []
    assert unanswered(LATE) == ("who", "where", "when", "how_much", "how_often")
    assert open_told(LATE) == "Not said yet: who, where, when, how much, how often."
    assert open_told(replace(LATE, **dict.fromkeys(QUESTIONS, "x"))) == ""


def test_missing_numbers_and_long_sentences_are_asked_about() -> None:
    vague = replace(LATE, statement="Patients leave late, we need more porters", how_much="a lot")
    assert keys(vague) == [
        ("problem.ask_number", "statement"),
        ("problem.no_amount", "how_much"),
    ]
    assert keys(replace(LATE, statement="7 " + "word " * 60)) == [("problem.too_long", "statement")]
    assert keys(replace(LATE, statement="Zu spät: ٣ von ٥")) == []
    assert keys(Problem(id="p")) == []


def test_a_statement_is_told_searched_and_kept() -> None:
    told = described(LATE)
    assert told.startswith("Problem: 88 of 132 patients")
    assert "Why it is a problem: Nine people wait for a bed." in told
    assert {LATE.statement, LATE.why} <= set(words_of(LATE))
    assert from_plain(Problem, to_plain(LATE)) == LATE
    assert described(Problem(id="p")) == "Problem statement, nothing written yet."


BURRS = IsIsNot(
    id="i",
    rows=(
        Contrast(id="a", aspect="what", seen="Inner edge", unseen="Outer edge"),
        Contrast(id="b", aspect="where", seen="Line 3", unseen=" line  3 ", change="Stop gone"),
        Contrast(id="c", aspect="extent"),
    ),
)


def test_the_next_cell_of_a_begun_row_is_asked_for() -> None:
    assert [(one.key, one.where) for one in contrast_findings(BURRS)] == [
        ("is_is_not.ask_distinction", "a/distinction"),
        ("is_is_not.ask_distinction", "b/distinction"),
        ("is_is_not.same", "b/unseen"),
    ]


def test_each_aspect_has_a_row_in_its_order_and_strange_ones_stay() -> None:
    strange = replace(BURRS, rows=(Contrast(id="when", aspect="colour", seen="red"), *BURRS.rows))
    rows = all_aspects(strange)
    assert [row.aspect for row in rows] == [*ASPECTS, "colour"]
    assert len({row.id for row in rows}) == len(rows)
    assert "colour, is: red." in described(strange)


def test_contrasts_are_told_searched_and_kept() -> None:
    assert "What, is: Inner edge; is not, but could be: Outer edge." in described(BURRS)
    assert {"Inner edge", "Stop gone"} <= set(words_of(BURRS))
    assert from_plain(IsIsNot, to_plain(BURRS)) == BURRS
    assert described(IsIsNot(id="i")) == "Is / is not, nothing written yet."
