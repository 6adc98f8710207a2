"""Paper: which size, what is too full, and then the file or the printer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.domain.errors import GembaError
from gemba.ui.printing import print_pdf, save_pdf
from gemba.ui.widgets import Button, Label, Notice, Radio
from gemba.ui.widgets.preview import PagePreview

if TYPE_CHECKING:
    from gemba.ui.pages.sheet_desk import SheetHost

PAPERS = (("A3", "A3"), ("A4", "A4"), ("Tabloid", "11 x 17 in"), ("Letter", "Letter"))
PAPER_WIDTH = {"A3": 420.0, "A4": 297.0, "Tabloid": 431.8, "Letter": 279.4}
"""The long side of each paper in mm."""


class PaperPanel(QWidget):
    """Names every box that holds too much before anything is written."""

    def __init__(self, page: SheetHost) -> None:
        super().__init__()
        self.page = page
        theme = page.theme
        self.paper = "A3"
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        page.stop_writing()
        page.desk.recorder.settle()
        drawn, words = page.desk.exports.draw_sheet(page.shown()), page.desk.words
        full = [words("sheet.box_over", box=box, count=lines) for box, lines in drawn.over]
        full += [words("sheet.box_crowded", box=box) for box in drawn.crowded]
        if full:
            named = ", ".join(full)
            column.addWidget(Notice(theme, self.tr("Too full: {boxes}.").format(boxes=named)))
        column.addWidget(Label(theme, self.tr("Paper"), step="strong"))
        sizes = QWidget()
        inner = QVBoxLayout(sizes)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        for key, size in PAPERS:
            choice = Radio(theme, size, checked=key == self.paper, parent=sizes)
            choice.toggled.connect(lambda on, key=key: self._choose(key) if on else None)
            inner.addWidget(choice)
        column.addWidget(sizes)
        self.save = Button(theme, self.tr("Save as PDF"), kind="primary", icon="download")
        self.save.clicked.connect(self._save)
        self.send = Button(theme, self.tr("Print"), icon="printer")
        self.send.clicked.connect(self._print)
        self.preview = PagePreview(theme, self.tr("The page as it prints"))
        column.addWidget(self.preview)
        column.addWidget(self.save)
        column.addWidget(self.send)
        self._choose(self.paper)

    def _choose(self, paper: str) -> None:
        self.paper = paper
        wide = self.preview.width() * self.devicePixelRatioF()
        scale = max(wide, 520.0) / PAPER_WIDTH[paper]
        picture = self.page.desk.paper.picture(self._pdf(), scale)
        shown = QImage(
            picture.data,
            picture.width,
            picture.height,
            picture.stride,
            QImage.Format.Format_RGB32,
        )
        self.preview.show_page(shown.copy())

    def _pdf(self) -> bytes:
        return self.page.desk.exports.draw_sheet(self.page.shown(), self.paper).pdf

    def _save(self) -> None:
        exports = self.page.desk.exports
        try:
            path = save_pdf(self, self.page.shown().title, self._pdf, exports.write_file)
        except GembaError as error:
            self.page.go.trouble(error)
            return
        if path is not None:
            self.page.go.say(self.tr("Saved as {path}").format(path=path))

    def _print(self) -> None:
        pdf = self._pdf()
        try:
            print_pdf(self, pdf, self.paper, self.page.shown().title, self.page.desk.paper)
        except GembaError as error:
            self.page.go.trouble(error)
