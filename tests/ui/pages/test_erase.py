"""Erasing by clicks: it says what goes, asks for the name, and only then does it."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gemba.domain.changes import Ref
from gemba.services.workspace import Workspace
from gemba.ui.pages.erase import ErasePage
from gemba.ui.pages.people import PeoplePage
from gemba.ui.tasks import Tasks
from gemba.ui.theme import Theme

from .conftest import Clock, Steps

NAME = "Quxolotl Vandermeer"
LEFT = Qt.MouseButton.LeftButton


def holding(folder: Path, word: str) -> list[str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return [path.name for path in files if word.lower().encode() in path.read_bytes().lower()]


def settled(page: ErasePage, qtbot: QtBot) -> None:
    """Wait for what is done beside the window."""
    qtbot.waitUntil(lambda: not page.slow.busy, timeout=30_000)


@pytest.fixture
def page(qtbot: QtBot, theme: Theme, workspace: Workspace, tasks: Tasks, go: Steps) -> ErasePage:
    made = ErasePage(
        theme,
        erasing=workspace.erasing,
        people=workspace.people,
        tasks=tasks,
        go=go,
        today=workspace.recorder.today,
    )
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    return made


@pytest.fixture
def people(qtbot: QtBot, theme: Theme, workspace: Workspace, go: Steps) -> PeoplePage:
    made = PeoplePage(
        theme,
        people=workspace.people,
        bin=workspace.bin,
        erasing=workspace.erasing,
        drafts=workspace.drafts,
        bulletin=workspace.bulletin,
        go=go,
        today=workspace.recorder.today,
    )
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    return made


def test_nothing_goes_before_the_name_is_typed(
    page: ErasePage, workspace: Workspace, qtbot: QtBot, data_dir: Path
) -> None:
    seen = workspace.walks.capture("Quxolotl told me. The street Vandermeer is wet.")
    person = workspace.people.person(NAME)
    page.arrive(person=person.id)
    settled(page, qtbot)
    assert [pick.box.text() for pick in page.picks()] == [
        "Quxolotl told me.",
        "The street Vandermeer is wet.",
    ]
    qtbot.mouseClick(page.erase, LEFT)
    settled(page, qtbot)
    qtbot.keyClicks(page.confirm.line, "Quxolotl")
    qtbot.keyClick(page.confirm.line, Qt.Key.Key_Return)
    settled(page, qtbot)
    assert holding(data_dir, "quxolotl") == ["gemba.db"]
    street = page.picks()[1].box
    street.setFocus()
    qtbot.keyClick(street, Qt.Key.Key_Space)
    qtbot.keyClicks(page.confirm.line, " vandermeer")
    assert page.erase.isEnabled()
    qtbot.mouseClick(page.erase, LEFT)
    settled(page, qtbot)
    left = "a colleague told me. The street Vandermeer is wet."
    assert workspace.walks.observation(seen.id).saw == left
    assert holding(data_dir, "quxolotl") == []
    assert page.done.text().startswith("Erased for good.")
    assert not page.erase.isVisible()


def test_the_record_of_a_learner_goes_when_asked(
    page: ErasePage, workspace: Workspace, qtbot: QtBot, data_dir: Path
) -> None:
    talk = workspace.coaching.first_talk(NAME)
    workspace.coaching.answer(talk.id, "noticing", "a zebrafish", visit="1")
    workspace.recorder.settle()
    page.arrive(person=talk.learner_id)
    settled(page, qtbot)
    page.record.setChecked(True)
    qtbot.keyClicks(page.word.line, " in the ward")
    qtbot.keyClicks(page.confirm.line, NAME)
    qtbot.keyClick(page.confirm.line, Qt.Key.Key_Return)
    settled(page, qtbot)
    assert holding(data_dir, "zebrafish") == []
    assert len(workspace.coaching.talks(talk.learner_id)) == 1


def test_private_notes_need_a_word_too(
    page: ErasePage, workspace: Workspace, qtbot: QtBot, data_dir: Path
) -> None:
    talk = workspace.coaching.first_talk("Joris")
    workspace.coaching.write(talk.id, visit="1", private_note="an aardwolf")
    workspace.recorder.settle()
    page.arrive(notes=True)
    settled(page, qtbot)
    assert page.about.text() == "1 private note goes."
    assert "aardwolf" not in page.page_title()
    assert not page.erase.isEnabled()
    qtbot.keyClicks(page.confirm.line, "erase")
    qtbot.mouseClick(page.erase, LEFT)
    settled(page, qtbot)
    assert holding(data_dir, "aardwolf") == []
    assert workspace.coaching.talk(talk.id).private_note == ""


def test_backups_that_stay_are_told_with_their_last_day(
    page: ErasePage, workspace: Workspace, qtbot: QtBot
) -> None:
    person = workspace.people.person(NAME)
    workspace.backups.make()
    page.arrive(person=person.id)
    settled(page, qtbot)
    assert page.backups.isVisible()
    page.backups.setChecked(False)
    qtbot.keyClicks(page.confirm.line, NAME)
    qtbot.mouseClick(page.erase, LEFT)
    settled(page, qtbot)
    assert page.done.text().endswith("1 older backup still holds it; it is gone by 25 Nov 2027.")


def test_nobody_leads_back_to_the_list(page: ErasePage, go: Steps) -> None:
    page.arrive()
    assert go.places == [("people", {})]


def test_the_list_tells_until_when_and_lets_one_choose(
    people: PeoplePage, workspace: Workspace, clock: Clock, go: Steps
) -> None:
    talk = workspace.coaching.first_talk("Joris")
    workspace.people.person("Alone")
    people.arrive(person=talk.learner_id)
    rows = {row.words.strong: row for row in people.persons.rows()}
    assert rows["Joris"].words.age == "kept until 24 Nov 2028"
    assert [action.words for action in rows["Joris"].actions_offered] == ["Erase"]
    assert [action.words for action in rows["Alone"].actions_offered] == ["Delete", "Erase"]
    rows["Alone"].actions_offered[0].run(rows["Alone"].words.key)
    assert [ref.kind for ref in go.thrown] == ["person"]
    people.until.changed.emit(clock().date())
    rows = {row.words.strong: row for row in people.persons.rows()}
    assert rows["Joris"].words.age == "kept until 24 Nov: the day has come"
    assert go.undo is not None
    go.undo()
    assert workspace.erasing.retention.kept_until()[0].chosen is False


def test_an_empty_folder_says_so(people: PeoplePage, workspace: Workspace, go: Steps) -> None:
    people.arrive()
    assert people.empty.isVisible()
    assert not people.notes.isVisible()
    area = workspace.people.area("Ward 6")
    people.arrive()
    (row,) = people.places.rows()
    row.actions_offered[0].run(row.words.key)
    assert go.thrown == [Ref("area", area.id)]


@pytest.mark.parametrize(
    "name",
    ["<b>Bo</b> Ek", "(.*) [a-z]+", "עדי כהן", "🙂 Lena", "x" * 3000, "Ann\u00a0Lee", "田中太郎"],
)
def test_hostile_names_are_typed_and_erased(
    page: ErasePage, workspace: Workspace, qtbot: QtBot, name: str
) -> None:
    person = workspace.people.person(name)
    seen = workspace.walks.capture(f"It was {person.name} who came.")
    page.arrive(person=person.id)
    settled(page, qtbot)
    page.confirm.line.setText(person.name)
    page.confirm.edited.emit()
    assert page.erase.isEnabled()
    page.erase.click()
    settled(page, qtbot)
    assert workspace.walks.observation(seen.id).saw == "It was a colleague who came."
    assert workspace.people.name_of(person.id) == "a colleague"


def test_an_empty_word_still_leaves_a_neutral_one(
    page: ErasePage, workspace: Workspace, qtbot: QtBot
) -> None:
    person = workspace.people.person(NAME)
    page.arrive(person=person.id)
    settled(page, qtbot)
    page.word.line.clear()
    qtbot.keyClicks(page.confirm.line, NAME)
    qtbot.mouseClick(page.erase, LEFT)
    settled(page, qtbot)
    assert workspace.people.name_of(person.id) == "a colleague"


def test_the_window_waits_for_nothing_and_says_how_far_it_is(
    page: ErasePage, workspace: Workspace, qtbot: QtBot, data_dir: Path
) -> None:
    for number in range(3):
        workspace.walks.capture(f"Quxolotl carries form {number}.")
    person = workspace.people.person(NAME)
    threads: list[threading.Thread] = []
    said: list[str] = []
    having, rub_out = workspace.store.clearing.having, workspace.store.clearing.rub_out

    def noting(call: Callable[..., object]) -> Callable[..., object]:
        def inner(*given: object, **named: object) -> object:
            threads.append(threading.current_thread())
            return call(*given, **named)

        return inner

    workspace.store.clearing.having = noting(having)  # type: ignore[assignment]
    workspace.store.clearing.rub_out = noting(rub_out)  # type: ignore[assignment]
    page.slow.told.connect(lambda *_: said.append(page.step.text()))
    page.arrive(person=person.id)
    assert page.step.text() == "Looking through every record …"
    assert not page.erase.isVisible()
    settled(page, qtbot)
    qtbot.keyClicks(page.confirm.line, NAME)
    qtbot.mouseClick(page.erase, LEFT)
    assert page.stop.isVisible()
    settled(page, qtbot)
    assert len(threads) == 3
    assert threading.main_thread() not in threads
    assert "Erasing in the records: 0 of 4." in said
    assert said[-1].startswith("Erased. ")
    assert holding(data_dir, "quxolotl") == []


def test_stopped_before_the_end_nothing_is_erased_and_after_it_all(
    page: ErasePage, workspace: Workspace, qtbot: QtBot, go: Steps, data_dir: Path
) -> None:
    seen = workspace.walks.capture("Quxolotl told me.")
    person = workspace.people.person(NAME)
    at = ["journal"]
    rub_out = workspace.store.clearing.rub_out

    def stopping(*given: object, **named: object) -> object:
        step = named["step"]
        assert callable(step)

        def heard(what: str, count: int, of: int) -> None:
            if what == at[0]:
                page.slow.stop()
            step(what, count, of)
            if what == "last" and not at[0]:
                page.slow.stop()

        return rub_out(*given, **{**named, "step": heard})  # type: ignore[arg-type]

    workspace.store.clearing.rub_out = stopping  # type: ignore[assignment]
    page.arrive(person=person.id)
    settled(page, qtbot)
    qtbot.keyClicks(page.confirm.line, NAME)
    qtbot.mouseClick(page.erase, LEFT)
    qtbot.waitUntil(lambda: bool(go.said), timeout=30_000)
    assert go.said == ["Stopped. Nothing was erased."]
    assert workspace.walks.observation(seen.id).saw == "Quxolotl told me."
    settled(page, qtbot)
    assert page.erase.isVisible()
    at[0] = ""
    qtbot.keyClicks(page.confirm.line, NAME)
    qtbot.mouseClick(page.erase, LEFT)
    settled(page, qtbot)
    assert page.done.text().startswith("Erased for good.")
    assert holding(data_dir, "quxolotl") == []


def test_photos_are_shown_and_go_where_they_are_ticked(
    page: ErasePage, workspace: Workspace, qtbot: QtBot
) -> None:
    photos = []
    for colour in ("red", "blue"):
        data = io.BytesIO()
        Image.new("RGB", (400, 300), colour).save(data, "PNG")
        line = workspace.walks.capture(f"Quxolotl at the {colour} press")
        workspace.walks.add_photo(line.id, data.getvalue(), f"{colour}.png")
        photos += workspace.walks.observation(line.id).photos
    person = workspace.people.person(NAME)
    page.arrive(person=person.id)
    settled(page, qtbot)
    assert page.seen.isVisible()
    first, second = page.photo_picks()
    assert [first.checked(), second.checked()] == [True, True]
    assert first.box.text() == "Erase this photo; 1 record shows it"
    (shown,) = first.findChildren(QLabel, options=Qt.FindChildOption.FindDirectChildrenOnly)[:1]
    assert (shown.pixmap().width(), shown.pixmap().height()) == (96, 72)
    second.box.setChecked(False)
    kept = str(second.key)
    qtbot.keyClicks(page.confirm.line, NAME)
    qtbot.mouseClick(page.erase, LEFT)
    settled(page, qtbot)
    assert not page.seen.isVisible()
    (gone,) = set(photos) - {kept}
    assert workspace.store.photos.path(gone) is None
    assert workspace.store.photos.is_sound(kept)


def test_two_people_who_are_one_are_made_one_and_taken_apart_again(
    people: PeoplePage, qtbot: QtBot, workspace: Workspace, go: Steps
) -> None:
    first = workspace.coaching.first_talk("Tomas")
    other = workspace.people.person("Tomas Reyes")
    people.arrive(person=first.learner_id)
    qtbot.mouseClick(people.merge, LEFT)
    assert people.same.said() == "Choose another person of the list."
    people.same.set_value(other.id, other.name)
    qtbot.mouseClick(people.merge, LEFT)
    assert workspace.coaching.talk(first.id).learner_id == other.id
    assert people.keep_head.text() == "Tomas Reyes"
    assert go.said[-1] == "All of it is Tomas Reyes’s now."
    assert go.undo is not None
    go.undo()
    assert workspace.coaching.talk(first.id).learner_id == first.learner_id
