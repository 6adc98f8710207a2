"""Addresses in the text of a box lead where they say, on each line they run over."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from gemba.domain.prose import Paragraph
from gemba.reports.boxes import LaidBox
from gemba.reports.ink import Ink
from gemba.reports.lines import face_of
from gemba.reports.style import BOX_TEXT, MM

# What is no letter at the end of an address ends the sentence it stands in.
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"'\\\x00-\x1f]*[^\s<>\"'\\\x00-\x1f.,;:!?)\]}]")
_LONGEST: Final = 2_000


def put_links(ink: Ink, box: LaidBox) -> None:
    """Have every address that is drawn in a box lead there; http and https only."""
    for line in box.layout.lines:
        if line.over:
            return
        paragraph = box.paragraphs[line.paragraph]
        if line.leftward or "://" not in paragraph.text:
            continue
        for found in _ADDRESS.finditer(paragraph.text):
            first, last = max(found.start(), line.start), min(found.end(), line.end)
            if first < last and len(found.group()) <= _LONGEST:
                x = line.x + _wide(paragraph, line.start, first)
                high = BOX_TEXT.leading / MM
                top = line.baseline - 0.75 * high
                ink.link(x, top, _wide(paragraph, first, last), high, found.group())


def _wide(paragraph: Paragraph, first: int, last: int) -> float:
    """Return how wide letters of a paragraph are drawn, in mm."""
    at, wide = 0, 0.0
    for run in paragraph.runs:
        start, end = max(first, at), min(last, at + len(run.text))
        if start < end:
            style = replace(BOX_TEXT, face=face_of(run.bold, run.italic))
            wide += Ink.text_width(run.text[start - at : end - at], style)
        at += len(run.text)
    return wide
