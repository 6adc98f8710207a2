"""A door: one of the few ways to begin, with room to be hit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from gemba.ui.widgets.base import RADIUS, Control, Ring, box, draw_icon, draw_words
from gemba.ui.widgets.row_paint import RowState, corners, row_ground

if TYPE_CHECKING:
    from gemba.ui.theme import Theme


class Door(Control):
    """An icon, what is done behind it, and one sentence about it. `clicked` opens it."""

    def __init__(
        self, theme: Theme, icon: str, words: str, sentence: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, words, parent)
        self.glyph = icon
        self.sentence = sentence
        self.first = self.last = True
        self.setAccessibleDescription(sentence)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def ring(self) -> Ring | None:
        """None: a door draws its ring inside itself."""
        return None

    def sizeHint(self) -> QSize:
        """As wide as it is given."""
        return QSize(self.theme.px(480), self.theme.px(83))

    def minimumSizeHint(self) -> QSize:
        """Its sentence is cut where there is little room."""
        return QSize(self.theme.px(200), self.theme.px(83))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground, the icon and the two lines."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, px = self.theme, self.theme.px
        focus = self.keyed()
        state = RowState(hover=self.hot() or self.isDown(), focus=focus)
        ground = row_ground(theme, state) or theme.surface
        area = QRectF(self.rect())
        painter.fillPath(corners(area, px(RADIUS), self.first, self.last), ground)
        if not self.first:
            painter.fillRect(0, 0, self.width(), 1, theme.line)
        if focus:
            box(painter, area, px(RADIUS), None, theme.accent, px(2))
        flip = self.mirrored()
        left = self.width() - px(24) - px(28) if flip else px(24)
        draw_icon(painter, theme, self.glyph, "ink", QRectF(left, 0, px(28), self.height()), 28)
        width = self.width() - px(76) - px(24)
        x = px(24) if flip else px(76)
        side = Qt.AlignmentFlag.AlignRight if flip else Qt.AlignmentFlag.AlignLeft
        line = theme.line_height("text")
        top = (self.height() - 2 * line) // 2
        first = QRect(x, top, width, line)
        draw_words(painter, first, self.text(), theme.font("strong"), theme.ink, align=side)
        second = QRect(x, top + line, width, line)
        draw_words(painter, second, self.sentence, theme.font(), theme.ink_soft, align=side)
        painter.end()


class Doors(QWidget):
    """Doors below each other on one surface."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._doors: list[Door] = []

    def add(self, door: Door) -> Door:
        """Put one more door at the end."""
        door.first = not self._doors
        if self._doors:
            self._doors[-1].last = False
        self._doors.append(door)
        self._column.addWidget(door)
        return door
