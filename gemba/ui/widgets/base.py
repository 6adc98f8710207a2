"""What the painted controls share: the focus ring, rounded boxes and the button they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QLayout, QSizePolicy, QWidget

from gemba.ui import icons

if TYPE_CHECKING:
    from gemba.ui.theme import Theme, Token

RADIUS = 6
_BY_KEYS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


@dataclass(frozen=True, slots=True)
class Ring:
    """Where the focus ring stands: round this rectangle of the widget, after a gap."""

    rect: QRect
    gap: int
    radius: int


@runtime_checkable
class Ringed(Protocol):
    """A widget round which the window draws the focus ring."""

    def ring(self) -> Ring | None:
        """The ring for the present focus, or None for none."""


def box(
    painter: QPainter,
    rect: QRectF,
    radius: float,
    fill: QColor | None = None,
    edge: QColor | None = None,
    width: float = 1.0,
) -> None:
    """Paint a rounded rectangle whose edge lies wholly inside `rect`."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    if edge is None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(rect, radius, radius)
        return
    painter.setPen(QPen(edge, width))
    half = width / 2
    inner = rect.adjusted(half, half, -half, -half)
    painter.drawRoundedRect(inner, max(radius - half, 0), max(radius - half, 0))


def draw_icon(
    painter: QPainter,
    theme: Theme,
    name: str,
    token: Token,
    rect: QRectF,
    size: int = 20,
    *,
    mirrored: bool = False,
) -> None:
    """Paint an icon in the middle of `rect`; `size` in pixels at 100 %."""
    ratio = painter.device().devicePixelRatioF()
    picture = icons.pixmap(theme, name, token, size, ratio=ratio, mirrored=mirrored)
    side = theme.px(size)
    left = round(rect.x() + (rect.width() - side) / 2)
    top = round(rect.y() + (rect.height() - side) / 2)
    painter.drawPixmap(QPointF(left, top), picture)


def draw_words(
    painter: QPainter,
    rect: QRect,
    words: str,
    font: QFont,
    colour: QColor,
    *,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """Paint one line of words, cut with an ellipsis where it does not fit."""
    painter.setFont(font)
    painter.setPen(colour)
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(one_line(words), Qt.TextElideMode.ElideRight, rect.width())
    flags = align | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(rect, flags | Qt.TextFlag.TextSingleLine, shown)


def set_margins(layout: QLayout, around: QWidget, near: int, top: int, far: int, low: int) -> None:
    """Set margins in reading direction: `near` is where a line begins. Qt mirrors none itself."""
    if around.layoutDirection() == Qt.LayoutDirection.RightToLeft:
        near, far = far, near
    layout.setContentsMargins(near, top, far, low)


def one_line(words: str) -> str:
    """Words on one line: line ends become spaces."""
    return " ".join(words.split()) if any(c in words for c in "\n\r\t\u2028\u2029") else words


def width_of(words: str, font: QFont) -> int:
    """The width of words on one line, in pixels."""
    return QFontMetrics(font).horizontalAdvance(one_line(words)) + 1


class Control(QAbstractButton):
    """A painted button: rest, hover, pressed, focus and disabled, by pointer and by keys."""

    def __init__(self, theme: Theme, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._words = words
        self._by_keys = False
        self.posed = False
        self.setAccessibleName(words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        """The words on it, with an & as an &."""
        return self._words

    def setText(self, words: str) -> None:
        """Change the words; an & is no mark for a key."""
        if words != self._words:
            self._words = words
            self.setAccessibleName(words)
            self.updateGeometry()
            self.update()

    def keyed(self) -> bool:
        """Whether keys brought the focus here, or the gallery poses it so.

        It stays so while another window is in front, and before this one is for the first time.
        """
        return self.posed or (self._by_keys and self._has_the_windows_focus())

    def _has_the_windows_focus(self) -> bool:
        window = self.window()
        return self.hasFocus() or (window.focusWidget() is self and not window.isActiveWindow())

    def meet(self) -> None:
        """Take the focus and show it, because Enter would press this now."""
        self._by_keys = True
        self.setFocus(Qt.FocusReason.TabFocusReason)

    def ring(self) -> Ring | None:
        """Round the whole control with a gap, only where the focus came by keys."""
        if not self.keyed():
            return None
        return Ring(self.rect(), self.theme.px(2), self.theme.px(RADIUS))

    def hot(self) -> bool:
        """Whether the pointer is over it."""
        return self.isEnabled() and self.underMouse()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it, as Space does; a choice leaves Enter to the page."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not self.isCheckable():
            self.click()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Remember whether keys brought the focus, for the ring; a window that is back knows it."""
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self._by_keys = event.reason() in _BY_KEYS
        super().focusInEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Paint anew in the other colours."""
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.EnabledChange):
            self.update()
        super().changeEvent(event)

    def mirrored(self) -> bool:
        """Whether reading runs from right to left."""
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def minimumSizeHint(self) -> QSize:
        """As small as it may get; by default as it wants to be."""
        return self.sizeHint()
