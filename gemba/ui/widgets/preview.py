"""A small true picture of a page on its paper, as it will leave the printer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

if TYPE_CHECKING:
    from gemba.ui.theme import Theme


class PagePreview(QWidget):
    """Shows one rendered page as wide as it is given room, with its edge."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._page: QImage | None = None
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_page(self, page: QImage) -> None:
        """Show another page; it is scaled to the width of the widget."""
        self._page = page
        self._ask_room()
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """The wider, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Keep the proportions of the page."""
        if self._page is None or not self._page.width():
            return self.theme.px(160)
        return round(width * self._page.height() / self._page.width())

    def sizeHint(self) -> QSize:
        """As wide as a drawer."""
        width = self.theme.px(260)
        return QSize(width, self.heightForWidth(width))

    def _ask_room(self) -> None:
        # Asked for by the widget itself: where a page scrolls, its layout would press it flat.
        self.setMinimumHeight(self.heightForWidth(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As high as its new width wants."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._ask_room()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the page and the edge of its paper."""
        painter = QPainter(self)
        area = QRect(0, 0, self.width(), min(self.height(), self.heightForWidth(self.width())))
        painter.fillRect(area, self.theme.paper)
        if self._page is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(area, self._page)
        painter.setPen(self.theme.line)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area.adjusted(0, 0, -1, -1))
        painter.end()
