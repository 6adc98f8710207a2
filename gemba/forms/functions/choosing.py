"""Functions on yes and no, and on answers with several choices (ODK XForms)."""

from __future__ import annotations

import math
from collections.abc import Sequence

from gemba.forms.functions.entry import Entry, of_texts, of_values
from gemba.forms.scope import Compiled, Scope
from gemba.forms.values import Value, to_number, to_text, to_truth


def _if(scope: Scope, given: Sequence[Compiled]) -> Value:
    return given[1](scope) if to_truth(given[0](scope)) else given[2](scope)


def _coalesce(scope: Scope, given: Sequence[Compiled]) -> Value:
    """The first value that says something; an empty text and NaN say nothing."""
    value: Value = ""
    for argument in given:
        value = argument(scope)
        if isinstance(value, float) and math.isnan(value):
            continue
        if to_text(value) != "":
            return value
    return value


def _once(scope: Scope, given: Sequence[Compiled]) -> Value:
    """What the question holds already; only if that is nothing, the value."""
    return scope.current.text() or to_text(given[0](scope))


def _from_string(_scope: Scope, value: Value) -> Value:
    return to_text(value) in ("1", "true")


def _truths(value: Value) -> list[bool]:
    """Of nodes, a yes for each that holds a text, as peers count; of anything else, itself."""
    if isinstance(value, list):
        return [node.text() != "" for node in value]
    return [to_truth(value)]


def _weights(scope: Scope, value: Value) -> list[float]:
    zone = scope.around.zone
    if isinstance(value, list):
        return [to_number(node.text(), zone) for node in value]
    return [to_number(value, zone)]


def _between(scope: Scope, total: float, least: Value, most: Value) -> bool:
    zone = scope.around.zone
    low, high = to_number(least, zone), to_number(most, zone)
    return (low == -1 or total >= low) and (high == -1 or total <= high)


def _checklist(scope: Scope, least: Value, most: Value, *values: Value) -> Value:
    total = sum(truth for value in values for truth in _truths(value))
    return _between(scope, float(total), least, most)


def _weighted(scope: Scope, least: Value, most: Value, *values: Value) -> Value:
    total = 0.0
    for one, weight in zip(values[::2], values[1::2], strict=False):
        for truth, weighs in zip(_truths(one), _weights(scope, weight), strict=False):
            total += weighs if truth else 0.0
    return _between(scope, total, least, most)


def _selected_at(scope: Scope, answer: Value, place: Value) -> Value:
    chosen = to_text(answer).split()
    number = to_number(place, scope.around.zone)
    if math.isnan(number) or not 0 <= number < len(chosen):
        return ""
    return chosen[int(number)]


TABLE: dict[str, Entry] = {
    "true": of_values(0, 0, lambda _scope: True),
    "false": of_values(0, 0, lambda _scope: False),
    "boolean": of_values(1, 1, lambda _scope, value: to_truth(value)),
    "not": of_values(1, 1, lambda _scope, value: not to_truth(value)),
    "boolean-from-string": of_values(1, 1, _from_string),
    "if": Entry(3, 3, _if),
    "coalesce": Entry(1, None, _coalesce),
    "once": Entry(1, 1, _once),
    "checklist": of_values(2, None, _checklist),
    "weighted-checklist": of_values(2, None, _weighted),
    "selected": of_texts(2, 2, lambda answer, choice: choice.strip() in answer.split()),
    "selected-at": of_values(2, 2, _selected_at),
    "count-selected": of_texts(1, 1, lambda answer: float(len(answer.split()))),
}
