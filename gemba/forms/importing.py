"""A stranger's spreadsheet as a form; runs in a process that can be killed, and nowhere else."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Final

from gemba.domain.form_import import Tables
from gemba.forms.cells import Book, Sheet, tables_of
from gemba.forms.definition import GEMBA
from gemba.forms.form import Form
from gemba.forms.sheet_checks import check
from gemba.forms.trying import label_remarks, tried
from gemba.forms.unsupported import unsupported
from gemba.forms.workbook import open_book, table_book, xform_of

OURS: Final = "gemba::"


def import_file(data: bytes, name: str) -> dict[str, Any]:
    """What came out of a file, ready for JSON; BadInput names sheet, row and column."""
    return _imported(open_book(data, name))


def import_tables(tables: Tables) -> dict[str, Any]:
    """The same from tables of texts."""
    return _imported(table_book(tables))


def _imported(book: Book) -> dict[str, Any]:
    remarks = check(book)
    kept = tables_of(book)
    left_out = unsupported(book)
    _mark_ours(book)
    xml = xform_of(book)
    form = tried(xml, book)
    remarks += label_remarks(form, book)
    return {
        "kind": book.kind,
        "xml": xml,
        "tables": kept,
        "title": _title(form),
        "form_id": form.top.attribute("id") or "",
        "version": form.top.attribute("version") or "",
        "languages": _languages(form),
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
