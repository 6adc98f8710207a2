"""Patterns: what was in the way, where and when, and how long people waited for an answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.domain.changes import Ref
from gemba.domain.errors import GembaError
from gemba.domain.figures.chart_words import verdict
from gemba.domain.figures.counted import Counted
from gemba.domain.observation import GOING_WELL
from gemba.domain.patterns import (
    Patterns,
    Span,
    Wanted,
    abnormal_share,
    by_category,
    by_place,
    chart_of,
    going_well,
    heat,
    standards,
    told_curve,
    trend,
    well_share,
)
from gemba.ui.pages.common import listen
from gemba.ui.pages.patterns_asked import PatternsAsked
from gemba.ui.pages.patterns_figures import own_caption, pattern_figure
from gemba.ui.pages.patterns_opened import PatternsOpened
from gemba.ui.pages.patterns_part import PatternPart
from gemba.ui.pages.patterns_told import told_sentence
from gemba.ui.widgets import Button, Column, EmptyState, PageHead, RowAction, ScrollPage
from gemba.ui.widgets.count_bars import CountBars
from gemba.ui.widgets.heat_map import HeatMap
from gemba.ui.widgets.open_chart import OpenChart
from gemba.ui.widgets.told_curve import ToldCurve
from gemba.ui.within import within

if TYPE_CHECKING:
    from gemba.domain.figures.telling import Say
    from gemba.services.bulletin import Bulletin
    from gemba.services.patterns import PatternFinder
    from gemba.ui.go import Go
    from gemba.ui.tasks import CancelToken, Tasks
    from gemba.ui.theme import Theme

_MOST_BARS = 12
_COUNTED = ("observation", "promise", "walk", "area", "link")
_MOST_SHEETS = 8
_WIDTH = 920


class PatternsPage(QWidget):
    """A period and an area above; below it each pattern, of which every bar opens what it counts.

    Counting is done beside the window; no photo and no record is loaded for it.
    """

    def __init__(
        self,
        theme: Theme,
        *,
        patterns: PatternFinder,
        bulletin: Bulletin,
        tasks: Tasks,
        go: Go,
        words: Say,
        today: Callable[[], date],
        area_word: Callable[[], str] = lambda: "area",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._patterns = patterns
        self._tasks = tasks
        self._go = go
        self._words = words
        self._today = today
        self._token: CancelToken | None = None
        self.found: Patterns | None = None
        self._parts = 0
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.view = ScrollPage(theme)
        outer.addWidget(self.view)
        self.head = PageHead(theme, self.tr("Patterns"))
        self.thanks = Button(theme, self.tr("Thanks and reflection"), icon="heart-handshake")
        self.thanks.clicked.connect(lambda: self._go.to("thanks"))
        self.head.add_action(self.thanks)
        self.view.add(self.head)
        self.asked = PatternsAsked(theme, patterns=patterns, today=today, every=area_word)
        self.asked.changed.connect(self._read)
        self.view.add(self.asked)
        self.view.space(8)
        self.empty = EmptyState(
            theme,
            self.tr("Nothing was seen in this time. What you keep on walks is counted here."),
            action=self.tr("Walk"),
            icon="footprints",
        )
        self.empty.acted.connect(lambda: go.to("walks", new=True))
        self.view.add(self.empty)
        self.column = Column(theme, width=_WIDTH, gap=32)
        self.view.body.addWidget(self.column)
        self.opened = PatternsOpened(self, patterns=patterns, go=go, span=self._span, today=today)
        self._build_parts()
        self.view.finish()
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(0)
        self._again.timeout.connect(self._read)
        listen(self, bulletin, self._hear)

    def _build_parts(self) -> None:
        theme, tr = self.theme, self.tr
        self.categories = CountBars(theme, tr("What was in the way"))
        self.places = CountBars(theme, tr("Where it was"))
        self.trend = OpenChart(theme)
        self.heat = HeatMap(theme, tr("Stop by week"))
        self.standards = CountBars(theme, tr("Beside the standard"))
        self.abnormal = OpenChart(theme)
        self.well = OpenChart(theme)
        self.curve = ToldCurve(theme)
        self.by_category = self._part(tr("What was in the way"), self.categories)
        self.by_place = self._part(tr("Where it was in the way"), self.places)
        self.over_time = self._part(tr("How often, over time"), self.trend)
        self.by_week = self._part(tr("Where and when"), self.heat)
        self.by_standard = self._part(tr("Normal or abnormal"), self.standards)
        self.of_abnormal = self._part(tr("Share abnormal, over time"), self.abnormal)
        self.going_well = self._part(tr("What goes well, of everything seen"), self.well)
        self.told = self._part(tr("From raised to told back"), self.curve)
        self.categories.opened.connect(lambda key: self._open_category(str(key)))
        self.places.opened.connect(lambda key: self._open_place(str(key)))
        self.standards.opened.connect(lambda key: self._open_standard(str(key)))
        step = self.opened.step
        self.trend.opened.connect(lambda on: step(self.over_time, on, in_the_way=True))
        self.abnormal.opened.connect(lambda on: step(self.of_abnormal, on, standard="abnormal"))
        self.well.opened.connect(lambda on: step(self.going_well, on, category=GOING_WELL))
        self.heat.opened.connect(self._open_cell)
        self.curve.opened.connect(lambda on, told: self.opened.answers(self.told, on, told))

    def _part(self, name: str, drawing: QWidget) -> PatternPart:
        self._parts += 1
        part = PatternPart(
            self.theme,
            name,
            drawing,
            key=str(self._parts),
            sheets=lambda: self._patterns.sheets(_MOST_SHEETS),
        )
        kind = "promise" if drawing is self.curve else "observation"
        part.opened.connect(lambda key: self._go.open(Ref(kind, key)))
        if drawing is self.curve:
            # A promise is counted here; what was seen is one press behind it.
            seen = RowAction(self.tr("What was seen"), icon="eye", run=self._open_seen)
            part.row_actions = (seen,)
        part.wanted_on_sheet.connect(lambda key: self._put(part, key))
        self.column.add(part)
        return part

    # The page in the window

    def page_title(self) -> str:
        """The name of the page."""
        return self.tr("Patterns")

    def arrive(self, **what: object) -> None:
        """Count again, for the period and the area that were asked for last."""
        self.asked.offer()
        self._read()

    def leave(self) -> None:
        """Want no result any more."""
        if self._token is not None:
            self._token.cancel()

    def _hear(self, refs: frozenset[Ref]) -> None:
        if self.isVisible() and any(ref.kind in _COUNTED for ref in refs):
            self._again.start()

    def _read(self) -> None:
        self.leave()
        span, patterns = self.asked.span(), self._patterns
        self._token = self._tasks.run(
            self, lambda _token: patterns.read(span), self._show, self._refuse
        )

    def _refuse(self, trouble: BaseException) -> None:
        if not isinstance(trouble, GembaError):
            raise trouble
        self._go.trouble(trouble)

    # What is shown

    def _show(self, found: Patterns) -> None:
        same = self.found is not None and self.found == found
        self.found = found
        nothing = not found.seen and not found.promised
        self.empty.setVisible(nothing)
        self.column.setVisible(not nothing)
        beside = self.tr("{seen} seen, {promised} promised").format(
            seen=found.seen, promised=found.promised
        )
        self.head.set_title(self.tr("Patterns"), "" if nothing else beside)
        if same:
            return
        for part in within(self.column, PatternPart):
            part.drop()
        self._show_counts(found)
        self._show_time(found)
        self._show_heat(found)
        self._show_told(found)

    def _show_counts(self, found: Patterns) -> None:
        for part, bars, rows, none in (
            (self.by_category, self.categories, by_category(found), self.tr("no category said")),
            (self.by_place, self.places, by_place(found), self.tr("no stop said")),
        ):
            named = [(key, key or none, count) for key, count in rows]
            bars.set_bars(named[:_MOST_BARS])
            rest = named[_MOST_BARS:]
            more = self.tr("And {n} more, with {count} together.").format(
                n=len(rest), count=sum(count for _key, _name, count in rest)
            )
            part.say(more if rest else self._few(named), bool(named))
        held = standards(found)
        states = [(key, key, count) for key, count in sorted(held.items(), key=lambda o: -o[1])]
        self.standards.set_bars(states)
        known = held.get("normal", 0) + held.get("abnormal", 0)
        share = self.tr("{share} % of what was compared with a standard was abnormal.").format(
            share=round(100 * held.get("abnormal", 0) / known) if known else 0
        )
        none_said = self.tr("No observation says how it stands beside its standard.")
        self.by_standard.say(share if known else none_said, bool(states))

    def _few(self, named: list[tuple[str, str, int]]) -> str:
        total = sum(count for _key, _name, count in named)
        if not named:
            return self.tr("Nothing was in the way.")
        _key, name, count = named[0]
        return self.tr("Most often: {name}, {share} % of {total}.").format(
            name=name, share=round(100 * count / total), total=total
        )

    def _show_time(self, found: Patterns) -> None:
        well, seen = going_well(found)
        share = self.tr("{well} of {seen} in all.").format(well=well, seen=seen)
        for part, widget, readings, unit, first in (
            (self.over_time, self.trend, trend(found), "", ""),
            (self.of_abnormal, self.abnormal, abnormal_share(found), "%", ""),
            (self.going_well, self.well, well_share(found), "%", share),
        ):
            chart = chart_of("shown", "", readings, unit)
            drawn = any(one.value is not None for one in readings)
            widget.set_chart(chart)
            said = f"{first} {verdict(chart, self._words)}".strip() if drawn else first
            part.setVisible(drawn or part is not self.of_abnormal)
            part.say(said or self.tr("No whole week lies in this time."), drawn)

    def _show_heat(self, found: Patterns) -> None:
        map_of = heat(found)
        self.heat.set_heat(map_of)
        drawn = bool(map_of.places)
        by = {"week": self.tr("week"), "month": self.tr("month")}[found.span.step]
        said = self.tr("How often something was in the way, by stop and {step}.").format(step=by)
        left_out = len(by_place(found)) - len(map_of.places)
        if left_out > 0:
            said += " " + self.tr("{n} more stops are not shown.").format(n=left_out)
        self.by_week.say(said if drawn else "", drawn)
        self.by_week.setVisible(drawn)

    def _show_told(self, found: Patterns) -> None:
        answers = found.answers
        said = told_sentence(answers)
        curve = told_curve(answers)
        last = max((one.days for one in answers), default=0)
        self.curve.set_curve(curve, last, f"{self.tr('Share told back by days')}. {said}")
        self.told.say(said, bool(answers))

    # What a bar opens

    def _span(self) -> Span:
        assert self.found is not None
        return self.found.span

    def _open_category(self, key: str) -> None:
        wanted = Wanted(span=self._span(), category=key, in_the_way=True)
        self.opened.seen(self.by_category, key or self.tr("no category said"), wanted)

    def _open_place(self, key: str) -> None:
        wanted = Wanted(span=self._span(), place=key, in_the_way=True)
        self.opened.seen(self.by_place, key or self.tr("no stop said"), wanted)

    def _open_standard(self, key: str) -> None:
        self.opened.seen(self.by_standard, key, Wanted(span=self._span(), standard=key))

    def _open_cell(self, row: int, column: int) -> None:
        held = self.heat.heat
        assert held is not None
        span = self.opened.within(held.begins[column])
        wanted = Wanted(span=span, place=held.places[row], in_the_way=True)
        place = held.places[row] or self.tr("no stop said")
        self.opened.seen(self.by_week, f"{place}, {self.opened.days(span)}", wanted)

    def _open_seen(self, promise: object) -> None:
        seen = self._patterns.source_of(promise) if isinstance(promise, UUID) else None
        if seen is None:
            self._go.say(self.tr("This promise did not come of anything that was seen"))
        else:
            self._go.open(Ref("observation", seen))

    # Onto a sheet

    def _put(self, part: PatternPart, sheet_id: object) -> None:
        assert self.found is not None
        span = self._span()
        counted = Counted(
            number=int(part.key),
            on=self._today(),
            weeks=self.asked.weeks(),
            first=span.first,
            last=span.last,
            area_id=span.area_id,
        )
        figure = pattern_figure(counted, self.found)
        try:
            sheet, box = self._patterns.put(
                figure, sheet_id if isinstance(sheet_id, UUID) else None, own_caption
            )
        except GembaError as error:
            self._go.trouble(error)
            return
        self._go.to("sheet", sheet=sheet, box=box)
