"""The rules of a Pareto: which bar stands where, what they add up to, and what is odd."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import isfinite
from sys import float_info
from typing import Final

from gemba.domain.figures.pareto import AMOUNTS, Bar, Pareto
from gemba.domain.figures.telling import Finding, exact_number

MOST_BARS: Final = 12
"""More bars than this are joined into "other": what is small does not need a line of its own."""
_FEW: Final = 0.8
_OTHER: Final = frozenset(
    {
        "other", "others", "all other", "all others", "rest", "the rest", "misc", "miscellaneous",
        "andere", "sonstige", "sonstiges", "übrige", "autre", "autres", "otro", "otros", "otras",
        "altro", "altri", "overig", "overige", "anders", "inne", "outros", "その他", "其他",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ranked:
    """One bar as it is drawn: its value, its value after, and how much it makes with all before.

    ``joined`` is how many rows stand behind it; it is not ``counted`` where there is no number
    before, only one after; ``size`` and ``after_size`` are shares of the
    total before, ``cumulative`` is a share of 1.
    """

    label: str
    value: float
    after: float | None
    size: float
    after_size: float
    cumulative: float
    joined: int = 1
    other: bool = False
    counted: bool = True


@dataclass(frozen=True, slots=True)
class Ranking:
    """All bars of a Pareto in order, and the sums of before and after; None where they are too
    large to be a number. ``few`` is how many bars make four fifths, 0 where nothing was counted."""

    bars: tuple[Ranked, ...]
    total: float | None
    total_after: float | None
    few: int

    @property
    def telling(self) -> bool:
        """Tell whether few of many make most of it."""
        return 0 < 2 * self.few <= len(self.bars) + 1


def is_other(label: str) -> bool:
    """Tell whether a label says that it stands for all the rest."""
    return " ".join(label.split()).casefold().rstrip(".:") in _OTHER


@dataclass(slots=True)
class _Sum:
    label: str
    value: float = 0.0
    after: float | None = None
    joined: int = 0
    counted: bool = False


def rank(figure: Pareto, most: int = MOST_BARS) -> Ranking:
    """Return the bars from the largest to the smallest, "other" last whatever its size.

    Rows of the same name are added up; equal ones keep their order. Rows without a number, and
    those below zero, have no bar. Bars over ``most`` are joined into "other".
    """
    sums, rest = _sums(figure)
    ordered = sorted(sums, key=lambda one: -one.value)
    room = most - 1 if rest is not None or len(ordered) > most else most
    if len(ordered) > room:
        rest = rest or _Sum("")
        for one in ordered[room:]:
            _add(rest, one.value if one.counted else None, one.after, one.joined)
        ordered = ordered[:room]
    every = [*ordered, rest] if rest is not None else ordered
    unit = max((max(one.value, one.after or 0.0) for one in every), default=0.0) or 1.0
    whole = sum(one.value / unit for one in every)
    scale = whole or sum((one.after or 0.0) / unit for one in every) or 1.0
    bars: list[Ranked] = []
    reached = 0.0
    for one in every:
        reached += one.value / unit
        bars.append(
            Ranked(
                one.label,
                one.value,
                one.after if figure.compares else None,
                one.value / unit / scale,
                (one.after or 0.0) / unit / scale if figure.compares else 0.0,
                min(1.0, reached / whole) if whole else 0.0,
                one.joined,
                one is rest,
                one.counted,
            )
        )
    few = next((n for n, bar in enumerate(bars, 1) if bar.cumulative >= _FEW - 1e-9), 0)
    total = _finite(sum(one.value for one in every))
    after = _finite(sum((one.after or 0.0) for one in every)) if figure.compares else None
    return Ranking(tuple(bars), total, after, few)


def _sums(figure: Pareto) -> tuple[list[_Sum], _Sum | None]:
    """Add up the rows of each name, and apart from them those of "other"."""
    found: dict[str, _Sum] = {}
    rest: _Sum | None = None
    for bar in figure.bars:
        value = value_drawn(getattr(bar, field_of(figure, "")))
        after = value_drawn(getattr(bar, field_of(figure, "_after"))) if figure.compares else None
        if value is None and after is None:
            continue
        label = " ".join(bar.label.split())
        if is_other(label):
            rest = rest or _Sum(label)
            _add(rest, value, after, 1)
        else:
            _add(found.setdefault(label.casefold(), _Sum(label)), value, after, 1)
    return list(found.values()), rest


def field_of(figure: Pareto, when: str) -> str:
    """Return the field that is drawn; ``when`` is "" or "_after"."""
    return f"{'cost' if figure.by == 'cost' else 'count'}{when}"


def value_drawn(value: float | None) -> float | None:
    """Return a number that can have a bar: not missing and not below zero; else None."""
    return value if value is not None and isfinite(value) and value >= 0 else None


def _add(to: _Sum, value: float | None, after: float | None, joined: int) -> None:
    # Two of the largest numbers make infinity, which has no place on any scale.
    to.value = min(to.value + (value or 0.0), float_info.max)
    to.counted = to.counted or value is not None
    if after is not None:
        to.after = min((to.after or 0.0) + after, float_info.max)
    to.joined += joined


def _finite(value: float) -> float | None:
    return value if isfinite(value) else None


def with_tally(figure: Pareto, labels: Iterable[str]) -> Pareto:
    """Return the Pareto with how often each label comes; rows of these names get a new count,
    all other rows stay as they are."""
    counts: dict[str, int] = {}
    written: dict[str, str] = {}
    for label in labels:
        key = " ".join(label.split()).casefold()
        counts[key] = counts.get(key, 0) + 1
        written.setdefault(key, " ".join(label.split()))
    bars = []
    for bar in figure.bars:
        count = counts.pop(" ".join(bar.label.split()).casefold(), None)
        unread = tuple(one for one in bar.unread if count is None or one.field != "count")
        bars.append(bar if count is None else replace(bar, count=count, unread=unread))
    bars += [Bar(label=written[key], count=count) for key, count in counts.items()]
    return replace(figure, bars=tuple(bars))


def without_counted(figure: Pareto, labels: Iterable[str]) -> Pareto:
    """Return the Pareto without the rows of these names that hold nothing but a count."""
    gone = {" ".join(label.split()).casefold() for label in labels}
    bars = tuple(
        bar
        for bar in figure.bars
        if " ".join(bar.label.split()).casefold() not in gone
        or replace(bar, count=None) != Bar(label=bar.label)
    )
    return replace(figure, bars=bars)


def pareto_findings(figure: Pareto) -> tuple[Finding, ...]:
    """Name what of each row was not understood or cannot be drawn, cell by cell.

    ``where`` is the row, from 0, and after a colon the field.
    """
    found: list[Finding] = []
    seen: dict[str, int] = {}
    for number, bar in enumerate(figure.bars):
        if number == 0 and _is_heading(bar):
            found.append(Finding("paste.heading", "0:label"))
            continue
        row = number + 1
        for entry in bar.unread:
            values = {"row": row, "cell": entry.text.strip()}
            found.append(Finding("paste.value", f"{number}:{entry.field}", values))
        for name in AMOUNTS:
            value = getattr(bar, name)
            if value is not None and not value >= 0:
                values = {"row": row, "cell": exact_number(value)}
                found.append(Finding("pareto.negative", f"{number}:{name}", values))
        label = " ".join(bar.label.split()).casefold()
        if not label and any(getattr(bar, name) is not None for name in AMOUNTS):
            found.append(Finding("pareto.no_name", f"{number}:label", {"row": row}))
        elif label and label in seen and not is_other(label):
            values = {"what": " ".join(bar.label.split()), "row": seen[label], "other": row}
            found.append(Finding("pareto.twice", f"{number}:label", values))
        seen.setdefault(label, row)
    return tuple(found)


def _is_heading(bar: Bar) -> bool:
    return bool(bar.label.strip() and bar.unread) and all(
        getattr(bar, name) is None for name in AMOUNTS
    )
