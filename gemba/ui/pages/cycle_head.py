"""Over the question: which phase, how long already, and the learner's view."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gemba.domain.coaching import CYCLE_MINUTES
from gemba.ui.widgets import Button, Label
from gemba.ui.widgets.phase_dots import PhaseDots
from gemba.ui.widgets.word_button import WordButton

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

RING_ROOM: Final = 4
"""Left beside the questions for the ring of the focus, in pixels at 100 %."""


class CycleHead(QWidget):
    """The phase, the minutes of twenty, and the button for the learner's view.

    The clock runs only while the page is open; a press on the minutes holds it, which ``held``
    says. ``ticks`` counts seconds; ``most`` is how many minutes it is meant to take, 0 where nobody
    says. Beside the phase stand the minutes this question has had, from the first full one on.
    """

    held = Signal(bool)

    def __init__(
        self,
        theme: Theme,
        *,
        ticks: Callable[[], float] = monotonic,
        most: int = CYCLE_MINUTES,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._ticks = ticks
        self._most = most
        self._here = 0
        self._before = 0.0
        self._since: float | None = None
        self._held = False
        self._narrow = False
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(RING_ROOM), 0, theme.px(RING_ROOM), 0)
        row.setSpacing(theme.px(12))
        self.phase = Label(theme, "", tone="ink_soft", wrap=False)
        self.phase.setMinimumWidth(theme.px(48))
        self.dots = PhaseDots(theme)
        self.here = Label(theme, "", tone="ink_soft", wrap=False)
        self.time = WordButton(theme, "", high=36)
        self.time.setToolTip(self.tr("Hold the clock"))
        self.time.clicked.connect(self.hold)
        self.view = Button(
            theme, self.tr("Learner’s view"), kind="quiet", icon="eye-off", checkable=True
        )
        self.view.setToolTip(self.tr("Hides what is for the coach alone (Ctrl+L)"))
        row.addWidget(self.phase)
        row.addWidget(self.dots)
        row.addWidget(self.here)
        row.addStretch(1)
        row.addWidget(self.time)
        row.addWidget(self.view)
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._say)

    def set_narrow(self, narrow: bool) -> None:
        """Say less, and keep the dots in sight."""
        self.view.glyph = "" if narrow else "eye-off"
        self.view.updateGeometry()
        self._row.setSpacing(self._theme.px(4 if narrow else 12))
        self._narrow = narrow
        self._show_words()

    def set_phase(self, number: int, count: int, seconds: int = 0) -> None:
        """Say which phase of how many this is; its question has had so many seconds already."""
        self._here = self.elapsed() - seconds
        self.phase.setText(self.tr("{n} of {count}").format(n=number, count=count))
        self.dots.set_phase(number, count)
        self._show_words()
        self._say()

    def _show_words(self) -> None:
        # The dots say it too, and say it aloud.
        self.phase.setHidden(self._narrow and self.dots.count > 0)
        self.here.setHidden(self._narrow or self.dots.count == 0)

    def set_ended(self) -> None:
        """Say that the cycle is over; it stands at no phase any more."""
        self.phase.setText(self.tr("Ended"))
        self.dots.set_phase(0, 0)
        self._show_words()

    def begin(self, elapsed: int, *, ended: bool) -> None:
        """Go on from so many seconds; the clock of a cycle that has ended stands."""
        self._before = float(elapsed)
        self._held = ended
        self.time.setEnabled(not ended)
        self._since = None if ended else self._ticks()
        self._timer.start()
        self._say()

    def stop(self) -> None:
        """Stop counting, because the page is left."""
        self._before, self._since = float(self.elapsed()), None
        self._timer.stop()

    def hold(self) -> None:
        """Hold the clock, or let it go on."""
        self._held = not self._held
        self._before = float(self.elapsed())
        self._since = None if self._held else self._ticks()
        self._say()
        self.held.emit(self._held)

    def elapsed(self) -> int:
        """The seconds that have passed while the page was open."""
        running = self._ticks() - self._since if self._since is not None else 0.0
        return int(self._before + running)

    def _say(self) -> None:
        seconds = self.elapsed()
        words = self.tr("{n} of {most} min") if self._most else self.tr("{n} min")
        words = words.format(n=seconds // 60, most=self._most)
        here = max(0, seconds - self._here) // 60
        self.here.setText(self.tr("{n} min on this question").format(n=here) if here else "")
        if self._held and self.time.isEnabled():
            words = self.tr("{time}, held").format(time=words)
        self.time.setText(words)
