"""Everything in one file, under the lock of the folder it comes from.

At its head stands the wrapped key of that folder, and sealed with it the key that opens the rest,
which is the one that photos have. So the passphrase the folder had when the file was made opens it
anywhere, and the folder itself opens it without asking.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from gemba.domain.errors import BadInput, Damaged, GembaError, Locked

if TYPE_CHECKING:
    from gemba.store.store import Store

MAGIC: Final = b"GEMBABUNDLE1\n"
SUFFIX: Final = ".gemba"
MOST_BYTES: Final = 2 * 1024 * 1024 * 1024
_LONGEST_HEAD: Final = 8192
_ABOUT: Final = "bundle"


def sealed_for(store: Store, data: bytes) -> bytes:
    """Return exported data as it leaves a folder: sealed where the folder is encrypted."""
    if store.key is None:
        return data
    from gemba.store.backup_keys import wrapped_of
    from gemba.store.sealed import SEAL_KEY, Seal, wrap_seal_key

    seal_key = store.settings.get(SEAL_KEY)
    if seal_key is None:
        raise Damaged("key.does_not_fit", file="gemba.key")
    inner = wrap_seal_key(seal_key, store.key, _ABOUT)
    head = json.dumps({"key": wrapped_of(store.folder), "seal": inner}).encode()
    return b"".join((MAGIC, len(head).to_bytes(4, "big"), head, Seal(seal_key).seal(data, _ABOUT)))


def is_bundle(path: Path) -> bool:
    """Tell from its first bytes whether a file is sealed data of Gemba."""
    try:
        with path.open("rb") as file:
            return file.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


def open_bundle(path: Path, store: Store | None = None, passphrase: str | None = None) -> bytes:
    """Return what a sealed file holds; it never lies on the disk in plain.

    The folder it came from opens it by itself. Raises Locked "sealed.asks" where a passphrase is
    needed, WrongPassphrase, or BadInput for a file that is damaged or too large.
    """
    head, sealed = _parts(path)
    if store is not None and store.key is not None:
        opened = _opened(head, sealed, store.key)
        if opened is not None:
            return opened
    if passphrase is None:
        raise Locked("sealed.asks", file=path.name)
    from gemba.store.keys import key_from_plain

    opened = _opened(head, sealed, key_from_plain(head.get("key"), path.name).opened(passphrase))
    if opened is None:
        raise BadInput("sealed.damaged", what=path.name)
    return opened


def _parts(path: Path) -> tuple[dict[str, object], bytes]:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadInput("data.too_large", file=path.name)
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise GembaError("file.cannot_read", file=str(path), reason=reason) from error
    start = len(MAGIC) + 4
    length = int.from_bytes(content[len(MAGIC) : start], "big")
    if not content.startswith(MAGIC) or not 0 < length <= _LONGEST_HEAD:
        raise BadInput("sealed.damaged", what=path.name)
    try:
        head = json.loads(content[start : start + length])
    except (ValueError, RecursionError) as error:
        raise BadInput("sealed.damaged", what=path.name) from error
    if not isinstance(head, dict):
        raise BadInput("sealed.damaged", what=path.name)
    return head, content[start + length :]


def _opened(head: dict[str, object], sealed: bytes, key: bytes) -> bytes | None:
    """Return the data, None where this key opens nothing; raises Damaged for changed pieces."""
    from gemba.store.sealed import Seal, unwrap_seal_key

    seal_key = unwrap_seal_key(str(head.get("seal", "")), key, _ABOUT)
    return Seal(seal_key).open(sealed, _ABOUT) if seal_key is not None else None
