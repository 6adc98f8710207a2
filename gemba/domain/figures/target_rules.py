"""The rules of a target card: what each letter of SMART still lacks, and how far it is to go."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from gemba.domain.figures.pasted import read_number
from gemba.domain.figures.target import LETTERS, Target
from gemba.domain.figures.telling import (
    Finding,
    Say,
    number_text,
    plain_english,
    short_date,
)

_LETTER_OF: Final = {
    "measure": "s", "where": "s", "start": "m", "goal": "m", "unit": "m", "source": "m",
    "reach": "a", "serves": "r", "by": "t",
}  # fmt: skip


def has_words(figure: Target) -> bool:
    """Tell whether a card says anything."""
    return figure.by is not None or any(one.strip() for one in written(figure))


def written(figure: Target) -> tuple[str, ...]:
    """Return every text of a card in the order in which it is read."""
    return (
        figure.measure, figure.where, figure.start, figure.goal, figure.unit, figure.by_words,
        figure.source, figure.reach, figure.serves, figure.balance,
    )  # fmt: skip


def missing(figure: Target) -> dict[str, tuple[str, ...]]:
    """Return for each of LETTERS the fields that say nothing yet; a number without digits and a
    day that is none count as missing. A unit may stand in the measure."""
    found: dict[str, list[str]] = {letter: [] for letter in LETTERS}
    for name, letter in _LETTER_OF.items():
        if name == "by":
            said = figure.by is not None
        elif name in ("start", "goal"):
            said = amount(getattr(figure, name)) is not None
        elif name == "unit":
            said = bool(figure.unit.strip()) or _says_unit(figure)
        else:
            said = bool(getattr(figure, name).strip())
        if not said:
            found[letter].append(name)
    return {letter: tuple(names) for letter, names in found.items()}


def _says_unit(figure: Target) -> bool:
    return any("%" in text for text in (figure.start, figure.goal, figure.measure))


def amount(text: str) -> float | None:
    """Read the number of a text that may carry a unit: 19, 19 %, 3,2 days."""
    match = re.match(r"\s*([+\-−(]?[\d.,' \u00a0\u202f]*\d\)?)", text)
    return None if match is None or len(text) > 60 else read_number(match[1])


def difference(figure: Target, say: Say = plain_english) -> str:
    """Return how far it is from start to goal, with sign and unit; nothing where either is no
    number. Percent differ by points."""
    start, goal = amount(figure.start), amount(figure.goal)
    if start is None or goal is None:
        return ""
    return change_text(start, goal, unit_of(figure), say)


def change_text(before: float, after: float, unit: str, say: Say = plain_english) -> str:
    """Write a difference with its sign and unit: +21 points, −0.1 days, 0 min."""
    # What typing in decimals leaves over is no difference.
    gap = after - before
    size = max(abs(before), abs(after))
    if abs(gap) < size * 1e-9:
        gap = 0.0
    words = number_text(gap)
    if gap > 0:
        words = "+" + words
    if unit.strip() == "%":
        return say("target.points", count=words)
    return f"{words}\u00a0{unit.strip()}" if unit.strip() else words


def unit_of(figure: Target) -> str:
    """Return the unit of a card; % where only its numbers say so."""
    unit = " ".join(figure.unit.split())
    if unit:
        return unit
    return "%" if "%" in figure.start + figure.goal else ""


def amount_words(text: str, unit: str) -> str:
    """Return a number with its unit as it is drawn; other text as typed."""
    typed = " ".join(text.split())
    if not typed or amount(typed) is None or not unit or read_number(typed) is None:
        return typed
    return typed if typed.endswith(unit) else f"{typed}\u00a0{unit}"


def day_words(figure: Target) -> str:
    """Return the day as it is drawn, or what was typed for it with a question mark."""
    if figure.by is not None:
        return short_date(figure.by, year=True)
    typed = " ".join(figure.by_words.split())
    return f"{typed} ?" if typed else ""


def target_findings(figure: Target, today: date) -> tuple[Finding, ...]:
    """Name what is no number, no day, or contradicts itself; ``where`` is the field."""
    found: list[Finding] = []
    for name in ("start", "goal"):
        text = getattr(figure, name).strip()
        if text and amount(text) is None:
            found.append(Finding("target.not_a_number", name, {"cell": text[:40]}))
    if figure.by is None and figure.by_words.strip():
        found.append(Finding("target.not_a_day", "by", {"cell": figure.by_words.strip()[:40]}))
    if figure.by is not None and figure.by < today:
        found.append(Finding("target.passed", "by", {"on": short_date(figure.by, year=True)}))
    start, goal = amount(figure.start), amount(figure.goal)
    if start is not None and start == goal:
        found.append(Finding("target.same", "goal"))
    return tuple(found)


def letters_told(figure: Target, say: Say = plain_english) -> list[str]:
    """Say for each letter that lacks something what it is, and whether nothing is guarded."""
    told = []
    for letter, names in missing(figure).items():
        if names:
            words = ", ".join(say(f"target.name_{name}") for name in names)
            told.append(say("target.lacks", letter=letter.upper(), names=words))
    if not figure.balance.strip():
        told.append(say("target.no_balance"))
    return told


def target_told(figure: Target, say: Say = plain_english) -> list[str]:
    """Say a card in sentences."""
    if not has_words(figure):
        return [say("target.empty")]
    unit = unit_of(figure)
    told = [say("target.described", measure=" ".join(figure.measure.split()) or "?")]
    if figure.start.strip() or figure.goal.strip():
        start, goal = (amount_words(one, unit) or "?" for one in (figure.start, figure.goal))
        gap = difference(figure, say)
        line = say("target.from_to", start=start, goal=goal)
        told.append(f"{line} ({gap})." if gap else f"{line}.")
    if day_words(figure):
        told.append(say("target.by_day", day=day_words(figure)))
    for name in ("where", "source", "reach", "serves", "balance"):
        words = " ".join(getattr(figure, name).split())
        if words:
            told.append(f"{say(f'target.{name}')}: {words.rstrip('.')}.")
    return [*told, *letters_told(figure, say)]
