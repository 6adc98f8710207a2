"""Options from a pasted range: by the heads over its columns, or what, cause and prediction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from gemba.domain.figures.countermeasures import Option
from gemba.domain.figures.named_range import LeftOver, heads_of, idle_heads
from gemba.domain.figures.pasted import split_pasted

_NAMES: Final[Mapping[str, str]] = {
    **dict.fromkeys(("countermeasure", "countermeasures", "what", "option", "idea"), "what"),
    **dict.fromkeys(("cause", "root cause", "acts on", "why"), "cause"),
    **dict.fromkeys(
        ("we predict", "prediction", "predicted effect", "expected effect", "expected"), "effect"
    ),
    **dict.fromkeys(("impact", "effect", "benefit"), "impact"),
    **dict.fromkeys(("effort", "cost", "work"), "effort"),
    "risk": "risk",
    **dict.fromkeys(("lasts", "temporary or permanent", "duration"), "lasts"),
    **dict.fromkeys(("chosen", "chosen?", "choice", "selected"), "chosen"),
}
_LEVELS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("low", "l", "small", "little", "1"), "low"),
    **dict.fromkeys(("middle", "medium", "m", "mid", "2"), "middle"),
    **dict.fromkeys(("high", "h", "large", "big", "3"), "high"),
}
_LASTS: Final = {"temporary": "temporary", "permanent": "permanent"}
_CHOSEN: Final = frozenset(("x", "yes", "y", "chosen", "1", "true", "✓"))
_LEFT: Final = frozenset(("no", "n", "0", "false", "-", "–"))


def read_options(
    text: str, new_id: Callable[[], str]
) -> tuple[tuple[Option, ...], tuple[LeftOver, ...]]:
    """Read rows as options, and return beside them the cells that stand in the prediction, after
    the head of their column, because they are no level or have no column of their own."""
    rows = split_pasted(text)
    fields = heads_of(rows, _NAMES)
    moved: list[LeftOver] = []
    if fields:
        moved += idle_heads(rows, fields)
        read = (
            _headed(row, fields, rows[0], new_id(), number, moved)
            for number, row in enumerate(rows[1:], 1)
        )
        return tuple(read), tuple(moved)
    made = []
    for number, cells in enumerate(rows):
        what, cause, *rest = (*cells, "", "")
        effect = " ".join(cell for cell in rest if cell)
        made.append(Option(id=new_id(), what=what, cause=cause, effect=effect))
        after = enumerate(cells[3:], 3)
        moved += [LeftOver(number, at, cell, kept=True) for at, cell in after if cell.strip()]
    return tuple(made), tuple(moved)


def _headed(
    row: Sequence[str],
    fields: Sequence[str],
    heads: Sequence[str],
    id: str,
    number: int,
    moved: list[LeftOver],
) -> Option:
    texts: dict[str, list[str]] = {"what": []}
    marks: dict[str, str] = {}
    chosen = False
    for at, cell in enumerate(row):
        word = cell.strip().casefold()
        field = fields[at] if at < len(fields) else ""
        known = _LASTS if field == "lasts" else _LEVELS
        if not word or (field == "chosen" and word in _LEFT):
            continue
        if field == "chosen" and word in _CHOSEN:
            chosen = True
        elif field in ("impact", "effort", "risk", "lasts") and word in known:
            marks[field] = known[word]
        elif field in ("what", "cause", "effect"):
            texts.setdefault(field, []).append(cell)
        else:
            head = heads[at].strip() if at < len(heads) else ""
            texts.setdefault("effect", []).append(f"{head}: {cell}" if head else cell)
            moved.append(LeftOver(number, at, cell, kept=True))
    words = {name: "; ".join(parts) for name, parts in texts.items()}
    made = Option(id=id, what="", chosen=chosen)
    return replace(made, **words, **marks)  # type: ignore[arg-type]
