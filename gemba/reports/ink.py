"""A drawing surface in mm from the top left corner, over a page of a PDF."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Any

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from gemba.reports import fonts
from gemba.reports.lines import fold
from gemba.reports.style import MM, Colour, TextStyle, rgb

Tape = list["str | tuple[float, float, str, TextStyle, bool]"]
"""What was drawn, before letters became the codes of one document."""
# Codes of letters as a PDF string spells them (ISO 32000-1, 7.3.4.2).
_ESCAPED = {code: f"\\{code:03o}" for code in (*range(32), *range(127, 256))}
_ESCAPED |= {ord(letter): f"\\{letter}" for letter in "()\\"}

_JPEG = b"\xff\xd8"
_decoded: set[bytes] = set()


class Ink:
    """Draws text, lines and pictures; keeps its own fonts, so that documents do not mix.

    ``scale`` and the offsets (mm) fit a page drawn for one paper on another.
    """

    def __init__(
        self,
        width: float,
        height: float,
        *,
        title: str,
        author: str = "",
        subject: str = "",
        language: str = "en",
        compress: bool = True,
    ) -> None:
        self._out = io.BytesIO()
        self.width = width
        self.height = height
        self.canvas = Canvas(
            self._out,
            pagesize=(width * MM, height * MM),
            invariant=1,
            pageCompression=int(compress),
            lang=language,
            initialFontName=fonts.name_for_canvas(),
        )
        self.canvas.setTitle(title)
        self.canvas.setAuthor(author)
        self.canvas.setSubject(subject)
        self.canvas.setCreator("Gemba")
        self.canvas.setProducer("Gemba")
        self._pages = 1
        self._tape: Tape | None = None

    @staticmethod
    def text_width(text: str, style: TextStyle) -> float:
        """Return the width of a text in mm."""
        return fonts.width(text, style.face, style.size) / MM

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
        """Draw one line of text and return its width in mm; ``align`` left, right or centre.

        With ``turned`` its letters stand as they are drawn, from left to right.
        """
        wide = self.text_width(text, style)
        if align == "right":
            x -= wide
        elif align == "centre":
            x -= wide / 2
        if self._tape is not None:
            self._tape.append((x, baseline, text, style, turned))
        self._set(x, baseline, text, style, turned)
        return wide

    def _set(self, x: float, baseline: float, text: str, style: TextStyle, turned: bool) -> None:
        code: list[str] = []
        doc = self.canvas._doc
        for piece in fonts.pieces(text, style.face, turned):
            face = fonts.font(piece.face)
            for subset, letters in fonts.code(face, piece.letters, doc):
                name = face.getSubsetInternalName(subset, doc)
                shown = letters.decode("latin-1").translate(_ESCAPED)
                code.append(f"{name} {style.size:g} Tf ({shown}) Tj")
        if code:
            red, green, blue = rgb(style.colour)
            self.canvas._code.append(
                f"BT {red:.3f} {green:.3f} {blue:.3f} rg "
                f"1 0 0 1 {x * MM:.3f} {self._y(baseline):.3f} Tm {' '.join(code)} ET"
            )

    def record(self, draw: Callable[[], int]) -> tuple[int, Tape]:
        """Draw, and return what drawing returned and a tape to play it from; no pictures."""
        tape: Tape = []
        self._tape = tape
        try:
            return draw(), tape
        finally:
            self._tape = None

    def play(self, tape: Tape) -> None:
        """Draw what was recorded, on a page of the same height."""
        for one in tape:
            if isinstance(one, str):
                self.canvas._code.append(one)
            else:
                self._set(*one)

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
        """Draw text in lines of at most ``width`` mm and return the height it took, in mm.

        With ``most``, further lines are not drawn; the last one drawn then ends in an ellipsis.
        """
        lines = fold(text, width, style)
        if most is not None:
            lines = cut(lines, most, width, style)
        for number, line in enumerate(lines):
            self.text(x, top + self.baseline_of(style, number), line, style)
        return len(lines) * style.leading / MM

    @staticmethod
    def baseline_of(style: TextStyle, line: int = 0) -> float:
        """Return how far below the top of a text its line's baseline lies, in mm."""
        # Half of the leading above the em, and the em's ascent as the family draws it.
        return (line * style.leading + (style.leading - style.size) / 2 + style.size * 0.80) / MM

    def line(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        *,
        colour: Colour = "ink",
        pt: float = 0.5,
        dash: Sequence[float] = (),
    ) -> None:
        """Draw a straight line, ``pt`` wide; ``dash`` in mm."""
        self.polyline([(x1, y1), (x2, y2)], colour=colour, pt=pt, dash=dash)

    def polyline(
        self,
        points: Sequence[tuple[float, float]],
        *,
        colour: Colour = "ink",
        pt: float = 0.5,
        dash: Sequence[float] = (),
        close: bool = False,
        fill: Colour | None = None,
    ) -> None:
        """Draw a line through points, closed and filled where asked for."""
        if len(points) < 2:
            return
        path = [f"{points[0][0] * MM:.3f} {self._y(points[0][1]):.3f} m"]
        path += [f"{x * MM:.3f} {self._y(y):.3f} l" for x, y in points[1:]]
        if close:
            path.append("h")
        self._paint(" ".join(path), colour, pt, dash, fill)

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
        """Draw a rectangle from its top left corner."""
        path = f"{x * MM:.3f} {self._y(y + height):.3f} {width * MM:.3f} {height * MM:.3f} re"
        self._paint(path, stroke, pt, (), fill)

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
        """Draw a circle round a centre."""
        r, cx, cy = radius * MM, x * MM, self._y(y)
        k = r * 0.5523
        path = (
            f"{cx + r:.3f} {cy:.3f} m "
            f"{cx + r:.3f} {cy + k:.3f} {cx + k:.3f} {cy + r:.3f} {cx:.3f} {cy + r:.3f} c "
            f"{cx - k:.3f} {cy + r:.3f} {cx - r:.3f} {cy + k:.3f} {cx - r:.3f} {cy:.3f} c "
            f"{cx - r:.3f} {cy - k:.3f} {cx - k:.3f} {cy - r:.3f} {cx:.3f} {cy - r:.3f} c "
            f"{cx + k:.3f} {cy - r:.3f} {cx + r:.3f} {cy - k:.3f} {cx + r:.3f} {cy:.3f} c h"
        )
        self._paint(path, stroke, pt, (), fill)

    def image(self, data: bytes, x: float, y: float, width: float, height: float) -> None:
        """Draw a picture into a rectangle; raises OSError when it cannot be read."""
        reader = ImageReader(io.BytesIO(data))
        if data.startswith(_JPEG):
            _name_by_bytes(reader, data)
        self.canvas.drawImage(
            reader, x * MM, self._y(y + height), width * MM, height * MM, mask="auto"
        )

    def clip(self, x: float, y: float, width: float, height: float) -> None:
        """Keep what is drawn until unclip inside a rectangle."""
        self._add(
            f"q {x * MM:.3f} {self._y(y + height):.3f} {width * MM:.3f} {height * MM:.3f} re W n"
        )

    def unclip(self) -> None:
        """End what clip began."""
        self._add("Q")

    def fit(self, scale: float, dx: float, dy: float, height: float) -> None:
        """Draw what follows, made for a page ``height`` mm high, at a scale and offset (mm)."""
        self._add(f"q {scale:.6f} 0 0 {scale:.6f} {dx * MM:.3f} {dy * MM:.3f} cm")
        self.height = height

    def unfit(self, height: float) -> None:
        """End what fit began."""
        self._add("Q")
        self.height = height

    def bookmark(self, key: str, title: str, level: int = 0) -> None:
        """Add an entry to the outline that leads to this page."""
        self.canvas.bookmarkPage(key)
        self.canvas.addOutlineEntry(title, key, level, closed=False)

    def new_page(self) -> None:
        """Go on on another page."""
        self.canvas.showPage()
        self._pages += 1

    @property
    def pages(self) -> int:
        """The number of the page that is being drawn, from 1."""
        return self._pages

    def finish(self) -> bytes:
        """End the document and return it."""
        self.canvas.showPage()
        self.canvas.save()
        return self._out.getvalue()

    def _y(self, y: float) -> float:
        return (self.height - y) * MM

    def _add(self, code: str) -> None:
        if self._tape is not None:
            self._tape.append(code)
        code_lines: list[Any] = self.canvas._code
        code_lines.append(code)

    def _paint(
        self,
        path: str,
        stroke: Colour | None,
        pt: float,
        dash: Sequence[float],
        fill: Colour | None,
    ) -> None:
        code = ["q"]
        if fill is not None:
            code.append("{:.3f} {:.3f} {:.3f} rg".format(*rgb(fill)))
        if stroke is not None:
            code.append("{:.3f} {:.3f} {:.3f} RG".format(*rgb(stroke)))
            code.append(f"{pt:g} w")
            if dash:
                code.append(f"[{' '.join(f'{one * MM:.3f}' for one in dash)}] 0 d")
        ending = {(True, True): "B", (True, False): "S", (False, True): "f"}
        code += [path, ending.get((stroke is not None, fill is not None), "n"), "Q"]
        self._add(" ".join(code))


def _name_by_bytes(reader: ImageReader, data: bytes) -> None:
    """Name a JPEG by its bytes, which the document holds as they are; decode it once only.

    ReportLab decodes a picture with every drawing to name it by its pixels: half of the time a
    sheet with a photo takes. A picture that cannot be decoded still raises OSError.
    """
    name = sha256(data).digest()
    if name not in _decoded:
        reader.getRGBData()
        _decoded.add(name)
    reader._data, reader._dataA = name, None


def cut(lines: list[str], most: int, width: float, style: TextStyle) -> list[str]:
    """Return at most so many lines; the last then ends in an ellipsis, within ``width`` mm."""
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], _shortened(lines[most - 1], width, style)]


def _shortened(line: str, width: float, style: TextStyle) -> str:
    text = line.rstrip() + " …"
    while len(text) > 2 and Ink.text_width(text, style) > width:
        text = text[:-3].rstrip() + " …"
    return text
