"""The key of an encrypted folder: random, and wrapped by the passphrase in the file gemba.key.

The passphrase is brought to Unicode's NFC, so that it is the same on every keyboard and system,
and stretched by Argon2id with 64 MiB, 3 passes and 4 lanes: the second recommended option of
RFC 9106, section 4. The result opens AES-256-GCM around 32 random bytes, the data key; everything
else in the file is authenticated with it. A passphrase that is lost is lost.
"""

from __future__ import annotations

import json
import os
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from gemba.domain.errors import BadInput, Damaged, GembaError, Refused
from gemba.store.files import write_whole

LONGEST_PASSPHRASE: Final = 1000
"""In characters; what is longer was pasted by mistake."""

_FORMAT: Final = "gemba-key"
_VERSION: Final = 1
_LARGEST_FILE: Final = 4096
_SALT_BYTES: Final = 16
_NONCE_BYTES: Final = 12
_KEY_BYTES: Final = 32
_WRAPPED_BYTES: Final = _KEY_BYTES + 16
_MEMORY_KIB: Final = 64 * 1024
_PASSES: Final = 3
_LANES: Final = 4
# A file that asks for more than this was not written by Gemba and would only hold up the machine.
_MOST_MEMORY_KIB: Final = 1024 * 1024
_MOST_PASSES: Final = 16
_MOST_LANES: Final = 16


class WrongPassphrase(Refused):
    """A passphrase does not open the key it was tried on."""


@dataclass(frozen=True, slots=True)
class WrappedKey:
    """A data key as it lies on the disk; ``id`` is the same for every wrapping of one key."""

    id: str
    salt: bytes
    memory_kib: int
    passes: int
    lanes: int
    nonce: bytes
    wrapped: bytes

    def as_plain(self) -> dict[str, object]:
        """Return what is written down: no secret without the passphrase."""
        return {**self._head(), "nonce": self.nonce.hex(), "wrapped": self.wrapped.hex()}

    def opened(self, passphrase: str) -> bytes:
        """Return the data key; raises WrongPassphrase."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        key = None
        try:
            key = AESGCM(self._stretched(passphrase)).decrypt(
                self.nonce, self.wrapped, self._sealed_with()
            )
        except (InvalidTag, BadInput):
            pass
        # Raised out here, so that no traceback leads back to where the passphrase was at hand.
        if key is None:
            raise WrongPassphrase("key.wrong")
        return key

    def wrapping(self, key: bytes, passphrase: str) -> WrappedKey:
        """Return the same key wrapped by another passphrase."""
        return _wrap(self.id, key, passphrase)

    def _head(self) -> dict[str, object]:
        return {
            "format": _FORMAT,
            "version": _VERSION,
            "id": self.id,
            "kdf": "argon2id",
            "salt": self.salt.hex(),
            "memory_kib": self.memory_kib,
            "passes": self.passes,
            "lanes": self.lanes,
            "cipher": "aes-256-gcm",
        }

    def _sealed_with(self) -> bytes:
        return json.dumps(self._head(), sort_keys=True, separators=(",", ":")).encode()

    def _stretched(self, passphrase: str) -> bytes:
        from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

        return Argon2id(
            salt=self.salt,
            length=_KEY_BYTES,
            iterations=self.passes,
            lanes=self.lanes,
            memory_cost=self.memory_kib,
        ).derive(_octets(passphrase))


def check_passphrase(passphrase: str) -> None:
    """Refuse what cannot become a passphrase: nothing at all, too much, or half a character."""
    _octets(passphrase)


def _octets(passphrase: str) -> bytes:
    if not passphrase:
        raise BadInput("key.empty")
    if len(passphrase) > LONGEST_PASSPHRASE:
        raise BadInput("key.too_long", most=LONGEST_PASSPHRASE)
    try:
        return unicodedata.normalize("NFC", passphrase).encode("utf-8")
    except UnicodeEncodeError:
        pass
    raise BadInput("key.not_text")


def new_key(passphrase: str) -> tuple[bytes, WrappedKey]:
    """Make a data key and wrap it; raises BadInput for what is no passphrase."""
    key = os.urandom(_KEY_BYTES)
    return key, _wrap(os.urandom(16).hex(), key, passphrase)


def _wrap(id: str, key: bytes, passphrase: str) -> WrappedKey:
    from dataclasses import replace

    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    check_passphrase(passphrase)
    bare = WrappedKey(
        id=id,
        salt=os.urandom(_SALT_BYTES),
        memory_kib=_MEMORY_KIB,
        passes=_PASSES,
        lanes=_LANES,
        nonce=os.urandom(_NONCE_BYTES),
        wrapped=b"",
    )
    sealing = AESGCM(bare._stretched(passphrase))
    return replace(bare, wrapped=sealing.encrypt(bare.nonce, key, bare._sealed_with()))


def key_from_plain(plain: object, file: str) -> WrappedKey:
    """Read a wrapped key from JSON; raises Damaged, or GembaError for one of a newer Gemba."""
    if isinstance(plain, dict) and plain.get("format") == _FORMAT:
        version = plain.get("version")
        if isinstance(version, int) and version > _VERSION:
            raise GembaError("key.newer", file=file)
        try:
            found = WrappedKey(
                id=str(plain["id"]),
                salt=bytes.fromhex(plain["salt"]),
                memory_kib=int(plain["memory_kib"]),
                passes=int(plain["passes"]),
                lanes=int(plain["lanes"]),
                nonce=bytes.fromhex(plain["nonce"]),
                wrapped=bytes.fromhex(plain["wrapped"]),
            )
        except (KeyError, ValueError, TypeError, OverflowError):
            found = None
        if found is not None and _is_sensible(found) and found.as_plain() == plain:
            return found
    raise Damaged("key.damaged", file=file)


def _is_sensible(found: WrappedKey) -> bool:
    """Tell whether a key has the lengths it must have and asks for no absurd work."""
    return (
        (len(found.salt), len(found.nonce), len(found.wrapped))
        == (_SALT_BYTES, _NONCE_BYTES, _WRAPPED_BYTES)
        and 1 <= found.lanes <= _MOST_LANES
        and 8 * found.lanes <= found.memory_kib <= _MOST_MEMORY_KIB
        and 1 <= found.passes <= _MOST_PASSES
    )


def read_key_file(path: Path) -> WrappedKey:
    """Read a key file; raises Damaged for what is none, NotFound's kin as GembaError "key.missing".

    Nothing is read beyond what a key file can hold.
    """
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST_FILE + 1)
    except FileNotFoundError as error:
        raise GembaError("key.missing", file=str(path)) from error
    plain: object = None
    if len(content) <= _LARGEST_FILE:
        try:
            plain = json.loads(content)
        except (ValueError, RecursionError):
            plain = None
    return key_from_plain(plain, str(path))


def write_key_file(path: Path, wrapped: WrappedKey) -> None:
    """Put a wrapped key in the place of the one before, whole or not at all."""
    write_whole(path, json.dumps(wrapped.as_plain(), indent=1).encode() + b"\n")
