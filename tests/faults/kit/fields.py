"""Every field of a page that takes a text: found by itself, so that a new one is not missed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtWidgets import QApplication, QLineEdit, QTextEdit, QWidget

from gemba.ui.figures.outline import LineEditor
from gemba.ui.pages.unlock import PassphraseField
from gemba.ui.widgets import DateField, Field, PlainEdit, TimeField
from gemba.ui.widgets.box_text import BoxText
from gemba.ui.within import within

_KINDS: Final = {
    PassphraseField: "a passphrase, which nothing may keep",
    DateField: "a day, and says so of anything else",
    TimeField: "a time of day, and says so of anything else",
    BoxText: "the box of a sheet, which is written in apart",
}
EXCUSED: Final[dict[str, str]] = {
    "history: Which words?": "looks for something",
    "learner: Which words?": "looks for something",
    "timeline: Which words?": "looks for something",
    "sheets: Which sheet?": "looks for something",
    "erase: ": "what is asked before erasing is kept nowhere",
    "second: Aim, minutes and seconds": "a time, and says so of anything else",
    "second: Where it is now, minutes and seconds": "a time, and says so of anything else",
    "second: Obstacle, minutes and seconds": "a time, and says so of anything else",
    "second: Next step, minutes and seconds": "a time, and says so of anything else",
    "second: When we look, minutes and seconds": "a time, and says so of anything else",
    **{
        f"build: {name}": "a piece of the form as it is read, which takes what fits alone"
        for name in (
            "Languages, with a comma between",
            "How many wait?",
            "How many times",
            "From",
            "To",
            "In steps of",
            "At least",
            "At most",
            "What is taken, as a formula",
            "What is said otherwise",
            "Which value",
            "When, as a formula",
            "Worked out by the formula",
            "Counts as the score",
        )
    },
    "fill: How many wait?": "a number, and says so of anything else",
    "figure: Planned": "a day, and says so of anything else",
    "figure: Started": "a day, and says so of anything else",
    "figure: Finished": "a day, and says so of anything else",
    "figure: Review": "a day, and says so of anything else",
    "fill: Note": "asked after one answer alone, in the same editor as any answer in words",
    "figure: Words": "asked at a point of the drawing; typed in the tests of figures",
}
"""Fields that keep nothing of a text, each with the reason; by the first word of their page."""

TITLED: Final = ("sheet boxes: Name of the box",)
"""Fields that are called after what was typed in them before."""

CLOSED: Final = frozenset(
    {
        "routines",
        "people",
        "people one",
        "question log",
        "fill",
        "fill open",
        "build form",
        "build form one",
        "figure pair",
        "figure sketch",
    }
)
"""Places where a part that is hidden has nothing to write about; another place opens it."""
_LATER: Final = frozenset(
    {
        "walk: Who was called?",
        "walk: What was made safe, and how?",
        "sheet about: Why, in one sentence",
    }
)
"""The same for single fields."""


@dataclass(frozen=True, slots=True)
class OneField:
    """One line or several to paste a text into."""

    editor: QLineEdit | QTextEdit

    @property
    def name(self) -> str:
        """What a screen reader says of it."""
        return self.editor.accessibleName()

    @property
    def kind(self) -> str:
        """How it alters what is pasted into it: line, lines, or cells of a figure."""
        if isinstance(self.editor, QLineEdit):
            return "line"
        cells = isinstance(self.editor, LineEditor) or getattr(self.editor, "takes_cells", None)
        return "cells" if cells else "lines"

    def excused(self, page: str) -> str:
        """Return why nothing is typed here, or nothing."""
        around: QWidget | None = self.editor
        for _ in range(3):
            for kind, why in _KINDS.items():
                if isinstance(around, kind):
                    return why
            around = around.parentWidget() if around is not None else None
        return EXCUSED.get(self.excuse(page), "")

    def excuse(self, page: str) -> str:
        """Return under which name it is among the written reasons, or nothing."""
        known = self.known_as(page)
        return next((name for name in EXCUSED if known.startswith(name)), "")

    def known_as(self, page: str) -> str:
        """Return its name beside the first word of its page."""
        return f"{page.split()[0]}: {self.name}"

    def unfold(self, page: str, shown: QWidget) -> None:
        """Show the part of a page in which it lies, as the click that leads to it does."""
        if page in CLOSED or f"{page}: {self.name}" in _LATER:
            return
        around: QWidget | None = self.editor
        while around is not None and around is not shown:
            if around.isHidden():
                around.show()
            around = around.parentWidget()

    def can_be_written(self) -> bool:
        """Whether somebody can type here now."""
        return self.editor.isVisible() and self.editor.isEnabled() and not self.editor.isReadOnly()

    def text(self) -> str:
        """What stands there."""
        if isinstance(self.editor, PlainEdit):
            return self.editor.text()
        assert isinstance(self.editor, QLineEdit)
        frame = self.editor.parentWidget()
        whole = frame.parentWidget() if frame is not None else None
        return whole.text() if isinstance(whole, Field) else self.editor.text()

    def paste(self, text: str) -> None:
        """Put a text in place of what stands there, as a person does."""
        self.editor.setFocus()
        self.editor.selectAll()
        QApplication.clipboard().setText(text)
        self.editor.paste()


def fields_of(shown: QWidget) -> list[OneField]:
    """Return every field inside a page, also those that a click would show."""
    found: list[QLineEdit | QTextEdit] = [*within(shown, QLineEdit), *within(shown, QTextEdit)]
    return [OneField(one) for one in found]
