"""The sentences of a language, with the words of the workplace where they name its places."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from gemba.domain.vocabulary import as_label

_AREA: Final = frozenset({"sheet.area", "form_answers.area"})


class WorkplaceWords:
    """Says what a place of work is called here: a ward, a line, a team."""

    def __init__(self, words: Callable[..., str], area: Callable[[], str]) -> None:
        self._words = words
        self._area = area

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the sentence of a key with its gaps filled."""
        return as_label(self._area()) if key in _AREA else self._words(key, **values)
