"""Every promise nobody was told back yet, the oldest first, however many there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.domain.changes import Ref
from gemba.ui.pages.common import listen
from gemba.ui.pages.today_words import promise_row
from gemba.ui.widgets import (
    EmptyState,
    PageHead,
    RecordListView,
    RowAction,
    RowWords,
    page_margin,
)

if TYPE_CHECKING:
    from gemba.services.bulletin import Bulletin
    from gemba.services.promises import Promises
    from gemba.ui.go import Go
    from gemba.ui.theme import Theme


class PromisesPage(QWidget):
    """The list behind the first fifty of Today; it reads only the rows it shows."""

    def __init__(
        self,
        theme: Theme,
        *,
        promises: Promises,
        bulletin: Bulletin,
        go: Go,
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._promises = promises
        self._go = go
        self._today = today
        self._waiting: list[UUID] = []
        self._column = QVBoxLayout(self)
        self._column.setSpacing(theme.px(16))
        self.head = PageHead(theme, self.page_title())
        tell = RowAction(self.tr("Tell back"), "handshake", lambda key: self._open(key, tell=True))
        self.list = RecordListView(theme, name=self.page_title(), actions=(tell,))
        self.list.opened.connect(self._open)
        self.empty = EmptyState(theme, self.tr("Nobody waits for an answer from you."))
        self._column.addWidget(self.head)
        self._column.addWidget(self.list, 1)
        self._column.addWidget(self.empty)
        self._column.addStretch(0)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(0)
        self._again.timeout.connect(self._show)
        listen(self, bulletin, self._hear)

    # The page in the window

    def page_title(self) -> str:
        """Name the page; nothing that was promised."""
        return self.tr("I owe people an answer")

    def arrive(self, **_what: object) -> None:
        """Show the list as it stands now; the place in it is kept."""
        self._show()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Nothing is written here."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the page's margins."""
        side = page_margin(self.theme, self.window().width())
        self._column.setContentsMargins(side, side, side, side)
        super().resizeEvent(event)

    def _hear(self, refs: frozenset[Ref]) -> None:
        if self.isVisible() and any(ref.kind in ("promise", "person") for ref in refs):
            self._again.start()

    # What is shown

    def _show(self) -> None:
        self._waiting = self._promises.waiting()
        count = len(self._waiting)
        self.list.set_source(count, self._rows)
        self.list.setVisible(bool(count))
        self.empty.setVisible(not count)
        # Without the list the room below stays empty.
        self._column.setStretch(self._column.count() - 1, 0 if count else 1)
        told = self.tr("1 promise, not told back yet")
        if count != 1:
            told = self.tr("{n} promises, the oldest first").format(n=f"{count:,}")
        self.head.set_title(self.page_title(), told if count else "")

    def _rows(self, offset: int, number: int) -> Sequence[RowWords]:
        today = self._today()
        keys = self._waiting[offset : offset + number]
        read = {one.id: promise_row(one, today) for one in self._promises.owed(keys)}
        # One the disk altered keeps its place without its words; the notice above tells of it.
        altered = self.tr("Cannot be read; what was written was altered on the disk.")
        return [read.get(key) or RowWords(altered, key=key) for key in keys]

    def _open(self, key: object, tell: bool = False) -> None:
        if tell:
            self._go.to("promise", promise=key, tell=True)
        else:
            self._go.to("promise", promise=key)
