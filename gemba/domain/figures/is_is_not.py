"""Is / is not: where the problem is and where it could be but is not, and what sets them apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from gemba.domain.figures.place import Place

ASPECTS: Final = ("what", "where", "when", "extent")
COLUMNS: Final = ("seen", "unseen", "distinction", "change")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """One row: what it is (``seen``) and what it could be but is not (``unseen``), what is
    different about the first, and what changed there; ``aspect`` is one of ASPECTS."""

    id: str
    aspect: str
    seen: str = ""
    unseen: str = ""
    distinction: str = ""
    change: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IsIsNot:
    """The rows in the order in which they are told."""

    kind: ClassVar[str] = "is_is_not"
    id: str
    caption: str = ""
    place: Place = Place(side="under")
    rows: tuple[Contrast, ...] = ()
