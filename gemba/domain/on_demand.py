"""A table by name whose values are made when they are first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from threading import RLock
from typing import TypeVar

V = TypeVar("V")


class OnDemand(Mapping[str, V]):
    """A read-only table that knows its names from the start and makes each value once.

    Whatever goes over the names alone makes nothing. A value is made by one thread only.
    """

    def __init__(self, names: Iterable[str], make: Callable[[str], V]) -> None:
        self._names = dict.fromkeys(names)
        self._make = make
        self._made: dict[str, V] = {}
        self._making = RLock()

    def __getitem__(self, name: str) -> V:
        try:
            return self._made[name]
        except KeyError:
            if name not in self._names:
                raise
        with self._making:
            if name not in self._made:
                self._made[name] = self._make(name)
            return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __contains__(self, name: object) -> bool:
        return name in self._names
