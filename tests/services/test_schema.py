"""The schema of exported data against the reader: whatever a record can be, both agree on it."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gemba.domain.codec import from_plain, to_plain
from gemba.domain.errors import BadInput
from gemba.domain.figures import type_names
from gemba.domain.kinds import KINDS
from gemba.services.exchange_schema import schema, schema_text
from tests.services.json_schema import faults
from tests.strategies import records

SCHEMA = schema()


def wrong(kind: str, row: dict[str, Any]) -> list[str]:
    """What in a record is against the schema, but for words that are none of a few."""
    whole = {"format": "gemba", "version": 1, "records": {kind: [row]}}
    found = faults(SCHEMA, whole)
    return [line for line in found if "is none of the choices" not in line]


def test_every_kind_of_record_and_figure_is_in_the_schema() -> None:
    assert list(SCHEMA["properties"]["records"]["properties"]) == list(KINDS)
    figure = SCHEMA["$defs"]["Box"]["properties"]["figures"]["items"]
    assert len(figure["anyOf"]) == len(type_names)
    for kind, cls in type_names.items():
        assert SCHEMA["$defs"][cls.__name__]["properties"]["kind"] == {"const": kind}


def test_every_definition_is_used_and_every_reference_is_defined() -> None:
    assert set(re.findall(r'"#/\$defs/(\w+)"', schema_text())) == set(SCHEMA["$defs"])


@settings(max_examples=40)
@given(st.sampled_from(sorted(KINDS)).flatmap(lambda kind: st.tuples(st.just(kind), records(kind))))
def test_what_the_schema_calls_required_is_what_the_reader_misses(one: tuple[str, Any]) -> None:
    kind, record = one
    plain = json.loads(json.dumps(to_plain(record)))
    required = SCHEMA["$defs"][KINDS[kind].__name__]["required"]
    assert wrong(kind, plain) == []
    for name in plain:
        less = {key: value for key, value in plain.items() if key != name}
        if name in required:
            with pytest.raises(BadInput):
                from_plain(KINDS[kind], less)
        else:
            from_plain(KINDS[kind], less)
