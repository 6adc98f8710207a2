"""Counts in a grid, the more the darker; each cell opens what it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gemba.domain.figures.telling import short_date
from gemba.ui.widgets.base import draw_words, width_of
from gemba.ui.widgets.cell_grid import CellGrid, Measures

if TYPE_CHECKING:
    from gemba.domain.patterns import Heat
    from gemba.ui.theme import Theme

_LIGHTEST = 0.12


class HeatMap(CellGrid):
    """Rows of names by weeks or months.

    A cell says its count in words to assistive technology, and in a number where there is room.
    """

    measures = Measures(high=28, names=200, names_share=0.3, widest=64, least=200, foot=24)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, name, parent)
        self.heat: Heat | None = None
        self.setMouseTracking(True)

    def rows(self) -> int:
        """As many as there are places."""
        return len(self.heat.places) if self.heat else 0

    def columns(self) -> int:
        """As many as there are weeks or months."""
        return len(self.heat.begins) if self.heat else 0

    def set_heat(self, heat: Heat | None) -> None:
        """Show another grid, or hide where there is none."""
        self.heat = heat
        self.refill((0, self.columns()))

    def words_of(self, row: int, column: int) -> str:
        """One cell in words."""
        heat = self.heat
        assert heat is not None
        return self.tr("{place}, from {day}: {count}").format(
            place=heat.places[row] or self.tr("no stop said"),
            day=short_date(heat.begins[column]),
            count=heat.counts[row][column],
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint names, cells and days."""
        heat = self.heat
        if heat is None:
            return
        painter = QPainter(self)
        px, theme = self.theme.px, self.theme
        side = Qt.AlignmentFlag.AlignRight if self.flip() else Qt.AlignmentFlag.AlignLeft
        high, names = px(self.measures.high), self.names_width()
        for row, place in enumerate(heat.places):
            room = self.mirrored(QRect(px(4), row * high, names - px(12), high))
            words = place or self.tr("no stop said")
            draw_words(painter, room, words, theme.font("text"), theme.ink, align=side)
            for column, count in enumerate(heat.counts[row]):
                self._paint_cell(painter, self.cell(row, column), count, heat.largest)
        self._paint_days(painter, heat)
        painter.end()

    def _paint_cell(self, painter: QPainter, rect: QRect, count: int, largest: int) -> None:
        theme, gap = self.theme, self.theme.px(1)
        inner = rect.adjusted(gap, gap, -gap, -gap) if rect.width() > 3 * gap else rect
        painter.fillRect(inner, theme.surface)
        if not count:
            return
        share = count / largest
        ink = QColor(theme.accent)
        ink.setAlphaF(_LIGHTEST + (1 - _LIGHTEST) * share)
        painter.fillRect(inner, ink)
        font = theme.font("small")
        if width_of(str(count), font) + 4 * gap <= inner.width():
            tone = theme.on_accent if share > 0.55 else theme.ink
            middle = Qt.AlignmentFlag.AlignHCenter
            draw_words(painter, inner, str(count), font, tone, align=middle)

    def _paint_days(self, painter: QPainter, heat: Heat) -> None:
        theme, px = self.theme, self.theme.px
        top, font = len(heat.places) * px(self.measures.high) + px(4), theme.font("small")
        free = 0 if not self.flip() else self.width()
        for column, begin in enumerate(heat.begins):
            cell = self.cell(0, column)
            words = short_date(begin, year=column == 0 and begin.year != heat.begins[-1].year)
            wide = width_of(words, font) + px(12)
            if self.flip():
                room = QRect(cell.right() - wide, top, wide, px(16))
                fits = room.right() <= free and room.left() >= 0
                align, following = Qt.AlignmentFlag.AlignRight, room.left()
            else:
                room = QRect(cell.left(), top, wide, px(16))
                fits = room.left() >= free and room.right() <= self.width() + px(12)
                align, following = Qt.AlignmentFlag.AlignLeft, room.right()
            if fits:
                draw_words(painter, room, words, font, theme.ink_soft, align=align)
                free = following
