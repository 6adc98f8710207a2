"""The title of a box while it is being changed, over the title on the paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

if TYPE_CHECKING:
    from gemba.ui.pages.sheet_desk import SheetHost

_TITLE_MM: Final = 7.0


class NameLine(QLineEdit):
    """One line in the place of the title; Enter and leaving it hand itself to ``kept``."""

    def __init__(
        self,
        page: SheetHost,
        box_id: str,
        label: Callable[[], str],
        kept: Callable[[NameLine], None],
    ) -> None:
        super().__init__(page.view.page)
        self.box_id = box_id
        self._page = page
        self._label = label
        self._kept = kept
        theme = page.theme
        self.setText(label())
        self.setAccessibleName(page.tr("Name of the box"))
        self.setFont(theme.font("strong"))
        palette = self.palette()
        palette.setColor(palette.ColorRole.Base, theme.paper)
        palette.setColor(palette.ColorRole.Text, theme.paper_ink)
        self.setPalette(palette)
        self.place()
        self.show()
        self.raise_()
        self.selectAll()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.returnPressed.connect(self.keep)
        self.installEventFilter(self)

    def place(self) -> None:
        """Lie over the title, wherever it is now."""
        box = self._page.view.box_at(self.box_id)
        if box is None:
            return
        frame = box.frame
        at = self._page.view.rect_of(frame.x, frame.y, frame.width, _TITLE_MM).toRect()
        high = max(at.height(), self.sizeHint().height())
        self.setGeometry(at.x(), at.y(), min(at.width(), self._page.theme.px(420)), high)

    def keep(self) -> None:
        """Let the box be called as it is written here."""
        self._kept(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leaving it keeps the name; Esc leaves the old one."""
        if event.type() == QEvent.Type.FocusOut:
            self.keep()
        elif (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape
        ):
            self.setText(self._label())
            self.keep()
            return True
        return super().eventFilter(watched, event)
