"""Photos: taken in without what they tell about place and camera, kept by their content hash."""

from __future__ import annotations

import io
import os
import re
import warnings
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import mkstemp
from typing import Final

from PIL import Image, ImageCms, ImageOps
from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from gemba.domain.errors import GembaError
from gemba.store.faults import readable_faults
from gemba.store.tables import photo

MOST_PIXELS: Final = 50_000_000
_QUALITY: Final = 92
_SMALL_PNG: Final = 256 * 256
_FLAT_COLOURS: Final = 256
_HASH: Final = re.compile(r"[0-9a-f]{64}")
_HEIC: Final = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"})

Opened = Callable[[], AbstractContextManager[Connection]]


@dataclass(frozen=True, slots=True)
class PhotoInfo:
    """A photo that was taken in: its content hash (SHA-256) and its size in pixels."""

    hash: str
    width: int
    height: int


class Photos:
    """The folder of photos beside the database; ``<hh>/<hash>.jpg`` or ``.png``."""

    def __init__(self, folder: Path, writing: Opened) -> None:
        self._folder = folder
        self._writing = writing

    def add(self, data: bytes, name: str = "") -> PhotoInfo:
        """Take in a photo from the bytes of its file and return what a record names it by.

        It is turned upright and written anew without its metadata. Raises GembaError
        "photo.not_an_image", "photo.heic" or "photo.too_large" and keeps nothing.
        """
        image = _open(data, name)
        encoded, suffix = _encode(image)
        key = sha256(encoded).hexdigest()
        info = PhotoInfo(key, image.width, image.height)
        with self._writing() as connection, readable_faults():
            if self.path(key) is None:
                self._keep(key, suffix, encoded)
            if connection.execute(select(photo.c.hash).where(photo.c.hash == key)).first() is None:
                connection.execute(
                    insert(photo).values(
                        hash=key,
                        name=name.encode("utf-8", "replace").decode("utf-8"),
                        width=info.width,
                        height=info.height,
                        bytes=len(encoded),
                    )
                )
        return info

    def path(self, key: str) -> Path | None:
        """Return where a photo lies, None when it is not there."""
        if not _HASH.fullmatch(key):
            return None
        for suffix in (".jpg", ".png"):
            path = self._folder / key[:2] / f"{key}{suffix}"
            if path.is_file():
                return path
        return None

    def read(self, key: str) -> bytes | None:
        """Return the bytes of a photo, None when it is not there or cannot be read."""
        path = self.path(key)
        try:
            return None if path is None else path.read_bytes()
        except OSError:
            return None

    def is_sound(self, key: str) -> bool:
        """Tell whether a photo still holds the bytes it is named by."""
        data = self.read(key)
        return data is not None and sha256(data).hexdigest() == key

    def _keep(self, key: str, suffix: str, data: bytes) -> None:
        """Write a file so that it is there whole, or not at all, also after a power cut."""
        folder = self._folder / key[:2]
        for new in (self._folder, folder):
            new.mkdir(mode=0o700, exist_ok=True)
        handle, temporary = mkstemp(dir=folder, prefix=".new-", suffix=suffix)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(folder / f"{key}{suffix}")
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        for changed in (folder, self._folder):
            _sync_folder(changed)


def _sync_folder(folder: Path) -> None:
    """Make a new name in a folder last; Windows has no way to and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _open(data: bytes, name: str) -> Image.Image:
    """Decode the first frame, upright; refuses by the size in the header before decoding."""
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC:
        raise GembaError("photo.heic", name=name)
    try:
        with warnings.catch_warnings():
            # Pillow's own limit only warns at a size above ours, which is an error here.
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data)) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise GembaError(
                        "photo.too_large", name=name, width=image.width, height=image.height
                    )
                image.load()
                return _upright(image)
    except GembaError:
        raise
    except Image.DecompressionBombError as error:
        raise GembaError("photo.too_large", name=name, width=0, height=0) from error
    except Exception as error:
        raise GembaError("photo.not_an_image", name=name) from error


def _upright(image: Image.Image) -> Image.Image:
    """Turn the picture as its camera was held and bring it to plain RGB or RGBA."""
    turned = _in_screen_colours(ImageOps.exif_transpose(image))
    alpha = turned.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in turned.info
    if turned.mode.startswith("I") or turned.mode == "F":
        # Sixteen-bit grey: the upper eight bits are what a screen can show.
        turned = turned.point(lambda value: value / 256).convert("L")
    return turned.convert("RGBA" if alpha else "RGB")


def _in_screen_colours(image: Image.Image) -> Image.Image:
    """Turn a camera's own colours into sRGB, since its profile is not kept."""
    profile = image.info.get("icc_profile")
    if not isinstance(profile, bytes) or image.mode not in ("RGB", "RGBA", "CMYK"):
        return image
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        theirs = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        ours = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(image, theirs, ours, outputMode=mode) or image
    except (ImageCms.PyCMSError, OSError, ValueError):
        # A broken profile costs a shade of colour, not the photo.
        return image


def _encode(image: Image.Image) -> tuple[bytes, str]:
    """Write the pixels and nothing else: PNG where there is alpha or little to show, else JPEG."""
    bare = Image.new(image.mode, image.size)
    bare.paste(image)
    out = io.BytesIO()
    if _wants_png(bare):
        bare.save(out, "PNG", optimize=True)
        return out.getvalue(), ".png"
    bare.convert("RGB").save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue(), ".jpg"


def _wants_png(image: Image.Image) -> bool:
    if image.mode == "RGBA":
        lowest, _ = image.getchannel("A").getextrema()
        if lowest != 255:
            return True
    if image.width * image.height <= _SMALL_PNG:
        return True
    return image.convert("RGB").getcolors(_FLAT_COLOURS) is not None
