"""Forms kept with their versions, and answered in the version they were begun in."""

from __future__ import annotations

import base64
from hashlib import sha256
from pathlib import Path

import pytest

from gemba.domain.changes import Ref
from gemba.domain.errors import BadInput
from gemba.domain.form import Filling, Form
from gemba.domain.form_view import FormHead, FormMore, FormQuestion
from gemba.services.form_desk import FormDesk
from gemba.services.workspace import Workspace
from gemba.words import Words

LIST = "Is the way out free?\nAre the marks seen?"


def question(desk: FormDesk, name: str, number: int = 1) -> FormQuestion:
    found = [one for page in desk.pages() for one in page.questions if one.name == name]
    return found[number - 1]


def names(desk: FormDesk) -> list[str]:
    return [one.name for page in desk.pages() for one in page.questions]


def test_a_pasted_list_is_a_form_that_can_be_answered(workspace: Workspace) -> None:
    form = workspace.forms.from_list(LIST, "Morning look")
    desk = workspace.forms.open(workspace.forms.begin(form.id).id)
    assert names(desk) == ["is_the_way_out_free", "are_the_marks_seen"]
    first = question(desk, "is_the_way_out_free")
    assert [one.label for one in first.choices] == ["Yes", "No", "Not applicable"]
    desk.answer(first.key, "no")
    assert names(desk)[1] == "is_the_way_out_free_note"
    assert question(desk, "is_the_way_out_free").may_act


def test_answers_come_back_with_the_half_typed_one(workspace: Workspace) -> None:
    form = workspace.forms.add_bundled("discharge_round")
    desk = workspace.forms.open(workspace.forms.begin(form.id).id)
    expected = question(desk, "expected").key
    assert desk.answer(expected, "12")
    desk.add_round("/data/beds")
    for number in (1, 2):
        desk.answer(question(desk, "bed", number).key, f"Bed {number}")
    desk.answer(question(desk, "ready", 2).key, "no")
    desk.answer(question(desk, "next_step").key, "Pharmacy checks")
    desk.answer(question(desk, "ready", 2).key, "yes")
    assert not desk.answer(question(desk, "before_noon").key, "1x")
    desk.keep(at=question(desk, "before_noon").key, caret=2)
    again = workspace.forms.open(desk.filling.id)
    assert question(again, "before_noon").half == "1x"
    assert question(again, "before_noon").wrong == "half"
    assert again.filling.at_question == "/data/ending/before_noon"
    assert question(again, "bed", 2).answer == "Bed 2"
    assert "next_step" not in names(again)
    again.answer(question(again, "ready", 2).key, "no")
    assert question(again, "next_step").answer == "Pharmacy checks"


def test_a_new_version_and_a_deleted_form_leave_a_draft_its_own(workspace: Workspace) -> None:
    form = workspace.forms.from_list(LIST, "Look")
    filling = workspace.forms.begin(form.id)
    desk = workspace.forms.open(filling.id)
    desk.answer(question(desk, "is_the_way_out_free").key, "yes")
    desk.keep()
    newer = workspace.forms.preview_of_list("Something else", "Look")
    workspace.forms.keep_draft(newer, into=form.id)
    assert [one.number for one in workspace.forms.versions(form.id)] == [2, 1]
    workspace.bin.remove(Ref("form", form.id))
    assert workspace.forms.all() == []
    again = workspace.forms.open(filling.id)
    assert question(again, "is_the_way_out_free").answer == "yes"
    assert workspace.forms.title_of(again.filling) == "Look"
    workspace.bin.restore(Ref("form", form.id))
    assert workspace.forms.newest(form.id).number == 2


def test_what_is_missing_is_said_before_it_is_handed_in(workspace: Workspace) -> None:
    form = workspace.forms.add_bundled("discharge_round")
    desk = workspace.forms.open(workspace.forms.begin(form.id).id)
    assert [one.name for one in desk.finish()] == ["expected", "bed", "ready"]
    desk.answer(question(desk, "expected").key, "300")
    assert question(desk, "expected").wrong == "constraint"
    assert question(desk, "expected").message == "A number from 0 to 200."
    desk.answer(question(desk, "expected").key, "3")
    desk.answer(question(desk, "bed").key, "6")
    desk.answer(question(desk, "ready").key, "yes")
    assert desk.finish() == []
    assert workspace.forms.filling(desk.filling.id).finished
    assert workspace.forms.drafts() == []


def test_a_round_that_goes_takes_its_answers_and_can_come_back(workspace: Workspace) -> None:
    form = workspace.forms.add_bundled("discharge_round")
    desk = workspace.forms.open(workspace.forms.begin(form.id).id)
    desk.add_round("/data/beds")
    desk.add_round("/data/beds")
    for number in (1, 2, 3):
        desk.answer(question(desk, "bed", number).key, str(number))
    back = desk.drop_round("/data/beds[2]")
    assert [question(desk, "bed", n).answer for n in (1, 2)] == ["1", "3"]
    back()
    assert [question(desk, "bed", n).answer for n in (1, 2, 3)] == ["1", "2", "3"]
    heads = [i for p in desk.pages() for i in p.items if isinstance(i, FormHead)]
    assert [one.round for one in heads] == [1, 2, 3]
    assert all(one.may_drop for one in heads)
    assert [i.key for p in desk.pages() for i in p.items if isinstance(i, FormMore)] == [
        "/data/beds"
    ]


def test_last_findings_at_the_same_place_stand_under_the_question(workspace: Workspace) -> None:
    form = workspace.forms.from_list(LIST, "Look")
    for place, said in (("Ward 6", "no"), ("Ward 7", "yes")):
        desk = workspace.forms.open(workspace.forms.begin(form.id, place=place).id)
        desk.answer(question(desk, "is_the_way_out_free").key, said)
        assert desk.finish() == []
    desk = workspace.forms.open(workspace.forms.begin(form.id, place=" ward 6").id)
    key = question(desk, "is_the_way_out_free").key
    assert [words for _, words in desk.last_time(key)] == ["No"]


@pytest.mark.parametrize("text", ["", " \n\t\n", "Question\tAnswer\n"])
def test_an_empty_list_is_no_form(workspace: Workspace, text: str) -> None:
    with pytest.raises(BadInput, match=r"form\.empty_list"):
        workspace.forms.from_list(text, "Nothing")
    assert workspace.recorder.find(Form) == []


def test_every_bundled_form_is_answered_from_end_to_end(workspace: Workspace) -> None:
    for kind in workspace.forms.bundled():
        form = workspace.forms.add_bundled(kind.id)
        assert workspace.forms.add_bundled(kind.id).id == form.id
        desk = workspace.forms.open(workspace.forms.begin(form.id).id)
        for _ in range(3):
            for page in desk.pages():
                for one in page.questions:
                    if one.asks and not one.answer:
                        desk.answer(one.key, SAID.get(one.kind) or one.choices[-1].name)
        assert desk.finish() == [], kind.id
    assert len(workspace.recorder.find(Filling)) == 6


SAID = {
    "text": "Said",
    "integer": "3",
    "decimal": "2.5",
    "date": "2026-11-02",
    "time": "08:15",
    "acknowledge": "OK",
    "image": "0" * 64 + ".jpg",
}


def workbook(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_two_columns_in_a_spreadsheet_are_a_form_in_one_step(
    workspace: Workspace, tmp_path: Path
) -> None:
    rows: list[list[object]] = [
        ["Question", "Answer"],
        ["Is the door shut?", ""],
        ["How many stand here?", "number"],
        ["How clean is it?", "good; fair; poor"],
        ["Photo", "photo"],
    ]
    path = workbook(tmp_path / "ward list.xlsx", {"Sheet1": rows})
    form = workspace.forms.from_file(path)
    assert form.title == "ward list"
    desk = workspace.forms.open(workspace.forms.begin(form.id).id)
    kinds = [(one.name, one.kind) for page in desk.pages() for one in page.questions]
    assert kinds == [
        ("is_the_door_shut", "one"),
        ("how_many_stand_here", "decimal"),
        ("how_clean_is_it", "one"),
        ("photo", "image"),
    ]
    version = workspace.forms.newest(form.id)
    assert base64.b64decode(version.source) == path.read_bytes()
    assert version.source_hash == sha256(path.read_bytes()).hexdigest()


def test_an_xlsform_comes_with_its_logic_and_its_columns_for_gemba(
    workspace: Workspace, tmp_path: Path
) -> None:
    survey: list[list[object]] = [
        ["type", "name", "label", "relevant", "constraint", "constraint_message", "gemba::action"],
        ["select_one yn", "safe", "Is it **safe**?", "", "", "", "no"],
        ["text", "why", "Why not?", "${safe} = 'no'", "", "", ""],
        ["integer", "beds", "Beds?", "", ". < 9", "Fewer than nine.", ""],
        ["geopoint", "spot", "Where?", "", "", "", ""],
    ]
    choices: list[list[object]] = [
        ["list_name", "name", "label"],
        ["yn", "yes", "Yes"],
        ["yn", "no", "No"],
    ]
    path = workbook(
        tmp_path / "round.xlsx",
        {"survey": survey, "choices": choices, "settings": [["form_title"], ["The round"]]},
    )
    form = workspace.forms.from_file(path)
    assert form.title == "The round"
    assert workspace.forms.newest(form.id).source_kind == "xlsform"
    assert "spot" in workspace.forms.newest(form.id).not_supported[0]
    desk = workspace.forms.open(workspace.forms.begin(form.id).id)
    assert names(desk) == ["safe", "beds", "spot"]
    desk.answer(question(desk, "safe").key, "no")
    assert names(desk) == ["safe", "why", "beds", "spot"]
    assert question(desk, "safe").may_act
    desk.answer(question(desk, "beds").key, "9")
    assert question(desk, "beds").message == "Fewer than nine."
    assert question(desk, "spot").kind == "unsupported"


@pytest.mark.parametrize(
    ("name", "data", "key"),
    [
        ("empty.xlsx", b"", "form.file_empty"),
        ("noise.xlsx", b"PK\x03\x04 and nothing else", "form.file_broken"),
        ("bad.xml", b"<html><head>", "form.xml_broken"),
        ("bomb.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "form.xml_entity"),
        ("binary.csv", b"a\0b", "text.no_text"),
    ],
)
def test_what_is_no_form_is_refused_with_a_sentence(
    workspace: Workspace, tmp_path: Path, name: str, data: bytes, key: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(BadInput) as refused:
        workspace.forms.from_file(path)
    assert refused.value.key == key
    assert Words()(key, **refused.value.values)
    assert workspace.recorder.find(Form) == []


def test_a_newer_list_is_the_next_version_and_a_draft_keeps_its_own(
    workspace: Workspace, tmp_path: Path
) -> None:
    form = workspace.forms.from_list(LIST, "Look")
    draft = workspace.forms.begin(form.id)
    path = tmp_path / "newer.csv"
    path.write_bytes("Question;Answer\nIst die Tür zu?;\nWie viele?;number\n".encode("cp1252"))
    assert workspace.forms.from_file(path, into=form.id).title == "Look"
    assert workspace.forms.newest(form.id).number == 2
    assert names(workspace.forms.open(draft.id)) == ["is_the_way_out_free", "are_the_marks_seen"]
    fresh = workspace.forms.open(workspace.forms.begin(form.id).id)
    assert [one.label for one in fresh.pages()[0].questions] == ["Ist die Tür zu?", "Wie viele?"]
    plan = workspace.forms.plan_of(workspace.forms.newest(form.id))
    assert plan is not None
    assert plan.items[0].labels == ("Ist die Tür zu?",)


def test_a_form_speaks_its_languages_and_remembers_which(
    workspace: Workspace, tmp_path: Path
) -> None:
    survey: list[list[object]] = [
        ["type", "name", "label::English (en)", "label::Deutsch (de)"],
        ["select_one yn", "safe", "Is it safe?", "Ist es sicher?"],
    ]
    choices: list[list[object]] = [
        ["list_name", "name", "label::English (en)", "label::Deutsch (de)"],
        ["yn", "yes", "Yes", "Ja"],
        ["yn", "no", "No", "Nein"],
    ]
    path = workbook(tmp_path / "two.xlsx", {"survey": survey, "choices": choices})
    form = workspace.forms.from_file(path)
    desk = workspace.forms.open(workspace.forms.begin(form.id).id)
    assert set(desk.languages) == {"English (en)", "Deutsch (de)"}
    desk.speak("Deutsch (de)")
    (one,) = desk.pages()[0].questions
    assert (one.label, [c.label for c in one.choices]) == ("Ist es sicher?", ["Ja", "Nein"])
    workspace.recorder.settle()
    again = workspace.forms.open(desk.filling.id)
    assert again.language == "Deutsch (de)"
    assert again.pages()[0].questions[0].label == "Ist es sicher?"


def test_a_long_group_is_several_pages_and_an_answer_moves_no_question(
    workspace: Workspace,
) -> None:
    lines = "\n".join(f"Is thing {number} there?" for number in range(100))
    form = workspace.forms.from_list(lines, "Long")
    desk = workspace.forms.open(workspace.forms.begin(form.id).id)
    pages = desk.pages()
    assert [len(page.questions) for page in pages] == [10] * 10
    assert len({page.key for page in pages}) == 10
    third = pages[2].questions[0]
    desk.answer(pages[0].questions[0].key, "no")
    near = desk.pages(pages[0].key)
    assert [len(page.questions) for page in near] == [11, *[10] * 9]
    assert near[2].questions[0] == third
    assert near == desk.pages()


def test_what_nobody_can_answer_here_does_not_keep_a_form_from_being_handed_in(
    workspace: Workspace, tmp_path: Path
) -> None:
    survey: list[list[object]] = [
        ["type", "name", "label", "required", "choice_filter"],
        ["geopoint", "where", "Where?", "yes"],
        ["audio", "heard", "What did you hear?", "yes"],
        ["note", "read", "Read this", "yes"],
        ["select_one yn", "gone", "Is it gone?", "yes", "name = 'neither'"],
        ["barcode", "code", "Which bag?", "yes"],
    ]
    choices: list[list[object]] = [["list_name", "name", "label"], ["yn", "yes", "Yes"]]
    path = workbook(tmp_path / "round.xlsx", {"survey": survey, "choices": choices})
    form = workspace.forms.from_file(path)
    desk = workspace.forms.open(workspace.forms.begin(form.id).id)
    (page,) = desk.pages()
    assert [(one.name, one.kind) for one in page.wrong] == [("code", "text")]
    # A code that cannot be read by a camera is typed.
    desk.answer(page.wrong[0].key, "4006381333931")
    assert desk.finish() == []


def test_what_was_opened_only_is_no_draft_and_does_not_pile_up(workspace: Workspace) -> None:
    forms = workspace.forms
    form = forms.from_list(LIST, "Look")
    opened = forms.begin(form.id)
    assert forms.drafts() == []
    assert forms.summary(form.id).drafts == ()
    assert forms.begin(form.id).id == opened.id
    # One at a place, on a walk, or with a word in it is another matter.
    placed = forms.begin(form.id, place="Ward 6")
    walk = workspace.walks.plan("Look")
    walked = forms.begin(form.id, walk=walk)
    desk = forms.open(opened.id)
    desk.answer(question(desk, "is_the_way_out_free").key, "yes")
    desk.keep()
    workspace.recorder.settle()
    again = forms.begin(form.id)
    assert len({opened.id, placed.id, walked.id, again.id}) == 4
    assert {one.id for one in forms.drafts()} == {opened.id, placed.id}


def test_a_checklist_with_a_title_above_its_columns_is_called_by_it(
    workspace: Workspace, tmp_path: Path
) -> None:
    rows: list[list[object]] = [
        ["5S checklist, ward 6"],
        [],
        ["No.", "Check point", "OK", "Not OK"],
        [1, "Is the floor clean?"],
        [2, "How tidy is it?", "1-5"],
    ]
    form = workspace.forms.from_file(workbook(tmp_path / "f1.xlsx", {"Sheet1": rows}))
    assert form.title == "5S checklist, ward 6"
    asked = ["is_the_floor_clean", "how_tidy_is_it"]
    assert names(workspace.forms.open(workspace.forms.begin(form.id).id)) == asked
    plan = workspace.forms.plan_of(workspace.forms.newest(form.id))
    assert plan is not None
    assert [one.name for one in plan.every() if not one.name.endswith("_note")] == asked
