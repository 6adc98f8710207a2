"""Steps of a path: which nodes lie along an axis, and which of them a test takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from gemba.forms.nodes import XFORMS, XML, Kind, Node
from gemba.forms.tree import Step
from gemba.forms.trouble import FormulaError

Axis = Callable[[Node], Iterator[Node]]
Test = Callable[[Node, Mapping[str, str]], bool]


def _self(node: Node) -> Iterator[Node]:
    yield node


def _parent(node: Node) -> Iterator[Node]:
    if node.parent is not None:
        yield node.parent


def _child(node: Node) -> Iterator[Node]:
    return iter(node.children)


def _attribute(node: Node) -> Iterator[Node]:
    return iter(node.attributes)


def _ancestor(node: Node) -> Iterator[Node]:
    while node.parent is not None:
        node = node.parent
        yield node


def _ancestor_or_self(node: Node) -> Iterator[Node]:
    yield node
    yield from _ancestor(node)


def _descendant_or_self(node: Node) -> Iterator[Node]:
    yield node
    yield from node.within()


def _peers(node: Node) -> tuple[list[Node], int]:
    if node.parent is None or node.kind is Kind.ATTRIBUTE:
        return [], 0
    peers = node.parent.children
    return peers, next(place for place, peer in enumerate(peers) if peer is node)


def _following_sibling(node: Node) -> Iterator[Node]:
    peers, place = _peers(node)
    return iter(peers[place + 1 :])


def _preceding_sibling(node: Node) -> Iterator[Node]:
    peers, place = _peers(node)
    return iter(peers[:place][::-1])


def _following(node: Node) -> Iterator[Node]:
    if node.kind is Kind.ATTRIBUTE and node.parent is not None:
        yield from node.parent.within()
        node = node.parent
    for branch in _ancestor_or_self(node):
        for peer in _following_sibling(branch):
            yield from _descendant_or_self(peer)


def _preceding(node: Node) -> Iterator[Node]:
    if node.kind is Kind.ATTRIBUTE and node.parent is not None:
        node = node.parent
    for branch in _ancestor_or_self(node):
        for peer in _preceding_sibling(branch):
            yield from reversed(list(_descendant_or_self(peer)))


AXES: dict[str, Axis] = {
    "ancestor": _ancestor,
    "ancestor-or-self": _ancestor_or_self,
    "attribute": _attribute,
    "child": _child,
    "descendant": Node.within,
    "descendant-or-self": _descendant_or_self,
    "following": _following,
    "following-sibling": _following_sibling,
    "parent": _parent,
    "preceding": _preceding,
    "preceding-sibling": _preceding_sibling,
    "self": _self,
}
BACKWARDS = frozenset({"ancestor", "ancestor-or-self", "preceding", "preceding-sibling"})


def test_of(step: Step) -> Test:
    """Which nodes a step takes, given what the prefixes of the form stand for.

    A name without a prefix takes names of no namespace and those of XForms, since most forms make
    that their default one and then write plain names in their formulas.
    """
    if step.test != "name":
        return _type_test(step)
    kind = Kind.ATTRIBUTE if step.axis == "attribute" else Kind.ELEMENT
    local, prefix = step.name, step.prefix
    if prefix is None:
        if local == "*":
            return lambda node, _names: node.kind is kind
        return lambda node, _names: (
            node.local == local and node.kind is kind and (not node.uri or node.uri == XFORMS)
        )

    at = step.at

    def named(node: Node, names: Mapping[str, str]) -> bool:
        if node.kind is not kind or local not in ("*", node.local):
            return False
        uri = XML if prefix == "xml" else names.get(prefix)
        if uri is None and local == "*":
            raise FormulaError("formula.prefix", at=at, name=prefix)
        return node.prefix == prefix if uri is None else node.uri == uri

    return named


def _type_test(step: Step) -> Test:
    if step.test == "node":
        return lambda _node, _names: True
    if step.test == "text":
        return lambda node, _names: node.kind is Kind.TEXT
    if step.test == "comment":
        return lambda node, _names: node.kind is Kind.COMMENT
    wanted = step.name
    return lambda node, _names: (
        node.kind is Kind.INSTRUCTION and (not wanted or node.local == wanted)
    )
