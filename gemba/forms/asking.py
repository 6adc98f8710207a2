"""What the body of a form shows now, in order: questions, heads of groups, rounds of repeats."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import Final

from gemba.forms.compiling import formula
from gemba.forms.definition import CONTROLS, Control, Definition, Where, place_of
from gemba.forms.form import Form
from gemba.forms.labels import label_of, words_of
from gemba.forms.nodes import Kind, Node
from gemba.forms.settling import MOST_ROUNDS
from gemba.forms.values import to_number, to_truth

_INPUTS: Final = {
    "int": "integer",
    "integer": "integer",
    "decimal": "decimal",
    "date": "date",
    "time": "time",
    "dateTime": "datetime",
    "string": "text",
    "barcode": "text",
    "boolean": "text",
}
_CONTROLS: Final = {
    "select1": "one",
    "select": "several",
    "rank": "rank",
    "trigger": "acknowledge",
    "range": "range",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing the body shows; ``part`` is question, group, repeat, round or more.

    ``repeat`` heads a repeat, ``round`` one round of it, and ``more`` stands behind its last
    round, where another may be added. ``depth`` counts the heads around it.
    """

    part: str
    node: Node
    element: Node
    depth: int
    where: Where = ()

    @property
    def control(self) -> str:
        """The name of the control."""
        return self.element.local


def asked_now(form: Form, *, everything: bool = False) -> Iterator[Asked]:
    """Return what is shown, in the order of the body; what is not asked now is left out.

    ``everything`` has it all the same, as on a form to be filled in by hand.
    """
    body = form.definition.body
    if body is not None:
        controls = {id(one.element): one for one in form.definition.controls.values()}
        yield from _Walk(form, controls, everything).inside(body, form.top, 0)


class _Walk:
    """Goes through the body of a form, from element to element, beside the instance."""

    def __init__(self, form: Form, controls: Mapping[int, Control], everything: bool) -> None:
        self._form = form
        self._controls = controls
        self._everything = everything
        self._children: dict[Node, dict[str, Node]] = {}

    def _asked(self, node: Node) -> bool:
        return self._everything or self._form.asked(node)

    def inside(self, element: Node, at: Node, depth: int) -> Iterator[Asked]:
        """Return what is shown inside an element."""
        for child in element.elements():
            if child.local == "group":
                yield from self._group(child, at, depth)
            elif child.local == "repeat":
                yield from self._repeat(child, at, depth)
            elif child.local in CONTROLS and id(child) in self._controls:
                node = self._node(self._controls[id(child)].where, at)
                if node is not None and self._asked(node):
                    yield Asked("question", node, child, depth)

    def _group(self, element: Node, at: Node, depth: int) -> Iterator[Asked]:
        holds_repeat = any(one.local == "repeat" for one in element.elements())
        control = self._controls.get(id(element))
        node = self._node(control.where, at) if control is not None else None
        if holds_repeat or node is None:
            # A group round a repeat is its head; one without a place of its own only gathers.
            yield from self.inside(element, at, depth)
            return
        if self._asked(node):
            yield Asked("group", node, element, depth)
            yield from self.inside(element, node, depth + 1)

    def _repeat(self, element: Node, at: Node, depth: int) -> Iterator[Asked]:
        form, control = self._form, self._controls.get(id(element))
        if control is None:
            return
        where = control.where
        parent = self._node(where[:-1], at)
        if parent is None or not self._asked(parent):
            return
        rounds = list(form.nodes(where, parent if len(where) > 1 else None))
        if any(self._asked(one) for one in rounds) or not rounds:
            yield Asked("repeat", parent, element, depth, where)
        for one in rounds:
            if self._asked(one):
                yield Asked("round", one, element, depth + 1, where)
                yield from self.inside(element, one, depth + 2)
        counted = form.definition.repeats.get(where) is not None
        if not counted and len(rounds) < MOST_ROUNDS and all(self._asked(one) for one in rounds):
            yield Asked("more", parent, element, depth + 1, where)

    def _node(self, where: Where, at: Node) -> Node | None:
        """Return the node of a control: the one inside the round shown, where there is one."""
        here = place_of(at)
        inside = bool(here) and where[: len(here)] == here
        node: Node | None = at if inside else self._form.definition.primary
        for name in where[len(here) if inside else 0 :]:
            if node is None:
                return None
            node = self._child(node, name)
        return node

    def _child(self, parent: Node, name: str) -> Node | None:
        """Return the first child of a name; the children of a node are looked through once."""
        known = self._children.get(parent)
        if known is None:
            known = self._children[parent] = {}
            for one in parent.elements():
                known.setdefault(one.name, one)
        return known.get(name)


def kind_of(form: Form, asked: Asked) -> str:
    """Return what kind of question it is: "unsupported" for what Gemba does not ask."""
    element = asked.element
    rule = form.definition.rules.get(place_of(asked.node))
    held = rule.kind if rule is not None else "string"
    if element.local == "input":
        reads = rule is not None and "readonly" in rule.formulas
        kind = _INPUTS.get(held, "unsupported")
        if kind == "text" and reads and not asked.node.text():
            return "note"
        return kind
    if element.local == "upload":
        pictures = (element.attribute("mediatype") or "").startswith("image/")
        return "image" if pictures else "unsupported"
    return _CONTROLS.get(element.local, "unsupported")


def head_of(form: Form, asked: Asked) -> str:
    """Return the words at the head of a group or a repeat."""
    if asked.part in ("repeat", "round", "more"):
        around = asked.element.parent
        if around is None or around.local != "group":
            return _words(form, asked, "label")
        return _words(form, Asked(asked.part, asked.node, around, asked.depth), "label")
    return label_of(form, asked.node)


def _words(form: Form, asked: Asked, name: str) -> str:
    element = next((one for one in asked.element.elements() if one.local == name), None)
    if element is None:
        return ""
    ref = element.attribute("ref")
    if ref:
        return words_of(form, form.value(formula(ref), asked.node), asked.node)
    return words_of(form, [element], asked.node)


def range_of(asked: Asked) -> tuple[float, float, float]:
    """Return the least and the most of a range and the step between; NaN where it is not said."""
    least, most, step = (
        to_number(asked.element.attribute(name) or "", UTC) for name in ("start", "end", "step")
    )
    return least, most, step


def lines_of(asked: Asked) -> int:
    """Return how many lines a text is meant to take."""
    rows = asked.element.attribute("rows") or ""
    many = "multiline" in (asked.element.attribute("appearance") or "")
    return max(1, min(int(rows), 12)) if rows.isdecimal() else 3 if many else 1


def round_of(node: Node) -> int:
    """Return which round of its repeat a node is, from 1."""
    assert node.parent is not None
    alike = (one for one in node.parent.elements() if one.name == node.name)
    return next(number for number, one in enumerate(alike, 1) if one is node)


def title_of(definition: Definition) -> str:
    """Return the title of a form, or nothing."""
    for node in definition.document.within():
        if node.kind is Kind.ELEMENT and node.local == "title":
            return " ".join(node.text().split())
    return ""


def languages_of(definition: Definition) -> list[str]:
    """Return the languages a form speaks, the one it begins with first; none for only one."""
    return list(definition.texts) if len(definition.texts) > 1 else []


def may_drop(form: Form, asked: Asked) -> bool:
    """Tell whether a round may be taken away: where a formula counts them, none may."""
    return form.definition.repeats.get(asked.where) is None


def holds(form: Form, node: Node, name: str) -> bool:
    """Tell whether a rule of a node says yes."""
    rule = form.definition.rules.get(place_of(node))
    formula = rule.formulas.get(name) if rule is not None else None
    return formula is not None and to_truth(form.value(formula, node))
