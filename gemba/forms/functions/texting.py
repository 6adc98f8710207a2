"""Functions on texts (XPath 1.0, section 4.2, and ODK XForms)."""

from __future__ import annotations

import math

from gemba.forms.functions.entry import Entry, of_texts, of_values
from gemba.forms.pattern import search
from gemba.forms.scope import Scope
from gemba.forms.values import Value, to_number, to_text


def _string(scope: Scope, value: Value | None = None) -> Value:
    return scope.node.text() if value is None else to_text(value)


def _length(scope: Scope, value: Value | None = None) -> Value:
    return float(len(to_text(_string(scope, value))))


def _normal(scope: Scope, value: Value | None = None) -> Value:
    text = to_text(_string(scope, value))
    for letter in "\t\r\n":
        text = text.replace(letter, " ")
    return " ".join(part for part in text.split(" ") if part)


def _every_text(values: tuple[Value, ...]) -> list[str]:
    found: list[str] = []
    for value in values:
        if isinstance(value, list):
            found.extend(node.text() for node in value)
        else:
            found.append(to_text(value))
    return found


def _concat(_scope: Scope, *values: Value) -> Value:
    return "".join(_every_text(values))


def _join(_scope: Scope, between: Value, *values: Value) -> Value:
    return to_text(between).join(_every_text(values))


def _before(text: str, mark: str) -> str:
    head, found, _ = text.partition(mark) if mark else ("", "", "")
    return head if found else ""


def _after(text: str, mark: str) -> str:
    if not mark:
        return text
    return text.partition(mark)[2]


def _rounded(number: float) -> float:
    return math.floor(number + 0.5) if math.isfinite(number) else number


def _substring(scope: Scope, text: Value, start: Value, length: Value | None = None) -> Value:
    """Letters from the start-th on, both rounded (XPath 1.0, section 4.2)."""
    zone = scope.around.zone
    first = _rounded(to_number(start, zone))
    end = math.inf if length is None else first + _rounded(to_number(length, zone))
    letters = to_text(text)
    return "".join(letter for place, letter in enumerate(letters, 1) if first <= place < end)


def _substr(scope: Scope, text: Value, start: Value, end: Value | None = None) -> Value:
    """Letters from start up to end, counted from 0, from the end of the text where negative."""
    letters = to_text(text)
    zone = scope.around.zone
    first = _index(to_number(start, zone), len(letters))
    last = len(letters) if end is None else _index(to_number(end, zone), len(letters))
    return letters[first:last]


def _index(number: float, length: int) -> int:
    if math.isnan(number):
        return 0
    if math.isinf(number):
        return length if number > 0 else 0
    place = int(number)
    return max(0, length + place) if place < 0 else min(place, length)


def _translate(text: str, old: str, new: str) -> str:
    table: dict[int, str | None] = {}
    for place, letter in enumerate(old):
        table.setdefault(ord(letter), new[place] if place < len(new) else None)
    return text.translate(table)


TABLE: dict[str, Entry] = {
    "string": of_values(0, 1, _string),
    "concat": of_values(0, None, _concat),
    "join": of_values(1, None, _join),
    "starts-with": of_texts(2, 2, lambda text, part: text.startswith(part)),
    "ends-with": of_texts(2, 2, lambda text, part: text.endswith(part)),
    "contains": of_texts(2, 2, lambda text, part: part in text),
    "substring-before": of_texts(2, 2, _before),
    "substring-after": of_texts(2, 2, _after),
    "substring": of_values(2, 3, _substring),
    "substr": of_values(2, 3, _substr),
    "string-length": of_values(0, 1, _length),
    "normalize-space": of_values(0, 1, _normal),
    "translate": of_texts(3, 3, _translate),
    "regex": of_texts(2, 2, lambda text, pattern: search(pattern, text)),
}
