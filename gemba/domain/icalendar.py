"""Routines as an iCalendar file, which calendar programs import (RFC 5545)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from gemba.domain.routine import LAST_OF_MONTH, Routine
from gemba.domain.routine_days import expected, minute_of, pause_on

_OCTETS: Final = 75
"""A line is folded after so many octets (RFC 5545, section 3.1)."""
_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_AHEAD: Final = 3660
"""So many days from the first one a zone's changes and days off are written out."""
_TO_TELL: Final = 3
"""In so many years a clock changes by a rule before it is told as one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """A routine with the words of its place, and who it is with."""

    routine: Routine
    place: str = ""
    person: str = ""


def calendar(
    occasions: Sequence[Occasion], *, made_at: datetime, about: Callable[[Occasion], str]
) -> bytes:
    """Return an iCalendar file with a repeating event for each routine.

    ``made_at`` is an aware instant; ``about`` writes the description of one. A routine without a
    single day has no event. Times stand in the routine's zone, which is described in the file;
    without a zone they float, so that they are the same on the clock wherever one is.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Gemba//Leader standard work//EN"]
    lines += ["CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    events: list[str] = []
    spans: dict[str, tuple[date, date]] = {}
    for one in occasions:
        days = _days(one.routine)
        if not days:
            continue
        events += _event(one, days[0], made_at, about(one))
        zone = _zone_of(one.routine)
        if zone:
            first, last = spans.get(zone, (days[0], days[0]))
            spans[zone] = (min(first, days[0]), max(last, days[0]))
    for zone, (first, last) in sorted(spans.items()):
        lines += _zone_lines(zone, first, last)
    lines += [*events, "END:VCALENDAR"]
    return "".join(fold(line) for line in lines).encode("utf-8")


def fold(line: str) -> str:
    """Return a content line ended and folded, no character torn (RFC 5545, section 3.1)."""
    parts: list[str] = []
    part, room = "", _OCTETS
    for letter in line:
        octets = len(letter.encode("utf-8"))
        if octets > room:
            parts.append(part)
            # The blank that begins a continuation counts too.
            part, room = "", _OCTETS - 1
        part += letter
        room -= octets
    parts.append(part)
    return "\r\n ".join(parts) + "\r\n"


def escape(text: str) -> str:
    """Return a text as a value: no line break and no control stands in it (section 3.3.11)."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\\", "\\\\")
    marked = lines.replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
    return "".join(one for one in marked if (one >= " " and one != "\x7f") or one == "\t")


def _days(routine: Routine) -> list[date]:
    """Return the first days of a routine; what recurs at all does so within ten years."""
    last = min(routine.starts_on.toordinal() + _AHEAD, date.max.toordinal())
    return expected(routine, routine.starts_on, date.fromordinal(last))


def _zone_of(routine: Routine) -> str:
    """Return the name of the zone a routine's time is in; empty where it floats."""
    if minute_of(routine.time_of_day) is None or not routine.zone:
        return ""
    try:
        ZoneInfo(routine.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ""
    return routine.zone


def _event(one: Occasion, first: date, made_at: datetime, about: str) -> Iterator[str]:
    routine = one.routine
    yield "BEGIN:VEVENT"
    yield f"UID:{routine.id}@gemba"
    yield f"DTSTAMP:{made_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"SEQUENCE:{max(0, routine.revision)}"
    yield f"DTSTART{_stamp(routine, first)}"
    minutes = min(max(1, routine.minutes), 24 * 60)
    yield "DURATION:P1D" if _minute(routine) is None else f"DURATION:PT{minutes}M"
    yield f"RRULE:{_rule(routine)}"
    off = [day for day in _days(routine) if pause_on(routine, day) is not None]
    yield from (f"EXDATE{_stamp(routine, day)}" for day in off)
    yield f"SUMMARY:{escape(routine.name)}"
    if about.strip():
        yield f"DESCRIPTION:{escape(about)}"
    if one.place.strip():
        yield f"LOCATION:{escape(one.place)}"
    yield f"CATEGORIES:{escape(routine.kind)}"
    yield "END:VEVENT"


def _minute(routine: Routine) -> int | None:
    return minute_of(routine.time_of_day)


def _stamp(routine: Routine, day: date) -> str:
    """Return the parameters and the value of a day of a routine."""
    minute = _minute(routine)
    if minute is None:
        return f";VALUE=DATE:{_date(day)}"
    zone = _zone_of(routine)
    return f"{f';TZID={zone}' if zone else ''}:{_date(day)}T{minute // 60:02d}{minute % 60:02d}00"


def _date(day: date) -> str:
    # strftime leaves out the zeros of a year below 1000.
    return f"{day.year:04d}{day.month:02d}{day.day:02d}"


def _rule(routine: Routine) -> str:
    days = [_DAYS[number - 1] for number in sorted(set(routine.weekdays)) if 1 <= number <= 7]
    if routine.week_of_month:
        week = -1 if routine.week_of_month == LAST_OF_MONTH else routine.week_of_month
        rule = f"FREQ=MONTHLY;BYDAY={','.join(f'{week}{day}' for day in days)}"
    else:
        every = max(1, routine.every_weeks)
        rule = f"FREQ=WEEKLY;INTERVAL={every};BYDAY={','.join(days)};WKST=MO"
    ends = [day for day in (routine.ends_on, routine.archived_on) if day is not None]
    return f"{rule};UNTIL={_until(routine, min(ends))}" if ends else rule


def _until(routine: Routine, last: date) -> str:
    """Return the end of a rule: in UTC where the start is in a zone (section 3.3.10)."""
    minute = _minute(routine)
    if minute is None:
        return _date(last)
    zone = _zone_of(routine)
    if not zone or last.year in (1, 9999):
        return f"{_date(last)}T235959{'Z' if zone else ''}"
    at = datetime.combine(last, time(minute // 60, minute % 60), ZoneInfo(zone)).astimezone(UTC)
    return f"{_date(at.date())}T{at:%H%M%S}Z"


@dataclass(frozen=True, slots=True)
class _Turn:
    """A change of a zone: when on the clock before it, and the offsets and the name after it."""

    at: datetime
    before: timedelta
    after: timedelta
    summer: bool
    name: str


def _zone_lines(name: str, first: date, last: date) -> Iterator[str]:
    """Describe a zone from its state on a first day through ten years after a last one.

    Where the clock changes by a rule, the rule is told: Outlook reads no list of days in a zone
    (MS-STANOICAL, section 2.2.47). What changes from year to year is listed.
    """
    yield "BEGIN:VTIMEZONE"
    yield f"TZID:{name}"
    state, *turns = _turns(name, first, last)
    kinds = _by_kind(turns)
    ruled = bool(turns) and turns[0].at.date() <= first and all(map(_yearly, kinds.values()))
    if not ruled:
        kinds = _by_kind([state, *turns])
    for (before, after, summer, short), times in kinds.items():
        part = "DAYLIGHT" if summer else "STANDARD"
        yield f"BEGIN:{part}"
        yield f"DTSTART:{times[0]:%Y%m%dT%H%M%S}"
        if ruled:
            yield f"RRULE:{_yearly(times)}"
        else:
            yield from (f"RDATE:{at:%Y%m%dT%H%M%S}" for at in times[1:])
        yield f"TZOFFSETFROM:{_offset(before)}"
        yield f"TZOFFSETTO:{_offset(after)}"
        yield f"TZNAME:{escape(short)}"
        yield f"END:{part}"
    yield "END:VTIMEZONE"


_Kind = tuple[timedelta, timedelta, bool, str]


def _by_kind(turns: Sequence[_Turn]) -> dict[_Kind, list[datetime]]:
    kinds: dict[_Kind, list[datetime]] = {}
    for turn in turns:
        kinds.setdefault((turn.before, turn.after, turn.summer, turn.name), []).append(turn.at)
    return kinds


def _yearly(times: Sequence[datetime]) -> str:
    """Return the rule by which a clock changes once a year, such as on the last Sunday of March.

    Empty where there is none that gives exactly these times.
    """
    first = times[0]
    years = [at.year for at in times]
    alike = {(at.month, at.weekday(), at.time()) for at in times}
    if len(times) < _TO_TELL or years != list(range(years[0], years[0] + len(years))):
        return ""
    weeks = {(at.day - 1) // 7 + 1 for at in times}
    ends = all((at + timedelta(days=7)).month != at.month for at in times)
    if len(alike) != 1 or (len(weeks) != 1 and not ends):
        return ""
    week = -1 if ends else weeks.pop()
    return f"FREQ=YEARLY;BYMONTH={first.month};BYDAY={week}{_DAYS[first.weekday()]}"


@lru_cache(maxsize=8)
def _turns(name: str, first: date, last: date) -> tuple[_Turn, ...]:
    zone = ZoneInfo(name)
    # A year earlier, so that the change by which the clock stands on the first day is among them.
    begin = datetime(max(first.year - 1, 1971), 1, 1, tzinfo=UTC) - timedelta(days=1)
    end = min(
        begin + timedelta(days=(last - first).days + 366 + _AHEAD), datetime(9998, 1, 1, tzinfo=UTC)
    )
    found = [_turn(zone, begin, _offset_at(zone, begin))]
    at = begin
    while at < end:
        after = at + timedelta(days=1)
        if _offset_at(zone, at) != _offset_at(zone, after):
            found.append(_turn(zone, _moment(zone, at, after), _offset_at(zone, at)))
        at = after
    return tuple(found)


def _moment(zone: ZoneInfo, low: datetime, high: datetime) -> datetime:
    """Find the second at which an offset changes between two instants."""
    old = _offset_at(zone, low)
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) // 2
        middle = middle.replace(microsecond=0)
        low, high = (middle, high) if _offset_at(zone, middle) == old else (low, middle)
    return high


def _turn(zone: ZoneInfo, at: datetime, before: timedelta) -> _Turn:
    there = at.astimezone(zone)
    clock = (at + before).replace(tzinfo=None)
    summer = bool(there.dst())
    return _Turn(clock, before, _offset_at(zone, at), summer, there.tzname() or "")


def _offset_at(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()


def _offset(offset: timedelta) -> str:
    seconds = round(offset.total_seconds())
    sign = "-" if seconds < 0 else "+"
    hours, rest = divmod(abs(seconds), 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{sign}{hours:02d}{minutes:02d}" + (f"{seconds:02d}" if seconds else "")
