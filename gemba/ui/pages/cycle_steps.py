"""What is written at a question of a cycle: the answer, or the day of the next look."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.domain.coaching import Storyboard, Talk
from gemba.domain.cycle import answer_to
from gemba.domain.errors import GembaError
from gemba.domain.experiment import Experiment
from gemba.domain.question_set import QuestionStep
from gemba.services.coaching import Coaching
from gemba.ui.autosave import Autosave, hand_over
from gemba.ui.go import Go
from gemba.ui.pages.look_together import LookTogether
from gemba.ui.widgets import TextField
from gemba.ui.widgets.quiet_question import QuietQuestion

if TYPE_CHECKING:
    from gemba.domain.wording import Remark
    from gemba.ui.theme import Theme


_PLACES: Final = {
    "target_condition": "board_target",
    "current_condition": "board_condition",
    "obstacle": "board_obstacle",
}
"""Where the words of an answer are asked about."""

_STAYS = ("challenge", "target_condition")
"""What a board keeps from cycle to cycle; where it stands today is asked anew each time."""


@dataclass(frozen=True, slots=True)
class Step:
    """A question of a talk and what it is answered with; ``name`` is the learner's."""

    theme: Theme
    coaching: Coaching
    go: Go
    today: Callable[[], date]
    talk: Talk
    question: QuestionStep
    name: str

    def fresh(self) -> Talk:
        """Return the talk as it is committed now."""
        return self.coaching.talk(self.talk.id)

    def last(self) -> Experiment | None:
        """Return the experiment that is looked back on."""
        key = self.talk.last_experiment_id
        return self.coaching.experiment(key) if key is not None else None

    def next(self) -> Experiment | None:
        """Return the experiment that this talk plans, once there is one."""
        key = self.fresh().next_experiment_id
        return self.coaching.experiment(key) if key is not None else None


class StepPane(QWidget):
    """The fields of one question; ``gone_on`` says that Enter asks for the next one."""

    gone_on = Signal()

    def __init__(self, step: Step, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.step = step
        self.theme = step.theme
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(self.theme.px(16))

    def begin(self) -> None:
        """Put the caret where the first words go."""

    def finish(self) -> bool:
        """Hand over what was typed; False where something must be mended first."""
        hand_over(self)
        return True

    def answer_field(self, lines: int = 4) -> TextField:
        """Return a field for the answer in the learner's words, which saves itself."""
        first_name = (self.step.name.split() or [""])[0]
        words = self.tr("In {name}’s words").format(name=first_name)
        if not first_name:
            words = self.tr("In their words")
        field = TextField(
            self.theme,
            words,
            lines=lines,
            enter_keeps=True,
            name=f"{self.step.question.ask} {words}",
        )
        field.set_text(answer_to(self.step.talk, self.step.question.id))
        field.entered.connect(self.gone_on)
        saving = Autosave(field, lambda visit: self.save_answer(field.text(), visit))
        saving.shows(self.step.talk)
        return field

    def save_answer(self, text: str, visit: str) -> None:
        """Save the answer in the talk, and where the question writes it."""
        step = self.step
        step.coaching.answer(step.talk.id, step.question.id, text, visit=visit)


class AnswerPane(StepPane):
    """One answer, as high as it needs.

    Where the board says already where this is heading, the answer begins with those words, all
    of them chosen: Enter keeps them, typing puts others in their place.
    """

    def __init__(self, step: Step, parent: QWidget | None = None) -> None:
        super().__init__(step, parent)
        self.answer = self.answer_field()
        self.column.addWidget(self.answer)
        self.quiet = QuietQuestion(self.theme, self._asked, self._put_away)
        self.quiet.bind(self.answer)
        self.column.addWidget(self.quiet)
        self._given = ""
        board_id = step.talk.storyboard_id
        if step.question.writes in _STAYS and board_id is not None and not self.answer.text():
            self._given = getattr(step.coaching.board(board_id), step.question.writes)
            self.answer.set_text(self._given)
        self.quiet.look()

    def _asked(self) -> Remark | None:
        """Return what is asked about the answer, where it stands on the board as well."""
        place, board_id = _PLACES.get(self.step.question.writes), self.step.talk.storyboard_id
        if place is None or board_id is None:
            return None
        coaching = self.step.coaching
        return coaching.wording.ask(place, self.answer.text(), coaching.board(board_id))

    def _put_away(self, remark: Remark) -> None:
        board_id = self.step.talk.storyboard_id
        if board_id is None:
            return
        try:
            self.step.coaching.wording.dismiss(Storyboard, board_id, remark)
        except GembaError as error:
            self.step.go.trouble(error)
        self.answer.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin(self) -> None:
        """Put the caret in the answer."""
        self.answer.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._given and self.answer.text() == self._given:
            self.answer.edit.selectAll()

    def agree(self) -> None:
        """Take the words of the board for the answer, because they were left as they are."""
        if self._given and self.answer.text() == self._given:
            self.save_answer(self._given, "")

    def take(self, words: str) -> None:
        """Put words into an answer that is still empty, as if they were typed."""
        if not self.answer.text().strip():
            self.answer.edit.insertPlainText(words)
            hand_over(self)


class WhenPane(StepPane):
    """What was agreed, and the day and time of the next look."""

    def __init__(self, step: Step, parent: QWidget | None = None) -> None:
        super().__init__(step, parent)
        theme = self.theme
        talk = step.fresh()
        self.agreed = TextField(
            theme,
            self.tr("What you agreed"),
            question=self.tr("Who does what until then?"),
            lines=2,
            enter_keeps=True,
        )
        self.agreed.set_text(talk.agreed)
        Autosave(self.agreed, self._save_agreed).shows(talk)
        self.column.addWidget(self.agreed)
        self.look = LookTogether(theme, today=step.today)
        self.look.set_look(talk.next_look_on, talk.next_look_time, talk)
        self.look.changed.connect(lambda fields: self._write(**fields))
        self.look.gone_on.connect(self.gone_on)
        self.agreed.entered.connect(self.look.begin)
        self.column.addWidget(self.look)
        self._build_close(talk)
        planned = step.next()
        if talk.next_look_on is None and planned is not None and planned.look_on is not None:
            self.look.set_look(planned.look_on, talk.next_look_time, talk)
            self._write(next_look_on=planned.look_on)

    def _build_close(self, talk: Talk) -> None:
        """Ask for one strong thing, one to practise, and what the learner takes away."""
        self.column.addSpacing(self.theme.px(8))
        asked = (
            ("strong", self.tr("One thing that was strong"), self.tr("What in their thinking?")),
            ("practise", self.tr("One thing to practise"), self.tr("Which part of the pattern?")),
            ("takeaway", self.tr("What they take away"), self.tr("In their words?")),
        )
        self.close_fields: dict[str, TextField] = {}
        for name, label, question in asked:
            field = TextField(self.theme, label, question=question, enter_keeps=True)
            field.set_text(getattr(talk, name))
            Autosave(field, partial(self._save_close, name)).shows(talk)
            self.column.addWidget(field)
            self.close_fields[name] = field
        fields = list(self.close_fields.values())
        for field, after in pairwise(fields):
            field.entered.connect(partial(after.edit.setFocus, Qt.FocusReason.TabFocusReason))
        fields[-1].entered.connect(self.gone_on)

    def _save_close(self, name: str, visit: str) -> None:
        words = self.close_fields[name].text()
        self.step.coaching.write(self.step.talk.id, visit=visit, **{name: words})

    def begin(self) -> None:
        """Put the caret in the day."""
        self.look.begin()

    def finish(self) -> bool:
        """Read the day and the time; False while one of them says nothing."""
        hand_over(self)
        return self.look.finish()

    def _save_agreed(self, visit: str) -> None:
        words = self.agreed.text()
        self.step.coaching.write(self.step.talk.id, visit=visit, agreed=words)
        self.save_answer(words, visit)

    def _write(self, **fields: object) -> None:
        self.step.coaching.write(self.step.talk.id, visit=self.look.visit(), **fields)
