"""A field of several lines that grows with its text."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QInputMethodEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QStyle, QTextEdit, QWidget

from gemba.ui.theme import Step
from gemba.ui.widgets.exact import ExactText
from gemba.ui.widgets.frame import FieldBase, really_left

if TYPE_CHECKING:
    from gemba.ui.theme import Theme


class PlainEdit(QTextEdit):
    """Plain text at a fixed line height that hands back exactly what it was given."""

    left = Signal()
    entered = Signal()
    edited = Signal()
    pasted = Signal(object)
    widened = Signal()

    def __init__(self, theme: Theme, step: Step, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.step: Step = step
        self.enter_keeps = False
        self.takes_cells: Callable[[str], bool] | None = None
        """Takes a pasted text that is a range of cells; returns False where it is none."""
        self._filling = False
        self._exact = ExactText()
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFont(theme.font(step))
        self.setCursorWidth(theme.px(2))
        self.document().setDocumentMargin(0)
        self.setViewportMargins(0, 0, 0, 0)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        palette = self.palette()
        palette.setColor(palette.ColorRole.Base, Qt.GlobalColor.transparent)
        # The question is painted here: Qt's own paints its first line alone.
        palette.setColor(palette.ColorRole.PlaceholderText, Qt.GlobalColor.transparent)
        self.setPalette(palette)
        self._composing = False
        self.document().contentsChange.connect(self._follow)
        self.set_text("")

    def set_text(self, text: str) -> None:
        """Show a text and forget what could be undone; `edited` is not sent."""
        self._filling = True
        self._exact = ExactText(text)
        self.setPlainText(self._exact.shown)
        self._space_lines()
        self._exact.begin(self.document().toRawText())
        self.document().clearUndoRedoStacks()
        self.document().setModified(False)
        self._filling = False

    def text(self) -> str:
        """The text given, changed only where the user changed it."""
        return self._exact.text(self.document().toRawText())

    def _space_lines(self) -> None:
        height = QTextBlockFormat.LineHeightTypes.FixedHeight.value
        spacing = QTextBlockFormat()
        spacing.setLineHeight(self.theme.line_height(self.step), height)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(spacing)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the text, then the caret in the accent over Qt's own, which inverts the ground."""
        super().paintEvent(event)
        if self.placeholderText() and self.document().isEmpty() and not self._composing:
            self._paint_question()
        if not self.hasFocus() or self.isReadOnly() or self.textCursor().hasSelection():
            return
        painter = QPainter(self.viewport())
        painter.fillRect(self.cursorRect(), self.theme.accent)
        painter.end()

    def _paint_question(self) -> None:
        painter = QPainter(self.viewport())
        painter.setPen(self.theme.ink_soft)
        painter.setFont(self.theme.font(self.step))
        high, ground = self.theme.line_height(self.step), self.viewport().rect()
        for number, line in enumerate(self.question_lines(ground.width())):
            place = QRect(0, number * high, ground.width(), high)
            side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(
                QStyle.visualRect(self.layoutDirection(), ground, place),
                int(QStyle.visualAlignment(self.layoutDirection(), side)),
                line,
            )
        painter.end()

    def question_lines(self, width: int) -> list[str]:
        """Return the lines in which the question is shown at a width in pixels."""
        room, lines = QFontMetricsF(self.theme.font(self.step)), [""]
        for word in self.placeholderText().split():
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and room.horizontalAdvance(longer) > width:
                lines.append(word)
            else:
                lines[-1] = longer
        return lines

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say when there is another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.widened.emit()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Take the question away for letters that are still being put together."""
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def _follow(self, position: int, removed: int, added: int) -> None:
        if self._filling:
            return
        if self._exact.odd:
            self._exact.change(self.document().toRawText(), position, removed, added)
        self.edited.emit()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste text as text; pictures and files go to whoever listens to `pasted`."""
        files = source.hasUrls() and all(url.isLocalFile() for url in source.urls())
        if files or source.hasImage() or not source.hasText():
            self.pasted.emit(source)
        elif self.takes_cells is None or not self.takes_cells(source.text()):
            self.insertPlainText(source.text())

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Text, pictures and files."""
        return source.hasText() or source.hasImage() or source.hasUrls()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter keeps where the page says so, and Shift+Enter then makes the new line."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if enter and self.enter_keeps and plain:
            self.entered.emit()
            return
        if enter:
            self.textCursor().insertBlock()
            self.ensureCursorVisible()
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Say when the focus has left."""
        done = super().event(event)
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            frame = self.parentWidget()
            if frame is not None:
                frame.update()
            if really_left(event):
                self.left.emit()
        return done


class TextField(FieldBase):
    """Several lines of plain text, as high as the text, with a scroll bar only after 12 lines.

    `lines` is the height when empty. With `enter_keeps` Enter sends `entered` and Shift+Enter
    makes a new line. `pasted` hands on a QMimeData with pictures or files.
    """

    pasted = Signal(object)

    def __init__(
        self,
        theme: Theme,
        label: str,
        *,
        question: str = "",
        lines: int = 1,
        most: int = 12,
        big: bool = False,
        enter_keeps: bool = False,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, label, big=big, parent=parent)
        self._lines = self._least = lines
        self._most = most
        self.edit = PlainEdit(theme, "large" if big else "text", self.frame)
        self.edit.enter_keeps = enter_keeps
        self.edit.setPlaceholderText(question)
        self.edit.setAccessibleName(name or label or question)
        self.frame.row.addWidget(self.edit, 1)
        self.setFocusProxy(self.edit)
        self.label.setBuddy(self.edit)
        self.edit.edited.connect(self.edited)
        self.edit.left.connect(self.left)
        self.edit.entered.connect(self.entered)
        self.edit.pasted.connect(self.pasted)
        self.edit.widened.connect(self._widened)
        self.edit.document().documentLayout().documentSizeChanged.connect(self._grow)
        self._grow()

    def set_text(self, text: str) -> None:
        """Show a text; `edited` is not sent."""
        self.edit.set_text(text)
        self._fit_question()
        self._grow()

    def text(self) -> str:
        """The text given, changed only where the user changed it."""
        return self.edit.text()

    def changed(self) -> bool:
        """Whether the user has changed the text since it was given."""
        return self.edit.document().isModified()

    def set_read_only(self, read_only: bool) -> None:
        """Show the text without letting it be changed."""
        self.edit.setReadOnly(read_only)
        flags = Qt.TextInteractionFlag
        if read_only:
            self.edit.setTextInteractionFlags(
                flags.TextSelectableByMouse | flags.TextSelectableByKeyboard
            )
        self.frame.set_read_only(read_only)

    def set_lines(self, lines: int) -> None:
        """Change how high the field is when empty."""
        self._lines = lines
        self._fit_question()
        self._grow()

    def _widened(self) -> None:
        self._fit_question()
        self._grow()

    def _fit_question(self) -> None:
        """Leave room for all of the question; what begins to be written in it moves nothing."""
        self._least = self._lines
        if self.edit.document().isEmpty():
            asked = self.edit.question_lines(max(1, self.edit.viewport().width()))
            self._least = max(self._lines, min(len(asked), 3))

    def _grow(self, _size: object = None) -> None:
        line = self.theme.line_height(self.edit.step)
        needed = round(self.edit.document().size().height() / line)
        shown = max(self._least, min(needed, self._most))
        policy = Qt.ScrollBarPolicy
        over = needed > self._most
        self.edit.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if over else policy.ScrollBarAlwaysOff
        )
        if self.edit.height() != shown * line:
            self.edit.setFixedHeight(shown * line)
            self.frame.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Grow with the text when the width changes."""
        super().resizeEvent(event)
        self._grow()

    def sizeHint(self) -> QSize:
        """As high as its text, as wide as it is given."""
        hint = super().sizeHint()
        return QSize(self.theme.px(320), hint.height())
