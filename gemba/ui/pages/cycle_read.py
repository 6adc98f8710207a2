"""A cycle that has ended, to read: every question with what was answered, nothing to change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.domain.coaching import Talk
from gemba.domain.experiment import Experiment
from gemba.ui.days import clock, short_day
from gemba.ui.widgets import Label
from gemba.ui.within import within

if TYPE_CHECKING:
    from gemba.ui.theme import Theme


class ReadBack(QWidget):
    """What was asked, answered, predicted and agreed, from the first question to the last."""

    def __init__(
        self,
        theme: Theme,
        talk: Talk,
        planned: Experiment | None,
        *,
        today: Callable[[], date],
        asks: Mapping[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._today = today
        self._asks = asks or {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(4))
        for answer in talk.answers:
            unknown = self.tr("We don’t know that yet.") if answer.unknown else ""
            self._say(answer.question, "\n".join(p for p in (answer.text, unknown) if p.strip()))
        if planned is not None:
            self._show_planned(planned)
        agreed_already = any(answer.text == talk.agreed for answer in talk.answers)
        if not agreed_already:
            self._say(self.tr("Agreed"), talk.agreed)
        self._say(self.tr("We look together on"), self._look(talk))

        self._say(self.tr("One thing that was strong"), talk.strong)
        self._say(self.tr("One thing to practise"), talk.practise)
        self._say(self.tr("What they take away"), talk.takeaway)
        self._say(self.tr("Minutes at each question"), self._minutes(talk))
        self._say(self.tr("Taken up again"), self._resumed(talk))

    def _minutes(self, talk: Talk) -> str:
        asked = {**self._asks, **{answer.id: answer.question for answer in talk.answers}}
        words = self.tr("{n} min: {question}")
        return "\n".join(
            words.format(n=f"{one.seconds / 60:.1f}", question=asked[one.at_step])
            for one in talk.times
            if one.at_step in asked
        )

    def _resumed(self, talk: Talk) -> str:
        lines = []
        for one in talk.resumed:
            day = short_day(one.at.date(), self._today())
            lines.append(f"{day}, {one.coach}" if one.coach else day)
        return "\n".join(lines)

    def words(self) -> str:
        """Everything that is shown, line by line."""
        return "\n".join(label.text() for label in within(self, Label))

    def _show_planned(self, planned: Experiment) -> None:
        self._say(self.tr("What we expected"), planned.prediction)
        for amendment in planned.amendments:
            day = short_day(amendment.at.date(), self._today())
            self._say(self.tr("Added on {day}").format(day=day), amendment.text)
        if planned.predicted_at is not None:
            day = short_day(planned.predicted_at.date(), self._today())
            said = self.tr("{day} at {time}").format(day=day, time=clock(planned.predicted_at))
            self._say(self.tr("“This is my prediction” was said on"), said)
        self._say(self.tr("Measured by"), planned.measure)

    def _look(self, talk: Talk) -> str:
        if talk.next_look_on is None:
            return ""
        day = short_day(talk.next_look_on, self._today())
        return f"{day}, {talk.next_look_time}" if talk.next_look_time else day

    def _say(self, head: str, words: str) -> None:
        if not words.strip():
            return
        self._column.addWidget(Label(self.theme, head, step="small", tone="ink_soft"))
        self._column.addWidget(Label(self.theme, words))
        self._column.addSpacing(self.theme.px(16))
