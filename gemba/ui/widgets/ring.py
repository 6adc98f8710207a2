"""The focus ring: drawn outside the control that has the focus, over whatever lies there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget
from shiboken6 import isValid

from gemba.ui.widgets.base import Ring, Ringed, box

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

_MOVED = frozenset(
    {
        QEvent.Type.Move,
        QEvent.Type.Resize,
        QEvent.Type.Show,
        QEvent.Type.Hide,
        QEvent.Type.ParentChange,
        QEvent.Type.ZOrderChange,
    }
)
_THICK = 2


class RingFrame(QWidget):
    """The ring itself, lying over a host and letting the pointer through."""

    def __init__(self, theme: Theme, host: QWidget) -> None:
        super().__init__(host)
        self.theme = theme
        self.round = 0
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def surround(self, target: QWidget, ring: Ring) -> None:
        """Stand round a widget inside the host."""
        host = self.parentWidget()
        assert host is not None
        reach = ring.gap + self.theme.px(_THICK)
        place = QRect(target.mapTo(host, ring.rect.topLeft()), ring.rect.size())
        self.setGeometry(place.adjusted(-reach, -reach, reach, reach))
        self.round = ring.radius + reach
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ring in the accent."""
        painter = QPainter(self)
        thick = self.theme.px(_THICK)
        box(painter, QRectF(self.rect()), self.round, None, self.theme.accent, thick)
        painter.end()


class FocusRing(QObject):
    """Follows the focus of the application and draws one ring round its owner."""

    def __init__(self, app: QApplication, theme: Theme) -> None:
        super().__init__(app)
        self.theme = theme
        self._target: QWidget | None = None
        self._frame: RingFrame | None = None
        self._watched: list[QWidget] = []
        app.focusChanged.connect(self._moved)

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        self._drop()
        found = new
        while found is not None and not isinstance(found, Ringed):
            if found.isWindow():
                return
            found = found.parentWidget()
        if found is None:
            return
        host = _host(found)
        if host is found:
            return
        self._target = found
        self._frame = RingFrame(self.theme, host)
        self._watch(found, host)
        self._place()

    def _watch(self, target: QWidget, host: QWidget) -> None:
        step: QWidget | None = target
        while step is not None and step is not host:
            step.installEventFilter(self)
            self._watched.append(step)
            step = step.parentWidget()

    def _drop(self) -> None:
        for widget in self._watched:
            if isValid(widget):
                widget.removeEventFilter(self)
        self._watched.clear()
        if self._frame is not None and isValid(self._frame):
            self._frame.hide()
            self._frame.deleteLater()
        self._frame = None
        self._target = None

    def _place(self) -> None:
        target, frame = self._target, self._frame
        if target is None or frame is None or not (isValid(target) and isValid(frame)):
            return
        assert isinstance(target, Ringed)
        ring = target.ring()
        host = frame.parentWidget()
        if ring is None or host is None or not target.isVisibleTo(host):
            frame.hide()
            return
        frame.surround(target, ring)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the ring round a control that is moved, resized, shown or hidden."""
        if event.type() in _MOVED:
            self._place()
        return False


def _host(widget: QWidget) -> QWidget:
    """The widget in which the ring lies: the scrolled page around it, or the window."""
    step = widget
    while not step.isWindow():
        parent = step.parentWidget()
        if parent is None:
            break
        above = parent.parentWidget()
        if isinstance(above, QAbstractScrollArea) and parent is above.viewport():
            return step if step is not widget else parent
        step = parent
    return step
