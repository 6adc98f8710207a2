"""Spreadsheets for tests, made of rows."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

from gemba.reports.xlsform import xlsform_bytes

Rows = Sequence[Sequence[str]]
HEAD = ("type", "name", "label", "relevant", "constraint", "calculation")


def survey(*rows: Sequence[str], choices: Rows = (), settings: Rows = ()) -> bytes:
    """A workbook with these rows under the usual columns."""
    tables: dict[str, Rows] = {"survey": [HEAD, *rows]}
    if choices:
        tables["choices"] = [("list_name", "name", "label"), *choices]
    if settings:
        tables["settings"] = settings
    return xlsform_bytes(tables)


def empty_workbook() -> bytes:
    """What Excel saves when nothing was written."""
    out = io.BytesIO()
    Workbook().save(out)
    return out.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The same workbook with one part replaced or added."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for one in old.infolist():
            if one.filename != name:
                new.writestr(one, old.read(one.filename))
        new.writestr(name, content)
    return out.getvalue()


def saved(folder: Path, name: str, data: bytes) -> Path:
    """The bytes as a file of this name."""
    path = folder / name
    path.write_bytes(data)
    return path
