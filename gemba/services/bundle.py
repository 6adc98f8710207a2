"""Everything in one file, under the lock of the folder it comes from.

At its head stands the wrapped key of that folder, and sealed with it the key that opens the rest,
which is the one that photos have. So the passphrase the folder had when the file was made opens it
anywhere, and the folder itself opens it without asking.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from gemba.domain.errors import BadInput, Damaged, GembaError, Locked

if TYPE_CHECKING:
    from gemba.store.store import Store

MAGIC: Final = b"GEMBABUNDLE1\n"
SUFFIX: Final = ".gemba"
MOST_BYTES: Final = 21 * 1024 * 1024 * 1024
_LONGEST_HEAD: Final = 8192
_ABOUT: Final = "bundle"


@contextmanager
def sealing(store: Store, out: BinaryIO) -> Iterator[BinaryIO]:
    """Hand out what exported data are written to: sealed on their way where the folder is.

    What was written counts only once the block has ended without an error.
    """
    if store.key is None:
        yield out
        return
    from gemba.store.backup_keys import wrapped_of
    from gemba.store.sealed import SEAL_KEY, Seal, wrap_seal_key

    seal_key = store.settings.get(SEAL_KEY)
    if seal_key is None:
        raise Damaged("key.does_not_fit", file="gemba.key")
    inner = wrap_seal_key(seal_key, store.key, _ABOUT)
    head = json.dumps({"key": wrapped_of(store.folder), "seal": inner}).encode()
    out.write(b"".join((MAGIC, len(head).to_bytes(4, "big"), head)))
    sealed = Seal(seal_key).writer(out, _ABOUT)
    yield cast(BinaryIO, sealed)
    sealed.finish()


def sealed_for(store: Store, data: bytes) -> bytes:
    """Return data as they leave a folder: sealed where the folder is encrypted."""
    out = io.BytesIO()
    with sealing(store, out) as inside:
        inside.write(data)
    return out.getvalue()


def is_bundle(path: Path) -> bool:
    """Tell from its first bytes whether a file is sealed data of Gemba."""
    try:
        if not path.is_file():
            # Nobody may be at the other end of a pipe.
            return False
        with path.open("rb") as file:
            return file.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


def open_bundle(path: Path, store: Store | None = None, passphrase: str | None = None) -> bytes:
    """Return what a sealed file holds; as reader_of, and all of it at once."""
    with reader_of(path, store, passphrase)() as file:
        return file.read()


def reader_of(
    path: Path, store: Store | None = None, passphrase: str | None = None
) -> Callable[[], BinaryIO]:
    """Return what opens a sealed file to be read in plain; that never lies on the disk.

    The folder it came from opens it by itself. Raises Locked "sealed.asks" where a passphrase is
    needed, WrongPassphrase, or BadInput for a file that is damaged or too large. Nothing beyond
    its head is read before that is opened, and then one piece at a time, so that no stranger's
    file takes up the memory.
    """
    head, start = _head_of(path)
    seal_key = None
    if store is not None and store.key is not None:
        seal_key = _opened(head, store.key)
    if seal_key is None:
        if passphrase is None:
            raise Locked("sealed.asks", file=path.name)
        from gemba.store.keys import key_from_plain

        seal_key = _opened(head, key_from_plain(head.get("key"), path.name).opened(passphrase))
    if seal_key is None:
        raise BadInput("sealed.damaged", what=path.name)
    from gemba.store.sealed import Seal

    seal = Seal(seal_key)

    def reader() -> BinaryIO:
        try:
            return seal.reader(path.open("rb"), start, _ABOUT)
        except OSError as error:
            raise _unreadable(path, error) from error

    # One that was cut short is refused at once.
    reader().close()
    return reader


def _head_of(path: Path) -> tuple[dict[str, object], int]:
    """Return what stands at the head of a sealed file, and where the rest begins."""
    begin = len(MAGIC) + 4
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadInput("data.too_large", file=path.name)
        with path.open("rb") as file:
            content = file.read(begin + _LONGEST_HEAD)
    except OSError as error:
        raise _unreadable(path, error) from error
    length = int.from_bytes(content[len(MAGIC) : begin], "big")
    if not content.startswith(MAGIC) or not 0 < length <= _LONGEST_HEAD:
        raise BadInput("sealed.damaged", what=path.name)
    try:
        head = json.loads(content[begin : begin + length])
    except (ValueError, RecursionError) as error:
        raise BadInput("sealed.damaged", what=path.name) from error
    if not isinstance(head, dict):
        raise BadInput("sealed.damaged", what=path.name)
    return head, begin + length


def _unreadable(path: Path, error: OSError) -> GembaError:
    reason = error.strerror or str(error)
    return GembaError("file.cannot_read", file=str(path), reason=reason)


def _opened(head: dict[str, object], key: bytes) -> str | None:
    """Return the key of the rest, None where this one does not open it."""
    from gemba.store.sealed import unwrap_seal_key

    return unwrap_seal_key(str(head.get("seal", "")), key, _ABOUT)
