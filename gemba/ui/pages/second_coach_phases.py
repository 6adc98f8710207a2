"""The five phases a second coach watches: coach and learner word for word, and the time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from gemba.domain.coach_log import ObservedPhase, SecondCoach
from gemba.domain.minutes import read_minutes, said_minutes
from gemba.services.practice import PHASES
from gemba.ui.autosave import Autosave
from gemba.ui.pages.practice_words import phase_word
from gemba.ui.widgets import Field, Label, TextField

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

_NARROW = 720
_TIME = 88
_NAME = 120

Save = Callable[[str, str, dict[str, object]], None]
"""Saves fields of a phase: the phase, the visit, the fields."""


class PhaseRows(QWidget):
    """A row for each phase; where there is little room its name stands above it."""

    def __init__(self, theme: Theme, save: Save, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._save = save
        self._saves: list[Autosave] = []
        self.names: dict[str, Label] = {}
        self.coach: dict[str, TextField] = {}
        self.learner: dict[str, TextField] = {}
        self.times: dict[str, Field] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(8))
        self._grid.setVerticalSpacing(theme.px(8))
        for phase in PHASES:
            self._build(phase)
        self._narrow: bool | None = None
        self._at_hand: str | None = None
        self._passed = 0.0
        self.set_narrow(False)

    def _build(self, phase: str) -> None:
        theme, word = self.theme, phase_word(phase)
        self.names[phase] = Label(theme, word, step="strong")
        self.coach[phase] = TextField(
            theme, self.tr("Coach"), lines=2, name=self.tr("{phase}, coach").format(phase=word)
        )
        self.learner[phase] = TextField(
            theme, self.tr("Learner"), lines=2, name=self.tr("{phase}, learner").format(phase=word)
        )
        self.times[phase] = Field(
            theme,
            self.tr("Time"),
            question=self.tr("min:s"),
            name=self.tr("{phase}, minutes and seconds").format(phase=word),
        )
        self.times[phase].setFixedWidth(theme.px(_TIME))
        self._bind(phase, self.coach[phase], "coach_said")
        self._bind(phase, self.learner[phase], "learner_said")
        time = self.times[phase]
        self._saves.append(Autosave(time, lambda visit: self._save_time(phase, visit)))

    def _bind(self, phase: str, field: TextField, name: str) -> None:
        def save(visit: str) -> None:
            self._save(phase, visit, {name: field.text()})

        self._saves.append(Autosave(field, save))

    def _save_time(self, phase: str, visit: str) -> None:
        field = self.times[phase]
        seconds = read_minutes(field.text())
        field.say("" if seconds is not None else self.tr("Such as 1:30"))
        if seconds is not None:
            self._save(phase, visit, {"seconds": seconds})

    # The clock

    def time_on(self, seconds: float) -> None:
        """Add seconds to the phase in which the caret stands, or stood last."""
        phase = self.at_hand()
        if phase is None:
            return
        self._at_hand = phase
        self._passed += seconds
        whole = int(self._passed)
        field = self.times[phase]
        before = read_minutes(field.text())
        if not whole or before is None or self._holds_caret(field):
            return
        self._passed -= whole
        field.set_text(said_minutes(before + whole))
        self._save_time(phase, "clock")

    def at_hand(self) -> str | None:
        """The phase in which the caret stands, or stood last; None before it stood in any."""
        for phase in PHASES:
            fields = (self.coach[phase], self.learner[phase], self.times[phase])
            if any(map(self._holds_caret, fields)):
                return phase
        return self._at_hand

    def _holds_caret(self, field: QWidget) -> bool:
        # Asked of the window, which knows it also while another one is in front.
        held: QWidget | None = self.window().focusWidget()
        return held is not None and field.isAncestorOf(held)

    def mark(self, phase: str | None) -> None:
        """Show for which phase the clock runs."""
        for name, label in self.names.items():
            label.set_tone("accent" if name == phase else "ink")

    def show_phases(self, sheet: SecondCoach) -> None:
        """Show what was noted."""
        self._at_hand, self._passed = None, 0.0
        self.mark(None)
        for autosave in self._saves:
            autosave.shows(sheet)
        known = {one.id: one for one in sheet.phases}
        for phase in PHASES:
            one = known.get(phase, ObservedPhase(id=phase))
            self.coach[phase].set_text(one.coach_said)
            self.learner[phase].set_text(one.learner_said)
            self.times[phase].set_text(said_minutes(one.seconds))
            self.times[phase].say("")

    def set_narrow(self, narrow: bool) -> None:
        """Lay the rows for the room there is."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        top = Qt.AlignmentFlag.AlignTop
        for at, phase in enumerate(PHASES):
            row, left = (2 * at, 0) if narrow else (at, 1)
            name = self.names[phase]
            fields = (self.coach[phase], self.learner[phase], self.times[phase])
            for widget in (name, *fields):
                self._grid.removeWidget(widget)
            if narrow:
                name.setMinimumWidth(0)
                self._grid.addWidget(name, row, 0, 1, 3)
                row += 1
            else:
                name.setFixedWidth(self.theme.px(_NAME))
                self._grid.addWidget(name, row, 0, top)
            for column, field in enumerate(fields):
                self._grid.addWidget(field, row, left + column, top)
        for column in range(4):
            wide = column in ((0, 1) if narrow else (1, 2))
            self._grid.setColumnStretch(column, 1 if wide else 0)

    def resizeEvent(self, event: object) -> None:
        """Fold the rows where there is little room."""
        self.set_narrow(self.width() < self.theme.px(_NARROW))
        super().resizeEvent(event)  # type: ignore[arg-type]
