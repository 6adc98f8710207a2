"""Taking pixels out of a picture's file, and nothing else."""

from __future__ import annotations

import io
import re
import warnings
from typing import BinaryIO, Final

from PIL import Image, ImageCms, ImageOps

from gemba.domain.errors import GembaError

MOST_PIXELS: Final = 50_000_000
_QUALITY: Final = 92
_SMALL_PNG: Final = 256 * 256
_FLAT_COLOURS: Final = 256
# EXIF 2.32, tables 4 and 7: when it was taken, the offset from UTC then, and the file's own time.
_TAKEN, _OFFSET, _CHANGED, _MORE = 0x9003, 0x9011, 0x0132, 0x8769
_INSTANT: Final = re.compile(r"(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d):(\d\d):(\d\d)")
_ZONE: Final = re.compile(r"[+-]\d\d:\d\d")
# Modes that can be made smaller as they are; the others first become plain RGB or RGBA.
_PLAIN: Final = frozenset({"RGB", "L", "RGBA", "CMYK", "YCbCr"})
_HEIC: Final = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"})
# Application header, tables, the two usual frames, restart interval, scan.
_JPEG_SEGMENTS: Final = frozenset({0xE0, 0xDB, 0xC0, 0xC2, 0xC4, 0xDD, 0xDA})
_PNG_CHUNKS: Final = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"})


def open_picture(data: bytes, name: str, longest: int = 0) -> Image.Image:
    """Decode the first frame, upright; refuses by the size in the header before decoding.

    With ``longest`` neither side of it is longer, in pixels. A HEIC picture is read where pi-heif
    is installed, else it raises GembaError "photo.heic".
    """
    heic = data[4:8] == b"ftyp" and data[8:12] in _HEIC
    if heic and not _reads_heic():
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
                if longest and image.mode in _PLAIN:
                    # Before it is turned and its colours are: a quarter of the pixels is left.
                    image.thumbnail((longest, longest))
                image.load()
                upright = _upright(image)
                if longest:
                    upright.thumbnail((longest, longest))
                return upright
    except GembaError:
        raise
    except Image.DecompressionBombError as error:
        raise GembaError("photo.too_large", name=name, width=0, height=0) from error
    except Exception as error:
        key = "photo.heic" if heic else "photo.not_an_image"
        raise GembaError(key, name=name) from error


def _reads_heic() -> bool:
    """Let Pillow read HEIC, and tell whether it can; pi-heif is loaded with the first such file."""
    try:
        from pi_heif import register_heif_opener
    except ImportError:
        return False
    register_heif_opener()
    return True


def taken_when(file: BinaryIO, name: str) -> str:
    """Return when a picture was taken, as its camera wrote it: ISO 8601, with an offset if known.

    Nothing is decoded. Empty where it does not say. Raises what open_picture raises for a file
    that is no picture, or too large.
    """
    head = file.read(12)
    file.seek(0)
    heic = head[4:8] == b"ftyp" and head[8:12] in _HEIC
    if heic and not _reads_heic():
        raise GembaError("photo.heic", name=name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(file) as image:
                if image.width * image.height > MOST_PIXELS:
                    wide, high = image.size
                    raise GembaError("photo.too_large", name=name, width=wide, height=high)
                return _taken(image)
    except GembaError:
        raise
    except Image.DecompressionBombError as error:
        raise GembaError("photo.too_large", name=name, width=0, height=0) from error
    except Exception as error:
        raise GembaError("photo.not_an_image", name=name) from error


def _taken(image: Image.Image) -> str:
    try:
        exif = image.getexif()
        more = exif.get_ifd(_MORE)
    except Exception:
        # A camera's notes may be broken where its picture is not.
        return ""
    said = _INSTANT.match(str(more.get(_TAKEN) or exif.get(_CHANGED) or ""))
    if said is None:
        return ""
    year, month, day, *clock = said.groups()
    offset = str(more.get(_OFFSET) or "").strip()
    text = f"{year}-{month}-{day}T{':'.join(clock)}"
    return text + (offset if _ZONE.fullmatch(offset) else "")


def size_of(data: bytes, name: str) -> tuple[int, int]:
    """Return width and height of a clean photo from its header; raises "photo.not_an_image"."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            return image.size
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
