"""What all fields share: the label above, the edge, the ring, and the sentence below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from gemba.ui.theme import Step
from gemba.ui.widgets.base import RADIUS, Ring, box, draw_icon, set_margins
from gemba.ui.widgets.label import Label

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

_ANY_LENGTH = 2**31 - 1
_LABEL_ICON = 16


class FieldFrame(QWidget):
    """The ground and edge of a field; round it stands the focus ring."""

    def __init__(self, theme: Theme, *, big: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.read_only = False
        self.ruled = False
        self.posed = False
        self.row = QHBoxLayout(self)
        side, above = (theme.px(16), theme.px(12)) if big else (theme.px(12), theme.px(7))
        self.row.setSpacing(theme.px(8))
        self._room = (side, side, above, above + 1)
        self._settle()

    def ring(self) -> Ring | None:
        """Close round the edge while the caret is inside; words without an edge get some room."""
        if not self._inside():
            return None
        beside = self.theme.px(4) if self.ruled or self.read_only else 0
        return Ring(self.rect().adjusted(-beside, 0, beside, 0), 0, self.theme.px(RADIUS))

    def _inside(self) -> bool:
        if self.posed:
            return True
        inside = QApplication.focusWidget()
        return inside is not None and (inside is self or self.isAncestorOf(inside))

    def set_read_only(self, read_only: bool) -> None:
        """Without ground and edge, as text on the page."""
        self.read_only = read_only
        self._settle()
        self.update()

    def set_ruled(self) -> None:
        """A line to write on, as on ruled paper, in the place of ground and edge."""
        self.ruled = True
        self._settle()
        self.update()

    def set_sides(self, near: int, far: int, above: int, below: int) -> None:
        """The room around the editor, in reading direction."""
        self._room = (near, far, above, below)
        self._settle()

    def _settle(self) -> None:
        near, far, above, below = self._room
        if self.read_only:
            near = far = 0
        elif self.ruled:
            # What stands at the end, such as the opener of a list, keeps its place.
            near, far = 0, min(far, self.theme.px(2))
        set_margins(self.row, self, near, above, far, below)

    def changeEvent(self, event: QEvent) -> None:
        """Keep what stands at the end of the field at the end."""
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._settle()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground and edge."""
        if self.read_only:
            return
        painter = QPainter(self)
        if not self.isEnabled():
            painter.setOpacity(0.5)
        edge = self.theme.accent if self._inside() else self.theme.edge
        if self.ruled:
            # While the ring stands round it, the line would be a second one along its foot.
            if not self._inside():
                painter.fillRect(0, self.height() - 1, self.width(), 1, edge)
            painter.end()
            return
        box(painter, QRectF(self.rect()), self.theme.px(RADIUS), self.theme.surface, edge)
        painter.end()


class _LabelIcon(QWidget):
    def __init__(self, theme: Theme, icon: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        self.setFixedSize(theme.px(_LABEL_ICON), theme.px(_LABEL_ICON))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it in the colour of the words beside it."""
        painter = QPainter(self)
        around = QRectF(self.rect())
        draw_icon(painter, self._theme, self._icon, "ink_soft", around, _LABEL_ICON)


class FieldBase(QWidget):
    """A label in small letters, a frame for the editor, and room for one sentence below.

    Signals: `edited` after each change by the user, `left` when the focus leaves the field,
    `entered` when Enter is pressed.
    """

    edited = Signal()
    left = Signal()
    entered = Signal()

    def __init__(
        self, theme: Theme, label: str, *, big: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(4))
        self.label = Label(theme, label, step="small", tone="ink_soft", parent=self)
        self.label.setVisible(bool(label))
        self.frame = FieldFrame(theme, big=big, parent=self)
        self._trouble = Label(theme, "", step="small", tone="watch", parent=self)
        self._trouble.hide()
        for part in (self.label, self.frame, self._trouble):
            self._column.addWidget(part)

    def mark_label(self, icon: str) -> None:
        """Put an icon before the words above the field."""
        row = QHBoxLayout()
        row.setSpacing(self.theme.px(4))
        row.addWidget(_LabelIcon(self.theme, icon, self))
        row.addWidget(self.label, 1)
        self._column.insertLayout(0, row)

    def rule(self) -> None:
        """Become a line to write on in a sentence or on the page, without ground and edge."""
        self.frame.set_ruled()

    def say(self, sentence: str) -> None:
        """Show one sentence below the field; an empty one takes it away."""
        self._trouble.setText(sentence)
        self._trouble.setVisible(bool(sentence))
        self.setAccessibleDescription(sentence)
        editor = self.focusProxy()
        if editor is not None:
            editor.setAccessibleDescription(sentence)

    def said(self) -> str:
        """The sentence that stands below the field."""
        return self._trouble.text()

    def set_label(self, label: str) -> None:
        """Change the words above the field."""
        self.label.setText(label)
        self.label.setVisible(bool(label))
        editor = self.focusProxy()
        if editor is not None:
            editor.setAccessibleName(label)


def really_left(event: QEvent) -> bool:
    """Whether the focus has gone elsewhere, and not only to a menu or list of the field's own."""
    if not isinstance(event, QFocusEvent) or event.gotFocus():
        return False
    return event.reason() != Qt.FocusReason.PopupFocusReason


class LineEdit(QLineEdit):
    """One line without a frame of its own, that says when the focus leaves it."""

    left = Signal()

    def __init__(self, theme: Theme, name: str, step: Step, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrame(False)
        self.setMaxLength(_ANY_LENGTH)
        self.setFont(theme.font(step))
        self.setAccessibleName(name)
        self.setTextMargins(-2, 0, -2, 0)  # Qt keeps two pixels of its own at each side
        self.setFixedHeight(theme.line_height(step) + theme.px(1))
        self._theme = theme

    def event(self, event: QEvent) -> bool:
        """Say when the focus has left, and keep the ring's owner painted."""
        done = super().event(event)
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            frame = self.parentWidget()
            if frame is not None:
                frame.update()
            if really_left(event):
                self.left.emit()
        return done

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the text, then the caret in the accent over Qt's own, which inverts the ground."""
        super().paintEvent(event)
        if not self.hasFocus() or self.isReadOnly() or self.hasSelectedText():
            return
        # Qt's rectangle reaches five pixels before the caret and four behind it.
        rect = self.cursorRect()
        painter = QPainter(self)
        left = QRect(rect.x() + 5, rect.y(), self._theme.px(2), rect.height())
        painter.fillRect(left, self._theme.accent)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter belongs to the field; it does not go on to the page."""
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()


class LineField(FieldBase):
    """A field of one line; the base of those that read a name, a day or a time from it."""

    def __init__(
        self,
        theme: Theme,
        label: str,
        *,
        question: str = "",
        big: bool = False,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, label, big=big, parent=parent)
        step: Step = "large" if big else "text"
        self.line = LineEdit(theme, name or label or question, step, self.frame)
        self.line.setPlaceholderText(question)
        self.frame.row.addWidget(self.line, 1)
        self.frame.setFixedHeight(theme.px(52 if big else 36))
        side = theme.px(16 if big else 12)
        self.frame.set_sides(side, side, 0, 0)
        self.setFocusProxy(self.line)
        self.label.setBuddy(self.line)
        self.line.textEdited.connect(lambda _text: self.edited.emit())
        self.line.left.connect(self.left)
        self.line.returnPressed.connect(self.entered)

    def set_read_only(self, read_only: bool) -> None:
        """Show the words without letting them be changed."""
        self.line.setReadOnly(read_only)
        self.frame.set_read_only(read_only)
