"""A small list under what is typed, from which the arrows choose while the caret stays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.ui.widgets.record_list import RecordListView
from gemba.ui.widgets.row_paint import RowWords, row_width

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

_SHOWN = 8


class OfferList(QWidget):
    """The list below a field or a caret; `list.opened` hands on the key of a clicked row."""

    def __init__(self, theme: Theme, name: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.ToolTip)
        self.theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        self.list = RecordListView(theme, name=name, two_lines=False, parent=self)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.always_chosen = True
        column.addWidget(self.list)

    def show_below(self, widget: QWidget, part: QRect, rows: Sequence[RowWords]) -> None:
        """Show rows under a part of a widget, or above it where the screen ends."""
        if not rows:
            self.hide()
            return
        self.list.set_rows(rows)
        px = self.theme.px
        height = min(len(rows), _SHOWN) * px(40) + 2
        bar = px(16) if len(rows) > _SHOWN else 0
        wide = max(row_width(self.theme, row) for row in rows) + bar + 2
        self.resize(min(max(part.width(), px(240), wide), px(480)), height)
        gap = px(4)
        at = widget.mapToGlobal(part.topLeft() + QPoint(0, part.height() + gap))
        screen = QGuiApplication.screenAt(widget.mapToGlobal(part.topLeft()))
        if screen is not None:
            seen = screen.availableGeometry()
            if at.y() + height > seen.bottom():
                at.setY(at.y() - part.height() - height - 2 * gap)
            at.setX(max(seen.left(), min(at.x(), seen.right() - self.width())))
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            at.setX(at.x() + part.width() - self.width())
        self.move(at)
        self.show()

    def step(self, by: int) -> None:
        """Go one row down or up, and round at the ends."""
        count = self.list.model().rowCount()
        now = self.list.currentIndex().row()
        start = -1 if by > 0 and now < 0 else now
        self.list.setCurrentIndex(self.list.model().index((start + by) % count, 0))

    def mark_first(self) -> None:
        """Mark the first row."""
        self.list.setCurrentIndex(self.list.model().index(0, 0))

    def chosen(self) -> object:
        """The key of the row that is marked, or None."""
        return self.list.current_key()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint surface and edge."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.surface)
        painter.setPen(self.theme.edge)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()
