"""A five-whys tree: from the gap to its causes, with evidence for each link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from gemba.domain.figures.place import Place

EVIDENCE: Final = ("tested", "measured", "seen", "said", "guess")
"""From the strongest to the weakest; "ruled out" is a state of the cause, not evidence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """One cause. ``parent`` is the id of what it explains, empty for the gap itself.

    ``evidence`` is one of EVIDENCE, ``source`` says by what ("30 of 30", "3 walks"); ``root``
    marks a cause that countermeasures act on, named by ``letter``.
    """

    id: str
    parent: str = ""
    text: str
    evidence: str = "guess"
    source: str = ""
    ruled_out: bool = False
    root: bool = False
    letter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FiveWhys:
    """The tree as a list of causes; a cause stands after what it explains."""

    kind: ClassVar[str] = "five_whys"
    id: str
    caption: str = ""
    place: Place = Place(side="under")
    whys: tuple[Why, ...] = ()
