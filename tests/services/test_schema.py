"""The schema of exported data: it is current, and it says what the reader takes and refuses."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gemba.domain.codec import from_plain, to_plain
from gemba.domain.errors import BadInput
from gemba.domain.figures import type_names
from gemba.domain.kinds import KINDS
from gemba.resources import resource_path
from gemba.services.exchange_schema import schema, schema_text
from tests.strategies import records

FILE = resource_path("schema", "gemba-data-1.json")
SCHEMA = schema()
_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
    "array": (list,),
    "object": (dict,),
    "null": (type(None),),
}


def trouble(value: object, node: dict[str, Any], at: str = "") -> list[str]:
    """What in a value is against the schema; knows the words of JSON Schema that are used here."""
    node = dict(node)
    found: list[str] = []
    for word, said in node.items():
        match word:
            case "$ref":
                found += trouble(value, SCHEMA["$defs"][said.removeprefix("#/$defs/")], at)
            case "const":
                found += [] if value == said else [f"{at} is not {said}"]
            case "type":
                fits = isinstance(value, _TYPES[said])
                fits = fits and (said == "boolean" or not isinstance(value, bool))
                found += [] if fits else [f"{at} is no {said}"]
            case "minimum" if isinstance(value, int):
                found += [] if value >= said else [f"{at} is too small"]
            case "maximum" if isinstance(value, int):
                found += [] if value <= said else [f"{at} is too large"]
            case "pattern" if isinstance(value, str):
                found += [] if re.search(said, value) else [f"{at} is not like {said}"]
            case "required" if isinstance(value, dict):
                found += [f"{at}.{one} is missing" for one in said if one not in value]
            case "properties" if isinstance(value, dict):
                for name, part in said.items():
                    if name in value:
                        found += trouble(value[name], part, f"{at}.{name}")
            case "additionalProperties" if isinstance(value, dict):
                assert said is False
                found += [
                    f"{at}.{one} is unknown" for one in value if one not in node["properties"]
                ]
            case "items" if isinstance(value, list):
                for number, part in enumerate(value):
                    found += trouble(part, said, f"{at}[{number}]")
            case "anyOf":
                found += [] if any(not trouble(value, one, at) for one in said) else [f"{at} any"]
            case "allOf":
                found += [line for one in said for line in trouble(value, one, at)]
            case "enum":
                found += [] if value in said else [f"{at} is none of {said}"]
            case "format" | "description" | "default" | "title" | "$schema" | "$id" | "$defs":
                pass
            case "minimum" | "maximum" | "pattern" | "required" | "properties" | "items":
                pass
            case "additionalProperties":
                pass
            case _:
                pytest.fail(f"the test does not know {word}")
    return found


def test_the_schema_under_resources_is_current() -> None:
    assert FILE.read_text(encoding="utf-8") == schema_text(), (
        "write it anew with python -m gemba.services.exchange_schema"
    )


def test_every_kind_of_record_and_figure_is_in_the_schema() -> None:
    kinds = SCHEMA["properties"]["records"]["properties"]
    assert list(kinds) == list(KINDS)
    figure = SCHEMA["$defs"]["Box"]["properties"]["figures"]["items"]
    assert len(figure["anyOf"]) == len(type_names)
    for kind, cls in type_names.items():
        assert SCHEMA["$defs"][cls.__name__]["properties"]["kind"] == {"const": kind}
    assert trouble({"id": "a"}, figure), "a figure that does not say its kind"
    assert trouble({"id": "a", "kind": "sketch"}, figure) == []
    assert trouble({"id": "a", "kind": "clock"}, figure)


def test_every_definition_is_used_and_every_reference_is_defined() -> None:
    text = FILE.read_text(encoding="utf-8")
    used = set(re.findall(r'"#/\$defs/(\w+)"', text))
    assert used == set(SCHEMA["$defs"])


def test_the_sample_keeps_to_the_schema() -> None:
    sample = json.loads(Path(resource_path("samples", "discharge", "data.json")).read_text("utf-8"))
    assert trouble(sample, SCHEMA) == []


@settings(max_examples=40)
@given(st.sampled_from(sorted(KINDS)).flatmap(lambda kind: st.tuples(st.just(kind), records(kind))))
def test_whatever_can_be_a_record_keeps_to_the_schema(one: tuple[str, Any]) -> None:
    kind, record = one
    plain = json.loads(json.dumps(to_plain(record)))
    node = SCHEMA["$defs"][KINDS[kind].__name__]

    def wrong(row: dict[str, Any]) -> list[str]:
        # A made-up word where one of a few is wanted is a record still.
        return [line for line in trouble(row, node) if "is none of" not in line]

    assert wrong(plain) == []
    # What the schema calls required is what the reader misses.
    for name in node["required"]:
        less = {key: value for key, value in plain.items() if key != name}
        assert wrong(less)
        with pytest.raises(BadInput):
            from_plain(KINDS[kind], less)
    for name in set(plain) - set(node["required"]):
        less = {key: value for key, value in plain.items() if key != name}
        assert wrong(less) == []
        from_plain(KINDS[kind], less)


def test_what_is_wrong_is_against_the_schema() -> None:
    """The walker above is worth something only where it finds faults."""
    sample = json.loads(Path(resource_path("samples", "discharge", "data.json")).read_text("utf-8"))
    for change in (
        lambda data: data.update(version=2),
        lambda data: data.update(more=1),
        lambda data: data["records"].update(robot=[]),
        lambda data: data["records"]["walk"][0].pop("purpose"),
        lambda data: data["records"]["walk"][0].update(purpose=7),
        lambda data: data["records"]["walk"][0].update(colour="red"),
        lambda data: data["records"]["sheet"][0]["boxes"][0].update(figures=[{"kind": "clock"}]),
    ):
        spoilt = json.loads(json.dumps(sample))
        change(spoilt)  # type: ignore[no-untyped-call]
        assert trouble(spoilt, SCHEMA)
