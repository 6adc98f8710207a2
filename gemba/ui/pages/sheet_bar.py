"""The bar above a sheet: who has the pen, what can be drawn, the distance, and the drawers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from gemba.domain.figures import FiveWhys, Plan, RunChart, Sketch
from gemba.ui.widgets import Button, IconButton, Label, Segmented

if TYPE_CHECKING:
    from gemba.ui.theme import Theme


class SheetBar(QWidget):
    """`drawer_asked` names the drawer a button stands for, `drawn` hands on a maker of figures.

    A maker takes the id of the new figure. `photo_asked` wants a photo from a file.
    """

    back_asked = Signal()
    distance_chosen = Signal(str)
    drawer_asked = Signal(str)
    drawn = Signal(object)
    photo_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), theme.px(10), theme.px(16), theme.px(10))
        row.setSpacing(theme.px(8))
        self.back = Button(theme, self.tr("All sheets"), kind="quiet", icon="arrow-left")
        self.back.clicked.connect(self.back_asked)
        self.pen = Label(theme, "", step="small", tone="ink_soft", wrap=False)
        self.insert = Button(theme, self.tr("Draw"), icon="pencil-ruler")
        self.insert.set_menu(self._insert_menu())
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
        self.more.clicked.connect(lambda: self.drawer_asked.emit("about"))
        row.addWidget(self.back)
        row.addStretch(1)
        for widget in (self.pen, self.insert, self.distance, self.print, self.margin, self.more):
            row.addWidget(widget)

    def _insert_menu(self) -> QMenu:
        menu = QMenu(self)
        for words, make in (
            (self.tr("Five whys"), lambda id: FiveWhys(id=id)),
            (self.tr("Run chart"), lambda id: RunChart(id=id)),
            (self.tr("Action plan"), lambda id: Plan(id=id)),
            (self.tr("Sketch"), lambda id: Sketch(id=id)),
        ):
            entry = menu.addAction(words)
            entry.triggered.connect(lambda _on=False, make=make: self.drawn.emit(make))
        menu.addAction(self.tr("Photo from a file")).triggered.connect(self.photo_asked)
        menu.addAction(self.tr("Photo from a walk")).triggered.connect(
            lambda: self.drawer_asked.emit("seen")
        )
        return menu
