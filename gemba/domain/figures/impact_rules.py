"""The rules of an impact summary: what changed by how much, and whether the target is reached."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from gemba.domain.figures.impact import AMOUNTS, Effect, Impact
from gemba.domain.figures.named_range import heads_of
from gemba.domain.figures.pasted import read_number
from gemba.domain.figures.pasted_split import Cells
from gemba.domain.figures.target_rules import amount_words, change_text
from gemba.domain.figures.telling import Finding, Say, plain_english

_NUMBER: Final = re.compile(r"[+\-−]?\d[\d.,' \u00a0\u202f]*")
_LESS: Final = re.compile(r"≤|<|\b(at most|or less|or fewer|under|below|less than|max)", re.I)
_MORE: Final = re.compile(r"≥|>|\b(at least|or more|over|above|more than|min)", re.I)
_LONGEST: Final = 60


def has_words(effect: Effect) -> bool:
    """Tell whether a measure says anything."""
    return any(
        one.strip()
        for one in (effect.measure, effect.unit, effect.before, effect.target, effect.after)
    )


def told_effects(figure: Impact) -> tuple[Effect, ...]:
    """Return the measures that say something, the guards after the others."""
    said = [one for one in figure.effects if has_words(one)]
    return tuple(sorted(said, key=lambda one: one.guard))


_HEADS: Final = {
    **dict.fromkeys(("measure", "metric", "kpi", "indicator", "what"), "measure"),
    **dict.fromkeys(("before", "from", "baseline", "start"), "before"),
    **dict.fromkeys(("target", "goal", "to", "aim"), "target"),
    **dict.fromkeys(("after", "now", "result", "actual"), "after"),
    **dict.fromkeys(("unit", "units"), "unit"),
}


def in_columns(rows: Cells, columns: Sequence[str]) -> Cells:
    """Return pasted rows in the order of these fields where a first row of heads says which is
    which; the heads go, columns that are none of them come last."""
    fields = heads_of(rows, _HEADS)
    if not fields:
        return rows
    order = [fields.index(name) if name in fields else -1 for name in columns]
    others = [at for at in range(len(fields)) if at not in order]

    def cell(row: Sequence[str], at: int) -> str:
        return row[at] if 0 <= at < len(row) else ""

    return tuple(tuple(cell(row, at) for at in (*order, *others)) for row in rows[1:])


def amount(text: str) -> float | None:
    """Return the first number of a text: of "under 30 min" 30; None where there is none."""
    if len(text) > _LONGEST:
        return None
    match = _NUMBER.search(text)
    return None if match is None else read_number(match[0].strip(" .,'"))


def unit_of(effect: Effect) -> str:
    """Return the unit of a measure; % where only its amounts say so."""
    unit = " ".join(effect.unit.split())
    return unit or ("%" if "%" in effect.before + effect.target + effect.after else "")


def difference(effect: Effect, say: Say = plain_english) -> str:
    """Return by how much a measure changed, with sign and unit; nothing where it cannot be said."""
    before, after = amount(effect.before), amount(effect.after)
    if before is None or after is None:
        return ""
    return change_text(before, after, unit_of(effect), say)


def reached(effect: Effect) -> bool | None:
    """Tell whether the target is reached, or a guard held; None where that cannot be told.

    "30 or less" and "≥ 40" say which way is good; else it is the way from before to the target.
    A guard whose target says no way cannot be told.
    """
    target, after, before = (amount(one) for one in (effect.target, effect.after, effect.before))
    if target is None or after is None:
        return None
    way = bool(_MORE.search(effect.target)) - bool(_LESS.search(effect.target))
    if not way and not effect.guard and before is not None:
        way = (target > before) - (target < before)
    if not way:
        return None
    return after >= target if way > 0 else after <= target


def impact_findings(figure: Impact) -> tuple[Finding, ...]:
    """Name amounts that are no number and ask for what a measure lacks; ``where`` is
    "id/field"."""
    found: list[Finding] = []
    for effect in told_effects(figure):
        for name in AMOUNTS:
            text = getattr(effect, name).strip()
            if text and amount(text) is None:
                shown = text if len(text) <= 40 else text[:40] + "…"
                found.append(Finding("impact.not_a_number", f"{effect.id}/{name}", {"cell": shown}))
        if not effect.measure.strip():
            found.append(Finding("impact.ask_measure", f"{effect.id}/measure"))
        elif effect.after.strip() and not effect.before.strip():
            values = {"measure": effect.measure.strip()[:40]}
            found.append(Finding("impact.ask_before", f"{effect.id}/before", values))
        elif effect.after.strip() and not effect.target.strip() and not effect.guard:
            values = {"measure": effect.measure.strip()[:40]}
            found.append(Finding("impact.ask_target", f"{effect.id}/target", values))
    said = told_effects(figure)
    if said and not any(one.guard for one in said):
        found.append(Finding("impact.no_guard"))
    return tuple(found)


def cell_words(effect: Effect, name: str) -> str:
    """Return an amount with its unit as it is drawn, other words as typed."""
    text = " ".join(getattr(effect, name).split())
    return amount_words(text, unit_of(effect))


def impact_told(figure: Impact, say: Say = plain_english) -> list[str]:
    """Say the measures in sentences."""
    effects = told_effects(figure)
    if not effects:
        return [say("impact.empty")]
    told = [say("impact.described", count=len(effects))]
    for effect in effects:
        parts = [" ".join(effect.measure.split()) or "?"]
        parts += [
            f"{say(f'impact.{name}').casefold()} {words}"
            for name in AMOUNTS
            if (words := cell_words(effect, name))
        ]
        change = difference(effect, say)
        if change:
            parts.append(say("impact.changed", change=change))
        if effect.guard:
            parts.append(say("impact.guard").casefold())
        state = reached(effect)
        if state is not None:
            parts.append(say(_state(effect, state)))
        told.append(", ".join(parts).rstrip(".") + ".")
    return told


def _state(effect: Effect, state: bool) -> str:
    if effect.guard:
        return "impact.held" if state else "impact.worse"
    return "impact.reached" if state else "impact.not_reached"
