"""What came out of a damaged file, for whoever asked for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gemba.domain.changes import Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class PartOf:
    """A record of which a part is lost: its fields that are, and the words that can be read."""

    ref: Ref
    words: str
    lost_fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SalvageReport:
    """What was read whole, in part and not at all.

    ``sound`` counts records of each kind that are what was written; ``from_journal`` of them were
    written anew from the journal, ``left_over`` were found in pages that the torn file no longer
    names. ``stand_ins`` counts empty records put in for lost ones that others must name.
    ``photos_missing`` are hashes.
    """

    sound: Mapping[str, int] = field(default_factory=dict)
    partly: tuple[PartOf, ...] = ()
    lost: tuple[Ref, ...] = ()
    from_journal: int = 0
    left_over: int = 0
    stand_ins: int = 0
    photos: int = 0
    photos_missing: tuple[str, ...] = ()
    entries: int = 0
    entries_lost: int = 0

    @property
    def whole(self) -> int:
        """Count the records that are what was written."""
        return sum(self.sound.values())

    @property
    def nothing(self) -> bool:
        """Tell whether not even a part of a record came out."""
        return not self.whole and not self.partly


def words_of(plain: Mapping[str, object], most: int = 400) -> str:
    """Return the words a person wrote among the plain fields of a record; never a private note."""
    words = [word for name, value in plain.items() for word in _words(name, value)]
    return " · ".join(words)[:most]


def _words(name: str, value: object) -> list[str]:
    if name == "private_note" or name == "id" or name.endswith("_id"):
        return []
    if isinstance(value, str):
        # A single word is seldom a sentence of theirs: stages, kinds and marks are such.
        return [" ".join(value.split())] if " " in value.strip() else []
    if isinstance(value, list):
        return [word for one in value for word in _words("", one)]
    if isinstance(value, dict):
        return [word for key, one in value.items() for word in _words(str(key), one)]
    return []
