"""A fishbone: what may have led to an effect, sorted by where to look for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from gemba.domain.figures.place import Place

STATES: Final = ("open", "ruled_out", "verified")
MOST_BONES: Final = 8
DEEPEST: Final = 3

SETS: Final = {
    "6m": ("machine", "method", "material", "people", "measurement", "environment"),
    "8p": ("product", "price", "process", "place", "surroundings", "people", "promotion",
           "productivity"),
    "4s": ("suppliers", "systems", "skills", "surroundings"),
}  # fmt: skip
"""Names of bones by set; "bone.NAME" is how each is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bone:
    """One direction to look in."""

    id: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BoneCause:
    """One possible cause; ``parent`` is the id of its bone, or of the cause it leads to.

    ``state`` is one of STATES; ``evidence`` one of five_whys.EVIDENCE, ``source`` says by what.
    """

    id: str
    parent: str
    text: str
    state: str = "open"
    evidence: str = "guess"
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fishbone:
    """The effect at the head, two to eight bones, and causes up to three deep."""

    kind: ClassVar[str] = "fishbone"
    id: str
    caption: str = ""
    place: Place = Place(side="under")
    effect: str = ""
    bones: tuple[Bone, ...] = ()
    causes: tuple[BoneCause, ...] = ()
