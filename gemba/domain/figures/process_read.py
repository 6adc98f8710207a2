"""A process from a pasted range: what, who and how long, with the sort of each row."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from gemba.domain.figures.durations import read_minutes
from gemba.domain.figures.named_range import LeftOver
from gemba.domain.figures.pasted import split_pasted
from gemba.domain.figures.process import SORTS, ProcessItem

_HEADS: Final = frozenset(
    (
        *("step", "steps", "what", "task", "activity", "process", "sort", "kind", "who", "role"),
        *("owner", "by whom", "time", "duration", "how long", "minutes", "min", "hours", "h"),
        *("days", "d", "seconds", "s"),
    )
)
_SORT_OF: Final = (
    ("wait", re.compile(r"\b(wait|waits|waiting|delay|idle)\b", re.IGNORECASE)),
    ("queue", re.compile(r"\b(queue|queues|queued|backlog|in-tray|inventory)\b", re.IGNORECASE)),
    ("handover", re.compile(r"\b(hand ?over|hand-over|handoff|hand-off)\b", re.IGNORECASE)),
)


def read_items(
    text: str, unit: str, new_id: Callable[[], str]
) -> tuple[tuple[ProcessItem, ...], tuple[LeftOver, ...]]:
    """Read rows of a pasted range, and return beside them the cells that stand with who does it
    for want of a place.

    The last cell with a digit is the time, a cell that names a sort is that, the first of the
    others what is done and the next who does it. A first row of headings is left out; nothing
    else is.
    """
    rows = split_pasted(text)
    heads = len(rows) > 1 and all(cell.casefold() in _HEADS for cell in rows[0] if cell)
    moved: list[LeftOver] = []
    made = tuple(
        _item(row, unit, new_id(), number, moved)
        for number, row in enumerate(rows[heads:], int(heads))
    )
    return made, tuple(moved)


def _item(
    row: Sequence[str], unit: str, id: str, number: int, moved: list[LeftOver]
) -> ProcessItem:
    cells = list(enumerate(row))
    sort = next((cell.casefold() for _at, cell in cells if cell.casefold() in SORTS), "")
    if sort and len(cells) > 1:
        cells.remove(next(one for one in cells if one[1].casefold() == sort))
    time = ""
    for place in range(len(cells) - 1, 0, -1):
        cell = cells[place][1]
        alone = read_minutes(cell, unit) is not None
        if alone or (place == len(cells) - 1 and any(letter.isdigit() for letter in cell)):
            time = cells.pop(place)[1]
            break
    (_first, what), *rest = cells
    guessed = next((name for name, words in _SORT_OF if words.search(what)), "step")
    people = [(at, cell) for at, cell in rest if cell]
    moved += [LeftOver(number, at, cell, kept=True) for at, cell in people[1:]]
    who = ", ".join(cell for _at, cell in people)
    return ProcessItem(id=id, sort=sort or guessed, what=what, who=who, time=time)
