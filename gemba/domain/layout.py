"""Where everything on a sheet lies: what the paper engine tells the screen. Lengths in mm."""

from __future__ import annotations

from dataclasses import dataclass, field

from gemba.domain.frame import Frame


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of a box: which letters of which paragraph, and where its baseline begins.

    ``start`` and ``end`` count the letters of the paragraph without marks; ``over`` tells that
    the line found no room in the box. A ``leftward`` line belongs to a paragraph that runs from
    right to left: ``x`` is then its right end, where it begins.
    """

    paragraph: int
    start: int
    end: int
    x: float
    baseline: float
    bullet: bool = False
    over: bool = False
    leftward: bool = False


@dataclass(frozen=True, slots=True)
class FigureLayout:
    """Where a figure lies; ``cut`` tells that it needs more room than the box has.

    ``unseen`` is how many of its parts were drawn nowhere for want of room, ``left_out`` every
    text of it that does not stand there whole. ``side`` is "beside" or "under" as it was laid out;
    one that ``keeps_shape`` is as high as its width makes it.
    """

    id: str
    frame: Frame
    cut: bool = False
    side: str = "under"
    keeps_shape: bool = False
    unseen: int = 0
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BoxLayout:
    """One box: its frame, the area for its text, its lines and figures.

    ``room`` is the number of lines that would still fit, ``lines_over`` how many are too many.
    """

    id: str
    frame: Frame
    text: Frame
    lines: tuple[TextLine, ...] = ()
    figures: tuple[FigureLayout, ...] = ()
    room: int = 0
    lines_over: int = 0


@dataclass(frozen=True, slots=True)
class DrawnPart:
    """A part of a drawn page; two parts with the same frame and trace look the same."""

    frame: Frame
    trace: int


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """A whole sheet on its own paper, by box id, in reading order."""

    width: float
    height: float
    boxes: dict[str, BoxLayout] = field(default_factory=dict)

    def left_out(self) -> tuple[FigureLayout, ...]:
        """Return the figures of which something found no room, in reading order."""
        figures = (figure for box in self.boxes.values() for figure in box.figures)
        return tuple(figure for figure in figures if figure.unseen or figure.left_out)
