"""A first talk: a name and three questions, one after the other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.coaching import Talk
from gemba.domain.cycle import answer_to
from gemba.domain.errors import GembaError
from gemba.services.coaching import Coaching
from gemba.services.people import People
from gemba.ui.autosave import Autosave, hand_over
from gemba.ui.days import said_day
from gemba.ui.go import Go
from gemba.ui.half_typed import HalfTyped
from gemba.ui.learners_view import LearnersView
from gemba.ui.pages.common import clear, enter_presses
from gemba.ui.pages.look_together import LookTogether
from gemba.ui.pages.more import More, ref_or_none
from gemba.ui.pages.talk_asked import Asked
from gemba.ui.pages.tied_to import TiedTo
from gemba.ui.widgets import (
    Button,
    Column,
    Label,
    NameField,
    PageHead,
    ScrollPage,
    TextField,
    page_margin,
)
from gemba.ui.widgets.foot import Foot

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from gemba.services.bulletin import Bulletin
    from gemba.services.thread import Thread
    from gemba.ui.theme import Theme

_WIDE = 640


class TalkPage(QWidget):
    """Three questions with a person; no answer is required, and Enter goes on."""

    def __init__(
        self,
        theme: Theme,
        *,
        coaching: Coaching,
        people: People,
        thread: Thread,
        bulletin: Bulletin,
        go: Go,
        today: Callable[[], date],
        learners_view: LearnersView | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._coaching = coaching
        self._people = people
        self._go = go
        self._today = today
        self._learners = learners_view or LearnersView(self)
        self._learners.changed.connect(self._show_view)
        self._talk: Talk | None = None
        self.asked: dict[str, Asked] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self._view = ScrollPage(theme)
        outer.addWidget(self._view, 1)
        column = Column(theme, width=_WIDE, centred=True, gap=0)
        self._view.add(column)
        self._view.finish()
        self.head = PageHead(theme, self.tr("First talk"))
        self.head.add_action(More(theme, go, lambda: ref_or_none("talk", self._talk)))
        column.add(self.head)
        column.space(theme.px(12))
        self._build_name(column)
        column.space(theme.px(12))
        self.ties = TiedTo(theme, thread=thread, bulletin=bulletin, go=go)
        column.add(self.ties)
        column.space(theme.px(12))
        self._questions = QVBoxLayout()
        self._questions.setSpacing(0)
        column.body.addLayout(self._questions)
        self._build_look(column)
        self._build_note(column)
        self._build_foot(outer)

    def _build_name(self, column: Column) -> None:
        theme = self.theme
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(Label(theme, self.tr("with"), tone="ink_soft", wrap=False))
        self.name = NameField(theme, "", question=self.tr("Whom?"), name=self.tr("With whom?"))
        self.name.frame.setFixedWidth(theme.px(240))
        self.name.chosen.connect(lambda _id, name: self._named(name))
        self.name.added.connect(self._named)
        self._half = HalfTyped(self.name, self._coaching.drafts, {"name": self.name})
        row.addWidget(self.name)
        row.addStretch(1)
        column.body.addLayout(row)

    def _build_look(self, column: Column) -> None:
        self.look = LookTogether(self.theme, today=self._today)
        self.look.changed.connect(self._write_look)
        self.look.gone_on.connect(self._past_look)
        column.add(self.look)
        column.space(self.theme.px(24))

    def _build_note(self, column: Column) -> None:
        self.note = TextField(
            self.theme,
            self.tr("Private note, for you alone"),
            question=self.tr("What do you want to remember about this?"),
        )
        self._note_autosave = Autosave(self.note, self._save_note)
        self.note.hide()
        column.add(self.note)
        column.space(self.theme.px(24))

    def _build_foot(self, outer: QVBoxLayout) -> None:
        theme = self.theme
        self._foot = Foot()
        across = QVBoxLayout(self._foot)
        across.setContentsMargins(0, 0, 0, 0)
        column = Column(theme, width=_WIDE, centred=True, gap=0)
        across.addWidget(column)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self.note_button = Button(theme, self.tr("Private note"), kind="quiet", icon="lock")
        self.note_button.clicked.connect(self._open_note)
        self.unknown = Button(theme, self.tr("We don’t know that yet"))
        self.unknown.clicked.connect(self._not_known)
        self.keep = Button(theme, self.tr("Keep"), kind="primary")
        self.keep.clicked.connect(self._keep)
        self.story = Button(theme, self.tr("Their history"))
        self.story.clicked.connect(self._open_learner)
        self.make_board = Button(
            theme, self.tr("Make a storyboard of it"), kind="primary", icon="target"
        )
        self.make_board.clicked.connect(self._make_board)
        row.addWidget(self.note_button)
        row.addStretch(1)
        for button in (self.unknown, self.keep, self.story, self.make_board):
            row.addWidget(button)
        # Hidden from the start, so that the window is never asked to be as wide as all of them.
        self.story.hide()
        self.make_board.hide()
        column.body.addLayout(row)
        outer.addWidget(self._foot)

    # The page in the window

    def page_title(self) -> str:
        """The kind of talk and with whom; nothing that was said."""
        name = self._people.name_of(self._talk.learner_id) if self._talk else ""
        return self.tr("First talk, {name}").format(name=name) if name else self.tr("First talk")

    def arrive(self, **what: object) -> None:
        """Begin with a ``learner`` or a ``name``, or show a ``talk`` again."""
        self.name.set_names(self._people.names())
        try:
            talk = self._wanted(what)
        except GembaError as error:
            self._go.trouble(error)
            return
        if talk is None:
            self._show_nobody()
        else:
            self._show(talk)

    def leave(self) -> None:
        """Hand over what is being written; a talk without a word leaves nothing behind."""
        hand_over(self)
        self.look.finish()
        talk, self._talk = self._talk, None
        self.ties.show_talk(None)
        if talk is None:
            return
        try:
            self._coaching.drop_if_empty(talk.id)
        except GembaError as error:
            self._go.trouble(error)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus."""
        if not enter_presses(self, event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the page's margins round the foot."""
        side = page_margin(self.theme, self.window().width())
        layout = self._foot.layout()
        if layout is not None:
            layout.setContentsMargins(side, self.theme.px(8), side, side)
        super().resizeEvent(event)

    def _wanted(self, what: dict[str, object]) -> Talk | None:
        talk_id, learner, name = what.get("talk"), what.get("learner"), what.get("name")
        if isinstance(talk_id, UUID):
            return self._coaching.talk(talk_id)
        if isinstance(learner, UUID):
            name = self._coaching.learner(learner).name
        if not isinstance(name, str) or not name.strip():
            return None
        return self._begin(name)

    def _begin(self, name: str) -> Talk:
        learner = self._people.person(name)
        open_one = self._coaching.under_way(learner.id, "first talk")
        return open_one or self._coaching.first_talk(name)

    # What is shown

    def _show_nobody(self) -> None:
        self._talk = None
        self.ties.show_talk(None)
        clear(self._questions)
        self.asked = {}
        self.name.set_value(None)
        self.name.set_read_only(False)
        self._half.begin("talk with whom")
        for widget in (self.look, self.note, self._foot):
            widget.hide()
        self.name.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, talk: Talk) -> None:
        self._talk = talk
        self.ties.show_talk(talk)
        self.name.set_value(talk.learner_id, self._people.name_of(talk.learner_id))
        self.name.set_read_only(talk.storyboard_id is not None or talk.ended_at is not None)
        self._half.begin("" if self.name.line.isReadOnly() else f"talk with.{talk.id}")
        clear(self._questions)
        self.asked = {}
        said = {answer.id: answer for answer in talk.answers}
        for step in self._coaching.questions(talk).steps_for(first=True):
            asked = Asked(self.theme, step)
            asked.answer.set_text(answer_to(talk, step.id))
            asked.show_unknown(step.id in said and said[step.id].unknown)
            asked.taken_up.connect(self._ask)
            asked.entered.connect(self._past)
            Autosave(asked.answer, partial(self._save, step.id)).shows(talk)
            asked.add_fills(talk, partial(self._save_fill, talk.id, step.id))
            self._questions.addWidget(asked)
            self.asked[step.id] = asked
        self.look.set_look(talk.next_look_on, talk.next_look_time, talk)
        # The learner may be looking on: the note opens only when it is asked for.
        self.note.set_text("")
        self.note.hide()
        self.look.show()
        self.note_button.setVisible(not self._learners.on)
        self._foot.show()
        self._show_foot()
        self._show_reached()

    def _show_foot(self) -> None:
        if self._talk is None:
            return
        ended = self._talk.ended_at is not None
        for button in (self.unknown, self.keep):
            button.setVisible(not ended)
        self.story.setVisible(ended)
        self.make_board.setVisible(ended and self._talk.storyboard_id is None)

    def _show_reached(self) -> None:
        """Show what was asked so far, and ask the next; all of it once the talk has ended."""
        assert self._talk is not None
        keys = list(self.asked)
        given = {answer.id for answer in self._talk.answers}
        reached = next((i for i, key in enumerate(keys) if key not in given), len(keys) - 1)
        if self._talk.ended_at is not None:
            reached = len(keys) - 1
        for at, key in enumerate(keys):
            self.asked[key].setVisible(at <= reached)
        if self._talk.ended_at is None:
            self._take(keys[reached])
        else:
            self._ask("")

    def _ask(self, key: str) -> None:
        """Make one question the large one."""
        for other, asked in self.asked.items():
            asked.open(other == key)

    def _take(self, key: str) -> None:
        asked = self.asked[key]
        asked.show()
        self._ask(key)
        asked.answer.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, asked, lambda: self._view.ensureWidgetVisible(asked))

    def _past(self, key: str) -> None:
        """Go on from an answer: to the next question, and from the last one to the day."""
        keys = list(self.asked)
        at = keys.index(key) + 1
        if at < len(keys):
            self._take(keys[at])
        else:
            self.look.begin()

    def _past_look(self) -> None:
        held = self.keep if self.keep.isVisible() else self.make_board
        held.setFocus(Qt.FocusReason.TabFocusReason)

    # What is written

    def _named(self, name: str) -> None:
        if not name.strip():
            return
        try:
            if self._talk is None:
                self._half.done()
                self._show(self._begin(name))
            else:
                self._write(learner_id=self._people.person(name).id)
                self._half.done()
        except GembaError as error:
            self._go.trouble(error)

    def _save(self, key: str, visit: str) -> None:
        if self._talk is None:
            return
        self._coaching.answer(self._talk.id, key, self.asked[key].answer.text(), visit=visit)
        self.asked[key].show_unknown(False)

    def _save_fill(self, talk_id: UUID, step_id: str, place: int, text: str, visit: str) -> None:
        self._coaching.fill(talk_id, step_id, place, text, visit=visit)

    def _save_note(self, visit: str) -> None:
        if self._talk is not None:
            self._coaching.write(self._talk.id, visit=visit, private_note=self.note.text())

    def _write(self, **fields: object) -> None:
        if self._talk is not None:
            self._coaching.write(self._talk.id, visit="", **fields)

    def _write_look(self, fields: dict[str, object]) -> None:
        if self._talk is not None:
            self._coaching.write(self._talk.id, visit=self.look.visit(), **fields)

    def _show_view(self, learners: bool) -> None:
        """Put the coach's own note away while the learner looks on, and what leads to it."""
        if not self.note.isHidden():
            self._open_note()
        self.note_button.setVisible(not learners)

    def _open_note(self) -> None:
        """Open the coach's own note, or close it again."""
        hand_over(self)
        opened = self.note.isHidden()
        words = ""
        if opened and self._talk is not None:
            self._coaching.settle()
            talk = self._coaching.talk(self._talk.id)
            self._note_autosave.shows(talk)
            words = talk.private_note
        self.note.set_text(words)
        self.note.setVisible(opened)
        if not opened:
            return
        self.note.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self.note, lambda: self._view.ensureWidgetVisible(self.note))

    def _not_known(self) -> None:
        asked = next((one for one in self.asked.values() if one.big.isVisibleTo(one)), None)
        if self._talk is None or asked is None:
            return
        hand_over(self)
        self._coaching.unknown(self._talk.id, asked.step.id)
        asked.show_unknown(True)
        self._past(asked.step.id)

    def _keep(self) -> None:
        if self._talk is None:
            return
        hand_over(self)
        if not self.look.finish():
            return
        try:
            self._talk = self._coaching.end(self._talk.id)
        except GembaError as error:
            self._go.trouble(error)
            return
        self._go.say(self._kept_words())
        self.name.set_read_only(True)
        for asked in self.asked.values():
            asked.show()
        self._ask("")
        self._show_foot()
        self.make_board.setFocus(Qt.FocusReason.OtherFocusReason)

    def _kept_words(self) -> str:
        day = self.look.on.value()
        if day is None:
            return self.tr("Kept.")
        return self.tr("Kept. We look together: {day}.").format(day=said_day(day, self._today()))

    def _make_board(self) -> None:
        if self._talk is None:
            return
        hand_over(self)
        try:
            board = self._coaching.board_from_talk(self._talk.id)
        except GembaError as error:
            self._go.trouble(error)
            return
        self._go.to("learner", board=board.id)

    def _open_learner(self) -> None:
        if self._talk is not None:
            self._go.to("learner", learner=self._talk.learner_id)
