"""A set of questions in one's own words: add, put in order, hide, translate; it lands as a file."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.errors import GembaError
from gemba.domain.question_set import QuestionSet, QuestionStep
from gemba.domain.titles import first_words
from gemba.ui.autosave import Autosave, hand_over
from gemba.ui.go import Go
from gemba.ui.pages.common import enter_presses
from gemba.ui.widgets import (
    Button,
    CheckBox,
    Column,
    Field,
    PageHead,
    RowAction,
    RowList,
    RowWords,
    ScrollPage,
    TextField,
)

if TYPE_CHECKING:
    from gemba.services.drafts import Drafts
    from gemba.services.question_sets import QuestionSets
    from gemba.ui.theme import Theme

_SET, _LABEL, _AT = "set", "label", "at"
"""In a draft: the whole set with what its rows became, its name as typed, the question open."""


class QuestionsEditPage(QWidget):
    """The questions as rows, and the one that is changed below them; kept on every way out."""

    def __init__(
        self,
        theme: Theme,
        *,
        sets: QuestionSets,
        drafts: Drafts,
        go: Go,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._sets = sets
        self._drafts = drafts
        self._go = go
        self._set: QuestionSet | None = None
        self._was: QuestionSet | None = None
        self._at = ""
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._view = ScrollPage(theme)
        outer.addWidget(self._view)
        self.head = PageHead(theme, self.tr("Questions in your own words"))
        self.delete = Button(theme, self.tr("Delete my copy"), kind="quiet", icon="trash-2")
        self.delete.clicked.connect(self._delete)
        self.keep = Button(theme, self.tr("Keep"), kind="primary")
        self.keep.clicked.connect(self._keep)
        for button in (self.delete, self.keep):
            self.head.add_action(button)
        self._view.add(self.head)
        self._view.space(16)
        column = Column(theme, gap=16)
        self._view.add(column)
        self._view.space(24)
        self._view.finish()
        self.label = Field(theme, self.tr("Name of the set"))
        self.label.edited.connect(lambda: self.label.say(""))
        column.add(self.label)
        self.rows = RowList(theme, name=self.tr("Questions"))
        self.rows.opened.connect(lambda key: self._open(str(key)))
        column.add(self.rows)
        self.add = Button(theme, self.tr("Add a question"), icon="plus")
        self.add.clicked.connect(self._add)
        column.body.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeading)
        self._build_step(column)

    def _build_step(self, column: Column) -> None:
        theme = self.theme
        self.ask = TextField(theme, self.tr("Question"), lines=2)
        self.deeper = TextField(theme, self.tr("Ask deeper, one a line"), lines=3)
        self.listen_for = Field(theme, self.tr("Listen for"))
        self.fill = TextField(theme, self.tr("To fill in below, one a line"), lines=2)
        self.hidden = CheckBox(theme, self.tr("Keep this question and do not ask it"))
        for widget in (self.ask, self.deeper, self.listen_for, self.fill):
            column.add(widget)
            widget.left.connect(self._take)
        self._fields: dict[str, Field | TextField] = {
            "ask": self.ask,
            "deeper": self.deeper,
            "listen_for": self.listen_for,
            "fill": self.fill,
        }
        for field in (self.label, *self._fields.values()):
            Autosave(field, lambda _visit: self._save_typed())
        self.hidden.toggled.connect(lambda _on: self._take())
        row = QHBoxLayout()
        row.addWidget(self.hidden)
        row.addStretch(1)
        column.body.addLayout(row)

    # The page in the window

    def page_title(self) -> str:
        """The name of the set."""
        return self._set.label if self._set else self.tr("Questions in your own words")

    def arrive(self, **what: object) -> None:
        """Change the set with the id ``questions``."""
        try:
            self._set = self._was = self._sets.get(str(what.get("questions")))
        except GembaError as error:
            self._go.trouble(error)
            self._go.to("questions")
            return
        self._at = ""
        left = self._drafts.read(self._draft())
        if left:
            self._set = self._sets.unkept(self._set, left.get(_SET, ""))
        self.label.set_text(left.get(_LABEL, self._set.label))
        self.label.say("")
        self.delete.setVisible(self._sets.own(self._set.id))
        known = [one.id for one in self._set.steps]
        self._open(left[_AT] if left.get(_AT) in known else known[0])
        if left:
            for name, field in self._fields.items():
                field.set_text(left.get(name, field.text()))
            # Says again why it could not be kept, or keeps it now.
            self._save()

    def leave(self) -> None:
        """Keep what was changed; what cannot be kept yet stands here again at the next visit."""
        hand_over(self)
        self._save()

    def _draft(self) -> str:
        return f"questions.{self._set.id}" if self._set is not None else ""

    def _keep_draft(self) -> None:
        """Keep what the set refuses as it stands in the fields."""
        assert self._set is not None
        texts = {name: field.text() for name, field in self._fields.items()}
        texts |= {_SET: self._sets.text_of(self._set), _LABEL: self.label.text(), _AT: self._at}
        self._drafts.keep(self._draft(), **texts)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus."""
        if not enter_presses(self, event):
            super().keyPressEvent(event)

    # What is shown

    def _show_rows(self) -> None:
        assert self._set is not None
        actions = (
            RowAction(self.tr("Ask it sooner"), "chevron-up", lambda key: self._move(key, -1)),
            RowAction(self.tr("Ask it later"), "chevron-down", lambda key: self._move(key, 1)),
            RowAction(self.tr("Take it out"), "trash-2", self._take_out),
        )
        hidden = self.tr("not asked")
        self.rows.set_rows(
            [
                RowWords(one.ask, age=hidden if one.hidden else "", key=one.id)
                for one in self._set.steps
            ],
            actions,
        )
        self.rows.choose(self._at)

    def _open(self, key: str) -> None:
        self._take()
        assert self._set is not None
        self._at = ""
        step = self._set.step(key)
        self.ask.set_text(step.ask)
        self.deeper.set_text("\n".join(step.deeper))
        self.listen_for.set_text(step.listen_for)
        self.fill.set_text("\n".join(step.fill))
        self.hidden.setChecked(step.hidden)
        self._at = key
        self._show_rows()
        self.ask.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    # What is changed

    def _take(self) -> None:
        """Take over what stands in the fields; a question without words keeps those it had."""
        if self._set is None or not self._at:
            return
        old = self._set.step(self._at)
        new = replace(
            old,
            ask=self.ask.text().strip() or old.ask,
            deeper=_lines(self.deeper.text()),
            listen_for=self.listen_for.text().strip(),
            fill=tuple(dict.fromkeys(_lines(self.fill.text()))),
            hidden=self.hidden.isChecked(),
        )
        if new != old and self._put(tuple(new if one is old else one for one in self._set.steps)):
            self._show_rows()
        elif new.hidden != old.hidden:
            self.hidden.setChecked(old.hidden)

    def _put(self, steps: tuple[QuestionStep, ...]) -> bool:
        """Take steps into the set; False where they lead back, or none is left to ask."""
        assert self._set is not None
        try:
            self._set = replace(self._set, steps=steps)
        except GembaError as error:
            self._go.trouble(error)
            return False
        return True

    def _move(self, key: object, by: int) -> None:
        self._take()
        assert self._set is not None
        steps = list(self._set.steps)
        at = next(n for n, one in enumerate(steps) if one.id == key)
        to = at + by
        if 0 <= to < len(steps):
            steps[at], steps[to] = steps[to], steps[at]
            self._put(tuple(steps))
        self._show_rows()
        self.rows.rows()[max(0, min(to, len(steps) - 1))].setFocus()

    def _take_out(self, key: object) -> None:
        self._take()
        assert self._set is not None
        whole = self._set
        left = tuple(one for one in whole.steps if one.id != key)
        if not self._put(left):
            return
        gone = next(one.ask for one in whole.steps if one.id == key)
        self._go.say(
            self.tr("Taken out: {question}").format(question=first_words(gone)),
            undo=lambda: self._put_in_again(whole, str(key)),
        )
        before = (*self._set.steps,)
        if key == self._at:
            self._at = ""
            self._open(before[0].id)
        self._show_rows()

    def _put_in_again(self, before: QuestionSet, key: str) -> None:
        """Put a question back where it stood, whatever became of the others since."""
        if self._set is None or self._set.id != before.id:
            self._go.to("questions edit", questions=before.id)
        if self._set is None or any(one.id == key for one in self._set.steps):
            return
        self._take()
        at = next(n for n, one in enumerate(before.steps) if one.id == key)
        steps = self._set.steps
        if self._put((*steps[:at], before.steps[at], *steps[at:])):
            self._open(key)

    def _add(self) -> None:
        self._take()
        assert self._set is not None
        known = {one.id for one in self._set.steps}
        number = next(n for n in range(1, len(known) + 2) if f"own_{n}" not in known)
        made = QuestionStep(id=f"own_{number}", ask=self.tr("What else?"))
        if self._put((*self._set.steps, made)):
            self._open(made.id)
            self.ask.edit.selectAll()

    def _save(self) -> bool:
        try:
            self._write()
        except GembaError as error:
            self._go.trouble(error)
            return False
        return True

    def _save_typed(self) -> None:
        """Write what is being typed; what a half-typed name refuses is said on leaving."""
        with suppress(GembaError):
            self._write()

    def _write(self) -> None:
        self._take()
        if self._set is None:
            return
        wanted = replace(self._set, label=self.label.text().strip() or self._set.label)
        if wanted != self._was:
            try:
                self._set = self._was = self._sets.save(wanted)
            except GembaError:
                self._keep_draft()
                raise
            self.delete.setVisible(True)
        if self._drafts.read(self._draft()):
            self._drafts.drop(self._draft())

    def _keep(self) -> None:
        if self._set is not None and self._save():
            self._go.to("questions", questions=self._set.id)

    def _delete(self) -> None:
        if self._set is None:
            return
        self._drafts.drop(self._draft())
        key, name, self._set = self._set.id, self._set.label, None
        try:
            text = self._sets.forget(key)
        except GembaError as error:
            self._go.trouble(error)
            self._go.to("questions", questions=key)
            return
        self._go.to("questions", questions=key)
        self._go.say(
            self.tr("Deleted: {name}").format(name=name),
            undo=lambda: self._put_back(key, text),
        )

    def _put_back(self, key: str, text: str) -> None:
        try:
            self._sets.put_back(key, text)
        except GembaError as error:
            self._go.trouble(error)
        self._go.to("questions", questions=key)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.split("\n") if line.strip())
