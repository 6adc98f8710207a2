"""One question on the page: its words, its answer, what is wrong, and what was found last time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.changes import Ref
from gemba.domain.form_view import CHOSEN, FormQuestion
from gemba.ui.autosave import Autosave
from gemba.ui.pages.common import clear
from gemba.ui.pages.fill_editor import Editor, EditorParts
from gemba.ui.pages.fill_editors import editor_for
from gemba.ui.widgets import Button, Chip, FlowLayout, Label, Notice, PhotoStrip
from gemba.ui.widgets.form_text import FormText

if TYPE_CHECKING:
    from gemba.ui.theme import Theme


class QuestionBox(QWidget):
    """Asks one question; ``answered`` hands on its key and the answer, ``kept`` that keys rest.

    ``big`` shows it alone on the page. ``acted`` hands on its key with "promise" or "observation",
    ``opened`` what was made of it.
    """

    answered = Signal(object, object)
    rested = Signal(object, object)
    photographed = Signal(object, object)
    acted = Signal(object, object)
    opened = Signal(object)
    next = Signal(object)

    def __init__(
        self,
        theme: Theme,
        question: FormQuestion,
        parts: EditorParts,
        *,
        big: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.key = question.key
        self.question = question
        self._parts = parts
        px = theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        self.label = FormText(theme, step="question" if big else "text")
        self.hint = FormText(theme, step="text" if big else "small", tone="ink_soft")
        column.addWidget(self.label)
        column.addWidget(self.hint)
        self.standard: PhotoStrip | None = None
        self.editor: Editor | None = None
        if question.kind not in ("note", "unsupported"):
            self._add_editor(column, question)
        self.notice = Notice(theme, "")
        self.notice.hide()
        column.addWidget(self.notice)
        self.before = Label(theme, "", step="small", tone="ink_soft")
        self.before.hide()
        column.addWidget(self.before)
        self._add_acts(column)
        self.setAccessibleName(question.plain)

    def _add_editor(self, column: QVBoxLayout, question: FormQuestion) -> None:
        editor = editor_for(self.theme, question, self._parts)
        self.editor = editor
        column.addWidget(editor)
        self.none = Label(self.theme, "", tone="ink_soft")
        self.none.hide()
        column.addWidget(self.none)
        editor.given.connect(lambda text: self.answered.emit(self.key, text))
        editor.next.connect(self._go_on)
        editor.files_added.connect(lambda paths: self.photographed.emit(self.key, paths))
        editor.picture_added.connect(self._take_picture)
        self._autosave = Autosave(self, self._rest)
        editor.typed.connect(self._autosave.touch)
        editor.left.connect(self._autosave.leave)

    # What Autosave listens to; the editor says both itself.
    edited = Signal()

    def _add_acts(self, column: QVBoxLayout) -> None:
        self.acts = QWidget()
        row = QHBoxLayout(self.acts)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self.theme.px(8))
        self.promise = Button(self.theme, self.tr("Promise"), icon="handshake")
        self.observe = Button(self.theme, self.tr("Write what you saw"), icon="eye")
        self.promise.clicked.connect(lambda: self.acted.emit(self.key, "promise"))
        self.observe.clicked.connect(lambda: self.acted.emit(self.key, "observation"))
        row.addWidget(self.promise)
        row.addWidget(self.observe)
        row.addStretch(1)
        self.acts.hide()
        column.addWidget(self.acts)
        self.made: list[Chip] = []
        self._made_of: tuple[tuple[Ref, str], ...] = ()
        self._made_host = QWidget()
        self._made_flow = FlowLayout(self._made_host, gap=self.theme.px(4))
        self._made_host.hide()
        column.addWidget(self._made_host)

    def _rest(self, visit: str) -> None:
        if self.editor is not None:
            self.rested.emit(self.key, visit)

    def _go_on(self) -> None:
        self._autosave.leave()
        self.next.emit(self.key)

    def _take_picture(self, picture: QImage) -> None:
        self.photographed.emit(self.key, picture.copy())

    def show_question(self, question: FormQuestion, *, before: str = "", said: bool = True) -> None:
        """Show the question as it stands now; ``said`` tells whether what is missing is said."""
        self.question = question
        words = question.label or question.name
        self.label.set_words(words)
        self.hint.set_words(question.hint)
        self.hint.setVisible(bool(question.hint))
        if self.editor is not None:
            self.editor.show_answer(question)
            self._show_none(question, self.editor)
        elif question.kind == "unsupported":
            self.hint.set_words(self.tr("Gemba does not ask this; it stays in the form."))
            self.hint.show()
        wrong = self._wrong(question, said)
        if wrong != self.notice.words.text() or bool(wrong) != self.notice.isVisibleTo(self):
            self.notice.say(wrong)
            self.notice.setVisible(bool(wrong))
        self.before.setText(before)
        self.before.setVisible(bool(before))
        self.acts.setVisible(question.may_act)
        self._show_standard(question.standard_photo)

    def show_made(self, made: Sequence[tuple[Ref, str]]) -> None:
        """Show what was made of the answer, so that it is not made twice; each leads there."""
        if self._made_of == (made := tuple(made)):
            return
        self._made_of = made
        clear(self._made_flow)
        self.made = []
        for ref, words in made:
            icon = "handshake" if ref.kind == "promise" else "eye"
            chip = Chip(self.theme, words, kind="link", icon=icon, parent=self._made_host)
            chip.clicked.connect(lambda _on=False, ref=ref: self.opened.emit(ref))
            self._made_flow.addWidget(chip)
            self.made.append(chip)
            chip.show()
        self._made_host.setVisible(bool(made))

    def _show_standard(self, photo: str) -> None:
        if not photo or self.standard is not None:
            return
        source = self._parts.photo_source(photo)
        if not source:
            return
        self.standard = PhotoStrip(self.theme, tasks=self._parts.tasks)
        self.standard.set_read_only(True)
        self.standard.set_photos([(photo, source, self.tr("How it should be"))])
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(2, self.standard)

    def _show_none(self, question: FormQuestion, editor: Editor) -> None:
        """Say where there is nothing to read, and nothing to choose from."""
        choosing = question.kind in CHOSEN
        empty = not (question.answer or question.photo or question.half)
        words = ""
        if choosing and not question.choices:
            words = self.tr("Nothing is offered here.")
        elif question.read_only and empty and not choosing:
            words = self.tr("No answer.")
        editor.setVisible(not words)
        self.none.setText(words)
        self.none.setVisible(bool(words))

    def _wrong(self, question: FormQuestion, said: bool) -> str:
        if question.wrong == "half":
            return {
                "integer": self.tr("This is no whole number yet; it is kept as you wrote it."),
                "decimal": self.tr("This is no number yet; it is kept as you wrote it."),
                "range": self.tr("This is no number yet; it is kept as you wrote it."),
                "date": self.tr("This names no day yet. Write 4 Nov, Thu or yesterday."),
                "time": self.tr("This is no time yet. Write 7:45 or 14:30."),
            }.get(question.kind, self.tr("A day and a time are needed here."))
        if question.wrong == "constraint":
            return question.message or self._limits(question)
        if question.wrong == "required" and said:
            return question.message or self.tr("This one is needed before you hand in.")
        return ""

    def _limits(self, question: FormQuestion) -> str:
        if question.least is not None and question.most is not None:
            return self.tr("A number from {least:g} to {most:g}.").format(
                least=question.least, most=question.most
            )
        return self.tr("This is outside of what the form takes.")

    def flush(self) -> None:
        """Hand over what is being typed."""
        if self.editor is not None:
            self._autosave.flush()

    def has_focus(self) -> bool:
        """Tell whether the caret, or the focus, is in this question."""
        window = self.window()
        inside = cast("QWidget | None", window.focusWidget())
        return inside is not None and self.isAncestorOf(inside)

    def hold(self) -> None:
        """Take the focus."""
        if self.editor is not None:
            self.editor.hold()
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
