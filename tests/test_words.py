"""Every key that leaves the house as an error has a sentence, and every sentence can be said."""

from __future__ import annotations

import ast
import string
import tomllib
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gemba
from gemba.resources import resource_path
from gemba.words import Words

SOURCES = sorted(Path(gemba.__file__).parent.rglob("*.py"))
# What the classes of errors add to their values by themselves.
ADDED = {"DefinitionError": {"file", "where", "line"}}

words = Words()


def sentences(table: dict[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        key = f"{path}.{name}" if path else name
        if isinstance(value, dict):
            yield from sentences(value, key)
        else:
            yield key, value


ENGLISH = dict(
    sentences(tomllib.loads(resource_path("i18n", "en.toml").read_text(encoding="utf-8")))
)


def gaps(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def name_of(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")


@cache
def classes_and_calls() -> tuple[list[ast.ClassDef], list[tuple[Path, ast.Call]]]:
    """Every class in the source, and every call with a constant first, as errors are made."""
    classes: list[ast.ClassDef] = []
    calls: list[tuple[Path, ast.Call]] = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                classes.append(node)
            elif isinstance(node, ast.Call) and isinstance([*node.args, None][0], ast.Constant):
                calls.append((path, node))
    return classes, calls


@cache
def error_classes() -> frozenset[str]:
    """The names of GembaError and all that is derived from it anywhere in the source."""
    found = {"GembaError"}
    defined, _ = classes_and_calls()
    while True:
        more = {one.name for one in defined if found & {name_of(base) for base in one.bases}}
        if more <= found:
            return frozenset(found)
        found |= more


def raised() -> Iterator[tuple[str, str, str, set[str] | None]]:
    """Where an error is made: place, class, key, and its values unless they are handed through."""
    for path, node in classes_and_calls()[1]:
        if name_of(node.func) not in error_classes():
            continue
        key = node.args[0]
        assert isinstance(key, ast.Constant)
        values = {one.arg for one in node.keywords if one.arg is not None}
        through = any(one.arg is None for one in node.keywords)
        place = f"{path.name}:{node.lineno}"
        yield place, name_of(node.func), str(key.value), None if through else values


def test_every_error_in_the_source_has_a_sentence_and_fills_its_gaps() -> None:
    found = list(raised())
    assert len(found) > 50, "the source was not searched"
    for place, cls, key, values in found:
        assert words.knows(key), f"{place}: {key} has no sentence"
        if values is None:
            continue
        forms = [key] if key in ENGLISH else [f"{key}.one", f"{key}.other"]
        for form in forms:
            missing = gaps(ENGLISH[form]) - values - ADDED.get(cls, set())
            assert not missing, f"{place}: {key} leaves {missing} open"


@pytest.mark.parametrize("key", sorted(ENGLISH))
def test_a_sentence_is_plain_and_its_gaps_are_names(key: str) -> None:
    sentence = ENGLISH[key]
    assert isinstance(sentence, str)
    assert sentence == sentence.strip() != ""
    assert "!" not in sentence
    assert "please" not in sentence.casefold()
    for _, name, form, conversion in string.Formatter().parse(sentence):
        if name is not None:
            assert name.isidentifier(), "no attributes or items are reached through a value"
            assert not form
            assert not conversion


def test_a_sentence_for_one_has_a_sentence_for_several() -> None:
    for key in ENGLISH:
        stem, _, form = key.rpartition(".")
        if form in ("one", "other"):
            assert f"{stem}.one" in ENGLISH
            assert f"{stem}.other" in ENGLISH


@given(
    st.sampled_from(sorted(ENGLISH)),
    st.dictionaries(
        st.sampled_from(["file", "where", "value", "count", "kind", "id", "reason", "text"]),
        st.one_of(st.text(), st.integers(), st.dates(), st.none(), st.floats()),
    ),
)
def test_any_key_with_any_values_is_said(key: str, values: dict[str, object]) -> None:
    said = words(key, **values)
    for name in gaps(ENGLISH[key]) & set(values):
        if isinstance(values[name], str):
            assert str(values[name]) in said


@given(st.text(), st.dictionaries(st.sampled_from(["a", "b"]), st.text()))
def test_an_unknown_key_is_shown_with_its_values_and_never_a_crash(
    key: str, values: dict[str, str]
) -> None:
    key = f"unknown.{key}"
    said = words(key, **values)
    assert said.startswith(key)
    assert all(value in said for value in values.values())


def test_text_of_a_user_is_never_taken_for_a_gap() -> None:
    said = words("record.unknown", kind="{id} {0} {kind.__class__}", id="%s")
    assert said == "There is no {id} {0} {kind.__class__} called %s."


def test_a_missing_value_leaves_a_gap_one_can_see() -> None:
    assert words("record.unknown", kind="walk") == "There is no walk called …."


@pytest.mark.parametrize(
    ("count", "said"), [(1, "1 line too many"), (0, "0 lines too many"), (2, "2 lines too many")]
)
def test_one_line_and_several(count: int, said: str) -> None:
    assert words("sheet.lines_over", count=count) == said


def test_days_are_said_as_people_do() -> None:
    assert words.day(date(2026, 11, 4)) == "4 Nov"
    assert words.day_and_year(date(2026, 11, 4)) == "4 Nov 2026"
    assert words.weekday(date(2026, 11, 26)) == "Thu 26 Nov"
    assert words.day(datetime(2026, 3, 1, 23, 59)) == "1 Mar"
    assert words.day("") == ""


@given(st.dates())
def test_every_day_of_the_calendar_can_be_said(day: date) -> None:
    assert words.day_and_year(day).split()[0] == str(day.day)
    assert (
        words.weekday(day)[:3] == ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[day.weekday()]
    )
