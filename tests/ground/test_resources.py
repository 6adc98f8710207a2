"""The bundled files: found from a checkout and from a wheel, and fit for paper."""

from __future__ import annotations

import re
import struct
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
import zipfile
from pathlib import Path

import pytest

from gemba import __version__
from gemba.resources import resource_path, version

ROOT = Path(__file__).resolve().parents[2]
FACES = sorted((ROOT / "resources" / "fonts").glob("*.ttf"))
ICONS = sorted((ROOT / "resources" / "icons").glob("*.svg"))


def _tables(face: Path) -> dict[str, bytes]:
    data = face.read_bytes()
    (count,) = struct.unpack_from(">H", data, 4)
    tables = {}
    for index in range(count):
        tag, _, offset, length = struct.unpack_from(">4sIII", data, 12 + 16 * index)
        tables[tag.decode("ascii")] = data[offset : offset + length]
    return tables


def _postscript_name(face: Path) -> str:
    names = _tables(face)["name"]
    _, count, strings = struct.unpack_from(">HHH", names)
    for index in range(count):
        platform, _, _, kind, length, offset = struct.unpack_from(">6H", names, 6 + 12 * index)
        if (platform, kind) == (3, 6):
            start = strings + offset
            return names[start : start + length].decode("utf-16-be")
    raise AssertionError(f"{face.name} names itself nowhere")


def test_a_checkout_finds_the_files_beside_the_package() -> None:
    assert resource_path("fonts") == ROOT / "resources" / "fonts"
    assert resource_path("icons", "sun.svg").is_file()
    assert version() == __version__


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.stem)
def test_a_face_has_outlines_that_a_pdf_can_embed(face: Path) -> None:
    tables = _tables(face)
    assert {"glyf", "loca", "cmap"} <= tables.keys()
    assert "CFF " not in tables
    # fsType: neither "restricted" nor "no subsetting" nor "bitmap only"
    (rights,) = struct.unpack_from(">H", tables["OS/2"], 8)
    assert rights & 0x0302 == 0


def test_each_face_has_a_postscript_name_of_its_own() -> None:
    names = [_postscript_name(face) for face in FACES]
    assert len(names) == 7
    assert len(set(names)) == len(names)


def test_the_readme_beside_the_faces_names_each_with_its_licence() -> None:
    text = resource_path("fonts", "README.md").read_text("utf-8")
    for face in FACES:
        assert f"| {face.name} | {_postscript_name(face)} |" in text
    for licence in re.findall(r"\w+(?:-[\w.]+)+\.txt", text):
        assert resource_path("fonts", licence).is_file(), licence


@pytest.mark.parametrize("icon", ICONS, ids=lambda icon: icon.stem)
def test_an_icon_can_be_tinted(icon: Path) -> None:
    root = ElementTree.parse(icon).getroot()
    assert root.get("viewBox") == "0 0 24 24"
    assert root.get("stroke") == "currentColor"
    assert "#" not in icon.read_text("utf-8")


def test_a_wheel_holds_the_files_inside_the_package(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("gemba-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
        names = archive.namelist()
    assert not [name for name in names if name.startswith(("resources/", "tests/", "packaging/"))]
    shown = subprocess.run(
        [
            sys.executable,
            "-c",
            "import gemba.resources as r; print(r.resource_path('fonts')); print(r.version())",
        ],
        cwd=tmp_path / "site",
        check=True,
        capture_output=True,
        text=True,
    )
    fonts, built = shown.stdout.split()
    assert Path(fonts) == (tmp_path / "site" / "gemba" / "_resources" / "fonts").resolve()
    assert len(list(Path(fonts).glob("*.ttf"))) == len(FACES)
    assert built == __version__
