"""One part of a rubric as a row: its name, and a square for each mark, filled to its height."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gemba.ui.widgets.base import Control, box, draw_words

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

_SQUARE = 14
_GAP = 4
_APART = 20
_MOST = 3


class CoverageRow(Control):
    """`clicked` asks to open the part. A mark of None was not given yet.

    Squares say it by height and not by colour: an empty one for 0, a full one for 3, a dotted one
    for a mark that was not given.
    """

    def __init__(
        self,
        theme: Theme,
        words: str,
        marks: tuple[tuple[int | None, ...], ...],
        spoken: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, words, parent)
        self.marks = marks
        self.setAccessibleName(spoken)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_marks(self, marks: tuple[tuple[int | None, ...], ...], spoken: str) -> None:
        """Show other marks."""
        self.marks = marks
        self.setAccessibleName(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        """As high as a row that can be clicked."""
        return QSize(self.theme.px(320), self.theme.px(36))

    def minimumSizeHint(self) -> QSize:
        """Its words are cut where there is little room."""
        return QSize(self.theme.px(200), self.theme.px(36))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, like a click."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the name and the squares of each reviewer."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px = self.theme.px
        if self.hot() or self.isDown():
            ground = self.theme.accent_soft if self.isDown() else self.theme.hover
            box(painter, QRectF(self.rect()), px(6), ground)
        side, gap, apart = px(_SQUARE), px(_GAP), px(_APART)
        wide = sum(len(row) * (side + gap) + apart for row in self.marks)
        mirrored = self.mirrored()
        room = self.width() - wide
        words = QRect(wide if mirrored else px(4), 0, room - px(4), self.height())
        far = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        font = self.theme.font("text")
        draw_words(painter, words, self.text(), font, self._ink(), align=far)
        x = 0.0 if mirrored else float(room)
        top = (self.height() - side) / 2
        for row in self.marks:
            x += apart
            for mark in row:
                self._square(painter, QRectF(x + 0.5, top + 0.5, side - 1, side - 1), mark)
                x += side + gap
        painter.end()

    def _ink(self) -> QColor:
        return self.theme.ink if self.isEnabled() else self.theme.ink_soft

    def _square(self, painter: QPainter, square: QRectF, mark: int | None) -> None:
        edge = self.theme.ink_soft if mark is None else self._ink()
        pen = QPen(edge, self.theme.px(1))
        if mark is None:
            pen.setStyle(Qt.PenStyle.DotLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(square)
        if mark:
            share = min(mark, _MOST) / _MOST
            filled = QRectF(square)
            filled.setTop(square.bottom() - square.height() * share)
            painter.fillRect(filled, self._ink())
