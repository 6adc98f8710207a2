"""The way to paper: the pages as they will print, and then the file or the printer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.errors import GembaError
from gemba.services.paper import page_sizes
from gemba.ui.printing import ask_pdf_name, page_image, print_pdf
from gemba.ui.widgets import Button, DrawerHost, IconButton, Label
from gemba.ui.widgets.preview import PagePreview

if TYPE_CHECKING:
    from gemba.ui.go import Go
    from gemba.ui.theme import Theme

Draw = Callable[[Callable[[bytes], None]], None]
"""Draws the pages as they are now, at once or beside the window, and hands them on."""

_WIDE = 520.0


class PrintPanel(QWidget):
    """Shows each page as it prints; saves and prints what is written at that moment."""

    def __init__(
        self,
        theme: Theme,
        *,
        title: Callable[[], str],
        draw: Draw,
        write: Callable[[Path, bytes], None],
        go: Go,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._title = title
        self._draw = draw
        self._write = write
        self._go = go
        self._pdf = b""
        self._page = 0
        self._asked = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        self.preview = PagePreview(theme, self.tr("The page as it prints"))
        column.addWidget(self.preview)
        column.addWidget(self._turning())
        self.save = Button(theme, self.tr("Save as PDF"), kind="primary", icon="download")
        self.save.clicked.connect(self._save)
        self.send = Button(theme, self.tr("Print"), icon="printer")
        self.send.clicked.connect(lambda: self._draw(self._print))
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self.save)
        row.addWidget(self.send)
        row.addStretch(1)
        column.addLayout(row)

    def begin(self) -> None:
        """Draw the pages and show the first."""
        self._page = 0
        self.preview.show_page(QImage())
        self.turner.hide()
        self.refresh()

    def refresh(self) -> None:
        """Draw the pages again and show them."""
        self._asked += 1
        number = self._asked

        def show(pdf: bytes) -> None:
            # What was drawn beside the window may come after what was asked for since.
            if number == self._asked:
                self._show(pdf)

        self._draw(show)

    def _turning(self) -> QWidget:
        theme = self.theme
        self.turner = QWidget()
        row = QHBoxLayout(self.turner)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        self.back = IconButton(theme, "chevron-left", self.tr("Page before"))
        self.on = IconButton(theme, "chevron-right", self.tr("Next page"))
        self.place = Label(theme, "", step="small", tone="ink_soft", wrap=False)
        self.back.clicked.connect(lambda: self._turn(-1))
        self.on.clicked.connect(lambda: self._turn(1))
        row.addWidget(self.back)
        row.addStretch(1)
        row.addWidget(self.place)
        row.addStretch(1)
        row.addWidget(self.on)
        self.turner.hide()
        return self.turner

    def _show(self, pdf: bytes) -> None:
        self._pdf = pdf
        pages = len(page_sizes(pdf))
        self._page = min(self._page, pages - 1)
        self.turner.setVisible(pages > 1)
        self.back.setEnabled(self._page > 0)
        self.on.setEnabled(self._page + 1 < pages)
        self.place.setText(
            self.tr("Page {page} of {pages}").format(page=self._page + 1, pages=pages)
        )
        wide = max(self.preview.width() * self.devicePixelRatioF(), _WIDE)
        self.preview.show_page(page_image(pdf, self._page, wide))

    def _turn(self, by: int) -> None:
        self._page += by
        self._show(self._pdf)

    def _save(self) -> None:
        target = ask_pdf_name(self, self._title())
        if target is not None:
            self._draw(lambda pdf: self._keep(target, pdf))

    def _keep(self, target: Path, pdf: bytes) -> None:
        self._show(pdf)
        try:
            self._write(target, pdf)
        except GembaError as error:
            self._go.trouble(error)
            return
        self._go.say(self.tr("Saved as {path}").format(path=target))

    def _print(self, pdf: bytes) -> None:
        self._show(pdf)
        try:
            sent = print_pdf(self, pdf, self._title(), self._write)
        except GembaError as error:
            self._go.trouble(error)
            return
        if sent:
            self._go.say(self.tr("On its way to the printer."))


class PrintHost(DrawerHost):
    """A page whose drawer is the way to paper."""

    def __init__(
        self,
        theme: Theme,
        page: QWidget,
        *,
        title: Callable[[], str],
        draw: Draw,
        write: Callable[[Path, bytes], None],
        go: Go,
    ) -> None:
        super().__init__(theme, page, QCoreApplication.translate("PrintHost", "Print"))
        self.panel = PrintPanel(theme, title=title, draw=draw, write=write, go=go)
        self.drawer.body.addWidget(self.panel)
        self.drawer.body.addStretch(1)
        keys = QShortcut(QKeySequence(QKeySequence.StandardKey.Print), self)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self.show_paper)

    def show_paper(self) -> None:
        """Draw the pages as they are now and open the drawer."""
        self.open_drawer()
        if self.drawer.closer.hasFocus():
            # Over the page it has the keys: Enter does what it was opened for.
            self.panel.save.setFocus(Qt.FocusReason.OtherFocusReason)
        self.panel.begin()

    def redraw(self) -> None:
        """Draw the pages again where they are shown."""
        if self.is_open():
            self.panel.refresh()
