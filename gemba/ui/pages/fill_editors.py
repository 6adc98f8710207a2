"""What an answer is given in: a line, buttons, ticks, an order, a day, a photo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.form_view import FormQuestion
from gemba.ui.widgets import (
    Button,
    CheckBox,
    DateField,
    Field,
    FlowLayout,
    IconButton,
    Label,
    PhotoStrip,
    Radio,
    TextField,
)
from gemba.ui.widgets.choice import Choice
from gemba.ui.widgets.day_field import TimeField
from gemba.ui.widgets.days import read_day, read_time

if TYPE_CHECKING:
    from gemba.ui.tasks import Tasks
    from gemba.ui.theme import Theme
    from gemba.ui.widgets.photos import Source

T = TypeVar("T")
_BUTTONS = 7
"""So many choices stand side by side as large buttons; more stand below each other."""
_BUTTON_LETTERS = 34
_LISTED = 24


@dataclass(frozen=True, slots=True)
class EditorParts:
    """What editors are handed: today, where photos are, and work beside the window."""

    today: Callable[[], date]
    photo_source: Callable[[str], Source]
    tasks: Tasks


class Editor(QWidget):
    """One way to answer. ``given`` hands on an answer that is whole, ``typed`` says that keys came.

    ``next`` asks for the question behind this one.
    """

    given = Signal(str)
    typed = Signal()
    left = Signal()
    next = Signal()
    files_added = Signal(list)
    picture_added = Signal(QImage)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.px(4))

    def show_answer(self, question: FormQuestion) -> None:
        """Show what was answered."""

    def text(self) -> str:
        """The answer as it stands now, whole or half."""
        return ""

    def caret(self) -> int:
        """Where in the text the caret stands."""
        return 0

    def put_caret(self, place: int) -> None:
        """Put the caret back."""

    def hold(self) -> None:
        """Take the focus."""
        held = self.focusProxy()
        (held if isinstance(held, QWidget) else self).setFocus(Qt.FocusReason.TabFocusReason)


class TextEditor(Editor):
    """Words of one or several lines."""

    def __init__(self, theme: Theme, question: FormQuestion) -> None:
        super().__init__(theme)
        self._several = question.lines > 1
        self.field = TextField(
            theme, "", lines=question.lines, enter_keeps=not self._several, name=question.label
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
        self.field = Field(theme, "", name=question.label)
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
            self.day = DateField(theme, "", today=parts.today, name=question.label)
            self.day.changed.connect(lambda _day: self._give())
        if question.kind in ("time", "datetime"):
            self.time = TimeField(theme, "", name=question.label)
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


class ButtonsEditor(Editor):
    """One of few choices as large buttons; a second press takes it back, a digit chooses."""

    def __init__(self, theme: Theme, question: FormQuestion) -> None:
        super().__init__(theme)
        self.buttons: dict[str, Button] = {}
        self._host = QWidget()
        self._flow = FlowLayout(self._host, gap=theme.px(8))
        self.column.addWidget(self._host)
        self._shown: tuple[tuple[str, str], ...] = ()
        self.setAccessibleName(question.label)

    def show_answer(self, question: FormQuestion) -> None:
        """Show the choices there are now, and the one chosen."""
        offered = tuple((one.name, one.label) for one in question.choices)
        if offered != self._shown:
            self._shown = offered
            self._fill(offered)
        for name, button in self.buttons.items():
            button.setChecked(name == question.answer)
            button.setEnabled(not question.read_only)

    def _fill(self, offered: tuple[tuple[str, str], ...]) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.buttons = {}
        for number, (name, label) in enumerate(offered, 1):
            hint = str(number) if number < 10 else ""
            button = Button(
                self.theme, label, big=True, hint=hint, checkable=True, parent=self._host
            )
            button.clicked.connect(lambda _on=False, name=name: self.choose(name))
            self.buttons[name] = button
            self._flow.addWidget(button)
            button.show()
        first = next(iter(self.buttons.values()), None)
        if first is not None:
            self.setFocusProxy(first)
        self._host.updateGeometry()

    def choose(self, name: str) -> None:
        """Choose, or take back what is chosen."""
        # The button that was pressed has turned already; a digit comes first.
        button = self.buttons[name]
        self.given.emit(name if button.isChecked() else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit chooses."""
        number = event.text()
        if number.isdecimal() and 1 <= int(number) <= len(self.buttons):
            name = list(self.buttons)[int(number) - 1]
            self.buttons[name].click()
            self.buttons[name].meet()
            return
        super().keyPressEvent(event)

    def text(self) -> str:
        """The name of the choice."""
        return next((name for name, one in self.buttons.items() if one.isChecked()), "")


class ListEditor(Editor):
    """Choices below each other: one of them as radio buttons, several as ticks."""

    def __init__(self, theme: Theme, question: FormQuestion) -> None:
        super().__init__(theme)
        self._several = question.kind == "several"
        self.options: dict[str, CheckBox | Radio] = {}
        self._shown: tuple[tuple[str, str], ...] = ()
        self._chosen: list[str] = []
        self._host = QWidget()
        self._rows = QVBoxLayout(self._host)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self.column.addWidget(self._host)

    def show_answer(self, question: FormQuestion) -> None:
        """Show the choices there are now, and those chosen."""
        offered = tuple((one.name, one.label) for one in question.choices)
        self._chosen = list(question.chosen)
        if offered != self._shown:
            self._shown = offered
            self._fill(offered)
        for name, option in self.options.items():
            option.setAutoExclusive(False)
            option.setChecked(name in self._chosen)
            option.setAutoExclusive(not self._several)
            option.setEnabled(not question.read_only)

    def _fill(self, offered: tuple[tuple[str, str], ...]) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.options = {}
        for name, label in offered:
            kind = CheckBox if self._several else Radio
            option = kind(self.theme, label or name, parent=self._host)
            option.clicked.connect(lambda _on=False, name=name: self._choose(name))
            self.options[name] = option
            self._rows.addWidget(option)
            option.show()
        first = next(iter(self.options.values()), None)
        if first is not None:
            self.setFocusProxy(first)

    def _choose(self, name: str) -> None:
        if not self._several:
            self._chosen = [] if self._chosen == [name] else [name]
        elif name in self._chosen:
            self._chosen.remove(name)
        else:
            self._chosen.append(name)
        self.given.emit(" ".join(self._chosen))

    def text(self) -> str:
        """The names chosen, in the order in which they were."""
        return " ".join(self._chosen)


class MenuEditor(Editor):
    """One of very many choices, from a menu."""

    def __init__(self, theme: Theme, question: FormQuestion) -> None:
        super().__init__(theme)
        self.choice = Choice(theme, question.label)
        self.column.addWidget(self.choice, 0, Qt.AlignmentFlag.AlignLeading)
        self.setFocusProxy(self.choice)
        self.choice.chosen.connect(self.given)

    def show_answer(self, question: FormQuestion) -> None:
        """Show the choices there are now, and the one chosen."""
        options = [("", self.tr("Not chosen yet"))]
        options += [(one.name, one.label or one.name) for one in question.choices if one.name]
        self.choice.set_options(options, question.answer)
        self.choice.setEnabled(not question.read_only)

    def text(self) -> str:
        """The name of the choice."""
        return self.choice.value


class RankEditor(Editor):
    """Choices in an order, moved up and down."""

    def __init__(self, theme: Theme, question: FormQuestion) -> None:
        super().__init__(theme)
        self._order: list[str] = []
        self._labels: dict[str, str] = {}
        self._host = QWidget()
        self._rows = QVBoxLayout(self._host)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(theme.px(4))
        self.column.addWidget(self._host)
        self.keep = Button(theme, self.tr("This is my order"))
        self.keep.clicked.connect(lambda: self.given.emit(" ".join(self._order)))
        self.column.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignLeading)
        self.ups: dict[str, IconButton] = {}

    def show_answer(self, question: FormQuestion) -> None:
        """Show the order given, or the one to begin with."""
        self._labels = {one.name: one.label or one.name for one in question.choices}
        chosen = [name for name in question.chosen if name in self._labels]
        order = chosen + [name for name in self._labels if name not in chosen]
        self.keep.setVisible(not question.answer and not question.read_only)
        if order != self._order or not self.ups:
            self._order = order
            self._fill()
        self._host.setEnabled(not question.read_only)

    def _fill(self, hold: str = "", up: bool = True) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.ups = {}
        for number, name in enumerate(self._order):
            row = QWidget(self._host)
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(self.theme.px(4))
            label = self._labels[name]
            higher = IconButton(self.theme, "chevron-up", self.tr("Up: {word}").format(word=label))
            lower = IconButton(
                self.theme, "chevron-down", self.tr("Down: {word}").format(word=label)
            )
            higher.setEnabled(number > 0)
            lower.setEnabled(number < len(self._order) - 1)
            higher.clicked.connect(lambda _on=False, name=name: self._move(name, -1))
            lower.clicked.connect(lambda _on=False, name=name: self._move(name, 1))
            line.addWidget(Label(self.theme, f"{number + 1}.", tone="ink_soft", wrap=False))
            line.addWidget(Label(self.theme, label), 1)
            line.addWidget(higher)
            line.addWidget(lower)
            self._rows.addWidget(row)
            row.show()
            self.ups[name] = higher
            if name == hold:
                wanted, other = (higher, lower) if up else (lower, higher)
                (wanted if wanted.isEnabled() else other).meet()
        first = next(iter(self.ups.values()), None)
        if first is not None:
            self.setFocusProxy(first)

    def _move(self, name: str, step: int) -> None:
        at = self._order.index(name)
        order = list(self._order)
        order.insert(at + step, order.pop(at))
        self._order = order
        self._fill(name, step < 0)
        self.given.emit(" ".join(order))

    def text(self) -> str:
        """The names in their order."""
        return " ".join(self._order)


class TickEditor(Editor):
    """One thing to acknowledge."""

    def __init__(self, theme: Theme, _question: FormQuestion) -> None:
        super().__init__(theme)
        self.box = CheckBox(theme, self.tr("Yes"))
        self.column.addWidget(self.box)
        self.setFocusProxy(self.box)
        self.box.clicked.connect(lambda on: self.given.emit("OK" if on else ""))

    def show_answer(self, question: FormQuestion) -> None:
        """Show whether it is."""
        self.box.setChecked(question.answer == "OK")
        self.box.setEnabled(not question.read_only)

    def text(self) -> str:
        """OK, as XForms have it, or nothing."""
        return "OK" if self.box.isChecked() else ""


class PhotoEditor(Editor):
    """A picture as the answer."""

    def __init__(self, theme: Theme, question: FormQuestion, parts: EditorParts) -> None:
        super().__init__(theme)
        self._source = parts.photo_source
        self.strip = PhotoStrip(theme, tasks=parts.tasks)
        self.column.addWidget(self.strip)
        self.setFocusProxy(self.strip.adder)
        self.strip.files_added.connect(self.files_added)
        self.strip.picture_added.connect(self.picture_added)
        self.strip.removed.connect(lambda _key: self.given.emit(""))
        self._label = question.label

    def show_answer(self, question: FormQuestion) -> None:
        """Show the picture."""
        photo = question.photo
        self.strip.set_photos([(photo, self._source(photo), self._label)] if photo else [])
        self.strip.set_read_only(question.read_only)
        self.strip.adder.setText(self.tr("Another photo instead") if photo else self.tr("Photo"))


def editor_for(theme: Theme, question: FormQuestion, parts: EditorParts) -> Editor:
    """Return the editor that suits a question and its choices."""
    kind = question.kind
    if kind in ("integer", "decimal"):
        return NumberEditor(theme, question)
    if kind == "range":
        wanted = ButtonsEditor if question.choices else NumberEditor
        return wanted(theme, question)
    if kind in ("date", "time", "datetime"):
        return MomentEditor(theme, question, parts)
    if kind == "one":
        return _one(theme, question)
    if kind == "several":
        return ListEditor(theme, question)
    if kind == "rank":
        return RankEditor(theme, question)
    if kind == "acknowledge":
        return TickEditor(theme, question)
    if kind == "image":
        return PhotoEditor(theme, question, parts)
    return TextEditor(theme, question)


def _one(theme: Theme, question: FormQuestion) -> Editor:
    if len(question.choices) > _LISTED:
        return MenuEditor(theme, question)
    short = all(len(one.label) <= _BUTTON_LETTERS for one in question.choices)
    if len(question.choices) <= _BUTTONS and short:
        return ButtonsEditor(theme, question)
    return ListEditor(theme, question)
