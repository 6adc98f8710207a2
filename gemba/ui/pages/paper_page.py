"""What goes to paper: what it is, as it prints, and the way to file or printer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.domain.errors import GembaError
from gemba.ui.pages.print_panel import PrintPanel
from gemba.ui.widgets import Column, Label, PageHead, ScrollPage

if TYPE_CHECKING:
    from gemba.ui.go import Go
    from gemba.ui.tasks import Tasks
    from gemba.ui.theme import Theme

Work = Callable[[], bytes]
"""Draws a PDF; called beside the window."""
_WIDTH = 560


class PaperPage(QWidget):
    """``work`` says how what is chosen now is drawn, None for nothing; ``name`` names the file."""

    def __init__(
        self,
        theme: Theme,
        title: str,
        *,
        work: Callable[[], Work | None],
        name: Callable[[], str],
        tasks: Tasks,
        write: Callable[[Path, bytes], None],
        go: Go,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._tasks = tasks
        self._go = go
        self._work = work
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        view = ScrollPage(theme)
        outer.addWidget(view)
        self.head = PageHead(theme, title)
        view.add(self.head)
        view.space(16)
        self.column = Column(theme, width=_WIDTH, gap=16)
        view.body.addWidget(self.column)
        view.finish()
        self.about = Label(theme, "", tone="ink_soft")
        self.column.add(self.about)
        self.panel = PrintPanel(theme, title=name, draw=self._draw, write=write, go=go)
        self.column.add(self.panel)

    def _draw(self, then: Callable[[bytes], None]) -> None:
        work = self._work()
        if work is not None:
            self._tasks.run(self, lambda _token: work(), then, self._refuse)

    def _refuse(self, error: BaseException) -> None:
        if not isinstance(error, GembaError):
            raise error
        self._go.trouble(error)
