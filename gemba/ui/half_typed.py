"""What stands in fields that become something only with a button: kept until it has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from gemba.ui.autosave import Autosave
from gemba.ui.widgets.field import Field
from gemba.ui.widgets.frame import LineField
from gemba.ui.widgets.text import TextField

if TYPE_CHECKING:
    from gemba.services.drafts import Drafts

AnyField = TextField | LineField


class HalfTyped(QObject):
    """Keeps the fields of a form as they are typed, and puts them back at the next visit.

    Only what differs from the words a field was shown with is kept, so that a form nobody wrote
    in leaves nothing behind.
    """

    def __init__(self, host: QWidget, drafts: Drafts, fields: Mapping[str, AnyField]) -> None:
        super().__init__(host)
        self._drafts = drafts
        self._fields = dict(fields)
        self._given: dict[str, str] = {}
        self._name = ""
        self._saves = [Autosave(one, lambda _visit: self.keep()) for one in fields.values()]

    def begin(self, name: str) -> bool:
        """Take the fields as they stand for the form ``name``, and put back what was typed.

        A form without a name is only shown, and nothing is kept of it.
        """
        self._drop_waiting()
        self._name = name
        self._given = {key: text_in(field) for key, field in self._fields.items()}
        left = self._drafts.read(name) if name else {}
        for key, field in self._fields.items():
            if key in left:
                _put(field, left[key])
        return bool(left)

    def keep(self) -> None:
        """Keep what stands in the fields now."""
        if self._name:
            texts = {key: text_in(field) for key, field in self._fields.items()}
            typed = {key: text for key, text in texts.items() if text != self._given.get(key)}
            if typed or self._drafts.read(self._name):
                self._drafts.keep(self._name, **typed)

    def took(self, *keys: str) -> None:
        """Forget what was typed into some of the fields, because it was taken over from there."""
        self._given |= {key: text_in(self._fields[key]) for key in keys}
        self.keep()

    def done(self) -> None:
        """Forget what was typed, because it has become what it was typed for."""
        self._drop_waiting()
        if self._name and self._drafts.read(self._name):
            self._drafts.drop(self._name)
        self._given = {key: text_in(field) for key, field in self._fields.items()}

    def _drop_waiting(self) -> None:
        for one in self._saves:
            one.drop()


def text_in(field: AnyField) -> str:
    """Return what stands in a field, whatever it reads from that."""
    return field.text() if isinstance(field, TextField | Field) else field.line.text()


def _put(field: AnyField, text: str) -> None:
    """Show a text as one that somebody has typed, not as one that was given."""
    if isinstance(field, TextField):
        field.set_text(text)
        field.edit.document().setModified(True)
    else:
        field.line.setText(text)
        field.line.setCursorPosition(0)
