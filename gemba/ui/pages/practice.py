"""The coach as a learner: how you ask over the months, what you practise, and a second view.

It is the coach's own page: nobody else is on it, and no figure of it is set beside anybody's.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.domain.changes import Ref
from gemba.domain.coach_log import AfterTalk, SecondCoach
from gemba.domain.coach_trend import AskedMonth, trend
from gemba.domain.question_form import CLASSES, OPEN
from gemba.domain.titles import first_words
from gemba.ui.days import short_day
from gemba.ui.pages import ledger_words
from gemba.ui.pages.common import listen
from gemba.ui.pages.paged import Paged
from gemba.ui.pages.practice_level import LevelViews
from gemba.ui.pages.question_words import class_word
from gemba.ui.widgets import (
    Button,
    EmptyState,
    Label,
    PageHead,
    RowList,
    RowWords,
    ScrollPage,
    Segmented,
)
from gemba.ui.widgets.small_chart import SmallChart

if TYPE_CHECKING:
    from gemba.services.bulletin import Bulletin
    from gemba.services.practice import Practice
    from gemba.ui.go import Go
    from gemba.ui.theme import Theme

_HEARD: Final = ("asked_question", "after_talk", "second_coach", "practice_level")
_AT_ONCE: Final = 12
_MONTHS: Final = 12


class PracticePage(QWidget):
    """Questions by class over the months, aims, practice level, and second coaches' sheets."""

    def __init__(
        self,
        theme: Theme,
        *,
        practice: Practice,
        bulletin: Bulletin,
        go: Go,
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._practice = practice
        self._go = go
        self._today = today
        self._months: list[AskedMonth] = []
        self._looks = Paged(practice.looks_back, _AT_ONCE)
        self._sheets = Paged(practice.watched_sheets, _AT_ONCE)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._view = ScrollPage(theme)
        outer.addWidget(self._view)
        self._build_head()
        self._build_questions()
        self._build_aims()
        self._view.section(self.tr("Where you stand, by two views"))
        self.levels = LevelViews(theme, practice=practice, go=go, today=today)
        self._view.add(self.levels)
        self._build_watched()
        self._view.space(24)
        self._view.finish()
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(0)
        self._again.timeout.connect(self._read)
        listen(self, bulletin, self._hear)

    def _build_head(self) -> None:
        theme = self.theme
        self.head = PageHead(theme, self.tr("Your own practice"))
        self.head.set_title(self.tr("Your own practice"), self.tr("only you see it"))
        self.log = Button(
            theme, self.tr("Questions you asked"), icon="message-circle-question-mark"
        )
        self.log.clicked.connect(lambda: self._go.to("question log"))
        self.look = Button(theme, self.tr("After the last talk"), icon="timer")
        self.look.clicked.connect(lambda: self._go.to("after talk", last=True))
        self.watch = Button(theme, self.tr("Second coach"), icon="users")
        self.watch.clicked.connect(lambda: self._go.to("second coach"))
        for button in (self.log, self.look, self.watch):
            self.head.add_action(button)
        self._view.add(self.head)

    def _build_questions(self) -> None:
        theme = self.theme
        self._view.section(self.tr("How you ask, month by month"))
        self.classes = Segmented(
            theme,
            [(one, class_word(one)) for one in CLASSES],
            value=OPEN,
            name=self.tr("Which questions"),
        )
        self.classes.chosen.connect(lambda _key: self._show_trend())
        self._view.add(self.classes)
        self._view.space(8)
        self.told = Label(theme, "", tone="ink_soft")
        self._view.add(self.told)
        self.chart = SmallChart(theme)
        self._view.add(self.chart)
        self._view.space(8)
        self.months = RowList(theme, name=self.tr("Questions by month"))
        self._view.add(self.months)
        self.no_questions = EmptyState(
            theme,
            self.tr("No question is written down yet. Two or three after a talk are enough."),
            action=self.tr("Note questions"),
        )
        self.no_questions.acted.connect(lambda: self._go.to("question log"))
        self._view.add(self.no_questions)

    def _build_aims(self) -> None:
        theme = self.theme
        self._view.section(self.tr("What you practised"))
        self.aims = RowList(theme, name=self.tr("What you practised"))
        self.aims.opened.connect(lambda key: self._go.to("after talk", talk=key))
        self._view.add(self.aims)
        self.more_aims = Button(theme, self.tr("Show more"), kind="quiet")
        self.more_aims.clicked.connect(self._show_more_aims)
        self._view.add(self.more_aims)
        self.no_aims = EmptyState(theme, self.tr("Nothing was noted after a talk yet."))
        self._view.add(self.no_aims)

    def _build_watched(self) -> None:
        theme = self.theme
        self._view.section(self.tr("Sheets of second coaches"))
        self.watched = RowList(theme, name=self.tr("Sheets of second coaches"))
        self.watched.opened.connect(lambda key: self._go.to("second coach", watched=key))
        self._view.add(self.watched)
        self.more_watched = Button(theme, self.tr("Show more"), kind="quiet")
        self.more_watched.clicked.connect(self._show_more_watched)
        self._view.add(self.more_watched)
        self.no_watched = EmptyState(theme, self.tr("Nobody watched you coach yet."))
        self._view.add(self.no_watched)

    # The page in the window

    def page_title(self) -> str:
        """Name the page; nothing of what stands on it."""
        return self.tr("Your own practice")

    def arrive(self, **_what: object) -> None:
        """Show how things stand."""
        self._practice.settle()
        self._looks.forget()
        self._sheets.forget()
        self._read()
        self._view.verticalScrollBar().setValue(0)
        self.log.setFocus()

    def leave(self) -> None:
        """Keep the reason of a level that is being typed."""
        self.levels.leave()

    def _hear(self, refs: frozenset[Ref]) -> None:
        if self.isVisible() and any(ref.kind in _HEARD for ref in refs):
            self._again.start()

    def _read(self) -> None:
        self._months = self._practice.months()
        self._looks.again()
        self._sheets.again()
        self._show_trend()
        self._show_aims()
        self._show_watched()
        self.levels.read()

    # Questions

    def _show_trend(self) -> None:
        chosen = self.classes.value() or OPEN
        self.chart.set_chart(trend(self._months, chosen) if len(self._months) > 1 else None)
        asked = sum(one.asked for one in self._months)
        hit = sum(one.count(chosen) for one in self._months)
        said = self.tr("{n} of {all} questions were {word}.")
        self.told.setText(said.format(n=hit, all=asked, word=class_word(chosen)))
        self.told.setVisible(bool(asked))
        self.classes.setVisible(bool(asked))
        shown = list(reversed(self._months))[:_MONTHS]
        self.months.set_rows([self._month(one) for one in shown])
        self.months.setVisible(bool(asked))
        self.no_questions.setVisible(not asked)

    def _month(self, one: AskedMonth) -> RowWords:
        counted = [(name, one.count(name)) for name in CLASSES]
        told = ", ".join(f"{count} {class_word(name)}" for name, count in counted if count)
        asked = self.tr("1 asked") if one.asked == 1 else self.tr("{n} asked")
        return RowWords(
            ledger_words.month(one.month), told, asked.format(n=one.asked), key=None, bold=False
        )

    # Aims

    def _show_aims(self) -> None:
        shown = self._looks.rows
        self.aims.set_rows([self._look(one) for one in shown])
        self.aims.setVisible(bool(shown))
        self.more_aims.setVisible(self._looks.more)
        self.no_aims.setVisible(not shown)

    def _look(self, one: AfterTalk) -> RowWords:
        counts = self.tr("{asked} asked, {told} told, {silences} silences held")
        parts = [counts.format(asked=one.asked, told=one.told, silences=one.silences)]
        if one.talk_share is not None:
            parts.append(self.tr("{n} % of the talking").format(n=one.talk_share))
        kept = {
            "yes": self.tr("kept to the aim before"),
            "partly": self.tr("kept partly to the aim before"),
            "no": self.tr("not kept to the aim before"),
        }.get(one.aim_kept, "")
        learner = self._practice.name_of(one.learner_id)
        small = ", ".join(part for part in (*parts, kept, learner) if part)
        strong = first_words(one.aim, 120) or self.tr("no aim named")
        return RowWords(strong, small, short_day(one.noted_on, self._today()), key=one.talk_id)

    def _show_more_aims(self) -> None:
        self._looks.further()
        self._show_aims()

    # Second coaches

    def _show_watched(self) -> None:
        shown = self._sheets.rows
        self.watched.set_rows([self._sheet(one) for one in shown])
        self.watched.setVisible(bool(shown))
        self.more_watched.setVisible(self._sheets.more)
        self.no_watched.setVisible(not shown)

    def _sheet(self, one: SecondCoach) -> RowWords:
        strong = first_words(one.practise or one.feedback or one.strong, 120)
        parts = (one.second_coach, self._practice.name_of(one.learner_id))
        small = ", ".join(part for part in parts if part)
        when = short_day(one.watched_on, self._today())
        return RowWords(strong or self.tr("Second coach"), small, when, key=one.id)

    def _show_more_watched(self) -> None:
        self._sheets.further()
        self._show_watched()
