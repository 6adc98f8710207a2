"""The fields that random texts are typed into: found by themselves, so that none is missed."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLineEdit, QTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gemba.ui.pages.unlock import PassphraseField
from gemba.ui.theme import Theme
from gemba.ui.widgets import DateField, Field, NameField, TextField
from tests.faults.kit.fields import EXCUSED, fields_of
from tests.faults.texts import told


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    QVBoxLayout(made)
    return made


def put(page: QWidget, *fields: QWidget) -> None:
    column = page.layout()
    assert column is not None
    for field in fields:
        column.addWidget(field)


def test_every_kind_of_field_is_found_also_a_bare_one_and_a_hidden_one(page: QWidget) -> None:
    theme = Theme(still=True)
    hidden = TextField(theme, "Later")
    bare = QTextEdit()
    bare.setAccessibleName("Bare")
    put(page, Field(theme, "One"), hidden, NameField(theme, "Who"), QLineEdit(), bare)
    hidden.hide()
    found = {one.known_as("any page"): one for one in fields_of(page)}
    assert set(found) == {"any: One", "any: Later", "any: Who", "any: ", "any: Bare"}
    assert not any(one.excused("any page") for one in found.values())
    page.show()
    assert not found["any: Later"].can_be_written()
    found["any: Later"].unfold("any page", page)
    assert found["any: Later"].can_be_written()


def test_a_field_is_passed_over_for_a_written_reason_alone(page: QWidget) -> None:
    theme = Theme(still=True)
    put(page, DateField(theme, "By"), PassphraseField(theme, "Passphrase"), Field(theme, "Other"))
    search = Field(theme, "", name="Which words?")
    put(page, search)
    told = {one.name: one.excused("history") for one in fields_of(page)}
    assert told.pop("Other") == ""
    assert all(told.values())
    assert [one.excused("bin") for one in fields_of(search)] == [""]
    assert all(EXCUSED.values())


def test_the_report_counts_fields_by_page_and_not_by_what_was_typed() -> None:
    titles = [f"sheet boxes: Name of the box {words}" for words in ("", "Trays: late", "x" * 5_000)]
    fields = ["sheet about: Owner", "talk: With whom?", "talk: Note", *titles]
    assert told(fields) == "4 fields: sheet 2, talk 2"
