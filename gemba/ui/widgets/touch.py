"""Scrolling with a finger: what is shown follows it, and a tap stays a tap."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF
from PySide6.QtGui import QScrollPrepareEvent
from PySide6.QtWidgets import QAbstractScrollArea, QScroller, QScrollerProperties, QWidget

_STEADY = (
    QScrollerProperties.ScrollMetric.VerticalOvershootPolicy,
    QScrollerProperties.ScrollMetric.HorizontalOvershootPolicy,
)


def scroll_by_touch(area: QAbstractScrollArea) -> None:
    """Let one finger move what an area shows; the mouse does what it always did.

    A widget inside that is drawn on or dragged has ``takes_strokes``, and keeps the finger.
    """
    shown = area.viewport()
    QScroller.grabGesture(shown, QScroller.ScrollerGestureType.TouchGesture)
    scroller = QScroller.scroller(shown)
    properties = scroller.scrollerProperties()
    for metric in _STEADY:
        # Past its end a page stands still: white above a head looks like a fault.
        policy = QScrollerProperties.OvershootPolicy.OvershootAlwaysOff
        properties.setScrollMetric(metric, policy)
    scroller.setScrollerProperties(properties)
    shown.installEventFilter(_Strokes(shown))


class _Strokes(QObject):
    """Keeps an area still where the finger draws."""

    def __init__(self, shown: QWidget) -> None:
        super().__init__(shown)
        self._shown = shown

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Refuse to scroll where what lies under the finger takes strokes."""
        if event.type() != QEvent.Type.ScrollPrepare:
            return False
        assert isinstance(event, QScrollPrepareEvent)
        if not _takes_strokes(self._shown, event.startPos()):
            return False
        event.ignore()
        return True


def _takes_strokes(shown: QWidget, at: QPointF) -> bool:
    under: QWidget | None = shown.childAt(at.toPoint())
    while under is not None and under is not shown:
        if getattr(under, "takes_strokes", False):
            return True
        under = under.parentWidget()
    return False
