"""Write up a walk that was made on paper: a day, why, and one observation a line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.changes import Ref
from gemba.domain.errors import GembaError
from gemba.domain.observation import Observation
from gemba.domain.titles import first_words
from gemba.domain.walk import Walk
from gemba.services.bulletin import Bulletin
from gemba.services.drafts import Drafts
from gemba.services.people import People
from gemba.services.thread import Thread
from gemba.services.walks import Walks
from gemba.ui.autosave import Autosave, hand_over
from gemba.ui.days import long_day
from gemba.ui.go import Go
from gemba.ui.pages.becoming import Becoming
from gemba.ui.pages.common import listen, record_or_back
from gemba.ui.pages.forms import Inline
from gemba.ui.pages.seen_list import SeenList, marks_of, row_of
from gemba.ui.widgets import Button, Column, DateField, Label, PageHead, ScrollPage, TextField

if TYPE_CHECKING:
    from gemba.ui.theme import Theme


class WriteUpPage(QWidget):
    """No clock and nothing that must be filled in: a walk begins with its first words."""

    def __init__(
        self,
        theme: Theme,
        *,
        walks: Walks,
        people: People,
        thread: Thread,
        drafts: Drafts,
        bulletin: Bulletin,
        go: Go,
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._walks = walks
        self._thread = thread
        self._go = go
        self._today = today
        self._walk: Walk | None = None
        self._line: Observation | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._view = ScrollPage(theme)
        outer.addWidget(self._view)
        self._view.add(PageHead(theme, self.tr("Write up a walk")))
        self._view.space(24)
        self._build()
        self._view.finish()
        self.becoming = Becoming(
            self,
            theme,
            walks=walks,
            people=people,
            drafts=drafts,
            go=go,
            hold=self._hold,
            dropped=self._form_gone,
        )
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(0)
        self._again.timeout.connect(self._show_seen)
        listen(self, bulletin, self._hear)

    def _build(self) -> None:
        theme = self.theme
        column = Column(theme, width=800, gap=16)
        self._view.add(column)
        top = QHBoxLayout()
        top.setSpacing(theme.px(16))
        self.purpose = TextField(
            theme,
            self.tr("Why did you go?"),
            question=self.tr("What did you want to understand?"),
            enter_keeps=True,
        )
        self.on = DateField(theme, self.tr("On which day?"), today=self._today)
        top.addWidget(self.purpose, 1, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.on, 0, Qt.AlignmentFlag.AlignTop)
        column.body.addLayout(top)
        self.seen = SeenList(theme, name=self.tr("What you saw"))
        self.seen.opened.connect(lambda key: self._go.open(Ref("observation", key)))
        column.add(self.seen)
        self.line = TextField(
            theme,
            self.tr("What you saw, one line each"),
            question=self.tr("What does the next line of your notes say?"),
            big=True,
            enter_keeps=True,
        )
        column.add(self.line)
        foot = QHBoxLayout()
        foot.addWidget(
            Label(
                theme,
                self.tr("Enter keeps a line. A pasted list becomes one line each."),
                step="small",
                tone="ink_soft",
            ),
            1,
        )
        self.done = Button(theme, self.tr("To the debrief"), kind="primary")
        foot.addWidget(self.done)
        column.body.addLayout(foot)
        self._purpose_autosave = Autosave(self.purpose, self._save_purpose)
        self._line_autosave = Autosave(self.line, self._save_line)
        self.purpose.entered.connect(lambda: self.on.line.setFocus())
        self.on.entered.connect(lambda: self.line.edit.setFocus())
        self.on.changed.connect(self._date_chosen)
        self.line.entered.connect(self.keep)
        self.done.clicked.connect(self._finish)

    # The page in the window

    def page_title(self) -> str:
        """What is written up."""
        return (
            first_words(self._walk.purpose, 80)
            if self._walk is not None
            else self.tr("Write up a walk")
        )

    def arrive(self, **what: object) -> None:
        """Begin a new write-up, or go on with one."""
        walk: Walk | None = None
        if what.get("walk") is not None:
            walk = record_or_back(self._go, what, "walk", self._walks.settled, otherwise="walks")
            if walk is None:
                return
        self.becoming.drop()
        self._line = None
        self._walk = walk
        self.purpose.set_text(walk.purpose if walk else "")
        self.on.set_value(walk.walked_on if walk else self._today())
        self.line.set_text("")
        self.line.say("")
        if walk is not None:
            self._purpose_autosave.shows(walk)
            self._line = self._walks.draft(walk.id)
            self.line.set_text(self._line.saw if self._line else "")
        self._line_autosave.shows(*([self._line] if self._line else []))
        self._show_seen()
        first = self.line if walk is not None else self.purpose
        first.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Hand over what is being written."""
        hand_over(self)

    def _hear(self, refs: frozenset[Ref]) -> None:
        draft = Ref("observation", self._line.id) if self._line else None
        heard = [ref for ref in refs if ref != draft]
        if self.isVisible() and any(r.kind in ("observation", "promise", "link") for r in heard):
            self._again.start()

    def _show_seen(self) -> None:
        seen = self._walks.observations(self._walk.id) if self._walk is not None else []
        rows = [
            row_of(one, marks_of(one, self._thread), lead=str(number))
            for number, one in enumerate(seen, 1)
        ]
        self.seen.set_rows(rows, self.becoming.actions())
        self.seen.setVisible(bool(rows))

    def _hold(self, key: UUID, form: Inline) -> None:
        self.seen.hold(key, form)
        QTimer.singleShot(0, form, lambda: self._view.ensureWidgetVisible(form))

    def _form_gone(self) -> None:
        self.seen.drop_form()
        self.line.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    # What is written

    def _ensure_walk(self) -> Walk:
        """The walk being written up; one without a sentence is named after its day."""
        if self._walk is None:
            on = self.on.value() or self._today()
            words = self.purpose.text().strip()
            if not words:
                words = self.tr("Walk on {day}").format(day=long_day(on))
            self._walk = self._walks.write_up(words, on)
            self._purpose_autosave.shows(self._walk)
        return self._walk

    def _save_purpose(self, visit: str) -> None:
        words = self.purpose.text().strip()
        if not words:
            return
        walk = self._ensure_walk()
        self._walks.write(walk.id, visit=visit, purpose=words)

    def _date_chosen(self, on: date | None) -> None:
        if self._walk is None or on is None:
            return
        self._walk = self._walks.move_day(self._walk.id, on)
        self._show_seen()

    def _save_line(self, visit: str) -> None:
        words = self.line.text()
        if self._line is None:
            if not words.strip():
                return
            self._line = self._walks.begin_line(self._ensure_walk().id)
            self._line_autosave.shows(self._line)
        self._walks.write_line(self._line.id, visit=visit, saw=words)

    def keep(self) -> None:
        """Keep what stands in the line; several pasted lines are kept one by one."""
        words = self.line.text()
        if not words.strip():
            self.line.say(self.tr("Write what you saw first; a few words are enough."))
            return
        self.line.say("")
        self._line_autosave.drop()
        walk = self._ensure_walk()
        try:
            self._keep_lines(walk, [line.strip() for line in words.splitlines() if line.strip()])
        except GembaError as error:
            self._go.trouble(error)
            return
        self.line.set_text("")
        self._show_seen()
        self.line.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, lambda: self._view.ensureWidgetVisible(self.done))

    def _keep_lines(self, walk: Walk, lines: list[str]) -> None:
        if self._line is not None:
            on = walk.walked_on or self._today()
            self._walks.keep(self._line.id, saw=lines.pop(0), seen_on=on)
            self._line = None
        if lines:
            self._walks.add_lines(walk.id, "\n".join(lines))

    def _finish(self) -> None:
        if self.line.text().strip():
            self.keep()
        hand_over(self)
        if self._walk is None:
            self._go.to("walks")
        else:
            self._go.to("debrief", walk=self._walk.id)
