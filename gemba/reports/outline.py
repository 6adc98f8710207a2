"""The outline of a sheet's PDF: its boxes, in each its figures, and what each is tied to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from gemba.domain.sheet import Sheet
from gemba.domain.sheet_part import BETWEEN, SheetPart, words_of_part
from gemba.reports.boxes import LaidBox
from gemba.reports.ink import Ink

Words = Callable[..., str]
_LONGEST: Final = 120
"""Letters of one entry; a reader shows them in a narrow column."""


@dataclass(frozen=True, slots=True)
class Tie:
    """What leads from one part of a sheet to another, as the margin writes its parts."""

    start: str
    end: str


def put_outline(
    ink: Ink,
    sheet: Sheet,
    labels: Mapping[str, str],
    laid: Mapping[str, LaidBox],
    ties: Sequence[Tie],
    words: Words,
) -> None:
    """Add an entry for each box, its figures and its ties; each leads to where that stands.

    ``laid`` are the boxes of one page; a tie to a box of another page is left out.
    """
    places = {box_id: (box.layout.frame.x, box.layout.frame.y) for box_id, box in laid.items()}
    for box_id, box in laid.items():
        places |= {f"{box_id}{BETWEEN}{one.id}": (at.x, at.y) for one, at in box.figures}
    for box_id, box in laid.items():
        ink.bookmark(box_id, labels[box_id], at=places[box_id])
        for figure, _where in box.figures:
            name = figure.caption.strip() or words(f"figure_kind.{figure.kind}")
            key = f"{box_id}{BETWEEN}{figure.id}"
            ink.bookmark(key, _short(name), 1, at=places[key])
        for number, tie in enumerate(ties):
            end = SheetPart.read(tie.end)
            if SheetPart.read(tie.start).box != box_id or end.box not in laid:
                continue
            said = [_words(sheet, labels, part) for part in (tie.start, tie.end)]
            title = words("sheet.tie", start=_short(said[0]), end=_short(said[1]))
            # A name of its own for each: an outline has one entry for a place.
            at = places.get(f"{end.box}{BETWEEN}{end.figure}", places[end.box])
            ink.bookmark(f"tie{BETWEEN}{number}", title, 1, at=at)


def _words(sheet: Sheet, labels: Mapping[str, str], part: str) -> str:
    return words_of_part(sheet, part) or labels.get(SheetPart.read(part).box, part)


def _short(text: str) -> str:
    bare = " ".join(text.split())
    return bare if len(bare) <= _LONGEST else f"{bare[:_LONGEST].rstrip()} …"
