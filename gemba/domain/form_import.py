"""A form that was read from a spreadsheet: what came out of it, and what it asks for in vain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Tables = Mapping[str, Sequence[Sequence[str]]]
"""The cells of a spreadsheet as text: its sheets by name, the header row first, "" where empty."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a spreadsheet: row 1 is the header, row 0 the whole sheet, "" the whole row."""

    sheet: str
    row: int
    column: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to say about a place: the key of a sentence, the question's name, and what."""

    key: str
    place: Place
    name: str = ""
    what: str = ""


@dataclass(frozen=True, slots=True)
class ImportedForm:
    """A form as it was read once.

    ``languages`` begins with the default one and is empty for a form of one language without a
    name. ``kind`` is xlsx, xls, csv, md, tables or xform; ``original`` the file untouched and
    ``sha256`` its hash in hex. ``unsupported`` stays in the file and is not worked with.
    """

    title: str
    form_id: str
    version: str
    languages: tuple[str, ...]
    xml: str
    original: bytes
    sha256: str
    file_name: str
    kind: str
    unsupported: tuple[Remark, ...]
    remarks: tuple[Remark, ...]
    tables: Tables
