"""An XForm as a definition: primary instance, rules, controls, texts and other instances."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC

from gemba.forms.compiling import Formula, formula
from gemba.forms.nodes import Kind, Node
from gemba.forms.patience import Patience
from gemba.forms.rebasing import rebased
from gemba.forms.trouble import FormulaError
from gemba.forms.values import to_number

Where = tuple[str, ...]  # names from the top element down, without places in repeats
GEMBA = "urn:gemba:form"  # the namespace of gemba:: columns
RULES = ("relevant", "calculate", "required", "readonly", "constraint")
CONTROLS = frozenset({"input", "select", "select1", "rank", "range", "trigger", "upload"})
_SHOWN = CONTROLS | {"group", "repeat"}


@dataclass(frozen=True, slots=True)
class Rule:
    """What a bind says of the nodes at one place."""

    where: Where
    kind: str
    formulas: dict[str, Formula]
    preload: tuple[str, str] | None
    extra: dict[str, str] = field(default_factory=dict)  # gemba:: columns by their names


@dataclass(frozen=True, slots=True)
class Choices:
    """Where choices come from: nodes of a formula, and the names of their value and label."""

    nodes: Formula
    value: Formula
    label: Formula


@dataclass(frozen=True, slots=True)
class Control:
    """A question, group or repeat as the body shows it."""

    kind: str
    where: Where
    element: Node
    choices: Choices | None = None

    def formulas(self) -> Iterator[Formula]:
        """What its choices are worked out with."""
        if self.choices is not None:
            yield from (self.choices.nodes, self.choices.value, self.choices.label)


@dataclass(frozen=True, slots=True)
class Action:
    """A value set when something happens: events, target, and the formula or text of the value."""

    events: frozenset[str]
    target: Formula
    target_where: Where
    value: Formula | None
    text: str
    within: Where


@dataclass(slots=True)
class Definition:
    """A whole form, without answers."""

    document: Node
    primary: Node  # the instance element that holds the top element
    body: Node | None = None  # the element that holds what is shown
    rules: dict[Where, Rule] = field(default_factory=dict)
    controls: dict[Where, Control] = field(default_factory=dict)
    repeats: dict[Where, Formula | None] = field(default_factory=dict)
    ranges: dict[Where, tuple[float, float]] = field(default_factory=dict)  # least and most
    actions: list[Action] = field(default_factory=list)
    instances: dict[str, Node] = field(default_factory=dict)
    texts: dict[str, dict[str, list[Node]]] = field(default_factory=dict)
    patience: Patience = field(default_factory=Patience)


def place_of(node: Node) -> Where:
    """The names from the top element of the instance down to a node."""
    if node.where is not None:
        return node.where
    names: list[str] = []
    at: Node | None = node
    while at is not None and at.kind is Kind.ELEMENT and at.local != "instance":
        names.append(at.name)
        at = at.parent
    return tuple(reversed(names))


def define(document: Node, patience: Patience | None = None) -> Definition:
    """Read a form; FormulaError where it has no instance or a formula cannot be read."""
    model = next(_named(document, "model"), None)
    instances = (
        [] if model is None else [one for one in model.elements() if one.local == "instance"]
    )
    if model is None or not instances or not any(instances[0].elements()):
        raise FormulaError("form.no_instance")
    found = Definition(document, instances[0])
    if patience is not None:
        found.patience = patience
    for instance in instances:
        found.instances.setdefault(instance.attribute("id") or "", instance)
    body = found.body = _body(document)
    # Once each: a form of a thousand questions has ten thousand parts.
    said, shown = model.elements_within(), [] if body is None else body.elements_within()
    _read_texts(found, said)
    _read_repeats(found, [one for one in shown if one.local == "repeat"])
    for bind in said:
        if bind.local == "bind":
            _read_rule(found, bind)
    _read_body(found, shown)
    for action in (*said, *shown):
        if action.local == "setvalue":
            _read_action(found, action)
    return found


def _named(top: Node, local: str) -> Iterator[Node]:
    return (node for node in top.within() if node.kind is Kind.ELEMENT and node.local == local)


def _body(document: Node) -> Node | None:
    """The body, where it usually stands, else wherever it does."""
    usual = (one for top in document.elements() for one in top.elements() if one.local == "body")
    return next(usual, None) or next(_named(document, "body"), None)


def _where(path: str, outer: Where = ()) -> Where:
    """A plain path, absolute or from an outer place; conditions in it are left out."""
    text = path.strip()
    if "[" in text or "]" in text:
        text = _without_conditions(text)
    text = text.replace("current()/", "")
    if text.startswith("/") and "." not in text and " " not in text:
        return tuple(step for step in text.split("/") if step)
    steps = list(() if text.startswith("/") else outer)
    for step in text.split("/"):
        if step == ".." and steps:
            steps.pop()
        elif step not in ("", ".", ".."):
            steps.append(step.strip())
    return tuple(steps)


def _without_conditions(path: str) -> str:
    plain, depth = [], 0
    for letter in path:
        depth += letter == "["
        if depth == 0:
            plain.append(letter)
        depth -= letter == "]"
    return "".join(plain)


def _outer(found: Definition, element: Node) -> Where:
    """The place a control stands in by the groups and repeats around it."""
    at = element.parent
    while at is not None:
        path = at.attribute("nodeset") or at.attribute("ref")
        if path and at.local in ("group", "repeat"):
            return _where(path, _outer(found, at))
        at = at.parent
    return ()


def _read_repeats(found: Definition, repeats: list[Node]) -> None:
    for repeat in repeats:
        found.patience.turn()
        where = _where(
            repeat.attribute("nodeset") or repeat.attribute("ref") or "", _outer(found, repeat)
        )
        found.repeats[where] = None
    for repeat in repeats:
        where = _where(
            repeat.attribute("nodeset") or repeat.attribute("ref") or "", _outer(found, repeat)
        )
        count = next((one.value for one in repeat.attributes if one.local == "count"), None)
        if count is not None:
            found.repeats[where] = _placed(found, count, where, "count")


def _read_rule(found: Definition, bind: Node) -> None:
    where = _where(bind.attribute("nodeset") or "")
    if not where:  # a rule about nothing
        return
    formulas = {}
    for name in RULES:
        text = bind.attribute(name)
        if text and text.strip():
            formulas[name] = _placed(found, text, where, name)
    extra = {one.local: one.value for one in bind.attributes if one.uri and one.uri != GEMBA}
    preload = (extra["preload"], extra.get("preloadParams", "")) if "preload" in extra else None
    for name in ("constraintMsg", "requiredMsg"):
        if name in extra:
            formulas[name] = _said(extra[name])
    kind = (bind.attribute("type") or "string").rpartition(":")[2]
    ours = {one.local: one.value for one in bind.attributes if one.uri == GEMBA}
    found.rules[where] = Rule(where, kind, formulas, preload, ours)


def _placed(found: Definition, text: str, where: Where, rule: str) -> Formula:
    """A formula at its place; what is wrong with it names the place."""
    found.patience.formula(text)
    try:
        return formula(text)
    except FormulaError as problem:
        raise problem.placed(where, rule, text) from None


def _said(text: str) -> Formula:
    """A message: a reference to the texts of the form, or the words themselves."""
    if text.startswith("jr:itext("):
        return formula(text)
    quote = '"' if "'" in text else "'"
    return formula(quote + text.replace(quote, " ") + quote)


def _read_body(found: Definition, shown: list[Node]) -> None:
    for element in shown:
        if element.local not in _SHOWN:
            continue
        path = element.attribute("ref") or element.attribute("nodeset")
        if not path:
            continue
        found.patience.turn()
        where = _where(path, _outer(found, element))
        choices = _choices(found, element, where)
        if element.local == "range":
            found.ranges[where] = _bounds(element)
        if element.local == "group" and where in found.repeats:
            continue
        found.controls[where] = Control(element.local, where, element, choices)


def _bounds(element: Node) -> tuple[float, float]:
    """The least and the most a range offers; without bounds where they are no numbers."""
    ends = [to_number(element.attribute(name) or "", UTC) for name in ("start", "end")]
    return (-math.inf, math.inf) if any(map(math.isnan, ends)) else (min(ends), max(ends))


def _choices(found: Definition, element: Node, where: Where) -> Choices | None:
    itemset = next((one for one in element.elements() if one.local == "itemset"), None)
    if itemset is None:
        return None
    refs = {one.local: one.attribute("ref") or "." for one in itemset.elements()}
    nodes = _placed(found, itemset.attribute("nodeset") or ".", where, "choices")
    return Choices(nodes, formula(refs.get("value", ".")), formula(refs.get("label", ".")))


def _read_action(found: Definition, element: Node) -> None:
    parent = element.parent
    within = _outer(found, element)
    if parent is not None and parent.local in CONTROLS:
        within = _where(parent.attribute("ref") or "", _outer(found, parent))
    elif parent is not None and parent.local in ("repeat", "group"):
        path = parent.attribute("nodeset") or parent.attribute("ref") or ""
        within = _where(path, _outer(found, parent))
    ref = element.attribute("ref") or "."
    found.patience.formula(ref)
    target_where = _where(ref, within)
    value = element.attribute("value")
    found.actions.append(
        Action(
            frozenset((element.attribute("event") or "").split()),
            rebased(formula(ref), within, found.repeats),
            target_where,
            rebased(_placed(found, value, target_where, "value"), target_where, found.repeats)
            if value
            else None,
            element.text(),
            within,
        )
    )


def _read_texts(found: Definition, said: list[Node]) -> None:
    """The texts of every language, those of the default one first."""
    languages = [one for one in said if one.local == "translation"]
    for spoken in sorted(languages, key=lambda one: one.attribute("default") is None):
        texts = found.texts.setdefault(spoken.attribute("lang") or "", {})
        for text in spoken.elements():
            values = sorted(text.elements(), key=lambda one: one.attribute("form") is not None)
            texts[text.attribute("id") or ""] = values
