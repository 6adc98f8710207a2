"""The questions you really asked, how each was put, and the exercise to ask it anew.

It is the coach's alone: nothing of it is in a learner's view, a print or an export by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.domain.changes import Ref
from gemba.domain.errors import GembaError
from gemba.domain.question_form import AskedAs
from gemba.domain.titles import first_words
from gemba.ui.autosave import Autosave, hand_over
from gemba.ui.days import short_day
from gemba.ui.pages.asked_line import AskedLine
from gemba.ui.pages.common import listen
from gemba.ui.pages.question_words import class_words, question_note
from gemba.ui.widgets import (
    Button,
    CheckBox,
    DrawerHost,
    EmptyState,
    Label,
    PageHead,
    RecordListView,
    RowWords,
    TextField,
    page_margin,
)

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from gemba.domain.coach_log import AskedQuestion
    from gemba.services.bulletin import Bulletin
    from gemba.services.drafts import Drafts
    from gemba.services.practice import Practice
    from gemba.ui.go import Go
    from gemba.ui.theme import Theme

_SHOWN = 600
"""Letters of a question that stand over the exercise; a longer one ends in an ellipsis."""


class QuestionLogPage(QWidget):
    """Questions one a line at the top, all of them below, the one at hand beside them."""

    def __init__(
        self,
        theme: Theme,
        *,
        practice: Practice,
        drafts: Drafts,
        bulletin: Bulletin,
        go: Go,
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._practice = practice
        self._drafts = drafts
        self._go = go
        self._today = today
        self._ends: dict[int, UUID] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        inner = QWidget()
        inner.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._column = QVBoxLayout(inner)
        self._column.setSpacing(theme.px(16))
        self.host = DrawerHost(theme, inner, self.tr("Ask it anew"))
        outer.addWidget(self.host)
        self._build_list()
        self.exercise = Exercise(theme, practice, go, self._gone)
        self.host.drawer.body.addWidget(self.exercise)
        self.host.drawer.body.addStretch(1)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(0)
        self._again.timeout.connect(self._show)
        listen(self, bulletin, self._hear)

    def _build_list(self) -> None:
        theme = self.theme
        self.head = PageHead(theme, self.tr("Questions you asked"))
        back = Button(theme, self.tr("Your own practice"), icon="chart-line")
        back.clicked.connect(lambda: self._go.to("practice"))
        self.head.add_action(back)
        self.entry = AskedLine(theme, practice=self._practice, drafts=self._drafts, go=self._go)
        self.entry.kept.connect(self._show)
        self.list = RecordListView(theme, name=self.tr("Questions you asked"))
        self.list.opened.connect(self._open)
        self.empty = EmptyState(
            theme,
            self.tr(
                "Nothing is written down yet. Note what you asked while you still hear it; only "
                "you see it."
            ),
        )
        for widget in (self.head, self.entry):
            self._column.addWidget(widget)
        self._column.addWidget(self.list, 1)
        self._column.addWidget(self.empty)
        self._column.addStretch(0)

    # The page in the window

    def page_title(self) -> str:
        """Name the page; nothing that was asked."""
        return self.tr("Questions you asked")

    def arrive(self, **what: object) -> None:
        """Show the log; with a ``talk`` what is noted belongs to it, ``asked`` opens a question."""
        talk = what.get("talk")
        self.entry.begin(talk if isinstance(talk, UUID) else None)
        self._show()
        asked = what.get("asked")
        if isinstance(asked, UUID):
            self._open(asked)
        else:
            self.entry.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Hand over what is being written and close the exercise."""
        hand_over(self)
        self.host.close_drawer()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the page's margins."""
        side = page_margin(self.theme, self.window().width())
        self._column.setContentsMargins(side, side, side, side)
        super().resizeEvent(event)

    def _hear(self, refs: frozenset[Ref]) -> None:
        if self.isVisible() and any(ref.kind == "asked_question" for ref in refs):
            self._again.start()

    # What is shown

    def _show(self) -> None:
        count = self._practice.count()
        self._ends = {}
        self.list.set_source(count, self._rows)
        self.list.setVisible(bool(count))
        self.empty.setVisible(not count)
        # Without the list the room below stays empty, or the line to write in would take it.
        self._column.setStretch(self._column.count() - 1, 0 if count else 1)
        told = self.tr("1 question") if count == 1 else self.tr("{n} questions")
        self.head.set_title(self.page_title(), told.format(n=f"{count:,}") if count else "")

    def _rows(self, offset: int, number: int) -> Sequence[RowWords]:
        """Return some rows, each page behind the last row of the one before it."""
        after = self._ends.get(offset) or self._practice.before_place(offset)
        rows = self._practice.questions(number, after)
        if rows:
            self._ends[offset + len(rows)] = rows[-1].id
        return [self._row(one) for one in rows]

    def _row(self, one: AskedQuestion) -> RowWords:
        told = class_words(one.forms)
        if one.rewrite.strip():
            anew = class_words(one.rewrite_forms) or self.tr("written anew")
            told = self.tr("{before}; anew: {after}").format(before=told, after=anew)
        elif one.kept:
            told = self.tr("{before}; you would ask it so again").format(before=told)
        parts = [part for part in (told, self._practice.name_of(one.learner_id)) if part]
        when = short_day(one.asked_on, self._today())
        return RowWords(first_words(one.words, 160), ", ".join(parts), when, key=one.id)

    def _open(self, key: object) -> None:
        if not isinstance(key, UUID):
            return
        hand_over(self.exercise)
        try:
            self.exercise.show_question(self._practice.question(key))
        except GembaError as error:
            self._go.trouble(error)
            return
        self.host.open_drawer()
        self.exercise.anew.setFocus(Qt.FocusReason.OtherFocusReason)

    def _gone(self) -> None:
        self.host.close_drawer()
        self._show()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)


class Exercise(QWidget):
    """One question as it was asked, and a field to write it anew and see its class change."""

    def __init__(
        self,
        theme: Theme,
        practice: Practice,
        go: Go,
        gone: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._practice = practice
        self._go = go
        self._gone = gone
        self._id: UUID | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        self.asked = Label(theme, "", step="large")
        self.told = Label(theme, "", tone="ink_soft")
        self.anew = TextField(
            theme,
            self.tr("Ask it anew"),
            question=self.tr("What would leave the answer to them?"),
            lines=2,
        )
        self._autosave = Autosave(self.anew, self._save)
        self.anew.edited.connect(self._note)
        self.note = Label(theme, "", tone="ink_soft")
        self.kept = CheckBox(theme, self.tr("I would ask it so again"))
        self.kept.clicked.connect(self._stand_by)
        self.drop = Button(theme, self.tr("Delete this question"), kind="quiet", icon="trash-2")
        self.drop.clicked.connect(self._drop)
        for widget in (self.asked, self.told, self.anew, self.note, self.kept, self.drop):
            column.addWidget(widget)

    def show_question(self, one: AskedQuestion) -> None:
        """Show a question and what was written anew."""
        self._id = one.id
        self._autosave.shows(one)
        self.asked.setText(first_words(one.words, _SHOWN))
        self.told.setText(question_note(AskedAs.of(one.forms)))
        self.told.setVisible(bool(self.told.text()))
        self.anew.set_text(one.rewrite)
        self.kept.setChecked(one.kept)
        self._note()

    def _note(self) -> None:
        self.note.setText(question_note(self._practice.asked_as(self.anew.text())))
        self.note.setVisible(bool(self.note.text()))

    def _save(self, visit: str) -> None:
        if self._id is not None:
            self._practice.rewrite(self._id, self.anew.text(), visit=visit)

    def _stand_by(self) -> None:
        if self._id is None:
            return
        try:
            self._practice.stand_by(self._id, self.kept.isChecked())
        except GembaError as error:
            self._go.trouble(error)

    def _drop(self) -> None:
        if self._id is None:
            return
        self._autosave.leave()
        gone, self._id = self._id, None
        self._go.throw_away(Ref("asked_question", gone), listed=True)
        self._gone()
