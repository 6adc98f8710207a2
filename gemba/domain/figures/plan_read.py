"""Actions from a pasted range: by the heads over its columns, or in the order of a plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from gemba.domain.figures.named_range import LeftOver, heads_of, idle_heads
from gemba.domain.figures.pasted import read_date, split_pasted
from gemba.domain.figures.plan import Action, UnreadDate

DATES: Final = ("start", "finish", "started", "finished", "review")
_ORDER: Final = ("what", "who", "where", "start", "finish")
_NAMES: Final[Mapping[str, str]] = {
    **dict.fromkeys(("what", "action", "actions", "task", "activity", "step"), "what"),
    **dict.fromkeys(("who", "owner", "by whom", "responsible", "name"), "who"),
    **dict.fromkeys(("where", "place", "area"), "where"),
    **dict.fromkeys(("how", "how exactly", "note", "notes", "remark"), "how"),
    **dict.fromkeys(("start", "from", "planned from", "planned start", "begin"), "start"),
    **dict.fromkeys(
        ("finish", "to", "by", "by when", "when", "due", "due date", "deadline", "end",
         "planned to", "planned finish", "until"),
        "finish",
    ),
    **dict.fromkeys(("started", "really started", "actual start"), "started"),
    **dict.fromkeys(("finished", "done", "done on", "actual finish", "completed"), "finished"),
    **dict.fromkeys(("review", "check", "check on", "looked at"), "review"),
}  # fmt: skip


def read_actions(
    text: str, today: date, new_id: Callable[[], str]
) -> tuple[tuple[Action, ...], tuple[LeftOver, ...]]:
    """Read rows as actions, and return beside them the cells without a field of their own.

    A date that is none is kept as written; what has no field goes to how it is done, after the
    head of its column.
    """
    rows = split_pasted(text)
    fields = heads_of(rows, _NAMES)
    heads = rows[0] if fields else ()
    made: list[Action] = []
    moved = idle_heads(rows, fields) if fields else []
    for number, row in enumerate(rows[1:] if fields else rows, 1 if fields else 0):
        action, left = _action(row, fields or _placed(row, today), heads, today, new_id())
        made.append(action)
        moved += [LeftOver(number, at, row[at], kept=True) for at in left]
    return tuple(made), tuple(moved)


def _placed(row: Sequence[str], today: date) -> tuple[str, ...]:
    """Return the field of each cell of a row without heads: a day before its place is by when."""
    early = [at for at in (1, 2) if at < len(row) and read_date(row[at], today) is not None]
    if not early or any(cell.strip() for cell in row[3:5]):
        return (*_ORDER, *[""] * len(row))[: len(row)]
    days = ("finish",) if len(early) == 1 else ("start", "finish")
    fields = list((*_ORDER, *[""] * len(row))[: len(row)])
    for at, field in zip(early, days, strict=True):
        fields[at] = field
    if early == [1] and len(row) > 2:
        fields[2] = "who"
    return tuple(fields)


def _action(
    row: Sequence[str], fields: Sequence[str], heads: Sequence[str], today: date, id: str
) -> tuple[Action, list[int]]:
    """Return an action, and which cells went to how it is done for want of a field."""
    left: list[int] = []
    texts: dict[str, list[str]] = {}
    made = Action(id=id, what="")
    for at, cell in enumerate(row):
        if not cell.strip():
            continue
        field = fields[at] if at < len(fields) else ""
        if field in DATES:
            day = read_date(cell, today)
            if day is not None and getattr(made, field) is None:
                made = replace(made, **{field: day})  # type: ignore[arg-type]
            elif day is None:
                made = replace(made, unread=(*made.unread, UnreadDate(field=field, text=cell)))
            else:
                texts.setdefault("how", []).append(cell)
                left.append(at)
            continue
        if not field:
            left.append(at)
        head = heads[at].strip() if at < len(heads) and not field else ""
        texts.setdefault(field or "how", []).append(f"{head}: {cell}" if head else cell)
    said = {name: "; ".join(words) for name, words in texts.items()}
    return replace(made, **said), left  # type: ignore[arg-type]
