"""The slip under a sentence: what is asked about it, and a line for why it stands as it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.titles import first_words
from gemba.domain.wording import Remark
from gemba.ui.widgets.base import RADIUS, box
from gemba.ui.widgets.button import Button
from gemba.ui.widgets.field import Field
from gemba.ui.widgets.label import Label

if TYPE_CHECKING:
    from gemba.ui.theme import Theme


class RemarkLine(QWidget):
    """One question and what answers it: `reason_given` follows Enter in the line for the reason.

    ``quote`` puts the sentence above the question, where it does not stand beside it.
    """

    reason_given = Signal(object, object)
    grown = Signal()

    def __init__(
        self, theme: Theme, remark: Remark, *, quote: bool = False, may_answer: bool = True
    ) -> None:
        super().__init__()
        self.remark = remark
        self.theme = theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        if quote:
            said = quoted(remark.sentence)
            column.addWidget(Label(theme, said, step="small", tone="ink_soft"))
        self.question = Label(theme, remark.question)
        self.question.setWordWrap(True)
        self.answer = Button(theme, self.tr("Not here, because …"), kind="quiet")
        self.answer.setAccessibleName(
            self.tr("Not here, because: {question}").format(question=remark.question)
        )
        self.answer.clicked.connect(self.ask_reason)
        if not may_answer:
            self.answer.hide()
        if quote:
            column.addWidget(self.question)
            column.addWidget(self.answer, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            row = QHBoxLayout()
            row.setContentsMargins(0, 0, 0, 0)
            row.addWidget(self.question, 1)
            row.addWidget(self.answer, 0, Qt.AlignmentFlag.AlignTop)
            column.addLayout(row)
        self.reason: Field | None = None
        self._done = False

    def ask_reason(self) -> None:
        """Open the line for the reason, with the caret in it."""
        self.answer.hide()
        if self.reason is None:  # made when it is wanted: a dozen of them would be felt
            self.reason = Field(
                self.theme,
                "",
                question=self.tr("Why does it stand as it is?"),
                name=self.tr("Not here, because"),
                parent=self,
            )
            self.reason.entered.connect(self._give)
            self.reason.left.connect(self._leave)
            layout = self.layout()
            assert layout is not None
            layout.addWidget(self.reason)
            self.reason.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        self.grown.emit()

    def refuse(self, words: str) -> None:
        """Say beside the line why what stands in it will not do."""
        if self.reason is not None:
            self.reason.say(words)

    def drop(self) -> None:
        """Let go of what is written, as Esc does."""
        self._done = True

    def _give(self) -> None:
        if self.reason is not None and not self._done:
            self._done = bool(self.reason.text().strip())
            self.reason_given.emit(self.remark, self.reason.text())

    def _leave(self) -> None:
        """Leaving the line keeps what was written, as in every field."""
        if self.reason is not None and self.reason.text().strip():
            self._give()


class WordingSlip(QWidget):
    """Lies over the paper below a sentence while it is attended; `closed` by Esc."""

    closed = Signal()
    resized = Signal()
    reason_given = Signal(object, object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.lines: list[RemarkLine] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.px(12), theme.px(8), theme.px(4), theme.px(8))
        self._column.setSpacing(theme.px(8))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.hide()

    def ask(self, remarks: Sequence[Remark], *, may_answer: bool, quote: bool) -> None:
        """Show the questions of one place."""
        for line in self.lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = []
        for remark in remarks:
            line = RemarkLine(self.theme, remark, quote=quote, may_answer=may_answer)
            line.reason_given.connect(self.reason_given)
            line.grown.connect(self.resized)
            self._column.addWidget(line)
            self.lines.append(line)
        self.setAccessibleName(" ".join(remark.question for remark in remarks))

    def begin(self) -> None:
        """Give the keys to the first answer, or to the slip where none may be given."""
        answers = [line.answer for line in self.lines if not line.answer.isHidden()]
        (answers[0] if answers else self).setFocus(Qt.FocusReason.TabFocusReason)

    def holds_focus(self) -> bool:
        """Tell whether something in it has the focus."""
        held: QWidget | None = self.window().focusWidget()
        return held is self or (held is not None and self.isAncestorOf(held))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes it."""
        if event.key() == Qt.Key.Key_Escape:
            for line in self.lines:
                line.drop()
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Stay while the pointer is on it."""
        super().enterEvent(event)
        self.resized.emit()

    def leaveEvent(self, event: QEvent) -> None:
        """Let whoever placed it see to it."""
        super().leaveEvent(event)
        self.resized.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint its own ground: paper below would show through."""
        painter = QPainter(self)
        edge = self.theme.edge
        box(painter, QRectF(self.rect()), self.theme.px(RADIUS), self.theme.surface, edge)
        painter.end()


def quoted(sentence: str) -> str:
    """Return a sentence in quotation marks, or its first words where it is long."""
    return f"“{first_words(sentence, 120)}”"
