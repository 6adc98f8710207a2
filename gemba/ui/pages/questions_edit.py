"""A set of questions in one's own words: add, put in order, hide, translate; it lands as a file."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
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
from gemba.ui.widgets.choice import Choice

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
        self.delete = Button(theme, self.tr("Delete"), kind="quiet", icon="trash-2")
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
            Autosave(field, self._save_typed)
        self.writes = Choice(theme, self.tr("What the answer becomes"))
        self.writes.chosen.connect(lambda _key: self._take())
        self.hidden.toggled.connect(lambda _on: self._take())
        row = QHBoxLayout()
        row.addWidget(self.hidden)
        row.addStretch(1)
        row.addWidget(self.writes)
        column.body.addLayout(row)

    # The page in the window

    def page_title(self) -> str:
        """The name of the set."""
        return self._set.label if self._set else self.tr("Questions in your own words")

    def arrive(self, **what: object) -> None:
        """Change the set with the id ``questions``; ``new`` is one that is only begun."""
        new = what.get("new")
        try:
            self._set = self._was = self._sets.get(str(what.get("questions")))
        except GembaError as error:
            if not isinstance(new, QuestionSet):
                self._go.trouble(error)
                self._go.to("questions")
                return
            self._set = self._was = new
        self._at = ""
        left = self._drafts.read(self._draft())
        if left:
            self._set = self._sets.unkept(self._set, left.get(_SET, ""))
        self.label.set_text(left.get(_LABEL, self._set.label))
        self.label.say("")
        self._show_delete()
        known = [one.id for one in self._set.steps]
        self._open(left[_AT] if left.get(_AT) in known else known[0])
        if left:
            for name, field in self._fields.items():
                field.set_text(left.get(name, field.text()))
            # Says again why it could not be kept, or keeps it now.
            self._save()
        if self._set is new:
            self.label.line.selectAll()
            self.label.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_delete(self) -> None:
        """Offer to delete what is the user's own, and say what becomes of it."""
        assert self._set is not None
        self.delete.setVisible(self._sets.own(self._set.id))
        self.delete.setToolTip(
            self.tr("The questions that come with Gemba are asked again")
            if self._sets.bundled(self._set.id)
            else self.tr("It lies in the bin; talks held with it stay as they were")
        )

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
        self.writes.set_options(_becomes(self._set, step.writes), step.writes)
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
            writes=self.writes.value,
        )
        if new != old and self._put(tuple(new if one is old else one for one in self._set.steps)):
            self._show_rows()
            if (new.hidden, new.writes) != (old.hidden, old.writes):
                self._save()
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
            if self._put(tuple(steps)):
                self._save()
        self._show_rows()
        self.rows.rows()[max(0, min(to, len(steps) - 1))].setFocus()

    def _take_out(self, key: object) -> None:
        self._take()
        assert self._set is not None
        before = self._set.steps
        at = next(n for n, one in enumerate(before) if one.id == key)
        # A question that led to this one leads to the one below it from now on.
        left = tuple(
            replace(one, then="") if one.then == key else one for one in before if one.id != key
        )
        if not self._put(left):
            return
        if key == self._at:
            self._at = ""
            self._open(left[min(at, len(left) - 1)].id)
        self._save()
        self._show_rows()
        definition = self._set.id
        self._go.say(
            self.tr("Taken out: {words}").format(words=first_words(before[at].ask)),
            undo=lambda: self._bring_back(definition, before, left, at),
        )

    def _bring_back(
        self,
        definition: str,
        before: tuple[QuestionStep, ...],
        left: tuple[QuestionStep, ...],
        at: int,
    ) -> None:
        """Put a question back where it was, whatever was changed since, also from another page."""
        gone = before[at]
        here = self._set is not None and self._set.id == definition
        if here:
            self._take()
        try:
            held = self._set if here and self._set is not None else self._sets.get(definition)
            steps = before
            if held.steps != left:
                others = tuple(one for one in held.steps if one.id != gone.id)
                steps = (*others[:at], replace(gone, then=""), *others[at:])
            made = self._sets.save(replace(held, steps=steps))
        except GembaError as error:
            self._go.trouble(error)
            return
        if here:
            self._set = self._was = made
            self._open(gone.id)

    def _add(self) -> None:
        self._take()
        assert self._set is not None
        known = {one.id for one in self._set.steps}
        number = next(n for n in range(1, len(known) + 2) if f"own_{n}" not in known)
        made = QuestionStep(id=f"own_{number}", ask=self.tr("What else?"))
        if self._put((*self._set.steps, made)):
            self._save()
            self._open(made.id)
            self.ask.edit.selectAll()

    def _save(self) -> bool:
        try:
            self._write()
        except GembaError as error:
            self._go.trouble(error)
            return False
        return True

    def _save_typed(self, visit: str) -> None:
        """Write what is being typed; what a half-typed name refuses is said on leaving."""
        with suppress(GembaError):
            self._write(visit)

    def _write(self, visit: str = "") -> None:
        self._take()
        if self._set is None:
            return
        wanted = replace(self._set, label=self.label.text().strip() or self._set.label)
        if wanted != self._was:
            try:
                self._set = self._was = self._sets.save(wanted, visit=visit)
            except GembaError:
                self._keep_draft()
                raise
            self._show_delete()
        if self._drafts.read(self._draft()):
            self._drafts.drop(self._draft())

    def _keep(self) -> None:
        if self._set is not None and self._save():
            self._go.to("questions", questions=self._set.id)

    def _delete(self) -> None:
        if self._set is None:
            return
        hand_over(self)
        self._drafts.drop(self._draft())
        kept, self._set = self._set, None
        try:
            self._sets.forget(kept.id)
        except GembaError as error:
            self._set = kept
            self._go.trouble(error)
            return
        self._go.to("questions", questions=kept.id)
        self._go.say(
            self.tr("Deleted: {words}").format(words=kept.label),
            undo=lambda: self._undelete(kept.id),
        )

    def _undelete(self, definition: str) -> None:
        try:
            self._sets.put_back(definition)
        except GembaError as error:
            self._go.trouble(error)
            return
        self._go.to("questions", questions=definition)


def _becomes(questions: QuestionSet, now: str) -> list[tuple[str, str]]:
    """Return what an answer can become; the board is only at hand in a talk with a learner."""
    tr = QCoreApplication.translate
    known = [
        ("", tr("Becomes", "The answer stays here")),
        ("promise", tr("Becomes", "Becomes a promise")),
        ("lesson", tr("Becomes", "Becomes a lesson")),
        ("challenge", tr("Becomes", "Goes to the challenge")),
        ("target_condition", tr("Becomes", "Goes to the target condition")),
        ("current_condition", tr("Becomes", "Goes to the current condition")),
        ("obstacle", tr("Becomes", "Becomes the obstacle in focus")),
        ("experiment.step", tr("Becomes", "Becomes the next step")),
        ("experiment.prediction", tr("Becomes", "Becomes the prediction")),
        ("experiment.result", tr("Becomes", "Goes to what happened")),
        ("experiment.learned", tr("Becomes", "Goes to what was learned")),
        ("next_look", tr("Becomes", "Says when to look next")),
    ]
    on_board = questions.kind in ("talk", "cycle")
    return [one for one in known if on_board or one[0] in ("", "promise", "lesson", now)]


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.split("\n") if line.strip())
