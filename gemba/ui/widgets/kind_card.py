"""A kind of sheet to choose: its small picture, its name, and the situation it is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QTextLayout
from PySide6.QtWidgets import QSizePolicy, QWidget

from gemba.ui.widgets.base import RADIUS, Control, box, draw_icon, draw_words
from gemba.ui.widgets.label import paragraph

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

CARD_WIDTH = 448
_NARROWEST_THIRD = 360
_PICTURE = QSize(140, 99)  # as A3 lies: 420 by 297
_EDGE, _GAP = 12, 16


class KindCard(Control):
    """One kind of sheet; a click or Enter chooses it, and a tick says which is chosen."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        situation: str,
        *,
        chosen: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, f"{name}. {situation}", parent)
        self.chosen = chosen
        self._name = name
        self._situation = situation
        self._picture: QImage | None = None
        if chosen:
            self.setAccessibleDescription(self.tr("Chosen"))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def picture_width(self) -> int:
        """The width of the picture in pixels of the layout."""
        return self.theme.px(_PICTURE.width())

    @property
    def pictured(self) -> bool:
        """Whether the drawing of the sheet has come."""
        return self._picture is not None

    def show_kind(self, name: str, situation: str) -> None:
        """Stand for another kind, without a picture at first."""
        self._name, self._situation, self._picture = name, situation, None
        self.setText(f"{name}. {situation}")

    def set_picture(self, picture: QImage) -> None:
        """Show the drawing of the empty sheet."""
        self._picture = picture
        self.update()

    def hasHeightForWidth(self) -> bool:
        """A longer situation takes more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as the picture, or as the words where they need more."""
        px = self.theme.px
        lines = self._lines(width).lineCount()
        words = px(21 + 4) + lines * self.theme.line_height("text")
        return max(px(_PICTURE.height()), words) + 2 * px(_EDGE)

    def sizeHint(self) -> QSize:
        """Two or three of them beside each other; one where letters are large."""
        parent = self.parentWidget()
        room = parent.width() if parent is not None else 0
        wide = self.theme.px(CARD_WIDTH)
        least = self.minimumSizeHint().width()
        if least <= room < wide:
            wide = room
        third = (room - 2 * self.theme.px(8)) // 3
        if third >= self.theme.px(_NARROWEST_THIRD):
            wide = min(wide, third)
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        """The picture, and room for a few words."""
        wide = self.picture_width + self.theme.px(2 * _EDGE + _GAP + 120)
        return QSize(wide, self.theme.px(_PICTURE.height() + 2 * _EDGE))

    def _lines(self, width: int) -> QTextLayout:
        room = max(1, width - self.theme.px(2 * _EDGE + _GAP) - self.picture_width)
        return paragraph(self.theme, self._situation, "text", room, self.layoutDirection())[0]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground, the paper, the name and the situation."""
        theme, px = self.theme, self.theme.px
        painter = QPainter(self)
        if self.isDown() or self.chosen:
            box(painter, QRectF(self.rect()), px(RADIUS), theme.accent_soft)
        elif self.hot() or self.keyed():
            box(painter, QRectF(self.rect()), px(RADIUS), theme.hover)
        wide, edge, gap = self.picture_width, px(_EDGE), px(_GAP)
        flip = self.mirrored()
        left = self.width() - edge - wide if flip else edge
        paper = QRect(left, edge, wide, px(_PICTURE.height()))
        painter.setPen(theme.line)
        painter.setBrush(theme.paper)
        painter.drawRect(paper.adjusted(-1, -1, 0, 0))
        if self._picture is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(paper, self._picture)
        room = self.width() - 2 * edge - gap - wide
        x = edge if flip else edge + wide + gap
        side = Qt.AlignmentFlag.AlignRight if flip else Qt.AlignmentFlag.AlignLeft
        tick = px(20 + 4) if self.chosen else 0
        name = QRect(x + (tick if flip else 0), edge, room - tick, px(21))
        draw_words(painter, name, self._name, theme.font("strong"), theme.ink, align=side)
        if self.chosen:
            at = QRectF(x if flip else x + room - px(20), edge, px(20), px(20))
            draw_icon(painter, theme, "check", "accent", at)
        painter.setPen(theme.ink)
        layout = self._lines(self.width())
        layout.draw(painter, QPointF(x, edge + px(21 + 4)))
        painter.end()
