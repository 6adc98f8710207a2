"""What is done to a sheet and can be taken back: boxes and figures, step by step."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from gemba.domain.errors import GembaError
from gemba.ui.typing_visit import TypingVisit

if TYPE_CHECKING:
    from collections.abc import Callable

    from gemba.domain.figures import Figure
    from gemba.domain.figures.placing import Figures
    from gemba.ui.pages.sheet_desk import SheetHost


class SheetEdits:
    """Writes figures of the sheet that is shown, and goes back and forth through its boxes.

    The journal knows every step, those from before a restart as well; each one back or forth is a
    new write, and what another laptop wrote stays.
    """

    def __init__(self, page: SheetHost) -> None:
        self.page = page
        self.visit = TypingVisit(page.view)

    def undo(self) -> None:
        """Take back the last edit that was made to this sheet on this laptop."""
        self._step(back=True)

    def redo(self) -> None:
        """Make it once more."""
        self._step(back=False)

    def _step(self, *, back: bool) -> None:
        page = self.page
        if page.sheet is None or not page.may_write():
            return
        box_id = page.writing
        page.stop_writing()
        self.visit.end()
        page.go.unsay()
        formats = page.desk.formats
        try:
            (formats.undo if back else formats.redo)(page.sheet.id)
        except GembaError as error:
            # Beside what was asked for, and not in the banner: nothing is wrong.
            page.go.say(page.desk.words(error.key, **error.values))
        page.take(page.desk.sheets.get(page.sheet.id))
        page.draw()
        page.follow_figure()
        if box_id in page.view.areas:
            page.write(box_id)

    def add_figure(self, figure: Figure) -> None:
        """Put a figure into the box in focus and open its editor."""
        page = self.page
        if page.sheet is None or not page.may_write():
            return
        box_id = page.box_in_focus() or self.shown_first()
        page.stop_writing()
        self.put_figure(box_id, figure)
        page.edit_figure(box_id, figure.id)

    def shown_first(self) -> str:
        """Return the box for what is to be seen, where none is in focus."""
        assert self.page.definition is not None
        return self.page.definition.box_for("current").id

    def put_figure(self, box_id: str, figure: Figure, visit: str = "") -> None:
        """Write a figure and draw it."""
        page = self.page
        if page.sheet is None or not page.may_write():
            return
        page.go.unsay()
        page.sheet = page.desk.sheets.put_figure(page.sheet.id, box_id, figure, visit=visit)
        page.draw()

    def put_edited(self, box_id: str, figure: Figure) -> None:
        """Write what an editor made of a figure; where it stands was never the editor's to say."""
        page = self.page
        assert page.sheet is not None
        held = {one.id: one.place for one in page.sheet.box(box_id).figures}
        # An editor hands on the last it has while it closes, also that of a figure taken off.
        if figure.id in held:
            made = replace(figure, place=held[figure.id])
            self.put_figure(box_id, made, self.visit.name())

    def arrange(self, box_id: str, edit: Callable[[Figures], Figures]) -> None:
        """Place, order or size the figures of a box, and draw it."""
        page = self.page
        if page.sheet is None or not page.may_write():
            return
        held = page.sheet.box(box_id).figures
        if edit(held) == held:
            return
        page.go.unsay()
        page.sheet = page.desk.sheets.arrange_figures(page.sheet.id, box_id, edit)
        page.draw()

    def remove_figure(self, box_id: str, figure_id: str) -> None:
        """Take a figure out of its box and draw the sheet without it; undo brings it back."""
        page = self.page
        if page.sheet is None or not page.may_write():
            return
        page.sheet = page.desk.sheets.remove_figure(page.sheet.id, box_id, figure_id)
        page.draw()
        page.close_drawer()
        page.view.areas[box_id].setFocus(Qt.FocusReason.OtherFocusReason)
        page.go.say(page.tr("The figure is gone."), self.undo)
