"""Today: what waits, from a glance at a real folder."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gemba.domain.changes import Ref
from gemba.domain.errors import BadInput, Refused
from gemba.domain.figures import Plan
from gemba.domain.figures.plan import Action
from gemba.domain.promise import Promise
from gemba.domain.sheet import Box, TrayPiece
from gemba.domain.sheet_story import Closing
from gemba.domain.today import TodayGlance
from gemba.services.today import read_today
from gemba.services.workspace import Workspace
from gemba.ui.pages.promises import PromisesPage
from gemba.ui.pages.today import TodayPage
from gemba.ui.theme import Theme
from gemba.ui.widgets import RowList
from gemba.ui.widgets.door import Door

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def samples() -> list[str]:
    return []


@pytest.fixture
def page(
    qtbot: QtBot, workspace: Workspace, data_dir: Path, theme: Theme, go, clock, samples: list[str]
) -> TodayPage:
    made = TodayPage(
        theme,
        go=go,
        read=lambda: read_today(data_dir, clock().date()),
        open_sample=samples.append,
        report=workspace.actions.report,
    )
    qtbot.addWidget(made)
    made.listen_to(workspace.bulletin)
    made.resize(1208, 772)
    made.show()
    made.activateWindow()
    made.arrive()
    return made


def words(rows: RowList) -> list[tuple[str, str, str]]:
    return [(row.words.strong, row.words.small, row.words.age) for row in rows.rows()]


def test_a_new_user_finds_three_doors_and_the_samples(
    page: TodayPage, qtbot: QtBot, go, samples: list[str]
) -> None:
    assert page.doors.isVisible()
    assert not page.promises.isVisible()
    for door in page.doors.findChildren(Door):
        qtbot.mouseClick(door, LEFT)
    for button in (page.doors.sample, page.doors.plant, page.doors.office):
        qtbot.mouseClick(button, LEFT)

    assert [place for place, _ in go.places] == ["walks", "coaching", "new sheet"]
    assert samples == ["discharge", "plant", "office"]


def test_enter_goes_through_the_first_door(page: TodayPage, qtbot: QtBot, go) -> None:
    first = page.doors.findChildren(Door)[0]
    qtbot.waitUntil(first.hasFocus)
    qtbot.keyClick(first, Qt.Key.Key_Return)

    assert go.places == [("walks", {})]


def test_the_first_row_shows_that_enter_opens_it(
    qtbot: QtBot, workspace: Workspace, data_dir: Path, theme: Theme, go, clock
) -> None:
    workspace.promises.make("Label printer", to="Samir")
    page = TodayPage(
        theme,
        go=go,
        read=lambda: read_today(data_dir, clock().date()),
        open_sample=lambda name: None,
    )
    qtbot.addWidget(page)
    page.resize(1208, 772)
    page.arrive()
    page.show()
    row = page.promises.rows()[0]
    # In the first picture, before the window is the active one, and after.
    assert row.keyed()
    page.activateWindow()
    qtbot.waitUntil(row.hasFocus)
    assert row.keyed()
    assert [button.text() for button in row.action_buttons()] == ["Tell back"]
    with_focus = row.grab().toImage()
    row.clearFocus()
    assert row.grab().toImage() != with_focus


def test_promises_stand_the_oldest_first(page: TodayPage, workspace: Workspace, clock) -> None:
    today = clock().date()
    make = workspace.promises.make
    make("Second porter", to="Joris", made_on=today - timedelta(days=2), resolver="Porter lead")
    make("Bed alarm on bay 4", to="the night nurse", made_on=today - timedelta(days=16))
    make("Nobody in particular", made_on=today)
    page.arrive()

    assert not page.doors.isVisible()
    assert words(page.promises) == [
        ("Bed alarm on bay 4", "Raised by the night nurse.", "16 days"),
        ("Second porter", "Raised by Joris. Porter lead resolves it.", "2 days"),
        ("Nobody in particular", "Promised on 24 Nov.", "today"),
    ]


def test_a_promise_opens_in_one_click_and_tell_back_stands_on_the_row(
    page: TodayPage, workspace: Workspace, qtbot: QtBot, go
) -> None:
    promise = workspace.promises.make("Bed alarm", to="the night nurse")
    page.arrive()
    row = page.promises.rows()[0]
    qtbot.mouseClick(row, LEFT)
    row.menu().actions()[0].trigger()

    assert go.places == [
        ("promise", {"promise": promise.id}),
        ("promise", {"promise": promise.id, "tell": True}),
    ]


def test_it_shows_by_itself_what_was_written_meanwhile(
    page: TodayPage, workspace: Workspace, qtbot: QtBot
) -> None:
    promise = workspace.promises.make("Bed alarm", to="the night nurse")
    qtbot.waitUntil(lambda: len(page.promises.rows()) == 1)
    workspace.promises.tell_back(
        promise.id, on=promise.made_on, to="the night nurse", answer="done", said="Mended"
    )
    qtbot.waitUntil(lambda: page.promises.rows() == [])
    workspace.promises.take_back_answer(promise.id)
    qtbot.waitUntil(lambda: len(page.promises.rows()) == 1)


def test_todays_walk_is_started_from_here(
    page: TodayPage, workspace: Workspace, qtbot: QtBot, go, clock
) -> None:
    today = clock().date()
    stops = workspace.walks.stops_from("Ward 6\nPharmacy hatch")
    first = workspace.walks.plan("Why do discharges wait?", planned_on=today, stops=stops)
    workspace.walks.plan("How is the night?", planned_on=today + timedelta(days=3))
    page.arrive()

    assert page.next_walk.head.text() == "Today's walk"
    assert page.next_walk.purpose.text() == "Why do discharges wait?"
    assert page.next_walk.way.text() == "Ward 6, Pharmacy hatch."
    assert words(page.next_walk.later) == [("How is the night?", "", "Fri 27 Nov")]
    qtbot.mouseClick(page.next_walk.start, LEFT)
    assert go.places == [("walk", {"walk": first.id, "start": True})]


def test_a_walk_under_way_comes_first(page: TodayPage, workspace: Workspace, clock) -> None:
    workspace.walks.plan("Planned", planned_on=clock().date())
    walk = workspace.walks.plan("Out now")
    workspace.walks.start(walk.id)
    page.arrive()

    assert (page.next_walk.head.text(), page.next_walk.purpose.text()) == ("Under way", "Out now")
    assert page.next_walk.start.text() == "Go on walking"


def test_a_walk_to_look_back_on_leaves_with_its_first_word(
    page: TodayPage, workspace: Workspace, qtbot: QtBot, go, clock
) -> None:
    walk = workspace.walks.plan("Why do discharges wait?")
    workspace.walks.start(walk.id)
    page.arrive()
    assert not page.untold.isVisible()
    workspace.walks.end(walk.id)
    clock.move(days=1)
    page.arrive()

    assert words(page.untold) == [("Why do discharges wait?", "What did you learn?", "Yesterday")]
    qtbot.waitUntil(lambda: page.untold.rows()[0].height() > 0)
    qtbot.mouseClick(page.untold.rows()[0], LEFT)
    assert go.places == [("debrief", {"walk": walk.id})]
    workspace.walks.debrief(walk.id, visit="v", pattern="Everybody waits for the porter")
    workspace.recorder.settle()
    page.arrive()
    assert not page.untold.rows()


def test_coaching_and_checks_come_by_their_day(
    page: TodayPage, workspace: Workspace, qtbot: QtBot, go, clock
) -> None:
    clock.move(days=-12)
    talk = workspace.coaching.first_talk("Marta Lindqvist")
    clock.move(days=12)
    today = clock().date()
    workspace.coaching.write(talk.id, visit="v", next_look_on=today)
    sheet = workspace.sheets.begin("Late discharges", owner="Marta Lindqvist")
    workspace.sheets.add_check(sheet.id, "30-day check", today + timedelta(days=1))
    workspace.recorder.settle()
    page.arrive()

    assert words(page.looks) == [
        ("Marta Lindqvist", "Agreed to look again today.", "12 days since last talk")
    ]
    assert words(page.checks) == [("Late discharges", "30-day check", "Tomorrow")]
    qtbot.waitUntil(lambda: page.looks.rows()[0].height() > 0)
    qtbot.mouseClick(page.looks.rows()[0], LEFT)
    qtbot.mouseClick(page.checks.rows()[0], LEFT)
    assert go.places == [("learner", {"learner": talk.learner_id})]
    assert go.opened == [(Ref("sheet", sheet.id), "check")]


def test_my_own_problem_is_the_sheet_i_own(page: TodayPage, workspace: Workspace) -> None:
    workspace.sheets.begin("Somebody else's", owner="Marta")
    workspace.sheets.begin("My rounds start late", owner="Anna", last_there="12 Nov")
    page.arrive()
    assert not page.own.isVisible()
    workspace.recorder.set_who("anna")
    page.arrive()

    assert words(page.own) == [("My rounds start late", "Last there: 12 Nov", "today")]
    # What was closed or archived is no problem of today's any more, unless it is opened again.
    sheet = next(one for one in workspace.sheets.all() if one.title == "My rounds start late")
    workspace.recorder.put(replace(sheet, closing=Closing(closed_on=sheet.started_on)))
    page.arrive()
    assert not page.own.isVisible()
    held = workspace.sheets.get(sheet.id)
    workspace.recorder.put(replace(held, closing=None))
    page.arrive()
    assert page.own.isVisible()
    held = workspace.sheets.get(sheet.id)
    workspace.recorder.put(replace(held, archived_on=sheet.started_on))
    page.arrive()
    assert not page.own.isVisible()


def test_one_column_in_a_narrow_window(
    page: TodayPage, workspace: Workspace, qtbot: QtBot, clock
) -> None:
    workspace.promises.make("Bed alarm")
    workspace.walks.plan("Why?", planned_on=clock().date())
    page.arrive()

    def left() -> int:
        return page.next_walk.head.mapTo(page, page.next_walk.head.rect().topLeft()).x()

    qtbot.waitUntil(lambda: left() > 600)
    page.resize(920, 600)
    qtbot.waitUntil(lambda: left() < 40)


def test_a_folder_that_cannot_be_read_now_shows_the_day_and_nothing_false(
    page: TodayPage, clock
) -> None:
    page.show_glance(TodayGlance(today=clock().date(), state="damaged"))

    assert not page.doors.isVisible()
    assert page.head.title.text() == "Tuesday 24 November"


def test_today_is_painted_without_sqlalchemy(tmp_path: Path) -> None:
    code = """
import sys
from datetime import date
from pathlib import Path
from PySide6.QtWidgets import QApplication
from gemba.services.today import read_today
from gemba.ui.pages.today import TodayPage
from gemba.ui.theme import Theme
app = QApplication([])
theme = Theme()
theme.apply(app)
folder = Path(sys.argv[1])
page = TodayPage(
    theme, go=None, read=lambda: read_today(folder, date(2026, 11, 24)), open_sample=print
)
page.arrive()
page.show()
page.grab()
heavy = {"sqlalchemy", "alembic", "reportlab", "PIL", "msgspec"} & set(sys.modules)
print(",".join(sorted(heavy)) or "light")
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert done.stdout.strip().splitlines()[-1:] == ["light"], done.stderr


def test_actions_of_plans_come_on_their_dates_and_open_at_the_action(
    page: TodayPage, workspace: Workspace, go, qtbot: QtBot, clock
) -> None:
    sheet = workspace.sheets.begin("Late discharges")
    today = clock().date()
    names = Action(id="a1", what="Names at 15:00", who="Maria", finish=today)
    many = tuple(
        Action(id=f"b{n}", what=f"Step {n}", start=today + timedelta(days=1)) for n in range(9)
    )
    plan = Plan(id="p", actions=(names, *many, Action(id="far", what="Far", finish=date.max)))
    workspace.sheets.put_figure(sheet.id, "plan", plan)
    page.arrive()
    qtbot.waitUntil(lambda: page.steps.isVisible() and page.steps.rows()[0].height() > 0)
    shown = words(page.steps)
    assert shown[0] == ("Names at 15:00", "Maria · to be done · Late discharges", "Today")
    assert shown[1][1] == "to begin · Late discharges"
    assert len(shown) == 8
    assert page._more_steps.text() == "and 2 more, later than these"
    qtbot.mouseClick(page.steps.rows()[0], LEFT)
    assert go.places[-1] == ("sheet", {"sheet": sheet.id, "action": "plan/p/a1"})
    done = replace(plan, actions=(replace(names, finished=today),))
    workspace.sheets.put_figure(sheet.id, "plan", done)
    page.arrive()
    assert not page.steps.isVisible()


def test_an_action_is_reported_in_its_row_and_taken_back(
    page: TodayPage, workspace: Workspace, go, qtbot: QtBot, clock
) -> None:
    sheet = workspace.sheets.begin("Late discharges", owner="Maria")
    workspace.recorder.set_who("Nora")
    today = clock().date()
    names = Action(id="a1", what="Names at 15:00", finish=today)
    bell = Action(id="a2", what="A bell", start=today, finish=today + timedelta(days=2))
    seen = Action(id="a3", what="Look", finished=today, review=today)
    workspace.sheets.give_pen(sheet.id, "coach")
    plan = Plan(id="p", actions=(names, bell, seen))
    workspace.sheets.put_figure(sheet.id, "plan", plan)
    workspace.sheets.give_pen(sheet.id, "owner")
    page.arrive()

    def row(what: str):
        return next(one for one in page.steps.rows() if one.words.strong == what)

    def act(what: str, words: str) -> None:
        held = row(what)
        held.meet()
        button = next(one for one in held.action_buttons() if one.text() == words)
        qtbot.mouseClick(button, LEFT)

    def kept(id: str) -> Action:
        held = workspace.sheets.get(sheet.id).box("plan").figures[0]
        assert isinstance(held, Plan)
        return next(one for one in held.actions if one.id == id)

    assert [one.words for one in row("A bell").actions_offered] == ["Begun", "Done"]
    act("Names at 15:00", "Done")
    qtbot.waitUntil(lambda: "Names at 15:00" not in [one[0] for one in words(page.steps)])
    assert kept("a1") == replace(names, finished=today)
    assert go.said[-1] == "Done today: Names at 15:00"
    assert go.undo is not None
    go.undo()
    assert kept("a1") == names
    qtbot.waitUntil(lambda: "Names at 15:00" in [one[0] for one in words(page.steps)])
    act("A bell", "Begun")
    qtbot.waitUntil(lambda: [one.words for one in row("A bell").actions_offered] == ["Done"])
    assert kept("a2").started == today
    # What was written meanwhile is not overwritten by taking it back.
    workspace.sheets.give_pen(sheet.id, "coach")
    changed = replace(kept("a2"), what="Two bells")
    plan = replace(plan, actions=(names, changed, seen))
    workspace.sheets.put_figure(sheet.id, "plan", plan)
    go.undo()
    assert kept("a2") == changed
    page.arrive()
    act("Look", "Reviewed")
    assert kept("a3").reviewed
    undone = row("Names at 15:00").actions_offered[0]
    workspace.sheets.remove_figure(sheet.id, "plan", "p")
    undone.run(None)
    assert [error.key for error in go.troubles] == ["plan.action_gone"]


def test_an_action_in_the_tray_of_its_sheet_is_reported_there(workspace: Workspace, clock) -> None:
    sheet = workspace.sheets.begin("Late discharges")
    plan = Plan(id="p", actions=(Action(id="a1", what="Ask", finish=clock().date()),))
    piece = TrayPiece(id="t", definition="ps7", label="Plan", box=Box(id="plan", figures=(plan,)))
    workspace.recorder.put(replace(sheet, tray=(piece,)))
    take_back = workspace.actions.report(sheet.id, "tray:t/p/a1", "finish")
    (held,) = workspace.sheets.get(sheet.id).tray
    assert isinstance(held.box.figures[0], Plan)
    assert held.box.figures[0].actions[0].finished == clock().date()
    take_back()
    assert workspace.sheets.get(sheet.id).tray == (piece,)
    for part in ("tray:x/p/a1", "tray:t/p/x", "plan/p/a1", ""):
        with pytest.raises(Refused):
            workspace.actions.report(sheet.id, part, "finish")
    with pytest.raises(BadInput):
        workspace.actions.report(sheet.id, "tray:t/p/a1", "think")


def test_the_week_of_routines_says_why_one_was_missed(
    qtbot: QtBot, workspace: Workspace, data_dir: Path, theme: Theme, go, clock
) -> None:
    routine = workspace.routines.add("huddle", "Bed huddle", starts_on=date(2026, 11, 16))
    walk = workspace.routines.add(
        "review", "Board review", weekdays=(1,), starts_on=date(2026, 11, 16)
    )
    monday = clock().date() - timedelta(clock().date().weekday())
    workspace.routines.miss(routine.id, monday, "The lift stood still")
    workspace.promises.make("A rail", to="Ana")
    made = TodayPage(
        theme,
        go=go,
        read=lambda: read_today(data_dir, clock().date()),
        open_sample=lambda _name: None,
    )
    qtbot.addWidget(made)
    made.listen_to(workspace.bulletin)
    made.resize(1208, 772)
    made.show()
    made.arrive()
    week = made.week
    assert week is not None
    assert week.isVisible()
    assert [line.name for line in week.strip.lines] == ["Bed huddle", "Board review"]
    said = week.reasons.text().splitlines()
    assert "Bed huddle, Mon 23: missed, The lift stood still" in said
    assert "Board review, Mon 23: missed. What got in the way?" in said
    week.strip.opened.emit(1, 0)
    assert go.places[-1] == ("routines", {"day": monday, "of": walk.id})
    workspace.routines.keep(walk.id, monday)
    qtbot.waitUntil(lambda: "Board review" not in week.reasons.text())


def test_without_routines_no_week_stands_on_today(page: TodayPage) -> None:
    assert page.week is None


def test_more_than_fifty_promises_lead_to_the_list_of_all(
    page: TodayPage, workspace: Workspace, qtbot: QtBot, go, theme: Theme, clock
) -> None:
    today = clock().date()
    made = [
        Promise(
            id=uuid4(),
            text=f"Find out who owns the trolley of the bay beside the pharmacy hatch, {n}",
            raised_by="Samir",
            made_on=today - timedelta(n),
        )
        for n in range(130)
    ]
    workspace.recorder.put(*made)
    page.arrive()
    assert page._more.text() == "All 130, the oldest first"
    # The page ends where its rows end, and not where they would in the narrowest column.
    rows = sum(row.heightForWidth(640) for row in page.promises.rows())
    assert page._view.content.minimumSizeHint().height() < rows + page.height()
    qtbot.mouseClick(page._more, LEFT)
    assert go.places == [("promises", {})]

    every = PromisesPage(
        theme,
        promises=workspace.promises,
        bulletin=workspace.bulletin,
        go=go,
        today=lambda: today,
    )
    qtbot.addWidget(every)
    every.resize(1208, 772)
    every.show()
    every.arrive()
    model = every.list.model()
    said = [model.words(row) for row in (0, 99, 100, 129)]
    assert [one.strong.split(", ")[1] for one in said] == ["129", "30", "29", "0"]
    assert (said[0].small, said[0].age) == ("Raised by Samir.", "129 days")
    assert every.head.beside.text() == "130 promises, the oldest first"
    every.list.setCurrentIndex(model.index(0, 0))
    qtbot.keyClick(every.list, Qt.Key.Key_Return)
    assert go.places[-1] == ("promise", {"promise": made[129].id})
    workspace.promises.tell_back(made[129].id, on=today, to="Samir", answer="done", said="Done")
    qtbot.waitUntil(lambda: model.words(0).strong.endswith(", 128"))
    assert model.rowCount() == 129
