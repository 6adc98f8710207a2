"""Which backups are kept, also while the clock lies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.domain.keeping import ALL, DAILY, MONTHLY, WEEKLY, may_go, superfluous

BEGAN = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
HALF_AN_HOUR = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Point:
    counter: int
    made_at: datetime


def worked(days: int, hours: int = 8) -> list[datetime]:
    """Return the instants of backups every half hour of so many working days in a row."""
    return [
        BEGAN + timedelta(days=day) + HALF_AN_HOUR * slot
        for day in range(days)
        for slot in range(hours * 2)
    ]


def points(instants: list[datetime]) -> list[Point]:
    return [Point(number, instant) for number, instant in enumerate(instants, 1)]


def kept(instants: list[datetime]) -> list[datetime]:
    """Make backups one after the other, each time removing what may go; return what is left."""
    held: list[Point] = []
    for point in points(instants):
        held.append(point)
        gone = superfluous(held)
        held = [one for one in held if one not in gone]
    return [point.made_at for point in held]


def as_written_down(instants: list[datetime]) -> list[datetime]:
    """Say the rule once more, as plainly as it stands, for a clock that is right."""
    newest = instants[-1]
    left = [one for one in instants if newest - one <= ALL]
    rest = [one for one in instants if newest - one > ALL]
    for count, name in (
        (DAILY, lambda one: one.date()),
        (WEEKLY, lambda one: one.isocalendar()[:2]),
        (MONTHLY, lambda one: (one.year, one.month)),
    ):
        names = sorted({name(one) for one in rest})[-count:]
        chosen = [max(one for one in rest if name(one) == each) for each in names]
        left += chosen
        rest = [one for one in rest if names and name(one) < names[0]]
    return sorted(left)


@pytest.mark.parametrize("days", [1, 2, 3, 14, 15, 90, 200, 420])
def test_a_right_clock_leaves_what_the_rule_says(days: int) -> None:
    instants = worked(days, hours=5 if days > 100 else 8)
    ordered = points(instants)
    gone = {point.made_at for point in superfluous(ordered)}
    assert [one for one in instants if one not in gone] == as_written_down(instants)


def test_after_a_year_every_step_is_full() -> None:
    left = kept(worked(420, hours=5))
    newest = left[-1]
    older = [one for one in left if newest - one > ALL]
    assert len(older) == DAILY + WEEKLY + MONTHLY
    assert newest - older[0] > timedelta(days=300)


def test_a_night_and_a_weekend_count_as_time() -> None:
    friday = worked(5)
    monday = [one + timedelta(days=7) for one in worked(2)]
    left = kept(friday + monday)
    assert [one for one in left if one.day == friday[0].day] == [friday[15]]


DISTURBANCES = {
    "an hour back": [timedelta(hours=-1)],
    "a day back": [timedelta(days=-1)],
    "back to 1970": [datetime(1970, 1, 1, tzinfo=UTC) - BEGAN],
    "forward ten years": [timedelta(days=3652)],
    "an hour back and forth": [timedelta(hours=-1), timedelta()],
    "a day back and forth": [timedelta(days=-1), timedelta()],
    "1970 and back again": [datetime(1970, 1, 1, tzinfo=UTC) - BEGAN, timedelta()],
    "ten years and back again": [timedelta(days=3652), timedelta()],
    "ten years, 1970 and back again": [
        timedelta(days=3652),
        datetime(1970, 1, 1, tzinfo=UTC) - BEGAN,
        timedelta(),
    ],
}


def told_by(true: list[datetime], wrong: list[timedelta], begin: int, each: int) -> list[datetime]:
    """Return what a clock says that goes wrong at one backup and changes after each so many."""
    said = list(true[:begin])
    for number, instant in enumerate(true[begin:]):
        said.append(instant + wrong[min(number // each, len(wrong) - 1)])
    return said


@pytest.mark.parametrize("name", DISTURBANCES)
@pytest.mark.parametrize("each", [1, 5, 30])
@pytest.mark.parametrize("begin", [3, 40, 100])
def test_no_good_backup_goes_because_the_clock_is_wrong(name: str, each: int, begin: int) -> None:
    """Whatever a right clock would have kept is kept."""
    true = worked(12)
    said = told_by(true, DISTURBANCES[name], begin, each)
    held: list[Point] = []
    for number in range(1, len(said) + 1):
        held.append(Point(number, said[number - 1]))
        gone = superfluous(held)
        held = [one for one in held if one not in gone]
        newest = true[number - 1]
        last_two_days = {n for n in range(1, number + 1) if newest - true[n - 1] <= ALL}
        assert last_two_days <= {one.counter for one in held}
    days = {true[one.counter - 1].date() for one in held}
    assert days == {one.date() for one in true}, "a day of work has no backup any more"


@pytest.mark.parametrize("name", DISTURBANCES)
def test_a_clock_that_is_put_right_does_not_fill_the_disk(name: str) -> None:
    true = worked(100, hours=4)
    said = told_by(true, DISTURBANCES[name], 40, 5)
    assert len(kept(said)) <= 200


def test_the_newest_stays_and_counters_decide_which_it_is() -> None:
    old = Point(7, BEGAN + timedelta(days=3652))
    new = Point(8, BEGAN - timedelta(days=20_000))
    assert superfluous([new, old]) == []


def test_a_clock_that_begins_in_1970_at_each_start_still_lets_old_ones_go() -> None:
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    instants = [epoch + HALF_AN_HOUR * slot for _day in range(60) for slot in range(16)]
    assert len(kept(instants)) < 60 * 16 / 4


@given(
    st.lists(
        st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1)).map(
            lambda one: one.replace(tzinfo=UTC)
        ),
        min_size=1,
        max_size=80,
    )
)
def test_any_clock_at_all(instants: list[datetime]) -> None:
    made = points(instants)
    gone = superfluous(made)
    left = [one for one in made if one not in gone]
    assert left[-1] == made[-1]
    assert superfluous(left) == [] or len(superfluous(left)) < len(left)
    assert sorted(gone, key=lambda one: one.counter) == gone
    assert superfluous(list(reversed(made))) == gone


@given(
    st.lists(st.integers(1, 40 * 60), min_size=2, max_size=300),
    st.integers(0, 299),
    st.sampled_from(sorted(DISTURBANCES)),
    st.integers(1, 40),
)
def test_the_last_two_days_stay_whatever_happens(
    gaps: list[int], begin: int, name: str, each: int
) -> None:
    true = [BEGAN]
    for minutes in gaps:
        true.append(true[-1] + timedelta(minutes=minutes))
    said = told_by(true, DISTURBANCES[name], begin, each)
    gone = {point.counter for point in superfluous(points(said))}
    young = {n for n, one in enumerate(true, 1) if true[-1] - one <= timedelta(hours=24)}
    assert not young & gone


def test_nothing_of_nothing() -> None:
    assert superfluous([]) == []


@dataclass(frozen=True)
class Held:
    """A backup, of everything or of a part."""

    counter: int
    made_at: datetime
    partial: bool = False


def test_a_part_makes_nothing_superfluous_and_three_of_them_stay() -> None:
    began = datetime(2026, 1, 1, tzinfo=UTC)
    whole = [Held(n, began + timedelta(days=30 * n)) for n in range(5)]
    late = began + timedelta(days=900)
    parts = [Held(5 + n, late + timedelta(days=n), partial=True) for n in range(6)]
    assert may_go([*whole, *parts]) == parts[:3]
    assert may_go(parts) == parts[:3]
    # Once whole ones were made long after them, the parts go too.
    after = [Held(11 + n, late + timedelta(days=400, hours=n)) for n in range(16)]
    assert set(parts) <= set(may_go([*whole, *parts, *after]))
    assert not set(parts[3:]) & set(may_go([*whole, *parts, *after[:15]]))
