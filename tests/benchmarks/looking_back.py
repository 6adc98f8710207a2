"""Looking back on five years of forty learners, against a fiftieth of them; and a year on paper."""

from __future__ import annotations

import io
import json
import os
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from tests.benchmarks.measuring import Figure, median_of, told_by

if TYPE_CHECKING:
    from gemba.app.start import App

_SHARE = 1 / 50
_RUNS = 3
_TIMES = 7
_RARE, _COMMON = "31", "porter"
"""A number that stands in few texts, and a word that begins a fifth of them."""
_STEPS = (
    ("timeline", "a learner's timeline"),
    ("ledger", "a learner's ledger"),
    ("learner", "a learner's page"),
    ("rare", "timeline narrowed by a rare word"),
    ("common", "timeline narrowed by a common word"),
)


def measure(work: Path) -> list[Figure]:
    """Fill both folders and measure each in processes of their own, in turn."""
    from tests.five_years import Size, filled

    many, few = work / "years", work / "years-few"
    for folder, size in ((many, Size()), (few, Size.of(_SHARE))):
        filled(folder, size).close()
    found: dict[Path, list[dict[str, float]]] = {many: [], few: []}
    for _run in range(_RUNS):
        for folder, runs in found.items():
            runs.append(told_by("tests.benchmarks.looking_back", folder))
    rows = []
    for key, said in _STEPS:
        value, floor = (median(one[key] for one in found[folder]) for folder in (many, few))
        note = f"40 learners, 12,000 cycles, 30,000 experiments; floor: a fiftieth, {_RUNS} starts"
        rows.append(Figure(f"{said}, five years", value, floor, "s", 1.5, note))
    ours, theirs = _paper(many)
    note = "pages a second of a learner's year; floor: ReportLab's own paragraphs of that text"
    # A rate: the floor over the value, so that more pages a second are the smaller number.
    rows.append(Figure("a year of coaching on paper", 1 / ours, 1 / theirs, "s", 1.5, note))
    return rows


def look_back(folder: Path) -> dict[str, float]:
    """Open both pages in this process and narrow the timeline; the median seconds of each."""
    from gemba.app.start import App, make_qt

    qt = make_qt()
    app = App(qt, folder, dark=False)
    app.theme.still = True
    session = app.open(folder)
    session.window.resize(1280, 800)
    learner = session.workspace.looking_back.learners()[0][0]
    session.go.to("timeline")
    page: Any = session.window.page("timeline")
    _settled(app, page)

    def timeline() -> None:
        session.go.to("timeline", learner=learner)
        _settled(app, page)

    def narrow(words: str) -> Callable[[], None]:
        def run() -> None:
            page.filter.words.set_text(words)
            page.filter.changed.emit()
            _settled(app, page)

        return run

    def everyone() -> None:
        session.go.to("timeline", coach="Nora Whitfield")
        page.filter.who.set_value("")
        page.filter.changed.emit()
        _settled(app, page)

    def ledger() -> None:
        session.go.to("ledger", learner=learner)
        session.window.grab()

    def one_learner() -> None:
        session.go.to("learner", learner=learner)
        session.window.grab()

    found: dict[str, float] = {}
    for key, before, work in (
        ("timeline", everyone, timeline),
        ("rare", timeline, narrow(_RARE)),
        ("common", timeline, narrow(_COMMON)),
        ("ledger", timeline, ledger),
        ("learner", timeline, one_learner),
    ):
        found[key] = median_of(before, work, _TIMES)
    session.leave()
    return found


def _settled(app: App, page: Any) -> None:
    """Wait until the page shows what was asked for, painted."""
    while app.tasks.busy or page._token is not None:
        app.qt.processEvents()
    page.window().grab()


def _paper(folder: Path) -> tuple[float, float]:
    """Return the pages a second of our history of a year, and of ReportLab with the same text."""
    from pypdf import PdfReader

    from gemba.app.folders import load_catalog
    from gemba.services.workspace import open_workspace
    from gemba.words import Words
    from tests.five_years import LAST_DAY

    work = open_workspace(folder, load_catalog(folder), Words(), write=False)
    try:
        learner = work.looking_back.learners()[0][0]
        first = LAST_DAY - timedelta(365)
        ours, drawn = _rate(lambda: work.exports.record(learner, first=first, last=date.max))
    finally:
        work.close()
    text = [page.extract_text() for page in PdfReader(io.BytesIO(drawn)).pages]
    theirs, _pdf = _rate(lambda: _set(text))
    return ours, theirs


def _rate(draw: Callable[[], bytes]) -> tuple[float, bytes]:
    from pypdf import PdfReader

    pdf = draw()
    pages = len(PdfReader(io.BytesIO(pdf)).pages)
    seconds = []
    for _ in range(_RUNS):
        began = time.perf_counter()
        pdf = draw()
        seconds.append(time.perf_counter() - began)
    return pages / median(seconds), pdf


def _set(pages: list[str]) -> bytes:
    """Let ReportLab set the same lines as paragraphs, in the same face and size."""
    from xml.sax.saxutils import escape

    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    from gemba.resources import resource_path

    face = resource_path("fonts", "SourceSans3-Regular.ttf")
    pdfmetrics.registerFont(TTFont("Floor", str(face)))
    style = ParagraphStyle("text", fontName="Floor", fontSize=10.5, leading=14)
    out = io.BytesIO()
    lines = [Paragraph(escape(line), style) for page in pages for line in page.splitlines()]
    SimpleDocTemplate(out, pagesize=(595, 842), invariant=1).build(lines)
    return out.getvalue()


if __name__ == "__main__":
    print(json.dumps(look_back(Path(sys.argv[1]))), flush=True)
    os._exit(0)
