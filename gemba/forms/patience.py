"""How much a form may be, and how long it may take to be opened or shown, whatever is in it."""

from __future__ import annotations

from time import monotonic
from typing import Final

from gemba.forms.trouble import FormulaError

MOST_NODES: Final = 500_000
"""Elements, attributes and texts of a form; the largest seen in the field has some 60,000."""
MOST_LETTERS: Final = 600_000
"""Letters of all formulas of a form together; read, each takes some 250 bytes of memory."""
MOST_SECONDS: Final = 12.0
"""A form of a thousand questions opens in a tenth of a second."""


class Patience:
    """Counts what is read of a form, and how long that takes; asked again and again."""

    __slots__ = ("_letters", "_nodes", "_until")

    def __init__(self, seconds: float | None = None) -> None:
        self._until = monotonic() + (MOST_SECONDS if seconds is None else seconds)
        self._nodes = 0
        self._letters = 0

    def turn(self) -> None:
        """Go on; FormulaError when it has taken too long."""
        if monotonic() > self._until:
            raise FormulaError("form.slow")

    def node(self, nodes: int) -> None:
        """Count nodes; FormulaError when there are too many."""
        self._nodes += nodes
        if self._nodes > MOST_NODES:
            raise FormulaError("form.many", most=MOST_NODES)
        if not self._nodes & 1023:
            self.turn()

    def formula(self, text: str) -> None:
        """Count the letters of a formula; FormulaError when there are too many."""
        self._letters += len(text)
        if self._letters > MOST_LETTERS:
            raise FormulaError("form.long_formulas", most=MOST_LETTERS)
        self.turn()
