"""A row that can be ticked, with a soft second line and one quiet action at the far end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gemba.ui.widgets.button import Button
from gemba.ui.widgets.check import CheckBox
from gemba.ui.widgets.label import Label

if TYPE_CHECKING:
    from gemba.ui.theme import Theme


class Pick(QWidget):
    """`ticked` follows the tick, `acted` the action; both hand on the row's key."""

    ticked = Signal(object, bool)
    acted = Signal(object)

    def __init__(
        self,
        theme: Theme,
        words: str,
        small: str = "",
        *,
        action: str = "",
        icon: str = "",
        checked: bool = False,
        key: object = None,
        picture: QImage | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.key = key
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, theme.px(8))
        row.setSpacing(theme.px(16))
        if picture is not None:
            seen = QLabel(self)
            seen.setPixmap(QPixmap.fromImage(picture))
            row.addWidget(seen, 0, Qt.AlignmentFlag.AlignTop)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        self.box = CheckBox(theme, words, checked=checked)
        self.box.toggled.connect(lambda on: self.ticked.emit(self.key, on))
        self.box.setAccessibleDescription(small)
        lines.addWidget(self.box)
        # With a parent from the start: what is shown without one is a window of its own.
        self.small = Label(theme, small, step="small", tone="ink_soft", parent=self)
        self.small.setVisible(bool(small))
        indent = QHBoxLayout()
        indent.setContentsMargins(theme.px(28), 0, 0, 0)
        indent.addWidget(self.small)
        lines.addLayout(indent)
        lines.addStretch(1)
        row.addLayout(lines, 1)
        self.button = Button(theme, action, kind="quiet", icon=icon, parent=self)
        self.button.setVisible(bool(action))
        self.button.setAccessibleName(f"{action}: {words}" if action else "")
        self.button.clicked.connect(lambda: self.acted.emit(self.key))
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)

    def checked(self) -> bool:
        """Tell whether it is ticked."""
        return bool(self.box.isChecked())
