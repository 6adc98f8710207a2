"""The rail at the left: the places of the app, with settings and help at its foot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from gemba.ui.theme import Token
from gemba.ui.widgets.base import RADIUS, Control, Ring, box, draw_icon, draw_words

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

WIDTH = 72


class RailItem(Control):
    """A place: its icon and its word."""

    def __init__(self, theme: Theme, words: str, icon: str, parent: QWidget) -> None:
        super().__init__(theme, words, parent)
        self.glyph = icon
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def nextCheckState(self) -> None:
        """The window decides which place is shown, not the click."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows belong to the rail."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
            return
        super().keyPressEvent(event)

    def ring(self) -> Ring | None:
        """Inside the item, since the rail leaves no room around it."""
        ring = super().ring()
        if ring is None:
            return None
        inset = self.theme.px(2)
        return Ring(self.rect().adjusted(inset, inset, -inset, -inset), 0, ring.radius - inset)

    def sizeHint(self) -> QSize:
        """64 by 56."""
        return QSize(self.theme.px(64), self.theme.px(56))

    def minimumSizeHint(self) -> QSize:
        """Its icon alone, where the window is low."""
        return QSize(self.theme.px(64), self.theme.px(40))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say the word as a tooltip where it has no room."""
        super().resizeEvent(event)
        self.setToolTip("" if self._has_room() else self.text())

    def _has_room(self) -> bool:
        return self.height() >= self.theme.px(50)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the icon with the word under it."""
        painter = QPainter(self)
        theme, px = self.theme, self.theme.px
        on = self.isChecked()
        if on or self.isDown():
            box(painter, QRectF(self.rect()), px(RADIUS), theme.accent_soft)
        elif self.hot():
            box(painter, QRectF(self.rect()), px(RADIUS), theme.hover)
        token: Token = "accent" if on else "ink_soft"
        if not self._has_room():
            draw_icon(painter, theme, self.glyph, token, QRectF(self.rect()), 22)
            painter.end()
            return
        top = (self.height() - px(40)) // 2
        draw_icon(painter, theme, self.glyph, token, QRectF(0, top, self.width(), px(22)), 22)
        below = QRect(0, top + px(24), self.width(), px(16))
        middle = Qt.AlignmentFlag.AlignHCenter
        colour = theme.ink if on else theme.ink_soft
        draw_words(painter, below, self.text(), theme.font("small"), colour, align=middle)
        painter.end()


class Rail(QWidget):
    """The places in order; `asked` hands on the key of the one that was clicked."""

    asked = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setFixedWidth(theme.px(WIDTH))
        self.setAccessibleName(self.tr("Places"))
        self._items: dict[str, RailItem] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(4), theme.px(12), theme.px(4), theme.px(12))
        column.setSpacing(theme.px(4))
        self._places = QVBoxLayout()
        self._foot = QVBoxLayout()
        for part in (self._places, self._foot):
            part.setSpacing(theme.px(4))
        column.addLayout(self._places)
        column.addStretch(1)
        column.addLayout(self._foot)

    def add(self, key: str, words: str, icon: str, *, foot: bool = False) -> RailItem:
        """Put a place at the end of the places, or of the foot."""
        item = RailItem(self.theme, words, icon, self)
        item.clicked.connect(lambda: self.asked.emit(key))
        (self._foot if foot else self._places).addWidget(item)
        self._items[key] = item
        return item

    def choose(self, key: str) -> None:
        """Mark a place as the one shown; an unknown key marks none."""
        for other, item in self._items.items():
            item.setChecked(other == key)

    def item(self, key: str) -> RailItem:
        """The item of a place; raises KeyError."""
        return self._items[key]

    def focus(self) -> None:
        """Put the focus on the place that is shown."""
        items = list(self._items.values())
        chosen = next((item for item in items if item.isChecked()), items[0] if items else None)
        if chosen is not None:
            chosen.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down go from place to place, Enter opens one."""
        items = list(self._items.values())
        now = next((i for i, item in enumerate(items) if item.hasFocus()), None)
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if now is None:
            super().keyPressEvent(event)
        elif step is not None:
            items[(now + step) % len(items)].setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            items[now].click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the hairline towards the page."""
        painter = QPainter(self)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        painter.fillRect(0 if rtl else self.width() - 1, 0, 1, self.height(), self.theme.line)
        painter.end()
