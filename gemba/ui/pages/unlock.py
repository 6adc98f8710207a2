"""The passphrase page: one field, one sentence; nothing of the data is read before it opens."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from gemba.ui.widgets import Button, CheckBox, Column, Label, ScrollPage
from gemba.ui.widgets.frame import LineField

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

_WIDTH = 420


class PassphraseField(LineField):
    """A line that hides what is typed until "Show" is pressed, and says when Caps Lock is on."""

    def __init__(self, theme: Theme, label: str, *, parent: QWidget | None = None) -> None:
        super().__init__(theme, label, parent=parent)
        hints = Qt.InputMethodHint
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setInputMethodHints(
            hints.ImhSensitiveData | hints.ImhNoPredictiveText | hints.ImhNoAutoUppercase
        )
        self.line.installEventFilter(self)
        self.show_it = Button(theme, self.tr("Show"), kind="quiet", icon="eye")
        self.show_it.clicked.connect(self._turn)
        self.frame.row.addWidget(self.show_it)
        self.frame.set_sides(theme.px(12), theme.px(2), 0, 0)
        self.caps = Label(theme, self.tr("Caps Lock is on."), step="small", tone="watch")
        self.caps.hide()
        self._column.addWidget(self.caps)

    def text(self) -> str:
        """What was typed."""
        return self.line.text()

    def empty(self) -> None:
        """Take what was typed away, and hide the next that is."""
        self.line.clear()
        self._show(False)
        self.caps.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at each letter for Caps Lock; Qt itself does not tell."""
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and watched is self.line:
            on = caps_lock(event)  # type: ignore[arg-type]
            if on is not None:
                self.caps.setVisible(on)
        return super().eventFilter(watched, event)

    def _turn(self) -> None:
        self._show(self.line.echoMode() == QLineEdit.EchoMode.Password)
        self.line.setFocus()

    def _show(self, shown: bool) -> None:
        echo = QLineEdit.EchoMode
        self.line.setEchoMode(echo.Normal if shown else echo.Password)
        self.show_it.setText(self.tr("Hide") if shown else self.tr("Show"))


def caps_lock(event: QKeyEvent) -> bool | None:
    """Tell from a key whether Caps Lock is on; None where it does not show."""
    letter = event.text()
    if event.key() == Qt.Key.Key_CapsLock:
        # Whether it went on or off shows with the next letter.
        return False
    if len(letter) != 1 or letter.upper() == letter.lower():
        return None
    shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    return letter.isupper() != shifted


class UnlockPage(QWidget):
    """Asks for the passphrase, and shows how far slow work on a closed folder has come.

    `asked` hands over what was typed; the field is empty from then on. Where the system has a
    keyring, `keep` can be chosen, so that it is not asked for at the next start.
    """

    asked = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        page = ScrollPage(theme)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(page)
        column = Column(theme, width=_WIDTH, centred=True, gap=8)
        page.body.addStretch(2)
        page.add(column)
        page.body.addStretch(3)
        self.title = Label(theme, self.tr("Gemba is locked"), step="title")
        self.told = Label(theme, self.tr("Type your passphrase to open your data."))
        column.add(self.title)
        column.space(theme.px(8))
        column.add(self.told)
        column.space(theme.px(8))
        self.field = PassphraseField(theme, self.tr("Passphrase"))
        self.field.entered.connect(self._ask)
        self.field.edited.connect(lambda: self.field.say(""))
        column.add(self.field)
        column.space(theme.px(8))
        self.keep = CheckBox(theme, self.tr("Open without asking at the next start"))
        self.keep.hide()
        self.kept_where = Label(
            theme,
            self.tr(
                "The keyring of this computer keeps the passphrase. Whoever is signed in as you "
                "can then open Gemba; when it locks while you are away, it still asks."
            ),
            step="small",
            tone="ink_soft",
        )
        self.kept_where.hide()
        self.keep.toggled.connect(self.kept_where.setVisible)
        column.add(self.keep)
        column.add(self.kept_where)
        column.space(theme.px(8))
        row = QHBoxLayout()
        self.open = Button(theme, self.tr("Open"), kind="primary", icon="lock-open")
        self.open.clicked.connect(self._ask)
        self.stop = Button(theme, self.tr("Stop"))
        self.stop.hide()
        row.addWidget(self.open)
        row.addWidget(self.stop)
        row.addStretch(1)
        column.body.addLayout(row)
        self.setFocusProxy(self.field)

    @property
    def untouched(self) -> bool:
        """Whether nothing was typed yet and nothing is being tried."""
        return self.open.isEnabled() and not self.field.text()

    def offer_keeping(self, kept: bool) -> None:
        """Offer to have the keyring keep the passphrase; ``kept`` tells that it does."""
        if self.field.isVisible():
            self.keep.setChecked(kept)
            self.keep.show()

    def page_title(self) -> str:
        """The window's title says nothing of the data."""
        return ""

    def _ask(self) -> None:
        if not self.open.isEnabled():
            return
        typed = self.field.text()
        if not typed:
            self.refuse(self.tr("Type your passphrase."))
            return
        self.work(True)
        self.field.empty()
        self.asked.emit(typed)

    def work(self, on: bool) -> None:
        """Take no keys while a passphrase is tried."""
        self.field.setEnabled(not on)
        self.open.setEnabled(not on)
        self.open.setText(self.tr("Opening") if on else self.tr("Open"))
        if not on:
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, sentence: str) -> None:
        """Say beside the field why it did not open, and take the next try."""
        self.work(False)
        self.field.say(sentence)

    def show_work(self, title: str, told: str, stop: Callable[[], None] | None) -> None:
        """Show slow work in the place of the question; `stop` is offered where there is one."""
        self.title.setText(title)
        self.told.setText(told)
        self.field.hide()
        self.keep.hide()
        self.kept_where.hide()
        self.open.hide()
        self.stop.setVisible(stop is not None)
        if stop is not None:
            self.stop.clicked.connect(stop)
            self.stop.setFocus()

    def show_progress(self, told: str) -> None:
        """Say how far it is."""
        self.told.setText(told)
