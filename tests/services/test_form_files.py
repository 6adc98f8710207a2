"""Forms from files of strangers: what comes out, and what is refused at which place."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from gemba.domain.errors import BadInput, GembaError
from gemba.domain.form_import import ImportedForm
from gemba.forms.form import Form
from gemba.forms.importing import import_tables
from gemba.forms.looking import look
from gemba.forms.scope import Surroundings
from gemba.forms.settling import MOST_ROUNDS
from gemba.forms.sheet_checks import MOST_QUESTIONS, check
from gemba.forms.workbook import table_book
from gemba.services.form_files import read_form, read_tables
from gemba.services.gate import Gate
from gemba.words import Words
from tests.forms.books import HEAD, empty_workbook, saved, survey, with_part

_WORDS = Words()


@pytest.fixture(scope="module")
def gate() -> Iterator[Gate]:
    made = Gate()
    yield made
    made.close()


def said(problem: GembaError) -> str:
    assert _WORDS.knows(problem.key), problem
    sentence = _WORDS(problem.key, **problem.values)
    assert sentence.endswith((".", "?")), sentence
    assert "Traceback" not in sentence
    return sentence


def refused(gate: Gate, path: Path) -> str:
    with pytest.raises(BadInput) as caught:
        read_form(gate, path)
    return said(caught.value)


WARD = (
    ("select_one yn", "tidy", "Is the ward tidy?"),
    ("text", "why", "Why not?", "${tidy} = 'no'"),
    ("integer", "beds", "How many beds?", "", ". > 0"),
    ("calculate", "twice", "", "", "", "${beds} * 2"),
)
YN = (("yn", "yes", "Yes"), ("yn", "no", "No"))


def test_a_workbook_becomes_a_form_that_can_be_answered(gate: Gate, tmp_path: Path) -> None:
    settings = (("form_title", "form_id", "version"), ("Ward round", "ward", "3"))
    data = survey(*WARD, choices=YN, settings=settings)
    found = read_form(gate, saved(tmp_path, "ward.xlsx", data))
    assert (found.title, found.form_id, found.version) == ("Ward round", "ward", "3")
    assert (found.kind, found.languages, found.unsupported) == ("xlsx", (), ())
    assert (found.original, found.sha256) == (data, sha256(data).hexdigest())
    form = Form(found.xml, Surroundings())
    tidy, why = (next(form.nodes(("data", name))) for name in ("tidy", "why"))
    assert look(form, tidy).choices == (("yes", "Yes"), ("no", "No"))
    assert not look(form, why).asked
    form.answer(tidy, "no")
    assert look(form, why).asked


def test_a_form_that_says_no_title_has_the_name_of_its_file(gate: Gate, tmp_path: Path) -> None:
    path = saved(tmp_path, "Ward & <round> 5.xlsx", survey(*WARD, choices=YN))
    found = read_form(gate, path)
    assert (found.title, found.form_id) == ("Ward & <round> 5", "Ward & <round> 5")


@pytest.mark.parametrize("name", ["ward.xls", "ward.txt", "ward", "ward.docx"])
def test_the_kind_is_told_by_what_is_in_the_file(gate: Gate, tmp_path: Path, name: str) -> None:
    assert read_form(gate, saved(tmp_path, name, survey(*WARD, choices=YN))).kind == "xlsx"


def test_tables_in_markdown_and_csv_are_forms_too(gate: Gate, tmp_path: Path) -> None:
    markdown = "| survey |\n| | type | name | label |\n| | text | q | What? |\n"
    assert read_form(gate, saved(tmp_path, "a.md", markdown.encode())).kind == "md"
    for text in ("survey\n,type,name,label\n,text,q,What?\n", "type,name,label\ntext,q,What?\n"):
        found = read_form(gate, saved(tmp_path, "a.csv", text.encode()))
        assert found.kind == "csv"
        assert "<q/>" in found.xml


def test_a_workbook_with_macros_is_read_without_them(gate: Gate, tmp_path: Path) -> None:
    data = with_part(survey(*WARD, choices=YN), "xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" * 500)
    path = saved(tmp_path, "ward.xlsm", data)
    found = read_form(gate, path)
    assert found.kind == "xlsx"
    assert b"vbaProject" in found.original


def test_what_is_not_supported_is_listed_with_its_place(gate: Gate, tmp_path: Path) -> None:
    rows = [
        ("geopoint", "place", "Where?"),
        ("barcode", "code", "Which code?"),
        ("audio", "sound", "Say it"),
        ("text", "q", "What?"),
        ("calculate", "looked", "", "", "", "pulldata('beds', 'ward', 'id', ${q})"),
    ]
    settings = (("form_title", "public_key"), ("Ward", "MIIB"))
    found = read_form(gate, saved(tmp_path, "a.xlsx", survey(*rows, settings=settings)))
    listed = [(one.what, one.place.sheet, one.place.row, one.name) for one in found.unsupported]
    assert listed == [
        ("geo", "survey", 2, "place"),
        ("barcode", "survey", 3, "code"),
        ("audio", "survey", 4, "sound"),
        ("external", "survey", 6, "looked"),
        ("encryption", "settings", 2, ""),
    ]
    for one in found.unsupported:
        assert _WORDS(one.key).startswith("Not supported: ")


def test_columns_of_ours_come_with_the_form(gate: Gate) -> None:
    head = ["type", "name", "label", "gemba::action", "gemba::score"]
    tables = {"survey": [head, ["text", "q", "What?", "promise", "if(. = 'no', 0, 2)"]]}
    found = read_tables(gate, tables, "Ward")
    extra = Form(found.xml, Surroundings()).definition.rules["data", "q"].extra
    assert extra == {"action": "promise", "score": "if(. = 'no', 0, 2)"}
    assert found.tables["survey"][0] == head


def test_languages_begin_with_the_default_one(gate: Gate) -> None:
    head = ["type", "name", "label::English (en)", "label::Polski (pl)"]
    tables = {
        "survey": [head, ["text", "q", "What?", "Co?"]],
        "settings": [["default_language"], ["Polski (pl)"]],
    }
    assert read_tables(gate, tables, "Ward").languages == ("Polski (pl)", "English (en)")


@pytest.mark.parametrize(
    ("rows", "place", "reason"),
    [
        ([("text", "q", "Q", "${lost} = 1")], (2, "relevant"), "lost"),
        ([("text", "q", "Q"), ("text", "q", "R")], (3, "name"), "q"),
        ([("text", "q", "Q", "", "1 +")], (2, "constraint"), "letter 4"),
        ([("text", "q", "Q", "", ". > nothing(1)")], (2, "constraint"), "letter 5"),
        ([("text", "q", "Q", "", ". # 1")], (2, "constraint"), "letter 3"),
        ([("text", "1q", "Q")], (2, "name"), "letter"),
        ([("test", "q", "Q")], (2, "type"), "test"),
        ([("text", "", "Q")], (2, "name"), "no name"),
        ([("", "q", "Q")], (2, "type"), "no type"),
        ([("begin_group", "g", "G"), ("text", "q", "Q")], (2, "type"), "begins"),
        ([("text", "q", "Q"), ("end_group", "", "")], (3, "type"), "ends"),
        ([("select_one lost", "q", "Q")], (2, "type"), "choices"),
        ([("calculate", "c", "")], (2, "calculation"), "calculation"),
    ],
)
def test_a_mistake_is_named_with_sheet_row_and_column(
    gate: Gate, tmp_path: Path, rows: list[tuple[str, ...]], place: tuple[int, str], reason: str
) -> None:
    sentence = refused(gate, saved(tmp_path, "a.xlsx", survey(*rows)))
    assert sentence.startswith(f"Sheet survey, row {place[0]}, column {place[1]}: ")
    assert reason in sentence


def test_a_letter_nobody_sees_is_named(gate: Gate) -> None:
    with pytest.raises(BadInput) as caught:
        read_tables(gate, {"survey": [list(HEAD), ["text", "q", "Wh\x02at?"]]}, "Ward")
    assert said(caught.value).startswith("Sheet survey, row 2, column label: Letter 3 ")


def test_a_circle_is_refused_with_its_path(gate: Gate, tmp_path: Path) -> None:
    rows = [
        ("calculate", "a", "", "", "", "${b} + 1"),
        ("calculate", "b", "", "", "", "${c} + 1"),
        ("calculate", "c", "", "", "", "${a} + 1"),
    ]
    sentence = refused(gate, saved(tmp_path, "a.xlsx", survey(*rows)))
    assert "column calculation" in sentence
    for name in "abc":
        assert f"/data/{name}" in sentence


def test_a_repeat_of_a_billion_is_refused_with_its_place(gate: Gate) -> None:
    tables = {
        "survey": [
            ["type", "name", "label", "repeat_count"],
            ["begin_repeat", "bed", "Bed", "1000000000"],
            ["text", "q", "Q", ""],
            ["end_repeat", "", "", ""],
        ]
    }
    with pytest.raises(BadInput) as caught:
        read_tables(gate, tables, "Ward")
    assert said(caught.value).startswith("Sheet survey, row 2, column repeat_count: ")
    assert str(MOST_ROUNDS) in said(caught.value)


def test_a_pattern_that_explodes_elsewhere_does_no_harm(gate: Gate, tmp_path: Path) -> None:
    row = ("text", "q", "Q", "", "regex(., '(a+)+$')")
    found = read_form(gate, saved(tmp_path, "a.xlsx", survey(row)))
    form = Form(found.xml, Surroundings())
    node = next(form.nodes(("data", "q")))
    form.answer(node, "a" * 50 + "!")
    assert look(form, node).wrong == "constraint"


def test_groups_without_end_are_refused(gate: Gate, tmp_path: Path) -> None:
    begin = [("begin_group", f"g{number}", "G") for number in range(10_000)]
    data = survey(*begin, ("text", "q", "Q"))
    assert "inside each other" in refused(gate, saved(tmp_path, "a.xlsx", data))


def test_fifty_thousand_rows_are_refused(gate: Gate, tmp_path: Path) -> None:
    data = survey(*(("text", f"q{number}", "Q") for number in range(50_000)))
    assert "rows" in refused(gate, saved(tmp_path, "a.xlsx", data))


def test_more_questions_than_anybody_asks_are_refused_by_their_count() -> None:
    rows = [["type", "name", "label"], *(["text", f"q{n}", "Q"] for n in range(MOST_QUESTIONS))]
    check(table_book({"survey": [*rows, ["begin group", "g", "G"], ["end group", "", ""]]}))
    with pytest.raises(BadInput) as caught:
        check(table_book({"survey": [*rows, ["text", "last", "Q"]]}))
    assert said(caught.value).startswith(f"Sheet survey, row {MOST_QUESTIONS + 2}: More than")


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ({"type": "range", "parameters": "step=0"}, "parameters", "leads nowhere"),
        ({"type": "range", "parameters": "start=x"}, "parameters", "parameter start has"),
        ({"type": "text", "parameters": "rows=many"}, "parameters", "parameter rows has"),
        ({"type": "select_one_from_file a.pdf"}, "type", "This one is a.pdf"),
        ({"type": "select_one yn", "parameters": "seed=1"}, "parameters", "randomize=true"),
        ({"type": "select_one yn", "parameters": "randomize=no"}, "parameters", "randomize has"),
        ({"type": "audit"}, "name", "always named audit"),
        ({"type": "image", "parameters": "max-pixels=far"}, "parameters", "max-pixels has"),
    ],
)
def test_what_the_converter_refuses_is_said_in_words_of_ours(
    row: dict[str, str], column: str, words: str
) -> None:
    heads = ["type", "name", "label", "parameters"]
    cells = {"name": "q", "label": "Q?", **row}
    survey_rows = [heads, [cells.get(one, "") for one in heads]]
    lists = [["list_name", "name", "label"], ["yn", "yes", "Yes"], ["yn", "no", "No"]]
    with pytest.raises(BadInput) as caught:
        import_tables({"survey": survey_rows, "choices": lists})
    assert said(caught.value).startswith(f"Sheet survey, row 2, column {column}: ")
    assert words in said(caught.value)


def test_a_name_that_stands_twice_is_refused_where_it_does() -> None:
    rows = [["type", "name", "label"], ["text", "why", "Why?"], ["text", "why", "And why?"]]
    with pytest.raises(BadInput) as caught:
        import_tables({"survey": rows})
    assert said(caught.value) == (
        "Sheet survey, row 3, column name: The name why is used twice in the same group."
    )
    lists = [["list_name", "name", "label"], ["yn", "yes", "Yes"], ["yn", "yes", "No"]]
    with pytest.raises(BadInput) as caught:
        import_tables({"survey": [rows[0], ["select_one yn", "a", "A"]], "choices": lists})
    assert said(caught.value).startswith("Sheet choices, row 3, column name: ")


def test_groups_ten_thousand_deep_are_refused_where_they_become_too_many() -> None:
    rows = [["begin_group", f"g{number}", "G"] for number in range(10_000)]
    with pytest.raises(BadInput) as caught:
        import_tables({"survey": [["type", "name", "label"], *rows, ["text", "q", "Q"]]})
    assert said(caught.value).startswith("Sheet survey, row 42, column type: More than 40")


def test_a_bomb_is_refused(gate: Gate, tmp_path: Path) -> None:
    data = with_part(survey(*WARD, choices=YN), "xl/media/x.xml", b"<x/>" + b" " * 200_000_000)
    assert len(data) < 1_000_000
    assert "unpack" in refused(gate, saved(tmp_path, "a.xlsx", data))


def test_a_bomb_that_lies_about_its_size_is_refused(gate: Gate, tmp_path: Path) -> None:
    data = bytearray(with_part(survey(*WARD, choices=YN), "xl/sharedStrings.xml", b" " * 10**8))
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        found = packed.getinfo("xl/sharedStrings.xml")
    size = found.file_size.to_bytes(4, "little")
    for at in range(len(data) - 4):
        if data[at : at + 4] == size:
            data[at : at + 4] = (100).to_bytes(4, "little")
    assert refused(gate, saved(tmp_path, "a.xlsx", bytes(data)))


def test_entities_inside_are_refused(gate: Gate, tmp_path: Path) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(12))
    sheet = f"<!DOCTYPE x [{laughs}]><worksheet><sheetData>&l11;</sheetData></worksheet>"
    data = with_part(survey(*WARD, choices=YN), "xl/worksheets/sheet1.xml", sheet.encode())
    assert "entities" in refused(gate, saved(tmp_path, "a.xlsx", data))


def test_printers_quotation_marks_are_read_as_straight_ones(gate: Gate, tmp_path: Path) -> None:
    rows = [WARD[0], ("text", "why", "Why not?", "${tidy} = \u2018no\u2019")]
    found = read_form(gate, saved(tmp_path, "a.xlsx", survey(*rows, choices=YN)))
    assert [(one.key, one.place.row) for one in found.remarks] == [("form_remark.quotes", 3)]
    form = Form(found.xml, Surroundings())
    form.answer(next(form.nodes(("data", "tidy"))), "no")
    assert form.asked(next(form.nodes(("data", "why"))))


def _with_day(column: int) -> bytes:
    book = load_workbook(io.BytesIO(survey(WARD[0], choices=YN)))
    book["choices"].cell(2, column).value = datetime(2026, 2, 1)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_name_that_became_a_day_is_refused_and_a_label_mentioned(
    gate: Gate, tmp_path: Path
) -> None:
    sentence = refused(gate, saved(tmp_path, "a.xlsx", _with_day(2)))
    assert sentence.startswith("Sheet choices, row 2, column name: ")
    found = read_form(gate, saved(tmp_path, "a.xlsx", _with_day(3)))
    assert [one.key for one in found.remarks] == ["form_remark.day"]
    assert ">2026-02-01<" in found.xml


def test_trailing_blanks_change_nothing(gate: Gate, tmp_path: Path) -> None:
    book = Workbook()
    page = book.active
    page.title = "survey"
    page.append(["type ", " name", "label  ", None, " "])
    page.append(["text  ", " q\u00a0", "What? ", " ", None])
    for _ in range(300):
        page.append([" ", None, "  "])
    page.append(["text", "last", "Still there"])
    out = io.BytesIO()
    book.save(out)
    found = read_form(gate, saved(tmp_path, "a.xlsx", out.getvalue()))
    form = Form(found.xml, Surroundings())
    assert [node.name for node in form.top.elements()][:2] == ["q", "last"]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.xlsx", b"", "empty"),
        ("blank.xlsx", b" \n", "empty"),
        ("nothing.xlsx", empty_workbook(), "empty"),
        ("broken.xlsx", survey(*WARD, choices=YN)[:-400], "damaged"),
        ("noise.xlsx", bytes(range(256)) * 40, "no spreadsheet"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000), "damaged"),
        ("old.xlsx", b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le"), "Word"),
        ("locked.xlsx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("page.xlsx", b"<html><body>Not found</body></html>", "no spreadsheet"),
    ],
)
def test_what_is_no_form_is_said(
    gate: Gate, tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    assert reason in refused(gate, saved(tmp_path, name, data))


def test_a_cell_without_end_in_a_csv_is_refused(gate: Gate, tmp_path: Path) -> None:
    data = b'"type","name","label"\n"text","a","' + b"x" * 1_100_000
    assert "damaged inside" in refused(gate, saved(tmp_path, "list.csv", data))


def test_an_xform_is_opened_in_the_same_process(gate: Gate, tmp_path: Path) -> None:
    xml = read_form(gate, saved(tmp_path, "a.xlsx", survey(*WARD, choices=YN))).xml
    found = read_form(gate, saved(tmp_path, "a.xml", b"\xef\xbb\xbf" + xml.encode()))
    assert (found.kind, found.xml, found.title) == ("xform", xml, "a")
    circle = xml.replace("/data/beds  * 2", "/data/twice + /data/beds")
    assert circle != xml
    assert "wait for each other" in refused(gate, saved(tmp_path, "a.xml", circle.encode()))
    entity = '<!DOCTYPE x [<!ENTITY a "b">]>' + xml.partition("?>")[2]
    assert "entity" in refused(gate, saved(tmp_path, "a.xml", entity.encode()))
    deep = f'<h xmlns="http://www.w3.org/2002/xforms">{"<g>" * 10_000}'
    assert "inside each other" in refused(gate, saved(tmp_path, "a.xml", deep.encode()))


def test_a_word_file_named_as_a_workbook_is_called_one(gate: Gate, tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("word/document.xml", "<document/>")
    assert "Word" in refused(gate, saved(tmp_path, "form.xlsx", out.getvalue()))


def test_a_form_without_a_survey_sheet_names_the_sheets_it_has(gate: Gate) -> None:
    with pytest.raises(BadInput) as caught:
        read_tables(gate, {"questions": [list(HEAD)], "notes": [["x"]]}, "Ward")
    assert "questions, notes" in said(caught.value)


def test_a_sheet_without_questions_is_refused(gate: Gate) -> None:
    with pytest.raises(BadInput) as caught:
        read_tables(gate, {"survey": [list(HEAD)], "choices": [["list_name"]]}, "Ward")
    assert said(caught.value).startswith("Sheet survey")


def test_a_missing_file_is_said(gate: Gate, tmp_path: Path) -> None:
    with pytest.raises(GembaError) as caught:
        read_form(gate, tmp_path / "lost.xlsx")
    assert _WORDS.knows(caught.value.key)


def test_the_gatekeeper_serves_on_after_every_refusal(gate: Gate, tmp_path: Path) -> None:
    refused(gate, saved(tmp_path, "a.xlsx", b"PK\x03\x04 and nothing"))
    found: ImportedForm = read_form(gate, saved(tmp_path, "b.xlsx", survey(*WARD, choices=YN)))
    assert found.title
