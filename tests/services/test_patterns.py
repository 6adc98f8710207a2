"""Patterns are counted where the records lie, and every bar finds what it counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from gemba.domain.figures import RunChart
from gemba.domain.observation import Observation
from gemba.domain.patterns import (
    Answer,
    Patterns,
    Span,
    Wanted,
    WantedAnswers,
    by_category,
    by_place,
    chart_of,
    standards,
    told_within,
    trend,
)
from gemba.domain.walk import Walk
from gemba.services.workspace import Workspace
from gemba.store.opening import open_store

TODAY = date(2026, 11, 22)
YEAR = Span(first=date(2025, 11, 24), last=TODAY)


def _seen(
    workspace: Workspace, walk: Walk, stop: str, category: str, on: date, standard: str = ""
) -> Observation:
    line = workspace.walks.begin_line(walk.id, stop)
    kept = workspace.walks.keep(line.id, saw=f"{category} seen", category=category)
    return workspace.recorder.put(replace(kept, seen_on=on, standard=standard))[0]  # type: ignore[return-value]


def _department(workspace: Workspace) -> tuple[Walk, Walk]:
    walks = workspace.walks
    ward, line = workspace.people.area("Ward 6").id, workspace.people.area("Line 3").id
    first = walks.plan("Why?", stops=walks.stops_from("Bay 4\nHatch"), area_id=ward)
    second = walks.plan("How?", stops=walks.stops_from("Hatch\nBench"), area_id=line)
    bay, hatch = (stop.id for stop in first.stops)
    other, bench = (stop.id for stop in second.stops)
    _seen(workspace, first, bay, "safety", TODAY, "abnormal")
    _seen(workspace, first, hatch, "safety", TODAY - timedelta(7), "normal")
    _seen(workspace, first, hatch, "going well", TODAY - timedelta(7))
    _seen(workspace, second, other, "delivery", TODAY - timedelta(14))
    _seen(workspace, second, bench, "", date(2020, 1, 6))
    walks.capture("A bag on the floor", category="quality")
    return first, second


def test_nothing_is_counted_in_an_empty_folder(workspace: Workspace) -> None:
    found = workspace.patterns.read(YEAR)
    assert found == Patterns(span=YEAR)
    assert workspace.patterns.whole_time() == (TODAY, TODAY)
    assert workspace.patterns.observations(Wanted(span=YEAR), 5) == []


def test_a_year_is_counted_by_category_stop_and_standard(workspace: Workspace) -> None:
    _department(workspace)
    found = workspace.patterns.read(YEAR)
    assert found.seen == 5
    assert by_category(found) == (("safety", 2), ("delivery", 1), ("quality", 1))
    assert by_place(found) == (("Hatch", 2), ("", 1), ("Bay 4", 1))
    assert standards(found) == {"abnormal": 1, "normal": 1}
    # 22 November is a Sunday: the week is whole.
    assert [one.value for one in trend(found)][-3:] == [1, 1, 2]
    assert workspace.patterns.whole_time()[0] == date(2020, 1, 6)


def test_an_area_is_that_of_the_walk(workspace: Workspace) -> None:
    first, _second = _department(workspace)
    found = workspace.patterns.read(replace(YEAR, area_id=first.area_id))
    assert found.seen == 3
    assert by_place(found) == (("Bay 4", 1), ("Hatch", 1))


def test_every_bar_opens_as_many_as_it_counts(workspace: Workspace) -> None:
    _department(workspace)
    patterns = workspace.patterns
    found = patterns.read(YEAR)
    for category, count in by_category(found):
        wanted = Wanted(span=YEAR, category=category, in_the_way=True)
        assert patterns.count(wanted) == len(patterns.observations(wanted, 99)) == count
    for place, count in by_place(found):
        wanted = Wanted(span=YEAR, place=place, in_the_way=True)
        assert patterns.count(wanted) == len(patterns.observations(wanted, 99)) == count
    for standard, count in standards(found).items():
        assert patterns.count(Wanted(span=YEAR, standard=standard)) == count


def test_a_long_list_is_read_page_by_page(workspace: Workspace) -> None:
    for number in range(7):
        workspace.walks.capture(f"Bag {number}")
    everything = Wanted(span=YEAR)
    first = workspace.patterns.observations(everything, 3)
    second = workspace.patterns.observations(everything, 3, first[-1][0])
    third = workspace.patterns.observations(everything, 3, second[-1][0])
    words = [row[1] for row in (*first, *second, *third)]
    assert words == [f"Bag {number}" for number in reversed(range(7))]


def test_what_lies_in_the_bin_or_is_half_written_is_not_counted(workspace: Workspace) -> None:
    seen = workspace.walks.capture("A bag on the floor")
    workspace.walks.begin_line(None)
    from gemba.services.recorder import refs_of

    workspace.recorder.remove(*refs_of(seen))
    assert workspace.patterns.read(YEAR).seen == 0


def test_promises_wait_until_told_back_also_when_the_clock_went_back(workspace: Workspace) -> None:
    promises = workspace.promises
    early = promises.make("A trolley", made_on=TODAY - timedelta(40))
    promises.tell_back(
        early.id, on=TODAY - timedelta(30), to="Ana", answer="not now", said="No money"
    )
    odd = promises.make("A lamp", made_on=TODAY)
    promises.tell_back(odd.id, on=TODAY - timedelta(1), to="Ana", answer="done", said="Hung")
    promises.make("A list", made_on=TODAY - timedelta(90))
    promises.make("Long ago", made_on=date(2019, 1, 1))
    answers = workspace.patterns.read(YEAR).answers
    assert sorted((one.days, one.told) for one in answers) == [(0, True), (10, True), (90, False)]
    assert told_within(answers, 30) is not None


def test_a_promise_belongs_to_the_area_where_it_was_made(workspace: Workspace) -> None:
    first, second = _department(workspace)
    seen = workspace.walks.observations(first.id)[0]
    workspace.walks.promise(seen.id, "A rail for the bay")
    workspace.promises.make("Something else")
    here = workspace.patterns.read(replace(YEAR, area_id=first.area_id))
    there = workspace.patterns.read(replace(YEAR, area_id=second.area_id))
    assert (here.promised, there.promised) == (1, 0)
    assert here.answers == (Answer(days=0, told=False, count=1),)


def test_a_chart_goes_onto_a_sheet_as_a_figure(workspace: Workspace) -> None:
    _department(workspace)
    patterns = workspace.patterns
    chart = chart_of(patterns.new_figure_id(), "In the way", trend(patterns.read(YEAR)), "")
    sheet_id, box = patterns.put(chart, None)
    sheet = workspace.sheets.get(sheet_id)
    assert sheet.title == "In the way"
    assert isinstance(sheet.box(box).figures[0], RunChart)
    again, _box = patterns.put(replace(chart, id="other"), sheet_id)
    assert again == sheet_id
    assert len(workspace.sheets.get(sheet_id).box(box).figures) == 2
    assert patterns.sheets(5) == [(sheet_id, "In the way")]


def test_stops_that_cannot_be_read_have_no_name(workspace: Workspace, data_dir: Path) -> None:
    import sqlite3
    from contextlib import closing

    _department(workspace)
    workspace.close()
    with closing(sqlite3.connect(data_dir / "gemba.db")) as connection, connection:
        connection.execute("UPDATE walk SET stops = '{broken'")
    with open_store(data_dir, write=False) as store:
        found = store.overview.patterns(YEAR, TODAY)
    assert by_place(found) == (("", 4),)


def test_promises_behind_the_curve_stand_the_oldest_first_page_by_page(
    workspace: Workspace,
) -> None:
    for days in (3, 40, 12, 12):
        workspace.promises.make(f"From {days}", made_on=TODAY - timedelta(days))
    wanted = WantedAnswers(span=YEAR, days=None, told=False)
    first = workspace.patterns.promises(wanted, 2)
    rest = workspace.patterns.promises(wanted, 2, first[-1][0])
    assert [row[1] for row in (*first, *rest)] == ["From 40", "From 12", "From 12", "From 3"]
    assert len({row[0] for row in (*first, *rest)}) == 4
