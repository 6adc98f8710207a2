"""Every control in every state on one page, to be looked at after each change of the look."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.ui.gallery_charts import charts, grids, learning, thread
from gemba.ui.gallery_content import month, rows, said, words
from gemba.ui.gallery_controls import buttons, chips, choices, fields, words_to_press
from gemba.ui.gallery_frame import window
from gemba.ui.gallery_lists import cards, counted, long_lists, picks
from gemba.ui.gallery_mirrored import double, mirrored
from gemba.ui.gallery_samples import Samples
from gemba.ui.theme import Theme
from gemba.ui.widgets.label import Label


def gallery(theme: Theme) -> QWidget:
    """A page of all controls, 1280 wide at 100 % and as high as it needs."""
    return _Gallery(theme)


class _Gallery(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._samples = samples = Samples(theme)
        self.setFixedWidth(theme.px(1280))
        self.setWindowTitle("Controls")
        column = QVBoxLayout(self)
        side = theme.px(24)
        column.setContentsMargins(side, side, side, side)
        column.setSpacing(theme.px(32))
        column.addWidget(Label(theme, "Controls", step="title"))
        column.addWidget(window(samples))
        column.addWidget(buttons(samples))
        near = (fields, choices, chips, words_to_press, picks, counted, thread)
        far = (rows, said, words, month, long_lists, grids, learning)
        halves = QHBoxLayout()
        halves.setSpacing(theme.px(48))
        halves.addLayout(self._stack([part(samples) for part in near]), 1)
        halves.addLayout(self._stack([part(samples) for part in far]), 1)
        column.addLayout(halves)
        column.addWidget(charts(samples))
        column.addWidget(cards(samples))
        column.addWidget(mirrored(samples))
        column.addWidget(double(samples))
        column.addStretch(1)

    def _stack(self, parts: Sequence[QWidget]) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(self.theme.px(32))
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)
        return column

    def showEvent(self, event: QShowEvent) -> None:
        """Take the height it needs, and draw the rings once everything has its place."""
        super().showEvent(event)
        layout = self.layout()
        for _ in range(2):  # a text field knows its lines only once it has its width
            if layout is not None:
                layout.activate()
            self.resize(self.sizeHint())
        self._samples.ring(self)

    def sizeHint(self) -> QSize:
        """As high as its parts."""
        layout = self.layout()
        width = self.theme.px(1280)
        return QSize(width, layout.heightForWidth(width) if layout is not None else 0)
