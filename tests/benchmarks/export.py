"""A whole `gemba export sheet`, against LibreOffice turning one slide into a PDF."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

from tests.benchmarks.measuring import PYTHON, Figure, environment, in_turn, wall


def measure(sample: Path, work: Path) -> list[Figure]:
    """Measure the export; without LibreOffice there is nothing to compare with and no row."""
    office = shutil.which("soffice")
    if office is None:
        print("whole process, export sheet: not measured, soffice is not installed", flush=True)
        return []
    gemba = [PYTHON, "-m", "gemba", "--data-dir", str(sample)]
    listed = subprocess.run(
        [*gemba, "list", "sheets", "--json"],
        check=True,
        capture_output=True,
        text=True,
        env=environment(),
    )
    sheet = next(row for row in json.loads(listed.stdout) if row["stage"] != "grasp")
    target = work / "sheet.pdf"
    export = [*gemba, "export", "sheet", sheet["id"], str(target)]
    slide = _slide(work, sheet["id"], gemba)
    convert = [office, "--headless", "--convert-to", "pdf", "--outdir", str(work), str(slide)]
    ours, theirs = in_turn(lambda: wall(export), lambda: wall(convert), runs=5)
    return [
        Figure("whole process, export sheet", ours, theirs, "s", 0.7, "floor: soffice, a slide")
    ]


def _slide(work: Path, sheet_id: str, gemba: list[str]) -> Path:
    """Write a flat OpenDocument presentation whose one slide says what the sheet says."""
    shown = subprocess.run(
        [*gemba, "show", "sheet", sheet_id, "--json"],
        check=True,
        capture_output=True,
        text=True,
        env=environment(),
    )
    boxes = json.loads(shown.stdout)["boxes"]
    frames = "".join(
        f'<draw:frame svg:x="{1 + 20 * (n // 4)}cm" svg:y="{1 + 7 * (n % 4)}cm" svg:width="19cm" '
        f'svg:height="6cm"><draw:text-box><text:p>{_plain(box["text"])}</text:p></draw:text-box>'
        "</draw:frame>"
        for n, box in enumerate(boxes)
    )
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in (
            ("office", "office"),
            ("text", "text"),
            ("draw", "drawing"),
            ("svg", "svg-compatible"),
        )
    )
    target = work / "slide.fodp"
    target.write_text(
        f'<?xml version="1.0"?><office:document {spaces} office:version="1.2" '
        'office:mimetype="application/vnd.oasis.opendocument.presentation"><office:body>'
        f'<office:presentation><draw:page draw:name="one">{frames}</draw:page>'
        "</office:presentation></office:body></office:document>",
        encoding="utf-8",
    )
    return target


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
