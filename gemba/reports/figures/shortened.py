"""Where a figure is too high, long texts show their first lines before other parts give way."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from gemba.reports.lines import fold
from gemba.reports.style import TextStyle

_TRIED: Final = (6, 4, 2, 1)

LeftOut = Callable[[int | None], tuple[int, int]]
"""Returns for a number of lines a text may have, None for any, how many parts of a figure find no
room, and how many others do not show all their words."""


def lines_of(texts: Iterable[tuple[str, float, TextStyle]]) -> int:
    """Return how many lines the longest of texts has; each with its width in mm and its style."""
    return max((len(fold(text, width, style)) for text, width, style in texts), default=0)


def lines_kept(longest: int, left_out: LeftOut) -> int | None:
    """Return how many lines a text may have so that the fewest parts suffer; None for any number.

    As many as leave room for every part, where that is possible: so one long text takes no more
    than what the others leave. ``longest`` is the number of lines of the longest text.
    """
    low, high, found = 1, longest - 1, 0
    while low <= high:
        middle = (low + high) // 2
        if left_out(middle)[0]:
            high = middle - 1
        else:
            low, found = middle + 1, middle
    # Where as many suffer either way, a beginning of a text says more than none of it.
    tried = [found, None] if found else [None, *(most for most in _TRIED if most < longest)]
    return min(tried, key=lambda most: sum(left_out(most)))
