"""What a form asks for and Gemba leaves alone; it stays in the file for tools that do it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from gemba.domain.form_import import Place, Remark
from gemba.forms.cells import Book, Sheet, meaning_of

_KINDS: Final = {
    "geo": (
        "geopoint geotrace geoshape location gps start-geopoint background-geopoint "
        "q_geopoint q_geotrace q_geoshape q_location osm"
    ),
    "barcode": "barcode q_barcode",
    "audio": "audio q_audio background-audio",
    "video": "video q_video",
    "external": (
        "csv-external xml-external select_one_external select_one_from_file "
        "select_multiple_from_file"
    ),
    "audit": "audit",
    "file": "file",
    "device": (
        "deviceid imei phonenumber phone_number simserial sim_id subscriberid email device_id"
    ),
}
_BY_KIND: Final = {kind: what for what, kinds in _KINDS.items() for kind in kinds.split()}
_ADD: Final = re.compile(r"add (\w+) prompt")
_SHEETS: Final = {"entities": "entities", "external_choices": "external", "osm": "geo"}
_MEDIA: Final = {"audio": "audio", "video": "video", "image": "picture", "big-image": "picture"}


def unsupported(book: Book) -> list[Remark]:
    """Every place that asks for something Gemba does not do, in the order of the sheets."""
    found: list[Remark] = []
    survey = book.sheets.get("survey")
    if survey is not None:
        found += _questions(survey)
        found += _media(survey)
    choices = book.sheets.get("choices")
    if choices is not None:
        found += _media(choices)
    for name, what in _SHEETS.items():
        if name in book.sheets and any(book.sheets[name].rows):
            found.append(_remark(what, Place(name, 0, "")))
    settings = book.sheets.get("settings")
    if settings is not None:
        for row, cells in settings.numbered():
            if cells.get("public_key"):
                found.append(_remark("encryption", Place("settings", row, "public_key")))
    return found


def _remark(what: str, place: Place, name: str = "") -> Remark:
    return Remark(f"form_unsupported.{what}", place, name, what)


def _questions(survey: Sheet) -> Iterator[Remark]:
    kind_at, name_at = survey.column("type"), survey.column("name")
    for row, cells in survey.numbered():
        kind = cells.get(kind_at, "")
        if match := _ADD.fullmatch(kind):
            kind = match[1]
        first = kind.split()[0].lower() if kind else ""
        what = _BY_KIND.get(first) or _BY_KIND.get("_".join(kind.lower().split()))
        if what:
            yield _remark(what, Place("survey", row, kind_at), cells.get(name_at, ""))
        for header, cell in cells.items():
            meaning = meaning_of(header)[0]
            if meaning in ("save_to",):
                yield _remark("entities", Place("survey", row, header), cells.get(name_at, ""))
            elif "pulldata(" in cell or (meaning == "appearance" and "search(" in cell):
                yield _remark("external", Place("survey", row, header), cells.get(name_at, ""))
            elif "last-saved#" in cell:
                yield _remark("last_saved", Place("survey", row, header), cells.get(name_at, ""))


def _media(sheet: Sheet) -> Iterator[Remark]:
    """Sounds, films and pictures beside a label lie in files of their own."""
    name_at = sheet.column("name")
    for header in sheet.headers:
        meaning = meaning_of(header)[0]
        if header.lower().startswith("media::"):
            meaning = header.split("::")[1].strip().lower()
        what = _MEDIA.get(meaning)
        if what is None:
            continue
        for row, cells in sheet.numbered():
            if cells.get(header):
                yield _remark(what, Place(sheet.name, row, header), cells.get(name_at, ""))
