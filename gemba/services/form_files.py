"""Forms from files: spreadsheets of strangers, read once by the gatekeeper."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from gemba.domain.errors import BadInput, GembaError
from gemba.domain.form_import import ImportedForm, Place, Remark, Tables
from gemba.services.bounded import read_bounded
from gemba.services.gate import Gate

MOST_BYTES: Final = 20_000_000
"""What a form's spreadsheet may weigh."""


def read_form(gate: Gate, path: Path) -> ImportedForm:
    """Return the form a spreadsheet holds, its kind told by what is in it and not by its name.

    Raises BadInput that names sheet, row and column, GembaError when it cannot be read.
    """
    try:
        large = BadInput("form.file_large", file=path.name, most=MOST_BYTES // 1_000_000)
        data = read_bounded(path, MOST_BYTES, large)
    except OSError as error:
        reason = error.strerror or str(error)
        raise GembaError("file.cannot_read", file=str(path), reason=reason) from error
    return _imported(gate.form(data, path.name), data, path.name)


def read_tables(gate: Gate, tables: Tables, name: str) -> ImportedForm:
    """Return the form that tables of texts hold; the same checks, the same sentences."""
    plain = {sheet: [list(row) for row in rows] for sheet, rows in tables.items()}
    data = json.dumps(plain, ensure_ascii=False).encode("utf-8", "surrogatepass")
    if len(data) > MOST_BYTES:
        raise BadInput("form.file_large", file=name, most=MOST_BYTES // 1_000_000)
    return _imported(gate.form(data, name, tables=True), data, name)


def _imported(answer: Mapping[str, Any], data: bytes, name: str) -> ImportedForm:
    return ImportedForm(
        title=answer["title"],
        form_id=answer["form_id"],
        version=answer["version"],
        languages=tuple(answer["languages"]),
        xml=answer["xml"],
        original=data,
        sha256=sha256(data).hexdigest(),
        file_name=name,
        kind=answer["kind"],
        unsupported=tuple(map(_remark, answer["unsupported"])),
        remarks=tuple(map(_remark, answer["remarks"])),
        tables=answer["tables"],
    )


def _remark(told: Mapping[str, Any]) -> Remark:
    return Remark(told["key"], Place(**told["place"]), told["name"], told["what"])
