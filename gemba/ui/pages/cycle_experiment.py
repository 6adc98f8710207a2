"""The questions of a cycle that are about an experiment: predict first, then what happened."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.changes import Ref
from gemba.domain.errors import GembaError
from gemba.domain.experiment import Experiment
from gemba.ui.autosave import Autosave, hand_over
from gemba.ui.pages.cycle_number import NumberRow
from gemba.ui.pages.cycle_phase import PLANNING
from gemba.ui.pages.cycle_prediction import LastPrediction, NextPrediction
from gemba.ui.pages.cycle_ready import ReadyBlock
from gemba.ui.pages.cycle_steps import Step, StepPane
from gemba.ui.pages.cycle_stop import StopStep
from gemba.ui.widgets import Button, DateField, Field, Label, Notice, Segmented, TextField


class PredictedPane(StepPane):
    """What was predicted, as it was written, and what the learner says about it."""

    def __init__(self, step: Step, parent: QWidget | None = None) -> None:
        super().__init__(step, parent)
        self.prediction = LastPrediction(step, self)
        self.prediction.show_prediction()
        self.prediction.words.entered.connect(self.gone_on)
        self.column.addWidget(self.prediction)
        self.answer = self.answer_field(lines=2)
        self.column.addWidget(self.answer)

    def begin(self) -> None:
        """Put the caret in the prediction while it is open, else in the answer."""
        one = self.step.last()
        field = self.answer if one is not None and one.committed else self.prediction.words
        field.edit.setFocus(Qt.FocusReason.OtherFocusReason)


class ResultPane(StepPane):
    """What happened or what was learned; closed until there is a prediction."""

    def __init__(self, step: Step, parent: QWidget | None = None) -> None:
        super().__init__(step, parent)
        theme = self.theme
        self.closed = Notice(theme, "", kind="plain")
        self.closed.acted.connect(self._say)
        self.column.addWidget(self.closed)
        self.answer = self.answer_field(lines=2)
        self.answer.edited.connect(self._typed)
        self.column.addWidget(self.answer)
        self.number = NumberRow(theme, self.tr("Happened, as a number"), self._save_number)
        self.column.addWidget(self.number)
        self.outcome = Segmented(
            theme,
            (
                ("as expected", self.tr("As expected")),
                ("different", self.tr("Different")),
                ("unclear", self.tr("Unclear")),
            ),
            name=self.tr("Compared with the prediction"),
        )
        self.outcome.chosen.connect(self._judge)
        self.outcome_words = Label(
            theme,
            self.tr("Compared with the prediction, that is"),
            step="small",
            tone="ink_soft",
            wrap=False,
        )
        self._results = step.question.writes == "experiment.result"
        box = QVBoxLayout()
        box.setSpacing(theme.px(4))
        box.addWidget(self.outcome_words)
        box.addWidget(self.outcome, 0, Qt.AlignmentFlag.AlignLeading)
        self.column.addLayout(box)
        self.stop: StopStep | None = None
        last = step.last()
        if last is not None and self._results:
            self.stop = StopStep(
                theme, step.coaching, step.go, last.id, today=step.today, parent=self
            )
            self.column.addWidget(self.stop)
        self._show()

    def _show(self) -> None:
        one = self.step.last()
        open_now = one is not None and one.committed
        written = ""
        if one is not None:
            written = one.result if self._results else one.learned
        if written and written != self.answer.text():
            self.answer.set_text(written)
        self.answer.set_read_only(not open_now)
        self.answer.setVisible(open_now or bool(self.answer.text()))
        self.closed.setVisible(not open_now)
        words = self.tr("The result opens once {name} has said: This is my prediction.")
        action = ""
        if one is not None and one.prediction.strip():
            action = self.tr("This is my prediction")
            expected = self.tr("Expected: {words}").format(words=one.prediction)
            words = f"{expected}\n{words}"
        self.closed.say(words.format(name=self.step.name), action)
        self.number.show_number(one, one.numbers.happened if one else None, locked=not open_now)
        self.number.lock_unit()
        predicted = one is not None and one.numbers.predicted is not None
        self.number.setVisible(self._results and open_now and predicted)
        if one is not None and one.outcome:
            self.outcome.set_value(one.outcome)
        self._typed()

    def begin(self) -> None:
        """Put the caret in the result, or on the button that opens it."""
        opened = self.closed.isHidden()
        held: QWidget = self.answer.edit if opened else self.closed.button
        held.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed(self) -> None:
        judged = self._results and self.closed.isHidden() and bool(self.answer.text().strip())
        self.outcome.setVisible(judged)
        self.outcome_words.setVisible(judged)

    def _say(self) -> None:
        one = self.step.last()
        if one is None:
            return
        try:
            self.step.coaching.commit_prediction(one.id)
        except GembaError as error:
            self.step.go.trouble(error)
            return
        self._show()
        self.begin()

    def finish(self) -> bool:
        """Hand over what was typed; False while the number is none."""
        return self.number.sound() and super().finish()

    def _save_number(self, visit: str, **fields: object) -> None:
        one = self.step.last()
        if one is not None and "number" in fields:
            self.step.coaching.write_number(one.id, visit=visit, happened=fields["number"])

    def _judge(self, outcome: str) -> None:
        hand_over(self)
        one = self.step.last()
        if one is None:
            return
        try:
            self.step.coaching.judge(one.id, outcome)
        except GembaError as error:
            self.step.go.trouble(error)
        self.answer.edit.setFocus(Qt.FocusReason.OtherFocusReason)


class NextPane(StepPane):
    """What will be tried and what is expected of it, before it is done."""

    def __init__(self, step: Step, parent: QWidget | None = None) -> None:
        super().__init__(step, parent)
        theme = self.theme
        words, question = self.tr("What will you try?"), self.tr("One step, as small as you can")
        if step.talk.definition == PLANNING:
            words = self.tr("What will you look at?")
            question = self.tr("One place, one thing to watch")
        self.trying = TextField(
            theme,
            words,
            question=question,
            lines=2,
            enter_keeps=True,
        )
        self._trying_saved = Autosave(self.trying, self._save_step)
        self.column.addWidget(self.trying)
        self.prediction = NextPrediction(step, self)
        self.prediction.said.connect(self._lock)
        self.column.addWidget(self.prediction)
        self._build_measure()
        self.ready = ReadyBlock(step)
        self.column.addWidget(self.ready)
        self.delete = Button(theme, self.tr("Delete this step"), kind="quiet", icon="trash-2")
        self.delete.clicked.connect(self._throw_away)
        self.column.addWidget(self.delete, 0, Qt.AlignmentFlag.AlignLeft)
        self.trying.entered.connect(self._to_prediction)
        self.prediction.words.entered.connect(self._to_measure)
        self._show()

    def _build_measure(self) -> None:
        theme = self.theme
        row = QHBoxLayout()
        row.setSpacing(theme.px(16))
        self.measure = Field(
            theme, self.tr("How is it measured?"), question=self.tr("Count what, where?")
        )
        self._measure_saved = Autosave(self.measure, self._save_measure)
        self.measure.entered.connect(lambda: self.look_on.line.setFocus())
        self.look_on: DateField = DateField(
            theme, self.tr("We look on"), question=self.tr("Tomorrow?"), today=self.step.today
        )
        self.look_on.changed.connect(
            lambda day: self._write(self._measure_saved.visit, look_on=day)
        )
        self.look_on.entered.connect(self._past_day)
        row.addWidget(self.measure, 1)
        row.addWidget(self.look_on)
        self.column.addLayout(row)

    def _throw_away(self) -> None:
        """Put the step into the bin; a locked prediction offers this no more."""
        hand_over(self)
        self.step.coaching.settle()
        one = self.step.next()
        if one is None or one.committed:
            return
        self.step.go.throw_away(Ref("experiment", one.id), listed=True)
        for field in (self.trying, self.measure):
            field.set_text("")
        self.look_on.set_value(None)
        self._show()

    def _show(self) -> None:
        one = self.step.next()
        locked = one is not None and one.committed
        if one is not None:
            self.trying.set_text(one.step)
            self.measure.set_text(one.measure)
            self.look_on.set_value(one.look_on)
            self._shows(one)
        self.delete.setVisible(one is not None and not locked)
        self.trying.set_read_only(locked)
        self.measure.set_read_only(locked)
        self.prediction.show_prediction()

    def begin(self) -> None:
        """Put the caret in the step, or in the added sentence once it is locked."""
        one = self.step.next()
        field = self.prediction.more if one is not None and one.committed else self.trying
        field.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish(self) -> bool:
        """Hand over what was typed; False while the day says nothing."""
        hand_over(self)
        self.look_on.read()
        return not self.look_on.said()

    def _to_prediction(self) -> None:
        self.prediction.words.edit.setFocus(Qt.FocusReason.TabFocusReason)

    def _to_measure(self) -> None:
        self.measure.line.setFocus(Qt.FocusReason.TabFocusReason)

    def _past_day(self) -> None:
        if not self.look_on.said():
            self.gone_on.emit()

    def _lock(self) -> None:
        self._show()
        self.begin()

    def _save_step(self, visit: str) -> None:
        self.save_answer(self.trying.text(), visit)

    def _save_measure(self, visit: str) -> None:
        self._write(visit, measure=self.measure.text())

    def _shows(self, one: Experiment) -> None:
        for saving in (self._trying_saved, self._measure_saved):
            saving.shows(one)

    def _write(self, visit: str, **fields: object) -> None:
        before = self.step.next()
        one = self.step.coaching.next_experiment(self.step.talk.id)
        if before is None:
            self._shows(one)
        self.step.coaching.write_experiment(one.id, visit=visit, **fields)
