"""One learner: months on a strip, predicted and happened, talks and sheets, the storyboard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from gemba.domain.changes import Ref
from gemba.domain.coaching import Storyboard, Talk
from gemba.domain.errors import GembaError
from gemba.domain.experiment import Experiment
from gemba.services.bulletin import Bulletin
from gemba.services.coaching import Coaching
from gemba.services.history import History
from gemba.services.people import People
from gemba.ui.autosave import hand_over
from gemba.ui.days import age, said_day, short_day
from gemba.ui.go import Go
from gemba.ui.learners_view import LearnersView
from gemba.ui.pages import learner_story as story
from gemba.ui.pages.common import enter_presses, listen
from gemba.ui.pages.give_reason import GiveReason
from gemba.ui.pages.learner_board import BoardFields
from gemba.ui.pages.more import More
from gemba.ui.pages.print_panel import PrintHost
from gemba.ui.pages.private_tick import PrivateTick
from gemba.ui.widgets import (
    Button,
    Column,
    EmptyState,
    Field,
    Label,
    Notice,
    PageHead,
    RowAction,
    RowList,
    ScrollPage,
)
from gemba.ui.widgets.outcome_mark import OutcomeLegend
from gemba.ui.widgets.prediction_table import PredictionTable
from gemba.ui.widgets.time_strip import TimeStrip

if TYPE_CHECKING:
    from gemba.domain.session import Session
    from gemba.domain.sheet import Sheet
    from gemba.services.exports import Exports
    from gemba.services.practice import Practice
    from gemba.ui.theme import Theme

_BESIDE = 760
MOST_SHOWN = 30
"""So many predictions, and as many talks and sheets, stand here; all of them on the timeline."""
_HEARD = ("talk", "session", "storyboard", "experiment", "sheet", "person")


class LearnerPage(QWidget):
    """Everything of one learner in the order of time, and the storyboard to write in."""

    def __init__(
        self,
        theme: Theme,
        *,
        coaching: Coaching,
        people: People,
        history: History,
        exports: Exports,
        bulletin: Bulletin,
        go: Go,
        today: Callable[[], date],
        learners_view: LearnersView | None = None,
        practice: Practice | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._learners_view = learners_view or LearnersView(self)
        self._practice = practice
        self.theme = theme
        self._coaching = coaching
        self._people = people
        self._history = history
        self._exports = exports
        self._go = go
        self._today = today
        self._learner: UUID | None = None
        self._board: Storyboard | None = None
        self._talks: list[Talk] = []
        self._experiments: list[Experiment] = []
        self._sheets: list[Sheet] = []
        self._sessions: list[Session] = []
        self._chosen: UUID | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._view = ScrollPage(theme)
        self.paper = PrintHost(
            theme,
            self._view,
            title=lambda: self._people.name_of(self._learner),
            draw=self._draw_record,
            write=exports.write_file,
            go=go,
        )
        outer.addWidget(self.paper)
        self._build_head()
        self._build_story()
        self._build_board()
        self._view.space(24)
        self._view.finish()
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(0)
        self._again.timeout.connect(self._read)
        listen(self, bulletin, self._hear)

    def _build_head(self) -> None:
        theme = self.theme
        self.head = PageHead(theme, "")
        self.private = PrivateTick(theme, self._learners_view)
        self.print = Button(theme, self.tr("Print"), icon="printer")
        self.print.clicked.connect(self.paper.show_paper)
        self.private.toggled.connect(self.paper.redraw)
        self.shows = Button(theme, self.tr("What it shows"), icon="chart-line")
        self.shows.clicked.connect(lambda: self._go.to("ledger", learner=self._learner))
        self.start = Button(theme, self.tr("Start a cycle"), kind="primary")
        self.start.clicked.connect(self._start)
        keep = (self.tr("Keep until, or erase"), "eraser", self._to_people)
        grows = (self.tr("Skills, goals and mentors"), "target", self._to_development)
        other = (
            self.tr("Talk by other questions"),
            "message-circle-question-mark",
            self._to_questions,
        )
        hand = (self.tr("Hand over to another coach"), "arrow-right", self._to_handover)
        back = (self.tr("Look back over the months"), "history", self._to_timeline)
        more = More(
            theme,
            self._go,
            self._newest_board,
            delete=False,
            extra=(other, grows, back, hand, keep),
        )
        for widget in (self.shows, self.print, self.start, more):
            self.head.add_action(widget)
        # The name keeps its room before the words beside it do.
        self.head.title.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.head.title.setMaximumWidth(theme.px(400))
        self._view.add(self.head)
        self._view.space(16)
        row = self._above_story = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(theme.px(16))
        self.search = Field(
            theme, "", question=self.tr("Which words?"), icon="search", name=self.tr("Which words?")
        )
        self.search.frame.setFixedWidth(theme.px(280))
        self.search.edited.connect(self._show_rows)
        self.when = Label(theme, "", tone="ink_soft", wrap=False)
        row.addWidget(self.search)
        beside = QHBoxLayout()
        beside.setSpacing(theme.px(16))
        beside.addStretch(1)
        beside.addWidget(self.when)
        beside.addWidget(self.private)
        row.addLayout(beside, 1)
        self._view.body.addLayout(row)
        self._build_left()

    def _build_left(self) -> None:
        """What is left of the last talk: the coach's own look back, and a look that was missed."""
        theme = self.theme
        self.after = Notice(
            theme,
            self.tr("Your own twenty seconds after this talk are still open."),
            action=self.tr("Note them"),
            kind="plain",
        )
        self.after.acted.connect(self._to_after)
        self._learners_view.changed.connect(lambda _on: self._show_after())
        self._view.add(self.after)
        self.missed = GiveReason(
            theme,
            self._coaching.drafts,
            begin="",
            ask=self.tr("What came between?"),
            keep=self.tr("It did not happen"),
            icon="calendar",
        )
        self.missed.given.connect(self._miss)
        self._view.add(self.missed)

    def _show_after(self) -> None:
        """Offer it once nobody looks on; it is for the coach alone."""
        last = self._talks[-1] if self._talks else None
        asked = (
            last is not None
            and self._practice is not None
            and not self._learners_view.on
            and last.kind == "cycle"
            and last.ended_at is not None
            and last.held_on == self._today()
            and self._practice.after(last.id) is None
        )
        self.after.setVisible(asked)

    def _to_after(self) -> None:
        if self._talks:
            self._go.to("after talk", talk=self._talks[-1].id)

    def _show_missed(self) -> None:
        """Ask why, once the day of a look has passed without one."""
        last = self._talks[-1] if self._talks else None
        day = last.next_look_on if last is not None else None
        passed = last is not None and day is not None and last.held_on <= day < self._today()
        self.missed.setVisible(passed)
        if passed and last is not None and day is not None:
            said = self.tr("The look of {day} did not happen")
            self.missed.opener.setText(said.format(day=short_day(day, self._today())))
            self.missed.ask_for(f"missed.{last.id}.{day}")

    def _miss(self, why: str) -> None:
        if not self._talks:
            return
        talk_id = self._talks[-1].id
        try:
            self._coaching.miss_look(talk_id, why)
        except GembaError as error:
            self._go.trouble(error)
            return
        self.missed.done()
        self._go.say(self.tr("Noted."), undo=lambda: self._unmiss(talk_id))

    def _unmiss(self, talk_id: UUID) -> None:
        try:
            self._coaching.unmiss_look(talk_id)
        except GembaError as error:
            self._go.trouble(error)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put what stands beside the search below it where it would be cut."""
        super().resizeEvent(event)
        wide = event.size().width() >= self.theme.px(_BESIDE)
        directions = QBoxLayout.Direction
        self._above_story.setDirection(directions.LeftToRight if wide else directions.TopToBottom)
        self._above_story.setSpacing(self.theme.px(16 if wide else 4))

    def _build_story(self) -> None:
        theme = self.theme
        self._view.space(16)
        self.strip = TimeStrip(theme)
        self._view.add(self.strip)
        self._view.space(24)
        self.question = Notice(theme, "", kind="plain")
        self._view.add(self.question)
        self.predicted_head = QWidget()
        row = QHBoxLayout(self.predicted_head)
        row.setContentsMargins(0, 0, 0, theme.px(8))
        words = self.tr("Predicted and happened")
        row.addWidget(Label(theme, words, step="strong", wrap=False))
        row.addStretch(1)
        row.addWidget(OutcomeLegend(theme))
        self._view.add(self.predicted_head)
        self.table = PredictionTable(theme, words)
        self.table.opened.connect(self._open_experiment)
        self._view.add(self.table)
        self.talks_head = self._view.section(self.tr("Talks and sheets"))
        self.rows = RowList(theme, name=self.tr("Talks and sheets"))
        self.rows.opened.connect(self._open_row)
        self._view.add(self.rows)
        self.rest = Button(theme, "", kind="quiet", icon="history")
        self.rest.clicked.connect(self._to_timeline)
        self._view.add(self.rest)
        self.nothing = EmptyState(theme, "")
        self._view.add(self.nothing)

    def _build_board(self) -> None:
        self.board_head = self._view.section(self.tr("Storyboard"))
        column = Column(self.theme, gap=0)
        self.board = BoardFields(
            self.theme, coaching=self._coaching, go=self._go, today=self._today
        )
        column.add(self.board)
        self.on_paper = Button(self.theme, self.tr("Print it as an A3"), icon="printer")
        self.on_paper.clicked.connect(self._to_board_paper)
        column.space(self.theme.px(16))
        column.body.addWidget(self.on_paper, 0, Qt.AlignmentFlag.AlignLeading)
        self._view.add(column)

    def _to_board_paper(self) -> None:
        hand_over(self)
        self.board.finish()
        if self._board is not None:
            self._go.to("board paper", board=self._board.id)

    # The page in the window

    def page_title(self) -> str:
        """The learner's name; nothing that was said or noted."""
        return self._people.name_of(self._learner) or self.tr("Learner")

    def arrive(self, **what: object) -> None:
        """Show a ``learner``, or whose a ``board`` or an ``experiment`` is, at that place."""
        board_id, experiment_id = what.get("board"), what.get("experiment")
        self._chosen = None
        self._board = None
        try:
            if isinstance(board_id, UUID):
                self._board = self._coaching.board(board_id)
                self._learner = self._board.learner_id
            elif isinstance(experiment_id, UUID):
                self._learner = self._coaching.experiment(experiment_id).learner_id
                self._chosen = experiment_id
            elif isinstance(learner := what.get("learner"), UUID):
                self._learner = self._coaching.learner(learner).id
            else:
                self._go.to("coaching")
                return
        except GembaError as error:
            self._go.trouble(error)
            return
        self.search.set_text("")
        self.private.setChecked(False)
        self._read()
        self._view.verticalScrollBar().setValue(0)
        self._place_focus(at_board=isinstance(board_id, UUID))

    def leave(self) -> None:
        """Hand over what is being written."""
        self.paper.close_drawer()
        hand_over(self)
        self.board.finish()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus."""
        if not enter_presses(self, event):
            super().keyPressEvent(event)

    def _place_focus(self, *, at_board: bool) -> None:
        if at_board:
            self.board.begin()
            QTimer.singleShot(0, self, self._to_board)
            return
        line = self.table.line(self._chosen) if self._chosen is not None else None
        if line is not None:
            line.setFocus(Qt.FocusReason.OtherFocusReason)
            QTimer.singleShot(0, line, lambda: self._view.ensureWidgetVisible(line))
        else:
            self.start.setFocus(Qt.FocusReason.OtherFocusReason)

    def _to_board(self) -> None:
        self._view.verticalScrollBar().setValue(self.board_head.y() - self.theme.px(16))

    def _hear(self, refs: frozenset[Ref]) -> None:
        if self.isVisible() and any(ref.kind in _HEARD for ref in refs):
            self._again.start()

    # What is shown

    def _read(self) -> None:
        if self._learner is None:
            return
        self._talks = self._coaching.talks(self._learner)
        self._experiments = self._history.experiments(self._learner)
        self._sheets = self._history.sheets(self._learner)
        self._sessions = self._history.sessions(self._learner)
        boards = self._coaching.boards(self._learner)
        wanted = self._board.id if self._board is not None else None
        newest = boards[-1] if boards else None
        self._board = next((board for board in boards if board.id == wanted), newest)
        today = self._today()
        beside = story.head_words(self._board, self._talks, lambda day: short_day(day, today))
        self.head.set_title(self._people.name_of(self._learner), beside)
        self.when.setText(self._when())
        self._show_after()
        self._show_missed()
        self.question.say(self.tr("Lately all came as expected. What would have surprised you?"))
        self.question.setVisible(story.surprised_by_none(self._experiments))
        self.strip.set_story(
            story.strip_marks(self._talks, self._experiments, self._sheets),
            story.strip_spans(boards, today),
            today,
        )
        self.board.setVisible(self._board is not None)
        self.board_head.setVisible(self._board is not None)
        self.on_paper.setVisible(self._board is not None)
        if self._board is not None:
            self.board.show_board(self._board)
        self._show_rows()

    def _when(self) -> str:
        if not self._talks:
            return ""
        today, last = self._today(), self._talks[-1]
        days = (today - last.held_on).days
        words = self.tr("Last talk {age} ago").format(age=age(days))
        if not days:
            words = self.tr("Last talk today")
        if last.next_look_on is not None:
            day = said_day(last.next_look_on, today)
            words = self.tr("{last}, next look {day}").format(last=words, day=day)
        return words

    def _show_rows(self) -> None:
        """Show the lines that hold the words looked for."""
        words, today = self.search.text(), self._today()
        tried = [
            one for one in self._experiments if story.holds(words, story.texts_of_experiment(one))
        ]
        shown = [one for at, one in enumerate(tried) if at < MOST_SHOWN or one.id == self._chosen]
        lines = [story.predicted(one, today) for one in shown]
        found = story.story_rows(self._talks, self._sheets, words, today, self._sessions)
        rows = found[:MOST_SHOWN]
        left = len(tried) - len(shown) + len(found) - len(rows)
        self.rest.setText(self.tr("{n} earlier ones are on the timeline").format(n=left))
        self.rest.setVisible(left > 0)
        self.table.set_lines(lines)
        self.table.choose(self._chosen)
        delete = RowAction(self.tr("Delete"), "trash-2", self._throw_away)
        self.rows.set_rows(rows, (delete,))
        for widget in (self.predicted_head, self.table):
            widget.setVisible(bool(lines))
        for widget in (self.talks_head, self.rows):
            widget.setVisible(bool(rows))
        self.nothing.setVisible(not lines and not rows)
        said = self.tr("Nothing says that.") if words.strip() else self.tr("No talk yet.")
        self.nothing.words.setText(said)

    # Where it leads

    def _start(self) -> None:
        if self._learner is not None:
            self._go.to("cycle", learner=self._learner)

    def _open_row(self, key: object) -> None:
        assert isinstance(key, Ref)
        talk = next((one for one in self._talks if one.id == key.id), None)
        if talk is not None and talk.kind == "sheet talk":
            self._go.to("sheet", talk=talk.id)
        else:
            self._go.open(key)

    def _throw_away(self, key: object) -> None:
        assert isinstance(key, Ref)
        self._go.throw_away(key, listed=True)

    def _to_timeline(self) -> None:
        self._go.to("timeline", learner=self._learner)

    def _to_questions(self) -> None:
        self._go.to("questions", learner=self._learner)

    def _to_handover(self) -> None:
        self._go.to("moving", learner=self._learner)

    def _to_development(self) -> None:
        self._go.to("development", learner=self._learner)

    def _to_people(self) -> None:
        self._go.to("people", person=self._learner)

    def _newest_board(self) -> Ref | None:
        boards = self._coaching.boards(self._learner) if self._learner is not None else []
        return Ref("storyboard", boards[-1].id) if boards else None

    def _open_experiment(self, key: object) -> None:
        """Open the talk in which this was predicted, where there is one."""
        self._chosen = key if isinstance(key, UUID) else None
        self.table.choose(key)
        planned = next((one for one in self._talks if one.next_experiment_id == key), None)
        if planned is not None:
            self._go.to("cycle", talk=planned.id)

    def _draw_record(self, then: Callable[[bytes], None]) -> None:
        """Draw the coaching record as it is now, and hand it on."""
        if self._learner is None:
            return
        hand_over(self)
        try:
            record = self._exports.record(self._learner, private=self.private.isChecked())
        except GembaError as error:
            self._go.trouble(error)
            return
        then(record)
