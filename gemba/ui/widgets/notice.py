"""One sentence and one action: beside a cause, or where nothing is yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from gemba.ui.widgets.base import RADIUS, box, draw_icon, set_margins
from gemba.ui.widgets.button import Button, Kind
from gemba.ui.widgets.label import READING_WIDTH, Label

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

NoticeKind = Literal["watch", "stop", "good", "plain"]


class Notice(QWidget):
    """A sentence said beside its cause; `acted` says that its one action was chosen.

    `kind` "plain" is for a fact that asks for nothing.
    """

    acted = Signal()

    def __init__(
        self,
        theme: Theme,
        sentence: str,
        *,
        action: str = "",
        kind: NoticeKind = "watch",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.kind: NoticeKind = kind
        row = QHBoxLayout(self)
        px = theme.px
        self._row = row
        self._leave_room()
        row.setSpacing(px(8))
        self.words = Label(theme, sentence, parent=self)
        self._middle = middle = QVBoxLayout()
        middle.setContentsMargins(0, px(6), 0, px(6))
        middle.addWidget(self.words)
        row.addLayout(middle, 1)
        self.button = Button(theme, action, kind="quiet", parent=self)
        self.button.setVisible(bool(action))
        self.button.clicked.connect(lambda: self.acted.emit())
        row.addWidget(self.button)
        self.setMinimumHeight(px(40))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(sentence)

    def say(self, sentence: str, action: str = "") -> None:
        """Change the sentence and its action."""
        self.words.setText(sentence)
        self.setAccessibleName(sentence)
        self.button.setText(action)
        self.button.setVisible(bool(action))
        # The height that was asked for last is remembered; the new words may need another one.
        for layout in (self._middle, self._row):
            layout.invalidate()

    def _leave_room(self) -> None:
        px = self.theme.px
        near, far = px(12) + (px(28) if self.kind in ("watch", "stop") else 0), px(4)
        set_margins(self._row, self, near, px(2), far, px(2))

    def changeEvent(self, event: QEvent) -> None:
        """Keep the icon's room at the side where reading begins."""
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._leave_room()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground, and the icon of a warning."""
        painter = QPainter(self)
        theme, px = self.theme, self.theme.px
        grounds = {
            "watch": theme.watch_soft,
            "stop": theme.stop_soft,
            "good": theme.good_soft,
            "plain": theme.accent_soft,
        }
        box(painter, QRectF(self.rect()), px(RADIUS), grounds[self.kind])
        if self.kind in ("watch", "stop"):
            rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            left = self.width() - px(32) if rtl else px(12)
            rect = QRectF(left, 0, px(20), self.height())
            if self.kind == "stop":
                draw_icon(painter, theme, "shield-alert", "stop", rect)
            else:
                draw_icon(painter, theme, "info", "watch", rect)
        painter.end()


class EmptyState(QWidget):
    """Says in one sentence what will stand here, and offers the one thing to do."""

    acted = Signal()

    def __init__(
        self,
        theme: Theme,
        sentence: str,
        *,
        action: str = "",
        icon: str = "",
        kind: Kind = "secondary",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(8), 0, theme.px(8))
        column.setSpacing(theme.px(16))
        self.words = Label(theme, sentence, tone="ink_soft", parent=self)
        self.words.setMaximumWidth(theme.px(READING_WIDTH))
        column.addWidget(self.words)
        self.button = Button(theme, action, kind=kind, icon=icon, parent=self)
        self.button.setVisible(bool(action))
        self.button.clicked.connect(lambda: self.acted.emit())
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeading)
        self.setAccessibleName(sentence)

    def minimumSizeHint(self) -> QSize:
        """As narrow as its button."""
        return QSize(self.button.sizeHint().width(), super().minimumSizeHint().height())
