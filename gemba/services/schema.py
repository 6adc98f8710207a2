"""The JSON schema of exported data, read off the records themselves."""

from __future__ import annotations

import json
import types
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from typing import Any, Final, Union, cast, get_args, get_origin, get_type_hints
from uuid import UUID

from gemba.domain.codec import to_plain
from gemba.domain.figures import type_names
from gemba.domain.kinds import KINDS, PRIVATE_FIELDS
from gemba.services.exchange import FORMAT, VERSION

Node = dict[str, Any]

_KIND_OF_FIGURE: Final = {cls: kind for kind, cls in type_names.items()}
_SIMPLE: Final[dict[Any, Node]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer", "minimum": -(2**63), "maximum": 2**63 - 1},
    float: {"type": "number"},
    UUID: {"type": "string", "format": "uuid"},
    date: {"type": "string", "format": "date"},
    datetime: {
        "type": "string",
        "description": "An instant in UTC with the zone it was lived in (RFC 9557).",
        "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?Z(\[[^\[\]]+\])?$",
    },
}


def schema() -> Node:
    """Return the schema of exported data (JSON Schema 2020-12)."""
    definitions: Node = {}
    kinds = {kind: {"type": "array", "items": _ref(cls)} for kind, cls in KINDS.items()}
    for cls in _classes(list(KINDS.values())):
        if cls.__name__ in definitions:
            raise TypeError(f"two kinds of thing are called {cls.__name__}")
        definitions[cls.__name__] = _object(cls)
    for kind, private in PRIVATE_FIELDS.items():
        for name in private:
            place = definitions[KINDS[kind].__name__]["properties"][name]
            place["description"] = "Empty unless the data were exported with private text."
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:gemba:data:{VERSION}",
        "title": "Gemba data",
        "description": (
            "Every record of a data folder. With photos this is data.json in a zip, beside "
            "photos/ with one file for each SHA-256 that a record names."
        ),
        "type": "object",
        "required": ["format", "version", "records"],
        "properties": {
            "format": {"const": FORMAT},
            "version": {"const": VERSION},
            "records": {"type": "object", "properties": kinds, "additionalProperties": False},
        },
        "$defs": dict(sorted(definitions.items())),
    }


def schema_text() -> str:
    """Return the schema as it stands under resources/schema."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def _classes(waiting: list[type]) -> Iterator[type]:
    """Yield each dataclass that a record holds, once."""
    seen: set[type] = set()
    while waiting:
        cls = waiting.pop()
        if cls in seen:
            continue
        seen.add(cls)
        yield cls
        for hint in get_type_hints(cls).values():
            waiting += [one for one in _parts(hint) if is_dataclass(one)]


def _parts(hint: Any) -> Iterator[type]:
    if isinstance(hint, type) and not get_args(hint):
        yield hint
    for one in get_args(hint):
        yield from _parts(one)


def _ref(cls: type) -> Node:
    return {"$ref": f"#/$defs/{cls.__name__}"}


def _object(cls: type) -> Node:
    hints = get_type_hints(cls)
    known: tuple[Field[Any], ...] = fields(cast(Any, cls))
    properties: Node = {}
    if cls in _KIND_OF_FIGURE:
        properties["kind"] = {"const": _KIND_OF_FIGURE[cls]}
    required = []
    for one in known:
        properties[one.name] = _value(hints[one.name])
        if one.default is not MISSING:
            properties[one.name] = {**properties[one.name], "default": to_plain(one.default)}
        elif one.default_factory is MISSING:
            required.append(one.name)
    return {
        "description": _first_sentence(cls.__doc__ or ""),
        "type": "object",
        "required": required,
        "properties": properties,
        "additionalProperties": False,
    }


def _first_sentence(text: str) -> str:
    return " ".join(text.split("\n\n")[0].split())


def _value(hint: Any) -> Node:
    if hint in _SIMPLE:
        return dict(_SIMPLE[hint])
    origin = get_origin(hint)
    if origin is tuple:
        return {"type": "array", "items": _value(get_args(hint)[0])}
    if origin in (Union, types.UnionType):
        return _one_of([one for one in get_args(hint) if one is not type(None)], hint)
    if is_dataclass(hint):
        return _ref(cast(type, hint))
    raise TypeError(f"no schema for {hint!r}")


def _one_of(choices: list[Any], hint: Any) -> Node:
    if len(choices) == 1:
        found = [_value(choices[0])]
    else:
        # Which figure it is stands in its kind.
        found = [{**_ref(one), "required": ["kind"]} for one in choices]
    if type(None) in get_args(hint):
        return {"anyOf": [*found, {"type": "null"}]}
    return {"oneOf": found}


if __name__ == "__main__":
    print(schema_text(), end="")
