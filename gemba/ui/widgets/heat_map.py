"""Counts in a grid, the more the darker; each cell opens what it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtGui import QPaintEvent as _Paint
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gemba.domain.figures.telling import short_date
from gemba.ui.widgets.base import Ring, draw_words, width_of

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent

    from gemba.domain.patterns import Heat
    from gemba.ui.theme import Theme

_HIGH = 28
_NAMES = 200
_NAMES_SHARE = 0.3
_WIDEST = 64
_LIGHTEST = 0.12
_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class HeatMap(QWidget):
    """Rows of names by weeks or months. Arrows go from cell to cell, Enter opens one.

    `opened` hands on the row and the column. A cell says its count in words to assistive
    technology, and in a number where there is room.
    """

    opened = Signal(int, int)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._name = name
        self.heat: Heat | None = None
        self.at = (0, 0)
        self._by_keys = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def set_heat(self, heat: Heat | None) -> None:
        """Show another grid, or hide where there is none."""
        self.heat = heat
        shown = heat is not None and bool(heat.places and heat.begins)
        self.setVisible(shown)
        if heat is not None and shown:
            self.at = (0, len(heat.begins) - 1)
            self._say()
        self.updateGeometry()
        self.update()

    def words_of(self, row: int, column: int) -> str:
        """One cell in words."""
        heat = self.heat
        assert heat is not None
        return self.tr("{place}, from {day}: {count}").format(
            place=heat.places[row] or self.tr("no stop said"),
            day=short_date(heat.begins[column]),
            count=heat.counts[row][column],
        )

    def _say(self) -> None:
        self.setAccessibleName(f"{self._name}: {self.words_of(*self.at)}")

    def sizeHint(self) -> QSize:
        """A line for each name, and one for the days below."""
        rows = len(self.heat.places) if self.heat else 0
        return QSize(self.theme.px(640), self.theme.px(_HIGH) * rows + self.theme.px(24))

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for a small window."""
        return QSize(self.theme.px(200), self.sizeHint().height())

    def _names(self) -> int:
        return min(self.theme.px(_NAMES), round(self.width() * _NAMES_SHARE))

    def cell(self, row: int, column: int) -> QRect:
        """Where a cell lies."""
        assert self.heat is not None
        names, count = self._names(), max(1, len(self.heat.begins))
        room = min(self.width() - names, self.theme.px(_WIDEST) * count)
        left = names + room * column // count
        right = names + room * (column + 1) // count
        high = self.theme.px(_HIGH)
        found = QRect(left, row * high, max(1, right - left), high)
        if self._flip():
            found.moveLeft(self.width() - found.right() - 1)
        return found

    def _flip(self) -> bool:
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _cell_at(self, point: QPoint) -> tuple[int, int] | None:
        heat = self.heat
        row = point.y() // max(1, self.theme.px(_HIGH))
        if heat is None or not 0 <= row < len(heat.places):
            return None
        for column in range(len(heat.begins)):
            if self.cell(row, column).contains(point):
                return row, column
        return None

    def paintEvent(self, event: _Paint) -> None:
        """Paint names, cells and days."""
        heat = self.heat
        if heat is None:
            return
        painter = QPainter(self)
        px, theme, flip = self.theme.px, self.theme, self._flip()
        far, near = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignLeft
        names = self._names()
        for row, place in enumerate(heat.places):
            room = QRect(px(4), row * px(_HIGH), names - px(12), px(_HIGH))
            if flip:
                room.moveLeft(self.width() - room.right() - 1)
            words = place or self.tr("no stop said")
            font = theme.font("text")
            draw_words(painter, room, words, font, theme.ink, align=far if flip else near)
            for column, count in enumerate(heat.counts[row]):
                self._paint_cell(painter, self.cell(row, column), count, heat.largest)
        self._paint_days(painter, heat)
        painter.end()

    def _paint_cell(self, painter: QPainter, rect: QRect, count: int, largest: int) -> None:
        theme, gap = self.theme, self.theme.px(1)
        inner = rect.adjusted(gap, gap, -gap, -gap) if rect.width() > 3 * gap else rect
        painter.fillRect(inner, theme.surface)
        if not count:
            return
        share = count / largest
        ink = QColor(theme.accent)
        ink.setAlphaF(_LIGHTEST + (1 - _LIGHTEST) * share)
        painter.fillRect(inner, ink)
        font = theme.font("small")
        if width_of(str(count), font) + 4 * gap <= inner.width():
            tone = theme.on_accent if share > 0.55 else theme.ink
            middle = Qt.AlignmentFlag.AlignHCenter
            draw_words(painter, inner, str(count), font, tone, align=middle)

    def _paint_days(self, painter: QPainter, heat: Heat) -> None:
        theme, px = self.theme, self.theme.px
        top, font = len(heat.places) * px(_HIGH) + px(4), theme.font("small")
        free = 0 if not self._flip() else self.width()
        for column, begin in enumerate(heat.begins):
            cell = self.cell(0, column)
            words = short_date(begin, year=column == 0 and begin.year != heat.begins[-1].year)
            wide = width_of(words, font) + px(12)
            if self._flip():
                room = QRect(cell.right() - wide, top, wide, px(16))
                fits = room.right() <= free and room.left() >= 0
                align, following = Qt.AlignmentFlag.AlignRight, room.left()
            else:
                room = QRect(cell.left(), top, wide, px(16))
                fits = room.left() >= free and room.right() <= self.width() + px(12)
                align, following = Qt.AlignmentFlag.AlignLeft, room.right()
            if fits:
                draw_words(painter, room, words, font, theme.ink_soft, align=align)
                free = following

    def ring(self) -> Ring | None:
        """Round the cell that Enter would open, where the focus came by keys."""
        if not (self.hasFocus() and self._by_keys and self.heat is not None):
            return None
        return Ring(self.cell(*self.at), self.theme.px(1), self.theme.px(2))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Remember whether keys brought the focus."""
        self._by_keys = event.reason() != Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go on, Enter opens."""
        heat, key = self.heat, Qt.Key(event.key())
        if heat is not None and key in _STEPS:
            down, on = _STEPS[key]
            if self._flip():
                on = -on
            row = max(0, min(self.at[0] + down, len(heat.places) - 1))
            column = max(0, min(self.at[1] + on, len(heat.begins) - 1))
            self.at, self._by_keys = (row, column), True
            self._say()
            self.update()
            return
        if heat is not None and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit(*self.at)
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens a cell."""
        found = self._cell_at(event.position().toPoint())
        if found is not None:
            self.at = found
            self._say()
            self.opened.emit(*found)

    def event(self, event: QEvent) -> bool:
        """Say the cell under the pointer."""
        if isinstance(event, QHelpEvent):
            found = self._cell_at(event.pos())
            QToolTip.showText(event.globalPos(), self.words_of(*found) if found else "", self)
            return True
        return super().event(event)
