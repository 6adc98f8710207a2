"""What a talk belongs to: a chip for each record at the other end of its links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gemba.domain.changes import Ref
from gemba.ui.pages.common import LinkChips, listen

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from gemba.domain.coaching import Talk
    from gemba.services.bulletin import Bulletin
    from gemba.services.thread import Chip, Thread
    from gemba.ui.go import Go
    from gemba.ui.theme import Theme


class TiedTo(LinkChips):
    """The ties of a talk, and of the storyboard that stands beside it, as they are now."""

    def __init__(
        self,
        theme: Theme,
        *,
        thread: Thread,
        bulletin: Bulletin,
        go: Go,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, go, parent)
        self._thread = thread
        self._refs: tuple[Ref, ...] = ()
        self._shown: tuple[Chip, ...] = ()
        self.hide()
        listen(self, bulletin, self._hear)

    def show_talk(self, talk: Talk | None) -> None:
        """Show what a talk is tied to; a cycle stands on a board, and so on its ties as well."""
        self._refs = () if talk is None else (Ref("talk", talk.id),)
        if talk is not None and talk.kind == "cycle" and talk.storyboard_id is not None:
            self._refs += (Ref("storyboard", talk.storyboard_id),)
        self._show()

    def _show(self) -> None:
        ties = [chip for ref in self._refs for chip in self._thread.chips(ref)]
        # One record that is tied twice, as to two obstacles of a board, is one chip.
        shown = tuple({chip.ref: chip for chip in ties}.values())
        if shown != self._shown:
            self._shown = shown
            self.set_chips(shown, besides=frozenset(self._refs))

    def _hear(self, refs: frozenset[Ref]) -> None:
        if self._refs and not refs <= frozenset(self._refs):
            self._show()
