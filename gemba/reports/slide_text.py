"""Text on a slide: paragraphs and the boxes they stand in (ECMA-376, part 1: DrawingML)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

from gemba.domain.legible import legible
from gemba.reports.fonts import begins_leftward
from gemba.reports.marks import BlockMark, TextMark
from gemba.reports.slide_xml import Numbers, emu, place_xml, preset_xml, solid_xml
from gemba.reports.style import MM, TextStyle

FACE: Final = "Calibri"
"""The face of a slide. Source Sans 3 is on few machines, and what stands in for it may be wider by
a fifth; this one comes with PowerPoint, is a little narrower, and others have one of its widths."""
_LATIN: Final = f'<a:latin typeface="{FACE}" panose="020F0502020204030204" pitchFamily="34"/>'
# The middle of a line lies this share of its size over the baseline, in all usual faces.
_MIDDLE: Final = 0.32


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


def _run_look(style: TextStyle) -> str:
    bold = ' b="1"' if style.face.startswith("semibold") else ""
    italic = ' i="1"' if style.face.endswith("italic") else ""
    size = round(style.size * 100)
    return (
        f'<a:rPr lang="en-GB" sz="{size}"{bold}{italic}>{solid_xml(style.colour)}{_LATIN}</a:rPr>'
    )


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
        bullet = '<a:buFont typeface="Arial"/><a:buChar char="•"/>'
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
        f"<p:spPr>{place_xml(*frame)}{preset_xml('rect')}<a:noFill/></p:spPr>"
        f"<p:txBody>{body}{inside}</p:txBody></p:sp>"
    )


def text_xml(mark: TextMark, numbers: Numbers) -> str:
    """Return one line of text; the edge it hangs on stays where another face is wider."""
    half = mark.style.size * 0.75 / MM
    middle = mark.baseline - mark.style.size * _MIDDLE / MM
    frame = (mark.x, middle - half, mark.width, 2 * half)
    line = line_of(mark.text, mark.style, mark.align)
    return box_xml(frame, [line], numbers, wrap=False, middle=True)


def line_of(text: str, style: TextStyle, align: str, leading: float = 0.0) -> Line:
    """Return a line that hangs on an edge of the page, whichever way its words run."""
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
