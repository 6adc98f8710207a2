"""Pasted text split into rows of cells, as a spreadsheet or a CSV file parts them."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from itertools import zip_longest

Cells = tuple[tuple[str, ...], ...]


def split_pasted(text: str) -> Cells:
    """Split a pasted range into rows of cells: at tabs, else at semicolons, else at the first
    comma after a date or at two blanks. Empty rows are left out.

    A cell in quotes may hold any of these, and lines, which become blanks.
    """
    text = (
        text.replace("\x00", "")
        .replace("\ufeff", "")
        .replace("\u2028", "\n")
        .replace("\u2029", "\n")
    )
    mark = next((mark for mark in "\t;" if mark in text), "")
    if not mark and _is_csv(text):
        mark = ","
    if mark and (found := _quoted(text, mark)) is not None:
        return found
    lines = [line for line in text.splitlines() if line.strip()]
    return tuple(tuple(cell.strip().strip('"') for cell in _cells(line, mark)) for line in lines)


def _quoted(text: str, mark: str) -> Cells | None:
    """Split where cells may stand in quotes; None where the quotes do not close."""
    try:
        rows = list(csv.reader(text.splitlines(keepends=True), delimiter=mark, strict=True))
    except csv.Error:
        return None
    cleaned = (tuple(" ".join(cell.split("\n")).strip() for cell in row) for row in rows)
    return tuple(row for row in cleaned if any(row))


def _is_csv(text: str) -> bool:
    """Tell whether commas part cells: every row has as many, and they are those of a table.

    Sentences have commas too; a table has quotes at the ends of a cell, or dates and numbers
    in its first column and no blank after a comma.
    """
    try:
        rows = [row for row in csv.reader(text.splitlines(), strict=True) if any(row)]
    except csv.Error:
        return False
    width = len(rows[0]) if rows else 0
    if width < 2 or any(len(row) != width for row in rows):
        return False
    if re.search(r'(^|,)"[^"\n]*"(,|$)', text, re.MULTILINE):
        return True
    if ", " in text or not all(row[0][:1].isdigit() for row in rows[1:] or rows):
        return False
    # 2026-11-04,17,5 is a date and one number, as long as what follows is nothing but digits.
    return width > 2 and not all(re.fullmatch(r"\d+\s*%?", row[2]) for row in rows[1:] or rows)


def _cells(line: str, mark: str) -> list[str]:
    if mark:
        return line.split(mark)
    if match := re.fullmatch(r"\s*(\d{4}-\d\d?-\d\d?|\d[\d./-]{4,})\s*,\s*(.*)", line):
        return [match[1], match[2]]
    return re.split(r"\s{2,}", line.strip(), maxsplit=2)


def turned(rows: Sequence[Sequence[str]]) -> Cells:
    """Return rows as columns, short ones filled with empty cells."""
    return tuple(zip_longest(*rows, fillvalue=""))
