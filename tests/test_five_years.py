"""The generator of five years of coaching makes what it says, and the same each time."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from gemba.domain.coaching import Storyboard, Talk
from gemba.domain.experiment import OUTCOMES, Experiment
from gemba.domain.kinds import kind_of
from gemba.domain.person import Person
from gemba.domain.timeline import WantedTime
from tests.five_years import LAST_DAY, Size, filled, records


def test_a_fiftieth_holds_a_fiftieth() -> None:
    made = list(records(Size.of(1 / 50)))
    counts = Counter(kind_of(one) for one in made)
    assert counts["person"] == 1
    assert counts["talk"] == 240
    assert counts["experiment"] == 600
    assert counts["storyboard"] > 10


def test_the_whole_is_as_large_as_the_issue_asks() -> None:
    size = Size()
    assert (size.learners, size.cycles, size.experiments) == (40, 12_000, 30_000)


def test_the_same_dice_give_the_same_years() -> None:
    size = Size(2, 40, 100)
    assert list(records(size)) == list(records(size))


def test_what_is_made_can_be_written_and_looked_back_on(tmp_path: Path) -> None:
    with filled(tmp_path / "data", Size(2, 40, 100)) as store:
        assert store.check().sound
        assert store.count(Talk) == 40
        assert store.count(Experiment) == 100
        learner = store.find(Person)[0].id
        wanted = WantedTime(learner_id=learner, kinds=("talk", "experiment"))
        assert store.overview.count_timeline(wanted) == 70
        outcomes = {one.outcome for one in store.find(Experiment)}
        assert set(OUTCOMES) <= outcomes
        assert all(one.planned_on <= LAST_DAY for one in store.find(Experiment))
        assert len(store.find(Storyboard, learner_id=learner)) > 5
