"""Words of a form on the page: bold and italic where its author set them, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QTextCharFormat, QTextLayout

from gemba.domain.form_words import runs_of
from gemba.domain.prose import Run
from gemba.ui.theme import FAMILY, Step, Token
from gemba.ui.widgets.label import Label, paragraph

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from gemba.ui.theme import Theme


class FormText(Label):
    """A label of a form; its marks are read by the one reader that paper uses too."""

    def __init__(
        self,
        theme: Theme,
        words: str = "",
        *,
        step: Step = "text",
        tone: Token = "ink",
        parent: QWidget | None = None,
    ) -> None:
        self._runs: tuple[Run, ...] = ()
        self._said = ""
        super().__init__(theme, "", step=step, tone=tone, parent=parent)
        self.set_words(words)

    def set_words(self, words: str) -> None:
        """Show a label as its author wrote it."""
        if words == self._said:
            return
        self._said = words
        self._runs = runs_of(words)
        self.setText("".join(run.text for run in self._runs))

    def _lay(self, width: int) -> tuple[QTextLayout, int, float]:
        words = self.text()
        if self._laid is None or self._laid[:2] != (width, words):
            layout, natural = paragraph(
                self.theme,
                words,
                self.step,
                width,
                self.layoutDirection(),
                self._align(),
                self._formats(),
            )
            self._laid = (width, words, layout, natural)
        layout, natural = self._laid[2:]
        return layout, layout.lineCount(), natural

    def _formats(self) -> list[QTextLayout.FormatRange]:
        """Return the pieces in another cut; places count in UTF-16 units, as Qt does."""
        found: list[QTextLayout.FormatRange] = []
        at = 0
        for run in self._runs:
            length = len(run.text.encode("utf-16-le", "surrogatepass")) // 2
            if run.bold or run.italic:
                font = QFont(self.theme.font(self.step))
                font.setFamily(FAMILY)
                if run.bold:
                    font.setWeight(QFont.Weight.DemiBold)
                font.setItalic(run.italic)
                piece = QTextLayout.FormatRange()
                look = QTextCharFormat()
                look.setFont(font)
                piece.start, piece.length, piece.format = at, length, look
                found.append(piece)
            at += length
        return found
