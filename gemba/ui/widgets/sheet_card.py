"""How a sheet looks in the gallery: a small picture of itself, its title and facts below."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QTextLayout

from gemba.ui.widgets.base import RADIUS, box, draw_icon, draw_words, width_of
from gemba.ui.widgets.label import paragraph

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

PICTURE_WIDTH = 266
PICTURE_HEIGHT = 188  # 266 at 420 : 297
MORE = 32
BEAD = 20
_BELOW = 8 + 2 * 21 + 4 + 16
_LAID_MOST = 400


@dataclass(frozen=True, slots=True)
class CardWords:
    """What a card says; ``instead`` stands on the paper where there is no picture of the sheet.

    ``asked`` is how many of a coach's questions are open; it is counted on the picture.
    """

    title: str
    facts: str = ""
    age: str = ""
    instead: str = ""
    asked: int = 0

    def spoken(self) -> str:
        """All of it in one text, for assistive technology."""
        return ", ".join(part for part in (self.title, self.facts, self.age, self.instead) if part)


@dataclass(frozen=True, slots=True)
class CardState:
    """How a card stands: under the pointer, reached by keys, its menu button under the pointer."""

    hover: bool = False
    focus: bool = False
    on_more: bool = False


def card_size(theme: Theme, width: int) -> QSize:
    """Return the size of a card: the picture, two lines of title and one of facts."""
    return QSize(width, picture_height(width) + theme.px(_BELOW))


def picture_height(width: int) -> int:
    """Return how high the picture of a sheet is at a width."""
    return round(width * PICTURE_HEIGHT / PICTURE_WIDTH)


def more_rect(theme: Theme, card: QRect, *, flip: bool) -> QRect:
    """Return where the button with the three dots lies on a card."""
    side, gap = theme.px(MORE), theme.px(6)
    left = card.left() + gap if flip else card.right() + 1 - gap - side
    return QRect(left, card.top() + gap, side, side)


class CardPainter:
    """Paints cards; lines once broken are remembered, so that scrolling costs little."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self._laid: OrderedDict[tuple[str, int, bool], QTextLayout] = OrderedDict()

    def forget(self) -> None:
        """Break lines anew, as in other letters."""
        self._laid.clear()

    def paint(
        self,
        painter: QPainter,
        rect: QRect,
        words: CardWords,
        picture: QImage | None,
        state: CardState,
        *,
        flip: bool = False,
    ) -> None:
        """Paint one card into a rectangle of card_size."""
        theme, px = self.theme, self.theme.px
        paper = QRect(rect.left(), rect.top(), rect.width(), picture_height(rect.width()))
        self._shadow(painter, paper)
        painter.fillRect(paper, theme.paper)
        if picture is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(paper, picture)
        elif words.instead:
            self._instead(painter, paper, words.instead, flip=flip)
        if words.asked:
            self._bead(painter, paper, words.asked, flip=flip)
        if state.hover or state.focus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(theme.edge)
            painter.drawRect(paper.adjusted(0, 0, -1, -1))
            self._more(painter, rect, state, flip=flip)
        if state.focus:
            around = QRectF(paper).adjusted(-px(6), -px(6), px(6), px(6))
            box(painter, around, 0, None, theme.accent, px(2))
        top = paper.bottom() + 1 + px(8)
        self._title(painter, rect, top, words.title, flip=flip)
        self._facts(painter, rect, top + px(2 * 21 + 4), words, flip=flip)

    def _title(self, painter: QPainter, rect: QRect, top: int, title: str, *, flip: bool) -> None:
        layout = self._layout(title, rect.width(), flip=flip)
        painter.setPen(self.theme.ink)
        for number in range(min(layout.lineCount(), 2)):
            line = layout.lineAt(number)
            if number == 1 and layout.lineCount() > 2:
                rest = title[line.textStart() :]
                area = QRect(rect.left(), top + self.theme.px(21), rect.width(), self.theme.px(21))
                side = layout.textOption().alignment()
                font = self.theme.font("strong")
                draw_words(painter, area, rest, font, self.theme.ink, align=side)
            else:
                line.draw(painter, QPointF(rect.left(), top))

    def _layout(self, title: str, width: int, *, flip: bool) -> QTextLayout:
        key = (title, width, flip)
        found = self._laid.get(key)
        if found is None:
            around = Qt.LayoutDirection.RightToLeft if flip else Qt.LayoutDirection.LeftToRight
            found = paragraph(self.theme, title, "strong", width, around)[0]
            self._laid[key] = found
            if len(self._laid) > _LAID_MOST:
                self._laid.popitem(last=False)
        return found

    def _facts(
        self, painter: QPainter, rect: QRect, top: int, words: CardWords, *, flip: bool
    ) -> None:
        font, height = self.theme.font("small"), self.theme.px(16)
        soft, gap = self.theme.ink_soft, self.theme.px(8)
        age = width_of(words.age, font) if words.age else 0
        near, far = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        if flip:
            near, far = far, near
        left = rect.left() if flip else rect.right() + 1 - age
        draw_words(painter, QRect(left, top, age, height), words.age, font, soft, align=far)
        taken = age + gap if age else 0
        left = rect.left() + taken if flip else rect.left()
        room = QRect(left, top, rect.width() - taken, height)
        draw_words(painter, room, words.facts, font, soft, align=near)

    def _instead(self, painter: QPainter, paper: QRect, said: str, *, flip: bool) -> None:
        inset = self.theme.px(16)
        area = paper.adjusted(inset, inset, -inset, -inset)
        around = Qt.LayoutDirection.RightToLeft if flip else Qt.LayoutDirection.LeftToRight
        painter.setPen(self.theme.paper_soft)
        paragraph(self.theme, said, "small", area.width(), around)[0].draw(
            painter, QPointF(area.topLeft())
        )

    def _more(self, painter: QPainter, rect: QRect, state: CardState, *, flip: bool) -> None:
        at = QRectF(more_rect(self.theme, rect, flip=flip))
        ground = self.theme.accent_soft if state.on_more else self.theme.surface
        box(painter, at, self.theme.px(RADIUS), ground, self.theme.edge)
        draw_icon(painter, self.theme, "ellipsis", "ink", at)

    def _bead(self, painter: QPainter, paper: QRect, count: int, *, flip: bool) -> None:
        """Count on the picture what is open, as the sheet itself does beside its boxes."""
        side, gap = self.theme.px(BEAD), self.theme.px(6)
        # At the foot, where the page number is, so that no word of the sheet is covered.
        left = paper.left() + gap if flip else paper.right() + 1 - gap - side
        at = QRect(left, paper.bottom() + 1 - gap - side, side, side)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.paper_accent)
        painter.drawEllipse(at)
        painter.setFont(self.theme.font("small_strong"))
        painter.setPen(self.theme.paper)
        painter.drawText(at, Qt.AlignmentFlag.AlignCenter, str(min(count, 99)))

    def _shadow(self, painter: QPainter, paper: QRect) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        veil = QColor(self.theme.shadow)
        veil.setAlphaF(veil.alphaF() / 5)
        for spread in (1, 2, 4, 6):
            painter.fillRect(paper.adjusted(-spread, -spread + 2, spread, spread + 2), veil)
