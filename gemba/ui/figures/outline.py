"""A list of things to write, of which the one with the caret shows its details."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from gemba.ui.widgets import Label, PlainEdit, Ring
from gemba.ui.within import within

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class LineEditor(PlainEdit):
    """The words of one line of an outline, as high as its text.

    Signals by key: `entered` Enter, `asked` Tab, `raised` Shift+Tab, `emptied` Backspace in an
    empty line, `stepped` up (-1) or down (1) over its edge, `shifted` the same with Alt, and
    `numbered` Alt with a digit. `lines_pasted` hands on a pasted text of several lines or cells.
    """

    asked = Signal()
    raised = Signal()
    emptied = Signal()
    stepped = Signal(int)
    shifted = Signal(int)
    numbered = Signal(int)
    lines_pasted = Signal(object)

    def __init__(self, theme: Theme, name: str, question: str, parent: QWidget) -> None:
        super().__init__(theme, "text", parent)
        self.enter_keeps = True
        self.takes_tab = True
        self.setAccessibleName(name)
        self.setPlaceholderText(question)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self._grow()

    def _grow(self, _size: object = None) -> None:
        line = self.theme.line_height("text")
        needed = max(1, round(self.document().size().height() / line)) * line
        if self.height() != needed:
            self.setFixedHeight(needed)

    def event(self, event: QEvent) -> bool:
        """Tab asks why of this one and Shift+Tab goes back up; Ctrl+Tab leaves the outline."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and self._tab(event)
        ):
            return True
        return super().event(event)

    def _tab(self, event: QKeyEvent) -> bool:
        back = event.key() == Qt.Key.Key_Backtab
        if not back and event.key() != Qt.Key.Key_Tab:
            return False
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return self.focusNextPrevChild(not back)
        if not self.takes_tab:
            return False
        (self.raised if back else self.asked).emit()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave over the edge, shift, choose by number, or write."""
        key, alt = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(key), 0)
        if step and alt:
            self.shifted.emit(step)
        elif step and self._at_edge(step) and not event.modifiers():
            self.stepped.emit(step)
        elif alt and Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
            self.numbered.emit(int(key) - int(Qt.Key.Key_0))
        elif key == Qt.Key.Key_Backspace and self.document().isEmpty():
            self.emptied.emit()
        elif key == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste words here; several lines or cells go to the list."""
        text = source.text().strip("\r\n")
        if source.hasText() and any(mark in text for mark in "\r\n\t"):
            self.lines_pasted.emit(text)
            return
        super().insertFromMimeData(source)

    def take_caret(self) -> None:
        """Take the focus, with the caret behind the last word."""
        self.moveCursor(QTextCursor.MoveOperation.End)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _at_edge(self, step: int) -> bool:
        cursor = self.textCursor()
        before = cursor.position()
        moved = cursor.movePosition(
            cursor.MoveOperation.Up if step < 0 else cursor.MoveOperation.Down
        )
        return not moved or cursor.position() == before


class OutlineRow(QWidget):
    """One line with room before it, its words, and details that open with the focus.

    `entered_row` says that the focus came in. A hairline parts it from the row above. Details may
    wait in `build_details` until the row is opened: a list of hundreds would take seconds.
    """

    entered_row = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self._open = False
        self.built = False
        self._indent = 0
        px = theme.px
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(px(8), px(8), px(8), px(8))
        self.column.setSpacing(px(4))
        self.line = QHBoxLayout()
        self.line.setSpacing(px(4))
        self.column.addLayout(self.line)
        self.small = Label(theme, "", step="small", tone="ink_soft", parent=self)
        self.small.hide()
        self.said = Label(theme, "", step="small", tone="watch", parent=self)
        self.said.hide()
        self.under = QVBoxLayout()
        self.under.setSpacing(px(4))
        self.under.addWidget(self.small)
        self.under.addWidget(self.said)
        self.column.addLayout(self.under)
        self.details = QWidget(self)
        self.details.hide()
        self.column.addWidget(self.details)
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]

    def set_depth(self, depth: int, indent: int = 20) -> None:
        """Indent the words by their depth; the details keep the whole width."""
        px = self.theme.px
        self._indent = depth * px(indent)
        self.line.setContentsMargins(self._indent, 0, 0, 0)
        self.under.setContentsMargins(self._indent + (px(20) if depth else 0), 0, 0, 0)
        self.update()

    def say_small(self, words: str) -> None:
        """Show a quiet line under the words, or none."""
        self.small.setText(words)
        self.small.setVisible(bool(words) and not self._open)

    def say(self, words: str) -> None:
        """Show a sentence about this row beside its cause, or none."""
        self.said.setText(words)
        self.said.setVisible(bool(words))

    def is_open(self) -> bool:
        """Whether the details are shown."""
        return self._open

    def build_details(self) -> None:
        """Make what is seen only once the row is open, where it was not made before."""

    def ready(self) -> None:
        """Have the details, made now where they were not yet."""
        if self.built:
            return
        self.built = True
        last: QWidget | None = self.focusProxy()
        before = set(within(self.details, QWidget))
        self.build_details()
        for part in within(self.details, QWidget):
            # Tab goes from the words through the details, and then on to the next row.
            if part not in before and part.focusPolicy() & Qt.FocusPolicy.TabFocus and last:
                QWidget.setTabOrder(last, part)
                last = part

    def last_stop(self) -> QWidget:
        """Return where Tab leaves this row for the next one."""
        stops = [
            part
            for part in within(self.details, QWidget)
            if part.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]
        return stops[-1] if stops else self.focusProxy() or self

    def open(self, opened: bool) -> None:
        """Show or hide the details."""
        if opened:
            self.ready()
        self._open = opened
        self.details.setVisible(opened)
        self.small.setVisible(bool(self.small.text()) and not opened)
        self.update()
        if opened:
            # Its height is known only after the layout has run.
            QTimer.singleShot(0, self.come_into_view)

    def come_into_view(self) -> None:
        """Scroll what lies around the row until all of it is seen."""
        step = self.parentWidget()
        while step is not None and not isinstance(step, QScrollArea):
            step = step.parentWidget()
        if step is not None and self._open:
            step.ensureWidgetVisible(self, 0, self.theme.px(16))

    def _focus_moved(self, _old: QObject | None, new: QObject | None) -> None:
        if isinstance(new, QWidget) and self.isAncestorOf(new) and not self._open:
            self.entered_row.emit()

    def ring(self) -> Ring | None:
        """Round the row while its words are written."""
        inside = QApplication.focusWidget()
        if not isinstance(inside, LineEditor) or not self.isAncestorOf(inside):
            return None
        return Ring(self.rect(), 0, self.theme.px(6))

    def ground(self) -> QColor | None:
        """The colour behind an open row."""
        return self.theme.accent_soft if self._open else None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground of the open row, and the hairline above the others."""
        painter = QPainter(self)
        fill = self.ground()
        if fill is not None:
            painter.fillRect(self.rect(), fill)
        else:
            left = self.theme.px(8) + self._indent
            painter.fillRect(left, 0, self.width() - left, 1, self.theme.line)
        painter.end()


class Unfolding(QObject):
    """Makes the rows of a long outline by and by: what is seen first, the rest between events.

    ``place`` is given the places from and up to which rows are to be made and returns how many
    there are in all; ``done`` is called once the last one stands.
    """

    FIRST, AT_ONCE = 60, 20

    def __init__(
        self, parent: QWidget, place: Callable[[int, int], int], done: Callable[[], None]
    ) -> None:
        super().__init__(parent)
        self._place = place
        self._done = done
        self._made = 0
        self.waiting = False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._more)

    def show(self, *, whole: bool) -> None:
        """Make the rows anew: all of them, or those of a first look and the others after it."""
        self._later.stop()
        self._made = 0
        self._step(None if whole else self.FIRST)

    def have_all(self) -> None:
        """Make every row that still waits, before one of them is asked for."""
        if self.waiting:
            self._later.stop()
            self._step(None)
            self._done()

    def _more(self) -> None:
        self._step(self.AT_ONCE)
        if not self.waiting:
            self._done()

    def _step(self, count: int | None) -> None:
        until = sys.maxsize if count is None else self._made + count
        total = self._place(self._made, until)
        self._made = min(until, total)
        self.waiting = self._made < total
        if self.waiting:
            self._later.start()
