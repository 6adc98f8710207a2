"""One box of the sheet on screen: something to focus, with its name, its text and its room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QApplication, QWidget

from gemba.domain.figures.telling import cut_short
from gemba.domain.layout import BoxLayout, FigureLayout
from gemba.ui.theme import Token
from gemba.ui.widgets.base import RADIUS, box, draw_words, width_of
from gemba.ui.widgets.chip import Chip
from gemba.ui.widgets.figure_area import FigureArea
from gemba.ui.widgets.figure_moves import FigureMoves

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

EDGE_MM = 2.0
_NAMED = 12
_TYPING = (
    Qt.KeyboardModifier.ShiftModifier
    | Qt.KeyboardModifier.KeypadModifier
    | Qt.KeyboardModifier.GroupSwitchModifier
)
NEAR = 3.0
"""Pixels a mm from which there is room for more than a few words in the head of a box."""


@dataclass(frozen=True, slots=True)
class BoxFacts:
    """What a box says to someone who cannot see it, and the question it shows while empty."""

    label: str
    text: str
    question: str
    figures: tuple[tuple[str, str], ...] = ()


class BoxArea(QWidget):
    """Lies over a box of the page; the focus or a click opens it for writing."""

    focused = Signal(object)
    unfocused = Signal(object)
    held = Signal(object)
    figure_asked = Signal(object, object)
    tie_asked = Signal(object)
    arranged = Signal(object, object)
    figure_gone = Signal(object, object)
    grabbed = Signal()

    def __init__(self, theme: Theme, box_id: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.box_id = box_id
        self.facts = BoxFacts("", "", "")
        self.box = BoxLayout(box_id, None, None)  # type: ignore[arg-type]
        self.writing = False
        self.may_tie = False
        self._scale = 1.0
        self._origin = QPoint()
        self._ends: tuple[int, int] = (0, 0)
        self._tie: Chip | None = None
        self.editor: QWidget | None = None
        self.figures: list[FigureArea] = []
        self.marks: list[QWidget] = []
        """What lies beside its lines and is reached by Tab from them."""
        self.moves = FigureMoves(theme, self, self.inside)
        self.moves.arranged.connect(lambda edit: self.arranged.emit(self.box_id, edit))
        self.moves.gone.connect(lambda figure: self.figure_gone.emit(self.box_id, figure))
        self.moves.grabbed.connect(self.grabbed)
        self._may_change = False
        # A click decides for itself between a figure and the text; the focus would move the page
        # away under the pointer first.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.IBeamCursor)

    def show_box(self, layout: BoxLayout, facts: BoxFacts) -> None:
        """Take over how the box is laid out and what it holds."""
        if (layout, facts) == (self.box, self.facts):
            return
        self.box = self.moves.box = layout
        self.facts = facts
        self.setAccessibleName(facts.label)
        self._show_figures(dict(facts.figures))
        empty = not facts.text.strip() and not facts.figures
        told = [facts.question if empty else facts.text]
        told += [*(words for _id, words in facts.figures), self.room_words()]
        said = "\n".join(part for part in told if part)
        if said != self.accessibleDescription():
            self.setAccessibleDescription(said)
        self.update()

    def _show_figures(self, told: dict[str, str]) -> None:
        """Lay one child over each figure, keeping those that are there and their focus."""
        known = {figure.figure_id: figure for figure in self.figures}
        self.figures = []
        for laid in self.box.figures:
            figure = known.pop(laid.id, None) or self._new_figure(laid.id)
            left_out = self._left_out(laid)
            figure.say(" ".join(filter(None, (told.get(laid.id, ""), left_out))))
            figure.tell_left_out(left_out)
            self.figures.append(figure)
        for gone in known.values():
            if gone.hasFocus():
                self.setFocus(Qt.FocusReason.OtherFocusReason)
            gone.hide()
            gone.deleteLater()

    def _left_out(self, laid: FigureLayout) -> str:
        """Say what of a figure found no room on the paper."""
        if not (laid.unseen or laid.left_out):
            return ""
        if not laid.left_out:
            words = self.tr("No room on paper for {count} of its parts.")
            return words.format(count=laid.unseen)
        named = ", ".join(f"“{cut_short(text)}”" for text in laid.left_out[:_NAMED])
        more = len(laid.left_out) - _NAMED
        if more > 0:
            words = self.tr("No room on paper for all of {names} and {count} more.")
            return words.format(names=named, count=more)
        return self.tr("No room on paper for all of {names}.").format(names=named)

    def _new_figure(self, figure_id: str) -> FigureArea:
        figure = self.moves.new_area(figure_id)
        figure.allow(self._may_change)
        figure.clicked.connect(lambda: self.figure_asked.emit(self.box_id, figure_id))
        figure.held.connect(lambda: self.held.emit(self.box_id))
        figure.show()
        return figure

    def allow(self, change: bool) -> None:
        """Let the figures be moved and sized, or only opened."""
        if change != self._may_change:
            self._may_change = change
            for figure in self.figures:
                figure.allow(change)

    def tab_stops(self) -> list[QWidget]:
        """Return where Tab goes in this box: the box, its open editor, its marks, its figures."""
        editor = [self.editor] if self.editor is not None else []
        return [self, *editor, *self.marks, *self.figures]

    def room_words(self) -> str:
        """Say how much room there is, or how much too little."""
        if self.box.lines_over == 1:
            return self.tr("1 line too many.")
        if self.box.lines_over:
            return self.tr("{count} lines too many.").format(count=self.box.lines_over)
        if self.box.room == 0:
            return self.tr("Full")
        if self.box.room == 1:
            return self.tr("Room for 1 line")
        return self.tr("Room for {count} lines").format(count=self.box.room)

    def place(self, scale: float, origin: QPoint, text_pixels: int) -> None:
        """Lie over the box at a zoom."""
        frame, edge = self.box.frame, EDGE_MM
        self._scale, self._origin = scale, origin
        self.setGeometry(
            round(origin.x() + (frame.x - edge) * scale),
            round(origin.y() + frame.y * scale),
            round((frame.width + 2 * edge) * scale),
            max(round(frame.height * scale) + 1, self._ends[1]),
        )
        for figure, laid in zip(self.figures, self.box.figures, strict=True):
            f = laid.frame
            lies = self.inside(f.x, f.y, f.width, f.height).toAlignedRect()
            figure.place(laid, lies, scale)
        self._show_tie()

    def reach(self, fits: int, end: int) -> None:
        """Reach over what lies below, down to where its text ends, while that is too long.

        In pixels below the top of the box: ``fits`` is where the text ends that prints. With two
        zeros the box is as high as on paper.
        """
        if (fits, end) == self._ends:
            return
        self._ends = (fits, end)
        if end:
            self.raise_()
        self.place(self._scale, self._origin, 0)
        self.update()

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
        if event.button() != Qt.MouseButton.LeftButton:
            return
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
        # A figure has a child of its own that says so; it lets the press through.
        over = bool(self.figure_at(event.position()))
        shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.IBeamCursor
        self.setCursor(shape)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the box again after Esc, and so does a letter, which is then written."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.focused.emit(self.box_id)
            return
        held = event.modifiers() & ~_TYPING
        if event.text() and event.text().isprintable() and not held:
            # Whoever types means to write; the first letter is not lost on the way in.
            self.focused.emit(self.box_id)
            if self.editor is not None:
                QApplication.sendEvent(self.editor, event)
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that the box has the focus; coming back to the window does not count."""
        super().focusInEvent(event)
        self.held.emit(self.box_id)
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
        if self._ends[1]:
            self._slip(painter)
        if self.writing or self.hasFocus():
            painter.setPen(QPen(theme.paper_accent, 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        elif self.underMouse():
            painter.setPen(theme.edge)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        if not self.facts.text and not self.facts.figures and not self.writing:
            self._question(painter)
        if self.box.lines_over or self.writing:
            self._chip(painter)
        self.moves.paint(painter)
        painter.end()
        self._show_tie()

    def _slip(self, painter: QPainter) -> None:
        """Paint the paper that hangs below the box, and how far it prints."""
        theme, fits = self.theme, self._ends[0]
        bottom = round(self.box.frame.height * self._scale)
        painter.fillRect(0, bottom, self.width(), self.height() - bottom, theme.paper)
        edge = round(EDGE_MM * self._scale)
        painter.fillRect(edge, fits, self.width() - 2 * edge, 1, theme.paper_soft)
        small = theme.font("small")
        words = self.tr("Prints down to here")
        wide = width_of(words, small)
        high = theme.px(20)
        at = QRect(self.width() - edge - wide, fits - high, wide, high)
        draw_words(painter, at, words, small, theme.paper_soft)

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
        at, strong, rest = self._chip_at()
        over = bool(self.box.lines_over)
        px, theme = self.theme.px, self.theme
        if over:
            # The paper says it as well; said twice in one place it could not be read.
            high_mm = min(6.2, self.box.frame.height)
            painter.fillRect(
                self.inside(self.box.frame.right, self.box.frame.y + 0.5, 0, high_mm).adjusted(
                    -at.width(), 0, 0, 0
                ),
                theme.paper,
            )
            box(painter, QRectF(at), px(RADIUS), theme.watch_soft)
        tone = theme.watch if over else theme.paper_soft
        small, plain = theme.font("small_strong" if over else "small"), theme.font("small")
        inner = at.adjusted(px(8), 0, -px(8), 0)
        draw_words(painter, inner, strong, small, tone)
        if rest:
            inner.setLeft(inner.left() + width_of(strong, small) + px(6))
            draw_words(painter, inner, rest, plain, tone)

    def _chip_at(self) -> tuple[QRect, str, str]:
        """Return where the words about the room stand, and the words."""
        over = bool(self.box.lines_over)
        strong = self.room_words()
        rest = self.tr("Shorten, or draw it.") if over and self._scale > NEAR else ""
        small = self.theme.font("small_strong" if over else "small")
        px = self.theme.px
        beside = width_of(rest, self.theme.font("small")) + px(6) if rest else 0
        wide = width_of(strong, small) + beside + px(16)
        frame = self.inside(self.box.frame.right, self.box.frame.y, 0, 7.0)
        high = max(min(px(24), round(frame.height())), px(16))
        at = QRect(round(frame.right()) - wide, round(0.8 * self._scale), wide, high)
        return at, strong, rest

    def _show_tie(self) -> None:
        """Offer to tie the box while it has the focus, beside the words about its room."""
        wanted = self.may_tie and self._scale > NEAR and (self.writing or self.hasFocus())
        if self._tie is None:
            if not wanted:
                return
            self._tie = _OnPaper(
                self.theme,
                self.tr("Tie to …"),
                kind="plain",
                icon="link-2",
                opens=True,
                parent=self,
            )
            # Tab goes from box to box; by keys it is Ctrl+T.
            self._tie.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._tie.setToolTip(self.tr("A cause, something seen, a talk or a promise (Ctrl+T)"))
            self._tie.clicked.connect(lambda: self.tie_asked.emit(self.box_id))
        if self._tie.isHidden() == wanted:
            self._tie.setVisible(wanted)
        if wanted:
            at, size = self._chip_at()[0], self._tie.sizeHint()
            left = at.left() if self.writing or self.box.lines_over else at.right()
            self._tie.setGeometry(
                left - size.width() - self.theme.px(8), at.top(), size.width(), at.height()
            )


class _OnPaper(Chip):
    """A chip in the inks of paper, which is white in both themes."""

    def _inks(self) -> tuple[Token, QColor | None]:
        return ("paper_ink" if self.hot() else "paper_soft"), None
