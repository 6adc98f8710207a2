"""Checksums of single rows that are no records: photos, settings and the rows of the search."""

from __future__ import annotations

import json
from hashlib import blake2b


def proof(*values: str | int | None) -> str:
    """Digest values in their order: BLAKE2b, 16 bytes, hexadecimal, of their JSON.

    The format never changes, since it is compared with what stands in files.
    """
    text = json.dumps(list(values), ensure_ascii=False, separators=(",", ":"))
    return blake2b(text.encode("utf-8"), digest_size=16).hexdigest()
