"""Every text a person wrote in a record, by its path, and the same record with other texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final, TypeVar, cast

from gemba.domain.changes import Plain
from gemba.domain.observation import STANDARD_STATES
from gemba.domain.promise import EFFECTS

T = TypeVar("T")

NO_WORDS: Final = frozenset(
    {
        "id", "parent", "kind", "side", "photo", "photos", "at_stop", "at_step", "stop_id",
        "origin_kind", "origin_part", "obstacle_id", "focus", "definition", "pen", "stage", "box",
        "from_kind", "to_kind", "from_part", "to_part", "role_of", "outcome", "category",
        "next_look_time", "column", "by", "section", "item", "method", "rules",
        "shape",
        "time_of_day", "zone", "category_set", "drawn_from", "standard_photos", "photos_before",
        "photos_after", "sound", "conversion", "forms", "rewrite_forms", "aim_kept", "drawn",
        "at_question", "source", "source_kind", "source_hash", "language", "bundled",
    }
)  # fmt: skip
"""Fields whose text is a name or a state of ours, which nobody wrote."""

_NOT_WRITTEN: Final = re.compile(
    r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64}|\d{4}-\d\d-\d\d(T[\d:.]+Z(\[.*\])?)?"
)


_HASH: Final = re.compile(r"[0-9a-f]{64}")

PACKED: Final = {"xform": "source"}
"""A field whose words also stand, packed, in another one: that is emptied where they change."""


def texts_of(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Return the texts of a record with their dotted paths; an item goes by its id or its place."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            if not _is_hash(item):
                yield from texts_of(item, _join(path, _name(item, index)))
    elif is_dataclass(value):
        for field in fields(value):
            held = getattr(value, field.name)
            below = _join(path, field.name)
            if worded(field.name, held):
                yield from texts_of(held, below)
            elif isinstance(held, tuple):
                for index, item in enumerate(held):
                    if is_dataclass(item):
                        yield from texts_of(item, step_name(below, item, index))


def with_texts(value: T, change: Callable[[str, str], str], path: str = "") -> T:
    """Return a record with each text replaced by what ``change`` makes of its path and itself."""
    made: Any = value
    if isinstance(value, str):
        made = change(path, value)
    elif isinstance(value, tuple):
        made = tuple(
            item if _is_hash(item) else with_texts(item, change, _join(path, _name(item, index)))
            for index, item in enumerate(value)
        )
    elif is_dataclass(value):
        new: dict[str, Any] = {}
        for field in fields(value):
            old = getattr(value, field.name)
            below = _join(path, field.name)
            if worded(field.name, old):
                mended = with_texts(old, change, below)
            elif isinstance(old, tuple):
                mended = tuple(
                    with_texts(item, change, step_name(below, item, index))
                    if is_dataclass(item)
                    else item
                    for index, item in enumerate(old)
                )
            else:
                continue
            if mended != old:
                new[field.name] = mended
        new |= {packed: "" for name, packed in PACKED.items() if name in new}
        made = replace(cast(Any, value), **new) if new else value
    return cast(T, made)


def plain_with_texts(value: Plain, change: Callable[[str], str]) -> Plain:
    """Do the same to a plain value of the journal; identifiers, days and instants stay."""
    if isinstance(value, str):
        return value if _NOT_WRITTEN.fullmatch(value) else change(value)
    if isinstance(value, list):
        return [plain_with_texts(item, change) for item in value]
    if isinstance(value, dict):
        made = {name: _plain_field(name, held, change) for name, held in value.items()}
        for name, packed in PACKED.items():
            if packed in made and made.get(name) != value.get(name):
                made[packed] = ""
        return made
    return value


def _plain_field(name: str, held: Plain, change: Callable[[str], str]) -> Plain:
    if worded(name, held):
        return plain_with_texts(held, change)
    if isinstance(held, list):
        return [plain_with_texts(one, change) if isinstance(one, dict) else one for one in held]
    return held


def worded(name: str, held: object) -> bool:
    """Tell whether somebody's words stand in a field; a name of ours can also be that of a part.

    The ``box`` of a margin note says which one it is, that of a piece in the tray holds its text.
    The ``standard`` of an observation is one of a few words, that of a closing is told in words;
    so is the ``effect`` of a promise, and that of a recognition. In a list of names, such as that
    of photos, there may be parts with words of their own; only those are gone into.
    """
    if name == "effect":
        return held not in EFFECTS
    if name == "standard":
        return held not in STANDARD_STATES
    return name not in NO_WORDS or isinstance(held, dict) or is_dataclass(held)


def _is_hash(item: object) -> bool:
    return isinstance(item, str) and _HASH.fullmatch(item) is not None


def step_name(path: str, item: object, index: int) -> str:
    """Return the dotted path of an item of a list: by its id, else by its place."""
    return _join(path, _name(item, index))


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _name(item: object, index: int) -> str:
    held = getattr(item, "id", None)
    return held if isinstance(held, str) and held else str(index)
