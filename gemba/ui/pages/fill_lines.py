"""What is filled in under an answer, line by line: by when, how sure, who."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.ui.autosave import Autosave
from gemba.ui.widgets import Field

if TYPE_CHECKING:
    from gemba.domain.kinds import Record
    from gemba.ui.theme import Theme


class FillLines(QWidget):
    """A field for each label; ``past`` says that Enter was pressed in the last one.

    ``save`` is given which line, its words and the visit.
    """

    past = Signal()

    def __init__(
        self,
        theme: Theme,
        labels: Sequence[str],
        texts: Sequence[str],
        save: Callable[[int, str, str], None],
        record: Record,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(16), 0, 0)
        column.setSpacing(theme.px(16))
        self.fields: list[Field] = []
        for place, (label, text) in enumerate(zip(labels, texts, strict=True)):
            field = Field(theme, label)
            field.set_text(text)
            field.entered.connect(partial(self._past, place))
            Autosave(field, partial(self._save, save, place)).shows(record)
            column.addWidget(field)
            self.fields.append(field)

    def begin(self) -> None:
        """Put the caret in the first line."""
        self.fields[0].line.setFocus(Qt.FocusReason.TabFocusReason)

    def _save(self, save: Callable[[int, str, str], None], place: int, visit: str) -> None:
        save(place, self.fields[place].text(), visit)

    def _past(self, place: int) -> None:
        if place + 1 < len(self.fields):
            self.fields[place + 1].line.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.past.emit()
