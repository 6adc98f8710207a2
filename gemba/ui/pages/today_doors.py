"""Where to begin: what Today shows while nothing has been written yet."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.ui.widgets import Button, Label
from gemba.ui.widgets.door import Door, Doors

if TYPE_CHECKING:
    from gemba.ui.go import Go
    from gemba.ui.theme import Theme

_WIDEST = 680


class TodayDoors(QWidget):
    """Three doors to the three kinds of work, and the samples to look round in."""

    def __init__(self, theme: Theme, *, go: Go, open_sample: Callable[[str], None]) -> None:
        super().__init__()
        self.theme = theme
        self._go = go
        self.sample = Button(theme, self.tr("Open the sample hospital"), icon="folder-open")
        self.plant = Button(theme, self.tr("Open the plant"), kind="quiet")
        self.office = Button(theme, self.tr("Open the office"), kind="quiet")
        for button, name in (
            (self.sample, "discharge"),
            (self.plant, "plant"),
            (self.office, "office"),
        ):
            button.clicked.connect(lambda _on=False, name=name: open_sample(name))
        across = QHBoxLayout(self)
        across.setContentsMargins(0, theme.px(48), 0, 0)
        middle = QWidget()
        middle.setMaximumWidth(theme.px(_WIDEST))
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(24))
        column.addWidget(Label(theme, self.tr("Where do you want to begin?"), step="question"))
        column.addWidget(self._doors())
        column.addLayout(self._samples())
        here = self.tr("Everything stays on this laptop, in a folder you can copy.")
        column.addWidget(Label(theme, here, step="small", tone="ink_soft"))
        across.addStretch(1)
        across.addWidget(middle, 1000)
        across.addStretch(1)

    def _doors(self) -> QWidget:
        doors = Doors()
        for icon, words, sentence, place in (
            (
                "footprints",
                self.tr("Walk"),
                self.tr("Go where the work is done. Bring one question."),
                "walks",
            ),
            (
                "message-circle-question-mark",
                self.tr("Coach"),
                self.tr("Sit beside one person. A name and three questions are enough."),
                "coaching",
            ),
            (
                "notebook-pen",
                self.tr("Write an A3"),
                self.tr("Think one problem through, on one sheet, with the person who owns it."),
                "new sheet",
            ),
        ):
            door = doors.add(Door(self.theme, icon, words, sentence))
            door.clicked.connect(lambda _on=False, place=place: self._go.to(place))
        return doors

    def _samples(self) -> QVBoxLayout:
        theme = self.theme
        one = QHBoxLayout()
        one.setSpacing(theme.px(16))
        look = self.tr("Or look round a hospital that has been doing this for twelve weeks.")
        one.addWidget(Label(theme, look, tone="ink_soft"), 1)
        one.addWidget(self.sample)
        others = QHBoxLayout()
        others.setSpacing(theme.px(8))
        more = self.tr("There is a plant and an office, too, each with its sheet.")
        others.addWidget(Label(theme, more, tone="ink_soft"), 1)
        others.addWidget(self.plant)
        others.addWidget(self.office)
        samples = QVBoxLayout()
        samples.setSpacing(theme.px(4))
        samples.addLayout(one)
        samples.addLayout(others)
        return samples
