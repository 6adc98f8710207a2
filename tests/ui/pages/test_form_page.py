"""The page of one form: its scores, read beside the window, and a newer version from a file."""

from __future__ import annotations

import threading
from pathlib import Path
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot

from gemba.domain.changes import Ref
from gemba.domain.form import Form, FormVersion
from gemba.services.form_scores import Scores
from gemba.services.workspace import Workspace
from gemba.ui.pages.form_page import FormPage
from gemba.ui.pages.form_shelf import FormShelfPage
from gemba.ui.tasks import Tasks
from gemba.ui.theme import Theme
from gemba.words import Words
from tests.ui.pages.conftest import Steps


@pytest.fixture
def page(theme: Theme, workspace: Workspace, tasks: Tasks, go: Steps, qtbot: QtBot) -> FormPage:
    made = FormPage(
        theme,
        forms=workspace.forms,
        people=workspace.people,
        out=workspace.form_out,
        tasks=tasks,
        write=lambda path, data: None,
        bulletin=workspace.recorder.bulletin,
        words=Words(),
        go=go,
        today=workspace.recorder.today,
    )
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    return made


def scored(workspace: Workspace) -> Form:
    form = workspace.forms.add_bundled("five_s")
    desk = workspace.forms.open(workspace.forms.begin(form.id, place="Ward 6").id)
    for one in (one for page in desk.pages() for one in page.questions):
        if one.kind == "one":
            desk.answer(one.key, one.choices[-1].name)
    desk.keep()
    assert desk.finish() == []
    return form


def test_scores_are_read_beside_the_window(
    page: FormPage, workspace: Workspace, qtbot: QtBot
) -> None:
    form = scored(workspace)
    readers: list[int] = []

    def version(key: UUID) -> FormVersion:
        readers.append(threading.get_ident())
        return workspace.forms.version(key)

    workspace.forms.__dict__["scores"] = Scores(version)
    page.arrive(form=form.id)
    assert not page.scores.isVisible()
    assert page.head.title.text() == "5S round"
    qtbot.waitUntil(page.scores.isVisible)
    assert readers
    assert threading.get_ident() not in readers
    (row,) = page.done.rows()
    assert [one.name for one in page.scores.series()] == [
        "Sort", "Set in order", "Shine", "Standardise", "Sustain",
    ]  # fmt: skip
    assert all(name in row.words.small for name in ("Ward 6", "Sort", "Sustain"))


def test_nothing_of_one_form_is_shown_with_another(
    page: FormPage, workspace: Workspace, qtbot: QtBot
) -> None:
    page.arrive(form=scored(workspace).id)
    qtbot.waitUntil(page.scores.isVisible)
    other = workspace.forms.from_list("Is the way free?", "Way")
    page.arrive(form=other.id)
    assert (page.done.rows(), page.about.text()) == ([], "")
    assert not page.scores.isVisible()
    qtbot.waitUntil(page.none.isVisible)


def test_a_newer_version_that_cannot_be_read_says_where(
    page: FormPage, workspace: Workspace, go: Steps, qtbot: QtBot, tmp_path: Path
) -> None:
    form = workspace.forms.from_list("Is the way free?", "Way")
    page.arrive(form=form.id)
    file = tmp_path / "next.csv"
    file.write_text("type,name,label\ntxet,why,Why?\n", encoding="utf-8")
    page.bring_in(file)
    qtbot.waitUntil(page.refused.isVisible)
    assert page.refused.words.text().startswith("Sheet survey, row 2, column type: ")
    file.write_text("type,name,label\ntext,why,Why?\n", encoding="utf-8")
    page.bring_in(file)
    qtbot.waitUntil(page.coming.isVisible)
    assert page.coming.title.text() == "Way: 1 question, nothing is kept yet"
    assert page.coming.told.text() == "Why?"
    assert not page.refused.isVisible()
    assert [one.number for one in workspace.forms.versions(form.id)] == [1]
    page.coming.take.click()
    qtbot.waitUntil(lambda: go.undo is not None)
    assert [one.number for one in workspace.forms.versions(form.id)] == [2, 1]
    assert go.undo is not None
    go.undo()
    assert [one.number for one in workspace.forms.versions(form.id)] == [1]


def test_a_newer_version_that_is_filled_in_already_stays(
    page: FormPage, workspace: Workspace, go: Steps, qtbot: QtBot, tmp_path: Path
) -> None:
    form = workspace.forms.from_list("Is the way free?", "Way")
    page.arrive(form=form.id)
    file = tmp_path / "next.csv"
    file.write_text("type,name,label\ntext,why,Why?\n", encoding="utf-8")
    page.bring_in(file)
    qtbot.waitUntil(page.coming.isVisible)
    page.coming.leave_it.click()
    assert not page.coming.isVisible()
    page.bring_in(file)
    qtbot.waitUntil(page.coming.isVisible)
    page.coming.take.click()
    qtbot.waitUntil(lambda: go.undo is not None)
    workspace.forms.begin(form.id)
    assert go.undo is not None
    go.undo()
    assert [error.key for error in go.troubles] == ["bin.named"]
    assert [one.number for one in workspace.forms.versions(form.id)] == [2, 1]


def test_what_is_not_supported_is_said_one_a_line(
    page: FormPage, workspace: Workspace, qtbot: QtBot, tmp_path: Path
) -> None:
    rows = [f"geopoint,p{number},Where?" for number in range(10)]
    file = tmp_path / "ward.csv"
    file.write_text("\n".join(["type,name,label", "text,a,A", *rows]), encoding="utf-8")
    page.arrive(form=workspace.forms.from_file(file).id)
    qtbot.waitUntil(page.kept.isVisible)
    lines = page.kept.words.text().split("\n")
    assert lines[1].startswith("p0: Not supported: places")
    assert (len(lines), lines[-1]) == (10, "… and 2 more")


def test_a_file_is_shown_before_it_becomes_a_form_and_can_be_taken_back(
    theme: Theme, workspace: Workspace, tasks: Tasks, go: Steps, qtbot: QtBot, tmp_path: Path
) -> None:
    shelf = FormShelfPage(
        theme,
        forms=workspace.forms,
        drafts=workspace.drafts,
        bulletin=workspace.recorder.bulletin,
        tasks=tasks,
        words=Words(),
        go=go,
        today=workspace.recorder.today,
    )
    qtbot.addWidget(shelf)
    shelf.resize(1000, 700)
    shelf.show()
    shelf.arrive()
    file = tmp_path / "ward.csv"
    rows = [f"text,q{number},Question {number}?" for number in range(9)]
    file.write_text("\n".join(["type,name,label", *rows, "geopoint,p,Where?"]), encoding="utf-8")
    shelf.bring_in(file)
    qtbot.waitUntil(shelf.coming.isVisible)
    assert shelf.coming.title.text().startswith("ward: ")
    assert shelf.coming.told.text().split("\n")[0] == "Question 0?"
    assert shelf.coming.told.text().endswith("more")
    assert shelf.coming.left_out.text().startswith("p: Not supported: places")
    assert workspace.forms.all() == []
    shelf.coming.take.click()
    qtbot.waitUntil(lambda: go.undo is not None)
    (form,) = workspace.forms.all()
    assert go.places[-1] == ("form", {"form": form.id})
    assert go.undo is not None
    go.undo()
    assert workspace.forms.all() == []
    assert workspace.bin.restore(Ref("form", form.id))
    assert workspace.forms.newest(form.id).number == 1
