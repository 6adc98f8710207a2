"""Has anyone met this before: sheets with a like problem, quietly beside the background."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.ui.widgets import Label, RowList, RowWords

if TYPE_CHECKING:
    from gemba.domain.sheet import Sheet
    from gemba.ui.pages.sheet_desk import SheetHost
    from gemba.ui.similar import LookUp, Similar
    from gemba.ui.tasks import CancelToken

IDLE_MS = 900
"""So long after the last key the words are compared."""


class SimilarStrip(QWidget):
    """Up to three sheets that tell of the same; hidden where there is none.

    It looks again when the keys have rested, never while they are pressed. ``before`` is the one
    whose place it takes.
    """

    def __init__(
        self, page: SheetHost, look_up: LookUp, before: SimilarStrip | None = None
    ) -> None:
        super().__init__()
        self._page = page
        self._look_up = look_up
        self._asked: Sheet | None = before._asked if before is not None else None
        self._search: CancelToken | None = None
        self.found: Sequence[Similar] = ()
        theme = page.theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(12), 0, 0)
        column.setSpacing(theme.px(8))
        head = self.tr("Has anyone met this before?")
        column.addWidget(Label(theme, head, step="strong"))
        self.rows = RowList(theme, name=head, ground=False)
        self.rows.opened.connect(lambda key: page.go.to("sheet", sheet=key))
        column.addWidget(self.rows)
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(IDLE_MS)
        self._idle.timeout.connect(self.look)
        self._show(before.found if before is not None else ())
        # One that takes the place of another, as after each save, must not hurry either.
        self._idle.start(IDLE_MS if before is not None else 0)

    def touch(self) -> None:
        """Note that a key was pressed."""
        self._idle.start(IDLE_MS)

    def look(self) -> None:
        """Compare the words as they stand now, unless that was done."""
        sheet = self._page.sheet
        if sheet is None or _told(sheet) == _told(self._asked):
            return
        self._asked = sheet
        if self._search is not None:
            self._search.cancel()
        self._search = self._look_up(self, sheet, self._show)

    def _show(self, found: Sequence[Similar]) -> None:
        self.setVisible(bool(found))
        if found == self.found and found:
            return
        self.found = found
        self.rows.set_rows(
            RowWords(
                one.title,
                " · ".join((one.facts, ", ".join(one.words[:3]))),
                key=one.sheet,
                bold=False,
            )
            for one in found
        )


def _told(sheet: Sheet | None) -> object:
    if sheet is None:
        return None
    return sheet.id, sheet.title, sheet.is_now, sheet.should_be, [box.text for box in sheet.boxes]
