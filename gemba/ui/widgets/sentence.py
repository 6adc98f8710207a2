"""A sentence with lines to write on in it, in the place of a grid of labelled fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSizePolicy, QWidget

from gemba.ui.widgets.frame import FieldBase
from gemba.ui.widgets.label import Label
from gemba.ui.widgets.layout import FlowLayout

if TYPE_CHECKING:
    from gemba.ui.theme import Theme


class Sentence(QWidget):
    """Words and fields one after the other; it goes on in the next line as a sentence does.

    A field says by its accessible name what it asks for, since no label stands above it.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._flow = FlowLayout(self, gap=theme.px(12))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add_words(self, words: str) -> Label:
        """Go on with words, on one line with the fields beside them."""
        label = Label(self.theme, words, wrap=False, parent=self)
        label.setFixedHeight(self.theme.px(36))
        self._flow.addWidget(label)
        return label

    def add_field(self, field: FieldBase, width: int = 0) -> None:
        """Go on with a line to write on; `width` in pixels at 100 %, 0 for the field's own."""
        field.rule()
        if width:
            field.setFixedWidth(self.theme.px(width))
        self._flow.addWidget(field)

    def add(self, widget: QWidget) -> None:
        """Go on with a choice."""
        self._flow.addWidget(widget)
