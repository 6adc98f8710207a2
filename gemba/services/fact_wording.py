"""What is asked of a fact that sounds as if somebody were to blame; for the leader alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Final

from gemba.domain.wording import SEEN

if TYPE_CHECKING:
    from gemba.domain.wording import WordingRules
    from gemba.domain.wording_reading import Reader

_MOST_LETTERS: Final = 4_000
"""What is typed on a walk is shorter; of more, only the beginning is read at each key."""


class FactWording:
    """Reads what was seen; the rules are read when the first fact is."""

    def __init__(self, rules: Callable[[], WordingRules]) -> None:
        self._rules = rules

    @cached_property
    def _reader(self) -> Reader:
        from gemba.domain.wording_reading import Reader

        return Reader(self._rules())

    def ask(self, text: str) -> str:
        """Return what to ask oneself about a fact; nothing for one that tells of the process."""
        return self._reader.asked_of(SEEN, text[:_MOST_LETTERS])
