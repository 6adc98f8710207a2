"""What is written is read back, character for character, whatever was written."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gemba.domain.changes import Ref
from gemba.domain.errors import BadInput, NotFound
from gemba.domain.figures.run_chart import Reading, RunChart
from gemba.domain.kinds import KINDS
from gemba.domain.moment import read_moment, write_moment
from gemba.domain.person import Person
from gemba.domain.sheet import Box, Sheet
from gemba.domain.walk import Walk
from gemba.store.opening import open_store
from gemba.store.store import Store
from tests.strategies import HOSTILE, records

from .conftest import DAY

SHARED = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_comes_back_as_it_was(
    store: Store, references: dict[str, UUID], kind: str
) -> None:
    cls = KINDS[kind]

    @SHARED
    @given(data=st.data())
    def comes_back(data: st.DataObject) -> None:
        # A fresh id: hypothesis likes to draw the same one again.
        first = replace(data.draw(records(kind, references)), id=uuid4())
        (written,) = store.write([first], who="test").records
        assert written == replace(first, revision=1)
        assert store.get(cls, first.id) == written
        changed = replace(data.draw(records(kind, references)), id=first.id, revision=1)
        if kind == "experiment":
            changed = replace(first, revision=1, obstacle_id=changed.obstacle_id)
        (again,) = store.write([changed], who="test").records
        assert store.find(cls, id=first.id) == [again]
        assert store.at_revision(cls, first.id, 1) == written

    comes_back()
    assert store.check().sound


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_stored_byte_for_byte(folder: Path, text: str) -> None:
    sheet = Sheet(
        id=uuid4(), title=text, started_on=DAY, scratch=text, boxes=(Box(id="goal", text=text),)
    )
    with open_store(folder) as store:
        store.write([sheet], who=text, visit=text)
    with open_store(folder) as store:
        found = store.get(Sheet, sheet.id)
        (entry,) = store.journal(Ref("sheet", sheet.id))
    for back in (found.title, found.scratch, found.box("goal").text, entry.who):
        assert back.encode() == text.encode()


def test_a_megabyte_in_one_field(store: Store) -> None:
    text = "späte Entlassungen, \0 漢字, " * 40_000
    assert len(text.encode()) > 1_000_000
    sheet = Sheet(id=uuid4(), title="long", started_on=DAY, boxes=(Box(id="goal", text=text),))
    store.write([sheet], who="test")
    assert store.get(Sheet, sheet.id).box("goal").text == text
    (hit,) = store.search("entlassungen")
    assert hit.part == "goal"
    assert len(hit.excerpt) <= 240


@pytest.mark.parametrize(
    "record",
    [
        Person(id=uuid4(), name="half \ud83d a pair"),
        Sheet(id=uuid4(), title="", started_on=DAY, boxes=(Box(id="goal", text="\udfff"),)),
        Walk(id=uuid4(), purpose="", time_box=2**63),
    ],
)
def test_what_cannot_be_kept_whole_is_refused(store: Store, record: Person | Sheet | Walk) -> None:
    sound = Person(id=uuid4(), name="Marta")
    with pytest.raises(BadInput) as refused:
        store.write([sound, record], who="test")
    assert refused.value.values["field"]
    with pytest.raises(NotFound):
        store.get(Person, sound.id)
    assert store.journal() == []


def test_a_number_keeps_its_type_and_an_instant_its_zone(store: Store) -> None:
    chart = RunChart(id="c", readings=(Reading(on=DAY, value=19),))
    sheet = Sheet(
        id=uuid4(),
        title="",
        started_on=DAY,
        boxes=(Box(id="now", figures=(chart,)),),
        first_draft_at=datetime(2026, 3, 29, 1, 30, tzinfo=UTC).astimezone(ZoneInfo("Asia/Tokyo")),
    )
    store.write([sheet], who="test")
    back = store.get(Sheet, sheet.id)
    assert back.first_draft_at == sheet.first_draft_at
    assert str(back.first_draft_at and back.first_draft_at.tzinfo) == "Asia/Tokyo"
    figure = back.box("now").figures[0]
    assert isinstance(figure, RunChart)
    assert isinstance(figure.readings[0].value, float)
    assert store.write([back], who="test").entries == ()


def test_an_instant_from_a_zone_unknown_here_is_kept_as_it_came(store: Store) -> None:
    written = "2026-11-24T09:00:00.000000Z[Mars/Olympus_Mons]"
    walk = Walk(id=uuid4(), purpose="", started_at=read_moment(written))
    store.write([walk], who="test")
    back = store.get(Walk, walk.id).started_at
    assert back == datetime(2026, 11, 24, 9, tzinfo=UTC)
    assert back is not None
    assert write_moment(back) == written
    assert store.check().sound
