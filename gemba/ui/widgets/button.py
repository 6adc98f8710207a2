"""Buttons: primary, secondary and quiet, with or without an icon."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QWidget

from gemba.ui.theme import Step, Token, mix
from gemba.ui.widgets.base import RADIUS, Control, box, draw_icon, draw_words, width_of

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

    from gemba.ui.theme import Theme

Kind = Literal["primary", "secondary", "quiet"]
ICON = 20


class Button(Control):
    """A button with words; `clicked` says that it was pressed.

    `hint` is a key or number in small letters before the words; `big` is for walk mode; `stop`
    writes the words in the colour of "safety now". A checkable secondary button stays filled.
    """

    def __init__(
        self,
        theme: Theme,
        words: str,
        *,
        kind: Kind = "secondary",
        icon: str = "",
        big: bool = False,
        hint: str = "",
        stop: bool = False,
        checkable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, words, parent)
        self.kind: Kind = kind
        self.glyph = icon
        self.big = big
        self.hint = hint
        self.stop = stop
        self._menu: QMenu | None = None
        self.setCheckable(checkable)
        self.setFont(theme.font(self._step()))

    def set_menu(self, menu: QMenu) -> None:
        """Open this menu when pressed, and show an arrow that says so."""
        menu.setParent(self, menu.windowFlags())
        self._menu = menu
        self.clicked.connect(self._open_menu)
        self.updateGeometry()

    def _open_menu(self) -> None:
        if self._menu is None:
            return
        at = QPoint(self.width() if self.mirrored() else 0, self.height() + self.theme.px(4))
        self._menu.popup(self.mapToGlobal(at))

    def _step(self) -> Step:
        return "strong" if self.kind == "primary" else "text"

    def _sides(self) -> tuple[int, int]:
        px = self.theme.px
        if self.kind == "quiet":
            return px(12), px(12)
        wide = px(20 if self.big else 16)
        return (px(12) if self.glyph else wide), wide

    def sizeHint(self) -> QSize:
        """The words, the icon and the room beside them."""
        px = self.theme.px
        before, after = self._sides()
        width = before + after + width_of(self.text(), self.font())
        if self.glyph:
            width += px(ICON) + px(8)
        if self.hint:
            width += width_of(self.hint, self.theme.font("small")) + px(8)
        if self._menu is not None:
            width += px(8) + px(16)
        return QSize(width, px(48 if self.big else 36))

    def _ground(self) -> tuple[QColor | None, QColor | None]:
        theme = self.theme
        if self.kind == "primary":
            share = 0.24 if self.isDown() else 0.12 if self.hot() else 0.0
            return mix(theme.ink, theme.accent, share), None
        if self.isChecked():
            return theme.accent_soft, theme.accent
        ground = theme.surface if self.kind == "secondary" else None
        if self.isDown():
            ground = theme.accent_soft
        elif self.hot():
            ground = theme.hover
        return ground, theme.edge if self.kind == "secondary" else None

    def _ink(self) -> Token:
        if self.stop:
            return "stop"
        inks: dict[Kind, Token] = {"primary": "on_accent", "secondary": "ink", "quiet": "accent"}
        return inks[self.kind]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground, then icon, hint, words and arrow in reading order."""
        painter = QPainter(self)
        if not self.isEnabled():
            painter.setOpacity(0.5)
        fill, edge = self._ground()
        box(painter, QRectF(self.rect()), self.theme.px(RADIUS), fill, edge)
        if self.mirrored():
            self._paint_parts(painter, flip=True)
        else:
            self._paint_parts(painter, flip=False)
        painter.end()

    def _paint_parts(self, painter: QPainter, *, flip: bool) -> None:
        px, theme = self.theme.px, self.theme
        before, after = self._sides()
        ink = self._ink()
        # Where there is too little room, the words stay whole and the icon gives way to them.
        tight = self.width() < self.sizeHint().width()
        if tight:
            before = after = px(8)
            spare = self.width() - 2 * px(8) - width_of(self.text(), self.font())
            before += max(0, spare) // 2 if self._menu is None and not self.hint else 0
        # A button wider than it wants to be keeps its parts together in the middle.
        left = before + max(0, (self.width() - self.sizeHint().width()) // 2)

        def place(width: int) -> QRect:
            x = self.width() - left - width if flip else left
            return QRect(x, 0, width, self.height())

        if self.glyph and not tight:
            draw_icon(painter, theme, self.glyph, ink, QRectF(place(px(ICON))), mirrored=flip)
            left += px(ICON) + px(8)
        if self.hint:
            small = theme.font("small")
            width = width_of(self.hint, small)
            draw_words(painter, place(width), self.hint, small, theme.ink_soft)
            left += width + px(8)
        tail = px(24) if self._menu is not None else 0
        width = min(width_of(self.text(), self.font()), self.width() - left - after - tail)
        side = Qt.AlignmentFlag.AlignRight if flip else Qt.AlignmentFlag.AlignLeft
        draw_words(painter, place(width), self.text(), self.font(), theme.color(ink), align=side)
        if self._menu is not None:
            left += width + px(8)
            draw_icon(painter, theme, "chevron-down", ink, QRectF(place(px(16))), 16)


class IconButton(Control):
    """A square button without words; its tooltip says the words and the shortcut."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        words: str,
        *,
        shortcut: str = "",
        checkable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, words, parent)
        self.glyph = icon
        self.setCheckable(checkable)
        shown = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
        self.setToolTip(f"{words} ({shown})" if shown else words)
        self._keys: QShortcut | None = None
        if shortcut:
            self._keys = QShortcut(QKeySequence(shortcut), self)
            self._keys.activated.connect(self.click)

    def sizeHint(self) -> QSize:
        """36 pixels a side."""
        return QSize(self.theme.px(36), self.theme.px(36))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the icon on its ground."""
        painter = QPainter(self)
        theme = self.theme
        if not self.isEnabled():
            painter.setOpacity(0.5)
        fill: QColor | None = None
        if self.isDown() or self.isChecked():
            fill = theme.accent_soft
        elif self.hot():
            fill = theme.hover
        box(painter, QRectF(self.rect()), theme.px(RADIUS), fill)
        ink: Token = "accent" if self.isChecked() else "ink"
        rect = QRectF(self.rect())
        draw_icon(painter, theme, self.glyph, ink, rect, ICON, mirrored=self.mirrored())
        painter.end()
