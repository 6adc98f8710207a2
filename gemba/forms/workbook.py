"""A spreadsheet into an XForm, by pyxform. Only a process that can be killed imports this module.

Everything it reads comes from strangers: the caller sets the limits of time and memory, here are
those of size. Macros are not run and links are not followed; nothing is written.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import Any, Final

from openpyxl import load_workbook
from pyxform.errors import PyXFormError
from pyxform.xls2json_backends import md_to_dict
from pyxform.xls2xform import convert
from xlrd import XL_CELL_BOOLEAN, XL_CELL_DATE, XL_CELL_ERROR, XL_CELL_NUMBER, open_workbook
from xlrd.xldate import xldate_as_datetime

from gemba.domain.errors import BadInput
from gemba.domain.form_import import Tables
from gemba.forms.cells import SHEETS, Book, Sheet
from gemba.forms.sheet_trouble import at_sheet, told

MOST_BYTES: Final = 20_000_000
"""Of the file; the largest form seen in the field has 3 million, with a list of villages."""
MOST_UNPACKED: Final = 150_000_000
MOST_ROWS: Final = 20_000
"""Of one sheet, the lines that hold nothing left out."""
MOST_CELLS: Final = 250_000

Cell = object


def open_book(data: bytes, name: str) -> Book:
    """The cells of a file, whatever its name says it is; BadInput says why it is not taken."""
    if len(data) > MOST_BYTES:
        raise BadInput("form.file_large", file=name, most=MOST_BYTES // 1_000_000)
    if not data.strip():
        raise BadInput("form.file_empty", file=name)
    if data.startswith(b"PK"):
        return _xlsx(data, name)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return _xls(data, name)
    return _text(data, name)


def xform_of(book: Book, name: str = "") -> str:
    """The XForm of a spreadsheet; BadInput names sheet, row and column of what it refuses.

    ``name`` is title and id of a form that says neither.
    """
    given: dict[str, Any] = {"sheet_names": [sheet.name for sheet in book.sheets.values()]}
    if name:
        given["fallback_form_name"] = name
    for key, sheet in book.sheets.items():
        if key in SHEETS and (sheet.headers or sheet.rows):
            given[key] = [dict(row) for row in sheet.rows]
            given[f"{key}_header"] = [dict.fromkeys(sheet.headers)]
    try:
        return str(convert(given).xform)
    except PyXFormError as problem:
        raise told(str(problem), book) from None
    except (MemoryError, RecursionError):
        raise
    except Exception as problem:
        # Whatever else it stumbles over lies in the file: a sentence, and never its own words.
        raise told(f"{type(problem).__name__}: {problem}", book) from None


def _xlsx(data: bytes, name: str) -> Book:
    return _collected("xlsx", _opened_xlsx(data, name))


def _opened_xlsx(data: bytes, name: str) -> Iterator[tuple[str, Iterator[Sequence[Cell]]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            _check_package(packed, name)
        opened: Any = load_workbook(
            io.BytesIO(data), read_only=True, data_only=True, keep_vba=False, keep_links=False
        )
    except (MemoryError, BadInput):
        raise
    except Exception as problem:
        raise BadInput("form.file_broken", file=name) from problem
    return _xlsx_sheets(opened, name)


def _check_package(packed: zipfile.ZipFile, name: str) -> None:
    """Refuse what is no workbook, or would unpack to too much."""
    names = set(packed.namelist())
    if "xl/workbook.xml" not in names and not any("workbook" in one for one in names):
        for part, kind in (("word/", "Word"), ("ppt/", "PowerPoint"), ("content.xml", "ODF")):
            if any(one.startswith(part) for one in names):
                raise BadInput("form.other_kind", file=name, kind=kind)
        raise BadInput("form.no_spreadsheet", file=name)
    if sum(one.file_size for one in packed.infolist()) > MOST_UNPACKED:
        raise BadInput("form.unpacked_large", file=name, most=MOST_UNPACKED // 1_000_000)
    for one in packed.infolist():
        if one.filename.endswith((".xml", ".rels")):
            with packed.open(one) as opened:
                if b"<!DOCTYPE" in opened.read(65_536):
                    raise BadInput("form.entity", file=name)


def _xlsx_sheets(opened: Any, name: str) -> Iterator[tuple[str, Iterator[Sequence[Cell]]]]:
    for sheet in opened.worksheets:
        yield str(sheet.title), _rows_of(sheet, name)


def _rows_of(sheet: Any, name: str) -> Iterator[Sequence[Cell]]:
    # A sheet may lie about its size; what it holds is counted while it is read.
    sheet.reset_dimensions()
    rows = iter(sheet.iter_rows(values_only=True))
    while True:
        try:
            row = next(rows, None)
        except (MemoryError, BadInput):
            raise
        except Exception as problem:
            raise BadInput("form.file_broken", file=name) from problem
        if row is None:
            return
        yield row


def _xls(data: bytes, name: str) -> Book:
    return _collected("xls", _opened_xls(data, name))


def _opened_xls(data: bytes, name: str) -> Iterator[tuple[str, Iterator[Sequence[Cell]]]]:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise BadInput("form.file_locked", file=name)
    if "WordDocument".encode("utf-16-le") in data:
        raise BadInput("form.other_kind", file=name, kind="Word")
    try:
        opened = open_workbook(file_contents=data, on_demand=True, logfile=io.StringIO())
    except MemoryError:
        raise
    except Exception as problem:
        raise BadInput("form.file_broken", file=name) from problem
    return _xls_sheets(opened, name)


def _xls_sheets(opened: Any, name: str) -> Iterator[tuple[str, Iterator[Sequence[Cell]]]]:
    for place, title in enumerate(opened.sheet_names()):
        try:
            sheet = opened.sheet_by_index(place)
        except MemoryError:
            raise
        except Exception as problem:
            raise BadInput("form.file_broken", file=name) from problem
        yield title, _xls_rows(sheet, opened.datemode)


def _xls_rows(sheet: Any, mode: int) -> Iterator[Sequence[Cell]]:
    for number in range(sheet.nrows):
        yield [_xls_value(cell, mode) for cell in sheet.row(number)]


def _xls_value(cell: Any, mode: int) -> Cell:
    if cell.ctype == XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == XL_CELL_ERROR:
        return None
    if cell.ctype == XL_CELL_DATE:
        try:
            return xldate_as_datetime(cell.value, mode)
        except (ValueError, OverflowError):
            return str(cell.value)
    if cell.ctype == XL_CELL_NUMBER:
        return float(cell.value)
    return str(cell.value)


def _text(data: bytes, name: str) -> Book:
    """Tables in Markdown, or CSV with the name of the sheet in the first column."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput("form.no_spreadsheet", file=name) from None
    if "\0" in text:
        raise BadInput("form.no_spreadsheet", file=name)
    if text.lstrip()[:1] == "|":
        return _markdown(text)
    if text.lstrip()[:1] in ("<", "{"):
        raise BadInput("form.no_spreadsheet", file=name)
    try:
        return _collected("csv", _csv_sheets(text))
    except csv.Error:
        raise BadInput("form.file_broken", file=name) from None


def _markdown(text: str) -> Book:
    try:
        found: dict[str, Any] = md_to_dict(text)
    except PyXFormError as problem:
        raise told(str(problem), Book("md")) from None
    except (IndexError, KeyError):
        raise BadInput("form.no_header") from None
    book = Book("md")
    for key in SHEETS:
        if key in found:
            heads = found.get(f"{key}_header") or [{}]
            headers = [str(one) for one in heads[0]]
            # A cell under a column without a name is nobody's.
            rows = [{str(head): cell for head, cell in row.items() if head} for row in found[key]]
            book.add(Sheet(key, [one for one in headers if one != "None"], rows))
    for other in found["sheet_names"]:
        book.add(Sheet(other))
    return book


def _csv_sheets(text: str) -> Iterator[tuple[str, Iterator[Sequence[Cell]]]]:
    csv.field_size_limit(1_000_000)
    found: dict[str, list[Sequence[Cell]]] = {}
    current: list[Sequence[Cell]] | None = None
    for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), strict=True)):
        if number == 0 and "type" in (cell.strip().lower() for cell in row):
            yield "survey", csv.reader(io.StringIO(text, newline=""))
            return
        if row and row[0].strip():
            current = found.setdefault(row[0].strip(), [])
        if current is not None and any(cell.strip() for cell in row[1:]):
            current.append(row[1:])
    for title, rows in found.items():
        yield title, iter(rows)


def _collected(kind: str, sheets: Iterator[tuple[str, Iterator[Sequence[Cell]]]]) -> Book:
    """Every cell that holds something; a lone sheet is the survey, whatever its name."""
    given = list(sheets)
    book = Book(kind)
    left = MOST_CELLS
    for title, rows in given:
        known = title.strip().lower() in SHEETS
        if not known and len(given) > 1:
            book.add(Sheet(title))
            continue
        sheet = Sheet(title if known else "survey")
        left = _fill(sheet, rows, left)
        book.add(sheet)
    return book


def _fill(sheet: Sheet, rows: Iterator[Sequence[Cell]], left: int) -> int:
    heads: list[tuple[int, str]] = []
    empty = filled = 0
    for number, row in enumerate(rows, 1):
        if number == 1:
            heads = _headers(sheet, row)
            continue
        cells: dict[str, str] = {}
        for place, header in heads:
            text = _said(row[place]) if place < len(row) else ""
            if text:
                cells[header] = text
                if isinstance(row[place], date):  # a date-time is one, too
                    sheet.dates.add((number, header))
        if not cells:
            empty += 1
            continue
        sheet.rows.extend({} for _ in range(empty))
        empty = 0
        sheet.rows.append(cells)
        filled += 1
        left -= len(cells)
        if filled > MOST_ROWS or left < 0:
            raise at_sheet(sheet.name, number, "", BadInput("form.rows_many", most=MOST_ROWS))
    return left


def _headers(sheet: Sheet, row: Sequence[Cell]) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    for place, value in enumerate(row):
        text = " ".join(_said(value).split(" "))
        if not text:
            continue
        if text in sheet.headers:
            problem = BadInput("form.column_twice", what=text)
            raise at_sheet(sheet.name, 1, text, problem)
        found.append((place, text))
        sheet.headers.append(text)
    return found


def _said(value: Cell) -> str:
    """A cell as its text, as pyxform reads it: whole numbers without a point, blanks cut off."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    if isinstance(value, datetime):
        return str(value.date()) if value.time() == time() else value.isoformat(sep=" ")
    return str(value).replace("\u00a0", " ").strip()


def list_rows(data: bytes, name: str) -> list[list[str]] | None:
    """The rows of the first sheet as texts, None where the file is an XLSForm and no plain list.

    BadInput says why a file is not taken.
    """
    if len(data) > MOST_BYTES:
        raise BadInput("form.file_large", file=name, most=MOST_BYTES // 1_000_000)
    if data.startswith(b"PK"):
        with_names = _opened_xlsx(data, name)
    else:
        with_names = _opened_xls(data, name)
    sheets = {title.strip().lower(): rows for title, rows in with_names}
    if "survey" in sheets or not sheets:
        return None
    found: list[list[str]] = []
    for row in next(iter(sheets.values())):
        cells = [_said(cell) for cell in row]
        if any(cells):
            found.append(cells)
        if len(found) > MOST_ROWS:
            raise BadInput("form.rows_many", most=MOST_ROWS)
    if found and "type" in (cell.lower() for cell in found[0]):
        return None
    return found


def table_book(tables: Tables) -> Book:
    """The sheets of tables; the same limits hold."""
    return _collected("tables", iter([(name, iter(rows)) for name, rows in tables.items()]))
