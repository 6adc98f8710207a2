"""What a timeline is narrowed to: whose, of which kind, about what, when, and with which words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from gemba.domain.timeline import TIMELINE_KINDS, WantedTime
from gemba.domain.titles import first_words
from gemba.ui.widgets import DateField, Field, FlowLayout
from gemba.ui.widgets.choice import Choice

if TYPE_CHECKING:
    from gemba.services.looking_back import LookingBack
    from gemba.ui.theme import Theme

_LEARNER: Final = "learner "
_COACH: Final = "coach "
_PAUSE = 80


class TimelineFilter(QWidget):
    """The filters over a timeline; they combine, and `changed` says that others are wanted."""

    changed = Signal()

    def __init__(
        self,
        theme: Theme,
        looking_back: LookingBack,
        *,
        today: Callable[[], date],
        me: Callable[[], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._looking_back = looking_back
        self._me = me
        self._coaches: list[str] | None = None
        question = self.tr("Which words?")
        self.words = Field(theme, "", question=question, icon="search", name=question)
        self.words.setFixedWidth(theme.px(220))
        self.who = Choice(theme, self.tr("Person"))
        self.kind = Choice(theme, self.tr("Kind"))
        self.process = Choice(theme, self.tr("Process"))
        self.obstacle = Choice(theme, self.tr("Obstacle"))
        self.first = DateField(
            theme, "", question=self.tr("From"), today=today, name=self.tr("From")
        )
        self.last = DateField(
            theme, "", question=self.tr("Until"), today=today, name=self.tr("Until")
        )
        line = FlowLayout(self, gap=theme.px(8))
        for choice in (self.who, self.kind, self.process, self.obstacle):
            choice.set_options([("", "")], "")
        for widget in (self.words, *self._choices(), self.first, self.last):
            line.addWidget(widget)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.changed)
        self.words.edited.connect(self._pause.start)
        self.who.chosen.connect(lambda _key: self._other_person())
        for choice in (self.kind, self.process, self.obstacle):
            choice.chosen.connect(lambda _key: self.changed.emit())
        for field in (self.first, self.last):
            field.changed.connect(lambda _day: self.changed.emit())

    def _choices(self) -> tuple[Choice, ...]:
        return self.who, self.kind, self.process, self.obstacle

    def offer(self) -> None:
        """Read what there is to choose from; what is chosen stays where it is still there."""
        learners = self._looking_back.learners()
        if self._coaches is None:
            self._coaches = self._looking_back.coaches()
        coaches = self._coaches
        options = [("", self.tr("Everyone"))]
        options += [(f"{_LEARNER}{key}", name) for key, name in learners]
        coached = self.tr("Coached by {name}")
        options += [(f"{_COACH}{name}", coached.format(name=name)) for name in coaches]
        self.who.set_options(options, self.who.value)
        kinds = {
            "talk": self.tr("Cycles and talks"),
            "experiment": self.tr("Experiments"),
            "sheet": self.tr("A3s"),
            "walk": self.tr("Walks"),
            "reflection": self.tr("Reflections"),
            "session": self.tr("Other conversations"),
            "lesson": self.tr("Lessons"),
            "second_coach": self.tr("Second coach"),
        }
        every = [("", self.tr("Everything")), *((one, kinds[one]) for one in TIMELINE_KINDS)]
        self.kind.set_options(every, self.kind.value)

    def forget_coaches(self) -> None:
        """Read anew who coaches: a talk was written."""
        self._coaches = None

    def offer_of_person(self) -> None:
        """Read what the person who is chosen can be narrowed to."""
        found = self._looking_back.choices(self._learner())
        processes = [(one, first_words(one, 60)) for one in found.processes]
        obstacles = [(key, first_words(words, 60)) for key, words in found.obstacles]
        self.process.set_options([("", self.tr("Any process")), *processes], self.process.value)
        self.obstacle.set_options([("", self.tr("Any obstacle")), *obstacles], self.obstacle.value)
        self.process.setVisible(bool(processes))
        self.obstacle.setVisible(bool(obstacles))

    def _other_person(self) -> None:
        self.offer_of_person()
        self.changed.emit()

    def show_learner(self, learner: UUID) -> None:
        """Ask for one learner and for nothing narrower."""
        self._begin(f"{_LEARNER}{learner}")

    def show_coach(self, name: str) -> None:
        """Ask for one coach and for nothing narrower."""
        self._begin(f"{_COACH}{name}")

    def _begin(self, key: str) -> None:
        self._forget()
        self.who.set_value(key)
        self.offer_of_person()

    def clear(self) -> None:
        """Ask for everything of the same person."""
        self._forget()
        self.changed.emit()

    def _forget(self) -> None:
        self.words.set_text("")
        for choice in (self.kind, self.process, self.obstacle):
            choice.set_value("")
        for field in (self.first, self.last):
            field.set_value(None)

    def narrowed(self) -> bool:
        """Tell whether less than everything of somebody is asked for."""
        chosen = (one.value for one in (self.kind, self.process, self.obstacle))
        days = (self.first.value(), self.last.value())
        return bool(self.words.text().strip()) or any(chosen) or any(days)

    def title(self) -> str:
        """Return whose timeline it is, nothing for everyone's."""
        return dict(self.who.options()).get(self.who.value, "") if self.who.value else ""

    def wanted(self) -> WantedTime:
        """Return what is asked for."""
        key, me = self.who.value, self._me()
        coach = key.removeprefix(_COACH) if key.startswith(_COACH) else ""
        return WantedTime(
            learner_id=self._learner(),
            coach=coach,
            own=not key or (bool(coach) and coach.casefold() == me.casefold()),
            kinds=(self.kind.value,) if self.kind.value else TIMELINE_KINDS,
            process=self.process.value,
            obstacle=self.obstacle.value,
            first=self.first.value(),
            last=self.last.value(),
            words=self.words.text(),
        )

    def _learner(self) -> UUID | None:
        key = self.who.value
        return UUID(key.removeprefix(_LEARNER)) if key.startswith(_LEARNER) else None
