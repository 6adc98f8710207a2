"""The boxes of a sheet on the desk: what is in each, how Tab goes through, and figures carried."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QPointF, Qt, Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from gemba.ui.widgets.box_area import BoxArea, BoxFacts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gemba.domain.layout import SheetLayout
    from gemba.ui.theme import Theme
    from gemba.ui.widgets.figure_area import FigureArea
    from gemba.ui.widgets.paper_page import PaperPage

_NEAR_EDGE = 24
"""Within so many pixels of the upper or lower edge a figure that is carried scrolls the page."""


class PaperBoxes(QObject):
    """Keeps an area for each box, by its id and in the order of the sheet.

    `entered` and `left` name the box the focus goes into and out of, `held` also one whose figure
    has it, `gone` one that is not on the sheet any more. `figure_asked` names box and figure that
    were clicked, `arranged` the box and what is to be done to its figures (a function from
    placing.py), `figure_gone` what is taken off, `figure_carried` box and figure, the box it is to
    stand in, side and place there, `figure_sent` and `figure_elsewhere` that it is to go to the
    next box or to one that is asked for, `tie_asked` the box that is to be tied.
    """

    entered = Signal(object)
    left = Signal(object)
    held = Signal(object)
    gone = Signal(object)
    figure_asked = Signal(object, object)
    tie_asked = Signal(object)
    arranged = Signal(object, object)
    figure_gone = Signal(object, object)
    figure_carried = Signal(object, object, object, object, int)
    figure_sent = Signal(object, object, int)
    figure_elsewhere = Signal(object, object, QPoint)
    grabbed = Signal()

    def __init__(self, theme: Theme, view: QScrollArea, page: PaperPage) -> None:
        super().__init__(view)
        self.theme = theme
        self._view = view
        self._page = page
        self.areas: dict[str, BoxArea] = {}
        self.title_marks: list[QWidget] = []

    def show(self, layout: SheetLayout, facts: Mapping[str, BoxFacts]) -> None:
        """Show the boxes of a drawing; those that were there keep their focus."""
        changed = self._drop(set(facts) & set(layout.boxes))
        for box_id in facts:  # in the order of the sheet, in which Tab goes from box to box
            if box_id not in layout.boxes:
                continue
            area = self.areas.get(box_id)
            if area is None:
                area, changed = self._add(box_id), True
            before = len(area.figures)
            area.show_box(layout.boxes[box_id], facts[box_id])
            changed = changed or len(area.figures) != before
        if changed:
            order = {box_id: place for place, box_id in enumerate(facts)}
            self.areas = dict(sorted(self.areas.items(), key=lambda one: order[one[0]]))
            self.chain()

    def clear(self) -> None:
        """Take all of them away."""
        for area in self.areas.values():
            area.hide()
            area.deleteLater()
        self.areas.clear()

    def place(self, layout: SheetLayout) -> None:
        """Put each where its box is seen now."""
        page = self._page
        for box_id in layout.boxes:
            area = self.areas.get(box_id)
            if area is not None:
                area.place(page.zoom.scale, page.paper.topLeft(), page.zoom.text)

    def _drop(self, kept: set[str]) -> bool:
        """Take away the areas of boxes that are not on the sheet any more."""
        gone = [box_id for box_id in self.areas if box_id not in kept]
        for box_id in gone:
            area = self.areas.pop(box_id)
            self.gone.emit(box_id)
            if area.hasFocus():  # or Qt would hand the focus on to the next box, which would open
                self._view.setFocus(Qt.FocusReason.OtherFocusReason)
            area.hide()
            area.deleteLater()
        return bool(gone)

    def _add(self, box_id: str) -> BoxArea:
        area = BoxArea(self.theme, box_id, self._page)
        area.focused.connect(self.entered)
        area.unfocused.connect(self.left)
        area.held.connect(self.held)
        area.figure_asked.connect(self.figure_asked)
        area.tie_asked.connect(self.tie_asked)
        area.arranged.connect(self.arranged)
        area.figure_gone.connect(self.figure_gone)
        area.grabbed.connect(self.grabbed)
        moves = area.moves
        moves.carried.connect(lambda figure, at, done: self._carry(box_id, figure, at, done))
        moves.dropped.connect(self._let_go)
        moves.sent.connect(lambda figure, by: self.figure_sent.emit(box_id, figure, by))
        moves.elsewhere.connect(lambda figure, at: self.figure_elsewhere.emit(box_id, figure, at))
        self.areas[box_id] = area
        area.show()
        return area

    def _carry(self, box_id: str, figure: FigureArea, at: QPointF, done: bool) -> None:
        """Show in another box where a figure would go, and hand it on once it is let go there."""
        self._let_go()
        self._scroll_along(at)
        here = self._page.mapFromGlobal(at.toPoint())
        over = (id for id, one in self.areas.items() if one.geometry().contains(here))
        to = next(over, "")
        if not to or to == box_id:
            return
        side, index = self.areas[to].moves.aim(figure, at)
        if done:
            self._let_go()
            self.figure_carried.emit(box_id, figure.figure_id, to, side, index)

    def _let_go(self) -> None:
        for area in self.areas.values():
            area.moves.forget()

    def _scroll_along(self, at: QPointF) -> None:
        """Bring up what lies beyond the edge a figure is carried to."""
        shown = self._view.viewport()
        y, high = shown.mapFromGlobal(at.toPoint()).y(), shown.height()
        near, bar = self.theme.px(_NEAR_EDGE), self._view.verticalScrollBar()
        if y < near:
            bar.setValue(bar.value() - near)
        elif y > high - near:
            bar.setValue(bar.value() + near)

    def chain(self) -> None:
        """Have Tab go from the title's marks from box to box, in each through all that is there."""
        stops = [stop for area in self.areas.values() for stop in area.tab_stops()]
        stops = [*self.title_marks, *stops]
        for before, after in itertools.pairwise(stops):
            QWidget.setTabOrder(before, after)

    def set_marks(self, marks: Mapping[str, list[QWidget]]) -> None:
        """Have Tab reach the marks of each box, by its id; those of the title by none."""
        changed = self.title_marks != marks.get("", [])
        self.title_marks = marks.get("", [])
        for box_id, area in self.areas.items():
            own = marks.get(box_id, [])
            changed = changed or area.marks != own
            area.marks = own
        if changed:
            self.chain()

    def mark_figure(self, box_id: str, figure_id: str) -> None:
        """Show which figure is being worked on; two times nothing for none."""
        for area in self.areas.values():
            for figure in area.figures:
                figure.mark(area.box_id == box_id and figure.figure_id == figure_id)

    def figure(self, box_id: str, figure_id: str) -> FigureArea | None:
        """Return a figure as it is shown, or None."""
        area = self.areas.get(box_id)
        figures = area.figures if area is not None else []
        return next((one for one in figures if one.figure_id == figure_id), None)

    def allow_changes(self, change: bool) -> None:
        """Let figures be moved and sized, or only opened."""
        for area in self.areas.values():
            area.allow(change)

    def offer_ties(self, offered: bool) -> None:
        """Offer to tie the box in focus, or not."""
        for area in self.areas.values():
            if area.may_tie != offered:
                area.may_tie = offered
                area.update()
