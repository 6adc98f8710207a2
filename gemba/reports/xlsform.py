"""A form as a workbook that ODK, KoboToolbox and Gemba itself read: XLSForm (https://xlsform.org)."""

from __future__ import annotations

import io
from typing import Any, Final

from gemba.domain.errors import BadInput
from gemba.domain.form_import import Tables

MOST_LETTERS: Final = 32_767
"""What a cell holds, in UTF-16 units (Excel specifications and limits)."""
_WIDTHS: Final = {"type": 22, "name": 22, "list_name": 18}
_WIDE, _NARROW = 44, 16


def xlsform_bytes(tables: Tables) -> bytes:
    """Return the sheets as an XLSX file: texts only, so that what begins with = does nothing.

    Raises BadInput for a text longer than a cell holds, which no tool could read back.
    """
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book: Any = Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    head = book.add_format({"bold": True, "bottom": 1, "num_format": "@"})
    text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    for name, rows in tables.items():
        page = book.add_worksheet(name)
        page.freeze_panes(1, 0)
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if len(cell.encode("utf-16-le", "surrogatepass")) > 2 * MOST_LETTERS:
                    raise BadInput("form.cell_long", sheet=name, row=at + 1, most=MOST_LETTERS)
                if cell:
                    page.write_string(at, column, cell, text if at else head)
        for column, header in enumerate(rows[0] if rows else ()):
            wide = _WIDE if header.startswith(("label", "hint")) else _NARROW
            page.set_column(column, column, _WIDTHS.get(header, wide))
    book.close()
    return out.getvalue()
