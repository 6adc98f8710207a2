"""A count as remembered: the digits from 0 to 9 side by side, one of them chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gemba.ui.widgets.check import Segmented
from gemba.ui.widgets.label import Label

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

_WORDS = 128


class CountRow(QWidget):
    """Words, and digits of which one or none is chosen; `chosen` hands on the new one.

    ``digits`` are pairs of a digit and what is said for it, such as "9+"; ``spoken`` is the name
    for assistive technology where the words beside the digits are short.
    """

    chosen = Signal(int)

    def __init__(
        self,
        theme: Theme,
        name: str,
        digits: list[tuple[int, str]],
        *,
        spoken: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        self.words = Label(theme, name, step="strong", wrap=False)
        self.words.setFixedWidth(theme.px(_WORDS))
        whole = spoken or name
        self.digits = Segmented(theme, [(str(one), said) for one, said in digits], name=whole)
        for one, said in digits:
            self.digits.segment(str(one)).setAccessibleName(f"{whole}: {said}")
        self.digits.chosen.connect(lambda key: self.chosen.emit(int(key)))
        row.addWidget(self.words)
        row.addWidget(self.digits)
        row.addStretch(1)

    @property
    def value(self) -> int | None:
        """What is chosen, None for nothing."""
        key = self.digits.value()
        return int(key) if key else None

    def set_value(self, value: int | None) -> None:
        """Choose without sending `chosen`; what the row does not offer chooses nothing."""
        self.digits.clear()
        if value is not None and str(value) in self.keys:
            self.digits.set_value(str(value))

    @property
    def keys(self) -> list[str]:
        """The digits that can be chosen."""
        return list(self.digits.keys())

    def set_at_hand(self, at_hand: bool) -> None:
        """Say which row the next digit is for."""
        self.words.set_tone("accent" if at_hand else "ink")
