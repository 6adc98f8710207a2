"""A field of one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gemba.ui.widgets.base import draw_icon
from gemba.ui.widgets.frame import LineField

if TYPE_CHECKING:
    from gemba.ui.theme import Theme


class Glyph(QWidget):
    """An icon that only stands there."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.name = name
        self.setFixedSize(theme.px(20), theme.px(20))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the icon in soft ink."""
        painter = QPainter(self)
        draw_icon(painter, self.theme, self.name, "ink_soft", QRectF(self.rect()))
        painter.end()


class Field(LineField):
    """One line of text, handed back exactly as it was given unless the user changed it."""

    def __init__(
        self,
        theme: Theme,
        label: str,
        *,
        question: str = "",
        icon: str = "",
        big: bool = False,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, label, question=question, big=big, name=name, parent=parent)
        self._given = ""
        self._shown = ""
        if icon:
            self.frame.row.insertWidget(0, Glyph(theme, icon, self.frame))

    def set_text(self, text: str) -> None:
        """Show a text; `edited` is not sent."""
        self._given = text
        self.line.setText(text)
        self._shown = self.line.text()
        self.line.setCursorPosition(0)

    def text(self) -> str:
        """The text given, or what the user made of it."""
        shown = self.line.text()
        return self._given if shown == self._shown else shown

    def changed(self) -> bool:
        """Whether the user has changed the text since it was given."""
        return self.line.text() != self._shown
