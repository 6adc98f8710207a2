"""Saving and printing a PDF that is drawn already: to a file, to CUPS, or in bands of pixels."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from gemba.domain.errors import GembaError

if TYPE_CHECKING:
    from gemba.services.paper import Paper

SIZES = {
    "A3": QPageSize.PageSizeId.A3,
    "A4": QPageSize.PageSizeId.A4,
    "Tabloid": QPageSize.PageSizeId.Tabloid,
    "Letter": QPageSize.PageSizeId.Letter,
}
_MOST_DPI = 600
_BAND_MM = 20.0


def ask_pdf_name(parent: QWidget, suggested: str) -> Path | None:
    """Ask where to save a PDF; None when it was called off."""
    dialog = QFileDialog(parent, QCoreApplication.translate("Printing", "Save as PDF"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter("PDF (*.pdf)")
    dialog.setDefaultSuffix("pdf")
    dialog.selectFile(file_name(suggested))
    if QApplication.platformName() == "offscreen":
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    if not dialog.exec():
        return None
    chosen = dialog.selectedFiles()
    return Path(chosen[0]) if chosen else None


def file_name(words: str) -> str:
    """Return words as a file name every system takes, at most 80 letters before the ending."""
    kept = "".join(c if c.isalnum() or c in " -_,." else " " for c in words)
    name = " ".join(kept.split())[:80].strip(" .") or "gemba"
    return f"{name}.pdf"


def save_pdf(
    parent: QWidget, suggested: str, make: Callable[[], bytes], write: Callable[[Path, bytes], None]
) -> Path | None:
    """Ask for a name, draw, and write whole or not at all; raises GembaError on trouble."""
    target = ask_pdf_name(parent, suggested)
    if target is not None:
        write(target, make())
    return target


def print_pdf(parent: QWidget, pdf: bytes, paper: str, title: str, renderer: Paper) -> bool:
    """Ask the system's print dialog and print at true scale; tell whether it was sent.

    Raises GembaError when the printer does not take it.
    """
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    layout = QPageLayout(
        QPageSize(SIZES[paper]), QPageLayout.Orientation.Landscape, QMarginsF(0, 0, 0, 0)
    )
    printer.setPageLayout(layout)
    printer.setFullPage(True)
    dialog = QPrintDialog(printer, parent)
    if not dialog.exec():
        return False
    if printer.outputFormat() == QPrinter.OutputFormat.NativeFormat and shutil.which("lp"):
        _send_to_cups(pdf, printer, title)
    else:
        paint_bands(pdf, printer, renderer)
    return True


def _send_to_cups(pdf: bytes, printer: QPrinter, title: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sheet.pdf"
        path.write_bytes(pdf)
        command = ["lp", "-t", title, "-n", str(printer.copyCount()), "-o", "print-scaling=none"]
        if printer.printerName():
            command += ["-d", printer.printerName()]
        done = subprocess.run(
            [*command, "--", str(path)], capture_output=True, text=True, timeout=60, check=False
        )
    if done.returncode:
        raise GembaError("print.refused", reason=" ".join(done.stderr.split()))


def paint_bands(pdf: bytes, printer: QPrinter, renderer: Paper) -> None:
    """Paint a page in bands, so that no picture of the whole page is ever held."""
    dots = min(_MOST_DPI, printer.resolution())
    scale = dots / 25.4
    size: QSizeF = printer.pageLayout().pageSize().size(QPageSize.Unit.Millimeter)
    wide, high = max(size.width(), size.height()), min(size.width(), size.height())
    painter = QPainter(printer)
    factor = printer.resolution() / 25.4
    top = 0.0
    while top < high:
        band = min(_BAND_MM, high - top)
        picture = renderer.picture(pdf, scale, (0.0, top, wide, band))
        image = QImage(
            picture.data,
            picture.width,
            picture.height,
            picture.stride,
            QImage.Format.Format_RGB32,
        )
        target = QRectF(0, top * factor, wide * factor, band * factor)
        painter.drawImage(target, image)
        top += band
    painter.end()
