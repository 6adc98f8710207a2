"""The head of walk mode: why we go, where on the way we are, how long, and the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from gemba.domain.walk import Stop
from gemba.ui.pages.common import clear
from gemba.ui.widgets import Button, IconButton, Label
from gemba.ui.widgets.base import draw_icon
from gemba.ui.widgets.hairline import Hairline
from gemba.ui.widgets.word_button import WordButton

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gemba.ui.theme import Theme


class _Onward(QWidget):
    """The small arrow between two stops."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setFixedSize(theme.px(24), theme.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it the way one reads."""
        painter = QPainter(self)
        flip = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        draw_icon(
            painter, self.theme, "chevron-right", "ink", QRectF(self.rect()), 16, mirrored=flip
        )
        painter.end()


class StopPath(QWidget):
    """The stops in their order; `chosen` hands on the id of the one to go to.

    Where they do not fit, only the present one shows, with a step back and a step on.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._stops: tuple[Stop, ...] = ()
        self._at = ""
        self.words: dict[str, WordButton] = {}
        self.setAccessibleName(self.tr("Stops"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._whole = QWidget(self)
        self._whole_row = QHBoxLayout(self._whole)
        self._whole_row.setContentsMargins(0, 0, 0, 0)
        self._whole_row.setSpacing(0)
        self._short = QWidget(self)
        short = QHBoxLayout(self._short)
        short.setContentsMargins(0, 0, 0, 0)
        short.setSpacing(theme.px(4))
        self.before = IconButton(theme, "chevron-left", self.tr("The stop before"))
        self.after = IconButton(theme, "chevron-right", self.tr("The next stop"))
        self._here = Label(theme, "", step="strong", wrap=False)
        self._count = Label(theme, "", step="small", tone="ink_soft", wrap=False)
        for part in (self.before, self._here, self._count, self.after):
            short.addWidget(part)
        self.before.clicked.connect(lambda: self.step(-1))
        self.after.clicked.connect(lambda: self.step(1))
        row.addStretch(1)
        row.addWidget(self._whole)
        row.addWidget(self._short)
        self.hide()

    def set_stops(self, stops: Sequence[Stop], at: str) -> None:
        """Show these stops and the one the leader stands at."""
        if (tuple(stops), at) == (self._stops, self._at):
            return
        if [s.id for s in stops] != [s.id for s in self._stops] or stops != self._stops:
            self._stops = tuple(stops)
            self._fill()
        self._at = at
        for key, word in self.words.items():
            word.setChecked(key == at)
        here = next((i for i, stop in enumerate(self._stops) if stop.id == at), -1)
        self._here.setText(self._stops[here].place if here >= 0 else "")
        count = self.tr("{n} of {all}").format(n=here + 1, all=len(self._stops))
        self._count.setText(count if here >= 0 else "")
        self.before.setEnabled(here > 0)
        self.after.setEnabled(here < len(self._stops) - 1)
        self.setVisible(bool(self._stops))
        self.fit(self.width())

    def _fill(self) -> None:
        clear(self._whole_row)
        self.words = {}
        for stop in self._stops:
            if self.words:
                self._whole_row.addWidget(_Onward(self.theme))
            word = WordButton(self.theme, stop.place, checkable=True)
            word.clicked.connect(lambda _on=False, key=stop.id: self._choose(key))
            self.words[stop.id] = word
            self._whole_row.addWidget(word)

    def _choose(self, key: str) -> None:
        for other, word in self.words.items():
            word.setChecked(other == key)
        self.chosen.emit(key)

    def step(self, by: int) -> None:
        """Go to the stop before or after; at an end nothing happens."""
        here = next((i for i, stop in enumerate(self._stops) if stop.id == self._at), -1)
        if self._stops and 0 <= here + by < len(self._stops):
            self.chosen.emit(self._stops[here + by].id)

    def wish(self) -> int:
        """How wide all stops are side by side."""
        # Asked of the words: a layout counts nothing for what has not been shown yet.
        arrows = self.theme.px(24) * max(0, len(self.words) - 1)
        return arrows + sum(word.sizeHint().width() for word in self.words.values())

    def short_wish(self) -> int:
        """How wide the present stop is with its steps back and on."""
        parts = (self.before, self._here, self._count, self.after)
        gaps = self._short.layout().spacing() * (len(parts) - 1)  # type: ignore[union-attr]
        return gaps + sum(part.sizeHint().width() for part in parts)

    def fit(self, width: int) -> None:
        """Show all stops where there is room for them, else the present one."""
        whole = self.wish() <= width
        self._whole.setVisible(whole)
        self._short.setVisible(not whole)

    def sizeHint(self) -> QSize:
        """Room for all stops."""
        return QSize(self.wish(), self.theme.px(48))

    def minimumSizeHint(self) -> QSize:
        """Room for one stop."""
        return QSize(self.theme.px(160), self.theme.px(48))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose between all stops and one."""
        super().resizeEvent(event)
        self.fit(event.size().width())


class WalkHead(QWidget):
    """Purpose, stops, minutes and "End the walk"."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        px = theme.px
        self.setFixedHeight(px(72))
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(px(24), 0, px(24), 0)
        row.setSpacing(px(16))
        self.purpose = Label(theme, "", step="question", wrap=False)
        self.purpose.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.path = StopPath(theme)
        self._rule = Hairline(theme, upright=True)
        self._rule.setFixedHeight(px(24))
        self.add_stop = IconButton(theme, "plus", self.tr("Add a stop"), shortcut="Alt+S")
        self.minutes = Label(theme, "", wrap=False)
        self.card = Button(theme, self.tr("Cue card"), big=True, checkable=True)
        self.card.hide()
        self.end = Button(theme, self.tr("End the walk"), big=True)
        row.addWidget(self.purpose, 1)
        row.addWidget(self.path)
        row.addWidget(self.add_stop)
        row.addWidget(self._rule)
        for part in (self.minutes, self.card, self.end):
            row.addWidget(part)
        self._time = (0, 0)

    def set_narrow(self, narrow: bool, low: bool) -> None:
        """Say less where there is little room, and offer the cue card instead."""
        self.setFixedHeight(self.theme.px(56 if low else 72))
        side = self.theme.px(16 if narrow else 24)
        self._row.setContentsMargins(side, 0, side, 0)
        self._row.setSpacing(self.theme.px(12 if narrow else 16))
        self.purpose.set_step("strong" if narrow else "question")
        self.card.setVisible(narrow)
        self._rule.setVisible(not narrow)
        self.end.setText(self.tr("End") if narrow else self.tr("End the walk"))
        self.end.setAccessibleName(self.tr("End the walk"))
        self.set_minutes(*self._time)

    def set_minutes(self, minutes: int, box: int) -> None:
        """Say how long the walk has lasted, against its time box where it has one."""
        self._time = (minutes, box)
        if box and self.card.isHidden():
            words = self.tr("{n} of {box} min").format(n=minutes, box=box)
        else:
            words = self.tr("{n} min").format(n=minutes)
        if words != self.minutes.text():
            self.minutes.setText(words)
            self._share()

    def set_stops(self, stops: Sequence[Stop], at: str) -> None:
        """Show the stops of the walk and the one the leader stands at."""
        self.path.set_stops(stops, at)
        self._share()

    def _share(self) -> None:
        """Give the stops what the purpose leaves over, and at least half of the room."""
        px = self.theme.px
        margins = self._row.contentsMargins()
        taken = margins.left() + margins.right() + self._row.spacing() * 6
        parts: tuple[QWidget, ...] = (self.add_stop, self.minutes, self.end, self.card)
        for part in parts:
            taken += part.sizeHint().width() if not part.isHidden() else 0
        room = self.width() - taken
        left = max(px(184), room - min(self.purpose.sizeHint().width(), room // 2))
        wish = self.path.wish()
        if wish > left:
            # Only the present stop is shown, and the purpose has the rest.
            wish = self.path.short_wish()
        self.path.setFixedWidth(min(left, max(wish, px(184))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width between purpose and stops."""
        super().resizeEvent(event)
        self._share()
