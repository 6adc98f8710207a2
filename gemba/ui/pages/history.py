"""History: every word ever written, and the story of each learner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.domain.changes import Ref
from gemba.ui.palette import GROUPS
from gemba.ui.widgets import (
    Button,
    EmptyState,
    Field,
    Label,
    PageHead,
    RecordListView,
    RowList,
    RowWords,
    page_margin,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from gemba.domain.hit import Hit
    from gemba.services.coaching import Coaching
    from gemba.services.history import History
    from gemba.ui.go import Go
    from gemba.ui.tasks import CancelToken, Tasks
    from gemba.ui.theme import Theme

MOST = 500


class HistoryPage(QWidget):
    """One line to search in; below it what was found, or the learners when it is empty."""

    def __init__(
        self,
        theme: Theme,
        *,
        history: History,
        coaching: Coaching,
        tasks: Tasks,
        go: Go,
        day: Callable[[object], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._history = history
        self._coaching = coaching
        self._tasks = tasks
        self._go = go
        self._day = day
        self._token: CancelToken | None = None
        self._column = QVBoxLayout(self)
        self._column.setSpacing(theme.px(16))
        self.head = PageHead(theme, self.tr("History"))
        self.timeline = Button(theme, self.tr("Timeline"), icon="history")
        self.timeline.clicked.connect(lambda: self._go.to("timeline"))
        self.head.add_action(self.timeline)
        self.field = Field(
            theme, "", question=self.tr("Which words?"), icon="search", name=self.tr("Which words?")
        )
        self.field.setMaximumWidth(theme.px(680))
        self.found = RecordListView(theme, name=self.tr("Found"))
        self.learners_head = Label(theme, self.tr("People you coach"), step="strong")
        self.learners = RowList(theme, name=self.tr("People you coach"))
        self.empty = EmptyState(
            theme, self.tr("Nothing is written yet. What you keep stands here.")
        )
        self._column.addWidget(self.head)
        self._column.addWidget(self.field)
        self._column.addWidget(self.found, 1)
        self._column.addWidget(self.learners_head)
        self._column.addWidget(self.learners)
        self._column.addWidget(self.empty)
        self._column.addStretch(0)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(60)
        self._pause.timeout.connect(self._search)
        self.field.edited.connect(self._pause.start)
        self.field.entered.connect(self.found.setFocus)
        self.found.opened.connect(self._open)
        self.learners.opened.connect(lambda key: self._go.to("learner", learner=key))

    def page_title(self) -> str:
        """Name the page for the window's title."""
        return self.tr("History")

    def arrive(self, **what: object) -> None:
        """Show the learners, or what was found for the words that were asked for."""
        if "words" in what:
            self.field.set_text(str(what["words"]))
        self._show_learners()
        self._search()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Stop a search that is still under way."""
        if self._token is not None:
            self._token.cancel()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the page's margins."""
        side = page_margin(self.theme, self.window().width())
        self._column.setContentsMargins(side, side, side, side)
        super().resizeEvent(event)

    def _show_learners(self) -> None:
        rows = [
            RowWords(
                row.name,
                row.about,
                self.tr("last on {day}").format(day=self._day(row.last_on)) if row.last_on else "",
                key=row.id,
            )
            for row in self._coaching.learners()
        ]
        self.learners.set_rows(rows)

    def _search(self) -> None:
        self.leave()
        words = self.field.text().strip()
        if not words:
            self._show(None)
            return
        history = self._history
        self._token = self._tasks.run(
            self,
            lambda _token: history.search(words, limit=MOST),
            self._show,
            lambda _error: self._show([]),
        )

    def _show(self, hits: list[Hit] | None) -> None:
        learners = bool(self.learners.rows())
        self.found.setVisible(bool(hits))
        self.learners_head.setVisible(hits is None and learners)
        self.learners.setVisible(hits is None and learners)
        self.empty.setVisible(hits is None and not learners)
        if hits is None:
            self.head.set_title(self.tr("History"))
            return
        count = self.tr("{count} places").format(count=len(hits))
        if len(hits) == 1:
            count = self.tr("1 place")
        elif len(hits) >= MOST:
            count = self.tr("the {count} nearest places").format(count=MOST)
        self.head.set_title(self.tr("History"), count if hits else self.tr("Nothing says that."))
        self.found.set_rows([self._row(hit) for hit in hits])

    def _row(self, hit: Hit) -> RowWords:
        kind, icon = GROUPS.get(hit.ref.kind, ("", "file-text"))
        small = f"{kind} · {hit.excerpt}" if hit.excerpt != hit.title else kind
        return RowWords(hit.title, small, self._day(hit.on), icon, key=(hit.ref, hit.part))

    def _open(self, key: object) -> None:
        assert isinstance(key, tuple)
        ref, part = key
        assert isinstance(ref, Ref)
        self._go.open(ref, part)
