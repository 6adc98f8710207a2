"""What is thrown away lies in the bin, returns whole, and goes for good after thirty days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from gemba.app.folders import load_catalog
from gemba.domain.changes import Ref
from gemba.domain.errors import NotFound, Refused
from gemba.domain.observation import Observation
from gemba.domain.walk import Walk
from gemba.services.bin import MANY
from gemba.services.workspace import Workspace, open_workspace
from gemba.words import Words

ZONE = ZoneInfo("Europe/London")


class Clock:
    def __init__(self) -> None:
        self.time = datetime(2026, 11, 22, 10, 0, tzinfo=ZONE)

    def __call__(self) -> datetime:
        return self.time

    def move(self, days: float) -> None:
        self.time += timedelta(days=days)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def work(data_dir: Path, clock: Clock) -> Iterator[Workspace]:
    opened = open_workspace(data_dir, load_catalog(data_dir), Words(), now=clock)
    opened.recorder.set_who("Ines")
    opened.bin.pass_days().result()
    yield opened
    opened.close()


def walked(work: Workspace, *seen: str) -> tuple[Walk, list[Observation]]:
    walk = work.walks.write_up("Why do discharges wait?", work.recorder.today())
    return walk, work.walks.add_lines(walk.id, "\n".join(seen))


def test_a_walk_goes_and_returns_with_what_was_seen_on_it(work: Workspace) -> None:
    walk, seen = walked(work, "one", "two")
    promise = work.walks.promise(seen[0].id, "Ask pharmacy", to="Joris")
    ref = Ref("walk", walk.id)
    together = work.bin.remove(ref)
    assert set(together) == {ref, *(Ref("observation", one.id) for one in seen)}
    (heap,) = work.bin.heaps()
    assert heap.head.ref == ref
    assert (heap.head.who, len(heap.rest)) == ("Ines", 2)
    assert work.thread.chips(Ref("promise", promise.id)) == []
    work.bin.restore(ref)
    assert work.bin.heaps() == []
    assert [one.saw for one in work.walks.observations(walk.id)] == ["one", "two"]
    assert len(work.thread.chips(Ref("promise", promise.id))) == 1


def test_what_was_thrown_away_before_its_walk_stays_away(work: Workspace) -> None:
    walk, (one, two) = walked(work, "one", "two")
    work.bin.remove(Ref("observation", one.id))
    work.bin.remove(Ref("walk", walk.id))
    assert [len(heap.rest) for heap in work.bin.heaps()] == [1, 0]
    work.bin.restore(Ref("walk", walk.id))
    assert [seen.id for seen in work.walks.observations(walk.id)] == [two.id]


def test_a_part_brings_what_it_hangs_on_back_with_it(work: Workspace) -> None:
    walk, (one, _two) = walked(work, "one", "two")
    work.bin.remove(Ref("observation", one.id))
    work.bin.remove(Ref("walk", walk.id))
    work.bin.restore(Ref("observation", one.id))
    assert work.bin.heaps() == []
    assert len(work.walks.observations(walk.id)) == 2


def test_several_at_once_are_several_heaps(work: Workspace) -> None:
    promises = [work.promises.make(text) for text in ("a", "b", "c")]
    refs = [Ref("promise", one.id) for one in promises]
    work.bin.remove(*refs)
    assert {heap.head.ref for heap in work.bin.heaps()} == set(refs)
    work.bin.restore(*refs[:2])
    assert [heap.head.ref for heap in work.bin.heaps()] == refs[2:]


def test_a_person_goes_only_when_nothing_names_them(work: Workspace) -> None:
    promise = work.promises.make("Ask", to="Joris")
    joris = Ref("person", work.people.person("Joris").id)
    with pytest.raises(Refused, match=r"bin\.named"):
        work.bin.remove(joris)
    work.bin.remove(Ref("promise", promise.id))
    # Even from the bin: the promise must be able to come back whole.
    with pytest.raises(Refused):
        work.bin.remove(joris)
    alone = Ref("person", work.people.person("Nobody").id)
    work.bin.remove(alone)
    assert [name for _, name in work.people.names()] == ["Joris"]
    work.bin.restore(alone)
    assert len(work.people.names()) == 2


def test_a_locked_prediction_stays(work: Workspace) -> None:
    joris = work.people.person("Joris")
    talk = work.coaching.start_cycle(joris.id)
    step = work.coaching.next_experiment(talk.id)
    ref = Ref("experiment", step.id)
    work.bin.remove(ref)
    assert work.coaching.experiments(learner_id=joris.id) == []
    work.bin.restore(ref)
    work.coaching.write_experiment(step.id, visit="v", prediction="ten fewer")
    work.coaching.commit_prediction(step.id)
    with pytest.raises(Refused, match=r"bin\.committed"):
        work.bin.remove(ref)


def test_a_cycle_opens_another_line_for_a_step_that_was_thrown_away(work: Workspace) -> None:
    joris = work.people.person("Joris")
    talk = work.coaching.start_cycle(joris.id)
    step = work.coaching.next_experiment(talk.id)
    work.bin.remove(Ref("experiment", step.id))
    again = work.coaching.next_experiment(talk.id)
    assert again.id != step.id
    assert work.coaching.talk(talk.id).next_experiment_id == again.id


def test_it_goes_for_good_after_thirty_days_of_work(work: Workspace, clock: Clock) -> None:
    promise = work.promises.make("Ask")
    work.bin.remove(Ref("promise", promise.id))
    for _ in range(30):
        clock.move(1)
        assert work.bin.pass_days().result() is None
    assert work.bin.days_left(work.bin.heaps()) == [1]
    clock.move(1)
    gone = work.bin.pass_days().result()
    assert gone is not None
    assert gone.refs == {Ref("promise", promise.id)}
    assert work.bin.heaps() == []
    with pytest.raises(NotFound, match=r"bin\.gone"):
        work.bin.restore(Ref("promise", promise.id))


@pytest.mark.parametrize("days", [3650, 365_000, -3650, -20_000])
def test_a_wrong_clock_empties_nothing(work: Workspace, clock: Clock, days: int) -> None:
    promise = work.promises.make("Ask")
    work.bin.remove(Ref("promise", promise.id))
    clock.move(days)
    work.bin.pass_days().result()
    clock.move(-days)
    work.bin.pass_days().result()
    assert [heap.head.ref for heap in work.bin.heaps()] == [Ref("promise", promise.id)]


def test_a_backup_is_made_before_much_is_thrown_away(work: Workspace) -> None:
    asked: list[str] = []
    work.bin.before = asked.append
    few, _ = walked(work, "one")
    work.bin.remove(Ref("walk", few.id))
    assert asked == []
    many, _ = walked(work, *(f"line {n}" for n in range(MANY)))
    work.bin.remove(Ref("walk", many.id))
    assert asked == ["before delete"]


def test_the_bin_is_as_it_was_after_a_restart(
    work: Workspace, data_dir: Path, clock: Clock
) -> None:
    walk, _ = walked(work, "one", "two")
    work.bin.remove(Ref("walk", walk.id))
    before = work.bin.heaps()
    work.close()
    again = open_workspace(data_dir, load_catalog(data_dir), Words(), now=clock)
    try:
        assert again.bin.heaps() == before
        again.bin.restore(Ref("walk", walk.id))
        assert len(again.walks.observations(walk.id)) == 2
    finally:
        again.close()


def test_that_backup_is_a_real_one(work: Workspace) -> None:
    walk, _ = walked(work, *(f"line {n}" for n in range(MANY)))
    work.bin.remove(Ref("walk", walk.id))
    newest = work.backups.safety.newest
    assert newest is not None
    assert newest.reason == "before delete"
    assert newest.counts["observation"] == MANY
