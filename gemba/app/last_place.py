"""Where the leader was, so that a kill or a dead battery leads back to the same page and word."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final, NamedTuple
from uuid import UUID

from gemba.app.caret import Spot
from gemba.store.files import write_lightly

REMEMBERED: Final = frozenset(
    {"sheet", "walk", "debrief", "write up", "learner", "talk", "cycle", "promise", "observation"}
    | {"fill"}
)
_NAMES: Final = frozenset(
    {"sheet", "box", "walk", "learner", "talk", "promise", "observation", "revision", "filling"}
)
_LONGEST_NAME: Final = 200


class Left(NamedTuple):
    """The page that was shown, what it was asked to show, and where its caret stood."""

    page: str
    what: dict[str, object]
    spot: Spot | None


class LastPlace:
    """Keeps the page that is shown in a small file; an orderly close forgets it."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "place.json"
        self._noted = ""

    def note(self, key: str, what: dict[str, object], spot: Spot | None = None) -> None:
        """Remember a page; where the folder cannot be written nothing is remembered."""
        try:
            if key not in REMEMBERED:
                self._noted = ""
                self._file.unlink(missing_ok=True)
                return
            kept = {name: _plain(value) for name, value in what.items() if name in _NAMES}
            told: dict[str, object] = {"page": key, "what": kept}
            if spot is not None:
                told["caret"] = [spot.field, spot.name[:_LONGEST_NAME], spot.caret]
            text = json.dumps(told)
            if text != self._noted:
                write_lightly(self._file, text.encode())
                self._noted = text
        except OSError:
            return

    def forget(self) -> None:
        """Begin at Today the next time."""
        try:
            self._noted = ""
            self._file.unlink(missing_ok=True)
        except OSError:
            return

    def read(self) -> Left | None:
        """Return the page that was shown when the app went away, or None."""
        try:
            kept = json.loads(self._file.read_text(encoding="utf-8"))
            key = kept["page"]
            what = {str(name): _value(value) for name, value in kept["what"].items()}
            spot = _spot(kept.get("caret"))
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None
        return Left(key, what, spot) if key in REMEMBERED else None


def _spot(kept: object) -> Spot | None:
    match kept:
        case [int(field), str(name), int(caret)]:
            return Spot(field, name, caret)
    return None


def _plain(value: object) -> object:
    return {"id": str(value)} if isinstance(value, UUID) else value


def _value(value: object) -> object:
    return UUID(value["id"]) if isinstance(value, dict) else value
