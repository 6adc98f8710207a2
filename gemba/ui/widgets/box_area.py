"""One box of the sheet on screen: something to focus, with its name, its text and its room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from gemba.domain.layout import BoxLayout
from gemba.ui.widgets.base import RADIUS, box, draw_words, width_of

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

EDGE_MM = 2.0


@dataclass(frozen=True, slots=True)
class BoxFacts:
    """What a box says to someone who cannot see it, and the question it shows while empty."""

    label: str
    text: str
    question: str
    figures: tuple[tuple[str, str], ...] = ()


class BoxArea(QWidget):
    """Lies over a box of the page; the focus or a click opens it for writing."""

    focused = Signal(str)
    unfocused = Signal(str)
    figure_asked = Signal(str, str)

    def __init__(self, theme: Theme, box_id: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.box_id = box_id
        self.facts = BoxFacts("", "", "")
        self.box = BoxLayout(box_id, None, None)  # type: ignore[arg-type]
        self.writing = False
        self._scale = 1.0
        # A click decides for itself between a figure and the text; the focus would move the page
        # away under the pointer first.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.IBeamCursor)

    def show_box(self, layout: BoxLayout, facts: BoxFacts) -> None:
        """Take over how the box is laid out and what it holds."""
        self.box = layout
        self.facts = facts
        self.setAccessibleName(facts.label)
        told = [facts.text or facts.question, *(words for _id, words in facts.figures)]
        told.append(self.room_words())
        self.setAccessibleDescription("\n".join(part for part in told if part))
        self.update()

    def room_words(self) -> str:
        """Say how much room there is, or how much too little."""
        if self.box.lines_over == 1:
            return self.tr("1 line too many.")
        if self.box.lines_over:
            return self.tr("{count} lines too many.").format(count=self.box.lines_over)
        if self.box.room == 1:
            return self.tr("Room for 1 line")
        return self.tr("Room for {count} lines").format(count=self.box.room)

    def place(self, scale: float, origin: QPoint, text_pixels: int) -> None:
        """Lie over the box at a zoom."""
        frame, edge = self.box.frame, EDGE_MM
        self._scale = scale
        self.setGeometry(
            round(origin.x() + (frame.x - edge) * scale),
            round(origin.y() + frame.y * scale),
            round((frame.width + 2 * edge) * scale),
            round(frame.height * scale) + 1,
        )

    def inside(self, x: float, y: float, width: float, height: float) -> QRectF:
        """Return a rectangle in mm of the page as it lies in this widget."""
        s, frame = self._scale, self.box.frame
        return QRectF((x - frame.x + EDGE_MM) * s, (y - frame.y) * s, width * s, height * s)

    def figure_at(self, at: QPointF) -> str:
        """Return the id of the figure that lies at a point, or nothing."""
        for figure in self.box.figures:
            f = figure.frame
            if self.inside(f.x, f.y, f.width, f.height).contains(at):
                return figure.id
        return ""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a figure asks for it; anywhere else the box is written in."""
        figure = self.figure_at(event.position())
        if figure:
            self.figure_asked.emit(self.box_id, figure)
        elif self.hasFocus():
            self.focused.emit(self.box_id)
        else:
            self.setFocus(Qt.FocusReason.MouseFocusReason)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The press has done it all."""
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show by the pointer what a click would do."""
        over = bool(self.figure_at(event.position()))
        shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.IBeamCursor
        self.setCursor(shape)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the box again after Esc."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.focused.emit(self.box_id)
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that the box has the focus; coming back to the window does not count."""
        super().focusInEvent(event)
        self.update()
        if event.reason() not in (
            Qt.FocusReason.ActiveWindowFocusReason,
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.OtherFocusReason,
        ):
            self.focused.emit(self.box_id)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Paint without the frame."""
        super().focusOutEvent(event)
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show the hairline frame under the pointer."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Take it away again."""
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint frame, question and what is too much; the page itself lies below."""
        painter = QPainter(self)
        theme = self.theme
        if self.writing or self.hasFocus():
            painter.setPen(QPen(theme.accent, 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        elif self.underMouse():
            painter.setPen(theme.edge)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        if not self.facts.text and not self.facts.figures and not self.writing:
            self._question(painter)
        if self.box.lines_over or self.writing:
            self._chip(painter)
        painter.end()

    def _question(self, painter: QPainter) -> None:
        font = self.theme.font("italic")
        font.setPixelSize(max(9, round(10.5 * 25.4 / 72 * self._scale)))
        text = self.box.text
        area = self.inside(text.x, text.y, text.width, 6.0)
        painter.setFont(font)
        painter.setPen(self.theme.paper_soft)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        tall = area.adjusted(0, 0, 0, max(0.0, self.height() - area.bottom()))
        painter.drawText(tall, int(flags), self.facts.question)

    def _chip(self, painter: QPainter) -> None:
        over = bool(self.box.lines_over)
        strong = self.room_words()
        rest = self.tr("Shorten, or draw it.") if over and self._scale > 3 else ""
        small = self.theme.font("small_strong" if over else "small")
        plain = self.theme.font("small")
        px = self.theme.px
        wide = width_of(strong, small) + (width_of(rest, plain) + px(6) if rest else 0) + px(16)
        frame = self.inside(self.box.frame.right, self.box.frame.y, 0, 7.0)
        high = min(px(24), round(frame.height()))
        at = QRect(round(frame.right()) - wide, round(0.8 * self._scale), wide, max(high, px(16)))
        if over:
            # The paper says it as well; said twice in one place it could not be read.
            high_mm = min(6.2, self.box.frame.height)
            painter.fillRect(
                self.inside(self.box.frame.right, self.box.frame.y + 0.5, 0, high_mm).adjusted(
                    -wide, 0, 0, 0
                ),
                self.theme.paper,
            )
            box(painter, QRectF(at), px(RADIUS), self.theme.watch_soft)
        tone = self.theme.watch if over else self.theme.paper_soft
        inner = at.adjusted(px(8), 0, -px(8), 0)
        draw_words(painter, inner, strong, small, tone)
        if rest:
            inner.setLeft(inner.left() + width_of(strong, small) + px(6))
            draw_words(painter, inner, rest, plain, tone)
