"""A step that cannot be taken any more: why, and taking it up again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.domain.errors import GembaError
from gemba.ui.days import short_day
from gemba.ui.pages.give_reason import GiveReason

if TYPE_CHECKING:
    from gemba.services.coaching import Coaching
    from gemba.ui.go import Go
    from gemba.ui.theme import Theme


class StopStep(QWidget):
    """Stops one experiment; its prediction stays, and what happened can still be written."""

    def __init__(
        self,
        theme: Theme,
        coaching: Coaching,
        go: Go,
        experiment_id: UUID,
        *,
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._coaching = coaching
        self._go = go
        self._id = experiment_id
        self._today = today
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.reason = GiveReason(
            theme,
            coaching.drafts,
            begin=self.tr("This step is not tried any more"),
            ask=self.tr("Why is it not tried any more?"),
            keep=self.tr("Stop it"),
        )
        self.reason.given.connect(self._stop)
        self.reason.taken_back.connect(self._take_up)
        column.addWidget(self.reason)
        self.read()

    def read(self) -> None:
        """Show how the step stands; one that was looked at needs no stopping."""
        one = self._coaching.experiment(self._id)
        self.setVisible(one.stopped_on is not None or not one.result.strip())
        if one.stopped_on is None:
            self.reason.ask_for(f"stop.{one.id}")
            return
        day = short_day(one.stopped_on, self._today())
        words = self.tr("Stopped on {day}: {why}").format(day=day, why=one.stopped_because)
        self.reason.tell(words, self.tr("Take it up again"))

    def _stop(self, why: str) -> None:
        try:
            self._coaching.stop(self._id, why)
        except GembaError:
            self.reason.refuse(self.tr("Write why it is stopped."))
            return
        self.reason.done()
        self.read()

    def _take_up(self) -> None:
        try:
            self._coaching.take_up_step(self._id)
        except GembaError as error:
            self._go.trouble(error)
        self.read()
