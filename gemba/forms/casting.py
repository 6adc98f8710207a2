"""How an answer is held in the instance, by the type its bind names (ODK XForms, data types)."""

from __future__ import annotations

from datetime import tzinfo

from gemba.forms.moments import read_moment
from gemba.forms.values import number_text, to_number


def held(kind: str, text: str, zone: tzinfo) -> str:
    """The text as a type holds it; nothing where it is no value of a number."""
    if not text:
        return ""
    if kind in ("int", "integer"):
        number = to_number(text, zone)
        return number_text(float(int(number))) if abs(number) < 2**63 else ""
    if kind == "decimal":
        number = to_number(text, zone)
        return "" if number != number else _decimal(number, text)
    if kind == "date":
        return _day(text, zone)
    if kind in ("geopoint", "geotrace", "geoshape"):
        return ";".join(_place(part) for part in text.split(";") if part.strip())
    return text


def _decimal(number: float, text: str) -> str:
    """As the peers write a decimal: a whole number with a point, too."""
    return f"{number_text(number)}.0" if number.is_integer() and "." not in text else text


def _place(text: str) -> str:
    """Latitude, longitude, height and accuracy, each written with its point."""
    try:
        numbers = [float(part) for part in text.split()]
    except ValueError:
        return text.strip()
    return " ".join(repr(number) for number in (*numbers, 0.0, 0.0)[: max(4, len(numbers))])


def _day(text: str, zone: tzinfo) -> str:
    moment = read_moment(text, zone)
    local = None if moment is None else moment.local()
    return text if local is None else local.date().isoformat()
