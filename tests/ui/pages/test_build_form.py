"""Building a form in the window: questions, when they are asked, undo, and what comes of it."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from gemba.domain.form import Form
from gemba.services.exchange_rules import photos_of
from gemba.services.workspace import Workspace
from gemba.ui.pages.build_form import BuildFormPage
from gemba.ui.tasks import Tasks
from gemba.ui.theme import Theme
from gemba.words import Words
from tests.ui.pages.conftest import Steps

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(
    theme: Theme, workspace: Workspace, tasks: Tasks, go: Steps, qtbot: QtBot
) -> BuildFormPage:
    made = BuildFormPage(
        theme,
        forms=workspace.forms,
        walks=workspace.walks,
        drafts=workspace.drafts,
        tasks=tasks,
        words=Words(),
        go=go,
        today=workspace.recorder.today,
    )
    qtbot.addWidget(made)
    made.resize(1200, 760)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def add(page: BuildFormPage, qtbot: QtBot, words: str) -> None:
    page.new.line.setFocus()
    qtbot.keyClicks(page.new.line, words)
    qtbot.keyClick(page.new.line, Qt.Key.Key_Return)


def build(page: BuildFormPage, qtbot: QtBot) -> None:
    page.arrive(new=True)
    qtbot.keyClicks(page.title.line, "Ward look")
    add(page, qtbot, "Is the way free?")
    add(page, qtbot, "What stands there?")
    page.question.kind._choose("text")
    page.question.when.question._choose("is_the_way_free")


def names(page: BuildFormPage) -> list[str]:
    return [one.name for one in page.plan.every()]


def keep(page: BuildFormPage, qtbot: QtBot, go: Steps, workspace: Workspace) -> Form:
    qtbot.mouseClick(page.keep, LEFT)
    qtbot.waitUntil(lambda: bool(go.places))
    place, what = go.places[-1]
    assert place == "form"
    form_id = what["form"]
    assert form_id is not None
    return workspace.forms.get(form_id)  # type: ignore[arg-type]


def test_a_form_is_built_in_plain_words_and_filled_in(
    page: BuildFormPage, qtbot: QtBot, go: Steps, workspace: Workspace
) -> None:
    build(page, qtbot)
    assert [one.relevant for one in page.plan.every()] == ["", "${is_the_way_free} = 'no'"]
    qtbot.waitUntil(lambda: [b.question.name for b in page.preview.items.boxes()] != [])
    form = keep(page, qtbot, go, workspace)
    assert form.title == "Ward look"
    desk = workspace.forms.open(workspace.forms.begin(form.id).id)
    (first,) = desk.pages()[0].questions
    desk.answer(first.key, "no")
    assert [one.name for one in desk.pages()[0].questions] == [
        "is_the_way_free",
        "what_stands_there",
    ]


def test_what_was_built_is_an_xlsform_and_comes_back_the_same(
    page: BuildFormPage, qtbot: QtBot, go: Steps, workspace: Workspace
) -> None:
    build(page, qtbot)
    plan = page.plan
    form = keep(page, qtbot, go, workspace)
    data = workspace.form_out.form(form.id, ".xlsx")
    assert load_workbook(io.BytesIO(data)).sheetnames[:2] == ["survey", "choices"]
    back = workspace.forms.plan_of(workspace.forms.newest(form.id))
    assert back is not None
    assert back.items == plan.items
    assert dict(back.lists) == dict(plan.lists)
    page.arrive(form=form.id)
    qtbot.waitUntil(lambda: names(page) == ["is_the_way_free", "what_stands_there"])
    add(page, qtbot, "Since when?")
    go.places.clear()
    assert keep(page, qtbot, go, workspace).id == form.id
    assert [one.number for one in workspace.forms.versions(form.id)] == [2, 1]


def test_every_change_is_taken_back_and_done_again(page: BuildFormPage, qtbot: QtBot) -> None:
    build(page, qtbot)
    page.undo()
    assert page.plan.items[1].relevant == ""
    page.undo()
    assert page.plan.items[1].kind == "select_one"
    page.redo()
    page.redo()
    assert page.plan.items[1].relevant == "${is_the_way_free} = 'no'"
    page.remove()
    assert names(page) == ["is_the_way_free"]
    page.undo()
    assert names(page) == ["is_the_way_free", "what_stands_there"]


def test_leaving_it_as_it_was_can_be_taken_back(
    page: BuildFormPage, qtbot: QtBot, go: Steps
) -> None:
    build(page, qtbot)
    qtbot.keyClicks(page.new.line, "Half a quest")
    qtbot.mouseClick(page.drop, LEFT)
    assert go.places[-1] == ("forms", {})
    page.arrive()
    assert (names(page), page.new.text()) == ([], "")
    assert go.undo is not None
    go.undo()
    assert go.places[-1] == ("build form", {})
    page.arrive()
    assert names(page) == ["is_the_way_free", "what_stands_there"]
    assert (page.title.text(), page.new.text()) == ("Ward look", "Half a quest")


def test_what_was_kept_is_taken_back_and_built_on(
    page: BuildFormPage, qtbot: QtBot, go: Steps, workspace: Workspace
) -> None:
    build(page, qtbot)
    form = keep(page, qtbot, go, workspace)
    page.arrive(form=form.id)
    qtbot.waitUntil(lambda: names(page) == ["is_the_way_free", "what_stands_there"])
    add(page, qtbot, "Since when?")
    page.title.set_text("Another look")
    page._rename()
    go.places.clear()
    assert keep(page, qtbot, go, workspace).title == "Another look"
    assert go.undo is not None
    go.undo()
    assert go.places[-1] == ("build form", {"form": form.id})
    assert [one.number for one in workspace.forms.versions(form.id)] == [1]
    assert workspace.forms.get(form.id).title == "Ward look"
    page.arrive(form=form.id)
    assert names(page) == ["is_the_way_free", "what_stands_there", "since_when"]


def test_where_nothing_is_asked_yet_the_preview_says_what_comes_there(
    page: BuildFormPage, qtbot: QtBot
) -> None:
    page.arrive()
    qtbot.waitUntil(page.preview.empty.isVisible)
    add(page, qtbot, "Is the way free?")
    qtbot.waitUntil(lambda: bool(page.preview.items.boxes()))
    assert not page.preview.empty.isVisible()


def test_a_photo_of_the_standard_stands_beside_the_question(
    page: BuildFormPage, qtbot: QtBot, go: Steps, workspace: Workspace
) -> None:
    build(page, qtbot)
    picture = QImage(60, 40, QImage.Format.Format_RGB32)
    picture.fill(0x336699)
    page.question.standard.picture_added.emit(picture)
    qtbot.waitUntil(lambda: page.plan.items[1].standard_photo != "")
    photo = page.plan.items[1].standard_photo
    form = keep(page, qtbot, go, workspace)
    version = workspace.forms.newest(form.id)
    assert photos_of(version) == {photo}
    desk = workspace.forms.open(workspace.forms.begin(form.id).id)
    desk.answer(desk.pages()[0].questions[0].key, "no")
    assert [one.standard_photo for one in desk.pages()[0].questions] == ["", photo]
    page.arrive(form=form.id)
    qtbot.waitUntil(lambda: len(names(page)) == 2)
    page.choose((1,))
    page.question.standard.removed.emit(photo)
    assert page.plan.items[1].standard_photo == ""


def test_a_form_is_written_in_two_languages(
    page: BuildFormPage, qtbot: QtBot, go: Steps, workspace: Workspace
) -> None:
    build(page, qtbot)
    page.choose((0,))
    qtbot.keyClicks(page.languages.line, "English (en), Deutsch (de)")
    page.leave()
    assert page.plan.languages == ("English (en)", "Deutsch (de)")
    page.spoken._choose("1")
    assert page.question.label.text() == ""
    qtbot.keyClicks(page.question.label.edit, "Ist der Weg frei?")
    page.question.choices.edit.setFocus()
    qtbot.keyClicks(page.question.choices.edit, "Ja")
    page.leave()
    assert page.plan.items[0].labels == ("Is the way free?", "Ist der Weg frei?")
    list_name = page.plan.items[0].list_name
    assert page.plan.lists[list_name][0].labels == ("Yes", "Ja")
    form = keep(page, qtbot, go, workspace)
    desk = workspace.forms.open(workspace.forms.begin(form.id).id)
    assert desk.languages == ["English (en)", "Deutsch (de)"]
    desk.speak("Deutsch (de)")
    assert desk.pages()[0].questions[0].label == "Ist der Weg frei?"


def test_what_is_half_built_is_there_again(
    page: BuildFormPage, qtbot: QtBot, workspace: Workspace
) -> None:
    build(page, qtbot)
    page.leave()
    workspace.recorder.settle()
    page.arrive(new=True)
    assert names(page) == ["is_the_way_free", "what_stands_there"]
    assert page.title.text() == "Ward look"


def test_the_next_question_half_typed_is_there_again(page: BuildFormPage, qtbot: QtBot) -> None:
    page.arrive()
    qtbot.keyClicks(page.title.line, "Round")
    qtbot.keyClicks(page.new.line, "Is the aisle")
    page.leave()
    page.new.set_text("")
    page.arrive()
    assert page.new.text() == "Is the aisle"
    qtbot.keyClick(page.new.line, Qt.Key.Key_Return)
    page.leave()
    page.arrive()
    assert page.new.text() == ""


def test_limits_and_a_formula_that_is_wrong(page: BuildFormPage, qtbot: QtBot) -> None:
    page.arrive(new=True)
    add(page, qtbot, "How many?")
    page.question.kind._choose("integer")
    qtbot.keyClicks(page.question.limits.least.line, "1")
    qtbot.keyClicks(page.question.limits.most.line, "9")
    page.leave()
    assert page.plan.items[0].constraint == ". >= 1 and . <= 9"
    page.question.when.question._choose("=")
    page.question.when.formula.line.clear()
    qtbot.keyClicks(page.question.when.formula.line, "${nothing} = 1")
    page.leave()
    qtbot.waitUntil(page.preview.trouble.isVisible)
    assert "nothing" in page.preview.trouble.words.text()


def test_a_form_without_a_title_or_a_question_is_not_kept(
    page: BuildFormPage, qtbot: QtBot, go: Steps, workspace: Workspace
) -> None:
    page.arrive(new=True)
    qtbot.mouseClick(page.keep, LEFT)
    assert page.title.said()
    qtbot.keyClicks(page.title.line, "Empty")
    qtbot.mouseClick(page.keep, LEFT)
    qtbot.waitUntil(page.unkept.isVisible)
    assert workspace.forms.all() == []


def test_in_a_narrow_window_what_is_chosen_stands_at_the_top(
    page: BuildFormPage, qtbot: QtBot
) -> None:
    page.resize(700, 560)
    page.arrive()
    for number in range(12):
        add(page, qtbot, f"Question {number}?")
    page.choose((0,))
    qtbot.waitUntil(lambda: page.left.verticalScrollBar().value() > 0)
    top = page.chosen.mapTo(page.left, QPoint(0, 0)).y()
    assert 0 <= top < 40
    assert page.question.choices.visibleRegion().boundingRect().height() > 0
