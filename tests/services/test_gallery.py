"""The gallery reads every sheet at a glance, and copies or puts aside what it is asked to."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from gemba.app.folders import load_catalog
from gemba.domain.changes import Ref
from gemba.domain.errors import GembaError, NotFound
from gemba.domain.figures import Pareto, PhotoFigure
from gemba.domain.sheet import Box, Sheet
from gemba.domain.sheet_row import SheetRow
from gemba.services.workspace import Workspace, open_workspace
from gemba.words import Words
from tests.many_sheets import fill
from tests.services.conftest import now


def only(workspace: Workspace) -> SheetRow:
    (row,) = workspace.gallery.rows()
    return row


def test_a_row_says_what_the_sheet_says(workspace: Workspace) -> None:
    sheet = workspace.sheets.begin("Half should leave before noon; 19 % do.", owner="Maria")
    sheet = workspace.sheets.set_people(sheet.id, coach="Ines", area="Ward 6")
    workspace.sheets.ask(sheet.id, "current", "When were you last there?")
    workspace.sheets.ask(sheet.id, "current", "Look at the list.", kind="comment")
    row = only(workspace)
    assert row.id == sheet.id
    assert row.title == sheet.title
    assert (row.owner, row.coach, row.area) == ("Maria", "Ines", "Ward 6")
    assert (row.stage, row.definition, row.revision) == ("grasp", "ps7", sheet.revision)
    assert row.open_questions == 1
    assert row.changed_on == workspace.recorder.today()


def test_an_answered_question_is_not_open_and_a_binned_sheet_is_no_row(
    workspace: Workspace,
) -> None:
    sheet = workspace.sheets.begin("Labels are printed twice")
    note = workspace.sheets.ask(sheet.id, "current", "How do you know?")
    workspace.sheets.answer(note.id, "I counted.", visit="v")
    workspace.recorder.settle()
    assert only(workspace).open_questions == 0
    workspace.sheets.remove(sheet.id)
    assert workspace.gallery.rows() == []
    workspace.sheets.restore(sheet.id)
    assert only(workspace).id == sheet.id


def test_rows_read_again_for_what_changed_are_those_read_anew(workspace: Workspace) -> None:
    fill(workspace.store, 30)
    workspace.recorder.set_who("")
    one, other = (workspace.sheets.begin(words) for words in ("One", "Other"))
    before = workspace.gallery.rows()

    def after(*changed: Ref) -> list[SheetRow]:
        made = workspace.gallery.rows_after(before, changed)
        assert sorted(made) == sorted(workspace.gallery.rows())
        return made

    def ref(sheet: Sheet) -> Ref:
        return Ref("sheet", sheet.id)

    workspace.sheets.write(one.id, visit="v", title="Another").result()
    note = Ref("margin_note", workspace.sheets.ask(other.id, "goal", "By when?").id)
    new = workspace.sheets.begin("New")
    made = after(ref(one), note, ref(new))
    assert {row.title for row in made if row.id in (one.id, new.id)} == {"Another", "New"}
    workspace.sheets.remove(one.id)
    workspace.sheets.restore(one.id)
    workspace.sheets.remove(new.id)
    workspace.recorder.remove(note)
    after(ref(one), ref(new), note)
    # A name stands in many rows.
    workspace.sheets.set_people(other.id, owner="Maria")
    after(ref(other), Ref("person", other.id))
    assert workspace.gallery.rows_after([], [ref(other)])[0].owner == "Maria"


def test_a_closed_sheet_stands_under_closed_until_it_is_opened_again(
    workspace: Workspace,
) -> None:
    sheet = workspace.sheets.begin("Begun")
    workspace.course.close(sheet.id, learned="Ask earlier.")
    assert only(workspace).stage == "closed"
    workspace.course.reopen(sheet.id)
    assert only(workspace).stage == "grasp"


def test_what_was_changed_last_counts_highest(workspace: Workspace) -> None:
    first = workspace.sheets.begin("First")
    second = workspace.sheets.begin("Second")
    workspace.sheets.set_people(first.id, area="Lab")
    changed = {row.id: row.changed for row in workspace.gallery.rows()}
    assert changed[first.id] > changed[second.id]


@pytest.mark.parametrize(
    "title",
    ["x" * 5_000, "مرضى ينتظرون الدواء", "A\x1fB\x1fC", "Zeile\nzwei", "🗒️ " * 300],
    ids=["5,000 letters", "from right to left", "our own mark", "two lines", "pictures"],
)
def test_any_title_makes_a_row(workspace: Workspace, title: str) -> None:
    sheet = workspace.sheets.begin("Begun")
    workspace.recorder.change(Sheet, sheet.id, lambda one: replace(one, title=title))
    row = only(workspace)
    assert row.title.rstrip(" …") == title[:400].rstrip()
    assert row.title.endswith("…") == (len(title) > 400)


def test_a_sheet_without_a_title_goes_by_its_gap(workspace: Workspace) -> None:
    sheet = workspace.sheets.begin("Begun")
    workspace.recorder.change(Sheet, sheet.id, lambda one: replace(one, title="  ", is_now="19 %"))
    assert only(workspace).title == "19 %"


def test_a_type_that_is_gone_is_named_by_its_id_and_counts_as_private(
    workspace: Workspace,
) -> None:
    sheet = workspace.sheets.begin("Begun")
    known = workspace.gallery.kind(only(workspace))
    assert (known.label, known.private) == ("Problem-solving A3", False)
    lost = {"definition": "own_monday_look", "definition_version": 3}
    workspace.recorder.change(Sheet, sheet.id, lambda one: replace(one, **lost))
    kind = workspace.gallery.kind(only(workspace))
    assert (kind.label, kind.private) == ("Own monday look", True)


def test_a_row_torn_on_the_disk_leaves_the_others(workspace: Workspace) -> None:
    hurt, sound = workspace.sheets.begin("Torn"), workspace.sheets.begin("Whole")
    with closing(sqlite3.connect(workspace.store.folder / "gemba.db")) as connection:
        connection.execute("UPDATE sheet SET started_on = x'00ff' WHERE title = ?", (hurt.title,))
        connection.commit()
    rows = {row.id: row for row in workspace.gallery.rows()}
    assert rows[sound.id].title == "Whole"
    assert rows[hurt.id].changed_on is not None


def test_words_are_found_anywhere_on_a_sheet_and_all_of_them_are_needed(
    workspace: Workspace,
) -> None:
    one = workspace.sheets.begin("Pumps stand idle", owner="Maria Okafor")
    two = workspace.sheets.begin("Labels come back")
    workspace.sheets.set_box(one.id, Box(id="current", text="The porter waits at the lift."))
    workspace.sheets.set_box(two.id, Box(id="current", text="The porter has gone home."))
    rows = workspace.gallery.rows()

    def found(typed: str) -> set[str]:
        return set(workspace.gallery.saying(rows, typed))

    assert found("porter") == {one.id.hex, two.id.hex}
    assert found("port lift") == {one.id.hex}
    assert found("okafor lift") == {one.id.hex}
    assert found("dles") == set()
    assert found("idle home") == set()
    for nothing_to_look_for in ("", "  ", "?!", '"" *'):
        assert found(nothing_to_look_for) == {one.id.hex, two.id.hex}
    assert found('"porter" NOT lift') == set()


def test_private_notes_of_others_are_no_words_of_a_sheet(workspace: Workspace) -> None:
    sheet = workspace.sheets.begin("Begun", owner="Maria")
    talk = workspace.coaching.coach_sheet(sheet.id)
    workspace.coaching.write(talk.id, visit="v", private_note="zebra")
    workspace.recorder.settle()
    assert workspace.gallery.saying(workspace.gallery.rows(), "zebra") == frozenset()


def test_a_copy_has_the_text_and_nothing_of_what_was_said_over_it(workspace: Workspace) -> None:
    sheet = workspace.sheets.begin("Late discharges", owner="Maria", last_there="Today")
    figures = (Pareto(id="f1", caption="By reason"), PhotoFigure(id="f2", photo="0" * 64))
    workspace.sheets.set_box(sheet.id, Box(id="current", text="19 %", figures=figures))
    workspace.sheets.keep_first_draft(sheet.id)
    workspace.sheets.give_pen(sheet.id, "coach")
    workspace.sheets.add_check(sheet.id, "Does it hold?", workspace.recorder.today())
    workspace.sheets.ask(sheet.id, "current", "How do you know?")
    workspace.coaching.coach_sheet(sheet.id)
    workspace.recorder.change(Sheet, sheet.id, lambda one: replace(one, stage="check"))
    copy = workspace.gallery.duplicate(sheet.id, lambda title: f"Copy of {title}")
    old = workspace.sheets.get(sheet.id)
    assert copy.title == "Copy of Late discharges"
    assert copy.boxes == old.boxes
    assert (copy.owner_id, copy.is_now, copy.last_there) == (old.owner_id, old.is_now, "Today")
    assert (copy.stage, copy.pen, copy.checks, copy.first_draft) == ("grasp", "owner", (), ())
    assert copy.started_on == workspace.recorder.today()
    assert workspace.sheets.margin(copy.id) == []
    assert all(talk.sheet_id != copy.id for talk in workspace.coaching.talks(old.owner_id))
    assert {entry.revision for entry in workspace.sheets.story(copy.id)} == {1}
    assert workspace.sheets.get(sheet.id) == old


def test_a_copy_of_what_is_gone_is_refused(workspace: Workspace) -> None:
    sheet = workspace.sheets.begin("Begun")
    workspace.sheets.remove(sheet.id)
    with pytest.raises(NotFound):
        workspace.gallery.duplicate(sheet.id)


def test_a_sheet_goes_into_the_archive_and_comes_back_unchanged(workspace: Workspace) -> None:
    sheet = workspace.sheets.begin("Begun")
    workspace.gallery.archive(sheet.id)
    assert only(workspace).archived_on == workspace.recorder.today().isoformat()
    workspace.gallery.archive(sheet.id, away=False)
    assert only(workspace).archived_on == ""
    assert replace(workspace.sheets.get(sheet.id), revision=sheet.revision) == sheet


def test_plausible_sheets_are_written_as_the_program_writes_them(workspace: Workspace) -> None:
    ids = fill(workspace.store, 60)
    rows = workspace.gallery.rows()
    assert {row.id for row in rows} == set(ids)
    assert len({row.title for row in rows}) > 50
    assert all(row.owner and row.coach and row.area for row in rows)
    assert {row.stage for row in rows} == {"grasp", "cause", "try", "check", "standardise"}
    days = {row.started_on for row in rows}
    oldest = workspace.recorder.today() - timedelta(days=1000)
    assert min(days) > oldest.isoformat()
    drawn = workspace.exports.draw_sheet(workspace.sheets.get(ids[0]))
    assert drawn.pdf.startswith(b"%PDF")


LIKE = "Porters are called late by the lodge, so discharges wait for the lift."


def test_a_like_problem_is_found_by_what_is_told_of_it(workspace: Workspace) -> None:
    fill(workspace.store, 40)
    old = workspace.sheets.begin("Nobody calls the lodge", owner="Maria")
    workspace.sheets.set_box(old.id, Box(id="background", text="**Porters** come late."))
    workspace.gallery.archive(old.id)
    elsewhere = workspace.sheets.begin("Something else", owner="Maria")
    workspace.sheets.set_box(elsewhere.id, Box(id="plan", text="Call the lodge and the porter."))
    new = workspace.sheets.begin("Half should go before noon", owner="Samir")
    assert workspace.gallery.similar(new) == []
    new = workspace.sheets.set_box(new.id, Box(id="background", text=LIKE))
    row, words = workspace.gallery.similar(new)[0]
    assert row.id == old.id
    assert set(words) == {"porter", "lodge", "late"}
    assert elsewhere.id not in [row.id for row, _words in workspace.gallery.similar(new)]


def test_only_the_words_of_the_sheet_itself_make_it_alike(workspace: Workspace) -> None:
    fill(workspace.store, 40)
    old = workspace.sheets.begin("Nobody calls anybody", owner="Maria")
    workspace.sheets.write(old.id, visit="v", scratch="Porters of the lodge, late").result()
    workspace.course.move(old.id, "cause", "Porters and the lodge were asked, late")
    workspace.consent.ask(old.id, "Porters of the lodge, late")
    new = workspace.sheets.begin(LIKE, owner="Samir")
    assert old.id not in [row.id for row, _words in workspace.gallery.similar(new)]
    workspace.sheets.set_box(old.id, Box(id="background", text="Pörters of the lodge."))
    found = {row.id: set(words) for row, words in workspace.gallery.similar(new)}
    assert found[old.id] == {"porter", "lodge"}


def test_private_sheets_of_others_and_binned_ones_are_not_named(workspace: Workspace) -> None:
    words = "Porters interrupt the lodge"
    mine = workspace.sheets.begin(words, owner="Ines", definition="personal")
    hers = workspace.sheets.begin(words, owner="Maria", definition="personal")
    gone = workspace.sheets.begin(words, owner="Samir")
    workspace.sheets.remove(gone.id)
    new = workspace.sheets.begin(LIKE)
    assert workspace.gallery.similar(new) == []
    workspace.recorder.set_who("ines")
    assert [row.id for row, _words in workspace.gallery.similar(new)] == [mine.id]
    workspace.recorder.set_who("Maria")
    assert [row.id for row, _words in workspace.gallery.similar(new)] == [hers.id]


def test_a_sheet_whose_type_is_gone_finds_others_by_its_background(workspace: Workspace) -> None:
    old = workspace.sheets.begin("Porters wait at the lodge")
    new = workspace.sheets.begin("Begun")
    new = workspace.sheets.set_box(new.id, Box(id="background", text=LIKE))
    lost = {"definition": "own_lost", "definition_version": 7}
    new = workspace.recorder.change(Sheet, new.id, lambda one: replace(one, **lost))
    assert [row.id for row, _words in workspace.gallery.similar(new)] == [old.id]


def test_an_encrypted_folder_shows_the_same_and_leaves_nothing_to_read(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    opened = open_workspace(folder, load_catalog(folder), Words(), key=b"k" * 32, now=now)
    with closing(opened):
        sheet = opened.sheets.begin("Porters wait at the lodge", owner="Maria")
        opened.sheets.set_box(sheet.id, Box(id="background", text="Zebra crossing"))
        row = only(opened)
        assert (row.title, row.owner) == (sheet.title, "Maria")
        assert opened.gallery.saying([row], "zebra") == {row.key}
        assert opened.exports.draw_sheet(opened.gallery.sheet(sheet.id)).pdf
    for path in folder.rglob("*"):
        if path.is_file():
            held = path.read_bytes().lower()
            assert b"zebra" not in held, path.name
            assert b"lodge" not in held, path.name


def test_a_folder_that_is_only_read_shows_its_sheets_and_refuses_the_rest(
    workspace: Workspace, tmp_path: Path
) -> None:
    sheet = workspace.sheets.begin("Begun")
    folder = workspace.store.folder
    second = open_workspace(folder, load_catalog(folder), Words(), now=now)
    with closing(second):
        assert not second.gallery.writable
        assert only(second).id == sheet.id
        for forbidden in (second.gallery.duplicate, second.gallery.archive, second.gallery.remove):
            with pytest.raises(GembaError):
                forbidden(sheet.id)
    empty = open_workspace(tmp_path / "new", load_catalog(folder), Words(), write=False, now=now)
    with closing(empty):
        assert empty.gallery.rows() == []
        assert empty.gallery.saying([], "anything") == frozenset()
        assert empty.gallery.similar(sheet) == []
