"""The coach's margin: questions for the box in focus, what was asked, the talk, the thread."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.box_fields import open_fields
from gemba.domain.changes import Ref
from gemba.domain.errors import GembaError
from gemba.domain.field_names import name_of
from gemba.domain.sheet import MarginNote
from gemba.domain.sheet_part import SheetPart, check_of_part
from gemba.services.sheet_questions import questions_at
from gemba.ui.autosave import Autosave, hand_over
from gemba.ui.pages.common import clear
from gemba.ui.pages.sheet_asking import AskPanel, figures_of
from gemba.ui.pages.sheet_similar import SimilarStrip
from gemba.ui.pages.sheet_thread import ThreadPanel
from gemba.ui.pages.sheet_ties import TieStrip
from gemba.ui.pages.sheet_wording_list import WordingList
from gemba.ui.widgets import Button, DateField, FlowLayout, Label, TextField
from gemba.ui.within import within

if TYPE_CHECKING:
    from gemba.ui.pages.sheet_desk import SheetHost


class MarginPanel(QWidget):
    """Everything a coach does at a sheet; nothing here enters the owner's text."""

    def __init__(self, page: SheetHost, talk: UUID | None) -> None:
        super().__init__()
        self.page = page
        self.theme = page.theme
        self.talk = talk
        self.box = page.writing or page.view.current
        self.part = self.box
        self.figure = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(self.theme.px(8))
        self.similar: SimilarStrip | None = None
        self.wording: WordingList | None = None
        self.asking: AskPanel | None = None
        self._seen: tuple[object, ...] = ()
        page.wording.changed.connect(self._asked_of_words)
        self._fill()

    def typed(self) -> None:
        """Note that a key was pressed in the sheet."""
        if self.similar is not None:
            self.similar.touch()

    def focus_box(self, box_id: str) -> None:
        """Show the questions and notes of another box."""
        if box_id != self.box:
            self.leave()
            self.box, self.part, self.figure = box_id, box_id, ""
            self._fill()

    def focus_figure(self, box_id: str, figure_id: str) -> None:
        """Show a box, with what is asked next about one of its figures."""
        self.leave()
        self.box, self.part, self.figure = box_id, box_id, figure_id
        self._fill()

    def focus_part(self, part: str) -> None:
        """Show a box with the ties of one of its causes or actions first."""
        self.leave()
        self.box, self.part, self.figure = SheetPart.read(part).box, part, ""
        self._fill()

    def refresh(self) -> None:
        """Read again what changed, unless an answer is being written."""
        if any(field.hasFocus() for field in within(self, QWidget)):
            return
        if self._seen != self._to_see():
            self._fill()

    def _to_see(self) -> tuple[object, ...]:
        """Return what the panel shows; the same again needs no new widgets while one types."""
        page = self.page
        if page.sheet is None or page.definition is None:
            return ()
        ref = Ref("sheet", page.sheet.id)
        return (
            page.definition,
            self.box,
            self.talk,
            page.may_ask(),
            page.may_write(),
            page.sheet.dismissed,
            tuple(figures_of(page, self.box).items()),
            tuple(page.desk.sheets.margin(page.sheet.id, self.box or None)),
            tuple(page.desk.thread.chips(ref, self.box)) if self.box else (),
            page.desk.thread.picture(page.shown(), page.definition),
            self._open_fields(),
        )

    def _open_fields(self) -> tuple[str, ...]:
        page = self.page
        boxes = page.definition.boxes if page.definition is not None else ()
        box = next((one for one in boxes if one.id == self.box), None)
        if box is None or not page.may_write():
            return ()
        return open_fields(box, page.shown().box(self.box).text)

    def _asked_of_words(self) -> None:
        if self.wording is not None and self.page.sheet is not None:
            self.wording.refresh()

    def leave(self) -> None:
        """Hand over what is being written."""
        hand_over(self)

    def _head(self, words: str) -> None:
        self._column.addSpacing(self.theme.px(12))
        self._column.addWidget(Label(self.theme, words, step="strong"))

    def _fill(self) -> None:
        held = any(one.hasFocus() for one in within(self, QWidget))
        if held:  # or Qt would hand the focus on to a box, which would open
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        clear(self._column)
        self.wording = self.asking = None
        self._seen = self._to_see()
        self._show_all()
        if held:
            own = [one for one in within(self, QWidget) if one.parentWidget() is self]
            shown = [one for one in own if not one.isHidden()]
            fields = [one for one in shown if isinstance(one, TextField)]
            buttons = [one for one in shown if isinstance(one, Button)]
            next(iter([*fields, *buttons]), self).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_all(self) -> None:
        page = self.page
        if page.sheet is None or page.definition is None:
            return
        label = ""
        if all(one.id != self.box for one in page.definition.boxes):
            # The box went, into another one or into the tray.
            self.box = self.part = ""
        if self.box:
            label = page.definition.box(self.box).label
        if self.talk is None and self.page.may_ask():
            start = Button(
                self.theme, self.tr("Coach this sheet"), icon="message-circle-question-mark"
            )
            start.clicked.connect(self._start_talk)
            self._column.addWidget(start)
        if not self.box:
            said = self.tr("Click a box to see its questions.")
            self._column.addWidget(Label(self.theme, said, tone="ink_soft"))
        else:
            self._met_before()
            self._questions(label)
        self._asked(label)
        if self.talk is not None:
            self._agreed()
        self._column.addSpacing(self.theme.px(4))
        self.wording = WordingList(page, self.box)
        self._column.addWidget(self.wording)
        self._thread()
        if self.box:
            self._hints()

    def _met_before(self) -> None:
        """Sheets with a like problem, where the problem is told."""
        page, before = self.page, self.similar
        self.similar = None
        if page.desk.similar is None or page.definition is None or not self.box:
            return
        if page.definition.box(self.box).role == "background":
            self.similar = SimilarStrip(page, page.desk.similar, before)
            self._column.addWidget(self.similar)

    def _hints(self) -> None:
        """What belongs in the box, for whoever writes it."""
        assert self.page.definition is not None
        hints = self.page.definition.box(self.box).guidance
        if hints:
            self._head(self.tr("What helps here"))
        for hint in hints:
            self._column.addWidget(Label(self.theme, hint, tone="ink_soft"))
        self._fields()

    def _fields(self) -> None:
        """Lines that belong in the box and are not begun yet; a click begins one."""
        fields = self._open_fields()
        if not fields:
            return
        self._head(self.tr("Lines not written yet"))
        row, box_id = FlowLayout(gap=self.theme.px(4)), self.box
        for field in fields:
            chip = Button(self.theme, name_of(field), kind="quiet")
            chip.setAccessibleName(self.tr("Begin the line: {name}").format(name=name_of(field)))
            chip.clicked.connect(lambda _on=False, field=field: self._begin(box_id, field))
            row.addWidget(chip)
        holder = QWidget()
        row.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(row)
        self._column.addWidget(holder)

    def _begin(self, box_id: str, field: str) -> None:
        self.page.begin_line(box_id, field)

    def _questions(self, label: str) -> None:
        self._head(self.tr("Questions for {box}").format(box=label))
        assert self.page.definition is not None
        for step in questions_at(self.page.definition, self.box, self.page.desk.questions):
            question = Button(self.theme, self.tr("Ask"), kind="quiet")
            question.setAccessibleName(self.tr("Ask: {question}").format(question=step.ask))
            question.clicked.connect(lambda _on=False, text=step.ask: self._ask_given(text))
            row = QHBoxLayout()
            row.addWidget(Label(self.theme, step.ask), 1)
            row.addWidget(question)
            holder = QWidget()
            holder.setLayout(row)
            row.setContentsMargins(0, 0, 0, 0)
            question.setEnabled(self.page.may_ask())
            self._column.addWidget(holder)
        if not self.page.may_ask():
            return
        self.asking = AskPanel(self.page, self.box, self.figure)
        self.asking.asked.connect(self._ask_own)
        self._column.addWidget(self.asking)

    @property
    def own(self) -> TextField:
        """The line in which a coach asks in their own words."""
        assert self.asking is not None
        return self.asking.own

    def _ask_own(self, text: str, kind: str) -> None:
        assert self.asking is not None
        self.figure = self.asking.figure
        if self._ask(text, kind):
            self.asking.done()
            self._fill()

    def _asked(self, label: str) -> None:
        assert self.page.sheet is not None
        notes = self.page.desk.sheets.margin(self.page.sheet.id, self.box or None)
        if not notes:
            return
        self._head(self.tr("Asked"))
        for note in notes:
            self._note(note)

    def _note(self, note: MarginNote) -> None:
        day = self.page.desk.day(note.asked_on)
        who = ", ".join(part for part in (note.author, day) if part)
        if note.figure and self.box:
            about = figures_of(self.page, self.box).get(note.figure) or self.tr(
                "a figure that is gone"
            )
            who = self.tr("{who} · about {figure}").format(who=who, figure=about)
        if note.open:
            who = self.tr("{who} · open").format(who=who)
        self._column.addWidget(Label(self.theme, who, step="small", tone="ink_soft"))
        self._column.addWidget(Label(self.theme, note.text))
        if note.kind != "question":
            return
        owner = self.page.desk.people.name_of(self.page.sheet.owner_id if self.page.sheet else None)
        answer = TextField(
            self.theme,
            self.tr("Answer"),
            question=self.tr("What do you answer, {name}?").format(name=owner or self.tr("owner")),
        )
        answer.set_text(note.answer)
        shown = (note,) if self.page.sheet is None else (note, self.page.sheet)
        Autosave(answer, partial(self._answer, note, answer)).shows(*shown)
        answer.set_read_only(not self.page.may_answer())
        self._column.addWidget(answer)
        said = self._answered(note, owner)
        if said:
            self._column.addWidget(Label(self.theme, said, step="small", tone="ink_soft"))

    def _answered(self, note: MarginNote, owner: str) -> str:
        """Say whose hand an answer is in, or who is to give it."""
        name = owner or self.tr("The owner")
        if note.open:
            if self.page.may_answer() or not self.page.may_ask():
                return ""
            return self.tr("{name} answers. Take the pen to write it down.").format(name=name)
        by = self.page.desk.sheets.answered_by(note)
        day = self.page.desk.day(note.answered_on) if note.answered_on else ""
        if by and owner and by.casefold() != owner.casefold():
            by = self.tr("{who} wrote it down for {name}").format(who=by, name=name)
        return ", ".join(part for part in (by, day) if part)

    def _answer(self, note: MarginNote, field: TextField, visit: str) -> None:
        coaching, text = self.page.desk.coaching, field.text()
        if note.talk_id is not None:
            coaching.answer_at(note.talk_id, str(note.id), text, visit=visit)
        else:
            self.page.desk.sheets.answer(note.id, text, visit=visit)

    def _ask_given(self, text: str) -> None:
        if self._ask(text, "question"):
            self._fill()

    def _ask(self, text: str, kind: str) -> bool:
        """Ask, and tell whether it stands in the margin now."""
        assert self.page.sheet is not None
        self.leave()
        figure = self.figure
        try:
            if self.talk is not None and kind == "question":
                self.page.desk.coaching.ask_at(self.talk, self.box, text, figure=figure)
            else:
                sheets = self.page.desk.sheets
                sheets.ask(self.page.sheet.id, self.box, text, kind=kind, figure=figure)
        except GembaError as error:
            self.own.say(self.page.desk.words(error.key, **error.values))
            return False
        return True

    def _start_talk(self) -> None:
        assert self.page.sheet is not None
        self.page.stop_writing()
        self.page.desk.recorder.settle()
        try:
            self.talk = self.page.desk.coaching.coach_sheet(self.page.sheet.id).id
        except GembaError as error:
            self.page.go.trouble(error)
            return
        self.page.hold_talk(self.talk)
        self._fill()

    def _agreed(self) -> None:
        assert self.talk is not None
        talk = self.page.desk.coaching.talk(self.talk)
        coaching, talk_id = self.page.desk.coaching, talk.id
        self._head(self.tr("What we agreed"))
        agreed = TextField(
            self.theme, self.tr("Agreed"), question=self.tr("What will you look at next?")
        )
        agreed.set_text(talk.agreed)
        saving = Autosave(
            agreed, lambda visit: coaching.write(talk_id, visit=visit, agreed=agreed.text())
        )
        saving.shows(talk)
        look = DateField(self.theme, self.tr("We look together on"), question=self.tr("Which day?"))
        look.set_value(talk.next_look_on)
        look.changed.connect(
            lambda day: coaching.write(talk_id, visit=saving.visit, next_look_on=day)
        )
        private = TextField(
            self.theme,
            self.tr("Private note, for you alone"),
            question=self.tr("What do you want to remember about this?"),
        )
        private.set_text(talk.private_note)
        Autosave(
            private, lambda visit: coaching.write(talk_id, visit=visit, private_note=private.text())
        ).shows(talk)
        done = Button(self.theme, self.tr("End the talk"))
        done.clicked.connect(self._end_talk)
        for widget in (agreed, look, private, done):
            self._column.addWidget(widget)

    def _end_talk(self) -> None:
        assert self.talk is not None
        self.leave()
        self.page.desk.coaching.end(self.talk)
        self.talk = None
        self.page.hold_talk(None)
        self._fill()
        self.page.go.say(self.tr("The talk stands in the owner’s history."))

    def _thread(self) -> None:
        if self.box:
            self._head(self.tr("Tied to this box"))
            self.ties = TieStrip(self.page, self.box, self.part)
            self.ties.refresh()
            self._column.addWidget(self.ties)
        self._head(self.tr("Thread"))
        self.picture = ThreadPanel(self.page)
        self.picture.opened.connect(self._go_to)
        self._column.addWidget(self.picture)

    def _go_to(self, part: str) -> None:
        """Show where a knot of the thread stands, with its ties first."""
        page = self.page
        if page.sheet is not None and check_of_part(page.sheet, part) is not None:
            page.show_check(part)
            return
        box = SheetPart.read(part).box
        area = self.page.view.areas.get(box)
        if area is None:
            return
        self.page.stop_writing()
        self.focus_part(part)
        self.page.view.to_column(box)
        target = next((one for one in area.figures if one.figure_id in part.split("/")), area)
        target.setFocus(Qt.FocusReason.OtherFocusReason)
