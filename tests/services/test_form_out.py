"""Forms and answers out: spreadsheets, XForms and paper."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook
from PIL import Image
from pypdf import PdfReader

from gemba.domain.changes import Ref
from gemba.domain.errors import BadInput
from gemba.domain.form import Filling, Form
from gemba.domain.form_table import AnswerTable
from gemba.domain.form_view import FormQuestion
from gemba.reports.form_workbook import draw_answers
from gemba.reports.xlsform import xlsform_bytes
from gemba.services.exchange_in import bring_in
from gemba.services.exchange_out import export_data
from gemba.services.form_desk import FormDesk
from gemba.services.workspace import Workspace
from gemba.store.opening import open_store
from tests.fresh import begin_folder


@pytest.fixture
def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), (120, 140, 160)).save(out, "PNG")
    return out.getvalue()


def question(desk: FormDesk, name: str, number: int = 1) -> FormQuestion:
    found = [one for page in desk.pages() for one in page.questions if one.name == name]
    return found[number - 1]


def filled(workspace: Workspace, place: str = "Ward 6") -> tuple[Form, FormDesk]:
    form = workspace.forms.add_bundled("discharge_round")
    desk = workspace.forms.open(workspace.forms.begin(form.id, place=place).id)
    desk.answer(question(desk, "expected").key, "3")
    desk.add_round("/data/beds")
    for number, (bed, ready) in enumerate((("=6+1", "yes"), ("7", "no")), 1):
        desk.answer(question(desk, "bed", number).key, bed)
        desk.answer(question(desk, "ready", number).key, ready)
    desk.answer(question(desk, "waits_for").key, "letter transport")
    desk.answer(question(desk, "next_step").key, "Registrar signs <the letter>")
    assert desk.finish() == []
    return form, desk


def test_a_spreadsheet_has_a_column_a_question_and_repeats_apart(workspace: Workspace) -> None:
    form, desk = filled(workspace)
    book = load_workbook(io.BytesIO(workspace.form_out.answers.xlsx(form.id)))
    assert book.sheetnames == ["Answers", "beds"]
    heads = [cell.value for cell in book["Answers"][1]]
    row = dict(zip(heads, [cell.value for cell in book["Answers"][2]], strict=True))
    assert row["expected"] == 3
    assert row["ending/ready_count"] == 1
    assert row["place"] == "Ward 6"
    assert row["id"] == str(desk.filling.id)
    beds = [[cell.value for cell in line] for line in book["beds"].iter_rows()]
    assert beds[0][:4] == ["id", "round", "bed", "ready"]
    assert [line[2] for line in beds[1:]] == ["=6+1", "7"]
    assert book["beds"]["C2"].data_type == "s"
    assert beds[1][4:] == [None, None, None]


def test_labels_stand_for_names_where_they_are_wanted(workspace: Workspace) -> None:
    form, _desk = filled(workspace)
    (answers, beds) = workspace.form_out.answers.tables(form.id, labels=True)
    assert "How many people are expected to go home today?" in answers.heads
    said = dict(zip(beds.heads, beds.rows[1], strict=True))
    assert said["What does it wait for?"] == "Letter; Transport"


def test_csv_keeps_text_as_text(workspace: Workspace) -> None:
    form, _desk = filled(workspace)
    files = workspace.form_out.answers.csv(form.id)
    assert set(files) == {"", "-beds"}
    lines = files["-beds"].decode("utf-8-sig").split("\r\n")
    assert lines[1].split(",")[2] == "'=6+1"


def test_the_xml_leaves_out_what_is_not_asked(workspace: Workspace) -> None:
    _form, desk = filled(workspace)
    desk.take_up_again()
    desk.answer(question(desk, "ready", 2).key, "yes")
    assert desk.finish() == []
    top = ElementTree.fromstring(workspace.form_out.answers.xml(desk.filling.id))
    assert top.attrib["id"] == "discharge_round"
    assert [one.findtext("bed") for one in top.findall("beds")] == ["=6+1", "7"]
    assert top.find("beds/next_step") is None
    assert top.findtext("{http://openrosa.org/xforms}meta/{http://openrosa.org/xforms}instanceID")


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_a_form_on_paper_is_blank_or_says_what_was_answered(workspace: Workspace) -> None:
    form, desk = filled(workspace)
    blank = text_of(workspace.form_out.form(form.id, ".pdf"))
    assert "Only if: Is everything there that is needed to go? No" in blank
    assert blank.count("Which bed?") == 3
    said = text_of(workspace.form_out.papers.filled(desk.filling.id))
    assert "Registrar signs <the letter>" in said
    assert "Letter, Transport" in said
    assert "Waiting at the round" in said


def test_what_was_filled_in_stands_in_the_report_of_its_walk(workspace: Workspace) -> None:
    walk = workspace.walks.plan("Why do beds wait?", stops=workspace.walks.stops_from("Ward 6"))
    form = workspace.forms.from_list("Is the way free?", "Morning look")
    filling = workspace.forms.begin(form.id, walk=walk, stop_id=walk.stops[0].id)
    assert filling.place == "Ward 6"
    desk = workspace.forms.open(filling.id)
    desk.answer(question(desk, "is_the_way_free").key, "no")
    assert desk.finish() == []
    said = text_of(workspace.exports.walk(walk.id))
    assert "Morning look, Ward 6" in said
    assert "Is the way free?" in said
    # With what it scored, and without what was opened only.
    scored = workspace.forms.add_bundled("five_s")
    desk = workspace.forms.open(workspace.forms.begin(scored.id, walk=walk).id)
    assert "5S round" not in text_of(workspace.exports.walk(walk.id))
    for one in (one for page in desk.pages() for one in page.questions if one.choices):
        desk.answer(one.key, one.choices[-1].name)
    desk.keep()
    said = " ".join(text_of(workspace.exports.walk(walk.id)).split())
    assert "5S round (not handed in) Sort 12 Set in order 12" in said


def test_every_bundled_form_goes_out_as_an_xlsform_that_comes_back(
    workspace: Workspace, tmp_path: Path
) -> None:
    for kind in workspace.forms.bundled():
        form = workspace.forms.add_bundled(kind.id)
        path = tmp_path / f"{kind.id}.xlsx"
        path.write_bytes(workspace.form_out.form(form.id, ".xlsx"))
        again = workspace.forms.from_file(path)
        here = workspace.forms.open(workspace.forms.begin(form.id).id).pages()
        there = workspace.forms.open(workspace.forms.begin(again.id).id).pages()
        assert [(one.name, one.kind, one.label) for page in there for one in page.questions] == [
            (one.name, one.kind, one.label) for page in here for one in page.questions
        ]


def test_another_ending_is_refused(workspace: Workspace) -> None:
    form = workspace.forms.from_list("One", "Two")
    with pytest.raises(BadInput, match=r"form_answers\.ending"):
        workspace.form_out.form(form.id, ".docx")
    with pytest.raises(BadInput, match=r"form_answers\.none"):
        workspace.form_out.answers.xml_of_all(form.id)


def test_answers_travel_to_another_folder_with_their_questions_and_photos(
    workspace: Workspace, tmp_path: Path, png: bytes
) -> None:
    form = workspace.forms.from_list("What does it look like?\tphoto\nWhy?\ttext", "Look")
    desk = workspace.forms.open(workspace.forms.begin(form.id).id)
    first, second = desk.pages()[0].questions
    photo = desk.add_photo(first.key, png, "shelf.png")
    desk.answer_photo(first.key, photo)
    desk.answer(second.key, "A lonesomeword stands there")
    assert desk.finish() == []
    path = tmp_path / "all.zip"
    path.write_bytes(export_data(workspace.store))
    with open_store(begin_folder(tmp_path / "other")) as other:
        bring_in(other, path)
        (filling,) = other.find(Filling)
        assert filling == replace(workspace.forms.filling(desk.filling.id), revision=1)
        assert other.photos.read(photo)
        (hit,) = other.search("lonesomeword")
        assert hit.ref == Ref("filling", filling.id)
        assert other.check().sound
    text = text_of(workspace.form_out.papers.filled(desk.filling.id))
    assert "A lonesomeword stands there" in text


ROUND = {
    "survey": [
        ("type", "name", "label", "calculation", "repeat_count", "relevant"),
        ("date", "day", "Which day?"),
        ("time", "at", "At what time?"),
        ("decimal", "n", "How much?"),
        ("select_one yn", "free", "Free?"),
        ("text", "free_note", "Note"),
        ("text", "end_note", "Note"),
        ("begin_repeat", "beds", "Beds"),
        ("text", "bed", "Bed beside ${n}?"),
        ("begin_repeat", "things", "Things"),
        ("text", "thing", "Which thing?"),
        ("end_repeat",),
        ("end_repeat",),
        ("begin_repeat", "bags", "Bags", "", "${n}"),
        ("text", "bag", "Which bag?"),
        ("end_repeat",),
    ],
    "choices": [("list_name", "name", "label"), ("yn", "yes", "Yes"), ("yn", "no", "No")],
}


@pytest.fixture
def own(workspace: Workspace, tmp_path: Path) -> Form:
    path = tmp_path / "round.xlsx"
    path.write_bytes(xlsform_bytes(ROUND))
    return workspace.forms.from_file(path)


def test_days_and_times_are_such_where_answers_go_by_words(workspace: Workspace, own: Form) -> None:
    desk = workspace.forms.open(workspace.forms.begin(own.id).id)
    for name, text in (("day", "2026-11-20"), ("at", "07:45:00.000"), ("n", "2"), ("bed", "6")):
        desk.answer(question(desk, name).key, text)
    assert desk.finish() == []
    book = load_workbook(io.BytesIO(workspace.form_out.answers.xlsx(own.id, labels=True)))
    heads, row = ([one.value for one in cells] for cells in book.worksheets[0].rows)
    said = dict(zip(heads, row, strict=True))
    assert said["Which day?"] == datetime(2026, 11, 20)
    assert said["At what time?"] == time(7, 45)
    assert said["Begun"] == datetime(2026, 11, 22, 10, 0)
    # Two questions of the same words have columns that can be told apart.
    assert {"Note", "Note (end_note)"} <= set(heads)
    # A head quotes nobody's answer.
    assert "Bed beside …?" in [one.value for one in book["beds"][1]]
    first = workspace.form_out.answers.csv(own.id, labels=True)[""].decode("utf-8-sig")
    assert "2026-11-20,07:45,2," in first
    # For tools they stay as XForms write them.
    book = load_workbook(io.BytesIO(workspace.form_out.answers.xlsx(own.id)))
    assert {"2026-11-20", "07:45:00.000"} <= {one.value for one in book.worksheets[0][2]}


def test_days_and_times_are_read_on_paper_as_people_say_them(
    workspace: Workspace, own: Form
) -> None:
    desk = workspace.forms.open(workspace.forms.begin(own.id).id)
    desk.answer(question(desk, "day").key, "2026-11-20")
    desk.answer(question(desk, "at").key, "07:45:00.000")
    assert desk.finish() == []
    pdf = workspace.form_out.papers.filled(desk.filling.id)
    text = PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    assert "20 Nov 2026" in text
    assert "07:45\n" in text
    assert "00.000" not in text


def test_every_question_of_every_repeat_stands_on_the_blank_form(
    workspace: Workspace, own: Form
) -> None:
    pages = PdfReader(io.BytesIO(workspace.form_out.papers.blank(own.id))).pages
    texts = [page.extract_text() for page in pages]
    text = "\n".join(texts)
    assert text.count("Bed beside …?") == 3
    # Inside each of them, too, and where an answer will say how many.
    assert text.count("Which thing?") == 3
    assert text.count("Which bag?") == 3
    # No heading stands alone at the end of a page.
    for one in texts:
        lines = [
            line for line in one.strip().split("\n") if not line.startswith(("Version", "Page"))
        ]
        assert not lines[-1].startswith(("Beds", "Things", "Bags")), lines[-3:]


def test_a_long_answer_has_room_for_all_its_lines(workspace: Workspace) -> None:
    table = AnswerTable(
        name="Answers",
        heads=("Words", "Day"),
        rows=(("long " * 60, date(1776, 7, 4)), ("two\nlines", datetime(2026, 11, 20, 7, 45))),
    )
    sheet = load_workbook(io.BytesIO(draw_answers([table], title="Look"))).worksheets[0]
    assert sheet.column_dimensions["A"].width > 40
    heights = [sheet.row_dimensions[number].height for number in (2, 3)]
    assert heights == [7 * 15.0, 2 * 15.0]
    # A spreadsheet knows no day before 1900.
    assert sheet["B2"].value == "1776-07-04"
    assert sheet["B3"].value == datetime(2026, 11, 20, 7, 45)
