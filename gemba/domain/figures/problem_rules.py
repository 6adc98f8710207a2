"""The rules of a problem statement: which of its questions are open, and where a number lacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from gemba.domain.figures.named_range import LeftOver, read_named
from gemba.domain.figures.pasted_split import Cells
from gemba.domain.figures.problem import QUESTIONS, Problem
from gemba.domain.figures.telling import Finding, Say, plain_english

_LONG: Final = 40


_NAMES: Final[Mapping[str, str]] = {
    **{name.replace("_", " "): name for name in QUESTIONS},
    **dict.fromkeys(("problem", "statement", "problem statement", "in one sentence"), "statement"),
    **dict.fromkeys(("how many", "how large", "gap"), "how_much"),
    "frequency": "how_often",
    **dict.fromkeys(("since", "since when"), "when"),
}


def read_problem(figure: Problem, rows: Cells) -> tuple[Problem, tuple[LeftOver, ...]]:
    """Return a statement with what a range says under its questions, and what found no place."""
    found = read_named(rows, _NAMES, lambda _cell, _known: "")
    return replace(figure, **found.values), found.left  # type: ignore[arg-type]


def answers(figure: Problem) -> tuple[tuple[str, str], ...]:
    """Return the questions that are answered, each with its answer, in their order."""
    found = ((name, " ".join(getattr(figure, name).split())) for name in QUESTIONS)
    return tuple((name, words) for name, words in found if words)


def unanswered(figure: Problem) -> tuple[str, ...]:
    """Return the questions that nobody has answered yet."""
    return tuple(name for name in QUESTIONS if not getattr(figure, name).strip())


def has_words(figure: Problem) -> bool:
    """Tell whether a statement says anything."""
    return bool(figure.statement.strip()) or bool(answers(figure))


def problem_findings(figure: Problem) -> tuple[Finding, ...]:
    """Ask about a statement without a number, one too long to be told in a breath, and an amount
    without a number; ``where`` is the field."""
    found: list[Finding] = []
    statement = figure.statement
    counted = f"{statement} {figure.how_much} {figure.how_often}"
    if statement.strip() and not _counts(counted):
        found.append(Finding("problem.ask_number", "statement"))
    if len(statement.split()) > _LONG:
        found.append(Finding("problem.too_long", "statement", {"count": len(statement.split())}))
    if figure.how_much.strip() and not _counts(figure.how_much):
        found.append(Finding("problem.no_amount", "how_much"))
    return tuple(found)


def _counts(text: str) -> bool:
    return any(letter.isnumeric() for letter in text)


def open_told(figure: Problem, say: Say = plain_english) -> str:
    """Say which questions are open; nothing where none is."""
    names = [say(f"problem.{name}").casefold() for name in unanswered(figure)]
    return say("problem.open", names=", ".join(names)) if names else ""


def problem_told(figure: Problem, say: Say = plain_english) -> list[str]:
    """Say a problem statement in sentences."""
    if not has_words(figure):
        return [say("problem.empty")]
    statement = " ".join(figure.statement.split()).rstrip(".") or "?"
    told = [say("problem.described", statement=statement)]
    for name, words in answers(figure):
        told.append(f"{say(f'problem.{name}')}: {words.rstrip('.')}.")
    left = open_told(figure, say)
    return [*told, left] if left else told
