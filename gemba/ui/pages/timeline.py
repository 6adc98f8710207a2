"""Looking back: what happened with a learner, or with a coach, narrowed by what is looked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.domain.changes import Ref
from gemba.domain.errors import GembaError
from gemba.domain.timeline import TIMELINE_KINDS, TimelineRow, TimePlace, WantedTime
from gemba.domain.titles import first_words
from gemba.ui.days import short_day
from gemba.ui.learners_view import LearnersView
from gemba.ui.pages.common import ICON_OF_KIND, listen
from gemba.ui.pages.timeline_filter import TimelineFilter
from gemba.ui.widgets import (
    Button,
    EmptyState,
    PageHead,
    RecordListView,
    RowAction,
    RowWords,
    page_margin,
)
from gemba.ui.widgets.outcome_mark import outcome_words

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from gemba.services.bulletin import Bulletin
    from gemba.services.looking_back import LookingBack
    from gemba.ui.go import Go
    from gemba.ui.tasks import CancelToken, Tasks
    from gemba.ui.theme import Theme

_PAGE = 100
_HEARD = (*TIMELINE_KINDS, "storyboard", "person")
_PAUSE = 200


class Pages:
    """The pages of a timeline, each read when it is first shown; a leap reads only places."""

    def __init__(
        self, looking_back: LookingBack, wanted: WantedTime, first: Sequence[TimelineRow]
    ) -> None:
        self._looking_back = looking_back
        self._wanted = wanted
        self._first = first
        self._ends: dict[int, TimePlace] = {}
        self._note(0, first)

    def rows(self, offset: int, number: int) -> Sequence[TimelineRow]:
        """Return some rows; they begin at a page."""
        if offset == 0:
            return self._first[:number]
        known = [at for at in self._ends if at <= offset]
        begin = max(known, default=0)
        after = self._ends.get(begin)
        found = self._looking_back.page(self._wanted, number, after, offset - begin)
        self._note(offset, found)
        return found

    def _note(self, offset: int, rows: Sequence[TimelineRow]) -> None:
        if rows:
            self._ends[offset + len(rows)] = rows[-1].place


class TimelinePage(QWidget):
    """A list over all years, the newest first; a row opens as it stood on its day."""

    def __init__(
        self,
        theme: Theme,
        *,
        looking_back: LookingBack,
        bulletin: Bulletin,
        tasks: Tasks,
        go: Go,
        today: Callable[[], date],
        me: Callable[[], str],
        learners_view: LearnersView | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._looking_back = looking_back
        self._tasks = tasks
        self._go = go
        self._today = today
        self._learners = learners_view or LearnersView(self)
        self._token: CancelToken | None = None
        self._column = QVBoxLayout(self)
        self._column.setSpacing(theme.px(16))
        self.head = PageHead(theme, self.tr("Timeline"))
        self.learner = Button(theme, self.tr("Open the learner"), icon="user")
        self.learner.clicked.connect(self._to_learner)
        self.head.add_action(self.learner)
        self.filter = TimelineFilter(theme, looking_back, today=today, me=me)
        self.filter.changed.connect(self._read)
        now = RowAction(self.tr("Open it as it is now"), "external-link", self._open_now)
        self.list = RecordListView(theme, name=self.tr("Timeline"), actions=(now,))
        self.list.opened.connect(self._open)
        self.filter.words.entered.connect(self.list.setFocus)
        self.empty = EmptyState(theme, "", action=self.tr("Show everything"))
        self.empty.acted.connect(self._fill)
        self._column.addWidget(self.head)
        self._column.addWidget(self.filter)
        self._column.addWidget(self.list, 1)
        self._column.addWidget(self.empty)
        self._column.addStretch(0)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_PAUSE)
        self._again.timeout.connect(self._read)
        self._learners.changed.connect(lambda _on: self._show_view())
        listen(self, bulletin, self._hear)

    def page_title(self) -> str:
        """Name the page for the window's title; nothing that was said or noted."""
        return self.tr("Timeline")

    def arrive(self, **what: object) -> None:
        """Show the timeline of a ``learner`` or a ``coach``; of what was shown last otherwise."""
        learner, coach = what.get("learner"), what.get("coach")
        self.filter.offer()
        if isinstance(learner, UUID):
            self.filter.show_learner(learner)
        elif isinstance(coach, str):
            self.filter.show_coach(coach)
        else:
            self.filter.offer_of_person()
        self._read()
        self.filter.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Stop reading."""
        if self._token is not None:
            self._token.cancel()
            self._token = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the page's margins."""
        side = page_margin(self.theme, self.window().width())
        self._column.setContentsMargins(side, side, side, side)
        super().resizeEvent(event)

    def _show_view(self) -> None:
        """Put away what is for the coach alone at once, or show it again."""
        if self.isVisible():
            self.list.set_source(0, lambda _offset, _number: [])
            self._read()

    def _hear(self, refs: frozenset[Ref]) -> None:
        if any(ref.kind == "talk" for ref in refs):
            self.filter.forget_coaches()
        if self.isVisible() and any(ref.kind in _HEARD for ref in refs):
            self._again.start()

    def _read(self) -> None:
        self.leave()
        # What a second coach saw is for the coach alone, also over the shoulder.
        wanted = replace(self.filter.wanted(), private=not self._learners.on)
        looking_back = self._looking_back

        def work(_token: CancelToken) -> tuple[int, list[TimelineRow]]:
            return looking_back.begin(wanted, _PAGE)

        self._token = self._tasks.run(
            self, work, lambda found: self._show(wanted, *found), self._failed
        )

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, GembaError):
            raise error
        self._go.trouble(error)

    def _show(self, wanted: WantedTime, count: int, first: list[TimelineRow]) -> None:
        self._token = None
        pages = Pages(self._looking_back, wanted, first)
        whose = wanted.learner_id is None

        def fetch(offset: int, number: int) -> list[RowWords]:
            return [self._words(row, whose=whose) for row in pages.rows(offset, number)]

        self.list.set_source(count, fetch)
        self.list.setVisible(bool(count))
        self.learner.setVisible(wanted.learner_id is not None)
        narrowed = self.filter.narrowed()
        said = self.tr("Nothing like that happened in this time.")
        self.empty.words.setText(said if narrowed else self.tr("Nothing was written yet."))
        action = self.tr("Show everything") if narrowed else self.tr("Talk with somebody")
        self.empty.button.setText(action)
        self.empty.setVisible(not count)
        told = self.tr("1 entry") if count == 1 else self.tr("{n} entries").format(n=f"{count:,}")
        self.head.set_title(self.filter.title() or self.tr("Timeline"), told if count else "")

    def _fill(self) -> None:
        """Show everything; where that is nothing, begin what the timeline tells of."""
        if self.filter.narrowed():
            self.filter.clear()
        else:
            self._go.to("coaching", new=True)

    def _words(self, row: TimelineRow, *, whose: bool) -> RowWords:
        parts = [self._what(row)]
        if whose and row.learner:
            parts.append(row.learner)
        if row.minutes:
            parts.append(self.tr("{n} min").format(n=row.minutes))
        marks: tuple[tuple[str, str], ...] = ()
        if row.ref.kind == "experiment":
            marks = (("", outcome_words(row.outcome)),)
        title = first_words(row.title, 160) or self._what(row)
        when = short_day(row.on, self._today())
        icon = ICON_OF_KIND.get(row.ref.kind, "file-text")
        return RowWords(title, ", ".join(parts), when, icon, marks=marks, key=(row.ref, row.on))

    def _what(self, row: TimelineRow) -> str:
        kinds = {
            "talk": self.tr("Talk"),
            "experiment": self.tr("Experiment"),
            "sheet": self.tr("A3"),
            "walk": self.tr("Walk"),
            "reflection": self.tr("Weekly reflection"),
            "session": self.tr("Conversation"),
            "lesson": self.tr("Lesson"),
            "second_coach": self.tr("A second coach watched"),
        }
        talks = {
            "first talk": self.tr("First talk"),
            "cycle": self.tr("Cycle"),
            "planning": self.tr("Planning cycle"),
            "sheet talk": self.tr("Talk at the sheet"),
        }
        return talks.get(row.what, kinds[row.ref.kind])

    def _open(self, key: object) -> None:
        assert isinstance(key, tuple)
        ref, on = key
        self._go.to("stood", ref=tuple(ref), on=on)

    def _open_now(self, key: object) -> None:
        assert isinstance(key, tuple)
        self._go.open(key[0])

    def _to_learner(self) -> None:
        learner = self.filter.wanted().learner_id
        if learner is not None:
            self._go.to("learner", learner=learner)
