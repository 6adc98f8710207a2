"""What a form shows at a node: its kind, label, choices, and what is missing or out of limits."""

from __future__ import annotations

from dataclasses import dataclass

from gemba.domain.form_label import label_prose, literal
from gemba.forms.definition import place_of
from gemba.forms.form import Form
from gemba.forms.labels import choices_of, hint_of, label_of, words_of
from gemba.forms.nodes import Kind, Node
from gemba.forms.trouble import FormulaError
from gemba.forms.values import to_truth


@dataclass(frozen=True, slots=True)
class View:
    """One node as it is shown; ``wrong`` is "", "required" or "constraint".

    ``kind`` is the control of XForms: input, select1, select, rank, range, trigger, upload, group,
    repeat, or "" for what is not shown; ``type`` that of its bind; ``bounds`` start, end and step
    of a range.
    """

    asked: bool
    text: str
    required: bool
    read_only: bool
    wrong: str
    message: str
    label: str
    choices: tuple[tuple[str, str], ...]
    hint: str = ""
    kind: str = ""
    type: str = "string"
    appearance: str = ""
    bounds: tuple[str, str, str] = ("", "", "")


def look(form: Form, node: Node) -> View:
    """Everything a page needs to show a node."""
    form.rested()
    rule = form.definition.rules.get(place_of(node))
    formulas = rule.formulas if rule else {}
    asked = form.asked(node)

    def holds(name: str) -> bool:
        if name not in formulas:
            return False
        try:
            return to_truth(form.value(formulas[name], node))
        except FormulaError as problem:
            raise problem.placed(place_of(node), name, formulas[name].text) from None

    leaf = next(node.elements(), None) is None
    required = leaf and holds("required")
    text = node.text() if leaf else ""
    wrong = ""
    if asked and leaf and not text and required:
        wrong = "required"
    elif asked and leaf and text and "constraint" in formulas and not holds("constraint"):
        wrong = "constraint"
    message = formulas.get(f"{wrong}Msg") if wrong else None
    return View(
        asked,
        text,
        required,
        _read_only(form, node),
        wrong,
        words_of(form, form.value(message, node), node) if message else "",
        label_of(form, node),
        tuple(choices_of(form, node)),
        *_shown(form, node),
        rule.kind if rule else "string",
        *_drawn(form, node),
    )


@dataclass(frozen=True, slots=True)
class Said:
    """What a node says, as prose of ``gemba.domain.prose``: the same for window and paper."""

    label: str
    hint: str
    message: str
    choices: tuple[tuple[str, str], ...]


def say(form: Form, node: Node, view: View | None = None) -> Said:
    """The words of a node with their Markdown and HTML read, and answers in them as letters."""
    view = view or look(form, node)
    return Said(
        label_prose(label_of(form, node, literal)),
        label_prose(hint_of(form, node, literal)),
        label_prose(view.message),
        tuple((name, label_prose(label)) for name, label in choices_of(form, node, literal)),
    )


def _shown(form: Form, node: Node) -> tuple[str, str]:
    """The hint, and the kind of control."""
    control = form.definition.controls.get(place_of(node))
    return ("", "") if control is None else (hint_of(form, node), control.kind)


def _drawn(form: Form, node: Node) -> tuple[str, tuple[str, str, str]]:
    """How it wants to look, and the bounds of a range."""
    control = form.definition.controls.get(place_of(node))
    if control is None:
        return "", ("", "", "")
    start, end, step = (control.element.attribute(one) or "" for one in ("start", "end", "step"))
    return control.element.attribute("appearance") or "", (start, end, step)


def _read_only(form: Form, node: Node) -> bool:
    """A rule of its own or of what is around it."""
    at: Node | None = node
    while at is not None and at.kind is Kind.ELEMENT:
        rule = form.definition.rules.get(place_of(at))
        formula = rule.formulas.get("readonly") if rule else None
        if formula is not None and to_truth(form.value(formula, at)):
            return True
        at = at.parent
    return False
