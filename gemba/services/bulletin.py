"""The one bulletin on which every write says what it changed."""

from __future__ import annotations

from collections.abc import Callable

from gemba.domain.changes import Ref

Listener = Callable[[frozenset[Ref]], None]


class Bulletin:
    """Tells every listener which records a write touched, in the order of the writes."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Add a listener; what comes back takes it off again."""
        self._listeners.append(listener)

        def stop() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return stop

    def publish(self, refs: frozenset[Ref]) -> None:
        """Tell all listeners; a listener that leaves meanwhile is not told."""
        if not refs:
            return
        for listener in tuple(self._listeners):
            if listener in self._listeners:
                listener(refs)
