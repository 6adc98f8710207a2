"""Changes to a five-whys tree, each from one whole tree to the next."""

from __future__ import annotations

from dataclasses import replace

from gemba.domain.figures.five_whys import FiveWhys, Why
from gemba.domain.figures.why_tree import branches


def in_order(figure: FiveWhys) -> tuple[Why, ...]:
    """Return the causes as the tree is read: each after what it explains."""
    return tuple(figure.whys[branch.index] for branch in branches(figure))


def find(figure: FiveWhys, id: str) -> Why:
    """Return the cause with an id. Raises KeyError where there is none."""
    for why in figure.whys:
        if why.id == id:
            return why
    raise KeyError(id)


def children_of(figure: FiveWhys, id: str) -> tuple[Why, ...]:
    """Return the answers given to "why" at a cause, in order."""
    return tuple(why for why in figure.whys if why.parent == id and why.id != id)


def changed(figure: FiveWhys, id: str, **fields: object) -> FiveWhys:
    """Return the tree with fields of one cause replaced."""
    whys = tuple(
        replace(why, **fields) if why.id == id else why  # type: ignore[arg-type]
        for why in figure.whys
    )
    return replace(figure, whys=whys)


def asked(figure: FiveWhys, id: str, new: str) -> FiveWhys:
    """Return the tree with one more answer, still without words, below a cause."""
    return _with(figure, Why(id=new, parent=id, text=""), after=_last_below(figure, id))


def beside(figure: FiveWhys, id: str, new: str) -> FiveWhys:
    """Return the tree with another answer to the same question, after a cause.

    The gap has no sibling: its answers are its children.
    """
    why = find(figure, id)
    if not why.parent:
        return asked(figure, id, new)
    return _with(figure, Why(id=new, parent=why.parent, text=""), after=_last_below(figure, id))


def raised(figure: FiveWhys, id: str) -> FiveWhys:
    """Return the tree with a cause one step nearer the gap, after what it explained.

    The gap and its own answers stay where they are.
    """
    why = find(figure, id)
    parent = next((other for other in figure.whys if other.id == why.parent), None)
    if parent is None or not parent.parent:
        return figure
    return _moved(figure, id, parent.parent, after=parent.id)


def lowered(figure: FiveWhys, id: str) -> FiveWhys:
    """Return the tree with a cause as the last answer to the sibling before it."""
    why = find(figure, id)
    siblings = [other.id for other in children_of(figure, why.parent)] if why.parent else []
    at = siblings.index(id) if id in siblings else 0
    return _moved(figure, id, siblings[at - 1], after=siblings[at - 1]) if at else figure


def removed(figure: FiveWhys, id: str) -> FiveWhys:
    """Return the tree without a cause; what answered it now answers its parent.

    The gap stays while anything explains it.
    """
    why = find(figure, id)
    if not why.parent and children_of(figure, id):
        return figure
    whys = tuple(
        replace(other, parent=why.parent) if other.parent == id else other
        for other in in_order(figure)
        if other.id != id
    )
    return replace(figure, whys=whys)


def shifted(figure: FiveWhys, id: str, by: int) -> FiveWhys:
    """Return the tree with a cause and all below it one place up (-1) or down (1) among its
    siblings; at the ends nothing changes."""
    why = find(figure, id)
    siblings = [other.id for other in children_of(figure, why.parent)] if why.parent else []
    if id not in siblings:
        return figure
    at = siblings.index(id)
    if not 0 <= at + by < len(siblings):
        return figure
    if by > 0:
        return _moved(figure, id, why.parent, after=siblings[at + by])
    other = siblings[at + by]
    return _moved(figure, other, why.parent, after=id)


def _below(figure: FiveWhys, id: str) -> list[str]:
    """Return a cause and all that explains it, in reading order."""
    held = {id}
    for why in in_order(figure):
        if why.parent in held:
            held.add(why.id)
    return [why.id for why in in_order(figure) if why.id in held]


def _last_below(figure: FiveWhys, id: str) -> str:
    return _below(figure, id)[-1]


def _with(figure: FiveWhys, new: Why, *, after: str) -> FiveWhys:
    whys: list[Why] = []
    for why in in_order(figure):
        whys.append(why)
        if why.id == after:
            whys.append(new)
    return replace(figure, whys=tuple(whys))


def _moved(figure: FiveWhys, id: str, parent: str, *, after: str) -> FiveWhys:
    """Move a cause with all below it to another parent, behind a cause and all below that."""
    block = _below(figure, id)
    taken = [replace(find(figure, each), parent=parent) if each == id else find(figure, each)
             for each in block]  # fmt: skip
    rest = replace(figure, whys=tuple(w for w in in_order(figure) if w.id not in block))
    place = _last_below(rest, after)
    whys: list[Why] = []
    for why in rest.whys:
        whys.append(why)
        if why.id == place:
            whys += taken
    return replace(rest, whys=tuple(whys))


def begun(figure: FiveWhys, new: str) -> FiveWhys:
    """Return the tree with a gap to write, where it has no causes at all."""
    return figure if figure.whys else replace(figure, whys=(Why(id=new, text=""),))
