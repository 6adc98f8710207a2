"""Before and after side by side: two photos, or two charts on one scale."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Final

from gemba.domain.figures.photo import PhotoFigure
from gemba.domain.figures.place import Place
from gemba.domain.figures.run_chart import RunChart, changes_in_order, in_order, value_scale, whole
from gemba.domain.figures.telling import Say, number_text, plain_english, short_date, with_unit

SIDES: Final = ("before", "after")

Half = PhotoFigure | RunChart


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """What it looked like, or how it went, before and after; None where nothing is there yet."""

    kind: ClassVar[str] = "pair"
    id: str
    caption: str = ""
    place: Place = Place()
    before: PhotoFigure | RunChart | None = None
    after: PhotoFigure | RunChart | None = None


def halves(pair: Pair) -> tuple[Half | None, Half | None]:
    """Return before and after as they are drawn: two charts share their scale and their goal."""
    one, other = pair.before, pair.after
    if not (isinstance(one, RunChart) and isinstance(other, RunChart)):
        return one, other
    goal, words = other.goal, other.goal_label
    if goal is None:
        goal, words = one.goal, one.goal_label
    charts = [replace(half, goal=goal, goal_label=words) for half in (one, other)]
    drawn = [half for half in charts if any(r.value is not None for r in half.readings)]
    if len(drawn) == 2:
        scales = [value_scale(half) for half in charts]
        # A scale may leave out what is smaller than its lines; one of two would then be drawn anew.
        values = [r.value for half in charts for r in half.readings if r.value is not None]
        values += [] if goal is None else [goal]
        low = min(*(one.low for one in scales), *values)
        high = max(*(one.high for one in scales), *values)
        charts = [replace(half, low=low, high=high) for half in charts]
    return charts[0], charts[1]


def heading(pair: Pair, side: str, say: Say = plain_english) -> str:
    """Return what stands over a side: before or after, and its caption or its days."""
    half = pair.before if side == "before" else pair.after
    what = half.caption.strip() if half is not None else ""
    if not what and isinstance(half, RunChart) and half.readings:
        readings = in_order(half)
        years = readings[0].on.year != readings[-1].on.year
        first, last = (short_date(r.on, year=years) for r in (readings[0], readings[-1]))
        what = say("pair.days", first=first, last=last) if first != last else first
    return say(f"pair.{side}_of", what=what) if what else say(f"pair.{side}")


def split_at(chart: RunChart, day: date, id: str) -> Pair:
    """Return a chart as two: its readings before a day, and those from that day on."""
    readings = in_order(chart)
    marks = changes_in_order(chart)
    parts = []
    for side, at_first in zip(SIDES, (True, False), strict=True):
        parts.append(
            replace(
                chart,
                id=f"{id}-{side}",
                caption="",
                place=Place(),
                readings=tuple(one for one in readings if (one.on < day) is at_first),
                changes=tuple(one for one in marks if one.on != day and (one.on < day) is at_first),
                frozen=False,
                baseline=None,
                unread=(),
                unread_changes=(),
            )
        )
    return Pair(id=id, caption=chart.caption, before=parts[0], after=parts[1])


def photos_in(pair: Pair) -> set[str]:
    """Return the hashes of the photos of a pair."""
    found = (half.photo for half in (pair.before, pair.after) if isinstance(half, PhotoFigure))
    return {one for one in found if one}


def moved_told(pair: Pair, say: Say = plain_english) -> list[str]:
    """Say from which median to which two charts of one unit went."""
    one, other = pair.before, pair.after
    if not (isinstance(one, RunChart) and isinstance(other, RunChart)) or one.unit != other.unit:
        return []
    medians = (whole(one).median, whole(other).median)
    if medians[0] is None or medians[1] is None:
        return []
    first, last = (with_unit(number_text(value or 0.0), one.unit) for value in medians)
    return [say("pair.moved", before=first, after=last)]


def doubt_told(pair: Pair, say: Say = plain_english) -> list[str]:
    """Say what keeps two sides from being compared."""
    one, other = pair.before, pair.after
    if one is None or other is None:
        return []
    if type(one) is not type(other):
        return [say("pair.unlike")]
    if isinstance(one, RunChart) and isinstance(other, RunChart) and one.unit != other.unit:
        units = (one.unit or "–", other.unit or "–")
        return [say("pair.units", before=units[0], after=units[1])]
    return []
