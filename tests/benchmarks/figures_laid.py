"""Laying out the largest figures a sheet can hold, each with words that were never measured."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from statistics import median

from gemba.domain.figures import Fishbone, FiveWhys
from gemba.domain.figures.fishbone import Bone, BoneCause
from gemba.domain.figures.five_whys import Why
from gemba.domain.figures.telling import plain_english
from gemba.reports.figures import fishbone, five_whys
from tests.benchmarks.measuring import Figure

_WIDTH = 199.0
_MOST = 0.05
_FRESH = itertools.count()


def measure() -> list[Figure]:
    """Measure layouts of fresh words each time, for lines already broken are remembered."""
    found = [
        ("fishbone 8 x 10 x 3 laid out", _bones, "320 causes"),
        ("why tree of 200 laid out", _tree, "200 causes, four answers to each why"),
    ]
    return [
        Figure(name, _usual(lay), 1.0, "s", _MOST, f"{note}, median of 9", absolute=True)
        for name, lay, note in found
    ]


def _usual(lay: Callable[[int], object]) -> float:
    def once() -> float:
        fresh = next(_FRESH)
        began = time.perf_counter()
        lay(fresh)
        return time.perf_counter() - began

    once()
    return median(once() for _ in range(9))


def _bones(fresh: int) -> object:
    bones = tuple(Bone(id=str(n), label=f"Bone {n}") for n in range(8))
    causes = [
        BoneCause(id=f"{n}.{m}", parent=str(n), text=f"Cause {m} of bone {n}, run {fresh}")
        for n in range(8)
        for m in range(10)
    ]
    causes += [
        BoneCause(id=f"{one.id}.{n}", parent=one.id, text=f"What led to {one.id}: {n}, {fresh}")
        for one in causes
        for n in range(3)
    ]
    figure = Fishbone(id="f", effect="Late", bones=bones, causes=tuple(causes))
    return fishbone.layout(figure, _WIDTH, plain_english)


def _tree(fresh: int) -> object:
    whys = [Why(id="0", text="Fit at 09:00, leaves after 14:00")]
    for n in range(1, 200):
        words = f"Answer {n} of run {fresh}, in a few words"
        whys.append(Why(id=str(n), parent=str((n - 1) // 4), text=words, source="3 walks"))
    return five_whys.natural_size(FiveWhys(id="t", whys=tuple(whys)), _WIDTH, plain_english)
