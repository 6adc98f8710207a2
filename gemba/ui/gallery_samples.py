"""What every part of the gallery of controls is made with."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.ui.theme import Theme
from gemba.ui.widgets.base import Control, Ringed
from gemba.ui.widgets.frame import FieldBase
from gemba.ui.widgets.label import Label
from gemba.ui.widgets.ring import RingFrame

STATES = ("rest", "hover", "focus", "pressed", "disabled")
TODAY = date(2026, 11, 24)
LONG = (
    "The list of tomorrow's discharges. Ours is ready at 17:45, theirs prints at 17:30, so our "
    "names reach the porters a day late, and nobody on the ward has been told since the spring"
)


def pose(control: QWidget, state: str) -> None:
    """Make a control look as it does in a state that no pointer or key has brought about."""
    if state == "disabled":
        control.setEnabled(False)
    elif state == "hover":
        control.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    elif state == "pressed" and isinstance(control, Control):
        control.setDown(True)
    elif state == "focus":
        target = control.frame if isinstance(control, FieldBase) else control
        target.posed = True  # type: ignore[attr-defined]


class Samples:
    """Makes sections of controls, and remembers which of them are shown with the focus."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self._rung: list[tuple[Theme, QWidget]] = []

    def section(self, words: str, gap: int = 16) -> tuple[QWidget, QVBoxLayout]:
        """Return a part under a title, and the column for what stands in it."""
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.theme.px(gap))
        column.addWidget(Label(self.theme, words, step="strong"))
        return part, column

    def posed(self, control: QWidget, state: str, theme: Theme | None = None) -> QWidget:
        """Return a control as it looks in a state."""
        pose(control, state)
        if state == "focus":
            self._rung.append((theme or self.theme, control))
        return control

    def ring(self, host: QWidget) -> None:
        """Draw the rings of those with the focus, once everything has its place."""
        for theme, control in self._rung:
            target = control.frame if isinstance(control, FieldBase) else control
            if isinstance(target, Ringed) and (ring := target.ring()) is not None:
                RingFrame(theme, host).surround(target, ring)
        self._rung.clear()
