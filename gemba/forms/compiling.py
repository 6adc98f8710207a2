"""A tree into closures: what can be decided once is decided here, not at every answer."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from gemba.forms.comparing import compare
from gemba.forms.functions import FUNCTIONS
from gemba.forms.grammar import parse
from gemba.forms.nodes import XFORMS, Kind, Node, in_order
from gemba.forms.paths import AXES, BACKWARDS, test_of
from gemba.forms.scope import Compiled, Scope, Surroundings
from gemba.forms.tree import Call, Chain, Expression, Literal, Negated, Path, Step, parts
from gemba.forms.trouble import FormulaError
from gemba.forms.values import NAN, Value, to_nodes, to_number, to_truth


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that was read: its text, its tree, and how to work it out."""

    text: str
    tree: Expression
    run: Compiled

    def at(self, node: Node, around: Surroundings) -> Value:
        """The value of the formula at a node; FormulaError with a column where there is none."""
        return self.run(Scope(node, around, node))

    def doubts(self) -> list[FormulaError]:
        """Functions that do not exist or were given too few or too many values, with columns.

        They are errors only where they are reached, as in the peers; an import names them all.
        """
        found = (_doubt(part) for part in parts(self.tree) if isinstance(part, Call))
        return [problem for problem in found if problem is not None]


@lru_cache(maxsize=4096)
def formula(text: str) -> Formula:
    """Read a formula; FormulaError with the column of what cannot be read."""
    return compiled(text, parse(text))


def compiled(text: str, tree: Expression) -> Formula:
    """The formula of a tree that was read, or changed since."""
    return Formula(text, tree, _compile(tree))


def _compile(tree: Expression) -> Compiled:
    if isinstance(tree, Literal):
        value = tree.value
        return lambda _scope: value
    if isinstance(tree, Negated):
        operand = _compile(tree.operand)
        return lambda scope: -to_number(operand(scope), scope.around.zone)
    if isinstance(tree, Chain):
        return _chain(tree)
    if isinstance(tree, Call):
        return _call(tree)
    return _path(tree)


def _chain(tree: Chain) -> Compiled:
    first = _compile(tree.first)
    rest = [(operator, _compile(operand)) for operator, operand in tree.rest]
    sign = rest[0][0]
    if sign in ("and", "or"):
        operands = [first, *(operand for _, operand in rest)]
        if sign == "and":
            return lambda scope: all(to_truth(operand(scope)) for operand in operands)
        return lambda scope: any(to_truth(operand(scope)) for operand in operands)
    if sign == "|":
        sets = [first, *(operand for _, operand in rest)]
        return lambda scope: in_order([node for one in sets for node in to_nodes(one(scope))])
    if sign in ("+", "-", "*", "div", "mod"):

        def arithmetic(scope: Scope) -> Value:
            zone = scope.around.zone
            result = to_number(first(scope), zone)
            for operator, operand in rest:
                result = reckon(operator, result, to_number(operand(scope), zone))
            return result

        return arithmetic

    def comparison(scope: Scope) -> Value:
        result = first(scope)
        for operator, operand in rest:
            result = compare(operator, result, operand(scope), scope.around.zone)
        return result

    return comparison


def reckon(sign: str, left: float, right: float) -> float:
    """One of + - * div mod on two numbers, with infinity and NaN as IEEE 754 has them."""
    if sign == "+":
        return left + right
    if sign == "-":
        return left - right
    if sign == "*":
        return left * right
    if sign == "mod":
        if right == 0 or math.isinf(left) or math.isnan(left) or math.isnan(right):
            return NAN
        return math.fmod(left, right)
    if right == 0:
        if left == 0 or math.isnan(left):
            return NAN
        return math.copysign(math.inf, left) * math.copysign(1.0, right)
    return left / right


def _doubt(tree: Call) -> FormulaError | None:
    entry = FUNCTIONS.get(tree.name)
    if entry is None:
        return FormulaError("formula.function", at=tree.at, name=tree.name)
    given = len(tree.arguments)
    if given < entry.least or (entry.most is not None and given > entry.most):
        return FormulaError("formula.arguments", at=tree.at, name=tree.name, given=given)
    return None


def _call(tree: Call) -> Compiled:
    problem = _doubt(tree)
    if problem is not None:
        key, values = problem.key, problem.values

        def refuse(_scope: Scope) -> Value:
            raise FormulaError(key, **values)

        return refuse
    work = FUNCTIONS[tree.name].work
    arguments = tuple(_compile(argument) for argument in tree.arguments)
    at = tree.at

    def call(scope: Scope) -> Value:
        try:
            return work(scope, arguments)
        except FormulaError as problem:
            raise problem.at(at) from None

    return call


def _path(tree: Path) -> Compiled:
    start = None if tree.start is None else _compile(tree.start)
    conditions = [_compile(condition) for condition in tree.conditions]
    absolute, at = tree.absolute, tree.at
    names = _plain_names(tree) if absolute else ()
    after = [_Walk(step) for step in tree.steps[len(names) :]]
    # Those of plain names are found by their place; outside of a form they are walked, too.
    steps = after if not names else []

    def walk(scope: Scope) -> Value:
        find = scope.around.find
        if names and find is not None:
            nodes = find(names)
            for step in after:
                nodes = step(nodes, scope)
            return nodes
        if start is not None:
            try:
                nodes = in_order(to_nodes(start(scope)))
            except FormulaError as problem:
                raise problem.at(at) from None
            for condition in conditions:
                nodes = _kept(nodes, condition, scope)
        elif absolute:
            nodes = [scope.around.root or scope.node.root()]
        else:
            nodes = [scope.node]
        if not steps:
            steps.extend(_Walk(step) for step in tree.steps)
        for step in steps:
            nodes = step(nodes, scope)
        return nodes

    return walk


def _plain_names(tree: Path) -> tuple[str, ...]:
    """The names an absolute path begins with, before anything else than a child by its name."""
    names: list[str] = []
    for step in tree.steps:
        if step.axis != "child" or step.test != "name" or step.name == "*":
            break
        if step.prefix is not None or step.conditions:
            break
        names.append(step.name)
    return tuple(names)


class _Walk:
    """One compiled step, from many nodes to many."""

    __slots__ = ("axis", "backwards", "child", "conditions", "test")

    def __init__(self, step: Step) -> None:
        self.axis = AXES[step.axis]
        self.test = test_of(step)
        self.backwards = step.axis in BACKWARDS
        self.conditions = [_compile(condition) for condition in step.conditions]
        plain = step.axis == "child" and step.test == "name" and step.prefix is None
        self.child = step.name if plain and step.name != "*" and not step.conditions else ""

    def __call__(self, nodes: list[Node], scope: Scope) -> list[Node]:
        spend = scope.around.meter.spend
        if self.child:
            return _children(nodes, self.child, spend)
        axis, test, names = self.axis, self.test, scope.around.namespaces
        found: list[Node] = []
        for node in nodes:
            peers = list(axis(node))
            spend(len(peers))
            taken = [peer for peer in peers if test(peer, names)]
            for condition in self.conditions:
                taken = _kept(taken, condition, scope)
            if self.backwards:
                taken.reverse()
            found.extend(taken)
        return found if len(nodes) == 1 else in_order(found)


def _children(nodes: list[Node], name: str, spend: Callable[[int], None]) -> list[Node]:
    """The children of that name, as ``test_of`` takes them, without a call for each."""
    for node in nodes:
        spend(len(node.children))
    found = [
        child
        for node in nodes
        for child in node.children
        if child.local == name
        and child.kind is Kind.ELEMENT
        and (not child.uri or child.uri == XFORMS)
    ]
    return found if len(nodes) == 1 else in_order(found)


def _kept(nodes: list[Node], condition: Compiled, scope: Scope) -> list[Node]:
    """The nodes for which a condition holds; a number holds for the node at that place."""
    kept: list[Node] = []
    size = len(nodes)
    scope.around.meter.spend(size)
    for place, node in enumerate(nodes, 1):
        value = condition(Scope(node, scope.around, scope.current, place, size))
        if value == place if type(value) is float else to_truth(value):
            kept.append(node)
    return kept
