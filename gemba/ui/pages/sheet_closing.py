"""Closing a sheet: the standard, what was learned, when somebody looks again, the next problem."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.changes import Ref
from gemba.domain.errors import GembaError
from gemba.services.sheet_course import LOOKS
from gemba.ui.autosave import Autosave, hand_over
from gemba.ui.pages.common import clear
from gemba.ui.widgets import (
    Button,
    CheckBox,
    DateField,
    Label,
    RowAction,
    RowList,
    RowWords,
    TextField,
)
from gemba.ui.within import within

if TYPE_CHECKING:
    from uuid import UUID

    from gemba.domain.sheet import Sheet
    from gemba.ui.pages.sheet_desk import SheetHost

_FIELDS = ("standard", "learned", "next_problem")


_NEAR = 7
"""Days within which two checks are one."""


class ClosingPanel(QWidget):
    """Asks, and requires nothing; what is typed before the sheet is closed is kept as a draft."""

    def __init__(self, page: SheetHost) -> None:
        super().__init__()
        self.page = page
        self.theme = page.theme
        page.stop_writing()
        page.desk.recorder.settle()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(self.theme.px(12))
        self.fields: dict[str, TextField] = {}
        self.looks: list[tuple[CheckBox, DateField]] = []
        self._closed = False
        self._fill()

    def leave(self) -> None:
        """Hand over what is being written."""
        hand_over(self)

    def refresh(self) -> None:
        """Show it anew once the sheet was closed or opened elsewhere; fields stay as they are."""
        assert self.page.sheet is not None
        if (self.page.sheet.closing is not None) != self._closed:
            self._fill()

    def _sheet(self) -> Sheet:
        assert self.page.sheet is not None
        return self.page.sheet

    def _id(self) -> UUID:
        return self._sheet().id

    def _draft(self) -> str:
        return f"closing.{self._id()}"

    def _fill(self) -> None:
        clear(self._column)
        self.looks = []
        closing = self._sheet().closing
        self._closed = closing is not None
        if closing is not None:
            said = self.tr("Closed on {day}.").format(day=self.page.desk.day(closing.closed_on))
            self._column.addWidget(Label(self.theme, said, step="strong"))
            texts = {name: getattr(closing, name) for name in _FIELDS}
        else:
            texts = self.page.desk.drafts.read(self._draft())
        self._texts(texts)
        if closing is None:
            self._ask_looks()
            self.close_it = Button(self.theme, self.tr("Close the sheet"), kind="primary")
            self.close_it.clicked.connect(self._close)
            self._column.addWidget(self.close_it, 0, Qt.AlignmentFlag.AlignLeft)
            if self.page.desk.course.next_sheet(self._sheet()) is not None:
                self._next()
            return
        self._next()
        self._open_looks()
        self.reopen = Button(self.theme, self.tr("Open it again"), kind="quiet", icon="undo-2")
        self.reopen.clicked.connect(self._reopen)
        self._column.addWidget(self.reopen, 0, Qt.AlignmentFlag.AlignLeft)

    def _texts(self, texts: dict[str, str]) -> None:
        sheet = self._sheet()
        labels = {
            "standard": (
                self.tr("The standard now"),
                self.tr("Where does it stand written?"),
            ),
            "learned": (
                self.tr("What was learned"),
                self.tr("What do you know now?"),
            ),
            "next_problem": (
                self.tr("The next problem"),
                self.tr("What should be, and what is?"),
            ),
        }
        for name in _FIELDS:
            label, question = labels[name]
            field = TextField(self.theme, label, question=question, lines=2)
            field.set_text(texts.get(name, ""))
            saving = Autosave(field, lambda visit, name=name: self._save(name, visit))  # type: ignore[misc]
            if self._closed:
                saving.shows(sheet)
            field.set_read_only(not self.page.desk.recorder.store.writable)
            self.fields[name] = field
            self._column.addWidget(field)

    def _save(self, name: str, visit: str) -> None:
        if self._closed:
            text = self.fields[name].text()
            self.page.desk.course.write_closing(self._id(), visit=visit, **{name: text})
        else:
            texts = {one: field.text() for one, field in self.fields.items()}
            self.page.desk.drafts.keep(self._draft(), **texts)

    def _ask_looks(self) -> None:
        head = self.tr("Go and see whether it holds, after")
        self._column.addWidget(Label(self.theme, head, step="strong"))
        for days, on in zip(LOOKS, self.page.desk.course.look_days(), strict=True):
            row = QHBoxLayout()
            row.setSpacing(self.theme.px(8))
            words = self.tr("{days} days").format(days=days)
            # A check that is near that day already needs no second one.
            near = any(
                abs((one.on - on).days) <= _NEAR
                for one in self._sheet().checks
                if one.done_on is None
            )
            box = CheckBox(self.theme, words, checked=not near)
            field = DateField(self.theme, self.tr("on"), question=self.tr("Which day?"))
            field.set_value(on)
            box.toggled.connect(field.setEnabled)
            field.setEnabled(not near)
            row.addWidget(box, 1)
            row.addWidget(field, 1)
            holder = QWidget()
            row.setContentsMargins(0, 0, 0, 0)
            holder.setLayout(row)
            self._column.addWidget(holder)
            self.looks.append((box, field))

    def _open_looks(self) -> None:
        """List the checks that are still open; each can be a stop of the next walk."""
        waiting = [one for one in self._sheet().checks if one.done_on is None]
        if not waiting:
            return
        head = self.tr("Somebody looks again")
        self._column.addWidget(Label(self.theme, head, step="strong"))
        self.waiting = RowList(self.theme, name=head, ground=False)
        rows = [
            RowWords(one.what, "", self.page.desk.day(one.on), key=one.id)
            for one in sorted(waiting, key=lambda one: one.on)
        ]
        see = RowAction(self.tr("Go and see it"), "footprints", self._go_and_see)
        self.waiting.set_rows(rows, [see])
        self.waiting.opened.connect(lambda _key: self.page.open_drawer("about"))
        self._column.addWidget(self.waiting)

    def _go_and_see(self, key: object) -> None:
        sheet, desk = self._sheet(), self.page.desk
        check = next(one for one in sheet.checks if one.id == key)
        area = desk.people.area_name(sheet.area_id)
        walk = desk.thread.go_and_see(Ref("sheet", sheet.id), check.id, check.what, area)
        said = self.tr("It is a stop on the next walk: {purpose}").format(purpose=walk.purpose)
        self.page.go.say(said)

    def _close(self) -> None:
        page = self.page
        looks = []
        for days, (box, field) in zip(LOOKS, self.looks, strict=True):
            if not box.isChecked():
                continue
            field.read()
            day = field.value()
            if day is None:
                field.say(self.tr("Say on which day, or take the tick away."))
                return
            looks.append((page.desk.words("closing.look", days=days), day))
        for saving in within(self, Autosave):
            saving.drop()
        texts = {name: field.text() for name, field in self.fields.items()}
        before = self._sheet()
        try:
            after = page.desk.course.close(before.id, looks=looks, **texts)
        except GembaError as error:
            page.desk.drafts.keep(self._draft(), **texts)
            page.go.say(page.desk.words(error.key, **error.values))
            return
        page.desk.drafts.drop(self._draft())
        page.sheet = after
        self._fill()
        page.draw()
        self._focus_on(self.go_on)
        self._say(self.tr("The sheet is closed."), before, after)

    def _reopen(self) -> None:
        page = self.page
        self.leave()
        page.desk.recorder.settle()
        before = page.desk.sheets.get(self._id())
        try:
            after = page.desk.course.reopen(before.id)
        except GembaError as error:
            page.go.say(page.desk.words(error.key, **error.values))
            return
        if before.closing is not None:
            texts = {name: getattr(before.closing, name) for name in _FIELDS}
            page.desk.drafts.keep(self._draft(), **texts)
        page.sheet = after
        self._fill()
        page.draw()
        self._focus_on(self.close_it)
        self._say(self.tr("The sheet is open again; its checks stay."), before, after)

    def _focus_on(self, button: Button) -> None:
        """Go on from here: the button that was pressed is gone, and the focus with it."""
        button.show()
        button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, words: str, before: Sheet, after: Sheet) -> None:
        course, texts = self.page.desk.course, after.closing

        def take_back() -> None:
            course.put_back(before.id, before, after)
            if texts is not None:
                held = {name: getattr(texts, name) for name in _FIELDS}
                self.page.desk.drafts.keep(f"closing.{before.id}", **held)

        self.page.go.say(words, take_back)

    def _next(self) -> None:
        made = self.page.desk.course.next_sheet(self._sheet())
        if made is not None:
            self.go_on = Button(self.theme, self.tr("Open the next sheet"), icon="notebook-pen")
            self.go_on.clicked.connect(lambda: self.page.go.to("sheet", sheet=made.id))
        else:
            self.go_on = Button(self.theme, self.tr("Begin a sheet with it"), icon="notebook-pen")
            self.go_on.clicked.connect(self._begin_next)
        self._column.addWidget(self.go_on, 0, Qt.AlignmentFlag.AlignLeft)

    def _begin_next(self) -> None:
        self.leave()
        field = self.fields["next_problem"]
        field.say("")
        try:
            made = self.page.desk.course.begin_next(self._id())
        except GembaError as error:
            field.say(self.page.desk.words(error.key, **error.values))
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.page.go.to("sheet", sheet=made.id)
