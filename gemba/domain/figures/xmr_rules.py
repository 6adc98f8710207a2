"""Rules that find in an XmR chart what stable work seldom shows.

n1 to n8 are those of Nelson (Journal of Quality Technology 16:237, 1984); n1, n5, n6 and w8 are
the four of the Western Electric handbook (1956). Each window is that of the source.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from gemba.domain.figures.xmr import Limits, moving_ranges

RULES: Final = ("n1", "n2", "n3", "n4", "n5", "n6", "n7", "n8", "w8", "range")
"""All rules, in the order in which they are offered."""
DEFAULT_RULES: Final = ("n1", "n2")
NELSON: Final = RULES[:8]
WESTERN_ELECTRIC: Final = ("n1", "n5", "n6", "w8")


@dataclass(frozen=True, slots=True)
class Hit:
    """One signal: the rule, and the first and last value that make it, by their index."""

    rule: str
    first: int
    last: int


def find(values: Sequence[float], limits: Limits, rules: Collection[str]) -> tuple[Hit, ...]:
    """Return what the rules find in values, in order of time, against limits.

    A pattern that goes on is one signal. Limits that are not usable find nothing.
    """
    if not limits.usable:
        return ()
    away = [limits.away(value) for value in values]
    found: list[Hit] = []
    for rule in RULES:
        if rule not in rules:
            continue
        if rule == "range":
            limit = limits.range_limit or 0.0
            ends = [at for at, one in enumerate(moving_ranges(values), 1) if one > limit]
            found += [Hit(rule, at - 1, at) for at in ends]
        else:
            length, fires = _WINDOWS[rule]
            found += _joined(rule, length, [at for at in range(len(away)) if fires(away, at)])
    return tuple(sorted(found, key=lambda hit: (hit.last, RULES.index(hit.rule))))


def _joined(rule: str, length: int, ends: Sequence[int]) -> list[Hit]:
    """Join patterns that end at neighbouring values into one signal each."""
    found: list[Hit] = []
    for at in ends:
        if found and length > 1 and at == found[-1].last + 1:
            found[-1] = Hit(rule, found[-1].first, at)
        else:
            found.append(Hit(rule, max(0, at - length + 1), at))
    return found


Fires = Callable[[Sequence[float], int], bool]


def _run(length: int) -> Fires:
    """All of so many values on one side of the mean."""

    def fires(away: Sequence[float], at: int) -> bool:
        part = away[at - length + 1 : at + 1] if at + 1 >= length else ()
        return bool(part) and (all(one > 0 for one in part) or all(one < 0 for one in part))

    return fires


def _trend(away: Sequence[float], at: int) -> bool:
    """Six values each above, or each below, the one before."""
    if at < 5:
        return False
    steps = list(pairwise(away[at - 5 : at + 1]))
    return all(b > a for a, b in steps) or all(b < a for a, b in steps)


def _alternating(away: Sequence[float], at: int) -> bool:
    """Fourteen values that go up and down in turn."""
    if at < 13:
        return False
    steps = [b - a for a, b in pairwise(away[at - 13 : at + 1])]
    return all((a > 0 > b) or (a < 0 < b) for a, b in pairwise(steps))


def _most_beyond(count: int, length: int, far: float) -> Fires:
    """The last value and so many in all of the last few lie beyond a distance on one side."""

    def fires(away: Sequence[float], at: int) -> bool:
        if abs(away[at]) <= far:
            return False
        side = 1 if away[at] > 0 else -1
        part = away[max(0, at - length + 1) : at + 1]
        return sum(one * side > far for one in part) >= count

    return fires


def _hugging(away: Sequence[float], at: int) -> bool:
    """Fifteen values within one standard deviation of the mean."""
    return at >= 14 and all(abs(one) < 1 for one in away[at - 14 : at + 1])


def _avoiding(away: Sequence[float], at: int) -> bool:
    """Eight values on both sides, none within one standard deviation of the mean."""
    part = away[at - 7 : at + 1] if at >= 7 else ()
    return bool(part) and all(abs(one) > 1 for one in part) and min(part) < 0 < max(part)


_WINDOWS: Final[dict[str, tuple[int, Fires]]] = {
    "n1": (1, lambda away, at: abs(away[at]) > 3),
    "n2": (9, _run(9)),
    "n3": (6, _trend),
    "n4": (14, _alternating),
    "n5": (3, _most_beyond(2, 3, 2.0)),
    "n6": (5, _most_beyond(4, 5, 1.0)),
    "n7": (15, _hugging),
    "n8": (8, _avoiding),
    "w8": (8, _run(8)),
}
