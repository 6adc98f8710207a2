"""When you look together next: a day and a time in one sentence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gemba.domain.kinds import Record
from gemba.services.visit import Desk, Visit
from gemba.ui.widgets import DateField, Label, TimeField

if TYPE_CHECKING:
    from gemba.ui.theme import Theme


class LookTogether(QWidget):
    """The sentence "We look together on DAY at TIME".

    Enter goes from the day to the time, and then on.

    ``changed`` hands on the fields of a talk that changed.
    """

    changed = Signal(dict)
    gone_on = Signal()

    def __init__(
        self, theme: Theme, *, today: Callable[[], date], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = Desk()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        top = Qt.AlignmentFlag.AlignTop
        self.on = DateField(
            theme,
            "",
            question=self.tr("Thursday?"),
            today=today,
            name=self.tr("We look together on"),
        )
        self.at = TimeField(theme, "", question="09:00", name=self.tr("at"))
        for words, field in ((self.tr("We look together on"), self.on), (self.tr("at"), self.at)):
            label = Label(theme, words, tone="ink_soft", wrap=False)
            label.setMinimumHeight(theme.px(36))
            row.addWidget(label, 0, top)
            row.addWidget(field, 0, top)
        row.addStretch(1)
        self.on.changed.connect(lambda day: self.changed.emit({"next_look_on": day}))
        self.at.changed.connect(lambda at: self.changed.emit({"next_look_time": _said(at)}))
        self.on.entered.connect(self._past_day)
        self.at.entered.connect(self._past_time)

    def set_look(self, day: date | None, at: str, *shows: Record) -> None:
        """Show a day and a time as they are kept; nothing is sent.

        ``shows`` is the record they were read from, with which what is said is compared.
        """
        self._desk.shows(*shows)
        self.on.set_value(day)
        self.at.set_value(_read(at))

    def visit(self) -> Visit:
        """Return the visit under which what was said is written."""
        return Visit.once(self._desk)

    def begin(self) -> None:
        """Put the caret in the day."""
        self.on.line.setFocus(Qt.FocusReason.TabFocusReason)

    def finish(self) -> bool:
        """Read what stands in the fields; False while one of them says nothing."""
        self.on.read()
        self.at.read()
        return not (self.on.said() or self.at.said())

    def _past_day(self) -> None:
        if not self.on.said():
            self.at.line.setFocus(Qt.FocusReason.TabFocusReason)

    def _past_time(self) -> None:
        if not self.at.said():
            self.gone_on.emit()


def _said(moment: object) -> str:
    return f"{moment:%H:%M}" if isinstance(moment, time) else ""


def _read(words: str) -> time | None:
    try:
        return time.fromisoformat(words) if words else None
    except ValueError:
        return None
