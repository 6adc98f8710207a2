"""Absolute paths of actions inside a repeat, turned towards the round of the repeat they stand in.

A value set at /form/bed/tidy from /form/bed/minutes means the minutes of the same bed, as Web Forms
reads it; rules are read as XPath alone has it, with those of all beds.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from gemba.forms.compiling import Formula, compiled
from gemba.forms.tree import Call, Chain, Expression, Negated, Path, Step

_WHOLE = frozenset({"indexed-repeat"})  # names the repeats it means itself


def rebased(
    formula: Formula, where: tuple[str, ...], repeats: Collection[tuple[str, ...]]
) -> Formula:
    """The formula as it is meant at a place of the form."""
    around = [one for one in repeats if where[: len(one)] == one]
    if not around:
        return formula
    return compiled(formula.text, _turned(formula.tree, where, around, True))


def _turned(
    tree: Expression, where: tuple[str, ...], around: list[tuple[str, ...]], here: bool
) -> Expression:
    def again(part: Expression, *, inside: bool = here) -> Expression:
        return _turned(part, where, around, inside)

    if isinstance(tree, Negated):
        return replace(tree, operand=again(tree.operand))
    if isinstance(tree, Chain):
        rest = tuple((sign, again(operand)) for sign, operand in tree.rest)
        return replace(tree, first=again(tree.first), rest=rest)
    if isinstance(tree, Call):
        if tree.name in _WHOLE:
            return tree
        return replace(tree, arguments=tuple(again(one) for one in tree.arguments))
    if not isinstance(tree, Path):
        return tree
    steps = tuple(
        replace(step, conditions=tuple(again(one, inside=False) for one in step.conditions))
        for step in tree.steps
    )
    conditions = tuple(again(one, inside=False) for one in tree.conditions)
    start = None if tree.start is None else again(tree.start)
    tree = replace(tree, steps=steps, conditions=conditions, start=start)
    return _relative(tree, where, around, here) if tree.absolute else tree


def _relative(
    tree: Path, where: tuple[str, ...], around: list[tuple[str, ...]], here: bool
) -> Path:
    names: list[str] = []
    for step in tree.steps:
        if step.axis != "child" or step.test != "name" or step.name == "*" or step.conditions:
            break
        names.append(f"{step.prefix}:{step.name}" if step.prefix else step.name)
    shared = [
        one for one in around if len(one) < len(tree.steps) and tuple(names[: len(one)]) == one
    ]
    if not shared:
        return tree
    deepest = max(map(len, shared))
    up = Step("parent", "node", "", None, (), tree.at)
    steps = (up,) * (len(where) - deepest) + tree.steps[deepest:]
    start = None if here else Call("current", (), tree.at)
    return Path(False, start, (), steps, tree.at)
