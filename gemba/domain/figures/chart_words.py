"""What a run chart or an XmR chart says in sentences, and its verdict: a signal or none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from gemba.domain.figures.false_alarms import READINGS, false_alarms
from gemba.domain.figures.pasted import is_gap, read_number
from gemba.domain.figures.run_chart import (
    Phase,
    Reading,
    RunChart,
    UnreadRow,
    changes_in_order,
    in_order,
    lower_drawn,
    phases,
    whole,
)
from gemba.domain.figures.runs import FALSE_ALARMS, FALSE_ALARMS_FROZEN, LEAST, Runs
from gemba.domain.figures.scale import LARGEST
from gemba.domain.figures.telling import (
    Say,
    number_text,
    plain_english,
    row_named,
    short_date,
    some_named,
    with_unit,
)
from gemba.domain.figures.xmr import FIRM, Limits
from gemba.domain.figures.xmr import LEAST as LEAST_FOR_LIMITS
from gemba.domain.figures.xmr_rules import RULES, Hit

_SIGNALS: Final = 3
"""So many signals are named in one sentence; of more it says how many."""


def chart_words(chart: RunChart) -> list[str]:
    """Return every piece of text a person wrote in a chart, for the search."""
    found = [chart.unit, chart.goal_label, *(mark.label for mark in chart.changes)]
    found += [reading.note for reading in chart.readings if reading.note]
    unread = (*chart.unread, *chart.unread_changes)
    found += [one.text for one in chart.unread_fields]
    return [*found, *(part for row in unread for part in (row.on, row.value, row.note))]


def chart_told(chart: RunChart, say: Say = plain_english) -> list[str]:
    """Return what a chart shows in sentences, for those who do not see it."""
    readings = in_order(chart)
    values = [r.value for r in readings if r.value is not None]
    if not values:
        return [say("run_chart.empty"), *unread_told(chart, say)]
    first, last = (short_date(r.on, year=True) for r in (readings[0], readings[-1]))
    key = "xmr.described" if chart.method == "limits" else "run_chart.described"
    told = [say(key, count=len(values), first=first, last=last)]
    if len(values) < len(readings):
        told.append(say("run_chart.gaps", count=len(readings) - len(values)))
    low, high, final = (_written(chart, v) for v in (min(values), max(values), values[-1]))
    told.append(say("run_chart.range", low=low, high=high, final=final))
    if chart.goal is not None:
        told.append(say("run_chart.goal", goal=_written(chart, chart.goal)))
    told += [
        say("run_chart.change", on=short_date(mark.on), label=mark.label)
        for mark in changes_in_order(chart)
    ]
    told += [
        say("run_chart.note", on=short_date(r.on), note=r.note.strip().rstrip("."))
        for r in readings
        if r.note.strip()
    ]
    told += [*unread_told(chart, say), *too_large_told(chart, say)]
    if chart.method == "limits":
        return list(dict.fromkeys([*told, *limits_told(chart, say), verdict(chart, say)]))
    return [*told, *_medians(chart, readings, say), verdict(chart, say)]


def _written(chart: RunChart, value: float) -> str:
    return with_unit(number_text(value), chart.unit)


def _medians(chart: RunChart, readings: Sequence[Reading], say: Say) -> list[str]:
    stretches = phases(chart)
    told = []
    for phase in stretches:
        if phase.median is None:
            continue
        middle = _written(chart, phase.median)
        if phase.carried:
            day = short_date(readings[phase.base].on)
            told.append(say("run_chart.median_before", first=day, median=middle))
        elif len(stretches) == 1:
            told.append(say("run_chart.median", median=middle))
        else:
            day = short_date(readings[phase.first].on)
            told.append(say("run_chart.median_from", first=day, median=middle))
    return told


def unread_told(chart: RunChart, say: Say = plain_english) -> list[str]:
    """Name the rows that were not understood, a heading left out; nothing where all were."""
    rows = [row for row in chart.unread if row.at or not (row.on.strip() and row.value.strip())]
    rows += chart.unread_changes
    names = [row_named(row.at + 1, _odd_cell(row), say) for row in rows]
    return [say("run_chart.not_understood", names=some_named(names, say))] if rows else []


def _odd_cell(row: UnreadRow) -> str:
    """Return the cell that keeps a row from being read: its value where that is no number."""
    value = row.value.strip()
    if value and row.on.strip() and not is_gap(value) and read_number(value) is None:
        return value
    return row.on.strip() or value or row.note.strip()


def too_large_told(chart: RunChart, say: Say = plain_english) -> list[str]:
    """Say how many readings lie beyond any scale; nothing where none does."""
    count = sum(r.value is not None and abs(r.value) > LARGEST for r in chart.readings)
    return [say("run_chart.too_large", count=count)] if count else []


def limits_told(chart: RunChart, say: Say = plain_english) -> list[str]:
    """Say from how many readings the limits come and where they lie, or why there are none."""
    readings, found = in_order(chart), phases(chart)
    least = min((r.value for r in readings if r.value is not None), default=0.0)
    told: list[str] = []
    for number, phase in enumerate(found):
        limits = phase.limits
        if limits is None:
            continue
        if limits.upper is None:
            told.append(_no_limits(chart, phase, limits, say))
            continue
        low = lower_drawn(limits, least)
        values: dict[str, object] = {
            "mean": _written(chart, limits.sensible(limits.mean)),
            "upper": _written(chart, limits.sensible(limits.upper)),
            "count": limits.count,
            "first": short_date(readings[phase.first].on),
        }
        key = "xmr.limits"
        if low is None:
            key = "xmr.no_lower"
        else:
            values["lower"] = _written(chart, limits.sensible(low))
        told.append(say(key if number == 0 else f"{key}_from", **values))
        middle, limit = limits.sensible(limits.range_mean), limits.sensible(limits.range_limit or 0)
        told.append(say("xmr.range", mean=_written(chart, middle), limit=_written(chart, limit)))
        if phase.carried:
            told.append(say("xmr.carried", first=short_date(readings[phase.base].on)))
        if not limits.firm:
            told.append(say("xmr.not_firm", count=limits.count, firm=FIRM))
    return told


def _no_limits(chart: RunChart, phase: Phase, limits: Limits, say: Say) -> str:
    if limits.count < LEAST_FOR_LIMITS:
        return say("xmr.too_few", count=limits.count, least=LEAST_FOR_LIMITS)
    readings = in_order(chart)[phase.first : phase.base]
    values = [r.value for r in readings if r.value is not None]
    if max(values) - min(values) <= abs(limits.mean) * 1e-12:
        return say("xmr.all_equal", count=limits.count, value=_written(chart, limits.mean))
    return say("xmr.too_large")


def verdict(chart: RunChart, say: Say = plain_english) -> str:
    """Say in one sentence whether a chart shows a signal, none, or has too few readings."""
    if not any(reading.value is not None for reading in chart.readings):
        return say("run_chart.empty")
    return _limits_verdict(chart, say) if chart.method == "limits" else _runs(chart, say)


def _runs(chart: RunChart, say: Say) -> str:
    phase = whole(chart)
    runs = phase.runs
    if runs is None:
        return say("run_chart.empty")
    if not runs.enough:
        return say("run_chart.too_few", count=runs.useful, least=LEAST)
    before = short_date(in_order(chart)[phase.base].on) if phase.carried else ""
    if not runs.signal:
        key = "run_chart.no_signal_before" if before else "run_chart.no_signal"
        return say(key, **({"first": before} if before else {}))
    why = _why_signal(runs, say)
    if before:
        return say("run_chart.signal_before", why=why, first=before)
    return say("run_chart.signal", why=why)


def _why_signal(runs: Runs, say: Say) -> str:
    reasons = []
    if runs.long_run:
        longest, allowed = runs.longest, runs.longest_allowed
        reasons.append(say("run_chart.long_run", longest=longest, allowed=allowed))
    if runs.few_crossings:
        crossings, least = runs.crossings, runs.least_crossings
        reasons.append(say("run_chart.few_crossings", crossings=crossings, least=least))
    if len(reasons) == 1:
        return reasons[0]
    return say("run_chart.and", one=reasons[0], other=reasons[1])


def _limits_verdict(chart: RunChart, say: Say) -> str:
    judged = [phase for phase in phases(chart) if phase.limits is not None]
    usable = [phase for phase in judged if phase.limits is not None and phase.limits.usable]
    if not usable:
        told = [_no_limits(chart, phase, phase.limits, say) for phase in judged if phase.limits]
        none = say("xmr.too_few", count=0, least=LEAST_FOR_LIMITS)
        return " ".join(dict.fromkeys(told)) or none
    if not any(rule in RULES for rule in chart.rules):
        return say("xmr.no_rules")
    found = [(phase, hit) for phase in usable for hit in phase.hits]
    if not found:
        return say("xmr.no_signal")
    why = "; ".join(_hit(chart, phase, hit, say) for phase, hit in found[:_SIGNALS])
    if len(found) > _SIGNALS:
        why = say("xmr.more", why=why, count=len(found) - _SIGNALS)
    return say("xmr.signal", why=why)


def _hit(chart: RunChart, phase: Phase, hit: Hit, say: Say) -> str:
    readings = in_order(chart)
    years = readings[0].on.year != readings[-1].on.year
    ends = (readings[phase.counted[at]].on for at in (hit.first, hit.last))
    first, last = (short_date(day, year=years) for day in ends)
    key = "xmr.range_hit" if hit.rule == "range" else f"xmr.{hit.rule}"
    return say(key, first=first, last=last, count=hit.last - hit.first + 1)


def alarms_told(chart: RunChart, say: Say = plain_english) -> str:
    """Say how often what judges a chart gives a false alarm, in charts out of 100."""
    if chart.method == "limits":
        key, share = "xmr.false_alarms", false_alarms(chart.rules)
    elif chart.frozen:
        key, share = "run_chart.false_alarms_frozen", FALSE_ALARMS_FROZEN
    else:
        key, share = "run_chart.false_alarms", FALSE_ALARMS
    written = number_text(100 * share, 2 if share >= 0.1 else 1)
    return say(key, readings=READINGS, share=written)
