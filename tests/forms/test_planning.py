"""Forms as they are built: into tables and back without loss, and through pyxform into an XForm."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from gemba.domain.form_plan import Choice, FormPlan, Item, fit_name
from gemba.forms.form import Form
from gemba.forms.importing import import_file, import_tables
from gemba.forms.looking import look
from gemba.forms.plain_lists import plain_plan
from gemba.forms.planning import plan_of, tables_of
from gemba.forms.scope import Surroundings
from gemba.forms.writing import xform_of
from gemba.reports.xlsform import xlsform_bytes

_NAME = st.from_regex(r"[a-z][a-z0-9_]{0,7}", fullmatch=True)
_CELL = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters="\u00a0"),
    min_size=1,
    max_size=12,
).map(lambda text: " ".join(text.split()) or "x")
_LANGUAGES = st.sampled_from([(), ("English (en)",), ("English (en)", "Polski (pl)")])


def _texts(count: int) -> st.SearchStrategy[tuple[str, ...]]:
    spoken = st.lists(st.one_of(st.just(""), _CELL), min_size=count, max_size=count)
    return spoken.map(lambda found: tuple(found) if any(found) else ())


@st.composite
def plans(draw: st.DrawFn) -> FormPlan:
    languages = draw(_LANGUAGES)
    count = max(1, len(languages))
    names = draw(st.lists(_NAME, min_size=1, max_size=4, unique=True))
    lists = {
        name: tuple(
            Choice(one, draw(_texts(count)), draw(st.sampled_from([(), (("floor", "2"),)])))
            for one in draw(st.lists(_NAME, min_size=1, max_size=3, unique=True))
        )
        for name in draw(st.lists(_NAME, max_size=2, unique=True))
    }

    def item(name: str, inner: tuple[Item, ...] = ()) -> Item:
        kinds = ["text", "integer", "note", "date", *(["select_one", "rank"] if lists else [])]
        kind = draw(st.sampled_from(["group", "repeat"] if inner else kinds))
        listed = draw(st.sampled_from(list(lists))) if kind in ("select_one", "rank") else ""
        return Item(
            kind,
            name,
            draw(_texts(count)),
            draw(_texts(count)),
            listed,
            bool(listed) and kind == "select_one" and draw(st.booleans()),
            required=draw(st.sampled_from(["", "yes"])),
            relevant=draw(st.sampled_from(["", "1 = 1"])),
            constraint=draw(st.sampled_from(["", ". != 3"])),
            constraint_messages=draw(_texts(count)),
            action=draw(st.sampled_from(["", "promise"])),
            other=draw(st.sampled_from([(), (("bind::odk:x", "y"),)])),
            items=inner,
        )

    items = [item(name) for name in names]
    if draw(st.booleans()):
        items = [item("outer", tuple(items))]
    # A language that no word is written in is not seen in the tables.
    return FormPlan(
        draw(_CELL),
        draw(_NAME),
        "1",
        languages,
        languages[0] if languages else "",
        tuple(items),
        lists,
    )


@given(plans())
@settings(max_examples=120, deadline=None)
def test_a_plan_comes_back_from_its_tables(plan: FormPlan) -> None:
    tables = tables_of(plan)
    assert plan_of(tables) == plan
    assert plan_of(json.loads(json.dumps(tables))) == plan


def ward() -> FormPlan:
    texts = ("Is it tidy?", "Czy jest porz\u0105dek?")
    inside = (
        Item("integer", "nr", ("Bed number", "Numer"), constraint=". > 0"),
        Item(
            "select_one", "tidy", texts, list_name="yn", or_other=True, score="if(. = 'no', 0, 1)"
        ),
    )
    yes_no = (Choice("yes", ("Yes", "Tak")), Choice("no", ("No", "Nie")))
    return FormPlan(
        "Ward = round",
        "ward",
        "2",
        ("English (en)", "Polski (pl)"),
        "English (en)",
        (
            Item("repeat", "bed", ("Bed", "\u0141\u00f3\u017cko"), items=inside),
            Item("text", "why", ("Why?", "Dlaczego?"), relevant="count(${bed}) > 1"),
        ),
        {"yn": yes_no},
    )


def _opened(found: dict[str, Any]) -> Form:
    return Form(found["xml"], Surroundings())


def test_a_plan_saved_as_a_workbook_is_the_same_form_and_can_be_answered() -> None:
    plan = ward()
    found = import_file(xlsform_bytes(tables_of(plan)), "ward.xlsx")
    assert plan_of(found["tables"]) == plan
    assert found["xml"] == import_tables(tables_of(plan))["xml"]
    assert (found["title"], found["languages"]) == ("Ward = round", list(plan.languages))
    form = _opened(found)
    why = next(form.nodes(("data", "why")))
    assert not look(form, why).asked
    form.add_round(("data", "bed"), form.top)
    assert look(form, why).asked
    tidy = next(form.nodes(("data", "bed", "tidy")))
    assert [name for name, _ in look(form, tidy).choices] == ["yes", "no", "other"]
    assert form.definition.rules["data", "bed", "tidy"].extra == {"score": "if(. = 'no', 0, 1)"}
    form.speak("Polski (pl)")
    assert look(form, tidy).label == "Czy jest porz\u0105dek?"


def test_what_begins_like_a_formula_stays_text() -> None:
    plan = FormPlan("x", "x", items=(Item("text", "q", ("=HYPERLINK(1)",)),))
    assert plan_of(import_file(xlsform_bytes(tables_of(plan)), "x.xlsx")["tables"]) == plan


def test_a_checklist_with_numbers_scales_and_headings_is_read_as_people_do() -> None:
    rows = [
        ["5S checklist, ward 6"],
        [],
        ["No.", "Check point", "OK", "Not OK", "Remark"],
        ["", "SAFETY"],
        ["1", "Is the floor clean?"],
        ["1.1", "Are the exits free?", "yes/no"],
        ["", "Quality:"],
        ["2)", "How good is the light?", "1-5"],
        ["3", "How many wait?", "number"],
        ["", "5S"],
    ]
    plan = plain_plan(rows, "Round")
    told = [(one.kind, one.labels[0]) for one in plan.every()]
    assert told == [
        ("note", "5S checklist, ward 6"),
        ("group", "SAFETY"),
        ("select_one", "Is the floor clean?"),
        ("select_one", "Are the exits free?"),
        ("group", "Quality"),
        ("range", "How good is the light?"),
        ("decimal", "How many wait?"),
        ("select_one", "5S"),
    ]
    assert next(one.parameters for one in plan.every() if one.kind == "range") == (
        "start=1 end=5 step=1"
    )
    # A word that may name a column is a line like any other further down.
    assert [one.kind for one in plain_plan([["Free?"], ["Check"]], "R").every()] == [
        "select_one",
        "select_one",
    ]
    # Where all of it is in capitals none of it is a heading.
    assert [one.kind for one in plain_plan([["FLOOR CLEAN"], ["EXITS FREE"]], "R").every()] == [
        "select_one",
        "select_one",
    ]


def test_a_plain_list_becomes_a_usable_form() -> None:
    rows = [
        ["Question", "Answer"],
        ["Beds:"],
        ["1. Is the floor clear?"],
        ["- Lights", "on / off / broken"],
        [],
        ["How many free beds?", "number"],
        ["Supplies:", ""],
        ["Is the floor clear?", "yes/no"],
        ["Gloves", "look into the second drawer"],
    ]
    plan = plain_plan(rows, "Ward 5 \u2013 round")
    assert (plan.title, plan.form_id) == ("Ward 5 \u2013 round", "ward_5_round")
    assert [(one.kind, one.labels[0]) for one in plan.every()] == [
        ("group", "Beds"),
        ("select_one", "Is the floor clear?"),
        ("select_one", "Lights"),
        ("decimal", "How many free beds?"),
        ("group", "Supplies"),
        ("select_one", "Is the floor clear?"),
        ("select_one", "Gloves"),
    ]
    assert [one.labels[0] for one in plan.lists["lights_choices"]] == ["on", "off", "broken"]
    form = _opened(import_tables(tables_of(plan)))
    second = next(form.nodes((form.top.name, "supplies", "is_the_floor_clear_2")))
    offered = [label for _, label in look(form, second).choices]
    assert offered == [one.labels[0] for one in plan.lists["yes_no"]]
    assert offered[:2] == ["Yes", "No"]


@given(st.lists(st.lists(st.one_of(st.just(""), _CELL), max_size=3), max_size=6), _CELL)
@settings(max_examples=60, deadline=None)
def test_every_line_of_a_plain_list_is_asked(rows: list[list[str]], title: str) -> None:
    plan = plain_plan(rows, title)
    names = [one.name for one in plan.every()]
    assert len(names) == len(set(names))
    assert all(name == fit_name(name) for name in names)
    assert plan_of(tables_of(plan)) == plan
    if any(one.kind != "group" for one in plan.every()):
        assert import_tables(tables_of(plan))["form_id"] == plan.form_id


def test_a_name_that_is_taken_gets_a_number() -> None:
    plan = ward()
    assert plan.free_name("Why?") == "why_2"
    assert plan.free_name("What else?") == "what_else"
    assert replace(plan, items=()).free_name("Why?") == "why"
    assert [fit_name(one) for one in ("", "5S", "meta", "Ł")] == [
        "question",
        "q_5s",
        "question",
        "question",
    ]


def test_a_plan_written_at_once_answers_as_the_same_plan_through_a_spreadsheet() -> None:
    inside = (
        Item("select_one", "ready", ("Ready?",), list_name="yn", or_other=True),
        Item("text", "why", ("Why not ${ready}?",), relevant="${ready} = 'no'"),
        Item("calculate", "mark", calculation="if(${ready} = 'yes', 1, 0)"),
    )
    plan = FormPlan(
        "Ward",
        "ward",
        items=(
            Item("repeat", "bed", ("Bed",), items=inside),
            Item("calculate", "sum_of_all", calculation="sum(${mark})"),
        ),
        lists={"yn": (Choice("yes", ("Yes",)), Choice("no", ("No",)))},
    )
    seen = []
    for xml in (xform_of(plan), import_tables(tables_of(plan))["xml"]):
        form = Form(xml, Surroundings())
        form.add_round(("data", "bed"), form.top)
        for node, text in zip(form.nodes(("data", "bed", "ready")), ("no", "yes"), strict=True):
            form.answer(node, text)
        whys = [look(form, one) for one in form.nodes(("data", "bed", "why"))]
        total = next(form.nodes(("data", "sum_of_all"))).text()
        seen.append(([(one.asked, one.label.strip()) for one in whys], total))
    assert seen[0] == seen[1] == ([(True, "Why not no?"), (False, "Why not yes?")], "1")
