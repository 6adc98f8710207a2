"""What a learner's months show: predicted and happened, the rhythm, obstacles and thresholds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.changes import Ref
from gemba.domain.errors import GembaError
from gemba.domain.ledger import DIFFERENT, EXPECTED, UNCLEAR, Learning, LedgerLine
from gemba.domain.titles import first_words
from gemba.ui.days import short_day
from gemba.ui.learners_view import LearnersView
from gemba.ui.pages import ledger_words as words
from gemba.ui.pages.common import listen, record_or_back
from gemba.ui.pages.print_panel import PrintHost
from gemba.ui.pages.private_tick import PrivateTick
from gemba.ui.widgets import (
    Button,
    Column,
    EmptyState,
    Label,
    Notice,
    PageHead,
    RowList,
    RowWords,
    ScrollPage,
)
from gemba.ui.widgets.choice import Choice
from gemba.ui.widgets.outcome_mark import OutcomeLegend
from gemba.ui.widgets.outcome_months import OutcomeMonths
from gemba.ui.widgets.prediction_table import Predicted, PredictionTable

if TYPE_CHECKING:
    from gemba.services.bulletin import Bulletin
    from gemba.services.coaching import Coaching
    from gemba.services.exports import Exports
    from gemba.services.looking_back import LookingBack
    from gemba.ui.go import Go
    from gemba.ui.theme import Theme

_AT_ONCE: Final = 30
_HEARD: Final = ("talk", "experiment", "storyboard", "keeping", "routine", "person")
_PERIODS: Final = (("91", 91), ("182", 182), ("365", 365), ("0", 0))
_RHYTHM_DAYS: Final = 182
_MISSED: Final = 12
EVIDENCE: Final = "evidence"
HISTORY: Final = "history"


class LedgerPage(QWidget):
    """For the learner and whoever coaches them; nobody is set beside anybody else."""

    def __init__(
        self,
        theme: Theme,
        *,
        looking_back: LookingBack,
        coaching: Coaching,
        exports: Exports,
        bulletin: Bulletin,
        go: Go,
        today: Callable[[], date],
        learners_view: LearnersView | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._learners_view = learners_view or LearnersView(self)
        self.theme = theme
        self._looking_back = looking_back
        self._coaching = coaching
        self._exports = exports
        self._go = go
        self._today = today
        self._learner: UUID | None = None
        self._name = ""
        self._lines: list[LedgerLine] = []
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._view = ScrollPage(theme)
        self.paper = PrintHost(
            theme,
            self._view,
            title=lambda: f"{self._name}, {self.which.text()}",
            draw=self._draw,
            write=exports.write_file,
            go=go,
        )
        outer.addWidget(self.paper)
        self._build_paper()
        self._build_head()
        self._build_predictions()
        self._build_rest()
        self._view.space(24)
        self._view.finish()
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(0)
        self._again.timeout.connect(self._read)
        listen(self, bulletin, self._hear)

    def _build_head(self) -> None:
        theme = self.theme
        self.head = PageHead(theme, "")
        self.period = Choice(theme, self.tr("Period"))
        self.period.set_options(
            [
                ("91", self.tr("The last three months")),
                ("182", self.tr("The last half year")),
                ("365", self.tr("The last year")),
                ("0", self.tr("Everything")),
            ],
            "182",
        )
        self.period.chosen.connect(lambda _key: self._other_period())
        self.timeline = Button(theme, self.tr("Timeline"), icon="history")
        self.timeline.clicked.connect(lambda: self._go.to("timeline", learner=self._learner))
        self.print = Button(theme, self.tr("Print"), icon="printer")
        self.print.clicked.connect(self.paper.show_paper)
        for widget in (self.period, self.timeline, self.print):
            self.head.add_action(widget)
        self._view.add(self.head)
        self._view.space(16)
        self.question = Notice(theme, "", kind="plain")
        self._view.add(self.question)
        self.empty = EmptyState(theme, self.tr("Nothing was predicted or coached in this time."))
        self._view.add(self.empty)

    def _build_paper(self) -> None:
        theme = self.theme
        self.which = Choice(theme, self.tr("What goes on paper"))
        self.which.set_options(
            [
                (EVIDENCE, self.tr("One page for a review talk")),
                (HISTORY, self.tr("Coaching history")),
            ],
            EVIDENCE,
        )
        self.which.chosen.connect(lambda _key: self.paper.redraw())
        self.private = PrivateTick(theme, self._learners_view)
        self.private.toggled.connect(self.paper.redraw)
        body = self.paper.drawer.body
        body.insertWidget(0, self.which)
        body.insertWidget(1, self.private)

    def _draw(self, then: Callable[[bytes], None]) -> None:
        """Draw what was chosen of the period that is shown, and hand it on."""
        if self._learner is None:
            return
        first, last = self._span()
        draw = self._exports.evidence if self.which.value == EVIDENCE else self._exports.record
        try:
            pdf = draw(
                self._learner,
                private=self.private.isChecked(),
                first=first if first > date.min else None,
                last=last if last < date.max else None,
            )
        except GembaError as error:
            self._go.trouble(error)
            return
        then(pdf)

    def _build_predictions(self) -> None:
        theme = self.theme
        self._view.space(8)
        self.predicted_head = QWidget()
        row = QHBoxLayout(self.predicted_head)
        row.setContentsMargins(0, 0, 0, theme.px(8))
        said = self.tr("Predicted and happened")
        row.addWidget(Label(theme, said, step="strong", wrap=False))
        row.addStretch(1)
        row.addWidget(OutcomeLegend(theme))
        self._view.add(self.predicted_head)
        self.months = OutcomeMonths(theme, self.tr("Month by month"))
        self._view.add(self.months)
        self._view.space(16)
        self.table = PredictionTable(theme, said)
        self.table.opened.connect(self._open)
        self._view.add(self.table)
        self.more = Button(theme, self.tr("Show more"), kind="quiet")
        self.more.clicked.connect(self._show_more)
        self._view.add(self.more)

    def _build_rest(self) -> None:
        theme = self.theme
        self.rhythm_head = self._view.section(self.tr("Rhythm"))
        column = Column(theme, gap=8)
        self.rhythm = Label(theme, "")
        column.add(self.rhythm)
        self._view.add(column)
        self.missed = RowList(theme, name=self.tr("Missed"))
        self._view.add(self.missed)
        self.obstacles_head = self._view.section(self.tr("Obstacles worked through"))
        self.obstacles = RowList(theme, name=self.tr("Obstacles worked through"))
        self._view.add(self.obstacles)
        self.thresholds_head = self._view.section(self.tr("Where we did not know yet"))
        self.thresholds = RowList(theme, name=self.tr("Where we did not know yet"))
        self._view.add(self.thresholds)
        self.phases_head = self._view.section(self.tr("Where the time goes"))
        self.phases = RowList(theme, name=self.tr("Where the time goes"))
        self._view.add(self.phases)

    def page_title(self) -> str:
        """The learner's name; nothing that was said or noted."""
        return self._name or self.tr("What it shows")

    def arrive(self, **what: object) -> None:
        """Show what the months of a ``learner`` show."""
        found = record_or_back(
            self._go, what, "learner", self._coaching.learner, otherwise="coaching"
        )
        if found is None:
            return
        self._learner, self._name = found.id, found.name
        self._lines = []
        self.private.setChecked(False)
        self._read()
        self._view.verticalScrollBar().setValue(0)
        self.period.setFocus()

    def _hear(self, refs: frozenset[Ref]) -> None:
        if self.isVisible() and any(ref.kind in _HEARD for ref in refs):
            self._again.start()

    def _span(self) -> tuple[date, date]:
        days = dict(_PERIODS)[self.period.value]
        first = self._today() - timedelta(days) if days else date.min
        # A plan for next week is a prediction already.
        return first, date.max

    def _other_period(self) -> None:
        self._lines = []
        self._read()
        self.paper.redraw()

    def leave(self) -> None:
        """Close the way to paper."""
        self.paper.close_drawer()

    def _read(self) -> None:
        if self._learner is None:
            return
        span = self._span()
        shown = max(_AT_ONCE, len(self._lines))
        found = self._looking_back.learning(self._learner, *span)
        self._lines = self._looking_back.predictions(self._learner, span, shown)
        self.head.set_title(self._name, self.tr("what the months show"))
        asked = self.tr(
            "The last {n} predictions all came as expected. What would have surprised you?"
        )
        self.question.say(asked.format(n=len(found.newest_outcomes)))
        self.question.setVisible(found.surprised_by_none)
        self._show_months(found)
        self._show_lines(found)
        self._show_rhythm(found)
        self._show_learned(found)
        nothing = not found.months and not found.cycles
        self.empty.setVisible(nothing)

    def _show_months(self, found: Learning) -> None:
        self.months.set_months(
            [
                (
                    words.month(one.month),
                    (one.expected, one.different, one.unclear, one.open),
                )
                for one in reversed(found.months)
            ]
        )
        self.predicted_head.setVisible(bool(found.months))

    def _show_lines(self, found: Learning) -> None:
        today = self._today()
        self.table.set_lines([self._line(one, today) for one in self._lines])
        self.table.setVisible(bool(self._lines))
        total = sum(found.count(one) for one in (EXPECTED, DIFFERENT, UNCLEAR, ""))
        self.more.setVisible(len(self._lines) < total)

    def _line(self, one: LedgerLine, today: date) -> Predicted:
        happened = first_words(one.happened, 80) or self.tr("not looked yet")
        if one.error is not None:
            happened = f"{words.signed(one.error)}: {happened}"
        return Predicted(
            when=short_day(one.planned_on, today),
            predicted=first_words(one.prediction, 120),
            outcome=one.outcome,
            happened=happened,
            learned=first_words(one.learned, 120),
            key=one.id,
        )

    def _show_more(self) -> None:
        if self._learner is None or not self._lines:
            return
        self._lines += self._looking_back.predictions(
            self._learner, self._span(), _AT_ONCE, self._lines[-1].place
        )
        self._show_lines(self._looking_back.learning(self._learner, *self._span()))

    def _show_rhythm(self, found: Learning) -> None:
        assert self._learner is not None
        today = self._today()
        self.rhythm.setText(words.rhythm(found, today))
        self.rhythm_head.setVisible(bool(found.cycles))
        self.rhythm.setVisible(bool(found.cycles))
        first = max(self._span()[0], today - timedelta(_RHYTHM_DAYS))
        kept = self._looking_back.rhythm(self._learner, first, today)
        rows = words.missed_rows(kept, today)
        self.missed.set_rows(rows[:_MISSED])
        self.missed.setVisible(bool(rows))
        if kept:
            self.rhythm.setText(f"{self.rhythm.text()} {words.kept(kept)}")

    def _show_learned(self, found: Learning) -> None:
        parts = (
            (self.obstacles_head, self.obstacles, words.obstacle_rows(found, self._today())),
            (
                self.thresholds_head,
                self.thresholds,
                [
                    RowWords(one.question, age=words.times(one.times), bold=False)
                    for one in found.thresholds
                ],
            ),
            (self.phases_head, self.phases, words.phase_rows(found)),
        )
        for head, rows, lines in parts:
            rows.set_rows(lines)
            head.setVisible(bool(lines))
            rows.setVisible(bool(lines))

    def _open(self, key: object) -> None:
        if isinstance(key, UUID):
            self._go.to("stood", ref=("experiment", key), on=self._today())
