"""A photo as large as the window, over whatever is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from gemba.ui.widgets.base import box
from gemba.ui.widgets.button import Button, IconButton
from gemba.ui.widgets.label import Label
from gemba.ui.widgets.photos import Source, painted, read_whole

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

_STEPS = {
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageDown: 1,
    Qt.Key.Key_Space: 1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageUp: -1,
}


class OverWindow(QWidget):
    """Lies over a window and keeps its keys, until it is closed and goes away by itself."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self.theme = theme
        self._window = window
        self._before = QApplication.focusWidget()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def cover(self) -> None:
        """Lie over the window from now on."""
        self._window.installEventFilter(self)
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_view(self) -> None:
        """Give the window back, and the focus to where it was."""
        self._window.removeEventFilter(self)
        self.hide()
        self.deleteLater()
        before = self._before
        # What had the focus may be gone: a strip shows a marked photo anew.
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Hide what lies below."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.page)
        painter.end()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window."""
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._window.rect())
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """No key is a command of the page below."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.accept()
            return True
        return super().event(event)


class PhotoView(OverWindow):
    """Arrows go from photo to photo, Esc gives the window back.

    Photos are pairs of a path, or what reads the bytes, and words that describe it. With ``mark``
    the photo shown can be marked: it is told which one, and the view goes.
    """

    def __init__(
        self,
        theme: Theme,
        window: QWidget,
        photos: Sequence[tuple[Source, str]],
        at: int = 0,
        *,
        mark: Callable[[int], None] | None = None,
    ) -> None:
        super().__init__(theme, window)
        self._photos = list(photos)
        self._image: QImage | None = None
        self._mark = mark
        self.at = max(0, min(at, len(self._photos) - 1))
        self._build()
        self._show()
        self.cover()

    def _build(self) -> None:
        theme, px = self.theme, self.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(8), px(16), px(8))
        row = QHBoxLayout()
        row.setSpacing(px(8))
        self.words = Label(theme, "", tone="ink_soft", wrap=False)
        self.before = IconButton(theme, "chevron-left", self.tr("The photo before"))
        self.after = IconButton(theme, "chevron-right", self.tr("The next photo"))
        self.away = IconButton(theme, "x", self.tr("Close (Esc)"))
        row.addWidget(self.words, 1)
        self.marker = Button(theme, self.tr("Mark or blur (M)"), icon="pencil")
        self.marker.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.marker.clicked.connect(self.mark)
        self.marker.setVisible(self._mark is not None)
        row.addWidget(self.marker)
        for button, run in (
            (self.before, lambda: self.step(-1)),
            (self.after, lambda: self.step(1)),
            (self.away, self.close_view),
        ):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(run)
            row.addWidget(button)
        column.addLayout(row)
        column.addStretch(1)

    def step(self, by: int) -> None:
        """Go to the photo before or after; at an end nothing happens."""
        if 0 <= self.at + by < len(self._photos):
            self.at += by
            self._show()

    def _show(self) -> None:
        self._image = None
        _source, words = self._photos[self.at]
        count = len(self._photos)
        if count > 1:
            of = self.tr("{n} of {all}").format(n=self.at + 1, all=count)
            words = f"{words}, {of}" if words else of
        self.words.setText(words)
        self.setAccessibleName(words)
        for button in (self.before, self.after):
            button.setVisible(count > 1)
        self.before.setEnabled(self.at > 0)
        self.after.setEnabled(self.at < count - 1)
        self.update()

    def mark(self) -> None:
        """Let the photo that is shown be marked, where it can be."""
        if self._mark is not None:
            self.close_view()
            self._mark(self.at)

    def _room(self) -> QRectF:
        px = self.theme.px
        return QRectF(self.rect()).adjusted(px(16), px(52), -px(16), -px(16))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the photo whole, never larger than it is."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.page)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        room, ratio = self._room(), self.devicePixelRatioF()
        if self._image is None:
            most = (round(room.width() * ratio), round(room.height() * ratio))
            source = self._photos[self.at][0]
            self._image = painted(self.theme, read_whole(source, *most), source)
        if self._image.isNull():
            box(painter, room, 4, self.theme.photo)
        else:
            size = QSizeF(self._image.size()) / ratio
            if size.width() > room.width() or size.height() > room.height():
                size.scale(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRectF(room.topLeft(), size)
            place.moveCenter(room.center())
            painter.drawImage(place, self._image)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Read the photo anew, as large as there is room."""
        super().resizeEvent(event)
        self._image = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press beside the photo closes it; nothing below hears of it."""
        event.accept()
        if not self._room().contains(event.position()):
            self.close_view()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes, arrows go on, M marks; no other key reaches the page below."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close_view()
        elif key in _STEPS:
            self.step(_STEPS[key])
        elif key == Qt.Key.Key_M and not event.modifiers():
            self.mark()
        event.accept()

    def focusNextPrevChild(self, _forward: bool) -> bool:
        """The focus stays here until the photo is closed."""
        return True
