"""How the sheet page is put together: bar, notice, the sheet on its desk, and the drawer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.ui.pages.sheet_bar import SheetBar
from gemba.ui.widgets import DrawerHost, Notice
from gemba.ui.widgets.paper import PaperView

if TYPE_CHECKING:
    from gemba.ui.theme import Theme
    from gemba.ui.widgets.paper_page import Render


class SheetFrame(QWidget):
    """Bar and notice stand above the drawer: what can be done stays in sight beside it."""

    def __init__(self, theme: Theme, render: Render, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.bar = SheetBar(theme)
        self.notice = Notice(theme, "")
        self.notice.hide()
        said = QHBoxLayout()
        said.setContentsMargins(theme.px(24), 0, theme.px(24), theme.px(8))
        said.addWidget(self.notice)
        self.view = PaperView(theme, render)
        self.host = DrawerHost(theme, self.view, self.tr("Coach’s margin"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addLayout(said)
        column.addWidget(self.host, 1)
        self.instead: QWidget | None = None
        self.view.zoomed.connect(
            lambda column: self.bar.distance.set_value("column" if column else "whole")
        )
        self.host.opened.connect(self.keep_clear)

    def show_instead(self, widget: QWidget | None) -> None:
        """Show something in place of the sheet and its bar, or the sheet again."""
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        if self.instead is not None:
            self.instead.hide()
            layout.removeWidget(self.instead)
        self.instead = widget
        if widget is not None:
            self.notice.hide()
            layout.addWidget(widget, 1)
            widget.show()
        self.bar.setVisible(widget is None)
        self.host.setVisible(widget is None)
        if widget is None:
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_keys(self, keys: QKeySequence.StandardKey | str, run: Callable[[], None]) -> None:
        """Run something by keys, wherever on this page the focus is."""
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(run)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A wider window has the drawer beside the sheet, a narrower one over it."""
        super().resizeEvent(event)
        self.keep_clear()

    def keep_clear(self) -> None:
        """Show the sheet clear of a drawer that lies over its far side."""
        over = self.host.is_open() and not self.host.is_beside()
        flips = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self.view.cover(self.host.drawer.width() if over and not flips else 0)
