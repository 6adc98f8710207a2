"""Parts of a sheet that can be tied: a box and what stands in it, and the checks of the sheet.

A check stands in no box: its part is its own id.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from gemba.domain.figures import Countermeasures, Figure, Fishbone, FiveWhys, Plan
from gemba.domain.figures.why_tree import branches, lettered
from gemba.domain.sheet import Check, Sheet

BETWEEN: Final = "/"
"""Stands between the names of a part."""


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A box, or one item of a figure in it; written as ``box`` or ``box/figure/item``."""

    box: str
    figure: str = ""
    item: str = ""

    @classmethod
    def read(cls, text: str) -> SheetPart:
        """Read a part as a link writes it; whatever follows the item belongs to the item."""
        box, _, rest = text.partition(BETWEEN)
        figure, _, item = rest.partition(BETWEEN)
        return cls(box, figure, item)

    def __str__(self) -> str:
        """Write the part as a link does."""
        return BETWEEN.join(one for one in (self.box, self.figure, self.item) if one)


@dataclass(frozen=True, slots=True)
class Item:
    """A cause, a countermeasure or an action: where it stands and its words.

    ``kind`` is "gap", "cause", "countermeasure" or "action"; ``letter`` is the one of a root
    cause, or empty.
    """

    part: SheetPart
    kind: str
    words: str
    letter: str = ""


def holds(whole: str, part: str) -> bool:
    """Tell whether a part is the same as another, or stands in it."""
    return part == whole or part.startswith(whole + BETWEEN)


def items_of(sheet: Sheet) -> list[Item]:
    """Return what of a sheet can be tied: what has words and is not ruled out."""
    return [
        item
        for box in sheet.boxes
        for figure in box.figures
        for item in _items_in(box.id, figure)
        if item.words.strip()
    ]


def _items_in(box: str, figure: Figure) -> Iterator[Item]:
    match figure:
        case Fishbone():
            for cause in figure.causes:
                if cause.state != "ruled_out":
                    yield Item(SheetPart(box, figure.id, cause.id), "cause", cause.text)
        case FiveWhys():
            letters = lettered(figure)
            for branch in branches(figure):
                why = figure.whys[branch.index]
                if not why.ruled_out:
                    kind = "cause" if branch.parent >= 0 else "gap"
                    letter = letters.get(branch.index, "")
                    yield Item(SheetPart(box, figure.id, why.id), kind, why.text, letter)
        case Countermeasures():
            for option in figure.options:
                part = SheetPart(box, figure.id, option.id)
                yield Item(part, "countermeasure", option.what)
        case Plan():
            for action in figure.actions:
                yield Item(SheetPart(box, figure.id, action.id), "action", action.what)
        case _:
            return


def check_of_part(sheet: Sheet, part: str) -> Check | None:
    """Return the check of a sheet that a part names, or None."""
    return next((one for one in sheet.checks if one.id == part), None)


def words_of_part(sheet: Sheet, part: str) -> str:
    """Return the words of an item or a check; nothing for a box or what is no longer there."""
    wanted = SheetPart.read(part)
    if not wanted.item:
        check = check_of_part(sheet, part)
        return check.what if check is not None else ""
    figures = (one for one in sheet.box(wanted.box).figures if one.id == wanted.figure)
    for figure in figures:
        if isinstance(figure, FiveWhys):
            return next((why.text for why in figure.whys if why.id == wanted.item), "")
        if isinstance(figure, Fishbone):
            return next((one.text for one in figure.causes if one.id == wanted.item), "")
        if isinstance(figure, Countermeasures):
            return next((one.what for one in figure.options if one.id == wanted.item), "")
        if isinstance(figure, Plan):
            return next((one.what for one in figure.actions if one.id == wanted.item), "")
    return ""
