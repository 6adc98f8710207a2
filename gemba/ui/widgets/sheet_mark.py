"""Beads in the margin of a box: a question about its words, or how many a coach asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gemba.ui.widgets.base import Control, Ring, draw_words, width_of

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

LEAST, MOST, READABLE = 8, 18, 12
"""Pixels across: what can still be seen, what is enough, and from where on a letter is read."""


class SheetMark(Control):
    """`attended` while the pointer or the focus is on it; `clicked` by either, `left` by Esc.

    It lies on paper, which is white in both themes. A ``full`` one is filled; one that is a
    ``stop`` is reached by Tab.
    """

    attended = Signal(bool)
    left = Signal()

    def __init__(
        self,
        theme: Theme,
        letter: str,
        words: str,
        parent: QWidget,
        *,
        full: bool = False,
        stop: bool = False,
    ) -> None:
        super().__init__(theme, words, parent)
        self.letter = letter
        self.full = full
        policy = Qt.FocusPolicy
        self.setFocusPolicy(policy.StrongFocus if stop else policy.ClickFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def lie(self, centre: QPoint, across: int) -> None:
        """Lie round a point, so many pixels across."""
        side = min(max(across, LEAST), self.theme.px(MOST))
        self.setGeometry(centre.x() - side // 2, centre.y() - side // 2, side, side)

    def ring(self) -> Ring | None:
        """Close round the bead where keys brought the focus."""
        if not self.keyed():
            return None
        return Ring(self.rect(), 1, self.width() // 2)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Tell that the pointer is on it."""
        super().enterEvent(event)
        self.attended.emit(True)

    def leaveEvent(self, event: QEvent) -> None:
        """Tell that it has gone."""
        super().leaveEvent(event)
        self.attended.emit(False)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that keys brought the focus."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.attended.emit(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves it."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the focus has gone."""
        super().focusOutEvent(event)
        self.attended.emit(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bead, and its letter where there is room."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self.theme
        tone = (
            theme.paper_accent if self.full or self.hot() or self.hasFocus() else theme.paper_soft
        )
        painter.setPen(QPen(tone, 1.3))
        painter.setBrush(tone if self.full else theme.paper)
        painter.drawEllipse(QRectF(self.rect()).adjusted(0.8, 0.8, -0.8, -0.8))
        if self.width() >= READABLE:
            font = theme.font("small_strong")
            font.setPixelSize(round(self.width() * 0.68))
            painter.setFont(font)
            painter.setPen(theme.paper if self.full else tone)
            painter.drawText(
                QRect(0, 0, self.width(), self.height()), Qt.AlignmentFlag.AlignCenter, self.letter
            )
        painter.end()


class QuestionLine(Control):
    """One line in the head of the box that is written in: what is asked about its sentence."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, "", parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()

    def ask(self, words: str, left: int, top: int, wide: int) -> None:
        """Show a question in so many pixels; cut ones are told whole by the tooltip."""
        font, high = self.theme.font("small"), self.theme.px(18)
        self.setFont(font)
        self.setText(words)
        self.setToolTip(self.tr("{question} (F8)").format(question=words))
        self.setGeometry(left, top, min(wide, width_of(words, font) + self.theme.px(8)), high)
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the words on paper of their own."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.paper)
        tone = self.theme.paper_accent if self.hot() else self.theme.paper_soft
        inner = self.rect().adjusted(self.theme.px(2), 0, -self.theme.px(2), 0)
        draw_words(painter, inner, self.text(), self.font(), tone)
        painter.end()
