"""Whether a row read through the standard library is what was written, before it is shown.

The same digest as in records.py, taken without loading the records themselves.
"""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import Any, Final

from gemba.store import driver
from gemba.store.proof import proof

UUIDS: Final = frozenset(
    {
        "id",
        "person_id",
        "area_id",
        "learner_id",
        "owner_id",
        "coach_id",
        "storyboard_id",
        "sheet_id",
        "last_experiment_id",
        "next_experiment_id",
        "script_id",
        "route_id",
        "routine_id",
        "walk_id",
    }
)
NESTED: Final = frozenset(
    {
        "told_back",
        "stops",
        "questions",
        "debrief",
        "answers",
        "boxes",
        "checks",
        "first_draft",
        "format",
        "tray",
        "versions",
        "stage_steps",
        "closing",
        "reviews",
        "consulted",
        "sign_offs",
        "dismissed",
        "chart",
        "obstacles",
        "formerly",
        "shifts",
        "photos_before",
        "photos_after",
        "target_moves",
        "times",
        "breaks",
        "resumed",
        "missed",
        "weekdays",
        "pauses",
    }
)
TRUTHS: Final = frozenset({"on_paper", "kept"})
KINDS: Final = (
    "promise",
    "person",
    "area",
    "walk",
    "talk",
    "storyboard",
    "sheet",
    "routine",
    "keeping",
)
"""The kinds that Today shows; a test holds the names above against their tables."""

_NO_CONTENT: Final = frozenset({"counter", "revision", "checksum", "deleted_at"})


class Proofs:
    """Looks up rows by kind and id, and remembers what it found."""

    def __init__(self, connection: driver.Connection) -> None:
        self._connection = connection
        self._known: dict[tuple[str, str], dict[str, Any] | None] = {}

    @property
    def damaged(self) -> int:
        """Count the records asked for that are no longer what was written."""
        return sum(content is None for content in self._known.values())

    def holds(self, kind: str, key: str | None) -> bool:
        """Tell whether a record is what was written; none at all is."""
        return key is None or self.content(kind, key) is not None

    def content(self, kind: str, key: str) -> dict[str, Any] | None:
        """Return the plain fields of a record, None unless they are what was written."""
        if (kind, key) not in self._known:
            self._known[kind, key] = self._read(kind, key)
        return self._known[kind, key]

    def _read(self, kind: str, key: str) -> dict[str, Any] | None:
        found = self._connection.execute(f"SELECT * FROM {kind} WHERE id = ?", (key,))
        row = found.fetchone()
        if row is None:
            return None
        held = dict(zip((column[0] for column in found.description), row, strict=True))
        try:
            plain = {
                name: _plain(name, value) for name, value in held.items() if name not in _NO_CONTENT
            }
            text = json.dumps(
                plain, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
            )
            digest = blake2b(text.encode("utf-8"), digest_size=16).hexdigest()
        except (ValueError, TypeError, AttributeError, RecursionError):
            return None
        return plain if digest == held["checksum"] else None

    def setting(self, key: str) -> str:
        """Return a setting, empty unless it is what was written."""
        row = self._connection.execute(
            "SELECT value, checksum FROM setting WHERE key = ?", (key,)
        ).fetchone()
        return row[0] if row and proof(key, row[0]) == row[1] else ""


def _plain(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in UUIDS:
        return f"{value[:8]}-{value[8:12]}-{value[12:16]}-{value[16:20]}-{value[20:]}"
    if name in NESTED:
        return json.loads(value)
    return bool(value) if name in TRUTHS else value
