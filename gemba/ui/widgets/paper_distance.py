"""How near a sheet is seen, whole or one column of it, and where its paper lies on the desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize

from gemba.ui.widgets.paper_page import MM_PER_PT, TEXT_PT, Zoom

if TYPE_CHECKING:
    from gemba.domain.frame import Frame
    from gemba.domain.layout import SheetLayout
    from gemba.ui.theme import Theme

LEAST_TEXT = 14
"""Text that is written is never smaller than this, in pixels at 100 %."""
LEAST_BESIDE = 8
"""The same where a drawer lies beside the column, which is only looked at meanwhile: larger than on
the whole sheet, and all of a figure is seen while it is edited."""
DESK = 12
"""How much of the desk is seen around the paper, in pixels at 100 %."""
_LEAST_SEEN = 0.5
"""Beside a drawer the whole sheet is shown smaller, as long as this much of the width is left."""
_COLUMN_EDGE_MM = 4.0


@dataclass(frozen=True, slots=True)
class Laid:
    """The zoom, the paper on the desk, and the whole of the desk; pixels."""

    zoom: Zoom
    paper: QRect
    outer: QSize


@dataclass(frozen=True, slots=True)
class Sight:
    """What a sheet is seen through.

    ``view`` is the size of what shows the desk, ``wide`` its width with the scroll bar,
    ``covered`` how much of the far side lies under something; pixels. ``column`` says whether one
    column is shown, ``current`` the box it was asked for.
    """

    theme: Theme
    layout: SheetLayout
    view: QSize
    wide: int
    covered: int
    column: bool
    current: str

    def room(self) -> int:
        """Return how much of the width is seen, unless it is too little to write in."""
        whole = self.view.width()
        # What lies over the far side lies over the scroll bar first.
        seen = min(whole, self.wide - self.covered)
        if self.column:
            enough = self._text_beside(seen) >= self.theme.px(LEAST_BESIDE)
        else:
            enough = seen >= _LEAST_SEEN * whole
        return seen if enough else whole

    def lay(self) -> Laid:
        """Return where the paper lies, as near as the room allows."""
        room, desk, paper = self.room(), self.theme.px(DESK), self.layout
        zoom = self._zoom(room)
        size = QSize(round(paper.width * zoom.scale), round(paper.height * zoom.scale))
        # In a column the desk is wide enough for the page to move the other column out of sight.
        column = round(self._column_mm() * zoom.scale)
        side = desk + (max(0, self.view.width() - column) if self.column else 0)
        # As much again beside it, so that what is covered can be moved to where it is seen.
        beside = self.covered if self.column and room == self.view.width() else 0
        outer = QSize(
            max(self.view.width(), size.width() + 2 * side) + beside,
            max(self.view.height(), size.height() + 2 * desk),
        )
        aside = beside if self.column else max(0, self.view.width() - room)
        corner = QPoint(
            max(desk, (outer.width() - aside - size.width()) // 2),
            (outer.height() - size.height()) // 2,
        )
        return Laid(zoom, QRect(corner, size), outer)

    def _zoom(self, room: int) -> Zoom:
        if self.column:
            least = self.theme.px(LEAST_TEXT)
            if room < self.view.width():
                least = min(least, self._text_beside(room))
            return Zoom.of_text(max(self._text_at(room, self._column_mm()), least))
        edges, paper = 2 * self.theme.px(DESK), self.layout
        across, down = (room - edges) / paper.width, (self.view.height() - edges) / paper.height
        return Zoom(max(0.5, min(across, down)))

    def _column_mm(self) -> float:
        return self.layout.width / 2 + _COLUMN_EDGE_MM / 2

    def _text_at(self, width: int, shown_mm: float) -> int:
        """Return how high text is, in whole pixels, where so much of the sheet fills a width."""
        return int((width - self.theme.px(DESK)) / shown_mm * TEXT_PT * MM_PER_PT)

    def _text_beside(self, width: int) -> int:
        """Return it where a drawer lies beside the column, and little of the margin shows."""
        box = self.layout.boxes.get(self.current)
        wide = self.layout.width / 2 if box is None else half_of(self.layout, box.frame)[1]
        return self._text_at(width, wide)


def half_of(layout: SheetLayout, frame: Frame) -> tuple[float, float]:
    """Return where the columns on one half of the sheet begin, and how wide they are, in mm.

    On most sheets that is one column; narrower ones are seen beside each other.
    """
    middle = layout.width / 2
    left = frame.x + frame.width / 2 < middle
    frames = [one.frame for one in layout.boxes.values()]
    near = [one for one in frames if (one.x + one.width / 2 < middle) == left] or [frame]
    x = min(one.x for one in near)
    return x, max(one.right for one in near) - x
