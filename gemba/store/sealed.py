"""Bytes under lock: photos and exports of an encrypted folder, in pieces that cannot be swapped.

Each file has a key of its own, HMAC-SHA256 of the folder's key over 32 random bytes that stand at
its head. It is cut into pieces of 1 MiB under AES-256-GCM; the nonce of a piece is its number and
whether it is the last (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015),
so that no piece can be left out, added or moved. What the file is stands in the authenticated data.
"""

from __future__ import annotations

import hmac
import os
from typing import TYPE_CHECKING, Final

from gemba.domain.errors import Damaged

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

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

    def _cipher(self, salt: bytes) -> AESGCM:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        return AESGCM(_derived(self._bytes_key, salt))


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


def is_sealed(start: bytes) -> bool:
    """Tell from its first bytes whether a file is sealed."""
    return start.startswith(MAGIC)


def _derived(key: bytes, what: bytes) -> bytes:
    return hmac.digest(key, what, "sha256")


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
