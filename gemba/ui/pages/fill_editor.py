"""What every way to answer a question has in common, whatever it is given in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from gemba.domain.form_view import FormQuestion

if TYPE_CHECKING:
    from gemba.ui.tasks import Tasks
    from gemba.ui.theme import Theme
    from gemba.ui.widgets.photos import Source


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

    given = Signal(object)
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

    @contextmanager
    def unseen(self, host: QWidget) -> Iterator[None]:
        """Hide what is made anew while it is: each part shown by itself lays out the whole page."""
        inside = QApplication.focusWidget()
        held = inside is not None and host.isAncestorOf(inside)
        host.hide()
        try:
            yield
        finally:
            host.show()
            if held:
                self.hold()

    def hold(self) -> None:
        """Take the focus."""
        held = self.focusProxy()
        (held if isinstance(held, QWidget) else self).setFocus(Qt.FocusReason.TabFocusReason)
