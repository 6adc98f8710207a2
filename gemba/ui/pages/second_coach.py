"""A second coach's sheet: what coach and learner said in five phases, and feedback to the coach.

The feedback is the coach's and never the learner's; before and after it the coach is asked first.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.domain.changes import Ref
from gemba.domain.coach_log import PRACTICE_LEVELS, SecondCoach
from gemba.domain.errors import GembaError
from gemba.domain.minutes import said_minutes
from gemba.ui.autosave import Autosave, hand_over
from gemba.ui.days import long_day
from gemba.ui.pages.common import record_or_back
from gemba.ui.pages.practice_words import level_meaning, level_word
from gemba.ui.pages.print_panel import PrintHost
from gemba.ui.pages.second_coach_phases import PhaseRows
from gemba.ui.widgets import (
    Button,
    Column,
    Field,
    Label,
    PageHead,
    ScrollPage,
    Segmented,
    TextField,
)

if TYPE_CHECKING:
    from gemba.services.exports import Exports
    from gemba.services.practice import Practice
    from gemba.ui.go import Go
    from gemba.ui.theme import Theme


class SecondCoachPage(QWidget):
    """Written at the board or from a printed sheet; everything is saved as it is typed.

    ``ticks`` counts seconds for the clock.
    """

    def __init__(
        self,
        theme: Theme,
        *,
        practice: Practice,
        exports: Exports,
        go: Go,
        ticks: Callable[[], float] = monotonic,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._ticks = ticks
        self._since = 0.0
        self._practice = practice
        self._exports = exports
        self._go = go
        self._id: UUID | None = None
        self._texts: dict[str, Field | TextField] = {}
        self._saves: list[Autosave] = []
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._view = ScrollPage(theme)
        self.paper = PrintHost(
            theme,
            self._view,
            title=lambda: self.tr("Second coach"),
            draw=self._draw,
            write=exports.write_file,
            go=go,
        )
        outer.addWidget(self.paper)
        self._build_head()
        self.clock = Button(theme, self.tr("Start the clock"), icon="timer", checkable=True)
        self.clock.setToolTip(self.tr("It runs for the phase in which the caret stands"))
        self.clock.toggled.connect(self._turn_clock)
        self._view.body.addWidget(self.clock, 0, Qt.AlignmentFlag.AlignLeft)
        self._view.space(8)
        self._tick = QTimer(self)
        self._tick.setInterval(500)
        self._tick.timeout.connect(self.tick)
        self.phases = PhaseRows(theme, self._save_phase)
        self._view.add(self.phases)
        self._build_feedback()
        self._view.space(24)
        self._view.finish()

    def _build_head(self) -> None:
        theme = self.theme
        self.head = PageHead(theme, self.tr("Second coach"))
        self.print = Button(theme, self.tr("Print"), icon="printer")
        self.print.clicked.connect(self.paper.show_paper)
        self.own = Button(theme, self.tr("Your own practice"), icon="chart-line")
        self.own.clicked.connect(lambda: self._go.to("practice"))
        self.drop = Button(theme, self.tr("Delete"), kind="quiet", icon="trash-2")
        self.drop.clicked.connect(self._drop)
        for button in (self.own, self.print, self.drop):
            self.head.add_action(button)
        self._view.add(self.head)
        self.who = Label(theme, "", tone="ink_soft")
        self._view.add(self.who)
        self._view.space(16)
        column = Column(theme, gap=8)
        self._view.add(column)
        self._field(column, "second_coach", Field(theme, self.tr("Second coach")))
        self._field(
            column,
            "before",
            TextField(
                theme,
                self.tr("Before: what does the coach mean to practise?"),
                question=self.tr("Asked, not told"),
            ),
        )
        self._view.space(16)

    def _build_feedback(self) -> None:
        theme = self.theme
        self._view.section(self.tr("For the coach, not for the learner"))
        column = Column(theme, gap=8)
        self._view.add(column)
        for name, label, question in (
            ("strong", self.tr("One thing that was strong"), ""),
            ("feedback", self.tr("What I saw"), self.tr("Facts from the lines above")),
            ("practise", self.tr("One thing to practise"), ""),
            ("reply", self.tr("After: what the coach says to it"), ""),
        ):
            self._field(column, name, TextField(theme, label, question=question))
        column.space(theme.px(8))
        column.add(Label(theme, self.tr("Where the coach stands, as I see it"), step="strong"))
        steps = range(1, len(PRACTICE_LEVELS) + 1)
        words = [(str(one), level_word(one)) for one in steps]
        self.level = Segmented(theme, words, name=self.tr("Practice level"))
        self.level.chosen.connect(lambda key: self._choose_level(int(key)))
        column.add(self.level)
        self.meaning = Label(theme, "", tone="ink_soft")
        column.add(self.meaning)
        self.no_level = Button(theme, self.tr("I have no view of it"), kind="quiet")
        self.no_level.clicked.connect(lambda: self._choose_level(0))
        column.body.addWidget(self.no_level, 0, Qt.AlignmentFlag.AlignLeft)

    def _field(self, column: Column, name: str, field: Field | TextField) -> None:
        self._texts[name] = field
        self._saves.append(Autosave(field, lambda visit: self._save(visit, **{name: field.text()})))
        column.add(field)

    def text(self, name: str) -> Field | TextField:
        """The field of this name."""
        return self._texts[name]

    # The page in the window

    def page_title(self) -> str:
        """Name the page; nothing that was noted, and nobody."""
        return self.tr("Second coach")

    def arrive(self, **what: object) -> None:
        """Show a sheet by ``watched``, or begin one, for a ``talk`` where one is named."""
        self._id = None
        try:
            if not isinstance(what.get("watched"), UUID):
                talk = what.get("talk")
                made = self._practice.watch(talk if isinstance(talk, UUID) else None)
                what = {"watched": made.id}
        except GembaError as error:
            self._go.trouble(error)
            self._go.to("practice")
            return
        found = record_or_back(
            self._go, what, "watched", self._practice.watched, otherwise="practice"
        )
        if found is None:
            return
        self._id = found.id
        self._show(found)
        self._view.verticalScrollBar().setValue(0)
        self.text("second_coach").setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Hand over what is being written; a sheet with nothing on it goes away."""
        self.clock.setChecked(False)
        hand_over(self)
        self.paper.close_drawer()
        left, self._id = self._id, None
        if left is None:
            return
        try:
            self._practice.drop_if_empty(left)
        except GembaError as error:
            self._go.trouble(error)

    def _show(self, sheet: SecondCoach) -> None:
        for autosave in self._saves:
            autosave.shows(sheet)
        for name, field in self._texts.items():
            field.set_text(getattr(sheet, name))
        self.phases.show_phases(sheet)
        learner = self._practice.name_of(sheet.learner_id)
        took = said_minutes(60 * sheet.minutes)
        parts = [
            self.tr("Coach: {name}").format(name=sheet.coach) if sheet.coach else "",
            self.tr("Learner: {name}").format(name=learner) if learner else "",
            self.tr("{n} min").format(n=sheet.minutes) if took else "",
        ]
        self.head.set_title(self.page_title(), long_day(sheet.watched_on))
        self.who.setText(" · ".join(part for part in parts if part))
        self.who.setVisible(bool(self.who.text()))
        self._show_level(sheet.level)

    # The clock

    def _turn_clock(self, on: bool) -> None:
        self.clock.setText(self.tr("Stop the clock") if on else self.tr("Start the clock"))
        if on:
            self._since = self._ticks()
            self._tick.start()
            self.phases.mark(self.phases.at_hand())
        else:
            if self._tick.isActive():
                self.tick()
            self._tick.stop()
            self.phases.mark(None)

    def tick(self) -> None:
        """Give the time that has passed to the phase at hand."""
        now = self._ticks()
        passed, self._since = now - self._since, now
        self.phases.time_on(passed)
        self.phases.mark(self.phases.at_hand())

    # What is written

    def _save(self, visit: str, **fields: object) -> None:
        if self._id is not None:
            self._practice.write(self._id, visit=visit, **fields)

    def _save_phase(self, phase: str, visit: str, fields: dict[str, object]) -> None:
        if self._id is not None:
            self._practice.write_phase(self._id, phase, visit=visit, **fields)

    def _choose_level(self, level: int) -> None:
        self._save("level", level=level)
        self._show_level(level)

    def _show_level(self, level: int) -> None:
        self.level.clear()
        if 1 <= level <= len(PRACTICE_LEVELS):
            self.level.set_value(str(level))
        self.meaning.setText(level_meaning(level))
        for widget in (self.meaning, self.no_level):
            widget.setVisible(bool(self.meaning.text()))

    def _drop(self) -> None:
        if self._id is None:
            return
        hand_over(self)
        gone, self._id = self._id, None
        self._go.throw_away(Ref("second_coach", gone))

    def _draw(self, then: Callable[[bytes], None]) -> None:
        if self._id is None:
            return
        hand_over(self)
        try:
            pdf = self._exports.second_coach(self._id)
        except GembaError as error:
            self._go.trouble(error)
            return
        then(pdf)
