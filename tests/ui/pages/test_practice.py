"""The coach's own pages: by clicks and keys, over a real folder."""

from __future__ import annotations

from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gemba.services.workspace import Workspace
from gemba.ui.pages.after_talk import AfterTalkPage
from gemba.ui.pages.practice import PracticePage
from gemba.ui.pages.question_log import QuestionLogPage
from gemba.ui.pages.second_coach import SecondCoachPage
from gemba.ui.theme import Theme

ENTER = Qt.Key.Key_Return


@pytest.fixture
def talk_id(workspace: Workspace) -> UUID:
    learner = workspace.people.person("Tomas Reyes").id
    return workspace.coaching.start_cycle(learner).id


@pytest.fixture
def log(qtbot: QtBot, workspace: Workspace, theme: Theme, go, clock) -> QuestionLogPage:
    made = QuestionLogPage(
        theme,
        practice=workspace.practice,
        drafts=workspace.drafts,
        bulletin=workspace.bulletin,
        go=go,
        today=lambda: clock().date(),
    )
    qtbot.addWidget(made)
    made.resize(1208, 772)
    made.show()
    return made


@pytest.fixture
def after(qtbot: QtBot, workspace: Workspace, theme: Theme, go) -> AfterTalkPage:
    made = AfterTalkPage(theme, practice=workspace.practice, coaching=workspace.coaching, go=go)
    qtbot.addWidget(made)
    made.resize(1208, 772)
    made.show()
    return made


@pytest.fixture
def sheet(qtbot: QtBot, workspace: Workspace, theme: Theme, go) -> SecondCoachPage:
    made = SecondCoachPage(theme, practice=workspace.practice, exports=workspace.exports, go=go)
    qtbot.addWidget(made)
    made.resize(1208, 772)
    made.show()
    return made


@pytest.fixture
def practice(qtbot: QtBot, workspace: Workspace, theme: Theme, go, clock) -> PracticePage:
    made = PracticePage(
        theme,
        practice=workspace.practice,
        bulletin=workspace.bulletin,
        go=go,
        today=lambda: clock().date(),
    )
    qtbot.addWidget(made)
    made.resize(1208, 772)
    made.show()
    return made


def rows_of(page: QuestionLogPage) -> list[tuple[str, str]]:
    model = page.list.model()
    rows = [model.words(at) for at in range(model.rowCount())]  # type: ignore[attr-defined]
    return [(row.strong, row.small) for row in rows]


def test_a_question_is_noted_and_told_quietly(
    log: QuestionLogPage, workspace: Workspace, talk_id: UUID
) -> None:
    log.arrive(talk=talk_id)
    QTest.keyClicks(log.entry.edit, "Have you tried a list?")
    assert "leading" in log.entry.label.text()
    QTest.keyClick(log.entry.edit, ENTER)
    assert rows_of(log) == [("Have you tried a list?", "closed, leading, Tomas Reyes")]
    assert log.entry.text() == ""
    assert workspace.practice.questions(1)[0].talk_id == talk_id
    QTest.keyClick(log.entry.edit, ENTER)
    assert workspace.practice.count() == 1
    assert "first" in log.entry.accessibleDescription()


def test_a_question_half_written_is_there_again(log: QuestionLogPage) -> None:
    log.arrive()
    QTest.keyClicks(log.entry.edit, "What did")
    log.leave()
    log.entry.set_text("")
    log.arrive()
    assert log.entry.text() == "What did"


def test_writing_it_anew_shows_the_class_change(
    log: QuestionLogPage, workspace: Workspace, go
) -> None:
    (one,) = workspace.practice.log("Why didn't you call?")
    log.arrive(asked=one.id)
    exercise = log.exercise
    assert log.host.is_open()
    assert "blame" in exercise.told.text()
    QTest.keyClicks(exercise.anew.edit, "Did you")
    assert exercise.note.text().startswith("closed")
    exercise.anew.set_text("")
    QTest.keyClicks(exercise.anew.edit, "What kept you from calling?")
    QTest.mouseClick(exercise.kept, Qt.MouseButton.LeftButton)
    log.leave()
    found = workspace.practice.question(one.id)
    assert found.rewrite == "What kept you from calling?"
    assert found.rewrite_forms[0] == "open"
    assert found.kept
    log.arrive()
    assert "anew: open" in rows_of(log)[0][1]
    log.arrive(asked=one.id)
    QTest.mouseClick(exercise.drop, Qt.MouseButton.LeftButton)
    assert [ref.id for ref in go.thrown] == [one.id]
    assert not log.host.is_open()


@pytest.mark.parametrize("words", ["what " * 20_000, "ماذا ترى؟", "<b>why</b>\u202e?", "=1+1"])
def test_odd_questions_are_shown_and_kept_whole(
    log: QuestionLogPage, workspace: Workspace, words: str
) -> None:
    log.arrive()
    log.entry.set_text(words)
    log.entry.keep()
    (one,) = workspace.practice.questions(2)
    assert one.words == words.strip()
    log.arrive(asked=one.id)
    shown = log.exercise.asked.text()
    assert one.words.startswith(shown.rstrip("…").rstrip())
    assert log.grab().width() > 0


def test_three_digits_and_enter_are_enough(
    after: AfterTalkPage, workspace: Workspace, talk_id: UUID, go
) -> None:
    after.arrive(talk=talk_id)
    assert after.keeper.hasFocus()
    for digit in "723":
        QTest.keyClicks(after.keeper, digit)
    QTest.keyClick(after.keeper, ENTER)
    noted = workspace.practice.after(talk_id)
    assert noted is not None
    assert (noted.asked, noted.told, noted.silences, noted.talk_share) == (7, 2, 3, None)
    assert go.places == [("learner", {"learner": noted.learner_id})]


def test_a_fourth_digit_is_the_share_and_a_wrong_one_is_taken_back(
    after: AfterTalkPage, workspace: Workspace, talk_id: UUID
) -> None:
    after.arrive(talk=talk_id)
    QTest.keyClicks(after.keeper, "12")
    QTest.keyClick(after.keeper, Qt.Key.Key_Backspace)
    QTest.keyClicks(after.keeper, "454")
    assert [row.value for row in after.rows] == [1, 4, 5, 4]
    after.aim.setFocus()
    QTest.keyClicks(after.aim.edit, "Count to 5")
    QTest.keyClick(after.aim.edit, ENTER)
    noted = workspace.practice.after(talk_id)
    assert noted is not None
    assert (noted.told, noted.talk_share, noted.aim) == (4, 40, "Count to 5")


@pytest.mark.parametrize("share", [0, 100])
def test_who_said_nothing_or_everything_can_say_so(
    after: AfterTalkPage, workspace: Workspace, talk_id: UUID, share: int
) -> None:
    after.arrive(talk=talk_id)
    QTest.keyClicks(after.keeper, "300")
    if share:
        QTest.mouseClick(after.share.digits.segment("10"), Qt.MouseButton.LeftButton)
    else:
        QTest.keyClicks(after.keeper, "0")
    after.keep()
    noted = workspace.practice.after(talk_id)
    assert noted is not None
    assert noted.talk_share == share
    after.arrive(talk=talk_id)
    assert after.share.value == share // 10


def test_leaving_keeps_what_was_noted_and_nothing_keeps_nothing(
    after: AfterTalkPage, workspace: Workspace, talk_id: UUID
) -> None:
    after.arrive(talk=talk_id)
    after.leave()
    assert workspace.practice.after(talk_id) is None
    after.arrive(talk=talk_id)
    QTest.keyClicks(after.keeper, "1")
    after.leave()
    noted = workspace.practice.after(talk_id)
    assert noted is not None
    assert noted.asked == 1


def test_counts_beyond_the_keys_stay_what_they_were(
    after: AfterTalkPage, workspace: Workspace, talk_id: UUID
) -> None:
    workspace.practice.look_back(talk_id, asked=14, told=3, silences=0, talk_share=45)
    after.arrive(talk=talk_id)
    after.aim.setFocus()
    QTest.keyClicks(after.aim.edit, "Wait")
    after.leave()
    noted = workspace.practice.after(talk_id)
    assert noted is not None
    assert (noted.asked, noted.told, noted.talk_share, noted.aim) == (14, 3, 45, "Wait")


def test_the_aim_before_is_asked_about(
    after: AfterTalkPage, workspace: Workspace, talk_id: UUID, clock
) -> None:
    workspace.practice.look_back(talk_id, asked=1, told=1, silences=1, aim="Wait longer")
    clock.move(days=2)
    workspace.coaching.end(talk_id)
    learner = workspace.coaching.talk(talk_id).learner_id
    second = workspace.coaching.start_cycle(learner)
    after.arrive(talk=second.id)
    assert "Wait longer" in after.before.text()
    QTest.mouseClick(after.kept.segment("partly"), Qt.MouseButton.LeftButton)
    after.keep()
    noted = workspace.practice.after(second.id)
    assert noted is not None
    assert noted.aim_kept == "partly"


def test_without_a_talk_it_leads_to_coaching(after: AfterTalkPage, go) -> None:
    after.arrive(last=True)
    assert go.troubles
    assert go.places[-1][0] == "coaching"


def test_a_second_coach_writes_and_everything_is_kept(
    sheet: SecondCoachPage, workspace: Workspace, talk_id: UUID
) -> None:
    sheet.arrive(talk=talk_id)
    QTest.keyClicks(sheet.text("second_coach").line, "Hannah Osei")  # type: ignore[union-attr]
    QTest.keyClicks(sheet.phases.coach["obstacle"].edit, "Which one?")
    QTest.keyClicks(sheet.phases.learner["obstacle"].edit, "The call")
    QTest.keyClicks(sheet.phases.times["obstacle"].line, "1:15")
    QTest.mouseClick(sheet.level.segment("3"), Qt.MouseButton.LeftButton)
    sheet.leave()
    (kept,) = workspace.practice.watched_sheets(2)
    phase = next(one for one in kept.phases if one.id == "obstacle")
    assert (phase.coach_said, phase.learner_said, phase.seconds) == ("Which one?", "The call", 75)
    assert (kept.second_coach, kept.level) == ("Hannah Osei", 3)
    sheet.arrive(watched=kept.id)
    assert sheet.phases.times["obstacle"].text() == "1:15"


def test_the_clock_runs_for_the_phase_in_which_the_caret_stands(
    qtbot: QtBot, workspace: Workspace, theme: Theme, go, talk_id: UUID
) -> None:
    now = [100.0]
    page = SecondCoachPage(
        theme, practice=workspace.practice, exports=workspace.exports, go=go, ticks=lambda: now[0]
    )
    qtbot.addWidget(page)
    page.resize(1208, 772)
    page.show()
    page.activateWindow()
    page.arrive(talk=talk_id)
    QTest.mouseClick(page.clock, Qt.MouseButton.LeftButton)
    now[0] += 20  # the caret stands in no phase yet
    page.tick()
    page.phases.coach["aim"].edit.setFocus()
    now[0] += 65.5
    page.tick()
    assert page.phases.times["aim"].text() == "1:05"
    page.phases.learner["now"].edit.setFocus()
    now[0] += 9.5
    page.tick()
    page.text("feedback").setFocus()
    now[0] += 5
    QTest.mouseClick(page.clock, Qt.MouseButton.LeftButton)
    now[0] += 500
    page.leave()
    (kept,) = workspace.practice.watched_sheets(2)
    times = {one.id: one.seconds for one in kept.phases}
    assert (times["aim"], times["now"]) == (65, 15)


def test_a_time_that_is_none_is_said_and_stays(
    sheet: SecondCoachPage, workspace: Workspace
) -> None:
    sheet.arrive()
    field = sheet.phases.times["aim"]
    QTest.keyClicks(field.line, "soon")
    field.left.emit()
    assert "1:30" in field.accessibleDescription()
    assert field.text() == "soon"
    sheet.leave()
    assert workspace.practice.watched_sheets(2) == []


def test_the_rows_fold_where_there_is_little_room(sheet: SecondCoachPage) -> None:
    sheet.arrive()
    sheet.resize(700, 600)
    QTest.qWaitForWindowExposed(sheet)
    sheet.phases.resize(600, 900)
    assert sheet.phases.names["aim"].y() < sheet.phases.coach["aim"].y()


def test_the_sheet_goes_on_paper(sheet: SecondCoachPage, talk_id: UUID) -> None:
    sheet.arrive(talk=talk_id)
    drawn: list[bytes] = []
    sheet._draw(drawn.append)
    assert drawn[0].startswith(b"%PDF")


def test_the_coachs_own_page_shows_trend_aims_levels_and_sheets(
    practice: PracticePage, workspace: Workspace, talk_id: UUID, go, clock, qtbot: QtBot
) -> None:
    practice.arrive()
    assert practice.no_questions.isVisibleTo(practice)
    work = workspace.practice
    work.log("Is it late?\nHave you tried a list?")
    clock.move(days=40)
    work.log("What did you see?\nWhere does it wait?\nDid you look?")
    work.look_back(talk_id, asked=3, told=1, silences=2, talk_share=30, aim="Wait")
    made = work.watch(talk_id)
    work.write(made.id, visit="1", second_coach="Hannah Osei", practise="Ask, then wait", level=2)
    practice.arrive()
    assert [row.words.age for row in practice.months.rows()] == ["3 asked", "2 asked"]
    assert "2 readings" in practice.chart.accessibleName()
    assert "2 of 5" in practice.told.text()
    QTest.mouseClick(practice.classes.segment("leading"), Qt.MouseButton.LeftButton)
    assert "1 of 5" in practice.told.text()
    assert [row.words.strong for row in practice.aims.rows()] == ["Wait"]
    assert [row.words.strong for row in practice.watched.rows()] == ["Ask, then wait"]
    QTest.mouseClick(practice.levels.level.segment("3"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: practice.levels.own.rows()[0].words.strong == "competent")
    assert practice.levels.others.rows()[0].words.strong == "advanced beginner"
    practice.levels.why.setFocus()
    QTest.keyClicks(practice.levels.why.edit, "Hannah saw it")
    practice.leave()
    assert work.levels()[0][0].why == "Hannah saw it"
    QTest.mouseClick(practice.watched.rows()[0], Qt.MouseButton.LeftButton)
    assert go.places[-1] == ("second coach", {"watched": made.id})


def test_more_than_a_page_is_read_behind_the_last_row(
    practice: PracticePage, workspace: Workspace, clock
) -> None:
    learner = workspace.people.person("Tomas Reyes").id
    for number in range(25):
        talk = workspace.coaching.start_cycle(learner)
        workspace.coaching.end(talk.id)
        workspace.practice.look_back(talk.id, asked=1, told=0, silences=0, aim=f"Aim {number}")
        clock.move(days=1)
    practice.arrive()
    assert len(practice.aims.rows()) == 12
    QTest.mouseClick(practice.more_aims, Qt.MouseButton.LeftButton)
    QTest.mouseClick(practice.more_aims, Qt.MouseButton.LeftButton)
    assert [row.words.strong for row in practice.aims.rows()] == [
        f"Aim {number}" for number in reversed(range(25))
    ]
    assert not practice.more_aims.isVisibleTo(practice)


def test_no_title_tells_anything(
    practice: PracticePage,
    log: QuestionLogPage,
    after: AfterTalkPage,
    sheet: SecondCoachPage,
    talk_id: UUID,
) -> None:
    for page in (practice, log, after, sheet):
        page.arrive(talk=talk_id)
        assert "Tomas" not in page.page_title()


def test_the_line_to_write_in_stays_a_line_while_nothing_stands_below(
    log: QuestionLogPage, qtbot: QtBot
) -> None:
    log.arrive()
    qtbot.waitUntil(log.empty.isVisible)
    qtbot.waitUntil(lambda: log.entry.height() < log.height() / 4)
