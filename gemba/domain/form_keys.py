"""Which digit chooses which answer: the number its own words begin with, else its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from gemba.domain.form_view import FormChoice

_BEGINS: Final = re.compile(r"\s*([+-]?\d+(?:[.,]\d+)?)(?!\w)")


def keys_of(choices: Sequence[FormChoice]) -> dict[str, str]:
    """Return the names of choices by the digit that chooses them; not every choice has one.

    Where the words of all of them begin with a number of their own, such as points, a digit means
    that number: the key 3 never chooses what is called 2.
    """
    begins = [_BEGINS.match(one.words) for one in choices]
    numbers = [found[1].lstrip("+") for found in begins if found is not None]
    own = len(numbers) == len(choices) and len(set(numbers)) == len(numbers)
    digits = numbers if own else [str(place) for place in range(1, len(choices) + 1)]
    return {
        digit: one.name
        for digit, one in zip(digits, choices, strict=True)
        if len(digit) == 1 and digit.isascii()
    }


def hint_of(key: str, label: str) -> str:
    """Return the digit to show beside the words of a choice; none where they begin with it."""
    found = _BEGINS.match(label)
    return "" if found is not None and found[1].lstrip("+") == key else key
