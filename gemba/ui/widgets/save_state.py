"""Says whether what was typed is on the disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from gemba.ui.theme import Token
from gemba.ui.widgets.base import draw_icon, set_margins
from gemba.ui.widgets.label import Label

if TYPE_CHECKING:
    from gemba.ui.theme import Theme


class SaveState(QWidget):
    """ "Saved", "Saving", or "Not saved yet: ..." at the right end of the status bar."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._icon = "check"
        self._token: Token = "ink_soft"
        row = QHBoxLayout(self)
        self._row = row
        set_margins(row, self, theme.px(20), 0, 0, 0)
        self.words = Label(theme, "", step="small", tone="ink_soft", wrap=False, parent=self)
        row.addWidget(self.words)
        self.setFixedHeight(theme.px(20))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.saved()

    def changeEvent(self, event: QEvent) -> None:
        """Keep the icon's room where reading begins."""
        if event.type() == QEvent.Type.LayoutDirectionChange:
            set_margins(self._row, self, self.theme.px(20), 0, 0, 0)
        super().changeEvent(event)

    def saved(self, ago: str = "") -> None:
        """All is on the disk, and since when, such as "3 min ago"."""
        words = self.tr("Saved {ago}").format(ago=ago) if ago else self.tr("Saved")
        self._say("check", "ink_soft", words)

    def saving(self) -> None:
        """Something is on its way to the disk."""
        self._say("", "ink_soft", self.tr("Saving"))

    def trouble(self, why: str) -> None:
        """Something is not on the disk, and why, as one or two sentences."""
        words = self.tr("Not saved yet: {why}").format(why=why)
        self._say("triangle-alert", "stop", words)

    def _say(self, icon: str, token: Token, words: str) -> None:
        self._icon, self._token = icon, token
        self.words.set_tone(token)
        self.words.setText(words)
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the icon before the words."""
        if not self._icon:
            return
        painter = QPainter(self)
        side = self.theme.px(16)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = self.width() - side if rtl else 0
        rect = QRectF(left, 0, side, self.height())
        draw_icon(painter, self.theme, self._icon, self._token, rect, 14)
        painter.end()
