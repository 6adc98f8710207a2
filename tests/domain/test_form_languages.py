"""A form in several languages: what stays, what is renamed, and choices line by line."""

from __future__ import annotations

from gemba.domain.form_building import added, item_at
from gemba.domain.form_conditions import (
    by_formula,
    condition_of,
    day_limit_of,
    limits_of,
    scale_of,
    scale_parameters,
)
from gemba.domain.form_languages import (
    choices_in,
    in_language,
    text_in,
    with_choices_in,
    with_languages,
    with_text,
)
from gemba.domain.form_plan import FormPlan, Item

PLAN = FormPlan(
    title="Look",
    form_id="look",
    languages=("English", "Deutsch"),
    items=(Item("text", "why", ("Why?", "Warum?"), ("Say it", "")),),
)


def said(plan: FormPlan) -> tuple[str, ...]:
    return plan.items[0].labels


def test_a_language_that_stays_keeps_its_words_and_a_new_name_takes_its_place() -> None:
    assert said(with_languages(PLAN, ["Deutsch", "English"])) == ("Warum?", "Why?")
    assert said(with_languages(PLAN, ["English", "German"])) == ("Why?", "Warum?")
    assert said(with_languages(PLAN, ["English", "Deutsch", "Polski"])) == ("Why?", "Warum?", "")
    assert said(with_languages(PLAN, ["Deutsch"])) == ("Warum?",)
    assert said(with_languages(PLAN, [" "])) == ("Why?",)
    assert with_languages(PLAN, [" English", "Deutsch ", "English"]) is PLAN
    assert with_languages(PLAN, ["Deutsch", "English"]).default_language == "Deutsch"


def test_what_has_no_words_in_a_language_is_shown_in_the_first() -> None:
    shown = in_language(PLAN, 1)
    assert (shown.languages, shown.items[0].labels) == ((), ("Warum?",))
    assert shown.items[0].hints == ("Say it",)


def test_words_of_one_language_leave_the_others() -> None:
    assert with_text(("a",), 2, "c") == ("a", "", "c")
    assert with_text((), 1, "") == ()
    assert text_in(("a",), 1) == ""


def test_choices_in_a_further_language_are_the_same_choices() -> None:
    plan, place = added(with_languages(PLAN, ["English", "Deutsch"]), "Free?", "select_one")
    plan = with_choices_in(plan, place, "Ja\n\nUnnötig\nVielleicht", 1)
    item = item_at(plan, place)
    assert item is not None
    held = plan.lists[item.list_name]
    assert [(one.name, one.labels) for one in held] == [
        ("yes", ("Yes", "Ja")),
        ("no", ("No",)),
        ("na", ("Not applicable", "Unnötig")),
        ("vielleicht", ("Vielleicht", "Vielleicht")),
    ]
    assert choices_in(plan, item, 1) == "Ja\n\nUnnötig\nVielleicht"


def test_limits_of_days_and_scales_in_plain_words() -> None:
    assert [day_limit_of(one) for one in ("", ".<=today()", ". >= today()", ". > 3")] == [
        "",
        "past",
        "coming",
        None,
    ]
    assert scale_of("end=5") == ("1", "5", "1")
    assert scale_parameters("ticks=2 end=5", "0", "4,5", "x") == "ticks=2 end=4.5 start=0 step=1"


def test_plain_words_turned_into_a_formula_are_shown_as_one() -> None:
    assert condition_of(by_formula("${a} = 'no'")) is None
    assert limits_of(by_formula(". >= 1")) is None
    assert by_formula(" ") == "true()"
