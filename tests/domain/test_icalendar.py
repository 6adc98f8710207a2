"""The calendar file, read back by the rules of RFC 5545 and not by the code that wrote it."""

from __future__ import annotations

import re
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
    data = calendar(occasions, made_at=MADE, about=lambda one: one.routine.why)
    check_strictly(data)
    return data


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


ONCE = {
    "VCALENDAR": {"PRODID", "VERSION"},
    "VTIMEZONE": {"TZID"},
    "STANDARD": {"DTSTART", "TZOFFSETFROM", "TZOFFSETTO"},
    "DAYLIGHT": {"DTSTART", "TZOFFSETFROM", "TZOFFSETTO"},
    "VEVENT": {"UID", "DTSTAMP", "DTSTART", "DURATION", "RRULE", "SUMMARY"},
}
"""What stands in each part exactly once (sections 3.6 and 3.8; of an event, as Gemba writes it)."""
AT_MOST_ONCE = {"CALSCALE", "METHOD", "SEQUENCE", "DESCRIPTION", "LOCATION", "CATEGORIES", "TZNAME"}
MANY = {"VEVENT": {"EXDATE"}, "STANDARD": {"RDATE", "RRULE"}, "DAYLIGHT": {"RDATE", "RRULE"}}
MOMENT, DAY = r"\d{8}T\d{6}", r"\d{8}"
WEEKDAY = r"(MO|TU|WE|TH|FR|SA|SU)"
FORMS = {
    "UID": r"[0-9a-f-]{36}@gemba",
    "DTSTAMP": MOMENT + "Z",
    "SEQUENCE": r"\d+",
    "DURATION": r"PT\d+M|P1D",
    "TZOFFSETFROM": r"[+-]\d{4}(\d\d)?",
    "TZOFFSETTO": r"[+-]\d{4}(\d\d)?",
    "VERSION": r"2\.0",
    "TZID": r"[A-Za-z0-9_+/-]+",
}
RULE = {
    "FREQ": r"WEEKLY|MONTHLY|YEARLY",
    "INTERVAL": r"[1-9]\d*",
    "BYMONTH": r"[1-9]|1[0-2]",
    "BYDAY": rf"(-?[1-5])?{WEEKDAY}(,(-?[1-5])?{WEEKDAY})*",
    "WKST": WEEKDAY,
    "UNTIL": rf"{DAY}|{MOMENT}Z?",
}


def check_strictly(data: bytes) -> None:
    """Read a file as strictly as RFC 5545 tells it: nesting, what stands how often, each value."""
    open_parts: list[tuple[str, list[Line]]] = []
    zones: set[str] = set()
    assert not data.startswith(b"\xef\xbb\xbf")
    for line in lines_of(data):
        name, parameters, value = line
        assert re.fullmatch(r"[A-Z][A-Z-]*", name), name
        assert not re.search(r"[\x00-\x08\x0a-\x1f\x7f]", value), value
        if name == "BEGIN":
            assert open_parts or value == "VCALENDAR"
            open_parts.append((value, []))
        elif name == "END":
            part, held = open_parts.pop()
            assert part == value
            _check_part(part, held, zones)
        else:
            open_parts[-1][1].append(line)
            assert set(parameters) <= {"TZID", "VALUE"}
    assert not open_parts


def _check_part(part: str, held: list[Line], zones: set[str]) -> None:
    names = [line[0] for line in held]
    for name in ONCE[part]:
        assert names.count(name) == 1, (part, name)
    for name in set(names) - ONCE[part] - MANY.get(part, set()):
        assert name in AT_MOST_ONCE, (part, name)
        assert names.count(name) == 1, (part, name)
    for name, _parameters, value in held:
        assert re.fullmatch(FORMS.get(name, r"(?s).*"), value), (name, value)
        if name == "RRULE":
            _check_rule(value)
    if part == "VTIMEZONE":
        assert one_of(held, "TZID")[2] not in zones
        zones.add(one_of(held, "TZID")[2])
    if part in ("STANDARD", "DAYLIGHT"):
        assert all(
            re.fullmatch(MOMENT, line[2]) for line in held if line[0] in ("DTSTART", "RDATE")
        )
        assert not {"RRULE", "RDATE"} <= set(names)
    if part == "VEVENT":
        _check_event(held, zones)


def _check_rule(value: str) -> None:
    told = [one.split("=", 1) for one in value.split(";")]
    assert told[0][0] == "FREQ"
    assert len({name for name, _value in told}) == len(told)
    for name, said in told:
        assert re.fullmatch(RULE[name], said), value


def _check_event(held: list[Line], zones: set[str]) -> None:
    _name, parameters, begin = one_of(held, "DTSTART")
    whole_day = parameters.get("VALUE") == "DATE"
    assert re.fullmatch(DAY if whole_day else MOMENT, begin)
    assert parameters.get("TZID", next(iter(zones), "")) in zones | {""}
    for line in held:
        if line[0] == "EXDATE":
            # Of another type or zone it would leave out nothing.
            assert line[1] == parameters
            assert re.fullmatch(DAY if whole_day else MOMENT, line[2])
    assert whole_day == (one_of(held, "DURATION")[2] == "P1D")
    rule = dict(one.split("=", 1) for one in one_of(held, "RRULE")[2].split(";"))
    if "UNTIL" in rule:
        wanted = DAY if whole_day else MOMENT + ("Z" if "TZID" in parameters else "")
        assert re.fullmatch(wanted, rule["UNTIL"])


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
                rule = [line[2] for line in kind if line[0] == "RRULE"]
                assert name == "Asia/Tokyo" or rule, "Outlook reads no RDATE in a zone"
                turns += [(at, after) for one in rule for at in _each_year(one, times[0])]
                turns += [(datetime.strptime(at, "%Y%m%dT%H%M%S"), after) for at in times]
        turns.sort()
        for number in range(0, 365 * 9, 3):
            at = datetime(2026, 3, 2, 8, 15) + timedelta(days=number)
            said = [offset for begin, offset in turns if begin <= at][-1]
            assert said == at.replace(tzinfo=ZoneInfo(name)).utcoffset(), (name, at)


def _each_year(rule: str, begin: str) -> list[datetime]:
    """Expand the rule of a zone for twelve years."""
    told = dict(one.split("=", 1) for one in rule.split(";"))
    at = datetime.strptime(begin, "%Y%m%dT%H%M%S")
    which, weekday = int(told["BYDAY"][:-2]), DAYS[told["BYDAY"][-2:]]
    found = []
    for year in range(at.year, at.year + 12):
        month = at.replace(year=year, month=int(told["BYMONTH"]), day=1)
        days = [month + timedelta(days=n) for n in range(31)]
        same = [one for one in days if one.month == month.month and one.weekday() == weekday]
        found.append(same[which - 1 if which > 0 else which])
    assert found[0] == at
    return found


def test_a_zone_that_changes_by_no_rule_is_told_day_by_day() -> None:
    """Morocco goes by the moon; Gemba lists the days, and no rule is made up."""
    (zone,) = parts(lines_of(written(routine(zone="Africa/Casablanca"))), "VTIMEZONE")
    assert any(line[0] == "RDATE" for line in zone)
    assert not any(line[0] == "RRULE" for line in zone)


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
