"""A form or a list from a file: what it is, told by what is in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from gemba.domain.errors import BadInput, GembaError
from gemba.domain.form_import import Remark
from gemba.domain.form_list import rows_of
from gemba.services.bounded import read_bounded
from gemba.services.form_files import MOST_BYTES, read_form
from gemba.services.gate import Gate
from gemba.services.text_file import read_text

_PACKED = (b"PK", b"\xd0\xcf\x11\xe0")
"""How XLSX and XLS begin."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a file is: rows of a plain list, or an XForm of a kind."""

    title: str
    source: bytes
    kind: str = "list"
    rows: list[list[str]] | None = None
    xform: str = ""
    unsupported: tuple[Remark, ...] = ()


def read(gate: Gate, path: Path) -> Found:
    """Read a file; spreadsheets and XForms in a process that can be killed.

    Raises BadInput that says what is wrong and where, GembaError for a file that cannot be read.
    """
    data = _bytes(path)
    title = " ".join(path.stem.replace("_", " ").split())
    if data.startswith(_PACKED):
        rows = gate.list_rows(data, path.name).get("rows")
        if rows is not None:
            return _list([[str(cell) for cell in row] for row in rows], title, data)
        return _xlsform(gate, path, title)
    text = read_text(path)
    begin = text.lstrip("\ufeff \t\r\n")
    if begin.startswith("<"):
        form = read_form(gate, path)
        return Found(form.title or title, data, "xform", xform=form.xml)
    if begin.startswith("|") or _is_survey(begin):
        return _xlsform(gate, path, title)
    return _list(rows_of(text), title, data)


def _list(rows: list[list[str]], title: str, data: bytes) -> Found:
    """Return a plain list; its title stands above its columns, else it is that of the file."""
    from gemba.forms.plain_lists import title_above

    return Found(title_above(rows) or title, data, rows=rows)


def _bytes(path: Path) -> bytes:
    try:
        large = BadInput("form.file_large", file=path.name, most=MOST_BYTES // 1_000_000)
        data = read_bounded(path, MOST_BYTES, large)
    except OSError as error:
        reason = error.strerror or str(error)
        raise GembaError("file.cannot_read", file=str(path), reason=reason) from error
    if not data.strip():
        raise BadInput("form.file_empty", file=path.name)
    return data


def _is_survey(text: str) -> bool:
    """Tell whether a text is the survey of an XLSForm saved as CSV."""
    heads = [cell.strip().strip('"').casefold() for cell in text.split("\n", 1)[0].split(",")]
    return ("type" in heads and "name" in heads) or heads[0] == "survey"


def _xlsform(gate: Gate, path: Path, title: str) -> Found:
    form = read_form(gate, path)
    return Found(
        form.title or title,
        form.original,
        "xlsform",
        xform=form.xml,
        unsupported=form.unsupported,
    )
