"""Every word a page says: what it shows, and what a screen reader is told."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton, QLineEdit, QTextEdit, QWidget

from gemba.ui.widgets import Label, Row
from gemba.ui.within import within


def words_in_sight(page: QWidget) -> str:
    """Return the words of everything in a page that is not hidden, one part a line."""
    said: list[str] = []
    for one in within(page, QWidget):
        if not one.isVisible():
            continue
        if isinstance(one, Row):
            said += [one.words.strong, one.words.small, one.words.age, one.words.lead]
        elif isinstance(one, Label | QAbstractButton | QLineEdit):
            said.append(one.text())
        elif isinstance(one, QTextEdit):
            said.append(one.toPlainText())
        said += [one.accessibleName(), one.accessibleDescription(), one.toolTip()]
    return "\n".join(part for part in said if part)
