"""The sheet on the desk: the printed page itself, at two distances, written on in place."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEasingCurve,
    QPoint,
    QPointF,
    QPropertyAnimation,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from gemba.domain.layout import BoxLayout, DrawnPart, SheetLayout
from gemba.ui.widgets.box_area import BoxArea, BoxFacts
from gemba.ui.widgets.paper_page import MM_PER_PT, TEXT_PT, PaperPage, Render, Zoom
from gemba.ui.widgets.spoken import speak_boxes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gemba.domain.frame import Frame
    from gemba.ui.theme import Theme
    from gemba.ui.widgets.figure_area import FigureArea

LEAST_TEXT = 14
"""Text that is written is never smaller than this, in pixels at 100 %."""
LEAST_BESIDE = 10
"""The same where a drawer lies beside the column, which is only read meanwhile."""
_DESK = 12
_LEAST_SEEN = 0.6
"""Beside a drawer the whole sheet is shown smaller, as long as this much of the width is left."""
_COLUMN_EDGE_MM = 4.0
_SEEN_BESIDE_MM = 4.0
"""How much of the margin of the page is seen beside a column: the marks beside its lines."""
_NEAR_EDGE = 24
"""Within so many pixels of the upper or lower edge a figure that is carried scrolls the page."""
# How far lines along its edge reach out of a part of the page.
_PART_EDGE_MM = 1.0


class PaperView(QScrollArea):
    """Shows a drawn sheet; a box that gets the focus glides to its column and is written in.

    `entered` names the box the focus went into, `left_box` the one it left, `figure_asked` box
    and figure that were clicked, `arranged` the box and what is to be done to its figures (a
    function from placing.py), `figure_gone` what is taken off, `figure_carried` box and figure, the
    box it is to stand in, side and place there, `figure_sent` and `figure_elsewhere` that it is to
    go to the next box or to one that is asked for, `tie_asked` the box that is to be
    tied, `zoomed` whether one column is shown; `placed` follows whenever boxes moved on the screen.
    ``held`` is the box that last had the focus, itself or through one of its figures, which is
    ``held_figure`` then.
    """

    entered = Signal(str)
    left_box = Signal(str)
    figure_asked = Signal(str, str)
    tie_asked = Signal(str)
    arranged = Signal(str, object)
    figure_gone = Signal(str, str)
    figure_carried = Signal(str, str, str, str, int)
    figure_sent = Signal(str, str, int)
    figure_elsewhere = Signal(str, str, QPoint)
    grabbed = Signal()
    zoomed = Signal(bool)
    placed = Signal()

    def __init__(self, theme: Theme, render: Render, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        speak_boxes()
        self.theme = theme
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.page = PaperPage(theme, render, self)
        self.page.setAutoFillBackground(False)
        self.setWidget(self.page)
        self.layout_ = SheetLayout(420.0, 297.0)
        self.areas: dict[str, BoxArea] = {}
        self.title_marks: list[QWidget] = []
        self.column = False
        self.current = ""
        self.held = self.held_figure = ""
        self._covered = 0
        self._marked = ("", "")
        self._outer = QSize()
        self._hangs = 0
        self._parts: frozenset[DrawnPart] = frozenset()
        self._glide = QPropertyAnimation(self.verticalScrollBar(), b"value", self)
        self._glide.setEasingCurve(QEasingCurve.Type.OutCubic)

    def show_sheet(
        self,
        pdf: bytes,
        layout: SheetLayout,
        facts: dict[str, BoxFacts],
        parts: Sequence[DrawnPart] = (),
    ) -> None:
        """Show a new drawing; boxes keep their focus, and only ``parts`` that differ are drawn."""
        changed_parts = self._changed_parts(parts)
        self.page.pdf = pdf
        self.layout_ = layout
        changed = self._drop_areas(set(facts) & set(layout.boxes))
        for box_id in facts:  # in the order of the sheet, in which Tab goes from box to box
            if box_id not in layout.boxes:
                continue
            area = self.areas.get(box_id)
            if area is None:
                area, changed = self._add_area(box_id), True
            before = len(area.figures)
            area.show_box(layout.boxes[box_id], facts[box_id])
            changed = changed or len(area.figures) != before
        if changed:
            order = {box_id: place for place, box_id in enumerate(facts)}
            self.areas = dict(sorted(self.areas.items(), key=lambda one: order[one[0]]))
            self.chain()
        if self.page.paper.isNull():
            self._rezoom()
        else:
            self._place_areas()
        if changed_parts is None:
            self.page.stale()
        else:
            self.page.stale_in(changed_parts)

    def _changed_parts(self, parts: Sequence[DrawnPart]) -> list[QRectF] | None:
        """Return where the page looks otherwise than before; None where that cannot be told."""
        before, self._parts = self._parts, frozenset(parts)
        if not before or not parts:
            return None
        # What is gone leaves its place to be drawn anew, too.
        frames = [part.frame for part in before ^ self._parts]
        edge = _PART_EDGE_MM
        return [
            self.rect_of(f.x - edge, f.y - edge, f.width + 2 * edge, f.height + 2 * edge)
            for f in frames
        ]

    def clear(self) -> None:
        """Take the sheet away, before another one is shown."""
        for area in self.areas.values():
            area.hide()
            area.deleteLater()
        self.areas.clear()
        self._parts = frozenset()
        self.page.pdf = b""
        self.page.paper = QRect()
        self._hangs = 0
        self.column = False
        self.current = self.held = self.held_figure = ""

    def _drop_areas(self, kept: set[str]) -> bool:
        """Take away the areas of boxes that are not on the sheet any more."""
        gone = [box_id for box_id in self.areas if box_id not in kept]
        for box_id in gone:
            area = self.areas.pop(box_id)
            if self.current == box_id:
                self.current = ""
            if area.hasFocus():  # or Qt would hand the focus on to the next box, which would open
                self.setFocus(Qt.FocusReason.OtherFocusReason)
            area.hide()
            area.deleteLater()
        return bool(gone)

    def _add_area(self, box_id: str) -> BoxArea:
        area = BoxArea(self.theme, box_id, self.page)
        area.focused.connect(self._focused)
        area.unfocused.connect(self.left_box)
        area.held.connect(self._hold)
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
        here = self.page.mapFromGlobal(at.toPoint())
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
        y, high = self.viewport().mapFromGlobal(at.toPoint()).y(), self.viewport().height()
        near, bar = self.theme.px(_NEAR_EDGE), self.verticalScrollBar()
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

    def whole(self) -> None:
        """Show the whole sheet."""
        self.column = False
        self.current = ""
        self._rezoom()
        self.zoomed.emit(False)

    def to_column(self, box_id: str) -> None:
        """Show the column a box stands in, with the box in sight."""
        was = self.column
        self.column = True
        self.current = box_id
        if not was:
            self._rezoom()
            self.zoomed.emit(True)
        self._look_at(box_id, glide=was)
        self.placed.emit()

    def in_sight(self, box_id: str) -> bool:
        """Tell whether a box stands in what is shown: anywhere, or on the half of its column."""
        box, near = self.layout_.boxes.get(box_id), self.layout_.boxes.get(self.current)
        if not self.column or box is None or near is None:
            return True
        return self._half_of(box.frame) == self._half_of(near.frame)

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

    def _hold(self, box_id: str) -> None:
        self.held = box_id
        figures = self.areas[box_id].figures
        self.held_figure = next((one.figure_id for one in figures if one.hasFocus()), "")

    def _focused(self, box_id: str) -> None:
        self.to_column(box_id)
        self.entered.emit(box_id)

    def cover(self, pixels: int) -> None:
        """Keep to what is seen while something lies over this much of the far side."""
        if pixels != self._covered:
            self._covered = pixels
            self._keep_distance()

    def _room(self) -> int:
        """Return how much of the width is seen, unless it is too little to write in."""
        whole = self.viewport().width()
        # What lies over the far side lies over the scroll bar first.
        seen = min(whole, self.width() - self._covered)
        if self.column:
            enough = self._text_beside(seen) >= self.theme.px(LEAST_BESIDE)
        else:
            enough = seen >= _LEAST_SEEN * whole
        return seen if enough else whole

    def _text_at(self, width: int) -> int:
        """Return how high text is, in whole pixels, where one column fills a width."""
        wide = self.layout_.width / 2 + _COLUMN_EDGE_MM / 2
        return int((width - self.theme.px(_DESK)) / wide * TEXT_PT * MM_PER_PT)

    def _text_beside(self, width: int) -> int:
        """Return the same where a drawer lies beside the column, and little of the margin shows."""
        box = self.layout_.boxes.get(self.current)
        wide = self.layout_.width / 2 if box is None else self._half_of(box.frame)[1]
        return int((width - self.theme.px(_DESK)) / wide * TEXT_PT * MM_PER_PT)

    def is_small(self) -> bool:
        """Tell whether a column is shown whose text is smaller than what is written may be."""
        return self.column and self.page.zoom.text < self.theme.px(LEAST_TEXT)

    def _rezoom(self) -> None:
        view = self.viewport().size()
        room = self._room()
        paper = self.layout_
        desk = self.theme.px(_DESK)
        wide = paper.width / 2 + _COLUMN_EDGE_MM / 2
        if self.column:
            least = self.theme.px(LEAST_TEXT)
            if room < view.width():
                least = min(least, self._text_beside(room))
            zoom = Zoom.of_text(max(self._text_at(room), least))
        else:
            zoom = Zoom(
                max(
                    0.5,
                    min(
                        (room - 2 * desk) / paper.width,
                        (view.height() - 2 * desk) / paper.height,
                    ),
                )
            )
        self.page.zoom = zoom
        size = QSize(round(paper.width * zoom.scale), round(paper.height * zoom.scale))
        # In a column the desk is wide enough for the page to move the other column out of sight.
        side = desk + (max(0, view.width() - round(wide * zoom.scale)) if self.column else 0)
        # As much again beside it, so that what is covered can be moved to where it is seen.
        beside = self._covered if self.column and room == view.width() else 0
        outer = QSize(
            max(view.width(), size.width() + 2 * side) + beside,
            max(view.height(), size.height() + 2 * desk),
        )
        aside = beside if self.column else max(0, view.width() - room)
        self.page.paper = QRect(
            QPoint(
                max(desk, (outer.width() - aside - size.width()) // 2),
                (outer.height() - size.height()) // 2,
            ),
            size,
        )
        self._outer = outer
        self._resize_page()
        self._place_areas()
        self.page.stale()

    def hang(self, bottom: int) -> None:
        """Make room below the sheet for text that hangs down to here, in pixels of the page."""
        if bottom != self._hangs:
            self._hangs = bottom
            self._resize_page()

    def _resize_page(self) -> None:
        end = self._hangs + self.theme.px(_DESK) if self._hangs else 0
        size = QSize(self._outer.width(), max(self._outer.height(), end))
        if size != self.page.size():
            self.page.resize(size)

    def mark_figure(self, box_id: str, figure_id: str) -> None:
        """Show which figure is being worked on; two times nothing for none."""
        for area in self.areas.values():
            for figure in area.figures:
                figure.mark(area.box_id == box_id and figure.figure_id == figure_id)
        self._marked = (box_id, figure_id)
        self._uncover_marked()

    def _uncover_marked(self) -> None:
        """Move the figure that is worked on out from under what lies over the far side."""
        area = self.areas.get(self._marked[0])
        figures = area.figures if area is not None and self.column and self._covered else []
        figure = next((one for one in figures if one.figure_id == self._marked[1]), None)
        if figure is None:
            return
        at = QRect(figure.mapTo(self.page, QPoint(0, 0)), figure.size())
        edge, across = self.theme.px(16), self.horizontalScrollBar()
        seen = self.width() - self._covered
        if at.right() + edge > across.value() + seen:
            # Where it is wider than what is seen, it is seen from its beginning.
            across.setValue(min(at.right() + edge - seen, at.left() - edge))

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

    def _place_areas(self) -> None:
        for box_id in self.layout_.boxes:
            area = self.areas.get(box_id)
            if area is not None:
                area.place(self.page.zoom.scale, self.page.paper.topLeft(), self.page.zoom.text)
        self.placed.emit()

    def rect_of(self, x: float, y: float, width: float, height: float) -> QRectF:
        """Return where a rectangle in mm lies on the page widget."""
        s, p = self.page.zoom.scale, self.page.paper
        return QRectF(p.x() + x * s, p.y() + y * s, width * s, height * s)

    def _look_at(self, box_id: str, *, glide: bool) -> None:
        box = self.layout_.boxes.get(box_id)
        if box is None:
            return
        x, wide = self._half_of(box.frame)
        frame = self.rect_of(x, box.frame.y, wide, box.frame.height)
        # The other column stays out of sight; what room is left shows the margin of the page.
        edge = _SEEN_BESIDE_MM * self.page.zoom.scale
        # A column wider than the window begins at its left edge, where its lines begin.
        if x < self.layout_.width / 2 and frame.width() + 2 * edge <= self._room():
            left = round(frame.right() + edge - self._room())
        else:
            left = round(frame.left() - edge)
        self.horizontalScrollBar().setValue(left)
        self._uncover_marked()
        bar = self.verticalScrollBar()
        high = self.viewport().height()
        if frame.height() + 48 >= high:
            wanted = round(frame.top()) - 24
        else:
            wanted = round(frame.center().y() - high / 2)
        wanted = min(max(wanted, bar.minimum()), bar.maximum())
        time = self.theme.milliseconds()
        if not glide or time == 0 or abs(wanted - bar.value()) < 4:
            bar.setValue(wanted)
            return
        self._glide.stop()
        self._glide.setDuration(time)
        self._glide.setStartValue(bar.value())
        self._glide.setEndValue(wanted)
        self._glide.start()

    def look_at_border(self, box_id: str) -> None:
        """Bring the border below a box into sight, while one column is shown."""
        box = self.layout_.boxes.get(box_id)
        if box is None or not self.column:
            return
        self._look_at(box_id, glide=False)
        y = round(self.rect_of(0, box.frame.bottom, 0, 0).y())
        self.ensureVisible(self.horizontalScrollBar().value(), y, 0, self.viewport().height() // 4)

    def _half_of(self, frame: Frame) -> tuple[float, float]:
        """Return where the columns on one half of the sheet begin, and how wide they are, in mm.

        On most sheets that is one column; narrower ones are seen beside each other.
        """
        middle = self.layout_.width / 2
        left = frame.x + frame.width / 2 < middle
        frames = [one.frame for one in self.layout_.boxes.values()]
        near = [one for one in frames if (one.x + one.width / 2 < middle) == left] or [frame]
        x = min(one.x for one in near)
        return x, max(one.right for one in near) - x

    def box_at(self, box_id: str) -> BoxLayout | None:
        """Return how a box is laid out, or None when the sheet has no such box."""
        return self.layout_.boxes.get(box_id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the distance that was chosen."""
        super().resizeEvent(event)
        self._keep_distance()

    def _keep_distance(self) -> None:
        if self.layout_.boxes:
            self._rezoom()
            if self.column and self.current:
                self._look_at(self.current, glide=False)
                self.placed.emit()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Render what comes into sight."""
        super().scrollContentsBy(dx, dy)
        self.page.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the whole sheet."""
        if event.key() == Qt.Key.Key_Escape and self.column:
            self.whole()
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl with the wheel goes near and back; without it the page scrolls."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y() > 0 and not self.column and self.areas:
                self.to_column(next(iter(self.areas)))
            elif event.angleDelta().y() < 0 and self.column:
                self.whole()
            event.accept()
            return
        super().wheelEvent(event)
