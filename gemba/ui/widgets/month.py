"""A month to choose a day from."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.ui.widgets.base import RADIUS, box, draw_words
from gemba.ui.widgets.button import IconButton
from gemba.ui.widgets.days import DAYS, MONTHS
from gemba.ui.widgets.label import Label

if TYPE_CHECKING:
    from gemba.ui.theme import Step, Theme

_CELL = 40
_WEEKS = 6
_HEAD = 24


def _months_on(day: date, months: int) -> date:
    """The same day so many months later, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    year = min(max(year, 1900), 2200)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


class MonthDays(QWidget):
    """The days of one month, Monday first; arrows move, Enter takes, Page Up and Down turn."""

    chosen = Signal(object)
    turned = Signal()

    def __init__(self, theme: Theme, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.today = today
        self.day = today
        self._over: date | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """Seven days wide, six weeks high, under a line of their names."""
        px = self.theme.px
        return QSize(px(_CELL) * 7, px(_HEAD) + px(_CELL) * _WEEKS)

    def show_day(self, day: date) -> None:
        """Mark a day and show its month."""
        self.day = day
        self.setAccessibleName(f"{day.day} {MONTHS[day.month - 1].title()} {day.year}")
        self.turned.emit()
        self.update()

    def turn(self, months: int) -> None:
        """Show a month later or before."""
        self.show_day(_months_on(self.day, months))

    def first(self) -> date:
        """The Monday in the upper corner."""
        start = self.day.replace(day=1)
        return start - timedelta(days=start.weekday())

    def cell(self, day: date) -> QRect:
        """Where a day stands."""
        px = self.theme.px
        week, column = divmod((day - self.first()).days, 7)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            column = 6 - column
        side = px(_CELL)
        return QRect(column * side, px(_HEAD) + week * side, side, side)

    def _at(self, where: QPoint) -> date | None:
        days = (self.first() + timedelta(days=i) for i in range(7 * _WEEKS))
        return next((day for day in days if self.cell(day).contains(where)), None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show which day is under the pointer."""
        self._over = self._at(event.position().toPoint())
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take the day under the pointer."""
        day = self._at(event.position().toPoint())
        if day is not None:
            self.show_day(day)
            self.chosen.emit(day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by day, week and month; Enter takes."""
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        on = -1 if rtl else 1
        key = Qt.Key
        days = {key.Key_Left: -on, key.Key_Right: on, key.Key_Up: -7, key.Key_Down: 7}
        pressed = key(event.key())
        if pressed in days:
            self.show_day(self.day + timedelta(days=days[pressed]))
        elif pressed in (key.Key_PageUp, key.Key_PageDown):
            self.turn(-1 if pressed == key.Key_PageUp else 1)
        elif pressed in (key.Key_Return, key.Key_Enter, key.Key_Space):
            self.chosen.emit(self.day)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the names of the days and the days."""
        painter = QPainter(self)
        theme, px = self.theme, self.theme.px
        middle = Qt.AlignmentFlag.AlignHCenter
        for i in range(7):
            cell = self.cell(self.first() + timedelta(days=i))
            head = QRect(cell.x(), 0, cell.width(), px(_HEAD))
            small = theme.font("small")
            draw_words(painter, head, DAYS[i][:2].title(), small, theme.ink_soft, align=middle)
        for i in range(7 * _WEEKS):
            self._paint_day(painter, self.first() + timedelta(days=i))
        painter.end()

    def _paint_day(self, painter: QPainter, day: date) -> None:
        theme, px = self.theme, self.theme.px
        inner = self.cell(day).adjusted(px(2), px(2), -px(2), -px(2))
        ink = theme.ink if day.month == self.day.month else theme.ink_soft
        step: Step = "strong" if day == self.today else "text"
        if day == self.day:
            box(painter, QRectF(inner), px(RADIUS), theme.accent)
            ink = theme.on_accent
        elif day == self._over:
            box(painter, QRectF(inner), px(RADIUS), theme.hover)
        elif day == self.today:
            box(painter, QRectF(inner), px(RADIUS), None, theme.edge)
        middle = Qt.AlignmentFlag.AlignHCenter
        draw_words(painter, inner, str(day.day), theme.font(step), ink, align=middle)


class MonthPopup(QWidget):
    """A month below a field, with the way to the months beside it; Esc or a click away closes."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, today: date, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.theme = theme
        px = theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(8), px(8), px(8), px(8))
        column.setSpacing(px(4))
        head = QHBoxLayout()
        self.before = IconButton(theme, "chevron-left", self.tr("Month before"), parent=self)
        self.after = IconButton(theme, "chevron-right", self.tr("Month after"), parent=self)
        self.title = Label(theme, "", step="strong", wrap=False, parent=self)
        self.title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.days = MonthDays(theme, today, self)
        for button, months in ((self.before, -1), (self.after, 1)):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _on=False, months=months: self.days.turn(months))
        head.addWidget(self.before)
        head.addWidget(self.title, 1)
        head.addWidget(self.after)
        column.addLayout(head)
        column.addWidget(self.days)
        self.days.turned.connect(self._name)
        self.days.chosen.connect(self._take)

    def open_at(self, day: date, where: QPoint) -> None:
        """Show the month of a day, with its upper corner at a point of the screen."""
        self.days.show_day(day)
        self.adjustSize()
        self.move(where)
        self.show()
        self.days.setFocus(Qt.FocusReason.PopupFocusReason)

    def _name(self) -> None:
        day = self.days.day
        self.title.setText(f"{MONTHS[day.month - 1].title()} {day.year}")

    def _take(self, day: date) -> None:
        self.close()
        self.chosen.emit(day)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint surface and edge."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.surface)
        painter.setPen(self.theme.edge)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()
