"""A stranger's spreadsheet as a form; runs in a process that can be killed, and nowhere else."""

from __future__ import annotations

from codecs import BOM_UTF8
from dataclasses import asdict
from pathlib import PurePath
from typing import Any, Final

from gemba.domain.errors import BadInput
from gemba.domain.form_import import Tables
from gemba.forms.cells import Book, Sheet, tables_of
from gemba.forms.definition import GEMBA
from gemba.forms.form import Form
from gemba.forms.sheet_checks import check
from gemba.forms.trouble import FormulaError
from gemba.forms.trying import label_remarks, opened, tried
from gemba.forms.unsupported import unsupported
from gemba.forms.workbook import open_book, table_book, xform_of

OURS: Final = "gemba::"
_HEAD: Final = 4096  # bytes in which an XForm has named its namespace


def import_file(data: bytes, name: str) -> dict[str, Any]:
    """What came out of a file, ready for JSON; BadInput names sheet, row and column.

    A file that begins like XML is taken for an XForm, and opened as one.
    """
    if data.removeprefix(BOM_UTF8).lstrip().startswith(b"<"):
        return _xform(data, name)
    return _imported(open_book(data, name), PurePath(name).stem)


def import_tables(tables: Tables) -> dict[str, Any]:
    """The same from tables of texts."""
    return _imported(table_book(tables))


def _xform(data: bytes, name: str) -> dict[str, Any]:
    try:
        xml = data.decode("utf-8-sig")
        return _told(opened(xml), xml, "xform")
    except UnicodeDecodeError:
        raise BadInput("form.no_spreadsheet", file=name) from None
    except FormulaError as problem:
        if problem.key == "form.no_instance" and b"xforms" not in data[:_HEAD]:
            raise BadInput("form.no_spreadsheet", file=name) from None
        raise


def _told(form: Form, xml: str, kind: str) -> dict[str, Any]:
    return {
        "kind": kind,
        "xml": xml,
        "tables": {},
        "title": _title(form),
        "form_id": form.top.attribute("id") or "",
        "version": form.top.attribute("version") or "",
        "languages": _languages(form),
        "unsupported": [],
        "remarks": [],
    }


def _imported(book: Book, name: str = "") -> dict[str, Any]:
    remarks = check(book)
    kept = tables_of(book)
    left_out = unsupported(book)
    _mark_ours(book)
    xml = xform_of(book, name)
    form = tried(xml, book)
    remarks += label_remarks(form, book)
    return {
        **_told(form, xml, book.kind),
        "tables": kept,
        "unsupported": [asdict(one) for one in left_out],
        "remarks": [asdict(one) for one in remarks],
    }


def _mark_ours(book: Book) -> None:
    """Carry gemba:: columns into the form as attributes of its rules, which others pass over."""
    survey = book.sheets["survey"]
    ours = {
        header: f"bind::gemba:{header[len(OURS) :].strip()}"
        for header in survey.headers
        if header.lower().startswith(OURS) and header[len(OURS) :].strip().isidentifier()
    }
    if not ours:
        return
    survey.headers = [ours.get(header, header) for header in survey.headers]
    survey.rows = [{ours.get(key, key): cell for key, cell in row.items()} for row in survey.rows]
    if "settings" not in book.sheets:
        book.add(Sheet("settings"))
    settings = book.sheets["settings"]
    if "namespaces" not in settings.headers:
        settings.headers.append("namespaces")
    if not settings.rows:
        settings.rows.append({})
    first = settings.rows[0]
    first["namespaces"] = f'{first.get("namespaces", "")} gemba="{GEMBA}"'.strip()


def _title(form: Form) -> str:
    head = (node for node in form.definition.document.within() if node.local == "title")
    return next((node.text() for node in head), "")


def _languages(form: Form) -> list[str]:
    """The languages by name, the default one first; one without a name is none."""
    names = [name for name in form.definition.texts if name != "default"]
    first = form.around.language
    return sorted(names, key=lambda name: name != first)
