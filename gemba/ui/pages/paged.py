"""Rows read page by page behind the last one, as far as somebody asked for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, Protocol, TypeVar
from uuid import UUID


class _Kept(Protocol):
    @property
    def id(self) -> UUID: ...


T = TypeVar("T", bound=_Kept)


class Paged(Generic[T]):
    """The ``rows`` shown, and whether there are ``more``; ``read`` takes a limit and a last id."""

    def __init__(self, read: Callable[[int, UUID | None], list[T]], at_once: int) -> None:
        self._read = read
        self._at_once = at_once
        self.rows: list[T] = []
        self.more = False

    def forget(self) -> None:
        """Begin with the first page again."""
        self.rows = []

    def again(self) -> None:
        """Read as many rows as were shown, at least a page."""
        self._take([], max(self._at_once, len(self.rows)), None)

    def further(self) -> None:
        """Read the next page."""
        self._take(self.rows, self._at_once, self.rows[-1].id if self.rows else None)

    def _take(self, before: list[T], number: int, after: UUID | None) -> None:
        found = self._read(number + 1, after)
        self.more = len(found) > number
        self.rows = [*before, *found[:number]]
