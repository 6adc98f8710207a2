"""History: every word ever written, the story of each learner, and what was written last."""

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
    ScrollPage,
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
LATELY = 12


class HistoryPage(QWidget):
    """One line to search in; below it what was found; when it is empty, learners and the latest."""

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
        self.patterns = Button(theme, self.tr("Patterns"), icon="chart-line")
        self.patterns.clicked.connect(lambda: self._go.to("patterns"))
        self.head.add_action(self.patterns)
        self.field = Field(
            theme, "", question=self.tr("Which words?"), icon="search", name=self.tr("Which words?")
        )
        self.field.setMaximumWidth(theme.px(680))
        self.found = RecordListView(theme, name=self.tr("Found"))
        self.rest = ScrollPage(theme, margins=False)
        self.learners_head = self.rest.section(self.tr("People you coach"))
        self.learners = RowList(theme, name=self.tr("People you coach"))
        self.rest.add(self.learners)
        self._between = QWidget()
        self._between.setFixedHeight(theme.px(32))
        self.rest.add(self._between)
        self.lately_head = Label(theme, self.tr("Written lately"), step="strong", wrap=False)
        self.rest.add(self.lately_head)
        self.rest.space(8)
        self.lately = RowList(theme, name=self.tr("Written lately"))
        self.rest.add(self.lately)
        self.empty = EmptyState(
            theme, self.tr("Nothing is written yet. What you keep stands here.")
        )
        self.rest.add(self.empty)
        self.rest.finish()
        self._column.addWidget(self.head)
        self._column.addWidget(self.field)
        self._column.addWidget(self.found, 1)
        self._column.addWidget(self.rest, 1)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(60)
        self._pause.timeout.connect(self._search)
        self.field.edited.connect(self._pause.start)
        self.field.entered.connect(self.found.setFocus)
        self.found.opened.connect(self._open)
        self.learners.opened.connect(lambda key: self._go.to("learner", learner=key))
        self.lately.opened.connect(self._open)

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
        words, history = self.field.text().strip(), self._history

        def read(_token: CancelToken) -> list[Hit]:
            return history.search(words, limit=MOST) if words else history.lately(LATELY)

        show = self._show if words else self._show_latest
        self._token = self._tasks.run(self, read, show, lambda _error: self._show([]))

    def _show_latest(self, hits: list[Hit]) -> None:
        self.lately.set_rows([self._row(hit, briefly=True) for hit in hits])
        self._show(None)

    def _show(self, hits: list[Hit] | None) -> None:
        learners, lately = bool(self.learners.rows()), bool(self.lately.rows())
        self.found.setVisible(bool(hits))
        self.rest.setVisible(not hits)
        for shown, parts in (
            (hits is None and learners, (self.learners_head, self.learners)),
            (hits is None and learners and lately, (self._between,)),
            (hits is None and lately, (self.lately_head, self.lately)),
            (hits is None and not learners and not lately, (self.empty,)),
        ):
            for part in parts:
                part.setVisible(shown)
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

    def _row(self, hit: Hit, *, briefly: bool = False) -> RowWords:
        kind, icon = GROUPS.get(hit.ref.kind, ("", "file-text"))
        told = not briefly and hit.excerpt != hit.title
        small = f"{kind} · {hit.excerpt}" if told else kind
        return RowWords(hit.title, small, self._day(hit.on), icon, key=(hit.ref, hit.part))

    def _open(self, key: object) -> None:
        assert isinstance(key, tuple)
        ref, part = key
        assert isinstance(ref, Ref)
        self._go.open(ref, part)
