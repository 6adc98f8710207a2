"""Sets of questions by clicks and keys: begun, answered, made one's own, and printed."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gemba.domain.session import Session
from gemba.domain.timeline import WantedTime
from gemba.services.sessions import said_at
from gemba.services.workspace import Workspace
from gemba.ui.pages.learner_story import story_rows
from gemba.ui.pages.questions import QuestionsPage
from gemba.ui.pages.questions_edit import QuestionsEditPage
from gemba.ui.pages.session import SessionPage
from gemba.ui.theme import Theme
from gemba.words import Words

ENTER = Qt.Key.Key_Return


def focused() -> QWidget:
    held = QApplication.focusWidget()
    assert held is not None
    return held


def typed(words: str) -> None:
    QTest.keyClicks(focused(), words)


def pressed(key: Qt.Key, *, ctrl: bool = False) -> None:
    held = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(focused(), key, held)


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace, theme: Theme, go, clock) -> SessionPage:
    made = SessionPage(
        theme,
        sessions=workspace.sessions,
        people=workspace.people,
        go=go,
        today=lambda: clock().date(),
    )
    qtbot.addWidget(made)
    made.resize(1208, 772)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


@pytest.fixture
def editor(qtbot: QtBot, workspace: Workspace, theme: Theme, go) -> QuestionsEditPage:
    made = QuestionsEditPage(
        theme, sets=workspace.question_sets, drafts=workspace.coaching.drafts, go=go
    )
    qtbot.addWidget(made)
    made.resize(1208, 772)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


@pytest.mark.parametrize(
    "name",
    ["aar", "grow", "assumption", "left_hand", "ladder", "reflection", "second_coach",
     "curiosity", "cycle", "planning", "a3", "gemba"],
)  # fmt: skip
def test_each_set_is_gone_through_with_keys_alone(
    page: SessionPage, workspace: Workspace, go, name: str
) -> None:
    page.arrive(questions=name)
    questions = page._questions
    assert questions is not None
    steps = questions.steps_for(first=False)
    for number, step in enumerate(steps):
        assert page.ask.text() == step.ask
        typed(f"answer {number}")
        pressed(ENTER)
        for at, _label in enumerate(step.fill):
            typed(f"line {at}")
            pressed(ENTER)
    workspace.recorder.settle()
    (held,) = workspace.recorder.find(Session)
    assert held.ended_at is not None
    assert bool(held.private_answers) is questions.private
    for number, step in enumerate(steps):
        assert said_at(held, step.id) == f"answer {number}"
        for at, _label in enumerate(step.fill):
            assert said_at(held, f"{step.id}:{at}") == f"line {at}"
    assert go.places[-1] == ("questions", {"questions": name})


def test_what_is_not_known_is_kept_and_leads_on(page: SessionPage, workspace: Workspace) -> None:
    page.arrive(questions="grow")
    typed("More sleep")
    page.unknown.click()
    assert page.ask.text() == "What is happening now?"
    workspace.recorder.settle()
    (held,) = workspace.recorder.find(Session)
    assert held.answers[0].unknown
    assert held.answers[0].text == "More sleep"


def test_the_learners_view_hides_every_prompt(page: SessionPage) -> None:
    page.arrive(questions="grow")
    assert page.prompts.isVisible()
    pressed(Qt.Key.Key_L, ctrl=True)
    assert not page.prompts.isVisible()
    typed("More sleep")
    pressed(ENTER)
    assert not page.prompts.isVisible()
    assert page.page_title() == "GROW"


def test_the_learners_view_closes_a_set_that_is_for_the_writer_alone(
    page: SessionPage, workspace: Workspace
) -> None:
    page.arrive(questions="left_hand")
    typed("He will say no again")
    pressed(Qt.Key.Key_L, ctrl=True)
    assert page.closed.isVisible()
    assert page.answer is not None
    assert not any(field.isVisible() for field in (page.answer, *page.fills))
    page.next.click()
    assert not any(field.isVisible() for field in (page.answer, *page.fills))
    page.back.click()
    pressed(Qt.Key.Key_L, ctrl=True)
    assert not page.closed.isVisible()
    assert page.answer.edit.hasFocus()
    assert page.answer.text() == "He will say no again"


def test_a_talk_begins_at_any_question(
    page: SessionPage, workspace: Workspace, qtbot: QtBot
) -> None:
    page.arrive(questions="grow")
    page.other.click()
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    menu = QApplication.activePopupWidget()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, ENTER):
        QTest.keyClick(menu, key)
    assert page.ask.text() == "What could you do?"
    typed("One list for both")
    page.back.click()
    assert page.ask.text() == "What is happening now?"
    page.other.click()
    ticked = [one.isChecked() for one in QApplication.activePopupWidget().actions()]
    QTest.keyClick(QApplication.activePopupWidget(), Qt.Key.Key_Escape)
    assert ticked == [False, False, True, False]
    page.leave()
    (held,) = workspace.recorder.find(Session)
    assert [one.id for one in held.answers] == ["options"]
    page.arrive(session=held.id)
    page.resize(568, 372)
    assert not page.other.isVisible()
    QTest.keyClick(focused(), Qt.Key.Key_Q, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    QTest.keyClick(QApplication.activePopupWidget(), Qt.Key.Key_Escape)


def test_one_that_was_opened_by_mistake_leaves_nothing(
    page: SessionPage, workspace: Workspace
) -> None:
    page.arrive(questions="ladder")
    page.leave()
    assert workspace.recorder.find(Session) == []


def test_looking_at_one_changes_nothing_and_going_on_does(
    page: SessionPage, workspace: Workspace
) -> None:
    page.arrive(questions="grow")
    typed("Beds are ready by eleven")
    pressed(ENTER)
    page.leave()
    workspace.recorder.settle()
    (held,) = workspace.recorder.find(Session)
    page.arrive(session=held.id)
    page.leave()
    workspace.recorder.settle()
    assert workspace.sessions.get(held.id) == held
    page.arrive(session=held.id)
    pressed(ENTER)
    page.leave()
    workspace.recorder.settle()
    assert workspace.sessions.get(held.id).at_step != held.at_step


def test_a_promise_is_made_of_an_answer(page: SessionPage, workspace: Workspace, go) -> None:
    page.arrive(questions="aar")
    for words in ("Six by ten", "Four by ten", "Letters late"):
        typed(words)
        pressed(ENTER)
    assert page.promise.isVisible()
    typed("Leon signs first")
    page.promise.click()
    assert [one.text for one in workspace.promises.open()] == ["Leon signs first"]


def test_a_set_is_changed_and_asked_so_from_then_on(
    editor: QuestionsEditPage, workspace: Workspace, go
) -> None:
    editor.arrive(questions="grow")
    assert not editor.delete.isVisible()
    editor.ask.edit.selectAll()
    typed("Was willst du von uns?")
    editor.add.click()
    typed("Was noch?")
    editor._move("own_1", -1)
    editor._open("options")
    editor.hidden.click()
    editor.keep.click()
    made = workspace.question_sets.get("grow")
    assert [one.id for one in made.steps] == ["goal", "reality", "options", "own_1", "will"]
    assert made.steps[0].ask == "Was willst du von uns?"
    assert [one.id for one in made.steps_for(first=True)] == ["goal", "reality", "own_1", "will"]
    assert made.version == 2
    assert go.places[-1] == ("questions", {"questions": "grow"})
    editor.arrive(questions="grow")
    assert editor.delete.isVisible()
    editor.delete.click()
    assert workspace.question_sets.get("grow").version == 1
    assert go.said[-1] == "Deleted: GROW"
    assert go.undo is not None
    go.undo()
    assert workspace.question_sets.get("grow") == made


def test_a_question_taken_out_returns_to_its_place(
    editor: QuestionsEditPage, workspace: Workspace, go
) -> None:
    editor.arrive(questions="curiosity")
    before = workspace.question_sets.get("curiosity").steps
    editor._take_out("harder")
    assert go.said[-1].startswith("Taken out: What is making this")
    assert go.undo is not None
    go.undo()
    editor.leave()
    assert workspace.question_sets.get("curiosity").steps == before


def test_a_question_taken_out_comes_back_where_it_was(
    editor: QuestionsEditPage, workspace: Workspace, go
) -> None:
    before = workspace.question_sets.get("grow").steps
    editor.arrive(questions="grow")
    editor._take_out("reality")
    assert workspace.question_sets.get("grow").steps == (before[0], *before[2:])
    editor._move("will", -1)
    go.undo()
    asked = [one.id for one in workspace.question_sets.get("grow").steps]
    assert asked == ["goal", "reality", "will", "options"]
    assert editor.ask.text() == before[1].ask


def test_a_copy_that_was_deleted_comes_back_with_undo(
    editor: QuestionsEditPage, workspace: Workspace, go
) -> None:
    made = workspace.question_sets.copy("grow", "My five")
    editor.arrive(questions=made.id)
    editor.label.line.setFocus()
    editor.label.line.selectAll()
    typed("My six")
    editor.delete.click()
    assert not workspace.question_sets.own(made.id)
    go.undo()
    assert workspace.question_sets.get(made.id).label == "My six"


def test_a_new_set_begins_with_its_name_and_is_kept_once_it_says_something(
    qtbot: QtBot, editor: QuestionsEditPage, workspace: Workspace, theme: Theme, go
) -> None:
    made = QuestionsPage(
        theme, sets=workspace.question_sets, words=Words(),
        write=workspace.exports.write_file, go=go,
    )  # fmt: skip
    qtbot.addWidget(made)
    made.arrive()
    made.new.click()
    place, what = go.places[-1]
    assert place == "questions edit"
    editor.arrive(**what)
    editor.leave()
    assert not workspace.question_sets.own(str(what["questions"]))
    editor.arrive(**what)
    assert editor.label.line.hasFocus()
    typed("Night shift")
    editor.ask.edit.setFocus()
    editor.ask.edit.selectAll()
    typed("Who was not heard?")
    editor.writes._entries.actions()[2].trigger()
    editor.keep.click()
    kept = workspace.question_sets.get(str(what["questions"]))
    assert (kept.label, kept.steps[0].ask) == ("Night shift", "Who was not heard?")
    assert kept.steps[0].writes == "lesson"
    made._copy(kept.id)
    copy = workspace.question_sets.get(str(go.places[-1][1]["questions"]))
    assert (copy.label, copy.steps) == ("Night shift 2", kept.steps)
    go.undo()
    assert not workspace.question_sets.own(copy.id)


def test_leaving_keeps_what_was_changed_and_the_last_question_stays(
    editor: QuestionsEditPage, workspace: Workspace, go
) -> None:
    editor.arrive(questions="curiosity")
    for key in ("noticing", "harder"):
        editor._take_out(key)
    editor._take_out("test")
    assert [error.key for error in go.troubles] == ["definition.no_steps"]
    editor.label.set_text("")
    editor.leave()
    made = workspace.question_sets.get("curiosity")
    assert [one.id for one in made.steps] == ["test"]
    assert made.label == "Curiosity three"


def test_what_is_typed_is_kept_before_the_page_is_left(
    editor: QuestionsEditPage, qtbot: QtBot, workspace: Workspace
) -> None:
    editor.arrive(questions="grow")
    editor.ask.edit.selectAll()
    qtbot.keyClicks(editor.ask.edit, "Where do you want to be")
    qtbot.waitUntil(
        lambda: workspace.question_sets.get("grow").steps[0].ask == "Where do you want to be"
    )


@pytest.mark.parametrize(
    ("name", "why"), [("GROW", "questions.same_name"), ("n" * 61, "questions.long_name")]
)
def test_what_a_name_refuses_stands_there_again_with_the_reason(
    editor: QuestionsEditPage, workspace: Workspace, go, name: str, why: str
) -> None:
    editor.arrive(questions="curiosity")
    editor.add.click()
    editor.ask.edit.selectAll()
    typed("Who else sees it?")
    editor.listen_for.line.setFocus()
    typed("names ")
    editor.label.line.setFocus()
    editor.label.line.selectAll()
    typed(name)
    editor.leave()
    assert [error.key for error in go.troubles] == [why]
    workspace.recorder.settle()
    # Another set does not know of it; the first one does, and says why again.
    editor.arrive(questions="aar")
    assert editor.label.text() != name
    editor.leave()
    editor.arrive(questions="curiosity")
    assert editor.label.text() == name
    assert (editor.ask.text(), editor.listen_for.text()) == ("Who else sees it?", "names ")
    assert go.troubles[-1].key == why
    editor.label.line.selectAll()
    editor.label.line.setFocus()
    typed("Curiosity four")
    editor.leave()
    made = workspace.question_sets.get("curiosity")
    assert (made.label, made.steps[-1].ask) == ("Curiosity four", "Who else sees it?")
    editor.arrive(questions="curiosity")
    assert editor.label.text() == "Curiosity four"
    assert len(go.troubles) == 2


def test_what_is_typed_beside_a_question_without_words_stays(editor: QuestionsEditPage, go) -> None:
    editor.arrive(questions="grow")
    editor.deeper.edit.selectAll()
    editor.deeper.edit.setFocus()
    typed("For whom?")
    editor.ask.edit.selectAll()
    editor.ask.edit.setFocus()
    pressed(Qt.Key.Key_Delete)
    editor._open("reality")
    editor.leave()
    editor.arrive(questions="grow")
    assert editor.ask.text() == "What do you want from this talk?"
    assert editor.deeper.text() == "For whom?"


def test_the_list_leads_on_and_prints(qtbot: QtBot, workspace: Workspace, theme: Theme, go) -> None:
    made = QuestionsPage(
        theme,
        sets=workspace.question_sets,
        words=Words(),
        write=workspace.exports.write_file,
        go=go,
    )
    qtbot.addWidget(made)
    made.resize(1208, 772)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.arrive(questions="grow")
    pressed(ENTER)
    assert go.places[-1] == ("session", {"questions": "grow"})
    made._begin("cycle")
    assert go.places[-1] == ("coaching", {"new": True, "questions": "cycle"})
    pages = []
    made._print("grow")
    made._draw(lambda pdf: pages.append(PdfReader(io.BytesIO(pdf))))
    assert len(pages[0].pages) == 2
    front, back = (page.extract_text() for page in pages[0].pages)
    assert "What do you want from this talk?" in front
    assert "their goal, in their words" in back
    assert "their goal, in their words" not in front


def test_a_card_goes_on_where_it_is_full(workspace: Workspace) -> None:
    from dataclasses import replace

    sets = workspace.question_sets
    grow = sets.get("grow")
    long = replace(grow.steps[0], ask="wort " * 400 + "end")
    sets.save(replace(grow, steps=(long, *grow.steps[1:])))
    reader = PdfReader(io.BytesIO(sets.cards("grow", Words())))
    text = " ".join(page.extract_text() for page in reader.pages)
    assert text.count("wort") == 400
    assert "end" in text


def test_a_broken_set_of_ones_own_is_named_with_file_line_and_key(
    qtbot: QtBot, workspace: Workspace, theme: Theme, go
) -> None:
    folder = workspace.store.folder / "definitions" / "questions"
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text(
        'id = "mine"\nversion = 1\nlabel = "Mine"\nkind = "session"\n\n'
        '[[steps]]\nid = "one"\nask = "What?"\nthen = "one"\n',
        encoding="utf-8",
    )
    made = QuestionsPage(
        theme,
        sets=workspace.question_sets,
        words=Words(),
        write=workspace.exports.write_file,
        go=go,
    )
    qtbot.addWidget(made)
    made.show()
    made.arrive()
    assert made.trouble.isVisible()
    assert made.trouble.words.text() == (
        'mine.toml, line 9: steps.one.then leads back to "one", so the questions would never end.'
    )
    assert "mine" not in [row.words.key for row in made.rows.rows()]


@pytest.fixture
def sets(qtbot: QtBot, workspace: Workspace, theme: Theme, go) -> QuestionsPage:
    made = QuestionsPage(
        theme,
        sets=workspace.question_sets,
        words=Words(),
        write=workspace.exports.write_file,
        go=go,
    )
    qtbot.addWidget(made)
    return made


def begun(page: QuestionsPage, key: str) -> None:
    row = next(one for one in page.rows.rows() if one.words.key == key)
    page.show()
    row.setFocus()
    QTest.keyClick(row, ENTER)


def test_a_set_begun_from_a_learner_is_held_with_them(
    sets: QuestionsPage, workspace: Workspace, go
) -> None:
    tomas = workspace.people.person("Tomas Reyes").id
    mine = workspace.question_sets.copy("cycle", "My five steps").id
    sets.arrive(learner=tomas)
    for key, place, what in (
        ("grow", "session", {"questions": "grow", "learner": tomas}),
        ("curiosity", "talk", {"learner": tomas}),
        (mine, "cycle", {"learner": tomas, "questions": mine}),
        # What is for the writer alone joins nobody's history.
        ("left_hand", "session", {"questions": "left_hand"}),
    ):
        begun(sets, key)
        assert go.places[-1] == (place, what)
    sets.arrive()
    begun(sets, mine)
    assert go.places[-1] == ("coaching", {"new": True, "questions": mine})


def test_a_cycle_by_a_copy_writes_the_board(workspace: Workspace) -> None:
    tomas = workspace.people.person("Tomas Reyes").id
    mine = workspace.question_sets.copy("cycle", "My five steps").id
    talk = workspace.coaching.start_cycle(tomas, definition=mine)
    first = workspace.coaching.questions(talk).steps_for(first=True)[0]
    workspace.coaching.answer(talk.id, first.id, "8 of 10 by ten", visit="v")
    workspace.recorder.settle()
    assert first.writes == "target_condition"
    assert workspace.coaching.board_of(tomas).target_condition == "8 of 10 by ten"
    assert workspace.coaching.talk(talk.id).definition == mine
    (row,) = workspace.looking_back.page(WantedTime(learner_id=tomas, kinds=("talk",)), 9)
    assert row.what == "cycle"


def test_a_conversation_with_a_learner_is_in_their_record(
    page: SessionPage, workspace: Workspace
) -> None:
    tomas = workspace.people.person("Tomas Reyes").id
    page.arrive(questions="grow", learner=tomas)
    typed("One list at the lodge")
    pressed(ENTER)
    page.leave()
    pages = PdfReader(io.BytesIO(workspace.exports.record(tomas))).pages
    said = "\n".join(one.extract_text() for one in pages)
    assert "GROW" in said
    assert "One list at the lodge" in said
    (row,) = story_rows([], [], "lodge", page._today(), workspace.history.sessions(tomas))
    assert row.strong == "One list at the lodge"
