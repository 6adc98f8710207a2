"""Paper: which size, what is too full, and then the file or the printer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.domain.errors import GembaError
from gemba.ui.printing import print_pdf, save_pdf
from gemba.ui.widgets import Button, Label, Notice, Radio

if TYPE_CHECKING:
    from gemba.reports.sheet import DrawnSheet
    from gemba.ui.pages.sheet import SheetPage

PAPERS = (("A3", "A3"), ("A4", "A4"), ("Tabloid", "11 x 17 in"), ("Letter", "Letter"))


class PaperPanel(QWidget):
    """Names every box that holds too much before anything is written."""

    def __init__(self, page: SheetPage) -> None:
        super().__init__()
        self.page = page
        theme = page.theme
        self.paper = "A3"
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        page.stop_writing()
        page.desk.recorder.settle()
        over = self._drawn().over
        if over:
            named = ", ".join(
                page.desk.words("sheet.box_over", box=box, count=lines) for box, lines in over
            )
            column.addWidget(Notice(theme, self.tr("Too full: {boxes}.").format(boxes=named)))
        column.addWidget(Label(theme, self.tr("Paper"), step="strong"))
        sizes = QWidget()
        inner = QVBoxLayout(sizes)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        for key, words in PAPERS:
            choice = Radio(theme, words, checked=key == self.paper, parent=sizes)
            choice.toggled.connect(lambda on, key=key: self._choose(key) if on else None)
            inner.addWidget(choice)
        column.addWidget(sizes)
        self.save = Button(theme, self.tr("Save as PDF"), kind="primary", icon="download")
        self.save.clicked.connect(self._save)
        self.send = Button(theme, self.tr("Print"), icon="printer")
        self.send.clicked.connect(self._print)
        said = self.tr("What you see beside this is what prints, on one page.")
        column.addWidget(Label(theme, said, tone="ink_soft"))
        column.addWidget(self.save)
        column.addWidget(self.send)

    def _choose(self, paper: str) -> None:
        self.paper = paper

    def _drawn(self) -> DrawnSheet:
        return self.page.desk.exports.draw_sheet(self.page.shown(), self.paper)

    def _save(self) -> None:
        exports = self.page.desk.exports
        try:
            path = save_pdf(
                self.page, self.page.shown().title, lambda: self._drawn().pdf, exports.write_file
            )
        except GembaError as error:
            self.page.go.trouble(error)
            return
        if path is not None:
            self.page.go.say(self.tr("Saved as {path}").format(path=path))

    def _print(self) -> None:
        pdf = self._drawn().pdf
        try:
            print_pdf(self.page, pdf, self.paper, self.page.shown().title, self.page.desk.paper)
        except GembaError as error:
            self.page.go.trouble(error)
