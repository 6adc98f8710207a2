"""One record of every kind there is, made from what its class declares, with a name in each text.

A kind that is added to the registry, or a field to a kind, is in here without a word.
"""

from __future__ import annotations

import base64
import io
import types
import zipfile
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from functools import cache
from hashlib import sha256
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID, uuid5

from PIL import Image

from gemba.domain.kinds import KINDS, Record
from gemba.domain.references import REFERENCES
from gemba.domain.texts import NO_WORDS
from gemba.services.exchange_rules import CHOICES
from gemba.store.picture import encode_picture
from gemba.store.sound import bare_sound
from tests.data.sounds import M4A

NAME = "Quxolotl Vandermeer"
"""Who is named in every text of every record."""
DAY = date(2026, 11, 20)
AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
_ROOT = UUID("5f0c2b1e-7f55-4d2e-9a56-0d9be2f0a111")

XFORM = """<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
 xmlns:gemba="urn:gemba:form"><h:head><h:title>Look of {name}</h:title><model>
<instance><data id="look"><seen/></data></instance>
<bind nodeset="/data/seen" type="string" gemba:standard_photo="{photo}"/></model></h:head>
<h:body><input ref="/data/seen"><label>What did {name} see?</label></input></h:body></h:html>"""


def id_of(kind: str) -> UUID:
    """Return the id of the one record of a kind."""
    return uuid5(_ROOT, kind)


@cache
def photo() -> bytes:
    """Return a photo as Gemba keeps it."""
    return encode_picture(Image.new("RGB", (24, 16), (200, 60, 20)))[0]


@cache
def standard() -> bytes:
    """Return another, which only a form shows."""
    return encode_picture(Image.new("RGB", (24, 16), (20, 60, 200)))[0]


@cache
def memo() -> bytes:
    """Return a voice memo as Gemba keeps it."""
    return bare_sound(M4A, "memo.m4a")[0]


def hash_of(content: bytes) -> str:
    """Return what a photo or a memo is called."""
    return sha256(content).hexdigest()


@cache
def workbook(author: str = NAME) -> bytes:
    """Return a spreadsheet whose author stands only inside what is packed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("docProps/core.xml", f"<p><creator>{author}</creator></p>" + " " * 400)
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return out.getvalue()


def every_record() -> dict[str, Record]:
    """Return one record of every kind by its kind, those first that others name."""
    return {kind: _record(kind) for kind in KINDS}


def _record(kind: str) -> Record:
    cls: Any = KINDS[kind]
    fixed: dict[str, Any] = {name: id_of(to) for name, to in REFERENCES.get(kind, {}).items()}
    fixed |= {"id": id_of(kind), "revision": 0} | _FIXED.get(kind, {})
    made: Record = _built(cls, kind, fixed)
    return made


_FIXED: dict[str, dict[str, Any]] = {
    "person": {"name": NAME},
    "sheet": {
        "definition": "ps7",
        "definition_version": 1,
        "format": (),
        "tray": (),
        "first_draft": (),
    },
    "talk": {"definition": "a3", "definition_version": 1},
    "link": {
        "from_kind": "observation",
        "from_id": id_of("observation"),
        "to_kind": "promise",
        "to_id": id_of("promise"),
    },
    "form_version": {
        "form_key": id_of("form"),
        "source_kind": "xlsform",
        "source": base64.b64encode(workbook()).decode("ascii"),
        "source_hash": hash_of(workbook()),
        "xform": XFORM.format(name=NAME, photo=hash_of(standard())),
    },
    "filling": {"form_key": id_of("form")},
}
"""What a class does not tell of its fields: what must fit together or be known elsewhere."""


def _built(cls: Any, path: str, fixed: dict[str, Any] | None = None) -> Any:
    hints = get_type_hints(cls)
    values = dict(fixed or {})
    for field in fields(cls):
        if field.name not in values:
            values[field.name] = _value(hints[field.name], field.name, f"{path}.{field.name}", cls)
    return cls(**values)


def _value(hint: Any, name: str, path: str, owner: Any) -> Any:
    choices = CHOICES.get(owner, {}).get(name)
    if get_origin(hint) is tuple:
        return _several(get_args(hint)[0], name, path, owner)
    if get_origin(hint) in (Union, types.UnionType):
        # Of several classes the first; every one of them where there may be many.
        hint = next(one for one in get_args(hint) if one is not type(None))
    if hint is str:
        if "photo" in name or name == "sound":
            return hash_of(memo() if name == "sound" else photo())
        if choices:
            return choices[-1]
        if name == "id":
            return path.replace(".", "_")
        return "" if name in NO_WORDS else f"{path} as {NAME} said"
    if is_dataclass(hint):
        return _built(hint, path)
    return _PLAIN[hint](path)


def _several(hint: Any, name: str, path: str, owner: Any) -> tuple[Any, ...]:
    if get_origin(hint) in (Union, types.UnionType):
        each = enumerate(get_args(hint))
        return tuple(_value(one, name, f"{path}.{at}", owner) for at, one in each)
    return (_value(hint, name, path, owner),)


_PLAIN: dict[Any, Any] = {
    bool: lambda _path: True,
    int: lambda _path: 1,
    float: lambda _path: 1.5,
    UUID: lambda path: uuid5(_ROOT, path),
    date: lambda _path: DAY,
    datetime: lambda _path: AT,
}
