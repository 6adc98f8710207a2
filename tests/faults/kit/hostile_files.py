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
DEFINITION = "definition"


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
    "a worksheet of 2 MB": (DEFINITION, bytes_of(b"#" * 2_000_000)),
    "a worksheet with entities": (DEFINITION, _entity_toml),
    "a worksheet with an unknown key": (DEFINITION, bytes_of(b'id = "x"\nrun = "rm -rf /"\n')),
    "a worksheet nested without end": (DEFINITION, bytes_of(b"a = " + b"[" * 200_000)),
}
"""What a file is like: which entry it comes through, and how it is made."""
