"""The rules of a table: how many columns, which hold numbers, and where their decimals begin."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from gemba.domain.figures.pasted import (
    comma_in,
    is_gap,
    read_date,
    read_number,
    split_pasted,
)
from gemba.domain.figures.table import TableFigure
from gemba.domain.figures.telling import Finding, Say, plain_english

Cells = tuple[tuple[str, ...], ...]

_AMOUNT: Final = re.compile(
    r"[<>≤≥~]?\s*([+\-−(]?[\d.,' \u00a0\u202f]*\d\)?)\s*(?:[^\d\s:/\-–—][^\d]{0,7})?"
)
_TOLD: Final = 12
_ANY_DAY: Final = date(2000, 1, 1)


def squared(rows: Sequence[Sequence[str]]) -> Cells:
    """Return rows of the same length, without the rows and columns at the end that are empty."""
    words = [[" ".join(cell.split()) for cell in row] for row in rows]
    while words and not any(words[-1]):
        words.pop()
    wide = max(
        (at + 1 for row in words for at, cell in enumerate(row) if cell),
        default=0,
    )
    return tuple(tuple((*row, *[""] * wide)[:wide]) for row in words)


def kept(rows: Sequence[Sequence[str]]) -> Cells:
    """Return rows as they are kept: as typed, without what is empty at the ends."""
    shape = squared(rows)
    wide = len(shape[0]) if shape else 0
    return tuple(tuple((*row, *[""] * wide)[:wide]) for row in rows[: len(shape)])


def with_row(rows: Sequence[Sequence[str]], at: int) -> Cells:
    """Return rows with an empty one before a place."""
    wide = max((len(row) for row in rows), default=0)
    made = [tuple(row) for row in rows]
    made.insert(max(0, min(at, len(made))), ("",) * wide)
    return tuple(made)


def without_row(rows: Sequence[Sequence[str]], at: int) -> Cells:
    """Return rows without one of them."""
    return tuple(tuple(row) for number, row in enumerate(rows) if number != at)


def with_column(rows: Sequence[Sequence[str]], at: int) -> Cells:
    """Return rows with an empty cell before a place in each."""
    return tuple((*row[:at], "", *row[at:]) for row in rows)


def without_column(rows: Sequence[Sequence[str]], at: int) -> Cells:
    """Return rows without one column."""
    return tuple((*row[:at], *row[at + 1 :]) for row in rows)


def body_of(figure: TableFigure) -> tuple[tuple[str, ...], Cells]:
    """Return the heads of a table, empty ones where it has none, and the rows below them."""
    rows = squared(figure.rows)
    if not rows:
        return (), ()
    if figure.header:
        return rows[0], rows[1:]
    return ("",) * len(rows[0]), rows


def is_amount(text: str) -> bool:
    """Tell whether a cell is a number, with or without a unit: 17, −3,5 %, 12 min, < 5."""
    match = _AMOUNT.fullmatch(text.strip())
    return match is not None and read_number(match[1]) is not None


def amount_in(text: str, comma: str) -> float | None:
    """Return the number of a cell that may carry a unit; None for a bound such as < 5, and for a
    day such as 4 Nov."""
    plain = read_number(text, comma=comma)
    if plain is not None:
        return plain
    match = _AMOUNT.fullmatch(text.strip())
    if match is None or text.strip()[:1] in "<>≤≥~" or read_date(text, _ANY_DAY) is not None:
        return None
    return read_number(match[1], comma=comma)


def number_columns(figure: TableFigure) -> tuple[bool, ...]:
    """Return for each column whether all its cells that say something are numbers."""
    heads, rows = body_of(figure)
    found = []
    for at in range(len(heads)):
        cells = [row[at] for row in rows if not is_gap(row[at])]
        found.append(bool(cells) and all(is_amount(cell) for cell in cells))
    return tuple(found)


def tail_of(cell: str, comma: str = "decimal") -> str:
    """Return what stands from the decimal mark on, or after the last digit: of "17,5 %" ",5 %"."""
    last = max((at for at, letter in enumerate(cell) if letter.isdigit()), default=-1)
    mark = max(cell.rfind(","), cell.rfind("."))
    digits = last - mark
    grouped = digits == 3 and cell[mark : mark + 1] == "," and comma == "thousands"
    if 0 <= mark < last and not grouped and cell[mark + 1 : last + 1].isdigit():
        return cell[mark:]
    return cell[last + 1 :]


def tails(column: Sequence[str]) -> tuple[str, ...]:
    """Return the tail of each cell of a column of numbers."""
    comma = comma_in([cell for cell in column if cell])
    return tuple("" if is_gap(cell) else tail_of(cell, comma) for cell in column)


def table_findings(figure: TableFigure) -> tuple[Finding, ...]:
    """Name the cells that keep a column from being one of numbers, where all others are; and a
    column with numbers but no name. ``where`` is "row:column", both from 0."""
    heads, rows = body_of(figure)
    first = 1 if figure.header else 0
    found = []
    for at, head in enumerate(heads):
        cells = [(row, cells[at]) for row, cells in enumerate(rows) if not is_gap(cells[at])]
        odd = [(row, cell) for row, cell in cells if not is_amount(cell)]
        # The first column names the rows.
        if at and odd and len(cells) - len(odd) >= 3 * len(odd):
            found += [
                Finding(
                    "table.not_a_number",
                    f"{row + first}:{at}",
                    {"row": row + first + 1, "cell": cell if len(cell) <= 40 else cell[:40] + "…"},
                )
                for row, cell in odd
            ]
        if figure.header and cells and not head and not odd:
            found.append(Finding("table.no_head", f"0:{at}", {"column": column_letter(at)}))
    return tuple(found)


def column_letter(at: int) -> str:
    """Return the letters of a column as a spreadsheet names it: A, B, ... Z, AA."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def split_table(text: str) -> Cells:
    """Split a pasted text into cells: as a spreadsheet parts them, or at commas where every line
    has as many of them."""
    rows = split_pasted(text)
    if len(rows) < 2 or any(len(row) > 1 for row in rows):
        return rows
    try:
        split = [tuple(cell.strip() for cell in row) for row in csv.reader(text.splitlines())]
    except csv.Error:
        return rows
    split = [row for row in split if any(row)]
    wide = len(split[0]) if split else 0
    return tuple(split) if wide > 1 and all(len(row) == wide for row in split) else rows


def table_told(figure: TableFigure, say: Say = plain_english) -> list[str]:
    """Say a table row by row, each cell after the name of its column; the first twelve rows."""
    heads, rows = body_of(figure)
    if not heads:
        return [say("table.empty")]
    told = [say("table.described", rows=len(rows), columns=len(heads))]
    if any(heads):
        told.append(say("table.columns", names=", ".join(head or "–" for head in heads)))
    for row in rows[:_TOLD]:
        parts = [
            f"{head}: {cell}" if head and at else cell
            for at, (head, cell) in enumerate(zip(heads, row, strict=True))
            if cell
        ]
        if parts:
            told.append("; ".join(parts).rstrip(".") + ".")
    if len(rows) > _TOLD:
        told.append(say("table.more", count=len(rows) - _TOLD))
    return told
