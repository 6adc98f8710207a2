"""A coaching cycle: one question at a time with the storyboard in sight."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.changes import Ref
from gemba.domain.coaching import Storyboard, Talk
from gemba.domain.cycle import (
    answer_to,
    fill_key,
    following,
    past_knowing,
    phase,
    preceding,
    step_at,
)
from gemba.domain.errors import BadInput, GembaError
from gemba.domain.experiment import Experiment
from gemba.domain.question_set import QuestionSet, QuestionStep
from gemba.services.bulletin import Bulletin
from gemba.services.coaching import Coaching
from gemba.services.people import People
from gemba.ui.autosave import hand_over
from gemba.ui.days import long_day
from gemba.ui.go import Go
from gemba.ui.learners_view import LearnersView
from gemba.ui.pages.asked_line import AskedLine
from gemba.ui.pages.common import clear, enter_presses, listen
from gemba.ui.pages.cycle_board import BoardPane
from gemba.ui.pages.cycle_coach import CoachBlock
from gemba.ui.pages.cycle_foot import CycleFoot
from gemba.ui.pages.cycle_head import RING_ROOM, CycleHead
from gemba.ui.pages.cycle_panes import pane_for
from gemba.ui.pages.cycle_phase import PhaseOffer
from gemba.ui.pages.cycle_read import ReadBack
from gemba.ui.pages.cycle_steps import AnswerPane, Step, StepPane
from gemba.ui.pages.cycle_stop import StopStep
from gemba.ui.pages.fill_lines import FillLines
from gemba.ui.pages.tied_to import TiedTo
from gemba.ui.widgets import Column, Label, ScrollPage

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from gemba.services.drafts import Drafts
    from gemba.services.practice import Practice
    from gemba.services.promises import Promises
    from gemba.services.thread import Thread
    from gemba.ui.theme import Theme

_HEARD = ("storyboard", "experiment")


class CyclePage(QWidget):
    """The storyboard at the left, the question at the right; Enter goes on.

    ``ticks`` counts seconds for the clock.
    """

    def __init__(
        self,
        theme: Theme,
        *,
        coaching: Coaching,
        people: People,
        practice: Practice,
        drafts: Drafts,
        thread: Thread,
        bulletin: Bulletin,
        go: Go,
        today: Callable[[], date],
        promises: Promises | None = None,
        learners_view: LearnersView | None = None,
        ticks: Callable[[], float] = monotonic,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._coaching = coaching
        self._people = people
        self._practice = practice
        self._drafts = drafts
        self._go = go
        self._today = today
        self._promises = promises
        self._talk: Talk | None = None
        self._questions: QuestionSet | None = None
        self.pane: StepPane | None = None
        self.fills: FillLines | None = None
        self.read: ReadBack | None = None
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        self.board = BoardPane(theme, today=today)
        self.board.focus_wanted.connect(self._take_up)
        across.addWidget(self.board)
        self._right = QVBoxLayout()
        self._right.setSpacing(0)
        across.addLayout(self._right, 1)
        self.head = CycleHead(theme, ticks=ticks)
        self.head.view.toggled.connect(self._show_view)
        self.head.held.connect(self._hold)
        self._right.addWidget(self.head)
        self._build_middle(TiedTo(theme, thread=thread, bulletin=bulletin, go=go))
        self._build_foot()
        self._learners = learners_view or LearnersView(self)
        if learners_view is None:
            # In a window the key is the window's, and holds for every page.
            keys = QShortcut(QKeySequence("Ctrl+L"), self)
            keys.activated.connect(self._learners.toggle)
        self.head.view.clicked.connect(lambda: self._learners.set(self.head.view.isChecked()))
        self._learners.changed.connect(self.head.view.setChecked)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(0)
        self._again.timeout.connect(self._show_board)
        listen(self, bulletin, self._hear)

    def _build_middle(self, ties: TiedTo) -> None:
        theme, px = self.theme, self.theme.px
        self._view = ScrollPage(theme, margins=False, room=RING_ROOM)
        self._right.addWidget(self._view, 1)
        column = Column(theme, gap=0)
        self._view.add(column)
        self._view.finish()
        column.space(px(12))
        self.ties = ties
        column.add(ties)
        column.space(px(24))
        self.ask = Label(theme, "", step="question")
        column.add(self.ask)
        column.space(px(28))
        self._place = QVBoxLayout()
        column.body.addLayout(self._place)
        self.offer = PhaseOffer(theme)
        self.offer.asked.connect(self._ask_instead)
        column.add(self.offer)
        asked = AskedLine(theme, practice=self._practice, drafts=self._drafts, go=self._go, lines=1)
        self.coach = CoachBlock(theme, self._save_note, asked)
        self.note = self.coach.note
        column.add(self.coach)

    def _build_foot(self) -> None:
        self.foot = CycleFoot(self.theme)
        self.back, self.promise = self.foot.back, self.foot.promise
        self.unknown, self.next = self.foot.unknown, self.foot.next
        self.back.clicked.connect(self._step_back)
        self.promise.clicked.connect(self._promise)
        self.unknown.clicked.connect(self._not_known)
        self.next.clicked.connect(self._step_on)
        self._right.addSpacing(self.theme.px(8))
        self._right.addWidget(self.foot)

    # The page in the window

    def page_title(self) -> str:
        """The kind of talk and with whom; nothing that was said or noted."""
        name = self._name()
        words = self.tr("Coaching cycle, {name}")
        return words.format(name=name) if name else self.tr("Coaching cycle")

    def arrive(self, **what: object) -> None:
        """Begin with a ``learner``, by own ``questions`` too, or show a ``talk`` where it stood."""
        try:
            talk = self._wanted(what)
            if talk is None:
                self._go.to("coaching")
                return
            talk = self._coaching.resume(talk.id)
            self._talk = self._coaching.talk(talk.id)
            self._questions = self._coaching.questions(talk)
            self.coach.prompts.set_level(self._coaching.practice_level())
        except GembaError as error:
            self._go.trouble(error)
            return
        self.head.view.setChecked(self._learners.on)
        self._show_note()
        self.ties.show_talk(self._talk)
        self.head.begin(talk.elapsed, ended=talk.ended_at is not None)
        self._show_board()
        if talk.ended_at is not None:
            self._show_ended(talk)
        else:
            self._show_step(step_at(self._questions, talk))

    def leave(self) -> None:
        """Hand over what is being written, and the minutes so far."""
        hand_over(self)
        if self.pane is not None:
            self.pane.finish()
        self.head.stop()
        talk, self._talk = self._talk, None
        self.ties.show_talk(None)
        if talk is None:
            return
        try:
            if not self._coaching.drop_if_empty(talk.id) and talk.ended_at is None:
                self._coaching.go_to(talk.id, self._step_id(), self.head.elapsed())
        except GembaError as error:
            self._go.trouble(error)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus."""
        if not enter_presses(self, event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the storyboard its share, and the question the rest."""
        super().resizeEvent(event)
        px = self.theme.px
        wide = self.width() >= px(1100)
        self.board.setFixedWidth(min(px(440), round(self.width() * 0.37)))
        self.head.set_narrow(self.width() < px(760))
        side = px(44 if wide else 24) if self.width() >= px(760) else px(16)
        side -= px(RING_ROOM)
        self._right.setContentsMargins(side, px(24 if wide else 8), side, px(24 if wide else 16))

    def _wanted(self, what: dict[str, object]) -> Talk | None:
        talk_id, learner = what.get("talk"), what.get("learner")
        if isinstance(talk_id, UUID):
            return self._coaching.talk(talk_id)
        if not isinstance(learner, UUID):
            return None
        board = what.get("board")
        open_one = self._coaching.under_way(learner, "cycle")
        wanted = str(what.get("questions") or "")
        if (
            open_one is not None
            and board in (None, open_one.storyboard_id)
            and wanted in ("", open_one.definition)
        ):
            return open_one
        return self._coaching.start_cycle(
            learner, board if isinstance(board, UUID) else None, definition=wanted or "cycle"
        )

    def _hear(self, refs: frozenset[Ref]) -> None:
        if self._talk is not None and any(ref.kind in _HEARD for ref in refs):
            self._again.start()

    # What is shown

    def _name(self) -> str:
        return self._people.name_of(self._talk.learner_id) if self._talk else ""

    def _step_id(self) -> str:
        return self.pane.step.question.id if self.pane is not None else ""

    def _show_board(self) -> None:
        if self._talk is None or self._talk.storyboard_id is None:
            return
        board: Storyboard = self._coaching.board_then(self._talk)
        last: Experiment | None = None
        if self._talk.last_experiment_id is not None:
            last = self._coaching.experiment(self._talk.last_experiment_id)
        self.board.show_board(self._name(), board, last)

    def _show_step(self, question: QuestionStep) -> None:
        assert self._talk is not None
        assert self._questions is not None
        self._talk = self._coaching.talk(self._talk.id)
        step = Step(
            self.theme,
            self._coaching,
            self._go,
            self._today,
            self._talk,
            question,
            self._name(),
        )
        clear(self._place)
        self.pane = pane_for(step)
        self.pane.gone_on.connect(self._past_pane)
        if isinstance(self.pane, AnswerPane):
            self.pane.answer.edited.connect(self.offer.hide)
        self._place.addWidget(self.pane)
        self.pane.show()
        self._show_fills(question)
        self.ask.setText(question.ask)
        had = next((one.seconds for one in self._talk.times if one.at_step == question.id), 0)
        self.head.set_phase(*phase(self._questions, question.id), had)
        self.coach.show_question(question)
        board = self._talk.storyboard_id
        target = self._coaching.board(board).target_condition if board is not None else ""
        self.offer.show_for(self._talk, has_target=bool(target.strip()))
        self.foot.show_step(
            first=preceding(self._questions, self._talk, question.id) is None,
            last=following(self._questions, self._talk, question.id) is None,
            promise=question.writes == "promise" and self._promises is not None,
        )
        self._view.verticalScrollBar().setValue(0)
        self.pane.begin()

    def _show_fills(self, question: QuestionStep) -> None:
        """Show what is to be filled in under the answer."""
        assert self._talk is not None
        talk = self._talk
        self.fills = None
        if question.fill:
            texts = [answer_to(talk, fill_key(question.id, n)) for n in range(len(question.fill))]
            save = partial(self._save_fill, talk.id, question.id)
            self.fills = FillLines(self.theme, question.fill, texts, save, talk)
            self.fills.past.connect(self._step_on)
            self._place.addWidget(self.fills)
            self.fills.show()

    def _save_fill(self, talk_id: UUID, step_id: str, place: int, text: str, visit: str) -> None:
        self._coaching.fill(talk_id, step_id, place, text, visit=visit)

    def _past_pane(self) -> None:
        if self.fills is not None:
            self.fills.begin()
        else:
            self._step_on()

    def _show_ended(self, talk: Talk) -> None:
        """Show a cycle that has ended as it stood: to read, and for the coach's own note."""
        planned: Experiment | None = None
        if talk.next_experiment_id is not None:
            planned = self._coaching.experiment(talk.next_experiment_id)
        clear(self._place)
        self.pane = self.fills = None
        asks = {one.id: one.ask for one in self._questions.steps} if self._questions else {}
        self.read = ReadBack(self.theme, talk, planned, today=self._today, asks=asks)
        self._place.addWidget(self.read)
        self.read.show()
        self.stop: StopStep | None = None
        if planned is not None:
            self.stop = StopStep(
                self.theme,
                self._coaching,
                self._go,
                planned.id,
                today=self._today,
                parent=self,
            )
            self._place.addWidget(self.stop)
        self.ask.setText(self.tr("Cycle of {day}").format(day=long_day(talk.held_on)))
        self.head.set_ended()
        self.coach.show_question(None)
        self.offer.hide()
        self.foot.show_ended()
        self._view.verticalScrollBar().setValue(0)
        self.next.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_view(self, learners: bool) -> None:
        """Hide what is for the coach alone, or show it again."""
        hand_over(self.coach)
        self.coach.setVisible(not learners)
        self._show_note()
        words = self.tr("Coach’s view") if learners else self.tr("Learner’s view")
        self.head.view.setText(words)
        if self.pane is not None:
            self.pane.begin()

    def _show_note(self) -> None:
        """Show the coach's own note; in the learner's view not even a screen reader finds it."""
        talk = None
        if self._talk is not None and not self.head.view.isChecked():
            self._coaching.settle()
            talk = self._coaching.talk(self._talk.id)
        self.coach.show_note(talk)

    # Going on

    def _settled(self) -> bool:
        """Hand over what was typed; False while something has to be mended first."""
        hand_over(self)
        return self.pane is not None and self.pane.finish()

    def _step_on(self) -> None:
        if self._talk is not None and self._talk.ended_at is not None:
            hand_over(self)
            self._go.to("learner", learner=self._talk.learner_id)
            return
        if self._talk is None or self._questions is None or not self._settled():
            return
        if isinstance(self.pane, AnswerPane):
            self.pane.agree()
        self._move(following(self._questions, self._talk, self._step_id()))

    def _step_back(self) -> None:
        if self._talk is None or self._questions is None or not self._settled():
            return
        before = preceding(self._questions, self._talk, self._step_id())
        if before is not None:
            self._move(before)

    def _not_known(self) -> None:
        if self._talk is None or self._questions is None or not self._settled():
            return
        try:
            self._coaching.unknown(self._talk.id, self._step_id())
        except GembaError as error:
            self._go.trouble(error)
            return
        self._move(past_knowing(self._questions, self._talk, self._step_id()))

    def _promise(self) -> None:
        """Make a promise of the answer, tied to this talk."""
        if self._talk is None or self._promises is None:
            return
        hand_over(self)
        self._coaching.settle()
        words = answer_to(self._coaching.talk(self._talk.id), self._step_id()).strip()
        try:
            if not words:
                raise BadInput("promise.no_text")
            made = self._promises.make(words, source=Ref("talk", self._talk.id))
        except GembaError as error:
            self._go.trouble(error)
            return
        self._go.say(self.tr("Promised: {words}").format(words=made.text))

    def _ask_instead(self, definition: str) -> None:
        """Ask the other set of questions, from its first; words typed since then forbid it."""
        if self._talk is None:
            return
        hand_over(self)
        try:
            self._talk = self._coaching.ask_instead(self._talk.id, definition)
            self._questions = self._coaching.questions(self._talk)
        except GembaError as error:
            self._go.trouble(error)
            return
        self._show_step(step_at(self._questions, self._talk))

    def _move(self, question: QuestionStep | None) -> None:
        assert self._talk is not None
        talk_id, elapsed = self._talk.id, self.head.elapsed()
        try:
            if question is not None:
                self._coaching.go_to(talk_id, question.id, elapsed)
                self._show_step(question)
                return
            ended = self._coaching.end(talk_id, elapsed)
        except GembaError as error:
            self._go.trouble(error)
            return
        self._talk = ended
        if self.head.view.isChecked():
            # The learner looks on: what the coach notes for themselves waits.
            self._go.to("learner", learner=ended.learner_id)
        else:
            self._go.to("after talk", talk=ended.id)

    # What is written

    def _hold(self, held: bool) -> None:
        """Note the pause, or that it is over."""
        if self._talk is None:
            return
        try:
            if held:
                self._coaching.pause(self._talk.id, self.head.elapsed())
            else:
                self._coaching.go_on(self._talk.id)
        except GembaError as error:
            self._go.trouble(error)

    def _save_note(self, words: str, visit: str) -> None:
        if self._talk is not None:
            self._coaching.write(self._talk.id, visit=visit, private_note=words)

    def _take_up(self, obstacle_id: str) -> None:
        """Take an obstacle into focus; where it is asked for, it is the answer as well."""
        talk = self._talk
        if talk is None or talk.storyboard_id is None or talk.ended_at is not None:
            return
        hand_over(self)
        try:
            board = self._coaching.focus_on(talk.storyboard_id, obstacle_id)
        except GembaError as error:
            self._go.trouble(error)
            return
        pane = self.pane
        if isinstance(pane, AnswerPane) and pane.step.question.writes == "obstacle":
            pane.take(next((o.text for o in board.obstacles if o.id == obstacle_id), ""))
        self._again.start()
