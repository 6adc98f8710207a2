"""Every piece of text a person can write in a figure is found by the search, whatever the kind."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from itertools import count
from typing import Any, get_args, get_origin
from uuid import UUID, uuid4

import pytest

from gemba.domain.figures import type_names
from gemba.domain.figures.words import words_of

CHOSEN = {
    "id", "parent", "side", "field", "photo", "evidence", "state", "impact", "effort", "risk",
    "lasts", "letter", "by", "kind", "aspect", "shape",
}  # fmt: skip
"""Names of fields that hold an id, a hash or one of a few choices and no text of a person's; so
does each field that begins with a word of its own."""


class Filler:
    """Makes an instance of a dataclass with a word of its own in each text."""

    def __init__(self) -> None:
        self.words: dict[str, str] = {}
        self._numbers = count(1)

    def make(self, cls: Any) -> Any:
        hints = typing.get_type_hints(cls)
        held = [one for one in fields(cls) if not (isinstance(one.default, str) and one.default)]
        held = [one for one in held if not (isinstance(one.default, tuple) and one.default)]
        return cls(**{one.name: self._value(hints[one.name], one.name, cls) for one in held})

    def _value(self, hint: Any, name: str, cls: Any) -> Any:
        options = get_args(hint)
        if get_origin(hint) in (typing.Union, types.UnionType):
            return self._value(next(one for one in options if one is not type(None)), name, cls)
        if get_origin(hint) is tuple:
            return (self._value(options[0], name, cls),)
        if is_dataclass(hint):
            return self.make(hint)
        simple = {bool: True, int: 3, float: 2.5, date: date(2026, 11, 4), UUID: uuid4()}
        if hint is str:
            return self._text(name, cls)
        if hint is datetime:
            return datetime(2026, 11, 4, 10, 0)
        return simple[hint]

    def _text(self, name: str, cls: Any) -> str:
        if name in CHOSEN:
            return f"x{next(self._numbers)}"
        word = f"word{next(self._numbers):03}"
        self.words[word] = f"{cls.__name__}.{name}"
        return word


def missing(cls: type[Any]) -> Iterator[str]:
    filler = Filler()
    figure = filler.make(cls)
    found = " ".join(words_of(figure))
    for word, place in filler.words.items():
        if word not in found:
            yield place


@pytest.mark.parametrize("kind", sorted(type_names))
def test_all_text_of_a_figure_is_searchable(kind: str) -> None:
    assert list(missing(type_names[kind])) == []
