"""What is known about a backup, and what proving one found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from gemba.domain.errors import GembaError

REASONS = (
    "by itself",
    "asked for",
    "before import",
    "before migration",
    "before restore",
    "before delete",
    "before passphrase",
    "before erase",
    "what is sound",
)
"""What was happening when a backup was made; each has words under ``backup.reason``."""
WHAT_IS_SOUND: Final = "what is sound"
"""The reason of a backup of what could be read of damaged data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupPoint:
    """One backup: a whole copy of the data that was checked after it was written.

    ``counter`` gives the order of backups, whatever the clock said. ``photos`` maps the name of
    each photo's file below ``photos/`` to the SHA-256 of its bytes; ``photos_missing`` are hashes
    of photos that were already gone. ``journal`` and ``journal_checksum`` say how far the data
    reached. ``newest`` is the kind, the title and the day of the record written last; a title
    is empty where it would be private.
    """

    name: str
    counter: int
    made_at: datetime
    reason: str
    bytes: int
    sha256: str
    counts: Mapping[str, int]
    photos: Mapping[str, str] = field(default_factory=dict)
    photos_missing: tuple[str, ...] = ()
    journal: int = 0
    journal_checksum: str = ""
    version: int = 0
    installation: str = ""
    newest: tuple[str, str, str] = ("", "", "")
    key: Mapping[str, object] | None = None

    @property
    def partial(self) -> bool:
        """Tell whether it holds only what was sound of data that were damaged."""
        return self.reason == WHAT_IS_SOUND

    @property
    def records(self) -> int:
        """Count the records of all kinds."""
        return sum(self.counts.values())


def moment_of(name: str) -> datetime | None:
    """Return when a backup was made from its name alone, None for another name."""
    try:
        stamp = datetime.strptime(name.rpartition("-")[0], "%Y-%m-%dT%H-%M-%SZ")
    except ValueError:
        return None
    return stamp.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """What proving a backup found, restored into a folder of its own and compared.

    ``trouble`` holds a key of a sentence and its values for each thing that is wrong.
    """

    name: str
    at: datetime
    records: int
    photos: int
    seconds: float
    trouble: tuple[tuple[str, Mapping[str, object]], ...] = ()

    @property
    def sound(self) -> bool:
        """Tell whether the backup would bring everything back."""
        return not self.trouble


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondPlace:
    """The other place backups go to: whether it is there now, and how many it still lacks.

    ``plain`` names the backups that anybody can open there although this folder has a passphrase.
    """

    folder: str
    there: bool = False
    missing: int = 0
    caught_up_at: datetime | None = None
    plain: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Safety:
    """How safe the data are: the backups, newest first, what goes on, and the last trouble.

    ``doing`` is "", "backup", "drill", "second" or "restore". ``elsewhere`` are backups that only
    the second place has, ``before`` are places chosen earlier where backups lie in plain.
    ``known`` is False until the folder was read once.
    """

    points: tuple[BackupPoint, ...] = ()
    elsewhere: tuple[BackupPoint, ...] = ()
    doing: str = ""
    trouble: GembaError | None = None
    second: SecondPlace | None = None
    before: tuple[SecondPlace, ...] = ()
    drill: Drill | None = None
    changed: bool = False
    known: bool = False

    @property
    def newest(self) -> BackupPoint | None:
        """Return the last verified backup of everything."""
        return next((one for one in self.points if not one.partial), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A restore that waits for the folder to be closed.

    ``undo`` names the backup of what was there before; without one the old file is kept aside.
    """

    point: BackupPoint
    undo: str = ""
    photos_missing: tuple[str, ...] = ()
