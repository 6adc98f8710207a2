"""Telling back: on which day, to whom, and what was said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.domain.promise import ANSWERS, ToldBack
from gemba.ui.widgets import Button, DateField, Label, NameField, Segmented, TextField
from gemba.ui.widgets.sentence import Sentence

if TYPE_CHECKING:
    from gemba.ui.theme import Theme


class TellBack(QWidget):
    """Done, or not now because; `told` hands on the answer as it was given."""

    told = Signal(object)

    def __init__(
        self, theme: Theme, *, today: Callable[[], date], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._today = today
        self._to_whom = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(16))
        column.addWidget(Label(theme, self.tr("Tell back"), step="strong"))
        self.to = NameField(
            theme, "", question=self.tr("Who asked?"), name=self.tr("Whom did you tell?")
        )
        self.on = DateField(theme, "", today=today, name=self.tr("When?"))
        self.answer = Segmented(
            theme,
            [("done", self.tr("Done")), ("not now", self.tr("Not now, because"))],
            value="done",
            name=self.tr("What is the answer?"),
        )
        sentence = Sentence(theme)
        sentence.add_words(self.tr("I told"))
        sentence.add_field(self.to, 216)
        sentence.add_words(self.tr("on"))
        sentence.add_field(self.on)
        sentence.add(self.answer)
        column.addWidget(sentence)
        self.said = TextField(
            theme,
            "",
            question=self.tr("What did you say?"),
            enter_keeps=True,
            name=self.tr("What did you say?"),
        )
        self.said.rule()
        column.addWidget(self.said)
        self.they_said = TextField(
            theme,
            "",
            question=self.tr("What did they say?"),
            enter_keeps=True,
            name=self.tr("What did they say?"),
        )
        self.they_said.rule()
        column.addWidget(self.they_said)
        self.done = Button(theme, self.tr("Told back"), kind="primary", icon="handshake")
        column.addWidget(self.done, 0, Qt.AlignmentFlag.AlignTrailing)
        self.answer.chosen.connect(self._ask)
        self.done.clicked.connect(self._finish)
        self.said.entered.connect(self._finish)
        self.they_said.entered.connect(self._finish)
        self.to.entered.connect(lambda: self.said.edit.setFocus())
        self.on.entered.connect(lambda: self.said.edit.setFocus())

    def set_names(self, names: Sequence[tuple[UUID, str]]) -> None:
        """The people to choose from."""
        self.to.set_names(names)

    def reset(self, to: str) -> None:
        """Begin anew: today, to the person who raised it, done."""
        self.to.set_value(None, to)
        self._to_whom = to
        self.on.set_value(self._today())
        self.answer.set_value("done")
        self._ask("done")
        self.said.set_text("")
        self.they_said.set_text("")
        for field in (self.to, self.on, self.said):
            field.say("")

    def refuse(self, because: str) -> None:
        """Begin with a no, for the reason that was decided."""
        self.answer.set_value("not now")
        self._ask("not now")
        self.said.set_text(because)

    def is_written(self) -> bool:
        """Whether something was typed that does not stand here by itself."""
        typed = self.said.text() + self.they_said.text()
        return bool(typed.strip()) or self.to.line.text() != self._to_whom

    def texts(self) -> dict[str, str]:
        """What stands in the fields, for keeping it while it is typed."""
        on = self.on.value()
        return {
            "to": self.to.line.text(),
            "on": on.isoformat() if on is not None else "",
            "answer": self.answer.value(),
            "said": self.said.text(),
            "they_said": self.they_said.text(),
        }

    def recall(self, texts: dict[str, str]) -> None:
        """Put back what stood here when the page was left."""
        if not texts:
            return
        self.to.set_value(None, texts.get("to", ""))
        self.said.set_text(texts.get("said", ""))
        self.they_said.set_text(texts.get("they_said", ""))
        try:
            self.on.set_value(date.fromisoformat(texts["on"]))
        except (KeyError, ValueError):
            self.on.set_value(self._today())
        if texts.get("answer") in ANSWERS:
            self.answer.set_value(texts["answer"])
            self._ask(texts["answer"])

    def begin(self) -> None:
        """Put the caret where the first words go."""
        field = self.said.edit if self.to.value()[1] else self.to.line
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self, answer: str) -> None:
        done = answer == "done"
        name = self.tr("What did you say?") if done else self.tr("Because?")
        question = self.tr("What did you say?") if done else self.tr("Because of what?")
        self.said.edit.setAccessibleName(name)
        self.said.edit.setPlaceholderText(question)

    def _finish(self) -> None:
        self.on.read()
        on, name, said = self.on.value(), self.to.value()[1], self.said.text().strip()
        self.to.say("" if name else self.tr("Name the person you told."))
        self.said.say("" if said else self.tr("Write what you said; a few words are enough."))
        if on is None and not self.on.said():
            self.on.say(self.tr("On which day?"))
        if not name:
            self.to.line.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not said:
            self.said.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        elif on is not None:
            self.told.emit(
                ToldBack(
                    on=on,
                    to=name,
                    answer=self.answer.value(),
                    said=said,
                    they_said=self.they_said.text().strip(),
                )
            )
