"""Labels and choices of questions, in the language shown, with what they quote from answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from gemba.forms.compiling import Formula, formula
from gemba.forms.definition import Definition, place_of
from gemba.forms.nodes import Kind, Node
from gemba.forms.trouble import FormulaError
from gemba.forms.values import Value, to_nodes, to_text

NO_VALUE = "\u2026"
Quote = Callable[[str], str]
"""What is done with an answer before it stands in a label."""


class Answered(Protocol):
    """A form that is being answered."""

    definition: Definition

    def value(self, formula: Formula, node: Node) -> Value:
        """The value of a formula at a node."""


def label_of(form: Answered, node: Node, quote: Quote = str) -> str:
    """The label in the language shown, with what it quotes from other answers."""
    control = form.definition.controls.get(place_of(node))
    if control is None:
        return ""
    element = control.element
    if element.local == "repeat" and element.parent is not None:
        element = element.parent  # a repeat is headed by the group around it
    return _part(form, element, "label", node, quote)


def hint_of(form: Answered, node: Node, quote: Quote = str) -> str:
    """The hint under the question, in the language shown."""
    control = form.definition.controls.get(place_of(node))
    return "" if control is None else _part(form, control.element, "hint", node, quote)


def _part(form: Answered, element: Node, name: str, node: Node, quote: Quote) -> str:
    part = next((one for one in element.elements() if one.local == name), None)
    return "" if part is None else _said(form, part, node, quote)


def _said(form: Answered, label: Node, node: Node, quote: Quote) -> str:
    ref = label.attribute("ref")
    if ref:
        return words_of(form, form.value(formula(ref), node), node, quote)
    return _quoted(form, label, node, quote)


def words_of(form: Answered, found: Value, node: Node, quote: Quote = str) -> str:
    """A value as words; of a text of the form, with what it quotes."""
    if isinstance(found, list):
        return _quoted(form, found[0], node, quote) if found else ""
    return to_text(found)


def _quoted(form: Answered, text: Node, node: Node, quote: Quote) -> str:
    """The words of a text, with each output worked out at the node."""
    parts: list[str] = []
    for child in text.children:
        if child.kind is Kind.TEXT:
            parts.append(child.value)
        elif child.kind is Kind.ELEMENT and child.local == "output":
            value = child.attribute("value") or child.attribute("ref") or "."
            parts.append(quote(_worked(form, value, node)))
        elif child.kind is Kind.ELEMENT:
            parts.append(_quoted(form, child, node, quote))
    return "".join(parts)


def _worked(form: Answered, text: str, node: Node) -> str:
    """What a label quotes; a formula that has no value leaves a mark, and the label stays."""
    try:
        return to_text(form.value(formula(text), node))
    except FormulaError:
        return NO_VALUE


def names_of(form: Answered, node: Node) -> list[str]:
    """The names of what can be chosen now, without their labels."""
    control = form.definition.controls.get(place_of(node))
    if control is None or not control.choices:
        return [name for name, _ in choices_of(form, node)]
    rows = to_nodes(form.value(control.choices.nodes, node))
    return [to_text(form.value(control.choices.value, row)) for row in rows]


def choices_of(form: Answered, node: Node, quote: Quote = str) -> list[tuple[str, str]]:
    """Names and labels of what can be chosen now."""
    control = form.definition.controls.get(place_of(node))
    if control is None or control.kind not in ("select", "select1", "rank"):
        return []
    if control.choices:
        rows = to_nodes(form.value(control.choices.nodes, node))
        value, label = control.choices.value, control.choices.label
        return [(to_text(form.value(value, row)), to_text(form.value(label, row))) for row in rows]
    found: list[tuple[str, str]] = []
    for item in control.element.elements():
        if item.local == "item":
            parts = {one.local: one for one in item.elements()}
            said = _said(form, parts["label"], node, quote) if "label" in parts else ""
            found.append((parts["value"].text() if "value" in parts else "", said))
    return found
