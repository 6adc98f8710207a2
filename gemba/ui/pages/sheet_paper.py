"""Paper: which size, what is too full, and then the file or the printer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.ui.pages.print_panel import PrintPanel
from gemba.ui.widgets import Button, Label, Notice, Radio

if TYPE_CHECKING:
    from gemba.ui.pages.sheet_desk import SheetHost

PAPERS = (("A3", "A3"), ("A4", "A4"), ("Tabloid", "11 x 17 in"), ("Letter", "Letter"))


class PaperPanel(QWidget):
    """Names every box that holds too much before anything is written.

    A private sheet is not even drawn for paper before its owner says so, each time anew.
    """

    def __init__(self, page: SheetHost) -> None:
        super().__init__()
        self.page = page
        theme = page.theme
        self.paper = "A3"
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme.px(8))
        said = self.tr("This sheet is private. On paper or in a file, others can read it.")
        self.private = Notice(theme, said)
        self.show_others = Button(theme, self.tr("Show it to others"))
        self.show_others.clicked.connect(self._show_to_others)
        outer.addWidget(self.private)
        outer.addWidget(self.show_others, 0, Qt.AlignmentFlag.AlignLeft)
        self.ways = QWidget()
        outer.addWidget(self.ways)
        column = QVBoxLayout(self.ways)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        page.stop_writing()
        page.desk.recorder.settle()
        drawn, words = (
            page.desk.exports.draw_sheet(page.shown(), compared=page.compared),
            page.desk.words,
        )
        full = [words("sheet.box_over", box=box, count=lines) for box, lines in drawn.over]
        full += [words("sheet.box_crowded", box=box) for box in drawn.crowded]
        if full:
            named = ", ".join(full)
            column.addWidget(Notice(theme, self.tr("Too full: {boxes}.").format(boxes=named)))
        if page.desk.formats.tray(page.shown()):
            said = self.tr("What lies in the tray does not print.")
            column.addWidget(Label(theme, said, tone="ink_soft"))
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
        asks = page.definition is None or page.definition.private
        self.private.setVisible(asks)
        self.show_others.setVisible(asks)
        self.ways.setVisible(not asks)
        if not asks:
            self.printing.refresh()

    def _show_to_others(self) -> None:
        self.ways.show()
        self.printing.save.setFocus(Qt.FocusReason.OtherFocusReason)
        self.private.hide()
        self.show_others.hide()
        self.printing.refresh()

    def _choose(self, paper: str) -> None:
        self.paper = paper
        self.printing.refresh()

    def _pdf(self) -> bytes:
        page = self.page
        return page.desk.exports.draw_sheet(page.shown(), self.paper, compared=page.compared).pdf
