"""A plain list, pasted or from a file of text, as rows of cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Final

from gemba.domain.errors import BadInput

MOST_LINES: Final = 2_000
LONGEST_LINE: Final = 4_000
"""Characters of one question; a whole page of text is no question."""
_HEADS: Final = frozenset({"question", "questions", "item", "items", "check", "what", "label"})


def rows_of(text: str) -> list[list[str]]:
    """Split pasted or saved text into rows of one or two cells: by tab, semicolon or comma.

    A comma divides only where a second column stands in quotes or in every line, since questions
    have commas too.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    filled = [line for line in lines.split("\n") if line.strip()]
    # First, since what is offered as an answer may itself be divided by semicolons.
    commas = [line for line in filled if "," in line]
    if filled and len(commas) == len(filled) and _looks_like_csv(filled):
        return _cells(lines, ",")
    # Nobody writes a tab into a question; the other marks must stand in half of the lines.
    if any("\t" in line.strip() for line in filled):
        return _cells(lines, "\t")
    for mark in (";", "|"):
        if sum(mark in line for line in filled) * 2 >= max(1, len(filled)):
            return _cells(lines, mark)
    return [[line] for line in lines.split("\n")]


def _looks_like_csv(lines: Sequence[str]) -> bool:
    first = next(csv.reader([lines[0][:LONGEST_LINE]]), [])
    return (len(first) == 2 and first[0].strip().casefold() in _HEADS) or '","' in lines[0]


def _cells(text: str, mark: str) -> list[list[str]]:
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    # A quotation mark that is never closed belongs to the words; else it would swallow all lines.
    lines = io.StringIO(text)
    if text.count('"') % 2:
        return list(csv.reader(lines, delimiter=mark, quoting=csv.QUOTE_NONE))
    return list(csv.reader(lines, delimiter=mark))


def checked_rows(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return the rows that hold something, blanks made one.

    Raises BadInput for a list without a question, and for one that is too long.
    """
    cells = [[" ".join(str(cell).split()) for cell in row] for row in rows]
    lines = [row for row in cells if any(row)]
    asked = lines[1:] if lines and lines[0][0].casefold() in _HEADS else lines
    if not asked:
        raise BadInput("form.empty_list")
    if len(asked) > MOST_LINES:
        raise BadInput("form.long_list", count=len(asked), most=MOST_LINES)
    for row in asked:
        if len(row[0]) > LONGEST_LINE:
            raise BadInput("form.long_line", words=row[0][:60], most=LONGEST_LINE)
    return lines
