"""Saving and printing a PDF that is drawn already: to a file, to CUPS, or in bands of pixels.

There is one way to paper for everything: what the preview shows is the PDF that is saved, and the
one the printer gets.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from gemba.domain.errors import GembaError
from gemba.services.paper import Picture, bands, page_sizes, picture, some_pages

_MOST_DPI = 600
_BAND_ROWS = 400
"""At 600 dots an inch, 16 MB of an A3 that lies on its long side."""
_PATIENCE = 60
# Papers that differ by less than this are the same one, rounded to points or to inches.
_SAME_MM = 1.5


def ask_pdf_name(parent: QWidget, suggested: str) -> Path | None:
    """Ask where to save a PDF; None when it was called off."""
    return ask_file_name(parent, suggested, "pdf")


def ask_file_name(parent: QWidget, suggested: str, ending: str) -> Path | None:
    """Ask where to save a file of a kind; None when it was called off."""
    shown = ending.upper()
    title = QCoreApplication.translate("Printing", "Save as {kind}").format(kind=shown)
    dialog = QFileDialog(parent, title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(f"{shown} (*.{ending})")
    dialog.setDefaultSuffix(ending)
    dialog.selectFile(file_name(suggested, ending))
    if QApplication.platformName() == "offscreen":
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    if not dialog.exec():
        return None
    chosen = dialog.selectedFiles()
    return Path(chosen[0]) if chosen else None


def file_name(words: str, ending: str = "pdf") -> str:
    """Return words as a file name every system takes, at most 80 letters before the ending."""
    kept = "".join(c if c.isalnum() or c in " -_,." else " " for c in words)
    name = " ".join(kept.split())[:80].strip(" .") or "gemba"
    return f"{name}.{ending}"


def print_pdf(
    parent: QWidget, pdf: bytes, title: str, write: Callable[[Path, bytes], None]
) -> bool:
    """Ask the system's print dialog and print at true scale; tell whether it was sent.

    ``write`` writes a file whole or not at all. Raises GembaError when the printer refuses it.
    """
    printer = printer_for(pdf, title)
    dialog = QPrintDialog(printer, parent)
    pages = len(page_sizes(pdf))
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange, pages > 1)
    dialog.setMinMax(1, pages)
    if not dialog.exec():
        return False
    send(pdf, printer, title, write)
    return True


def printer_for(pdf: bytes, title: str) -> QPrinter:
    """Return a printer that is set to the paper of a PDF, to its very edges."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(_plain(title))
    _set_paper(printer, pdf)
    return printer


def _set_paper(printer: QPrinter, pdf: bytes) -> None:
    wide, high = page_sizes(pdf)[0]
    size = QPageSize(
        QSizeF(min(wide, high), max(wide, high)),
        QPageSize.Unit.Millimeter,
        "",
        QPageSize.SizeMatchPolicy.FuzzyMatch,
    )
    lying = wide > high
    turn = QPageLayout.Orientation.Landscape if lying else QPageLayout.Orientation.Portrait
    printer.setFullPage(True)
    printer.setPageLayout(QPageLayout(size, turn, QMarginsF(0, 0, 0, 0)))
    printer.setFullPage(True)


def send(pdf: bytes, printer: QPrinter, title: str, write: Callable[[Path, bytes], None]) -> None:
    """Send a PDF where the print dialog was told to: into a file, to CUPS, or as pixels."""
    first, last = _chosen(pdf, printer)
    if printer.outputFormat() == QPrinter.OutputFormat.PdfFormat:
        whole = (first, last) == (1, len(page_sizes(pdf)))
        write(Path(printer.outputFileName()), pdf if whole else some_pages(pdf, first, last))
        return
    _refuse_other_paper(pdf, printer)
    if shutil.which("lp"):
        _send_to_cups(pdf, printer, title, (first, last))
    else:
        paint_bands(pdf, printer)


def _chosen(pdf: bytes, printer: QPrinter) -> tuple[int, int]:
    """Return the first and the last page that were asked for, from 1."""
    pages = len(page_sizes(pdf))
    first, last = printer.fromPage() or 1, printer.toPage() or pages
    return max(1, min(first, pages)), max(1, min(max(first, last), pages))


def _refuse_other_paper(pdf: bytes, printer: QPrinter) -> None:
    """Raise GembaError where a printer has no paper of this size: it would cut the page off."""
    info = QPrinterInfo(printer)
    sizes = info.supportedPageSizes()
    anything = info.isNull() or info.supportsCustomPageSizes() or not sizes
    if not anything and not holds(sizes, page_sizes(pdf)[0]):
        raise GembaError("print.no_paper", printer=info.printerName(), paper=_media(pdf))


def holds(sizes: Sequence[QPageSize], wanted: tuple[float, float]) -> bool:
    """Tell whether a page of a width and height in mm, either way round, is among paper sizes."""
    for size in sizes:
        held = size.size(QPageSize.Unit.Millimeter)
        both = zip(sorted(wanted), sorted((held.width(), held.height())), strict=True)
        if all(abs(one - other) <= _SAME_MM for one, other in both):
            return True
    return False


def _send_to_cups(pdf: bytes, printer: QPrinter, title: str, chosen: tuple[int, int]) -> None:
    # Handed over by a pipe, so that nothing of an encrypted folder lies in a temporary file.
    command = ["lp", *_options(pdf, printer, title, chosen), "-"]
    try:
        done = subprocess.run(
            command, input=pdf, capture_output=True, timeout=_PATIENCE, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise GembaError("print.refused", reason=f"lp: {_PATIENCE} s") from error
    except OSError as error:
        raise GembaError("print.refused", reason=str(error)) from error
    if done.returncode:
        told = done.stderr.decode("utf-8", "replace")
        reason = " ".join(told.split()).removeprefix("lp: ").rstrip(".")
        raise GembaError("print.refused", reason=reason)


def _options(pdf: bytes, printer: QPrinter, title: str, chosen: tuple[int, int]) -> list[str]:
    """Say to CUPS what was chosen in the dialog; the paper is the PDF's own, at its own scale."""
    sides = {
        QPrinter.DuplexMode.DuplexNone: "one-sided",
        QPrinter.DuplexMode.DuplexLongSide: "two-sided-long-edge",
        QPrinter.DuplexMode.DuplexShortSide: "two-sided-short-edge",
    }
    options = ["-t", _plain(title), "-n", str(printer.copyCount())]
    options += ["-o", "print-scaling=none", "-o", f"media={_media(pdf)}"]
    if printer.printerName():
        options += ["-d", printer.printerName()]
    if printer.duplex() in sides:
        options += ["-o", f"sides={sides[printer.duplex()]}"]
    if printer.colorMode() == QPrinter.ColorMode.GrayScale:
        options += ["-o", "print-color-mode=monochrome"]
    if printer.copyCount() > 1:
        options += ["-o", f"collate={'true' if printer.collateCopies() else 'false'}"]
    if chosen != (1, len(page_sizes(pdf))):
        options += ["-P", f"{chosen[0]}-{chosen[1]}"]
    return options


def _media(pdf: bytes) -> str:
    """Name the paper of a PDF as CUPS does (PWG 5101.1), standing on its short side."""
    short, long = sorted(page_sizes(pdf)[0])
    named = {
        (210, 297): "A4",
        (297, 420): "A3",
        (216, 279): "Letter",
        (279, 432): "Tabloid",
        (420, 594): "A2",
    }
    size = round(short), round(long)
    return named.get(size, f"Custom.{short:.2f}x{long:.2f}mm")


def _plain(title: str) -> str:
    """Return a title as one line of letters that a printer's queue can show."""
    shown = "".join(one if one.isprintable() else " " for one in title)
    return " ".join(shown.split())[:120] or "Gemba"


def paint_bands(pdf: bytes, printer: QPrinter) -> None:
    """Paint pages in bands, so that no picture of a whole page is ever held.

    Raises GembaError when the printer cannot be painted on.
    """
    first, last = _chosen(pdf, printer)
    # Another printer chosen in the dialog brings a paper of its own.
    _set_paper(printer, pdf)
    dots = min(_MOST_DPI, printer.resolution())
    painter = QPainter()
    if not painter.begin(printer):
        raise GembaError("print.refused", reason=printer.printerName() or printer.outputFileName())
    try:
        for page in range(first - 1, last):
            if page >= first:
                printer.newPage()
            for top, band in bands(pdf, page, dots, _BAND_ROWS):
                _paint(painter, top, band, printer.resolution() / dots)
    finally:
        painter.end()


def _paint(painter: QPainter, top: int, band: Picture, factor: float) -> None:
    """Paint a band; its edges lie on whole dots, so that none shows where two meet."""
    upper, lower = round(top * factor), round((top + band.height) * factor)
    target = QRectF(0, upper, band.width * factor, lower - upper)
    painter.drawImage(target, _image(band))


def _image(shown: Picture) -> QImage:
    return QImage(shown.data, shown.width, shown.height, shown.stride, QImage.Format.Format_RGB32)


def page_image(pdf: bytes, page: int, wide: float) -> QImage:
    """Return a page as an image so many pixels wide."""
    return _image(picture(pdf, wide / page_sizes(pdf)[page][0], page=page)).copy()
