"""The rules of a five-whys tree: its order, what is broken in it, how it reads and lies."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from gemba.domain.figures.five_whys import FiveWhys, Why
from gemba.domain.figures.telling import Finding, Say, plain_english


@dataclass(frozen=True, slots=True)
class Branch:
    """A cause in its place: its index among the whys, its depth (0 is the gap), its parent's
    index (-1 for none) and the indexes of what explains it."""

    index: int
    depth: int
    parent: int
    children: tuple[int, ...]


def branches(figure: FiveWhys) -> tuple[Branch, ...]:
    """Return every cause exactly once, each after what it explains, whatever is broken.

    A cause whose parent is missing, or that goes round in a circle, starts a tree of its own.
    """
    parents = _parents(figure.whys)
    children: list[list[int]] = [[] for _ in figure.whys]
    for index, parent in enumerate(parents):
        if parent >= 0:
            children[parent].append(index)
    found: list[Branch] = []
    waiting = [(index, 0) for index in reversed(range(len(parents))) if parents[index] < 0]
    while waiting:
        index, depth = waiting.pop()
        found.append(Branch(index, depth, parents[index], tuple(children[index])))
        waiting += [(child, depth + 1) for child in reversed(children[index])]
    return tuple(found)


def _named_parents(whys: tuple[Why, ...]) -> list[int]:
    by_id: dict[str, int] = {}
    for index, why in enumerate(whys):
        by_id.setdefault(why.id, index)
    return [by_id.get(why.parent, -1) if why.parent else -1 for why in whys]


def _in_circles(parents: list[int]) -> list[int]:
    """Return one cause of every circle: the first of it in the list."""
    state = [0] * len(parents)
    found = []
    for start in range(len(parents)):
        trail = []
        at = start
        while at >= 0 and state[at] == 0:
            state[at] = 1
            trail.append(at)
            at = parents[at]
        if at >= 0 and state[at] == 1:
            found.append(min(trail[trail.index(at) :]))
        for index in trail:
            state[index] = 2
    return found


def _parents(whys: tuple[Why, ...]) -> list[int]:
    parents = _named_parents(whys)
    for index in _in_circles(parents):
        parents[index] = -1
    return parents


def tree_findings(figure: FiveWhys) -> tuple[Finding, ...]:
    """Name what keeps the causes from being one tree: circles, orphans, twins, several gaps."""
    whys = figure.whys
    parents = _named_parents(whys)
    found = []
    seen: set[str] = set()
    for why in whys:
        if why.id in seen:
            found.append(_finding("five_whys.same_id", why))
        seen.add(why.id)
    found += [_finding("five_whys.cycle", whys[index]) for index in _in_circles(parents)]
    found += [
        _finding("five_whys.orphan", why)
        for why, parent in zip(whys, parents, strict=True)
        if why.parent and parent < 0
    ]
    gaps = [why for why in whys if not why.parent]
    found += [_finding("five_whys.several_gaps", why) for why in gaps[1:]]
    found += [
        _finding("five_whys.root_ruled_out", why) for why in whys if why.root and why.ruled_out
    ]
    return tuple(found)


def _finding(key: str, why: Why) -> Finding:
    return Finding(key, why.id, {"text": why.text})


def questions(figure: FiveWhys, ends_at_person: Callable[[str], bool]) -> tuple[Finding, ...]:
    """Ask about each last cause that ends at a person: by name, or as "human error".

    ``ends_at_person`` reads the words of one cause (see wording_reading.py). Asks only; nothing is
    changed.
    """
    return tuple(
        _finding("five_whys.ask_process", figure.whys[branch.index])
        for branch in branches(figure)
        if branch.depth and not branch.children and not figure.whys[branch.index].ruled_out
        if ends_at_person(figure.whys[branch.index].text)
    )


def therefore(figure: FiveWhys, say: Say = plain_english, start: str = "") -> tuple[str, ...]:
    """Return the tree read upward, one sentence a link, from each last cause to the gap.

    With ``start``, the id of a cause, only the way from there; from the gap it is all of them.
    A link that two causes share is read once. What is ruled out, or has no words, is left out.
    """
    placed = {branch.index: branch for branch in branches(figure)}
    read: set[int] = set()
    found = []
    below = [b for b in placed.values() if b.parent >= 0]
    ends = [b for b in below if figure.whys[b.index].id == start]
    for branch in ends or [b for b in below if not b.children]:
        at = branch
        while at.parent >= 0 and at.index not in read:
            read.add(at.index)
            cause, effect = figure.whys[at.index], figure.whys[at.parent]
            if not cause.ruled_out and cause.text.strip() and effect.text.strip():
                found.append(_therefore(cause, effect, say))
            at = placed[at.parent]
    return tuple(found)


def _therefore(cause: Why, effect: Why, say: Say) -> str:
    low = effect.text.strip().rstrip(".")
    if len(low) > 1 and low[0].isupper() and not low[1].isupper() and " " in low:
        low = low[0].lower() + low[1:]
    return say("five_whys.therefore", cause=cause.text.strip().rstrip("."), effect=low)


def lettered(figure: FiveWhys) -> dict[int, str]:
    """Return the letter of each root cause by its index: its own, or the next one free."""
    used = {why.letter.strip() for why in figure.whys if why.root and why.letter.strip()}
    found: dict[int, str] = {}
    number = 0
    for branch in branches(figure):
        why = figure.whys[branch.index]
        if not why.root:
            continue
        letter = why.letter.strip()
        while not letter:
            candidate = _letter(number)
            number += 1
            letter = "" if candidate in used else candidate
        found[branch.index] = letter
    return found


def _letter(number: int) -> str:
    letter = chr(ord("A") + number % 26)
    return letter if number < 26 else f"{letter}{number // 26 + 1}"


MIN_WIDTH: Final = 28.0
MAX_WIDTH: Final = 52.0
GAP: Final = 6.0
LEAST_GAP: Final = 3.0
ROW_GAP: Final = 4.0
INDENT: Final = 5.0


@dataclass(frozen=True, slots=True)
class Node:
    """Where a cause lies, in mm from the top left of the tree."""

    branch: Branch
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class TreeLayout:
    """The nodes in reading order. ``outline`` is true where the columns would be too narrow and
    the causes stand below each other, indented."""

    nodes: tuple[Node, ...]
    width: float
    height: float
    outline: bool


Measure = Callable[[int, float], float]
"""The height in mm of the cause with an index, set in a width in mm."""


def lay_out(figure: FiveWhys, width: float, measure: Measure) -> TreeLayout:
    """Place the causes: one column for each why, the first answer on the row of its question.

    Nodes are MIN_WIDTH mm wide or more and never overlap.
    """
    order = branches(figure)
    if not order:
        return TreeLayout((), width, 0.0, False)
    columns = max(branch.depth for branch in order) + 1
    node_width, gap = _columns(width, columns)
    if node_width < min(MIN_WIDTH, width) - 0.01:
        return _outlined(order, width, measure)
    heights = {branch.index: measure(branch.index, node_width) for branch in order}
    tops = _tops(order, heights)
    nodes = tuple(
        Node(b, b.depth * (node_width + gap), tops[b.index], node_width, heights[b.index])
        for b in order
    )
    right = max(node.x + node.width for node in nodes)
    return TreeLayout(nodes, right, max(n.y + n.height for n in nodes), False)


def _columns(width: float, columns: int) -> tuple[float, float]:
    """Return how wide nodes are and how far apart: the gap gives way before the words do."""
    node = min(MAX_WIDTH, (width + GAP) / columns - GAP)
    if node >= MIN_WIDTH or columns < 2:
        return node, GAP
    gap = (width - columns * MIN_WIDTH) / (columns - 1)
    return (MIN_WIDTH, gap) if gap >= LEAST_GAP else (node, GAP)


def _outlined(order: tuple[Branch, ...], width: float, measure: Measure) -> TreeLayout:
    deepest = max(branch.depth for branch in order)
    indent = min(INDENT, max(0.0, width - MIN_WIDTH) / max(1, deepest))
    nodes = []
    y = 0.0
    for branch in order:
        x = branch.depth * indent
        height = measure(branch.index, width - x)
        nodes.append(Node(branch, x, y, width - x, height))
        y += height + ROW_GAP / 2
    return TreeLayout(tuple(nodes), width, y - ROW_GAP / 2, True)


_Outline = deque[tuple[float, float]]
"""The top and bottom of a subtree in each column, from its own column on."""


def _tops(order: tuple[Branch, ...], heights: dict[int, float]) -> dict[int, float]:
    """Return the top of each node: subtrees are pushed down only as far as they must be."""
    offsets: dict[int, float] = {}
    outlines: dict[int, _Outline] = {}
    for branch in reversed(order):
        outline = _stacked(branch.children, outlines, offsets)
        outline.appendleft((0.0, heights[branch.index]))
        outlines[branch.index] = outline
    roots = tuple(branch.index for branch in order if branch.parent < 0)
    _stacked(roots, outlines, offsets)
    tops: dict[int, float] = {}
    for branch in order:
        tops[branch.index] = offsets[branch.index] + tops.get(branch.parent, 0.0)
    return tops


def _stacked(
    siblings: tuple[int, ...], outlines: dict[int, _Outline], offsets: dict[int, float]
) -> _Outline:
    """Put subtrees under each other, noting their offsets; return the outline of them all."""
    together: _Outline = deque()
    for index in siblings:
        own = outlines.pop(index)
        pairs = zip(together, own, strict=False)
        shift = max((held[1] + ROW_GAP - new[0] for held, new in pairs), default=0.0)
        offsets[index] = shift
        for depth, (top, bottom) in enumerate(own):
            if depth < len(together):
                together[depth] = (together[depth][0], bottom + shift)
            else:
                together.append((top + shift, bottom + shift))
    return together
