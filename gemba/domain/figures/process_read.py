"""A process from a pasted range: what, who and how long, with the sort of each row."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from gemba.domain.figures.durations import read_minutes
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


def read_items(text: str, unit: str, new_id: Callable[[], str]) -> tuple[ProcessItem, ...]:
    """Read rows of a pasted range: the last cell with a digit is the time, a cell that names a
    sort is that, the first of the others what is done and the rest who does it. A first row of
    headings is left out; nothing else is."""
    rows = split_pasted(text)
    if len(rows) > 1 and all(cell.casefold() in _HEADS for cell in rows[0] if cell):
        rows = rows[1:]
    return tuple(_item(row, unit, new_id()) for row in rows)


def _item(row: Sequence[str], unit: str, id: str) -> ProcessItem:
    cells = list(row)
    sort = next((cell.casefold() for cell in cells if cell.casefold() in SORTS), "")
    if sort and len(cells) > 1:
        cells.remove(next(cell for cell in cells if cell.casefold() == sort))
    time = ""
    for at in range(len(cells) - 1, 0, -1):
        alone = read_minutes(cells[at], unit) is not None
        if alone or (at == len(cells) - 1 and any(letter.isdigit() for letter in cells[at])):
            time = cells.pop(at)
            break
    what, *rest = cells
    guessed = next((name for name, words in _SORT_OF if words.search(what)), "step")
    who = ", ".join(cell for cell in rest if cell)
    return ProcessItem(id=id, sort=sort or guessed, what=what, who=who, time=time)
