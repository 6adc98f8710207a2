"""A figure on the sheet: reached by Tab, opened by Enter, moved and sized by pointer and keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QRegion,
)
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from gemba.domain.figures.placing import LEAST_HEIGHT, LEAST_WIDTH
from gemba.domain.layout import FigureLayout
from gemba.ui.widgets.base import Control, Ring

if TYPE_CHECKING:
    from gemba.domain.frame import Frame
    from gemba.ui.theme import Theme

HANDLE: Final = 12
"""Pixels a handle is wide at 100 %; it is taken hold of within twice that."""
STEP_MM, FINE_MM = 5.0, 1.0
_ARROWS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
Edges = tuple[int, int]
"""Which edges a handle moves: -1 left, 1 right, 0 none; and 1 the lower one, 0 none."""


class FigureArea(Control):
    """Lies over a figure of a box; its name is the first sentence, its description all of it.

    `sized` hands on width and height in mm (None: that side stays; 0: its own size), `stepped`
    a place up (-1) or down (1), `turned` "beside" or "under", `gone` that it is taken away.
    `sent` asks for the next box (1) or the one before (-1), `elsewhere` which box, at a point of
    the screen. `grabbed` tells that it is pulled, `dragged` where the pointer is meanwhile (True
    once it is let go), `drawn` the size while a handle is pulled, `dropped` that nothing is pulled
    any more.
    """

    held = Signal()
    sized = Signal(object, object)
    stepped = Signal(int)
    turned = Signal(object)
    gone = Signal()
    sent = Signal(int)
    elsewhere = Signal(QPoint)
    grabbed = Signal()
    drawn = Signal(object)
    dragged = Signal(QPointF, bool)
    dropped = Signal()

    def __init__(self, theme: Theme, figure_id: str, parent: QWidget) -> None:
        super().__init__(theme, "", parent)
        self.figure_id = figure_id
        self.laid: FigureLayout | None = None
        self.scale = 1.0
        self.may_change = False
        self.marked = False
        self._keys = self._left_out = ""
        self._edges: Edges | None = None
        self._from = QPoint()
        self._pulling = False
        self.frame = QRect()
        """Where the figure itself lies in this widget."""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def say(self, words: str) -> None:
        """Take over what the figure shows, in sentences."""
        self.setText(words.split(". ", 1)[0].rstrip("."))
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)

    def tell_left_out(self, words: str) -> None:
        """Take over what of the figure found no room on the paper, in a sentence, or nothing."""
        self._left_out = words
        self._tell()

    def _tell(self) -> None:
        words = "\n".join(filter(None, (self._left_out, self._keys)))
        if words != self.toolTip():
            self.setToolTip(words)

    def place(self, laid: FigureLayout, rect: QRect, scale: float) -> None:
        """Lie over the figure at a zoom, in pixels a mm, with room for its handles around it."""
        self.laid, self.scale = laid, scale
        out = self.theme.px(HANDLE) + 2
        whole = rect.adjusted(-out, -out, out, out)
        host = self.parentWidget()
        if host is not None:  # beyond it nothing is seen
            whole &= host.rect()
        self.frame = rect.translated(-whole.topLeft())
        self.setGeometry(whole)
        self._shape()

    def _shape(self) -> None:
        """Leave what lies around the figure to others, but for the handles."""
        shape = QRegion(self.frame.adjusted(-2, -2, 2, 2))
        for handle in self.handles().values():
            shape += handle
        self.setMask(shape)

    def allow(self, change: bool) -> None:
        """Let it be moved and sized, or only opened."""
        self.may_change = change
        keys = self.tr(
            "Enter opens. Drag to move, pull a handle to size. Keys: Alt and arrows size, "
            "Ctrl and arrows move, Ctrl and Shift with up and down go to another box, "
            "Delete takes it off."
        )
        self._keys = keys if change else ""
        self._tell()
        self._shape()
        self.update()

    def mark(self, marked: bool) -> None:
        """Show frame and handles while its editor is open, wherever the focus is."""
        if marked != self.marked:
            self.marked = marked
            self.update()

    def sizeHint(self) -> QSize:
        """As large as it lies on the paper."""
        return self.size()

    def ring(self) -> Ring | None:
        """None: it paints its own on the paper, which is white in both themes."""
        return None

    def handles(self) -> dict[Edges, QRect]:
        """Return the handles and where they are: the edges that do not stand against the box.

        They lie beside the figure and hide nothing of it, unless the box ends there.
        """
        if not self.may_change or self.laid is None:
            return {}
        side = -1 if self.laid.side == "beside" else 1
        frame, px = self.frame, self.theme.px(HANDLE)
        x = frame.left() - px if side < 0 else frame.right() + 1
        y = frame.bottom() + 1
        places = {
            (side, 1): QPoint(x, y),
            (side, 0): QPoint(x, frame.center().y() - px // 2),
            (0, 1): QPoint(frame.center().x() - px // 2, y),
        }
        found = {}
        for edges, at in places.items():
            # Whole inside the widget, so that nothing of a handle is cut off.
            left = min(max(at.x(), 0), max(0, self.width() - px))
            top = min(max(at.y(), 0), max(0, self.height() - px))
            found[edges] = QRect(left, top, px, px)
        return found

    def handle_at(self, at: QPoint) -> Edges | None:
        """Return the handle at a point, or None; of two the nearer one."""
        more = self.theme.px(HANDLE) // 2
        near = [
            ((rect.center() - at).manhattanLength(), edges)
            for edges, rect in self.handles().items()
            if rect.adjusted(-more, -more, more, more).contains(at)
        ]
        return min(near)[1] if near else None

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that the focus is in this box."""
        super().focusInEvent(event)
        self.held.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A handle or the figure itself can be pulled; where nothing is pulled it is a click."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if not self.may_change:
            # The box below decides what a click does.
            event.ignore()
            return
        self._edges = self.handle_at(event.position().toPoint())
        self._from = event.globalPosition().toPoint()
        self._pulling = False
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pull what was taken hold of; else show what could be."""
        at = event.globalPosition().toPoint()
        if not self.isDown() and not self._pulling:
            self._show_cursor(event.position().toPoint())
            return
        far = (at - self._from).manhattanLength()
        if not self._pulling and far >= QApplication.startDragDistance():
            self._pulling = True
            self.setDown(False)
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.grabbed.emit()
        if self._pulling:
            self._pull(event, done=False)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go: the figure takes its new place or size."""
        if not self._pulling:
            super().mouseReleaseEvent(event)
            return
        self._pulling = False
        self.setDown(False)
        self._pull(event, done=True)
        self.dropped.emit()
        self._edges = None
        self.update()

    def _pull(self, event: QMouseEvent, *, done: bool) -> None:
        if self._edges is None:
            self.dragged.emit(event.globalPosition(), done)
            return
        assert self.laid is not None
        moved = event.globalPosition().toPoint() - self._from
        size = self._size_after(moved.x() / self.scale, moved.y() / self.scale)
        if done:
            self._resize(*size)
        else:
            self.drawn.emit(size)

    def _size_after(self, right: float, down: float) -> tuple[float | None, float | None]:
        """Return width and height in mm once a handle was pulled so far, in mm."""
        assert self.laid is not None
        assert self._edges is not None
        frame, (across, lower) = self.laid.frame, self._edges
        width = round(frame.width + across * right) if across else None
        height = round(frame.height + down) if lower else None
        return self._in_shape(frame, width, height)

    def _in_shape(
        self, frame: Frame, width: float | None, height: float | None
    ) -> tuple[float | None, float | None]:
        """A picture is as high as its width makes it."""
        assert self.laid is not None
        if self.laid.keeps_shape and frame.height > 0:
            if width is None and height is not None:
                width = round(height * frame.width / frame.height)
            return width, None if height is None else 0.0
        return width, height

    def _resize(self, width: float | None, height: float | None) -> None:
        # 0 means its own size, which nobody reaches by making it smaller.
        wide = None if width is None else max(LEAST_WIDTH, width)
        high = height if not height else max(LEAST_HEIGHT, height)
        if (wide, high) != (None, None):
            self.sized.emit(wide, high)

    def event(self, event: QEvent) -> bool:
        """Keep its keys from the shortcuts of the window, such as Alt+Left."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self.may_change
            and ((event.key() in _ARROWS and _held(event)) or event.key() == Qt.Key.Key_Delete)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt and arrows size it, Ctrl and arrows move it, Delete takes it off."""
        if self._pulling and event.key() == Qt.Key.Key_Escape:
            self._pulling = False
            self._edges = None
            self.dropped.emit()
            return
        if self.may_change and event.key() == Qt.Key.Key_Delete:
            self.gone.emit()
            return
        arrow = _ARROWS.get(Qt.Key(event.key()))
        if arrow is None or not self.may_change or self.laid is None or not _held(event):
            super().keyPressEvent(event)
            return
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._size_by(arrow, FINE_MM if fine else STEP_MM)
        elif arrow[1] and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.sent.emit(arrow[1])
        elif arrow[1]:
            self.stepped.emit(arrow[1])
        else:
            self.turned.emit("beside" if arrow[0] > 0 else "under")

    def _size_by(self, arrow: tuple[int, int], step: float) -> None:
        assert self.laid is not None
        frame = self.laid.frame
        width = round(frame.width + arrow[0] * step) if arrow[0] else None
        height = round(frame.height + arrow[1] * step) if arrow[1] else None
        self._resize(*self._in_shape(frame, width, height))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer the same in words."""
        if not self.may_change or self.laid is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        beside = self.laid.side == "beside"
        tr = self.tr
        menu.addAction(tr("Open")).triggered.connect(self.click)
        other, words = ("under", tr("Under the text"))
        if not beside:
            other, words = ("beside", tr("Beside the text"))
        menu.addAction(words).triggered.connect(lambda: self.turned.emit(other))
        menu.addAction(tr("One place up")).triggered.connect(lambda: self.stepped.emit(-1))
        menu.addAction(tr("One place down")).triggered.connect(lambda: self.stepped.emit(1))
        elsewhere = menu.addAction(tr("Move to another box"))
        menu.addAction(tr("Its own size")).triggered.connect(lambda: self.sized.emit(0.0, 0.0))
        menu.addAction(tr("Take it off the sheet")).triggered.connect(self.gone)
        by_keys = event.reason() == QContextMenuEvent.Reason.Keyboard
        at = self.mapToGlobal(self.frame.center()) if by_keys else event.globalPos()
        elsewhere.triggered.connect(lambda: self.elsewhere.emit(at))
        menu.popup(at)

    def _show_cursor(self, at: QPoint) -> None:
        shapes = {
            (1, 1): Qt.CursorShape.SizeFDiagCursor,
            (-1, 1): Qt.CursorShape.SizeBDiagCursor,
            (0, 1): Qt.CursorShape.SizeVerCursor,
        }
        edges = self.handle_at(at)
        if edges is None:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.setCursor(shapes.get(edges, Qt.CursorShape.SizeHorCursor))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a frame where keys brought the focus, and the handles; the figure lies below."""
        focus = self.keyed() or self.hasFocus() or self.marked
        if not focus and not self.hot():
            return
        painter = QPainter(self)
        if focus:
            painter.setPen(QPen(self.theme.paper_accent, 2))
            painter.drawRect(self.frame.adjusted(-1, -1, 1, 1) & self.rect())
        elif self.may_change:
            painter.setPen(QPen(self.theme.paper_soft, 1))
            painter.drawRect(self.frame.adjusted(0, 0, -1, -1))
        for rect in self.handles().values():
            if rect.intersects(self.frame):
                # The box ends here, so it lies on the drawing: an outline, through which one sees.
                painter.setPen(QPen(self.theme.paper_accent, 2))
                painter.drawRect(rect.adjusted(1, 1, -1, -1))
                continue
            painter.fillRect(rect, self.theme.paper)
            painter.fillRect(rect.adjusted(2, 2, -2, -2), self.theme.paper_accent)
        painter.end()


def _held(event: QKeyEvent) -> bool:
    held = event.modifiers()
    return bool(held & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier))
