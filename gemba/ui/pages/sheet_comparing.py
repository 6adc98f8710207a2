"""Comparing two states of a sheet: at once where they are short, else beside the window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from gemba.domain.errors import GembaError, Refused
from gemba.ui.pages.sheet_desk import MarkedSheet
from gemba.ui.pages.sheet_differences import change_words, compared_sheet
from gemba.ui.pages.sheet_told import box_facts
from gemba.ui.tasks import uncollected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from gemba.domain.changes import FieldChange
    from gemba.domain.compared import ComparedSheet, Comparison
    from gemba.services.story import Turn
    from gemba.ui.pages.sheet_desk import SheetHost
    from gemba.ui.tasks import CancelToken

AT_ONCE: Final = 20_000
"""Letters of a sheet up to which nobody notices that it is compared and drawn."""
Told = list[tuple[str, str]]
Made = tuple["ComparedSheet", MarkedSheet, Told]


def long_ones(made: Comparison) -> bool:
    """Tell whether drawing all that changed would hold up the window."""
    texts = [*made.facts.values(), *(one.text for one in made.boxes.values())]
    return sum(len(one.text) for text in texts for one in text.paragraphs) > AT_ONCE


def _sides(change: FieldChange) -> tuple[object, object]:
    return change.before, change.after


class Comparing(QObject):
    """Compares two states, draws the sheet with the marks, and hands on what is to be told.

    One comparison at a time: a newer one takes the place of one that is under way.
    """

    def __init__(self, page: SheetHost, parent: QObject) -> None:
        super().__init__(parent)
        self._page = page
        self._token: CancelToken | None = None

    @property
    def busy(self) -> bool:
        """Tell whether a comparison is under way."""
        return self._token is not None

    def begin(
        self,
        make: Callable[[], Comparison],
        names: tuple[str, str],
        shown: Callable[[Told], None],
        failed: Callable[[GembaError], None],
        *,
        turns: Iterable[Turn] = (),
    ) -> None:
        """Make a comparison, show it, and hand on what changed; ``failed`` is told why not.

        ``turns`` are the changes of the sheet, which tell how long it ever was.
        """
        self.stop()
        if not self._long(turns):
            try:
                made = self._made(make, names)
            except GembaError as error:
                failed(error)
                return
            self._show(made, shown, failed)
            return

        def done(made: Made) -> None:
            self._token = None
            self._show(made, shown, failed)

        def refuse(error: BaseException) -> None:
            self._token = None
            if not isinstance(error, GembaError):
                raise error
            failed(error)

        def work(token: CancelToken) -> Made:
            with uncollected():
                return self._made(make, names, token)

        self._token = self._page.desk.tasks.run(self, work, done, refuse)

    def _made(
        self,
        make: Callable[[], Comparison],
        names: tuple[str, str],
        token: CancelToken | None = None,
    ) -> Made:
        page = self._page
        found = make()
        if token is not None:
            token.check()
        compared = compared_sheet(page, found, *names)
        drawn = page.desk.paper.draw(found.after, compared)
        kind = page.desk.sheets.definition(found.after)
        facts = box_facts(found.after, kind, page.desk.words, compared)
        return compared, MarkedSheet(drawn, facts), change_words(page, found)

    def _show(
        self,
        made: Made,
        shown: Callable[[Told], None],
        failed: Callable[[GembaError], None],
    ) -> None:
        compared, marked, told = made
        if self._page.writing:
            # Whoever went on writing meanwhile is not taken away from it.
            failed(Refused("version.went_on"))
            return
        self._page.look_at(compared=compared, marked=marked)
        shown(told)

    def _long(self, turns: Iterable[Turn]) -> bool:
        sheet = self._page.sheet
        now = sum(len(box.text) for box in sheet.boxes) if sheet is not None else 0
        ever = (len(str(side)) for turn in turns for one in turn.changes for side in _sides(one))
        return max(now, *ever, 0) > AT_ONCE

    def stop(self) -> None:
        """Drop the comparison that is under way."""
        if self._token is not None:
            self._token.cancel()
            self._token = None
