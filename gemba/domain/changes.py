"""What a write changed: references to records, and fields before and after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID


class Ref(NamedTuple):
    """Names one record by its kind and its id."""

    kind: str
    id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One field of one record, before and after, as plain values (see codec.py).

    ``field`` is a dotted path; an item of a list is named by its id: ``boxes.goal.text``.
    """

    ref: Ref
    field: str
    before: object
    after: object


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalEntry:
    """A field change as the journal holds it: when, by whom, on which installation.

    ``revision`` is the record's revision after the last write that the entry stands for.
    ``visit`` names the stay in a field, or says what the step was: "bin:", "undo:", "erased:".
    """

    number: int
    at: datetime
    installation: str
    who: str
    change: FieldChange
    revision: int = 0
    visit: str = ""


Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]


def field_changes(ref: Ref, before: Plain, after: Plain, path: str = "") -> list[FieldChange]:
    """Compare two plain values and name each field that differs.

    Lists whose items carry an ``id`` are compared item by item, and their order as one field
    ``path.order``; every other list is one value.
    """
    if before == after and type(before) is type(after):
        return []
    # Two figures of different kinds have different fields: those are compared as one value.
    if isinstance(before, dict) and isinstance(after, dict) and before.keys() == after.keys():
        return _fields_of(ref, before, after, path)
    old, new = _by_id(before), _by_id(after)
    if old is not None and new is not None:
        found = _fields_of(ref, old, new, path)
        if list(old) != list(new):
            found.append(
                FieldChange(ref=ref, field=_join(path, "order"), before=list(old), after=list(new))
            )
        return found
    return [FieldChange(ref=ref, field=path, before=before, after=after)]


def _fields_of(
    ref: Ref, before: dict[str, Plain], after: dict[str, Plain], path: str
) -> list[FieldChange]:
    found: list[FieldChange] = []
    for name in dict.fromkeys([*before, *after]):
        if name == "revision" and not path:
            continue
        found += field_changes(ref, before.get(name), after.get(name), _join(path, name))
    return found


def _by_id(value: Plain) -> dict[str, Plain] | None:
    if not isinstance(value, list):
        return None
    named: dict[str, Plain] = {}
    for item in value:
        name = item.get("id") if isinstance(item, dict) else None
        # An id that would make the path ambiguous leaves the list one value.
        if not isinstance(name, str) or not name or "." in name or name == "order":
            return None
        named[name] = item
    return named if len(named) == len(value) else None


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def put_at(plain: Plain, path: str, value: Any) -> None:
    """Set the field at a dotted path; None takes an item out of its list."""
    if isinstance(plain, dict):
        name, _, rest = path.partition(".")
        if rest:
            put_at(plain.get(name), rest, value)
        else:
            plain[name] = value
    elif isinstance(plain, list):
        index, rest = _item(plain, path)
        if index is not None and rest:
            put_at(plain[index], rest, value)
        elif index is not None and value is None:
            del plain[index]
        elif index is not None:
            plain[index] = value
        elif value is not None:
            plain.append(value)


def value_at(plain: Plain, path: str) -> Plain:
    """Return the value at a dotted path, None where there is nothing."""
    if not path:
        return plain
    if isinstance(plain, dict):
        name, _, rest = path.partition(".")
        return value_at(plain.get(name), rest)
    if isinstance(plain, list):
        index, rest = _item(plain, path)
        return None if index is None else value_at(plain[index], rest)
    return None


def _item(items: list[Plain], path: str) -> tuple[int | None, str]:
    """Find the item whose id a path starts with, and what follows the id."""
    name, _, rest = path.partition(".")
    for index, item in enumerate(items):
        if isinstance(item, dict) and item.get("id") == name:
            return index, rest
    return None, ""
