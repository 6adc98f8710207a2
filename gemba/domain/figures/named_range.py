"""A pasted range whose cells have names: heads over a row, or labels beside their values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from gemba.domain.figures.pasted_split import Cells, turned
from gemba.domain.figures.table_rules import column_letter
from gemba.domain.figures.telling import Say, cut_short, plain_english

LEAST_NAMED: Final = 2
"""So many cells must be known names before a row or a column is taken for names."""


@dataclass(frozen=True, slots=True)
class LeftOver:
    """A pasted cell that found no place; row and column count from 0.

    ``kept`` tells that it stands with other words all the same.
    """

    row: int
    column: int
    text: str
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """What a range says for each field, and what found no place."""

    values: Mapping[str, str]
    left: tuple[LeftOver, ...]


def field_of(cell: str, names: Mapping[str, str]) -> str:
    """Return the field that a head or a label names; nothing where it names none."""
    return names.get(" ".join(cell.casefold().replace(":", " ").replace("?", " ").split()), "")


def heads_of(rows: Cells, names: Mapping[str, str]) -> tuple[str, ...]:
    """Return the field over each column where the first of several rows holds names, else ()."""
    if len(rows) < 2:
        return ()
    fields = tuple(field_of(cell, names) for cell in rows[0])
    said = [cell for cell in rows[0] if cell.strip()]
    known = sum(bool(one) for one in fields)
    return fields if known >= LEAST_NAMED and 2 * known >= len(said) else ()


def read_named(
    rows: Cells,
    names: Mapping[str, str],
    guess: Callable[[str, Mapping[str, str]], str],
) -> Named:
    """Read a range for a single thing: heads over its values, labels beside them, or cells alone.

    ``guess`` returns the field of a cell without a name, with what is known so far; nothing where
    it has none. Of several rows under heads the first is taken.
    """
    wide = max((len(row) for row in rows), default=0)
    square = tuple((*row, *[""] * (wide - len(row))) for row in rows)
    if heads_of(square, names):
        return _under_heads(square, names, across=True)
    upright = turned(square) if square else square
    if heads_of(upright, names):
        return _under_heads(upright, names, across=False)
    values: dict[str, str] = {}
    left = []
    for row, cells in enumerate(square):
        for column, cell in enumerate(cells):
            if not cell.strip():
                continue
            field = guess(cell.strip(), values)
            if field and field not in values:
                values[field] = cell.strip()
            else:
                left.append(LeftOver(row, column, cell))
    return Named(values, tuple(left))


def _under_heads(rows: Cells, names: Mapping[str, str], *, across: bool) -> Named:
    values: dict[str, str] = {}
    left = []
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            field = field_of(rows[0][column], names)
            if not cell.strip() or (row == 0 and field):
                continue
            if row == 1 and field and field not in values:
                values[field] = cell.strip()
            else:
                place = (row, column) if across else (column, row)
                left.append(LeftOver(*place, cell))
    return Named(values, tuple(left))


def left_told(left: Sequence[LeftOver], say: Say = plain_english) -> list[str]:
    """Name all cells that found no place, by row, column and what stands there: a sentence a row
    of the range."""
    return [say("paste.no_place", names=names) for names in _by_row(left, say)]


def moved_told(left: Sequence[LeftOver], where: str, say: Say = plain_english) -> list[str]:
    """Name all cells that have no place of their own: those that are kept with the words of the
    field ``where`` names, and those that are not."""
    kept = [one for one in left if one.kept]
    told = [say("paste.moved", names=names, where=where) for names in _by_row(kept, say)]
    return [*left_told([one for one in left if not one.kept], say), *told]


def idle_heads(rows: Cells, fields: Sequence[str]) -> list[LeftOver]:
    """Return the heads that name no field and stand over nothing."""
    return [
        LeftOver(0, at, head)
        for at, head in enumerate(rows[0])
        if head.strip() and not fields[at]
        if not any(at < len(row) and row[at].strip() for row in rows[1:])
    ]


def _by_row(left: Sequence[LeftOver], say: Say) -> list[str]:
    rows: dict[int, list[str]] = {}
    for one in left:
        named = say(
            "paste.cell",
            row=one.row + 1,
            column=column_letter(one.column),
            cell=cut_short(one.text),
        )
        rows.setdefault(one.row, []).append(named)
    return [", ".join(names) for names in rows.values()]


def beyond(block: Cells, room: int, pasted: Cells) -> tuple[LeftOver, ...]:
    """Return what stands in the cells of a block beyond so many columns, by its place in the
    range as it was pasted, where heads may stand and the order may be another."""
    heads = max(0, len(pasted) - len(block))
    found = []
    for row, cells in enumerate(block):
        for column, cell in enumerate(cells[room:], room):
            if cell.strip():
                own = pasted[row + heads] if row + heads < len(pasted) else ()
                places = [at for at, other in enumerate(own) if other.strip() == cell.strip()]
                found.append(LeftOver(row + heads, places[-1] if places else column, cell))
    return tuple(found)
