"""What the files that come with Gemba have to hold, because pages and records count on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any, get_args

import pytest

from gemba.definitions.catalog import Catalog
from gemba.domain.coaching import Storyboard
from gemba.domain.definition import QuestionSet
from gemba.domain.experiment import Experiment
from gemba.domain.figures import Figure
from gemba.resources import resource_path

CATALOG = Catalog(resource_path())
SETS = CATALOG.question_sets()


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


def test_ps7_asks_one_question_in_each_box_and_offers_figures_that_exist() -> None:
    sheet = CATALOG.sheet("ps7")
    kinds = {
        field.default for one in get_args(Figure) for field in fields(one) if field.name == "kind"
    }
    kinds |= {getattr(one, "kind", "") for one in get_args(Figure)}
    for box in sheet.boxes:
        assert box.role == box.id
        assert box.question.count("?") == 1
        assert box.question.endswith("?")
        assert box.guidance
        assert set(box.figures) <= kinds


@pytest.mark.parametrize("sheet", CATALOG.sheets(), ids=lambda one: str(one.id))
def test_a_sheet_has_coaching_questions_for_every_box(sheet: Any) -> None:
    asked = CATALOG.question_set(sheet.questions)
    assert asked.kind == "a3"
    for box in sheet.boxes:
        assert len(asked.in_group(box.id)) >= 3, box.id
    boxes = {box.id for box in sheet.boxes}
    assert {group.id for group in asked.groups} - boxes == {"before", "after"}


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
