"""Files a stranger might hand over: each name tells what is wrong with it."""

from __future__ import annotations

import io
import json
import os
import struct
import zipfile
import zlib
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

from PIL import Image

from gemba.resources import resource_path

Make = Callable[[Path], None]
DATA = "data"
PHOTO = "photo"
SOUND = "sound"
FORM = "form"
LIST = "list"
DEFINITION = "definition"
QUESTIONS = "questions"


def sample() -> dict[str, Any]:
    """The sample's data, to be spoilt."""
    text = resource_path("samples", "discharge", "data.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def zipped(path: Path, members: list[tuple[str, bytes]], **more: Any) -> None:
    """Write a zip."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in members:
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            for key, value in more.items():
                setattr(info, key, value)
            archive.writestr(info, content)


def whole() -> bytes:
    """The sample's data as bytes."""
    return json.dumps(sample()).encode()


def png(width: int, height: int, rows: bytes = b"") -> bytes:
    """A PNG that says it has this size."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows, 9))
        + chunk(b"IEND", b"")
    )


def picture(kind: str = "JPEG") -> bytes:
    """An honest small picture."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), (90, 120, 150)).save(out, kind)
    return out.getvalue()


def with_photo(photo: bytes, key: str = "") -> Make:
    """A bundle whose one photo is this."""
    key = key or sha256(photo).hexdigest()

    def make(path: Path) -> None:
        data = sample()
        data["records"]["observation"][0]["photos"] = [key]
        zipped(path, [("data.json", json.dumps(data).encode()), (f"photos/{key}.png", photo)])

    return make


def spoilt(change: Callable[[dict[str, Any]], object]) -> Make:
    """Data that were right before this change."""

    def make(path: Path) -> None:
        data = sample()
        change(data)
        path.write_bytes(json.dumps(data).encode())

    return make


def bytes_of(content: bytes) -> Make:
    """A file with these bytes."""
    return lambda path: path.write_bytes(content) and None


def member(name: str, content: bytes = b"x", **more: Any) -> Make:
    """A bundle with one more member."""
    return lambda path: zipped(path, [("data.json", whole()), (name, content)], **more)


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(2 * 1024**3)


def _link(path: Path) -> None:
    path.symlink_to(path)


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _locked_zip(path: Path) -> None:
    """A zip whose flags say that a password is needed."""
    zipped(path, [("data.json", whole())])
    content = bytearray(path.read_bytes())
    content[6] |= 1
    at = content.rindex(b"PK\x01\x02")
    content[at + 8] |= 1
    path.write_bytes(bytes(content))


def _half_zip(path: Path) -> None:
    zipped(path, [("data.json", whole())])
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def _nested_zip(path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("data.json", b"{}")
    zipped(path, [("data.zip", inner.getvalue())])


def _many_members(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("data.json", b"{}")
        for number in range(100_050):
            archive.writestr(f"photos/{number:064x}.jpg", b"")


def _entity_toml(path: Path) -> None:
    path.write_text('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>')


def _xform(instance: str, rules: str = "", body: str = "") -> bytes:
    """Return an XForm with this inside."""
    return (
        '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">'
        f"<h:head><model><instance><data>{instance}</data></instance>{rules}</model></h:head>"
        f"<h:body>{body}</h:body></h:html>"
    ).encode()


def _fan(wide: int) -> bytes:
    """Return an XForm in which each question looks at every one before it."""
    names = "".join(f"<a{one}/>" for one in range(wide))
    binds = (
        f'<bind nodeset="/data/a{one}" calculate="1{"".join(f"+/data/a{n}" for n in range(one))}"/>'
        for one in range(wide)
    )
    return _xform(names, "".join(binds))


def _busy(wide: int) -> bytes:
    """Return an XForm in which each question looks at everything there is, again and again."""
    names = "".join(f"<a{one}/>" for one in range(wide))
    body = "".join(
        f'<input ref="/data/a{one}"><label><output value="count(//*[count(//*) &gt; {one}])"/>'
        "</label></input>"
        for one in range(wide)
    )
    return _xform(names, body=body)


def with_form(xform: bytes) -> Make:
    """Data in which a form is kept that is this."""

    def make(path: Path) -> None:
        data = sample()
        number = "5f0c2b1e-7f55-4d2e-9a56-0d9be2f0a1"
        data["records"]["form"] = [{"id": f"{number}01", "title": "Look"}]
        data["records"]["form_version"] = [
            {
                "id": f"{number}02",
                "form_key": f"{number}01",
                "title": "Look",
                "number": 1,
                "made_at": "2026-11-20T09:30:00Z[UTC]",
                "source_kind": "xform",
                "xform": xform.decode(),
            }
        ]
        path.write_bytes(json.dumps(data).encode())

    return make


def book(*parts: tuple[str, bytes]) -> Make:
    """Something that begins as a workbook does."""
    head = (
        "[Content_Types].xml",
        b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    )
    return lambda path: zipped(path, [head, *parts])


BOMB = b"[" + b"[]," * 60_000_000 + b"[]]"

HOSTILE: dict[str, tuple[str, Make]] = {
    "empty file": (DATA, bytes_of(b"")),
    "one byte": (DATA, bytes_of(b"{")),
    "2 GB of nothing": (DATA, _sparse),
    "a link to itself": (DATA, _link),
    "a pipe that says nothing": (DATA, _fifo),
    "a folder": (DATA, lambda path: path.mkdir()),
    "a zip bomb of lists": (DATA, lambda path: zipped(path, [("data.json", BOMB)])),
    "a zip bomb of blanks": (DATA, lambda path: zipped(path, [("data.json", b" " * 10**9)])),
    "a zip bomb of one long name": (
        DATA,
        lambda path: zipped(path, [("data.json", b'{"' + b"x" * 180_000_000)]),
    ),
    "nesting of a million": (DATA, bytes_of(b"[" * 1_000_000)),
    "nesting of a hundred thousand objects": (DATA, bytes_of(b'{"a":' * 100_000)),
    "a number of a million digits": (DATA, bytes_of(b'{"format": ' + b"9" * 1_000_000 + b"}")),
    "not a number": (DATA, bytes_of(b'{"format": "gemba", "version": NaN}')),
    "a name twice": (DATA, bytes_of(b'{"format": "gemba", "format": "gemba"}')),
    "bytes that are no text": (DATA, bytes_of(b'{"format": "\xff\xfe"}')),
    "another program's JSON": (DATA, bytes_of(b'{"name": "x"}')),
    "a page named .json": (DATA, bytes_of(b"<html><script>alert(1)</script></html>")),
    "a spreadsheet named .zip": (
        DATA,
        lambda path: zipped(path, [("xl/workbook.xml", b"<x/>"), ("xl/vbaProject.bin", b"M")]),
    ),
    "a program named .zip": (DATA, bytes_of(b"MZ" + bytes(4096))),
    "half a zip": (DATA, _half_zip),
    "a zip in a zip": (DATA, _nested_zip),
    "a zip with a password": (DATA, _locked_zip),
    "a zip of a hundred thousand names": (DATA, _many_members),
    "a path that climbs": (DATA, member("../../evil.json")),
    "a path from the root": (DATA, member("/etc/cron.d/evil")),
    "a path of Windows": (DATA, member("..\\..\\evil.json")),
    "a drive of Windows": (DATA, member("C:\\evil.json")),
    "a photo that climbs": (DATA, member("photos/../../evil.jpg")),
    "a link in a zip": (DATA, member("photos/link", b"/etc/passwd", external_attr=0xA1ED << 16)),
    "data that is a link": (
        DATA,
        lambda path: zipped(path, [("data.json", b"/etc/passwd")], external_attr=0xA1ED << 16),
    ),
    "entities in data.json": (
        DATA,
        lambda path: zipped(path, [("data.json", b'<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">')]),
    ),
    "an unknown kind": (DATA, spoilt(lambda data: data["records"].update(spell=[]))),
    "a newer version": (DATA, spoilt(lambda data: data.update(version=7))),
    "a record without its name": (
        DATA,
        spoilt(lambda data: data["records"]["person"][0].pop("name")),
    ),
    "an id that is a path": (
        DATA,
        spoilt(lambda data: data["records"]["person"][0].update(id="../../evil")),
    ),
    "a photo that is a path": (
        DATA,
        spoilt(lambda data: data["records"]["observation"][0].update(photos=["../../etc/passwd"])),
    ),
    "a million people of no name": (
        DATA,
        bytes_of(
            b'{"format":"gemba","version":1,"records":{"person":[' + b"{}," * 999_999 + b"{}]}}"
        ),
    ),
    "a photo that is not its hash": (DATA, with_photo(picture("PNG"), "a" * 64)),
    "a photo that is text": (DATA, with_photo(b"<svg onload=alert(1)>")),
    "a photo of 30,000 by 30,000": (DATA, with_photo(png(30_000, 30_000))),
    "a photo cut in the middle": (DATA, with_photo(picture("PNG")[:-40])),
    "an image bomb of 900 megapixels": (PHOTO, bytes_of(png(30_000, 30_000))),
    "an image of 49 megapixels with no pixels": (PHOTO, bytes_of(png(7_000, 7_000))),
    "a picture without an end": (PHOTO, bytes_of(picture()[:-100])),
    "a film": (PHOTO, bytes_of(b"\x00\x00\x00\x18ftypmp42" + bytes(10_000))),
    "a drawing with a script": (PHOTO, bytes_of(b"<svg xmlns='x'><script/></svg>")),
    "no photo at all": (PHOTO, bytes_of(b"")),
    "a form kept in data that looks at everything": (DATA, with_form(_busy(900))),
    "a form kept in data whose formulas fill the memory": (DATA, with_form(_fan(400))),
    "a form kept in data of a million parts": (DATA, with_form(_xform("<a/>" * 1_000_000))),
    "an XForm with entities": (
        FORM,
        bytes_of(b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'),
    ),
    "an XForm nested a thousand deep": (FORM, bytes_of(b"<a>" * 1_000 + b"</a>" * 1_000)),
    "an XForm that looks at everything": (FORM, bytes_of(_busy(900))),
    "an XForm whose formulas fill the memory": (FORM, bytes_of(_fan(400))),
    "an XForm with a million rounds": (
        FORM,
        bytes_of(
            _xform(
                "<r><s><q/></s></r>",
                body='<repeat nodeset="/data/r" xmlns:j="http://openrosa.org/javarosa" '
                'j:count="1000"><repeat nodeset="/data/r/s" j:count="1000">'
                '<input ref="/data/r/s/q"/></repeat></repeat>',
            )
        ),
    ),
    "a workbook with nothing in it": (FORM, book(("xl/workbook.xml", b"<workbook/>"))),
    "a workbook that is a bomb": (FORM, book(("xl/sharedStrings.xml", b" " * 10**9))),
    "a workbook with entities": (
        FORM,
        book(("xl/workbook.xml", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;&a;</x>')),
    ),
    "a workbook cut in the middle": (FORM, bytes_of(b"PK\x03\x04" + bytes(200))),
    "an old workbook that is none": (FORM, bytes_of(b"\xd0\xcf\x11\xe0" + bytes(4096))),
    "a list in a workbook that is a bomb": (LIST, book(("xl/sharedStrings.xml", b" " * 10**9))),
    "a list in a workbook cut in the middle": (LIST, bytes_of(b"PK\x03\x04" + bytes(200))),
    "a memo that is a program": (SOUND, bytes_of(b"MZ" + bytes(4096))),
    "a memo whose boxes never end": (
        SOUND,
        bytes_of(b"\x00\x00\x00\x14ftypM4A \x00\x00\x00\x00M4A " + b"\x00\x00\x00\x08moov" * 9_999),
    ),
    "a memo whose box is larger than all": (
        SOUND,
        bytes_of(b"\x00\x00\x00\x14ftypM4A \x00\x00\x00\x00M4A \xff\xff\xff\xffmoov"),
    ),
    "a memo with nothing but its name": (SOUND, bytes_of(b"OggS" + bytes(23))),
    "no memo at all": (SOUND, bytes_of(b"")),
    "questions nested without end": (QUESTIONS, bytes_of(b"a = " + b"{b = " * 100_000)),
    "questions with a key of many parts": (QUESTIONS, bytes_of(b"a." * 400_000 + b"a = 1\n")),
    "questions with a table of many parts": (
        QUESTIONS,
        bytes_of(b"[" + b"a . " * 200_000 + b"a]\n"),
    ),
    "questions with a wrong key below a header of blanks": (
        QUESTIONS,
        bytes_of(b'id = "x"\nrun = 1\n["' + b" " * 200_000 + b'"]\n'),
    ),
    "questions with an unknown key": (QUESTIONS, bytes_of(b'id = "x"\nrun = "rm -rf /"\n')),
    "a worksheet of 2 MB": (DEFINITION, bytes_of(b"#" * 2_000_000)),
    "a worksheet with entities": (DEFINITION, _entity_toml),
    "a worksheet with an unknown key": (DEFINITION, bytes_of(b'id = "x"\nrun = "rm -rf /"\n')),
    "a worksheet nested without end": (DEFINITION, bytes_of(b"a = " + b"[" * 200_000)),
}
"""What a file is like: which entry it comes through, and how it is made."""
