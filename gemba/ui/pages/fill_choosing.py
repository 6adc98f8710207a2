"""Answers that are chosen: large buttons, ticks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.domain.form_keys import hint_of, keys_of
from gemba.domain.form_view import FormChoice, FormQuestion
from gemba.ui.pages.fill_editor import Editor
from gemba.ui.widgets import Button, CheckBox, FlowLayout, Radio

if TYPE_CHECKING:
    from gemba.ui.theme import Theme


class ButtonsEditor(Editor):
    """One of few choices as large buttons; a second press takes it back, a digit chooses."""

    def __init__(self, theme: Theme, question: FormQuestion) -> None:
        super().__init__(theme)
        self.buttons: dict[str, Button] = {}
        self._keys: dict[str, str] = {}
        self._host = QWidget()
        self._flow = FlowLayout(self._host, gap=theme.px(8))
        self.column.addWidget(self._host)
        self._read_only = False
        self._shown: tuple[FormChoice, ...] = ()
        self.setAccessibleName(question.plain)

    def show_answer(self, question: FormQuestion) -> None:
        """Show the choices there are now, and the one chosen."""
        if question.choices != self._shown:
            self._shown = question.choices
            with self.unseen(self._host):
                self._fill(question.choices)
        for name, button in self.buttons.items():
            button.setChecked(name == question.answer)
            # What is only read stays in full ink where it was chosen.
            button.setEnabled(not question.read_only or name == question.answer)
        self._read_only = question.read_only

    def _fill(self, offered: tuple[FormChoice, ...]) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.buttons = {}
        self._keys = keys_of(offered)
        digits = {name: digit for digit, name in self._keys.items()}
        for one in offered:
            hint = hint_of(digits.get(one.name, ""), one.words)
            button = Button(
                self.theme, one.words, big=True, hint=hint, checkable=True, parent=self._host
            )
            button.clicked.connect(lambda _on=False, name=one.name: self.choose(name))
            self.buttons[one.name] = button
            self._flow.addWidget(button)
        first = next(iter(self.buttons.values()), None)
        if first is not None:
            self.setFocusProxy(first)
        self._host.updateGeometry()

    def choose(self, name: str) -> None:
        """Choose, or take back what is chosen."""
        # The button that was pressed has turned already; a digit comes first.
        button = self.buttons[name]
        if self._read_only:
            button.setChecked(True)
            return
        self.given.emit(name if button.isChecked() else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit chooses."""
        name = self._keys.get(event.text(), "")
        if name and not self._read_only:
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
        self._read_only = False
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
        offered = tuple((one.name, one.words) for one in question.choices)
        self._chosen = list(question.chosen)
        if offered != self._shown:
            self._shown = offered
            with self.unseen(self._host):
                self._fill(offered)
        for name, option in self.options.items():
            option.setAutoExclusive(False)
            option.setChecked(name in self._chosen)
            option.setAutoExclusive(not self._several)
            # What is only read stays in full ink where it was chosen.
            option.setEnabled(not question.read_only or name in self._chosen)
        self._read_only = question.read_only

    def _fill(self, offered: tuple[tuple[str, str], ...]) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.options = {}
        for name, label in offered:
            kind = CheckBox if self._several else Radio
            option = kind(self.theme, label, parent=self._host)
            option.clicked.connect(lambda _on=False, name=name: self._choose(name))
            self.options[name] = option
            self._rows.addWidget(option)
        first = next(iter(self.options.values()), None)
        if first is not None:
            self.setFocusProxy(first)

    def _choose(self, name: str) -> None:
        if self._read_only:
            self.options[name].setChecked(True)
            return
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
