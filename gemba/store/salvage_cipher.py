"""Single pages of an encrypted database turned plain, so that a torn one can be read too.

SQLCipher 4 (zetetic.net/sqlcipher/design): AES-256 in CBC mode page by page, with 80 bytes at the
end of each for the vector and a digest; the first 16 bytes of the file are a salt. The digest is
not looked at: what a page holds is proved row by row.
"""

from __future__ import annotations

from typing import Final

from gemba.store.salvage_pages import MAGIC, Decipher

_RESERVED: Final = 80
_VECTOR: Final = 16


def decipherer(key: bytes) -> Decipher:
    """Return what turns page n of a file with this data key plain."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    method = algorithms.AES(key)

    def plain(number: int, page: bytes) -> bytes:
        end = len(page) - _RESERVED
        start = len(MAGIC) if number == 1 else 0
        if end <= start or not page.strip(b"\0"):
            return b""
        turn = Cipher(method, modes.CBC(page[end : end + _VECTOR])).decryptor()
        text = turn.update(page[start:end]) + turn.finalize()
        return (MAGIC if number == 1 else b"") + text + page[end:]

    return plain
