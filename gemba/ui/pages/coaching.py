"""Coaching: everyone you coach, the longest unseen first, and a first talk with a new name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.changes import Ref
from gemba.domain.errors import GembaError
from gemba.domain.ledger import WEEKS_UNSEEN
from gemba.services.bulletin import Bulletin
from gemba.services.coaching import Coaching, LearnerRow
from gemba.services.people import People
from gemba.ui.autosave import hand_over
from gemba.ui.days import age, near_day
from gemba.ui.go import Go
from gemba.ui.half_typed import HalfTyped
from gemba.ui.pages.common import enter_presses, listen
from gemba.ui.widgets import (
    Button,
    Column,
    EmptyState,
    Label,
    NameField,
    PageHead,
    RowAction,
    RowList,
    RowWords,
    ScrollPage,
)

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

_HEARD = ("talk", "storyboard", "person")


class CoachingPage(QWidget):
    """A name to talk with, and below it the learners; `today` is the day on the wall."""

    def __init__(
        self,
        theme: Theme,
        *,
        coaching: Coaching,
        people: People,
        bulletin: Bulletin,
        go: Go,
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._coaching = coaching
        self._people = people
        self._go = go
        self._today = today
        self._by = ""
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        view = ScrollPage(theme)
        outer.addWidget(view)
        head = self.head = PageHead(theme, self.tr("Coaching"))
        self.practice = Button(theme, self.tr("Your own practice"), icon="chart-line")
        self.practice.clicked.connect(lambda: self._go.to("practice"))
        head.add_action(self.practice)
        view.add(head)
        view.space(24)
        column = Column(theme, gap=0)
        view.add(column)
        view.finish()
        self._build_start(column)
        column.space(theme.px(32))
        self.people_head = Label(theme, self.tr("People you coach"), step="strong", wrap=False)
        column.add(self.people_head)
        column.space(theme.px(8))
        self.learners = RowList(theme, name=self.tr("People you coach"))
        self.learners.opened.connect(self._open)
        column.add(self.learners)
        self.empty = EmptyState(
            theme, self.tr("Nobody yet. A name is enough; the first talk asks three questions.")
        )
        column.add(self.empty)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(0)
        self._again.timeout.connect(self._show)
        listen(self, bulletin, self._hear)

    def _build_start(self, column: Column) -> None:
        theme = self.theme
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self.name = NameField(
            theme, self.tr("Talk with"), question=self.tr("Who owns the problem?")
        )
        self.name.frame.setMinimumWidth(theme.px(280))
        self.first = Button(
            theme, self.tr("First talk"), kind="primary", icon="message-circle-question-mark"
        )
        self.first.clicked.connect(self._begin)
        self.name.entered.connect(self._begin)
        self.name.added.connect(lambda _name: self._named())
        self.name.chosen.connect(lambda _id, _name: self._named())
        self.name.edited.connect(lambda: self.name.say(""))
        self._half = HalfTyped(self, self._coaching.drafts, {"name": self.name})
        row.addWidget(self.name, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.first, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        column.body.addLayout(row)

    # The page in the window

    def page_title(self) -> str:
        """The name of the place."""
        return self.tr("Coaching")

    def arrive(self, **what: object) -> None:
        """Show the learners; with ``new`` the caret stands in the name.

        With ``questions``, the set of a cycle, whoever is chosen is coached by those.
        """
        self._by = str(what.get("questions") or "")
        label = self._coaching.label_of(self._by)
        self.head.set_title(
            self.tr("Coaching"), self.tr("by “{label}”").format(label=label) if label else ""
        )
        self.first.setText(self.tr("Start a cycle") if self._by else self.tr("First talk"))
        self._show()
        self.name.set_names(self._people.names())
        self.name.set_value(None)
        self._half.begin("talk with")
        if what.get("new") or not self.learners.rows():
            self.name.line.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            first = self.learners.rows()[0]
            first.show()  # a row that the layout has not placed yet takes no focus
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Keep a name nobody began to talk with: it stands here again at the next visit."""
        hand_over(self)
        self.name.say("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus."""
        if not enter_presses(self, event):
            super().keyPressEvent(event)

    def _hear(self, refs: frozenset[Ref]) -> None:
        if self.isVisible() and any(ref.kind in _HEARD for ref in refs):
            self._again.start()

    # What is shown

    def _show(self) -> None:
        rows = self._coaching.learners()
        start = RowAction(
            self.tr("Start a cycle"),
            "message-circle-question-mark",
            self._cycle,
        )
        self.learners.set_rows([self._row(row) for row in rows], (start,))
        for widget in (self.learners, self.people_head):
            widget.setVisible(bool(rows))
        self.empty.setVisible(not rows)

    def _row(self, row: LearnerRow) -> RowWords:
        today = self._today()
        since = self.tr("no talk yet")
        if row.last_on is not None:
            since = age((today - row.last_on).days)
        marks: tuple[tuple[str, str], ...] = ()
        if row.last_on is not None and (today - row.last_on).days > 7 * WEEKS_UNSEEN:
            weeks = (today - row.last_on).days // 7
            marks = (("clock", self.tr("no talk for {n} weeks").format(n=weeks)),)
        if row.next_look_on is not None:
            marks = (*marks, ("eye", near_day(row.next_look_on, today)))
        return RowWords(row.name, row.about, since, marks=marks, key=row.id)

    # Where it leads

    def _named(self) -> None:
        # A name taken from the list leaves the caret in the field: the next Enter begins.
        if self.name.line.hasFocus():
            self.first.setFocus(Qt.FocusReason.TabFocusReason)

    def _begin(self) -> None:
        known, name = self.name.value()
        if not name:
            self.name.say(self.tr("Name the person first."))
            self.name.line.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._half.done()
        if self._by:
            self._cycle_named(name)
        elif known is not None:
            self._go.to("talk", learner=known)
        else:
            self._go.to("talk", name=name)

    def _open(self, key: object) -> None:
        if self._by:
            self._cycle(key)
        else:
            self._go.to("learner", learner=key)

    def _cycle(self, key: object) -> None:
        by = {"questions": self._by} if self._by else {}
        self._go.to("cycle", learner=key, **by)

    def _cycle_named(self, name: str) -> None:
        try:
            learner = self._people.person(name)
        except GembaError as error:
            self._go.trouble(error)
            return
        self._cycle(learner.id)
