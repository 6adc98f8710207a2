"""What goes wrong with a formula, as a key with values; the position is a column from 1."""

from __future__ import annotations

from gemba.domain.errors import BadInput


class FormulaError(BadInput):
    """A formula cannot be read or cannot be worked out; the value ``at`` says at which letter."""

    def at(self, position: int) -> FormulaError:
        """Name the column (from 1), unless a part further inside has named its own already."""
        self.values.setdefault("at", position)
        return self
