"""Marks as the shapes of a slide (ECMA-376, part 1: DrawingML and PresentationML)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from xml.sax.saxutils import quoteattr

from gemba.domain.legible import legible
from gemba.reports.marks import (
    PathMark,
    PictureMark,
    RectMark,
    near,
)
from gemba.reports.style import COLOURS, MM, Colour

EMU_MM: Final = 36_000
"""English metric units in a millimetre."""
_EMU_PT: Final = 12_700
SPACES: Final = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def emu(mm: float) -> int:
    """Return a length in mm in the units of a slide."""
    return round(near(mm) * EMU_MM)


class Numbers:
    """Counts the shapes of a slide: each has a number and a name of its own."""

    def __init__(self, first: int = 2) -> None:
        self._next = first

    def next(self) -> int:
        """Return a number that no shape has."""
        self._next += 1
        return self._next - 1

    def named(self, name: str, told: str = "") -> str:
        """Return the element that names the next shape, with its text equivalent."""
        number = self.next()
        said = f" descr={quoteattr(legible(told))}" if told else ""
        name = quoteattr(legible(f"{name} {number}"))
        return f'<p:cNvPr id="{number}" name={name}{said}/>'


def place_xml(x: float, y: float, width: float, height: float, space: str = "a") -> str:
    """Return where a shape lies and how large it is, in mm; ``space`` is its prefix."""
    size = f'<a:ext cx="{max(0, emu(width))}" cy="{max(0, emu(height))}"/>'
    return f'<{space}:xfrm><a:off x="{emu(x)}" y="{emu(y)}"/>{size}</{space}:xfrm>'


def solid_xml(colour: Colour) -> str:
    """Return the filling in one colour."""
    return f'<a:solidFill><a:srgbClr val="{COLOURS[colour][1:]}"/></a:solidFill>'


def line_look(stroke: Colour | None, pt: float, dash: Sequence[float] = ()) -> str:
    """Return how a line looks, ``pt`` wide and its dashes in mm; without a colour there is none."""
    if stroke is None:
        return "<a:ln><a:noFill/></a:ln>"
    dashed = ""
    if dash:
        # In thousandths of a per cent of the width of the line.
        parts = [max(1, round(one * MM / pt * 100_000)) for one in dash]
        pairs = zip(parts[::2], parts[1::2] or parts[::2], strict=False)
        stops = "".join(f'<a:ds d="{on}" sp="{off}"/>' for on, off in pairs)
        dashed = f"<a:custDash>{stops}</a:custDash>"
    return f'<a:ln w="{round(pt * _EMU_PT)}">{solid_xml(stroke)}{dashed}</a:ln>'


def _look(stroke: Colour | None, fill: Colour | None, pt: float, dash: Sequence[float] = ()) -> str:
    return (solid_xml(fill) if fill else "<a:noFill/>") + line_look(stroke, pt, dash)


def _shape(name: str, place: str, form: str, look: str) -> str:
    return (
        f"<p:sp><p:nvSpPr>{name}<p:cNvSpPr/><p:nvPr/></p:nvSpPr>"
        f"<p:spPr>{place}{form}{look}</p:spPr></p:sp>"
    )


def preset_xml(form: str) -> str:
    """Return one of the forms that every reader of slides knows."""
    return f'<a:prstGeom prst="{form}"><a:avLst/></a:prstGeom>'


def rect_xml(mark: RectMark, numbers: Numbers) -> str:
    """Return a rectangle or an ellipse."""
    place = place_xml(mark.x, mark.y, mark.width, mark.height)
    form = preset_xml("ellipse" if mark.round else "rect")
    name = numbers.named("Circle" if mark.round else "Area")
    return _shape(name, place, form, _look(mark.stroke, mark.fill, mark.pt))


def path_xml(mark: PathMark, numbers: Numbers) -> str:
    """Return a line, or a free form through more than two points."""
    xs, ys = [x for x, _ in mark.points], [y for _, y in mark.points]
    left, top, width, height = min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)
    look = _look(mark.stroke, mark.fill, mark.pt, mark.dash)
    if len(mark.points) == 2:
        (x1, y1), (x2, y2) = mark.points
        place = place_xml(left, top, width, height)
        if (x2 - x1) * (y2 - y1) < 0:
            place = place.replace("<a:xfrm>", '<a:xfrm flipV="1">')
        look = line_look(mark.stroke, mark.pt, mark.dash)
        return (
            f"<p:cxnSp><p:nvCxnSpPr>{numbers.named('Line')}<p:cNvCxnSpPr/><p:nvPr/></p:nvCxnSpPr>"
            f"<p:spPr>{place}{preset_xml('line')}{look}</p:spPr></p:cxnSp>"
        )
    steps = []
    for at, (x, y) in enumerate(mark.points):
        point = f'<a:pt x="{emu(x - left)}" y="{emu(y - top)}"/>'
        steps.append(f"<a:lnTo>{point}</a:lnTo>" if at else f"<a:moveTo>{point}</a:moveTo>")
    if mark.close:
        steps.append("<a:close/>")
    filled = "" if mark.fill else ' fill="none"'
    form = (
        "<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
        '<a:rect l="0" t="0" r="r" b="b"/><a:pathLst>'
        f'<a:path w="{max(1, emu(width))}" h="{max(1, emu(height))}"{filled}>{"".join(steps)}'
        "</a:path></a:pathLst></a:custGeom>"
    )
    return _shape(numbers.named("Line"), place_xml(left, top, width, height), form, look)


def picture_xml(mark: PictureMark, relation: str, numbers: Numbers, told: str = "") -> str:
    """Return a picture that a relation of the slide leads to."""
    return (
        f"<p:pic><p:nvPicPr>{numbers.named('Picture', told)}"
        '<p:cNvPicPr><a:picLocks noChangeAspect="1"/></p:cNvPicPr><p:nvPr/></p:nvPicPr>'
        f'<p:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch>'
        f"</p:blipFill><p:spPr>{place_xml(mark.x, mark.y, mark.width, mark.height)}"
        f"{preset_xml('rect')}</p:spPr></p:pic>"
    )


def group_xml(
    frame: tuple[float, float, float, float], inside: str, numbers: Numbers, name: str, told: str
) -> str:
    """Return shapes as one group that is moved and sized as a whole."""
    x, y, width, height = (emu(one) for one in frame)
    size = f'<a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/>'
    same = f'<a:chOff x="{x}" y="{y}"/><a:chExt cx="{width}" cy="{height}"/>'
    return (
        f"<p:grpSp {SPACES}><p:nvGrpSpPr>{numbers.named(name, told)}<p:cNvGrpSpPr/><p:nvPr/>"
        f"</p:nvGrpSpPr><p:grpSpPr><a:xfrm>{size}{same}</a:xfrm></p:grpSpPr>{inside}</p:grpSp>"
    )
