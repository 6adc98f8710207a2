"""The rules of a process sketch: what adds up to lead time and touch time, and what does not."""

from __future__ import annotations

from dataclasses import dataclass

from gemba.domain.figures.durations import read_minutes, time_text
from gemba.domain.figures.process import SORTS, Process, ProcessItem
from gemba.domain.figures.telling import Finding, Say, cut_short, plain_english, some_named


@dataclass(frozen=True, slots=True)
class Times:
    """What the items add up to, in minutes: all of it, hands on it, nobody at it.

    ``untimed`` items have no time, ``unread`` ones one that is none or below zero; neither is
    added. ``longest`` is the place of the longest wait among the items that say something.
    """

    lead: float
    touch: float
    timed: int
    untimed: int
    unread: int
    longest: int | None

    @property
    def waiting(self) -> float:
        """The time in which nobody works on it."""
        return self.lead - self.touch


def has_words(item: ProcessItem) -> bool:
    """Tell whether an item says anything at all."""
    return any(one.strip() for one in (item.what, item.who, item.time, item.stock))


def told_items(figure: Process) -> tuple[ProcessItem, ...]:
    """Return the items that say something, in their order."""
    return tuple(item for item in figure.items if has_words(item))


def hours_of(figure: Process) -> int:
    """Return how many hours a day is counted as; 24 where what is kept makes no sense."""
    return figure.day_hours if 1 <= figure.day_hours <= 24 else 24


def is_step(item: ProcessItem) -> bool:
    """Tell whether hands are on the work; a sort that is not known counts as a step."""
    return item.sort == "step" or item.sort not in SORTS


def minutes_of(figure: Process, item: ProcessItem) -> float | None:
    """Return the time of an item in minutes; None where there is none that can be added."""
    found = read_minutes(item.time, figure.unit, hours_of(figure))
    return None if found is None or found < 0 else found


def times(figure: Process) -> Times:
    """Add up the items of a process."""
    lead = touch = 0.0
    timed = untimed = unread = 0
    longest: int | None = None
    most = 0.0
    for place, item in enumerate(told_items(figure)):
        found = minutes_of(figure, item)
        if found is None:
            unread += bool(item.time.strip())
            untimed += not item.time.strip()
            continue
        timed += 1
        lead += found
        if is_step(item):
            touch += found
        elif found > most:
            longest, most = place, found
    return Times(lead, touch, timed, untimed, unread, longest)


def uses_days(figure: Process) -> bool:
    """Tell whether how long a day is matters to what is written."""
    day = 60 * hours_of(figure)
    found = times(figure)
    return found.lead >= day or any("d" in item.time or "w" in item.time for item in figure.items)


def process_findings(figure: Process) -> tuple[Finding, ...]:
    """Name times that are none or below zero, steps without a name, and items without a time
    where others have one. ``where`` is the id of the item."""
    found: list[Finding] = []
    timed = times(figure).timed
    for item in told_items(figure):
        cell = item.time.strip()
        minutes = read_minutes(cell, figure.unit, hours_of(figure))
        shown = cell if len(cell) <= 40 else cell[:40] + "…"
        if cell and minutes is None:
            found.append(Finding("process.not_a_time", item.id, {"cell": shown}))
        elif minutes is not None and minutes < 0:
            found.append(Finding("process.below_zero", item.id, {"cell": shown}))
        elif not cell and timed:
            found.append(Finding("process.ask_time", item.id))
        if is_step(item) and not item.what.strip():
            found.append(Finding("process.ask_what", item.id))
    return tuple(found)


def time_words(figure: Process, item: ProcessItem, say: Say = plain_english) -> str:
    """Return the time of an item as it is drawn; what was not understood with a question mark."""
    found = minutes_of(figure, item)
    if found is not None:
        return time_text(found, say, hours_of(figure))
    typed = " ".join(item.time.split())
    return f"{typed} ?" if typed else "?"


def sums_told(figure: Process, say: Say = plain_english) -> list[str]:
    """Say what the times add up to, and what could not be added; nothing without any time."""
    found = times(figure)
    if not found.timed and not found.unread:
        return []

    def written(minutes: float) -> str:
        return time_text(minutes, say, hours_of(figure))

    told = []
    if found.timed:
        told.append(say("process.lead", time=written(found.lead)))
        share = round(100 * found.touch / found.lead) if found.lead > 0 else None
        if share == 0 and found.touch > 0:
            told.append(say("process.touch_least", time=written(found.touch)))
        elif share is None:
            told.append(say("process.touch", time=written(found.touch)))
        else:
            told.append(say("process.touch_share", time=written(found.touch), share=share))
        told.append(say("process.waiting", time=written(found.waiting)))
    if found.untimed:
        told.append(say("process.untimed", count=found.untimed))
    if found.unread:
        told.append(say("process.unread", names=_unread_named(figure, say)))
    if found.timed and uses_days(figure):
        told.append(say("process.day", hours=hours_of(figure)))
    return told


def _unread_named(figure: Process, say: Say) -> str:
    """Name the times that were not added, each with what it is the time of."""
    named = []
    for item in told_items(figure):
        if item.time.strip() and minutes_of(figure, item) is None:
            what = " ".join(item.what.split())
            cell = f"“{cut_short(item.time)}”"
            named.append(f"{cut_short(what)} {cell}" if what else cell)
    return some_named(named, say)


def label_words(item: ProcessItem, say: Say = plain_english) -> str:
    """Return what stands over a wait, a queue or a handover."""
    what = " ".join(item.what.split())
    stock = " ".join(item.stock.split())
    if item.sort == "queue" and stock:
        return say("process.stock", what=what, count=stock) if what else stock
    return what


def process_told(figure: Process, say: Say = plain_english) -> list[str]:
    """Say a process in sentences: what it holds, each item, and the sums."""
    items = told_items(figure)
    if not items:
        return [say("process.empty")]
    steps = sum(is_step(item) for item in items)
    told = [say("process.described", steps=steps, others=len(items) - steps)]
    for item in items:
        sort = say(f"process.{item.sort}" if item.sort in SORTS else "process.step")
        words = label_words(item, say)
        parts = [f"{sort}: {words}" if words else sort]
        if item.who.strip():
            parts.append(" ".join(item.who.split()))
        if item.time.strip():
            parts.append(time_words(figure, item, say))
        told.append(", ".join(parts).rstrip(".") + ".")
    return [*told, *sums_told(figure, say)]
