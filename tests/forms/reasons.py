"""Why a recorded case does not come out as recorded, in words; docs/forms.md has more.

A reason is told by what a case asks and what it wants, never by the case itself.
"""

from __future__ import annotations

import re
from typing import Any

from gemba.forms.functions import FUNCTIONS
from tests.forms.recorded import Outcome

_CALLED = re.compile(r"([a-z][\w-]*)\s*\(")

_NO_FUNCTIONS = frozenset({"or", "and", "div", "mod", "text", "node", "comment"})
HARNESS = "a function or variable that only the engine's own test adds; no form can use it"


def why(engine: str, outcome: Outcome, documents: dict[str, str]) -> str:
    """The reason of a miss, "unexplained" where there is none; those are to be mended."""
    case = outcome.case
    if _of_harness(case):
        return HARNESS
    if case["kind"] == "nodes":
        return _of_nodes(case, documents)
    if engine == "javarosa":
        return _of_javarosa(case, outcome)
    if "GMT" in case["expr"]:
        return "a date as a browser prints it: Web Forms reads ISO dates only"
    if "T00:00" in case["expr"]:
        return "a date against a date-time as texts: Web Forms compares the texts"
    if case["expr"].startswith("area("):
        return "the area of what is no place: Web Forms gives 0"
    return "unexplained"


def of_harness(outcome: Outcome) -> bool:
    """Whether the case asks for what only the engine's own test adds."""
    return _of_harness(outcome.case)


def _of_harness(case: dict[str, Any]) -> bool:
    if case["expr"].startswith("$"):
        return True
    called = [name for name in _CALLED.findall(case["expr"]) if name not in _NO_FUNCTIONS]
    return case["kind"] != "throws" and any(name not in FUNCTIONS for name in called)


def _of_nodes(case: dict[str, Any], documents: dict[str, str]) -> str:
    text = documents.get(case.get("doc", ""), "")
    if len(case["expected"]) != len(set(case["expected"])):
        return "the peer's document keeps CDATA apart from the text around it; XPath does not"
    if text.startswith("<!DOCTYPE"):
        return "the peer's document counts its DOCTYPE as a node; XPath does not"
    return "unexplained"


def _of_javarosa(case: dict[str, Any], outcome: Outcome) -> str:
    if case["kind"] == "throws":
        if "date" in case["expr"]:
            return "JavaRosa refuses what is no date; Web Forms goes on with one that is invalid"
        return "JavaRosa refuses it; Web Forms answers, and so do we"
    if "e" in case["expr"] and case["expr"].startswith("int("):
        return "a power of ten: JavaRosa gives NaN, Web Forms the number"
    if "," in case["expr"] and case["expr"].startswith("round("):
        return "a decimal comma: JavaRosa reads it, Web Forms gives NaN"
    if case["kind"] == "boolean":
        return "JavaRosa compares numbers within a small distance, Web Forms exactly"
    return "unexplained"
