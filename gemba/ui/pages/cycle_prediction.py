"""A prediction: open while it is written, and locked when the learner says that it is theirs."""

from __future__ import annotations

from abc import abstractmethod
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.errors import GembaError
from gemba.domain.experiment import Experiment
from gemba.ui.autosave import Autosave, hand_over
from gemba.ui.days import clock, short_day
from gemba.ui.pages.common import clear
from gemba.ui.pages.cycle_number import NumberRow
from gemba.ui.pages.cycle_steps import Step
from gemba.ui.widgets import Button, Label, TextField
from gemba.ui.widgets.quiet_question import QuietQuestion

if TYPE_CHECKING:
    from gemba.domain.wording import Remark


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
        self.number = NumberRow(theme, self.tr("As a number"), self._save_number)
        self.quiet = QuietQuestion(theme, self._asked, self._put_away)
        self.quiet.bind(self.words)
        column.addWidget(self.words)
        column.addWidget(self.quiet)
        column.addWidget(self.number)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self.since)
        column.addLayout(self._added)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self.more, 1)
        row.addWidget(self.add, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(row)
        self._saving = Autosave(self.words, self._save)

    @abstractmethod
    def experiment(self) -> Experiment | None:
        """The experiment the prediction is about, or None before there is one."""

    @abstractmethod
    def opened(self) -> Experiment:
        """The experiment, whose line in the record is opened where there is none yet."""

    def show_prediction(self) -> None:
        """Show the prediction as it stands."""
        one = self.experiment()
        committed = one is not None and one.committed
        self.words.set_text(one.prediction if one else "")
        self._saving.shows(*([one] if one else []))
        self.words.set_read_only(committed)
        number = one.numbers.predicted if one else None
        self.number.show_number(one, number, locked=committed)
        self.number.setVisible(not committed or number is not None)
        self.quiet.look()
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
        if not self.number.sound():
            self.number.number.setFocus(Qt.FocusReason.OtherFocusReason)
            return
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
        before = self.experiment()
        one = self.opened()
        if before is None:
            self._saving.shows(one)
        self.step.coaching.write_experiment(one.id, visit=visit, prediction=self.words.text())

    def _asked(self) -> Remark | None:
        one = self.experiment()
        if one is not None and one.committed:
            return None
        return self.step.coaching.wording.ask("board_prediction", self.words.text(), one)

    def _put_away(self, remark: Remark) -> None:
        try:
            self.step.coaching.wording.dismiss(Experiment, self.opened().id, remark)
        except GembaError as error:
            self.step.go.trouble(error)
        self.words.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save_number(self, visit: str, **fields: object) -> None:
        named = {"predicted" if name == "number" else name: held for name, held in fields.items()}
        self.step.coaching.write_number(self.opened().id, visit=visit, **named)

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
