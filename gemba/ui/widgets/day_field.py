"""Fields for a day and for a time of day, typed as people write them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from gemba.ui.widgets.button import IconButton
from gemba.ui.widgets.days import read_day, read_time, say_day, say_time
from gemba.ui.widgets.frame import LineField
from gemba.ui.widgets.month import MonthPopup

if TYPE_CHECKING:
    from gemba.ui.theme import Theme


class DateField(LineField):
    """A day; `changed` hands on a date or None once the words were read.

    Words that name no day stay as they are, with a sentence below.
    """

    changed = Signal(object)

    def __init__(
        self,
        theme: Theme,
        label: str,
        *,
        question: str = "",
        today: Callable[[], date] = date.today,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, label, question=question, name=name, parent=parent)
        self._today = today
        self._day: date | None = None
        self._pop: MonthPopup | None = None
        self.opener = IconButton(theme, "calendar", self.tr("Calendar"), parent=self.frame)
        self.opener.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.opener.setFixedSize(theme.px(32), theme.px(32))
        self.frame.set_sides(theme.px(12), theme.px(2), 0, 0)
        self.frame.row.addWidget(self.opener)
        self.frame.setFixedWidth(theme.px(160))
        self.opener.clicked.connect(self.open_calendar)
        self.left.connect(self.read)
        self.entered.connect(self.read)
        self.line.installEventFilter(self)

    def value(self) -> date | None:
        """The day that was last read, or None."""
        return self._day

    def shown(self) -> str:
        """The day that was last read, as the field writes it."""
        return "" if self._day is None else say_day(self._day, self._today())

    def set_value(self, day: date | None) -> None:
        """Show a day; `changed` is not sent."""
        self._day = day
        self.line.setText(self.shown())
        self.say("")

    def read(self) -> None:
        """Read the words; called when the focus leaves and on Enter."""
        words = self.line.text().strip()
        day = read_day(words, self._today()) if words else None
        if words and day is None:
            self.say(self.tr("That names no day. Write 4 Nov, Thu or tomorrow."))
            return
        before = self._day
        self.set_value(day)
        if day != before:
            self.changed.emit(day)

    def open_calendar(self) -> None:
        """Show a month to choose from, below the field."""
        if self._pop is None:
            self._pop = MonthPopup(self.theme, self._today(), self)
            self._pop.chosen.connect(self._choose)
        below = QPoint(0, self.frame.height() + self.theme.px(4))
        self._pop.open_at(self._day or self._today(), self.frame.mapToGlobal(below))

    def _choose(self, day: date) -> None:
        before = self._day
        self.set_value(day)
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)
        if day != before:
            self.edited.emit()
            self.changed.emit(day)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Alt+Down or F4 opens the calendar; who is led here by Enter writes over what stands."""
        if event.type() == QEvent.Type.FocusIn and isinstance(event, QFocusEvent):
            if event.reason() == Qt.FocusReason.OtherFocusReason:
                self.line.selectAll()
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
            if event.key() == Qt.Key.Key_F4 or (event.key() == Qt.Key.Key_Down and alt):
                self.open_calendar()
                return True
        return super().eventFilter(watched, event)


class TimeField(LineField):
    """A time of day; `changed` hands on a time or None once the words were read."""

    changed = Signal(object)

    def __init__(
        self,
        theme: Theme,
        label: str,
        *,
        question: str = "",
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, label, question=question, name=name, parent=parent)
        self._time: time | None = None
        self.frame.setFixedWidth(theme.px(84))
        self.left.connect(self.read)
        self.entered.connect(self.read)

    def value(self) -> time | None:
        """The time that was last read, or None."""
        return self._time

    def shown(self) -> str:
        """The time that was last read, as the field writes it."""
        return "" if self._time is None else say_time(self._time)

    def set_value(self, moment: time | None) -> None:
        """Show a time; `changed` is not sent."""
        self._time = moment
        self.line.setText(self.shown())
        self.say("")

    def read(self) -> None:
        """Read the words; called when the focus leaves and on Enter."""
        words = self.line.text().strip()
        moment = read_time(words) if words else None
        if words and moment is None:
            self.say(self.tr("That is no time. Write 7:45 or 14:30."))
            return
        before = self._time
        self.set_value(moment)
        if moment != before:
            self.changed.emit(moment)
