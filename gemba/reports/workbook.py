"""The data behind a sheet as XLSX: its facts and texts, and every figure's tables and series."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from gemba.domain.definition import SheetDefinition
from gemba.domain.figures.data import Cell, DataTable, data_of
from gemba.domain.figures.words import described
from gemba.domain.legible import legible
from gemba.domain.prose import plain
from gemba.domain.sheet import Sheet, TrayPiece
from gemba.domain.sheet_text import ending_of
from gemba.reports.sheet import SheetFacts, Words

MOST_LETTERS: Final = 32_767
"""What a cell holds, in UTF-16 units (Excel specifications and limits)."""
_NAME: Final = 31
_NO_NAME: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_WIDEST, _NARROWEST = 60, 8
_LINE_PT: Final = 15.0
_TALLEST_PT: Final = 409.0
"""How high a row can be (Excel specifications and limits)."""
_TITLE_PT: Final = 20.0
_A4: Final = 9
_LINE_COLUMNS: Final = 6
_PLAIN_WIDTH: Final = 8.43
"""The width of a column nobody widened, in digits (XlsxWriter documentation, set_column)."""
_EXCEL_BEGINS: Final = date(1900, 3, 1)
"""Before this day Excel counts one too many: it holds 1900 for a leap year."""


def draw_workbook(
    sheet: Sheet,
    definition: SheetDefinition,
    *,
    facts: SheetFacts,
    words: Words,
    aside: Sequence[TrayPiece] = (),
) -> bytes:
    """Return a sheet's data as an XLSX file: one page for the sheet, one for each figure.

    A text longer than a cell holds goes on in the cell below, and a line on top says so. ``aside``
    is what lies in the tray of the sheet: it follows what stands in the boxes.
    """
    from xlsxwriter import Workbook

    out = io.BytesIO()
    # Texts are written as texts: what begins with = or looks like an address does nothing.
    book: Any = Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    book.set_properties(
        {
            "title": legible(sheet.title or words("sheet.untitled"))[:255],
            "author": legible(facts.owner)[:255],
            "subject": legible(definition.label)[:255],
        }
    )
    pages = _Pages(book, words)
    first = pages.add(words("workbook.sheet"), sheet.title or words("sheet.untitled"))
    first.table(DataTable("", ("", ""), tuple(_facts(sheet, definition, facts, words))))
    boxes = tuple(
        (definition.box(one).label, plain(sheet.box(one).text)) for one in definition.box_frames()
    )
    heads = (words("workbook.box"), words("workbook.text"))
    first.table(DataTable("", heads, boxes))
    if aside:
        left = tuple((one.label, plain(one.box.text)) for one in aside)
        first.table(DataTable(words("sheet_text.aside"), heads, left))
    checks = tuple((one.what, one.on, one.done_on, one.found) for one in sheet.checks)
    if checks:
        names = ("what", "on", "done_on", "found")
        named = tuple(words(f"workbook.check_{name}") for name in names)
        first.table(DataTable(words("workbook.checks"), named, checks))
    held = [(definition.box(one).label, sheet.box(one)) for one in definition.box_frames()]
    said = words("sheet_text.aside")
    held += [(f"{said}: {one.label}", one.box) for one in aside]
    for label, box in held:
        for figure in box.figures:
            caption = figure.caption.strip() or _kind(figure.kind, words)
            page = pages.add(f"{label}, {caption}", f"{label}: {caption}")
            page.line(described(figure, words))
            for table in data_of(figure, words):
                page.table(table)
    pages.finish()
    book.close()
    return out.getvalue()


def _facts(
    sheet: Sheet, definition: SheetDefinition, facts: SheetFacts, words: Words
) -> Iterator[tuple[Cell, ...]]:
    rows: tuple[tuple[str, Cell], ...] = (
        (words("workbook.kind"), definition.label),
        (words("sheet.owner"), facts.owner),
        (words("sheet.coach"), facts.coach),
        (words("sheet.area"), facts.area),
        (words("sheet.started"), sheet.started_on),
        (words("sheet.stage"), words(f"sheet.stages.{sheet.stage}")),
        (words("workbook.should_be"), sheet.should_be),
        (words("workbook.is_now"), sheet.is_now),
        (words("workbook.revision"), sheet.revision),
        *ending_of(sheet, words),
    )
    yield from ((name, value) for name, value in rows if value not in ("", None))


def _kind(kind: str, words: Words) -> str:
    """Return what a figure is called; one without a sentence by its own name."""
    name = words(f"figure_kind.{kind}")
    return name if name != f"figure_kind.{kind}" else kind.replace("_", " ").capitalize()


class _Pages:
    """The pages of a workbook; each has a name Excel takes, and that no other has."""

    def __init__(self, book: Any, words: Words) -> None:
        self._book = book
        self._words = words
        self._taken: set[str] = set()
        self._pages: list[_Page] = []
        self.head = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.text = book.add_format({"text_wrap": True, "valign": "top"})
        self.day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
        self.number = book.add_format({"valign": "top"})
        # Calc takes a truth for a number and shows 1 and 0, unless it is told what to show.
        truth = {"num_format": '"TRUE";"TRUE";"FALSE"', "valign": "top", "align": "left"}
        self.truth = book.add_format(truth)

    def add(self, name: str, title: str) -> _Page:
        """Add a page with its whole title in the first row."""
        page = _Page(self._book.add_worksheet(self._free(name)), self, self._words)
        page.title(title)
        self._pages.append(page)
        return page

    def finish(self) -> None:
        """Give every page its rows and its paper, once all of it is written."""
        for page in self._pages:
            page.finish()

    def _free(self, wanted: str) -> str:
        # Excel takes no apostrophe at either end, and keeps "History" for itself.
        bare = " ".join(_NO_NAME.sub(" ", legible(wanted)).split()).strip("' ") or "-"
        number, name = 1, _short(bare, _NAME)
        while name.casefold() in self._taken or name.casefold() == "history":
            number += 1
            name = f"{_short(bare, _NAME - len(str(number)) - 1)} {number}"
        self._taken.add(name.casefold())
        return name


def _units(text: str) -> int:
    return len(text) + sum(ord(letter) > 0xFFFF for letter in text)


def _short(text: str, most: int) -> str:
    text = text[:most]
    while _units(text) > most:
        text = text[:-1]
    return text.rstrip(" '")


class _Page:
    """One page, filled from the top; ``_row`` is the next free row."""

    def __init__(self, sheet: Any, looks: _Pages, words: Words) -> None:
        self._sheet = sheet
        self._looks = looks
        self._words = words
        self._row = 0
        self._widths: dict[int, int] = {}
        self._folded: list[tuple[int, int, str]] = []
        self._lines: list[tuple[int, str]] = []

    def finish(self) -> None:
        """Let no row hide its text, and print the page as wide as one sheet of paper.

        Calc does not make room by itself for text that is folded in a cell.
        """
        for row, text in self._lines:
            # Beside each other, so that a long sentence widens no column.
            self._sheet.merge_range(row, 0, row, _LINE_COLUMNS - 1, "", self._looks.text)
            self._sheet.write_string(row, 0, text, self._looks.text)
        wide = sum(self._widths.get(at, _PLAIN_WIDTH) for at in range(_LINE_COLUMNS))
        highs: dict[int, int] = {}
        for row, column, text in self._folded:
            lines = _lines_of(text, self._widths.get(column, _PLAIN_WIDTH))
            highs[row] = max(highs.get(row, 1), lines)
        for row, text in self._lines:
            highs[row] = _lines_of(text, wide)
        for row, lines in highs.items():
            if lines > 1:
                self._sheet.set_row(row, min(_TALLEST_PT, lines * _LINE_PT))
        self._sheet.set_row(0, _TITLE_PT)
        self._sheet.set_paper(_A4)
        self._sheet.set_landscape()
        self._sheet.fit_to_pages(1, 0)

    def title(self, text: str) -> None:
        """Write the title of the page; told beneath where texts go on in the next cell."""
        self._text(0, 0, text, self._looks.title)
        self._row += 2

    def line(self, text: str) -> None:
        """Write a sentence over the tables."""
        parts = split(legible(text))
        for part in parts:
            self._lines.append((self._row, part))
            self._row += 1
        self._row += 1

    def table(self, table: DataTable) -> None:
        """Write a table with its name and heads, and leave a row free under it."""
        if table.name:
            self._text(self._row, 0, table.name, self._looks.head)
            self._row += 1
        if any(table.heads):
            for column, head in enumerate(table.heads):
                self._text(self._row, column, head, self._looks.head)
            self._row += 1
        for row in table.rows:
            self._row += self._cells(row)
        self._row += 1

    def _cells(self, row: Sequence[Cell]) -> int:
        """Write a row and return how many rows of the page it took."""
        high = 1
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                high = max(high, self._text(self._row, column, cell, self._looks.text))
            else:
                self._value(column, cell)
        if high > 1:
            self._sheet.write_string(1, 0, self._words("workbook.goes_on"))
        return high

    def _value(self, column: int, cell: Cell) -> None:
        looks, at = self._looks, (self._row, column)
        if cell is None:
            return
        if isinstance(cell, bool):
            self._sheet.write_boolean(*at, cell, looks.truth)
        elif isinstance(cell, date) and cell >= _EXCEL_BEGINS:
            self._sheet.write_datetime(*at, cell, looks.day)
            self._widen(column, 11)
        elif isinstance(cell, int | float) and math.isfinite(cell):
            self._sheet.write_number(*at, cell, looks.number)
        else:
            self._text(self._row, column, str(cell), looks.text)

    def _text(self, row: int, column: int, text: str, look: Any) -> int:
        parts = split(legible(text))
        for at, part in enumerate(parts):
            self._sheet.write_string(row + at, column, part, look)
        if look is self._looks.text:
            self._folded += [(row + at, column, part) for at, part in enumerate(parts)]
        if look is not self._looks.title:
            self._widen(column, max((len(one) for one in text[:500].split("\n")), default=0))
        return len(parts)

    def _widen(self, column: int, letters: int) -> None:
        wanted = min(_WIDEST, max(_NARROWEST, letters + 2))
        if wanted > self._widths.get(column, 0):
            self._widths[column] = wanted
            self._sheet.set_column(column, column, wanted)


def _lines_of(text: str, width: float) -> int:
    """Return how many lines a text takes in a column, at most a few more than it does."""
    room = max(1.0, width - 1.0)
    # A column is as wide as its longest text and two more; such a text is one line.
    return sum(
        1 if len(one) + 2 <= width else math.ceil(len(one) / room) for one in text.split("\n")
    )


def split(text: str, most: int = MOST_LETTERS) -> list[str]:
    """Return a text in parts that a cell holds, none of them through the middle of a letter."""
    if _units(text) <= most:
        return [text]
    parts = []
    start = held = 0
    for at, letter in enumerate(text):
        wide = 1 + (ord(letter) > 0xFFFF)
        if held + wide > most:
            parts.append(text[start:at])
            start, held = at, 0
        held += wide
    return [*parts, text[start:]]
