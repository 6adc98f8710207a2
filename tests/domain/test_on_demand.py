"""Values that are made when they are first asked for, and only once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from gemba.domain.kinds import KINDS, PRIVATE_FIELDS, kind_named
from gemba.domain.on_demand import OnDemand


def test_names_are_known_before_anything_is_made() -> None:
    made: list[str] = []
    table = OnDemand(("walk", "sheet"), lambda name: made.append(name) or name.upper())
    assert list(table) == ["walk", "sheet"]
    assert len(table) == 2
    assert "walk" in table
    assert "talk" not in table
    assert made == []
    assert table["sheet"] == table["sheet"] == "SHEET"
    assert made == ["sheet"]
    assert dict(table) == {"walk": "WALK", "sheet": "SHEET"}
    with pytest.raises(KeyError):
        table["talk"]
    assert table.get("talk") is None


def test_a_value_asked_for_by_many_threads_is_made_once() -> None:
    made: list[str] = []
    together = Barrier(8)
    table = OnDemand(("walk",), lambda name: made.append(name) or object())

    def ask(_number: int) -> object:
        together.wait()
        return table["walk"]

    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(ask, range(8)))
    assert len(found) == 1
    assert made == ["walk"]


def test_every_kind_is_found_by_its_name_and_by_its_class() -> None:
    assert {name: kind_named(cls) for name, cls in KINDS.items()} == {name: name for name in KINDS}
    for kind, names in PRIVATE_FIELDS.items():
        assert names <= set(KINDS[kind].__dataclass_fields__)
        assert names, f"{kind} has something private"
