"""The figures that patterns become on a sheet, and a figure of a sheet counted anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from gemba.domain.counting import brought_up, counted_in, with_counted
from gemba.domain.figures import Figure
from gemba.domain.figures.counted import ALL_THE_TIME, FROM_DAY_TO_DAY, Counted
from gemba.domain.patterns import (
    Patterns,
    abnormal_share,
    by_category,
    by_place,
    chart_of,
    heat,
    heat_figure,
    pareto_of,
    standards,
    told_figure,
    trend,
    well_share,
)
from gemba.ui.days import short_day
from gemba.ui.pages.patterns_told import told_sentence

if TYPE_CHECKING:
    from gemba.services.patterns import PatternFinder

CATEGORIES, PLACES, TREND, WEEKS, STANDARDS, ABNORMAL, WELL, TOLD = range(1, 9)


def _tr(words: str) -> str:
    return QCoreApplication.translate("PatternFigures", words)


def _named(rows: tuple[tuple[str, int], ...], none: str) -> list[tuple[str, int]]:
    return [(key or none, count) for key, count in rows]


def _categories(id: str, said: Callable[[str], str], found: Patterns) -> Figure:
    rows = _named(by_category(found), _tr("no category said"))
    return pareto_of(id, said(_tr("In the way")), rows)


def _places(id: str, said: Callable[[str], str], found: Patterns) -> Figure:
    return pareto_of(id, said(_tr("In the way")), _named(by_place(found), _tr("no stop said")))


def _trend(id: str, said: Callable[[str], str], found: Patterns) -> Figure:
    return chart_of(id, said(_tr("In the way, each step")), trend(found))


def _weeks(id: str, said: Callable[[str], str], found: Patterns) -> Figure:
    caption, none = said(_tr("In the way")), _tr("no stop said")
    return heat_figure(id, caption, heat(found), _tr("Stop"), none)


def _standards(id: str, said: Callable[[str], str], found: Patterns) -> Figure:
    return pareto_of(id, said(_tr("Beside the standard")), tuple(standards(found).items()))


def _abnormal(id: str, said: Callable[[str], str], found: Patterns) -> Figure:
    return chart_of(id, said(_tr("Share abnormal")), abnormal_share(found), "%")


def _well(id: str, said: Callable[[str], str], found: Patterns) -> Figure:
    return chart_of(id, said(_tr("Share going well")), well_share(found), "%")


def _told(id: str, said: Callable[[str], str], found: Patterns) -> Figure:
    caption = f"{said(_tr('From raised to told back'))}. {told_sentence(found.answers)}"
    heads = (_tr("Days since it was raised"), _tr("% told back"))
    return told_figure(id, caption, found.answers, heads)


_MADE: Final = {
    CATEGORIES: _categories,
    PLACES: _places,
    TREND: _trend,
    WEEKS: _weeks,
    STANDARDS: _standards,
    ABNORMAL: _abnormal,
    WELL: _well,
    TOLD: _told,
}


def pattern_figure(counted: Counted, found: Patterns) -> Figure:
    """Return a pattern as a figure that remembers what was asked.

    Its id names the pattern and the area, so that it is put onto a sheet once.
    """
    area = counted.area_id
    id = f"pattern-{counted.number}-{area.hex[:8] if area is not None else 'all'}"

    return with_counted(
        _MADE[counted.number](id, lambda words: _caption(words, counted), found), counted
    )


def _caption(words: str, counted: Counted) -> str:
    return _tr("{what}, {first} to {last}").format(
        what=words,
        first=short_day(counted.first, counted.on),
        last=short_day(counted.last, counted.on),
    )


def own_caption(figure: Figure) -> bool:
    """Tell whether a figure from Patterns has a caption that its owner wrote."""
    counted = counted_in(figure)
    return counted is not None and _caption("", counted) not in figure.caption


def counted_words(counted: Counted, area: str, today: date) -> str:
    """Say when a figure was counted and over what, and that it stays so."""
    return _tr(
        "Counted in Patterns on {day}: {time}{area}. It stays as it is until you bring it up to"
        " date."
    ).format(
        day=short_day(counted.on, today),
        time=_time_words(counted, today),
        area=f", {area}" if area else "",
    )


def _time_words(counted: Counted, today: date) -> str:
    if counted.weeks == ALL_THE_TIME:
        return _tr("all the time")
    if counted.weeks == FROM_DAY_TO_DAY:
        return _tr("{first} to {last}").format(
            first=short_day(counted.first, today), last=short_day(counted.last, today)
        )
    return _tr("the last {n} weeks").format(n=counted.weeks)


def counted_again(figure: Figure, patterns: PatternFinder) -> Figure:
    """Return a figure as Patterns would count it today, with what its owner made of it.

    Raises GembaError where its area is not there any more.
    """
    asked = counted_in(figure)
    if asked is None:
        return figure
    counted, span = patterns.asked_again(asked)
    fresh = pattern_figure(counted, patterns.read(span))
    return brought_up(figure, fresh, own_caption=own_caption(figure))
