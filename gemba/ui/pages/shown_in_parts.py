"""A page that lists what may be very many: so many rows at first, and more on demand."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.ui.pages.common import listen
from gemba.ui.widgets import Button, Column, EmptyState, Label, PageHead, ScrollPage

if TYPE_CHECKING:
    from gemba.domain.changes import Ref
    from gemba.services.bulletin import Bulletin
    from gemba.ui.theme import Theme


class ShownInParts(QWidget):
    """A head with one action, rows below it, and words that stand there while there is none.

    Whoever inherits it puts widgets into `rows` in `_fill`, which is called anew, once at a time,
    after a write that `_concerns` it, and says there with `_tell_count` how many there are.
    """

    at_once = 50

    def __init__(self, theme: Theme, bulletin: Bulletin, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.shown = self.at_once
        self.rows = QVBoxLayout()
        self.more = Button(theme, self.tr("Show more"), kind="quiet")
        self.more.clicked.connect(self._show_more)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(0)
        self._again.timeout.connect(self._fill)
        listen(self, bulletin, self._hear)

    def _lay_out(
        self,
        title: str,
        action: Button,
        empty: EmptyState,
        *,
        about: Label | None = None,
        below_head: int = 16,
        between: int = 0,
    ) -> None:
        """Put the page together; lengths in pixels at 100 %."""
        px = self.theme.px
        self._title = title
        self.empty = empty
        self.head = PageHead(self.theme, title)
        self.head.add_action(action)
        self.rows.setSpacing(px(between))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        view = ScrollPage(self.theme)
        outer.addWidget(view)
        view.add(self.head)
        view.space(below_head)
        column = Column(self.theme, gap=0)
        view.add(column)
        if about is not None:
            column.add(about)
            column.space(px(16))
        column.add(empty)
        column.body.addLayout(self.rows)
        column.add(self.more)
        view.finish()

    def page_title(self) -> str:
        """Name the page for the window's title."""
        return self._title

    def _begin(self) -> None:
        """Show the first rows as they are now."""
        self.shown = self.at_once
        self._fill()

    @abstractmethod
    def _fill(self) -> None: ...

    def _concerns(self, refs: frozenset[Ref]) -> bool:
        return True

    def _tell_count(self, count: int) -> None:
        self.empty.setVisible(not count)
        self.more.setVisible(count > self.shown)

    def _hear(self, refs: frozenset[Ref]) -> None:
        if self.isVisible() and self._concerns(refs):
            self._again.start()

    def _show_more(self) -> None:
        self.shown += self.at_once
        self._fill()
