"""Taking the sound out of a voice memo's file, and nothing else: where and with what it was made.

A sound is never decoded or written anew; what stands around it is taken away or overwritten.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from gemba.domain.errors import BadInput, GembaError
from gemba.store.sound_boxes import bare_boxes
from gemba.store.sound_pages import bare_pages

MOST_SOUND_BYTES: Final = 50 * 1024 * 1024
"""An hour of speech as phones keep it; a longer one belongs into a minute of words."""

# Brands of the same container that hold pictures (HEIF, AVIF).
_PICTURES: Final = frozenset(
    {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"}
)
_RIFF_SOUND: Final = frozenset({b"fmt ", b"fact", b"data"})
_FLAC_SOUND: Final = frozenset({0, 3})
"""Stream information and seek table (RFC 9639, section 8)."""
_PADDING: Final = 1
# Layer III: thousands of bits a second by their index, of version 1 and of the others, and samples.
_RATES: Final = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_LOW_RATES: Final = (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_SAMPLES: Final = (44_100, 48_000, 32_000)


def sound_suffix(data: bytes) -> str:
    """Return the suffix of a file that begins as a sound does, nothing for any other."""
    if data[4:8] == b"ftyp":
        return "" if data[8:12] in _PICTURES else ".m4a"
    if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
        return ".wav"
    for start, suffix in ((b"OggS", ".ogg"), (b"fLaC", ".flac"), (b"#!AMR", ".amr")):
        if data.startswith(start):
            return suffix
    at = _after_id3(data)
    if data[at : at + 4] == b"fLaC":
        return ".flac"
    return _frame_suffix(data, at) or (".mp3" if at else "")


def bare_sound(data: bytes, name: str = "") -> tuple[bytes, str]:
    """Return a sound without what tells place, device, title or picture, and its suffix.

    Raises BadInput "voice.too_many_bytes", and GembaError "voice.not_a_sound",
    "voice.more_than_sound" for a film, or "voice.broken" where its parts do not fit together.
    """
    if len(data) > MOST_SOUND_BYTES:
        raise BadInput("voice.too_many_bytes", name=name, most=MOST_SOUND_BYTES // (1024 * 1024))
    suffix = sound_suffix(data)
    if not suffix:
        raise GembaError("voice.not_a_sound", name=name)
    try:
        bare = _WAYS[suffix](data)
    except (ValueError, IndexError) as error:
        raise GembaError("voice.broken", name=name) from error
    if bare is None:
        raise GembaError("voice.more_than_sound", name=name)
    return bare, suffix


def bare_sound_suffix(data: bytes) -> str | None:
    """Return the suffix of a sound with nothing else in its file, None for anything other."""
    try:
        bare, suffix = bare_sound(data)
    except GembaError:
        return None
    return suffix if bare == data else None


def _after_id3(data: bytes) -> int:
    """Return where the first tag ends (ID3v2.4, section 3.1): its length is seven bits a byte."""
    at = 0
    while data[at : at + 3] == b"ID3" and len(data) >= at + 10:
        length = 0
        for one in data[at + 6 : at + 10]:
            length = length << 7 | (one & 0x7F)
        at += 10 + length + (10 if data[at + 5] & 0x10 else 0)
    return min(at, len(data))


def _frame_suffix(data: bytes, at: int) -> str:
    """Tell a frame of MP3 from one of AAC (ISO 11172-3, ISO 13818-7), each with one behind it."""
    length = _frame_length(data[at : at + 7])
    if not length:
        return ""
    after = data[at + length : at + length + 2]
    if len(after) == 2 and (after[0], after[1] & 0xE0) != (0xFF, 0xE0):
        return ""
    return ".aac" if data[at + 1] & 0x06 == 0 else ".mp3"


def _frame_length(head: bytes) -> int:
    """Return how many bytes a frame has by its head, 0 for what is no frame."""
    if len(head) < 7 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return 0
    if head[1] & 0xF6 == 0xF0:
        return (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5
    version, rate, step = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    if head[1] & 0x06 != 0x02 or version == 1 or not 0 < rate < 15 or step == 3:
        return 0
    first = version == 3
    bits = (_RATES if first else _LOW_RATES)[rate - 1] * 1000
    samples = _SAMPLES[step] >> {3: 0, 2: 1, 0: 2}[version]
    return (144 if first else 72) * bits // samples + (head[2] >> 1 & 1)


def _bare_frames(data: bytes) -> bytes:
    """Cut tags off before and behind frames: ID3v2, APEv2, ID3v1."""
    begin, end = _after_id3(data), len(data)
    while True:
        tail = data[max(begin, end - 128) : end]
        if len(tail) == 128 and tail.startswith(b"TAG"):
            end -= 128
        elif data[max(begin, end - 32) : end].startswith(b"APETAGEX"):
            length = int.from_bytes(data[end - 20 : end - 16], "little")
            headed = data[end - 9] & 0x80
            end = max(begin, end - length - (32 if headed else 0))
        elif data[max(begin, end - 10) : end].startswith(b"3DI"):
            raise ValueError("a tag behind the sound")
        else:
            break
    if not _frame_suffix(data, begin):
        raise ValueError("no frame")
    return data[begin:end]


def _bare_wave(data: bytes) -> bytes:
    """Keep format and samples; a recorder writes notes, places and times beside them."""
    kept = bytearray()
    at, found = 12, set()
    while at + 8 <= len(data):
        name, length = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        # A recorder that was cut off leaves a length that reaches too far.
        content = data[at + 8 : at + 8 + length]
        if name in _RIFF_SOUND and name not in found:
            found.add(name)
            kept += name + len(content).to_bytes(4, "little") + content + b"\0" * (len(content) % 2)
        at += 8 + length + length % 2
    if not {b"fmt ", b"data"} <= found or len(kept) <= 40:
        raise ValueError("no samples")
    return b"RIFF" + (len(kept) + 4).to_bytes(4, "little") + b"WAVE" + bytes(kept)


def _bare_flac(data: bytes) -> bytes:
    """Overwrite every block that is not about the samples with padding."""
    out = bytearray(data[_after_id3(data) :])
    at, last = 4, False
    while not last:
        kind, length = out[at] & 0x7F, int.from_bytes(out[at + 1 : at + 4], "big")
        last = bool(out[at] & 0x80)
        if at + 4 + length > len(out):
            raise ValueError("a block reaches too far")
        if kind not in _FLAC_SOUND:
            out[at] = _PADDING | (0x80 if last else 0)
            out[at + 4 : at + 4 + length] = bytes(length)
        at += 4 + length
    if out[at : at + 1] != b"\xff":
        raise ValueError("no frame")
    return bytes(out)


def _bare_amr(data: bytes) -> bytes:
    """Speech frames have no room for anything else (RFC 4867, section 5)."""
    if not data.startswith((b"#!AMR\n", b"#!AMR-WB\n")):
        raise ValueError("no speech frames")
    return data


_WAYS: Final[dict[str, Callable[[bytes], bytes | None]]] = {
    ".m4a": bare_boxes,
    ".mp3": _bare_frames,
    ".aac": _bare_frames,
    ".ogg": bare_pages,
    ".wav": _bare_wave,
    ".amr": _bare_amr,
    ".flac": _bare_flac,
}
