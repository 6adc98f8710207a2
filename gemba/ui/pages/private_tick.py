"""The tick that lets private notes onto paper or into a file; never while the learner looks on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt

from gemba.ui.widgets import CheckBox

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from gemba.ui.learners_view import LearnersView
    from gemba.ui.theme import Theme


class PrivateTick(CheckBox):
    """Off at first, and off and out of sight as long as the learner looks on."""

    def __init__(
        self, theme: Theme, learners_view: LearnersView, parent: QWidget | None = None
    ) -> None:
        words = QCoreApplication.translate("PrivateTick", "With private notes and private sheets")
        super().__init__(theme, words, parent=parent)
        learners_view.changed.connect(self._hide_from_learner)
        self._hide_from_learner(learners_view.on)

    def _hide_from_learner(self, looks_on: bool) -> None:
        if looks_on:
            self.setChecked(False)
            self.hide()
        elif self.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide):
            self.show()
