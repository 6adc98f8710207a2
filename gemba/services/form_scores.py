"""What a form scores by: read from the answers, by question, place and day, never by person."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final
from uuid import UUID

from gemba.domain.form import Filling, FormVersion

_ROUND: Final = re.compile(r"\[\d+\]")
_WORDS: Final = {"yes": 1.0, "ok": 1.0, "no": 0.0}
"""What yes and no are worth where a question itself is scored; "not applicable" counts nowhere."""


class Scores:
    """Knows which places of a version are scored; each version is read once."""

    def __init__(self, version: Callable[[UUID], FormVersion]) -> None:
        self._version = version
        self._known: dict[UUID, dict[str, str]] = {}

    def names(self, version_id: UUID) -> dict[str, str]:
        """Return the words of each scored place by its path without rounds."""
        found = self._known.get(version_id)
        if found is None:
            found = self._known[version_id] = _names(self._version(version_id).xform)
        return found

    def of(self, filling: Filling) -> list[tuple[str, float]]:
        """Return words and value of what was scored, in the order of the form.

        In a repeat the rounds are taken together: their mean.
        """
        names = self.names(filling.version_id)
        if not names:
            return []
        values: dict[str, list[float]] = {}
        for one in filling.answers:
            path = _ROUND.sub("", one.id.replace("%2E", "."))
            number = value_of(one.text) if path in names else None
            if number is not None:
                values.setdefault(path, []).append(number)
        return [
            (words, sum(values[path]) / len(values[path]))
            for path, words in names.items()
            if path in values
        ]


def value_of(text: str) -> float | None:
    """Return what an answer is worth; None for one that counts nowhere."""
    said = text.strip().casefold()
    if said in _WORDS:
        return _WORDS[said]
    try:
        number = float(said)
    except ValueError:
        return None
    return number if number == number and abs(number) < 1e15 else None


def said(value: float) -> str:
    """Say a score: a whole number as one, any other with at most one decimal."""
    return f"{value:.0f}" if value == int(value) else f"{value:.1f}"


def mean(values: Iterable[float]) -> float:
    """Return the mean of values; there is at least one."""
    held = list(values)
    return sum(held) / len(held)


def _names(xform: str) -> dict[str, str]:
    from gemba.forms.definition import define
    from gemba.forms.reading import read

    found: dict[str, str] = {}
    for where, rule in define(read(xform)).rules.items():
        words = rule.extra.get("score", "").strip()
        if words:
            own = words.casefold() in ("yes", "true", "1")
            found["/" + "/".join(where)] = where[-1] if own else words
    return found
