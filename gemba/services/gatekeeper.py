"""Reads a stranger's file in a process of its own, which may be killed without harm.

Started as ``python -m gemba.services.gatekeeper``. Each line on its standard input is one question,
``{"kind": ..., "path": ...}``; the bytes of a photo, memo or form follow it, ``{"kind": "photo",
"name": ..., "bytes": ...}``, so that no copy lies about on the disk. It answers with lines of JSON:
``progress`` or ``busy`` while it is at work, then what it found, with ``bytes`` that follow, or the
key of the sentence that says why the file is refused.
"""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Callable
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gemba.domain.errors import BadInput, GembaError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gemba.services.exchange_package import Package

Answer = dict[str, Any]

ROOM: Final = 250 * 1024 * 1024
"""Bytes of memory a question may take beyond what the process has anyway."""
ROOM_FOR_PHOTO: Final = 1024 * 1024 * 1024
"""Bytes for decoding a photo of 50 megapixels and turning it upright."""
ROOM_PER_BYTE: Final = 8
"""Bytes of memory for each byte of a data file: records are larger than their JSON."""


def main() -> None:
    """Answer questions until the standard input ends."""
    given, said = sys.stdin.buffer, sys.stdout.buffer
    for line in given:
        asked = json.loads(line)
        # Read whole before anything can go wrong, so that the next line is a question again.
        data = given.read(asked["bytes"]) if "bytes" in asked else b""
        answer = _answer(asked, data)
        made: bytes = answer.pop("made", b"")
        _say({**answer, "bytes": len(made)} if made else answer)
        said.write(made)
        said.flush()


def _say(answer: Answer) -> None:
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
    sys.stdout.buffer.flush()


def _answer(asked: Answer, data: bytes) -> Answer:
    name = asked.get("name") or Path(asked.get("path", "")).name
    try:
        if asked["kind"] == "photo":
            return _photo(data, name, int(asked.get("longest", 0)))
        if asked["kind"] in ("form", "tables"):
            with _uncollected():
                return _form(data, name, tables=asked["kind"] == "tables")
        if asked["kind"] == "sound":
            return _sound(data, name)
        if asked["kind"] == "list":
            return _list(data, name)
        return _LOOKS[asked["kind"]](Path(asked["path"]))
    except GembaError as error:
        values = {one: _plain(value) for one, value in error.values.items()}
        return {"refused": error.key, "values": values, "bad": isinstance(error, BadInput)}
    except MemoryError:
        return {"refused": "data.too_large", "values": {"file": name}, "bad": True}
    except RecursionError:
        return {"refused": "data.too_deep", "values": {"record": name}, "bad": True}
    except OSError as error:
        values = {"file": name, "reason": error.strerror or str(error)}
        return {"refused": "file.cannot_read", "values": values, "bad": False}


@contextmanager
def _uncollected() -> Iterator[None]:
    """Hold back the collector of rings, which would take half of the time a large form has."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.collect()


def _plain(value: object) -> object:
    if isinstance(value, GembaError):
        values = {name: _plain(one) for name, one in value.values.items()}
        return {"key": value.key, "values": values}
    return value if isinstance(value, str | int | float | bool) else str(value)


def _data(path: Path) -> Answer:
    """Read exported data whole, decode every photo and walk every memo in it, keeping nothing."""
    from gemba.services.exchange_package import read_package
    from gemba.store.attached import is_sound
    from gemba.store.picture import open_picture
    from gemba.store.sound import bare_sound

    with _room(ROOM + ROOM_PER_BYTE * path.stat().st_size):
        package = read_package(path)
        kinds: dict[str, int] = {}
        for record in package.records:
            name = type(record).__name__
            kinds[name] = kinds.get(name, 0) + 1
        _try_forms(package)
    with _room(ROOM_FOR_PHOTO + ROOM_PER_BYTE * path.stat().st_size):
        for done, key in enumerate(package.photos, 1):
            held = package.photos[key]
            if is_sound(held):
                bare_sound(held, key[:12])
            else:
                open_picture(held, key[:12])
            _say({"progress": done, "of": len(package.photos)})
    return {"records": kinds, "photos": len(package.photos), "sha256": _digest(path)}


def _try_forms(package: Package) -> None:
    """Open every form that is kept in data and look at each question, as filling it in would.

    One that takes too long, or too much memory, is refused with all of it. One that is only
    broken comes in: it says so where it is opened, and holds nothing else back.
    """
    from gemba.domain.form import FormVersion
    from gemba.services.exchange_rules import named

    forms = [one for one in package.records if isinstance(one, FormVersion)]
    for form in forms:
        from gemba.forms.trouble import FormulaError
        from gemba.forms.trying import opened

        try:
            opened(form.xform)
        except FormulaError as problem:
            if problem.key in _TOO_MUCH:
                which = named(form)
                raise BadInput("data.form_too_much", record=which, why=problem) from None
        _say({"busy": True})


_TOO_MUCH: Final = frozenset(
    {"form.slow", "form.many", "form.long_formulas", "form.xml_large", "formula.work"}
)
"""What a form is refused for even where it stands among other data."""


def _photo(data: bytes, name: str, longest: int) -> Answer:
    """Decode a photo and write its pixels anew, upright and with nothing else.

    ``longest`` is the most that its longer side may have in pixels, 0 for any.
    """
    from gemba.store.picture import encode_picture, open_picture

    with _room(ROOM_FOR_PHOTO):
        encoded, _suffix = encode_picture(open_picture(data, name, longest))
    return {"sha256": sha256(encoded).hexdigest(), "made": encoded}


def _form(data: bytes, name: str, *, tables: bool) -> Answer:
    """Convert a spreadsheet, or the cells of one as JSON, into an XForm, and open that once."""
    from gemba.forms.importing import import_file, import_tables

    with _room(ROOM + ROOM_PER_BYTE * len(data)):
        return import_tables(json.loads(data)) if tables else import_file(data, name)


def _sound(data: bytes, name: str) -> Answer:
    """Take everything but the sound out of a voice memo."""
    from gemba.store.sound import bare_sound

    with _room(ROOM + ROOM_PER_BYTE * len(data)):
        bare, _suffix = bare_sound(data, name)
    return {"sha256": sha256(bare).hexdigest(), "made": bare}


def _list(data: bytes, name: str) -> Answer:
    """Read the rows of a spreadsheet that is a plain list; none where it is an XLSForm."""
    from gemba.forms.workbook import list_rows

    with _room(ROOM + ROOM_PER_BYTE * len(data)):
        return {"rows": list_rows(data, name)}


def _taken_when(path: Path) -> Answer:
    """Read when a photo was taken, before that is stripped; nothing is decoded."""
    from gemba.store.picture import taken_when

    with _room(ROOM), path.open("rb") as file:
        return {"taken": taken_when(file, path.name)}


def _definition(path: Path) -> Answer:
    """Read a worksheet or a question set."""
    from gemba.definitions.read import read_question_set, read_sheet

    if path.stat().st_size > MOST_DEFINITION:
        raise BadInput("data.too_large", file=path.name)
    with _room(ROOM):
        sheet = path.parent.name == "sheets"
        found = read_sheet(path) if sheet else read_question_set(path)
    return {"id": found.id, "version": found.version, "sha256": _digest(path)}


MOST_DEFINITION: Final = 1024 * 1024

_LOOKS: Final[dict[str, Callable[[Path], Answer]]] = {
    "data": _data,
    "definition": _definition,
    "taken": _taken_when,
}


def _digest(path: Path) -> str:
    digest = sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


@contextmanager
def _room(most: int) -> Iterator[None]:
    """Refuse to take more memory than this; Windows has no such limit, only the time."""
    if sys.platform == "win32":
        yield
        return
    import resource

    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (_taken() + most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


def _taken() -> int:
    """Return how much address space the process has now, in bytes."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError):
        # macOS: no such file, and its limit is not kept to either.
        return 1 << 40
    import resource

    return pages * resource.getpagesize()


if __name__ == "__main__":
    main()
