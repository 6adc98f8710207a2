"""The sample A3 to PDF bytes, against the same marks put straight on a ReportLab canvas."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from gemba.app.folders import load_catalog
from gemba.domain.sheet import Sheet
from gemba.reports import fonts
from gemba.reports import ink as ink_module
from gemba.reports.ink import MM, Ink
from gemba.reports.sheet import _drawn as remembered
from gemba.reports.style import rgb
from gemba.services.workspace import Workspace, open_workspace
from gemba.words import Words
from tests.benchmarks.measuring import Figure, in_turn
from tests.benchmarks.sample_of import sample_sheet

_PAGE = (420.0, 297.0)
Mark = Callable[[Canvas], object]


def measure(sample: Path) -> list[Figure]:
    """Measure drawing warm: faces parsed and lines broken before, as while a sheet is written."""
    workspace = open_workspace(sample, load_catalog(sample), Words())
    try:
        sheet = sample_sheet(workspace.sheets.all())
        marks = _recorded(lambda: workspace.exports.draw_sheet(sheet))
        ours, bare = in_turn(
            lambda: _timed(lambda: _drawn(workspace, sheet)),
            lambda: _timed(lambda: _replayed(marks)),
            runs=15,
        )
    finally:
        workspace.close()
    note = f"floor: the same {len(marks)} marks by Canvas methods"
    return [Figure("sample A3 to PDF bytes", ours, bare, "s", 2.0, note)]


def _drawn(workspace: Workspace, sheet: Sheet) -> None:
    # Figures are remembered while a sheet is written; here each one is drawn.
    remembered.clear()
    workspace.exports.draw_sheet(sheet)


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _recorded(draw: Callable[[], object]) -> list[Mark]:
    """Draw once and return every mark as calls that any canvas understands."""
    marks: list[Mark] = []
    real = {name: getattr(Ink, name) for name in ("_set", "image", "_add")}
    real_painted = ink_module.painted
    paths: dict[str, Mark] = {}

    def text(ink: Ink, x: float, baseline: float, text: str, style: Any, turned: bool) -> None:
        y, colour = (ink.height - baseline) * MM, rgb(style.colour)
        at = x * MM
        for piece in fonts.pieces(text, style.face, turned):
            face = fonts.font(piece.face)
            marks.append(_letters(face, style.size, colour, at, y, piece.letters))
            at += pdfmetrics.stringWidth(piece.letters, _known(face), style.size)
        real["_set"](ink, x, baseline, text, style, turned)

    def image(ink: Ink, data: bytes, x: float, y: float, width: float, height: float) -> None:
        place = (x * MM, (ink.height - y - height) * MM, width * MM, height * MM)
        marks.append(lambda c: c.drawImage(ImageReader(io.BytesIO(data)), *place, mask="auto"))
        real["image"](ink, data, x, y, width, height)

    def paint(path: str, stroke: Any, fill: Any, *, pt: float, dash: Any = (), **how: Any) -> str:
        code = real_painted(path, stroke, fill, pt=pt, dash=dash, **how)
        paths[code] = _path(path, stroke, pt, [one * MM for one in dash], fill)
        return code

    def add(ink: Ink, code: str) -> None:
        # What painting made is one path of the canvas.
        marks.append(paths.get(code) or (lambda c: c._code.append(code)))
        real["_add"](ink, code)

    try:
        for name, stand_in in (("_set", text), ("image", image), ("_add", add)):
            setattr(Ink, name, stand_in)
        ink_module.painted = paint
        draw()
    finally:
        for name, method in real.items():
            setattr(Ink, name, method)
        ink_module.painted = real_painted
    return marks


def _known(face: Any) -> str:
    if face.fontName not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(face)
    return str(face.fontName)


def _letters(face: Any, size: float, colour: Any, x: float, y: float, text: str) -> Mark:
    name = _known(face)

    def mark(canvas: Canvas) -> None:
        canvas.setFillColorRGB(*colour)
        canvas.setFont(name, size)
        canvas.drawString(x, y, text)

    return mark


def _path(code: str, stroke: Any, pt: float, dash: list[float], fill: Any) -> Mark:
    steps: list[tuple[str, list[float]]] = []
    numbers: list[float] = []
    for word in code.split():
        if word.isalpha():
            steps.append((word, numbers))
            numbers = []
        else:
            numbers.append(float(word))

    def mark(canvas: Canvas) -> None:
        if stroke is not None:
            canvas.setStrokeColorRGB(*rgb(stroke))
            canvas.setLineWidth(pt)
            canvas.setDash(dash)
        if fill is not None:
            canvas.setFillColorRGB(*rgb(fill))
        path = canvas.beginPath()
        calls = {
            "m": path.moveTo,
            "l": path.lineTo,
            "c": path.curveTo,
            "h": path.close,
            "re": path.rect,
        }
        for step, given in steps:
            if step == "j":
                canvas.setLineJoin(int(given[0]))
            else:
                calls[step](*given)
        canvas.drawPath(path, stroke=int(stroke is not None), fill=int(fill is not None))

    return mark


def _replayed(marks: list[Mark]) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(
        out,
        pagesize=(_PAGE[0] * MM, _PAGE[1] * MM),
        invariant=1,
        pageCompression=1,
        initialFontName=fonts.name_for_canvas(),
    )
    for mark in marks:
        mark(canvas)
    canvas.showPage()
    canvas.save()
    return out.getvalue()
