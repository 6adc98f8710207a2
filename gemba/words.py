"""Keys turned into sentences of one language; another language is another file."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import lru_cache

from gemba.domain.errors import GembaError
from gemba.resources import resource_path


class Words:
    """The sentences of a language, by key; gaps are filled from the values.

    A key may hold two forms, ``one`` and ``other``, chosen by the value ``count``. An unknown key
    is shown as itself, so that a missing sentence never hides what happened. A date is said as
    people do, and trouble that is the reason of other trouble with its own sentence.
    """

    def __init__(self, language: str = "en") -> None:
        self.language = language
        self._sentences = _read(language)

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the sentence of a key with its gaps filled."""
        form = key
        if key not in self._sentences:
            form = f"{key}.{'one' if values.get('count') == 1 else 'other'}"
        sentence = self._sentences.get(form)
        if sentence is None:
            gaps = ", ".join(f"{name} {value}" for name, value in values.items())
            return f"{key} ({gaps})" if gaps else key
        said = {name: self._said(value) for name, value in values.items()}
        return sentence.format_map(_Gaps(said))

    def _said(self, value: object) -> object:
        if isinstance(value, GembaError):
            return self(value.key, **value.values)
        return self.day_and_year(value) if type(value) is date else value

    def knows(self, key: str) -> bool:
        """Tell whether there is a sentence for a key."""
        return key in self._sentences or f"{key}.other" in self._sentences

    def day(self, day: object) -> str:
        """Say a day as people do, "4 Nov"; nothing for anything that is no date."""
        if not isinstance(day, date):
            return ""
        months = self("dates.months").split()
        return f"{day.day} {months[day.month - 1]}"

    def day_and_year(self, day: date) -> str:
        """Say a day with its year, "4 Nov 2026"."""
        return f"{self.day(day)} {day.year}"

    def weekday(self, day: date) -> str:
        """Say a day with its weekday, "Thu 26 Nov"."""
        return f"{self('dates.weekdays').split()[day.weekday()]} {self.day(day)}"


class _Gaps(dict[str, object]):
    def __missing__(self, name: str) -> str:
        return "…"


@lru_cache(maxsize=8)
def _read(language: str) -> dict[str, str]:
    text = resource_path("i18n", f"{language}.toml").read_text(encoding="utf-8")
    flat: dict[str, str] = {}
    _flatten(tomllib.loads(text), "", flat)
    return flat


def _flatten(table: dict[str, object], path: str, into: dict[str, str]) -> None:
    for name, value in table.items():
        key = f"{path}.{name}" if path else name
        if isinstance(value, dict):
            _flatten(value, key, into)
        else:
            into[key] = str(value)
