"""Versions of a sheet: naming one, comparing two on the sheet itself, going through them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from gemba.domain.compared import compare_sheets
from gemba.domain.errors import GembaError
from gemba.ui.half_typed import HalfTyped
from gemba.ui.pages.common import clear
from gemba.ui.pages.sheet_comparing import Comparing
from gemba.ui.pages.sheet_turns import TurnPanel, state_words
from gemba.ui.widgets import Button, Field, Label, Notice, RowAction, RowList, RowWords

if TYPE_CHECKING:
    from uuid import UUID

    from gemba.domain.sheet import Sheet
    from gemba.services.story import State
    from gemba.ui.pages.sheet_comparing import Told
    from gemba.ui.pages.sheet_desk import SheetHost


_PAUSE = 300
"""Milliseconds after a write until the journal is read anew; a long one takes a moment."""


class VersionsPanel(QWidget):
    """What a sheet was before: by name, side by side, and change by change."""

    def __init__(self, page: SheetHost) -> None:
        super().__init__()
        self.page = page
        self.theme = page.theme
        page.stop_writing()
        page.desk.recorder.settle()
        self._states: tuple[State, ...] = ()
        self._from = self._to = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(self.theme.px(8))
        self._column.addWidget(Label(self.theme, self.tr("Step by step"), step="strong"))
        self._beside = Comparing(page, self)
        self.turns = TurnPanel(page, self._beside, self._stepped)
        self._column.addWidget(self.turns)
        self._column.addSpacing(self.theme.px(12))
        self._naming()
        self._comparing()
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_PAUSE)
        self._again.timeout.connect(self._read_again)
        self._fill()

    def refresh(self) -> None:
        """Read again what there is to choose from, once nobody is typing on the sheet."""
        self.turns.stale = True
        self._again.start()

    def _read_again(self) -> None:
        if self.page.writing:
            self._again.start()
        else:
            self.turns.refresh()
            self._fill()

    def _stepped(self) -> None:
        clear(self._changes)
        self._say_chosen()

    def _id(self) -> UUID:
        assert self.page.sheet is not None
        return self.page.sheet.id

    def _now(self) -> Sheet:
        """Return the sheet as it is, also while the page shows what it was."""
        return self.page.desk.sheets.get(self._id())

    def _take(self, sheet: Sheet) -> None:
        if self.page.at_revision is None:
            self.page.sheet = sheet

    def _naming(self) -> None:
        theme = self.theme
        self.name = Field(
            theme,
            self.tr("Name this version"),
            question=self.tr("What would you call it?"),
        )
        self.keep = Button(theme, self.tr("Keep the name"))
        self.name.entered.connect(self._keep)
        self.keep.clicked.connect(self._keep)
        self.named = RowList(theme, name=self.tr("Named versions"), ground=False)
        self.named.opened.connect(self._look)
        self._column.addWidget(self.name)
        self._column.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self.named)
        may = self.page.desk.recorder.store.writable
        self.name.setEnabled(may)
        self.keep.setEnabled(may)
        self._half = HalfTyped(self, self.page.desk.drafts, {"name": self.name})
        self._half.begin(f"version name.{self._id()}")

    def _comparing(self) -> None:
        theme = self.theme
        self._column.addSpacing(theme.px(12))
        self._column.addWidget(Label(theme, self.tr("Compare"), step="strong"))
        self.first = Button(theme, "")
        self.second = Button(theme, "")
        self._menus = (QMenu(self), QMenu(self))
        for label, button, menu in (
            (self.tr("What stood there"), self.first, self._menus[0]),
            (self.tr("with"), self.second, self._menus[1]),
        ):
            button.set_menu(menu)
            self._column.addWidget(Label(theme, label, step="small", tone="ink_soft"))
            self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.compare = Button(theme, self.tr("Compare"), kind="primary")
        self.compare.clicked.connect(self._compare)
        self.print = Button(theme, self.tr("Print the comparison"), icon="printer")
        self.print.clicked.connect(self._print)
        for button in (self.compare, self.print):
            self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.nothing = Notice(theme, "", kind="plain")
        self.nothing.hide()
        self._column.addWidget(self.nothing)
        self._changes = QVBoxLayout()
        self._changes.setSpacing(theme.px(4))
        self._column.addLayout(self._changes)

    def _fill(self) -> None:
        self._states = self.page.desk.story.states(self._id(), self.turns.turns)
        keys = [one.key for one in self._states]
        named = [one for one in self._states if one.kind == "named"]
        if self._from not in keys:
            older = [*named, *(one for one in self._states if one.kind != "now")]
            self._from = older[0].key if older else "now"
        if self._to not in keys:
            self._to = "now"
        self._fill_named()
        self._fill_menus()

    def _fill_named(self) -> None:
        versions = sorted(self._now().versions, key=lambda one: one.named_at)[::-1]
        rows = [
            RowWords(
                one.name,
                ""
                if one.revision
                else self.tr("Named elsewhere; what stood there then did not come along."),
                self.page.desk.day(one.named_at.date()),
                key=one.id,
            )
            for one in versions
        ]
        actions = [
            RowAction(self.tr("Compare with now"), "history", self._compare_named),
            RowAction(self.tr("Take the name away"), "trash-2", self._unname),
        ]
        self.named.set_rows(rows, actions)
        self.named.setVisible(bool(rows))

    def _fill_menus(self) -> None:
        for menu, first in zip(self._menus, (True, False), strict=True):
            menu.clear()
            for state in self._states:
                entry = menu.addAction(state_words(self.page, state))
                entry.triggered.connect(
                    lambda _on=False, key=state.key, first=first: self._choose(key, first=first)
                )
        self._say_chosen()

    def _say_chosen(self) -> None:
        self.first.setText(self._words(self._from))
        self.second.setText(self._words(self._to))
        self.compare.setEnabled(self._from != self._to)
        self.print.setVisible(self.page.compared is not None)
        said = ""
        if self.turns.turns and self.turns.turns[0].arrived:
            day = self.page.desk.day(self.turns.turns[0].at.date())
            said = self.tr("It came here on {day}; what stood before stayed where it was written.")
            said = said.format(day=day)
        elif len(self._states) < 2:
            said = self.tr("There is no earlier state of this sheet here yet.")
        self.nothing.setVisible(bool(said))
        if said:
            self.nothing.say(said)

    def _words(self, key: str) -> str:
        state = self._state(key)
        return state_words(self.page, state) if state is not None else ""

    def _state(self, key: str) -> State | None:
        return next((one for one in self._states if one.key == key), None)

    def _choose(self, key: str, *, first: bool) -> None:
        if first:
            self._from = key
        else:
            self._to = key
        self._say_chosen()

    def _keep(self) -> None:
        desk = self.page.desk
        self.name.say("")
        try:
            made = desk.story.name(self._id(), self.name.text(), self.page.at_revision)
        except GembaError as error:
            self.name.say(desk.words(error.key, **error.values))
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._take(made)
        self.name.set_text("")
        self._half.done()
        self._from = made.versions[-1].id
        self._fill()
        story, sheet_id, versions = desk.story, self._id(), made.versions

        def take_back() -> None:
            story.put_versions(sheet_id, versions[:-1])

        self.page.go.say(self.tr("This version has a name now."), take_back)

    def _unname(self, key: object) -> None:
        story, sheet_id, held = self.page.desk.story, self._id(), self._now().versions
        left = tuple(one for one in held if one.id != key)

        def put_back() -> None:
            story.put_versions(sheet_id, held)

        self._take(story.put_versions(sheet_id, left))
        self._fill()
        self.page.go.say(
            self.tr("The name is gone; the state itself stays in the journal."),
            put_back,
        )

    def _look(self, key: object) -> None:
        state = self._state(str(key))
        if state is None:
            self.page.go.say(self.page.desk.words("version.not_told"))
            return
        self.page.look_at(revision=state.revision)
        self._say_chosen()

    def _compare_named(self, key: object) -> None:
        if self._state(str(key)) is None:
            self.page.go.say(self.page.desk.words("version.not_told"))
            return
        self._from, self._to = str(key), "now"
        self._compare()

    def _compare(self) -> None:
        before, after = self._state(self._from), self._state(self._to)
        if before is None or after is None:
            return
        story, sheet_id = self.page.desk.story, self._id()
        clear(self._changes)
        self._beside.begin(
            lambda: compare_sheets(
                story.sheet_in(sheet_id, before), story.sheet_in(sheet_id, after)
            ),
            (state_words(self.page, before), state_words(self.page, after)),
            self._tell,
            self._refuse,
            turns=self.turns.turns,
        )
        if self._beside.busy:
            self._changes.addWidget(Label(self.theme, self.tr("Comparing …"), tone="ink_soft"))

    def _tell(self, told: Told) -> None:
        self._say_chosen()
        clear(self._changes)
        for strong, words in told:
            self._changes.addWidget(Label(self.theme, strong, step="small_strong"))
            self._changes.addWidget(Label(self.theme, words))

    def _refuse(self, error: GembaError) -> None:
        clear(self._changes)
        self.page.go.say(self.page.desk.words(error.key, **error.values))

    def _print(self) -> None:
        self.page.open_drawer("print")
