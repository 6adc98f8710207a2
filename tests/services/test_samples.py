"""The sample hospital: whole, of a piece with itself, and never mixed with the user's own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any
from uuid import uuid4

import pytest

from gemba.definitions.read import read_wording
from gemba.domain.coach_log import SecondCoach
from gemba.domain.coaching import Storyboard, Talk
from gemba.domain.errors import BadInput
from gemba.domain.experiment import Experiment
from gemba.domain.figures import FiveWhys, Plan, RunChart
from gemba.domain.figures.run_chart import phases
from gemba.domain.figures.why_tree import questions, tree_findings
from gemba.domain.kinds import KINDS
from gemba.domain.link import Link
from gemba.domain.observation import GOING_WELL, Observation
from gemba.domain.person import Area, Person
from gemba.domain.promise import Promise
from gemba.domain.routine import Keeping
from gemba.domain.sheet import MarginNote, Sheet
from gemba.domain.sheet_part import items_of
from gemba.domain.walk import Walk
from gemba.domain.wording_reading import Reader
from gemba.resources import resource_path
from gemba.services.samples import load_sample, sample_names
from gemba.store.opening import open_store
from gemba.store.store import Store

READER = Reader(read_wording(resource_path("wording", "en.toml")))

TODAY = date(2026, 11, 24)


@pytest.fixture
def store(data_dir: Path) -> Iterator[Store]:
    with open_store(data_dir) as opened:
        load_sample("discharge", opened)
        yield opened


@pytest.fixture
def sheet(store: Store) -> Sheet:
    return next(one for one in store.find(Sheet) if one.stage == "check")


def figure(sheet: Sheet, box: str, cls: type[Any]) -> Any:
    return next(one for one in sheet.box(box).figures if isinstance(one, cls))


def test_the_samples_are_found_by_name() -> None:
    assert sample_names() == ["discharge", "office", "plant"]


def test_an_unknown_sample_is_refused(data_dir: Path) -> None:
    with open_store(data_dir) as empty, pytest.raises(BadInput, match="unknown"):
        load_sample("../discharge", empty)


def test_a_sample_is_never_mixed_with_the_users_own(data_dir: Path) -> None:
    with open_store(data_dir) as own:
        own.write([Area(id=uuid4(), name="Mine")], who="")
        with pytest.raises(BadInput, match="not_empty"):
            load_sample("discharge", own)
        assert not own.find(Person)


def test_loading_again_leaves_what_was_changed(store: Store) -> None:
    person = store.find(Person)[0]
    store.write([replace(person, role="somebody else")], who="")
    assert load_sample("discharge", store) == 0
    assert store.find(Person)[0].role == "somebody else"


def test_the_folder_belongs_to_the_sample_leader(store: Store) -> None:
    assert store.settings.get("me") in {one.name for one in store.find(Person)}
    assert store.check().sound


def test_it_holds_what_a_first_look_needs(store: Store) -> None:
    walks = store.find(Walk)
    assert len([one for one in walks if one.ended_at]) == 2
    assert [one.planned_on for one in walks if not one.walked_on] == [TODAY]
    for walk in walks:
        seen = store.find(Observation, walk_id=walk.id)
        if walk.ended_at:
            assert 8 <= len(seen) <= 12
            assert [one.place for one in seen] == list(range(1, len(seen) + 1))
            assert any(one.category == GOING_WELL and one.thanked for one in seen)
            assert any(one.safety for one in seen)
            assert walk.expect
            assert walk.debrief.against_expected
    ages = [one.age(TODAY) for one in store.find(Promise) if one.told_back is None]
    assert ages == [16, 9, 5, 2]
    assert {one.told_back.answer for one in store.find(Promise) if one.told_back} == {
        "done",
        "not now",
    }
    kinds = [one.kind for one in store.find(Talk)]
    assert sorted(kinds) == ["cycle"] * 17 + ["first talk", "sheet talk"]
    assert len(store.find(Storyboard)) == 3
    assert [len(one.chart.readings) for one in store.find(Storyboard) if one.chart] == [22]


def test_every_stop_and_every_link_leads_somewhere(store: Store) -> None:
    for walk in store.find(Walk):
        stops = {stop.id for stop in walk.stops}
        assert {one.stop_id for one in store.find(Observation, walk_id=walk.id)} <= stops
    for link in store.find(Link):
        for ref, part in ((link.source, link.from_part), (link.target, link.to_part)):
            record = store.get(KINDS[ref.kind], ref.id)
            if part:
                assert f'"{part}"' in json.dumps(_parts(record))


def _parts(record: Any) -> list[str]:
    named = [getattr(record, name, ()) for name in ("boxes", "stops", "obstacles", "checks")]
    items = [str(one.part) for one in items_of(record)] if isinstance(record, Sheet) else []
    return [one.id for group in named for one in group] + items


def test_cycles_look_back_at_predictions_made_before_their_results(store: Store) -> None:
    cycles = [one for one in store.find(Talk) if one.kind == "cycle"]
    first: list[Talk] = []
    for cycle in cycles:
        assert cycle.elapsed < 20 * 60
        if cycle.last_experiment_id is None:
            first.append(cycle)
            continue
        assert cycle.next_experiment_id is not None
        last = store.get(Experiment, cycle.last_experiment_id)
        assert last.result_on is not None
        assert last.result_on <= cycle.held_on
        assert store.get(Experiment, cycle.next_experiment_id).planned_on == cycle.held_on
        assert cycle.next_look_on is not None
        assert cycle.next_look_on > cycle.held_on
    assert len(first) == 1
    tried = store.find(Experiment)
    assert {one.outcome for one in tried} == {"as expected", "different", "unclear", ""}
    refuted = next(one for one in tried if "7 of 7" in one.prediction)
    assert refuted.outcome == "different"
    assert refuted.result.startswith("4 of 7")
    for one in tried:
        assert one.predicted_at is not None
        assert one.result_on is None or one.predicted_at.date() < one.result_on


def test_the_sheet_is_written_to_the_end(sheet: Sheet) -> None:
    assert all(not box.empty for box in sheet.boxes)
    assert len(sheet.boxes) == 8
    tree = figure(sheet, "analysis", FiveWhys)
    assert tree_findings(tree) == ()
    assert questions(tree, READER.ends_at_person) == ()
    assert [why.letter for why in tree.whys if why.root] == ["A", "B"]
    assert [why.text for why in tree.whys if why.ruled_out]
    assert all(why.evidence != "guess" and why.source for why in tree.whys)
    for letter in "AB":
        assert f"Acts on {letter}." in sheet.box("countermeasures").text
    assert "Do nothing" in sheet.box("countermeasures").text
    plan = figure(sheet, "plan", Plan)
    assert len(plan.actions) == 6
    assert all(one.who and one.start and one.finish for one in plan.actions)
    assert [one.on for one in sheet.checks][1:] == [
        date(2026, 11, 24),
        date(2026, 12, 23),
        date(2027, 1, 25),
    ]


def test_the_two_charts_are_one_story_on_one_scale(sheet: Sheet) -> None:
    before, after = figure(sheet, "current", RunChart), figure(sheet, "check", RunChart)
    assert len(before.readings) == 30
    assert len(after.readings) == 60
    assert after.readings[:30] == before.readings
    assert (before.low, before.high, before.goal) == (after.low, after.high, after.goal)
    assert (after.readings[0].on, after.readings[-1].on) == (date(2026, 8, 31), date(2026, 11, 20))
    assert all(one.on.weekday() < 5 for one in after.readings)
    values = [one.value for one in after.readings]
    assert 17 <= median(values[:30]) <= 21
    assert 35 <= sum(values[40:]) / 20 <= 39
    assert [mark.label for mark in after.changes] == ["1", "2", "3"]
    assert [round(phase.median or 0) for phase in phases(after)] == sorted(
        round(phase.median or 0) for phase in phases(after)
    )


def test_the_figures_in_the_text_add_up(sheet: Sheet) -> None:
    current, goal = sheet.box("current").text, sheet.box("goal").text
    check = sheet.box("check").text
    assert "41 of 218 people left before 12:00 (19 %). 177 left later; 104" in current
    assert (round(100 * 41 / 218), 218 - 41) == (19, 177)
    assert "medicines 44, letter 27 (together 68 %)" in current
    assert "transport 16, family 9, a result 5, other 3" in current
    assert 44 + 27 + 16 + 9 + 5 + 3 == 104
    assert round(100 * (44 + 27) / 104) == 68
    assert "76 people and not 41: a third of the 104" in goal
    assert round(0.35 * 218) == 76
    assert round((76 - 41) / 104, 1) == 0.3
    assert "**21 of 38**" in check
    assert "13 of the 17 late letters" in check
    assert 38 - 21 == 17
    assert "9 of 180, **5.0 %**" in check
    assert (100 * 9 / 180, round(100 * 11 / 218, 1)) == (5.0, 5.0)


def test_the_sheet_fits_its_paper(sheet: Sheet) -> None:
    from gemba.definitions.read import read_sheet
    from gemba.reports.sheet import SheetFacts, draw_sheet
    from gemba.words import Words

    drawn = draw_sheet(
        sheet,
        read_sheet(resource_path("sheets", "ps7.toml")),
        facts=SheetFacts(owner="Priya Raman", coach="Nora Whitfield", area="Ward 4"),
        photo=lambda _key: None,
        words=Words(),
        today=TODAY,
    )
    assert drawn.over == ()
    assert drawn.crowded == ()


def test_the_margin_asks_and_one_question_is_answered(store: Store, sheet: Sheet) -> None:
    notes = store.find(MarginNote, sheet_id=sheet.id)
    assert len([one for one in notes if one.open]) == 2
    assert len([one for one in notes if one.answer]) == 1


def test_no_filler_stands_anywhere() -> None:
    data = json.loads(
        resource_path("samples", "discharge", "data.json").read_text(encoding="utf-8")
    )
    # The XForm of a form is markup by its nature, and made from a form that is tested itself.
    for version in data["records"]["form_version"]:
        assert version.pop("xform")
    text = json.dumps(data, ensure_ascii=False)
    for word in ("lorem", "ipsum", "todo", "xxx", "<", "foo"):
        assert word not in text.lower()


def test_three_months_with_a_missed_fortnight_and_a_prediction_that_taught(store: Store) -> None:
    tom = next(one for one in store.find(Person) if one.name == "Tom Hale")
    held = [one.held_on for one in store.find(Talk, learner_id=tom.id, order_by="held_on")]
    assert (held[-1] - held[0]).days >= 84
    assert max((later - on).days for on, later in pairwise(held)) == 21
    missed = [one for one in store.find(Keeping) if not one.kept and "two weeks" in one.why]
    assert [(one.day.month, one.day.day) for one in missed] == [(10, 13), (10, 20)]
    wrong = [one for one in store.find(Experiment, learner_id=tom.id) if one.numbers.error == -4]
    assert [one.outcome for one in wrong] == ["different"]
    assert "patient" in wrong[0].learned
    assert store.find(SecondCoach)
