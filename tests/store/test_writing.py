"""One write is all or nothing, against the newest revision, by the rules of the work."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from gemba.domain.changes import Ref
from gemba.domain.errors import BadInput, Conflict, NotFound, Refused
from gemba.domain.experiment import Experiment, commit_prediction
from gemba.domain.figures import RunChart
from gemba.domain.figures.run_chart import Reading
from gemba.domain.observation import Observation
from gemba.domain.person import Area, Person
from gemba.domain.promise import Promise, ToldBack
from gemba.domain.sheet import Box, Check, Sheet
from gemba.domain.walk import Walk
from gemba.store.store import Store

from .conftest import DAY


def person(name: str = "Marta") -> Person:
    return Person(id=uuid4(), name=name)


def test_a_write_says_what_it_did(store: Store) -> None:
    marta = person()
    written = store.write([marta], who="Ines")
    assert written.records == (replace(marta, revision=1),)
    assert written.refs == {Ref("person", marta.id)}
    assert [entry.who for entry in written.entries] == ["Ines"]
    assert written.entries == tuple(store.journal())


def test_an_unchanged_record_writes_nothing(store: Store) -> None:
    (marta,) = store.write([person()], who="Ines").records
    again = store.write([marta], who="Ines")
    assert again.records == (marta,)
    assert (again.entries, again.refs) == ((), frozenset())
    assert len(store.journal()) == 1


def test_an_old_revision_is_a_conflict_and_undoes_the_whole_write(store: Store) -> None:
    (first,) = store.write([person()], who="Ines").records
    store.write([replace(first, role="nurse")], who="Ines")
    other = person("Joris")
    with pytest.raises(Conflict) as conflict:
        store.write([other, replace(first, role="porter")], who="Samir")
    assert (conflict.value.values["given"], conflict.value.values["stored"]) == (1, 2)
    assert store.get(Person, first.id).role == "nurse"
    assert store.find(Person, id=other.id) == []
    assert store.search("Joris") == []
    assert len(store.journal()) == 2


def test_a_record_that_never_was_cannot_be_changed(store: Store) -> None:
    with pytest.raises(Conflict):
        store.write([replace(person(), revision=3)], who="Ines")


def test_records_of_one_write_may_come_in_any_order(store: Store) -> None:
    walk = Walk(id=uuid4(), purpose="why")
    seen = Observation(id=uuid4(), walk_id=walk.id, seen_on=DAY, saw="a queue")
    store.write([seen, walk], who="Ines")
    assert store.get(Observation, seen.id).walk_id == walk.id


def test_a_reference_to_nothing_is_refused_by_name(store: Store) -> None:
    seen = Observation(id=uuid4(), walk_id=uuid4(), seen_on=DAY, saw="a queue")
    with pytest.raises(BadInput) as refused:
        store.write([seen], who="Ines")
    assert refused.value.key == "store.unknown_reference"
    assert refused.value.values["field"] == "walk_id"
    assert store.count(Observation) == 0


def test_a_result_waits_for_the_prediction_and_the_prediction_stays(
    store: Store, references: dict[str, UUID]
) -> None:
    step = Experiment(
        id=uuid4(),
        storyboard_id=references["storyboard_id"],
        learner_id=references["learner_id"],
        planned_on=DAY,
        prediction="7 of 7 booked",
    )
    (held,) = store.write([step], who="Marta").records
    assert isinstance(held, Experiment)
    with pytest.raises(Refused):
        store.write([replace(held, result="4 of 7")], who="Marta")
    locked = commit_prediction(held, datetime(2026, 11, 24, 9, tzinfo=UTC))
    (locked,) = store.write([locked], who="Marta").records
    with pytest.raises(Refused):
        store.write([replace(locked, prediction="4 of 7 booked")], who="Marta")
    store.write([replace(locked, result="4 of 7")], who="Marta")
    assert store.get(Experiment, step.id).prediction == "7 of 7 booked"


def test_the_bin_hides_a_record_and_gives_it_back(store: Store) -> None:
    (marta,) = store.write([person()], who="Ines").records
    ref = Ref("person", marta.id)
    store.write([], removes=[ref], who="Ines")
    with pytest.raises(NotFound):
        store.get(Person, marta.id)
    assert store.find(Person) == []
    assert store.count(Person) == 0
    assert store.columns(Person, ["name"]) == []
    assert store.search("Marta") == []
    assert [one.id for one in store.find(Person, in_bin=True)] == [marta.id]
    with pytest.raises(NotFound):
        store.write([replace(marta, revision=2, role="nurse")], who="Ines")
    assert store.write([], removes=[ref], who="Ines").entries == ()

    store.write([], restores=[ref], who="Ines")
    assert store.get(Person, marta.id) == replace(marta, revision=3)
    assert [hit.ref for hit in store.search("Marta")] == [ref]
    with pytest.raises(NotFound):
        store.write([], removes=[Ref("person", uuid4())], who="Ines")


def test_find_by_what_records_hold(store: Store) -> None:
    ward, lounge = Area(id=uuid4(), name="Ward 6"), Area(id=uuid4(), name="Lounge")
    people = [
        Person(id=uuid4(), name="Anna", area_id=ward.id),
        Person(id=uuid4(), name="Bo", area_id=lounge.id),
        Person(id=uuid4(), name="Cem"),
    ]
    store.write([ward, lounge, *people], who="Ines")

    def names(**terms: object) -> list[str]:
        return [one.name for one in store.find(Person, **terms)]  # type: ignore[arg-type]

    assert names() == ["Anna", "Bo", "Cem"]
    assert names(area_id=ward.id) == ["Anna"]
    assert names(area_id=None) == ["Cem"]
    assert names(area_id=(ward.id, lounge.id)) == ["Anna", "Bo"]
    assert names(newest_first=True, limit=2) == ["Cem", "Bo"]
    assert names(order_by="name", newest_first=True) == ["Cem", "Bo", "Anna"]
    assert store.count(Person, area_id=ward.id) == 1
    assert store.columns(Person, ["name", "counter"], name="Bo") == [("Bo", 2)]


def test_open_promises_are_those_not_told_back(store: Store) -> None:
    told = ToldBack(on=DAY, to="Anna", answer="done", said="fitted")
    one = Promise(id=uuid4(), text="alarm", made_on=DAY)
    other = Promise(id=uuid4(), text="label", made_on=DAY, told_back=told)
    store.write([one, other], who="Ines")
    assert [p.text for p in store.find(Promise, told_back=None)] == ["alarm"]
    assert store.get(Promise, other.id).told_back == told


@pytest.mark.parametrize("newest_first", [False, True])
@pytest.mark.parametrize("order_by", ["counter", "planned_on", "purpose"])
def test_pages_join_without_gap_or_repeat(store: Store, order_by: str, newest_first: bool) -> None:
    days = [None, DAY, None, DAY, DAY.replace(day=1), DAY]
    walks = [Walk(id=uuid4(), purpose="same", planned_on=day) for day in days]
    store.write(walks, who="Ines")
    whole = store.find(Walk, order_by=order_by, newest_first=newest_first)
    paged: list[Walk] = []
    while True:
        after = paged[-1].id if paged else None
        page = store.find(Walk, order_by=order_by, newest_first=newest_first, limit=2, after=after)
        paged += page
        if len(page) < 2:
            break
    assert paged == whole
    assert len(whole) == len(walks)
    if order_by == "planned_on":
        assert [walk.planned_on for walk in whole[-2:]] == [None, None]


def test_a_sheet_keeps_its_days_apart(store: Store) -> None:
    check = Check(id="c1", what="30 days", on=DAY)
    sheet = Sheet(id=uuid4(), title="Late", started_on=DAY, checks=(check,))
    (held,) = store.write([sheet], who="Ines").records
    assert isinstance(held, Sheet)
    done = replace(held, checks=(replace(check, done_on=DAY),))
    store.write([done], who="Ines")
    assert store.get(Sheet, sheet.id).checks[0].done_on == DAY


def test_a_number_that_only_changes_its_type_is_written_with_the_rest(store: Store) -> None:
    """1 and 1.0 are equal to Python, but the checksum is taken of what is written."""
    mark = Reading(on=DAY, value=1.0)
    chart = RunChart(id="chart", readings=(mark,))
    sheet = Sheet(id=uuid4(), title="One", started_on=DAY, boxes=(Box(id="b", figures=(chart,)),))
    (kept,) = store.write([sheet], who="").records
    same = replace(chart, readings=(replace(mark, value=1),))
    store.write([replace(kept, title="Two", boxes=(Box(id="b", figures=(same,)),))], who="")
    assert not store.check().damaged
    (there,) = store.find(Sheet)
    assert there.title == "Two"
