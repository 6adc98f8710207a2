"""Counting and timing on a walk: a tally with big keys, and a stopwatch for several cycles."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from gemba.domain.cycle_times import said_seconds, spread_of
from gemba.domain.observation import Count
from gemba.ui.pages.forms import Inline
from gemba.ui.widgets import Button, Field, Label

if TYPE_CHECKING:
    from gemba.domain.observation import Observation
    from gemba.ui.theme import Theme
    from gemba.ui.widgets.frame import LineField

MOST_LAPS = 500
_SHOWN = 100


class CountForm(Inline):
    """Counts and times what one observation is about; every step is handed on at once.

    `counted` hands on the tallies, `timed` the name of the cycle and all laps in seconds. ``now``
    is a clock that never goes back, in seconds.
    """

    counted = Signal(object)
    timed = Signal(object, object)

    def __init__(
        self,
        theme: Theme,
        *,
        about: str,
        seen: Observation,
        big: bool = False,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(theme, about, self.tr("Close"), "check", big=big)
        self._now = now
        self._counts: tuple[Count, ...] = seen.counts
        self._laps: list[float] = list(seen.laps)
        self._since: float | None = None
        self._row.addLayout(self._build_tally(big), 1)
        self._row.addLayout(self._build_watch(big, seen.timed), 1)
        self.no.hide()
        self._close_row()
        self._tick = QTimer(self)
        self._tick.setInterval(_SHOWN)
        self._tick.timeout.connect(self._show_time)
        self._show_count()
        self._show_time()

    def _build_tally(self, big: bool) -> QVBoxLayout:
        theme = self.theme
        column = QVBoxLayout()
        column.setSpacing(theme.px(4))
        self.what = Field(
            theme,
            self.tr("What do you count?"),
            question=self.tr("Which thing, in one or two words?"),
            big=big,
        )
        if self._counts:
            self.what.set_text(self._counts[-1].label)
        self.what.edited.connect(self._show_count)
        column.addWidget(self.what)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self.number = Label(theme, "0", step="question", wrap=False)
        self.less = Button(theme, "−1", big=big)
        self.less.setAccessibleName(self.tr("One less"))
        self.more = Button(theme, "+1", big=big)
        self.more.setAccessibleName(self.tr("One more"))
        self.less.clicked.connect(lambda: self._count(-1))
        self.more.clicked.connect(lambda: self._count(1))
        for widget in (self.more, self.less, self.number):
            row.addWidget(widget)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        return column

    def _build_watch(self, big: bool, timed: str) -> QVBoxLayout:
        theme = self.theme
        column = QVBoxLayout()
        column.setSpacing(theme.px(4))
        self.cycle = Field(
            theme,
            self.tr("Which cycle do you time?"),
            question=self.tr("From what to what?"),
            big=big,
        )
        self.cycle.set_text(timed)
        self.cycle.left.connect(lambda: self._hand_on() if self._laps else None)
        column.addWidget(self.cycle)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self.lap = Button(theme, self.tr("Start"), icon="timer", big=big)
        self.lap.setToolTip(self.tr("Space"))
        self.lap.clicked.connect(self._lap)
        self.halt = Button(theme, self.tr("Stop"), kind="quiet", big=big)
        self.halt.clicked.connect(self._stop)
        self.undo = Button(theme, self.tr("One lap less"), kind="quiet", big=big)
        self.undo.clicked.connect(self._drop_last)
        self.shown = Label(theme, "", step="large", wrap=False)
        for widget in (self.lap, self.shown, self.halt, self.undo):
            row.addWidget(widget)
        row.addStretch(1)
        column.addLayout(row)
        self.spread = Label(theme, "", step="small", tone="ink_soft")
        column.addWidget(self.spread)
        column.addStretch(1)
        return column

    def begin(self) -> None:
        """Put the caret where the first words go, or the stopwatch in hand."""
        first = self.more if self._counts else self.what.line
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def fields(self) -> dict[str, LineField]:
        """The two names."""
        return {"what": self.what, "cycle": self.cycle}

    # Counting

    def _label(self) -> str:
        return " ".join(self.what.text().split())

    def _here(self) -> int | None:
        label = self._label().casefold()
        return next(
            (i for i, one in enumerate(self._counts) if one.label.casefold() == label), None
        )

    def _count(self, by: int) -> None:
        at = self._here()
        if at is None:
            if by < 0:
                return
            if not self._label():
                self.what.say(self.tr("Name what you count."))
                self.what.line.setFocus()
                return
            new = Count(id=f"c{len(self._counts) + 1}", label=self._label(), number=by)
            self._counts = (*self._counts, new)
        else:
            held = self._counts[at]
            changed = replace(held, number=max(0, held.number + by))
            self._counts = (*self._counts[:at], changed, *self._counts[at + 1 :])
        self.what.say("")
        self._show_count()
        self.counted.emit(self._counts)

    def _show_count(self) -> None:
        at = self._here()
        self.number.setText(str(self._counts[at].number) if at is not None else "0")

    # Timing

    @property
    def running(self) -> bool:
        """Whether a cycle is being timed now."""
        return self._since is not None

    def _lap(self) -> None:
        now = self._now()
        if self._since is not None and len(self._laps) < MOST_LAPS:
            self._laps.append(round(now - self._since, 2))
            self._hand_on()
        self._since = now
        self._tick.start()
        self.lap.setText(self.tr("Lap"))
        self._show_time()

    def _stop(self) -> None:
        self._since = None
        self._tick.stop()
        self.lap.setText(self.tr("Start"))
        self._show_time()

    def _drop_last(self) -> None:
        if self._laps:
            self._laps.pop()
            self._hand_on()
            self._show_time()

    def _hand_on(self) -> None:
        self.timed.emit(self.cycle.text().strip(), tuple(self._laps))

    def _show_time(self) -> None:
        going = said_seconds(self._now() - self._since) if self._since is not None else ""
        self.shown.setText(going)
        self.shown.setVisible(bool(going))
        self.halt.setVisible(self.running)
        self.undo.setVisible(bool(self._laps))
        self.spread.setText(spread_words(self._laps))
        self.spread.setVisible(bool(self._laps))

    def _finish(self) -> None:
        self._stop()
        self.gave_up.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter counts or laps where it is, and goes no further."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
            return
        super().keyPressEvent(event)


def spread_words(laps: Sequence[float]) -> str:
    """Say how many cycles there were and how they spread: "5 cycles: 41.0 s, 38.2 s to 52.4 s"."""
    from PySide6.QtCore import QCoreApplication

    found = spread_of(laps)
    if found is None:
        return ""
    words = QCoreApplication.translate("Count", "{n} cycles: middle {middle}, {least} to {most}.")
    if found.count == 1:
        words = QCoreApplication.translate("Count", "1 cycle: {middle}.")
    return words.format(
        n=found.count,
        middle=said_seconds(found.middle),
        least=said_seconds(found.least),
        most=said_seconds(found.most),
    )


def counts_words(counts: Sequence[Count]) -> str:
    """Say what was counted: "12 trolleys, 3 pumps"."""
    return ", ".join(f"{one.number} {one.label}" for one in counts)
