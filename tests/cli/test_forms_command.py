"""Forms on the command line: in, listed, and out again."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.conftest import Call

LIST = "Is the way out free?\nHow many wait?\tnumber\n"


@pytest.fixture
def form_id(call: Call, tmp_path: Path) -> str:
    path = tmp_path / "morning look.txt"
    path.write_text(LIST, encoding="utf-8")
    told = call("import", "form", path, "--json").json
    assert told["title"] == "morning look"
    return str(told["id"])


def test_a_form_comes_in_is_listed_and_goes_out(call: Call, form_id: str, tmp_path: Path) -> None:
    (row,) = call("list", "forms", "--json").json
    assert (row["id"], row["version"], row["filled_in"]) == (form_id, 1, 0)
    for ending, begin in ((".pdf", b"%PDF-"), (".xlsx", b"PK"), (".xml", b"<?xml")):
        path = tmp_path / f"form{ending}"
        assert call("export", "form", form_id[:8], path).code == 0
        assert path.read_bytes().startswith(begin)
    answers = tmp_path / "answers.xlsx"
    assert call("export", "answers", form_id, str(answers)).code == 0
    heads = [cell.value for cell in load_workbook(io.BytesIO(answers.read_bytes())).active[1]]
    assert heads[:3] == ["id", "begun", "handed_in"]


def test_a_second_file_is_the_next_version(call: Call, form_id: str, tmp_path: Path) -> None:
    path = tmp_path / "newer.xml"
    call("export", "form", form_id, path)
    assert call("import", "form", path, "--into", form_id).code == 0
    (row,) = call("list", "forms", "--json").json
    assert row["version"] == 2


@pytest.mark.parametrize(
    ("name", "data"),
    [("empty.txt", b"\n"), ("word.xlsx", b"PK\x03\x04word"), ("broken.xml", b"<html>")],
)
def test_what_is_no_form_is_a_wrong_call_with_a_sentence(
    call: Call, tmp_path: Path, name: str, data: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    done = call("import", "form", path)
    assert done.code == 2
    assert done.err.strip()
    assert "Traceback" not in done.err
    assert call("list", "forms", "--json").json == []


def test_a_preview_names_what_is_not_supported_and_brings_nothing_in(
    call: Call, tmp_path: Path
) -> None:
    path = tmp_path / "ward.csv"
    path.write_text("type,name,label\ntext,why,Why?\ngeopoint,where,Where?\n", encoding="utf-8")
    told = call("import", "form", path, "--preview", "--json").json
    assert told["title"] == "ward"
    assert [one.partition(":")[0] for one in told["not_supported"]] == ["where"]
    assert "where: Not supported: places" in call("import", "form", path, "--preview").out
    assert call("list", "forms", "--json").json == []
    path.write_text("type,name,label\ncalculate,a,,\n", encoding="utf-8")
    done = call("import", "form", path, "--preview")
    assert (done.code, "row 2" in done.err) == (2, True)


def test_another_ending_is_a_wrong_call(call: Call, form_id: str, tmp_path: Path) -> None:
    done = call("export", "form", form_id, str(tmp_path / "form.docx"))
    assert done.code == 2
    assert ".docx" in done.err
