"""Walks on odd days: clocks, zones, midnights, stops that go, and people who are forgotten."""

from __future__ import annotations

import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader

from gemba.app.folders import load_catalog
from gemba.domain.moment import elapsed
from gemba.domain.patterns import Span, by_place
from gemba.domain.photo_mark import PhotoMark
from gemba.services.workspace import Workspace, open_workspace
from gemba.words import Words
from tests.services.test_photo_marks import striped
from tests.ten_years import Size, filled

HERE = ZoneInfo("Europe/Amsterdam")
NAME = "Quxolotl Vandermeer"


class Clock:
    def __init__(self) -> None:
        self.time = datetime(2026, 11, 24, 10, 0, tzinfo=HERE)

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def work(data_dir: Path, clock: Clock) -> Iterator[Workspace]:
    opened = open_workspace(data_dir, load_catalog(data_dir), Words(), now=clock)
    yield opened
    opened.close()


def _keep(work: Workspace, walk_id: object, saw: str, stop: str = "") -> None:
    line = work.walks.begin_line(walk_id, stop)  # type: ignore[arg-type]
    work.walks.keep(line.id, saw=saw)


@pytest.mark.parametrize(
    "then",
    [
        datetime(2026, 11, 24, 8, 0, tzinfo=HERE),
        datetime(1970, 1, 1, tzinfo=HERE),
        datetime(2026, 11, 24, 4, 30, tzinfo=ZoneInfo("America/New_York")),
        datetime(2026, 11, 25, 0, 5, tzinfo=HERE),
    ],
    ids=["back two hours", "1970", "a zone further west", "after midnight"],
)
def test_what_was_seen_keeps_its_order_whatever_the_clock_says(
    work: Workspace, clock: Clock, then: datetime
) -> None:
    walk = work.walks.plan("Why?", stops=work.walks.stops_from("Hatch"))
    work.walks.start(walk.id)
    _keep(work, walk.id, "first", walk.stops[0].id)
    clock.time = then
    _keep(work, walk.id, "second", walk.stops[0].id)
    ended = work.walks.end(walk.id)
    seen = work.walks.observations(walk.id)
    assert [(one.saw, one.place, one.seen_at) for one in seen] == [
        ("first", 1, datetime(2026, 11, 24, 10, 0, tzinfo=HERE)),
        ("second", 2, then),
    ]
    assert ended.started_at is not None
    assert ended.ended_at is not None
    assert elapsed(ended.started_at, ended.ended_at) >= timedelta(0)
    assert work.walks.under_way() is None
    assert [one.id for one in work.walks.done(5)] == [walk.id]
    found = work.patterns.read(Span(first=date(1970, 1, 1), last=date(2027, 1, 1)))
    assert by_place(found) == (("Hatch", 2),)


def test_the_night_summer_time_ends_is_an_hour_longer() -> None:
    begin = datetime(2026, 10, 25, 1, 30, tzinfo=HERE)
    end = datetime(2026, 10, 25, 3, 30, tzinfo=HERE)
    assert elapsed(begin, end) == timedelta(hours=3)
    spring = datetime(2026, 3, 29, 1, 30, tzinfo=HERE)
    assert elapsed(spring, spring.replace(hour=3)) == timedelta(hours=1)
    assert elapsed(end, begin) == timedelta(0)


def test_a_walk_through_the_hour_that_comes_twice_keeps_order_and_length(
    work: Workspace, clock: Clock
) -> None:
    """At 2:50 summer time and at 2:10 winter time, twenty minutes later, on the same night."""
    clock.time = datetime(2026, 10, 25, 2, 50, tzinfo=HERE)
    walk = work.walks.plan("Why?")
    work.walks.start(walk.id)
    _keep(work, walk.id, "before")
    clock.time = datetime(2026, 10, 25, 2, 10, tzinfo=HERE, fold=1)
    _keep(work, walk.id, "after")
    ended = work.walks.end(walk.id)
    seen = work.walks.observations(walk.id)
    assert [one.saw for one in seen] == ["before", "after"]
    assert seen[0].seen_at is not None
    assert seen[1].seen_at is not None
    assert elapsed(seen[0].seen_at, seen[1].seen_at) == timedelta(minutes=20)
    assert ended.started_at is not None
    assert ended.ended_at is not None
    assert elapsed(ended.started_at, ended.ended_at) == timedelta(minutes=20)


def test_ten_years_of_an_area_are_renamed_and_merged_in_one_step(tmp_path: Path) -> None:
    folder = tmp_path / "department"
    filled(folder, Size.of(2_000)).close()
    work = open_workspace(folder, load_catalog(folder), Words())
    try:
        first, last = work.patterns.whole_time()
        (one, name), (other, other_name) = work.people.areas()[:2]

        def counted(area: UUID | None) -> tuple[int, int]:
            found = work.patterns.read(Span(first=first, last=last, area_id=area))
            return found.seen, found.promised

        before = counted(None)
        both = [counted(one), counted(other)]
        assert all(seen and promised for seen, promised in both)
        work.people.rename_area(one, f"{name} as it was")
        merged = work.people.merge_areas(one, other)
        assert counted(None) == before
        seen, promised = counted(other)
        assert seen == both[0][0] + both[1][0]
        # One promised in an area to somebody of the other was counted in both.
        assert max(both[0][1], both[1][1]) < promised <= both[0][1] + both[1][1]
        assert work.people.area(name).id == other
        assert work.people.area_name(other) == other_name
        work.people.part_areas(merged)
        assert [counted(one), counted(other)] == both
    finally:
        work.close()


def test_a_stop_that_goes_while_somebody_writes_there_takes_no_word(work: Workspace) -> None:
    walk = work.walks.plan("Why?", stops=work.walks.stops_from("Hatch\nLounge"))
    work.walks.start(walk.id)
    line = work.walks.begin_line(walk.id, walk.stops[0].id)
    work.walks.write_line(line.id, visit="v", saw="Half a sent")
    work.walks.remove_stop(walk.id, walk.stops[0].id)
    kept = work.walks.keep(line.id, saw="Half a sentence")
    assert work.walks.observations(walk.id) == [kept]
    assert work.walks.get(walk.id).at_stop == walk.stops[1].id
    work.walks.remove_stop(walk.id, walk.stops[1].id)
    _keep(work, walk.id, "and no stop at all", work.walks.get(walk.id).at_stop)
    assert work.walks.like(kept.id).earlier == ()
    assert len(work.walks.observations(walk.id)) == 2


def test_many_kept_at_once_each_have_their_place(work: Workspace) -> None:
    walk = work.walks.plan("Why?")
    work.walks.start(walk.id)
    lines = [work.walks.begin_line(walk.id) for _ in range(12)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda one: work.walks.keep(one.id, saw=f"Bag {one.id}"), lines))
    seen = work.walks.observations(walk.id)
    assert [one.place for one in seen] == list(range(1, 13))
    assert len({one.seen_at for one in seen}) == 1


def test_an_area_that_is_renamed_and_merged_keeps_its_history(work: Workspace) -> None:
    old, new = work.people.area("Ward 6"), work.people.area("Ward 6 north")
    for area in (old, new):
        stops = work.walks.stops_from("Hatch")
        walk = work.walks.plan("Why?", stops=stops, area_id=area.id)
        _keep(work, walk.id, "A bag", walk.stops[0].id)
        seen = work.walks.observations(walk.id)[0]
        work.walks.promise(seen.id, "A hook")
    work.people.rename_area(old.id, "Ward 6 old")
    work.people.merge_areas(old.id, new.id)
    span = Span(first=date(2016, 1, 1), last=date(2027, 1, 1), area_id=new.id)
    found = work.patterns.read(span)
    assert (found.seen, found.promised) == (2, 2)
    assert [name for _key, name in work.patterns.areas()] == ["Ward 6 north"]


def test_a_person_who_asks_to_be_forgotten_leaves_the_counts(
    work: Workspace, data_dir: Path
) -> None:
    person = work.people.person(NAME)
    walk = work.walks.plan("Why?", stops=work.walks.stops_from("Hatch"))
    _keep(work, walk.id, "A bag waits", walk.stops[0].id)
    seen = work.walks.observations(walk.id)[0]
    work.walks.name_speaker(seen.id, NAME, True)
    work.walks.change_line(seen.id, asked=f"What does {NAME} need?", timed=f"{NAME} walks")
    (photo,) = work.walks.add_photo(seen.id, striped()).photo_hashes
    told = PhotoMark(shape="text", x1=0.1, y1=0.1, x2=0.1, y2=0.1, text=f"{NAME} stands here")
    work.walks.mark_photo(seen.id, photo, (told,))
    promise = work.walks.promise(seen.id, "A hook", NAME)
    work.promises.change(
        promise.id, what_done=f"{NAME} hung it", effect_seen=f"{NAME} uses it", resolver=NAME
    )
    work.promises.stand(promise.id, "said no")
    work.promises.change(promise.id, no_because=f"{NAME} left")
    work.promises.tell_back(
        promise.id, on=date(2026, 11, 24), to=NAME, answer="not now", said="No", they_said=NAME
    )
    work.thanks.thank(f"{NAME} asked twice", to=NAME, effect=NAME, how=NAME)
    card = work.thanks.begin_card(date(2026, 11, 23))
    work.thanks.write_card(card, f"I told {NAME}", NAME, visit="v")
    work.thanks.settle()
    span = Span(first=date(2026, 1, 1), last=date(2027, 1, 1))
    before = work.patterns.read(span)
    work.erasing.erase_person(person.id, "a colleague")
    after = work.patterns.read(span)
    work.backups.make()
    papers = (work.exports.walk(walk.id), work.walk_paper.memo(walk.id))
    for paper in papers:
        pages = PdfReader(io.BytesIO(paper)).pages
        text = " ".join(page.extract_text() for page in pages).lower()
        assert "bag waits" in text or "a hook" in text
        assert "quxolotl" not in text
    assert work.history.search("quxolotl") == []
    assert all("quxolotl" not in str(entry).lower() for entry in work.store.journal())
    assert (after.seen, after.promised, len(work.thanks.log(9))) == (
        before.seen, before.promised, 1,
    )  # fmt: skip
    assert by_place(after) == by_place(before)
    work.close()
    for path in (one for one in data_dir.rglob("*") if one.is_file()):
        raw = path.read_bytes().lower()
        assert b"quxolotl" not in raw, path.name
        assert b"vandermeer" not in raw, path.name
