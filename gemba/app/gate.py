"""The window before the data: it asks for the passphrase, or shows that the folder is at work."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.ui.pages.unlock import UnlockPage

if TYPE_CHECKING:
    from gemba.ui.theme import Theme


class Gate(QWidget):
    """A window that holds the passphrase page and nothing else: no rail, no command, no palette."""

    closing = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self.setWindowTitle("Gemba")
        self.page = UnlockPage(theme, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.page)
        self.setMinimumSize(QSize(theme.px(480), theme.px(320)))
        self.resize(QSize(theme.px(1280), theme.px(800)))
        self.busy = False

    def take_place_of(self, window: QWidget | None) -> None:
        """Stand where another window stood, as large as that one."""
        if window is not None:
            self.setGeometry(window.geometry())
            self.setWindowState(window.windowState())

    def appear(self) -> None:
        """Show the window with the field ready to be typed in."""
        self.show()
        self.activateWindow()
        self.page.setFocus(Qt.FocusReason.OtherFocusReason)

    def come_forward(self) -> None:
        """Show the window above the others, as when Gemba is started a second time."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    def on_asked(self, run: Callable[[str], None]) -> None:
        """Call `run` with each passphrase that is typed."""
        self.page.asked.connect(run)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stay while files are being written anew: the work can be stopped by its button."""
        if self.busy:
            event.ignore()
            return
        self.closing.emit()
        super().closeEvent(event)
