"""Just enough of JSON Schema 2020-12 to hold a document to the schema that Gemba writes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
    "null": (type(None),),
}
_FORMATS = {"uuid": UUID, "date": date.fromisoformat}
_KNOWN = {
    "$schema", "$id", "$defs", "$ref", "title", "description", "type", "properties", "items",
    "required", "additionalProperties", "const", "enum", "anyOf", "allOf", "pattern", "format",
    "minimum", "maximum",
}  # fmt: skip


def faults(root: dict[str, Any], value: object) -> list[str]:
    """Every place where a document breaks its schema."""
    return list(_faults(root, root, value, "$"))


def _faults(root: dict[str, Any], rule: dict[str, Any], value: Any, at: str) -> Iterator[str]:
    unknown = rule.keys() - _KNOWN
    assert not unknown, f"this checker does not know {unknown}"
    if "$ref" in rule:
        target: Any = root
        for step in rule["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        yield from _faults(root, target, value, at)
    wanted = rule.get("type")
    if wanted and (
        not isinstance(value, _TYPES[wanted])
        or (isinstance(value, bool) and wanted in ("integer", "number"))
    ):
        yield f"{at}: {wanted} expected"
        return
    if "const" in rule and value != rule["const"]:
        yield f"{at}: not {rule['const']}"
    if "enum" in rule and value not in rule["enum"]:
        yield f"{at}: {value!r} is none of the choices"
    if "pattern" in rule and not re.search(rule["pattern"], value):
        yield f"{at}: pattern"
    if "minimum" in rule and not rule["minimum"] <= value <= rule["maximum"]:
        yield f"{at}: range"
    if "format" in rule:
        try:
            _FORMATS[rule["format"]](value)
        except ValueError:
            yield f"{at}: {rule['format']}"
    if "anyOf" in rule:
        tried = [list(_faults(root, one, value, at)) for one in rule["anyOf"]]
        if all(tried):
            # What another kind misses says nothing; what the same kind gets wrong does.
            own = [found for found in tried if not _of_another_kind(found, at)]
            yield min(own or tried, key=len)[0]
    for one in rule.get("allOf", ()):
        yield from _faults(root, one, value, at)
    if isinstance(value, dict):
        yield from _of_object(root, rule, value, at)
    if isinstance(value, list) and "items" in rule:
        for number, item in enumerate(value):
            yield from _faults(root, rule["items"], item, f"{at}[{number}]")


def _of_another_kind(found: list[str], at: str) -> bool:
    return any(line.startswith((f"{at}: ", f"{at}.kind: ")) for line in found)


def _of_object(
    root: dict[str, Any], rule: dict[str, Any], value: dict[str, Any], at: str
) -> Iterator[str]:
    known = rule.get("properties", {})
    for name in rule.get("required", ()):
        if name not in value:
            yield f"{at}.{name}: missing"
    for name, item in value.items():
        if name in known:
            yield from _faults(root, known[name], item, f"{at}.{name}")
        elif rule.get("additionalProperties") is False:
            yield f"{at}.{name}: unknown"
