"""The values of formulas and how one kind becomes another (XPath 1.0, section 4, and ODK XForms).

A value is True or False, a number, a text, a moment, or a list of nodes in document order. A text
that is an ISO date counts as days since 1970 where a number is wanted.
"""

from __future__ import annotations

import math
import re
from datetime import tzinfo

from gemba.forms.moments import Moment, read_moment
from gemba.forms.nodes import Node
from gemba.forms.trouble import FormulaError

Value = bool | float | str | Moment | list[Node]
NAN = math.nan
_NUMBER = re.compile(r"[ \t\r\n]*(-?(?:\d+(?:\.\d*)?|\.\d+))[ \t\r\n]*")


class Days(float):
    """What number() makes of a text that is a date: days with their part, whole when written."""


def to_text(value: Value) -> str:
    """The value as text; of nodes, the text of the first."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Days):
        return number_text(math.floor(value))
    if isinstance(value, float):
        return number_text(value)
    if isinstance(value, Moment):
        return value.text()
    return value[0].text() if value else ""


def to_number(value: Value, zone: tzinfo) -> float:
    """The value as a number; NaN for a text that is neither a number nor a date."""
    if isinstance(value, list):
        text = value[0].text() if value else ""
    elif isinstance(value, str):
        text = value
    elif isinstance(value, float):
        return value
    elif isinstance(value, bool):
        return 1.0 if value else 0.0
    else:
        return value.days
    if text.isascii() and text.isdigit():
        return float(text)
    match = _NUMBER.fullmatch(text)
    if match:
        return float(match.group(1))
    moment = read_moment(text, zone)
    return NAN if moment is None else moment.days


def to_truth(value: Value) -> bool:
    """The value as yes or no: nodes if there are any, texts if they are not empty."""
    if isinstance(value, bool):
        return value
    if isinstance(value, float):
        return value != 0 and not math.isnan(value)
    if isinstance(value, Moment):
        return not math.isnan(value.instant)
    return bool(value)


def to_nodes(value: Value) -> list[Node]:
    """The value if it is nodes; FormulaError for anything else."""
    if isinstance(value, list):
        return value
    raise FormulaError("formula.nodes", got=to_text(value))


def to_moment(value: Value, zone: tzinfo) -> Moment:
    """The value as a moment: an ISO text, or days since 1970; of instant NaN where it is none."""
    if isinstance(value, Moment):
        return value
    if isinstance(value, bool):
        return Moment(NAN, zone)
    if not isinstance(value, float):
        text = to_text(value)
        moment = read_moment(text, zone)
        if moment is not None:
            return moment
        value = to_number(text, zone)
    return Moment(value * 86_400_000, zone)


def number_text(number: float) -> str:
    """A number as XPath writes it: no exponent, no .0, "Infinity" and "NaN" by name."""
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if number == int(number) and abs(number) < 1e16:
        return str(int(number))
    text = repr(number)
    if "e" not in text:
        return text
    mantissa, _, power = text.partition("e")
    return _shifted(mantissa, int(power))


def _shifted(mantissa: str, power: int) -> str:
    """Digits with the point moved by a power of ten, written out."""
    sign = "-" if mantissa.startswith("-") else ""
    whole, _, part = mantissa.lstrip("-").partition(".")
    digits, point = whole + part, len(whole) + power
    if point <= 0:
        return f"{sign}0.{'0' * -point}{digits.rstrip('0')}"
    if point >= len(digits):
        return sign + digits.ljust(point, "0")
    return f"{sign}{digits[:point]}.{digits[point:]}".rstrip("0").rstrip(".")
