"""The sheet on the desk: the printed page itself, at two distances, written on in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEasingCurve,
    QPoint,
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
from gemba.ui.widgets.paper_boxes import PaperBoxes
from gemba.ui.widgets.paper_distance import DESK, LEAST_TEXT, Sight, half_of
from gemba.ui.widgets.paper_page import PaperPage, Render
from gemba.ui.widgets.spoken import speak_boxes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gemba.ui.theme import Theme

_SEEN_BESIDE_MM = 4.0
"""How much of the margin of the page is seen beside a column: the marks beside its lines."""
_BEAD = 18
"""The same in pixels at 100 %, where the page is small: a bead that counts questions is whole."""
# How far lines along its edge reach out of a part of the page.
_PART_EDGE_MM = 1.0


class PaperView(QScrollArea):
    """Shows a drawn sheet; a box that gets the focus glides to its column and is written in.

    `entered` names the box the focus went into, `left_box` the one it left; what else happens in
    them is told by the signals of `boxes`. `zoomed` says whether one column is shown; `placed`
    follows whenever boxes moved on the screen. ``held`` is the box that last had the focus, itself
    or through one of its figures, which is ``held_figure`` then.
    """

    entered = Signal(object)
    left_box = Signal(object)
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
        self.boxes = PaperBoxes(theme, self, self.page)
        self.boxes.entered.connect(self._enter)
        self.boxes.left.connect(self.left_box)
        self.boxes.held.connect(self._hold)
        self.boxes.gone.connect(self._forget)
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

    @property
    def areas(self) -> dict[str, BoxArea]:
        """What is shown of each box, by its id."""
        return self.boxes.areas

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
        self.boxes.show(layout, facts)
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
        self.boxes.clear()
        self._parts = frozenset()
        self.page.pdf = b""
        self.page.paper = QRect()
        self._hangs = 0
        self.column = False
        self.current = self.held = self.held_figure = ""

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
        return half_of(self.layout_, box.frame) == half_of(self.layout_, near.frame)

    def _forget(self, box_id: str) -> None:
        if self.current == box_id:
            self.current = ""

    def _hold(self, box_id: str) -> None:
        self.held = box_id
        figures = self.areas[box_id].figures
        self.held_figure = next((one.figure_id for one in figures if one.hasFocus()), "")

    def _enter(self, box_id: str) -> None:
        self.to_column(box_id)
        self.entered.emit(box_id)

    def cover(self, pixels: int) -> None:
        """Keep to what is seen while something lies over this much of the far side."""
        if pixels != self._covered:
            self._covered = pixels
            self._keep_distance()

    def _sight(self) -> Sight:
        size, wide = self.viewport().size(), self.width()
        covered, column = self._covered, self.column
        return Sight(self.theme, self.layout_, size, wide, covered, column, self.current)

    def is_small(self) -> bool:
        """Tell whether a column is shown whose text is smaller than what is written may be."""
        return self.column and self.page.zoom.text < self.theme.px(LEAST_TEXT)

    def _rezoom(self) -> None:
        laid = self._sight().lay()
        self.page.zoom, self.page.paper, self._outer = laid.zoom, laid.paper, laid.outer
        self._resize_page()
        self._place_areas()
        self.page.stale()

    def hang(self, bottom: int) -> None:
        """Make room below the sheet for text that hangs down to here, in pixels of the page."""
        if bottom != self._hangs:
            self._hangs = bottom
            self._resize_page()

    def _resize_page(self) -> None:
        end = self._hangs + self.theme.px(DESK) if self._hangs else 0
        size = QSize(self._outer.width(), max(self._outer.height(), end))
        if size != self.page.size():
            self.page.resize(size)

    def mark_figure(self, box_id: str, figure_id: str) -> None:
        """Show which figure is being worked on; two times nothing for none."""
        self.boxes.mark_figure(box_id, figure_id)
        self._marked = (box_id, figure_id)
        self._uncover_marked()

    def _uncover_marked(self) -> None:
        """Move the figure that is worked on out from under what lies over the far side."""
        figure = self.boxes.figure(*self._marked)
        if figure is None or not (self.column and self._covered):
            return
        at = QRect(figure.mapTo(self.page, QPoint(0, 0)), figure.size())
        edge, across = self.theme.px(16), self.horizontalScrollBar()
        seen = self.width() - self._covered
        if at.right() + edge > across.value() + seen:
            # Where it is wider than what is seen, it is seen from its beginning.
            across.setValue(min(at.right() + edge - seen, at.left() - edge))

    def _place_areas(self) -> None:
        self.boxes.place(self.layout_)
        self.placed.emit()

    def rect_of(self, x: float, y: float, width: float, height: float) -> QRectF:
        """Return where a rectangle in mm lies on the page widget."""
        s, p = self.page.zoom.scale, self.page.paper
        return QRectF(p.x() + x * s, p.y() + y * s, width * s, height * s)

    def _look_at(self, box_id: str, *, glide: bool) -> None:
        box = self.layout_.boxes.get(box_id)
        if box is None:
            return
        x, wide = half_of(self.layout_, box.frame)
        frame = self.rect_of(x, box.frame.y, wide, box.frame.height)
        # The other column stays out of sight; what room is left shows the margin of the page.
        spare = min(float(self.theme.px(_BEAD)), self._sight().room() - frame.width())
        edge = max(_SEEN_BESIDE_MM * self.page.zoom.scale, spare)
        # A column wider than the window begins at its left edge, where its lines begin.
        if x < self.layout_.width / 2 and frame.width() + 2 * edge <= self._sight().room():
            left = round(frame.right() + edge - self._sight().room())
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
