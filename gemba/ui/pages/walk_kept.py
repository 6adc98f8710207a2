"""What was kept on the walk under way, read again where something became of it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from gemba.domain.changes import Ref
from gemba.domain.walk import Walk
from gemba.services.thread import Thread
from gemba.services.walks import Walks
from gemba.ui.pages.seen_list import marks_of, row_of
from gemba.ui.pages.walk_board import WalkBoard
from gemba.ui.widgets import RowAction

_ELSEWHERE = ("promise", "link", "sheet", "storyboard")


class WalkKept(QObject):
    """Fills the list of what was kept and the marks of the line that is being written.

    The marks of a row are read once and again only when something was written about it.
    """

    def __init__(
        self,
        page: QWidget,
        *,
        walks: Walks,
        thread: Thread,
        board: WalkBoard,
        walk: Callable[[], Walk | None],
        actions: Callable[[], tuple[RowAction, ...]],
    ) -> None:
        super().__init__(page)
        self._walks = walks
        self._thread = thread
        self._board = board
        self._walk = walk
        self._actions = actions
        self._marks: dict[UUID, tuple[tuple[str, str], ...]] = {}
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(0)
        self._again.timeout.connect(self.show)

    def begin(self) -> None:
        """Forget what belonged to another walk, and show this one."""
        self._marks.clear()
        self.show()

    def hear(self, refs: frozenset[Ref]) -> None:
        """Read anew, soon, what these records changed."""
        for ref in refs:
            if ref.kind in _ELSEWHERE:
                self._marks.clear()
            self._marks.pop(ref.id, None)
        self._again.start()

    def show(self) -> None:
        """Show what was kept, the newest first."""
        walk = self._walk()
        if walk is None:
            return
        seen = self._walks.observations(walk.id)
        for one in seen:
            if one.id not in self._marks:
                self._marks[one.id] = marks_of(one, self._thread)
        rows = [row_of(one, self._marks[one.id]) for one in reversed(seen)]
        self._board.show_seen(rows, self._actions())
        self.show_line()

    def show_line(self) -> None:
        """Show what became of the line that is being written."""
        line = self._board.line.line
        seen = self._walks.observation(line.id) if line is not None else None
        self._board.line.show_marks(marks_of(seen, self._thread) if seen is not None else ())
        self._board.line.apart.beside.show_seen(seen, self._walks.photo_source)
