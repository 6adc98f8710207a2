"""When a question is asked and what it takes, in plain words, beside the formula they stand for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

SIGNS: Final = {
    "is": "=",
    "is_not": "!=",
    "more": ">",
    "less": "<",
    "includes": "selected",
    "answered": "!=",
}
"""How an answer is compared; "answered" needs no value."""

_COMPARED: Final = re.compile(
    r"\s*\$\{\s*([\w.-]+)\s*\}\s*(!=|=|>|<)\s*(?:'([^']*)'|\"([^\"]*)\"|(-?\d+(?:\.\d+)?))\s*"
)
_SELECTED: Final = re.compile(
    r"\s*selected\(\s*\$\{\s*([\w.-]+)\s*\}\s*,\s*(?:'([^']*)'|\"([^\"]*)\")\s*\)\s*"
)
_LIMITS: Final = re.compile(
    r"\s*(?:\.\s*>=\s*(-?\d+(?:\.\d+)?))?\s*(?:and)?\s*(?:\.\s*<=\s*(-?\d+(?:\.\d+)?))?\s*"
)


@dataclass(frozen=True, slots=True)
class Condition:
    """The answer to a question, by its name, compared with a value."""

    question: str
    sign: str
    value: str = ""


def condition_of(formula: str) -> Condition | None:
    """Return what a formula says in plain words; None for one that says more than that."""
    match = _SELECTED.fullmatch(formula)
    if match is not None:
        return Condition(match[1], "includes", match[2] or match[3] or "")
    match = _COMPARED.fullmatch(formula)
    if match is None:
        return None
    number = match[5]
    value = number if number is not None else match[3] if match[3] is not None else match[4] or ""
    if match[2] == "!=" and not value:
        return Condition(match[1], "answered")
    sign = {"=": "is", "!=": "is_not", ">": "more", "<": "less"}[match[2]]
    if sign in ("more", "less") and number is None:
        return None
    return Condition(match[1], sign, value)


def formula_of(condition: Condition) -> str:
    """Return the formula of a condition, as XLSForm writes it."""
    name = f"${{{condition.question}}}"
    if condition.sign == "answered":
        return f"{name} != ''"
    if condition.sign in ("more", "less"):
        return f"{name} {SIGNS[condition.sign]} {_number(condition.value)}"
    # No formula holds both quotation marks in one text.
    mark = '"' if "'" in condition.value else "'"
    value = f"{mark}{condition.value.replace(mark, ' ')}{mark}"
    if condition.sign == "includes":
        return f"selected({name}, {value})"
    return f"{name} {SIGNS[condition.sign]} {value}"


def limits_of(formula: str) -> tuple[str, str] | None:
    """Return the least and the most a formula allows, "" for none; None where it says more."""
    if not formula.strip():
        return "", ""
    match = _LIMITS.fullmatch(formula)
    return (match[1] or "", match[2] or "") if match is not None and any(match.groups()) else None


def limit_formula(least: str, most: str) -> str:
    """Return the formula for a least and a most; what is no number counts for none."""
    parts = [
        f". {sign} {_number(text)}" for sign, text in ((">=", least), ("<=", most)) if _is(text)
    ]
    return " and ".join(parts)


def _is(text: str) -> bool:
    return re.fullmatch(r"\s*-?\d+([.,]\d+)?\s*", text) is not None


def _number(text: str) -> str:
    return text.strip().replace(",", ".") if _is(text) else "0"


DAYS: Final = {"past": ". <= today()", "coming": ". >= today()"}
"""Limits of a day that have plain words."""


def day_limit_of(formula: str) -> str | None:
    """Return the key of a day's limit, "" for none; None where the formula says something else."""
    plain = "".join(formula.split())
    if not plain:
        return ""
    return next((key for key, one in DAYS.items() if "".join(one.split()) == plain), None)


_PART: Final = re.compile(r"([\w-]+)\s*=\s*([^\s,;]+)")
_SCALE: Final = {"start": "1", "end": "10", "step": "1"}
"""What a scale is where it does not say otherwise (XLSForm, the type range)."""


def scale_of(parameters: str) -> tuple[str, str, str]:
    """Return first, last and step of a scale, as its parameters say or leave to the standard."""
    found = {**_SCALE, **dict(_PART.findall(parameters))}
    return found["start"], found["end"], found["step"]


def scale_parameters(parameters: str, start: str, end: str, step: str) -> str:
    """Return the parameters with another scale; what is no number counts as the standard has it."""
    given = {"start": start, "end": end, "step": step}
    found = dict(_PART.findall(parameters))
    found |= {key: _number(text) if _is(text) else _SCALE[key] for key, text in given.items()}
    return " ".join(f"{key}={text}" for key, text in found.items())


def by_formula(text: str) -> str:
    """Return a formula that means the same and is shown as one, whatever plain words it has."""
    return f"true() and {text}" if text.strip() else "true()"
