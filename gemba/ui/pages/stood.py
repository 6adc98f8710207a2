"""One record as it stood at the end of a day, to read; nothing on it can be changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.domain.changes import Ref
from gemba.domain.coach_log import SecondCoach
from gemba.domain.coaching import Storyboard, Talk
from gemba.domain.codec import to_plain
from gemba.domain.errors import GembaError
from gemba.domain.experiment import Experiment
from gemba.domain.kinds import PRIVATE_FIELDS, PRIVATE_KINDS, Record, kind_of
from gemba.domain.minutes import said_minutes
from gemba.domain.sheet import Sheet
from gemba.domain.texts import worded
from gemba.ui.days import short_day
from gemba.ui.learners_view import LearnersView
from gemba.ui.pages.common import clear
from gemba.ui.pages.cycle_read import ReadBack
from gemba.ui.pages.kind_words import field_word, kind_word, known_by
from gemba.ui.pages.plain_words import reads
from gemba.ui.pages.practice_words import phase_word
from gemba.ui.printing import page_image
from gemba.ui.widgets import Button, Column, Label, Notice, PageHead, ScrollPage
from gemba.ui.widgets.outcome_mark import outcome_words
from gemba.ui.widgets.preview import PagePreview
from gemba.ui.within import within

if TYPE_CHECKING:
    from gemba.services.looking_back import LookingBack, Stood
    from gemba.ui.go import Go
    from gemba.ui.theme import Theme

_WIDE = 1600.0


class StoodPage(QWidget):
    """A talk with its storyboard, an experiment, a sheet, a walk or a reflection of that day."""

    def __init__(
        self,
        theme: Theme,
        *,
        looking_back: LookingBack,
        draw: Callable[[Sheet], bytes],
        go: Go,
        today: Callable[[], date],
        learners_view: LearnersView | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._looking_back = looking_back
        self._draw = draw
        self._go = go
        self._today = today
        self._ref: Ref | None = None
        self._stood: Stood | None = None
        self._learners = learners_view or LearnersView(self)
        self._learners.changed.connect(lambda _on: self._show_again())
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._view = ScrollPage(theme)
        outer.addWidget(self._view)
        self.head = PageHead(theme, "")
        self.now = Button(theme, self.tr("Open it as it is now"), icon="external-link")
        self.now.clicked.connect(self._open_now)
        self.head.add_action(self.now)
        self._view.add(self.head)
        self._view.space(16)
        self.told = Notice(theme, "", kind="plain")
        self._view.add(self.told)
        self._view.space(8)
        self.column = Column(theme, gap=4)
        self._view.add(self.column)
        self.paper = PagePreview(theme, self.tr("The sheet as it stood"))
        self._view.add(self.paper)
        self._view.finish()

    def page_title(self) -> str:
        """Name the page for the window's title; nothing that was said or noted."""
        return self.tr("As it stood")

    def arrive(self, **what: object) -> None:
        """Show a record, named by ``ref``, as it stood at the end of the day ``on``."""
        wanted, on = what.get("ref"), what.get("on")
        if not isinstance(wanted, tuple) or not isinstance(on, date):
            self._go.to("timeline")
            return
        self._ref = Ref(*wanted)
        try:
            stood = self._looking_back.stood(self._ref, on)
        except GembaError as error:
            self._go.trouble(error)
            self._go.back()
            return
        self._show(stood)
        self._view.verticalScrollBar().setValue(0)
        self.now.setFocus()

    def words(self) -> str:
        """Everything that is told in words, line by line."""
        return "\n".join(label.text() for label in within(self.column, Label))

    def leave(self) -> None:
        """Nothing is written here."""
        self._stood = None

    def _show_again(self) -> None:
        if self._stood is not None:
            self._show(self._stood)

    def _show(self, stood: Stood) -> None:
        self._stood = stood
        record = stood.record
        self.head.set_title(kind_word(kind_of(record)), known_by(record))
        day = short_day(stood.on, self._today())
        said = self.tr("As it stood at the end of {day}.").format(day=day)
        if stood.now:
            said = self.tr("It reads today as it did at the end of {day}.").format(day=day)
        if stood.from_elsewhere:
            said = self.tr("It came into this folder after {day}; this is how it came.")
            said = said.format(day=day)
        self.told.say(said)
        clear(self.column.body)
        self.paper.setVisible(isinstance(record, Sheet))
        match record:
            case Sheet():
                self.paper.show_page(page_image(self._draw(record), 0, _WIDE))
            case Talk():
                self._show_talk(record, stood.on)
                sheet = self._looking_back.sheet_talked_about(record)
                self.paper.setVisible(sheet is not None)
                if sheet is not None:
                    self.paper.show_page(page_image(self._draw(sheet), 0, _WIDE))
            case _ if self._learners.on and kind_of(record) in PRIVATE_KINDS:
                said = self.tr("It is for the coach alone, and stands here once nobody looks on.")
                self.column.add(Label(self.theme, said))
            case _:
                self._fields(record)

    def _show_talk(self, talk: Talk, on: date) -> None:
        planned = self._other("experiment", talk.next_experiment_id, on)
        experiment = planned if isinstance(planned, Experiment) else None
        self.column.add(ReadBack(self.theme, talk, experiment, today=self._today))
        board = self._other("storyboard", talk.storyboard_id, on)
        if isinstance(board, Storyboard):
            self.column.space(self.theme.px(8))
            self.column.add(Label(self.theme, self.tr("The storyboard that day"), step="strong"))
            self._fields(board)

    def _other(self, kind: str, key: UUID | None, on: date) -> Record | None:
        if key is None:
            return None
        try:
            return self._looking_back.stood(Ref(kind, key), on).record
        except GembaError:
            # What is gone is not told; the talk itself is.
            return None

    def _fields(self, record: Record) -> None:
        plain = to_plain(record)
        assert isinstance(plain, dict)
        private = frozenset[str]()
        if self._learners.on:
            private = PRIVATE_FIELDS.get(kind_of(record), private)
        for name in (one.name for one in fields(record)):
            value = plain[name]
            if name in private:
                continue
            said = self._said(record, name, value)
            if said:
                theme = self.theme
                head = field_word(name, {})
                self.column.add(Label(theme, head, step="small", tone="ink_soft"))
                self.column.add(Label(theme, said))
                self.column.space(theme.px(8))

    def _said(self, record: Record, name: str, value: object) -> str:
        held = getattr(record, name)
        if isinstance(record, SecondCoach) and name == "phases":
            return self._watched(record)
        if isinstance(held, date):
            return short_day(held, self._today())
        if isinstance(record, Storyboard) and name == "focus":
            return next((one.text for one in record.obstacles if one.id == held), "")
        if isinstance(record, Experiment) and name == "outcome":
            return outcome_words(record.outcome) if record.outcome or record.result else ""
        if not worded(name, value) or isinstance(held, bool | int | float):
            return ""
        said = reads(value)
        return "" if said == reads("") else said

    def _watched(self, record: SecondCoach) -> str:
        """Tell who said what in each phase."""
        lines = []
        for phase in record.phases:
            coach, learner = phase.coach_said, phase.learner_said
            said = (
                phase_word(phase.id),
                self.tr("coach: {words}").format(words=coach) if coach else "",
                self.tr("learner: {words}").format(words=learner) if learner else "",
                said_minutes(phase.seconds) if phase.seconds else "",
            )
            if any(said[1:]):
                lines.append(", ".join(one for one in said if one))
        return "\n".join(lines)

    def _open_now(self) -> None:
        if self._ref is not None:
            self._go.open(self._ref)
