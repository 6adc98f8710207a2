"""The JSON schema of exported data, read off the records themselves so that the two agree."""

from __future__ import annotations

import types
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from typing import Any, Final, Union, cast, get_args, get_origin, get_type_hints
from uuid import UUID

import msgspec

from gemba.domain.figures import type_names
from gemba.domain.kinds import KINDS
from gemba.domain.sheet import Sheet
from gemba.services.exchange_rules import CHOICES, FORMAT, VERSION

Schema = dict[str, Any]

_HASH: Final = "^[0-9a-f]{64}$"
_SIMPLE: Final[dict[Any, Schema]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer", "minimum": -(2**63), "maximum": 2**63 - 1},
    float: {"type": "number"},
    UUID: {"type": "string", "format": "uuid"},
    date: {"type": "string", "format": "date"},
    datetime: {
        "type": "string",
        "description": "An instant in UTC with the zone it was lived in, as RFC 9557 writes it.",
        "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z(\[[^\]]+\])?$",
    },
}
_KIND_OF_FIGURE: Final = {cls: kind for kind, cls in type_names.items()}


def schema() -> Schema:
    """Return the JSON Schema (2020-12) of the JSON in exported data."""
    made = _Definitions()
    records = {kind: {"type": "array", "items": made.reference(cls)} for kind, cls in KINDS.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"gemba-data-{VERSION}.json",
        "title": "Gemba data",
        "description": "Every record of a Gemba data folder. With photos it is the data.json of a"
        " zip that holds them as photos/HASH.jpg or photos/HASH.png, and voice memos as"
        " memos/HASH.m4a or with another suffix of a sound.",
        "type": "object",
        "properties": {
            "format": {"const": FORMAT},
            "version": {"const": VERSION},
            "records": {
                "type": "object",
                "properties": records,
                "additionalProperties": False,
            },
            "earlier_sheets": {
                "description": "Sheets as they stood when they were talked about: what the talk's"
                " sheet_revision names.",
                "type": "array",
                "items": {"allOf": [made.reference(Sheet), {"required": ["revision"]}]},
            },
            "handover_of": {
                "description": "The learner whose history alone this is, to be handed over.",
                "type": "string",
                "format": "uuid",
            },
            "lost_photos": {
                "description": "Photos and voice memos that records name and that did not come"
                " along: they were gone, or something on them is blurred.",
                "type": "array",
                "items": {"type": "string", "pattern": _HASH},
            },
        },
        "required": ["format", "version", "records"],
        "additionalProperties": False,
        "$defs": dict(sorted(made.schemas.items())),
    }


def schema_text() -> str:
    """Return the schema as the file under resources/schema holds it."""
    return msgspec.json.format(msgspec.json.encode(schema()), indent=2).decode() + "\n"


class _Definitions:
    """Collects the schema of each class that a record is made of, once."""

    def __init__(self) -> None:
        self.schemas: dict[str, Schema] = {}

    def reference(self, cls: type[Any]) -> Schema:
        """Return a reference to the schema of a class, writing it when it is new."""
        name = cls.__name__
        if name not in self.schemas:
            self.schemas[name] = {}
            self.schemas[name] = self._of_class(cls)
        return {"$ref": f"#/$defs/{name}"}

    def _of_class(self, cls: type[Any]) -> Schema:
        hints = get_type_hints(cls)
        known: tuple[Field[Any], ...] = fields(cls)
        choices = CHOICES.get(cls, {})
        properties = {one.name: self._of_type(hints[one.name]) for one in known}
        for name, values in choices.items():
            properties[name] = {"enum": list(values)}
        required = [
            one.name for one in known if one.default is MISSING and one.default_factory is MISSING
        ]
        if cls in _KIND_OF_FIGURE:
            properties = {"kind": {"const": _KIND_OF_FIGURE[cls]}, **properties}
        made: Schema = {"type": "object"}
        if cls.__doc__:
            made["description"] = " ".join(cls.__doc__.split())
        return {
            **made,
            "properties": properties,
            "required": required,
            "additionalProperties": False,
        }

    def _of_type(self, hint: Any) -> Schema:
        if hint in _SIMPLE:
            return _SIMPLE[hint]
        origin = get_origin(hint)
        if origin in (Union, types.UnionType):
            return self._of_union(get_args(hint))
        if origin is tuple:
            return {"type": "array", "items": self._of_type(get_args(hint)[0])}
        if is_dataclass(hint):
            return self.reference(cast(type[Any], hint))
        raise TypeError(f"no schema for {hint!r}")

    def _of_union(self, parts: tuple[Any, ...]) -> Schema:
        figures = len([one for one in parts if one in _KIND_OF_FIGURE]) > 1
        choices: list[Schema] = []
        for one in parts:
            if one is type(None):
                choices.append({"type": "null"})
            elif figures and one in _KIND_OF_FIGURE:
                # Among several figures the kind tells which one it is, so it has to stand there.
                choices.append({"allOf": [self._of_type(one), {"required": ["kind"]}]})
            else:
                choices.append(self._of_type(one))
        return {"anyOf": choices}


if __name__ == "__main__":
    import sys

    # `python -m gemba.services.exchange_schema > resources/schema/gemba-data-1.json`
    sys.stdout.write(schema_text())
