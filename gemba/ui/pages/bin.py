"""The bin: what was deleted lately, and bringing it back, one thing or many."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from gemba.domain.changes import Ref
from gemba.domain.coaching import Talk
from gemba.domain.cycle import said_anything
from gemba.domain.errors import GembaError
from gemba.ui.days import near_day
from gemba.ui.pages.common import clear
from gemba.ui.pages.kind_words import kind_word, known_by, with_words
from gemba.ui.pages.shown_in_parts import ShownInParts
from gemba.ui.widgets import Button, EmptyState, Label
from gemba.ui.widgets.pick import Pick

if TYPE_CHECKING:
    from gemba.domain.away import Heap
    from gemba.services.bin import Bin
    from gemba.services.bulletin import Bulletin
    from gemba.ui.go import Go
    from gemba.ui.theme import Theme

AT_ONCE = 50


def _says_nothing(heap: Heap) -> bool:
    """A talk that was opened and left again goes into the bin by itself; nobody misses it."""
    record = heap.head.record
    return isinstance(record, Talk) and not said_anything(record)


class BinPage(ShownInParts):
    """Lists what was deleted, step by step, the newest first."""

    at_once = AT_ONCE

    def __init__(
        self,
        theme: Theme,
        *,
        bin: Bin,
        bulletin: Bulletin,
        go: Go,
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, bulletin, parent)
        self._bin = bin
        self._go = go
        self._today = today
        self._heaps: list[Heap] = []
        self._chosen: set[Ref] = set()
        self.back = Button(theme, self.tr("Bring back"), icon="undo-2")
        self.back.clicked.connect(self._bring_chosen)
        self.about = Label(
            theme,
            self.tr(
                "What you delete stays here for 30 days and comes back whole. Then it is gone for "
                "good. A day counts when Gemba is open, so that no wrong clock empties the bin; "
                "days in between count too, seven at most."
            ),
            tone="ink_soft",
        )
        empty = EmptyState(theme, self.tr("The bin is empty."), icon="trash-2")
        self._lay_out(self.tr("Bin"), self.back, empty, about=self.about, below_head=8)

    def arrive(self, **_what: object) -> None:
        """Show what lies in the bin now."""
        self._chosen.clear()
        self._begin()

    def picks(self) -> list[Pick]:
        """The rows shown now."""
        items = [self.rows.itemAt(index) for index in range(self.rows.count())]
        widgets = [item.widget() for item in items if item is not None]
        return [widget for widget in widgets if isinstance(widget, Pick)]

    def _fill(self) -> None:
        clear(self.rows)
        self._heaps = [heap for heap in self._bin.heaps() if not _says_nothing(heap)]
        self._chosen &= {heap.head.ref for heap in self._heaps}
        shown = self._heaps[: self.shown]
        for heap, left in zip(shown, self._bin.days_left(shown), strict=True):
            pick = Pick(
                self.theme,
                known_by(heap.head.record),
                self._told(heap, left),
                action=self.tr("Bring back"),
                icon="undo-2",
                checked=heap.head.ref in self._chosen,
                key=heap.head.ref,
            )
            pick.ticked.connect(self._tick)
            pick.acted.connect(lambda ref: self._bring((ref,)))
            self.rows.addWidget(pick)
        self.about.setVisible(bool(self._heaps))
        count = len(self._heaps)
        self._tell_count(count)
        self.head.set_title(
            self.tr("Bin"), self.tr("{n} things").format(n=count) if count > 1 else ""
        )
        self._say_chosen()

    def _told(self, heap: Heap, left: int) -> str:
        head = heap.head
        on, today = head.at.date(), self._today()
        day = near_day(on, today)
        if on == today or (today - on).days == 1:
            deleted = self.tr("deleted {day}").format(day=day.casefold())
        else:
            deleted = self.tr("deleted on {day}").format(day=day)
        if head.who:
            deleted = self.tr("{deleted} by {who}").format(deleted=deleted, who=head.who)
        words = [kind_word(head.ref.kind), with_words([one.ref for one in heap.rest]), deleted]
        words.append(
            self.tr("1 day left") if left == 1 else self.tr("{n} days left").format(n=left)
        )
        return " · ".join(word for word in words if word)

    def _tick(self, ref: object, on: bool) -> None:
        if isinstance(ref, Ref):
            (self._chosen.add if on else self._chosen.discard)(ref)
        self._say_chosen()

    def _say_chosen(self) -> None:
        count = len(self._chosen)
        words = self.tr("Bring back {n}").format(n=count) if count else self.tr("Bring back")
        self.back.setText(words)
        self.back.setVisible(count > 0)

    def _bring_chosen(self) -> None:
        self._bring(tuple(self._chosen))

    def _bring(self, refs: tuple[Ref, ...]) -> None:
        heads = {heap.head.ref: known_by(heap.head.record) for heap in self._heaps}
        try:
            together = self._bin.restore(*refs)
        except GembaError as error:
            self._go.trouble(error)
            self._fill()
            return
        self._chosen -= set(refs)
        words = self.tr("Brought back: {words}").format(words=heads.get(refs[0], ""))
        if len(refs) > 1:
            words = self.tr("Brought back {n} things").format(n=len(refs))
        self._go.say(words, undo=lambda: self._again_away(refs, together))

    def _again_away(self, refs: tuple[Ref, ...], together: tuple[Ref, ...]) -> None:
        heads = [ref for ref in together if ref in refs]
        self._bin.remove(*heads)
