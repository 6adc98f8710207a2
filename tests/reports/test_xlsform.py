"""A built form as a workbook that the standard's converter and KoboToolbox read as it was meant.

The rules are those of https://xlsform.org and of KoboToolbox's own reader (formpack): sheets by
their small names, columns it knows or takes for words in a language, lists named in list_name, one
language without a name or all with one, and ``::`` only where a language stands behind it.
"""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from openpyxl import load_workbook
from pyxform.xls2xform import convert

from gemba.domain.form_building import added, as_kind, with_choices
from gemba.domain.form_languages import with_languages
from gemba.domain.form_plan import CHOOSING, FormPlan, Item
from gemba.forms.planning import plan_of, tables_of
from gemba.reports.xlsform import xlsform_bytes

KINDS = (
    "select_one", "select_multiple", "text", "integer", "decimal", "range", "date", "time",
    "dateTime", "image", "rank", "acknowledge", "note", "calculate", "group", "repeat",
)  # fmt: skip
SURVEY = {
    "type", "name", "required", "relevant", "constraint", "calculation", "default", "read_only",
    "appearance", "choice_filter", "parameters", "repeat_count",
}  # fmt: skip
WORDS = {"label", "hint", "constraint_message", "required_message"}
SETTINGS = {"form_title", "form_id", "version", "default_language"}
RESERVED = {"meta", "data", "instanceID", "formhub", "__version__"}


def every_kind() -> FormPlan:
    plan = FormPlan("Meta & more", "look")
    for kind in KINDS:
        plan, place = added(plan, f"A {kind}?", "text")
        plan = as_kind(plan, place, kind)
        if kind in CHOOSING:
            plan = with_choices(plan, place, "Yes\nNo\n5 S")
        if kind in ("group", "repeat"):
            plan, _ = added(plan, f"Inside the {kind}?", "integer", place)
    plan, _ = added(plan, "meta", "text")

    def whole(one: Item) -> Item:
        from dataclasses import replace

        hints = ("Look twice",) if one.kind in ("text", "image") else ()
        wanted = "1 + 1" if one.kind == "calculate" else ""
        return replace(one, hints=hints, calculation=wanted, items=tuple(map(whole, one.items)))

    return plan.with_items(tuple(map(whole, plan.items)))


@pytest.mark.parametrize("languages", [[], ["English (en)", "Deutsch (de)"]])
def test_a_built_form_keeps_to_what_other_tools_read(languages: list[str]) -> None:
    plan = with_languages(every_kind(), languages)
    data = xlsform_bytes(tables_of(plan))
    book: Any = load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["survey", "choices", "settings"]
    rows = {page.title: list(page.iter_rows(values_only=True)) for page in book.worksheets}
    spoken = {f"{word}::{language}" for word in WORDS for language in languages}
    assert set(rows["survey"][0]) <= SURVEY | (spoken or WORDS)
    labels = [f"label::{one}" for one in languages] or ["label"]
    assert list(rows["choices"][0]) == ["list_name", "name", *labels]
    assert set(rows["settings"][0]) <= SETTINGS
    assert len(rows["settings"]) == 2
    names = [row[1] for row in rows["survey"][1:] if row[1]]
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name) for name in names)
    assert len(set(names)) == len(names)
    assert not RESERVED & set(names)
    settings = dict(zip(*rows["settings"], strict=True))
    assert settings.get("default_language") == (languages[0] if languages else None)


@pytest.mark.parametrize("languages", [[], ["English (en)", "Deutsch (de)"]])
def test_the_converter_of_the_standard_takes_every_kind_of_question(languages: list[str]) -> None:
    plan = with_languages(every_kind(), languages)
    made = convert(io.BytesIO(xlsform_bytes(tables_of(plan))), file_type=".xlsx")
    assert 'id="look"' in made.xform
    assert plan_of(tables_of(plan)) == plan
    for one in plan.every():
        assert f"/{one.name}" in made.xform
    for unsure in made.warnings:
        assert not re.search(r"gemba|column|unknown", str(unsure)), unsure


def test_the_converter_passes_over_what_is_only_ours() -> None:
    item = Item("text", "why", ("Why?",), action="no", score="yes", standard_photo="a" * 64)
    data = xlsform_bytes(tables_of(FormPlan("Look", "look", items=(item,))))
    made = convert(io.BytesIO(data), file_type=".xlsx")
    assert "gemba" not in made.xform
