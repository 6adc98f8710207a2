"""A field of several lines that grows with its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

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

    def __init__(self, theme: Theme, step: Step, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.step: Step = step
        self.enter_keeps = False
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
        self.setPalette(palette)
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
        if not self.hasFocus() or self.isReadOnly() or self.textCursor().hasSelection():
            return
        painter = QPainter(self.viewport())
        painter.fillRect(self.cursorRect(), self.theme.accent)
        painter.end()

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
        else:
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
        self._lines = lines
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
        self.edit.document().documentLayout().documentSizeChanged.connect(self._grow)
        self._grow()

    def set_text(self, text: str) -> None:
        """Show a text; `edited` is not sent."""
        self.edit.set_text(text)
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
        self._grow()

    def _grow(self, _size: object = None) -> None:
        line = self.theme.line_height(self.edit.step)
        needed = round(self.edit.document().size().height() / line)
        shown = max(self._lines, min(needed, self._most))
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
