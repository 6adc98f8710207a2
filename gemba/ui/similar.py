"""What the sheet page may ask about sheets with a like problem."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from gemba.domain.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Similar:
    """Another sheet that shares words: its title, whose it is and where it stands."""

    sheet: UUID
    title: str
    facts: str
    words: tuple[str, ...]


class LookUp(Protocol):
    """Finds similar sheets beside the window and hands them over on this thread."""

    def __call__(
        self, owner: QObject, sheet: Sheet, done: Callable[[Sequence[Similar]], None]
    ) -> None:
        """Begin to look; nothing is handed to an owner that is gone."""
