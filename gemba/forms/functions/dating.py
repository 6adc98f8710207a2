"""Functions on dates and times (ODK XForms)."""

from __future__ import annotations

from datetime import datetime

from gemba.forms.functions.entry import Entry, of_values
from gemba.forms.moments import Moment, midnight, moment_of, read_time
from gemba.forms.scope import Scope
from gemba.forms.values import NAN, Value, to_moment, to_text

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def _date(scope: Scope, value: Value) -> Value:
    """A moment; nothing answered stays nothing."""
    if not isinstance(value, Moment | float | bool) and not to_text(value):
        return ""
    return to_moment(value, scope.around.zone)


def _now(scope: Scope) -> Value:
    return moment_of(scope.around.clock(), scope.around.zone)


def _today(scope: Scope) -> Value:
    zone = scope.around.zone
    return midnight(scope.around.clock().astimezone(zone).date(), zone)


def _days(scope: Scope, value: Value) -> Value:
    return to_moment(value, scope.around.zone).days


def _part_of_day(scope: Scope, value: Value) -> Value:
    """The time of the day as a part of a day, from 0 to under 1."""
    moment = _any_time(scope, value)
    local = None if moment is None else moment.local()
    if local is None:
        return NAN
    seconds = local.hour * 3600 + local.minute * 60 + local.second
    return (seconds * 1000 + local.microsecond // 1000) / 86_400_000


def _any_time(scope: Scope, value: Value) -> Moment | None:
    zone = scope.around.zone
    if not isinstance(value, Moment | float | bool):
        today = scope.around.clock().astimezone(zone).date()
        time = read_time(to_text(value), today, zone)
        if time is not None:
            return time
    return to_moment(value, zone)


def _written(local: datetime, sign: str) -> str:
    """One sign of a date pattern; a sign that is not known stays as it is."""
    parts = {
        "%": "%",
        "Y": f"{local.year:04d}",
        "y": f"{local.year % 100:02d}",
        "m": f"{local.month:02d}",
        "n": str(local.month),
        "b": _MONTHS[local.month - 1],
        "d": f"{local.day:02d}",
        "e": str(local.day),
        "H": f"{local.hour:02d}",
        "h": str(local.hour),
        "M": f"{local.minute:02d}",
        "S": f"{local.second:02d}",
        "3": f"{local.microsecond // 1000:03d}",
        "a": _WEEKDAYS[local.weekday()],
    }
    return parts.get(sign, f"%{sign}")


def _format(scope: Scope, value: Value, pattern: Value) -> Value:
    moment = _any_time(scope, value)
    local = None if moment is None else moment.local()
    if local is None:
        return ""
    found: list[str] = []
    letters = iter(to_text(pattern))
    for letter in letters:
        found.append(_written(local, next(letters, "")) if letter == "%" else letter)
    return "".join(found)


TABLE: dict[str, Entry] = {
    "date": of_values(1, 1, _date),
    "date-time": of_values(1, 1, _date),
    "now": of_values(0, 0, _now),
    "today": of_values(0, 0, _today),
    "decimal-date-time": of_values(1, 1, _days),
    "decimal-time": of_values(1, 1, _part_of_day),
    "format-date": of_values(2, 2, _format),
    "format-date-time": of_values(2, 2, _format),
}
