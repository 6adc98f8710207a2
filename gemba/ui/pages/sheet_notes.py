"""How many of a coach's questions are open, on the picture of the sheet where they were asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal

from gemba.domain.frame import Frame
from gemba.ui.widgets.sheet_mark import SheetMark

if TYPE_CHECKING:
    from gemba.ui.pages.sheet_desk import SheetHost

_BEFORE_MM, _DOWN_MM, _ACROSS_MM = 2.3, 3.9, 3.2
_LEAST = 14

Spot = tuple[str, str]
"""A box, and a figure in it or nothing."""


class SheetNotes(QObject):
    """One filled bead with a number at each box and each figure with open questions.

    `opened` names box and figure. Like the margin itself it prints nowhere.
    """

    opened = Signal(object, object)

    def __init__(self, page: SheetHost) -> None:
        super().__init__(page.view)
        self.page = page
        self.counts: dict[Spot, int] = {}
        self.marks: dict[Spot, SheetMark] = {}
        page.view.placed.connect(self.place)

    def refresh(self) -> None:
        """Count again."""
        page = self.page
        self.counts = {}
        if page.sheet is not None:
            for note in page.desk.sheets.margin(page.sheet.id):
                if note.open:
                    known = any(one.id == note.figure for one in page.sheet.box(note.box).figures)
                    at = (note.box, note.figure if known else "")
                    self.counts[at] = self.counts.get(at, 0) + 1
        self.place()

    def clear(self) -> None:
        """Take every bead away, before another sheet is shown."""
        self.counts = {}
        self.place()

    def place(self) -> None:
        """Lay the beads where their boxes and figures are on the screen now."""
        view = self.page.view
        now = self.page.at_revision is None and not self.page.first_draft
        counts = self.counts if now else {}
        shown = {at: spot for at in counts if (spot := self._spot(at)) is not None}
        for gone in [at for at in self.marks if at not in shown]:
            mark = self.marks.pop(gone)
            mark.hide()
            mark.deleteLater()
        for at, spot in shown.items():
            count = self.counts[at]
            mark = self.marks.get(at) or self._new_mark(at)
            mark.letter = str(min(count, 99))
            mark.setText(
                self.tr("1 open question here")
                if count == 1
                else self.tr("{count} open questions here").format(count=count)
            )
            mark.setToolTip(mark.text())
            across = max(round(_ACROSS_MM * view.page.zoom.scale), self.page.theme.px(_LEAST))
            if not at[1]:  # beside the heading, also where the bead is large for the margin
                spot.setX(min(spot.x(), self._edge(at[0]) - across // 2 - 1))
            mark.lie(spot, across)
            # A bead of the other column would show half beside the one that is read.
            mark.setVisible(view.in_sight(at[0]))
            mark.raise_()
            mark.update()

    def _new_mark(self, at: Spot) -> SheetMark:
        mark = SheetMark(self.page.theme, "", "", self.page.view.page, full=True)
        mark.clicked.connect(lambda: self.opened.emit(*at))
        self.marks[at] = mark
        return mark

    def _edge(self, box_id: str) -> int:
        view = self.page.view
        return round(view.rect_of(view.layout_.boxes[box_id].frame.x, 0, 0, 0).x())

    def _spot(self, at: Spot) -> QPoint | None:
        view = self.page.view
        box = view.box_at(at[0])
        if box is None:
            return None
        frame: Frame = box.frame
        x, y = frame.x - _BEFORE_MM, frame.y + _DOWN_MM
        if at[1]:
            figure = next((one for one in box.figures if one.id == at[1]), None)
            if figure is not None:
                x, y = figure.frame.right, figure.frame.y + 0.6
        return view.rect_of(x, y, 0, 0).topLeft().toPoint()
