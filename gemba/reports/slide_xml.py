"""Marks as the shapes of a slide (ECMA-376, part 1: DrawingML and PresentationML)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from gemba.domain.legible import legible
from gemba.reports.fonts import begins_leftward
from gemba.reports.marks import (
    BlockMark,
    Mark,
    PathMark,
    PictureMark,
    RectMark,
    TableMark,
    TextMark,
    near,
)
from gemba.reports.style import COLOURS, MM, Colour, TextStyle

EMU_MM: Final = 36_000
"""English metric units in a millimetre."""
_EMU_PT: Final = 12_700
FACE: Final = "Calibri"
"""The face of a slide. Source Sans 3 is on few machines, and what stands in for it may be wider by
a fifth; this one comes with PowerPoint, is a little narrower, and others have one of its widths."""
_LATIN: Final = f'<a:latin typeface="{FACE}" panose="020F0502020204030204" pitchFamily="34"/>'
# The middle of a line lies this share of its size over the baseline, in all usual faces.
_MIDDLE: Final = 0.32
SPACES: Final = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_SPARE: Final = 3.0
_TABLE: Final = "http://schemas.openxmlformats.org/drawingml/2006/table"


@dataclass(frozen=True, slots=True)
class Span:
    """Letters of a paragraph that look alike."""

    text: str
    style: TextStyle


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of a text box: its spans, and how it stands; ``after`` in pt."""

    spans: tuple[Span, ...]
    leading: float
    align: str = "left"
    bullet_mm: float = 0.0
    after: float = 0.0
    leftward: bool = False


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


def _place(x: float, y: float, width: float, height: float, space: str = "a") -> str:
    size = f'<a:ext cx="{max(0, emu(width))}" cy="{max(0, emu(height))}"/>'
    return f'<{space}:xfrm><a:off x="{emu(x)}" y="{emu(y)}"/>{size}</{space}:xfrm>'


def _solid(colour: Colour) -> str:
    return f'<a:solidFill><a:srgbClr val="{COLOURS[colour][1:]}"/></a:solidFill>'


def _line(stroke: Colour | None, pt: float, dash: Sequence[float] = ()) -> str:
    if stroke is None:
        return "<a:ln><a:noFill/></a:ln>"
    dashed = ""
    if dash:
        # In thousandths of a per cent of the width of the line.
        parts = [max(1, round(one * MM / pt * 100_000)) for one in dash]
        pairs = zip(parts[::2], parts[1::2] or parts[::2], strict=False)
        stops = "".join(f'<a:ds d="{on}" sp="{off}"/>' for on, off in pairs)
        dashed = f"<a:custDash>{stops}</a:custDash>"
    return f'<a:ln w="{round(pt * _EMU_PT)}">{_solid(stroke)}{dashed}</a:ln>'


def _look(stroke: Colour | None, fill: Colour | None, pt: float, dash: Sequence[float] = ()) -> str:
    return (_solid(fill) if fill else "<a:noFill/>") + _line(stroke, pt, dash)


def _shape(name: str, place: str, form: str, look: str) -> str:
    return (
        f"<p:sp><p:nvSpPr>{name}<p:cNvSpPr/><p:nvPr/></p:nvSpPr>"
        f"<p:spPr>{place}{form}{look}</p:spPr></p:sp>"
    )


def _preset(form: str) -> str:
    return f'<a:prstGeom prst="{form}"><a:avLst/></a:prstGeom>'


def rect_xml(mark: RectMark, numbers: Numbers) -> str:
    """Return a rectangle or an ellipse."""
    place = _place(mark.x, mark.y, mark.width, mark.height)
    form = _preset("ellipse" if mark.round else "rect")
    name = numbers.named("Circle" if mark.round else "Area")
    return _shape(name, place, form, _look(mark.stroke, mark.fill, mark.pt))


def path_xml(mark: PathMark, numbers: Numbers) -> str:
    """Return a line, or a free form through more than two points."""
    xs, ys = [x for x, _ in mark.points], [y for _, y in mark.points]
    left, top, width, height = min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)
    look = _look(mark.stroke, mark.fill, mark.pt, mark.dash)
    if len(mark.points) == 2:
        (x1, y1), (x2, y2) = mark.points
        place = _place(left, top, width, height)
        if (x2 - x1) * (y2 - y1) < 0:
            place = place.replace("<a:xfrm>", '<a:xfrm flipV="1">')
        look = _line(mark.stroke, mark.pt, mark.dash)
        return (
            f"<p:cxnSp><p:nvCxnSpPr>{numbers.named('Line')}<p:cNvCxnSpPr/><p:nvPr/></p:nvCxnSpPr>"
            f"<p:spPr>{place}{_preset('line')}{look}</p:spPr></p:cxnSp>"
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
    return _shape(numbers.named("Line"), _place(left, top, width, height), form, look)


def _run_look(style: TextStyle) -> str:
    bold = ' b="1"' if style.face.startswith("semibold") else ""
    italic = ' i="1"' if style.face.endswith("italic") else ""
    size = round(style.size * 100)
    return f'<a:rPr lang="en-GB" sz="{size}"{bold}{italic}>{_solid(style.colour)}{_LATIN}</a:rPr>'


def _runs(span: Span) -> str:
    look = _run_look(span.style)
    parts = legible(span.text).replace("\u2028", "\n").split("\n")
    shown = [f"<a:r>{look}<a:t>{escape(part)}</a:t></a:r>" for part in parts]
    return f"<a:br>{look}</a:br>".join(shown)


def paragraph_xml(line: Line) -> str:
    """Return one paragraph; its lines stand exactly ``leading`` pt apart, or as the face has it."""
    # In a paragraph that runs from right to left, left and right change their places.
    align = {"left": "l", "right": "r", "centre": "ctr"}[line.align]
    rtl = ' rtl="1"' if line.leftward else ""
    if line.leftward and line.align != "centre":
        align = "r" if line.align == "left" else "l"
    inset = ""
    bullet = "<a:buNone/>"
    if line.bullet_mm:
        side = "marR" if line.leftward else "marL"
        inset = f' {side}="{emu(line.bullet_mm)}" indent="-{emu(line.bullet_mm)}"'
        bullet = '<a:buChar char="•"/>'
    exact = f'<a:lnSpc><a:spcPts val="{round(line.leading * 100)}"/></a:lnSpc>'
    if not line.leading:
        exact = '<a:lnSpc><a:spcPct val="100000"/></a:lnSpc>'
    before = '<a:spcBef><a:spcPts val="0"/></a:spcBef>'
    after = f'<a:spcAft><a:spcPts val="{round(line.after * 100)}"/></a:spcAft>'
    look = f'<a:pPr{inset} algn="{align}"{rtl}>{exact}{before}{after}{bullet}</a:pPr>'
    inside = "".join(_runs(span) for span in line.spans if span.text)
    last = _run_look(line.spans[-1].style) if line.spans else ""
    return f"<a:p>{look}{inside}{last.replace('a:rPr', 'a:endParaRPr')}</a:p>"


def box_xml(
    frame: tuple[float, float, float, float],
    lines: Iterable[Line],
    numbers: Numbers,
    *,
    name: str = "Text",
    wrap: bool = True,
    middle: bool = False,
    title: bool = False,
) -> str:
    """Return a text box in a frame (x, y, width, height in mm) without margins of its own.

    With ``title`` it is the title of the slide.
    """
    body = (
        f'<a:bodyPr wrap="{"square" if wrap else "none"}" lIns="0" tIns="0" rIns="0" bIns="0" '
        f'anchor="{"ctr" if middle else "t"}"><a:noAutofit/></a:bodyPr><a:lstStyle/>'
    )
    inside = "".join(paragraph_xml(line) for line in lines) or "<a:p/>"
    kind = '<p:cNvSpPr txBox="1"/><p:nvPr/>'
    if title:
        kind = '<p:cNvSpPr/><p:nvPr><p:ph type="title"/></p:nvPr>'
    return (
        f"<p:sp><p:nvSpPr>{numbers.named(name)}{kind}</p:nvSpPr>"
        f"<p:spPr>{_place(*frame)}{_preset('rect')}<a:noFill/></p:spPr>"
        f"<p:txBody>{body}{inside}</p:txBody></p:sp>"
    )


def text_xml(mark: TextMark, numbers: Numbers) -> str:
    """Return one line of text; the edge it hangs on stays where another face is wider."""
    half = mark.style.size * 0.75 / MM
    middle = mark.baseline - mark.style.size * _MIDDLE / MM
    frame = (mark.x, middle - half, mark.width, 2 * half)
    line = _line_of(mark.text, mark.style, mark.align)
    return box_xml(frame, [line], numbers, wrap=False, middle=True)


def _line_of(text: str, style: TextStyle, align: str, leading: float = 0.0) -> Line:
    turned = begins_leftward(text)
    # The edge is one of the page: what hangs on the left begins there, whichever way it runs.
    side = {"left": "right", "right": "left"}.get(align, align) if turned else align
    return Line((Span(text, style),), leading, side, leftward=turned)


def block_xml(mark: BlockMark, numbers: Numbers) -> str:
    """Return lines under each other as one text box that breaks where paper does."""
    high = len(mark.lines) * mark.style.leading / MM
    words = "\n".join(mark.lines)
    line = Line((Span(words, mark.style),), mark.style.leading)
    # As wide as the lines alone would be broken once more by a wider face.
    return box_xml((mark.x, mark.top, mark.width, high), [line], numbers, wrap=False)


def picture_xml(mark: PictureMark, relation: str, numbers: Numbers, told: str = "") -> str:
    """Return a picture that a relation of the slide leads to."""
    return (
        f"<p:pic><p:nvPicPr>{numbers.named('Picture', told)}"
        '<p:cNvPicPr><a:picLocks noChangeAspect="1"/></p:cNvPicPr><p:nvPr/></p:nvPicPr>'
        f'<p:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch>'
        f"</p:blipFill><p:spPr>{_place(mark.x, mark.y, mark.width, mark.height)}"
        f"{_preset('rect')}</p:spPr></p:pic>"
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


def table_xml(mark: TableMark, numbers: Numbers, name: str, told: str) -> str:
    """Return a table; each text stands in the cell it was drawn into, lines are its borders."""
    # The last column has no gap after it in which words of a wider face could stand.
    edges, rows = (*mark.columns[:-1], mark.columns[-1] + _SPARE), mark.rows
    cells = _cells(mark)
    rules = _rules(mark)
    grid = "".join(f'<a:gridCol w="{emu(right - left)}"/>' for left, right in pairwise(edges))
    body = ""
    for number in range(len(rows) - 1):
        inside = "".join(
            _cell(cells.get((number, at), []), rules.get(number), edges[at], edges[at + 1])
            for at in range(len(edges) - 1)
        )
        body += f'<a:tr h="{emu(rows[number + 1] - rows[number])}">{inside}</a:tr>'
    place = _place(edges[0], rows[0], edges[-1] - edges[0], rows[-1] - rows[0], "p")
    return (
        f"<p:graphicFrame {SPACES}><p:nvGraphicFramePr>{numbers.named(name, told)}"
        '<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/>'
        f'</p:nvGraphicFramePr>{place}<a:graphic><a:graphicData uri="{_TABLE}"><a:tbl>'
        f'<a:tblPr firstRow="1"/><a:tblGrid>{grid}</a:tblGrid>{body}</a:tbl></a:graphicData>'
        "</a:graphic></p:graphicFrame>"
    )


def _cells(mark: TableMark) -> dict[tuple[int, int], list[TextMark | BlockMark]]:
    found: dict[tuple[int, int], list[TextMark | BlockMark]] = {}
    for one in mark.marks:
        if isinstance(one, TextMark):
            side = one.x + one.width - 0.5 if one.align == "right" else one.x + 0.5
            where = (one.baseline - 0.5, side)
        elif isinstance(one, BlockMark):
            where = (one.top + 0.5, one.x + min(1.0, one.width / 2))
        else:
            continue
        place = (_between(mark.rows, where[0]), _between(mark.columns, where[1]))
        found.setdefault(place, []).append(one)
    return found


def _between(edges: Sequence[float], at: float) -> int:
    return max(0, sum(edge <= at + 0.01 for edge in edges[1:-1]))


def _rules(mark: TableMark) -> dict[int, PathMark]:
    """Return the line under each row, by the number of the row."""
    found: dict[int, PathMark] = {}
    for one in mark.marks:
        if not is_rule(mark, one) or not isinstance(one, PathMark):
            continue
        y = one.points[0][1]
        for number, edge in enumerate(mark.rows[1:]):
            if abs(edge - y) < 0.3:
                found[number] = one
    return found


def is_rule(table: TableMark, mark: Mark) -> bool:
    """Tell whether a mark is a level line along the edge of a row."""
    if not isinstance(mark, PathMark) or len(mark.points) != 2:
        return False
    (_, y1), (_, y2) = mark.points
    return abs(y1 - y2) < 0.01 and any(abs(edge - y1) < 0.3 for edge in table.rows)


def beyond(table: TableMark) -> list[Mark]:
    """Return what a table cannot hold: shapes, and lines where they reach beyond its columns."""
    found: list[Mark] = []
    for one in table.marks:
        if is_rule(table, one) and isinstance(one, PathMark):
            right = max(x for x, _ in one.points)
            if right > table.columns[-1] + 0.5:
                y = one.points[0][1]
                found.append(replace(one, points=((table.columns[-1], y), (right, y))))
        elif not isinstance(one, TextMark | BlockMark):
            found.append(one)
    return found


def _cell(
    inside: Sequence[TextMark | BlockMark], rule: PathMark | None, left: float, right: float
) -> str:
    lines = [_line_of(*one) for one in _paragraphs(sorted(inside, key=_height))]
    small = Line((Span("", TextStyle("regular", 4, 5)),), 5.0)
    words = "".join(paragraph_xml(line) for line in lines) or paragraph_xml(small)
    body = f"<a:txBody><a:bodyPr/><a:lstStyle/>{words}</a:txBody>"
    none = "".join(f"<a:{side}><a:noFill/></a:{side}>" for side in ("lnL", "lnR", "lnT"))
    under = "<a:lnB><a:noFill/></a:lnB>"
    if rule is not None:
        under = _line(rule.stroke, rule.pt).replace("a:ln", "a:lnB")
    before, after = _insets(inside, left, right)
    room = f'marL="{emu(before)}" marR="{emu(after)}" marT="0" marB="0" anchor="ctr"'
    return f"<a:tc>{body}<a:tcPr {room}>{none}{under}<a:noFill/></a:tcPr></a:tc>"


def _insets(
    inside: Sequence[TextMark | BlockMark], left: float, right: float
) -> tuple[float, float]:
    """Return the white left and right of a cell's words that puts them where paper has them."""
    if not inside:
        return 0.0, 0.0
    first = inside[0]
    align = first.align if isinstance(first, TextMark) else "left"
    if align == "left":
        return max(0.0, first.x - left), 0.0
    if align == "right":
        return 0.0, max(0.0, right - first.x - first.width)
    off = (left + right) / 2 - first.x - first.width / 2
    return max(0.0, -2 * off), max(0.0, 2 * off)


def _paragraphs(
    inside: Sequence[TextMark | BlockMark],
) -> Iterator[tuple[str, TextStyle, str, float]]:
    """Return the paragraphs of a cell; lines that were broken to fit are one again."""
    words, style, align = "", None, "left"
    for one in inside:
        side = one.align if isinstance(one, TextMark) else "left"
        if style is not None and (one.style, side) == (style, align):
            words += ("" if _runs_on(words, one.text) else " ") + one.text
            continue
        if style is not None:
            yield words, style, align, style.leading
        words, style, align = one.text, one.style, side
    if style is not None:
        yield words, style, align, style.leading


def _runs_on(before: str, after: str) -> bool:
    """Tell whether two lines were one without a blank between them."""
    return before[-1:] in "-\u2010\u2013\u2014/ " or min(before[-1:], after[:1]) >= "\u2e80"


def _height(mark: TextMark | BlockMark) -> float:
    return mark.baseline if isinstance(mark, TextMark) else mark.top + 1.0
