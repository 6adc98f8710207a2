"""A word that can be pressed, without ground or edge, as high as a finger needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gemba.ui.widgets.base import RADIUS, Control, box, draw_words, width_of

if TYPE_CHECKING:
    from gemba.ui.theme import Theme


class WordButton(Control):
    """Soft words; the chosen one stands out in strong ink. `clicked` says that it was pressed."""

    def __init__(
        self,
        theme: Theme,
        words: str,
        *,
        checkable: bool = False,
        high: int = 48,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, words, parent)
        self._high = high
        self.setCheckable(checkable)

    def sizeHint(self) -> QSize:
        """As wide as its words in strong letters, so that choosing moves nothing."""
        px = self.theme.px
        return QSize(width_of(self.text(), self.theme.font("strong")) + px(16), px(self._high))

    def minimumSizeHint(self) -> QSize:
        """Its words are cut where there is little room."""
        return QSize(min(self.sizeHint().width(), self.theme.px(64)), self.theme.px(self._high))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the words, on a soft ground under the pointer."""
        painter = QPainter(self)
        theme = self.theme
        if self.hot() or self.isDown():
            inset = max(0, (self.height() - theme.px(36)) // 2)
            ground = QRectF(self.rect()).adjusted(0, inset, 0, -inset)
            box(painter, ground, theme.px(RADIUS), theme.accent_soft)
        font = theme.font("strong" if self.isChecked() else "text")
        ink = theme.ink if self.isChecked() else theme.ink_soft
        middle = Qt.AlignmentFlag.AlignHCenter
        draw_words(painter, self.rect(), self.text(), font, ink, align=middle)
        painter.end()
