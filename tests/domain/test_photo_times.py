"""A photo goes to the observation nearest in time, also where clocks and zones are odd."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from gemba.domain.observation import Observation
from gemba.domain.photo_times import nearest, read_taken

HERE = ZoneInfo("Europe/Amsterdam")
AWAY = ZoneInfo("Asia/Tokyo")


def seen(number: int, at: datetime | None) -> Observation:
    return Observation(
        id=UUID(int=number), place=number, seen_on=date(2026, 11, 24), seen_at=at, saw="A bag"
    )


ON_WALK = [seen(n + 1, datetime(2026, 11, 24, 10, 10 * n, tzinfo=HERE)) for n in range(3)]


@pytest.mark.parametrize(
    ("taken", "number"),
    [
        ("2026-11-24T10:04:00", 1),
        ("2026-11-24T10:06:00", 2),
        ("2026-11-24T10:05:00", 1),
        ("2026-11-24T09:31:00", 1),
        ("2026-11-24T09:29:00", None),
        ("2026-11-24T10:50:00", 3),
        ("2026-11-24T09:20:00+00:00", 3),
        ("2026-11-24T10:20:00+00:00", None),
        ("2025-11-24T10:04:00", None),
        ("", None),
        ("0000-00-00T00:00:00", None),
    ],
)
def test_the_nearest_within_half_an_hour(taken: str, number: int | None) -> None:
    found = nearest(read_taken(taken), ON_WALK)
    assert (found.place if found else None) == number


def test_a_zone_that_changes_on_the_walk_follows_the_clock_on_the_wall() -> None:
    before = seen(1, datetime(2026, 11, 24, 10, 0, tzinfo=HERE))
    after = seen(2, datetime(2026, 11, 24, 18, 30, tzinfo=AWAY))
    found = nearest(read_taken("2026-11-24T18:29:00"), [before, after])
    assert found is after


def test_the_hour_that_comes_twice_is_told_apart_where_the_camera_says_its_offset() -> None:
    first = datetime(2026, 10, 25, 2, 30, tzinfo=HERE)
    again = first.replace(fold=1)
    both = [seen(1, first), seen(2, again)]
    assert nearest(read_taken("2026-10-25T02:30:00+02:00"), both) is both[0]
    assert nearest(read_taken("2026-10-25T02:30:00+01:00"), both) is both[1]


def test_what_has_no_time_is_matched_with_nothing() -> None:
    assert nearest(datetime(2026, 11, 24, 10, 0), [seen(1, None)]) is None
    assert nearest(datetime(2026, 11, 24, 10, 0) + timedelta(1), []) is None
