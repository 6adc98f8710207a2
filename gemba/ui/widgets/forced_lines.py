"""A document layout that breaks lines where it is told to: where the paper breaks them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QPainter,
    QPalette,
    QTextBlock,
    QTextDocument,
    QTextFormat,
    QTextFrame,
    QTextLayout,
    QTextLine,
    QTextOption,
)

from gemba.domain.prose import Paragraph, Run

_ANY_WIDTH = 1e6
_AT_ONCE = 400
"""So many paragraphs at a time are laid out whole; of more, each when it is first looked at."""
# The width of a blank of the face over its leading: 0.2 of 10.5 pt, over 13.5 pt.
_BLANK = 0.2 * 10.5 / 13.5

CONTINUES = QTextFormat.Property.UserProperty + 3
"""Set on a block that goes on with a paragraph too long for one block to stay quick."""

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
        limit: QColor,
    ) -> None:
        super().__init__(document)
        self.measures = measures
        self._breaks = breaks
        self._paragraph_of = paragraph_of
        self._limit = limit
        self._tops: list[int] = []
        self._lines = 0
        self._laid: tuple[str, Measures, int] | None = None

    def lines(self) -> int:
        """Return how many lines the whole text takes."""
        return self._lines

    def measure(self, measures: Measures) -> None:
        """Lay everything out in other measures."""
        self.measures = measures
        self.documentChanged(0, 0, self.document().characterCount())

    def documentChanged(self, position: int, removed: int, added: int) -> None:
        """Lay out what was changed and move what follows; called by the document.

        Qt calls all of it new, with nothing gone, whenever the editor has another size; that
        changes no line here.
        """
        document = self.document()
        before, self._laid = self._laid, self._standing()
        if (position, removed, added) == (0, 0, self._laid[2]) and before == self._laid:
            return
        first = document.findBlock(position)
        # The block after what was added is new as well when a separator was added.
        last = document.findBlock(position + added)
        first = first if first.isValid() else document.firstBlock()
        last = last if last.isValid() else document.lastBlock()
        changed = range(first.blockNumber(), last.blockNumber() + 1)
        groups = _groups(first, last)
        late = len(groups) > _AT_ONCE
        paragraphs = [joined([self._paragraph_of(one) for one in group]) for group in groups]
        for group, paragraph, lines in zip(
            groups, paragraphs, self._breaks(paragraphs), strict=True
        ):
            if late and len(group) == 1:
                # Where its lines end is known; they are laid out once somebody looks at them.
                group[0].layout().clearLayout()
                group[0].setLineCount(max(1, len(lines)))
            else:
                self._lay_group(group, paragraph, lines, changed)
        lines_before = self._lines
        self._count()
        if lines_before != self._lines:
            self.documentSizeChanged.emit(self.documentSize())
        # With a rectangle this signal crashes when the layout is written in Python.
        self.update.emit()

    def _standing(self) -> tuple[str, Measures, int]:
        """Return what decides on lines and places besides the words themselves."""
        document = self.document()
        return document.defaultFont().key(), self.measures, document.characterCount()

    def _lay_group(
        self,
        group: list[QTextBlock],
        paragraph: Paragraph,
        lines: tuple[tuple[int, int], ...],
        changed: range,
    ) -> None:
        """Lay out the blocks of one paragraph; those that stand as they stood are left alone."""
        left = self.measures.indent if paragraph.bullet else 0.0
        if len(group) == 1:
            self._lay(group[0], group[0].text(), lines, left, left)
            return
        begun, number, x = 0, 0, left
        for block in group:
            text = block.text()
            end = begun + len(text)
            parts = []
            while number < len(lines) and lines[number][0] < end:
                start, stop = lines[number]
                parts.append((max(start, begun) - begun, min(stop, end) - begun))
                if stop > end:
                    break
                number += 1
            mark = hash((tuple(parts), x, self.measures)) & 0x3FFFFFFF
            if block.blockNumber() in changed or block.userState() != mark:
                self._lay(block, text, tuple(parts) or ((0, 0),), left, x)
                block.setUserState(mark)
            inside = number < len(lines) and lines[number][0] < end < lines[number][1]
            x = _end_of(block) if inside else left
            begun = end

    def _stand(self, block: QTextBlock) -> QTextLayout:
        """Return the lines of a block, laid out now where that was left for later."""
        layout = block.layout()
        if not layout.lineCount() and not continues(block) and not continues(block.next()):
            paragraph = self._paragraph_of(block)
            (lines,) = self._breaks([paragraph])
            left = self.measures.indent if paragraph.bullet else 0.0
            self._lay(block, block.text(), lines, left, left)
        return layout

    def _lay(
        self,
        block: QTextBlock,
        text: str,
        lines: tuple[tuple[int, int], ...],
        left: float,
        first_left: float,
    ) -> None:
        layout = block.layout()
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAnywhere)
        option.setUseDesignMetrics(True)
        # Paper draws a tab as a blank; stops this near come as close to that as stops can.
        option.setTabStopDistance(self.measures.leading * _BLANK)
        layout.setTextOption(option)
        layout.setFont(self.document().defaultFont())
        wide = bool(text) and max(text) > "\uffff"
        leftward = _runs_leftward(block)
        layout.beginLayout()
        for number, (start, end) in enumerate(lines):
            line = layout.createLine()
            if not line.isValid():
                break
            _take(line, end - start, _units(text[start:end]) if wide else end - start)
            top = number * self.measures.leading + self.measures.baseline - line.ascent()
            x = left if number else first_left
            if leftward:
                x = self.measures.width - left - line.naturalTextWidth()
            line.setPosition(QPointF(x, top))
        layout.endLayout()
        block.setLineCount(max(1, layout.lineCount()))

    def _count(self) -> None:
        self._tops = []
        total = 0
        block = self.document().firstBlock()
        while block.isValid():
            if continues(block) and block.layout().lineCount():
                # The rest of a line that began in the block before stands beside it.
                indent = self.measures.indent if self._paragraph_of(block).bullet else 0.0
                total -= block.layout().lineAt(0).x() > indent + 0.01
            self._tops.append(total)
            total += max(1, block.lineCount())
            block = block.next()
        self._lines = total

    def draw(self, painter: QPainter, context: QAbstractTextDocumentLayout.PaintContext) -> None:
        """Paint the blocks that can be seen, and a hairline under the last line that prints."""
        m = self.measures
        clip: QRectF = context.clip
        palette: QPalette = context.palette
        if self._lines > m.fitting:
            limit = QRectF(0, round(m.fitting * m.leading), m.width + 1e3, 1)
            painter.fillRect(limit, self._limit)
        block = self.document().firstBlock()
        number = 0
        while block.isValid():
            top = self._tops[number] * m.leading
            high = max(1, block.lineCount()) * m.leading
            if clip.isValid() and top > clip.bottom():
                break
            if not clip.isValid() or top + high >= clip.top():
                painter.setPen(palette.color(QPalette.ColorRole.Text))
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
        layout = self._stand(block)
        if self._paragraph_of(block).bullet and not continues(block):
            painter.setFont(self.document().defaultFont())
            dot = self.measures.indent * 0.15
            if _runs_leftward(block):
                dot = self.measures.width - dot - painter.fontMetrics().horizontalAdvance("•")
            painter.drawText(at + QPointF(dot, self.measures.baseline), "•")
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
            if wanted < self._tops[number] + lines and not self._goes_on(block, wanted, point.x()):
                break
            block = block.next()
            number += 1
        if not block.isValid():
            return self.document().characterCount() - 1
        layout = self._stand(block)
        inside = min(wanted - self._tops[number], layout.lineCount() - 1)
        if inside < 0:
            return block.position()
        line = layout.lineAt(inside)
        at = line.xToCursor(point.x())
        last = line.textStart() + line.textLength()
        if inside < layout.lineCount() - 1 and at >= last:
            at = last - 1
        return block.position() + at

    def _goes_on(self, block: QTextBlock, wanted: int, x: float) -> bool:
        """Tell whether a place in a line lies in the block after, which ends that line."""
        after = block.next()
        return (
            continues(after)
            and self._tops[after.blockNumber()] == wanted
            and x >= after.layout().lineAt(0).x()
        )

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
        """Return where a block lies; Qt asks for this before it reads its lines."""
        number = block.blockNumber()
        if not 0 <= number < len(self._tops):
            return QRectF()
        self._stand(block)
        m = self.measures
        lines = max(1, block.lineCount())
        return QRectF(0, self._tops[number] * m.leading, m.width, lines * m.leading)


def continues(block: QTextBlock) -> bool:
    """Tell whether a block goes on with the paragraph of the block before it."""
    return block.isValid() and bool(block.blockFormat().boolProperty(CONTINUES))


def _runs_leftward(block: QTextBlock) -> bool:
    """Tell whether a paragraph begins at the right; one in several blocks stays at the left."""
    alone = not continues(block) and not continues(block.next())
    return alone and block.textDirection() == Qt.LayoutDirection.RightToLeft


def _groups(first: QTextBlock, last: QTextBlock) -> list[list[QTextBlock]]:
    """Return the blocks from first to last, one list for each paragraph, each one whole."""
    while continues(first) and first.previous().isValid():
        first = first.previous()
    groups: list[list[QTextBlock]] = []
    block, beyond = first, False
    while block.isValid() and not (beyond and not continues(block)):
        if groups and continues(block):
            groups[-1].append(block)
        else:
            groups.append([block])
        beyond = beyond or block == last
        block = block.next()
    return groups


def joined(parts: list[Paragraph]) -> Paragraph:
    """Return the one paragraph that several blocks hold together."""
    if len(parts) == 1:
        return parts[0]
    runs = groupby((r for part in parts for r in part.runs), key=lambda r: (r.bold, r.italic))
    merged = (Run("".join(run.text for run in group), *look) for look, group in runs)
    return Paragraph(tuple(merged), parts[0].bullet)


def _end_of(block: QTextBlock) -> float:
    """Return how far to the right the last line of a block reaches."""
    line = block.layout().lineAt(block.layout().lineCount() - 1)
    at: Any = line.cursorToX(line.textStart() + line.textLength())
    return float(at[0] if isinstance(at, tuple) else at)


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
