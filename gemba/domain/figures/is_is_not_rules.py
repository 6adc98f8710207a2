"""The rules of is / is not: which comparisons are still open, row by row."""

from __future__ import annotations

from dataclasses import replace

from gemba.domain.figures.is_is_not import ASPECTS, COLUMNS, Contrast, IsIsNot
from gemba.domain.figures.telling import Finding, Say, plain_english


def has_words(row: Contrast) -> bool:
    """Tell whether a row says anything."""
    return any(getattr(row, column).strip() for column in COLUMNS)


def told_rows(figure: IsIsNot) -> tuple[Contrast, ...]:
    """Return the rows that say something, in their order."""
    return tuple(row for row in figure.rows if has_words(row))


def all_aspects(figure: IsIsNot) -> tuple[Contrast, ...]:
    """Return the rows of a figure, with an empty one for each aspect that has none; its id is
    the name of the aspect. No two have the same id."""
    own = _apart(figure.rows)
    there = {row.aspect for row in own}
    taken = {row.id for row in own}
    missing = tuple(
        Contrast(id=name if name not in taken else f"{name}-row", aspect=name)
        for name in ASPECTS
        if name not in there
    )
    rows = (*own, *missing)
    order = {name: at for at, name in enumerate(ASPECTS)}
    return tuple(sorted(rows, key=lambda row: order.get(row.aspect, len(order))))


def _apart(rows: tuple[Contrast, ...]) -> tuple[Contrast, ...]:
    taken: set[str] = set()
    found = []
    for number, row in enumerate(rows):
        one = replace(row, id=f"{row.id}-{number}") if row.id in taken else row
        taken.add(one.id)
        found.append(one)
    return tuple(found)


def aspect_words(row: Contrast, say: Say = plain_english) -> str:
    """Return what a row is about; an aspect that is not known as it is written."""
    return say(f"is_is_not.{row.aspect}") if row.aspect in ASPECTS else row.aspect


def contrast_findings(figure: IsIsNot) -> tuple[Finding, ...]:
    """Ask for the next cell of each row that was begun; ``where`` is "id/column"."""
    found = []
    for row in told_rows(figure):
        # The cells are filled from left to right: a change only counts where something differs.
        column = next((one for one in COLUMNS if not getattr(row, one).strip()), "")
        if column:
            found.append(Finding(f"is_is_not.ask_{column}", f"{row.id}/{column}"))
        same = " ".join(row.seen.split()).casefold()
        if same and same == " ".join(row.unseen.split()).casefold():
            found.append(Finding("is_is_not.same", f"{row.id}/unseen"))
    return tuple(found)


def contrasts_told(figure: IsIsNot, say: Say = plain_english) -> list[str]:
    """Say the rows in sentences."""
    rows = told_rows(figure)
    if not rows:
        return [say("is_is_not.empty")]
    told = [say("is_is_not.described")]
    for row in rows:
        parts = [
            f"{say(f'is_is_not.{column}').casefold()}: {words}"
            for column in COLUMNS
            if (words := " ".join(getattr(row, column).split()).rstrip("."))
        ]
        told.append(f"{aspect_words(row, say)}, {'; '.join(parts)}.")
    return told
