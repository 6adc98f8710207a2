"""The timeline in the window: whose it is, what narrows it, and a row as it stood on its day."""

from __future__ import annotations

from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gemba.domain.changes import Ref
from gemba.domain.coach_log import ObservedPhase
from gemba.services.workspace import Workspace
from gemba.ui.pages.stood import StoodPage
from gemba.ui.pages.timeline import TimelinePage
from gemba.ui.tasks import Tasks
from gemba.ui.theme import Theme


@pytest.fixture
def tomas(workspace: Workspace, clock) -> UUID:
    """A learner with two cycles, the second one a week later; another with a first talk."""
    coaching = workspace.coaching
    learner = workspace.people.person("Tomas Reyes").id
    for number, step in enumerate(("Call the porter", "Write the time on the bag")):
        clock.move(days=7 * number)
        talk = coaching.start_cycle(learner)
        coaching.answer(talk.id, "obstacle", "Nobody calls", visit=f"a{number}")
        made = coaching.next_experiment(talk.id)
        coaching.write_experiment(made.id, visit=f"b{number}", step=step, prediction="7 of 7")
        coaching.write(talk.id, visit=f"c{number}", private_note="secret worry", agreed=step)
        coaching.end(talk.id, 600)
    coaching.first_talk("Ana Reis")
    workspace.recorder.settle()
    return learner


@pytest.fixture
def page(blank: TimelinePage, tomas: UUID) -> TimelinePage:
    return blank


@pytest.fixture
def blank(
    qtbot: QtBot, workspace: Workspace, theme: Theme, tasks: Tasks, go, clock
) -> TimelinePage:
    made = TimelinePage(
        theme,
        looking_back=workspace.looking_back,
        bulletin=workspace.bulletin,
        tasks=tasks,
        go=go,
        today=lambda: clock().date(),
        me=lambda: workspace.recorder.who,
    )
    qtbot.addWidget(made)
    made.resize(1208, 772)
    made.show()
    return made


def shown(page: TimelinePage) -> list[str]:
    model = page.list.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def until(qtbot: QtBot, page: TimelinePage, count: int) -> list[str]:
    qtbot.waitUntil(lambda: page._token is None and len(shown(page)) == count)
    return shown(page)


def test_one_learner_then_everyone(qtbot: QtBot, page: TimelinePage, tomas: UUID) -> None:
    page.arrive(learner=tomas)
    rows = until(qtbot, page, 4)
    assert "Write the time on the bag" in rows[0]
    assert "Cycle" in rows[0]
    assert page.head.title.text() == "Tomas Reyes"
    page.filter.who.set_value("")
    page.filter.clear()
    rows = until(qtbot, page, 5)
    assert any("Ana Reis" in row for row in rows)
    assert not any("secret" in row for row in rows)


def test_words_narrow_as_they_are_typed_and_private_ones_find_nothing(
    qtbot: QtBot, page: TimelinePage, tomas: UUID
) -> None:
    page.arrive(learner=tomas)
    until(qtbot, page, 4)
    qtbot.keyClicks(page.filter.words.line, "porter")
    assert all("porter" in row for row in until(qtbot, page, 2))
    page.filter.words.set_text("secret worry")
    page.filter.changed.emit()
    until(qtbot, page, 0)
    assert page.empty.isVisible()
    assert "secret" not in page.empty.words.text()
    page.empty.acted.emit()
    until(qtbot, page, 4)


def test_enter_opens_a_row_as_it_stood(
    qtbot: QtBot, page: TimelinePage, tomas: UUID, workspace: Workspace, theme: Theme, go, clock
) -> None:
    page.arrive(learner=tomas)
    until(qtbot, page, 4)
    page.list.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    place, what = go.places[-1]
    assert place == "stood"
    clock.move(days=5)
    ref = Ref(*what["ref"])
    workspace.coaching.write(ref.id, visit="later", agreed="Something else by now")
    workspace.recorder.settle()
    stood = StoodPage(
        theme,
        looking_back=workspace.looking_back,
        draw=lambda sheet: workspace.exports.draw_sheet(sheet).pdf,
        go=go,
        today=lambda: clock().date(),
    )
    qtbot.addWidget(stood)
    stood.arrive(**what)
    assert "Write the time on the bag" in stood.words()
    assert "Something else by now" not in stood.words()
    assert "secret" not in stood.words()
    assert "secret" not in stood.page_title()
    qtbot.mouseClick(stood.now, Qt.MouseButton.LeftButton)
    assert go.opened[-1][0] == ref


def test_a_record_that_is_gone_leads_back(
    qtbot: QtBot, workspace: Workspace, theme: Theme, go, clock, tomas: UUID
) -> None:
    stood = StoodPage(
        theme,
        looking_back=workspace.looking_back,
        draw=lambda sheet: b"",
        go=go,
        today=lambda: clock().date(),
    )
    qtbot.addWidget(stood)
    stood.arrive(ref=("talk", workspace.recorder.new_id()), on=clock().date())
    assert go.troubles
    assert go.backs == 1


def test_what_a_second_coach_saw_is_told_to_the_coach_and_to_nobody_who_looks_on(
    qtbot: QtBot, workspace: Workspace, page: TimelinePage, theme: Theme, go, clock, tomas: UUID
) -> None:
    talk = workspace.coaching.talks(tomas)[-1]
    watched = workspace.practice.watch(talk.id)
    workspace.practice.write(watched.id, visit="w", strong="She waited eleven seconds")
    phase = ObservedPhase(id="now", coach_said="Which facts?", learner_said="Four of seven")
    workspace.practice.write(watched.id, visit="p", phases=(phase,))
    workspace.recorder.settle()
    page.arrive()
    page.filter.clear()
    assert "She waited eleven seconds" in "\n".join(until(qtbot, page, 6))
    page._learners.set(True)
    assert shown(page) == []
    assert "eleven" not in "\n".join(until(qtbot, page, 6))
    stood = StoodPage(
        theme,
        looking_back=workspace.looking_back,
        draw=lambda sheet: b"",
        go=go,
        today=lambda: clock().date(),
        learners_view=page._learners,
    )
    qtbot.addWidget(stood)
    stood.arrive(ref=("second_coach", watched.id), on=clock().date())
    assert "eleven" not in stood.words()
    page._learners.set(False)
    for words in ("She waited eleven seconds", "Which facts?", "Four of seven"):
        assert words in stood.words()


def test_a_timeline_without_anything_begins_what_it_tells_of(
    qtbot: QtBot, blank: TimelinePage, go
) -> None:
    blank.arrive()
    qtbot.waitUntil(lambda: blank.empty.button.text() == "Talk with somebody")
    blank.empty.acted.emit()
    assert go.places == [("coaching", {"new": True})]
