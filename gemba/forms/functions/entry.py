"""One function of the table: how many values it takes, and its work."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from gemba.forms.scope import Compiled, Scope
from gemba.forms.values import Value, to_number, to_text

Work = Callable[[Scope, Sequence[Compiled]], Value]


class Entry(NamedTuple):
    """``most`` is None where there is no limit; ``work`` gets its arguments not yet worked out."""

    least: int
    most: int | None
    work: Work


def of_values(least: int, most: int | None, work: Callable[..., Value]) -> Entry:
    """A function of the scope and its values."""
    return Entry(
        least, most, lambda scope, given: work(scope, *[argument(scope) for argument in given])
    )


def of_texts(least: int, most: int | None, work: Callable[..., Value]) -> Entry:
    """A function of texts alone."""
    return Entry(
        least, most, lambda scope, given: work(*[to_text(argument(scope)) for argument in given])
    )


def of_numbers(least: int, most: int | None, work: Callable[..., float]) -> Entry:
    """A function of numbers alone."""
    return Entry(
        least,
        most,
        lambda scope, given: work(
            *[to_number(argument(scope), scope.around.zone) for argument in given]
        ),
    )
