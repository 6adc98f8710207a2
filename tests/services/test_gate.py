"""What comes from outside is looked at by a process that may be killed."""

from __future__ import annotations

import io
import json
import os
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from gemba.domain.errors import BadInput, GembaError
from gemba.resources import resource_path
from gemba.services import gate as gate_module
from gemba.services.exchange_file import MOST_VALUES, parse
from gemba.services.gate import Gate
from gemba.words import Words
from tests.faults.kit.hostile_files import HOSTILE, with_form

SAMPLE = resource_path("samples", "discharge", "data.json")


@pytest.fixture(scope="module")
def gate() -> Iterator[Gate]:
    made = Gate()
    yield made
    made.close()


def test_an_honest_file_passes(gate: Gate) -> None:
    found = gate.ask("data", SAMPLE)
    assert found["records"]["Observation"] > 10
    assert len(found["sha256"]) == 64


def test_a_refusal_is_the_one_the_reader_gives(gate: Gate, tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text('{"format": "gemba", "version": 1, "records": {"spell": []}}')
    with pytest.raises(BadInput) as refused:
        gate.ask("data", bad)
    assert refused.value.key == "data.unknown_kind"
    assert "spell" in Words()(refused.value.key, **refused.value.values)
    assert gate.ask("data", SAMPLE)


def test_a_file_that_is_not_there(gate: Gate, tmp_path: Path) -> None:
    with pytest.raises(GembaError) as refused:
        gate.ask("data", tmp_path / "none.json")
    assert refused.value.key == "file.cannot_read"


def picture(size: tuple[int, int] = (40, 30), kind: str = "JPEG", **more: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (90, 120, 150)).save(out, kind, **more)
    return out.getvalue()


def test_a_photo_comes_through_as_pixels(gate: Gate) -> None:
    exif = Image.Exif()
    exif[0x0110] = "Camera of Marta"
    exif[0x0112] = 6
    cleaned = gate.photo(picture(exif=exif), "walk.jpg")
    assert b"Marta" not in cleaned
    with Image.open(io.BytesIO(cleaned)) as image:
        assert image.size == (30, 40)


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "photo.not_an_image"),
        (b"GIF89a nonsense", "photo.not_an_image"),
        (picture()[:-200], "photo.not_an_image"),
        (b"\x00\x00\x00\x18ftypheic", "photo.heic"),
    ],
)
def test_what_is_no_photo_is_refused_by_its_own_name(gate: Gate, data: bytes, key: str) -> None:
    with pytest.raises(GembaError) as refused:
        gate.photo(data, "from the phone.jpg")
    assert refused.value.key == key
    assert refused.value.values["name"] == "from the phone.jpg"


def test_a_gatekeeper_that_says_nothing_is_killed_and_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if sys.platform == "win32":
        pytest.skip("named pipes in a folder")
    monkeypatch.setattr(gate_module, "STEP_SECONDS", 1.0)
    endless = tmp_path / "endless"
    os.mkfifo(endless)
    gate = Gate()
    try:
        with pytest.raises(BadInput) as refused:
            gate.ask("data", endless)
        assert refused.value.key == "gate.took_too_long"
        monkeypatch.setattr(gate_module, "STEP_SECONDS", 30.0)
        assert gate.ask("data", SAMPLE)
    finally:
        gate.close()


def test_more_than_the_memory_it_may_take_is_refused(gate: Gate, tmp_path: Path) -> None:
    """Ten thousand times as much in memory as on the disk."""
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("data.json", b"[" + b"[]," * 60_000_000 + b"[]]")
    with pytest.raises(BadInput) as refused:
        gate.ask("data", bomb)
    assert refused.value.key in ("data.too_large", "gate.gave_up", "gate.took_too_long")
    assert gate.ask("data", SAMPLE)


def test_a_photo_in_a_file_that_does_not_decode_is_found_before_anything_is_written(
    gate: Gate, tmp_path: Path
) -> None:
    from hashlib import sha256

    torn = picture()[:-200]
    key = sha256(torn).hexdigest()
    data = json.loads(SAMPLE.read_text(encoding="utf-8"))
    data["records"]["observation"][0]["photos"] = [key]
    bundle = tmp_path / "bundle.zip"
    with zipfile.ZipFile(bundle, "w") as archive:
        archive.writestr("data.json", json.dumps(data))
        archive.writestr(f"photos/{key}.jpg", torn)
    with pytest.raises(GembaError) as refused:
        gate.ask("data", bundle)
    assert refused.value.key == "photo.not_an_image"


def test_progress_is_told_and_a_cancel_is_heard(gate: Gate, tmp_path: Path) -> None:
    from hashlib import sha256

    photos = [picture((40, 30 + number)) for number in range(3)]
    keys = [sha256(one).hexdigest() for one in photos]
    data = json.loads(SAMPLE.read_text(encoding="utf-8"))
    data["records"]["observation"][0]["photos"] = keys
    bundle = tmp_path / "bundle.zip"
    with zipfile.ZipFile(bundle, "w") as archive:
        archive.writestr("data.json", json.dumps(data))
        for key, photo in zip(keys, photos, strict=True):
            archive.writestr(f"photos/{key}.jpg", photo)
    heard: list[tuple[int, int]] = []
    found = gate.ask("data", bundle, progress=lambda done, of: heard.append((done, of)))
    assert heard == [(1, 3), (2, 3), (3, 3)]
    assert found["photos"] == 3
    with pytest.raises(BadInput) as refused:
        gate.ask("data", bundle, cancelled=lambda: True)
    assert refused.value.key == "gate.cancelled"


def test_a_question_set_and_a_worksheet_are_looked_at(gate: Gate, tmp_path: Path) -> None:
    assert gate.ask("definition", resource_path("sheets", "ps7.toml"))["id"] == "ps7"
    large = tmp_path / "large.toml"
    large.write_bytes(b"#" * 2_000_000)
    with pytest.raises(BadInput) as refused:
        gate.ask("definition", large)
    assert refused.value.key == "data.too_large"


def test_data_with_a_form_that_is_too_much_are_refused_by_its_name(
    gate: Gate, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.json"
    HOSTILE["a form kept in data whose formulas fill the memory"][1](bad)
    with pytest.raises(BadInput) as refused:
        gate.ask("data", bad)
    assert refused.value.key == "data.form_too_much"
    said = Words()(refused.value.key, **refused.value.values)
    assert said.startswith("form_version 5f0c2b1e")
    assert "600000 letters" in said


def test_so_many_values_are_refused_before_they_take_memory() -> None:
    # What Linux would refuse by its limit of memory, other systems refuse by counting.
    with pytest.raises(BadInput) as refused:
        parse(b"[" + b"," * MOST_VALUES, "bad.json")
    assert refused.value.key == "data.too_large"
    with pytest.raises(BadInput) as refused:
        parse(b"[" + b"," * (MOST_VALUES - 1), "bad.json")
    assert refused.value.key == "data.no_json"


def test_data_with_a_form_that_is_only_broken_come_in(gate: Gate, tmp_path: Path) -> None:
    path = tmp_path / "data.json"
    with_form(b"<broken")(path)
    assert gate.ask("data", path)["records"]["FormVersion"] == 1
