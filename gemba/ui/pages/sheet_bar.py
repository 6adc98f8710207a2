"""The bar above a sheet: who has the pen, what can be drawn, the distance, and the drawers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from gemba.ui.widgets import Button, IconButton, Label, Segmented

if TYPE_CHECKING:
    from collections.abc import Callable

    from gemba.domain.figures.insertion import Offer
    from gemba.ui.theme import Theme


class SheetBar(QWidget):
    """`drawer_asked` names the drawer a button stands for, `chosen` hands on what to put in a box.

    ``offered`` returns what the box in focus suggests, and the rest; the page sets it.
    """

    back_asked = Signal()
    distance_chosen = Signal(object)
    drawer_asked = Signal(object)
    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), theme.px(10), theme.px(16), theme.px(10))
        row.setSpacing(theme.px(8))
        self.back = Button(theme, self.tr("All sheets"), kind="quiet", icon="arrow-left")
        self.back.clicked.connect(self.back_asked)
        self.pen = Label(theme, "", step="small", tone="ink_soft", wrap=False)
        self._pen = self._pen_in_short = ""
        self.insert = Button(theme, self.tr("Draw"), icon="pencil-ruler")
        self.insert.setToolTip(self.tr("Or type / in the box"))
        self.offered: Callable[[], tuple[list[Offer], list[Offer]]] = lambda: ([], [])
        self.drawing = QMenu(self)
        self.drawing.aboutToShow.connect(self._fill_drawing)
        self.insert.set_menu(self.drawing)
        self.distance = Segmented(
            theme,
            [("whole", self.tr("Whole sheet")), ("column", self.tr("Column"))],
            value="whole",
            name=self.tr("Distance"),
        )
        self.distance.chosen.connect(self.distance_chosen)
        self.print = Button(theme, self.tr("Print"), icon="printer")
        self.print.clicked.connect(lambda: self.drawer_asked.emit("print"))
        self.margin = Button(
            theme,
            self.tr("Coach’s margin"),
            icon="message-circle-question-mark",
            checkable=True,
        )
        self.margin.clicked.connect(lambda: self.drawer_asked.emit("margin"))
        self.more = IconButton(theme, "ellipsis", self.tr("More about this sheet"))
        self.more.clicked.connect(self._show_more)
        self.tray = Button(theme, self.tr("Tray"), kind="quiet")
        self.tray.clicked.connect(lambda: self.drawer_asked.emit("tray"))
        self.tray.hide()
        self._in_tray = 0
        row.addWidget(self.back)
        row.addStretch(1)
        row.addWidget(self.tray)
        for widget in (self.pen, self.insert, self.distance, self.print, self.margin, self.more):
            row.addWidget(widget)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say fewer things in a narrow bar, but those whole; the rest stands under More."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Narrower than all of it: what finds no room goes under More."""
        return QSize(self.theme.px(200), super().minimumSizeHint().height())

    def _fit(self) -> None:
        room, gap = self.width() - self.theme.px(32), self.theme.px(8)

        def wide(*parts: QWidget) -> int:
            return sum(one.sizeHint().width() + gap for one in parts)

        def needs(words: str, back: bool) -> int:
            self.pen.setText(words)
            tray = wide(self.tray) if self._in_tray else 0
            return wide(self.pen, self.distance, self.more) + tray + (wide(self.back) * back)

        # Who has the pen is never dropped: it is said in short, and then the way back goes, which
        # the rail shows as well.
        pens = (self._pen, self._pen_in_short)
        ways = [(words, back) for back in (True, False) for words in pens]
        words, back = next((one for one in ways if needs(*one) <= room), ways[-1])
        needed = needs(words, back)
        self.back.setVisible(back)
        # What is dropped first stands last.
        for part in (self.margin, self.insert, self.print):
            needed += wide(part)
            part.setVisible(needed <= room)

    def _show_more(self) -> None:
        """Open what is known of the sheet; in a narrow bar ask first which of the rest is meant."""
        others = (self.back, self.insert, self.print, self.margin)
        dropped = [one for one in others if one.isHidden()]
        if not dropped:
            self.drawer_asked.emit("about")
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self.back in dropped:
            menu.addAction(self.back.text()).triggered.connect(self.back_asked)
        if self.insert in dropped:
            drawing = menu.addMenu(self.insert.text())
            self._fill_drawing()
            for entry in self.drawing.actions():
                drawing.addAction(entry)
        for key, button in (("print", self.print), ("margin", self.margin)):
            if button in dropped:
                entry = menu.addAction(button.text())
                entry.triggered.connect(lambda _on=False, key=key: self.drawer_asked.emit(key))
        about = menu.addAction(self.tr("About this sheet"))
        about.triggered.connect(lambda: self.drawer_asked.emit("about"))
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def say_tray(self, count: int) -> None:
        """Say how many pieces lie in the tray; without any, nothing."""
        self._in_tray = count
        self.tray.setText(self.tr("Tray: {count}").format(count=count))
        self.tray.setVisible(bool(count))
        self._fit()

    def say_pen(self, words: str, in_short: str) -> None:
        """Say who has the pen, in short where there is little room."""
        self._pen, self._pen_in_short = words, in_short
        self._fit()

    def _fill_drawing(self) -> None:
        """List what can be drawn: what the box in focus suggests, a line, and the rest."""
        self.drawing.clear()
        suggested, rest = self.offered()
        for group in (suggested, rest):
            if group is rest and suggested:
                self.drawing.addSeparator()
            for one in group:
                entry = self.drawing.addAction(one.words)
                entry.triggered.connect(lambda _on=False, one=one: self.chosen.emit(one))
