"""Recorded answers of other engines: where they lie, and ours to the same formula.

The cases are no part of the project. GEMBA_FORM_CASES names their folder; without it the folder
``shared/forms`` beside the checkout is taken, if it is there.
"""

from __future__ import annotations

import gzip
import json
import math
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from gemba.forms.compiling import formula
from gemba.forms.nodes import Kind, Node
from gemba.forms.reading import read
from gemba.forms.scope import Surroundings
from gemba.forms.trouble import FormulaError
from gemba.forms.values import Value, to_nodes, to_number, to_text, to_truth

ENGINES = ("webforms", "enketo", "javarosa")
EMPTY = "<root/>"


def cases_folder() -> Path | None:
    """Where the cases lie, None where there are none."""
    named = os.environ.get("GEMBA_FORM_CASES")
    checkout = Path(__file__).resolve().parents[2]
    places = [Path(named)] if named else [checkout.parent / "shared" / "forms"]
    return next((place for place in places if (place / "xpath_webforms.json.gz").is_file()), None)


def load(folder: Path, engine: str) -> dict[str, Any]:
    """The cases of one engine, as they are stored."""
    with gzip.open(folder / f"xpath_{engine}.json.gz", "rt", encoding="utf-8") as file:
        found: dict[str, Any] = json.load(file)
    return found


@dataclass(frozen=True)
class Outcome:
    """One case and how ours did: ``reason`` is empty where it is right."""

    case: dict[str, Any]
    ours: str
    reason: str

    @property
    def asserted(self) -> bool:
        """Whether the peer's own test states the value; JavaRosa's all do."""
        return self.case.get("tier", "asserted") in ("asserted", "rejects")

    @property
    def ours_to_hold(self) -> bool:
        """Whether a form of Gemba needs it."""
        return bool(self.case.get("gemba", True))


@lru_cache(maxsize=8)
def _document(xml: str) -> Node:
    return read(xml)


class _DocumentHost:
    """Finds secondary instances and texts in the document a case brings with it."""

    def __init__(self, document: Node) -> None:
        self.document = document

    def _named(self, local: str) -> Iterator[Node]:
        return (
            node
            for node in self.document.within()
            if node.kind is Kind.ELEMENT and node.local == local
        )

    def instance(self, name: str) -> Node | None:
        """The element called instance with this id."""
        return next(
            (node for node in self._named("instance") if node.attribute("id") == name), None
        )

    def translation(self, name: str, language: str) -> list[Node]:
        """The text with this id in the language, or in the one that is the default."""
        spoken = list(self._named("translation"))
        chosen = [node for node in spoken if node.attribute("lang") == language]
        for node in chosen or spoken[:1]:
            for text in node.elements():
                if text.attribute("id") == name:
                    return list(text.elements())
        return []

    def choice_name(self, value: str, question: str) -> str | None:
        """No case asks for one."""
        return None


def _at(document: Node, path: str | None) -> Node | None:
    if not path or path == "null":
        return None
    node = document
    for step in path.strip("/").split("/"):
        if not step:
            continue
        if step.startswith("@"):
            node = next(found for found in node.attributes if found.name == step[1:])
        else:
            node = node.children[int(step[len("node()[") : -1]) - 1]
    return node


def path_of(node: Node) -> str:
    """A node as the cases write it."""
    steps: list[str] = []
    while node.parent is not None:
        if node.kind is Kind.ATTRIBUTE:
            steps.append(f"@{node.name}")
        else:
            steps.append(f"node()[{node.parent.children.index(node) + 1}]")
        node = node.parent
    return "/" + "/".join(reversed(steps))


def answer(documents: dict[str, str], case: dict[str, Any]) -> Value:
    """What ours gives for the formula of a case."""
    document = _document(documents.get(case.get("doc", ""), EMPTY))
    zone = ZoneInfo(case.get("tz") or "UTC")
    now = datetime.fromisoformat(case["now"]) if case.get("now") else datetime.now(UTC)
    around = Surroundings(
        root=_at(document, case.get("root")),
        clock=lambda: now,
        zone=zone,
        host=_DocumentHost(document),
        language=case.get("lang") or "",
        namespaces=case.get("ns") or {},
    )
    at = document if case.get("ctx") in (None, "", "/") else _at(document, case["ctx"])
    assert at is not None
    return formula(case["expr"]).at(at, around)


def _expected_number(expected: Any) -> float:
    if isinstance(expected, dict):
        return float(expected["$num"].replace("Infinity", "inf"))
    return float(expected)


def _same_number(value: float, expected: Any) -> bool:
    wanted = _expected_number(expected)
    if math.isnan(wanted) or math.isnan(value):
        return math.isnan(wanted) and math.isnan(value)
    return value == wanted or math.isclose(value, wanted, rel_tol=1e-9, abs_tol=1e-12)


def _rounded(value: float, expected: dict[str, Any]) -> bool:
    factor = expected["factor"]
    return abs(value - expected["value"]) * factor <= 1.0


def _matches(text: str, expected: dict[str, Any]) -> bool:
    return re.search(expected["source"], text) is not None


def _nodes(value: Value, expected: Any, ordered: bool) -> bool:
    ours = [path_of(node) for node in to_nodes(value)]
    return ours == expected if ordered else sorted(ours) == sorted(expected)


def _zone(case: dict[str, Any]) -> ZoneInfo:
    return ZoneInfo(case.get("tz") or "UTC")


CHECKS: dict[str, Callable[[Value, Any, dict[str, Any]], bool]] = {
    "boolean": lambda value, wanted, _case: to_truth(value) == wanted,
    "number": lambda value, wanted, case: _same_number(to_number(value, _zone(case)), wanted),
    "number_rounded": lambda value, wanted, case: _rounded(to_number(value, _zone(case)), wanted),
    "string": lambda value, wanted, _case: to_text(value) == wanted,
    "string_length": lambda value, wanted, _case: len(to_text(value)) == wanted,
    "string_matches": lambda value, wanted, _case: _matches(to_text(value), wanted),
    "nodes": lambda value, wanted, _case: _nodes(value, wanted, True),
    "nodes_unordered": lambda value, wanted, _case: _nodes(value, wanted, False),
    "single_node": lambda value, wanted, _case: (
        [path_of(n) for n in to_nodes(value)[:1]] == [wanted]
    ),
}


def measure(found: dict[str, Any]) -> Iterator[Outcome]:
    """Every case of one engine with what ours makes of it."""
    for case in found["cases"]:
        yield _outcome(found["documents"], case)


def _outcome(documents: dict[str, str], case: dict[str, Any]) -> Outcome:
    throws = case["kind"] == "throws"
    try:
        value = answer(documents, case)
        right = not throws and CHECKS[case["kind"]](value, case["expected"], case)
    except FormulaError as problem:
        return Outcome(case, str(problem), "" if throws else f"refused: {problem.key}")
    if right:
        return Outcome(case, "", "")
    ours = str([path_of(node) for node in value]) if isinstance(value, list) else to_text(value)
    if throws:
        return Outcome(case, ours, "answered where the peer refuses")
    return Outcome(case, ours, f"another {case['kind']}")
