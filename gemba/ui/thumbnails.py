"""Small pictures of sheets, drawn beside the window and kept in memory, never on the disk.

In memory only: what is locked, private or erased leaves no picture behind in any file, and the
first screenful is drawn in less than a second. A picture is known by its sheet's revision and by
the names that stand on it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from gemba.domain.errors import GembaError
from gemba.ui.widgets.photos import meet_types

if TYPE_CHECKING:
    from gemba.domain.sheet_row import SheetRow
    from gemba.ui.tasks import CancelToken, Tasks

Draw = Callable[[UUID, int], QImage]
Key = tuple[str, int, str, str, str, int]
MOST_BYTES = 64_000_000
"""Some 300 pictures at one device pixel a pixel, 80 at two."""


_AT_ONCE = 2


class Thumbnails(QObject):
    """Draws one picture at a time, what is in sight first; one out of sight holds up none.

    `came` hands on the key of the sheet whose picture is there or cannot be, `failed` the error
    of one that cannot be drawn. ``draw`` makes the picture of a sheet so many pixels wide; it is
    called on another thread.
    """

    came = Signal(object)
    failed = Signal(object, object)

    def __init__(self, draw: Draw, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._draw = draw
        self._tasks = tasks
        self._held: OrderedDict[Key, QImage | None] = OrderedDict()
        self._bytes = 0
        self._wanted: list[tuple[SheetRow, int]] = []
        self._running: dict[Key, CancelToken] = {}
        self._seen: set[Key] = set()
        self._paused = False

    def get(self, row: SheetRow, wide: int) -> QImage | None:
        """Return the picture of a sheet as it is now, None where there is none yet."""
        key = _key(row, wide)
        if key in self._held:
            self._held.move_to_end(key)
        return self._held.get(key)

    def knows(self, row: SheetRow, wide: int) -> bool:
        """Tell whether this was drawn, or tried in vain."""
        return _key(row, wide) in self._held

    def want(self, rows: Sequence[SheetRow], wide: int) -> None:
        """Draw the pictures that are not there yet, in this order; what was asked before drops."""
        self._seen = {_key(row, wide) for row in rows}
        begun = self._running
        self._wanted = [
            (row, wide)
            for row in rows
            if not self.knows(row, wide) and _key(row, wide) not in begun
        ]
        self._paused = False
        self._next()

    def pause(self) -> None:
        """Begin no further picture until some are wanted again, as while a list is moving."""
        self._paused = True

    def forget(self) -> None:
        """Let every picture go, as when a person was erased."""
        self._held.clear()
        self._bytes = 0
        self._wanted.clear()
        for token in self._running.values():
            # What is on its way shows what was there before.
            token.cancel()
        self._running.clear()

    def _next(self) -> None:
        if self._paused or not self._wanted or self._seen & self._running.keys():
            return
        if len(self._running) >= _AT_ONCE:
            return
        row, wide = self._wanted.pop(0)
        meet_types()
        draw, sheet = self._draw, row.id
        self._running[_key(row, wide)] = self._tasks.run(
            self,
            lambda _token: draw(sheet, wide),
            lambda picture: self._keep(row, wide, picture),
            lambda error: self._give_up(row, wide, error),
        )

    def _keep(self, row: SheetRow, wide: int, picture: QImage | None) -> None:
        self._running.pop(_key(row, wide), None)
        self._held[_key(row, wide)] = picture
        self._bytes += picture.sizeInBytes() if picture is not None else 0
        while self._bytes > MOST_BYTES and len(self._held) > 1:
            _old, gone = self._held.popitem(last=False)
            self._bytes -= gone.sizeInBytes() if gone is not None else 0
        self.came.emit(row.key)
        self._next()

    def _give_up(self, row: SheetRow, wide: int, error: BaseException) -> None:
        self._keep(row, wide, None)
        if isinstance(error, GembaError):
            self.failed.emit(row.key, error)
            return
        raise error


def _key(row: SheetRow, wide: int) -> Key:
    return row.key, row.revision, row.owner, row.coach, row.area, wide
