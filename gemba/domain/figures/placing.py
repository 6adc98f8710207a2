"""Where the figures of a box stand: beside or under its text, in which order, and how large."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Final, TypeVar

from gemba.domain.figures import Figure

BESIDE: Final = "beside"
UNDER: Final = "under"
LEAST_WIDTH: Final = 20.0
LEAST_HEIGHT: Final = 12.0
"""Millimetres below which nobody can take hold of a figure; drawings need more than that."""
MOST: Final = 420.0
ROOM_FOR_BESIDE: Final = 136.0
"""Millimetres of width a box needs before a figure can stand beside its text: 90 for the text, 6
between, 40 for the figure."""

LEAST_BESIDE: Final = 40.0
"""Millimetres of it that a figure beside the text can always have."""

Figures = tuple[Figure, ...]
F = TypeVar("F", bound=Figure)


def in_order(figures: Figures) -> Figures:
    """Return the figures as they are read: those beside the text first, then those under it."""
    return (
        *(one for one in figures if one.place.side == BESIDE),
        *(one for one in figures if one.place.side != BESIDE),
    )


def put_at(figures: Figures, id: str, side: str, index: int) -> Figures:
    """Return the figures with one on a side, at a place among those that stand there.

    ``index`` counts without the figure itself; beyond the end it is the last.
    """
    moving = next((one for one in figures if one.id == id), None)
    if moving is None:
        return figures
    side = BESIDE if side == BESIDE else UNDER
    rest = in_order(tuple(one for one in figures if one.id != id))
    there = [one for one in rest if (one.place.side == BESIDE) == (side == BESIDE)]
    other = [one for one in rest if one not in there]
    there.insert(max(0, index), replace(moving, place=replace(moving.place, side=side)))
    return (*there, *other) if side == BESIDE else (*other, *there)


def stepped(figures: Figures, id: str, by: int) -> Figures:
    """Return the figures with one a place up (-1) or down (1) in reading order.

    From under the text the first goes up beside it, and from beside it the last goes under.
    """
    order = in_order(figures)
    at = next((i for i, one in enumerate(order) if one.id == id), -1)
    if at < 0:
        return figures
    beside = sum(one.place.side == BESIDE for one in order)
    if at < beside:
        if by > 0 and at == beside - 1:
            return put_at(figures, id, UNDER, 0)
        return put_at(figures, id, BESIDE, max(0, at + by))
    if by < 0 and at == beside:
        return put_at(figures, id, BESIDE, beside)
    return put_at(figures, id, UNDER, max(0, at - beside + by))


def turned(figures: Figures, id: str, side: str) -> Figures:
    """Return the figures with one on a side, last there; one that stands there stays."""
    held = next((one for one in figures if one.id == id), None)
    if held is None or (held.place.side == BESIDE) == (side == BESIDE):
        return figures
    return put_at(figures, id, side, len(figures))


def sized(figure: F, width: float | None = None, height: float | None = None) -> F:
    """Return a figure at a size in whole mm; None keeps a side, 0 gives it its own size back."""
    place = figure.place
    if width is not None:
        place = replace(place, width=_length(width, LEAST_WIDTH))
    if height is not None:
        place = replace(place, height=_length(height, LEAST_HEIGHT))
    return replace(figure, place=place)


def _length(wanted: float, least: float) -> float:
    if not math.isfinite(wanted) or wanted <= 0:
        return 0.0
    return float(round(min(MOST, max(least, wanted))))


def replaced(figures: Figures, figure: Figure) -> Figures:
    """Return the figures with one replaced by its id."""
    return tuple(figure if one.id == figure.id else one for one in figures)
