"""Who was asked one by one, what they feared, what was changed for it; and the lines to sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.domain.errors import GembaError
from gemba.domain.sheet_story import STANCES
from gemba.services.consent import ROLES
from gemba.ui.autosave import Autosave, hand_over
from gemba.ui.half_typed import HalfTyped
from gemba.ui.pages.common import clear
from gemba.ui.widgets import (
    Button,
    DateField,
    Field,
    Label,
    RowList,
    RowWords,
    Segmented,
    TextField,
)

if TYPE_CHECKING:
    from uuid import UUID

    from gemba.domain.sheet import Sheet
    from gemba.domain.sheet_story import Consulted, SignOff
    from gemba.ui.pages.sheet_desk import SheetHost


class ConsentPanel(QWidget):
    """Consent is a row of conversations: each has a person, and what it changed on the sheet."""

    def __init__(self, page: SheetHost) -> None:
        super().__init__()
        self.page = page
        self.theme = page.theme
        self.desk = page.desk.consent
        page.stop_writing()
        page.desk.recorder.settle()
        self.opened = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.theme.px(8))
        self.who = self._adder(column, self.tr("Who is asked next?"), self.tr("A name"), self._ask)
        self.people = RowList(self.theme, name=self.tr("Who was asked"), ground=False)
        self.people.opened.connect(self._open)
        column.addWidget(self.people)
        self._asked = QVBoxLayout()
        self._asked.setSpacing(self.theme.px(8))
        column.addLayout(self._asked)
        column.addSpacing(self.theme.px(16))
        column.addWidget(Label(self.theme, self.tr("Lines to sign"), step="strong"))
        said = self.tr("They are printed at the foot of the sheet, to be signed by hand.")
        column.addWidget(Label(self.theme, said, step="small", tone="ink_soft"))
        self.signer = self._adder(column, self.tr("Who signs?"), self.tr("A name"), self._line)
        self.lines = RowList(self.theme, name=self.tr("Lines to sign"), ground=False)
        self.lines.opened.connect(self._open)
        column.addWidget(self.lines)
        self._signed = QVBoxLayout()
        self._signed.setSpacing(self.theme.px(8))
        column.addLayout(self._signed)
        self._half = HalfTyped(self, page.desk.drafts, {"who": self.who, "signer": self.signer})
        self._half.begin(f"asked.{self._id()}")
        self._fill()

    def leave(self) -> None:
        """Hand over what is being written."""
        hand_over(self)

    def refresh(self) -> None:
        """Show the rows as they are now; what is open stays open."""
        self._fill_rows()

    def _sheet(self) -> Sheet:
        assert self.page.sheet is not None
        return self.page.sheet

    def _id(self) -> UUID:
        return self._sheet().id

    def _adder(self, column: QVBoxLayout, label: str, question: str, add: object) -> Field:
        field = Field(self.theme, label, question=question)
        field.entered.connect(add)
        field.setEnabled(self.page.desk.recorder.store.writable)
        column.addWidget(field)
        return field

    def _ask(self) -> None:
        before = {one.id for one in self._sheet().consulted}
        if self._add(self.who, lambda name: self.desk.ask(self._id(), name)):
            self.opened = next(one.id for one in self._sheet().consulted if one.id not in before)
            self._fill()
            # The next name comes by the same keys; Tab leads to what was said.
            self.who.setFocus(Qt.FocusReason.OtherFocusReason)

    def _line(self) -> None:
        before = {one.id for one in self._sheet().sign_offs}
        if self._add(self.signer, lambda name: self.desk.line(self._id(), name)):
            self.opened = next(one.id for one in self._sheet().sign_offs if one.id not in before)
            self._fill()
            self.page.draw()
            self.signer.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, field: Field, add: object) -> bool:
        self.leave()
        field.say("")
        try:
            assert callable(add)
            self.page.sheet = add(field.text())
        except GembaError as error:
            field.say(self.page.desk.words(error.key, **error.values))
            return False
        field.set_text("")
        self._half.took("who", "signer")
        return True

    def _open(self, key: object) -> None:
        self.leave()
        self.page.desk.recorder.settle()
        self.page.sheet = self.page.desk.sheets.get(self._id())
        self.opened = "" if self.opened == key else str(key)
        self._fill()

    def _fill(self) -> None:
        held = self.focusWidget()
        if held is not None:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._fill_rows()
        clear(self._asked)
        clear(self._signed)
        sheet = self._sheet()
        person = next((one for one in sheet.consulted if one.id == self.opened), None)
        line = next((one for one in sheet.sign_offs if one.id == self.opened), None)
        if person is not None:
            self._show_person(person)
        if line is not None:
            self._show_line(line)

    def _fill_rows(self) -> None:
        sheet, words, day = self._sheet(), self.page.desk.words, self.page.desk.day
        rows = []
        for one in sheet.consulted:
            told = [words(f"consent.roles.{one.role}")] if one.role in ROLES else []
            if one.stance in STANCES:
                told.append(words(f"consent.stances.{one.stance}"))
            if one.concern.strip() and not one.changed.strip():
                told.append(self.tr("a concern without an answer"))
            rows.append(
                RowWords(one.name, " · ".join(told), day(one.on) if one.on else "", key=one.id)
            )
        self.people.set_rows(rows)
        self.people.setVisible(bool(rows))
        lines = [
            RowWords(one.name, one.role, day(one.on) if one.on else "", key=one.id)
            for one in sheet.sign_offs
        ]
        self.lines.set_rows(lines)
        self.lines.setVisible(bool(lines))
        self.people.choose(self.opened)
        self.lines.choose(self.opened)

    def _show_person(self, one: Consulted) -> None:
        words = self.page.desk.words
        self.role = self._choice(
            [(key, words(f"consent.roles.{key}")) for key in ROLES],
            one.role,
            self.tr("What they have to do with it"),
            lambda key: self._choose(one.id, role=key),
        )
        self.concern = self._text(
            self.tr("What they are worried about"), one.concern, one.id, "concern"
        )
        self.changed = self._text(
            self.tr("What you changed for it"), one.changed, one.id, "changed"
        )
        self.stance = self._choice(
            [(key, words(f"consent.stances.{key}")) for key in STANCES],
            one.stance,
            self.tr("How they stand to it"),
            lambda key: self._choose(one.id, stance=key),
        )
        self.on = DateField(self.theme, self.tr("Asked on"), question=self.tr("Which day?"))
        self.on.set_value(one.on)
        self.on.changed.connect(lambda day: self._take(self.desk.spoke_on(self._id(), one.id, day)))
        self._asked.addWidget(self.on)
        remove = Button(self.theme, self.tr("Take them off the list"), kind="quiet", icon="trash-2")
        remove.clicked.connect(lambda: self._remove_person(one.id))
        self._asked.addWidget(remove, 0, Qt.AlignmentFlag.AlignLeft)

    def _choice(
        self, options: list[tuple[str, str]], value: str, name: str, chosen: object
    ) -> Segmented:
        self._asked.addWidget(Label(self.theme, name, step="small", tone="ink_soft"))
        known = value if value in [key for key, _ in options] else ""
        made = Segmented(self.theme, options, value=known, name=name)
        made.chosen.connect(chosen)
        made.setEnabled(self.page.desk.recorder.store.writable)
        self._asked.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
        return made

    def _text(self, label: str, text: str, asked: str, name: str) -> TextField:
        field = TextField(self.theme, label, lines=2)
        field.set_text(text)
        field.set_read_only(not self.page.desk.recorder.store.writable)

        def save(visit: str) -> None:
            self.desk.write(self._id(), asked, visit=visit, **{name: field.text()})

        Autosave(field, save).shows(self._sheet())
        self._asked.addWidget(field)
        return field

    def _choose(self, asked: str, *, role: str | None = None, stance: str | None = None) -> None:
        self._take(self.desk.choose(self._id(), asked, role=role, stance=stance))

    def _take(self, sheet: Sheet) -> None:
        self.page.sheet = sheet
        self._fill_rows()

    def _show_line(self, one: SignOff) -> None:
        roles = self.tr("Manager, planner, buyer?")
        self.line_role = Field(self.theme, self.tr("As what"), question=roles)
        self.line_role.set_text(one.role)

        def save(visit: str) -> None:
            self.desk.write_line(self._id(), one.id, visit=visit, role=self.line_role.text())

        Autosave(self.line_role, save).shows(self._sheet())
        self.signed = DateField(self.theme, self.tr("Signed on"), question=self.tr("Which day?"))
        self.signed.set_value(one.on)
        self.signed.changed.connect(lambda day: self._sign(one.id, day))
        remove = Button(self.theme, self.tr("Take the line away"), kind="quiet", icon="trash-2")
        remove.clicked.connect(lambda: self._remove_line(one.id))
        for widget in (self.line_role, self.signed):
            self._signed.addWidget(widget)
        self._signed.addWidget(remove, 0, Qt.AlignmentFlag.AlignLeft)

    def _sign(self, line: str, day: object) -> None:
        self.signed.say("")
        try:
            self.page.sheet = self.desk.signed_on(self._id(), line, day)  # type: ignore[arg-type]
        except GembaError as error:
            self.signed.say(self.page.desk.words(error.key, **error.values))
            return
        self._fill_rows()
        self.page.draw()

    def _remove_person(self, asked: str) -> None:
        self.leave()
        self.page.desk.recorder.settle()
        desk, sheet_id = self.desk, self._id()
        held = self.page.desk.sheets.get(sheet_id).consulted
        left = tuple(one for one in held if one.id != asked)
        self.page.sheet = desk.put(sheet_id, consulted=left)
        self._fill()

        def put_back() -> None:
            desk.put(sheet_id, consulted=held)

        self.page.go.say(self.tr("They are off the list."), put_back)

    def _remove_line(self, line: str) -> None:
        self.leave()
        self.page.desk.recorder.settle()
        desk, sheet_id = self.desk, self._id()
        held = self.page.desk.sheets.get(sheet_id).sign_offs
        left = tuple(one for one in held if one.id != line)
        self.page.sheet = desk.put(sheet_id, sign_offs=left)
        self._fill()
        self.page.draw()

        def put_back() -> None:
            desk.put(sheet_id, sign_offs=held)

        self.page.go.say(self.tr("The line is gone."), put_back)
