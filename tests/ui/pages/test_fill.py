"""Filling in a form in the window: by keys and large buttons, left and resumed."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from gemba.domain.form import Filling
from gemba.domain.form_plan import Choice, FormPlan, Item
from gemba.domain.form_view import FormQuestion
from gemba.domain.observation import Observation
from gemba.domain.promise import Promise
from gemba.services.workspace import Workspace
from gemba.ui.pages.fill import FillPage
from gemba.ui.pages.fill_choosing import ButtonsEditor
from gemba.ui.pages.fill_finding import FindEditor
from gemba.ui.pages.fill_ranking import RankEditor
from gemba.ui.pages.fill_writing import NumberEditor, TextEditor
from gemba.ui.tasks import Tasks
from gemba.ui.theme import Theme
from gemba.ui.widgets import Button, Label
from gemba.ui.within import within
from tests.ui.pages.conftest import Steps

LEFT = Qt.MouseButton.LeftButton
Open = Callable[[UUID], FillPage]


@pytest.fixture
def opened(theme: Theme, workspace: Workspace, tasks: Tasks, go: Steps, qtbot: QtBot) -> Open:
    def make(filling_id: UUID) -> FillPage:
        page = FillPage(
            theme,
            forms=workspace.forms,
            walks=workspace.walks,
            people=workspace.people,
            drafts=workspace.drafts,
            bulletin=workspace.bulletin,
            tasks=tasks,
            go=go,
            today=workspace.recorder.today,
        )
        qtbot.addWidget(page)
        page.resize(1100, 760)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        page.arrive(filling=filling_id)
        qtbot.waitUntil(lambda: page.desk is not None)
        return page

    return make


def begun(workspace: Workspace, name: str = "discharge_round", place: str = "") -> Filling:
    form = workspace.forms.add_bundled(name)
    return workspace.forms.begin(form.id, place=place)


def question(page: FillPage, name: str) -> FormQuestion:
    return next(one for part in page.pages() for one in part.questions if one.name == name)


def test_an_answer_by_a_button_is_kept_at_once_and_brings_what_follows(
    opened: Open, workspace: Workspace, qtbot: QtBot
) -> None:
    form = workspace.forms.from_list("Is the way out free?\nHow many wait?\tnumber", "Look")
    page = opened(workspace.forms.begin(form.id).id)
    box = page.items.boxes()[0]
    assert isinstance(box.editor, ButtonsEditor)
    qtbot.mouseClick(box.editor.buttons["no"], LEFT)
    assert [one.question.name for one in page.items.boxes()] == [
        "is_the_way_out_free",
        "is_the_way_out_free_note",
        "how_many_wait",
    ]
    assert page.items.boxes()[0] is box
    assert box.acts.isVisible()
    assert page.desk is not None
    held = workspace.forms.filling(page.desk.filling.id)
    assert [one.text for one in held.answers if "meta" not in one.id] == ["no"]
    qtbot.mouseClick(box.editor.buttons["no"], LEFT)
    assert question(page, "is_the_way_out_free").answer == ""


def test_the_place_is_kept_while_it_is_typed(
    opened: Open, workspace: Workspace, qtbot: QtBot
) -> None:
    filling = begun(workspace)
    page = opened(filling.id)
    page.where.place.line.setFocus()
    qtbot.keyClicks(page.where.place.line, "Ward 7")
    qtbot.waitUntil(lambda: workspace.forms.filling(filling.id).place == "Ward 7")


def test_a_place_may_be_named_as_it_was_before(
    opened: Open, workspace: Workspace, qtbot: QtBot
) -> None:
    filling = begun(workspace, place="Ward 7")
    page = opened(filling.id)
    line = page.where.place.line
    for name in ("Ward 8", "Ward 9", "Ward 8", "Ward 7", "Ward 8", "Ward 7"):
        line.setFocus()
        line.selectAll()
        qtbot.keyClicks(line, name)
        qtbot.keyClick(line, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda name=name: workspace.forms.filling(filling.id).place == name)  # type: ignore[misc]


def test_digits_choose_and_enter_goes_on(opened: Open, workspace: Workspace, qtbot: QtBot) -> None:
    form = workspace.forms.from_list("Free?\nWaiting?\tnumber\nWhy?\ttext", "Look")
    page = opened(workspace.forms.begin(form.id).id)
    qtbot.waitUntil(lambda: page.items.boxes()[0].has_focus())
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_2)
    assert question(page, "free").answer == "no"
    page.hold(question(page, "waiting").key)
    qtbot.keyClicks(QApplication.focusWidget(), "12")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: question(page, "waiting").answer == "12")
    box = page.items.box(question(page, "why").key)
    assert box is not None
    qtbot.waitUntil(box.has_focus)


def test_a_digit_chooses_the_points_that_an_answer_begins_with(
    opened: Open, workspace: Workspace, qtbot: QtBot
) -> None:
    page = opened(begun(workspace, "five_s").id)
    box = page.items.boxes()[0]
    qtbot.waitUntil(box.has_focus)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_3)
    asked = page.pages()[0].questions[0]
    assert [one.label for one in asked.choices if one.name == asked.answer] == ["3 Nearly all"]


def test_half_a_number_is_said_and_found_again(
    opened: Open, workspace: Workspace, qtbot: QtBot, go: Steps
) -> None:
    page = opened(begun(workspace).id)
    key = question(page, "expected").key
    page.hold(key)
    qtbot.keyClicks(QApplication.focusWidget(), "1x")
    page.leave()
    box = page.items.box(key)
    assert box is not None
    qtbot.waitUntil(lambda: "kept as you wrote it" in box.notice.words.text())
    assert page.desk is not None
    other = opened(page.desk.filling.id)
    again = other.items.box(key)
    assert again is not None
    assert isinstance(again.editor, NumberEditor)
    assert again.editor.text() == "1x"
    assert again.editor.caret() == 2


def test_what_is_missing_is_said_at_the_question_when_handing_in(
    opened: Open, workspace: Workspace, qtbot: QtBot, go: Steps
) -> None:
    page = opened(begun(workspace).id)
    assert not any(box.notice.isVisible() for box in page.items.boxes())
    page.go_to_page(2)
    qtbot.mouseClick(page.foot.hand_in, LEFT)
    assert page.unready.words.text().startswith("3 answers are missing")
    box = page.items.box(question(page, "expected").key)
    assert box is not None
    assert box.notice.isVisible()
    for name, text in (("expected", "3"), ("bed", "6"), ("ready", "yes")):
        page.answer(question(page, name).key, text)
    page.go_to_page(2)
    qtbot.mouseClick(page.foot.hand_in, LEFT)
    assert page.done.isVisible()
    assert go.said[-1].startswith("Handed in")
    # What was handed in is read in full ink; nothing in it takes an answer or another round.
    assert page.items.isEnabled()
    for number in range(len(page.pages())):
        page.go_to_page(number)
        assert page.items.boxes()
        assert not any(one.question.asks for one in page.items.boxes())
        words = [one.text() for one in within(page.items, Button) if one.isVisible()]
        assert not [one for one in words if one.startswith(("One more", "Take away"))]
    qtbot.mouseClick(page.done.button, LEFT)
    assert any(one.question.asks for one in page.items.boxes())


def test_tab_goes_through_the_page_as_it_reads_and_out_of_it(
    opened: Open, workspace: Workspace, qtbot: QtBot
) -> None:
    page = opened(begun(workspace).id)
    page.answer(question(page, "bed").key, "6")
    page.go_to_page(1)
    page.hold(question(page, "ready").key)
    seen = []
    for _ in range(30):
        held = QApplication.focusWidget()
        assert held is not None
        seen.append(held)
        qtbot.keyClick(held, Qt.Key.Key_Tab)
        if QApplication.focusWidget() in seen:
            break
    read = [one.mapTo(page, QPoint()).y() for one in seen]
    below = seen[: seen.index(page.foot.on) + 1]
    assert read[: len(below)] == sorted(read[: len(below)])
    assert not any(isinstance(one, QPlainTextEdit) for one in seen[len(below) :])


def test_an_order_is_given_by_keys_alone(opened: Open, workspace: Workspace, qtbot: QtBot) -> None:
    listed = tuple(Choice(name, (name.title(),)) for name in ("letter", "bag", "porter"))
    rank = Item("rank", "first", labels=("What first?",), list_name="waits")
    plan = FormPlan(title="Look", form_id="", items=(rank,), lists={"waits": listed})
    page = opened(workspace.forms.begin(workspace.forms.keep_draft(plan).id).id)
    (box,) = page.items.boxes()
    qtbot.waitUntil(box.has_focus)
    assert isinstance(box.editor, RankEditor)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert question(page, "first").answer == "bag letter porter"
    # What gave the order goes away with it, and the focus stays at the question.
    page.answer(box.key, "")
    box.editor.keep.setFocus()
    qtbot.keyClick(box.editor.keep, Qt.Key.Key_Space)
    assert question(page, "first").answer == "letter bag porter"
    assert box.has_focus()


def test_an_answer_is_taken_back_and_given_again(
    opened: Open, workspace: Workspace, qtbot: QtBot
) -> None:
    form = workspace.forms.from_list("Free?\nWaiting?\tnumber\nTidy?", "Look")
    page = opened(workspace.forms.begin(form.id).id)
    qtbot.waitUntil(lambda: page.items.boxes()[0].has_focus())
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_2)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_1)
    page.hold(question(page, "waiting").key)
    qtbot.keyClicks(QApplication.focusWidget(), "12")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.items.boxes()[3].has_focus())

    def press(keys: QKeySequence.StandardKey) -> list[str]:
        qtbot.keySequence(QApplication.focusWidget(), QKeySequence(keys))
        return [question(page, name).answer for name in ("free", "waiting")]

    undo, redo = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
    assert press(undo) == ["yes", ""]
    # Back at the number, whose field has its own way back; from there on by the page.
    assert page.items.boxes()[2].has_focus()
    page.items.boxes()[0].hold()
    assert press(undo) == ["no", ""]
    assert press(undo) == ["", ""]
    assert press(undo) == ["", ""]
    assert press(redo) == ["no", ""]
    page.answer(question(page, "free").key, "yes")
    assert press(redo) == ["yes", ""]
    assert page.desk is not None
    held = workspace.forms.filling(page.desk.filling.id)
    assert held.answer(question(page, "free").key) is not None


def of_choices(workspace: Workspace, kind: str, *labels: str) -> Filling:
    listed = tuple(Choice(f"n{at}", (label,)) for at, label in enumerate(labels))
    items = (Item(kind, "who", labels=("Who?",), list_name="names"), Item("text", "why"))
    plan = FormPlan(title="Look", form_id="", items=items, lists={"names": listed})
    return workspace.forms.begin(workspace.forms.keep_draft(plan).id)


def test_one_of_very_many_choices_is_found_by_a_few_letters(
    opened: Open, workspace: Workspace, qtbot: QtBot
) -> None:
    names = [f"Porter {number}" for number in range(400)]
    page = opened(of_choices(workspace, "select_multiple", *names).id)
    box = page.items.boxes()[0]
    assert isinstance(box.editor, FindEditor)
    assert len(box.editor.options) < 20
    assert "394 more" in box.editor.more.text()
    qtbot.waitUntil(box.has_focus)
    for typed in ("porter 39", "R 217"):
        qtbot.keyClicks(QApplication.focusWidget(), typed)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert question(page, "who").words() == "Porter 39, Porter 217"
    # Both stand there ticked, and a click takes one back without moving the other.
    assert [name for name, one in box.editor.options.items() if one.isChecked()] == ["n39", "n217"]
    box.editor.options["n39"].click()
    assert question(page, "who").words() == "Porter 217"
    assert list(box.editor.options)[:2] == ["n39", "n217"]
    qtbot.keyClicks(QApplication.focusWidget(), "nobody")
    assert box.editor.more.text() == "Nothing like this is offered."
    # With nothing typed Enter goes on.
    box.editor.wanted.set_text("")
    qtbot.keyClick(box.editor.wanted.line, Qt.Key.Key_Return)
    qtbot.waitUntil(page.items.boxes()[1].has_focus)


@pytest.mark.parametrize("kind", ["select_one", "select_multiple", "rank"])
@pytest.mark.parametrize("further", [0, 40])
def test_marks_in_choices_are_read_as_in_labels(
    opened: Open, workspace: Workspace, kind: str, further: int
) -> None:
    labels = ["**Now** <b>here</b>", *(f"*No* {number}" for number in range(1 + further))]
    page = opened(of_choices(workspace, kind, *labels).id)
    shown = [one.text() for one in within(page.items, QAbstractButton)]
    shown += [one.text() for one in within(page.items, Label)]
    assert {"Now here", "No 0"} <= set(shown)
    assert not any("*" in one or "<" in one for one in shown)


def test_one_question_at_a_time(opened: Open, workspace: Workspace, qtbot: QtBot) -> None:
    page = opened(begun(workspace).id)
    qtbot.mouseClick(page.manner.segment("one"), LEFT)
    names = []
    for _ in range(4):
        (box,) = page.items.boxes()
        names.append(box.question.name)
        page.step(1)
    assert names == ["begun", "together", "expected", "bed"]


def test_a_round_is_added_taken_away_and_brought_back(
    opened: Open, workspace: Workspace, qtbot: QtBot, go: Steps
) -> None:
    page = opened(begun(workspace).id)
    page.answer(question(page, "bed").key, "6")
    page.go_to_page(1)
    page.items.round_added.emit("/data/beds")
    assert len(page.pages()) == 4
    page.items.round_dropped.emit("/data/beds[1]")
    assert question(page, "bed").answer == ""
    assert go.undo is not None
    go.undo()
    assert question(page, "bed").answer == "6"


@pytest.mark.parametrize("what", ["promise", "observation"])
def test_a_no_opens_a_promise_or_an_observation(
    opened: Open, workspace: Workspace, qtbot: QtBot, go: Steps, what: str
) -> None:
    form = workspace.forms.from_list("Is the way out free?", "Look")
    page = opened(workspace.forms.begin(form.id, place="Ward 6").id)
    page.answer(question(page, "is_the_way_out_free").key, "no")
    box = page.items.boxes()[0]
    qtbot.mouseClick(box.promise if what == "promise" else box.observe, LEFT)
    ref, _part = go.opened[-1]
    assert ref.kind == what
    made = workspace.recorder.get(Promise if what == "promise" else Observation, ref.id)
    words = made.text if isinstance(made, Promise) else made.saw
    assert words == "Is the way out free? No"
    assert page.desk is not None
    assert [chip.ref for chip in workspace.thread.chips(page.desk.ref)] == [ref]
    # It stands at the question from now on.
    page.arrive(filling=page.desk.filling.id)
    (box,) = [one for one in page.items.boxes() if one.made]
    (chip,) = box.made
    qtbot.mouseClick(chip, LEFT)
    assert [one for one, _part in go.opened] == [ref, ref]
    # One made by an oversight is taken back where it is said.
    qtbot.mouseClick(box.promise if what == "promise" else box.observe, LEFT)
    assert len(workspace.thread.chips(page.desk.ref)) == 2
    assert go.undo is not None
    go.undo()
    page.arrive(filling=page.desk.filling.id)
    assert box.made == [chip]
    assert [one.ref for one in workspace.thread.chips(page.desk.ref)] == [ref]


def test_last_findings_stand_under_the_question(
    opened: Open, workspace: Workspace, qtbot: QtBot
) -> None:
    form = workspace.forms.from_list("Is the way out free?", "Look")
    first = workspace.forms.open(workspace.forms.begin(form.id, place="Ward 6").id)
    first.answer(first.pages()[0].questions[0].key, "no")
    assert first.finish() == []
    page = opened(workspace.forms.begin(form.id, place="Ward 6").id)
    assert page.items.boxes()[0].before.text() == "Last time here. 24 Nov: No"


def test_hostile_labels_are_plain_words(opened: Open, workspace: Workspace, qtbot: QtBot) -> None:
    words = "<script>alert(1)</script><b>Is</b> it **free**? <img src=x onerror=y>"
    form = workspace.forms.from_list(f"{words}\ttext", words)
    page = opened(workspace.forms.begin(form.id).id)
    (box,) = page.items.boxes()
    assert isinstance(box.editor, TextEditor)
    assert box.label.text().strip() == "Is it free?"
