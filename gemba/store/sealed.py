"""Bytes under lock: photos and exports of an encrypted folder, in pieces that cannot be swapped.

Each file has a key of its own, HMAC-SHA256 of the folder's key over 32 random bytes that stand at
its head. It is cut into pieces of 1 MiB under AES-256-GCM; the nonce of a piece is its number and
whether it is the last (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015),
so that no piece can be left out, added or moved. What the file is stands in the authenticated data.
"""

from __future__ import annotations

import hmac
import io
import os
from typing import TYPE_CHECKING, BinaryIO, Final

from gemba.domain.errors import Damaged

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from typing_extensions import Buffer

MAGIC: Final = b"GEMBASEAL1"
SEALED: Final = ".seal"
"""What the name of a sealed photo ends with."""
SEAL_KEY: Final = "keys.seal"
"""Under this name the key of photos and exports lies in the settings of the encrypted database."""

_SALT_BYTES: Final = 32
_NONCE_BYTES: Final = 12
_PIECE: Final = 1 << 20
_TAG: Final = 16
_HEAD: Final = len(MAGIC) + _SALT_BYTES


def new_seal_key() -> str:
    """Make the key of a folder's photos and exports, as hexadecimal digits."""
    return os.urandom(32).hex()


class Seal:
    """Seals bytes with one key and opens them again; ``about`` says what they must be."""

    def __init__(self, key: str) -> None:
        secret = bytes.fromhex(key)
        self._bytes_key = _derived(secret, b"gemba bytes")
        self._name_key = _derived(secret, b"gemba names")

    def name(self, content_hash: str) -> str:
        """Return the name of a photo on the disk: 64 hexadecimal digits that tell nothing."""
        return hmac.digest(self._name_key, content_hash.encode(), "sha256").hex()

    def seal(self, data: bytes, about: str) -> bytes:
        """Return bytes that only this key opens."""
        salt = os.urandom(_SALT_BYTES)
        cipher, told = self._cipher(salt), about.encode()
        out = [MAGIC, salt]
        for start in range(0, max(len(data), 1), _PIECE):
            last = start + _PIECE >= len(data)
            nonce = _nonce(start // _PIECE, last=last)
            out.append(cipher.encrypt(nonce, data[start : start + _PIECE], told))
        return b"".join(out)

    def open(self, sealed: bytes, about: str) -> bytes:
        """Return what was sealed; raises Damaged for anything else, cut, changed or exchanged."""
        from cryptography.exceptions import InvalidTag

        if not sealed.startswith(MAGIC) or len(sealed) < _HEAD + _TAG:
            raise Damaged("sealed.damaged", what=about)
        cipher, told = self._cipher(sealed[len(MAGIC) : _HEAD]), about.encode()
        step, out = _PIECE + _TAG, []
        for start in range(_HEAD, len(sealed), step):
            last = start + step >= len(sealed)
            nonce = _nonce((start - _HEAD) // step, last=last)
            try:
                out.append(cipher.decrypt(nonce, sealed[start : start + step], told))
            except (InvalidTag, ValueError) as error:
                raise Damaged("sealed.damaged", what=about) from error
        return b"".join(out)

    def writer(self, out: BinaryIO, about: str) -> Sealing:
        """Return a file that seals what is written to it, piece by piece, until it is closed."""
        salt = os.urandom(_SALT_BYTES)
        out.write(MAGIC + salt)
        return Sealing(out, self._cipher(salt), about.encode())

    def reader(self, file: BinaryIO, start: int, about: str) -> io.BufferedReader:
        """Return a file that opens piece by piece what was sealed from a place in another.

        It can be read from anywhere, holds one piece at a time, and raises Damaged at once where
        the end is not the end, and for any piece that is not what was sealed.
        """
        try:
            file.seek(start)
            head = file.read(_HEAD)
            if not head.startswith(MAGIC) or len(head) < _HEAD:
                raise Damaged("sealed.damaged", what=about)
            cipher = self._cipher(head[len(MAGIC) :])
            return io.BufferedReader(Unsealing(file, start + _HEAD, cipher, about), _PIECE)
        except BaseException:
            file.close()
            raise

    def _cipher(self, salt: bytes) -> AESGCM:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        return AESGCM(_derived(self._bytes_key, salt))


class Sealing(io.RawIOBase):
    """Seals what is written to it; the file below holds all of it once this one is closed."""

    def __init__(self, out: BinaryIO, cipher: AESGCM, told: bytes) -> None:
        super().__init__()
        self._out = out
        self._cipher = cipher
        self._told = told
        self._held = bytearray()
        self._number = 0

    def writable(self) -> bool:
        """It is there to be written."""
        return True

    def write(self, data: Buffer) -> int:
        """Take bytes in; whatever may still be the last piece waits."""
        given = bytes(data)
        self._held += given
        while len(self._held) > _PIECE:
            self._put(bytes(self._held[:_PIECE]), last=False)
            del self._held[:_PIECE]
        return len(given)

    def finish(self) -> None:
        """Write the last piece; without it nobody opens the rest."""
        self._put(bytes(self._held), last=True)
        self._held.clear()

    def _put(self, piece: bytes, *, last: bool) -> None:
        nonce = _nonce(self._number, last=last)
        self._out.write(self._cipher.encrypt(nonce, piece, self._told))
        self._number += 1


class Unsealing(io.RawIOBase):
    """What was sealed, in plain, piece by piece and only in memory."""

    def __init__(self, file: BinaryIO, start: int, cipher: AESGCM, about: str) -> None:
        super().__init__()
        self._file = file
        self._start = start
        self._cipher = cipher
        self._about = about
        length = file.seek(0, os.SEEK_END) - start
        self._pieces = max(-(-length // (_PIECE + _TAG)), 1)
        self._size = length - self._pieces * _TAG
        self._at = 0
        self._held = (-1, b"")
        # One that was cut off has another piece at its end than the last.
        self._piece(self._pieces - 1)

    def readable(self) -> bool:
        """It is there to be read."""
        return True

    def seekable(self) -> bool:
        """Any place can be read from."""
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise ValueError("before the beginning")
        self._at = base + offset
        return self._at

    def tell(self) -> int:
        """Return the place it is at."""
        return self._at

    def readinto(self, buffer: Buffer) -> int:
        """Read on, at most to the end of a piece."""
        room = memoryview(buffer).cast("B")
        if self._at >= self._size:
            return 0
        piece = self._piece(self._at // _PIECE)
        part = piece[self._at % _PIECE :][: len(room)]
        room[: len(part)] = part
        self._at += len(part)
        return len(part)

    def close(self) -> None:
        """Close the file below as well."""
        if not self.closed:
            self._file.close()
        super().close()

    def _piece(self, number: int) -> bytes:
        from cryptography.exceptions import InvalidTag

        if self._held[0] != number:
            step = _PIECE + _TAG
            self._file.seek(self._start + number * step)
            nonce = _nonce(number, last=number == self._pieces - 1)
            try:
                opened = self._cipher.decrypt(nonce, self._file.read(step), self._about.encode())
            except (InvalidTag, ValueError) as error:
                raise Damaged("sealed.damaged", what=self._about) from error
            self._held = (number, opened)
        return self._held[1]


def wrap_seal_key(seal_key: str, key: bytes, about: str) -> str:
    """Return a seal's key so that only a folder's data key opens it, as hexadecimal digits."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(_NONCE_BYTES)
    inner = AESGCM(key).encrypt(nonce, bytes.fromhex(seal_key), about.encode())
    return (nonce + inner).hex()


def unwrap_seal_key(wrapped: str, key: bytes, about: str) -> str | None:
    """Return what wrap_seal_key was given, None where this data key does not open it."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        inner = bytes.fromhex(wrapped)
        cut = _NONCE_BYTES
        return AESGCM(key).decrypt(inner[:cut], inner[cut:], about.encode()).hex()
    except (InvalidTag, ValueError):
        return None


def _derived(key: bytes, what: bytes) -> bytes:
    return hmac.digest(key, what, "sha256")


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
