"""Where the parts of a fishbone lie: each bone keeps a column of its own, so no words meet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from gemba.domain.figures.fishbone import Fishbone
from gemba.domain.figures.fishbone_rules import Twig, twigs

INDENT: Final = 3.0
_LEAST_COLUMN: Final = 29.0
_TILT: Final = 9.0
_PAD: Final = 1.4
_NEAR: Final = 1.2
_GAP: Final = 3.0

Measure = Callable[[int, float], float]
"""Returns how high a cause is, by its place among the causes, in a width in mm."""


@dataclass(frozen=True, slots=True)
class Block:
    """The words of one cause, in mm from the corner of the figure."""

    twig: Twig
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class BoneLine:
    """One bone: its name in a box, and the line from the outer end to the spine; without a spine
    the line runs under the name."""

    bone: int
    x: float
    y: float
    width: float
    height: float
    outer: tuple[float, float]
    inner: tuple[float, float]

    def at(self, y: float) -> float:
        """Return where across the bone is at a height."""
        (x1, y1), (x2, y2) = self.outer, self.inner
        share = (y - y1) / (y2 - y1) if y2 != y1 else 0.0
        return x1 + min(1.0, max(0.0, share)) * (x2 - x1)


@dataclass(frozen=True, slots=True)
class FishLayout:
    """All parts with their places. ``spine`` is the height of the spine, None where the bones
    stand below each other as lists; ``head`` is the box of the effect: x, y, width, height."""

    blocks: tuple[Block, ...]
    bones: tuple[BoneLine, ...]
    spine: float | None
    head: tuple[float, float, float, float]
    width: float
    height: float


def lay_out(
    figure: Fishbone,
    width: float,
    measure: Measure,
    name: Callable[[int, float], float],
    effect: Callable[[float], float],
    most: int | None = None,
) -> FishLayout:
    """Place everything in a width in mm; ``measure``, ``name`` and ``effect`` return the heights
    of causes, names of bones and the effect. With ``most`` each bone keeps its first causes."""
    number = max(1, len(figure.bones))
    by_bone: list[list[Twig]] = [[] for _ in range(number)]
    for twig in twigs(figure):
        kept = by_bone[min(twig.bone, number - 1)]
        if most is None or len(kept) < most:
            kept.append(twig)
    across = -(-number // 2)
    head = min(36.0, max(24.0, width * 0.17))
    column = (width - head) / across
    if column < _LEAST_COLUMN:
        return _as_lists(by_bone, width, measure, name, effect)
    return _as_bones(by_bone, width, head, column, measure, name, effect)


def _stack(
    kept: Sequence[Twig], x: float, y: float, width: float, measure: Measure
) -> tuple[list[Block], float]:
    """Place the causes of one bone below each other and return them and where they end."""
    blocks = []
    for twig in kept:
        inset = (twig.depth - 1) * INDENT
        height = measure(twig.index, width - inset)
        blocks.append(Block(twig, x + inset, y, width - inset, height))
        y += height
    return blocks, y


def _as_bones(
    by_bone: list[list[Twig]],
    width: float,
    head: float,
    column: float,
    measure: Measure,
    name: Callable[[int, float], float],
    effect: Callable[[float], float],
) -> FishLayout:
    number, across = len(by_bone), -(-len(by_bone) // 2)
    tilt = min(_TILT, column * 0.24)
    room = column - tilt - _PAD - _NEAR
    tall = effect(head - 5.0)
    sides = (range(across), range(across, number))
    names = [name(bone, column - _PAD) for bone in range(number)]
    heads = [max((names[bone] for bone in side), default=0.0) for side in sides]
    drafts = [_stack(kept, 0.0, 0.0, room, measure) for kept in by_bone]
    depth = [max([6.0, *(drafts[bone][1] for bone in side)]) + 1.6 for side in sides]
    spine = max(heads[0] + 1.0 + depth[0], tall / 2)
    height = max(spine + depth[1] + 1.0 + heads[1], spine + tall / 2)
    if not sides[1]:
        height = max(spine + 2.0, spine + tall / 2)
    blocks: list[Block] = []
    bones: list[BoneLine] = []
    for side, upper in ((sides[0], True), (sides[1], False)):
        for place, bone in enumerate(side):
            left = place * column
            end = (left + column, spine)
            edge = spine - depth[0] if upper else spine + depth[1]
            outer = (left + column - tilt, edge)
            top = edge - 1.0 - names[bone] if upper else edge + 1.0
            x, wide = left + _PAD, column - _PAD
            bones.append(BoneLine(bone, x, top, wide, names[bone], outer, end))
            start = edge if upper else spine + 1.2
            blocks += _stack(by_bone[bone], left + _PAD, start, room, measure)[0]
    box = (width - head + 4.0, spine - tall / 2, head - 4.0, tall)
    return FishLayout(tuple(blocks), tuple(bones), spine, box, width, height)


def _as_lists(
    by_bone: list[list[Twig]],
    width: float,
    measure: Measure,
    name: Callable[[int, float], float],
    effect: Callable[[float], float],
) -> FishLayout:
    """Place the bones as lists beside and below each other, where slanted ones find no room."""
    across = max(1, min(len(by_bone), int((width + _GAP) / (_LEAST_COLUMN + _GAP))))
    column = (width - _GAP * (across - 1)) / across
    tall = effect(width)
    y = tall + 2.0
    blocks: list[Block] = []
    bones: list[BoneLine] = []
    for first in range(0, len(by_bone), across):
        row = range(first, min(first + across, len(by_bone)))
        head = max(name(bone, column) for bone in row)
        end = y + head
        for place, bone in enumerate(row):
            x = place * (column + _GAP)
            line = y + head + 0.6
            bones.append(BoneLine(bone, x, y, column, head, (x, line), (x + column, line)))
            placed, bottom = _stack(by_bone[bone], x, line + 0.6, column, measure)
            blocks += placed
            end = max(end, bottom, line)
        y = end + 2.4
    return FishLayout(tuple(blocks), tuple(bones), None, (0.0, 0.0, width, tall), width, y - 2.4)
