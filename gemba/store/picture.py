"""Taking pixels out of a picture's file, and nothing else."""

from __future__ import annotations

import io
import warnings
from typing import Final

from PIL import Image, ImageCms, ImageOps

from gemba.domain.errors import GembaError

MOST_PIXELS: Final = 50_000_000
_QUALITY: Final = 92
_SMALL_PNG: Final = 256 * 256
_FLAT_COLOURS: Final = 256
_HEIC: Final = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"})
# Application header, tables, the two usual frames, restart interval, scan.
_JPEG_SEGMENTS: Final = frozenset({0xE0, 0xDB, 0xC0, 0xC2, 0xC4, 0xDD, 0xDA})
_PNG_CHUNKS: Final = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"})


def open_picture(data: bytes, name: str) -> Image.Image:
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


def encode_picture(image: Image.Image) -> tuple[bytes, str]:
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


def bare_kind(data: bytes) -> str | None:
    """Return ".jpg" or ".png" for a file that holds pixels and nothing else, None for any other.

    Files written by encode_picture are of that kind, so that they can travel unchanged.
    """
    if _bare_jpeg(data):
        return ".jpg"
    return ".png" if _bare_png(data) else None


def _bare_jpeg(data: bytes) -> bool:
    """Walk the segments up to the scan; nothing may stand after the end of the image."""
    if not data.startswith(b"\xff\xd8"):
        return False
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if marker not in _JPEG_SEGMENTS:
            return False
        # The header of the format is 16 bytes long; a longer one carries a thumbnail.
        if marker == 0xE0 and (length != 16 or data[at + 4 : at + 9] != b"JFIF\0"):
            return False
        at += 2 + length
        if marker == 0xDA:
            return data.find(b"\xff\xd9", at) == len(data) - 2
    return False


def _bare_png(data: bytes) -> bool:
    """Walk the chunks; the last one ends the file."""
    if not data.startswith(b"\x89PNG\r\n\x1a\n"):
        return False
    at = 8
    while at + 12 <= len(data):
        length, name = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if name not in _PNG_CHUNKS:
            return False
        at += 12 + length
        if name == b"IEND":
            return at == len(data)
    return False
