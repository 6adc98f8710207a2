"""A number with its unit beside a prediction or a result, for whoever has one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gemba.domain.experiment import Experiment, read_number
from gemba.ui.autosave import Autosave
from gemba.ui.widgets import Field

if TYPE_CHECKING:
    from gemba.ui.theme import Theme


class NumberRow(QWidget):
    """Two short fields; nothing has to stand in them.

    ``save`` is handed the visit and what was written: the number, or None for none, and the unit.
    """

    entered = Signal()

    def __init__(
        self,
        theme: Theme,
        label: str,
        save: Callable[..., None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._save = save
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(16))
        self.number = Field(theme, label, question=self.tr("7.5?"))
        self.unit = Field(theme, self.tr("Unit"), question=self.tr("patients, min?"))
        for field, wide in ((self.number, 200), (self.unit, 160)):
            field.frame.setFixedWidth(theme.px(wide))
            row.addWidget(field, 0, Qt.AlignmentFlag.AlignTop)
        row.addStretch(1)
        self.number.entered.connect(lambda: self.unit.line.setFocus())
        self.unit.entered.connect(self.entered)
        self._saving = Autosave(self.number, self._save_number)
        self._saving_unit = Autosave(self.unit, self._save_unit)

    def show_number(self, one: Experiment | None, number: float | None, *, locked: bool) -> None:
        """Show a number of an experiment; ``locked`` ones are to read."""
        self.number.set_text("" if number is None else f"{number:g}")
        self.unit.set_text(one.numbers.unit if one is not None else "")
        self.number.say("")
        self.number.set_read_only(locked)
        self.unit.set_read_only(locked)
        if one is not None:
            self._saving.shows(one)
            self._saving_unit.shows(one)

    def lock_unit(self) -> None:
        """Leave the unit to be read: it was locked with the prediction."""
        self.unit.set_read_only(True)

    def sound(self) -> bool:
        """Tell whether what stands there is a number, or nothing."""
        try:
            read_number(self.number.text())
        except ValueError:
            self.number.say(self.tr("Write a number, such as 7 or 7.5."))
            return False
        return True

    def _save_number(self, visit: str) -> None:
        self.number.say("")
        if self.sound():
            self._save(visit, number=read_number(self.number.text()))

    def _save_unit(self, visit: str) -> None:
        self._save(visit, unit=self.unit.text().strip())
