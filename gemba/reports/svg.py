"""Marks as SVG: letters as outlines, so that it looks the same where no face is installed.

Over the outlines lies the same text, unseen: it is found by a search, read aloud and copied.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from gemba.domain.legible import legible
from gemba.reports import fonts
from gemba.reports.ink import Ink
from gemba.reports.marks import (
    BlockMark,
    ChartMark,
    ClipMark,
    Mark,
    PartMark,
    PathMark,
    PictureMark,
    RectMark,
    TableMark,
    TextMark,
)
from gemba.reports.outlines import advance, outline, units
from gemba.reports.style import COLOURS, MM, Colour, TextStyle

_BOLDER: Final = 0.032
"""As on paper: the line that makes a letter bold where its face has no bold cut."""


def draw_svg(
    marks: Sequence[Mark],
    width: float,
    height: float,
    *,
    title: str,
    language: str = "en",
    behind: Sequence[Sequence[Mark]] = (),
) -> bytes:
    """Return marks as one SVG picture of a size in mm, with a title, on white.

    The pages ``behind`` have the same size each and stand below each other under the first.
    """
    writer = _Writer()
    body = "".join(writer.all(marks))
    for number, page in enumerate(behind, 1):
        inside = "".join(writer.all(page))
        body += f'<g transform="translate(0 {number * height:g})">{inside}</g>'
    height *= 1 + len(behind)
    used = "".join(
        f'<path id="{name}" d="{outline(face, letter)}"/>'
        for (face, letter), name in writer.letters.items()
    )
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<svg xmlns="http://www.w3.org/2000/svg" version="1.1" '
        f'width="{width:g}mm" height="{height:g}mm" viewBox="0 0 {width:g} {height:g}" '
        f'xml:lang="{language}"><title>{escape(legible(title))}</title>'
        f"<defs>{used}{''.join(writer.clips)}</defs>"
        f'<rect width="{width:g}" height="{height:g}" fill="{COLOURS["paper"]}"/>{body}</svg>\n'
    )
    return text.encode("utf-8")


class _Writer:
    """Writes marks one by one and keeps the letters and the clips they use."""

    def __init__(self) -> None:
        self.letters: dict[tuple[str, str], str] = {}
        self.clips: list[str] = []
        self._open = False

    def all(self, marks: Iterable[Mark]) -> list[str]:
        """Return every mark as elements; a figure is a group that says what it shows."""
        out: list[str] = []
        for mark in marks:
            out += self._one(mark)
        if self._open:
            out.append("</g>")
            self._open = False
        return out

    def _one(self, mark: Mark) -> list[str]:
        match mark:
            case TextMark():
                return self._text(mark)
            case BlockMark():
                return self._block(mark)
            case PathMark():
                return [_path(mark)]
            case RectMark():
                return [_rect(mark)]
            case PictureMark():
                return [_picture(mark)]
            case ClipMark():
                return [self._clip(mark)]
            case PartMark():
                return self._part(mark)
            case TableMark() | ChartMark():
                return [part for one in mark.marks for part in self._one(one)]

    def _part(self, mark: PartMark) -> list[str]:
        out = ["</g>"] if self._open else []
        self._open = bool(mark.told)
        if mark.told:
            out.append(f'<g role="img" aria-label={quoteattr(legible(mark.told))}>')
        return out

    def _clip(self, mark: ClipMark) -> str:
        if mark.ends:
            return "</g>"
        name = f"clip{len(self.clips)}"
        place = f'x="{mark.x:g}" y="{mark.y:g}" width="{mark.width:g}" height="{mark.height:g}"'
        self.clips.append(f'<clipPath id="{name}"><rect {place}/></clipPath>')
        return f'<g clip-path="url(#{name})">'

    def _block(self, mark: BlockMark) -> list[str]:
        out: list[str] = []
        for number, line in enumerate(mark.lines):
            baseline = mark.top + Ink.baseline_of(mark.style, number)
            width = Ink.text_width(line, mark.style)
            out += self._text(TextMark(mark.x, baseline, width, line, mark.style, shown=line))
        return out

    def _text(self, mark: TextMark) -> list[str]:
        style = mark.style
        x = mark.x
        out: list[str] = []
        for piece in fonts.pieces(mark.shown or mark.text, style.face, mark.turned):
            drawn, wide = self._piece(piece, style, x, mark.baseline)
            out += drawn
            x += wide
        if not mark.text.strip():
            return out
        size = style.size / MM
        out.append(
            f'<text x="{mark.x:.3f}" y="{mark.baseline:.3f}" font-size="{size:.3f}" '
            f'font-family="sans-serif" textLength="{max(0.01, mark.width):.3f}" '
            'lengthAdjust="spacingAndGlyphs" fill="none" stroke="none" pointer-events="all" '
            f'xml:space="preserve">{escape(legible(mark.text))}</text>'
        )
        return out

    def _piece(
        self, piece: fonts.Piece, style: TextStyle, x: float, baseline: float
    ) -> tuple[list[str], float]:
        """Draw letters of one face; return them and how far they reach, in mm."""
        scale = style.size / MM / units(piece.face)
        inside, at = [], 0.0
        for letter in piece.letters:
            if outline(piece.face, letter):
                inside.append(f'<use href="#{self._name(piece.face, letter)}" x="{at:g}"/>')
            at += advance(piece.face, letter)
        colour = COLOURS[style.colour]
        line = ""
        if piece.face in fonts.FALLBACKS and style.face.startswith("semibold"):
            line = f' stroke="{colour}" stroke-width="{units(piece.face) * _BOLDER:g}"'
        place = f"translate({x:.3f} {baseline:.3f}) scale({scale:.7f} {-scale:.7f})"
        if not inside:
            return [], at * scale
        drawn = f'<g transform="{place}" fill="{colour}"{line} aria-hidden="true">'
        return [drawn, *inside, "</g>"], at * scale

    def _name(self, face: str, letter: str) -> str:
        return self.letters.setdefault((face, letter), f"l{len(self.letters)}")


def _ink(stroke: Colour | None, fill: Colour | None, pt: float, dash: Sequence[float] = ()) -> str:
    filled = COLOURS[fill] if fill else "none"
    if stroke is None:
        return f'fill="{filled}"'
    dashed = f' stroke-dasharray="{" ".join(f"{one:g}" for one in dash)}"' if dash else ""
    return f'fill="{filled}" stroke="{COLOURS[stroke]}" stroke-width="{pt / MM:.4f}"{dashed}'


def _path(mark: PathMark) -> str:
    points = " ".join(f"{x:.3f},{y:.3f}" for x, y in mark.points)
    name = "polygon" if mark.close else "polyline"
    look = _ink(mark.stroke, mark.fill, mark.pt, mark.dash)
    if not mark.close and len(mark.points) > 2:
        look += ' stroke-linejoin="round"'
    return f'<{name} points="{points}" {look}/>'


def _rect(mark: RectMark) -> str:
    look = _ink(mark.stroke, mark.fill, mark.pt)
    if mark.round:
        rx, ry = mark.width / 2, mark.height / 2
        place = f'cx="{mark.x + rx:.3f}" cy="{mark.y + ry:.3f}" rx="{rx:.3f}" ry="{ry:.3f}"'
        return f"<ellipse {place} {look}/>"
    place = f'x="{mark.x:.3f}" y="{mark.y:.3f}"'
    size = f'width="{max(0.0, mark.width):.3f}" height="{max(0.0, mark.height):.3f}"'
    return f"<rect {place} {size} {look}/>"


def _picture(mark: PictureMark) -> str:
    from gemba.reports.pictures import for_slide

    data = for_slide(mark.data, mark.width)
    kind = "jpeg" if data.startswith(b"\xff\xd8") else "png"
    place = f'x="{mark.x:.3f}" y="{mark.y:.3f}"'
    size = f'width="{mark.width:.3f}" height="{mark.height:.3f}" preserveAspectRatio="none"'
    return f'<image {place} {size} href="data:image/{kind};base64,{b64encode(data).decode()}"/>'
