"""Equal, unequal, smaller, larger (XPath 1.0, section 3.4), with moments among them."""

from __future__ import annotations

import operator
from collections.abc import Callable
from datetime import tzinfo

from gemba.forms.moments import Moment, read_moment
from gemba.forms.values import Value, to_number, to_text, to_truth

_SIZES: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def compare(sign: str, left: Value, right: Value, zone: tzinfo) -> bool:
    """Whether the comparison holds; of nodes, whether it holds for any of them."""
    if sign in _SIZES:
        return _larger(_SIZES[sign], left, right, zone)
    return _equal(sign == "=", left, right, zone)


def _larger(sign: Callable[[float, float], bool], left: Value, right: Value, zone: tzinfo) -> bool:
    lefts, rights = _numbers(left, zone), _numbers(right, zone)
    # The standard would compare nodes with yes or no as one yes or no; the peers compare each node.
    return any(sign(one, other) for one in lefts for other in rights)


def _numbers(value: Value, zone: tzinfo) -> list[float]:
    if isinstance(value, list):
        return [to_number(node.text(), zone) for node in value]
    return [to_number(value, zone)]


def _equal(wanted: bool, left: Value, right: Value, zone: tzinfo) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return (to_truth(left) == to_truth(right)) is wanted
    if isinstance(left, list) and isinstance(right, list):
        texts = [node.text() for node in right]
        if wanted:
            return not {node.text() for node in left}.isdisjoint(texts)
        return any(node.text() != text for node in left for text in texts)
    if isinstance(left, list):
        return any(_same(node.text(), right, zone) is wanted for node in left)
    if isinstance(right, list):
        return any(_same(node.text(), left, zone) is wanted for node in right)
    return _same(left, right, zone) is wanted


def _same(left: Value, right: Value, zone: tzinfo) -> bool:
    if isinstance(left, Moment) or isinstance(right, Moment):
        return _instant(left, zone) == _instant(right, zone)
    if isinstance(left, float) or isinstance(right, float):
        return to_number(left, zone) == to_number(right, zone)
    return to_text(left) == to_text(right)


def _instant(value: Value, zone: tzinfo) -> float:
    if isinstance(value, Moment):
        return value.instant
    if isinstance(value, str):
        moment = read_moment(value, zone)
        if moment is not None:
            return moment.instant
    return to_number(value, zone) * 86_400_000
