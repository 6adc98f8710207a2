"""The questions of a cycle that are about an experiment: predict first, then what happened."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.errors import GembaError
from gemba.domain.experiment import Experiment
from gemba.ui.autosave import Autosave, hand_over
from gemba.ui.days import clock, short_day
from gemba.ui.pages.common import clear
from gemba.ui.pages.cycle_steps import Step, StepPane
from gemba.ui.widgets import Button, DateField, Field, Label, Notice, Segmented, TextField


class Prediction(QWidget):
    """A prediction: open until the learner says it is theirs, then as it was made.

    ``said`` tells that it was locked just now.
    """

    said = Signal()

    def __init__(self, step: Step, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.step = step
        theme = step.theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        self.words = TextField(
            theme,
            self.tr("What do you expect to see?"),
            question=self.tr("A number, where there is one"),
            lines=2,
            enter_keeps=True,
        )
        self.button = Button(theme, self.tr("This is my prediction"), icon="lock")
        self.button.clicked.connect(self.say)
        self.since = Label(theme, "", step="small", tone="ink_soft")
        self._added = QVBoxLayout()
        self._added.setSpacing(theme.px(4))
        self.more = TextField(
            theme,
            self.tr("Add a sentence below"),
            question=self.tr("What else do you expect now?"),
            enter_keeps=True,
        )
        self.more.entered.connect(self._add)
        self.add = Button(theme, self.tr("Add"), icon="plus")
        self.add.clicked.connect(self._add)
        column.addWidget(self.words)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self.since)
        column.addLayout(self._added)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self.more, 1)
        row.addWidget(self.add, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(row)
        Autosave(self.words, self._save)

    def experiment(self) -> Experiment | None:
        """The experiment the prediction is about, or None before there is one."""
        raise NotImplementedError

    def opened(self) -> Experiment:
        """The experiment, whose line in the record is opened where there is none yet."""
        raise NotImplementedError

    def show_prediction(self) -> None:
        """Show the prediction as it stands."""
        one = self.experiment()
        committed = one is not None and one.committed
        self.words.set_text(one.prediction if one else "")
        self.words.set_read_only(committed)
        self.button.setVisible(not committed)
        for widget in (self.since, self.more, self.add):
            widget.setVisible(committed)
        clear(self._added)
        if one is None or one.predicted_at is None:
            return
        self.since.setText(self._said_on(one.predicted_at))
        for amendment in one.amendments:
            words = self.tr("{day}, {time}: {words}").format(
                day=short_day(amendment.at.date(), self.step.today()),
                time=clock(amendment.at),
                words=amendment.text,
            )
            self._added.addWidget(Label(self.step.theme, words))

    def say(self) -> None:
        """Lock the prediction, because the learner says so."""
        # The step and the measure beside it are locked together with the prediction.
        hand_over(self.parentWidget() or self)
        try:
            self.step.coaching.commit_prediction(self.opened().id)
        except GembaError as error:
            if error.key == "experiment.no_prediction":
                self.words.say(self.tr("Write what you expect to see first."))
                self.words.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self.step.go.trouble(error)
            return
        self.words.say("")
        self.show_prediction()
        self.said.emit()

    def _said_on(self, at: datetime) -> str:
        words = self.tr("{name} said so on {day} at {time}. It stays as it was made.")
        return words.format(
            name=self.step.name, day=short_day(at.date(), self.step.today()), time=clock(at)
        )

    def _save(self, visit: str) -> None:
        self.words.say("")
        self.step.coaching.write_experiment(
            self.opened().id, visit=visit, prediction=self.words.text()
        )

    def _add(self) -> None:
        words = self.more.text().strip()
        one = self.experiment()
        if one is None or not words:
            return
        try:
            self.step.coaching.amend_prediction(one.id, words)
        except GembaError as error:
            self.step.go.trouble(error)
            return
        self.more.set_text("")
        self.show_prediction()


class LastPrediction(Prediction):
    """The prediction of the step that is looked back on."""

    def experiment(self) -> Experiment | None:
        """The last experiment."""
        return self.step.last()

    def opened(self) -> Experiment:
        """The last experiment, which there always is where one looks back."""
        one = self.step.last()
        assert one is not None
        return one


class NextPrediction(Prediction):
    """The prediction of the step that comes next."""

    def experiment(self) -> Experiment | None:
        """The experiment this talk plans, or None."""
        return self.step.next()

    def opened(self) -> Experiment:
        """The experiment this talk plans."""
        return self.step.coaching.next_experiment(self.step.talk.id)


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
        self.trying = TextField(
            theme,
            self.tr("What will you try?"),
            question=self.tr("One step, as small as you can"),
            lines=2,
            enter_keeps=True,
        )
        self._trying_saved = Autosave(self.trying, self._save_step)
        self.column.addWidget(self.trying)
        self.prediction = NextPrediction(step, self)
        self.prediction.said.connect(self._lock)
        self.column.addWidget(self.prediction)
        self._build_measure()
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
        self.look_on.changed.connect(lambda day: self._write("", look_on=day))
        self.look_on.entered.connect(self._past_day)
        row.addWidget(self.measure, 1)
        row.addWidget(self.look_on)
        self.column.addLayout(row)

    def _show(self) -> None:
        one = self.step.next()
        locked = one is not None and one.committed
        if one is not None:
            self.trying.set_text(one.step)
            self.measure.set_text(one.measure)
            self.look_on.set_value(one.look_on)
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

    def _write(self, visit: str, **fields: object) -> None:
        one = self.step.coaching.next_experiment(self.step.talk.id)
        self.step.coaching.write_experiment(one.id, visit=visit, **fields)
