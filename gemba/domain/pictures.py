"""The photos and voice memos that records name, where each stands, and records without them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import fields, is_dataclass
from typing import Final, TypeVar

from gemba.domain.changes import Plain
from gemba.domain.codec import from_plain, to_plain
from gemba.domain.observation import VoiceMemo
from gemba.domain.photo_mark import MarkedPhoto
from gemba.domain.texts import PACKED, step_name

T = TypeVar("T")
_MARKED: Final = frozenset(("photo", "marks"))

_IN_A_FORM: Final = re.compile(r"""\s[\w.-]*:?standard_photo\s*=\s*["']([0-9a-f]{64})["']""")
"""A photo of how it should be, as the XForm of a form names it."""


def photos_in_form(xform: str) -> set[str]:
    """Return the photos that an XForm shows, by content hash."""
    return set(_IN_A_FORM.findall(xform))


def photos_of(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Return the photos of a record with the path of the part that holds each, "" for the record.

    A part names photos in fields that are called after them, by content hash (SHA-256,
    hexadecimal). A voice memo belongs to its whole record, as what was said over it does.
    """
    if isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from photos_of(item, step_name(path, item, index))
    elif isinstance(value, MarkedPhoto):
        return  # named by the part whose list it stands in
    elif isinstance(value, VoiceMemo):
        if value.sound:
            yield "", value.sound
    elif is_dataclass(value):
        for field in fields(value):
            held = getattr(value, field.name)
            if "photo" in field.name:
                several = held if isinstance(held, tuple) else (held,)
                names = (one.photo if isinstance(one, MarkedPhoto) else one for one in several)
                yield from ((path, one) for one in names if isinstance(one, str) and one)
            if field.name == "xform" and isinstance(held, str):
                yield from ((path, one) for one in sorted(photos_in_form(held)))
            below = f"{path}.{field.name}" if path else field.name
            yield from photos_of(held, below)


def plain_without(value: Plain, photos: Collection[str]) -> Plain:
    """Return a plain value without these photos: not in a list, and empty where one stood alone."""
    if isinstance(value, str):
        return "" if value in photos else _form_without(value, photos)
    if isinstance(value, list):
        return [plain_without(item, photos) for item in value if not _is_one(item, photos)]
    if isinstance(value, dict):
        made = {name: plain_without(held, photos) for name, held in value.items()}
        for name, packed in PACKED.items():
            if packed in made and made.get(name) != value.get(name):
                made[packed] = ""
        return made
    return value


def _form_without(xform: str, photos: Collection[str]) -> str:
    return _IN_A_FORM.sub(lambda found: "" if found[1] in photos else found[0], xform)


def _is_one(item: Plain, photos: Collection[str]) -> bool:
    if isinstance(item, dict):
        item = item.get("photo") if item.keys() == _MARKED else item.get("sound")
    return isinstance(item, str) and item in photos


def without(record: T, photos: Collection[str]) -> T:
    """Return a record without these photos."""
    if not photos:
        return record
    return from_plain(type(record), plain_without(to_plain(record), photos))
