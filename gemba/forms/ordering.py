"""What depends on what in a form, decided once: the order in which rules are worked out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from gemba.forms.definition import Definition, Where
from gemba.forms.tree import Call, Expression, Path, Step, held
from gemba.forms.trouble import FormulaError

Vertex = tuple[Where, str]  # a place, and "relevant" or "calculate"
EVERYTHING: Where = ("*",)


def order(form: Definition) -> list[tuple[Vertex, frozenset[Where]]]:
    """Every rule that can change others, after those it needs, with the places it looks at.

    FormulaError names the places of a circle.
    """
    looks: dict[Vertex, frozenset[Where]] = {
        (where, name): frozenset(places(rule.formulas[name].tree, where, where))
        for where, rule in form.rules.items()
        for name in ("relevant", "calculate")
        if name in rule.formulas
    }
    needs = {}
    for vertex, seen in looks.items():
        form.patience.turn()
        needs[vertex] = list(_needed(vertex, seen, looks))
    for (where, name), found in needs.items():
        form.patience.turn()
        # In a repeat a question may look at itself in another round.
        if any(where[: len(repeat)] == repeat for repeat in form.repeats):
            needs[where, name] = [one for one in found if one != (where, name)]
    return [(vertex, looks[vertex]) for vertex in _sorted(needs)]


@dataclass(frozen=True, slots=True)
class Watch:
    """Who looks at a place, by the numbers given in; ``wide`` are those that look everywhere."""

    at: dict[Where, list[int]]
    wide: list[int]

    def of(self, changed: set[Where]) -> set[int]:
        """Everyone concerned by a change at these places."""
        found = set(self.wide)
        for place in changed:
            found.update(self.at.get(place, ()))
        return found


def watch(looks: Sequence[Collection[Where]]) -> Watch:
    """Turn who looks at what into who is looked at by whom."""
    at: dict[Where, list[int]] = {}
    wide: list[int] = []
    for number, places_seen in enumerate(looks):
        if EVERYTHING in places_seen:
            wide.append(number)
            continue
        for place in places_seen:
            at.setdefault(place, []).append(number)
    return Watch(at, wide)


def _needed(
    vertex: Vertex, seen: frozenset[Where], looks: dict[Vertex, frozenset[Where]]
) -> Iterator[Vertex]:
    where, name = vertex
    for place in seen:
        if (place, "calculate") in looks:
            yield place, "calculate"
        for length in range(1, len(place) + 1):
            if (place[:length], "relevant") in looks:
                yield place[:length], "relevant"
    if name == "calculate":
        for length in range(1, len(where) + 1):
            if (where[:length], "relevant") in looks:
                yield where[:length], "relevant"


def _sorted(needs: dict[Vertex, list[Vertex]]) -> list[Vertex]:
    """Depth first without recursion, in the order of the form; a circle is refused."""
    done: dict[Vertex, None] = {}
    for start in needs:
        trail: dict[Vertex, Iterator[Vertex]] = {} if start in done else {start: iter(needs[start])}
        while trail:
            vertex = next(reversed(trail))
            following = next((one for one in trail[vertex] if one not in done), None)
            if following is None:
                done[vertex] = None
                del trail[vertex]
            elif following in trail:
                circle = [*trail][[*trail].index(following) :]
                path = " > ".join("/" + "/".join(one[0]) for one in [*circle, circle[0]])
                raise FormulaError("form.circle", path=path).placed(*circle[0])
            else:
                trail[following] = iter(needs[following])
    return list(done)


def places(tree: Expression, where: Where | None, current: Where) -> Iterator[Where]:
    """The places of the form a formula looks at; EVERYTHING where only running it can tell.

    ``where`` is None inside other instances, whose own names are no places of the form.
    """
    waiting = [tree]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Path):
            yield from _walked(part, where, current)
        else:
            waiting.extend(held(part))


def _walked(path: Path, where: Where | None, current: Where) -> Iterator[Where]:
    for condition in path.conditions:
        yield from places(condition, None, current)
    starts: list[Where | None] = [() if path.absolute else where]
    if isinstance(path.start, Call) and path.start.name == "current":
        starts = [current]
    elif isinstance(path.start, Call) and path.start.name == "instance":
        starts = [None]
    elif path.start is not None:
        starts = list(places(path.start, where, current))
    for start in starts:
        yield from _steps(start, path.steps, current)


def _steps(start: Where | None, steps: tuple[Step, ...], current: Where) -> Iterator[Where]:
    at = None if start is None else list(start)
    for step in steps:
        if at is not None:
            if step.axis == "parent" and at:
                at.pop()
            elif step.axis == "child" and step.test == "name" and step.name != "*":
                at.append(f"{step.prefix}:{step.name}" if step.prefix else step.name)
            elif step.axis != "self":
                yield EVERYTHING
                at = None
        for condition in step.conditions:
            yield from places(condition, None if at is None else tuple(at), current)
    if at is not None:
        yield tuple(at)
