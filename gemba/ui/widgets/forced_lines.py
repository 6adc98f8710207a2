"""A document layout that breaks lines where it is told to: where the paper breaks them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QPainter,
    QPalette,
    QTextBlock,
    QTextDocument,
    QTextFrame,
    QTextLayout,
    QTextLine,
    QTextOption,
)

from gemba.domain.prose import Paragraph

_ANY_WIDTH = 1e6
# The width of a blank of the face over its leading: 0.2 of 10.5 pt, over 13.5 pt.
_BLANK = 0.2 * 10.5 / 13.5

Breaks = Callable[[list[Paragraph]], list[tuple[tuple[int, int], ...]]]


@dataclass(frozen=True, slots=True)
class Measures:
    """Lengths of the layout in pixels: the text's width, the leading, the bullet's indent.

    ``baseline`` is how far below the top of a line its baseline lies, ``fitting`` how many lines
    the box has room for.
    """

    width: float
    leading: float
    indent: float
    baseline: float
    fitting: int


class ForcedLines(QAbstractTextDocumentLayout):
    """Lays out each block with the breaks of the paper; a changed block is laid out anew."""

    def __init__(
        self,
        document: QTextDocument,
        measures: Measures,
        breaks: Breaks,
        paragraph_of: Callable[[QTextBlock], Paragraph],
        over: QColor,
        over_ground: QColor,
    ) -> None:
        super().__init__(document)
        self.measures = measures
        self._breaks = breaks
        self._paragraph_of = paragraph_of
        self._over = over
        self._over_ground = over_ground
        self._tops: list[int] = []
        self._lines = 0

    def lines(self) -> int:
        """Return how many lines the whole text takes."""
        return self._lines

    def measure(self, measures: Measures) -> None:
        """Lay everything out in other measures."""
        self.measures = measures
        self.documentChanged(0, 0, self.document().characterCount())

    def documentChanged(self, position: int, removed: int, added: int) -> None:
        """Lay out what was changed and move what follows; called by the document."""
        document = self.document()
        first = document.findBlock(position)
        last = document.findBlock(max(position, position + added - 1))
        if not last.isValid():
            last = document.lastBlock()
        blocks = []
        block = first if first.isValid() else document.firstBlock()
        while block.isValid():
            blocks.append(block)
            if block == last:
                break
            block = block.next()
        found = self._breaks([self._paragraph_of(block) for block in blocks])
        for block, lines in zip(blocks, found, strict=True):
            self._lay(block, lines)
        before = self._lines
        self._count()
        if before != self._lines:
            self.documentSizeChanged.emit(self.documentSize())
        # With a rectangle this signal crashes when the layout is written in Python.
        self.update.emit()

    def _lay(self, block: QTextBlock, lines: tuple[tuple[int, int], ...]) -> None:
        text = block.text()
        layout = block.layout()
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAnywhere)
        option.setUseDesignMetrics(True)
        # Paper draws a tab as a blank; stops this near come as close to that as stops can.
        option.setTabStopDistance(self.measures.leading * _BLANK)
        layout.setTextOption(option)
        layout.setFont(self.document().defaultFont())
        paragraph = self._paragraph_of(block)
        left = self.measures.indent if paragraph.bullet else 0.0
        wide = bool(text) and max(text) > "\uffff"
        layout.beginLayout()
        for number, (start, end) in enumerate(lines):
            line = layout.createLine()
            if not line.isValid():
                break
            _take(line, end - start, _units(text[start:end]) if wide else end - start)
            top = number * self.measures.leading + self.measures.baseline - line.ascent()
            line.setPosition(QPointF(left, top))
        layout.endLayout()
        block.setLineCount(max(1, layout.lineCount()))

    def _count(self) -> None:
        self._tops = []
        total = 0
        block = self.document().firstBlock()
        while block.isValid():
            self._tops.append(total)
            total += max(1, block.lineCount())
            block = block.next()
        self._lines = total

    def draw(self, painter: QPainter, context: QAbstractTextDocumentLayout.PaintContext) -> None:
        """Paint the blocks that can be seen; lines too many stand on the watch ground."""
        m = self.measures
        clip: QRectF = context.clip
        palette: QPalette = context.palette
        fit = m.fitting * m.leading
        if self._lines > m.fitting:
            high = (self._lines - m.fitting) * m.leading
            painter.fillRect(QRectF(-1e3, fit, m.width + 2e3, high), self._over_ground)
        block = self.document().firstBlock()
        number = 0
        while block.isValid():
            top = self._tops[number] * m.leading
            high = max(1, block.lineCount()) * m.leading
            if clip.isValid() and top > clip.bottom():
                break
            if not clip.isValid() or top + high >= clip.top():
                over = self._tops[number] >= m.fitting
                painter.setPen(self._over if over else palette.color(QPalette.ColorRole.Text))
                self._draw_block(painter, context, block, QPointF(0, top))
            block = block.next()
            number += 1

    def _draw_block(
        self,
        painter: QPainter,
        context: QAbstractTextDocumentLayout.PaintContext,
        block: QTextBlock,
        at: QPointF,
    ) -> None:
        layout = block.layout()
        if self._paragraph_of(block).bullet:
            painter.setFont(self.document().defaultFont())
            painter.drawText(at + QPointF(self.measures.indent * 0.15, self.measures.baseline), "•")
        clip: QRectF = context.clip
        layout.draw(painter, at, _selected(context, block), clip)
        caret: int = context.cursorPosition
        if block.contains(caret):
            pen = painter.pen()
            palette: QPalette = context.palette
            painter.setPen(palette.color(QPalette.ColorRole.Highlight))
            layout.drawCursor(painter, at, caret - block.position(), 2)
            painter.setPen(pen)

    # Whatever the stub allows, Qt hands in a QPointF.
    def hitTest(self, point: Any, accuracy: Qt.HitTestAccuracy) -> int:
        """Return the place in the text that lies at a point."""
        m = self.measures
        wanted = min(max(int(point.y() / m.leading), 0), max(0, self._lines - 1))
        block = self.document().firstBlock()
        number = 0
        while block.isValid():
            lines = max(1, block.lineCount())
            if wanted < self._tops[number] + lines:
                break
            block = block.next()
            number += 1
        if not block.isValid():
            return self.document().characterCount() - 1
        layout = block.layout()
        inside = min(wanted - self._tops[number], layout.lineCount() - 1)
        if inside < 0:
            return block.position()
        line = layout.lineAt(inside)
        at = line.xToCursor(point.x() - line.x())
        last = line.textStart() + line.textLength()
        if inside < layout.lineCount() - 1 and at >= last:
            at = last - 1
        return block.position() + at

    def pageCount(self) -> int:
        """Return one: a box is never on a second page."""
        return 1

    def documentSize(self) -> QSizeF:
        """Return the size of the whole text."""
        return QSizeF(self.measures.width, max(1, self._lines) * self.measures.leading)

    def frameBoundingRect(self, frame: QTextFrame) -> QRectF:
        """Return the only frame there is: the whole text."""
        return QRectF(QPointF(0, 0), self.documentSize())

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        """Return where a block lies."""
        number = block.blockNumber()
        if not 0 <= number < len(self._tops):
            return QRectF()
        m = self.measures
        lines = max(1, block.lineCount())
        return QRectF(0, self._tops[number] * m.leading, m.width, lines * m.leading)


def _units(text: str) -> int:
    """Return how many letters Qt counts in a text: those beyond the base plane count twice."""
    return len(text.encode("utf-16-le")) // 2


def _take(line: QTextLine, columns: int, wanted: int) -> None:
    """Have a line take this many of Qt's letters; a column may hold several that join."""
    line.setNumColumns(columns, _ANY_WIDTH)
    for attempt in range(24):
        missing = wanted - line.textLength()
        if not missing:
            return
        # Leaps first; then steps, since leaps may go to and fro between two lengths.
        columns = max(0, columns + (missing if attempt < 8 else (1 if missing > 0 else -1)))
        line.setNumColumns(columns, _ANY_WIDTH)


def _selected(
    context: QAbstractTextDocumentLayout.PaintContext, block: QTextBlock
) -> list[QTextLayout.FormatRange]:
    found = []
    for selection in context.selections:
        cursor = selection.cursor
        start = max(cursor.selectionStart() - block.position(), 0)
        end = min(cursor.selectionEnd() - block.position(), block.length())
        if start < end:
            one = QTextLayout.FormatRange()
            one.start, one.length, one.format = start, end - start, selection.format
            found.append(one)
    return found
