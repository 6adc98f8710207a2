"""Records as plain values (what JSON can hold) and back, strictly."""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final, TypeVar, Union, cast, get_args, get_origin, get_type_hints
from uuid import UUID

from gemba.domain.changes import Plain
from gemba.domain.errors import BadInput
from gemba.domain.later import later
from gemba.domain.moment import read_moment, write_moment

T = TypeVar("T")


@lru_cache(maxsize=1)
def _figures() -> tuple[Mapping[str, type], frozenset[type]]:
    """Return each class of figures by its kind, and all of them."""
    # Loaded once a figure may come: the first picture shows records that hold none.
    from gemba.domain.figures import type_names

    return type_names, frozenset(type_names.values())


def to_plain(value: object) -> Plain:
    """Turn a record, or any value a record holds, into what JSON can hold.

    Figures carry their kind; instants are RFC 9557 text, dates ISO 8601 text. A field marked LATER
    is left out while it holds its default.
    """
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return write_moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    plain: dict[str, Plain] = {}
    cls: Any = type(value)
    if cls in _figures()[1]:
        plain["kind"] = cast(Any, value).kind
    for name, absent in _written(cls):
        held = getattr(value, name)
        if held != absent:
            plain[name] = to_plain(held)
    return plain


def from_plain(cls: type[T], value: object, path: str = "") -> T:
    """Build a record of a class from plain values, refusing whatever does not fit.

    Raises BadInput naming the dotted path of an unknown or missing field or a wrong type.
    """
    hint: Any = cls
    return cast(T, _reader(hint)(value, path))


_ALWAYS: Final = object()


@lru_cache(maxsize=256)
def _written(cls: type) -> tuple[tuple[str, object], ...]:
    """Return each field and the value at which it is left out."""
    return tuple(
        (field.name, field.default if later(field) else _ALWAYS) for field in fields(cast(Any, cls))
    )


Reader = Callable[[object, str], object]


@lru_cache(maxsize=512)
def _reader(hint: Any) -> Reader:
    """Choose, once for each type, the function that reads it."""
    if hint in _SIMPLE:
        return _SIMPLE[hint]
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return _union_reader(get_args(hint))
    if origin is tuple:
        return _tuple_reader(_reader(get_args(hint)[0]))
    if is_dataclass(hint):
        return _record_reader(cast(type, hint))
    raise TypeError(f"no way to read {hint!r}")


def _wrong(path: str, expected: str, value: object) -> BadInput:
    return BadInput(
        "data.wrong_type", field=path or "record", expected=expected, found=type(value).__name__
    )


def _text(value: object, path: str) -> str:
    if not isinstance(value, str):
        raise _wrong(path, "text", value)
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise BadInput("data.not_text", field=path) from error
    return value


def _truth(value: object, path: str) -> bool:
    if not isinstance(value, bool):
        raise _wrong(path, "true or false", value)
    return value


def _whole(value: object, path: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise _wrong(path, "a whole number", value)
    if not -(2**63) <= value < 2**63:
        raise BadInput("data.number_too_large", field=path)
    return value


def _number(value: object, path: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _wrong(path, "a number", value)
    try:
        number = float(value)
    except OverflowError as error:
        raise BadInput("data.number_too_large", field=path) from error
    if number != number or number in (float("inf"), float("-inf")):
        raise BadInput("data.not_finite", field=path)
    return number


def _parsed(parse: Callable[[str], object], expected: str) -> Reader:
    def read(value: object, path: str) -> object:
        text = _text(value, path)
        try:
            return parse(text)
        except (ValueError, OverflowError) as error:
            raise BadInput("data.unreadable", field=path, expected=expected) from error

    return read


_SIMPLE: dict[Any, Reader] = {
    str: _text,
    bool: _truth,
    int: _whole,
    float: _number,
    UUID: _parsed(UUID, "an identifier"),
    date: _parsed(date.fromisoformat, "a date"),
    datetime: _parsed(read_moment, "an instant"),
}


def _tuple_reader(item: Reader) -> Reader:
    def read(value: object, path: str) -> object:
        if not isinstance(value, list | tuple):
            raise _wrong(path, "a list", value)
        return tuple(item(part, f"{path}[{index}]") for index, part in enumerate(value))

    return read


def _union_reader(choices: tuple[Any, ...]) -> Reader:
    optional = type(None) in choices
    rest = [choice for choice in choices if choice is not type(None)]
    if len(rest) == 1:
        single = _reader(rest[0])
        return lambda value, path: None if value is None and optional else single(value, path)
    # A name alone, or a part that holds it with more.
    named = [_reader(one) for one in rest if one is not str] if str in rest else []

    def read(value: object, path: str) -> object:
        if value is None and optional:
            return None
        if named:
            return (named[0] if isinstance(value, dict) else _text)(value, path)
        if not isinstance(value, dict):
            raise _wrong(path, "a figure", value)
        kind = value.get("kind")
        cls = _figures()[0].get(kind) if isinstance(kind, str) else None
        if cls not in rest:
            raise BadInput("data.unknown_figure", field=path, found=str(kind))
        return _reader(cls)({name: v for name, v in value.items() if name != "kind"}, path)

    return read


def _record_reader(cls: type) -> Reader:
    hints = get_type_hints(cls)
    known: dict[str, Field[Any]] = {field.name: field for field in fields(cast(Any, cls))}
    readers: dict[str, Reader] = {}

    def read(value: object, path: str) -> object:
        if not isinstance(value, dict):
            raise _wrong(path, "a record", value)
        for name in known:
            if name not in readers:
                readers[name] = _reader(hints[name])
        where = f"{path}." if path else ""
        # A chart that stands alone, outside a box, still names its kind.
        spare = "kind" in value and "kind" not in known and cls in _figures()[1]
        given = {k: v for k, v in value.items() if not (spare and k == "kind")}
        for name in given:
            if name not in known:
                raise BadInput("data.unknown_field", field=f"{where}{name}")
        made: dict[str, object] = {}
        for name, field in known.items():
            if name in given:
                made[name] = readers[name](given[name], f"{where}{name}")
            elif field.default is MISSING and field.default_factory is MISSING:
                raise BadInput("data.missing_field", field=f"{where}{name}")
        return cls(**made)

    return read
