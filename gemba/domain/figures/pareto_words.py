"""What a Pareto says beside its bars: what could not be drawn, and an "other" too large."""

from __future__ import annotations

from typing import Final

from gemba.domain.figures.pareto import AMOUNTS, Pareto
from gemba.domain.figures.pareto_rules import Ranking, field_of, pareto_findings, value_drawn
from gemba.domain.figures.telling import Say, number_text, plain_english

_NAMED: Final = 4
"""So many rows are named in one sentence; of more it says how many."""


def undrawn_told(figure: Pareto, say: Say = plain_english) -> list[str]:
    """Name the rows that have no bar because their number is missing, below zero or no number."""
    heading = {int(f.where.partition(":")[0]) for f in pareto_findings(figure) if _heads(f.key)}
    names = []
    for number, bar in enumerate(figure.bars):
        if number in heading or _drawn(figure, number):
            continue
        field = field_of(figure, "")
        value = getattr(bar, field)
        written = next((one.text.strip() for one in bar.unread if one.field == field), "")
        cell = written if value is None else number_text(value)
        name = " ".join(bar.label.split()) or say("pareto.unnamed")
        names.append(f"{name} ({cell})" if cell else name)
    if not names:
        return []
    told = ", ".join(names[:_NAMED])
    if len(names) > _NAMED:
        return [say("pareto.not_drawn_more", names=told, count=len(names) - _NAMED)]
    return [say("pareto.not_drawn", names=told)]


def _heads(key: str) -> bool:
    return key == "paste.heading"


def _drawn(figure: Pareto, number: int) -> bool:
    fields = ("", "_after") if figure.compares else ("",)
    bar = figure.bars[number]
    # A row with nothing in it for the other view was never meant for this one.
    if not any(getattr(bar, name) is not None for name in AMOUNTS) and not bar.unread:
        return not bar.label.strip()
    return any(value_drawn(getattr(bar, field_of(figure, when))) is not None for when in fields)


def other_told(ranking: Ranking, say: Say = plain_english) -> list[str]:
    """Ask what is in "other" where it is larger than all that has a name."""
    named = [bar for bar in ranking.bars if not bar.other]
    last = ranking.bars[-1] if ranking.bars else None
    if last is None or not last.other or not named or last.size <= named[0].size:
        return []
    name = last.label or say("pareto.the_rest")
    return [say("pareto.other_large", name=name, share=round(100 * last.size))]
