"""What stands in a form that nobody has finished: kept, put back, and forgotten once it is done."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gemba.services.workspace import Workspace
from gemba.ui.autosave import hand_over
from gemba.ui.half_typed import HalfTyped
from gemba.ui.pages.area_desk import AreaDesk
from gemba.ui.pages.coaching import CoachingPage
from gemba.ui.theme import Theme
from gemba.ui.widgets import Field, NameField, TextField


class Form(QWidget):
    """A line, several lines and a name."""

    def __init__(self, theme: Theme, workspace: Workspace) -> None:
        super().__init__()
        self.line = Field(theme, "Line", parent=self)
        self.lines = TextField(theme, "Lines", parent=self)
        self.who = NameField(theme, "Who", parent=self)
        fields = {"line": self.line, "name": self.lines, "who": self.who}
        self.half = HalfTyped(self, workspace.drafts, fields)

    def show_form(self, name: str, given: str = "") -> bool:
        self.line.set_text(given)
        self.lines.set_text(given)
        self.who.set_value(None, given)
        return self.half.begin(name)

    def texts(self) -> tuple[str, str, str]:
        return self.line.text(), self.lines.text(), self.who.line.text()


@pytest.fixture
def form(qtbot: QtBot, theme: Theme, workspace: Workspace) -> Form:
    made = Form(theme, workspace)
    qtbot.addWidget(made)
    return made


def typed(form: Form, qtbot: QtBot, words: str) -> None:
    for editor in (form.line.line, form.lines.edit, form.who.line):
        editor.selectAll()
        qtbot.keyClicks(editor, words)


def test_words_stand_there_again_and_in_no_other_form(form: Form, qtbot: QtBot) -> None:
    form.show_form("one")
    typed(form, qtbot, "half ")
    hand_over(form)
    assert not form.show_form("other", "given")
    assert form.texts() == ("given", "given", "given")
    assert form.show_form("one", "given")
    assert form.texts() == ("half ", "half ", "half ")
    # A field tells them from what it was given, so that leaving it keeps them.
    assert form.line.changed()
    assert form.lines.changed()


def test_it_is_written_soon_after_the_last_key(
    form: Form, qtbot: QtBot, workspace: Workspace
) -> None:
    form.show_form("one")
    qtbot.keyClicks(form.who.line, "Ana Lin")
    qtbot.waitUntil(lambda: workspace.drafts.read("one") == {"who": "Ana Lin"})


def test_a_form_nobody_wrote_in_leaves_nothing(form: Form, workspace: Workspace) -> None:
    form.show_form("one", "given")
    hand_over(form)
    form.half.keep()
    workspace.recorder.settle()
    assert not [key for key in workspace.store.settings.all() if key.startswith("draft.")]


def test_what_was_taken_over_or_is_done_comes_back_no_more(form: Form, qtbot: QtBot) -> None:
    form.show_form("one")
    typed(form, qtbot, "half")
    form.half.took("line")
    assert form.show_form("one", "new")
    assert form.texts() == ("new", "half", "half")
    typed(form, qtbot, "whole")
    form.half.done()
    hand_over(form)
    assert not form.show_form("one", "new")
    assert form.texts() == ("new", "new", "new")


def test_a_name_to_talk_with_waits_until_the_talk_begins(
    qtbot: QtBot, workspace: Workspace, theme: Theme, go, clock
) -> None:
    page = CoachingPage(
        theme,
        coaching=workspace.coaching,
        people=workspace.people,
        bulletin=workspace.bulletin,
        go=go,
        today=lambda: clock().date(),
    )
    qtbot.addWidget(page)
    page.arrive(new=True)
    qtbot.keyClicks(page.name.line, "Priya Ram")
    page.leave()
    page.arrive()
    assert page.name.line.text() == "Priya Ram"
    page.first.click()
    assert go.places == [("talk", {"name": "Priya Ram"})]
    page.leave()
    page.arrive(new=True)
    assert page.name.line.text() == ""


def test_shifts_not_kept_yet_stand_there_when_the_place_is_chosen_again(
    qtbot: QtBot, workspace: Workspace, theme: Theme, go
) -> None:
    desk = AreaDesk(theme, people=workspace.people, drafts=workspace.drafts, go=go)
    qtbot.addWidget(desk)
    ward, lounge = workspace.people.area("Ward 4"), workspace.people.area("Lounge")
    desk.show_area(ward.id)
    qtbot.keyClicks(desk.shifts.line, "early, lat")
    hand_over(desk)
    desk.show_area(lounge.id)
    assert desk.shifts.text() == ""
    desk.show_area(ward.id)
    assert desk.shifts.text() == "early, lat"
    desk.keep_shifts.click()
    area = workspace.people.find_area(ward.id)
    assert area is not None
    assert area.shifts == ("early", "lat")
    assert workspace.drafts.read(f"area.{ward.id}") == {}
