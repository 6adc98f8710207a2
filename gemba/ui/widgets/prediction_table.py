"""Predicted and happened, line by line: short rows that open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from gemba.ui.widgets.base import RADIUS, Control, Ring, box, draw_words, width_of
from gemba.ui.widgets.outcome_mark import outcome_words, paint_outcome

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_WHEN = 72
_MARK = 20


@dataclass(frozen=True, slots=True)
class Predicted:
    """One line: when, what was predicted, how it came out, and what was learned."""

    when: str
    predicted: str
    outcome: str
    happened: str
    learned: str
    key: object = None


def columns(theme: Theme, width: int) -> tuple[QRect, QRect, QRect, QRect]:
    """Return where when, predicted, happened and learned stand in a row of this width."""
    px = theme.px
    side, high = px(16), px(40)
    left = side + px(_WHEN)
    rest = max(0, width - left - side)
    cuts = (0, round(rest * 0.37), round(rest * 0.61), rest)
    gap = px(16)
    whole = [
        QRect(left + cuts[at], 0, max(0, cuts[at + 1] - cuts[at] - gap), high) for at in range(3)
    ]
    return QRect(side, 0, px(_WHEN) - px(8), high), whole[0], whole[1], whole[2]


class PredictionTable(QWidget):
    """Lines on one surface under the heads of their columns; `opened` hands on a key."""

    opened = Signal(object)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._lines: list[_Line] = []
        self.setAccessibleName(name)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, theme.px(32), 0, 0)
        self._column.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_lines(self, lines: Sequence[Predicted]) -> None:
        """Show these lines instead of the present ones."""
        for old in self._lines:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._lines = []
        for words in lines:
            line = _Line(self.theme, words, self)
            line.clicked.connect(lambda _on=False, key=words.key: self.opened.emit(key))
            self._column.addWidget(line)
            self._lines.append(line)
            line.show()  # else it takes no focus before the layout has placed it
        if self._lines:
            self._lines[-1].last = True

    def lines(self) -> list[Predicted]:
        """What the lines say, from top to bottom."""
        return [line.words for line in self._lines]

    def line(self, key: object) -> Control | None:
        """The line of this key."""
        return next((line for line in self._lines if line.words.key == key), None)

    def choose(self, key: object) -> None:
        """Mark the line with this key and no other."""
        for line in self._lines:
            line.chosen = line.words.key == key
            line.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down go from line to line."""
        now = next((i for i, line in enumerate(self._lines) if line.hasFocus()), None)
        step = _STEPS.get(Qt.Key(event.key()))
        if now is None or step is None:
            super().keyPressEvent(event)
        elif 0 <= now + step < len(self._lines):
            self._lines[now + step].setFocus(Qt.FocusReason.TabFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the surface and the heads of the columns."""
        painter = QPainter(self)
        theme = self.theme
        box(painter, QRectF(self.rect()), theme.px(RADIUS), theme.surface)
        heads = (
            self.tr("When"),
            self.tr("We predicted"),
            self.tr("It happened"),
            self.tr("We learned"),
        )
        for rect, words in zip(columns(theme, self.width()), heads, strict=True):
            room = QRect(rect.x(), 0, rect.width(), theme.px(32))
            draw_words(painter, room, words, theme.font("small"), theme.ink_soft)
        painter.end()


class _Line(Control):
    def __init__(self, theme: Theme, words: Predicted, parent: QWidget) -> None:
        said = (
            words.when,
            words.predicted,
            outcome_words(words.outcome),
            words.happened,
            words.learned,
        )
        super().__init__(theme, ", ".join(one for one in said if one), parent)
        self.words = words
        self.chosen = False
        self.last = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def ring(self) -> Ring | None:
        return None  # a line draws its ring inside itself

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(480), self.theme.px(40))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(240), self.theme.px(40))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in _STEPS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            words, theme = self.words, self.theme
            texts = (words.predicted, words.happened, words.learned)
            rooms = columns(theme, self.width())[1:]
            cut = any(
                width_of(text, theme.font()) > room.width() - theme.px(_MARK)
                for text, room in zip(texts, rooms, strict=True)
            )
            self.setToolTip("\n".join(text for text in texts if text) if cut else "")
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, px = self.theme, self.theme.px
        painter.fillRect(0, 0, self.width(), 1, theme.line)
        ground = theme.accent_soft if self.chosen or self.keyed() else theme.hover
        if self.chosen or self.keyed() or self.hot():
            painter.fillRect(self.rect().adjusted(0, 1, 0, 0), ground)
        if self.keyed():
            box(
                painter,
                QRectF(self.rect()).adjusted(1, 2, -1, -1),
                px(RADIUS),
                None,
                theme.accent,
                px(2),
            )
        when, predicted, happened, learned = columns(theme, self.width())
        font = theme.font()
        draw_words(painter, when, self.words.when, font, theme.ink_soft)
        draw_words(painter, predicted, self.words.predicted, font, theme.ink)
        middle = QPointF(happened.x() + px(8), happened.center().y() + 1)
        paint_outcome(painter, theme, self.words.outcome, middle)
        room = happened.adjusted(px(_MARK + 4), 0, 0, 0)
        draw_words(painter, room, self.words.happened, font, theme.ink)
        draw_words(painter, learned, self.words.learned, font, theme.ink)
        painter.end()
