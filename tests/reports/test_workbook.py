"""The data behind a sheet as XLSX, read back by openpyxl."""

from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, ClassVar

import openpyxl
import pytest

from gemba.domain.figures import FiveWhys, Pareto, Plan, RunChart
from gemba.domain.figures.data import data_of
from gemba.domain.figures.five_whys import Why
from gemba.domain.figures.pareto import Bar
from gemba.domain.figures.plan import Action
from gemba.domain.figures.run_chart import Reading
from gemba.domain.sheet import Box, Check, Sheet
from gemba.reports.sheet import SheetFacts
from gemba.reports.workbook import MOST_LETTERS, _short, draw_workbook, split
from gemba.words import Words
from tests.data.paper import reader
from tests.data.trial_sheet import definition, trial_sheet

words = Words()
SOFFICE = shutil.which("soffice")


def _has_calc() -> bool:
    """Tell whether the office here opens workbooks; it comes in parts."""
    if SOFFICE is None:
        return False
    home = Path(SOFFICE).resolve().parent
    return any(home.glob("libscfiltlo.*")) or any(home.glob("*/libscfiltlo.*"))


def book_of(sheet: Sheet) -> Any:
    facts = SheetFacts(owner="Maria Okafor")
    data = draw_workbook(sheet, definition(), facts=facts, words=words)
    return openpyxl.load_workbook(io.BytesIO(data))


def rows(page: Any) -> list[tuple[Any, ...]]:
    return [tuple(cell.value for cell in row) for row in page.iter_rows()]


def cells(book: Any) -> list[Any]:
    return [cell for page in book.worksheets for row in page.iter_rows() for cell in row]


def with_figures(*figures: Any, text: str = "") -> Sheet:
    sheet = replace(trial_sheet(), boxes=())
    return sheet.with_box(Box(id="current", text=text, figures=figures))


def test_the_first_page_holds_facts_and_the_text_of_every_box() -> None:
    book = book_of(trial_sheet())
    page = book.worksheets[0]
    found = rows(page)
    assert found[0][0] == trial_sheet().title
    facts = {row[0]: row[1] for row in found}
    assert facts["Owner"] == "Maria Okafor"
    assert facts["Started"] == datetime(2026, 8, 31)
    for box in definition().boxes:
        assert box.label in facts
    assert "nobody waits more than four hours" in facts["Background"]


def test_every_figure_has_a_page_with_its_series_as_numbers_and_dates() -> None:
    readings = (Reading(on=date(2026, 9, 1), value=19.5), Reading(on=date(2026, 9, 2), value=None))
    chart = RunChart(id="r", caption="Out before 12:00", readings=readings, goal=35.0)
    book = book_of(with_figures(chart))
    found = rows(book.worksheets[1])
    assert found[0][0].endswith("Out before 12:00")
    assert (datetime(2026, 9, 1), 19.5, 19.5, 35) in [row[:4] for row in found]
    assert (datetime(2026, 9, 2), None, 19.5, 35) in [row[:4] for row in found]


def test_a_chart_with_limits_tells_its_mean_and_both_limits() -> None:
    readings = tuple(Reading(on=date(2026, 9, 1 + n), value=10.0 + n % 3) for n in range(20))
    chart = RunChart(id="r", readings=readings, method="limits")
    (table,) = [one for one in data_of(chart) if one.name == "Readings"]
    assert table.heads == ("On", "Value", "Mean", "Lower limit", "Upper limit", "Goal", "Note")
    _on, value, mean, lower, upper, goal, _note = table.rows[0]
    assert (value, goal) == (10.0, None)
    assert lower < mean < upper  # type: ignore[operator]


def test_a_plan_stands_row_by_row() -> None:
    action = Action(id="a", what="Name leavers", who="Leon", start=date(2026, 9, 28))
    found = rows(book_of(with_figures(Plan(id="p", actions=(action,)))).worksheets[1])
    heads = next(row for row in found if row[0] == "What")
    values = dict(zip(heads, found[found.index(heads) + 1], strict=True))
    assert (values["What"], values["Who"]) == ("Name leavers", "Leon")
    assert values["Start"] == datetime(2026, 9, 28)
    assert values["Reviewed"] is False


@pytest.mark.parametrize("text", ["=1+1", "=HYPERLINK(1)", "+1", "-1", "@sum", "{=1}", "_x0041_"])
def test_text_that_looks_like_a_formula_stays_text(text: str) -> None:
    bars = (Bar(label=text, count=1.0),)
    book = book_of(with_figures(Pareto(id="p", caption=text, bars=bars), text=text))
    same = [cell for cell in cells(book) if cell.value == text]
    assert same
    assert {cell.data_type for cell in cells(book)} <= {"s", "n", "d", "b"}
    assert all(cell.hyperlink is None for cell in cells(book))


def test_a_text_longer_than_a_cell_goes_on_below_and_is_told() -> None:
    text = "word " * 20_000
    book = book_of(with_figures(text=text))
    page = book.worksheets[0]
    column = [row[1] for row in rows(page) if isinstance(row[1], str)]
    assert text in "".join(column)
    assert max(len(one) for one in column) <= MOST_LETTERS
    assert page["A2"].value == words("workbook.goes_on")


def test_a_text_is_never_split_through_a_letter_of_two_units() -> None:
    text = "a" + "😀" * 20_000
    parts = split(text)
    assert "".join(parts) == text
    assert all(len(one.encode("utf-16-le")) // 2 <= MOST_LETTERS for one in parts)


def test_letters_a_workbook_cannot_hold_stand_as_code_points() -> None:
    book = book_of(with_figures(text="bell \x07 half \ud800 病棟 שלום 😀"))
    assert any(cell.value == "bell [U+0007] half [U+D800] 病棟 שלום 😀" for cell in cells(book))


def test_pages_have_names_excel_takes_and_none_twice() -> None:
    hostile = "'[History]: a/b\\c*?' " + "😀" * 40
    same = [RunChart(id=str(n), caption=hostile) for n in range(12)]
    names = book_of(with_figures(*same)).sheetnames
    assert len(names) == len({one.casefold() for one in names}) == 13
    assert all(len(one.encode("utf-16-le")) // 2 <= 31 for one in names)
    assert not any(set("[]:*?/\\") & set(one) for one in names)


def test_checks_and_days_that_excel_does_not_have() -> None:
    check = Check(id="c", what="Still at 35 %?", on=date(2026, 12, 24))
    early = Reading(on=date(1899, 12, 31), value=1.0)
    sheet = replace(with_figures(RunChart(id="r", readings=(early,))), checks=(check,))
    values = [cell.value for cell in cells(book_of(sheet))]
    assert datetime(2026, 12, 24) in values
    assert "1899-12-31" in values


def test_causes_keep_whom_they_explain() -> None:
    tree = FiveWhys(
        id="t", whys=(Why(id="a", parent="", text="gap"), Why(id="b", parent="a", text="why"))
    )
    (table,) = [one for one in data_of(tree) if one.name == "Whys"]
    rows = [dict(zip(table.heads, row, strict=True)) for row in table.rows]
    assert rows[1]["Parent"] == rows[0]["Id"] == "a"


def test_a_figure_nobody_prepared_for_is_written_by_its_fields() -> None:
    @dataclass(frozen=True)
    class Cell:
        id: str
        who: str
        level: int

    @dataclass(frozen=True)
    class Grid:
        kind: ClassVar[str] = "grid"
        id: str = "g"
        caption: str = ""
        unit: str = "people"
        heads: tuple[str, ...] = ("one", "two")
        rows: tuple[tuple[str, ...], ...] = field(default_factory=lambda: (("a", "b"), ("c",)))
        cells: tuple[Cell, ...] = field(default_factory=lambda: (Cell("x", "Ann", 3),))

    found = {one.name: one for one in data_of(Grid(unit="hands", heads=("one", "two ")))}  # type: ignore[arg-type]
    assert found[""].rows == (("Unit", "hands"),)
    assert found["Heads"].rows == (("one",), ("two ",))
    assert found["Rows"].rows == (("a", "b"), ("c", None))
    assert (found["Cells"].heads, found["Cells"].rows) == (("Who", "Level"), (("Ann", 3),))


def test_a_long_caption_names_its_page_without_being_read_to_its_end_again_and_again() -> None:
    looked = 0

    class Watched(str):
        def __len__(self) -> int:
            nonlocal looked
            looked += 1
            return super().__len__()

    assert _short(Watched("wörter " * 100_000), 31) == "wörter wörter wörter wörter wör"
    assert looked < 3
    long = "late leavers " * 80_000
    book = book_of(with_figures(RunChart(id="one", caption=long)))
    assert all(len(name) <= 31 for name in book.sheetnames)


def test_rows_are_as_high_as_their_text_and_pages_one_sheet_of_paper_wide() -> None:
    text = "Line 3 folds the door frames for every order of the plant. " * 6 + "\none more line"
    tree = FiveWhys(id="t", whys=tuple(Why(id=f"w{n}", text="Bags wait " * 9) for n in range(3)))
    book = book_of(with_figures(tree, text=text))
    page = book.worksheets[0]
    (at,) = [cell.row for row in page.iter_rows() for cell in row if cell.value == text]
    # 60 digits wide: six lines of the first paragraph and one of the second.
    assert 7 * 15 <= page.row_dimensions[at].height <= 9 * 15
    huge = book_of(with_figures(text="a line\n" * 500))
    assert max(one.height or 0 for one in huge.worksheets[0].row_dimensions.values()) > 400
    for one in book.worksheets:
        assert one.page_setup.orientation == "landscape"
        assert one.sheet_properties.pageSetUpPr.fitToPage
        assert (one.page_setup.fitToWidth, one.page_setup.fitToHeight) in ((1, 0), (None, 0))


@pytest.mark.skipif(not _has_calc(), reason="LibreOffice Calc is not here")
def test_another_reader_opens_it_and_shows_every_text(tmp_path: Path) -> None:
    plan = Plan(id="p", actions=(Action(id="a", what="=SUM(A1)", reviewed=True),))
    pareto = Pareto(id="q", bars=(Bar(label="Letter", count=21), Bar(label="Bags", count=37)))
    sheet = with_figures(plan, pareto, text="Names at 15:00\n@home -1+1 漢字 שלום")
    file = tmp_path / "sheet.xlsx"
    file.write_bytes(
        draw_workbook(sheet, definition(), facts=SheetFacts(owner="Maria Okafor"), words=words)
    )
    assert SOFFICE is not None
    subprocess.run(
        [
            SOFFICE,
            "--headless",
            f"-env:UserInstallation={(tmp_path / 'office').as_uri()}",
            "--convert-to",
            "pdf",
            "--outdir",
            str(tmp_path),
            str(file),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    pages = reader((tmp_path / "sheet.pdf").read_bytes()).pages
    assert len(pages) == len(book_of(sheet).worksheets)
    told = " ".join(" ".join(page.extract_text() for page in pages).split())
    for part in ("Maria Okafor", "Names at 15:00", "@home -1+1", "=SUM(A1)", "Letter", "37"):
        assert part in told
    assert "TRUE" in told
    for error in ("#NAME?", "#REF!", "#VALUE!", "Err:"):
        assert error not in told
