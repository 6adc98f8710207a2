"""Answers to a form as XLSX: one column a question, repeats on sheets of their own."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any, Final

from gemba.domain.errors import BadInput
from gemba.domain.form_table import AnswerTable
from gemba.domain.legible import legible

MOST_LETTERS: Final = 32_767
"""What a cell holds, in UTF-16 units (Excel specifications and limits)."""
MOST_COLUMNS: Final = 16_384
MOST_ROWS: Final = 1_048_576
_NAME: Final = 31
_NO_NAME: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f']")


def draw_answers(tables: Sequence[AnswerTable], *, title: str) -> bytes:
    """Return tables as a workbook; texts are written as texts, so that = begins no formula.

    A text longer than a cell holds goes on in the row below, in the same column. Raises BadInput
    for more rows or columns than a sheet has.
    """
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book: Any = Workbook(out, {"in_memory": True})
    book.set_properties({"title": legible(title)[:255]})
    strong = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    plain = book.add_format({"valign": "top", "text_wrap": True})
    taken: set[str] = set()
    for table in tables:
        if len(table.heads) > MOST_COLUMNS or len(table.rows) >= MOST_ROWS:
            raise BadInput("form_answers.too_many", sheet=table.name)
        sheet = book.add_worksheet(_name(table.name, taken))
        sheet.freeze_panes(1, 0)
        for column, head in enumerate(table.heads):
            sheet.write_string(0, column, legible(head)[:MOST_LETTERS], strong)
            sheet.set_column(column, column, max(10, min(36, len(head) + 2)))
        row = 1
        for cells in table.rows:
            high = 1
            for column, cell in enumerate(cells):
                if isinstance(cell, str) and cell:
                    parts = _parts(legible(cell))
                    high = max(high, len(parts))
                    for step, part in enumerate(parts):
                        sheet.write_string(row + step, column, part, plain)
                elif isinstance(cell, float):
                    sheet.write_number(row, column, cell, plain)
            row += high
    book.close()
    return out.getvalue()


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
