from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gemba.definitions.read import read_question_set, read_question_text, read_sheet
from gemba.domain.definition import SheetDefinition
from gemba.domain.definition_checks import DefinitionError
from gemba.domain.question_set import QuestionSet
from gemba.resources import resource_path
from gemba.words import Words

PS7 = resource_path("sheets", "ps7.toml").read_text(encoding="utf-8")
CYCLE = resource_path("questions", "cycle.toml").read_text(encoding="utf-8")


def told(path: Path, text: str | bytes, *, questions: bool = False) -> DefinitionError:
    """Write the file, read it, and hand back the fault, which has to be told and to name it."""
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(DefinitionError) as caught:
        (read_question_set if questions else read_sheet)(path)
    fault = caught.value
    assert fault.file == path.name
    sentence = Words()(fault.key, **fault.values)
    assert path.name in sentence
    assert "…" not in sentence, "a gap of the sentence was left open"
    return fault


@pytest.mark.parametrize(
    ("old", "new", "key", "where"),
    [
        ('label = "Goal"', "", "definition.missing_key", "boxes.goal.label"),
        ('label = "Goal"', 'label = ""', "definition.empty", "boxes.goal.label"),
        ('label = "Goal"', "label = 7", "definition.wrong_type", "boxes.goal.label"),
        ('label = "Goal"', 'lable = "Goal"', "definition.unknown_key", "boxes.goal.lable"),
        ('id = "goal"', 'id = "current"', "definition.duplicate", "boxes.id"),
        ("version = 1", "version = 1.0", "definition.wrong_type", "version"),
        ("version = 1", "version = true", "definition.wrong_type", "version"),
        ("version = 1", "version = -1", "definition.version", "version"),
        ("gutter = 6", 'gutter = "6 mm"', "definition.wrong_type", "page.gutter"),
        ("gutter = 6", "gutter = 6\ngap = 2", "definition.unknown_key", "page.gap"),
        ("height_mm = 38", "height_mm = 39", "definition.heights", "boxes (left column)"),
        ("height_mm = 38", "height_mm = nan", "definition.length", "boxes.background.height_mm"),
        ('column = "left"', 'column = "top"', "definition.choice", "boxes.background.column"),
        ("figures = []", "figures = [1]", "definition.wrong_type", "boxes.background.figures[0]"),
        ("figures = []", 'figures = "photo"', "definition.wrong_type", "boxes.background.figures"),
    ],
)
def test_a_broken_sheet_names_file_and_key(
    tmp_path: Path, old: str, new: str, key: str, where: str
) -> None:
    assert old in PS7
    fault = told(tmp_path / "mine.toml", PS7.replace(old, new, 1))
    assert (fault.key, fault.where) == (key, where)
    line = int(str(fault.values["line"]))
    changed = PS7[: PS7.index(old)].count("\n") + 1
    if new and key not in ("definition.heights",):
        added = new.count("\n")
        assert line == changed + added
    sentence = Words()(fault.key, **fault.values)
    assert f"mine.toml, line {line}" in sentence


@pytest.mark.parametrize(
    ("old", "new", "key", "where"),
    [
        ('kind = "cycle"', 'kind = "quiz"', "definition.choice", "kind"),
        ('id = "obstacle"', 'id = "now"', "definition.duplicate", "steps.id"),
        ('when = "after_first"', "when = 2", "definition.wrong_type", "steps.lookback_step.when"),
        ('label = "', 'group = "', "definition.unknown_key", "group"),
        ("[[steps]]", "[steps]", "definition.not_toml", None),
    ],
)
def test_a_broken_question_set_names_file_and_key(
    tmp_path: Path, old: str, new: str, key: str, where: str | None
) -> None:
    assert old in CYCLE
    fault = told(tmp_path / "mine.toml", CYCLE.replace(old, new, 1), questions=True)
    assert fault.key == key
    assert where is None or fault.where == where


def test_bad_toml_names_the_line(tmp_path: Path) -> None:
    lines = PS7.splitlines()
    lines[4] = 'label = "Problem-solving A3'
    fault = told(tmp_path / "mine.toml", "\n".join(lines))
    assert (fault.key, fault.values["line"]) == ("definition.not_toml", "5")


@pytest.mark.parametrize("cut", [1, 2, 3])
def test_a_file_that_ends_too_early_names_a_line_that_exists(tmp_path: Path, cut: int) -> None:
    text = "\n".join(PS7.splitlines()[:cut]) + '\nlabel = "'
    fault = told(tmp_path / "mine.toml", text)
    assert fault.key == "definition.not_toml"
    assert 1 <= int(str(fault.values["line"])) <= cut + 1


@pytest.mark.parametrize("data", [b"\xff\xfe\x00i\x00d", b"id = '\xe4'", b"x = " + b"[" * 5000])
def test_what_is_no_text_is_told(tmp_path: Path, data: bytes) -> None:
    assert told(tmp_path / "mine.toml", data).key in (
        "definition.unreadable",
        "definition.not_toml",
    )


@pytest.mark.parametrize("digits", ["1" + "0" * 400, "1" + "0" * 5000, "0x" + "f" * 500])
@pytest.mark.parametrize("line", ["height_mm = 38", "version = 1", "width = 420"])
def test_a_number_too_large_to_keep_is_told(tmp_path: Path, line: str, digits: str) -> None:
    text = PS7.replace(line, f"{line.split(' = ')[0]} = {digits}", 1)
    assert told(tmp_path / "mine.toml", text).key in (
        "definition.wrong_type",
        "definition.unreadable",
    )


def test_a_huge_file_is_refused_before_it_is_parsed(tmp_path: Path) -> None:
    assert told(tmp_path / "mine.toml", b"#" * 1_000_001).key == "definition.unreadable"


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    (tmp_path / "folder.toml").mkdir()
    for name in ("absent.toml", "folder.toml"):
        with pytest.raises(DefinitionError) as caught:
            read_sheet(tmp_path / name)
        assert (caught.value.key, caught.value.file) == ("definition.unreadable", name)


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(b"\xef\xbb\xbf" + PS7.replace("\n", "\r\n").encode())
    assert read_sheet(path) == read_sheet(resource_path("sheets", "ps7.toml"))


values: st.SearchStrategy[Any] = st.recursive(
    st.one_of(
        st.text(max_size=8),
        st.integers(-5, 500),
        st.floats(allow_nan=True),
        st.booleans(),
    ),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), inner, max_size=3)
    ),
    max_leaves=6,
)


def literal(value: Any) -> str:
    """Write a value as TOML on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        escaped = "".join(f"\\u{ord(c):04x}" if ord(c) < 32 or c in '"\\\x7f' else c for c in value)
        return f'"{escaped}"'
    if isinstance(value, list):
        return f"[{', '.join(map(literal, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k} = {literal(v)}" for k, v in value.items()) + "}"
    return repr(value)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), value=values)
def test_any_value_anywhere_is_read_or_told_and_never_a_crash(
    tmp_path: Path, data: st.DataObject, value: Any
) -> None:
    for text, read, cls in (
        (PS7, read_sheet, SheetDefinition),
        (CYCLE, read_question_set, QuestionSet),
    ):
        lines = text.splitlines()
        places = [n for n, line in enumerate(lines) if re.match(r"[a-z_]+ = [^\[]", line)]
        n = data.draw(st.sampled_from(places))
        lines[n] = f"{lines[n].split(' = ')[0]} = {literal(value)}"
        path = tmp_path / "mine.toml"
        path.write_text("\n".join(lines), encoding="utf-8")
        outcome: object
        try:
            outcome = read(path)
        except DefinitionError as fault:
            outcome = fault
        if isinstance(outcome, DefinitionError):
            assert outcome.file == "mine.toml"
            assert outcome.where
            assert Words().knows(outcome.key)
        else:
            assert isinstance(outcome, cls)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.from_regex(r"[a-z][a-z0-9]{2,9}", fullmatch=True), data=st.data())
def test_an_unknown_key_is_never_passed_over(
    tmp_path: Path, name: str, data: st.DataObject
) -> None:
    known = {line.split(" = ")[0].strip() for line in PS7.splitlines() if " = " in line}
    name = f"{name}_" if name in known | {"boxes", "page"} else name
    lines = PS7.splitlines()
    places = [n for n, line in enumerate(lines) if line.startswith(("id = ", "width = "))]
    lines.insert(data.draw(st.sampled_from(places)), f"{name} = 1")
    fault = told(tmp_path / "mine.toml", "\n".join(lines))
    assert fault.key == "definition.unknown_key"
    assert fault.where.endswith(name)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a." * 40 + "a = 1", "nested too deep"),
        ("x = { " + "b . " * 40 + "b = 1 }", "nested too deep"),
        ("#" * 1_000_001, "too large"),
    ],
)
def test_a_text_kept_with_a_talk_has_the_same_bounds_as_a_file(text: str, reason: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        read_question_text(text, "Ours")
    assert reason in str(caught.value.values["reason"])
