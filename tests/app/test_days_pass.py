"""What a while after the start is looked after by itself: the bin, and who is kept long enough."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from threading import current_thread, main_thread
from uuid import uuid4

import pytest
from pytestqt.qtbot import QtBot

from gemba.app.start import App
from gemba.domain.coaching import Talk
from gemba.domain.person import Person
from gemba.services.retention import Retention
from gemba.store.opening import open_store
from tests.fresh import begin_folder


def test_who_is_kept_long_enough_is_read_beside_the_window(
    app: App, qtbot: QtBot, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = begin_folder(data_dir)
    learner = Person(id=uuid4(), name="Tom Hale")
    talk = Talk(id=uuid4(), learner_id=learner.id, held_on=date(2019, 5, 6), kind="first talk")
    store = open_store(folder)
    try:
        store.write([learner, talk], who="Ines")
    finally:
        store.close()

    read_on = []
    due = Retention.due

    def told(self: Retention, today: date) -> object:
        read_on.append(current_thread())
        return due(self, today)

    monkeypatch.setattr(Retention, "due", told)
    monkeypatch.setattr("gemba.app.putting_away._AFTER_OPENING", 0)
    session = app.open(folder)
    session.start_opening()
    qtbot.waitUntil(lambda: session.loaded)
    today = session.window.page("today")
    qtbot.waitUntil(lambda: today.reminder.isVisibleTo(today))
    assert "Tom Hale" in today.reminder.words.text()
    assert read_on
    assert main_thread() not in read_on
