"""Saving while typing: soon after the last key, every five seconds, on leaving."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gemba.ui import autosave as module
from gemba.ui.autosave import Autosave, hand_over
from gemba.ui.theme import Theme
from gemba.ui.widgets import Field


@pytest.fixture
def page(qtbot: QtBot, qapp) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def field(page: QWidget) -> Field:
    return Field(Theme(still=True), "Words", parent=page)


def test_after_the_last_key(qtbot: QtBot, field: Field) -> None:
    saved: list[str] = []
    autosave = Autosave(field, lambda _visit: saved.append(field.text()))
    qtbot.keyClicks(field.line, "two bags")
    assert saved == []
    assert autosave.waiting
    qtbot.waitUntil(lambda: saved == ["two bags"])
    assert not autosave.waiting


def test_at_least_every_so_often_while_typing_goes_on(
    qtbot: QtBot, field: Field, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "AFTER_LAST_KEY", 60_000)
    monkeypatch.setattr(module, "AT_LEAST_EVERY", 30)
    saved: list[str] = []
    Autosave(field, lambda _visit: saved.append(field.text()))
    qtbot.keyClicks(field.line, "a")
    qtbot.waitUntil(lambda: saved == ["a"])


def test_leaving_the_field_saves_and_ends_the_visit(qtbot: QtBot, field: Field) -> None:
    visits: list[str] = []
    autosave = Autosave(field, visits.append)
    qtbot.keyClicks(field.line, "a")
    autosave.flush()
    qtbot.keyClicks(field.line, "b")
    field.left.emit()
    qtbot.keyClicks(field.line, "c")
    field.left.emit()

    assert len(visits) == 3
    assert visits[0] == visits[1]
    assert visits[1] != visits[2]


def test_a_long_stay_becomes_several_visits(
    qtbot: QtBot, field: Field, monkeypatch: pytest.MonkeyPatch
) -> None:
    visits: list[str] = []
    autosave = Autosave(field, visits.append)
    qtbot.keyClicks(field.line, "a")
    autosave.flush()
    monkeypatch.setattr(module, "LONGEST_VISIT", -1.0)
    qtbot.keyClicks(field.line, "b")
    autosave.flush()

    assert visits[0] != visits[1]


def test_looking_without_typing_saves_nothing(field: Field) -> None:
    saved: list[str] = []
    Autosave(field, saved.append)
    field.set_text("shown")
    field.left.emit()

    assert saved == []


def test_a_page_hands_over_everything_that_waits(qtbot: QtBot, page: QWidget) -> None:
    theme = Theme(still=True)
    saved: list[str] = []
    for name in ("one", "two"):
        field = Field(theme, name, parent=page)
        Autosave(field, lambda _visit, name=name: saved.append(name))
        qtbot.keyClicks(field.line, "x")
    hand_over(page)
    hand_over(page)

    assert sorted(saved) == ["one", "two"]


def test_only_what_says_that_it_was_edited_can_be_saved(page: QWidget) -> None:
    with pytest.raises(TypeError, match="edited"):
        Autosave(page, lambda _visit: None)
