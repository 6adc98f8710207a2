"""A target card from a pasted range: heads over a row, labels beside values, or cells alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from gemba.domain.figures.named_range import LeftOver, read_named
from gemba.domain.figures.pasted import read_date, read_number
from gemba.domain.figures.pasted_split import Cells
from gemba.domain.figures.target import Target
from gemba.domain.figures.target_rules import amount

_UNIT: Final = 12
_NAMES: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        ("measure", "metric", "kpi", "indicator", "what", "what is measured"), "measure"
    ),
    **dict.fromkeys(("where", "where, for whom", "area", "for whom", "place", "ward"), "where"),
    **dict.fromkeys(("from", "start", "baseline", "now", "today", "current", "before"), "start"),
    **dict.fromkeys(("to", "goal", "target", "how much", "aim"), "goal"),
    **dict.fromkeys(("unit", "units", "measured in"), "unit"),
    **dict.fromkeys(("by", "by when", "due", "due date", "date", "deadline", "when"), "by"),
    **dict.fromkeys(("source", "data source", "counted from", "data"), "source"),
    **dict.fromkeys(
        ("must not get worse", "balancing measure", "balance", "guard", "watch"), "balance"
    ),
    **dict.fromkeys(("serves", "serves the goal", "why it matters", "relevant"), "serves"),
    **dict.fromkeys(("reach", "why it can be reached", "can be reached because"), "reach"),
}  # fmt: skip


def read_target(figure: Target, rows: Cells, today: date) -> tuple[Target, tuple[LeftOver, ...]]:
    """Return a card with what a range says, and the cells that found no place.

    Without names the first number is where it starts, the second where it shall go, a date by
    when, a short word after the numbers the unit, other words the measure, then where.
    """

    def guess(cell: str, known: Mapping[str, str]) -> str:
        if read_number(cell) is None and read_date(cell, today) is not None:
            return "by"
        if amount(cell) is not None:
            return "start" if "start" not in known else "goal"
        if "goal" in known and "unit" not in known and len(cell) <= _UNIT:
            return "unit"
        return next((one for one in ("measure", "where", "source") if one not in known), "")

    found = read_named(rows, _NAMES, guess)
    values = dict(found.values)
    day = values.pop("by", None)
    made = replace(figure, **values)  # type: ignore[arg-type]
    if day is not None:
        on = read_date(day, today)
        made = replace(made, by=on, by_words="" if on is not None else day)
    return made, found.left
