"""What a form begins with: models of its repeats, and what the device fills in."""

from __future__ import annotations

from uuid import UUID

from gemba.forms.definition import Definition, Where, place_of
from gemba.forms.nodes import Kind, Node, copied
from gemba.forms.scope import Surroundings


def layout(form: Definition) -> dict[Where, list[str]]:
    """The names of what stands below each parent of a repeat, in the order of the form."""
    parents = {where[:-1] for where in form.repeats}
    found: dict[Where, dict[str, None]] = {}
    for node in form.primary.within():
        if node.parent is not None and place_of(node)[:-1] in parents:
            found.setdefault(place_of(node)[:-1], {}).setdefault(node.name)
    return {where: list(names) for where, names in found.items()}


def taken_out(form: Definition) -> tuple[dict[Where, Node], dict[Where, list[Node]]]:
    """A model of one round for each repeat, and the rounds the form brings with it.

    Templates leave the instance, and the models of the repeats around them.
    """
    models: dict[Where, Node] = {}
    given: dict[Where, list[Node]] = {}
    standing: dict[Where, list[Node]] = {}
    for one in form.primary.within() if form.repeats else ():
        where = place_of(one)
        if where in form.repeats:
            standing.setdefault(where, []).append(one)
    for where in sorted(form.repeats, key=len):
        form.patience.turn()
        rounds = standing.get(where, [])
        templates = [one for one in rounds if _is_template(one)]
        given[where] = [copied(one) for one in rounds if not _is_template(one)]
        for one in (templates or rounds)[:1]:
            models[where] = copied(one)
        if not templates and where in models:
            _empty(models[where])
    for model in models.values():
        model.attributes = [one for one in model.attributes if one.local != "template"]
    for top in (form.primary, *models.values(), *(one for each in given.values() for one in each)):
        for node in list(top.within()):
            if _is_template(node) and node.parent is not None:
                node.parent.drop(node)
    return models, given


def preloaded(kind: str, part: str, around: Surroundings) -> str:
    """What the device fills in when a form begins (ODK XForms, preload attributes)."""
    now = around.clock().astimezone(around.zone)
    if kind == "uid":
        return f"uuid:{UUID(int=around.chance.getrandbits(128), version=4)}"
    if kind == "property":
        return around.properties.get(part, "")
    if kind == "date":
        return now.date().isoformat()
    if kind == "timestamp" and part == "start":
        return now.isoformat(timespec="milliseconds")
    return ""


def _empty(model: Node) -> None:
    """A round the form brings with it is no model of what is in the next: they begin empty."""
    for node in list(model.within()):
        if node.kind is Kind.TEXT and node.parent is not None:
            node.parent.drop(node)


def _is_template(node: Node) -> bool:
    return any(one.local == "template" for one in node.attributes)
