"""Leader standard work in the window: the week, a day, a routine, days off, the calendar."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gemba.domain.routine import Routine
from gemba.services.exports import write_file
from gemba.services.workspace import Workspace
from gemba.ui.autosave import hand_over
from gemba.ui.pages.routines import RoutinesPage
from gemba.ui.theme import Theme
from tests.ui.pages.words_in_sight import words_in_sight

LEFT = Qt.MouseButton.LeftButton
ENTER = Qt.Key.Key_Return


@pytest.fixture
def routine(workspace: Workspace) -> Routine:
    # The clock of the pages stands on Tuesday, 24 November 2026.
    return workspace.routines.add("huddle", "Bed huddle", starts_on=date(2026, 11, 2))


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace, theme: Theme, go, clock) -> RoutinesPage:
    made = RoutinesPage(
        theme,
        routines=workspace.routines,
        routes=workspace.routes,
        people=workspace.people,
        drafts=workspace.drafts,
        bulletin=workspace.bulletin,
        write=write_file,
        go=go,
        today=lambda: clock().date(),
    )
    qtbot.addWidget(made)
    made.resize(1208, 772)
    made.show()
    made.activateWindow()
    made.arrive()
    return made


def test_why_a_day_was_missed_and_why_one_is_off_wait_until_they_are_said(
    page: RoutinesPage, qtbot: QtBot, routine: Routine
) -> None:
    page.arrive()
    page._show_day(routine.id, date(2026, 11, 23))
    qtbot.keyClicks(page.day.why.line, "Fire dr")
    qtbot.keyClicks(page.off.why.line, "Holi")
    hand_over(page)
    page._show_day(routine.id, date(2026, 11, 24))
    page.arrive(of=routine.id, day=date(2026, 11, 23))
    assert (page.day.why.text(), page.off.why.text()) == ("Fire dr", "Holi")
    page.day.miss.click()
    qtbot.keyClicks(page.off.first.line, "24 Dec")
    page.off.keep.click()
    page._show_day(routine.id, date(2026, 11, 24))
    page.arrive(of=routine.id, day=date(2026, 11, 24))
    assert (page.day.why.text(), page.off.why.text()) == ("", "")


def test_a_routine_is_written_by_name_and_day(
    page: RoutinesPage, qtbot: QtBot, workspace: Workspace, go
) -> None:
    assert page.empty.isVisible()
    qtbot.mouseClick(page.new, LEFT)
    form = page.form
    qtbot.keyClicks(form.name.line, "Walk on ward 4")
    form.kind.set_value("walk")
    for number in (1, 3, 4):
        qtbot.mouseClick(form.days[number], LEFT)
    form.cadence.set_value("2")
    form.at.set_value(time(8, 15))
    form.minutes.set_text("4x")
    form.window_field.set_text("9999")
    qtbot.keyClicks(form.area.line, "Ward 4")
    qtbot.mouseClick(form.keep, LEFT)

    (made,) = workspace.routines.all()
    assert (made.name, made.weekdays, made.every_weeks) == ("Walk on ward 4", (1, 3), 2)
    assert (made.time_of_day, made.zone) == ("08:15", "Europe/Amsterdam")
    assert (made.minutes, made.window) == (30, 1440)
    assert workspace.people.area_name(made.area_id) == "Ward 4"
    assert form.isHidden()
    assert [one.name for one in page.week.lines] == ["Walk on ward 4"]

    page.list.opened.emit(made.id)
    assert form.name.text() == "Walk on ward 4"
    form.name.set_text("Ward walk")
    qtbot.waitUntil(lambda: form.keep.height() > 0)
    qtbot.mouseClick(form.keep, LEFT)
    assert go.troubles == []
    assert workspace.routines.get(made.id).name == "Ward walk"


def test_without_a_name_nothing_is_kept_and_what_was_typed_stays(
    page: RoutinesPage, qtbot: QtBot, workspace: Workspace, go
) -> None:
    qtbot.mouseClick(page.new, LEFT)
    qtbot.keyClicks(page.form.role.line, "Head of nursing")
    qtbot.mouseClick(page.form.keep, LEFT)
    assert [one.key for one in go.troubles] == ["routine.no_name"]
    assert page.form.role.text() == "Head of nursing"
    assert workspace.routines.all() == []


def test_a_day_is_missed_with_one_line_and_kept_by_keys(
    routine: Routine, page: RoutinesPage, qtbot: QtBot
) -> None:
    assert page.week.words_of(0, 0) == "Bed huddle: Mon 23 Nov missed"
    page.week.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(page.week, Qt.Key.Key_Left)
    qtbot.keyClick(page.week, ENTER)
    qtbot.keyClicks(page.day.why.line, "Two wards short")
    qtbot.keyClick(page.day.why.line, ENTER)
    assert page.week.words_of(0, 0) == "Bed huddle: Mon 23 Nov missed (Two wards short)"
    assert page.week.accessibleName().endswith("missed (Two wards short)")

    qtbot.mouseClick(page.day.keep, LEFT)
    assert page.week.words_of(0, 0) == "Bed huddle: Mon 23 Nov kept"
    qtbot.mouseClick(page.day.unsay, LEFT)
    assert page.week.words_of(0, 0) == "Bed huddle: Mon 23 Nov missed"
    assert page.week.words_of(0, 2) == "Bed huddle: Wed 25 Nov coming"
    assert page.week.words_of(0, 6) == "Bed huddle: nothing is expected"


def test_days_kept_one_after_the_other_are_no_streak(
    routine: Routine, page: RoutinesPage, workspace: Workspace
) -> None:
    day = date(2026, 11, 2)
    while day < date(2026, 11, 24):
        if day.weekday() < 5:
            workspace.routines.keep(routine.id, day)
        day += timedelta(days=1)
    workspace.recorder.settle()
    page.arrive()
    assert page.week.words_of(0, 0) == "Bed huddle: Mon 23 Nov kept"
    words = words_in_sight(page).lower()
    assert "bed huddle" in words
    assert not re.search(r"streak|in a row|running|best|record|badge|well done|%", words)
    # Sixteen days: neither their number nor how many weeks they fill is held up to anybody.
    assert not re.search(r"\b(15|16)\b|\b[34] weeks\b", words)


def test_thirteen_weeks_open_the_day_that_lacks_its_reason(
    routine: Routine, page: RoutinesPage, workspace: Workspace
) -> None:
    assert len(page.dots.spans) == 13
    workspace.routines.keep(routine.id, date(2026, 11, 16))
    page.arrive()
    page.dots.opened.emit(0, 11)
    assert page.day.day == date(2026, 11, 17)
    page.dots.opened.emit(0, 0)
    assert page.day.day == date(2026, 11, 17)


def test_days_off_are_taken_and_taken_back(
    routine: Routine, page: RoutinesPage, qtbot: QtBot, go
) -> None:
    qtbot.mouseClick(page.off.keep, LEFT)
    assert page.off.first.said()
    page.off.first.set_value(date(2026, 11, 26))
    page.off.last.set_value(date(2026, 11, 27))
    page.off.why.set_text("Leave")
    qtbot.mouseClick(page.off.keep, LEFT)
    assert page.week.words_of(0, 3) == "Bed huddle: Thu 26 Nov off (Leave)"
    assert len(page.off.list.rows()) == 1
    go.undo()
    assert page.week.words_of(0, 3) == "Bed huddle: Thu 26 Nov coming"


def test_the_walk_of_a_day_is_planned_from_it(
    page: RoutinesPage, qtbot: QtBot, workspace: Workspace, go
) -> None:
    workspace.routines.add("walk", "Ward walk", starts_on=date(2026, 11, 2), why="See it")
    page.arrive()
    page.week.opened.emit(0, 1)
    qtbot.mouseClick(page.day.walk, LEFT)
    (walk,) = workspace.walks.all()
    assert (walk.purpose, walk.planned_on) == ("See it", date(2026, 11, 24))
    assert go.places == [("walks", {"walk": walk.id})]
    page.arrive()
    assert page.week.words_of(0, 1) == "Ward walk: Tue 24 Nov coming"
    workspace.walks.start(walk.id)
    page.arrive()
    assert page.week.words_of(0, 1) == "Ward walk: Tue 24 Nov kept"


def test_the_calendar_file_lies_where_it_was_wanted(
    routine: Routine, page: RoutinesPage, tmp_path: Path, go
) -> None:
    page.save_calendar(tmp_path / "work")
    assert (tmp_path / "work.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    page.save_calendar(tmp_path / "nowhere" / "work.ics")
    assert [one.key for one in go.troubles] == ["file.cannot_write"]


def test_a_routine_is_laid_aside_and_taken_up_again(
    routine: Routine, page: RoutinesPage, go, workspace: Workspace
) -> None:
    page._lay_aside(routine.id)
    assert page.week.isHidden()
    assert len(page.aside.rows()) == 1
    go.undo()
    assert not page.week.isHidden()
    assert page.aside.isHidden()


def test_a_routine_half_written_is_there_when_one_comes_back(
    page: RoutinesPage, qtbot: QtBot, workspace: Workspace
) -> None:
    qtbot.mouseClick(page.new, LEFT)
    qtbot.keyClicks(page.form.name.line, "Bed hud")
    page.leave()
    workspace.recorder.settle()
    page.form.hide()
    page.arrive()
    assert page.form.isVisible()
    assert page.form.name.text() == "Bed hud"
    page.form.left.emit()
    workspace.recorder.settle()
    page.arrive()
    assert page.form.isHidden()


def test_hostile_names_stay_inside_the_page(
    page: RoutinesPage, qtbot: QtBot, workspace: Workspace
) -> None:
    long = "<b>الجولة</b> " + "many words " * 400
    workspace.routines.add("huddle", long, why=long, starts_on=date(2026, 11, 2))
    plan = workspace.walks.plan("Why?", stops=workspace.walks.stops_from("Board"))
    workspace.routes.keep(long, plan)
    page.arrive()
    qtbot.mouseClick(page.new, LEFT)
    page.week.opened.emit(0, 0)
    page.grab()
    assert page.form.sizeHint().width() < 1208
    assert page.week.words_of(0, 0).startswith("<b>الجولة</b> many words")
    assert page.minimumSizeHint().width() <= 1208


def test_half_a_routine_keeps_every_field_over_leaving_and_a_restart(
    page: RoutinesPage, qtbot: QtBot, workspace: Workspace, theme: Theme, go, clock
) -> None:
    """Words, a time, days, choices and names are all there again, the cleared one stays empty."""
    qtbot.mouseClick(page.new, LEFT)
    form = page.form
    qtbot.keyClicks(form.name.line, "Walk on the ward")
    qtbot.keyClicks(form.role.line, "Head nurse")
    qtbot.mouseClick(form.kind.segment("review"), LEFT)
    qtbot.mouseClick(form.cadence.segment("last"), LEFT)
    qtbot.mouseClick(form.days[0], LEFT)
    qtbot.keyClicks(form.at.line, "7:45")
    form.minutes.line.clear()
    qtbot.keyClicks(form.minutes.line, "25")
    form.grace.line.selectAll()
    qtbot.keyClick(form.grace.line, Qt.Key.Key_Delete)
    qtbot.keyClicks(form.area.line, "Ward 9")
    qtbot.keyClicks(form.person.line, "Ines")
    form.ends.line.setFocus()
    qtbot.keyClicks(form.ends.line, "24 Dec")
    form.why.edit.setFocus()
    qtbot.keyClicks(form.why.edit, "Nobody sees the night")
    page.leave()
    workspace.recorder.settle()

    again = RoutinesPage(
        theme,
        routines=workspace.routines,
        routes=workspace.routes,
        people=workspace.people,
        drafts=workspace.drafts,
        bulletin=workspace.bulletin,
        write=write_file,
        go=go,
        today=lambda: clock().date(),
    )
    qtbot.addWidget(again)
    again.show()
    again.arrive()
    found = again.form
    assert found.isVisible()
    assert (found.kind.value(), found.cadence.value()) == ("review", "last")
    assert [one.isChecked() for one in found.days] == [False, True, True, True, True, False, False]
    assert (found.minutes.text(), found.grace.text()) == ("25", "")
    assert (found.area.value()[1], found.person.value()[1]) == ("Ward 9", "Ines")
    assert (found.at.value(), found.ends.value()) == (time(7, 45), date(2026, 12, 24))
    assert (found.name.text(), found.role.text()) == ("Walk on the ward", "Head nurse")
    assert found.why.text() == "Nobody sees the night"
    qtbot.mouseClick(found.cancel, LEFT)
    workspace.recorder.settle()
    again.arrive()
    assert not found.isVisible()


def test_a_day_is_opened_from_elsewhere(page: RoutinesPage, routine: Routine) -> None:
    page.arrive(of=routine.id, day=date(2026, 11, 23))
    assert page.day.isVisible()
    assert page.day.words.text().startswith("Bed huddle")
