"""What is remembered beside the backups: the second place, how far it is, and the last proof.

It stands in a small file and not in the database, so that it is there when that cannot be opened
and is not taken back by a restore.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from gemba.domain.backup import BackupPoint, Drill


class Notes:
    """A small file beside the data; whatever cannot be read counts as not there."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "backups" / "known.json"

    def second(self) -> Path | None:
        """Return the second place that was chosen."""
        folder = self._read().get("second")
        return Path(folder) if isinstance(folder, str) and folder else None

    def set_second(self, folder: Path | None) -> None:
        """Remember the second place, and that it has nothing yet."""
        known = self._read()
        for name in ("second", "caught_up_at", "caught_up_to"):
            known.pop(name, None)
        if folder is not None:
            known["second"] = str(folder)
        self._write(known)

    def caught_up(self, at: datetime, points: Iterable[BackupPoint]) -> None:
        """Remember that the second place has everything."""
        reached = max((point.counter for point in points), default=0)
        self._write({**self._read(), "caught_up_at": at.isoformat(), "caught_up_to": reached})

    def caught_up_at(self) -> datetime | None:
        """Return when the second place had everything last."""
        return _moment(self._read().get("caught_up_at"))

    def missing_since(self, points: Iterable[BackupPoint]) -> int:
        """Count the backups made since the second place had everything."""
        reached = self._read().get("caught_up_to", 0)
        return sum(1 for point in points if not isinstance(reached, int) or point.counter > reached)

    def lies_plain(self, folder: Path, names: Sequence[str]) -> None:
        """Remember which backups anybody can open in a place, as it was seen last."""
        known = self._read()
        places = {**_places(known), str(folder): list(names)}
        if not names:
            del places[str(folder)]
        self._write({**known, "plain": places})

    def plain(self) -> dict[str, tuple[str, ...]]:
        """Return the places where backups lie in plain, and their names."""
        return {folder: tuple(names) for folder, names in _places(self._read()).items()}

    def proved(self, found: Drill) -> None:
        """Remember what the last proof found."""
        kept = {
            "name": found.name,
            "at": found.at.isoformat(),
            "records": found.records,
            "photos": found.photos,
            "seconds": round(found.seconds, 3),
            "trouble": [
                [key, {n: str(v) for n, v in values.items()}] for key, values in found.trouble
            ],
        }
        self._write({**self._read(), "drill": kept})

    def drill(self) -> Drill | None:
        """Return what the last proof found."""
        kept: Any = self._read().get("drill")
        try:
            at = _moment(kept["at"])
            if at is None:
                return None
            return Drill(
                name=str(kept["name"]),
                at=at,
                records=int(kept["records"]),
                photos=int(kept["photos"]),
                seconds=float(kept["seconds"]),
                trouble=tuple((str(key), dict(values)) for key, values in kept["trouble"]),
            )
        except (KeyError, TypeError, ValueError):
            return None

    def erase_before(self, counter: int) -> None:
        """Remember that everything before a backup has to go, wherever it still lies."""
        self._write({**self._read(), "erased_before": counter})

    def erased_before(self) -> int:
        """Return the place in the order before which everything has to go, 0 for nothing."""
        counter = self._read().get("erased_before", 0)
        return counter if isinstance(counter, int) else 0

    def _read(self) -> dict[str, Any]:
        try:
            known = json.loads(self._path.read_bytes())
        except (OSError, ValueError, RecursionError):
            return {}
        return known if isinstance(known, dict) else {}

    def _write(self, known: dict[str, Any]) -> None:
        from gemba.store.faults import readable_faults
        from gemba.store.files import private_folder, write_whole

        if known == self._read():
            return
        with readable_faults():
            private_folder(self._path.parent)
            write_whole(self._path, json.dumps(known, ensure_ascii=False).encode("utf-8"))


def _places(known: dict[str, Any]) -> dict[str, list[str]]:
    """Return the places that are noted; whatever else stands there counts as nothing."""
    places = known.get("plain")
    if not isinstance(places, dict):
        return {}
    return {
        folder: names
        for folder, names in places.items()
        if isinstance(names, list) and names and all(isinstance(one, str) for one in names)
    }


def _moment(text: object) -> datetime | None:
    try:
        at = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return at if at.tzinfo is not None else None
