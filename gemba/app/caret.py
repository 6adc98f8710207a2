"""Where in a page the caret stands, told so that it can be found again in a new window."""

from __future__ import annotations

from hashlib import sha256
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QTextEdit, QWidget

Editor = QTextEdit | QLineEdit


class Spot(NamedTuple):
    """A field by its place among the fields of a page, and the caret's place in its text.

    ``name`` is a digest of what assistive technology calls the field: where another one stands at
    that place now, there is nothing to return to. It lies in a plain file, and a field may be
    called after a person.
    """

    field: int
    name: str
    caret: int


def spot_in(page: QWidget) -> Spot | None:
    """Return where the caret stands in a page, None when it stands in no field of it."""
    inside = QApplication.focusWidget()
    if not isinstance(inside, Editor) or not page.isAncestorOf(inside):
        return None
    for place, editor in enumerate(_editors(page)):
        if editor is inside:
            return Spot(place, _name(editor), _caret(editor))
    return None


def return_to(page: QWidget, spot: Spot) -> bool:
    """Put the caret back; tell whether the field was found."""
    editors = _editors(page)
    if not 0 <= spot.field < len(editors):
        return False
    editor = editors[spot.field]
    if _name(editor) != spot.name:
        return False
    editor.setFocus(Qt.FocusReason.OtherFocusReason)
    if isinstance(editor, QLineEdit):
        editor.setCursorPosition(min(spot.caret, len(editor.text())))
    else:
        cursor = editor.textCursor()
        cursor.setPosition(max(0, min(spot.caret, editor.document().characterCount() - 1)))
        editor.setTextCursor(cursor)
    return True


def _editors(page: QWidget) -> list[Editor]:
    """Return the fields that can be seen on a page, in the order they were made."""
    found: list[Editor] = []
    for child in page.children():
        # Nothing inside what is hidden can be seen: most of a page of many parts is passed over.
        if not isinstance(child, QWidget) or child.isHidden() or child.isWindow():
            continue
        if isinstance(child, QTextEdit | QLineEdit):
            found.append(child)
        else:
            found += _editors(child)
    return found


def _name(editor: Editor) -> str:
    return sha256(editor.accessibleName().encode("utf-8", "replace")).hexdigest()[:16]


def _caret(editor: Editor) -> int:
    if isinstance(editor, QLineEdit):
        return editor.cursorPosition()
    return editor.textCursor().position()
