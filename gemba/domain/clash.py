"""Two people wrote in one field: which paragraphs are whose, and putting them together again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from gemba.domain.changes import FieldChange, Plain, Ref, field_changes, put_at, value_at

MINE: Final = "mine"
THEIRS: Final = "theirs"
BOTH: Final = "both"
CHOICES: Final = (MINE, THEIRS, BOTH)


@dataclass(frozen=True, slots=True)
class Piece:
    """Some paragraphs: the same in both texts, or other ones in each (either may be none)."""

    mine: tuple[str, ...]
    theirs: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Tell whether both say the same here."""
        return self.mine == self.theirs


@dataclass(frozen=True, slots=True)
class Clash:
    """One field that was changed here and elsewhere from the same beginning.

    ``base`` is what stood there when the page was read; all three are plain values. ``desk``
    names the part of a page it was typed at, so that no window takes another one's place.
    """

    ref: Ref
    field: str
    base: Plain
    mine: Plain
    theirs: Plain
    desk: str = ""


@dataclass(frozen=True, slots=True)
class Merged:
    """What becomes of an edit against an older reading: changes to make, and fields that clash."""

    changes: tuple[FieldChange, ...]
    clashes: tuple[Clash, ...]


def merge(ref: Ref, base: Plain, mine: Plain, theirs: Plain) -> Merged:
    """Compare an edit with what was written meanwhile, field by field.

    A field that only one side changed is nobody's clash; one that both made the same is settled.
    """
    ours = field_changes(ref, base, mine)
    others = [
        one for one in field_changes(ref, base, theirs) if one.field.rpartition(".")[2] != "order"
    ]
    changes: list[FieldChange] = []
    clashes: list[Clash] = []
    for change in ours:
        if change.field.rpartition(".")[2] == "order":
            # Items keep the order of this side; what the other side added comes behind. What this
            # side only added at the end needs no order: it joins what is there by then.
            if not _only_added(change):
                changes.append(change)
            continue
        against = [one for one in others if _overlap(one.field, change.field)]
        if not against:
            changes.append(change)
        elif all(one.field == change.field and one.after == change.after for one in against):
            continue
        else:
            clashes.append(_clash(ref, change, against, base, mine, theirs))
    return Merged(tuple(changes), tuple(clashes))


def _only_added(order: FieldChange) -> bool:
    before, after = order.before, order.after
    if not isinstance(before, list) or not isinstance(after, list):
        return False
    return after[: len(before)] == before


def apply(plain: dict[str, Plain], changes: Sequence[FieldChange]) -> None:
    """Make changes in a plain record, in place; lists take the order they were given."""
    orders: list[FieldChange] = []
    for change in changes:
        if change.field.rpartition(".")[2] == "order" and isinstance(change.after, list):
            orders.append(change)
        else:
            put_at(plain, change.field, change.after)
    for change in orders:
        items = value_at(plain, change.field.rpartition(".")[0])
        wanted = change.after if isinstance(change.after, list) else []
        place = {name: index for index, name in enumerate(wanted)}
        if isinstance(items, list):
            items.sort(
                key=lambda item: place.get(item["id"], len(place)) if isinstance(item, dict) else 0
            )


def pieces(mine: str, theirs: str) -> tuple[Piece, ...]:
    """Lay two texts side by side, paragraph by paragraph; joined by line feeds they are whole."""
    left, right = mine.split("\n"), theirs.split("\n")
    found: list[Piece] = []
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    for _tag, i1, i2, j1, j2 in matcher.get_opcodes():
        found.append(Piece(tuple(left[i1:i2]), tuple(right[j1:j2])))
    return tuple(found)


def put_together(parts: Sequence[Piece], choices: Sequence[str]) -> str:
    """Return one text from the pieces: mine, theirs, or mine followed by theirs for each.

    A piece that is the same in both needs no choice; ``choices`` has one word for every piece.
    """
    if len(parts) != len(choices):
        raise ValueError("one choice for each piece")
    lines: list[str] = []
    for piece, choice in zip(parts, choices, strict=True):
        if piece.same or choice == MINE:
            lines += piece.mine
        elif choice == THEIRS:
            lines += piece.theirs
        else:
            lines += [*piece.mine, *piece.theirs]
    return "\n".join(lines)


def _clash(
    ref: Ref,
    change: FieldChange,
    against: list[FieldChange],
    base: Plain,
    mine: Plain,
    theirs: Plain,
) -> Clash:
    """Show a clash at the widest field that either side changed."""
    field = min([change.field, *(one.field for one in against)], key=len)
    return Clash(ref, field, value_at(base, field), value_at(mine, field), value_at(theirs, field))


def _overlap(one: str, other: str) -> bool:
    return not one or not other or _inside(one, other) or _inside(other, one)


def _inside(path: str, outer: str) -> bool:
    return path == outer or path.startswith(f"{outer}.")
