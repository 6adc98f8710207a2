"""What the sheet page may ask about sheets with a like problem."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from gemba.domain.errors import GembaError

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from gemba.domain.sheet import Sheet
    from gemba.ui.tasks import CancelToken, Tasks


@dataclass(frozen=True, slots=True)
class Similar:
    """Another sheet that shares words: its title, whose it is and where it stands."""

    sheet: UUID
    title: str
    facts: str
    words: tuple[str, ...]


class LookUp:
    """Finds similar sheets beside the window and hands them over on this thread."""

    def __init__(self, find: Callable[[Sheet], Sequence[Similar]], tasks: Tasks) -> None:
        self._find = find
        self._tasks = tasks

    def __call__(
        self, owner: QObject, sheet: Sheet, done: Callable[[Sequence[Similar]], None]
    ) -> CancelToken:
        """Begin to look; nothing is handed to an owner that is gone."""
        return self._tasks.run(owner, lambda _token: self._find(sheet), done, _leave_it)


def _leave_it(error: BaseException) -> None:
    """What cannot be read now is no trouble here: nothing is shown, and the writing goes on."""
    if not isinstance(error, GembaError):
        raise error
