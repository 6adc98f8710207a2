"""A sheet as a small picture of itself, with its title and facts below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gemba.ui.widgets.base import Control, Ring, draw_words, width_of
from gemba.ui.widgets.label import paragraph

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

PICTURE_WIDTH = 266
PICTURE_HEIGHT = 188  # 266 at 420 : 297


class SheetCard(Control):
    """One sheet of the gallery; a click or Enter opens it."""

    def __init__(
        self,
        theme: Theme,
        title: str,
        facts: str,
        age: str,
        *,
        width: int = PICTURE_WIDTH,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, f"{title}, {facts}, {age}", parent)
        self._title = title
        self._facts = facts
        self._age = age
        self._wide = width
        self._picture: QImage | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_picture(self, picture: QImage) -> None:
        """Show the drawing of the sheet, made for this width and pixel ratio."""
        self._picture = picture
        self.update()

    def picture_size(self) -> QSize:
        """Return the size of the picture in pixels of the layout."""
        return QSize(self._wide, round(self._wide * PICTURE_HEIGHT / PICTURE_WIDTH))

    def sizeHint(self) -> QSize:
        """The picture, two lines of title and one of facts."""
        below = 8 + 2 * 21 + 4 + 16
        return QSize(self._wide, self.picture_size().height() + self.theme.px(below))

    def ring(self) -> Ring | None:
        """Stand close round the picture, square like paper."""
        if not self.keyed():
            return None
        return Ring(QRect(0, 0, self._wide, self.picture_size().height()), self.theme.px(4), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the paper with its shadow, then the words."""
        painter = QPainter(self)
        px, theme = self.theme.px, self.theme
        paper = QRect(0, 0, self._wide, self.picture_size().height())
        self._shadow(painter, paper)
        painter.fillRect(paper, theme.paper)
        if self._picture is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(paper, self._picture)
        if self.hot():
            painter.setPen(theme.edge)
            painter.drawRect(paper.adjusted(0, 0, -1, -1))
        layout, _ = paragraph(theme, self._title, "strong", self._wide, self.layoutDirection())
        top = paper.bottom() + 1 + px(8)
        painter.setPen(theme.ink)
        for number in range(min(layout.lineCount(), 2)):
            line = layout.lineAt(number)
            if number == 1 and layout.lineCount() > 2:
                rest = self._title[line.textStart() :]
                area = QRect(0, top + px(21), self._wide, px(21))
                draw_words(painter, area, rest, theme.font("strong"), theme.ink)
            else:
                line.draw(painter, QRectF(0, top, 0, 0).topLeft())
        self._facts_line(painter, top + px(2 * 21 + 4))
        painter.end()

    def _facts_line(self, painter: QPainter, top: int) -> None:
        font, height = self.theme.font("small"), self.theme.px(16)
        age = width_of(self._age, font)
        soft = self.theme.ink_soft
        right = Qt.AlignmentFlag.AlignRight
        area = QRect(self._wide - age, top, age, height)
        draw_words(painter, area, self._age, font, soft, align=right)
        room = QRect(0, top, self._wide - age - self.theme.px(8), height)
        draw_words(painter, room, self._facts, font, soft)

    def _shadow(self, painter: QPainter, paper: QRect) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        veil = QColor(self.theme.shadow)
        veil.setAlphaF(veil.alphaF() / 3)
        for spread in (1, 2, 3):
            painter.fillRect(paper.adjusted(-spread, -spread + 2, spread, spread + 2), veil)
