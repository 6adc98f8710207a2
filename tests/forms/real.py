"""Real spreadsheets: imported, answered as another engine was, and every cell compared."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import unescape
from zoneinfo import ZoneInfo

from gemba.forms.definition import place_of
from gemba.forms.form import Form
from gemba.forms.importing import import_file
from gemba.forms.looking import look
from gemba.forms.nodes import Node
from gemba.forms.scope import Surroundings
from tests.forms.runs import at_path, path_in, same

# The peer's words for a cell, and what is compared under them.
CELLS = {
    "r": "relevance",
    "x": "text",
    "q": "required",
    "o": "read-only",
    "v": "trouble",
    "l": "label",
    "c": "choices",
}
_EMPTY: dict[str, Any] = {"r": False, "x": "", "q": False, "o": False, "v": "", "l": "", "c": ""}


@dataclass(frozen=True)
class Sheet:
    """One spreadsheet: cells compared, and the first of those that differ, with its kind."""

    name: str
    steps: int
    cells: int
    differing: tuple[str, ...]
    kinds: Counter[str]


def follow_real(folder: Path) -> Iterator[Sheet]:
    """Every spreadsheet with what came out of it."""
    with gzip.open(folder / "real_runs.json.gz", "rt", encoding="utf-8") as file:
        found: dict[str, Any] = json.load(file)
    for run in found["runs"]:
        yield _followed(folder / "real" / run["form"], run)


def _followed(path: Path, run: dict[str, Any]) -> Sheet:
    now = datetime.fromisoformat(run["now"])
    around = Surroundings(clock=lambda: now, zone=ZoneInfo(run["tz"]))
    form = Form(import_file(path.read_bytes(), path.name)["xml"], around)
    wanted: dict[str, dict[str, Any]] = dict(run["init"])
    differing: list[str] = []
    kinds: Counter[str] = Counter()
    count = _compare(form, wanted, "at the start", differing, kinds)
    for number, step in enumerate(run["steps"], 1):
        _take(form, step)
        wanted.update(step["diff"])
        where = f"after step {number} ({step['ref']} = {step.get('value')})"
        count += _compare(form, wanted, where, differing, kinds)
    return Sheet(path.name, len(run["steps"]), count, tuple(differing), kinds)


def _take(form: Form, step: dict[str, Any]) -> None:
    if step["op"] == "add_repeat":
        outer, _, _ = step["ref"].rpartition("/")
        where = tuple(re.sub(r"\[\d+\]", "", step["ref"]).strip("/").split("/"))
        form.add_round(where, at_path(form, outer))
        return
    value = step["value"]
    if isinstance(value, list):
        value = " ".join(map(str, value))
    if isinstance(value, bool):
        value = "OK" if value else ""
    form.answer(at_path(form, step["ref"]), "" if value is None else str(value))


def _compare(
    form: Form,
    wanted: dict[str, dict[str, Any]],
    when: str,
    differing: list[str],
    kinds: Counter[str],
) -> int:
    count = 0
    ours = {path_in(form, node): node for node in form.top.within() if node.kind.value == "element"}
    for path, state in wanted.items():
        if "/meta" in path:
            continue
        node = ours.get(path)
        if node is None:
            kinds["missing"] += 1
            differing.append(f"{when}: {path} is not there")
            continue
        mine = _cells(form, node)
        for key, name in CELLS.items():
            if name != "relevance" and not state.get("r"):
                continue  # what is not asked shows nothing
            if key == "l" and key not in state:
                continue  # labels of groups and notes were not recorded
            if key == "c" and key not in state and _is_ranking(form, node):
                continue  # nor what a ranking offers
            count += 1
            theirs = state.get(key, _EMPTY[key])
            if key == "x":
                theirs = unescape(theirs)  # the text was recorded as it stands in XML
            if not same(mine[key], theirs):
                kinds[name] += 1
                differing.append(f"{when}: {path} {name}: {theirs!r} and ours {mine[key]!r}")
    return count


def _is_ranking(form: Form, node: Node) -> bool:
    control = form.definition.controls.get(place_of(node))
    return control is not None and control.kind == "rank"


def _cells(form: Form, node: Node) -> dict[str, Any]:
    view = look(form, node)
    return {
        "r": view.asked,
        "x": view.text,
        "q": view.required,
        "o": view.read_only,
        "v": view.wrong,
        "l": view.label,
        "c": " ".join(name for name, _ in view.choices),
    }
