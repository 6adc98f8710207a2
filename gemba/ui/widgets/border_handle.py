"""The border between two boxes of the sheet: dragged, or moved by keys, in whole millimetres."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QWidget

from gemba.ui.widgets.base import RADIUS, box, draw_words, width_of

if TYPE_CHECKING:
    from gemba.domain.frame import Frame
    from gemba.ui.theme import Theme

STEP_MM, FAR_MM = 1, 5
"""How far an arrow moves a border, and an arrow with Shift."""
SETTLES = 400
"""Milliseconds after the last key until the border stands where keys brought it."""
_REST, _TOLD = 12, 24


@dataclass(frozen=True, slots=True)
class Border:
    """A border as it stands: the box above it, the one below, and the gap between, in mm."""

    box_id: str
    above: str
    below: str
    frame: Frame
    under: float
    between: float


class BorderHandle(QWidget):
    """Lies over a border; `settled` tells the height in mm the box above it is to have.

    ``snap`` turns a wished height into one the box can have. `left` follows Esc, `reached` tells
    the box above the border when keys brought the focus to it, `let_go` the end of a drag.
    """

    settled = Signal(object, float)
    left = Signal()
    reached = Signal(object)
    let_go = Signal()

    def __init__(
        self, theme: Theme, border: Border, snap: Callable[[str, float], float], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.border = border
        self.by_keys = False
        self._snap = snap
        self._to = border.frame.height
        self._scale = 1.0
        self._page = QRect()
        self._grabbed: tuple[float, float] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLES)
        self._timer.timeout.connect(self.settle)
        self.setCursor(Qt.CursorShape.SplitVCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._say()

    def show_border(self, border: Border) -> None:
        """Take over how the border stands now, unless it is being moved."""
        if border == self.border:
            return
        moving = self._to != self.border.frame.height
        self.border = border
        if not moving:
            self._to = border.frame.height
        self._say()
        self.place(self._scale, self._page)

    def offer_keys(self, offered: bool) -> None:
        """Let Tab reach the border, and show it while it can."""
        self.by_keys = offered
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if offered else Qt.FocusPolicy.NoFocus)
        self.update()

    def moving(self) -> bool:
        """Tell whether the border is somewhere else than on the paper just now."""
        return self._to != self.border.frame.height

    def words(self) -> str:
        """Say how high the boxes above and below the border would be."""
        frame = self.border.frame
        rest = self.border.under + frame.height - self._to
        said = self.tr("{above} mm above, {below} mm below")
        return said.format(above=_mm(self._to), below=_mm(rest))

    def _say(self) -> None:
        name = self.tr("Border between {above} and {below}")
        self.setAccessibleName(name.format(above=self.border.above, below=self.border.below))
        self.setAccessibleDescription(self.words())

    def place(self, scale: float, page: QRect) -> None:
        """Lie over the border at a zoom; the page is where the paper lies, in pixels."""
        self._scale, self._page = scale, page
        frame = self.border.frame
        middle = page.y() + (frame.y + self._to + self.border.between / 2) * scale
        told = self._told()
        high = max(self.theme.px(_TOLD if told else _REST), round(self.border.between * scale))
        self.setGeometry(
            round(page.x() + frame.x * scale),
            round(middle - high / 2),
            round(frame.width * scale),
            high,
        )
        if told:
            self.raise_()
        self.update()

    def _told(self) -> bool:
        return self._grabbed is not None or self.hasFocus() or self.moving()

    def _go(self, to: float) -> None:
        self._to = self._snap(self.border.box_id, to)
        self._say()
        self.place(self._scale, self._page)

    def settle(self) -> None:
        """Let the border stand where it was brought."""
        self._timer.stop()
        if self.moving():
            self.settled.emit(self.border.box_id, self._to)

    def back(self) -> None:
        """Let the border stand where it stood."""
        self._timer.stop()
        self._grabbed = None
        self._go(self.border.frame.height)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the border."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._grabbed = (event.globalPosition().y(), self._to)
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.place(self._scale, self._page)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Bring it along, in whole millimetres."""
        if self._grabbed is not None:
            y, began = self._grabbed
            self._go(began + (event.globalPosition().y() - y) / self._scale)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of it where it is."""
        if self._grabbed is not None:
            self._grabbed = None
            self.settle()
            if not self.by_keys:
                self.clearFocus()
                self.let_go.emit()
            self.place(self._scale, self._page)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move it by 1 mm, with Shift by 5; Esc while dragging brings it back."""
        far = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        step = FAR_MM if far else STEP_MM
        match event.key():
            case Qt.Key.Key_Up:
                self._step(-step)
            case Qt.Key.Key_Down:
                self._step(step)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.settle()
            case Qt.Key.Key_Escape if self._grabbed is not None:
                self.back()
            case Qt.Key.Key_Escape:
                self.settle()
                self.left.emit()
            case _:
                super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        self._go(self._to + by)
        self._timer.start()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say how high the boxes are."""
        super().focusInEvent(event)
        self.place(self._scale, self._page)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.reached.emit(self.border.box_id)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Let it stand where keys brought it."""
        super().focusOutEvent(event)
        self.settle()
        self.place(self._scale, self._page)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show the border under the pointer."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Take it away again."""
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the border while it can be moved, and how high the boxes are beside it."""
        told = self._told()
        if not (told or self.by_keys or self.underMouse()):
            return
        painter = QPainter(self)
        theme = self.theme
        thick = theme.px(2) if told else 1
        middle = (self.height() - thick) // 2
        painter.fillRect(0, middle, self.width(), thick, theme.paper_accent)
        if told:
            self._pill(painter, self.words())
        else:
            self._grip(painter)
        painter.end()

    def _grip(self, painter: QPainter) -> None:
        px = self.theme.px
        wide, high = px(28), px(6)
        at = QRectF((self.width() - wide) / 2, (self.height() - high) / 2, wide, high)
        box(painter, at, px(3), self.theme.paper, self.theme.paper_accent)

    def _pill(self, painter: QPainter, words: str) -> None:
        px, small = self.theme.px, self.theme.font("small_strong")
        wide, high = width_of(words, small) + px(16), px(22)
        x, y = max(0, (self.width() - wide) // 2), (self.height() - high) // 2
        box(painter, QRectF(x, y, wide, high), px(RADIUS), self.theme.paper_accent)
        inner = QRect(x + px(8), y, wide - px(16), high)
        draw_words(painter, inner, words, small, self.theme.paper)


def _mm(height: float) -> str:
    return f"{height:.1f}".rstrip("0").rstrip(".")
