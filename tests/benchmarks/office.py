"""The sample A3 as PPTX and XLSX, against the libraries writing the same things bare."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pptx
import xlsxwriter

from gemba.app.folders import load_catalog
from gemba.services.workspace import open_workspace
from gemba.words import Words
from tests.benchmarks.measuring import PYTHON, Figure, in_turn, wall
from tests.benchmarks.sample_of import sample_sheet


def measure(sample: Path) -> list[Figure]:
    """Measure both warm, the libraries loaded; and each as a whole process."""
    workspace = open_workspace(sample, load_catalog(sample), Words())
    try:
        sheet = sample_sheet(workspace.sheets.all())
        files = workspace.exports.files
        slide, book = files.slide(sheet), files.workbook(sheet)
        rows = [_slide(lambda: files.slide(sheet), slide)]
        rows.append(_book(lambda: files.workbook(sheet), book))
    finally:
        workspace.close()
    gemba = [PYTHON, "-m", "gemba", "--data-dir", str(sample)]
    for ending in ("pptx", "xlsx"):
        target = sample.with_name(f"office.{ending}")
        export = [*gemba, "export", "sheet", str(sheet.id), str(target)]
        bare = [PYTHON, "-c", f"import {'pptx' if ending == 'pptx' else 'xlsxwriter'}, sqlalchemy"]
        wall(export)
        ours, theirs = in_turn(lambda: wall(export), lambda: wall(bare), runs=5)  # noqa: B023
        note = "floor: a process that loads the library and SQLAlchemy"
        rows.append(Figure(f"whole process, export {ending.upper()}", ours, theirs, "s", 4.0, note))
    return rows


def _slide(ours: Callable[[], object], made: bytes) -> Figure:
    """Compare with python-pptx reading and writing the slide that was made.

    Ours also draws every figure, scales the photo, and writes a workbook for each chart.
    """

    def bare() -> None:
        pptx.Presentation(io.BytesIO(made)).save(io.BytesIO())

    mine, floor = in_turn(lambda: _timed(ours), lambda: _timed(bare), runs=15)
    note = "floor: python-pptx reads and writes this file"
    return Figure("sample A3 to PPTX bytes", mine, floor, "s", 8.0, note)


def _book(ours: Callable[[], object], made: bytes) -> Figure:
    """Compare with XlsxWriter writing the same cells as they are."""
    book = openpyxl.load_workbook(io.BytesIO(made))
    pages = [
        (page.title, [[cell.value for cell in row] for row in page.iter_rows()])
        for page in book.worksheets
    ]

    def bare() -> None:
        out: Any = xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True})
        for title, rows in pages:
            page = out.add_worksheet(title)
            for at, row in enumerate(rows):
                for column, value in enumerate(row):
                    if value is not None:
                        page.write(at, column, str(value))
        out.close()

    mine, floor = in_turn(lambda: _timed(ours), lambda: _timed(bare), runs=15)
    count = sum(value is not None for _title, rows in pages for row in rows for value in row)
    note = f"floor: the same {count} cells by XlsxWriter"
    return Figure("sample A3 to XLSX bytes", mine, floor, "s", 3.0, note)


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
