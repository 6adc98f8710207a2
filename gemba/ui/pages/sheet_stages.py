"""The stage of a sheet: chosen, then stated in one sentence; every statement stays with its day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.domain.errors import GembaError
from gemba.domain.sheet import STAGES
from gemba.ui.pages.common import clear
from gemba.ui.widgets import Button, Label, Radio, TextField

if TYPE_CHECKING:
    from uuid import UUID

    from gemba.ui.pages.sheet_desk import SheetHost


class StagePart(QWidget):
    """Nothing moves by a click alone: the sentence why is what moves the sheet."""

    def __init__(self, page: SheetHost) -> None:
        super().__init__()
        self.page = page
        theme = page.theme
        self.chosen = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(Label(theme, self.tr("Stage"), step="small", tone="ink_soft"))
        self.choices: dict[str, Radio] = {}
        column.addWidget(self._stages())
        self.why = TextField(
            theme, self.tr("Why, in one sentence"), question=self.tr("What has shown you that?")
        )
        self.why.edited.connect(self._keep_draft)
        self.state = Button(theme, "")
        self.state.clicked.connect(self._state)
        column.addWidget(self.why)
        column.addWidget(self.state, 0, Qt.AlignmentFlag.AlignLeft)
        self.steps = QVBoxLayout()
        self.steps.setSpacing(theme.px(4))
        column.addLayout(self.steps)
        page.desk.recorder.settle()
        left = page.desk.drafts.read(self._draft())
        if left.get("stage", "") in STAGES:
            self.why.set_text(left.get("why", ""))
            self.choices[left["stage"]].setChecked(True)
        self.refresh()

    def refresh(self) -> None:
        """Show the stage and its statements as they are now, and what is being stated."""
        sheet = self.page.sheet
        assert sheet is not None
        if self.chosen in ("", sheet.stage):
            self.chosen = ""
            choice = self.choices.get(sheet.stage)
            if choice is not None and not choice.isChecked():
                choice.setChecked(True)
        asking = bool(self.chosen)
        self.why.setVisible(asking)
        self.state.setVisible(asking)
        if asking:
            name = self.page.desk.words(f"sheet.stages.{self.chosen}")
            self.state.setText(self.tr("It is at “{stage}” now").format(stage=name))
        clear(self.steps)
        for step in reversed(sheet.stage_steps):
            name = self.page.desk.words(f"sheet.stages.{step.stage}")
            head = f"{name} · {self.page.desk.day(step.on)}"
            self.steps.addWidget(Label(self.page.theme, head, step="small", tone="ink_soft"))
            self.steps.addWidget(Label(self.page.theme, step.why))

    def _id(self) -> UUID:
        assert self.page.sheet is not None
        return self.page.sheet.id

    def _draft(self) -> str:
        return f"stage.{self._id()}"

    def _keep_draft(self) -> None:
        text = self.why.text() if self.chosen else ""
        stage = self.chosen if text.strip() else ""
        self.page.desk.drafts.keep(self._draft(), stage=stage, why=text)

    def _stages(self) -> QWidget:
        assert self.page.sheet is not None
        stages = QWidget()
        column = QVBoxLayout(stages)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for stage in STAGES:
            words = self.page.desk.words(f"sheet.stages.{stage}")
            checked = stage == self.page.sheet.stage
            choice = Radio(self.page.theme, words, checked=checked, parent=stages)
            choice.toggled.connect(lambda on, stage=stage: self._choose(stage) if on else None)
            self.choices[stage] = choice
            column.addWidget(choice)
        return stages

    def _choose(self, stage: str) -> None:
        assert self.page.sheet is not None
        self.chosen = "" if stage == self.page.sheet.stage else stage
        self.why.say("")
        self.refresh()

    def _state(self) -> None:
        page = self.page
        before = page.desk.sheets.get(self._id())
        try:
            after = page.desk.course.move(before.id, self.chosen, self.why.text())
        except GembaError as error:
            self.why.say(page.desk.words(error.key, **error.values))
            self.why.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.why.set_text("")
        page.desk.drafts.drop(self._draft())
        page.sheet, self.chosen = after, ""
        self.refresh()
        page.draw()

        def take_back() -> None:
            page.desk.course.take_back_move(before.id, before)

        name = page.desk.words(f"sheet.stages.{after.stage}")
        page.go.say(self.tr("The sheet is at “{stage}”.").format(stage=name), take_back)
