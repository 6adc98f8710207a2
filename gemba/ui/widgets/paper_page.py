"""The page of a sheet at its zoom, rendered as far as it is seen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from gemba.services.paper import Picture
    from gemba.ui.theme import Theme

MM_PER_PT = 25.4 / 72
TEXT_PT = 10.5

Render = Callable[[bytes, float, "tuple[float, float, float, float] | None"], "Picture"]


@dataclass(frozen=True, slots=True)
class Zoom:
    """Pixels a mm, and the size of box text in whole pixels where it is written."""

    scale: float
    text: int = 0

    @classmethod
    def of_text(cls, pixels: int) -> Zoom:
        """Return the zoom at which box text is this many pixels high."""
        return cls(pixels / (TEXT_PT * MM_PER_PT), pixels)


class PaperPage(QWidget):
    """The page at its zoom; paints the part that can be seen, at the screen's resolution."""

    def __init__(self, theme: Theme, render: Render, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self._render = render
        self.pdf = b""
        self.zoom = Zoom(2.0)
        self.paper = QRect()
        self._image: QImage | None = None
        self._shown = QRect()
        self._stale = QRegion()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("Sheet"))

    @property
    def fresh(self) -> bool:
        """Tell whether all that is kept of the page shows the newest drawing."""
        return self._image is not None and self._stale.isEmpty()

    def stale(self) -> None:
        """Render anew with the next paint."""
        self._image = None
        self._stale = QRegion()
        self.update()

    def stale_in(self, parts: Iterable[QRectF]) -> None:
        """Render anew with the next paint what lies in some rectangles of this widget."""
        if self._image is None or not self.devicePixelRatioF().is_integer():
            # Between whole pixels two renderings do not meet without a seam.
            self.stale()
            return
        for part in parts:
            rect = part.toAlignedRect().intersected(self._shown)
            self._stale += rect
            self.update(rect)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the desk, the shadow and the seen part of the page."""
        painter = QPainter(self)
        self._shadow(painter)
        seen = self.visibleRegion().boundingRect().intersected(self.paper)
        if self.pdf and not seen.isEmpty():
            self._prepare(seen)
        if self._image is None:
            painter.fillRect(self.paper, self.theme.paper)
        else:
            painter.drawImage(self._shown.topLeft(), self._image)
        painter.end()

    def _prepare(self, seen: QRect) -> None:
        if self._image is not None and self._shown.contains(seen):
            self._renew(self._image)
            return
        # A little more than is seen, so that a short scroll needs no new picture.
        margin = 160 if self.zoom.text else 0
        part = seen.adjusted(0, -margin, 0, margin).intersected(self.paper)
        self._image, self._shown = self._rendered(part), part
        self._stale = QRegion()

    def _renew(self, image: QImage) -> None:
        """Draw what is stale into the picture there is."""
        if self._stale.isEmpty():
            return
        painter = QPainter(image)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        # One rendering of all: opening the document costs more than a few lines more.
        rect = self._stale.boundingRect()
        painter.drawImage(rect.topLeft() - self._shown.topLeft(), self._rendered(rect))
        painter.end()
        self._stale = QRegion()

    def _rendered(self, part: QRect) -> QImage:
        ratio = self.devicePixelRatioF()
        scale = self.zoom.scale
        area = (
            (part.x() - self.paper.x()) / scale,
            (part.y() - self.paper.y()) / scale,
            part.width() / scale,
            part.height() / scale,
        )
        picture = self._render(self.pdf, scale * ratio, area)
        image = QImage(
            picture.data,
            picture.width,
            picture.height,
            picture.stride,
            QImage.Format.Format_RGB32,
        ).copy()
        image.setDevicePixelRatio(ratio)
        return image

    def _shadow(self, painter: QPainter) -> None:
        beside = self.visibleRegion().subtracted(QRegion(self.paper))
        if beside.isEmpty():
            return
        painter.setClipRegion(beside)
        veil = self.theme.shadow
        veil.setAlphaF(veil.alphaF() / 6)
        for spread in range(1, 7):
            rect = self.paper.adjusted(-spread, 2 - spread, spread, 2 + spread)
            painter.fillRect(rect, veil)
        painter.setClipping(False)
