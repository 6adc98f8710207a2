"""A drawing surface in mm from the top left corner, over a page of a PDF."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from gemba.domain.frame import Frame
from gemba.domain.layout import DrawnPart
from gemba.reports import fonts
from gemba.reports.charted import Charted
from gemba.reports.letters import text_code
from gemba.reports.lines import cut, fold
from gemba.reports.pictures import image_reader, in_grey
from gemba.reports.strokes import circle_round, painted, path_through, rectangle
from gemba.reports.structure import Box, Element, Structure
from gemba.reports.style import MM, Colour, TextStyle

Tape = list["str | tuple[float, float, str, TextStyle, bool]"]
"""What was drawn, before letters became the codes of one document."""


class Ink:
    """Draws text, lines and pictures; keeps its own fonts, so that documents do not mix.

    ``fit`` draws a page that was made for one paper on another. With a ``structure`` the document
    says what each mark belongs to; what belongs to none of its elements is an artifact.
    """

    keeps = False
    """Whether what is drawn is kept as marks, of which something else is made."""

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
        structure: Element | None = None,
        grey: bool = False,
        on: date | None = None,
    ) -> None:
        self.grey = grey
        self._out = io.BytesIO()
        self.width = width
        self.height = height
        self.canvas = Canvas(
            self._out,
            pagesize=(width * MM, height * MM),
            invariant=1,
            pageCompression=int(compress),
            pdfVersion=(1, 7),
            lang=language,
            initialFontName=fonts.name_for_canvas(),
        )
        self.canvas.setTitle(title)
        self.canvas.setAuthor(author)
        self.canvas.setSubject(subject)
        self.canvas.setCreator("Gemba")
        self.canvas.setProducer("Gemba")
        if on is not None:
            # The day only: the same sheet of the same day is the same file.
            self.canvas.setDateFormatter(lambda *_now: f"D:{on:%Y%m%d}")
        self.canvas.setViewerPreference("DisplayDocTitle", "true")
        self._pages = 1
        self._tape: Tape | None = None
        self._structure = Structure(structure) if structure is not None else None
        self._element: Element | None = None
        self._open: Element | str = ""
        self._names: list[str] = []
        self._fit = (1.0, 0.0, 0.0)
        self._trace = 0
        self.parts: list[DrawnPart] = []

    def end_part(self, frame: Frame) -> None:
        """Keep what was drawn since the last part as one that lies in a frame.

        Its trace tells it from any other drawing of this process; letters count as they read and
        stand, not by the codes that one document gives them.
        """
        self.parts.append(DrawnPart(frame, self._trace))
        self._trace = 0

    def _leave(self, *mark: object) -> None:
        self._trace = hash((self._trace, mark))

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
        self._leave(x, baseline, text, style, turned)
        document = self.canvas._doc
        code = text_code(
            document, text, style, x * MM, self._y(baseline), turned=turned, grey=self.grey
        )
        if not code:
            return
        self._mark()
        self.canvas._code.append(code)

    def leftward(
        self, right: float, baseline: float, line: str, paragraph: str, style: TextStyle
    ) -> None:
        """Draw a line of a paragraph that runs from right to left, from its right edge on."""
        shown = "".join(letter for _index, letter in fonts.as_drawn(line, paragraph))
        self.text(right, baseline, shown, style, align="right", turned=True)

    def into(self, element: Element | None) -> None:
        """Have what is drawn next belong to a part of the document; None for no part of it."""
        self._element = element

    def box_of(self, x: float, y: float, width: float, height: float) -> Box:
        """Return the corners of a rectangle as a page counts them, in pt from the bottom left."""
        scale, dx, dy = self._fit
        left, low = x * MM * scale + dx, self._y(y + height) * scale + dy
        return (left, low, left + width * MM * scale, low + height * MM * scale)

    def _mark(self) -> None:
        """Begin or end marked content before something is drawn."""
        if self._structure is None:
            return
        wanted = self._element if self._element is not None else "artifact"
        if wanted is self._open:
            return
        self._end_mark()
        if isinstance(wanted, Element):
            number = self._structure.mark(wanted, self._pages - 1)
            self.canvas._code.append(f"/{wanted.kind}<</MCID {number}>>BDC")
        else:
            self.canvas._code.append("/Artifact BMC")
        self._open = wanted

    def _end_mark(self) -> None:
        if self._open:
            self.canvas._code.append("EMC")
        self._open = ""

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
                self._leave(one)
                self._mark()
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
        path = path_through([(x * MM, self._y(y)) for x, y in points], close=close)
        self._add(painted(path, colour, fill, pt=pt, dash=dash, grey=self.grey))

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
        path = rectangle(x * MM, self._y(y + height), width * MM, height * MM)
        self._add(painted(path, stroke, fill, pt=pt, grey=self.grey))

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
        path = circle_round(x * MM, self._y(y), radius * MM)
        self._add(painted(path, stroke, fill, pt=pt, grey=self.grey))

    def image(self, data: bytes, x: float, y: float, width: float, height: float) -> None:
        """Draw a picture into a rectangle; raises OSError when it cannot be read."""
        reader = image_reader(in_grey(data) if self.grey else data)
        self._leave(data, x, y, width, height)
        self._mark()
        self.canvas.drawImage(
            reader, x * MM, self._y(y + height), width * MM, height * MM, mask="auto"
        )

    def clip(self, x: float, y: float, width: float, height: float) -> None:
        """Keep what is drawn until unclip inside a rectangle."""
        path = rectangle(x * MM, self._y(y + height), width * MM, height * MM)
        self._add(f"q {path} W n")

    def unclip(self) -> None:
        """End what clip began."""
        self._add("Q")

    @contextmanager
    def table(self, columns: Sequence[float], rows: Sequence[float]) -> Iterator[None]:
        """Have what is drawn meanwhile be the cells of a table, with the edges of both in mm.

        On a page this changes nothing; a slide makes a table of its own from it.
        """
        yield

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
        """Have what is drawn meanwhile be the data of a chart, its plot a rectangle in mm.

        ``before`` and ``after`` are the room for what is written left and right of the plot. On a
        page this changes nothing; a slide puts a chart of its own there, where it has one.
        """
        yield

    def fit(self, scale: float, dx: float, dy: float, height: float) -> None:
        """Draw what follows, made for a page ``height`` mm high, at a scale and offset (mm)."""
        self.canvas._code.append(f"q {scale:.6f} 0 0 {scale:.6f} {dx * MM:.3f} {dy * MM:.3f} cm")
        self._fit = (scale, dx * MM, dy * MM)
        self.height = height

    def unfit(self, height: float) -> None:
        """End what fit began."""
        self._end_mark()
        self.canvas._code.append("Q")
        self._fit = (1.0, 0.0, 0.0)
        self.height = height

    def link(self, x: float, y: float, width: float, height: float, url: str) -> None:
        """Have a rectangle lead to an address."""
        self.canvas.linkURL(url, self.box_of(x, y, width, height), relative=0, thickness=0)

    def jump(self, x: float, y: float, width: float, height: float, key: str) -> None:
        """Have a rectangle lead to what a bookmark of this document names."""
        self.canvas.linkAbsolute("", key, Rect=self.box_of(x, y, width, height), thickness=0)

    def bookmark(
        self, key: str, title: str, level: int = 0, *, at: tuple[float, float] | None = None
    ) -> None:
        """Add an entry to the outline that leads to this page, or to a point on it in mm."""
        if at is None:
            self.canvas.bookmarkPage(key)
        else:
            left, _low, _right, top = self.box_of(*at, 0.0, 0.0)
            self.canvas.bookmarkPage(key, fit="XYZ", left=left, top=top, zoom=0)
        self.canvas.addOutlineEntry(title, key, level, closed=False)

    def new_page(self) -> None:
        """Go on on another page."""
        self._show_page()
        self._pages += 1

    @property
    def pages(self) -> int:
        """The number of the page that is being drawn, from 1."""
        return self._pages

    def finish(self) -> bytes:
        """End the document and return it."""
        self._show_page()
        if self._structure is not None:
            self._structure.write(self.canvas._doc, self._names)
        with fonts.cutting:
            self.canvas.save()
        return self._out.getvalue()

    def _show_page(self) -> None:
        self._end_mark()
        self._names.append(self.canvas._doc.thisPageName())
        self.canvas.showPage()

    def _y(self, y: float) -> float:
        return (self.height - y) * MM

    def _add(self, code: str) -> None:
        if self._tape is not None:
            self._tape.append(code)
        self._leave(code)
        self._mark()
        code_lines: list[Any] = self.canvas._code
        code_lines.append(code)
