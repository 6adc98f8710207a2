"""Photos are taken in upright, without place and camera, and found by what they show."""

from __future__ import annotations

import io
import stat
import sys
import zlib
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest
from PIL import ExifTags, Image, ImageCms, PngImagePlugin

from gemba.domain.errors import BadInput, GembaError, ReadOnly
from gemba.store.opening import open_store
from gemba.store.store import Store

SIZE = (640, 360)


def picture(mode: str = "RGB", size: tuple[int, int] = SIZE) -> Image.Image:
    """Many colours, so that it is a photo; the upper left corner is red."""
    image = Image.radial_gradient("L").resize(size)
    noise = Image.frombytes("L", size, Random(7).randbytes(size[0] * size[1]))
    made = Image.merge("RGB", (image, noise, image))
    made.paste((255, 0, 0), (0, 0, 80, 60))
    return made.convert(mode)


def encoded(image: Image.Image, kind: str, **how: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **how)  # type: ignore[arg-type]
    return out.getvalue()


def with_exif(orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Make] = "CameraMaker"
    exif[ExifTags.Base.Artist] = "Somebody"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (52.0, 31.0, 12.0)
    return encoded(
        picture(), "JPEG", exif=exif, comment=b"SecretComment", xmp=b"<x>SecretPacket</x>"
    )


def kept(store: Store, data: bytes, name: str = "") -> Image.Image:
    info = store.photos.add(data, name)
    path = store.photos.path(info.hash)
    assert path is not None
    assert path.read_bytes() == store.photos.read(info.hash)
    assert sha256(path.read_bytes()).hexdigest() == info.hash
    image = Image.open(path)
    image.load()
    assert image.size == (info.width, info.height)
    return image


def test_place_camera_and_comments_are_gone(store: Store) -> None:
    data = with_exif()
    assert b"CameraMaker" in data
    image = kept(store, data, "hatch.jpg")
    raw = (store.photos.path(store.photos.add(data).hash) or Path()).read_bytes()
    for word in (b"CameraMaker", b"Somebody", b"Secret", b"Exif", b"http"):
        assert word not in raw
    assert not image.getexif()
    assert image.format == "JPEG"


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_stands_the_right_way_up(store: Store, orientation: int) -> None:
    image = kept(store, with_exif(orientation)).convert("RGB")
    turned = orientation >= 5
    assert image.size == ((SIZE[1], SIZE[0]) if turned else SIZE)
    right = orientation in (2, 3, 6, 7)
    low = orientation in (3, 4, 7, 8)
    corner = (image.width - 10 if right else 10, image.height - 10 if low else 10)
    red, green, blue = image.getpixel(corner)
    assert red > 200
    assert green < 60
    assert blue < 60


def test_the_same_photo_is_kept_once(store: Store, folder: Path) -> None:
    first = store.photos.add(with_exif(), "one.jpg")
    again = store.photos.add(with_exif(), "two.jpg")
    assert first == again
    files = [path for path in (folder / "photos").rglob("*") if path.is_file()]
    assert [path.name for path in files] == [f"{first.hash}.jpg"]
    assert files[0].parent.name == first.hash[:2]
    if sys.platform != "win32":
        assert stat.S_IMODE(files[0].stat().st_mode) == 0o600
        assert stat.S_IMODE(files[0].parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("kind", ["PNG", "GIF", "WEBP", "BMP", "TIFF", "JPEG"])
@pytest.mark.parametrize("mode", ["RGB", "L", "P"])
def test_the_usual_files_are_taken(store: Store, kind: str, mode: str) -> None:
    image = picture(mode)
    data = encoded(image.convert("RGB") if (kind, mode) == ("JPEG", "P") else image, kind)
    assert kept(store, data).size == SIZE


def test_of_a_moving_picture_the_first_frame_is_taken(store: Store) -> None:
    frames = [Image.new("RGB", (300, 300), colour) for colour in ("red", "blue")]
    data = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])
    red, _, blue = kept(store, data).convert("RGB").getpixel((5, 5))
    assert red > 200 > blue


def test_transparency_and_flat_drawings_stay_png(store: Store) -> None:
    clear = picture("RGBA")
    clear.putpixel((0, 0), (0, 0, 0, 0))
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "SecretAuthor")
    image = kept(store, encoded(clear, "PNG", pnginfo=info))
    assert (image.format, image.mode) == ("PNG", "RGBA")
    assert image.info == {}
    flat = Image.new("RGB", (900, 900), "white")
    assert kept(store, encoded(flat, "PNG")).format == "PNG"
    assert kept(store, encoded(picture(), "PNG")).format == "JPEG"


def test_sixteen_bits_and_printing_colours(store: Store) -> None:
    grey = Image.new("I;16", (300, 300), 40_000)
    value = kept(store, encoded(grey, "PNG")).convert("L").getpixel((5, 5))
    assert isinstance(value, int)
    assert 150 <= value <= 160
    assert kept(store, encoded(picture("CMYK"), "JPEG")).mode == "RGB"


def test_a_colour_profile_is_applied_and_not_kept(store: Store) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for some in (profile, b"broken profile"):
        image = kept(store, encoded(picture(), "JPEG", icc_profile=some))
        assert "icc_profile" not in image.info
        red, green, blue = image.convert("RGB").getpixel((10, 10))
        assert red > 240
        assert max(green, blue) < 30


def png_that_claims(width: int, height: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        body = name + data
        return len(data).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes((8, 0, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("side", [7072, 14_000, 60_000])
def test_over_fifty_megapixels_is_refused_by_its_header(store: Store, side: int) -> None:
    with pytest.raises(GembaError) as refused:
        store.photos.add(png_that_claims(side, side), "huge.png")
    assert refused.value.key == "photo.too_large"
    assert refused.value.values["name"] == "huge.png"


HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(200)


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "photo.not_an_image"),
        (b"just text, renamed to .jpg", "photo.not_an_image"),
        (with_exif()[:3000], "photo.not_an_image"),
        (encoded(picture(), "PNG")[:3000], "photo.not_an_image"),
        (png_that_claims(300, 300), "photo.not_an_image"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "photo.not_an_image"),
        (b"%PDF-1.7 and so on", "photo.not_an_image"),
        (HEIC, "photo.heic"),
    ],
)
def test_what_is_no_photo_is_refused(store: Store, folder: Path, data: bytes, key: str) -> None:
    with pytest.raises(GembaError) as refused:
        store.photos.add(data, "x.jpg")
    assert refused.value.key == key
    assert refused.value.values["name"] == "x.jpg"
    assert not list(folder.rglob("*.jpg")) + list(folder.rglob("*.png"))


def test_a_clean_photo_travels_unchanged(store: Store, tmp_path: Path) -> None:
    with open_store(tmp_path / "other") as other:
        for data in (with_exif(), encoded(picture("RGBA"), "PNG"), encoded(picture("1"), "PNG")):
            info = store.photos.add(data)
            clean = store.photos.read(info.hash)
            assert clean is not None
            assert other.photos.take(info.hash, clean) == info
            assert other.photos.read(info.hash) == clean
        assert other.check().sound


def hash_of(data: bytes) -> str:
    return sha256(data).hexdigest()


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photo_that_brings_more_than_pixels_is_cleaned(store: Store, kind: str) -> None:
    clean = encoded(picture(), kind)
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", "SecretComment")
    told = {"pnginfo": info} if kind == "PNG" else {"comment": b"SecretComment"}
    for data in (with_exif(), encoded(picture(), kind, **told), clean + b"SecretTail"):
        taken = store.photos.take(hash_of(data), data)
        assert taken.hash != hash_of(data)
        kept_bytes = store.photos.read(taken.hash)
        assert kept_bytes is not None
        assert b"Secret" not in kept_bytes
        assert b"CameraMaker" not in kept_bytes


def test_a_photo_that_is_not_the_one_named_is_refused(store: Store) -> None:
    with pytest.raises(BadInput) as refused:
        store.photos.take("f" * 64, with_exif(), "x.jpg")
    assert refused.value.key == "photo.wrong_hash"
    with pytest.raises(GembaError) as refused_too:
        store.photos.take(hash_of(HEIC), HEIC, "x.jpg")
    assert refused_too.value.key == "photo.heic"


@pytest.mark.parametrize("key", ["", "../../etc/passwd", "f" * 63, "F" * 64, "f" * 64])
def test_a_photo_that_is_not_there(store: Store, key: str) -> None:
    assert store.photos.path(key) is None
    assert store.photos.read(key) is None


def test_a_store_that_only_reads_takes_no_photo(store: Store, folder: Path) -> None:
    info = store.photos.add(with_exif())
    with open_store(folder, write=False) as reading:
        assert reading.photos.path(info.hash) is not None
        with pytest.raises(ReadOnly):
            reading.photos.add(encoded(picture("L"), "PNG"))


def test_check_names_a_photo_that_is_missing_or_changed(store: Store) -> None:
    missing = store.photos.add(with_exif())
    changed = store.photos.add(encoded(Image.new("RGB", (9, 9), "white"), "PNG"))
    assert store.check().sound
    lost = store.photos.path(missing.hash)
    bent = store.photos.path(changed.hash)
    assert lost is not None
    assert bent is not None
    lost.unlink()
    bent.write_bytes(bent.read_bytes() + b"x")
    report = store.check()
    assert report.photos == 2
    assert report.photos_missing == (missing.hash,)
    assert report.photos_damaged == (changed.hash,)
    assert not report.sound
