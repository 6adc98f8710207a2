"""Things in a row that goes on in the next line, with the button behind them that adds one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QWidget

from gemba.ui.icons import icon
from gemba.ui.widgets.button import Button
from gemba.ui.widgets.layout import FlowLayout

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

One = TypeVar("One", bound=QAbstractButton)


class Strip(QWidget, Generic[One]):
    """`opened` and `removed` hand on the key of one; the adder is what the strip was given."""

    opened = Signal(object)
    removed = Signal(object)

    def __init__(
        self, theme: Theme, adder: str, adder_icon: str, *, big: bool, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._flow = FlowLayout(self, gap=theme.px(8))
        self._shown: list[One] = []
        self.adder = Button(theme, adder, icon=adder_icon, big=big, parent=self)
        self._flow.addWidget(self.adder)

    def _put(self, made: Sequence[tuple[object, One]]) -> None:
        """Show these, by key, in the place of those before; the focus stays with its key."""
        held = next((old.property("key") for old in self._shown if old.hasFocus()), None)
        for old in self._shown:
            self._flow.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._shown.clear()
        self._flow.removeWidget(self.adder)
        for key, one in made:
            one.setProperty("key", key)
            one.clicked.connect(lambda _on=False, key=key: self.opened.emit(key))
            self._flow.addWidget(one)
            one.show()
            self._shown.append(one)
            if held is not None and key == held:
                one.setFocus(Qt.FocusReason.OtherFocusReason)
        self._flow.addWidget(self.adder)

    def _settle(self) -> None:
        """Place them all: showing the last did so before the button came behind it again."""
        self._flow.invalidate()
        self._flow.activate()
        self.updateGeometry()

    def _removes(self) -> bool:
        """Tell whether one may be removed here."""
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete removes the one with the focus."""
        held = next((one for one in self._shown if one.hasFocus()), None)
        if held is not None and event.key() == Qt.Key.Key_Delete and self._removes():
            self.removed.emit(held.property("key"))
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the one under the pointer."""
        held = next((one for one in self._shown if one.hasFocus() or one.underMouse()), None)
        if held is None:
            return
        key = held.property("key")
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name, words, run in self._offers(key):
            menu.addAction(icon(self.theme, name), words).triggered.connect(run)
        if self._removes():
            removing = menu.addAction(icon(self.theme, "trash-2"), self.tr("Remove"))
            removing.triggered.connect(lambda: self.removed.emit(key))
        menu.popup(event.globalPos())

    def _offers(self, key: object) -> list[tuple[str, str, Callable[[], None]]]:
        """Return the icon, the words and the doing of what is offered before removing."""
        return []
