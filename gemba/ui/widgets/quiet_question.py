"""A question that stands under a field while its words ask for it, and can be put away."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gemba.ui.widgets.button import Button
from gemba.ui.widgets.label import Label

if TYPE_CHECKING:
    from gemba.domain.wording import Remark
    from gemba.ui.theme import Theme

_AFTER_LAST_KEY = 700


class QuietQuestion(QWidget):
    """One sentence in soft ink and "It stands as it is"; it never takes the caret.

    ``ask`` returns what is to be asked about the words as they are now, ``dismiss`` keeps that the
    writer leaves them so.
    """

    def __init__(
        self,
        theme: Theme,
        ask: Callable[[], Remark | None],
        dismiss: Callable[[Remark], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._ask = ask
        self._dismiss = dismiss
        self.remark: Remark | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        self.words = Label(theme, "", step="small", tone="ink_soft")
        self.button = Button(theme, self.tr("It stands as it is"), kind="quiet")
        self.button.clicked.connect(self._put_away)
        row.addWidget(self.words, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_AFTER_LAST_KEY)
        self._pause.timeout.connect(self.look)
        self.hide()

    def bind(self, field: QWidget) -> None:
        """Look at the words of a field soon after the last key, and when it is left."""
        field.edited.connect(self._pause.start)  # type: ignore[attr-defined]
        field.left.connect(self.look)  # type: ignore[attr-defined]

    def look(self) -> None:
        """Ask what there is to ask now, or nothing."""
        self._pause.stop()
        self.remark = self._ask()
        self.words.setText(self.remark.question if self.remark is not None else "")
        self.setVisible(self.remark is not None)

    def _put_away(self) -> None:
        if self.remark is not None:
            self._dismiss(self.remark)
        self.look()
