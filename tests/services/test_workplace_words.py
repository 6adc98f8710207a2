"""The word of a vocabulary for a place of work, in the window, on paper and in files."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from gemba.services.workspace import Workspace

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(("vocabulary", "word"), [("plant", "Line"), ("office", "Team")])
def test_paper_and_files_say_it(workspace: Workspace, vocabulary: str, word: str) -> None:
    workspace.vocabularies.choose(vocabulary)
    sheet = workspace.sheets.begin("The press stops twice a shift")
    workspace.sheets.set_people(sheet.id, area="Press 4")
    sheet = workspace.sheets.get(sheet.id)
    assert f"{word}: Press 4" in workspace.exports.files.text(sheet)
    pdf = PdfReader(io.BytesIO(workspace.exports.sheet(sheet.id).pdf))
    text = pdf.pages[0].extract_text()
    assert word in text
    assert "Area" not in text


def test_no_page_calls_a_place_of_work_an_area_or_a_ward() -> None:
    """Whoever works on a line is not asked for a ward: a page takes the word that is in use."""
    told = re.compile(r"tr\(\s*\"[^\"]*\b([Aa]reas?|[Ww]ards?)\b[^\"]*\"")
    for path in sorted((ROOT / "gemba" / "ui").rglob("*.py")):
        if path.name.startswith("gallery"):
            continue
        for found in told.finditer(path.read_text(encoding="utf-8")):
            assert "{area" in found[0] or "Which area?" in found[0], (path.name, found[0])
