"""Voice memos in a row: each a word that is heard when it is pressed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from gemba.domain.titles import first_words
from gemba.ui.icons import icon
from gemba.ui.widgets.button import Button
from gemba.ui.widgets.layout import FlowLayout

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

_MOST_LETTERS = 40


class MemoStrip(QWidget):
    """`opened` and `removed` hand on the key of a memo, `wanted` that one is to be added."""

    opened = Signal(object)
    removed = Signal(object)
    wanted = Signal()

    def __init__(
        self, theme: Theme, *, adds: bool = True, big: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._big = big
        self._flow = FlowLayout(self, gap=theme.px(8))
        self._shown: list[Button] = []
        self.adder = Button(theme, self.tr("Voice memo"), icon="mic", big=big, parent=self)
        self.adder.clicked.connect(self.wanted)
        self.adder.setVisible(adds)
        if adds:
            self._flow.addWidget(self.adder)
        self._adds = adds
        if not adds:  # and where it has one to show nothing, or it would be a window of its own
            self.hide()
        self.setAccessibleName(self.tr("Voice memos"))

    def set_memos(self, memos: Sequence[tuple[object, str]]) -> None:
        """Show memos given as key and name; without a way to add one, none hides the row."""
        if [(one.property("key"), one.toolTip()) for one in self._shown] == list(memos):
            return
        for old in self._shown:
            self._flow.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._shown.clear()
        self._flow.removeWidget(self.adder)
        for key, name in memos:
            words = first_words(name, _MOST_LETTERS) or self.tr("Voice memo")
            memo = Button(self.theme, words, kind="quiet", icon="mic", big=self._big, parent=self)
            memo.setProperty("key", key)
            memo.setToolTip(name)
            memo.setAccessibleName(self.tr("Hear {name}").format(name=words))
            memo.clicked.connect(lambda _on=False, key=key: self.opened.emit(key))
            self._flow.addWidget(memo)
            memo.show()
            self._shown.append(memo)
        if self._adds:
            self._flow.addWidget(self.adder)
        self.setVisible(self._adds or bool(memos))
        # Showing the last memo placed them all, before the button came behind it again.
        self._flow.invalidate()
        self._flow.activate()
        self.updateGeometry()

    def memos(self) -> list[Button]:
        """The memos shown."""
        return list(self._shown)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete removes the memo with the focus."""
        held = next((one for one in self._shown if one.hasFocus()), None)
        if held is not None and event.key() == Qt.Key.Key_Delete:
            self.removed.emit(held.property("key"))
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to hear or remove the memo."""
        held = next((one for one in self._shown if one.hasFocus() or one.underMouse()), None)
        if held is None:
            return
        key = held.property("key")
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        hearing = menu.addAction(icon(self.theme, "mic"), self.tr("Hear"))
        hearing.triggered.connect(lambda: self.opened.emit(key))
        removing = menu.addAction(icon(self.theme, "trash-2"), self.tr("Remove"))
        removing.triggered.connect(lambda: self.removed.emit(key))
        menu.popup(event.globalPos())
