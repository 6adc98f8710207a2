"""A formula as a tree, before it is compiled; ``at`` is the column, from 1."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Literal:
    """A number or a text that stands in the formula."""

    value: float | str
    at: int


@dataclass(frozen=True, slots=True)
class Negated:
    """A minus before an operand."""

    operand: Expression
    at: int


@dataclass(frozen=True, slots=True)
class Chain:
    """Operands with operators of one rank between them, worked from left to right."""

    first: Expression
    rest: tuple[tuple[str, Expression], ...]
    at: int


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments."""

    name: str
    arguments: tuple[Expression, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: axis, what nodes it takes, and conditions on them.

    ``test`` is a node type (node, text, comment, processing-instruction) or "name"; then ``name``
    is the local name or * and ``prefix`` the prefix, None for none.
    """

    axis: str
    test: str
    name: str
    prefix: str | None
    conditions: tuple[Expression, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Path:
    """Steps from the root, from the context node, or from the nodes another expression gives."""

    absolute: bool
    start: Expression | None
    conditions: tuple[Expression, ...]
    steps: tuple[Step, ...]
    at: int


Expression = Literal | Negated | Chain | Call | Path


def parts(expression: Expression) -> Iterator[Expression]:
    """The expression and everything in it, each before what it holds."""
    waiting: list[Expression] = [expression]
    while waiting:
        part = waiting.pop()
        yield part
        waiting.extend(reversed(held(part)))


def held(part: Expression) -> list[Expression]:
    """What stands directly in an expression, in the order of the text."""
    if isinstance(part, Negated):
        return [part.operand]
    if isinstance(part, Chain):
        return [part.first, *(operand for _, operand in part.rest)]
    if isinstance(part, Call):
        return list(part.arguments)
    if isinstance(part, Path):
        held = [part.start] if part.start is not None else []
        held.extend(part.conditions)
        for step in part.steps:
            held.extend(step.conditions)
        return held
    return []
