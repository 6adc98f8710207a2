"""Keeping a promise: who waits, where it was seen, and telling back."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gemba.domain.changes import Ref
from gemba.domain.observation import Observation
from gemba.domain.promise import Promise
from gemba.services.workspace import Workspace
from gemba.ui.pages.promise import PromisePage
from gemba.ui.tasks import Tasks
from gemba.ui.theme import Theme

LEFT = Qt.MouseButton.LeftButton
ENTER, TAB = Qt.Key.Key_Return, Qt.Key.Key_Tab


@pytest.fixture
def seen(workspace: Workspace) -> Observation:
    return workspace.walks.capture("Bed alarm on bay 4 is silent")


@pytest.fixture
def promise(workspace: Workspace, seen: Observation, clock) -> Promise:
    made = workspace.walks.promise(seen.id, "Have the bed alarm mended", "Night nurse")
    clock.move(days=16)
    return made


@pytest.fixture
def page(
    qtbot: QtBot, workspace: Workspace, theme: Theme, tasks: Tasks, go, clock, promise: Promise
) -> PromisePage:
    made = PromisePage(
        theme,
        promises=workspace.promises,
        people=workspace.people,
        drafts=workspace.drafts,
        thread=workspace.thread,
        bulletin=workspace.bulletin,
        go=go,
        today=lambda: clock().date(),
        tasks=tasks,
        photo_source=workspace.walks.photo_source,
    )
    qtbot.addWidget(made)
    made.resize(1208, 772)
    made.show()
    made.activateWindow()
    made.arrive(promise=promise.id, tell=True)
    qtbot.waitUntil(lambda: made.tell.said.edit.hasFocus())
    return made


def test_it_says_who_waits_and_since_when(page: PromisePage, go, qtbot, seen: Observation) -> None:
    assert page.words.text() == "Have the bed alarm mended"
    assert page.raised.text() == "Raised by Night nurse. Promised on 24 Nov, 16 days ago."
    chip = page.chips.chips()[0]
    assert chip.text() == "Bed alarm on bay 4 is silent"
    qtbot.mouseClick(chip, LEFT)
    assert go.opened == [(Ref("observation", seen.id), "")]


def test_told_back_by_keys_and_taken_back_by_undo(
    page: PromisePage, qtbot: QtBot, workspace: Workspace, promise: Promise, go
) -> None:
    qtbot.keyClicks(QApplication.focusWidget(), "A new one hangs there since Friday")
    qtbot.keyClick(QApplication.focusWidget(), ENTER)

    told = workspace.promises.get(promise.id).told_back
    assert told is not None
    assert (told.on, told.to, told.answer) == (date(2026, 12, 10), "Night nurse", "done")
    assert told.said == "A new one hangs there since Friday"
    assert workspace.promises.open() == []
    assert go.places == [("today", {})]
    assert go.said == ["Told Night nurse today: “A new one hangs there since Friday”"]
    go.undo()
    assert workspace.promises.get(promise.id).told_back is None


def test_not_now_because(
    page: PromisePage, qtbot: QtBot, workspace: Workspace, promise: Promise, go
) -> None:
    qtbot.mouseClick(page.tell.answer.segment("not now"), LEFT)
    assert page.tell.said.edit.accessibleName() == "Because?"
    page.tell.on.line.setFocus()
    page.tell.on.line.selectAll()
    qtbot.keyClicks(page.tell.on.line, "4 Dec")
    qtbot.keyClick(page.tell.on.line, TAB)
    qtbot.keyClicks(page.tell.said.edit, "the ward is rebuilt in March")
    qtbot.mouseClick(page.tell.done, LEFT)

    told = workspace.promises.get(promise.id).told_back
    assert told is not None
    assert (told.on, told.answer) == (date(2026, 12, 4), "not now")
    assert go.said == ["Told Night nurse on 4 Dec: not now, because the ward is rebuilt in March"]


def test_nothing_is_told_without_words_and_a_name(
    page: PromisePage, qtbot: QtBot, workspace: Workspace, promise: Promise
) -> None:
    qtbot.mouseClick(page.tell.done, LEFT)
    assert page.tell.said.said() != ""
    page.tell.to.line.clear()
    qtbot.keyClicks(page.tell.said.edit, "Done")
    qtbot.mouseClick(page.tell.done, LEFT)

    assert page.tell.to.said() == "Name the person you told."
    assert workspace.promises.get(promise.id).told_back is None


def test_a_kept_promise_can_be_opened_again(
    page: PromisePage, qtbot: QtBot, workspace: Workspace, promise: Promise
) -> None:
    workspace.promises.tell_back(
        promise.id, on=date(2026, 12, 4), to="Night nurse", answer="done", said="Mended"
    )
    qtbot.waitUntil(lambda: page.told.isVisible())
    assert page.told.words.text() == "Told Night nurse on 4 Dec: “Mended”"
    assert not page.tell.isVisible()
    qtbot.mouseClick(page.told.button, LEFT)

    assert workspace.promises.get(promise.id).told_back is None
    qtbot.waitUntil(lambda: page.tell.isVisible())


def test_what_has_happened_saves_itself(
    page: PromisePage, qtbot: QtBot, workspace: Workspace, promise: Promise
) -> None:
    qtbot.keyClicks(page.note.edit, "Asked facilities")
    qtbot.keyClicks(page.resolver.line, "Ines")
    page.due.line.setFocus()
    qtbot.keyClicks(page.due.line, "18 Dec")
    qtbot.keyClick(page.due.line, ENTER)
    page.leave()
    workspace.recorder.settle()

    kept = workspace.promises.get(promise.id)
    assert (kept.note, kept.resolver) == ("Asked facilities", "Ines")
    assert kept.due_on == date(2026, 12, 18)


def test_the_chip_of_the_observation_shows_the_answer(
    page: PromisePage, workspace: Workspace, promise: Promise, seen: Observation
) -> None:
    chips = workspace.thread.chips(Ref("observation", seen.id))

    assert [(chip.ref, chip.words) for chip in chips] == [
        (Ref("promise", promise.id), "Have the bed alarm mended")
    ]


def test_an_answer_half_written_is_there_when_one_comes_back(
    page: PromisePage, qtbot: QtBot, workspace: Workspace, promise: Promise
) -> None:
    qtbot.mouseClick(page.tell.answer.segment("not now"), LEFT)
    qtbot.keyClicks(page.tell.said.edit, "the ward is reb")
    page.leave()
    page.arrive(promise=promise.id)

    assert page.tell.said.text() == "the ward is reb"
    assert page.tell.answer.value() == "not now"
    page.tell.said.edit.moveCursor(page.tell.said.edit.textCursor().MoveOperation.End)
    page.tell.said.edit.setFocus()
    qtbot.keyClicks(page.tell.said.edit, "uilt")
    qtbot.keyClick(page.tell.said.edit, ENTER)
    workspace.recorder.settle()
    assert workspace.drafts.read(f"tell.{promise.id}") == {}


@pytest.mark.parametrize("field", ["they_said", "to"])
def test_words_in_any_field_of_the_answer_are_there_when_one_comes_back(
    page: PromisePage, go, qtbot, promise, workspace, field: str
) -> None:
    page.arrive(promise=promise.id)
    editor = page.tell.to.line if field == "to" else page.tell.they_said.edit
    if field == "to":
        editor.clear()
    qtbot.keyClicks(editor, "Zoe from ward 4")
    page.leave()
    workspace.recorder.settle()
    page.arrive(promise=promise.id)
    assert page.tell.texts()[field] == "Zoe from ward 4"
    assert page.tell.texts()["said"] == ""


def test_a_promise_becomes_a_stop_where_it_was_seen(
    qtbot: QtBot, workspace: Workspace, theme: Theme, tasks: Tasks, go, clock
) -> None:
    stops = workspace.walks.stops_from("Ward 6\nPharmacy hatch")
    walk = workspace.walks.plan("Why?", stops=stops)
    workspace.walks.start(walk.id)
    line = workspace.walks.begin_line(walk.id, stops[1].id)
    seen = workspace.walks.keep(line.id, saw="Printer is empty")
    made = workspace.walks.promise(seen.id, "Fill the printer", "Samir")
    workspace.walks.end(walk.id)
    shown = PromisePage(
        theme,
        promises=workspace.promises,
        people=workspace.people,
        drafts=workspace.drafts,
        thread=workspace.thread,
        bulletin=workspace.bulletin,
        go=go,
        today=lambda: clock().date(),
        tasks=tasks,
        photo_source=workspace.walks.photo_source,
    )
    qtbot.addWidget(shown)
    shown.show()
    shown.arrive(promise=made.id)
    qtbot.mouseClick(shown.go_and_see, LEFT)

    upcoming = workspace.thread.next_walk()
    assert upcoming is not None
    assert [(stop.place, stop.look_for) for stop in upcoming.stops] == [
        ("Pharmacy hatch", "Fill the printer")
    ]
    assert go.said == ["A stop on your next walk: Fill the printer"]


@pytest.mark.parametrize("tell", [False, True])
def test_the_caret_is_in_sight_at_200_percent(
    page: PromisePage, qtbot: QtBot, promise: Promise, tell: bool
) -> None:
    page.resize(568, 372)
    page.arrive(promise=promise.id, tell=tell)
    held = page.tell.said if tell else page.note
    qtbot.waitUntil(held.edit.hasFocus)
    qtbot.waitUntil(lambda: held.visibleRegion().boundingRect() == held.rect())


def test_it_is_done_and_waits_to_be_told(page: PromisePage, qtbot, workspace, promise) -> None:
    qtbot.mouseClick(page.further.state.segment("done"), LEFT)
    qtbot.keyClicks(page.further.what_done.edit, "A new alarm hangs there")
    page.leave()
    kept = workspace.promises.settled(promise.id)
    assert (kept.state, kept.done_on, kept.owed) == ("done", date(2026, 12, 10), True)
    assert kept.what_done == "A new alarm hangs there"
    assert page.further.still.text() == "Still to be told back."
    assert workspace.promises.open() == [kept]


def test_a_no_has_a_reason_and_is_told_back_too(page, qtbot, workspace, promise) -> None:
    qtbot.mouseClick(page.further.state.segment("said no"), LEFT)
    qtbot.keyClicks(page.further.no_because.edit, "The ward moves in spring")
    page.leave()
    workspace.promises.settle()
    page.arrive(promise=promise.id, tell=True)
    assert page.tell.answer.value() == "not now"
    assert page.tell.said.text() == "The ward moves in spring"
    qtbot.keyClicks(page.tell.they_said.edit, "Then give us a bell")
    qtbot.keyClick(page.tell.they_said.edit, ENTER)
    kept = workspace.promises.settled(promise.id)
    assert kept.state == "said no"
    assert kept.told_back is not None
    assert kept.told_back.they_said == "Then give us a bell"
    assert page.told.accessibleName().endswith("They said: “Then give us a bell”")


def test_before_and_after_and_whether_it_held(
    page: PromisePage, qtbot, workspace, promise, go, tmp_path
) -> None:
    from tests.services.test_photo_import import photo

    path = tmp_path / "after.jpg"
    path.write_bytes(photo())
    page.further.strips[True].files_added.emit([str(path)])
    qtbot.waitUntil(lambda: len(page.further.strips[True].thumbnails()) == 1)
    kept = workspace.promises.get(promise.id)
    assert len(kept.photos_after) == 1
    page.further.strips[True].removed.emit(kept.photos_after[0])
    assert workspace.promises.get(promise.id).photos_after == ()
    go.undo()
    assert workspace.promises.get(promise.id).photos_after == kept.photos_after

    page.further.check_on.set_value(date(2027, 1, 10))
    page.further.check_on.changed.emit(date(2027, 1, 10))
    qtbot.waitUntil(lambda: page.further.effect.isVisible())
    qtbot.mouseClick(page.further.effect.segment("does not hold"), LEFT)
    qtbot.keyClicks(page.further.effect_seen.edit, "Silent again")
    page.leave()
    kept = workspace.promises.settled(promise.id)
    assert (kept.check_on, kept.effect) == (date(2027, 1, 10), "does not hold")
    assert (kept.checked_on, kept.effect_seen) == (date(2026, 12, 10), "Silent again")


def test_the_third_time_at_a_stop_is_said_and_opens(
    page: PromisePage, qtbot, workspace, go, clock
) -> None:
    walks = workspace.walks
    for words in ("Printer at the hatch is empty", "A calm handover", "The printer is empty again"):
        walk = walks.plan("Why?", stops=walks.stops_from("Hatch\nWard 6"))
        line = walks.begin_line(walk.id, walk.stops[0].id)
        walks.keep(line.id, saw=words, category="delivery")
        clock.move(days=7)
    walk = walks.plan("Why?", stops=walks.stops_from("Lift\nHatch"))
    line = walks.begin_line(walk.id, walk.stops[1].id)
    seen = walks.keep(line.id, saw="Empty printer, twice", category="delivery")
    made = walks.promise(seen.id, "Fill it", "Samir")
    assert (made.at_place, made.category) == ("Hatch", "delivery")
    page.arrive(promise=made.id)
    qtbot.waitUntil(page.further.again.isVisible)
    assert page.further.again.text() == "Third time at Hatch."
    rows = page.further.earlier.rows()
    assert [row.words.strong for row in rows] == [
        "The printer is empty again", "Printer at the hatch is empty",
    ]  # fmt: skip
    qtbot.mouseClick(rows[0], LEFT)
    assert go.opened[-1][0].kind == "observation"
