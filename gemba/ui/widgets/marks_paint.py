"""Painting what is marked on a photo, as it will print."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPen, QPolygonF

from gemba.domain.figures.photo_marks import arrow_head, clean, ellipse
from gemba.domain.photo_mark import PhotoMark

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

_PATCHES = 5
_LINE, _EDGE, _HEAD = 2.5, 5.0, 14.0
_PAD, _WORDS_SHARE = 4, 0.6
_MOST_BLURRED = 40


class MarksPaint:
    """Paints a photo with its marks, and remembers the blurred parts of what it painted last."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self._blurred: dict[tuple[PhotoMark, int], QImage] = {}

    def forget(self) -> None:
        """Let the blurred parts go, as with another photo."""
        self._blurred.clear()

    def paint(
        self, painter: QPainter, image: QImage, area: QRectF, marks: Sequence[PhotoMark]
    ) -> dict[int, QRectF]:
        """Paint a photo into an area with its marks; return where the words of each text stand."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(area, image)
        shown = [clean(one) for one in marks]
        for mark in shown:
            if mark.shape == "blur":
                painter.drawImage(rect_of(mark, area), self._patches(image, mark))
        labels = {}
        for number, mark in enumerate(shown):
            if mark.shape == "text":
                labels[number] = self._paint_words(painter, mark, area)
            elif mark.shape != "blur":
                self._paint_mark(painter, mark, area)
        return labels

    def _patches(self, image: QImage, mark: PhotoMark) -> QImage:
        """The few colours that stay of what is blurred, as on paper."""
        key = (mark, int(image.cacheKey()))
        if key not in self._blurred:
            if len(self._blurred) > _MOST_BLURRED:
                self._blurred.clear()
            wide, high = image.width(), image.height()
            part = QRect(round(mark.x1 * wide), round(mark.y1 * high), 0, 0)
            part.setSize(
                QSize(
                    max(1, round((mark.x2 - mark.x1) * wide)),
                    max(1, round((mark.y2 - mark.y1) * high)),
                )
            )
            keep, smooth = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode
            few = image.copy(part).scaled(_PATCHES, _PATCHES, keep, smooth.SmoothTransformation)
            self._blurred[key] = few.scaled(part.size(), keep, smooth.SmoothTransformation)
        return self._blurred[key]

    def _paint_mark(self, painter: QPainter, mark: PhotoMark, area: QRectF) -> None:
        rect = rect_of(mark, area)
        px = self.theme.px
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, wide in ((self.theme.paper, px(_EDGE)), (self.theme.paper_accent, px(_LINE))):
            pen = QPen(colour, wide)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            painter.setPen(pen)
            if mark.shape == "circle":
                corners = rect.left(), rect.top(), rect.right(), rect.bottom()
                painter.drawPolygon(QPolygonF([QPointF(*one) for one in ellipse(*corners)]))
                continue
            tail = (area.left() + mark.x1 * area.width(), area.top() + mark.y1 * area.height())
            tip = (area.left() + mark.x2 * area.width(), area.top() + mark.y2 * area.height())
            head = arrow_head(tail, tip, px(_HEAD))
            neck = QPointF((head[1][0] + head[2][0]) / 2, (head[1][1] + head[2][1]) / 2)
            painter.drawLine(QPointF(*tail), neck)
            painter.setBrush(colour)
            painter.drawPolygon(QPolygonF([QPointF(*one) for one in head]))
            painter.setBrush(Qt.BrushStyle.NoBrush)

    def _paint_words(self, painter: QPainter, mark: PhotoMark, area: QRectF) -> QRectF:
        """Paint words on a white ground, where they stay on the photo; return that ground."""
        px, font = self.theme.px, self.theme.font("small_strong")
        painter.setFont(font)
        flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
        room = QRectF(0, 0, max(40.0, area.width() * _WORDS_SHARE), area.height())
        fits = painter.boundingRect(room, int(flags), mark.text.strip())
        ground = fits.adjusted(0, 0, 2 * px(_PAD), 2 * px(_PAD))
        x = area.left() + mark.x1 * area.width()
        y = area.top() + mark.y1 * area.height()
        left = max(area.left(), min(x, area.right() - ground.width()))
        top = max(area.top(), min(y, area.bottom() - ground.height()))
        ground.moveTo(left, top)
        painter.setPen(QPen(self.theme.paper_accent, 1))
        painter.setBrush(self.theme.paper)
        painter.drawRect(ground)
        painter.setPen(self.theme.paper_ink)
        inner = ground.adjusted(px(_PAD), px(_PAD), 1, 1)
        painter.drawText(inner, int(flags), mark.text.strip())
        return ground


def rect_of(mark: PhotoMark, area: QRectF) -> QRectF:
    """Return where a mark lies on a photo that is painted into an area."""
    x1, x2 = (area.left() + one * area.width() for one in (mark.x1, mark.x2))
    y1, y2 = (area.top() + one * area.height() for one in (mark.y1, mark.y2))
    return QRectF(min(x1, x2), min(y1, y2), max(1.0, abs(x2 - x1)), max(1.0, abs(y2 - y1)))


def marked_image(theme: Theme, image: QImage, marks: Sequence[PhotoMark]) -> QImage:
    """Return a picture with its marks painted over it."""
    if image.isNull() or not marks:
        return image
    made = QImage(image.size(), QImage.Format.Format_ARGB32_Premultiplied)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    MarksPaint(theme).paint(painter, image, QRectF(made.rect()), marks)
    painter.end()
    return made
