"""One tie of the thread: a chip that opens its other end, and the way to take it away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from gemba.ui.widgets.button import IconButton
from gemba.ui.widgets.chip import Chip

if TYPE_CHECKING:
    from gemba.ui.theme import Theme


class TieChip(QWidget):
    """`opened` by a click or Enter on the chip; `taken` by the cross beside it or by Delete."""

    opened = Signal()
    taken = Signal()

    def __init__(
        self,
        theme: Theme,
        words: str,
        *,
        icon: str,
        spoken: str = "",
        may_take: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(4))
        self.chip = Chip(theme, words, kind="link", icon=icon, parent=self)
        self.chip.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.chip.setAccessibleName(spoken or words)
        self.chip.clicked.connect(self.opened)
        row.addWidget(self.chip)
        self.taker: IconButton | None = None
        if may_take:
            named = self.tr("Take away the tie to {words}").format(words=words)
            self.taker = _Small(theme, "x", named, parent=self)
            self.taker.setToolTip(self.tr("Take the tie away (Delete)"))
            self.taker.clicked.connect(self.taken)
            row.addWidget(self.taker)
        row.addStretch(1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the other end, Delete takes the tie away."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.chip.hasFocus():
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Delete and self.taker is not None:
            self.taken.emit()
        else:
            super().keyPressEvent(event)


class _Small(IconButton):
    """As high as a chip, so that several ties stand close."""

    def sizeHint(self) -> QSize:
        """A chip's height, and wide enough to hit."""
        return QSize(self.theme.px(36), self.theme.px(28))
