"""Paper: its sizes, and how a sheet is laid on it. Lengths in mm, papers lying on their side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from gemba.domain.errors import BadInput
from gemba.domain.page_geometry import PageGeometry

PAPERS: Final[dict[str, tuple[float, float]]] = {
    "A3": (420.0, 297.0),
    "A4": (297.0, 210.0),
    "Tabloid": (431.8, 279.4),
    "Letter": (279.4, 215.9),
    "A2": (594.0, 420.0),
}
"""Paper sizes in mm, lying on their long side (ISO 216 and ANSI)."""

SCALES: Final = ("fit", "true")
FILLS: Final = ("full", "half", "blank")
MARGINS: Final = (5.0, 10.0, 15.0)
"""The margins that are offered; none at all leaves the sheet's own."""

_HALF_MARGIN: Final = 5.0
# What usual printers leave white at the edge of a page.
_CROP_ROOM: Final = 8.0


@dataclass(frozen=True, slots=True)
class PaperChoice:
    """What was chosen for a print.

    ``scale`` is "fit" or "true"; ``margin`` the white edge in mm, None for the sheet's own;
    ``fill`` is "full", "half" (the left half as it is, the right one for pencil) or "blank".
    ``halves`` prints the sheet on two pages that stand, to be taped together.
    """

    paper: str = "A3"
    scale: str = "fit"
    margin: float | None = None
    grey: bool = False
    crop_marks: bool = False
    comments: bool = False
    fill: str = "full"
    halves: bool = False

    def __post_init__(self) -> None:
        known = self.paper in PAPERS and self.scale in SCALES and self.fill in FILLS
        if not known or not 0 <= (self.margin or 0.0) <= 60:
            raise BadInput("paper.unknown")


@dataclass(frozen=True, slots=True)
class Placed:
    """One page of paper: its size, the scale and offset of the sheet, and the part it shows.

    ``first`` and ``last`` are the edges of that part on the sheet itself, left and right.
    """

    width: float
    height: float
    scale: float
    dx: float
    dy: float
    first: float
    last: float

    @property
    def left(self) -> float:
        """Where the part that is shown begins on the paper."""
        return self.dx + self.first * self.scale

    @property
    def right(self) -> float:
        """Where the part that is shown ends on the paper."""
        return self.dx + self.last * self.scale


def place(page: PageGeometry, chosen: PaperChoice) -> tuple[Placed, ...]:
    """Return the pages a sheet takes; raises BadInput where true scale would cut it off."""
    if chosen.halves:
        return _halves(page, chosen)
    width, height = PAPERS[chosen.paper]
    if page.width < page.height:
        width, height = height, width
    scale = _scale(page, chosen, width, height)
    dx, dy = (width - page.width * scale) / 2, (height - page.height * scale) / 2
    if chosen.crop_marks and min(dx, dy) < _CROP_ROOM - 0.01:
        raise BadInput("paper.no_room_for_marks", paper=chosen.paper)
    return (Placed(width, height, scale, dx, dy, 0.0, page.width),)


def _scale(page: PageGeometry, chosen: PaperChoice, width: float, height: float) -> float:
    edge = chosen.margin if chosen.margin is not None else 0.0
    inner = 2 * page.margin
    if chosen.scale == "true":
        # The sheet's own margin is white: it may reach beyond the paper.
        high = page.height - inner <= height - 2 * edge + 0.01
        if page.width - inner > width - 2 * edge + 0.01 or not high:
            raise BadInput("paper.too_small", paper=chosen.paper)
        return 1.0
    if chosen.crop_marks:
        room = 2 * max(_CROP_ROOM, edge)
        return min((width - room) / page.width, (height - room) / page.height)
    if chosen.margin is None:
        return min(width / page.width, height / page.height)
    across, down = page.width - inner, page.height - inner
    return min((width - 2 * edge) / across, (height - 2 * edge) / down)


def _halves(page: PageGeometry, chosen: PaperChoice) -> tuple[Placed, ...]:
    height, width = PAPERS[chosen.paper]
    middle = page.width / 2
    edge = chosen.margin if chosen.margin is not None else _HALF_MARGIN
    if chosen.scale == "true":
        if middle - page.margin > width + 0.01 or page.height - 2 * page.margin > height + 0.01:
            raise BadInput("paper.too_small", paper=chosen.paper)
        scale, edge = 1.0, max(0.0, (width - middle) / 2)
        white = min(edge, (height - page.height) / 2) + page.margin
        if chosen.margin is not None and white < chosen.margin:
            raise BadInput("paper.too_small", paper=chosen.paper)
    else:
        scale = min((width - 2 * edge) / middle, (height - 2 * edge) / (page.height - page.margin))
    dy = (height - page.height * scale) / 2
    # The inner edges lie as far from the paper's edge on one page as on the other.
    first = Placed(width, height, scale, width - edge - middle * scale, dy, 0.0, middle)
    other = Placed(width, height, scale, edge - middle * scale, dy, middle, page.width)
    return (first, other)
