"""The boxes of one sheet as its owner shaped them: heights, names, and which there are.

All lengths are millimetres. A format lists every box of the sheet in reading order; an empty one
means the boxes of the worksheet as they are defined. A format that does not fit the page, as one
from another folder may, is fitted to it; nothing that was written depends on it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import Final, cast

from gemba.domain.definition import BoxDefinition, SheetDefinition
from gemba.domain.errors import BadInput, Refused
from gemba.domain.page_geometry import TOLERANCE_MM, Column
from gemba.domain.sheet import Sheet
from gemba.domain.sheet_story import BoxFormat

STEP_MM: Final = 1.0
"""Borders snap to whole millimetres: what a ruler on the paper can tell apart."""
LEAST_MM: Final = 20.0
"""A box that the worksheet does not know is at least this high: its title and three lines."""
MOST_LETTERS: Final = 48
_ID: Final = re.compile(r"[a-z][a-z0-9_]*\Z")
_PART: Final = re.compile(r"_\d+\Z")

Format = tuple[BoxFormat, ...]


def shaped(definition: SheetDefinition, format: Sequence[BoxFormat]) -> SheetDefinition:
    """Return a worksheet with the boxes of a format in place of its own.

    A box keeps its role, question and hints; one that was split off has those of the box it was
    split from. Shaping twice is shaping once.
    """
    return _shaped(definition, tuple(format)) if format else definition


@lru_cache(maxsize=64)
def _shaped(definition: SheetDefinition, format: Format) -> SheetDefinition:
    # A sheet that is being written is drawn at every key, with the same boxes each time.
    fit = fitted(definition, format)
    if not fit:
        return definition
    boxes = tuple(
        replace(
            origin(definition, one.id),
            id=one.id,
            label=one.label.strip() or _name(definition, one.id),
            column=cast(Column, one.column),
            height_mm=one.height,
        )
        for one in fit
    )
    return replace(definition, boxes=boxes)


def origin(definition: SheetDefinition, box_id: str) -> BoxDefinition:
    """Return the box of a worksheet that a box is, or that it was split from."""
    known = {box.id: box for box in definition.boxes}
    if box_id in known:
        return known[box_id]
    whole = known.get(_PART.sub("", box_id))
    if whole is not None:
        return replace(whole, min_height_mm=min(whole.min_height_mm, LEAST_MM))
    return BoxDefinition(
        id="other",
        label=box_id.replace("_", " ").strip().capitalize() or "?",
        column=definition.page.column_names[0],
        height_mm=LEAST_MM,
        role="other",
        question="What belongs here?",
        min_height_mm=LEAST_MM,
    )


def _name(definition: SheetDefinition, box_id: str) -> str:
    """Name a box nobody named: as defined, with its number where it was split off."""
    found = origin(definition, box_id)
    part = _PART.search(box_id)
    if part is None or any(box.id == box_id for box in definition.boxes) or found.id == "other":
        return found.label
    return f"{found.label} {part.group()[1:]}"


def least(definition: SheetDefinition, box_id: str) -> float:
    """Return how low a box may become."""
    return origin(definition, box_id).min_height_mm


def full(definition: SheetDefinition, format: Sequence[BoxFormat] = ()) -> Format:
    """Return the format of every box, also where the sheet has none of its own."""
    return fitted(definition, format) or _defined(definition)


def _defined(definition: SheetDefinition) -> Format:
    return tuple(
        BoxFormat(id=box.id, label="", column=box.column, height=box.height_mm)
        for box in definition.boxes
    )


def fits(definition: SheetDefinition, format: Sequence[BoxFormat]) -> bool:
    """Tell whether a format can be taken as it is."""
    return fitted(definition, format) == tuple(format)


def fitted(definition: SheetDefinition, format: Sequence[BoxFormat]) -> Format:
    """Return a format as the page can hold it: each box once, columns filled, none too low.

    Empty where it cannot be held at all; then the boxes are those of the worksheet.
    """
    columns = definition.page.column_names
    seen: set[str] = set()
    kept: list[BoxFormat] = []
    for one in format:
        if one.id in seen or not _ID.match(one.id):
            continue
        seen.add(one.id)
        own = origin(definition, one.id).column
        column = one.column if one.column in columns else own if own in columns else columns[0]
        kept.append(replace(one, column=column))
    made: list[BoxFormat] = []
    for column in columns:
        here = [one for one in kept if one.column == column]
        if not here:
            here = [
                one for one in _defined(definition) if one.column == column and one.id not in seen
            ]
        filled = _filled(definition, here)
        if not filled:
            return ()
        made += filled
    return () if tuple(made) == _defined(definition) else tuple(made)


def _filled(definition: SheetDefinition, column: list[BoxFormat]) -> list[BoxFormat]:
    """Fit the heights of a column to the page; nothing where even the lowest boxes do not fit."""
    page = definition.page
    room = page.body_height - page.between * (len(column) - 1)
    lowest = [least(definition, one.id) for one in column]
    if not column or sum(lowest) > room:
        return []
    heights = [
        one.height if math.isfinite(one.height) and 0 < one.height <= page.height else low
        for one, low in zip(column, lowest, strict=True)
    ]
    if abs(sum(heights) - room) > TOLERANCE_MM or any(
        high < low for high, low in zip(heights, lowest, strict=True)
    ):
        heights = _shared(heights, lowest, room)
    return [replace(one, height=high) for one, high in zip(column, heights, strict=True)]


def _shared(wanted: list[float], lowest: list[float], room: float) -> list[float]:
    """Share out a height in proportion to what is wanted, in whole mm, none below its least."""
    spare = room - sum(lowest)
    more = [max(0.0, want - low) for want, low in zip(wanted, lowest, strict=True)]
    total = sum(more)
    made = []
    for low, extra in zip(lowest, more, strict=True):
        share = spare * extra / total if total else spare / len(lowest)
        made.append(low + math.floor(share))
    # What rounding leaves over goes to the highest box, where it is seen least.
    highest = max(range(len(made)), key=made.__getitem__)
    made[highest] += max(0.0, room - sum(made))
    return made


def borders(definition: SheetDefinition, format: Sequence[BoxFormat]) -> tuple[str, ...]:
    """Return the boxes that have a border below them that can be moved, in reading order."""
    boxes = full(definition, format)
    return tuple(one.id for one, under in pairwise(boxes) if under.column == one.column)


def below(definition: SheetDefinition, format: Sequence[BoxFormat], box_id: str) -> str:
    """Return the box under a box; raises Refused for the last of a column or an unknown one."""
    return _two(full(definition, format), box_id)[1].id


def _two(boxes: Format, box_id: str) -> tuple[BoxFormat, BoxFormat]:
    for one, under in pairwise(boxes):
        if one.id == box_id and one.column == under.column:
            return one, under
    raise Refused("format.nothing_below")


def reach(
    definition: SheetDefinition, format: Sequence[BoxFormat], box_id: str
) -> tuple[float, float]:
    """Return how far the border below a box can go up and down: its least and its most height."""
    upper, under = _two(full(definition, format), box_id)
    total = upper.height + under.height
    return least(definition, box_id), total - least(definition, under.id)


def snapped(
    definition: SheetDefinition, format: Sequence[BoxFormat], box_id: str, to: float
) -> float:
    """Return the height nearest to a wished one that a box can have, in whole mm within reach."""
    lowest, highest = reach(definition, format, box_id)
    if not math.isfinite(to):
        raise BadInput("format.bad_height", value=to)
    return min(max(round(to / STEP_MM) * STEP_MM, lowest), highest)


def move_border(
    definition: SheetDefinition, format: Sequence[BoxFormat], box_id: str, to: float
) -> Format:
    """Give a box a height by moving the border below it; the box under it gives or takes.

    Raises Refused for the last box of a column, which ends with the page.
    """
    boxes = full(definition, format)
    upper, under = _two(boxes, box_id)
    high = snapped(definition, format, box_id, to)
    new = {
        upper.id: replace(upper, height=high),
        under.id: replace(under, height=upper.height + under.height - high),
    }
    return _tidy(definition, tuple(new.get(one.id, one) for one in boxes))


def rename(
    definition: SheetDefinition, format: Sequence[BoxFormat], box_id: str, label: str
) -> Format:
    """Give a box another name; an empty one gives it back its own.

    Raises BadInput for a name that is too long, Refused for a box the sheet does not have.
    """
    wanted = " ".join(label.split())
    if len(wanted) > MOST_LETTERS:
        raise BadInput("format.long_label", most=MOST_LETTERS)
    boxes = full(definition, format)
    if all(one.id != box_id for one in boxes):
        raise Refused("format.no_box")
    if wanted == _name(definition, box_id):
        wanted = ""
    return _tidy(
        definition,
        tuple(replace(one, label=wanted) if one.id == box_id else one for one in boxes),
    )


def without_below(
    definition: SheetDefinition, format: Sequence[BoxFormat], box_id: str
) -> tuple[Format, str]:
    """Return the format in which a box takes the place of the one below too, and which that was."""
    boxes = full(definition, format)
    upper, under = _two(boxes, box_id)
    high = replace(upper, height=upper.height + definition.page.between + under.height)
    made = tuple(high if one is upper else one for one in boxes if one is not under)
    return _tidy(definition, made), under.id


def with_half(
    definition: SheetDefinition, format: Sequence[BoxFormat], box_id: str, taken: Sequence[str]
) -> tuple[Format, str]:
    """Return the format in which a box leaves its lower half to a new one, and the new one's id.

    A box of the worksheet that had gone into this one comes back first. ``taken`` are ids that
    must not be used. Raises Refused for a box too low for two.
    """
    boxes = full(definition, format)
    upper = next((one for one in boxes if one.id == box_id), None)
    if upper is None:
        raise Refused("format.no_box")
    new = _returning(definition, boxes, upper) or _numbered(definition, box_id, boxes, taken)
    between = definition.page.between
    first, second = least(definition, box_id), least(definition, new)
    if upper.height < first + between + second - TOLERANCE_MM:
        raise Refused("format.too_low", least=math.ceil(first + between + second))
    high = max(first, float(round((upper.height - between) / 2)))
    high = min(high, upper.height - between - second)
    half = BoxFormat(id=new, label="", column=upper.column, height=upper.height - between - high)
    made: list[BoxFormat] = []
    for one in boxes:
        made += [replace(one, height=high), half] if one is upper else [one]
    return _tidy(definition, tuple(made)), new


def _returning(definition: SheetDefinition, boxes: Format, upper: BoxFormat) -> str:
    """Return the box of the worksheet that stood below and is not on the sheet, or nothing."""
    ids = [box.id for box in definition.boxes if box.column == upper.column]
    there = {one.id for one in boxes}
    if upper.id not in ids:
        return ""
    after = ids[ids.index(upper.id) + 1 :]
    return after[0] if after and after[0] not in there else ""


def _numbered(definition: SheetDefinition, box_id: str, boxes: Format, taken: Sequence[str]) -> str:
    used = {one.id for one in boxes} | {box.id for box in definition.boxes} | set(taken)
    known = origin(definition, box_id).id
    stem = known if any(box.id == known for box in definition.boxes) else box_id
    number = 2
    while f"{stem}_{number}" in used:
        number += 1
    return f"{stem}_{number}"


def _tidy(definition: SheetDefinition, boxes: Format) -> Format:
    """Return no format at all where every box is as it is defined."""
    return () if boxes == _defined(definition) else boxes


def check_format(sheet: Sheet) -> None:
    """Hold the format of a sheet from elsewhere to what every page asks; raises BadInput."""
    seen: set[str] = set()
    for one in sheet.format:
        if not _ID.match(one.id):
            raise BadInput("format.bad_box", sheet=sheet.title, value=one.id[:MOST_LETTERS])
        if one.id in seen:
            raise BadInput("format.same_box", sheet=sheet.title, value=one.id)
        seen.add(one.id)
        if not math.isfinite(one.height) or not 0 < one.height <= 2000:
            raise BadInput("format.bad_height_of", sheet=sheet.title, box=one.id, value=one.height)
