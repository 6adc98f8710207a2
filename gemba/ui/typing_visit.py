"""One stay in a line that is being typed in, so that its keys are one step to take back."""

from __future__ import annotations

from uuid import uuid4

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget


class TypingVisit(QObject):
    """Names the stay in whatever line has the focus; leaving the line ends it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._line: QWidget | None = None
        self._name = ""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._moved)

    def name(self) -> str:
        """Return the name of the stay, or nothing where no line is being typed in."""
        line = QApplication.focusWidget()
        if not isinstance(line, QLineEdit | QTextEdit | QPlainTextEdit):
            return ""
        if line is not self._line or not self._name:
            self._line, self._name = line, uuid4().hex
        return self._name

    def end(self) -> None:
        """Begin another stay with the next key, as after a step back."""
        self._line, self._name = None, ""

    def _moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not self._line:
            self.end()
