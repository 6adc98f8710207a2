"""Nine questions before a step: asked, never demanded, and kept with what was answered."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.domain.errors import GembaError
from gemba.domain.experiment import READINESS
from gemba.ui.pages.cycle_steps import Step
from gemba.ui.widgets import Button, CheckBox


def ready_words() -> dict[str, str]:
    """Return what is asked before a step, by its id (after Rother's experiment record)."""
    tr = QCoreApplication.translate
    return {
        "obstacle": tr("Ready", "Does it act on the obstacle in focus?"),
        "edge": tr("Ready", "Does it stand where our knowledge ends?"),
        "one_factor": tr("Ready", "Does it change one thing only?"),
        "soon": tr("Ready", "Is it soon and cheap?"),
        "harmless": tr("Ready", "Does it do no harm if it fails?"),
        "prediction_first": tr("Ready", "Is the prediction written first?"),
        "measurable": tr("Ready", "Can we count what happens?"),
        "builds_on": tr("Ready", "Does it build on the last step?"),
        "ready_to_be_wrong": tr("Ready", "May it turn out wrong?"),
    }


class ReadyBlock(QWidget):
    """A button that says how many are answered with yes, and the nine below it when it is open."""

    def __init__(self, step: Step, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.step = step
        theme = step.theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        self.button = Button(theme, "", kind="quiet", icon="list-todo")
        self.button.clicked.connect(self._open)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeading)
        self.list = QWidget()
        inside = QVBoxLayout(self.list)
        inside.setContentsMargins(theme.px(8), 0, 0, 0)
        inside.setSpacing(theme.px(4))
        self.boxes: dict[str, CheckBox] = {}
        words = ready_words()
        for key in READINESS:
            box = CheckBox(theme, words[key])
            box.clicked.connect(lambda _on=False, key=key: self._answer(key))
            inside.addWidget(box)
            self.boxes[key] = box
        column.addWidget(self.list)
        self.list.hide()
        self.show_ready()

    def show_ready(self) -> None:
        """Show the answers as they are kept."""
        one = self.step.next()
        yes = {answer.id for answer in one.ready if answer.ready} if one is not None else set()
        for key, box in self.boxes.items():
            box.setChecked(key in yes)
        words = self.tr("Ready to try? {n} of {count}")
        self.button.setText(words.format(n=len(yes), count=len(self.boxes)))
        self.button.setAccessibleName(self.button.text())

    def _open(self) -> None:
        self.list.setVisible(self.list.isHidden())
        if not self.list.isHidden():
            self.boxes[READINESS[0]].setFocus(Qt.FocusReason.OtherFocusReason)

    def _answer(self, key: str) -> None:
        coaching = self.step.coaching
        try:
            made = coaching.next_experiment(self.step.talk.id)
            coaching.set_ready(made.id, key, True if self.boxes[key].isChecked() else None)
        except GembaError as error:
            self.step.go.trouble(error)
        self.show_ready()
