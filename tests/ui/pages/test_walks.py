"""The place Walks: one sentence and off you go, or more before."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gemba.services.workspace import Workspace
from gemba.ui.pages.walks import WalksPage
from gemba.ui.theme import Theme

LEFT = Qt.MouseButton.LeftButton
ENTER = Qt.Key.Key_Return


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace, theme: Theme, go, clock) -> WalksPage:
    made = WalksPage(
        theme,
        walks=workspace.walks,
        people=workspace.people,
        drafts=workspace.drafts,
        questions=workspace.catalog.question_set,
        bulletin=workspace.bulletin,
        go=go,
        today=lambda: clock().date(),
        routes=workspace.routes,
        vocabularies=workspace.vocabularies,
    )
    qtbot.addWidget(made)
    made.resize(1208, 772)
    made.show()
    made.activateWindow()
    made.arrive()
    qtbot.waitUntil(lambda: made.plan.purpose.edit.hasFocus())
    return made


def test_one_sentence_and_enter_set_out(
    page: WalksPage, qtbot: QtBot, workspace: Workspace, go
) -> None:
    qtbot.keyClicks(QApplication.focusWidget(), "Why do discharges wait?")
    qtbot.keyClick(QApplication.focusWidget(), ENTER)

    walk = workspace.walks.all()[0]
    assert walk.purpose == "Why do discharges wait?"
    assert go.places == [("walk", {"walk": walk.id, "start": True})]
    bank = workspace.catalog.question_set("gemba", None)
    assert [one.text for one in walk.questions] == [s.ask for s in bank.in_group("opening")]


def test_without_a_sentence_the_page_says_what_is_missing(
    page: WalksPage, qtbot: QtBot, workspace: Workspace, go
) -> None:
    qtbot.mouseClick(page.plan.start, LEFT)

    assert "One sentence" in page.plan.purpose.said()
    assert workspace.walks.all() == []
    assert go.places == []


def test_everything_can_be_given_before(
    page: WalksPage, qtbot: QtBot, workspace: Workspace
) -> None:
    plan = page.plan
    qtbot.keyClicks(plan.purpose.edit, "Why do discharges wait?")
    qtbot.mouseClick(plan.more_button, LEFT)
    qtbot.keyClicks(plan.area.line, "Ward 6")
    qtbot.keyClicks(plan.company.line, "Marta")
    qtbot.keyClicks(plan.on.line, "Thu")
    qtbot.keyClicks(plan.expect.edit, "A queue at the hatch")
    for place in ("Ward 6", "Pharmacy hatch"):
        qtbot.keyClicks(plan.stops.edit, place)
        qtbot.keyClick(plan.stops.edit, ENTER)
    qtbot.mouseClick(plan.time_boxes[45], LEFT)
    qtbot.mouseClick(plan.themes["flow"], LEFT)
    asked = next(iter(plan.offered().values()))
    qtbot.mouseClick(asked, LEFT)
    QGuiApplication.clipboard().setText("1. Who waits?\n- For how long?\n\n")
    plan.own.edit.setFocus()
    qtbot.keyClick(plan.own.edit, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.mouseClick(plan.later, LEFT)

    walk = workspace.walks.all()[0]
    assert workspace.people.area_name(walk.area_id) == "Ward 6"
    assert [stop.place for stop in walk.stops] == ["Ward 6", "Pharmacy hatch"]
    assert [one.text for one in walk.questions] == [asked.text(), "Who waits?", "For how long?"]
    assert (walk.company, walk.expect, walk.time_box) == ("Marta", "A queue at the hatch", 45)
    assert (walk.theme, walk.planned_on) == ("Delivery and flow", date(2026, 11, 26))
    assert walk.started_at is None
    qtbot.waitUntil(lambda: len(page.planned.rows()) == 1)
    assert page.planned.rows()[0].words.age == "Thu 26 Nov"
    assert plan.purpose.text() == ""


def test_a_planned_walk_is_changed_without_losing_its_stops(
    page: WalksPage, qtbot: QtBot, workspace: Workspace
) -> None:
    stops = workspace.walks.stops_from("Ward 6\nLounge")
    walk = workspace.walks.plan("Why?", stops=stops)
    qtbot.waitUntil(lambda: len(page.planned.rows()) == 1)
    qtbot.mouseClick(page.planned.rows()[0], LEFT)
    assert page.plan.purpose.text() == "Why?"
    page.plan.purpose.edit.selectAll()
    qtbot.keyClicks(page.plan.purpose.edit, "Why do they wait?")
    qtbot.mouseClick(page.plan.later, LEFT)

    changed = workspace.walks.get(walk.id)
    assert changed.purpose == "Why do they wait?"
    assert changed.stops == stops
    assert len(workspace.walks.all()) == 1


def test_walks_stand_under_way_planned_and_done(
    page: WalksPage, qtbot: QtBot, workspace: Workspace, go
) -> None:
    out = workspace.walks.plan("Out now")
    workspace.walks.start(out.id)
    done = workspace.walks.plan("Done")
    workspace.walks.start(done.id)
    workspace.walks.debrief(done.id, visit="v", learned="chairs wait at the lift")
    workspace.walks.end(done.id)
    loose = workspace.walks.capture("Trolley at the fire door", category="safety")
    qtbot.waitUntil(lambda: len(page.loose.rows()) == 1)

    assert [row.words.strong for row in page.under_way.rows()] == ["Out now"]
    assert [row.words.small for row in page.done.rows()] == ["chairs wait at the lift"]
    for rows in (page.under_way, page.done, page.loose):
        qtbot.mouseClick(rows.rows()[0], LEFT)
    assert go.places == [
        ("walk", {"walk": out.id}),
        ("debrief", {"walk": done.id}),
        ("observation", {"observation": loose.id}),
    ]


def test_write_up_stands_in_the_head(page: WalksPage, qtbot: QtBot, go) -> None:
    qtbot.mouseClick(page.write_up, LEFT)

    assert go.places == [("write up", {})]


def test_a_plan_half_written_is_there_after_a_restart(
    page: WalksPage, qtbot: QtBot, workspace: Workspace, theme: Theme, go, clock
) -> None:
    qtbot.keyClicks(page.plan.purpose.edit, "Why do disch")
    page.leave()
    workspace.recorder.settle()
    again = WalksPage(
        theme,
        walks=workspace.walks,
        people=workspace.people,
        drafts=workspace.drafts,
        questions=workspace.catalog.question_set,
        bulletin=workspace.bulletin,
        go=go,
        today=lambda: clock().date(),
        routes=workspace.routes,
        vocabularies=workspace.vocabularies,
    )
    qtbot.addWidget(again)
    again.arrive()
    assert again.plan.purpose.text() == "Why do disch"

    again.show()
    qtbot.mouseClick(again.plan.start, LEFT)
    workspace.recorder.settle()
    assert again.plan.purpose.text() == ""
    assert workspace.drafts.read("walk") == {}


def test_a_plan_is_kept_as_a_route_and_chosen_again(
    page: WalksPage, qtbot: QtBot, workspace: Workspace, go
) -> None:
    plan = page.plan
    plan.open_more(True)
    assert plan.route.isHidden()
    plan.purpose.set_text("Why do discharges wait?")
    plan.stops.set_text("Lounge\nBoard")
    plan.keep_route.name.set_text("Morning")
    qtbot.mouseClick(plan.keep_route.keep, LEFT)
    (route,) = workspace.routes.all()
    assert [stop.place for stop in route.stops] == ["Lounge", "Board"]
    plan.show_plan(None)
    plan.open_more(True)
    plan.purpose.set_text("")
    plan.stops.set_text("")
    qtbot.mouseClick(plan.route.buttons[route.id], LEFT)
    assert plan.purpose.text() == "Why do discharges wait?"
    assert plan.stops.text() == "Lounge\nBoard"


def test_what_the_area_is_owed_is_on_the_walk_and_the_shift_is_remembered(
    page: WalksPage, qtbot: QtBot, workspace: Workspace
) -> None:
    ward = workspace.people.area("Ward 4")
    promise = workspace.promises.make("Bed alarm mended")
    workspace.promises.write(promise.id, visit="test", area_id=ward.id)
    workspace.promises.settle()
    plan = page.plan
    plan.open_more(True)
    plan.purpose.set_text("Why do discharges wait?")
    plan.area.set_value(ward.id)
    plan.shift.set_text("Night")
    plan.stops.set_text("Board")
    qtbot.mouseClick(plan.later, LEFT)
    (walk,) = workspace.walks.all()
    assert [(stop.place, stop.origin_kind) for stop in walk.stops] == [
        ("Board", ""),
        ("Bed alarm mended", "promise"),
    ]
    assert walk.shift == "Night"
    assert workspace.people.area("Ward 4").shifts == ("Night",)


def test_empty_fields_ask_in_the_words_of_the_workplace(
    page: WalksPage, workspace: Workspace
) -> None:
    workspace.vocabularies.choose("office")
    page.arrive()
    page.plan.show_plan(None)
    assert page.plan.area.line.placeholderText() == "Which team?"
