"""Whole forms that were answered by another engine, step by step, and ours beside it."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from gemba.forms.definition import place_of
from gemba.forms.form import Form
from gemba.forms.looking import look
from gemba.forms.nodes import Node
from gemba.forms.scope import Surroundings
from gemba.forms.trouble import FormulaError

# What is compared: relevance, stored text, required, read-only, trouble and its words, label,
# choices. Not compared: the kind of node and the peer's own value in memory ("v").
SHARED = ("rel", "xmlv", "req", "ro", "viol", "msg", "label", "choices")
_ABSENT: dict[str, Any] = {
    "req": False,
    "ro": False,
    "viol": "",
    "msg": "",
    "label": "",
    "choices": [],
}


@dataclass(frozen=True)
class Run:
    """One run: ``trouble`` is empty where every state after every step was equal."""

    name: str
    steps: int
    trouble: str


def load_runs(folder: Path) -> dict[str, Any]:
    """The runs as they are stored."""
    with gzip.open(folder / "scenarios.json.gz", "rt", encoding="utf-8") as file:
        found: dict[str, Any] = json.load(file)
    return found


def follow(found: dict[str, Any]) -> Iterator[Run]:
    """Every run, answered by ours."""
    for run in found["runs"]:
        yield Run(run["test"], len(run["steps"]), _trouble(found, run))


def _trouble(found: dict[str, Any], run: dict[str, Any]) -> str:
    now = datetime.fromisoformat(run["now"])
    around = Surroundings(clock=lambda: now, zone=ZoneInfo(found["meta"]["tz"]))
    wanted: dict[str, dict[str, Any]] = {}
    form: Form | None = None
    for number, step in enumerate(run["steps"]):
        try:
            if form is None:
                form = Form(found["forms"][run["form"]]["xml"], around)
            else:
                _take(form, step)
        except FormulaError as problem:
            return f"step {number} {step['op']}: refused {problem}"
        for gone in step.get("gone", ()):
            wanted.pop(gone, None)
        wanted.update(step["diff"])
        trouble = _differs(form, wanted)
        if trouble:
            return f"step {number} {step['op']}: {trouble}"
    return ""


def _take(form: Form, step: dict[str, Any]) -> None:
    if step["op"] == "language":
        form.speak(step["lang"])
    elif step["op"] == "set":
        value = step["value"]
        if isinstance(value, list):
            value = " ".join(map(str, value))
        if value == "[object File]":  # the recording lost the name that was given
            value = step["diff"][step["ref"]].get("xmlv", "")
        if isinstance(value, bool):
            value = "OK" if value else ""
        form.answer(at_path(form, step["ref"]), "" if value is None else str(value))
    elif step["op"] == "add_repeat":
        outer, _, _ = step["ref"].rpartition("/")
        where = tuple(re.sub(r"\[\d+\]", "", step["ref"]).strip("/").split("/"))
        form.add_round(where, at_path(form, outer))
    else:
        form.drop_round(at_path(form, step["ref"]))


def at_path(form: Form, path: str) -> Node:
    """The node a run means."""
    node = form.definition.primary
    for step in path.strip("/").split("/"):
        name, _, place = step.rstrip("]").partition("[")
        node = [child for child in node.elements() if child.name == name][int(place or 1) - 1]
    return node


def path_in(form: Form, node: Node) -> str:
    """A node as the runs write it, with its place in repeats."""
    steps: list[str] = []
    at: Node | None = node
    while at is not None and at is not form.definition.primary:
        place = ""
        if place_of(at) in form.definition.repeats and at.parent is not None:
            peers = [one for one in at.parent.elements() if one.name == at.name]
            place = f"[{next(i for i, one in enumerate(peers, 1) if one is at)}]"
        steps.append(at.name + place)
        at = at.parent
    return "/" + "/".join(reversed(steps))


def _ours(form: Form) -> dict[str, Node]:
    nodes = [form.top, *(node for node in form.top.within() if node.kind.value == "element")]
    return {path_in(form, node): node for node in nodes}


def _differs(form: Form, wanted: dict[str, dict[str, Any]]) -> str:
    ours = _ours(form)
    peers = {
        path: state
        for path, state in wanted.items()
        if not state["t"].startswith("repeat-range") and "meta" not in path
    }
    missing = sorted(set(peers) - set(ours))
    extra = sorted(path for path in set(ours) - set(peers) if "meta" not in path)
    if missing or extra:
        return f"another tree: missing {missing[:3]}, extra {extra[:3]}"
    for path, state in peers.items():
        view = look(form, ours[path])
        mine: dict[str, Any] = {
            "rel": view.asked,
            "xmlv": view.text,
            "req": view.required,
            "ro": view.read_only,
            "viol": view.wrong,
            "msg": view.message,
            "label": view.label,
            "choices": [list(one) for one in view.choices],
        }
        for key in SHARED:
            if key == "xmlv" and key not in state:
                continue
            theirs = state.get(key, _ABSENT.get(key))
            if not same(mine[key], theirs):
                return f"{path} {key}: {theirs!r} and ours {mine[key]!r}"
    return ""


def same(mine: Any, theirs: Any) -> bool:
    """Whether two cells say the same; times may be five seconds apart."""
    if isinstance(mine, str) and isinstance(theirs, str) and mine != theirs:
        if mine.startswith("uuid:") and theirs.startswith("uuid:"):
            return True  # by chance
        try:
            apart = datetime.fromisoformat(mine) - datetime.fromisoformat(theirs)
        except (ValueError, TypeError):
            return mine.split() == theirs.split()
        return "T" in mine and abs(apart.total_seconds()) < 5
    return bool(mine == theirs)
