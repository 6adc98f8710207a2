"""Walk mode: one line for what I saw, the cue card beside it, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from gemba.domain.categories import CATEGORY_SETS
from gemba.domain.changes import Ref
from gemba.domain.moment import elapsed
from gemba.domain.observation import Observation
from gemba.domain.titles import first_words
from gemba.domain.walk import Stop, Walk
from gemba.services.bulletin import Bulletin
from gemba.services.drafts import Drafts
from gemba.services.people import People
from gemba.services.thread import Thread
from gemba.services.walks import Walks
from gemba.ui.autosave import hand_over
from gemba.ui.go import Go
from gemba.ui.pages.common import listen, record_or_back
from gemba.ui.pages.observation_attached import MEMO
from gemba.ui.pages.seen_list import MOST_WORDS
from gemba.ui.pages.walk_acts import WalkActs
from gemba.ui.pages.walk_board import COUNT, PHOTO, PROMISE, SAFETY, THANK, WalkBoard
from gemba.ui.pages.walk_forms import WalkForms
from gemba.ui.pages.walk_kept import WalkKept
from gemba.ui.pages.walk_nothing import NothingToWalk
from gemba.ui.pages.walk_way import WalkWay
from gemba.ui.tasks import Tasks

if TYPE_CHECKING:
    from gemba.services.forms import Forms
    from gemba.services.memos import Memos
    from gemba.ui.theme import Theme


class WalkPage(QWidget):
    """The walk under way; fills the window and needs no mouse.

    `walk_mode` takes the rail away and gives it back; `now` is the clock.
    """

    def __init__(
        self,
        theme: Theme,
        *,
        walks: Walks,
        memos: Memos,
        people: People,
        thread: Thread,
        drafts: Drafts,
        bulletin: Bulletin,
        tasks: Tasks,
        go: Go,
        now: Callable[[], datetime],
        walk_mode: Callable[[bool], None] = lambda _on: None,
        photo_care: Callable[[], str] = str,
        forms: Callable[[], Forms] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._walks = walks
        self._go = go
        self._now = now
        self._walk_mode = walk_mode
        self._walk: Walk | None = None
        self.board = board = WalkBoard(
            theme,
            walks=walks,
            thread=thread,
            stop=lambda: self.way.stop_id(),
            today=lambda: now().date(),
            tasks=tasks,
        )
        self.acts = WalkActs(
            self,
            theme,
            walks=walks,
            memos=memos,
            people=people,
            drafts=drafts,
            tasks=tasks,
            go=go,
            board=board,
            walk=lambda: self._walk,
            bring=self._bring,
            written=lambda: self.shown.show_line(),
            photo_care=photo_care,
        )
        self.becoming, self.photos = self.acts.becoming, self.acts.photos
        self.act_first = self.acts.act_first
        self.way = WalkWay(
            self,
            theme,
            walks=walks,
            drafts=drafts,
            board=board,
            walk=lambda: self._walk,
            show=self._moved,
            form_gone=self.acts.form_gone,
        )
        self.head, self.card, self.line, self.seen = board.head, board.card, board.line, board.seen
        self.forms: WalkForms | None = None
        if forms is not None:
            self.forms = WalkForms(theme, forms=forms, go=go, stop=lambda: self.way.stop_id())
            self.card.put_forms(self.forms)
        self.shown = WalkKept(
            self,
            walks=walks,
            thread=thread,
            board=board,
            walk=lambda: self._walk,
            actions=self.becoming.actions,
        )
        self._build()
        self._connect()
        self._add_keys()
        self._tick = QTimer(self)
        self._tick.setInterval(5_000)
        self._tick.timeout.connect(self._show_minutes)
        self.setAcceptDrops(True)
        listen(self, bulletin, self._hear)

    def _build(self) -> None:
        theme = self.theme
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self._stack = QStackedWidget()
        outer.addWidget(self._stack)
        self.nothing = NothingToWalk(theme)
        self.none, self.ended = self.nothing.none, self.nothing.ended
        self.none.acted.connect(lambda: self._go.to("walks"))
        self.ended.acted.connect(self._to_debrief)
        for page in (self.board, self.act_first, self.nothing):
            self._stack.addWidget(page)

    def _connect(self) -> None:
        self.head.end.clicked.connect(self.end)
        self.head.add_stop.clicked.connect(self.way.ask_stop)
        self.line.kept.connect(self._kept)
        self.line.pasted.connect(self.acts.take)
        self.seen.opened.connect(lambda key: self._go.open(Ref("observation", key)))
        self.board.keep.clicked.connect(self.line.keep)
        self.board.photo.clicked.connect(self.acts.ask_photo)
        self.board.promise.clicked.connect(self.acts.ask_promise)
        self.board.thank.clicked.connect(self.acts.ask_thank)
        self.board.count.clicked.connect(self.acts.ask_count)
        apart = self.line.apart
        apart.memo_word.clicked.connect(self.acts.ask_memo)
        apart.memos.opened.connect(self.acts.hear)
        apart.memos.removed.connect(self.acts.remove_memo)
        self.board.safety.clicked.connect(self.acts.safety_now)
        self.card.visited.connect(self._visit)

    def _add_keys(self) -> None:
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for number in range(max(map(len, CATEGORY_SETS.values()))):
            keys = QShortcut(QKeySequence(f"Alt+{number}"), self.board, context=inside)
            keys.activated.connect(lambda number=number: self.line.choose_category(number))
        for words, run in (
            (PHOTO, self.acts.ask_photo),
            (PROMISE, self.acts.ask_promise),
            (THANK, self.acts.ask_thank),
            (COUNT, self.acts.ask_count),
            (MEMO, self.acts.ask_memo),
            (SAFETY, self.acts.safety_now),
            ("Ctrl+PgUp", lambda: self.head.path.step(-1)),
            ("Ctrl+PgDown", lambda: self.head.path.step(1)),
        ):
            keys = QShortcut(QKeySequence(words), self.board, context=inside)
            keys.activated.connect(run)

    def _bring(self, page: QWidget) -> None:
        self._stack.setCurrentWidget(page)

    # The page in the window

    def page_title(self) -> str:
        """The purpose of the walk."""
        return first_words(self._walk.purpose, 80) if self._walk is not None else self.tr("Walk")

    def arrive(self, **what: object) -> None:
        """Go on with a walk, or set out on it with ``start``; without one, the one under way."""
        if what.get("walk") is None:
            self._open(self._walks.under_way())
            return
        start = bool(what.get("start"))
        walk = record_or_back(
            self._go, what, "walk", lambda key: self._found(key, start=start), otherwise="walks"
        )
        if walk is not None:
            self._open(walk)

    def _found(self, walk_id: UUID, *, start: bool) -> Walk:
        walk = self._walks.get(walk_id)
        fresh = walk.started_at is None and walk.walked_on is None
        return self._walks.start(walk_id) if start and fresh else walk

    def leave(self) -> None:
        """Hand over the half-typed line and give the rail back."""
        hand_over(self)
        self._tick.stop()
        self.becoming.drop()
        self.way.drop()

    def _open(self, walk: Walk | None) -> None:
        self._walk = walk
        if walk is None or not walk.under_way:
            self.nothing.show_done(walk is not None)
            self._stack.setCurrentWidget(self.nothing)
            return
        self._walk_mode(True)
        self._stack.setCurrentWidget(self.board)
        self._show_walk(walk)
        self.line.open(walk.id)
        self.shown.begin()
        if self.forms is not None:
            self.forms.show_walk(walk)
        self._tick.start()
        self.line.saw.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    # What is shown

    def _show_walk(self, walk: Walk) -> None:
        self.head.purpose.setText(first_words(walk.purpose, MOST_WORDS))
        self.head.set_stops(walk.stops, walk.at_stop)
        self.card.show_walk(walk)
        self.line.offer_categories(walk.category_set)
        self._show_minutes()

    def _show_minutes(self) -> None:
        if self._walk is not None and self._walk.started_at is not None:
            gone = elapsed(self._walk.started_at, self._walk.ended_at or self._now())
            self.head.set_minutes(int(gone.total_seconds() // 60), self._walk.time_box)

    def _hear(self, refs: frozenset[Ref]) -> None:
        if self._walk is None or not self.isVisible():
            return
        if Ref("walk", self._walk.id) in refs:
            self._moved(self._walks.get(self._walk.id))
        self.shown.hear(refs)

    # On the way

    def _moved(self, walk: Walk) -> None:
        self._walk = walk
        self._show_walk(walk)
        if self.forms is not None:
            self.forms.show_walk(walk)

    def end(self) -> None:
        """End the walk and go to its debrief; a line that is not kept yet is kept."""
        if self._walk is None:
            return
        self.line.flush()
        line = self.line.line
        if line is not None and self.line.saw.text().strip():
            self.line.keep()
        self._walk = self._walks.end(self._walk.id)
        self._walk_mode(False)
        self._to_debrief()

    def _to_debrief(self) -> None:
        if self._walk is not None:
            self._go.to("debrief", walk=self._walk.id)

    def _kept(self, _seen: Observation) -> None:
        self.shown.show()
        self._show_minutes()

    def _visit(self, stop: Stop) -> None:
        if stop.origin_id is not None:
            self._go.open(Ref(stop.origin_kind, stop.origin_id), stop.origin_part)

    # Photos and memos

    def ask_memo(self) -> None:
        """Choose voice memos for the line that is being written."""
        self.acts.ask_memo()

    def ask_photo(self) -> None:
        """Choose photos for the line that is being written."""
        self.acts.ask_photo()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome pictures and files."""
        if self._walk is not None and self.photos.holds(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Attach what was dropped to the line that is being written."""
        if self.acts.take(event.mimeData()):
            event.acceptProposedAction()

    # Keys

    def event(self, event: QEvent) -> bool:
        """Alt with an arrow moves between stops here, before the window takes it for Back."""
        overriding = event.type() == QEvent.Type.ShortcutOverride
        if overriding and isinstance(event, QKeyEvent) and self.way.moves(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter keeps, Alt with an arrow moves between stops, paste takes a picture."""
        if self.way.moves(event):
            self.way.move(event)
            return
        pasting = event.matches(QKeySequence.StandardKey.Paste)
        if pasting and self.acts.take(QGuiApplication.clipboard().mimeData()):
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.line.keep()
            return
        super().keyPressEvent(event)
