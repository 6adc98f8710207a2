"""What goes wrong with a formula, as a key with values; the position is a column from 1."""

from __future__ import annotations

from gemba.domain.errors import BadInput


class FormulaError(BadInput):
    """A formula cannot be read or cannot be worked out; the value ``at`` says at which letter.

    ``where``, ``rule`` and ``text`` say which rule of a form it is and how it reads, once known.
    """

    where: tuple[str, ...] = ()
    rule: str = ""
    text: str = ""

    def at(self, position: int) -> FormulaError:
        """Name the column (from 1), unless a part further inside has named its own already."""
        self.values.setdefault("at", position)
        return self

    def placed(self, where: tuple[str, ...], rule: str, text: str = "") -> FormulaError:
        """Name the rule, unless one further inside has been named already."""
        if not self.where:
            self.where, self.rule, self.text = where, rule, text
        return self
