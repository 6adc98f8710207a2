"""A line of text as the operators of a PDF: faces, codes of letters, and bold where none is cut."""

from __future__ import annotations

from typing import Any, Final

from gemba.reports import fonts
from gemba.reports.style import TextStyle, rgb

# Codes of letters as a PDF string spells them (ISO 32000-1, 7.3.4.2).
_ESCAPED = {code: f"\\{code:03o}" for code in (*range(32), *range(127, 256))}
_ESCAPED |= {ord(letter): f"\\{letter}" for letter in "()\\"}

_BOLD: Final = frozenset(("semibold", "semibold_italic"))
_STROKE: Final = 0.032
"""The line round a letter that makes it bold, in shares of its size: half of it lies outside."""


def text_code(
    document: Any,
    text: str,
    style: TextStyle,
    x: float,
    y: float,
    *,
    turned: bool,
    grey: bool = False,
) -> str:
    """Return the operators that draw a line of text at a point given in pt; empty for no letters.

    A bold letter of a face that has no bold cut gets a line of its own colour round it.
    """
    red, green, blue = rgb(style.colour, grey=grey)
    ink = f"{red:.3f} {green:.3f} {blue:.3f}"
    bold = style.face in _BOLD
    stroked = False
    code: list[str] = []
    for piece in fonts.pieces(text, style.face, turned):
        thicken = bold and piece.face in fonts.FALLBACKS
        if thicken != stroked:
            width = f"{style.size * _STROKE:.3f}"
            code.append(f"2 Tr {width} w {ink} RG" if thicken else "0 Tr")
            stroked = thicken
        face = fonts.font(piece.face)
        for subset, letters in fonts.code(face, piece.letters, document):
            name = face.getSubsetInternalName(subset, document)
            shown = letters.decode("latin-1").translate(_ESCAPED)
            code.append(f"{name} {style.size:g} Tf ({shown}) Tj")
    if not code:
        return ""
    if stroked:
        code.append("0 Tr")
    return f"BT {ink} rg 1 0 0 1 {x:.3f} {y:.3f} Tm {' '.join(code)} ET"
