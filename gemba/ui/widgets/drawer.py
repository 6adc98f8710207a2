"""A drawer at the far side of a page: beside it in a wide window, over it in a narrow one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEasingCurve, QPoint, QPropertyAnimation, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from gemba.ui.widgets.button import IconButton
from gemba.ui.widgets.label import Label
from gemba.ui.widgets.touch import scroll_by_touch
from gemba.ui.within import tab_within

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

WIDTH = 300
BESIDE = 1440
"""Window width in pixels at 100 % from which the drawer stands beside the page."""


class Drawer(QFrame):
    """300 wide, on its own surface, with a title, a way to close it, and `body` for the rest.

    ``over`` tells that it lies over the page, and does not stand beside it.
    """

    closed = Signal()

    def __init__(self, theme: Theme, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.over = False
        px = theme.px
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFixedWidth(px(WIDTH))
        self.setAccessibleName(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(8), px(8), px(8), px(8))
        column.setSpacing(px(8))
        head = QHBoxLayout()
        head.setContentsMargins(px(8), 0, 0, 0)
        self.title = Label(theme, title, step="strong", wrap=False, parent=self)
        self.closer = IconButton(theme, "x", self.tr("Close"), shortcut="", parent=self)
        self.closer.setToolTip(self.tr("Close (Esc)"))
        self.closer.clicked.connect(self.closed)
        head.addWidget(self.title, 1)
        head.addWidget(self.closer)
        column.addLayout(head)
        self.scroller = scroll = QScrollArea(self)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        content = QWidget()
        self.body = QVBoxLayout(content)
        self.body.setContentsMargins(px(8), px(2), px(8), px(2))
        self.body.setSpacing(px(8))
        scroll.setWidget(content)
        scroll_by_touch(scroll)
        scroll.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        column.addWidget(scroll, 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:
        """While it lies over the page Tab stays in it: what is under it could not be seen."""
        held = QApplication.focusWidget()
        if not self.over or held is None or not self.isAncestorOf(held):
            return super().focusNextPrevChild(next)
        tab_within(self, held, next)
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the surface and the hairline towards the page."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.surface)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        painter.fillRect(self.width() - 1 if rtl else 0, 0, 1, self.height(), self.theme.line)
        painter.end()


class DrawerHost(QWidget):
    """A page and its drawer; `opened` says whether the drawer was opened or closed."""

    opened = Signal(bool)

    def __init__(
        self, theme: Theme, page: QWidget, title: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.page = page
        page.setParent(self)
        self.drawer = Drawer(theme, title, self)
        self.drawer.hide()
        self.drawer.closed.connect(self.close_drawer)
        self._open = False
        self._slide = QPropertyAnimation(self.drawer, b"pos", self)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._slide.finished.connect(self._slid)

    def is_open(self) -> bool:
        """Whether the drawer is open."""
        return self._open

    def is_beside(self) -> bool:
        """Whether the window is wide enough for both side by side."""
        return self.window().width() >= self.theme.px(BESIDE)

    def open_drawer(self) -> None:
        """Open it; over the page it slides in and takes the focus."""
        if self._open:
            return
        self._open = True
        self.place(slide=not self.is_beside())
        if not self.is_beside():
            self.drawer.closer.setFocus(Qt.FocusReason.OtherFocusReason)
        self.opened.emit(True)

    def close_drawer(self) -> None:
        """Close it and give the focus back to the page."""
        if not self._open:
            return
        inside = QApplication.focusWidget()
        held = inside is not None and self.drawer.isAncestorOf(inside)
        self._open = False
        if held:  # before it hides, or Qt would hand the focus on to whatever comes next
            self.page.setFocus(Qt.FocusReason.OtherFocusReason)
        self.place(slide=not self.is_beside())
        self.opened.emit(False)

    def toggle(self) -> None:
        """Open it if it is closed, else close it."""
        if self._open:
            self.close_drawer()
        else:
            self.open_drawer()

    def place(self, *, slide: bool = False) -> None:
        wide, rtl = self.drawer.width(), self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        beside = self._open and self.is_beside()
        self.drawer.over = self._open and not beside
        room = self.width() - wide if beside else self.width()
        self.page.setGeometry(QRect(wide if beside and rtl else 0, 0, room, self.height()))
        self.drawer.resize(wide, self.height())
        at_rest = QPoint(0 if rtl else self.width() - wide, 0)
        away = QPoint(-wide if rtl else self.width(), 0)
        start, end = (away, at_rest) if self._open else (at_rest, away)
        self._slide.stop()
        duration = self.theme.milliseconds() if slide and self.isVisible() else 0
        if self._open:
            self.drawer.show()
            self.drawer.raise_()
        if duration:
            self._slide.setDuration(duration)
            self._slide.setStartValue(start)
            self._slide.setEndValue(end)
            self._slide.start()
        else:
            self.drawer.move(end)
            self._slid()

    def _slid(self) -> None:
        self.drawer.setVisible(self._open)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand beside the page or over it, as the width allows."""
        super().resizeEvent(event)
        self.place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes a drawer that lies over the page."""
        if event.key() == Qt.Key.Key_Escape and self._open and not self.is_beside():
            self.close_drawer()
            return
        super().keyPressEvent(event)
