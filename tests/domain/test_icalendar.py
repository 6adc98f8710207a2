"""The calendar file, read back by the rules of RFC 5545 and not by the code that wrote it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gemba.domain.icalendar import Occasion, calendar, escape, fold
from gemba.domain.routine import Pause, Routine
from gemba.domain.routine_days import expected, pause_on
from tests.strategies import HOSTILE, records, texts

MADE = datetime(2026, 11, 22, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))
DAYS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}
Line = tuple[str, dict[str, str], str]


def routine(**fields: object) -> Routine:
    made = {
        "id": uuid4(),
        "kind": "walk",
        "name": "Walk",
        "starts_on": date(2026, 3, 2),
        "time_of_day": "08:15",
        "zone": "Europe/Berlin",
        **fields,
    }
    return Routine(**made)  # type: ignore[arg-type]


def written(*routines: Routine, place: str = "") -> bytes:
    occasions = [Occasion(routine=one, place=place) for one in routines]
    return calendar(occasions, made_at=MADE, about=lambda one: one.routine.why)


def lines_of(data: bytes) -> list[Line]:
    """Unfold and take apart: name, parameters, value."""
    text = data.decode("utf-8")
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    raw = text.split("\r\n")[:-1]
    assert all(len(one.encode("utf-8")) <= 75 for one in raw)
    whole: list[str] = []
    for one in raw:
        if one[:1] in (" ", "\t"):
            whole[-1] += one[1:]
        else:
            whole.append(one)
    found: list[Line] = []
    for one in whole:
        head, _, value = one.partition(":")
        name, *parameters = head.split(";")
        found.append((name, dict(part.split("=", 1) for part in parameters), value))
    return found


def parts(lines: list[Line], name: str) -> list[list[Line]]:
    found: list[list[Line]] = []
    held: list[Line] | None = None
    for line in lines:
        if line == ("BEGIN", {}, name):
            held = []
        elif line == ("END", {}, name) and held is not None:
            found.append(held)
            held = None
        elif held is not None:
            held.append(line)
    return found


def one_of(event: list[Line], name: str) -> Line:
    (line,) = [line for line in event if line[0] == name]
    return line


def text_of(event: list[Line], name: str) -> str:
    value = one_of(event, name)[2]
    out, rest = "", iter(value)
    for letter in rest:
        if letter == "\\":
            after = next(rest)
            out += {"n": "\n", "N": "\n"}.get(after, after)
        else:
            out += letter
    return out


def days_of(event: list[Line], first: date, last: date) -> list[date]:
    """Expand the rule of an event day by day, as section 3.3.10 tells it."""
    begin = datetime.strptime(one_of(event, "DTSTART")[2][:8], "%Y%m%d").date()
    rule = dict(part.split("=") for part in one_of(event, "RRULE")[2].split(";"))
    off = {line[2] for line in event if line[0] == "EXDATE"}
    clock = one_of(event, "DTSTART")[2][8:]
    week = begin - timedelta(days=begin.weekday())
    found = []
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if day < begin or f"{day:%Y%m%d}{clock}" in off:
            continue
        if "UNTIL" in rule and f"{day:%Y%m%d}" > rule["UNTIL"][:8]:
            continue
        if rule["FREQ"] == "WEEKLY":
            weeks = (day - timedelta(days=day.weekday()) - week).days // 7
            fits = weeks % int(rule["INTERVAL"]) == 0
            by = [name for name, value in DAYS.items() if value == day.weekday()]
            fits = fits and by[0] in rule["BYDAY"].split(",")
        else:
            fits = False
            for spelled in rule["BYDAY"].split(","):
                which, name = int(spelled[:-2]), spelled[-2:]
                same = [
                    one
                    for one in range(1, 32)
                    if _valid(day, one) and day.replace(day=one).weekday() == DAYS[name]
                ]
                at = which - 1 if which > 0 else which
                fits = fits or (-len(same) <= at < len(same) and same[at] == day.day)
        if fits:
            found.append(day)
    return found


def _valid(day: date, number: int) -> bool:
    try:
        day.replace(day=number)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"weekdays": (2, 4)},
        {"weekdays": (5,), "every_weeks": 3, "starts_on": date(2026, 3, 4)},
        {"weekdays": (1,), "week_of_month": 1},
        {"weekdays": (3, 5), "week_of_month": 5},
        {"weekdays": (1,), "ends_on": date(2026, 4, 20)},
        {"time_of_day": "", "weekdays": (7,)},
        {"zone": "", "weekdays": (6,)},
        {
            "weekdays": (1, 2, 3, 4, 5),
            "pauses": (
                Pause(id="a", first=date(2026, 4, 3), last=date(2026, 4, 6), why="Easter"),
                Pause(id="b", first=date(2026, 3, 9), last=date(2026, 3, 9)),
            ),
        },
    ],
)
def test_a_calendar_shows_the_days_that_gemba_shows(fields: dict[str, object]) -> None:
    one = routine(**fields)
    (event,) = parts(lines_of(written(one)), "VEVENT")
    first, last = date(2026, 2, 1), date(2026, 8, 31)
    wanted = [day for day in expected(one, first, last) if pause_on(one, day) is None]
    assert days_of(event, first, last) == wanted
    assert wanted


def test_an_event_says_who_where_and_why_and_can_be_imported_twice() -> None:
    one = routine(name="Ward; walk, 4\\5", why="See\nit", minutes=45, revision=7)
    data = written(one, place="Ward 4; bay 2")
    assert data == written(one, place="Ward 4; bay 2")
    lines = lines_of(data)
    assert lines[0] == ("BEGIN", {}, "VCALENDAR")
    assert lines[-1] == ("END", {}, "VCALENDAR")
    assert ("VERSION", {}, "2.0") in lines
    (event,) = parts(lines, "VEVENT")
    assert text_of(event, "SUMMARY") == "Ward; walk, 4\\5"
    assert text_of(event, "DESCRIPTION") == "See\nit"
    assert text_of(event, "LOCATION") == "Ward 4; bay 2"
    assert one_of(event, "DTSTART") == ("DTSTART", {"TZID": "Europe/Berlin"}, "20260302T081500")
    assert one_of(event, "DURATION")[2] == "PT45M"
    assert one_of(event, "DTSTAMP")[2] == "20261122T080000Z"
    assert UUID(one_of(event, "UID")[2].removesuffix("@gemba")) == one.id
    assert one_of(event, "SEQUENCE")[2] == "7"


def test_the_zone_in_the_file_gives_the_times_the_zone_gives() -> None:
    data = written(routine(), routine(zone="Asia/Tokyo"), routine(zone="America/St_Johns"))
    zones = parts(lines_of(data), "VTIMEZONE")
    assert [one_of(zone[:1], "TZID")[2] for zone in zones] == [
        "America/St_Johns",
        "Asia/Tokyo",
        "Europe/Berlin",
    ]
    for zone in zones:
        name = zone[0][2]
        turns: list[tuple[datetime, timedelta]] = []
        for part in ("STANDARD", "DAYLIGHT"):
            for kind in parts(zone, part):
                after = _read_offset(one_of(kind, "TZOFFSETTO")[2])
                times = [line[2] for line in kind if line[0] in ("DTSTART", "RDATE")]
                turns += [(datetime.strptime(at, "%Y%m%dT%H%M%S"), after) for at in times]
        turns.sort()
        for number in range(0, 365 * 9, 3):
            at = datetime(2026, 3, 2, 8, 15) + timedelta(days=number)
            said = [offset for begin, offset in turns if begin <= at][-1]
            assert said == at.replace(tzinfo=ZoneInfo(name)).utcoffset(), (name, at)


def _read_offset(text: str) -> timedelta:
    sign = -1 if text[0] == "-" else 1
    return sign * timedelta(hours=int(text[1:3]), minutes=int(text[3:5]))


def test_a_routine_that_ends_does_so_in_universal_time() -> None:
    (event,) = parts(lines_of(written(routine(ends_on=date(2026, 7, 6), weekdays=(1,)))), "VEVENT")
    rule = dict(part.split("=") for part in one_of(event, "RRULE")[2].split(";"))
    until = datetime.strptime(rule["UNTIL"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    assert until.astimezone(ZoneInfo("Europe/Berlin")) == datetime(
        2026, 7, 6, 8, 15, tzinfo=ZoneInfo("Europe/Berlin")
    )


def test_a_routine_without_a_day_or_with_a_zone_nobody_knows_still_makes_a_file() -> None:
    assert parts(lines_of(written(routine(weekdays=()))), "VEVENT") == []
    (event,) = parts(lines_of(written(routine(zone="Mars/Olympus"))), "VEVENT")
    assert one_of(event, "DTSTART")[1] == {}


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_breaks_out_of_its_line(text: str) -> None:
    (event,) = parts(
        lines_of(written(routine(name=text or "x", why=text * 40), place=text)), "VEVENT"
    )
    kept = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(one for one in kept if one in "\t\n" or (one >= " " and one != "\x7f"))
    assert text_of(event, "SUMMARY") == (kept if text else "x")


@settings(max_examples=60, deadline=None)
@given(texts)
def test_folding_tears_no_letter(text: str) -> None:
    line = f"SUMMARY:{escape(text)}"
    folded = fold(line)
    assert all(len(one.encode("utf-8")) <= 75 for one in folded.split("\r\n"))
    assert folded.replace("\r\n ", "") == line + "\r\n"


@settings(max_examples=25, deadline=None)
@given(st.lists(records("routine"), max_size=2))
def test_any_routines_make_a_readable_file(routines: list[Routine]) -> None:
    lines = lines_of(written(*routines))
    assert len(parts(lines, "VEVENT")) <= len(routines)
