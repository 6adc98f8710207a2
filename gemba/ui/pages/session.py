"""A set of questions gone through from the window: one question, big, and the answer below it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from gemba.domain.errors import GembaError
from gemba.domain.titles import first_words
from gemba.services.sessions import said_at
from gemba.ui.autosave import Autosave, hand_over
from gemba.ui.days import long_day
from gemba.ui.go import Go
from gemba.ui.learners_view import LearnersView
from gemba.ui.pages.common import clear, enter_presses
from gemba.ui.pages.cycle_coach import Prompts
from gemba.ui.pages.cycle_head import RING_ROOM, CycleHead
from gemba.ui.widgets import Button, Column, Field, Label, ScrollPage, TextField, page_margin

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from gemba.domain.question_set import QuestionSet, QuestionStep
    from gemba.domain.session import Session
    from gemba.services.people import People
    from gemba.services.sessions import Sessions
    from gemba.ui.theme import Theme


class SessionPage(QWidget):
    """One question at a time; Enter goes on, and Ctrl+L hides what is for the one who asks."""

    def __init__(
        self,
        theme: Theme,
        *,
        sessions: Sessions,
        people: People,
        go: Go,
        today: Callable[[], date],
        learners_view: LearnersView | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._sessions = sessions
        self._people = people
        self._go = go
        self._today = today
        self._session: Session | None = None
        self._questions: QuestionSet | None = None
        self._step: QuestionStep | None = None
        self._worked = False
        px = theme.px
        self._outer = QVBoxLayout(self)
        self._outer.setSpacing(0)
        self.head = CycleHead(theme, most=0)
        self.head.view.toggled.connect(self._show_view)
        self._outer.addWidget(self.head)
        self._view = ScrollPage(theme, margins=False, room=RING_ROOM)
        self._outer.addWidget(self._view, 1)
        column = Column(theme, width=720, gap=0)
        self._view.add(column)
        self._view.finish()
        column.space(px(24))
        self.what = Label(theme, "", tone="ink_soft")
        column.add(self.what)
        column.space(px(4))
        self.ask = Label(theme, "", step="question")
        column.add(self.ask)
        column.space(px(24))
        self.closed = Label(
            theme, self.tr("What is written here is for one pair of eyes."), tone="ink_soft"
        )
        self.closed.hide()
        column.add(self.closed)
        self._place = QVBoxLayout()
        self._place.setSpacing(px(16))
        column.body.addLayout(self._place)
        self.prompts = Prompts(theme)
        column.add(self.prompts)
        self._build_foot()
        self._learners = learners_view or LearnersView(self)
        if learners_view is None:
            # In a window the key is the window's, and holds for every page.
            keys = QShortcut(QKeySequence("Ctrl+L"), self)
            keys.activated.connect(self._learners.toggle)
        self.head.view.clicked.connect(lambda: self._learners.set(self.head.view.isChecked()))
        self._learners.changed.connect(self.head.view.setChecked)
        self.answer: TextField | None = None
        self.fills: list[Field] = []

    def _build_foot(self) -> None:
        theme = self.theme
        row = QHBoxLayout()
        row.setContentsMargins(theme.px(RING_ROOM), 0, theme.px(RING_ROOM), 0)
        row.setSpacing(theme.px(8))
        self.back = Button(theme, self.tr("Back"), kind="quiet")
        self.back.clicked.connect(lambda: self._move(-1))
        self.other = Button(theme, self.tr("Another question"), kind="quiet")
        self.other.setToolTip(self.tr("Go to whichever question fits; Alt+Q"))
        # Not the button's own: where there is no room for it, the key still holds.
        keys = QShortcut(QKeySequence("Alt+Q"), self)
        keys.activated.connect(self._offer_all)
        self.other.clicked.connect(self._offer_all)
        self.promise = Button(theme, self.tr("Make it a promise"), icon="handshake")
        self.promise.clicked.connect(self._promise)
        self.unknown = Button(theme, self.tr("We don’t know that yet"))
        self.unknown.clicked.connect(self._not_known)
        self.next = Button(theme, self.tr("Next"), kind="primary")
        self.next.clicked.connect(lambda: self._move(1))
        row.addWidget(self.back)
        row.addWidget(self.other)
        row.addStretch(1)
        for button in (self.promise, self.unknown, self.next):
            row.addWidget(button)
        self._outer.addSpacing(theme.px(8))
        self._outer.addLayout(row)

    # The page in the window

    def page_title(self) -> str:
        """The name of the set; nothing that was said."""
        return self._questions.label if self._questions else self.tr("Sets of questions")

    def arrive(self, **what: object) -> None:
        """Begin the set with the id ``questions``, or show a ``session`` where it stood."""
        key = what.get("session")
        try:
            if isinstance(key, UUID):
                self._session = self._sessions.get(key)
            else:
                learner = what.get("learner")
                self._session = self._sessions.begin(
                    str(what.get("questions")),
                    learner_id=learner if isinstance(learner, UUID) else None,
                )
            self._questions = self._sessions.questions(self._session)
        except GembaError as error:
            self._go.trouble(error)
            self._go.to("questions")
            return
        self.head.view.setChecked(self._learners.on)
        self.head.begin(self._session.elapsed, ended=self._session.ended_at is not None)
        steps = self._steps()
        at = next((one for one in steps if one.id == self._session.at_step), steps[0])
        self._worked = False
        self._show(at)

    def leave(self) -> None:
        """Hand over what is being written; one without a word leaves nothing behind.

        Where it stands and how long it took are kept once something was done: looking is no work.
        """
        hand_over(self)
        self.head.stop()
        session, self._session = self._session, None
        if session is None:
            return
        try:
            dropped = self._sessions.drop_if_empty(session.id)
            if not dropped and self._worked and self._step is not None:
                self._sessions.go_to(session.id, self._step.id, self.head.elapsed())
        except GembaError as error:
            self._go.trouble(error)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus."""
        if not enter_presses(self, event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the page's margins."""
        side = page_margin(self.theme, self.window().width()) - self.theme.px(RING_ROOM)
        self._outer.setContentsMargins(side, self.theme.px(16), side, self.theme.px(16))
        self.head.set_narrow(self.width() < self.theme.px(560))
        self._show_other()
        super().resizeEvent(event)

    # What is shown

    def _steps(self) -> tuple[QuestionStep, ...]:
        assert self._questions is not None
        return self._questions.steps_for(first=False)

    def _show(self, step: QuestionStep) -> None:
        assert self._session is not None
        assert self._questions is not None
        hand_over(self)
        if self._worked:
            self._sessions.go_to(self._session.id, step.id, self.head.elapsed())
        session = self._session = self._sessions.get(self._session.id)
        self._step = step
        steps = self._steps()
        at = steps.index(step)
        had = next((one.seconds for one in session.times if one.at_step == step.id), 0)
        self.head.set_phase(at + 1, len(steps), had)
        who = self._people.name_of(session.learner_id)
        said = [self._questions.label, who, long_day(session.held_on)]
        self.what.setText(", ".join(one for one in said if one))
        self.ask.setText(step.ask)
        clear(self._place)
        self.answer = TextField(
            self.theme, self.tr("In their words"), lines=4, enter_keeps=True, name=step.ask
        )
        self.answer.set_text(said_at(session, step.id))
        self.answer.entered.connect(self._past_answer)
        Autosave(self.answer, partial(self._save, step, -1)).shows(session)
        self._place.addWidget(self.answer)
        self.fills = [self._fill(step, place) for place in range(len(step.fill))]
        self.prompts.show_question(step)
        self._cover()
        self.back.setEnabled(at > 0)
        self._show_other()
        self.promise.setVisible(step.writes == "promise" and not self._questions.private)
        self.next.setText(self.tr("Keep") if at + 1 == len(steps) else self.tr("Next"))
        self._view.verticalScrollBar().setValue(0)
        self._place_focus()

    def _fill(self, step: QuestionStep, place: int) -> Field:
        assert self._session is not None
        field = Field(self.theme, step.fill[place])
        field.set_text(said_at(self._session, f"{step.id}:{place}"))
        field.entered.connect(partial(self._past_fill, place))
        Autosave(field, partial(self._save, step, place)).shows(self._session)
        self._place.addWidget(field)
        return field

    def _show_view(self, learners: bool) -> None:
        """Hide what is for the one who asks, or show it again."""
        words = self.tr("Coach’s view") if learners else self.tr("Learner’s view")
        self.head.view.setText(words)
        if self.answer is not None:
            hand_over(self)
            self._cover()
            self._place_focus()

    def _cover(self) -> None:
        """Put away what the one who looks on is not to see; of a private set every answer."""
        covered = self.head.view.isChecked()
        self.prompts.setVisible(not covered)
        closed = covered and self._questions is not None and self._questions.private
        for field in (self.answer, *self.fills):
            if field is not None:
                field.setVisible(not closed)
        self.closed.setVisible(closed)

    def _place_focus(self) -> None:
        if self.answer is not None and not self.answer.isHidden():
            self.answer.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.head.view.setFocus(Qt.FocusReason.OtherFocusReason)

    # Going on

    def _past_answer(self) -> None:
        if self.fills:
            self.fills[0].line.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._move(1)

    def _past_fill(self, place: int) -> None:
        if place + 1 < len(self.fills):
            self.fills[place + 1].line.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._move(1)

    def _move(self, by: int) -> None:
        if self._session is None or self._step is None:
            return
        hand_over(self)
        steps = self._steps()
        to = steps.index(self._step) + by
        try:
            if 0 <= to < len(steps):
                self._worked = True
                self._show(steps[to])
            elif to >= len(steps):
                self._sessions.end(self._session.id, self.head.elapsed())
                self._go.to("questions", questions=self._session.definition)
                self._go.say(self.tr("Kept."))
        except GembaError as error:
            self._go.trouble(error)

    def questions_menu(self) -> QMenu:
        """Every question of the set, those with an answer ticked; a talk begins at any of them."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._session is None:
            return menu
        for step in self._steps():
            action = menu.addAction(first_words(step.ask, 80).replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(bool(said_at(self._session, step.id).strip()))
            action.triggered.connect(partial(self._go_to, step))
        return menu

    def _show_other(self) -> None:
        several = self._questions is not None and len(self._steps()) > 1
        self.other.setVisible(several and self.width() >= self.theme.px(760))

    def _offer_all(self) -> None:
        if self._session is None:
            return
        hand_over(self)
        self._sessions.settle()
        self._session = self._sessions.get(self._session.id)
        above = (self.other if self.other.isVisible() else self.back).mapToGlobal(QPoint(0, 0))
        menu = self.questions_menu()
        above.setY(above.y() - menu.sizeHint().height())
        menu.popup(above)

    def _go_to(self, step: QuestionStep, _ticked: bool = False) -> None:
        self._worked = True
        try:
            self._show(step)
        except GembaError as error:
            self._go.trouble(error)

    def _not_known(self) -> None:
        if self._session is None or self._step is None:
            return
        hand_over(self)
        try:
            self._sessions.unknown(self._session.id, self._step)
        except GembaError as error:
            self._go.trouble(error)
            return
        self._move(1)

    def _promise(self) -> None:
        if self._session is None or self._step is None:
            return
        hand_over(self)
        try:
            made = self._sessions.promise(self._session.id, self._step)
        except GembaError as error:
            self._go.trouble(error)
            return
        self._go.say(self.tr("Promised: {words}").format(words=made.text))

    def _save(self, step: QuestionStep, place: int, visit: str) -> None:
        if self._session is None or self.answer is None:
            return
        self._worked = True
        field = self.answer if place < 0 else self.fills[place]
        self._sessions.answer(self._session.id, step, field.text(), visit=visit, place=place)
