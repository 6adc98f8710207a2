"""A learner's storyboard to write in: heading, target, now, and the obstacles parked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.coaching import Obstacle, Storyboard
from gemba.domain.errors import GembaError
from gemba.services.coaching import Coaching
from gemba.services.visit import Desk, Visit
from gemba.ui.autosave import Autosave
from gemba.ui.days import short_day
from gemba.ui.go import Go
from gemba.ui.widgets import (
    Button,
    DateField,
    Field,
    Label,
    Notice,
    RowAction,
    RowList,
    RowWords,
    TextField,
)
from gemba.ui.widgets.quiet_question import QuietQuestion

if TYPE_CHECKING:
    from gemba.domain.wording import Remark
    from gemba.ui.theme import Theme

_PLACES: Final = {
    "target_condition": "board_target",
    "current_condition": "board_condition",
    "obstacle": "board_obstacle",
}
"""Where the words of a field are asked about."""


class BoardFields(QWidget):
    """The fields of one storyboard; each saves itself."""

    def __init__(
        self,
        theme: Theme,
        *,
        coaching: Coaching,
        go: Go,
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._coaching = coaching
        self._go = go
        self._today = today
        self._board: Storyboard | None = None
        self._saves: dict[str, Autosave] = {}
        self._by_desk = Desk()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(16))
        self._build_words()
        self._build_obstacles()
        self._build_end()

    def _build_words(self) -> None:
        theme = self.theme
        self.fields: dict[str, Field | TextField] = {
            "focus_process": Field(
                theme, self.tr("What is it about?"), question=self.tr("Which process, which place?")
            ),
            "challenge": TextField(
                theme, self.tr("Challenge"), question=self.tr("Where is this heading, for whom?")
            ),
            "target_condition": TextField(
                theme,
                self.tr("Target condition"),
                question=self.tr("What will one see when it is so?"),
            ),
            "target_measure": Field(
                theme, self.tr("Measured by"), question=self.tr("Count what, where?")
            ),
            "process_measure": Field(
                theme, self.tr("How the process runs"), question=self.tr("Count what, how often?")
            ),
            "operating_pattern": TextField(
                theme,
                self.tr("How the work is to be done"),
                question=self.tr("In which steps, by whom, at what pace?"),
            ),
            "current_condition": TextField(
                theme,
                self.tr("Current condition"),
                question=self.tr("Where is it today, in facts?"),
                lines=2,
            ),
        }
        self.by = DateField(theme, self.tr("By"), question=self.tr("12 Dec?"), today=self._today)
        self.by.changed.connect(self._say_by)
        self.challenge_by = DateField(
            theme, self.tr("By"), question=self.tr("1 June?"), today=self._today
        )
        self.challenge_by.changed.connect(self._say_challenge_by)
        self.quiet = {
            name: QuietQuestion(theme, partial(self._asked, name), self._put_away)
            for name in _PLACES
        }
        self._column.addWidget(self.fields["focus_process"])
        self._column.addLayout(self._beside("challenge", self.challenge_by))
        self._column.addWidget(self.fields["target_condition"])
        self._column.addWidget(self.quiet["target_condition"])
        self._column.addLayout(self._beside("target_measure", self.by))
        self.moves = Label(theme, "", step="small", tone="ink_soft")
        self._column.addWidget(self.moves)
        for name in ("process_measure", "operating_pattern", "current_condition"):
            self._column.addWidget(self.fields[name])
        self._column.addWidget(self.quiet["current_condition"])
        for name, quiet in self.quiet.items():
            if name in self.fields:
                quiet.bind(self.fields[name])
        for name, field in self.fields.items():
            self._saves[name] = Autosave(field, self._saver(name))

    def _beside(self, name: str, day: DateField) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self.theme.px(16))
        row.addWidget(self.fields[name], 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(day, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _asked(self, name: str) -> Remark | None:
        if self._board is None:
            return None
        field = self.more if name == "obstacle" else self.fields[name]
        board = self._coaching.board(self._board.id)
        return self._coaching.wording.ask(_PLACES[name], field.text(), board)

    def _put_away(self, remark: Remark) -> None:
        if self._board is None:
            return
        try:
            self._coaching.wording.dismiss(Storyboard, self._board.id, remark)
        except GembaError as error:
            self._go.trouble(error)

    def _saver(self, name: str) -> Callable[[str], None]:
        def save(visit: str) -> None:
            if self._board is not None:
                text = self.fields[name].text()
                self._coaching.write_board(self._board.id, visit=visit, **{name: text})

        return save

    def _build_obstacles(self) -> None:
        theme = self.theme
        box = QVBoxLayout()
        box.setSpacing(theme.px(8))
        box.addWidget(
            Label(theme, self.tr("Obstacles parked"), step="small", tone="ink_soft", wrap=False)
        )
        self.obstacles = RowList(theme, name=self.tr("Obstacles parked"))
        self.obstacles.opened.connect(self._focus)
        box.addWidget(self.obstacles)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self.more = Field(
            theme,
            "",
            question=self.tr("What else is in the way?"),
            name=self.tr("What else is in the way?"),
        )
        self.park = Button(theme, self.tr("Park it"), icon="plus")
        self._more_saved = Autosave(self.more, lambda _visit: self._keep_unfinished())
        self.more.entered.connect(self._park)
        self.park.clicked.connect(self._park)
        row.addWidget(self.more, 1)
        row.addWidget(self.park, 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(row)
        self.quiet["obstacle"].bind(self.more)
        box.addWidget(self.quiet["obstacle"])
        self._column.addLayout(box)

    def _build_end(self) -> None:
        """A line for why the board is left; what happened in its steps can still be told."""
        theme = self.theme
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self.why = Field(
            theme,
            self.tr("Leave this board"),
            question=self.tr("Is the target met, or the process gone?"),
        )
        self._why_saved = Autosave(self.why, lambda _visit: self._keep_unfinished())
        self.why.edited.connect(lambda: self.why.say(""))
        self.why.entered.connect(self._end)
        self.end = Button(theme, self.tr("Leave it"))
        self.end.clicked.connect(self._end)
        row.addWidget(self.why, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.end, 0, Qt.AlignmentFlag.AlignBottom)
        self._column.addLayout(row)
        self.ended = Notice(theme, "", kind="plain")
        self.ended.acted.connect(self._take_up)
        self._column.addWidget(self.ended)

    def _end(self) -> None:
        if self._board is None:
            return
        board_id = self._board.id
        try:
            self.show_board(self._coaching.end_board(board_id, self.why.text()))
        except GembaError:
            self.why.say(self.tr("Write why you leave it."))
            self.why.line.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._why_saved.drop()
        self.why.set_text("")
        self._keep_unfinished()
        self.ended.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_up(self) -> None:
        if self._board is not None:
            self.show_board(self._coaching.take_up_board(self._board.id))

    def _show_end(self, board: Storyboard) -> None:
        left = board.ended_on is not None
        self.ended.setVisible(left)
        for widget in (self.why, self.end):
            widget.setVisible(not left)
        if board.ended_on is not None:
            day = short_day(board.ended_on, self._today())
            words = self.tr("Left on {day}: {why}").format(day=day, why=board.ended_because)
            self.ended.say(words, self.tr("Take it up again"))

    def show_board(self, board: Storyboard) -> None:
        """Show a storyboard; a field that is being written in keeps its words."""
        other = self._board is None or self._board.id != board.id
        self._board = board
        for name, field in self.fields.items():
            editor = field.focusProxy()
            held = editor is not None and editor.hasFocus()
            if other or not (held or self._saves[name].waiting):
                field.set_text(getattr(board, name))
                self._saves[name].shows(board)
        if other:
            unfinished = self._coaching.drafts.read(self._draft(board))
            self.more.set_text(unfinished.get("more", ""))
            self.why.set_text(unfinished.get("why", ""))
        if other or not self.by.line.hasFocus():
            self.by.set_value(board.target_by)
            self._by_desk.shows(board)
        if other or not self.challenge_by.line.hasFocus():
            self.challenge_by.set_value(board.challenge_by)
        self._show_end(board)
        self.moves.setText(self._moved(board))
        self.moves.setVisible(bool(board.target_moves))
        for quiet in self.quiet.values():
            quiet.look()
        gone = RowAction(self.tr("No longer in the way"), "check", self._gone)
        rows = [self._row(one, board.focus) for one in board.obstacles]
        self.obstacles.set_rows(rows, (gone,))
        self.obstacles.choose(board.focus)
        self.obstacles.setVisible(bool(rows))

    def begin(self) -> None:
        """Put the caret in the first field that says nothing yet."""
        empty = (field for field in self.fields.values() if not field.text().strip())
        field = next(empty, self.fields["target_condition"])
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish(self) -> None:
        """Read the day that stands in its field."""
        self.by.read()
        self.challenge_by.read()

    def _row(self, one: Obstacle, focus: str) -> RowWords:
        said = ""
        if one.gone_on is not None:
            said = self.tr("gone since {day}").format(day=short_day(one.gone_on, self._today()))
        elif one.id == focus:
            said = self.tr("in focus")
        return RowWords(one.text, age=said, bold=one.id == focus, key=one.id)

    def _moved(self, board: Storyboard) -> str:
        """Tell every date the target had, so that moving it stays to be seen."""
        if not board.target_moves:
            return ""
        days = [one.before for one in board.target_moves]
        said = ", ".join(short_day(day, self._today()) for day in days)
        if len(days) == 1:
            return self.tr("The date moved once; before it was {days}.").format(days=said)
        words = self.tr("The date moved {n} times; before it was {days}.")
        return words.format(n=len(days), days=said)

    def _say_challenge_by(self, day: date | None) -> None:
        if self._board is not None:
            visit = Visit.once(self._by_desk)
            self._coaching.write_board(self._board.id, visit=visit, challenge_by=day)

    def _say_by(self, day: date | None) -> None:
        if self._board is not None:
            visit = Visit.once(self._by_desk)
            self._coaching.write_board(self._board.id, visit=visit, target_by=day)

    def _draft(self, board: Storyboard) -> str:
        return f"obstacle.{board.id}"

    def _keep_unfinished(self) -> None:
        """Keep an obstacle not parked yet and a reason not given yet: leaving loses no word."""
        if self._board is not None:
            texts = {"more": self.more.text(), "why": self.why.text()}
            self._coaching.drafts.keep(self._draft(self._board), **texts)

    def _park(self) -> None:
        if self._board is None:
            return
        try:
            board = self._coaching.park(self._board.id, self.more.text())
        except GembaError:
            self.more.say(self.tr("Write what is in the way."))
            return
        self._more_saved.drop()
        self.more.say("")
        self.more.set_text("")
        self._keep_unfinished()
        self.show_board(board)
        self.more.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _focus(self, key: object) -> None:
        if self._board is None:
            return
        try:
            self.show_board(self._coaching.focus_on(self._board.id, str(key)))
        except GembaError as error:
            self._go.trouble(error)

    def _gone(self, key: object) -> None:
        if self._board is None:
            return
        before = self._board
        self._set_gone(before, str(key), self._today())
        self._go.say(
            self.tr("No longer in the way."),
            undo=lambda: self._set_gone(before, str(key), None),
        )

    def _set_gone(self, board: Storyboard, key: str, day: date | None) -> None:
        fresh = self._coaching.board(board.id)
        obstacles = tuple(
            replace(one, gone_on=day) if one.id == key else one for one in fresh.obstacles
        )
        self._coaching.write_board(board.id, visit="", obstacles=obstacles)
