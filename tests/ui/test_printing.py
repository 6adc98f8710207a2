"""Printing: the PDF itself where a printer takes it, else bands that make up the same page."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from PIL import Image, ImageChops
from pypdf import PdfReader
from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gemba.domain.errors import GembaError
from gemba.reports.pages import Pages
from gemba.reports.sheet import SheetFacts, draw_sheet
from gemba.reports.style import REPORT_TEXT
from gemba.services.exports import write_file
from gemba.services.paper import Picture, bands, page_sizes, picture, some_pages
from gemba.ui import printing
from gemba.words import Words
from tests.data.trial_sheet import TODAY, definition, trial_sheet

# No test may reach, or be changed by, the printers of the machine it runs on.
os.environ["CUPS_SERVER"] = "127.0.0.1:9"
PAPERS = {"A3": (420, 297), "A4": (297, 210), "Tabloid": (431.8, 279.4), "Letter": (279.4, 215.9)}


def sheet_on(paper: str) -> bytes:
    return draw_sheet(
        trial_sheet(),
        definition(),
        facts=SheetFacts("Maria Okafor", "Ana Lindqvist", "Ward 6"),
        photo=lambda _hash: None,
        words=Words(),
        today=TODAY,
        paper=paper,
    ).pdf


@pytest.fixture(scope="module")
def sheet() -> bytes:
    return sheet_on("A3")


@pytest.fixture(scope="module")
def report() -> bytes:
    pages = Pages(title="A report", left="Left", words=Words())
    for number in range(150):
        pages.text(f"Line {number} of the report", REPORT_TEXT)
    return pages.finish(title="A report", author="", subject="")


def image_of(shown: Picture) -> Image.Image:
    size = (shown.width, shown.height)
    return Image.frombytes("RGB", size, shown.data, "raw", "BGRX", shown.stride)


@pytest.mark.parametrize(("dots", "rows"), [(150, 97), (96, 400), (200, 1)])
def test_bands_make_up_the_page_without_a_seam(sheet: bytes, dots: int, rows: int) -> None:
    if rows == 1:
        sheet, rows = sheet_on("Letter"), 211
    whole = image_of(picture(sheet, dots / 25.4))
    made = Image.new("RGB", whole.size, "red")
    below = 0
    for top, band in bands(sheet, 0, dots, rows):
        assert top == below
        assert band.width == whole.width
        below = top + band.height
        made.paste(image_of(band), (0, top))
    assert below == whole.height
    # Edges may be smoothed a shade otherwise; a seam or a shift would be black on white.
    apart = ImageChops.difference(whole, made).convert("L").histogram()
    assert sum(apart[64:]) == 0
    assert sum(apart[8:]) < whole.width * whole.height / 10_000


@pytest.mark.parametrize("factor", [1.0, 1.2, 2.0])
def test_bands_are_painted_edge_to_edge(qapp: QApplication, sheet: bytes, factor: float) -> None:
    wide, high = (round(one / 25.4 * 60 * factor) for one in PAPERS["A3"])
    page = QImage(wide, high, QImage.Format.Format_RGB32)
    page.fill("#ff0000")
    painter = QPainter(page)
    for top, band in bands(sheet, 0, 60, 53):
        printing._paint(painter, top, band, factor)
    painter.end()
    red = [
        (x, y)
        for y in range(high - 1)
        for x in (0, wide // 3, wide - 2)
        if page.pixelColor(x, y).name() == "#ff0000"
    ]
    assert red == []


@pytest.mark.parametrize("paper", PAPERS)
def test_a_printer_is_set_to_the_paper_of_the_pdf(
    qapp: QApplication, tmp_path: Path, paper: str
) -> None:
    pdf = sheet_on(paper)
    printer = printing.printer_for(pdf, "A sheet")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "bands.pdf"))
    printer.setResolution(200)
    printing.paint_bands(pdf, printer)
    (painted,) = page_sizes((tmp_path / "bands.pdf").read_bytes())
    assert painted == pytest.approx(PAPERS[paper], abs=0.4)
    small = image_of(picture(pdf, 3.0)).convert("L")
    again = image_of(picture((tmp_path / "bands.pdf").read_bytes(), 3.0)).convert("L")
    # The ink reaches as far on both: nothing was scaled or moved.
    frames = [one.point(lambda v: 255 if v < 200 else 0).getbbox() for one in (small, again)]
    assert frames[0] is not None
    assert frames[1] == pytest.approx(frames[0], abs=3)


def test_every_page_is_painted(qapp: QApplication, tmp_path: Path, report: bytes) -> None:
    printer = printing.printer_for(report, "A report")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "bands.pdf"))
    printer.setResolution(72)
    printing.paint_bands(report, printer)
    sizes = page_sizes((tmp_path / "bands.pdf").read_bytes())
    assert len(sizes) == len(page_sizes(report)) > 2
    assert all(one == pytest.approx((210, 297), abs=0.4) for one in sizes)


def test_a_pdf_is_written_as_it_is(qapp: QApplication, tmp_path: Path, report: bytes) -> None:
    printer = printing.printer_for(report, "A report")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    printing.send(report, printer, "A report", write_file)
    assert (tmp_path / "out.pdf").read_bytes() == report
    printer.setFromTo(2, 2)
    printing.send(report, printer, "A report", write_file)
    (page,) = PdfReader(tmp_path / "out.pdf").pages
    assert page.extract_text() == PdfReader(io.BytesIO(report)).pages[1].extract_text()
    printer.setOutputFileName(str(tmp_path / "nowhere" / "out.pdf"))
    with pytest.raises(GembaError) as trouble:
        printing.send(report, printer, "A report", write_file)
    assert trouble.value.key == "file.cannot_write"


def test_some_pages_are_those_pages(report: bytes) -> None:
    pages = PdfReader(io.BytesIO(some_pages(report, 2, 3))).pages
    assert len(pages) == 2
    assert "Line 60 " in pages[0].extract_text()


@pytest.fixture
def queue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A command `lp` that keeps what it is given, as CUPS would take it."""
    folder = tmp_path / "bin"
    folder.mkdir()
    script = folder / "lp"
    got, words, answer = tmp_path / "got.pdf", tmp_path / "words", tmp_path / "answer"
    script.write_text(
        "#!/bin/sh\n"
        f'printf "%s\\n" "$@" > {words}\n'
        f"cat > {got}\n"
        f"if test -f {answer}; then cat {answer} >&2; exit 1; fi\n"
    )
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    return SimpleNamespace(got=got, words=words, answer=answer)


class Native(QPrinter):
    """A printer as the dialog leaves it where a real one was chosen."""

    def outputFormat(self) -> QPrinter.OutputFormat:
        return QPrinter.OutputFormat.NativeFormat


def test_cups_gets_the_pdf_itself(
    qapp: QApplication, queue: SimpleNamespace, report: bytes
) -> None:
    printer = Native()
    printing._set_paper(printer, report)
    printer.setCopyCount(2)
    printer.setFromTo(1, 2)
    printing.send(report, printer, "-o evil\n\x00\x07Ward 6", write_file)
    assert queue.got.read_bytes() == report
    # By a pipe: no copy in plain lies about, whatever becomes of us meanwhile.
    assert queue.words.read_text().splitlines()[-1] == "-"
    words = queue.words.read_text().splitlines()
    assert words[words.index("-t") + 1] == "-o evil Ward 6"
    assert words[words.index("-n") + 1] == "2"
    assert words[words.index("-P") + 1] == "1-2"
    assert "print-scaling=none" in words
    assert "media=A4" in words


@pytest.mark.parametrize("paper", PAPERS)
def test_cups_is_told_the_paper(qapp: QApplication, queue: SimpleNamespace, paper: str) -> None:
    printing.send(sheet_on(paper), Native(), "", write_file)
    words = queue.words.read_text().splitlines()
    assert f"media={paper}" in words
    assert words[words.index("-t") + 1] == "Gemba"
    assert "-P" not in words


@pytest.mark.parametrize("paper", PAPERS)
def test_a_printer_without_the_paper_is_known(qapp: QApplication, paper: str) -> None:
    held = [QPageSize(QPageSize.PageSizeId.A4), QPageSize(QPageSize.PageSizeId.Tabloid)]
    assert printing.holds(held, PAPERS[paper]) is (paper in ("A4", "Tabloid"))
    said = Words()("print.no_paper", printer="Desk", paper=paper)
    assert said.startswith(f"Desk has no paper of the size {paper}.")


def test_what_the_printer_says_is_said(
    qapp: QApplication, queue: SimpleNamespace, sheet: bytes
) -> None:
    queue.answer.write_text("lp: Error - The printer or class does not exist.\n")
    with pytest.raises(GembaError) as trouble:
        printing.send(sheet, Native(), "A sheet", write_file)
    said = Words()(trouble.value.key, **trouble.value.values)
    assert said == ("The printer did not take it: Error - The printer or class does not exist.")


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_without_a_way_to_print_it_is_said(
    qapp: QApplication, sheet: bytes, tmp_path: Path
) -> None:
    printer = printing.printer_for(sheet, "A sheet")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "nowhere" / "out.pdf"))
    with pytest.raises(GembaError) as trouble:
        printing.paint_bands(sheet, printer)
    assert trouble.value.key == "print.refused"


def test_the_dialog_of_the_system_is_asked(qtbot: QtBot, tmp_path: Path, report: bytes) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    seen: list[str] = []

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QPrintDialog):
            QTimer.singleShot(10, answer)
            return
        seen.append(dialog.printer().docName())
        if len(seen) == 1:
            dialog.reject()
            return
        name = dialog.findChild(QLineEdit, "filename")
        assert name is not None
        name.setText(str(tmp_path / "out.pdf"))
        button = next(one for one in dialog.findChildren(QPushButton) if one.isDefault())
        button.click()

    QTimer.singleShot(0, answer)
    assert not printing.print_pdf(parent, report, "A report", write_file)
    QTimer.singleShot(0, answer)
    assert printing.print_pdf(parent, report, "A report", write_file)
    assert seen == ["A report", "A report"]
    assert (tmp_path / "out.pdf").read_bytes() == report


MEASURE = """
import os, resource, sys
from pathlib import Path
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from gemba.ui import printing
app = QApplication([])
pdf = Path(sys.argv[1]).read_bytes()
printer = printing.printer_for(pdf, "A sheet")
printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
printer.setOutputFileName(sys.argv[2])
printer.setResolution(600)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
printing.paint_bands(pdf, printer)
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)
"""


def test_an_a3_at_600_dots_an_inch_takes_little_memory(tmp_path: Path, sheet: bytes) -> None:
    (tmp_path / "sheet.pdf").write_bytes(sheet)
    files = [str(tmp_path / "sheet.pdf"), str(tmp_path / "out.pdf")]
    out = subprocess.run(
        [sys.executable, "-c", MEASURE, *files],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    # The whole page would be 280 MB of pixels, and as much again on the way.
    assert float(out.stdout) < 120
