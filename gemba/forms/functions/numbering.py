"""Functions on numbers (XPath 1.0, section 4.4, and ODK XForms)."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from decimal import ROUND_FLOOR, Decimal, localcontext

from gemba.forms.functions.entry import Entry, of_numbers, of_values
from gemba.forms.moments import Moment, read_moment
from gemba.forms.nodes import Node
from gemba.forms.scope import Scope
from gemba.forms.values import NAN, Days, Value, to_nodes, to_number, to_text

_MOST_PLACES = 300  # more places than a number of 64 bits can have
_POWER = re.compile(r"-?\d+(?:\.\d*)?[eE][+-]?\d{1,3}")


def _tried(work: Callable[..., float]) -> Callable[..., float]:
    """NaN where a function has no value, infinity where it grows out of bounds."""

    def safe(*numbers: float) -> float:
        try:
            result = work(*numbers)
        except ValueError:
            return NAN
        except OverflowError:
            return math.inf
        return float(result)

    return safe


def _floor(number: float) -> float:
    return float(math.floor(number)) if math.isfinite(number) else number


def _ceiling(number: float) -> float:
    if not math.isfinite(number):
        return number
    return math.copysign(float(math.ceil(number)), number) if number else number


def _int(scope: Scope, value: Value) -> Value:
    """The whole part; alone among the functions it reads a power of ten such as 7.9e-12."""
    number = to_number(value, scope.around.zone)
    if math.isnan(number) and not isinstance(value, float) and _POWER.fullmatch(to_text(value)):
        number = float(to_text(value))
    return float(math.trunc(number)) if math.isfinite(number) else number


def _round(number: float, places: float = 0.0) -> float:
    """The nearest number with so many places, halves upwards; places may be negative."""
    if not math.isfinite(number) or number == 0:
        return number
    if math.isnan(places):
        return NAN
    digits = int(max(-_MOST_PLACES, min(_MOST_PLACES, places)))
    with localcontext() as context:
        context.prec = 700
        scaled = Decimal(repr(number)).scaleb(digits) + Decimal("0.5")
        whole = scaled.to_integral_value(rounding=ROUND_FLOOR)
        return math.copysign(float(whole.scaleb(-digits)), number)


def _pow(base: float, power: float) -> float:
    if math.isnan(base) or math.isnan(power):
        return NAN
    if base == 0 and power < 0:
        return math.inf
    return math.pow(base, power)


def _log(number: float) -> float:
    return -math.inf if number == 0 else math.log(number)


def _log10(number: float) -> float:
    return -math.inf if number == 0 else math.log10(number)


def _every_number(scope: Scope, values: tuple[Value, ...]) -> list[float]:
    zone = scope.around.zone
    found: list[float] = []
    for value in values:
        if isinstance(value, list):
            found.extend(to_number(node.text(), zone) for node in value)
        else:
            found.append(to_number(value, zone))
    return found


def _least(scope: Scope, *values: Value) -> Value:
    numbers = _every_number(scope, values)
    return NAN if not numbers or any(map(math.isnan, numbers)) else min(numbers)


def _most(scope: Scope, *values: Value) -> Value:
    numbers = _every_number(scope, values)
    return NAN if not numbers or any(map(math.isnan, numbers)) else max(numbers)


def _sum(scope: Scope, value: Value) -> Value:
    nodes: list[Node] = to_nodes(value)
    return sum((to_number(node.text(), scope.around.zone) for node in nodes), 0.0)


def _number(scope: Scope, value: Value | None = None) -> Value:
    """A number; what was read from a date is written as whole days, as Web Forms does."""
    zone = scope.around.zone
    number = to_number(scope.node.text() if value is None else value, zone)
    if not isinstance(value, Moment | float | bool):
        text = scope.node.text() if value is None else to_text(value)
        if read_moment(text, zone) is not None:
            return Days(number)
    return number


TABLE: dict[str, Entry] = {
    "number": of_values(0, 1, _number),
    "sum": of_values(1, 1, _sum),
    "min": of_values(1, None, _least),
    "max": of_values(1, None, _most),
    "floor": of_numbers(1, 1, _floor),
    "ceiling": of_numbers(1, 1, _ceiling),
    "round": of_numbers(1, 2, _round),
    "int": of_values(1, 1, _int),
    "abs": of_numbers(1, 1, abs),
    "pow": of_numbers(2, 2, _tried(_pow)),
    "pi": of_numbers(0, 0, lambda: math.pi),
    "sqrt": of_numbers(1, 1, _tried(math.sqrt)),
    "exp": of_numbers(1, 1, _tried(math.exp)),
    "exp10": of_numbers(1, 1, _tried(lambda power: math.pow(10.0, power))),
    "log": of_numbers(1, 1, _tried(_log)),
    "log10": of_numbers(1, 1, _tried(_log10)),
    "sin": of_numbers(1, 1, _tried(math.sin)),
    "cos": of_numbers(1, 1, _tried(math.cos)),
    "tan": of_numbers(1, 1, _tried(math.tan)),
    "asin": of_numbers(1, 1, _tried(math.asin)),
    "acos": of_numbers(1, 1, _tried(math.acos)),
    "atan": of_numbers(1, 1, _tried(math.atan)),
    "atan2": of_numbers(2, 2, _tried(math.atan2)),
}
