"""Answers as tables: one column a question, one row a filled-in form, repeats apart."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime, time

from gemba.domain.form_moment import Moment

FormCell = str | float | Moment | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerTable:
    """One sheet; the first is the form itself, the others are its repeats, named by them."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[FormCell, ...], ...]


def csv_of(table: AnswerTable) -> bytes:
    """Return a table as CSV: UTF-8 with a mark, as Excel wants it, and lines ended by CR LF.

    A text that a spreadsheet would take for a formula begins with an apostrophe, so that it stays
    text (OWASP, CSV injection).
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_safe(head) for head in table.heads])
    for row in table.rows:
        writer.writerow(["" if cell is None else _safe(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig", "replace")


def _safe(cell: FormCell) -> object:
    if isinstance(cell, str):
        return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
    if isinstance(cell, float):
        return int(cell) if cell == int(cell) and abs(cell) < 1e15 else cell
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds" if cell.second else "minutes")
    if isinstance(cell, time):
        return cell.isoformat("seconds" if cell.second else "minutes")
    return cell.isoformat() if isinstance(cell, date) else cell
