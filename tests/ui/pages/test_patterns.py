"""The page of patterns: every bar opens what it counts, every chart goes onto a sheet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gemba.domain.changes import Ref
from gemba.domain.figures import Pareto, RunChart, TableFigure
from gemba.domain.link import BECAME, Link
from gemba.domain.patterns import Wanted
from gemba.domain.promise import Promise
from gemba.services.workspace import Workspace
from gemba.ui.pages.patterns import PatternsPage
from gemba.ui.tasks import Tasks
from gemba.ui.theme import Theme

LEFT = Qt.MouseButton.LeftButton
ENTER = Qt.Key.Key_Return


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace, theme: Theme, tasks: Tasks, go, clock) -> PatternsPage:
    walks = workspace.walks
    area = workspace.people.area("Ward 6").id
    walk = walks.plan("Why?", stops=walks.stops_from("Bay 4\nHatch"), area_id=area)
    for number in range(25):
        stop = walk.stops[0 if number % 5 else 1]
        line = walks.begin_line(walk.id, stop.id)
        category = ("delivery", "safety", "going well")[number % 3]
        state = ("normal", "abnormal", "no standard seen")[number % 3]
        seen = walks.keep(line.id, saw=f"Seen {number}", category=category, standard=state)
        walks.change_line(seen.id, seen_on=clock().date() - timedelta(7 * (number // 2)))
    workspace.promises.make("A rail", to="Ana", made_on=clock().date() - timedelta(45))
    made = PatternsPage(
        theme,
        patterns=workspace.patterns,
        bulletin=workspace.bulletin,
        tasks=tasks,
        go=go,
        words=workspace._words,
        today=workspace.recorder.today,
    )
    qtbot.addWidget(made)
    made.resize(1208, 772)
    made.show()
    made.activateWindow()
    made.arrive()
    qtbot.waitUntil(lambda: made.found is not None)
    return made


def test_a_bar_opens_its_observations_and_one_of_them(page: PatternsPage, qtbot, go) -> None:
    bars = page.categories.bars()
    assert [(bar.text(), bar.count) for bar in bars] == [("delivery", 9), ("safety", 8)]
    qtbot.keyClick(bars[1], ENTER)
    rows = page.by_category.rows.rows()
    assert page.by_category.about.text() == "safety: 8"
    assert len(rows) == 8
    qtbot.keyClick(rows[0], ENTER)
    ref, _part = go.opened[0]
    assert ref.kind == "observation"


def test_escape_closes_what_a_bar_opened(page: PatternsPage, qtbot) -> None:
    qtbot.mouseClick(page.places.bars()[0], LEFT)
    assert page.by_place.beneath.isVisible()
    qtbot.keyClick(page.by_place, Qt.Key.Key_Escape)
    assert not page.by_place.beneath.isVisible()


def test_readings_cells_and_standards_open_what_they_count(page: PatternsPage, qtbot) -> None:
    qtbot.keyClick(page.trend, ENTER)
    assert page.over_time.rows.rows()
    qtbot.keyClick(page.heat, Qt.Key.Key_Left)
    row, column = page.heat.at
    count = page.heat.heat.counts[row][column]
    qtbot.keyClick(page.heat, ENTER)
    assert len(page.by_week.rows.rows()) == count
    qtbot.mouseClick(page.heat, LEFT, pos=page.heat.cell(0, column).center())
    assert page.by_week.about.text().startswith("Bay 4")
    qtbot.mouseClick(page.standards.bars()[0], LEFT)
    assert len(page.by_standard.rows.rows()) == page.standards.bars()[0].count
    qtbot.keyClick(page.well, ENTER)
    assert page.going_well.rows.rows()
    qtbot.mouseClick(page.abnormal, LEFT, pos=page.abnormal.place_of(1).center())
    assert page.of_abnormal.rows.rows()


def test_the_curve_says_what_is_known(page: PatternsPage) -> None:
    assert page.told.said.text() == (
        "Told back within 30 days 0 %, 60 days not known yet, 90 days not known yet. "
        "1 still wait, the oldest for 45 days."
    )


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        ("by_category", Pareto),
        ("by_place", Pareto),
        ("over_time", RunChart),
        ("by_week", TableFigure),
        ("by_standard", Pareto),
        ("of_abnormal", RunChart),
        ("going_well", RunChart),
        ("told", TableFigure),
    ],
)
def test_each_drawing_goes_onto_a_sheet(
    page: PatternsPage, workspace: Workspace, go, part: str, kind: type
) -> None:
    held = getattr(page, part)
    held.menu.aboutToShow.emit()
    held.menu.actions()[0].trigger()
    place, what = go.places[-1]
    figure = workspace.sheets.get(what["sheet"]).box(str(what["box"])).figures[0]
    assert place == "sheet"
    assert isinstance(figure, kind)
    assert "24 Nov" in figure.caption
    drawn = {"by_week": "shades", "told": "steps"}
    if isinstance(figure, TableFigure):
        assert figure.drawn == drawn[part]


def test_a_shorter_time_counts_less_and_days_may_stand_the_wrong_way(
    page: PatternsPage, qtbot
) -> None:
    before = page.found.seen
    page.asked.time._choose("days")
    page.asked.first.set_value(date(2026, 11, 24))
    page.asked.last.set_value(date(2026, 11, 23))
    page.asked.changed.emit()
    qtbot.waitUntil(lambda: page.found.seen < before)
    assert page.found.span.first == date(2026, 11, 23)


def test_what_is_kept_meanwhile_is_counted(page: PatternsPage, qtbot, workspace) -> None:
    before = page.found.seen
    workspace.walks.capture("A bag on the floor")
    qtbot.waitUntil(lambda: page.found.seen == before + 1)


def test_an_area_that_holds_nothing_says_so(page: PatternsPage, qtbot, workspace) -> None:
    workspace.people.area("Line 3")
    page.arrive()
    key = next(key for key, words in page.asked.area.options() if words == "Line 3")
    page.asked.area._choose(key)
    qtbot.waitUntil(page.empty.isVisible)
    assert not page.column.isVisible()
    assert Ref("area", page.found.span.area_id)
    qtbot.mouseClick(page.empty.button, Qt.MouseButton.LeftButton)
    assert page._go.places == [("walks", {"new": True})]


def test_on_the_same_sheet_it_is_brought_up_to_date(page, qtbot, workspace, go) -> None:
    held = page.by_category
    held.menu.aboutToShow.emit()
    held.menu.actions()[0].trigger()
    _place, what = go.places[-1]
    before = workspace.sheets.get(what["sheet"]).box(str(what["box"])).figures
    workspace.walks.capture("A bag", category="cost")
    qtbot.waitUntil(lambda: len(page.categories.bars()) == 3)
    held.menu.aboutToShow.emit()
    held.menu.actions()[2].trigger()
    after = workspace.sheets.get(what["sheet"]).box(str(what["box"])).figures
    assert len(before) == len(after) == 1
    assert [bar.label for bar in after[0].bars] == ["delivery", "safety", "cost"]


def test_the_curve_opens_what_was_told_back_and_what_waits(
    page: PatternsPage, qtbot, workspace: Workspace, go
) -> None:
    """Below it lies what was told back by a day, above it what was not, behind it the rest."""
    promise = workspace.promises.make("Bring the second chair", made_on=date(2026, 11, 1))
    workspace.promises.tell_back(
        promise.id, on=date(2026, 11, 13), to="Ada", answer="done", said="It is there"
    )
    qtbot.waitUntil(lambda: page.found is not None and page.found.promised == 2)
    curve = page.curve

    def words() -> list[str]:
        return [row.words.strong for row in page.told.rows.rows()]

    below = curve.place_of(13, below=True)
    qtbot.mouseClick(curve, LEFT, pos=below)
    assert words() == ["Bring the second chair"]
    assert page.told.about.text() == f"Told back within {13} days: 1"
    qtbot.mouseClick(curve, LEFT, pos=curve.place_of(13, below=False))
    (waiting,) = words()
    assert waiting != "Bring the second chair"
    qtbot.mouseClick(curve, LEFT, pos=curve.place_of(99, below=False))
    assert page.told.about.text() == "Still waiting for an answer: 1"
    page.told.rows.opened.emit(page.told.rows.rows()[0].words.key)
    assert go.opened[-1][0].kind == "promise"
    (seen,) = page.told.row_actions
    seen.run(page.told.rows.rows()[0].words.key)
    assert "did not come of anything" in go.said[-1]

    curve.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(curve, Qt.Key.Key_Left)
    qtbot.keyClick(curve, ENTER)
    assert words() == ["Bring the second chair"]
    qtbot.keyClick(curve, ENTER, Qt.KeyboardModifier.ShiftModifier)
    assert words() == [waiting]


def test_a_stop_that_is_renamed_meanwhile_is_counted_anew(
    page: PatternsPage, qtbot, workspace: Workspace
) -> None:
    walk = next(one for one in workspace.walks.all() if one.stops)
    stops = tuple(replace(stop, place=f"{stop.place} east") for stop in walk.stops)
    workspace.walks.change(walk.id, stops=stops)
    qtbot.waitUntil(lambda: any("east" in bar.text() for bar in page.places.bars()))


def test_behind_a_promise_of_the_curve_lies_what_was_seen(page: PatternsPage, qtbot, go) -> None:
    seen = page._patterns.observations(Wanted(span=page.found.span), 1)[0][0]
    promise = page_promise(page, seen)
    qtbot.waitUntil(lambda: page.found.promised == 2)
    (action,) = page.told.row_actions
    action.run(promise)
    assert go.opened[-1][0] == Ref("observation", seen)


def page_promise(page: PatternsPage, seen: UUID) -> UUID:
    """Promise an answer about what was seen, as its own page does."""
    recorder = page._patterns._recorder
    promise = Promise(id=recorder.new_id(), text="A hook", made_on=recorder.today())
    link = Link(
        id=recorder.new_id(),
        role=BECAME,
        from_kind="observation",
        from_id=seen,
        to_kind="promise",
        to_id=promise.id,
    )
    recorder.put(promise, link)
    return promise.id
