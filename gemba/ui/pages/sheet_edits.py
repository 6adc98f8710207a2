"""What is done to a sheet and can be undone: boxes and figures, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from gemba.domain.sheet import Box
from gemba.ui.undo import SheetUndo

if TYPE_CHECKING:
    from gemba.domain.figures import Figure
    from gemba.ui.pages.sheet_desk import SheetHost


class SheetEdits:
    """Writes boxes and figures of the sheet that is shown, and goes back and forth through it."""

    def __init__(self, page: SheetHost) -> None:
        self.page = page
        self._undo: SheetUndo | None = None
        self._before: Box | None = None

    def begin(self, sheet_id: UUID) -> None:
        """Begin with another sheet; what was written before this session can be undone too."""
        story = self.page.desk.sheets.story
        self._undo = SheetUndo(self._put_box, lambda: story(sheet_id, "boxes"))

    def open(self, box: Box | None) -> None:
        """Remember a box as it is when it is opened; none where it is opened only to be read."""
        self._before = box

    def close(self, box_id: str) -> None:
        """Note what was written in a box since it was opened."""
        before, self._before = self._before, None
        if before is not None and self._undo is not None and self.page.sheet is not None:
            self._undo.note(before, self.page.sheet.box(box_id))

    def undo(self) -> None:
        """Take back the last edit of this sheet, from the journal where need be."""
        self._step(back=True)

    def redo(self) -> None:
        """Make it once more."""
        self._step(back=False)

    def _step(self, *, back: bool) -> None:
        page = self.page
        if self._undo is None or page.sheet is None or not page.may_write():
            return
        box_id = page.writing
        page.stop_writing()
        page.desk.recorder.settle()
        page.sheet = page.desk.sheets.get(page.sheet.id)
        done = self._undo.undo(page.sheet) if back else self._undo.redo(page.sheet)
        if not done:
            page.go.say(
                page.tr("Nothing more to undo here.") if back else page.tr("Nothing to redo.")
            )
        page.draw()
        if box_id:
            page.write(box_id)

    def _put_box(self, box: Box) -> None:
        assert self.page.sheet is not None
        self.page.sheet = self.page.desk.sheets.set_box(self.page.sheet.id, box)

    def put_figure(self, box_id: str, figure: Figure) -> None:
        """Write a figure and draw it."""
        page = self.page
        assert page.sheet is not None
        before = page.sheet.box(box_id)
        page.sheet = page.desk.sheets.put_figure(page.sheet.id, box_id, figure)
        self._note(before)

    def remove_figure(self, box_id: str, figure_id: str) -> None:
        """Take a figure out of its box and draw the sheet without it."""
        page = self.page
        assert page.sheet is not None
        before = page.sheet.box(box_id)
        page.sheet = page.desk.sheets.remove_figure(page.sheet.id, box_id, figure_id)
        self._note(before)

    def _note(self, before: Box) -> None:
        assert self.page.sheet is not None
        if self._undo is not None:
            self._undo.note(before, self.page.sheet.box(before.id))
        self.page.draw()
