"""A drawing kept as marks instead of a page: what a slide or a vector picture is made from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import isnan
from typing import Final

from gemba.domain.frame import Frame
from gemba.reports import fonts
from gemba.reports.charted import Charted
from gemba.reports.ink import Ink, Tape
from gemba.reports.lines import cut, fold
from gemba.reports.structure import Box, Element
from gemba.reports.style import MM, Colour, TextStyle

Point = tuple[float, float]
_FAR: Final = 10_000.0


@dataclass(frozen=True, slots=True)
class TextMark:
    """One line of text at its baseline; ``text`` as it is read, ``shown`` as it is drawn.

    ``x`` is the left edge, ``width`` how wide it is, both in mm; ``align`` is the edge that stays
    where a reader's face is wider.
    """

    x: float
    baseline: float
    width: float
    text: str
    style: TextStyle
    align: str = "left"
    shown: str = ""
    turned: bool = False


@dataclass(frozen=True, slots=True)
class BlockMark:
    """A text in lines under each other: the whole text, and the lines it was broken into."""

    x: float
    top: float
    width: float
    text: str
    lines: tuple[str, ...]
    style: TextStyle


@dataclass(frozen=True, slots=True)
class PathMark:
    """A line through points, or a closed shape; dashes in mm, the line's width in pt."""

    points: tuple[Point, ...]
    stroke: Colour | None
    fill: Colour | None
    pt: float
    dash: tuple[float, ...] = ()
    close: bool = False


@dataclass(frozen=True, slots=True)
class RectMark:
    """A rectangle, or with ``round`` the ellipse inside it; lengths in mm."""

    x: float
    y: float
    width: float
    height: float
    stroke: Colour | None
    fill: Colour | None
    pt: float
    round: bool = False


@dataclass(frozen=True, slots=True)
class PictureMark:
    """A picture as its file, in a rectangle in mm."""

    data: bytes
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class ClipMark:
    """What follows shows inside a rectangle only; with ``ends`` the last one ends."""

    x: float = 0.0
    y: float = 0.0
    width: float = 0.0
    height: float = 0.0
    ends: bool = False


@dataclass(slots=True)
class TableMark:
    """Marks that stand in rows and columns: the edges of both in mm, and what was drawn."""

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    marks: list[Mark] = field(default_factory=list)


@dataclass(slots=True)
class ChartMark:
    """The area in which data is drawn, in mm, the marks that draw it, and what they show.

    ``before`` and ``after`` are the room for what is written left and right of it.
    """

    x: float
    y: float
    width: float
    height: float
    before: float
    after: float
    marks: list[Mark] = field(default_factory=list)
    shows: Charted | None = None


@dataclass(frozen=True, slots=True)
class PartMark:
    """What follows is a figure that shows ``told``; without words, no figure any more."""

    told: str


Mark = (
    TextMark
    | BlockMark
    | PathMark
    | RectMark
    | PictureMark
    | ClipMark
    | TableMark
    | ChartMark
    | PartMark
)


def near(mm: float) -> float:
    """Return a length that any file can hold: what lies far off the page stays off it."""
    return 0.0 if isnan(mm) else min(_FAR, max(-_FAR, mm))


class Marks(Ink):
    """Takes what is drawn and keeps it; lengths in mm from the top left corner of the page."""

    keeps = True

    def __init__(self, width: float, height: float) -> None:
        self.width = width
        self.height = height
        self.marks: list[Mark] = []
        self.parts = []
        self._told = ""
        self.grey = False
        self._pages = 1

    def end_part(self, frame: Frame) -> None:
        """Keep nothing: what is kept here are the marks themselves."""

    def text(
        self,
        x: float,
        baseline: float,
        text: str,
        style: TextStyle,
        *,
        align: str = "left",
        turned: bool = False,
    ) -> float:
        wide = self.text_width(text, style)
        x, baseline = near(x), near(baseline)
        left = x - wide if align == "right" else x - wide / 2 if align == "centre" else x
        if text:
            self.marks.append(
                TextMark(left, baseline, wide, text, style, align, shown=text, turned=turned)
            )
        return wide

    def leftward(
        self, right: float, baseline: float, line: str, paragraph: str, style: TextStyle
    ) -> None:
        shown = "".join(letter for _index, letter in fonts.as_drawn(line, paragraph))
        wide = self.text_width(shown, style)
        self.marks.append(
            TextMark(right - wide, baseline, wide, line, style, "right", shown=shown, turned=True)
        )

    def wrapped(
        self,
        x: float,
        top: float,
        width: float,
        text: str,
        style: TextStyle,
        *,
        most: int | None = None,
    ) -> float:
        lines = fold(text, width, style)
        if most is not None:
            lines = cut(lines, most, width, style)
        if text.strip():
            self.marks.append(BlockMark(near(x), near(top), near(width), text, tuple(lines), style))
        return len(lines) * style.leading / MM

    def polyline(
        self,
        points: Sequence[Point],
        *,
        colour: Colour = "ink",
        pt: float = 0.5,
        dash: Sequence[float] = (),
        close: bool = False,
        fill: Colour | None = None,
    ) -> None:
        if len(points) > 1:
            held = tuple((near(x), near(y)) for x, y in points)
            self.marks.append(PathMark(held, colour, fill, pt, tuple(dash), close))

    def rect(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        stroke: Colour | None = "ink",
        fill: Colour | None = None,
        pt: float = 0.5,
    ) -> None:
        place = (near(x), near(y), near(width), near(height))
        self.marks.append(RectMark(*place, stroke, fill, pt))

    def circle(
        self,
        x: float,
        y: float,
        radius: float,
        *,
        stroke: Colour | None = "ink",
        fill: Colour | None = None,
        pt: float = 0.5,
    ) -> None:
        side = near(2 * radius)
        left, top = near(x - radius), near(y - radius)
        self.marks.append(RectMark(left, top, side, side, stroke, fill, pt, round=True))

    def image(self, data: bytes, x: float, y: float, width: float, height: float) -> None:
        from gemba.reports.pictures import image_reader

        image_reader(data)  # raises OSError for what is no picture, as on a page
        place = (near(x), near(y), near(width), near(height))
        self.marks.append(PictureMark(data, *place))

    def clip(self, x: float, y: float, width: float, height: float) -> None:
        self.marks.append(ClipMark(near(x), near(y), near(width), near(height)))

    def unclip(self) -> None:
        self.marks.append(ClipMark(ends=True))

    @contextmanager
    def table(self, columns: Sequence[float], rows: Sequence[float]) -> Iterator[None]:
        """Keep what is drawn meanwhile as the cells of a table with these edges."""
        outer = self.marks
        inside = TableMark(tuple(map(near, columns)), tuple(map(near, rows)))
        self.marks = inside.marks
        try:
            yield
        finally:
            self.marks = outer
            outer.append(inside)

    @contextmanager
    def charted(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        before: float,
        after: float,
        shows: Charted,
    ) -> Iterator[None]:
        """Keep what is drawn meanwhile as the data of a chart whose plot is this rectangle."""
        outer = self.marks
        place = (near(x), near(y), near(width), near(height))
        inside = ChartMark(*place, near(before), near(after), shows=shows)
        self.marks = inside.marks
        try:
            yield
        finally:
            self.marks = outer
            outer.append(inside)

    # What only a page has.

    def into(self, element: Element | None) -> None:
        """Keep where a figure begins and ends; marks belong to no document."""
        told = element.alt if element is not None and element.kind == "Figure" else ""
        if told or (self.marks and self._told):
            self.marks.append(PartMark(told))
        self._told = told

    def box_of(self, x: float, y: float, width: float, height: float) -> Box:
        return (x, y, x + width, y + height)

    def record(self, draw: Callable[[], int]) -> tuple[int, Tape]:
        return draw(), []

    def bookmark(
        self, key: str, title: str, level: int = 0, *, at: tuple[float, float] | None = None
    ) -> None:
        """Marks have no outline."""

    def jump(self, x: float, y: float, width: float, height: float, key: str) -> None:
        """Marks lead nowhere."""

    def link(self, x: float, y: float, width: float, height: float, url: str) -> None:
        """Marks lead nowhere."""
