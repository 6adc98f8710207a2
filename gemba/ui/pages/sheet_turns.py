"""Going through the changes of a sheet one by one, with the questions asked before each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from gemba.ui.days import clock
from gemba.ui.pages.common import clear
from gemba.ui.widgets import Button, IconButton, Label

if TYPE_CHECKING:
    from collections.abc import Callable

    from gemba.domain.errors import GembaError
    from gemba.domain.sheet import MarginNote
    from gemba.services.story import State, Turn
    from gemba.ui.pages.sheet_comparing import Comparing, Told
    from gemba.ui.pages.sheet_desk import SheetHost


class TurnPanel(QWidget):
    """Before and after of one change at a time, marked on the sheet and told beside it."""

    def __init__(self, page: SheetHost, comparing: Comparing, stepped: Callable[[], None]) -> None:
        super().__init__()
        self.page = page
        self._comparing = comparing
        self._stepped = stepped
        self.theme = page.theme
        self.turns: tuple[Turn, ...] = ()
        self.box = ""
        self.at = -1
        self.stale = False
        self._wait: Label | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.theme.px(8))
        row = QHBoxLayout()
        row.setSpacing(self.theme.px(8))
        self.back = IconButton(self.theme, "chevron-left", self.tr("The change before"))
        self.on = IconButton(self.theme, "chevron-right", self.tr("The next change"))
        self.place = Label(self.theme, "", step="small", tone="ink_soft", wrap=False)
        self.back.clicked.connect(lambda: self._go(-1))
        self.on.clicked.connect(lambda: self._go(1))
        row.addWidget(self.back)
        row.addWidget(self.place)
        row.addWidget(self.on)
        row.addStretch(1)
        self.which = Button(self.theme, "", kind="quiet")
        self._menu = QMenu(self)
        self.which.set_menu(self._menu)
        column.addWidget(self.which, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(row)
        self.body = QVBoxLayout()
        self.body.setSpacing(self.theme.px(4))
        column.addLayout(self.body)
        self.refresh()

    def refresh(self) -> None:
        """Read the changes again; the one that is shown stays."""
        assert self.page.sheet is not None
        self.stale = False
        self.turns = self.page.desk.story.turns(self.page.sheet.id)
        self._fill_menu()
        if self.at >= len(self.steps):
            self.at = len(self.steps) - 1
        self._say_place()

    @property
    def steps(self) -> tuple[Turn, ...]:
        """The changes that are gone through: of one box, or all."""
        return tuple(one for one in self.turns if not self.box or self.box in one.boxes)

    def _fill_menu(self) -> None:
        known = self.page.definition.boxes if self.page.definition is not None else ()
        changed = {box for turn in self.turns for box in turn.boxes}
        if self.box not in changed:
            self.box = ""
        every = self.tr("Every box")
        choices = [("", every), *((one.id, one.label) for one in known if one.id in changed)]
        self._menu.clear()
        for box, label in choices:
            entry = self._menu.addAction(label)
            entry.triggered.connect(lambda _on=False, box=box: self.choose(box))
        self.which.setText(dict(choices).get(self.box, every))
        self.which.setVisible(len(choices) > 2)

    def choose(self, box: str) -> None:
        """Go through the changes of one box, or of all again."""
        self.box, self.at = box, -1
        self._comparing.stop()
        clear(self.body)
        self._wait = None
        self._fill_menu()
        self._say_place()

    def _say_place(self) -> None:
        count = len(self.steps)
        if self.at >= 0:
            said = self.tr("Change {n} of {count}").format(n=self.at + 1, count=count)
        elif count == 1:
            said = self.tr("1 change")
        else:
            said = self.tr("{count} changes").format(count=count)
        self.place.setText(said)
        self.back.setEnabled(count > 0 and self.at != 0)
        self.on.setEnabled(count > 0 and self.at + 1 < count)

    def _go(self, by: int) -> None:
        if self.stale:
            self.refresh()
        steps = self.steps
        if not steps:
            return
        # The first step back from now is the newest change, the first step on the oldest.
        start = len(steps) if self.at < 0 and by < 0 else self.at
        self.at = max(0, min(len(steps) - 1, start + by))
        self._say_place()
        self._stepped()
        self._show(steps[self.at])

    def _show(self, turn: Turn) -> None:
        page = self.page
        assert page.sheet is not None
        clear(self.body)
        self._wait = None
        day = f"{page.desk.day(turn.at.date())}, {clock(turn.at)}"
        who = " · ".join(word for word in (day, turn.who) if word)
        self._say(who, soft=True)
        if turn.arrived:
            self._say(
                self.tr("The sheet came here with these words; what stood before stayed elsewhere.")
            )
        for note in turn.notes:
            self._note(note)
        sheet_id, story = page.sheet.id, page.desk.story
        self._comparing.begin(
            lambda: story.before_and_after(sheet_id, turn),
            (self.tr("what stood before"), day),
            lambda told: self._tell(turn, told),
            self._refuse,
            turns=self.turns,
        )
        if self._comparing.busy:
            self._wait = Label(self.theme, self.tr("Comparing …"), tone="ink_soft")
            self.body.addWidget(self._wait)

    def _tell(self, turn: Turn, told: Told) -> None:
        self._waited()
        for strong, words in told:
            self.body.addWidget(Label(self.theme, strong, step="small_strong"))
            self._say(words)
        self._boxes(turn)
        self._stepped()

    def _refuse(self, error: GembaError) -> None:
        self._waited()
        self._say(self.page.desk.words(error.key, **error.values))

    def _waited(self) -> None:
        if self._wait is not None:
            self._wait.deleteLater()
            self._wait = None

    def _boxes(self, turn: Turn) -> None:
        page = self.page
        for box in turn.boxes:
            if page.definition is None or box not in page.view.areas:
                continue
            label = page.definition.box(box).label
            near = Button(self.theme, self.tr("Look at {box}").format(box=label), kind="quiet")
            near.clicked.connect(lambda _on=False, box=box: page.view.to_column(box))
            self.body.addWidget(near)

    def _note(self, note: MarginNote) -> None:
        day = self.page.desk.day(note.asked_on)
        kind = self.tr("Asked before") if note.kind == "question" else self.tr("Noted before")
        who = ", ".join(part for part in (note.author, day) if part)
        self.body.addWidget(Label(self.theme, f"{kind} · {who}", step="small_strong"))
        self._say(note.text)
        if note.answer.strip():
            self._say(self.tr("Answer: {words}").format(words=note.answer))

    def _say(self, words: str, *, soft: bool = False) -> None:
        label = Label(self.theme, words, step="small" if soft else "text")
        if soft:
            label.set_tone("ink_soft")
        self.body.addWidget(label)


def state_words(page: SheetHost, state: State) -> str:
    """Say which state of a sheet it is."""
    tr = QCoreApplication.translate
    day = page.desk.day(state.at.date()) if state.at is not None else ""
    match state.kind:
        case "now":
            return tr("States", "now")
        case "named":
            return state.name
        case "draft":
            return tr("States", "the first draft, {day}").format(day=day)
        case _:
            return tr("States", "{day}, {time}").format(day=day, time=clock(state.at))
