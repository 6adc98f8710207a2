"""Many photos at once: read before they are stripped, whole or not at all, and hostile folders."""

from __future__ import annotations

import io
import os
import sys
import zlib
from datetime import datetime
from pathlib import Path

import pytest
from PIL import ExifTags, Image

from gemba.domain.errors import BadInput, GembaError, NotFound
from gemba.domain.observation import Observation
from gemba.services.recorder import WHOLE_PHOTOS
from gemba.services.workspace import Workspace
from tests.data.heic import HEIC


def photo(number: int = 0, size: tuple[int, int] = (400, 300), taken: str = "") -> bytes:
    image = Image.radial_gradient("L").resize(size)
    made = Image.merge("RGB", (image, image.rotate(90), image))
    made.paste((37 * number % 256, number, 200), (0, 0, 40, 40))
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "CameraMaker"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (52.0, 31.0, 12.0)
    if taken:
        exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = taken
    out = io.BytesIO()
    made.save(out, "JPEG", exif=exif)
    return out.getvalue()


def huge_png(side: int = 30_000) -> bytes:
    """A PNG whose header claims a picture of so many pixels a side."""

    def chunk(name: bytes, data: bytes) -> bytes:
        body = name + data
        return len(data).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")

    head = side.to_bytes(4, "big") * 2 + bytes([8, 2, 0, 0, 0])
    rows = zlib.compress(bytes(side * 3 + 1))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.fixture
def phone(tmp_path: Path) -> Path:
    """A folder as a phone and its owner fill it."""
    folder = tmp_path / "phone"
    (folder / "more").mkdir(parents=True)
    (folder / "a.jpg").write_bytes(photo(1, taken="2026:11:22 10:01:00"))
    (folder / "more" / "b.JPG").write_bytes(photo(2, taken="2026:11:22 10:02:00"))
    (folder / "no-time.png").write_bytes(photo(3))
    (folder / "empty.jpg").write_bytes(b"")
    (folder / "huge.png").write_bytes(huge_png())
    (folder / "film.mp4").write_bytes(b"\0\0\0\x18ftypmp42" + bytes(5_000))
    (folder / "film.jpg").write_bytes(b"\0\0\0\x18ftypmp42" + bytes(5_000))
    if sys.platform != "win32":
        (folder / "more" / "again").symlink_to(folder, target_is_directory=True)
        (folder / "itself.jpg").symlink_to(folder / "itself.jpg")
    return folder


def test_a_folder_with_a_film_nothing_too_much_and_a_loop(
    workspace: Workspace, phone: Path
) -> None:
    photos = workspace.photo_import
    paths = photos.pictures_in(phone)
    assert [path.name for path in paths] == [
        "a.jpg", "empty.jpg", "film.jpg", "huge.png", "no-time.png", "b.JPG",
    ]  # fmt: skip
    heard: list[tuple[int, int]] = []
    found = photos.look(paths, lambda done, of: heard.append((done, of)))
    assert heard[-1] == (6, 6)
    said = {one.path.name: one.refused.key if one.refused else one.taken for one in found}
    assert said == {
        "a.jpg": datetime(2026, 11, 22, 10, 1),
        "b.JPG": datetime(2026, 11, 22, 10, 2),
        "no-time.png": None,
        "empty.jpg": "photo.not_an_image",
        "film.jpg": "photo.not_an_image",
        "huge.png": "photo.too_large",
    }
    with pytest.raises(BadInput):
        photos.pictures_in(phone / "a.jpg")


def test_what_is_chosen_comes_in_with_its_observation_and_nothing_else(
    workspace: Workspace, phone: Path, data_dir: Path
) -> None:
    one, other = (workspace.walks.capture(words) for words in ("A bag", "A bed"))
    chosen = [(phone / "a.jpg", one.id), (phone / "more" / "b.JPG", other.id),
              (phone / "huge.png", one.id), (phone / "empty.jpg", other.id)]  # fmt: skip
    brought = workspace.photo_import.bring(chosen)
    assert brought.count == 2
    assert [path.name for path, _error in brought.refused] == ["huge.png", "empty.jpg"]
    held = [workspace.walks.observation(key).photos for key in (one.id, other.id)]
    assert [len(photos) for photos in held] == [1, 1]
    files = {path.stem for path in (data_dir / "photos").rglob("*.jpg")}
    assert files == {held[0][0], held[1][0]}
    for path in (data_dir / "photos").rglob("*.jpg"):
        assert b"CameraMaker" not in path.read_bytes()


def test_cancelled_it_leaves_whole_photos_only(workspace: Workspace, tmp_path: Path) -> None:
    seen = workspace.walks.capture("A bag")
    paths = []
    for number in range(8):
        paths.append(tmp_path / f"{number}.jpg")
        paths[-1].write_bytes(photo(number))
    came: list[int] = []
    brought = workspace.photo_import.bring(
        [(path, seen.id) for path in paths],
        lambda done, _of: came.append(done),
        lambda: len(came) >= 2,
    )
    named = workspace.walks.observation(seen.id).photos
    assert 2 <= len(named) == brought.count < 8
    assert not brought.refused
    files = {path.stem for path in workspace.store.folder.joinpath("photos").rglob("*.jpg")}
    assert files == set(named)


def test_a_photo_whose_observation_is_gone_leaves_no_file(workspace: Workspace) -> None:
    seen = workspace.walks.capture("A bag")
    from gemba.domain.changes import Ref

    workspace.recorder.remove(Ref("observation", seen.id))
    with pytest.raises(NotFound):
        workspace.walks.add_photo(seen.id, photo())
    workspace.bin.pass_days().result()
    assert not list((workspace.store.folder / "photos").rglob("*.*"))


def test_a_file_that_a_kill_left_is_gone_after_the_next_start(workspace: Workspace) -> None:
    """As when the power goes after the file was written and before the record was."""
    from hashlib import sha256

    seen = workspace.walks.capture("A bag")
    clean = workspace.recorder.clean_photo(photo())
    key = sha256(clean).hexdigest()

    def killed(_seen: Observation, _photo: str) -> Observation:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        workspace.store.keep_photo(clean, "", Observation, seen.id, killed, who="")
    assert workspace.store.photos.path(key) is not None
    workspace.bin.pass_days().result()
    assert workspace.store.photos.path(key) is None


def test_for_daily_use_it_is_smaller_and_whole_where_that_is_wanted(workspace: Workspace) -> None:
    seen = workspace.walks.capture("A bag")
    large = photo(size=(4000, 3000))

    def size() -> tuple[int, int]:
        data = workspace.store.photos.read(workspace.walks.observation(seen.id).photos[-1])
        with Image.open(io.BytesIO(data or b"")) as image:
            return image.size

    workspace.walks.add_photo(seen.id, large)
    assert size() == (2048, 1536)
    workspace.recorder.remember(WHOLE_PHOTOS, "yes").result()
    workspace.walks.add_photo(seen.id, large)
    assert size() == (4000, 3000)


def test_a_phone_s_own_format_is_read_upright_and_stripped(
    workspace: Workspace, tmp_path: Path
) -> None:
    pytest.importorskip("pi_heif")
    path = tmp_path / "IMG_1.HEIC"
    path.write_bytes(HEIC)
    (found,) = workspace.photo_import.look([path])
    assert found.taken is not None
    assert found.taken.isoformat() == "2026-11-24T10:02:11+01:00"
    seen = workspace.walks.capture("A bag")
    assert workspace.photo_import.bring([(path, seen.id)]).count == 1
    data = workspace.store.photos.read(workspace.walks.observation(seen.id).photos[0]) or b""
    assert b"CameraMaker" not in data
    with Image.open(io.BytesIO(data)) as image:
        red, _green, blue = image.convert("RGB").getpixel((4, 4))
    assert red > 180 > blue


def test_a_file_nobody_can_read_is_named(workspace: Workspace, tmp_path: Path) -> None:
    seen = workspace.walks.capture("A bag")
    gone = tmp_path / "gone.jpg"
    brought = workspace.photo_import.bring([(gone, seen.id)])
    assert brought.refused[0][1].key == "file.cannot_read"
    large = tmp_path / "large.jpg"
    with large.open("wb") as file:
        os.truncate(file.fileno(), 300 * 1024 * 1024)
    with pytest.raises(GembaError) as refused:
        workspace.photo_import.preview(large)
    assert refused.value.key == "photo.too_many_bytes"
