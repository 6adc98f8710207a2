"""Bringing a figure that was counted in Patterns up to date, with what its owner made of it."""

from __future__ import annotations

from dataclasses import replace

from gemba.domain.figures import Figure, Pareto, RunChart, TableFigure
from gemba.domain.figures.counted import Counted


def counted_in(figure: Figure) -> Counted | None:
    """Return what was asked in Patterns for a figure, None for one that is not from there."""
    return figure.counted if isinstance(figure, Pareto | RunChart | TableFigure) else None


def with_counted(figure: Figure, counted: Counted) -> Figure:
    """Return a figure that remembers what was asked for it."""
    assert isinstance(figure, Pareto | RunChart | TableFigure)
    return replace(figure, counted=counted)


def brought_up(before: Figure, fresh: Figure, *, own_caption: bool = False) -> Figure:
    """Return a figure with the counts of a fresh one; what its owner chose and wrote stays.

    That is its place, a caption of the owner's own, goal, changes, rules and notes of a run
    chart, the cost of a bar, and how a table is drawn.
    """
    caption = before.caption if own_caption else fresh.caption
    match before, fresh:
        case Pareto(), Pareto():
            bars = {one.label: one for one in before.bars}
            counts = tuple(
                replace(bars.get(one.label, one), count=one.count, unread=()) for one in fresh.bars
            )
            return replace(before, caption=caption, counted=fresh.counted, bars=counts)
        case RunChart(), RunChart():
            notes = {one.on: one.note for one in before.readings}
            readings = tuple(replace(one, note=notes.get(one.on, "")) for one in fresh.readings)
            return replace(before, caption=caption, counted=fresh.counted, readings=readings)
        case TableFigure(), TableFigure():
            return replace(before, caption=caption, counted=fresh.counted, rows=fresh.rows)
        case _:
            return replace(fresh, place=before.place)
