"""The cells of a form's spreadsheet, and what its columns mean under all their names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from gemba.domain.form_import import Tables

SHEETS = frozenset({"survey", "choices", "settings", "external_choices", "osm", "entities"})
"""The sheets an XLSForm can have (https://xlsform.org); others are somebody's notes."""

_NAMES = {
    "relevance": "relevant",
    "calculate": "calculation",
    "count": "repeat_count",
    "jr:count": "repeat_count",
    "caption": "label",
    "tag": "name",
    "value": "name",
    "command": "type",
    "readonly": "read_only",
    "constraining_message": "constraint_message",
    "jr:constraintmsg": "constraint_message",
    "requiredmsg": "required_message",
    "jr:requiredmsg": "required_message",
    "list name": "list_name",
    "form_title": "title",
    "set_form_title": "title",
    "form_id": "id_string",
    "set_form_id": "id_string",
}
_BLANKS = re.compile(r"\s+")


@dataclass(slots=True)
class Sheet:
    """One sheet: ``rows[0]`` is row 2 of the spreadsheet, and holds no empty cells."""

    name: str
    headers: list[str] = field(default_factory=list)
    rows: list[dict[str, str]] = field(default_factory=list)
    dates: set[tuple[int, str]] = field(default_factory=set)  # row and column of a calendar cell

    def column(self, meaning: str) -> str:
        """The header of the column that means this, "" where there is none."""
        return next((one for one in self.headers if meaning_of(one) == (meaning, "")), "")

    def columns(self, meaning: str) -> list[str]:
        """The headers of the columns that mean this, in every language."""
        return [one for one in self.headers if meaning_of(one)[0] == meaning]

    def numbered(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Every row with the number the spreadsheet shows beside it."""
        return enumerate(self.rows, 2)


@dataclass(slots=True)
class Book:
    """All sheets by their names in small letters; ``kind`` is xlsx, xls, csv, md or tables."""

    kind: str
    sheets: dict[str, Sheet] = field(default_factory=dict)

    def add(self, sheet: Sheet) -> None:
        """Take one more sheet; of two with one name the first stays."""
        self.sheets.setdefault(sheet.name.strip().lower(), sheet)


def meaning_of(header: str) -> tuple[str, str]:
    """What a column means, and its language: ("label", "English (en)") for label::English (en)."""
    head, mark, language = header.partition("::")
    if not mark and ":" in header and not header.lower().startswith("jr:"):
        head, mark, language = header.partition(":")
    name = _BLANKS.sub("_", head.strip()).lower()
    if name in ("bind", "body", "control", "instance") and mark:
        head, language = language.strip(), ""
        name = _BLANKS.sub("_", head).lower()
    return _NAMES.get(name, _NAMES.get(head.strip().lower(), name)), language.strip()


def book_of(tables: Tables, kind: str = "tables") -> Book:
    """The sheets of tables of texts, the first row of each its header."""
    book = Book(kind)
    for name, rows in tables.items():
        sheet = Sheet(name)
        sheet.headers = [cell.strip() for cell in rows[0]] if rows else []
        for row in rows[1:]:
            cells = zip(sheet.headers, row, strict=False)
            sheet.rows.append(
                {header: cell.strip() for header, cell in cells if header and cell.strip()}
            )
        sheet.headers = [header for header in sheet.headers if header]
        book.add(sheet)
    return book


def tables_of(book: Book) -> dict[str, list[list[str]]]:
    """The cells of the sheets as texts, the header row first."""
    return {
        sheet.name: [
            list(sheet.headers),
            *([row.get(header, "") for header in sheet.headers] for row in sheet.rows),
        ]
        for sheet in book.sheets.values()
    }
