"""What a sheet holds where no box has room for it: kept beside the sheet until it is put back.

Every rule here moves text and figures whole. Nothing is shortened, and nothing leaves the sheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from gemba.domain.definition import SheetDefinition
from gemba.domain.errors import Refused
from gemba.domain.figures import Figure
from gemba.domain.sheet import Box, Sheet, TrayPiece
from gemba.domain.sheet_format import origin, shaped, with_half, without_below


@dataclass(frozen=True, slots=True)
class Moved:
    """A sheet after its boxes changed, and where what stood in a box stands now, by box id.

    A single figure that went elsewhere stands there by its part, as ``box/figure``.
    """

    sheet: Sheet
    homes: Mapping[str, str] = field(default_factory=dict)


def joined(first: Box, second: Box) -> Box:
    """Return one box with the text and the figures of two, in order; an id stays unique."""
    texts = [one.text for one in (first, second) if one.text.strip()]
    text = "\n".join(texts) if texts else first.text
    figures = list(first.figures)
    for one in second.figures:
        figures.append(_other(one, {held.id for held in figures}))
    return replace(first, text=text, figures=tuple(figures))


def _other(figure: Figure, taken: set[str]) -> Figure:
    number, wanted = 2, figure.id
    while wanted in taken:
        wanted = f"{figure.id}_{number}"
        number += 1
    return figure if wanted == figure.id else replace(figure, id=wanted)


def strays(sheet: Sheet, definition: SheetDefinition) -> tuple[Box, ...]:
    """Return what was written in boxes that the sheet does not show, such as by another laptop."""
    shown = {box.id for box in shaped(definition, sheet.format).boxes}
    return tuple(box for box in sheet.boxes if box.id not in shown and not box.empty)


def tray_of(sheet: Sheet, definition: SheetDefinition) -> tuple[TrayPiece, ...]:
    """Return every piece beside a sheet: what was laid there, and what no box of it shows."""
    left = tuple(_piece(sheet, definition, box) for box in strays(sheet, definition))
    return (*sheet.tray, *left)


def _piece(sheet: Sheet, definition: SheetDefinition, box: Box) -> TrayPiece:
    known = {one.id: one.label for one in shaped(definition, sheet.format).boxes}
    label = known.get(box.id) or origin(definition, box.id).label
    return piece_of(sheet, label, box)


def piece_of(sheet: Sheet, label: str, box: Box) -> TrayPiece:
    """Return a box as it lies in the tray, named after the sheet type and box it came from."""
    name = f"{sheet.definition}_{box.id}"
    return TrayPiece(id=name, definition=sheet.definition, label=label, box=box)


def laid_aside(tray: Sequence[TrayPiece], pieces: Iterable[TrayPiece]) -> tuple[TrayPiece, ...]:
    """Return a tray with more pieces; what came from the same box goes to what lies there."""
    made = list(tray)
    for piece in pieces:
        if piece.box.empty:
            continue
        for index, held in enumerate(made):
            if (held.definition, held.box.id) == (piece.definition, piece.box.id):
                made[index] = replace(held, box=joined(held.box, piece.box))
                break
        else:
            made.append(_named_apart(piece, {held.id for held in made}))
    return tuple(made)


def _named_apart(piece: TrayPiece, taken: set[str]) -> TrayPiece:
    number, wanted = 2, piece.id
    while wanted in taken:
        wanted = f"{piece.id}_{number}"
        number += 1
    return replace(piece, id=wanted)


def put_piece(sheet: Sheet, definition: SheetDefinition, piece: TrayPiece, box_id: str) -> Moved:
    """Take a piece out of the tray and set it behind what stands in a box.

    Raises Refused for a piece that does not lie there (any more) and for a box not on the sheet.
    """
    if all(box.id != box_id for box in shaped(definition, sheet.format).boxes):
        raise Refused("format.no_box")
    if piece in sheet.tray:
        place = sheet.tray.index(piece)
        left = replace(sheet, tray=(*sheet.tray[:place], *sheet.tray[place + 1 :]))
    elif piece.box in strays(sheet, definition):
        left = replace(sheet, boxes=tuple(one for one in sheet.boxes if one != piece.box))
    else:
        raise Refused("tray.gone")
    return Moved(left.with_box(joined(left.box(box_id), piece.box)), {piece.box.id: box_id})


def merge(sheet: Sheet, definition: SheetDefinition, box_id: str) -> Moved:
    """Make one box of a box and the one below it; texts are joined in order, figures kept.

    Raises Refused for the last box of a column.
    """
    format, under = without_below(definition, sheet.format, box_id)
    both = joined(sheet.box(box_id), sheet.box(under))
    rest = replace(sheet, boxes=tuple(one for one in sheet.boxes if one.id != under))
    return Moved(replace(rest.with_box(both), format=format), {under: box_id})


def split(
    sheet: Sheet, definition: SheetDefinition, box_id: str, stays: int | None = None
) -> tuple[Moved, str]:
    """Make two boxes of one, and return the id of the lower one as well.

    ``stays`` paragraphs stay in the upper box and the others go below; without it all stay.
    Raises Refused for a box too low for two.
    """
    taken = [box.id for box in (*sheet.boxes, *sheet.first_draft)]
    taken += [piece.box.id for piece in sheet.tray]
    format, new = with_half(definition, sheet.format, box_id, taken)
    upper = sheet.box(box_id)
    lines = upper.text.split("\n")
    keep = len(lines) if stays is None else max(0, min(stays, len(lines)))
    halves = replace(upper, text="\n".join(lines[:keep])), "\n".join(lines[keep:])
    made = replace(sheet.with_box(halves[0]), format=format)
    lower = made.box(new)
    if halves[1]:
        lower = joined(Box(id=new, text=halves[1]), lower)
    return Moved(made.with_box(lower)), new


def reset(sheet: Sheet, definition: SheetDefinition) -> Moved:
    """Give a sheet the boxes of its worksheet; what stood in others goes into the tray."""
    plain = replace(sheet, format=())
    gone = [_piece(sheet, definition, box) for box in strays(plain, definition)]
    names = {box.id for box in definition.boxes}
    kept = tuple(box for box in sheet.boxes if box.id in names)
    return Moved(replace(plain, boxes=kept, tray=laid_aside(sheet.tray, gone)))
