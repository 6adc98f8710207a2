"""What the gallery shows of everything that is counted, timed or tied in a picture."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.figures.run_chart import Reading, RunChart
from gemba.domain.form_scores import ScoreSeries
from gemba.domain.patterns import Heat, Told
from gemba.domain.routine_days import COMING, KEPT, MISSED, OFF, DayMark
from gemba.domain.thread_picture import STEPS, Knot, Loose, ThreadPicture
from gemba.ui.gallery_samples import LONG, TODAY, Samples
from gemba.ui.widgets.heat_list import HeatLine, HeatList
from gemba.ui.widgets.heat_map import HeatMap
from gemba.ui.widgets.open_chart import OpenChart
from gemba.ui.widgets.outcome_mark import OUTCOMES, OutcomeLegend
from gemba.ui.widgets.outcome_months import OutcomeMonths
from gemba.ui.widgets.phase_dots import PhaseDots
from gemba.ui.widgets.practice import Line, PracticeLegend, PracticeStrip, Span
from gemba.ui.widgets.prediction_table import Predicted, PredictionTable
from gemba.ui.widgets.scores import ScoreBars, ScoreRadar
from gemba.ui.widgets.small_chart import SmallChart
from gemba.ui.widgets.thread_view import ThreadView
from gemba.ui.widgets.time_strip import StripMark, StripSpan, TimeStrip
from gemba.ui.widgets.told_curve import ToldCurve

_WEEKS = [TODAY - timedelta(days=7 * back) for back in reversed(range(6))]


def grids(samples: Samples) -> QWidget:
    """How long ago, where and when, and what was kept: grids that arrows walk over."""
    part, column = samples.section("Grids")
    theme = samples.theme
    ago = HeatList(theme, "Places", part)
    ago.set_lines(
        [
            HeatLine("Ward 6", "this week", 0),
            HeatLine("Lounge, with the focus", "2 weeks ago", 1),
            HeatLine(LONG, "5 weeks ago", 2),
            HeatLine("Pharmacy hatch", "3 months ago", 3),
            HeatLine("Night shift", "not seen yet", 4),
        ]
    )
    ago.at = 1
    column.addWidget(samples.posed(ago, "focus"))
    heat = HeatMap(theme, "Where and when", part)
    counts = ((0, 1, 2, 0, 4, 9), (1, 0, 0, 3, 0, 1))
    heat.set_heat(Heat(("Ward 6", "Pharmacy hatch"), tuple(_WEEKS), counts))
    column.addWidget(samples.posed(heat, "focus"))
    kept = PracticeStrip(theme, "Practice", part)
    states = (KEPT, MISSED, KEPT, OFF, KEPT, COMING)
    marks = tuple(DayMark(day=day, state=at) for day, at in zip(_WEEKS, states, strict=True))
    spans = [Span(f"{day.day}", day, day + timedelta(days=6)) for day in _WEEKS]
    kept.set_lines([Line("Walk", marks), Line("Coach", marks[:2])], spans)
    column.addWidget(kept)
    column.addWidget(PracticeLegend(theme))
    return part


def learning(samples: Samples) -> QWidget:
    """Predictions and how they came out, and where a cycle stands."""
    part, column = samples.section("Predictions")
    theme = samples.theme
    phases = QHBoxLayout()
    for number in (1, 3, 5):
        dots = PhaseDots(theme)
        dots.set_phase(number, 5)
        phases.addWidget(dots)
    phases.addStretch(1)
    column.addLayout(phases)
    column.addWidget(OutcomeLegend(theme))
    table = PredictionTable(theme, "Experiments", part)
    table.set_lines(
        [
            Predicted(f"{day.day} {day:%b}", "7 of 10 by ten", outcome, "8 of 10", LONG, day)
            for day, outcome in zip(_WEEKS, OUTCOMES, strict=False)
        ]
    )
    column.addWidget(table)
    months = OutcomeMonths(theme, "By month", part)
    months.set_months([("Sep", (2, 1, 0, 0)), ("Oct", (1, 3, 1, 0)), ("Nov", (2, 0, 0, 1))])
    column.addWidget(months)
    strip = TimeStrip(theme, part)
    marks = [StripMark(day, "Cycles") for day in _WEEKS]
    marks += [
        StripMark(day, "Experiments", outcome)
        for day, outcome in zip(_WEEKS, OUTCOMES, strict=False)
    ]
    strip.set_story(marks, [StripSpan(_WEEKS[1], TODAY, "8 of 10 in the lounge")], TODAY)
    column.addWidget(strip)
    return part


def charts(samples: Samples) -> QWidget:
    """Small charts, scores and curves."""
    part, column = samples.section("Charts")
    theme = samples.theme
    values = (19.0, 24.0, 22.0, 31.0, 28.0, 36.0)
    readings = tuple(Reading(on=day, value=one) for day, one in zip(_WEEKS, values, strict=True))
    chart = RunChart(id="c", unit="%", readings=readings, goal=40.0)
    names = ("Sort", "Set in order", "Shine", "Standardise", "Sustain")
    scores = [
        ScoreSeries(name, ((_WEEKS[0], 4.0), (_WEEKS[3], 6.0), (TODAY, 6.0 + at)))
        for at, name in enumerate(names)
    ]
    radar, bars, told = ScoreRadar(theme, part), ScoreBars(theme, part), ToldCurve(theme, part)
    told.set_curve((Told(0, 0.0), Told(2, 0.3), Told(9, 0.7)), 21, "Share told back by days")
    near, far = QVBoxLayout(), QVBoxLayout()
    for drawn in (SmallChart(theme, part), OpenChart(theme, part)):
        drawn.setFixedHeight(theme.px(112))
        drawn.set_chart(chart)
        near.addWidget(drawn)
    near.addWidget(told)
    for score in (radar, bars):
        score.set_series(scores)
        far.addWidget(score)
    halves = QHBoxLayout()
    halves.setSpacing(theme.px(48))
    for half in (near, far):
        half.setSpacing(theme.px(16))
        half.addStretch(1)
        halves.addLayout(half, 1)
    column.addLayout(halves)
    return part


def thread(samples: Samples) -> QWidget:
    """The thread of a sheet, with a knot that hangs loose."""
    part, column = samples.section("Thread")
    knots = tuple(Knot(step, f"part {step}", step, letter="A") for step in STEPS)
    loose = Knot("action", "part loose", "Show it", row=1)
    picture = ThreadPicture(
        (*knots, loose), ((0, 1), (1, 2), (2, 3), (3, 4)), (Loose(loose, "countermeasure"),)
    )
    view = ThreadView(samples.theme, {step: step for step in STEPS})
    view.show_thread(picture, "Thread of this sheet", tuple(one.words for one in picture.knots))
    column.addWidget(view)
    return part
