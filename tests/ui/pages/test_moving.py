"""Bringing in data after a look at it, taking it back, and taking everything along."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gemba.domain.experiment import Experiment
from gemba.domain.figures import PhotoFigure
from gemba.domain.figures.photo import PhotoMark
from gemba.domain.observation import Observation
from gemba.domain.sheet import Sheet
from gemba.domain.walk import Walk
from gemba.resources import resource_path
from gemba.services.bundle import sealed_for
from gemba.services.exchange_out import export_data
from gemba.services.passphrase import set_passphrase
from gemba.services.workspace import Workspace, open_workspace
from gemba.store.opening import open_store
from gemba.ui.pages.moving import MovingPage
from gemba.ui.tasks import Tasks
from gemba.ui.theme import Theme
from gemba.ui.widgets import Label
from gemba.ui.within import within
from gemba.words import Words
from tests.fresh import begin_folder
from tests.ui.pages.steps import Steps

SAMPLE = resource_path("samples", "discharge", "data.json")


@pytest.fixture
def page(qtbot: QtBot, theme: Theme, workspace: Workspace, go: Steps) -> Iterator[MovingPage]:
    tasks = Tasks()
    made = MovingPage(
        theme,
        arrivals=workspace.arrivals,
        exports=workspace.exports,
        tasks=tasks,
        go=go,
        words=Words(),
        learners=workspace.looking_back.learners,
        today=lambda: date(2026, 11, 22),
    )
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    made.arrive()
    yield made
    tasks.close()


def looked(qtbot: QtBot, page: MovingPage, path: Path) -> str:
    page.look(path)
    qtbot.waitUntil(page.choose.isEnabled, timeout=20_000)
    return page.told.accessibleName().replace("\N{NO-BREAK SPACE}", " ")


def test_a_file_is_shown_before_it_comes_in_and_can_be_taken_back(
    qtbot: QtBot, page: MovingPage, workspace: Workspace, go: Steps
) -> None:
    store = workspace.store
    words = looked(qtbot, page, SAMPLE)
    assert "New here from data.json: " in words
    assert "2 A3s" in words
    assert "3 walks" in words
    assert store.count(Walk) == 0
    qtbot.mouseClick(page.bring, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: go.undo is not None, timeout=20_000)
    assert store.count(Sheet) == 2
    count = store.count(Observation)
    assert [one.reason for one in workspace.backups.safety.points] == ["before import"]
    assert looked(qtbot, page, SAMPLE) == "Everything in data.json is here already."
    assert page.bring.isHidden()
    assert go.undo is not None
    go.undo()
    assert store.count(Sheet) == store.count(Observation) == 0
    assert count > 10


def test_a_file_that_does_not_fit_is_refused_beside_the_button(
    qtbot: QtBot, page: MovingPage, workspace: Workspace, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text(json.dumps({"format": "gemba", "version": 99, "records": {}}))
    assert "newer" in looked(qtbot, page, bad)
    assert page.bring.isHidden()
    assert list(workspace.backups.safety.points) == []


def test_everything_is_taken_along_and_comes_in_elsewhere(
    qtbot: QtBot, page: MovingPage, workspace: Workspace, go: Steps, tmp_path: Path
) -> None:
    looked(qtbot, page, SAMPLE)
    page.bring.click()
    qtbot.waitUntil(lambda: go.undo is not None, timeout=20_000)
    page.save_to(tmp_path / "all.zip")
    qtbot.waitUntil(page.save.isEnabled)
    (written,) = [one for one in tmp_path.iterdir() if one.stem == "all"]
    assert str(written) in page.saved.accessibleName()
    if written.suffix == ".zip":
        assert "data.json" in zipfile.ZipFile(written).namelist()
    assert looked(qtbot, page, written) == f"Everything in {written.name} is here already."


@pytest.mark.parametrize("private", [False, True])
def test_what_became_of_a_photo_with_a_blur_is_said_when_data_are_taken_along(
    qtbot: QtBot, page: MovingPage, workspace: Workspace, tmp_path: Path, private: bool
) -> None:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "grey").save(out, "PNG")
    key = workspace.sheets.add_photo(out.getvalue(), "board.png")
    sheet = workspace.sheets.begin("The board is out of date")
    blur = PhotoMark(shape="blur", x1=0.2, y1=0.2, x2=0.4, y2=0.4)
    photo = PhotoFigure(id="f1", photo=key, marks=(blur,))
    workspace.sheets.put_figure(sheet.id, "current", photo)
    workspace.recorder.settle()
    page.private.setChecked(private)
    page.save_to(tmp_path / "all.zip")
    qtbot.waitUntil(page.save.isEnabled)
    went, stayed = "went along as it was taken", "is blurred stayed here"
    said = page.saved.accessibleName()
    assert (went in said, stayed in said) == (private, not private)


def test_a_place_that_takes_nothing_is_said(qtbot: QtBot, page: MovingPage, tmp_path: Path) -> None:
    page.save_to(tmp_path / "no such folder" / "all.zip")
    qtbot.waitUntil(page.save.isEnabled)
    assert "cannot be written" in page.saved.accessibleName()


def test_leaving_stops_looking(qtbot: QtBot, page: MovingPage) -> None:
    page.look(SAMPLE)
    page.leave()
    assert page.choose.isEnabled()
    assert page.told.isHidden()
    assert page.bring.isHidden()


def test_a_sealed_file_asks_for_its_passphrase(
    page: MovingPage, qtbot: QtBot, workspace: Workspace, tmp_path: Path
) -> None:
    other, sealed = tmp_path / "other", tmp_path / "all.gemba"
    with open_store(other) as store:
        store.write([Observation(id=uuid4(), saw="Trays wait", seen_on=date(2026, 11, 22))], who="")
    with open_store(other, key=set_passphrase(other, "one")) as store:
        sealed.write_bytes(sealed_for(store, export_data(store)))
    page.look(sealed)
    qtbot.waitUntil(page.passphrase.isVisible, timeout=10_000)
    assert page.told.words.text().startswith("all.gemba is sealed")
    for typed in ("wrong", "one"):
        assert not page.bring.isVisible()
        page.passphrase.line.setText(typed)
        qtbot.mouseClick(page.open, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: page._looking is None, timeout=10_000)
    assert page.bring.isVisible()
    assert not page.passphrase.isVisible()
    assert page.passphrase.text() == ""
    qtbot.mouseClick(page.bring, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(workspace.recorder.find(Observation)) == 1, timeout=10_000)


def test_a_history_is_handed_over_and_what_it_changes_is_shown_field_by_field(
    qtbot: QtBot, page: MovingPage, workspace: Workspace, go: Steps, tmp_path: Path
) -> None:
    looked(qtbot, page, SAMPLE)
    page.bring.click()
    qtbot.waitUntil(lambda: go.undo is not None, timeout=20_000)
    learner, name = next(one for one in workspace.looking_back.learners() if "Priya" in one[1])
    page.arrive(learner=learner)
    assert page.hand.isEnabled()
    page.hand_to(tmp_path / "history.zip")
    qtbot.waitUntil(page.hand.isEnabled, timeout=20_000)
    written = next(tmp_path.glob("history.*"))
    tried = workspace.coaching.experiments(learner_id=learner)[0]
    workspace.recorder.change(Experiment, tried.id, lambda one: replace(one, learned="Otherwise"))
    assert f"In the history of {name} 1 record would read otherwise" in looked(qtbot, page, written)
    told = "\n".join(label.text() for label in page.changes.findChildren(Label))
    assert "Otherwise becomes" in told
    assert page.bring.isVisible()
    qtbot.mouseClick(page.bring, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: workspace.coaching.experiment(tried.id).learned == tried.learned, timeout=20_000
    )
    qtbot.waitUntil(page.told.isHidden, timeout=20_000)
    qtbot.waitUntil(lambda: not within(page.changes, Label))


def test_without_a_learner_nothing_is_handed_over(page: MovingPage) -> None:
    assert not page.hand.isEnabled()


def test_somebody_known_already_is_joined_where_that_is_ticked(
    qtbot: QtBot, page: MovingPage, workspace: Workspace, tmp_path: Path, go: Steps
) -> None:
    other = open_workspace(begin_folder(tmp_path / "other"), workspace.catalog, Words())
    talk = other.coaching.first_talk("Zora Quill")
    other.coaching.answer(talk.id, "noticing", "Letters wait", visit="1")
    other.recorder.settle()
    file = other.exports.handover_to(tmp_path / "zora.zip", talk.learner_id)
    other.close()
    mine = workspace.coaching.first_talk("Zora Quill")
    page.look(file)
    qtbot.waitUntil(page.bring.isVisible)
    (tick,) = page.joins.values()
    assert not tick.isChecked()
    tick.click()
    page.bring.click()
    qtbot.waitUntil(lambda: workspace.coaching.talk(mine.id).learner_id == talk.learner_id)
