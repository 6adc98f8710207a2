"""Today: who waits for an answer, where to walk, whom to coach, what to check.

This page is painted before the data folder is opened, so it knows no service that needs it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from gemba.domain.changes import Ref
from gemba.domain.errors import GembaError
from gemba.domain.titles import first_words
from gemba.domain.today import BUSY, DAMAGED, MISSING, NEWER, READY, TodayGlance
from gemba.services.bulletin import Bulletin
from gemba.ui.days import long_day
from gemba.ui.go import Go
from gemba.ui.pages.common import listen
from gemba.ui.pages.today_doors import TodayDoors
from gemba.ui.pages.today_walk import NextWalk
from gemba.ui.pages.today_words import (
    action_row,
    check_row,
    effect_row,
    look_row,
    own_row,
    promise_row,
    walked_row,
)
from gemba.ui.widgets import (
    Button,
    Control,
    Label,
    Notice,
    PageHead,
    RowAction,
    RowList,
    RowWords,
    ScrollPage,
)
from gemba.ui.widgets.door import Door
from gemba.ui.within import within

if TYPE_CHECKING:
    from gemba.domain.today import ActionDue
    from gemba.ui.pages.today_week import TodayWeek
    from gemba.ui.theme import Theme

_TWO_COLUMNS = 1080
_LEFT = 680
_RIGHT = 432
_ACTIONS = 8


class TodayPage(QWidget):
    """Shows a glance; `read` reads a fresh one and `open_sample` opens a sample by its name."""

    def __init__(
        self,
        theme: Theme,
        *,
        go: Go,
        read: Callable[[], TodayGlance],
        open_sample: Callable[[str], None],
        report: Callable[[UUID, str, str], Callable[[], None]] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._go = go
        self._report = report
        self.week: TodayWeek | None = None
        self._read = read
        self._glance: TodayGlance | None = None
        self._view = ScrollPage(theme)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._view)
        self.head = PageHead(theme, "")
        self._build_head()
        self._view.add(self.head)
        self.hurt = Notice(theme, "", action=self.tr("What to do"), kind="stop")
        self.hurt.acted.connect(lambda: self._go.to("hurt"))
        self.hurt.hide()
        room = QVBoxLayout()
        room.setContentsMargins(0, theme.px(12), 0, 0)
        room.addWidget(self.hurt)
        self._view.body.addLayout(room)
        self._view.space(24)
        self.doors = TodayDoors(theme, go=go, open_sample=open_sample)
        self._view.body.addWidget(self.doors)
        self._columns = QWidget()
        self._build_columns()
        self._view.add(self._columns)
        self._view.space(24)
        self.reminder = Notice(theme, "", kind="plain")
        self.reminder.setVisible(False)
        self.reminder.acted.connect(lambda: self._go.to("people"))
        self._view.add(self.reminder)
        self._view.finish()
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(0)
        self._again.timeout.connect(self.reread)

    def remind(self, names: Sequence[str]) -> None:
        """Say quietly whose record has been kept long enough; no names, no reminder."""
        words = self.tr("{names}: the day until which this record is kept is near.")
        if len(names) > 1:
            words = self.tr("{names}: the days until which these records are kept are near.")
        self.reminder.say(words.format(names=", ".join(names)), self.tr("Look"))
        self.reminder.setVisible(bool(names))

    # How it is put together

    def _build_head(self) -> None:
        theme = self.theme
        self.walk = Button(theme, self.tr("Walk"), icon="footprints")
        self.coach = Button(theme, self.tr("Coach"), icon="message-circle-question-mark")
        self.new_sheet = Button(theme, self.tr("New A3"), icon="notebook-pen")
        self.walk.clicked.connect(self._to_walk)
        self.coach.clicked.connect(self._to_coach)
        self.new_sheet.clicked.connect(self._to_new_sheet)
        for button in (self.walk, self.coach, self.new_sheet):
            self.head.add_action(button)

    def _build_columns(self) -> None:
        theme = self.theme
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._columns)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(theme.px(48))
        left, self._left = _column(theme)
        right, self._right = _column(theme)
        self._sides = (left, right)
        self.promises = self._section(
            self._left, self.tr("I owe people an answer"), lambda key: self._tell(key, False)
        )
        self._more = Button(theme, "", kind="quiet")
        self._more.clicked.connect(lambda: self._go.to("promises"))
        self._left.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeading)
        self._quiet = Label(theme, self.tr("Nobody waits for an answer from you."), tone="ink_soft")
        section = self.promises.parentWidget()
        layout = section.layout() if section is not None else None
        if layout is not None:
            layout.addWidget(self._quiet)
        self.looks = self._section(
            self._left, self.tr("Coaching"), lambda key: self._go.to("learner", learner=key)
        )
        self.next_walk = NextWalk(theme, self._go)
        self._right.addWidget(self.next_walk)
        self.untold = self._section(
            self._right,
            self.tr("A walk to look back on"),
            lambda key: self._go.to("debrief", walk=key),
        )
        self.checks = self._section(
            self._right, self.tr("A3 checks"), lambda key: self._open_sheet(key, "check")
        )
        self.effects = self._section(
            self._right,
            self.tr("Promises to look at again"),
            lambda key: self._go.to("promise", promise=key),
        )
        self.steps = self._section(self._right, self.tr("Actions from A3 plans"), self._open_action)
        self._more_steps = Label(theme, "", step="small", tone="ink_soft")
        self._right.addWidget(self._more_steps)
        self.own = self._section(
            self._right, self.tr("My own problem"), lambda key: self._open_sheet(key, "")
        )
        for column in (self._left, self._right):
            column.addStretch(1)
        self._across.addWidget(left, _LEFT)
        self._across.addWidget(right, _RIGHT)

    def _section(
        self, column: QVBoxLayout, words: str, opened: Callable[[object], None]
    ) -> RowList:
        host = QWidget()
        inner = QVBoxLayout(host)
        inner.setContentsMargins(0, 0, 0, self.theme.px(24))
        inner.setSpacing(self.theme.px(8))
        head = Label(self.theme, words, step="strong", wrap=False)
        rows = RowList(self.theme, name=words, wraps=True)
        # Else the page is as long as these words would be in the narrowest column.
        policy = rows.sizePolicy()
        policy.setVerticalPolicy(QSizePolicy.Policy.Preferred)
        rows.setSizePolicy(policy)
        inner.addWidget(head)
        inner.addWidget(rows)
        column.addWidget(host)
        rows.opened.connect(opened)
        return rows

    # The page in the window

    def page_title(self) -> str:
        """The name of the place."""
        return self.tr("Today")

    def arrive(self, **_what: object) -> None:
        """Read what waits, as it stands now."""
        self.reread()

    def leave(self) -> None:
        """Nothing is written here."""

    def listen_to(self, bulletin: Bulletin) -> None:
        """Read again whenever something was written while the page is shown."""
        listen(self, bulletin, self._hear)

    def _hear(self, _refs: frozenset[Ref]) -> None:
        if self.isVisible():
            self._again.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Bring the focus to what waits longest, so that Enter opens it."""
        super().showEvent(event)
        # At once for the first picture, and again once the rows of this visit stand there.
        self._focus_first()
        QTimer.singleShot(0, self, self._focus_first)

    def _focus_first(self) -> None:
        candidates: list[Control] = [*self.promises.rows(), self.next_walk.start, self.walk]
        candidates += within(self.doors, Door)
        first = next((one for one in candidates if one.isVisible()), None)
        if first is not None and not self._holds_focus():
            first.meet()

    def _holds_focus(self) -> bool:
        return self._view.isAncestorOf(self.window().focusWidget())

    def reread(self) -> None:
        """Show what is due now."""
        self.show_glance(self._read())

    def _show_week(self, glance: TodayGlance) -> None:
        if self.week is None:
            if not glance.week:
                return
            # A folder without routines starts without it.
            from gemba.ui.pages.today_week import TodayWeek

            self.week = TodayWeek(self.theme, self._go)
            self._left.insertWidget(self._left.count() - 1, self.week)
        self.week.show_week(glance.week, glance.today)

    # What is shown

    def show_glance(self, glance: TodayGlance) -> None:
        """Show what waits; the same glance again changes nothing."""
        if glance.state == BUSY and self._glance is not None:
            self._again.start(200)
            return
        if glance == self._glance:
            return
        self._glance = glance
        held = self._holds_focus()
        new = glance.state in (READY, MISSING) and not glance.any_record
        self.head.set_title(long_day(glance.today))
        self.doors.setVisible(new)
        # Nothing is said about data that could not be read: what to do stands here soon.
        told = glance.state not in (DAMAGED, NEWER)
        self._columns.setVisible(told and not new)
        for button in (self.walk, self.coach, self.new_sheet):
            button.setVisible(told and not new)
        self.hurt.setVisible(glance.damaged > 0)
        if glance.damaged:
            words = self.tr("Altered on the disk, and so not shown here: {n}.")
            self.hurt.say(words.format(n=glance.damaged), self.tr("What to do"))
        self._show_promises(glance)
        self._show_week(glance)
        self.next_walk.show_walks(glance)
        today = glance.today
        self._show_rows(self.untold, [walked_row(one, today) for one in glance.untold])
        self._show_rows(self.looks, [look_row(look, today) for look in glance.looks])
        self._show_rows(self.effects, [effect_row(one, today) for one in glance.effects])
        self._show_rows(self.checks, [check_row(check, today) for check in glance.checks])
        self._show_actions(glance)
        self._show_rows(self.own, [own_row(own, today) for own in glance.own])
        if held and not self._holds_focus():
            self._focus_first()

    def _show_rows(self, rows: RowList, words: list[RowWords]) -> None:
        rows.set_rows(words)
        section = rows.parentWidget()
        if section is not None:
            section.setVisible(bool(words))

    def _show_promises(self, glance: TodayGlance) -> None:
        tell = RowAction(self.tr("Tell back"), "handshake", lambda key: self._tell(key, True))
        rows = [promise_row(promise, glance.today) for promise in glance.promises]
        self.promises.set_rows(rows, (tell,))
        self.promises.setVisible(bool(rows))
        self._quiet.setVisible(not rows)
        more = glance.promise_count - len(rows)
        count = f"{glance.promise_count:,}"
        self._more.setText(self.tr("All {n}, the oldest first").format(n=count))
        self._more.setVisible(more > 0)

    def _show_actions(self, glance: TodayGlance) -> None:
        shown = glance.actions[:_ACTIONS]
        held = next((r.words.key for r in self.steps.rows() if r.hasFocus()), None)
        self._show_rows(self.steps, [])
        for one in shown:
            row = self.steps.add(action_row(one, glance.today), self._reports(one))
            row.show()
            if row.words.key == held:
                row.setFocus(Qt.FocusReason.OtherFocusReason)
        section = self.steps.parentWidget()
        if section is not None:
            section.setVisible(bool(shown))
        more = len(glance.actions) - len(shown)
        self._more_steps.setText(self.tr("and {n} more, later than these").format(n=more))
        self._more_steps.setVisible(more > 0)

    def _reports(self, action: ActionDue) -> list[RowAction]:
        """Return what can be said of an action by what it waits for."""
        if self._report is None:
            return []
        words = {
            "start": (self.tr("Begun"), ""),
            "finish": (self.tr("Done"), ""),
            "review": (self.tr("Reviewed"), ""),
        }
        steps = {"start": ("start", "finish")}.get(action.step, (action.step,))
        return [
            RowAction(*words[step], lambda _key, step=step: self._say_done(action, step))  # type: ignore[misc]
            for step in steps
        ]

    def _say_done(self, action: ActionDue, step: str) -> None:
        assert self._report is not None
        try:
            take_back = self._report(action.sheet_id, action.part, step)
        except GembaError as error:
            self._go.trouble(error)
            return
        said = {
            "start": self.tr("Begun today: {what}"),
            "finish": self.tr("Done today: {what}"),
            "review": self.tr("Reviewed: {what}"),
        }[step]
        self._go.say(said.format(what=first_words(action.what, 80)), take_back)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the two columns below each other where they do not fit."""
        super().resizeEvent(event)
        wide = event.size().width() >= self.theme.px(_TWO_COLUMNS)
        directions = QBoxLayout.Direction
        self._across.setDirection(directions.LeftToRight if wide else directions.TopToBottom)
        self._across.setSpacing(self.theme.px(48 if wide else 0))
        for side in self._sides:
            side.setMaximumWidth(self.theme.px(_LEFT if wide else _TWO_COLUMNS))

    # Where it leads

    def _to_walk(self) -> None:
        self._go.to("walks")

    def _to_coach(self) -> None:
        self._go.to("coaching")

    def _to_new_sheet(self) -> None:
        self._go.to("new sheet")

    def _tell(self, key: object, tell: bool) -> None:
        if tell:
            self._go.to("promise", promise=key, tell=True)
        else:
            self._go.to("promise", promise=key)

    def _open_action(self, key: object) -> None:
        assert isinstance(key, tuple)
        sheet, part = key
        self._go.to("sheet", sheet=sheet, action=part)

    def _open_sheet(self, key: object, box: str) -> None:
        assert isinstance(key, UUID)
        self._go.open(Ref("sheet", key), box)


def _column(theme: Theme) -> tuple[QWidget, QVBoxLayout]:
    host = QWidget()
    column = QVBoxLayout(host)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.px(8))
    return host, column
