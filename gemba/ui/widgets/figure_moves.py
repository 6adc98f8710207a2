"""Moving and sizing the figures of one box: what is asked of them, and what is seen meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from gemba.domain.figures.placing import (
    BESIDE,
    LEAST_BESIDE,
    ROOM_FOR_BESIDE,
    UNDER,
    Figures,
    put_at,
    replaced,
    sized,
    stepped,
    turned,
)
from gemba.domain.layout import BoxLayout, FigureLayout
from gemba.ui.widgets.base import draw_words, width_of
from gemba.ui.widgets.figure_area import FigureArea

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

Edit = Callable[[Figures], Figures]
_BETWEEN_MM = 1.2


class FigureMoves(QObject):
    """Makes the areas of figures of a box and turns what is done to them into edits.

    ``inside`` returns a rectangle in mm of the page as it lies in the host. `arranged` hands on
    what is to be done to the figures of the box, `carried` the area of a figure, where the pointer
    is that carries it out of the box, and whether it is let go there; `dropped` that nothing is
    carried any more. `sent` and `elsewhere` are those of the figure, with its id.
    """

    arranged = Signal(object)
    gone = Signal(object)
    grabbed = Signal()
    carried = Signal(object, QPointF, bool)
    dropped = Signal()
    sent = Signal(object, int)
    elsewhere = Signal(object, QPoint)

    def __init__(
        self,
        theme: Theme,
        host: QWidget,
        inside: Callable[[float, float, float, float], QRectF],
    ) -> None:
        super().__init__(host)
        self.theme = theme
        self.host = host
        self.box: BoxLayout | None = None
        self._inside = inside
        self._ghost: QRectF | None = None
        self._drop: QRectF | None = None
        self._words = ""

    def new_area(self, figure_id: str) -> FigureArea:
        """Return what lies over one figure."""
        area = FigureArea(self.theme, figure_id, self.host)
        area.sized.connect(partial(self._sized, figure_id))
        area.stepped.connect(lambda by: self.arranged.emit(partial(stepped, id=figure_id, by=by)))
        area.turned.connect(
            lambda side: self.arranged.emit(partial(turned, id=figure_id, side=side))
        )
        area.gone.connect(lambda: self.gone.emit(figure_id))
        area.grabbed.connect(self.grabbed)
        area.drawn.connect(lambda size: self._draw_size(area, *size))
        area.dragged.connect(lambda at, done: self._drag(area, at, done))
        area.dropped.connect(self.forget)
        area.dropped.connect(self.dropped)
        area.sent.connect(lambda by: self.sent.emit(figure_id, by))
        area.elsewhere.connect(lambda at: self.elsewhere.emit(figure_id, at))
        return area

    def _sized(self, figure_id: str, width: float | None, height: float | None) -> None:
        def edit(figures: Figures) -> Figures:
            one = next((each for each in figures if each.id == figure_id), None)
            return figures if one is None else replaced(figures, sized(one, width, height))

        self.arranged.emit(edit)

    def forget(self) -> None:
        """Show nothing more of what was pulled."""
        self._ghost = self._drop = None
        self._words = ""
        self.host.update()

    def _draw_size(self, area: FigureArea, width: float | None, height: float | None) -> None:
        """Show the frame a handle was pulled to, and its size in mm."""
        assert area.laid is not None
        frame = area.laid.frame
        wide = frame.width if width is None else max(0.0, width)
        high = frame.height if height is None else max(0.0, height)
        wide = min(wide, max(frame.width, self._widest(area.laid)))
        if area.laid.keeps_shape and width is not None and frame.width > 0:
            high = frame.height * wide / frame.width
        left = frame.right - wide if area.laid.side == BESIDE else frame.x
        self._ghost = self._inside(left, frame.y, wide, high)
        self._words = self.tr("{width} × {height} mm").format(width=round(wide), height=round(high))
        self.host.update()

    def _widest(self, laid: FigureLayout) -> float:
        """Return how wide a figure can become on its side of the box, in mm."""
        assert self.box is not None
        kept = ROOM_FOR_BESIDE - LEAST_BESIDE if laid.side == BESIDE else 0.0
        return self.box.frame.width - kept

    def _drag(self, area: FigureArea, at: QPointF, done: bool) -> None:
        """Show where the figure would go, and put it there once it is let go."""
        here = QPointF(self.host.mapFromGlobal(at.toPoint()))
        if not self.host.rect().contains(here.toPoint()):
            self.forget()
            self.carried.emit(area, at, done)
            return
        if done:
            side, index, _line = self._place_at(area.figure_id, here)
            self.arranged.emit(partial(put_at, id=area.figure_id, side=side, index=index))
            return
        self.dropped.emit()
        self.aim(area, at)

    def aim(self, area: FigureArea, at: QPointF) -> tuple[str, int]:
        """Show where a figure would go in this box, and return side and place for it."""
        here = QPointF(self.host.mapFromGlobal(at.toPoint()))
        side, index, line = self._place_at(area.figure_id, here)
        size = area.frame.size()
        self._ghost = QRectF(here.x() - size.width() / 2, here.y() - 8, size.width(), size.height())
        self._drop = line
        beside = self.tr("Beside the text")
        self._words = beside if side == BESIDE else self.tr("Under the text")
        self.host.update()
        return side, index

    def _place_at(self, figure_id: str, here: QPointF) -> tuple[str, int, QRectF]:
        """Return side and place for a point, and where the line lies that shows it."""
        assert self.box is not None
        one = self._inside(0.0, 0.0, 1.0, 1.0)
        x, y = (here.x() - one.x()) / one.width(), (here.y() - one.y()) / one.height()
        frame = self.box.frame
        others = [each for each in self.box.figures if each.id != figure_id]
        column = [each.frame.x for each in others if each.side == BESIDE]
        border = min(column) - 3.0 if column else frame.x + frame.width * 0.6
        roomy = frame.width >= ROOM_FOR_BESIDE
        side = BESIDE if roomy and x >= border else UNDER
        there = [each for each in others if each.side == side]
        index = sum(_before(each, there, x, y) for each in there)
        return side, index, self._line(side, index, there, border)

    def _line(self, side: str, index: int, there: list[FigureLayout], border: float) -> QRectF:
        assert self.box is not None
        frame, text = self.box.frame, self.box.text
        if there:
            near = there[min(index, len(there) - 1)].frame
            y = near.y - _BETWEEN_MM if index < len(there) else near.bottom + _BETWEEN_MM
            return self._inside(near.x, y, near.width, 0.0)
        if side == BESIDE:
            return self._inside(border, text.y, frame.right - border, 0.0)
        lines = self.box.lines
        y = lines[-1].baseline + 2 * _BETWEEN_MM if lines else text.y
        return self._inside(frame.x, y, frame.width, 0.0)

    def paint(self, painter: QPainter) -> None:
        """Paint what is pulled just now: its frame, where it would go, and that in words."""
        if self._ghost is None:
            return
        theme = self.theme
        ground = QColor(theme.paper)
        ground.setAlpha(150)
        painter.fillRect(self._ghost, ground)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.paper_accent, 1, Qt.PenStyle.DashLine))
        painter.drawRect(self._ghost)
        if self._drop is not None:
            painter.setPen(QPen(theme.paper_accent, theme.px(3)))
            painter.drawLine(self._drop.topLeft(), self._drop.topRight())
        small = theme.font("small_strong")
        wide, high = width_of(self._words, small) + theme.px(12), theme.px(20)
        seen = QRectF(self.host.rect())
        left = min(max(self._ghost.x(), 0.0), seen.right() - wide)
        top = min(max(self._ghost.y(), 0.0), seen.bottom() - high)
        chip = QRectF(left, top, wide, high)
        painter.fillRect(chip, theme.paper_accent)
        inner = chip.adjusted(theme.px(6), 0, 0, 0).toRect()
        draw_words(painter, inner, self._words, small, theme.paper)


def _before(one: FigureLayout, there: list[FigureLayout], x: float, y: float) -> bool:
    """Tell whether a figure comes before a point, in its row or in its column."""
    f = one.frame
    row = any(
        each is not one and each.frame.y < f.bottom - 0.01 and f.y < each.frame.bottom - 0.01
        for each in there
    )
    if y > f.bottom or y < f.y:
        return y > f.bottom
    return x > f.x + f.width / 2 if row else y > f.y + f.height / 2
