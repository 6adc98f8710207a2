"""Chips: an icon and a word on a soft ground; a link chip opens what it names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gemba.ui.theme import Token
from gemba.ui.widgets.base import RADIUS, Control, box, draw_icon, draw_words, one_line, width_of

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

ChipKind = Literal["chip", "plain", "good", "watch", "stop", "link"]
_MOST = 280
_ICON = 16


class Chip(Control):
    """24 high; `kind` "link", or any with `opens`, can be clicked; the others only speak."""

    def __init__(
        self,
        theme: Theme,
        words: str,
        *,
        kind: ChipKind = "chip",
        icon: str = "",
        opens: bool | None = None,
        ground: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, words, parent)
        self.kind: ChipKind = kind
        self.glyph = icon
        self.ground = ground
        self.setFont(theme.font("small"))
        if not (kind == "link" if opens is None else opens):
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        else:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._tell_whole()

    def setText(self, words: str) -> None:
        """Change the words."""
        super().setText(words)
        self._tell_whole()

    def _tell_whole(self) -> None:
        whole = self._wish() > self.theme.px(_MOST)
        self.setToolTip(self.text() if whole else "")

    def _wish(self) -> int:
        px = self.theme.px
        before = 0 if self.kind == "plain" else px(6 if self.glyph else 8)
        icon = px(_ICON) + px(4) if self.glyph else 0
        return before + icon + width_of(self.text(), self.theme.font("small")) + px(8)

    def sizeHint(self) -> QSize:
        """At most 280 wide; longer words are cut and told by the tooltip."""
        return QSize(min(self._wish(), self.theme.px(_MOST)), self.theme.px(24))

    def minimumSizeHint(self) -> QSize:
        """Gives way down to a few letters."""
        return QSize(min(self._wish(), self.theme.px(64)), self.theme.px(24))

    def _inks(self) -> tuple[Token, QColor | None]:
        theme = self.theme
        match self.kind:
            case "good":
                return "good", theme.good_soft
            case "watch":
                return "watch", theme.watch_soft
            case "stop":
                return "stop", theme.stop_soft
            case "plain":
                return "ink_soft", theme.hover if self.hot() else None
            case "link":
                rest = theme.accent_soft if self.ground else None
                return "accent", theme.hover if self.hot() or self.isDown() else rest
            case _:
                return "ink", theme.accent_soft

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, icon and words."""
        painter = QPainter(self)
        px = self.theme.px
        if not self.isEnabled():
            painter.setOpacity(0.5)
        ink, ground = self._inks()
        if ground is not None:
            box(painter, QRectF(self.rect()), px(RADIUS), ground)
        flip = self.mirrored()
        left = 0 if self.kind == "plain" else px(6 if self.glyph else 8)
        if self.glyph:
            x = self.width() - left - px(_ICON) if flip else left
            rect = QRectF(x, 0, px(_ICON), self.height())
            draw_icon(painter, self.theme, self.glyph, ink, rect, _ICON)
            left += px(_ICON) + px(4)
        width = self.width() - left - px(8 if self.kind != "plain" else 0)
        side = Qt.AlignmentFlag.AlignRight if flip else Qt.AlignmentFlag.AlignLeft
        x = self.width() - left - width if flip else left
        words = QRect(x, 0, width, self.height())
        draw_words(
            painter, words, one_line(self.text()), self.font(), self.theme.color(ink), align=side
        )
        painter.end()
