"""What a look through all the data found."""

from __future__ import annotations

from dataclasses import dataclass

from gemba.domain.changes import Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class DamagedRecord:
    """A record whose stored content is not what was written; ``ref`` None where even that is lost.

    ``reason`` is a technical word or two: "checksum", or what could not be read.
    """

    kind: str
    ref: Ref | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """Counts of each kind, and everything that is wrong.

    ``file`` holds what SQLite says about the file, ``journal`` the numbers of damaged entries,
    ``photos_missing`` and ``photos_damaged`` hashes. ``other`` names settings and names of photos,
    ``derived`` what is made from records for searching and for Today and can be made anew.
    """

    counts: dict[str, int]
    damaged: tuple[DamagedRecord, ...] = ()
    file: tuple[str, ...] = ()
    journal: tuple[int, ...] = ()
    other: tuple[str, ...] = ()
    derived: tuple[str, ...] = ()
    photos: int = 0
    photos_missing: tuple[str, ...] = ()
    photos_damaged: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """Tell whether nothing is wrong."""
        return self.rows_sound and not (self.photos_missing or self.photos_damaged)

    @property
    def rows_sound(self) -> bool:
        """Tell whether the database is sound, whatever the photos beside it are like."""
        return not (self.damaged or self.file or self.journal or self.other or self.derived)
