"""A store in a folder of its own, and a clock that a test sets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from gemba.domain.coach_log import SecondCoach
from gemba.domain.coaching import Storyboard, Talk
from gemba.domain.development import Goal, PersonSkill
from gemba.domain.experiment import Experiment
from gemba.domain.form import FormVersion
from gemba.domain.person import Area, Person
from gemba.domain.route import Route
from gemba.domain.routine import Routine
from gemba.domain.session import QuestionScript, Session
from gemba.domain.sheet import Sheet
from gemba.domain.walk import Walk
from gemba.store.opening import open_store
from gemba.store.store import Store
from tests.fresh import begin_folder

DAY = date(2026, 11, 24)


class Clock:
    """Says what time it is, and moves only when told."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **step: float) -> None:
        self.now += timedelta(**step)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def store(folder: Path, clock: Clock) -> Iterator[Store]:
    with open_store(begin_folder(folder), now=clock) as opened:
        yield opened


@pytest.fixture
def references(store: Store) -> dict[str, UUID]:
    """One record for each field that must name one; all of them are stored."""
    person = Person(id=uuid4(), name="Marta")
    area = Area(id=uuid4(), name="Ward 6")
    walk = Walk(id=uuid4(), purpose="Why do discharges wait?")
    board = Storyboard(id=uuid4(), learner_id=person.id, started_on=DAY)
    step = Experiment(id=uuid4(), storyboard_id=board.id, learner_id=person.id, planned_on=DAY)
    sheet = Sheet(id=uuid4(), title="Late discharges", started_on=DAY)
    talk = Talk(id=uuid4(), kind="cycle", learner_id=person.id, held_on=DAY)
    route = Route(id=uuid4(), name="Ward to lounge")
    routine = Routine(id=uuid4(), kind="walk", name="Ward walk", starts_on=DAY)
    script = QuestionScript(id=uuid4(), definition="cycle", version=1, label="Cycle", text="#")
    session = Session(id=uuid4(), definition="aar", held_on=DAY)
    skill = PersonSkill(id=uuid4(), learner_id=person.id, name="Listening")
    goal = Goal(id=uuid4(), learner_id=person.id, text="Ask before telling", set_on=DAY)
    watched = SecondCoach(id=uuid4(), watched_on=DAY)
    version = FormVersion(
        id=uuid4(),
        form_key=uuid4(),
        title="Clean hands",
        number=1,
        made_at=datetime(2026, 11, 24, 9, 0, tzinfo=UTC),
        source_kind="list",
        xform="<a/>",
    )
    store.write([talk, step, board, walk, sheet, area, person, route, routine], who="test")
    store.write([script, session, skill, goal, watched, version], who="test")
    return {
        "script_id": script.id,
        "version_id": version.id,
        "session_id": session.id,
        "skill_id": skill.id,
        "goal_id": goal.id,
        "watched_id": watched.id,
        "experiment_id": step.id,
        "mentor_id": person.id,
        "route_id": route.id,
        "routine_id": routine.id,
        "person_id": person.id,
        "learner_id": person.id,
        "owner_id": person.id,
        "coach_id": person.id,
        "area_id": area.id,
        "walk_id": walk.id,
        "storyboard_id": board.id,
        "last_experiment_id": step.id,
        "next_experiment_id": step.id,
        "sheet_id": sheet.id,
        "talk_id": talk.id,
    }
