"""One thing that did not go as planned, and why in one line: a quiet button until it is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.ui.autosave import Autosave
from gemba.ui.widgets import Button, Field, Notice

if TYPE_CHECKING:
    from gemba.services.drafts import Drafts
    from gemba.ui.theme import Theme


class GiveReason(QWidget):
    """`given` hands on the reason; `taken_back` says that it holds no longer.

    ``begin`` is on the quiet button, ``ask`` above the line and ``keep`` on the button beside it. A
    reason typed and not given yet is kept for the next time.
    """

    given = Signal(object)
    taken_back = Signal()

    def __init__(
        self,
        theme: Theme,
        drafts: Drafts,
        *,
        begin: str,
        ask: str,
        keep: str,
        icon: str = "x",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._drafts = drafts
        self._name = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        self.opener = Button(theme, begin, kind="quiet", icon=icon)
        self.opener.clicked.connect(self._open)
        column.addWidget(self.opener, 0, Qt.AlignmentFlag.AlignLeading)
        self._line = QWidget()
        row = QHBoxLayout(self._line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        self.why = Field(theme, ask)
        self.why.entered.connect(self._give)
        self.why.edited.connect(lambda: self.why.say(""))
        self._saved = Autosave(self.why, lambda _visit: self._keep())
        self.give = Button(theme, keep)
        self.give.clicked.connect(self._give)
        row.addWidget(self.why, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.give, 0, Qt.AlignmentFlag.AlignBottom)
        column.addWidget(self._line)
        self.told = Notice(theme, "", kind="plain")
        self.told.acted.connect(self.taken_back)
        column.addWidget(self.told)

    def ask_for(self, name: str) -> None:
        """Offer to give a reason; ``name`` is what a half-typed one is kept under."""
        if name != self._name:
            self._name = name
            self.why.set_text(self._drafts.read(name).get("why", ""))
            self.why.say("")
        half = bool(self.why.text())
        self.opener.setVisible(not half)
        self._line.setVisible(half)
        self.told.hide()

    def tell(self, sentence: str, action: str) -> None:
        """Say what was given as the reason, and offer to take it back."""
        self.opener.hide()
        self._line.hide()
        self.told.say(sentence, action)
        self.told.show()

    def refuse(self, words: str) -> None:
        """Say what is missing."""
        self.why.say(words)
        self.why.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def done(self) -> None:
        """Forget the words: they are kept where they belong."""
        self._saved.drop()
        self.why.set_text("")
        self._drafts.drop(self._name)

    def _open(self) -> None:
        self.opener.hide()
        self._line.show()
        self.why.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep(self) -> None:
        self._drafts.keep(self._name, why=self.why.text())

    def _give(self) -> None:
        self.given.emit(self.why.text())
