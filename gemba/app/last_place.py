"""Where the leader was, so that a kill or a dead battery leads back to the same page."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import UUID

REMEMBERED = frozenset(
    {"sheet", "walk", "debrief", "write up", "learner", "talk", "cycle", "promise", "observation"}
)
_NAMES = frozenset(
    {"sheet", "box", "walk", "learner", "talk", "promise", "observation", "revision"}
)


class LastPlace:
    """Keeps the page that is shown in a small file; an orderly close forgets it."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "place.json"

    def note(self, key: str, what: dict[str, object]) -> None:
        """Remember a page; where the folder cannot be written nothing is remembered."""
        try:
            if key not in REMEMBERED:
                self._file.unlink(missing_ok=True)
                return
            kept = {name: _plain(value) for name, value in what.items() if name in _NAMES}
            self._file.write_text(json.dumps({"page": key, "what": kept}), encoding="utf-8")
        except OSError:
            return

    def forget(self) -> None:
        """Begin at Today the next time."""
        try:
            self._file.unlink(missing_ok=True)
        except OSError:
            return

    def read(self) -> tuple[str, dict[str, object]] | None:
        """Return the page that was shown when the app went away, or None."""
        try:
            kept = json.loads(self._file.read_text(encoding="utf-8"))
            key = kept["page"]
            what = {str(name): _value(value) for name, value in kept["what"].items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None
        return (key, what) if key in REMEMBERED else None


def _plain(value: object) -> object:
    return {"id": str(value)} if isinstance(value, UUID) else value


def _value(value: object) -> object:
    return UUID(value["id"]) if isinstance(value, dict) else value
