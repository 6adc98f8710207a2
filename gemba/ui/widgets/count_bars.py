"""Counts as horizontal bars, each a row that opens what it counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from gemba.ui.widgets.base import Control, box, draw_words, width_of

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

_HIGH = 32
_NAMES = 200
_NAMES_SHARE = 0.36
_NUMBERS = 64


class CountBar(Control):
    """One name, its bar and its count; `clicked` asks to open what was counted."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        count: int,
        largest: int,
        spoken: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, name, parent)
        self.count, self._share = count, count / largest if largest else 0.0
        self.setAccessibleName(spoken)
        self.setToolTip(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As high as a row that can be clicked."""
        return QSize(self.theme.px(420), self.theme.px(_HIGH))

    def minimumSizeHint(self) -> QSize:
        """Its name is cut where there is little room."""
        return QSize(self.theme.px(200), self.theme.px(_HIGH))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the name, the bar and the count."""
        painter = QPainter(self)
        px, theme, flip = self.theme.px, self.theme, self.mirrored()
        if self.hot() or self.isDown():
            box(painter, QRectF(self.rect()), px(6), theme.accent_soft)
        names = min(px(_NAMES), round(self.width() * _NAMES_SHARE))
        numbers = max(px(_NUMBERS), width_of(str(self.count), theme.font("text")) + px(16))
        room = self.width() - names - numbers - px(8)
        far, near = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignLeft
        wide = max(px(2), round(room * self._share)) if self.count else 0
        high = px(14)
        bar = QRect(names + px(8), (self.height() - high) // 2, wide, high)
        said = QRect(bar.right() + px(8), 0, numbers, self.height())
        words = QRect(px(4), 0, names - px(8), self.height())
        if flip:
            bar, said, words = (
                QRect(self.width() - one.right() - 1, one.y(), one.width(), one.height())
                for one in (bar, said, words)
            )
        font = theme.font("text")
        draw_words(painter, words, self.text(), font, theme.ink, align=far if flip else near)
        painter.fillRect(bar, theme.accent)
        number = str(self.count)
        draw_words(painter, said, number, font, theme.ink, align=far if flip else near)
        painter.end()


class CountBars(QWidget):
    """Bars below each other, the largest first; `opened` hands on the key of a bar."""

    opened = Signal(object)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(name)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._bars: list[CountBar] = []

    def bars(self) -> list[CountBar]:
        """The bars shown now."""
        return list(self._bars)

    def set_bars(self, rows: Sequence[tuple[object, str, int]]) -> None:
        """Show keys with their words and counts; what is not shown any more goes away."""
        for bar in self._bars:
            bar.hide()
            bar.deleteLater()
        largest = max((count for _key, _words, count in rows), default=0)
        total = sum(count for _key, _words, count in rows)
        self._bars = []
        for key, words, count in rows:
            share = round(100 * count / total) if total else 0
            spoken = self.tr("{name}: {count}, {share} %. Open.").format(
                name=words, count=count, share=share
            )
            bar = CountBar(self._theme, words, count, largest, spoken, self)
            bar.clicked.connect(lambda _on=False, key=key: self.opened.emit(key))
            self._column.addWidget(bar)
            self._bars.append(bar)
            bar.show()
        self.updateGeometry()
