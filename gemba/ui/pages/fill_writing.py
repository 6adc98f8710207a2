"""Answers that are written: words, a number, a day or a time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QHBoxLayout

from gemba.domain.form_view import FormQuestion
from gemba.ui.pages.fill_editor import Editor, EditorParts
from gemba.ui.widgets import DateField, Field, TextField
from gemba.ui.widgets.day_field import TimeField
from gemba.ui.widgets.days import read_day, read_time

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

T = TypeVar("T")


class TextEditor(Editor):
    """Words of one or several lines."""

    def __init__(self, theme: Theme, question: FormQuestion) -> None:
        super().__init__(theme)
        self._several = question.lines > 1
        self.field = TextField(
            theme, "", lines=question.lines, enter_keeps=not self._several, name=question.plain
        )
        self.column.addWidget(self.field)
        self.setFocusProxy(self.field.edit)
        self.field.edited.connect(self.typed)
        self.field.left.connect(self.left)
        self.field.entered.connect(self.next)

    def show_answer(self, question: FormQuestion) -> None:
        """Show the words; a field that is being written in keeps them."""
        self.field.set_read_only(question.read_only)
        if self.field.text() != question.answer:
            self.field.set_text(question.answer)

    def text(self) -> str:
        """The words."""
        return self.field.text()

    def caret(self) -> int:
        """The place of the caret in letters."""
        return self.field.edit.textCursor().position()

    def put_caret(self, place: int) -> None:
        """Put the caret back."""
        cursor = self.field.edit.textCursor()
        cursor.setPosition(max(0, min(place, self.field.edit.document().characterCount() - 1)))
        self.field.edit.setTextCursor(cursor)


class NumberEditor(Editor):
    """A number; half a number stays as it was typed."""

    def __init__(self, theme: Theme, question: FormQuestion) -> None:
        super().__init__(theme)
        self.field = Field(theme, "", name=question.plain)
        self.field.frame.setFixedWidth(theme.px(160))
        self.column.addWidget(self.field)
        self.setFocusProxy(self.field.line)
        self.field.edited.connect(self.typed)
        self.field.left.connect(self.left)
        self.field.entered.connect(self.next)

    def show_answer(self, question: FormQuestion) -> None:
        """Show the number."""
        self.field.set_read_only(question.read_only)
        text = question.half or question.answer
        if self.field.text().strip() != text:
            self.field.set_text(text)

    def text(self) -> str:
        """The number as it was typed."""
        return self.field.text().strip()

    def caret(self) -> int:
        """The place of the caret."""
        return int(self.field.line.cursorPosition())

    def put_caret(self, place: int) -> None:
        """Put the caret back."""
        self.field.line.setCursorPosition(place)


class MomentEditor(Editor):
    """A day, a time of day, or both."""

    def __init__(self, theme: Theme, question: FormQuestion, parts: EditorParts) -> None:
        super().__init__(theme)
        self._today = parts.today
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self.day: DateField | None = None
        self.time: TimeField | None = None
        if question.kind in ("date", "datetime"):
            self.day = DateField(theme, "", today=parts.today, name=question.plain)
            self.day.changed.connect(lambda _day: self._give())
        if question.kind in ("time", "datetime"):
            self.time = TimeField(theme, "", name=question.plain)
            self.time.changed.connect(lambda _time: self._give())
        for field in (self.day, self.time):
            if field is not None:
                row.addWidget(field)
                field.edited.connect(self.typed)
                field.left.connect(self.left)
                field.entered.connect(self.next)
        row.addStretch(1)
        self.column.addLayout(row)
        first = self.day or self.time
        assert first is not None
        self.setFocusProxy(first.line)

    def _give(self) -> None:
        self.given.emit(self.text())

    def show_answer(self, question: FormQuestion) -> None:
        """Show the day and the time."""
        if question.half:
            self._show_half(question.half)
            return
        if self.text() == question.answer and question.answer:
            return
        day, _, clock = question.answer.partition("T")
        if self.day is not None and not self.day.line.hasFocus():
            self.day.set_value(_read(date.fromisoformat, day))
        if self.time is not None and not self.time.line.hasFocus():
            text = clock if self.day is not None else question.answer
            self.time.set_value(_read(time.fromisoformat, text[:5]))
        for field in (self.day, self.time):
            if field is not None:
                field.set_read_only(question.read_only)

    def _show_half(self, half: str) -> None:
        day, _, clock = half.partition("\t")
        for field, text in ((self.day, day), (self.time, clock if self.day else day)):
            if field is not None and not field.line.hasFocus():
                field.line.setText(text)

    def text(self) -> str:
        """The moment as ISO 8601 has it; what names none as it was typed."""
        day = read_day(self.day.line.text(), self._today()) if self.day else None
        clock = read_time(self.time.line.text()) if self.time else None
        if self.day is None and self.time is not None:
            return f"{clock:%H:%M:%S}.000" if clock else self.time.line.text().strip()
        assert self.day is not None
        if self.time is None:
            return day.isoformat() if day else self.day.line.text().strip()
        if day is not None and clock is not None:
            moment = datetime.combine(day, clock).astimezone()
            return moment.isoformat(timespec="milliseconds")
        typed = (self.day.line.text().strip(), self.time.line.text().strip())
        return "\t".join(typed) if any(typed) else ""

    def caret(self) -> int:
        """The place of the caret."""
        for field in (self.day, self.time):
            if field is not None and field.line.hasFocus():
                return int(field.line.cursorPosition())
        return 0


def _read(parse: Callable[[str], T], text: str) -> T | None:
    try:
        return parse(text) if text else None
    except ValueError:
        return None
