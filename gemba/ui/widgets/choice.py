"""A button that shows what was chosen from a menu, as the filters of a list do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QActionGroup, QColor
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from gemba.ui.widgets.button import Button, Kind

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

_LONGEST = 32
_COLUMNS_HOLD = 60


class Choice(Button):
    """One of several; `chosen` hands on the key of what was chosen by the user.

    ``name`` says what is chosen, for assistive technology; a secondary one stays filled while
    anything but the first option is chosen.
    """

    chosen = Signal(object)

    def __init__(
        self, theme: Theme, name: str, *, kind: Kind = "secondary", parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, "", kind=kind, parent=parent)
        self._name = name
        self._options: list[tuple[str, str]] = []
        self._key = ""
        self._entries = QMenu(self)
        self._group = QActionGroup(self)
        self.set_menu(self._entries)

    @property
    def value(self) -> str:
        """The key of what is chosen."""
        return self._key

    def options(self) -> list[tuple[str, str]]:
        """The keys and words there are to choose from."""
        return list(self._options)

    def set_options(self, options: Sequence[tuple[str, str]], value: str) -> str:
        """Offer pairs of key and words and return what is chosen: the first if that is gone."""
        if list(options) != self._options:
            self._options = list(options)
            self._entries.clear()
            self._group = QActionGroup(self)
            # Else Qt sets the entries in columns, more of them than a screen has room for.
            many = len(options) > _COLUMNS_HOLD
            self._entries.setProperty("long", many)
            self._entries.style().polish(self._entries)
            QApplication.sendEvent(self._entries, QEvent(QEvent.Type.StyleChange))
            for key, words in options:
                # An & is no mark for a key.
                entry = self._entries.addAction(words.replace("&", "&&"))
                entry.setCheckable(True)
                entry.setData(key)
                self._group.addAction(entry)
                entry.triggered.connect(lambda _on=False, key=key: self._choose(key))
        known = [key for key, _words in options]
        self._show(value if value in known else known[0])
        return self._key

    def set_value(self, key: str) -> None:
        """Show another choice; nothing is sent."""
        if any(key == known for known, _words in self._options):
            self._show(key)

    def _choose(self, key: str) -> None:
        self._show(key)
        self.chosen.emit(key)

    def _show(self, key: str) -> None:
        self._key = key
        words = next(words for known, words in self._options if known == key)
        for entry in self._entries.actions():
            entry.setChecked(entry.data() == key)
        short = words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"
        self.setToolTip(words if short != words else "")
        self.setText(short)
        self.setAccessibleName(f"{self._name}: {words}")
        self.updateGeometry()
        self.update()

    def _ground(self) -> tuple[QColor | None, QColor | None]:
        first = not self._options or self._key == self._options[0][0]
        if self.kind == "secondary" and not first and not self.isDown():
            return self.theme.accent_soft, self.theme.accent
        return super()._ground()
