"""Saving what is typed: on leaving, soon after the last key, and often enough while typing."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from gemba.services.visit import Desk, Visit
from gemba.ui.within import within

if TYPE_CHECKING:
    from gemba.domain.kinds import Record

AFTER_LAST_KEY = 400
AT_LEAST_EVERY = 5_000
LONGEST_VISIT = 300.0


class Autosave(QObject):
    """Calls ``save`` with the visit's id: 400 ms after the last key, every 5 s, and on leaving.

    A visit lasts from the first change until the field is left or five minutes have passed; the
    journal keeps one row for each. ``save`` reads the field and hands its text to a service.
    """

    def __init__(self, field: QWidget, save: Callable[[str], None]) -> None:
        super().__init__(field)
        self._save = save
        self._desk = Desk()
        self._visit = ""
        self._since = 0.0
        self._pause = self._timer(AFTER_LAST_KEY)
        self._longest = self._timer(AT_LEAST_EVERY)
        self.bind(field)

    def shows(self, *records: Record) -> None:
        """Note which records the fields show now, as they were read.

        What is typed is compared with them, so that it never overwrites what came from elsewhere.
        """
        self._desk.shows(*records)

    def bind(self, editor: QWidget) -> None:
        """Listen to an editor's ``edited`` and ``left``; several may share one record."""
        if not hasattr(editor, "edited"):
            raise TypeError(f"{editor!r} does not say when it was edited")
        editor.edited.connect(self.touch)
        if hasattr(editor, "left"):
            editor.left.connect(self.leave)

    @property
    def visit(self) -> str:
        """The id of the visit under way; a new one after leaving."""
        if not self._visit or monotonic() - self._since > LONGEST_VISIT:
            self._visit = uuid4().hex
            self._since = monotonic()
        return Visit(self._visit, self._desk)

    @property
    def waiting(self) -> bool:
        """Whether something was typed that is not handed over yet."""
        return self._pause.isActive() or self._longest.isActive()

    def touch(self) -> None:
        """Note that something was typed."""
        self._pause.start()
        if not self._longest.isActive():
            self._longest.start()

    def flush(self) -> None:
        """Hand over what waits, now."""
        if not self.waiting:
            return
        self._pause.stop()
        self._longest.stop()
        self._save(self.visit)

    def leave(self) -> None:
        """Hand over what waits and end the visit."""
        self.flush()
        self._visit = ""

    def drop(self) -> None:
        """Forget what waits, because it was handed over in another way."""
        self._pause.stop()
        self._longest.stop()
        self._visit = ""

    def _timer(self, milliseconds: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(self.flush)
        return timer


def hand_over(page: QWidget) -> None:
    """Hand over everything that still waits in the fields of a page."""
    for autosave in within(page, Autosave):
        autosave.leave()
