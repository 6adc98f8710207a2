"""Paper: which size, what is too full, and then the file or the printer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.ui.pages.print_panel import PrintPanel
from gemba.ui.widgets import Label, Notice, Radio

if TYPE_CHECKING:
    from gemba.ui.pages.sheet_desk import SheetHost

PAPERS = (("A3", "A3"), ("A4", "A4"), ("Tabloid", "11 x 17 in"), ("Letter", "Letter"))


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
        self.printing = PrintPanel(
            theme,
            title=lambda: page.shown().title,
            draw=lambda then: then(self._pdf()),
            write=page.desk.exports.write_file,
            go=page.go,
        )
        column.addWidget(self.printing)
        self.printing.refresh()

    def _choose(self, paper: str) -> None:
        self.paper = paper
        self.printing.refresh()

    def _pdf(self) -> bytes:
        return self.page.desk.exports.draw_sheet(self.page.shown(), self.paper).pdf
