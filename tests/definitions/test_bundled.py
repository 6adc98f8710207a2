"""What the files that come with Gemba have to hold, because pages and records count on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest

from gemba.definitions.catalog import Catalog
from gemba.domain.coaching import Storyboard
from gemba.domain.definition import ROLES, SheetDefinition
from gemba.domain.experiment import Experiment
from gemba.domain.figures.insertion import offers
from gemba.domain.question_set import QuestionSet
from gemba.resources import resource_path
from gemba.services.sheet_questions import questions_at
from gemba.words import Words

CATALOG = Catalog(resource_path())
SETS = CATALOG.question_sets()
SHEETS = CATALOG.sheets()


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from texts(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))


def ids(questions: QuestionSet) -> str:
    return questions.id


def test_ps7_lies_on_the_paper_as_the_sheet_is_specified() -> None:
    frames = CATALOG.sheet("ps7").box_frames()
    assert {id: (one.x, one.y, one.width, one.height) for id, one in frames.items()} == {
        "background": (8, 27, 199, 38),
        "current": (8, 68, 199, 90),
        "goal": (8, 161, 199, 30),
        "analysis": (8, 194, 199, 87),
        "countermeasures": (213, 27, 199, 66),
        "plan": (213, 96, 199, 64),
        "check": (213, 163, 199, 74),
        "followup": (213, 240, 199, 41),
    }


KINDS = {offer.key for offer in offers(Words())}

# Heights in mm, column by column, as the sheets are specified.
HEIGHTS: dict[str, tuple[tuple[float, ...], ...]] = {
    "ps7": ((38, 90, 30, 87), (66, 64, 74, 41)),
    "results": ((84, 167), (62, 140, 46)),
    "tbp8": ((50, 70, 28, 97), (62, 72, 72, 39)),
    "proposal": ((50, 98, 100), (108, 50, 54, 33)),
    "status": ((40, 58, 150), (130, 121)),
    "strategy": ((70, 78, 100), (150, 50, 48)),
    "year_end": ((150, 101), (173, 78)),
    "personal": ((45, 80, 35, 85), (75, 60, 75, 35)),
    "storyboard": ((56, 195), (56, 195), (254,), (254,)),
    "empty": ((254,), (254,)),
}


def test_there_is_a_sheet_for_each_situation_and_the_problem_is_offered_first() -> None:
    assert {one.id for one in SHEETS} == set(HEIGHTS)
    assert SHEETS[0].id == "ps7"
    assert SHEETS[-1].id == "empty"
    assert len({one.description for one in SHEETS}) == len(SHEETS)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda one: str(one.id))
def test_a_sheet_fills_each_column_as_it_is_specified(sheet: SheetDefinition) -> None:
    page = sheet.page
    assert (page.width, page.height, page.body_height) == (420, 297, 254)
    for column, heights in zip(page.column_names, HEIGHTS[sheet.id], strict=True):
        boxes = sheet.boxes_in(column)
        assert tuple(box.height_mm for box in boxes) == heights
        assert sum(heights) + page.between * (len(heights) - 1) == page.body_height


def test_the_storyboard_has_four_columns_of_the_widths_it_is_specified_with() -> None:
    page = CATALOG.sheet("storyboard").page
    widths = [page.column_width(one) for one in page.column_names]
    assert sum(widths) + 3 * page.gutter + 2 * page.margin == pytest.approx(420)
    assert [round(100 * one / sum(widths)) for one in widths] == [26, 26, 30, 18]
    last = page.column_names[-1]
    assert page.column_x(last) + page.column_width(last) == pytest.approx(420 - page.margin)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda one: str(one.id))
def test_a_box_asks_one_question_gives_hints_and_offers_figures_that_exist(
    sheet: SheetDefinition,
) -> None:
    asked = [box.question for box in sheet.boxes]
    assert len(set(asked)) == len(asked)
    for box in sheet.boxes:
        assert box.question.count("?") == 1
        assert box.question.endswith("?")
        assert len(box.guidance) >= 2
        assert set(box.figures) <= KINDS
        assert box.fields, "what belongs in it is offered line by line"


def test_only_what_is_somebodys_own_behaviour_is_private() -> None:
    assert [one.id for one in SHEETS if one.private] == ["personal"]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda one: str(one.id))
def test_a_sheet_has_coaching_questions_for_every_box(sheet: SheetDefinition) -> None:
    for box in sheet.boxes:
        steps = questions_at(sheet, box.id, CATALOG.question_set)
        assert len(steps) >= 3, box.id


@pytest.mark.parametrize("asked", CATALOG.question_sets("a3"), ids=ids)
def test_coaching_questions_stand_at_boxes_and_roles_that_exist(asked: QuestionSet) -> None:
    at = {box.id for one in SHEETS if one.questions == asked.id for box in one.boxes}
    assert at, "no sheet asks these"
    known = at | set(ROLES) | {"before", "after"}
    assert {group.id for group in asked.groups} <= known
    for group in asked.groups:
        assert asked.in_group(group.id), group.id


def test_a_question_of_the_users_own_set_wins_and_a_missing_set_falls_back() -> None:
    sheet = replace(CATALOG.sheet("proposal"), questions="nowhere")
    common = CATALOG.question_set("a3").in_group("countermeasures")
    assert questions_at(sheet, "proposal", CATALOG.question_set) == common
    own = CATALOG.question_set("proposal").in_group("proposal")
    assert questions_at(CATALOG.sheet("proposal"), "proposal", CATALOG.question_set) == own
    assert questions_at(sheet, "no_such_box", CATALOG.question_set) == ()


def test_the_first_talk_is_three_questions_that_can_become_a_storyboard() -> None:
    talk = CATALOG.question_set("curiosity")
    assert [step.ask for step in talk.steps] == [
        "What are you noticing here?",
        "What is making this harder than it should be?",
        "What small thing could we test?",
    ]
    assert [step.writes for step in talk.steps] == [
        "current_condition",
        "obstacle",
        "experiment.step",
    ]


def test_a_cycle_has_five_steps_and_looks_back_after_the_second() -> None:
    cycle = CATALOG.question_set("cycle")
    first = [step.id for step in cycle.steps_for(first=True)]
    assert first == ["aim", "now", "obstacle", "next", "when"]
    later = [step.id for step in cycle.steps_for(first=False)]
    back = ["lookback_step", "lookback_predicted", "lookback_happened", "lookback_learned"]
    assert later == [*first[:2], *back, *first[2:]]
    assert cycle.step("lookback_happened").writes == "experiment.result"
    assert cycle.step("lookback_learned").writes == "experiment.learned"


@pytest.mark.parametrize("kind", ["talk", "cycle"])
def test_an_answer_is_written_into_a_field_that_exists(kind: str) -> None:
    board = {field.name for field in fields(Storyboard)} | {"obstacle", "next_look"}
    record = {f"experiment.{field.name}" for field in fields(Experiment)}
    for questions in CATALOG.question_sets(kind):
        for step in questions.steps:
            assert step.writes in board | record | {""}, step.id
            assert step.listen_for, step.id


def test_the_bank_of_a_walk_covers_every_theme_with_tagged_questions() -> None:
    bank = CATALOG.question_set("gemba")
    assert len(bank.groups) == 16
    for group in bank.groups:
        assert bank.in_group(group.id), group.id
    assert len(bank.in_group("wastes")) == 8
    for step in bank.steps:
        assert step.group, step.id
        assert {"open", "factual"} & set(step.tags), step.id
        assert set(step.tags) <= {"open", "factual", "pure"}, step.id
    assert len(bank.avoid) == 5


@pytest.mark.parametrize("questions", SETS, ids=ids)
def test_no_question_is_asked_twice_in_a_set(questions: QuestionSet) -> None:
    asked = [step.ask.casefold() for step in questions.steps]
    assert len(asked) == len(set(asked))


@pytest.mark.parametrize("questions", SETS, ids=ids)
def test_what_we_ask_is_never_on_the_list_of_what_not_to_ask(questions: QuestionSet) -> None:
    avoided = ("why did you", "do you not think", "have you tried", "who did this", "is everything")
    for step in questions.steps:
        for text in (step.ask, *step.deeper):
            assert not text.casefold().startswith(avoided), text


@pytest.mark.parametrize("one", [*CATALOG.sheets(), *SETS], ids=lambda one: str(one.id))
def test_words_are_plain_and_calm(one: Any) -> None:
    for text in texts(one):
        assert "!" not in text
        assert "please" not in text.casefold()
        assert text == " ".join(text.split()), f"stray space in {text!r}"
        assert "'" not in text, f"straight apostrophe in {text!r}"


def test_what_boxes_suggest_to_draw_can_be_drawn() -> None:
    """Boxes for causes offer both ways to look for them, those for plans the plan, and so on."""
    wanted = {"plan": "plan", "analysis": "five_whys", "check": "run_chart"}
    for kind in SHEETS:
        for box in kind.boxes:
            if box.role in wanted:
                assert wanted[box.role] in box.figures, f"{kind.id}.{box.id}"
    ps7 = {box.id: box.figures for box in CATALOG.sheet("ps7").boxes}
    assert {"five_whys", "fishbone", "pareto"} <= set(ps7["analysis"])
    assert ps7["countermeasures"][0] == "countermeasures"
