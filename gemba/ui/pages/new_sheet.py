"""Three sentences that begin a sheet: the problem, whose it is, and the last look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.changes import Ref
from gemba.domain.errors import GembaError
from gemba.domain.link import BECAME
from gemba.ui.widgets import Button, Column, Field, Label, NameField, ScrollPage, TextField

if TYPE_CHECKING:
    from collections.abc import Callable

    from gemba.services.people import People
    from gemba.services.recorder import Recorder
    from gemba.services.sheets import Sheets
    from gemba.services.thread import Thread
    from gemba.ui.go import Go
    from gemba.ui.theme import Theme


class NewSheetPage(QWidget):
    """Asks for one sentence each; Enter goes on, and the last Enter opens the sheet."""

    def __init__(
        self,
        theme: Theme,
        *,
        sheets: Sheets,
        people: People,
        recorder: Recorder,
        thread: Thread,
        words: Callable[..., str],
        go: Go,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._sheets = sheets
        self._people = people
        self._recorder = recorder
        self._thread = thread
        self._words = words
        self._go = go
        self._source: Ref | None = None
        page = ScrollPage(theme)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(page)
        column = Column(theme, gap=24)
        page.space(24)
        page.body.addWidget(column, 0, Qt.AlignmentFlag.AlignHCenter)
        page.finish()
        column.setMinimumWidth(theme.px(320))
        column.add(Label(theme, self.tr("New A3"), step="title"))
        self.problem = TextField(
            theme,
            self.tr("What should be, and what is? One sentence."),
            question=self.tr("Who waits, for what, how much, how often?"),
            lines=2,
            enter_keeps=True,
        )
        self.me = Field(theme, self.tr("Your name, for the sheet"), question=self.tr("Who writes?"))
        self.owner = NameField(
            theme, self.tr("Whose problem is it?"), question=self.tr("Who owns it?")
        )
        self.last_there = Field(
            theme,
            self.tr("When were you last there, and what did you see?"),
            question=self.tr("Yesterday at the board round, 20 minutes?"),
        )
        for field in (self.me, self.problem, self.owner, self.last_there):
            column.add(field)
        self.begin = Button(theme, self.tr("Begin the sheet"), kind="primary")
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(self.begin)
        column.add(foot)
        column.setFixedWidth(theme.px(680))
        self._connect()

    def _connect(self) -> None:
        for field in (self.me, self.problem, self.owner):
            field.entered.connect(lambda f=field: self._go_on(f))
        self.last_there.entered.connect(self._begin)
        self.begin.clicked.connect(self._begin)

    def _go_on(self, field: QWidget) -> None:
        """Enter goes on to the next question that is asked."""
        order: list[QWidget] = [self.me, self.problem, self.owner, self.last_there]
        rest = order[order.index(field) + 1 :]
        following = next(one for one in rest if one.isVisibleTo(self))
        following.setFocus(Qt.FocusReason.TabFocusReason)

    def page_title(self) -> str:
        """Name the page for the window's title."""
        return self.tr("New A3")

    def arrive(self, **what: object) -> None:
        """Start empty, or with what was seen when an observation becomes a sheet."""
        me = self._recorder.who
        source = what.get("source")
        self._source = source if isinstance(source, Ref) else None
        self.me.setVisible(not me)
        self.me.set_text(me)
        self.problem.set_text(str(what.get("problem", "")))
        self.problem.say("")
        self.owner.set_names(self._people.names())
        self.owner.set_value(None, me)
        self.owner.setVisible(bool(me))
        self.last_there.set_text("")
        first = self.problem if me else self.me
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Keep what stands here until the page is opened anew."""

    def _begin(self) -> None:
        name = self.me.text().strip()
        try:
            if name and name != self._recorder.who:
                self._recorder.set_who(name)
            owner = self.owner.value()[1] if self.owner.isVisibleTo(self) else name
            sheet = self._sheets.begin(
                self.problem.text(), owner=owner, last_there=self.last_there.text()
            )
            if self._source is not None:
                self._thread.tie(BECAME, self._source, Ref("sheet", sheet.id))
        except GembaError as error:
            self.problem.say(self._words(error.key, **error.values))
            self.problem.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        box = self._sheets.definition(sheet).box_for("current")
        self._go.to("sheet", sheet=sheet.id, box=box.id)
