"""A whole `gemba export sheet`, against LibreOffice turning one slide with the same text into PDF.

The slide is an A3 that lies on its long side and says every line of the sheet's own PDF once, at
the size of the sheet's text. It has none of the sheet's lines, charts and photos.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZipFile

from pypdf import PdfReader

from tests.benchmarks.measuring import PYTHON, Figure, environment, in_turn, wall

_COLUMNS = 4
_SPACES = {
    "office": "office",
    "style": "style",
    "text": "text",
    "draw": "drawing",
    "svg": "svg-compatible",
    "fo": "xsl-fo-compatible",
    "presentation": "presentation",
}
_PAGE = """<office:styles/><office:automatic-styles><style:page-layout style:name="a3">
<style:page-layout-properties fo:page-width="42cm" fo:page-height="29.7cm"
 style:print-orientation="landscape"/></style:page-layout>
<style:style style:name="page" style:family="drawing-page"/></office:automatic-styles>
<office:master-styles><style:master-page style:name="sheet" style:page-layout-name="a3"
 draw:style-name="page"/></office:master-styles>"""
_WORDS = """<office:automatic-styles>
<style:style style:name="words" style:family="paragraph"><style:text-properties
 fo:font-size="10.5pt"/></style:style>
<style:style style:name="frame" style:family="graphic"><style:graphic-properties
 draw:stroke="none" draw:fill="none" draw:auto-grow-height="false"/></style:style>
</office:automatic-styles>"""
_KIND = "application/vnd.oasis.opendocument.presentation"
_MANIFEST = f"""<manifest:manifest manifest:version="1.2"
 xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<manifest:file-entry manifest:full-path="/" manifest:media-type="{_KIND}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>
</manifest:manifest>"""


def measure(sample: Path, work: Path) -> list[Figure]:
    """Measure the export; without LibreOffice there is nothing to compare with and no row."""
    office = shutil.which("soffice")
    if office is None:
        print("whole process, export sheet: left out, since there is no soffice here", flush=True)
        return []
    gemba = [PYTHON, "-m", "gemba", "--data-dir", str(sample)]
    target = work / "sheet.pdf"
    export = [*gemba, "export", "sheet", _fullest(gemba), str(target)]
    wall(export)
    slide = work / "slide.odp"
    _write_slide(slide, _lines(target))
    # A profile of its own, so that neither a running LibreOffice nor its settings matter.
    profile = f"-env:UserInstallation={(work / 'office').as_uri()}"
    convert = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(work)]
    convert.append(str(slide))
    wall(convert)
    _say_the_same(target, work / "slide.pdf")
    ours, theirs = in_turn(lambda: wall(export), lambda: wall(convert), runs=7)
    note = "floor: soffice, one slide with the same text"
    return [Figure("whole process, export sheet", ours, theirs, "s", 0.7, note)]


def _fullest(gemba: list[str]) -> str:
    """Return the id of the sheet that is complete."""
    listed = subprocess.run(
        [*gemba, "list", "sheets", "--json"],
        check=True,
        capture_output=True,
        text=True,
        env=environment(),
    )
    return str(next(row["id"] for row in json.loads(listed.stdout) if row["stage"] != "grasp"))


def _lines(pdf: Path) -> list[str]:
    text = PdfReader(pdf).pages[0].extract_text()
    return [line.strip() for line in text.splitlines() if line.strip()]


def _write_slide(target: Path, lines: list[str]) -> None:
    """Write an OpenDocument presentation of one page that says these lines."""
    each = -(-len(lines) // _COLUMNS)
    frames = []
    for column in range(_COLUMNS):
        words = "".join(
            f'<text:p text:style-name="words">{escape(line)}</text:p>'
            for line in lines[column * each : (column + 1) * each]
        )
        frames.append(
            f'<draw:frame draw:style-name="frame" svg:x="{10 + 100 * column}mm" svg:y="10mm"'
            f' svg:width="98mm" svg:height="277mm"><draw:text-box>{words}</draw:text-box>'
            "</draw:frame>"
        )
    page = (
        f"{_WORDS}<office:body><office:presentation>"
        f'<draw:page draw:name="one" draw:master-page-name="sheet">{"".join(frames)}</draw:page>'
        "</office:presentation></office:body>"
    )
    with ZipFile(target, "w") as out:
        out.writestr("mimetype", _KIND)
        out.writestr("META-INF/manifest.xml", _MANIFEST)
        out.writestr("styles.xml", _document("styles", _PAGE))
        out.writestr("content.xml", _document("content", page))


def _document(kind: str, inside: str) -> str:
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in _SPACES.items()
    )
    whole = f"office:document-{kind}"
    return f'<?xml version="1.0"?><{whole} {names} office:version="1.2">{inside}</{whole}>'


def _say_the_same(sheet: Path, slide: Path) -> None:
    """Raise ValueError unless both papers are one A3 with the same letters."""
    said = []
    for pdf in (sheet, slide):
        (page,) = PdfReader(pdf).pages
        letters = "".join(page.extract_text().split())
        said.append((round(float(page.mediabox.width) / 72 * 25.4), len(letters)))
    if said[0][0] != said[1][0] or abs(said[0][1] - said[1][1]) > said[0][1] / 50:
        raise ValueError(f"the slide does not say what the sheet says: {said}")
