"""The made-up department has the shape that published programmes describe."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path

from gemba.domain.observation import Observation
from gemba.domain.patterns import Span, told_within
from gemba.domain.person import Area
from gemba.domain.promise import Promise
from gemba.domain.walk import Walk
from tests.ten_years import LAST_DAY, Size, filled, records


def test_ten_years_have_their_shape() -> None:
    size = Size(9_000, 600, 0)
    made = list(records(size))
    walks = [one for one in made if isinstance(one, Walk)]
    seen = [one for one in made if isinstance(one, Observation)]
    promises = [one for one in made if isinstance(one, Promise)]
    assert (len(walks), len(seen)) == (600, 9_000)
    assert max(one.seen_on for one in seen) <= LAST_DAY

    weeks = {one.walked_on.isocalendar()[:2] for one in walks if one.walked_on}
    assert 300 < len(weeks) < 470
    nights = sum(one.started_at is not None and one.started_at.hour in (1, 3, 23) for one in walks)
    assert 0.04 < nights / len(walks) < 0.14
    assert sum(one.shift == "night" for one in walks) == nights
    areas = [one for one in made if isinstance(one, Area)]
    assert all(one.shifts == ("day", "night") for one in areas)
    an_hour = Counter(one.walk_id for one in seen if one.walk_id)
    hours = sum(
        ((one.ended_at - one.started_at).total_seconds() / 3600)
        for one in walks
        if one.ended_at and one.started_at
    )
    assert 5 <= sum(an_hour.values()) / hours <= 8

    within = [
        one.told_back is not None and (one.told_back.on - one.made_on).days <= 365
        for one in promises
        if one.made_on < LAST_DAY - timedelta(365)
    ]
    assert 0.4 <= sum(within) / len(within) <= 0.8
    oldest = max((LAST_DAY - one.made_on).days for one in promises if one.told_back is None)
    assert oldest > 3_000
    late = [
        one for one in promises if one.told_back and one.told_back.on - one.made_on > timedelta(180)
    ]
    assert late


def test_a_small_one_is_written_and_counted(tmp_path: Path) -> None:
    with filled(tmp_path, Size.of(400)) as store:
        span = Span(first=LAST_DAY - timedelta(3_650), last=LAST_DAY)
        found = store.overview.patterns(span, LAST_DAY)
        assert found.seen == store.count(Observation) == 400
        assert store.count(Walk) == 12
        assert sum(bool(one.photos) for one in store.find(Observation)) == 20
        assert found.promised == store.count(Promise) > 5
        assert told_within(found.answers, 30) is not None
