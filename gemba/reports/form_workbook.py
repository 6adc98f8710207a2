"""Answers to a form as XLSX: one column a question, repeats on sheets of their own."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final
from unicodedata import east_asian_width

from gemba.domain.errors import BadInput
from gemba.domain.form_table import AnswerTable, FormCell
from gemba.domain.legible import legible

MOST_LETTERS: Final = 32_767
"""What a cell holds, in UTF-16 units (Excel specifications and limits)."""
MOST_COLUMNS: Final = 16_384
MOST_ROWS: Final = 1_048_576
_NAME: Final = 31
_NO_NAME: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f']")
_NARROWEST: Final = 8
_WIDEST: Final = 48
"""Width of a column in digits of the usual face."""
_LINE: Final = 15.0
_HIGHEST: Final = 409.0
"""Height of a line, and the most a row has, in pt (Excel specifications and limits)."""
_FIRST_YEAR: Final = 1900
"""Before it a spreadsheet has no days."""


@dataclass(frozen=True, slots=True)
class _Looks:
    """How cells look; what they hold is a text, a number, a day, a time or both."""

    strong: Any
    plain: Any
    day: Any
    time: Any
    moment: Any


def draw_answers(tables: Sequence[AnswerTable], *, title: str) -> bytes:
    """Return tables as a workbook; texts are written as texts, so that = begins no formula.

    A text longer than a cell holds goes on in the row below, in the same column. Raises BadInput
    for more rows or columns than a sheet has.
    """
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book: Any = Workbook(out, {"in_memory": True})
    book.set_properties({"title": legible(title)[:255]})
    top = {"valign": "top"}
    looks = _Looks(
        strong=book.add_format({"bold": True, "text_wrap": True, **top}),
        plain=book.add_format({"text_wrap": True, **top}),
        day=book.add_format({"num_format": "yyyy-mm-dd", **top}),
        time=book.add_format({"num_format": "hh:mm", **top}),
        moment=book.add_format({"num_format": "yyyy-mm-dd hh:mm", **top}),
    )
    taken: set[str] = set()
    for table in tables:
        if len(table.heads) > MOST_COLUMNS or len(table.rows) >= MOST_ROWS:
            raise BadInput("form_answers.too_many", sheet=table.name)
        _fill(book.add_worksheet(_name(table.name, taken)), table, looks)
    book.close()
    return out.getvalue()


def _fill(sheet: Any, table: AnswerTable, looks: _Looks) -> None:
    sheet.freeze_panes(1, 0)
    widths = [_width(table, column) for column in range(len(table.heads))]
    for column, head in enumerate(table.heads):
        sheet.set_column(column, column, widths[column])
        sheet.write_string(0, column, legible(head)[:MOST_LETTERS], looks.strong)
    _give_height(sheet, 0, [*map(legible, table.heads)], widths)
    row = 1
    for cells in table.rows:
        parts = [_parts(legible(cell)) if isinstance(cell, str) else [] for cell in cells]
        high = max(1, *map(len, parts))
        for step in range(high):
            texts = [part[step] if step < len(part) else "" for part in parts]
            for column, text in enumerate(texts):
                if text:
                    sheet.write_string(row + step, column, text, looks.plain)
            _give_height(sheet, row + step, texts, widths)
        for column, cell in enumerate(cells):
            _write(sheet, row, column, cell, looks)
        row += high


def _write(sheet: Any, row: int, column: int, cell: FormCell, looks: _Looks) -> None:
    """Write what is no text; a day of which a spreadsheet knows nothing becomes one."""
    if isinstance(cell, float):
        sheet.write_number(row, column, cell, looks.plain)
    elif isinstance(cell, time):
        sheet.write_datetime(row, column, cell, looks.time)
    elif isinstance(cell, date):
        if cell.year < _FIRST_YEAR:
            sheet.write_string(row, column, cell.isoformat(), looks.plain)
            return
        look = looks.moment if isinstance(cell, datetime) else looks.day
        sheet.write_datetime(row, column, cell, look)


def _width(table: AnswerTable, column: int) -> int:
    """Return how wide a column is, so that most of what stands in it has one line."""
    longest = max((_long(cells[column]) for cells in table.rows), default=0)
    head = min(_long(table.heads[column]), _WIDEST // 2)
    return max(_NARROWEST, min(_WIDEST, max(longest, head) + 2))


def _long(cell: FormCell) -> int:
    if isinstance(cell, str):
        return max((_wide(line) for line in cell.split("\n")), default=0)
    if isinstance(cell, datetime):
        return 16
    return 10 if isinstance(cell, date | float) else 0


def _wide(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def _give_height(sheet: Any, row: int, texts: Sequence[str], widths: Sequence[int]) -> None:
    """Give a row the height of its lines, since not every program finds it out by itself."""
    lines = 1
    for text, width in zip(texts, widths, strict=True):
        if text:
            lines = max(lines, sum(1 + _wide(line) // width for line in text.split("\n")))
    if lines > 1:
        sheet.set_row(row, min(_HIGHEST, lines * _LINE))


def _parts(text: str) -> list[str]:
    """Split a text where a cell is full; no letter is cut in two."""
    parts: list[str] = []
    while len(text.encode("utf-16-le", "surrogatepass")) // 2 > MOST_LETTERS:
        parts.append(text[: MOST_LETTERS // 2])
        text = text[MOST_LETTERS // 2 :]
    return [*parts, text]


def _name(wanted: str, taken: set[str]) -> str:
    base = _NO_NAME.sub("_", wanted).strip()[:_NAME] or "Sheet"
    name, number = base, 2
    while name.casefold() in taken:
        name, number = f"{base[: _NAME - 4]} {number}", number + 1
    taken.add(name.casefold())
    return name
