"""What became of one day of a routine, and days on which none is expected."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.routine import Pause, Routine
from gemba.domain.routine_days import KEPT, MISSED, DayMark
from gemba.ui.days import near_day, short_day
from gemba.ui.half_typed import HalfTyped
from gemba.ui.widgets import Button, DateField, Field, Label, RowAction, RowList, RowWords
from gemba.ui.widgets.practice import state_word

if TYPE_CHECKING:
    from gemba.services.drafts import Drafts
    from gemba.ui.theme import Theme


class RoutineDay(QWidget):
    """One sentence on the day, a line for the reason, and what can be said of it."""

    kept = Signal(object, object)
    missed = Signal(object, object, object)
    unsaid = Signal(object, object)
    walk_asked = Signal(object, object)

    def __init__(self, theme: Theme, drafts: Drafts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.routine_id: UUID | None = None
        self.day = date.min
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(8), 0, theme.px(8))
        column.setSpacing(theme.px(8))
        self.words = Label(theme, "", step="text")
        column.addWidget(self.words)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self.why = Field(
            theme, self.tr("Missed: one line why"), question=self.tr("What got in the way?")
        )
        self.why.entered.connect(self._miss)
        self._half = HalfTyped(self, drafts, {"why": self.why})
        self.keep = Button(theme, self.tr("Kept"), icon="check")
        self.miss = Button(theme, self.tr("Missed"), icon="x")
        self.unsay = Button(theme, self.tr("Take back"), kind="quiet", icon="undo-2")
        self.walk = Button(theme, self.tr("Plan this walk"), icon="footprints")
        self.keep.clicked.connect(lambda: self.kept.emit(self.routine_id, self.day))
        self.miss.clicked.connect(self._miss)
        self.unsay.clicked.connect(lambda: self.unsaid.emit(self.routine_id, self.day))
        self.walk.clicked.connect(lambda: self.walk_asked.emit(self.routine_id, self.day))
        row.addWidget(self.why, 1)
        for button in (self.miss, self.keep, self.walk, self.unsay):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(row)

    def show_day(
        self, routine: Routine, day: date, mark: DayMark | None, today: date, *, walk: bool
    ) -> None:
        """Show a day; what was typed for it stays while it is the same day."""
        same = (self.routine_id, self.day) == (routine.id, day)
        self.routine_id, self.day = routine.id, day
        state = mark.state if mark is not None else ""
        parts = [f"{routine.name}, {near_day(day, today)}"]
        parts.append(state_word(state) if state else self.tr("nothing is expected"))
        if mark is not None and mark.late:
            parts.append(self.tr("{n} minutes after its grace").format(n=mark.late))
        if mark is not None and mark.why:
            parts.append(mark.why)
        self.words.setText(" · ".join(parts))
        if not same or (mark is not None and mark.why):
            self.why.set_text(mark.why if mark is not None and state == MISSED else "")
            self._half.begin(f"missed.{routine.id}.{day}")
        past = day <= today
        # What a walk or a talk kept by itself nobody said, so nobody takes it back.
        said = mark is not None and mark.keeping_id not in (None, routine.id)
        self.why.setVisible(past)
        self.miss.setVisible(past)
        self.keep.setVisible(past and state != KEPT)
        self.unsay.setVisible(said)
        self.walk.setVisible(walk and not said)

    def forget(self) -> None:
        """Forget what was typed, because it is the reason of the day now."""
        self._half.done()

    def _miss(self) -> None:
        self.missed.emit(self.routine_id, self.day, self.why.text())


class DayOff(QWidget):
    """Days off for every routine, and those to come, to be taken back."""

    kept = Signal(object, object, object)
    work_again = Signal(object)

    def __init__(
        self,
        theme: Theme,
        drafts: Drafts,
        *,
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(Label(theme, self.tr("Days off"), step="strong", wrap=False))
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self.first = DateField(theme, self.tr("From"), question=self.tr("24 Dec?"), today=today)
        self.last = DateField(theme, self.tr("Until"), question=self.tr("The same?"), today=today)
        self.why = Field(theme, self.tr("Why?"), question=self.tr("A holiday?"))
        self.keep = Button(theme, self.tr("Take off"))
        self.keep.clicked.connect(self._keep)
        self._half = HalfTyped(
            self, drafts, {"first": self.first, "last": self.last, "why": self.why}
        )
        row.addWidget(self.first)
        row.addWidget(self.last)
        row.addWidget(self.why, 1)
        row.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(row)
        self.list = RowList(theme, name=self.tr("Days off"))
        column.addWidget(self.list)

    def _keep(self) -> None:
        self.first.read()
        self.last.read()
        first = self.first.value()
        if first is None:
            self.first.say(self.tr("From which day?"))
            return
        self.first.say("")
        self.kept.emit(first, self.last.value() or first, self.why.text())

    def forget(self) -> None:
        """Empty the fields, because they have become days off."""
        self._empty()
        self._half.done()

    def take_up(self) -> None:
        """Put back what was typed and not taken off yet."""
        self._empty()
        self._half.begin("days off")

    def _empty(self) -> None:
        self.first.set_value(None)
        self.last.set_value(None)
        self.why.set_text("")

    def show_pauses(self, routines: Sequence[Routine], today: date) -> None:
        """List the days off that are not over, each once."""
        found: dict[str, Pause] = {
            off.id: off for one in routines for off in one.pauses if off.last >= today
        }
        rows = [
            RowWords(
                off.why or self.tr("Off"),
                age=self._span(off, today),
                key=off.id,
                bold=False,
            )
            for off in sorted(found.values(), key=lambda off: off.first)
        ]
        again = RowAction(self.tr("Work again"), "undo-2", lambda key: self.work_again.emit(key))
        self.list.set_rows(rows, (again,))
        self.list.setVisible(bool(rows))

    def _span(self, off: Pause, today: date) -> str:
        if off.first == off.last:
            return short_day(off.first, today)
        return f"{short_day(off.first, today)} - {short_day(off.last, today)}"
