"""Answers out of a form and back: a state that a draft keeps, and the instance as XML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from gemba.forms.definition import Definition, place_of
from gemba.forms.nodes import XFORMS, Kind, Node

_STEP = re.compile(r"(.+?)\[(\d+)\]")
_TEMPLATE = "template"
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class State:
    """All answers of a form by their paths, such as ``/data/bed[2]/nr``.

    ``answers`` holds those not asked now as well, ``withdrawn`` those a filter does not offer now,
    ``rounds`` how often each repeat stands below its parent. Calculations are among the answers,
    since some are worked out only once.
    """

    answers: Mapping[str, str] = field(default_factory=dict)
    withdrawn: Mapping[str, str] = field(default_factory=dict)
    rounds: Mapping[str, int] = field(default_factory=dict)


def path_of(form: Definition, node: Node) -> str:
    """The path of an element, with its place (from 1) in each repeat around it."""
    steps: list[str] = []
    at: Node | None = node
    while at is not None and at is not form.primary:
        name = at.name
        if place_of(at) in form.repeats and at.parent is not None:
            peers = [one for one in at.parent.elements() if one.name == name]
            name = f"{name}[{next(nr for nr, one in enumerate(peers, 1) if one is at)}]"
        steps.append(name)
        at = at.parent
    return "/" + "/".join(reversed(steps))


def node_at(form: Definition, path: str) -> Node | None:
    """The element at such a path, None where there is none."""
    at = form.primary
    for step in path.strip("/").split("/"):
        found = _STEP.fullmatch(step)
        name, number = (found[1], int(found[2])) if found else (step, 1)
        peers = [one for one in at.elements() if one.name == name]
        if not 1 <= number <= len(peers):
            return None
        at = peers[number - 1]
    return at


def paths(form: Definition) -> Iterator[tuple[str, Node]]:
    """Every element with its path, in order; no recursion."""
    waiting: list[tuple[str, Node]] = [("", form.primary)]
    while waiting:
        path, node = waiting.pop()
        if path:
            yield path, node
        counts: dict[str, int] = {}
        below = []
        for child in node.elements():
            name = child.name
            if place_of(child) in form.repeats:
                counts[name] = counts.get(name, 0) + 1
                name = f"{name}[{counts[name]}]"
            below.append((f"{path}/{name}", child))
        waiting.extend(reversed(below))


def instance_xml(form: Definition, left_out: frozenset[Node] | set[Node]) -> str:
    """The instance as XML, without the nodes left out (with all they hold) and without templates.

    Elements of the form's own namespace are written without one, as the peers hand them in.
    """
    top = next(form.primary.elements())
    spaces: dict[str, str] = {}
    for node in (top, *top.within()):
        for one in (node, *node.attributes):
            if one.uri and one.uri != XFORMS and one.prefix and one.local != _TEMPLATE:
                spaces.setdefault(one.prefix, one.uri)
    parts: list[str] = []
    declared = "".join(
        f" xmlns:{prefix}={quoteattr(uri)}" for prefix, uri in spaces.items() if prefix != "xml"
    )
    open_ones: list[Node | str] = [top]
    while open_ones:
        one_open = open_ones.pop()
        if isinstance(one_open, str):
            parts.append(one_open)
            continue
        node = one_open
        if node.kind is Kind.TEXT:
            parts.append(escape(_NO_XML.sub("", node.value)))
            continue
        if node.kind is not Kind.ELEMENT or node in left_out:
            continue
        attributes = "".join(
            f" {one.name}={quoteattr(one.value)}"
            for one in node.attributes
            if one.local != _TEMPLATE
        )
        start = f"<{node.name}{declared if node is top else ''}{attributes}"
        below = [one for one in node.children if one not in left_out]
        if not below:
            parts.append(f"{start}/>")
            continue
        parts.append(f"{start}>")
        open_ones.append(f"</{node.name}>")
        open_ones.extend(reversed(_without_blanks(below)))
    return "".join(parts)


def _without_blanks(children: list[Node]) -> list[Node]:
    """Blanks between elements are the form's layout, not an answer."""
    if not any(one.kind is Kind.ELEMENT for one in children):
        return children
    return [one for one in children if one.kind is not Kind.TEXT or one.value.strip()]
