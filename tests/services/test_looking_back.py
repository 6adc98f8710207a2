"""Timelines over a real folder: what stands on them, in which order, and what narrows them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from gemba.app.folders import load_catalog
from gemba.domain.changes import Ref
from gemba.domain.coaching import Answer, Obstacle, Storyboard, Talk
from gemba.domain.experiment import Experiment
from gemba.domain.person import Person
from gemba.domain.reflection import Reflection, ReflectionAnswer
from gemba.domain.sheet import Sheet
from gemba.domain.timeline import TimelineRow, WantedTime
from gemba.domain.walk import Walk
from gemba.services.workspace import Workspace, open_workspace
from gemba.words import Words
from tests.fresh import begin_folder
from tests.services.conftest import now

ZONE = ZoneInfo("Europe/London")
DAY = date(2026, 9, 1)


class Clock:
    """A clock that stands still until days are added to it."""

    days = 0

    def __call__(self) -> datetime:
        return now() + timedelta(days=self.days)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def workspace(data_dir: Path, clock: Clock) -> Iterator[Workspace]:
    begin_folder(data_dir)
    opened = open_workspace(data_dir, load_catalog(data_dir), Words(), now=clock)
    yield opened
    opened.close()


@pytest.fixture
def made(workspace: Workspace) -> dict[str, UUID]:
    """Two learners: one with three months of everything, one with a single talk."""
    recorder = workspace.recorder
    new = recorder.new_id
    ids = {name: new() for name in ("priya", "marek", "board", "first", "second", "sheet")}
    experiments = [
        Experiment(
            id=ids[name],
            storyboard_id=ids["board"],
            learner_id=ids["priya"],
            obstacle_id=obstacle,
            step=step,
            prediction="8 of 10",
            predicted_at=datetime(2026, 9, 1 + 7 * number, 9, tzinfo=ZONE),
            planned_on=DAY + timedelta(7 * number),
            result="9 of 10" if number == 0 else "",
            outcome="as expected" if number == 0 else "",
        )
        for number, (name, obstacle, step) in enumerate(
            (("first", "o1", "Follow five bags"), ("second", "o2", "Fetch at 09:30"))
        )
    ]
    talks = [
        Talk(
            id=new(),
            kind="cycle",
            learner_id=ids["priya"],
            coach="Nora",
            storyboard_id=ids["board"],
            held_on=one.planned_on,
            elapsed=900,
            answers=(Answer(id="now", question="What is?", text=f"The porter waits, {number}"),),
            next_experiment_id=one.id,
            private_note="Zebrafink",
        )
        for number, one in enumerate(experiments)
    ]
    recorder.put(
        Person(id=ids["priya"], name="Priya Raman"),
        Person(id=ids["marek"], name="Marek Dvořák"),
        Storyboard(
            id=ids["board"],
            learner_id=ids["priya"],
            focus_process="Discharge of bay 2",
            obstacles=(Obstacle(id="o1", text="Bags wait"), Obstacle(id="o2", text="No call")),
            started_on=DAY,
        ),
        *experiments,
        *talks,
        Talk(id=new(), kind="first talk", learner_id=ids["marek"], coach="Ana", held_on=DAY),
        Sheet(id=ids["sheet"], title="Late discharges", owner_id=ids["priya"], started_on=DAY),
        Walk(id=new(), purpose="See the hatch", company="Priya Raman, Leon", walked_on=DAY),
        Walk(id=new(), purpose="See the lift", walked_on=DAY),
        Reflection(
            id=new(), week_of=DAY, answers=(ReflectionAnswer(question="What?", text="I told"),)
        ),
    )
    return ids


def titles(rows: list[TimelineRow]) -> list[str]:
    return [row.title for row in rows]


def test_a_learner_s_timeline_holds_their_own_and_the_walks_they_came_along_on(
    workspace: Workspace, made: dict[str, UUID]
) -> None:
    rows = workspace.looking_back.page(WantedTime(learner_id=made["priya"]), 50)
    assert titles(rows) == [
        "The porter waits, 1",
        "Fetch at 09:30",
        "The porter waits, 0",
        "Follow five bags",
        "Late discharges",
        "See the hatch",
    ]
    assert {row.learner for row in rows if row.learner} == {"Priya Raman"}
    assert rows[0].minutes == 15
    assert rows[3].outcome == "as expected"


def test_of_a_coach_only_what_they_coached_and_reflections_only_for_oneself(
    workspace: Workspace, made: dict[str, UUID]
) -> None:
    back = workspace.looking_back
    assert titles(back.page(WantedTime(coach="Ana"), 50)) == [""]
    nora = titles(back.page(WantedTime(coach="Nora"), 50))
    assert "Follow five bags" in nora
    assert "I told" not in nora
    own = titles(back.page(WantedTime(coach="Nora", own=True), 50))
    assert "I told" in own
    assert "See the lift" in own


def test_pages_follow_each_other_without_gap_or_double(
    workspace: Workspace, made: dict[str, UUID]
) -> None:
    back, wanted = workspace.looking_back, WantedTime(own=True)
    whole = back.page(wanted, 100)
    assert back.count(wanted) == len(whole) == 9
    paged: list[TimelineRow] = []
    after = None
    while page := back.page(wanted, 2, after):
        paged += page
        after = page[-1].place
    assert paged == whole
    assert back.page(wanted, 2, whole[1].place, skip=3) == whole[5:7]


@pytest.mark.parametrize(
    ("narrow", "found"),
    [
        ({"process": "Discharge of bay 2"}, 4),
        ({"process": "Another"}, 0),
        ({"obstacle": "o2"}, 2),
        ({"first": DAY + timedelta(1)}, 2),
        ({"last": DAY}, 4),
        ({"words": "porter wait"}, 2),
        ({"words": "bags"}, 1),
        ({"words": "FOLLOW fív"}, 1),
        ({"words": "ollow"}, 0),
        ({"words": "09:30"}, 1),
        ({"words": "Zebrafink"}, 0),
        ({"words": '" OR ) NEAR'}, 0),
        ({"words": "'; DROP TABLE talk; --"}, 0),
        ({"kinds": ("sheet",)}, 1),
        ({"kinds": ("reflection",)}, 0),
    ],
)
def test_what_narrows_a_timeline(
    workspace: Workspace, made: dict[str, UUID], narrow: dict[str, object], found: int
) -> None:
    if "obstacle" in narrow:
        narrow = {"obstacle": f"{made['board'].hex}/{narrow['obstacle']}"}
    wanted = WantedTime(learner_id=made["priya"], **narrow)  # type: ignore[arg-type]
    rows = workspace.looking_back.page(wanted, 50)
    assert len(rows) == workspace.looking_back.count(wanted) == found
    assert workspace.looking_back.begin(wanted, 50) == (found, rows)


def test_choices_are_those_of_the_learner(workspace: Workspace, made: dict[str, UUID]) -> None:
    choices = workspace.looking_back.choices(made["priya"])
    assert choices.coaches == ("Nora",)
    assert choices.processes == ("Discharge of bay 2",)
    board = made["board"].hex
    assert choices.obstacles == ((f"{board}/o1", "Bags wait"), (f"{board}/o2", "No call"))
    assert workspace.looking_back.coaches() == ["Ana", "Nora"]
    assert workspace.looking_back.choices().processes == ("Discharge of bay 2",)
    assert [name for _, name in workspace.looking_back.learners()] == [
        "Marek Dvořák",
        "Priya Raman",
    ]


def test_a_record_as_it_stood_on_a_day(
    workspace: Workspace, made: dict[str, UUID], clock: Clock
) -> None:
    recorder, back = workspace.recorder, workspace.looking_back
    ref = Ref("storyboard", made["board"])
    today = recorder.today()
    assert back.stood(ref, today).now
    clock.days = 3
    workspace.coaching.write_board(made["board"], visit="a", challenge="Home before noon")
    recorder.settle()
    then = back.stood(ref, today)
    assert not then.now
    assert not then.from_elsewhere
    assert isinstance(then.record, Storyboard)
    assert then.record.challenge == ""
    assert back.stood(ref, today + timedelta(days=3)).now
    before = back.stood(ref, today - timedelta(days=30))
    assert before.from_elsewhere
    assert isinstance(before.record, Storyboard)
    assert before.record.challenge == ""


def test_words_in_one_learner_s_records_are_those_the_index_finds(
    workspace: Workspace, made: dict[str, UUID]
) -> None:
    recorder = workspace.recorder
    for words in ("Zürich, bay-2", "病棟で待つ", "Straße", "naïve café", "о́чередь", "İstanbul"):
        recorder.add(
            Talk(
                id=recorder.new_id(),
                kind="cycle",
                learner_id=made["priya"],
                held_on=DAY,
                agreed=words,
            )
        )
    back = workspace.looking_back
    for typed in (
        "zurich",
        "bay-2",
        "待つ",
        "棟",
        "stra",
        "naive cafe",
        "очередь",
        "2",
        "ürich",
        "é",
    ):
        one = {
            row.ref.id for row in back.page(WantedTime(learner_id=made["priya"], words=typed), 99)
        }
        whole = {
            row.ref.id
            for row in back.page(WantedTime(words=typed), 99)
            if row.learner_id == made["priya"]
        }
        assert one == whole, typed
