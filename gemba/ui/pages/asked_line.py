"""The line in which a coach notes what was asked: one question a line, told quietly how it is put.

What is half written is a draft, the same on every page that has this line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Signal

from gemba.domain.errors import BadInput, GembaError
from gemba.ui.autosave import Autosave
from gemba.ui.pages.question_words import question_note
from gemba.ui.widgets import TextField

if TYPE_CHECKING:
    from gemba.services.drafts import Drafts
    from gemba.services.practice import Practice
    from gemba.ui.go import Go
    from gemba.ui.theme import Theme

_DRAFT: Final = "coach.questions"


class AskedLine(TextField):
    """Enter keeps what stands there; `kept` says that it was. ``talk`` is what it was asked in."""

    kept = Signal()

    def __init__(
        self, theme: Theme, *, practice: Practice, drafts: Drafts, go: Go, lines: int = 2
    ) -> None:
        self._words = QCoreApplication.translate("AskedLine", "What you asked, one question a line")
        super().__init__(
            theme,
            self._words,
            question=QCoreApplication.translate("AskedLine", "As you said it, word for word"),
            lines=lines,
            most=6,
            enter_keeps=True,
        )
        self._practice = practice
        self._drafts = drafts
        self._go = go
        self.talk: UUID | None = None
        self._autosave = Autosave(self, self._keep_draft)
        self.entered.connect(self.keep)
        self.edited.connect(self._note)

    def begin(self, talk: UUID | None = None) -> None:
        """Show what was half written; ``talk`` is what it was asked in."""
        self.talk = talk
        self._practice.settle()
        self.set_text(self._drafts.read(_DRAFT).get("words", ""))
        self._note()

    def put_away(self) -> None:
        """Keep what is half written, and show no word of it."""
        self._autosave.leave()
        self.set_text("")
        self._note()

    def keep(self) -> None:
        """Keep the questions, each with how it was put."""
        try:
            self._practice.log(self.text(), self.talk)
        except BadInput:
            self.say(QCoreApplication.translate("AskedLine", "Write down one question first."))
            return
        except GembaError as error:
            self._go.trouble(error)
            return
        self._autosave.drop()
        self._drafts.drop(_DRAFT)
        self.set_text("")
        self._note()
        self.kept.emit()

    def _keep_draft(self, _visit: str) -> None:
        self._drafts.keep(_DRAFT, words=self.text())

    def _note(self) -> None:
        """Say how the last line is put, while it is typed."""
        self.say("")
        lines = [line for line in self.text().splitlines() if line.strip()]
        note = question_note(self._practice.asked_as(lines[-1])) if lines else ""
        self.set_label(f"{self._words}: {note}" if note else self._words)
