"""Check boxes, radio buttons and the segmented choice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from gemba.ui.widgets.base import RADIUS, Control, Ring, box, draw_words, width_of
from gemba.ui.widgets.label import READING_WIDTH, paragraph

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

_MARK = 18


class _Option(Control):
    """A mark of 18 pixels and its words, 40 high so that a finger finds it."""

    def __init__(
        self, theme: Theme, words: str, *, checked: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, words, parent)
        self.setCheckable(True)
        self.setChecked(checked)
        self.setFont(theme.font())
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _room(self) -> int:
        return self.theme.px(_MARK + 8) + 2

    def hasHeightForWidth(self) -> bool:
        """Long words go on in the next line."""
        return True

    def heightForWidth(self, width: int) -> int:
        """At least 40."""
        px = self.theme.px
        inner = max(1, width - self._room())
        layout, _ = paragraph(self.theme, self.text(), "text", inner, self.layoutDirection())
        lines = max(1, layout.lineCount())
        return px(40) + (lines - 1) * self.theme.line_height("text")

    def sizeHint(self) -> QSize:
        """All words on one line, or a line of reading."""
        wish = width_of(self.text(), self.font()) + self._room()
        width = min(wish, self.theme.px(READING_WIDTH))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """As narrow as a few words."""
        return QSize(min(self.sizeHint().width(), self.theme.px(120)), self.theme.px(40))

    def _mark(self) -> QRect:
        side = self.theme.px(_MARK)
        left = self.width() - side - 1 if self.mirrored() else 1
        return QRect(left, (self.theme.px(40) - side) // 2, side, side)

    def ring(self) -> Ring | None:
        """Round the mark."""
        if super().ring() is None:
            return None
        return Ring(self._mark(), self.theme.px(2), self.theme.px(self._radius()))

    def _radius(self) -> int:
        return 4

    def _ground(self) -> QColor:
        if self.isDown():
            return self.theme.accent_soft
        return self.theme.hover if self.hot() else self.theme.surface

    def _paint_mark(self, painter: QPainter, rect: QRectF) -> None:
        """Paint the box or circle; told by each kind."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the mark and the words beside it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.isEnabled():
            painter.setOpacity(0.5)
        self._paint_mark(painter, QRectF(self._mark()))
        px = self.theme.px
        inner = max(1, self.width() - self._room())
        layout, _ = paragraph(self.theme, self.text(), "text", inner, self.layoutDirection())
        left = 0 if self.mirrored() else self._room()
        painter.setPen(self.theme.ink)
        top = (px(40) - self.theme.line_height("text")) / 2
        layout.draw(painter, QPointF(left, top))
        painter.end()


class CheckBox(_Option):
    """Something that is so or not; `toggled` and `clicked` say that it changed."""

    def _paint_mark(self, painter: QPainter, rect: QRectF) -> None:
        theme = self.theme
        if not self.isChecked():
            box(painter, rect, theme.px(4), self._ground(), theme.edge)
            return
        box(painter, rect, theme.px(4), theme.accent)
        tick = QPainterPath(rect.topLeft() + QPointF(rect.width() * 0.24, rect.height() * 0.52))
        tick.lineTo(rect.topLeft() + QPointF(rect.width() * 0.43, rect.height() * 0.71))
        tick.lineTo(rect.topLeft() + QPointF(rect.width() * 0.77, rect.height() * 0.32))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        pen = QPen(theme.on_accent, 1.75 * theme.scale)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPath(tick)


class Radio(_Option):
    """One of several inside the same parent; arrow keys go to the others."""

    def __init__(
        self, theme: Theme, words: str, *, checked: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, words, checked=checked, parent=parent)
        self.setAutoExclusive(True)

    def _radius(self) -> int:
        return 9

    def _paint_mark(self, painter: QPainter, rect: QRectF) -> None:
        theme = self.theme
        on = self.isChecked()
        ground = theme.surface if on else self._ground()
        box(painter, rect, rect.width() / 2, ground, theme.accent if on else theme.edge)
        if on:
            inset = theme.px(5)
            dot = rect.adjusted(inset, inset, -inset, -inset)
            box(painter, dot, dot.width() / 2, theme.accent)


class _Segment(Control):
    def __init__(self, theme: Theme, words: str, parent: QWidget) -> None:
        super().__init__(theme, words, parent)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.first = False
        self.last = False

    def sizeHint(self) -> QSize:
        px = self.theme.px
        wide = width_of(self.text(), self.theme.font("strong"))
        return QSize(px(24) + wide + 1, px(36))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self.theme
        if not self.isEnabled():
            painter.setOpacity(0.5)
        ground = theme.surface
        if self.isChecked() or self.isDown():
            ground = theme.accent_soft
        elif self.hot():
            ground = theme.hover
        # The outer corners are round: each segment paints its part of one long box.
        whole = QRectF(self.rect())
        far = theme.px(RADIUS) * 2
        start, end = (self.last, self.first) if self.mirrored() else (self.first, self.last)
        whole.adjust(0 if start else -far, 0, 0 if end else far, 0)
        painter.setClipRect(self.rect())
        box(painter, whole, theme.px(RADIUS), ground, theme.edge)
        if not start:
            painter.fillRect(0, 0, 1, self.height(), theme.edge)
        font = theme.font("strong" if self.isChecked() else "text")
        middle = Qt.AlignmentFlag.AlignHCenter
        draw_words(painter, self.rect(), self.text(), font, theme.ink, align=middle)
        painter.end()


class Segmented(QWidget):
    """One choice of a few words side by side; `chosen` hands on the key of the new one."""

    chosen = Signal(object)

    def __init__(
        self,
        theme: Theme,
        options: Sequence[tuple[str, str]],
        *,
        value: str = "",
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._segments: dict[str, _Segment] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for at, (key, words) in enumerate(options):
            segment = _Segment(theme, words, self)
            segment.first, segment.last = at == 0, at == len(options) - 1
            segment.setChecked(key == value)
            segment.clicked.connect(lambda _on=False, key=key: self.chosen.emit(key))
            self._segments[key] = segment
            row.addWidget(segment)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def value(self) -> str:
        """The key that is chosen, or an empty text."""
        return next((key for key, s in self._segments.items() if s.isChecked()), "")

    def set_value(self, key: str) -> None:
        """Choose without sending `chosen`."""
        self._segments[key].setChecked(True)

    def offers(self, key: str) -> bool:
        """Tell whether a key is among those to choose from."""
        return key in self._segments

    def clear(self) -> None:
        """Choose nothing."""
        for segment in self._segments.values():
            segment.setAutoExclusive(False)
            segment.setChecked(False)
            segment.setAutoExclusive(True)

    def keys(self) -> list[str]:
        """The keys there are to choose from, in order."""
        return list(self._segments)

    def segment(self, key: str) -> Control:
        """The part of the control that chooses this key."""
        return self._segments[key]
