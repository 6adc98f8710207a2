"""A storyboard as it prints: an A3, or the same fitted on an A4."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.domain.errors import GembaError
from gemba.ui.go import Go
from gemba.ui.pages.common import enter_presses
from gemba.ui.pages.print_panel import PrintPanel
from gemba.ui.widgets import Button, Column, Label, PageHead, ScrollPage, Segmented

if TYPE_CHECKING:
    from gemba.services.coaching import Coaching
    from gemba.ui.theme import Theme


class BoardPaperPage(QWidget):
    """The storyboard on paper, and what of it found no room.

    ``draw`` returns the pages for a paper, and how many lines of which boxes are over.
    """

    def __init__(
        self,
        theme: Theme,
        *,
        coaching: Coaching,
        draw: Callable[[UUID, str], tuple[bytes, tuple[tuple[str, int], ...]]],
        write: Callable[[Path, bytes], None],
        go: Go,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._coaching = coaching
        self._drawn = draw
        self._go = go
        self._board: UUID | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        view = ScrollPage(theme)
        outer.addWidget(view)
        self.head = PageHead(theme, self.tr("Storyboard"))
        self.back = Button(theme, self.tr("Back to the board"), icon="arrow-left")
        self.back.clicked.connect(lambda: self._go.to("learner", board=self._board))
        self.head.add_action(self.back)
        view.add(self.head)
        view.space(16)
        column = Column(theme, width=720, gap=16)
        view.add(column)
        view.finish()
        self.paper = Segmented(
            theme, [("A3", "A3"), ("A4", "A4")], value="A3", name=self.tr("Paper")
        )
        self.paper.chosen.connect(self._refresh)
        column.body.addWidget(self.paper, 0, Qt.AlignmentFlag.AlignLeading)
        self.over = Label(theme, "", tone="ink_soft")
        column.add(self.over)
        self.panel = PrintPanel(theme, title=self._title, draw=self._draw, write=write, go=go)
        column.add(self.panel)

    def page_title(self) -> str:
        """What it is about; nothing that was said in confidence."""
        return self._title() or self.tr("Storyboard")

    def arrive(self, **what: object) -> None:
        """Show the ``board`` as it prints."""
        board = what.get("board")
        self._board = board if isinstance(board, UUID) else None
        self.head.set_title(self.tr("Storyboard"), self._title())
        self.panel.begin()

    def leave(self) -> None:
        """Nothing is written here."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus."""
        if not enter_presses(self, event):
            super().keyPressEvent(event)

    def _refresh(self) -> None:
        self.panel.refresh()

    def _title(self) -> str:
        if self._board is None:
            return ""
        board = self._coaching.board(self._board)
        return board.focus_process or self.tr("Storyboard")

    def _draw(self, then: Callable[[bytes], None]) -> None:
        if self._board is None:
            return
        try:
            pdf, over = self._drawn(self._board, self.paper.value())
        except GembaError as error:
            self._go.trouble(error)
            return
        words = self.tr("{box}: {n} lines find no room")
        said = [words.format(box=box, n=lines) for box, lines in over]
        self.over.setText("\n".join(said))
        self.over.setVisible(bool(said))
        then(pdf)
