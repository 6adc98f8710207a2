"""The facts of a sheet: title, people, stage, checks, scratch and first draft."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.domain.changes import Ref
from gemba.domain.errors import GembaError
from gemba.domain.vocabulary import as_label
from gemba.ui.autosave import Autosave, hand_over
from gemba.ui.half_typed import HalfTyped
from gemba.ui.pages.common import LinkChips
from gemba.ui.pages.sheet_own_type import OwnTypePanel
from gemba.ui.pages.sheet_stages import StagePart
from gemba.ui.widgets import (
    Button,
    DateField,
    Field,
    Label,
    NameField,
    RowAction,
    RowList,
    RowWords,
    TextField,
)

if TYPE_CHECKING:
    from uuid import UUID

    from gemba.ui.pages.sheet_desk import SheetHost


class AboutPanel(QWidget):
    """What stands in the header of the sheet, and what stands beside it and never prints."""

    def __init__(self, page: SheetHost) -> None:
        super().__init__()
        self.page = page
        self.theme = page.theme
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(self.theme.px(12))
        self._facts()
        self._checks()
        self._half = HalfTyped(
            self, page.desk.drafts, {**self._names, "check": self.what, "on": self.on}
        )
        self._half.begin(f"about.{self._id()}")
        self._beside()

    def leave(self) -> None:
        """Hand over what is being written."""
        hand_over(self)

    def refresh(self) -> None:
        """Show the checks and the stage as they are now."""
        self._fill_checks()
        self.stage.refresh()

    def _id(self) -> UUID:
        assert self.page.sheet is not None
        return self.page.sheet.id

    def _facts(self) -> None:
        sheet, desk = self.page.sheet, self.page.desk
        assert sheet is not None
        self.title = TextField(self.theme, self.tr("Title: the problem, never the fix"), lines=2)
        self.title.set_text(sheet.title)
        Autosave(self.title, self._save_title).shows(sheet)
        self._column.addWidget(self.title)
        called = as_label(desk.people.area_word())
        self._names: dict[str, NameField] = {}
        for label, key, names, now in (
            (self.tr("Owner"), "owner", desk.people.names(), desk.people.name_of(sheet.owner_id)),
            (self.tr("Coach"), "coach", desk.people.names(), desk.people.name_of(sheet.coach_id)),
            (called, "area", desk.people.areas(), desk.people.area_name(sheet.area_id)),
        ):
            field = NameField(self.theme, label)
            field.set_names(names)
            field.set_value(None, now)
            field.left.connect(lambda f=field, key=key, now=now: self._name(key, f.value()[1], now))
            field.chosen.connect(lambda _id, name, key=key, now=now: self._name(key, name, now))
            self._names[key] = field
            self._column.addWidget(field)
        self.stage = StagePart(self.page)
        self._column.addWidget(self.stage)
        self.there = TextField(self.theme, self.tr("Last there, and what you saw"))
        self.there.set_text(sheet.last_there)
        Autosave(self.there, self._save_there).shows(sheet)
        self._column.addWidget(self.there)

    def _save_title(self, visit: str) -> None:
        title = " ".join(self.title.text().split())
        self.page.desk.sheets.write(self._id(), visit=visit, title=title)

    def _save_there(self, visit: str) -> None:
        self.page.desk.sheets.write(self._id(), visit=visit, last_there=self.there.text())

    def _save_scratch(self, visit: str) -> None:
        self.page.desk.sheets.write(self._id(), visit=visit, scratch=self.scratch.text())

    def _name(self, key: str, name: str, before: str) -> None:
        if name.strip() and name.strip() != before:
            self.page.desk.sheets.set_people(self._id(), **{key: name})
            self._half.took(key)

    def _checks(self) -> None:
        self._column.addWidget(Label(self.theme, self.tr("Checks"), step="strong"))
        self.checks = RowList(self.theme, name=self.tr("Checks"), ground=False)
        self.checks.opened.connect(self._toggle_check)
        self._column.addWidget(self.checks)
        self.tied = LinkChips(self.theme, self.page.go)
        self._column.addWidget(self.tied)
        self.what = Field(
            self.theme, self.tr("Look whether"), question=self.tr("What should hold?")
        )
        self.on = DateField(self.theme, self.tr("on"), question=self.tr("Which day?"))
        add = Button(self.theme, self.tr("Add the check"))
        add.clicked.connect(self._add_check)
        for widget in (self.what, self.on, add):
            self._column.addWidget(widget)
        self._fill_checks()

    def _fill_checks(self) -> None:
        sheet = self.page.sheet
        assert sheet is not None
        rows = [
            RowWords(
                check.what,
                self.tr("done {day}").format(day=self.page.desk.day(check.done_on))
                if check.done_on
                else self.tr("open: click when it is done"),
                self.page.desk.day(check.on),
                key=check.id,
            )
            for check in sorted(sheet.checks, key=lambda one: one.on)
        ]
        self.checks.set_rows(
            rows, [RowAction(self.tr("Go and see it"), "footprints", self._go_and_see)]
        )
        own, thread = Ref("sheet", sheet.id), self.page.desk.thread
        ties = [chip for check in sheet.checks for chip in thread.chips(own, check.id)]
        # What is tied to two checks is one chip, and the sheet itself is in sight.
        self.tied.set_chips({chip.ref: chip for chip in ties}.values(), besides=frozenset({own}))

    def show_check(self, check_id: str) -> None:
        """Go to a check in the list."""
        self.checks.choose(check_id)
        row = next((one for one in self.checks.rows() if one.words.key == check_id), None)
        if row is not None:
            row.setFocus(Qt.FocusReason.TabFocusReason)

    def _toggle_check(self, key: object) -> None:
        assert self.page.sheet is not None
        today = self.page.desk.recorder.today()
        check = next(one for one in self.page.sheet.checks if one.id == key)
        done = replace(check, done_on=None if check.done_on else today)
        self.page.sheet = self.page.desk.sheets.change_check(self._id(), done)
        self._fill_checks()

    def _go_and_see(self, key: object) -> None:
        assert self.page.sheet is not None
        check = next(one for one in self.page.sheet.checks if one.id == key)
        area = self.page.desk.people.area_name(self.page.sheet.area_id)
        ref = Ref("sheet", self._id())
        walk = self.page.desk.thread.go_and_see(ref, check.id, check.what, area)
        said = self.tr("It is a stop on the next walk: {purpose}").format(purpose=walk.purpose)
        self.page.go.say(said)

    def _add_check(self) -> None:
        self.on.read()
        day = self.on.value()
        if day is None:
            self.on.say(self.tr("Say on which day."))
            return
        try:
            self.page.sheet = self.page.desk.sheets.add_check(self._id(), self.what.text(), day)
        except GembaError as error:
            self.what.say(self.page.desk.words(error.key, **error.values))
            return
        self.what.set_text("")
        self.on.set_value(None)
        self._half.took("check", "on")
        self._fill_checks()

    def _beside(self) -> None:
        sheet = self.page.sheet
        assert sheet is not None
        self.scratch = TextField(
            self.theme,
            self.tr("Scratch, never printed"),
            question=self.tr("What else goes through your mind?"),
            lines=4,
        )
        self.scratch.set_text(sheet.scratch)
        Autosave(self.scratch, self._save_scratch).shows(sheet)
        self._column.addWidget(self.scratch)
        if sheet.first_draft_at is not None:
            draft = Button(self.theme, self.tr("Show the first draft"), icon="history")
            draft.clicked.connect(self._show_draft)
            self._column.addWidget(draft)
        asked = Button(self.theme, self.tr("Who was asked, and who signs"), icon="handshake")
        asked.clicked.connect(lambda: self.page.open_drawer("consent"))
        self._column.addWidget(asked)
        review = Button(self.theme, self.tr("Look over the sheet"), icon="list-todo")
        review.clicked.connect(lambda: self.page.open_drawer("review"))
        self._column.addWidget(review)
        closed = sheet.closing is not None
        ending = self.tr("How it was closed") if closed else self.tr("Close this sheet")
        closing = Button(self.theme, ending, icon="circle-check")
        closing.clicked.connect(lambda: self.page.open_drawer("closing"))
        self._column.addWidget(closing)
        story = Button(self.theme, self.tr("Versions and story"), icon="history")
        story.clicked.connect(lambda: self.page.open_drawer("versions"))
        self._column.addWidget(story)
        earlier = Button(self.theme, self.tr("Earlier versions"), kind="quiet", icon="history")
        earlier.clicked.connect(lambda: self.page.go.to("earlier", ref=Ref("sheet", self._id())))
        self._column.addWidget(earlier)
        text = Button(self.theme, self.tr("Bring in text"), kind="quiet", icon="clipboard-paste")
        text.clicked.connect(lambda: self.page.open_drawer("text"))
        self._column.addWidget(text)
        boxes = Button(self.theme, self.tr("Boxes of this sheet"), kind="quiet", icon="move")
        boxes.clicked.connect(lambda: self.page.open_drawer("boxes"))
        self._column.addWidget(boxes)
        self.change = Button(
            self.theme, self.tr("Another sheet type"), kind="quiet", icon="notebook-pen"
        )
        self.change.clicked.connect(lambda: self.page.change.begin())
        self._column.addWidget(self.change)
        self.own_type = OwnTypePanel(self.page)
        self._column.addWidget(self.own_type)
        remove = Button(self.theme, self.tr("Delete this sheet"), kind="quiet", icon="trash-2")
        remove.clicked.connect(self._remove)
        self._column.addWidget(remove)

    def _show_draft(self) -> None:
        self.page.stop_writing()
        self.page.first_draft = True
        self.page.draw()

    def _remove(self) -> None:
        sheet_id, desk, go = self._id(), self.page.desk, self.page.go
        self.page.stop_writing()
        self.leave()
        desk.recorder.settle()
        self.page.sheet = None
        go.throw_away(Ref("sheet", sheet_id))
