"""Random records of every kind, as hostile as they may be and still be records."""

from __future__ import annotations

import functools
import types
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from gemba.domain.errors import GembaError
from gemba.domain.experiment import Experiment
from gemba.domain.kinds import KINDS, Record
from gemba.domain.sheet import Sheet
from gemba.domain.sheet_format import check_format

ZONES = ("UTC", "Europe/Berlin", "Asia/Tokyo", "America/St_Johns", "Pacific/Apia")

HOSTILE = (
    "",
    "<b>bold</b> & <img src=x onerror=alert(1)>",
    "a\0b",
    "\x00\x01\x02\x1f\x7f\x85",
    "\ufeffbom at the start",
    "line\r\nbreaks\rof\u2028all\u2029kinds\v\f",
    "no\u00a0break",
    "e\u0301 is not \u00e9",
    "עברית and العربية",
    "漢字かなカナ한글",
    "👩‍👩‍👧‍👦 🏳️‍🌈",
    "'; DROP TABLE sheet; --",
    'quo"ted AND NEAR(this) OR * ^ -',
    "= 1 + 1",
    "\ufdd0\ufffe\U0010ffff",
)

texts = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40), st.sampled_from(HOSTILE)
)
moments = st.builds(
    lambda seconds, zone: (
        datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=seconds)
    ).astimezone(ZoneInfo(zone)),
    st.integers(-(10**15), 4 * 10**15),
    st.sampled_from(ZONES),
)

_SIMPLE: dict[Any, st.SearchStrategy[Any]] = {
    str: texts,
    bool: st.booleans(),
    int: st.integers(-(2**63), 2**63 - 1),
    float: st.floats(allow_nan=False, allow_infinity=False),
    UUID: st.uuids(),
    date: st.dates(),
    datetime: moments,
}


@functools.cache
def values(hint: Any) -> st.SearchStrategy[Any]:
    """Values of a type that a record may hold; made once, as making them is half the time."""
    if hint in _SIMPLE:
        return _SIMPLE[hint]
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return st.one_of(
            *(st.none() if one is type(None) else values(one) for one in get_args(hint))
        )
    if origin is tuple:
        return st.lists(values(get_args(hint)[0]), max_size=3).map(tuple)
    if is_dataclass(hint):
        return built(hint)
    raise TypeError(hint)


def built(cls: type[Any], **fixed: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Instances of a dataclass; ``fixed`` replaces the strategy of a field."""
    hints = get_type_hints(cls)
    parts = {
        field.name: st.deferred(lambda hint=hints[field.name]: values(hint))
        for field in fields(cls)
        if field.name not in fixed
    }
    return st.builds(cls, **parts, **fixed)


def records(kind: str, references: dict[str, UUID] | None = None) -> st.SearchStrategy[Any]:
    """New records of a kind. Fields that name other records are empty or from ``references``.

    The keys of ``references`` are names of fields, such as ``learner_id``. Made once for the same
    references, so a test that draws again and again had better keep to some.
    """
    return _records(kind, frozenset((references or {}).items()))


@functools.cache
def _records(kind: str, references: frozenset[tuple[str, UUID]]) -> st.SearchStrategy[Any]:
    cls: type[Record] = KINDS[kind]
    hints = get_type_hints(cls)
    fixed: dict[str, st.SearchStrategy[Any]] = {"revision": st.just(0)}
    for name, target in sorted(references):
        if name in hints:
            optional = type(None) in get_args(hints[name])
            only = st.just(target)
            fixed[name] = st.none() | only if optional else only
    made = built(cls, **fixed)
    return made.map(_possible)


def _possible(record: Record) -> Record:
    """Leave out what is refused: a result without its prediction, boxes nobody can mean."""
    if isinstance(record, Experiment) and not record.committed:
        numbers = replace(record.numbers, happened=None)
        return replace(record, result="", outcome="", learned="", numbers=numbers)
    if isinstance(record, Sheet):
        try:
            check_format(record)
        except GembaError:
            return replace(record, format=())
    return record
