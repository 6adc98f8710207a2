"""Draws random text on every kind of paper and reads it back, with files and network shut off.

``python -m tests.faults.kit.papers TIMES SEED ANSWER [BROKEN]``. What is altered on the way, the
written list of decision 12, and nothing else:

- blanks of every kind may become another blank, a line's end, or none (lines are broken anew);
- control characters, and letters that no bundled face has, stand as their code point: [U+0007];
- marks that only say how text runs and joins have no picture: U+200B to U+200F, U+202A to U+202E,
  U+2060 to U+206F, U+FEFF, U+FE0E, U+FE0F; nor have combining marks of Latin that the faces lack;
- right-to-left text is joined and turned for the eye, brackets and quotes mirrored: all is there;
- PDFium reads a soft hyphen, and a hyphen at a line's end, as a mark of its own or not at all,
  and a combining mark that stands twice at one place once.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import pypdfium2 as pdfium

from gemba.domain.coaching import Answer, Talk
from gemba.domain.observation import Observation
from gemba.domain.person import Person
from gemba.domain.prose import Paragraph, Run, write_paragraph
from gemba.domain.sheet import Box, Sheet
from gemba.domain.walk import Walk
from gemba.reports import fonts
from gemba.reports.coaching import CoachingRecord, draw_record
from gemba.reports.sheet import SheetFacts, draw_sheet
from gemba.reports.walk import WalkReport, draw_walk
from gemba.words import Words
from tests.data.trial_sheet import TODAY, definition
from tests.faults.kit.broken import break_it

DAY = date(2026, 11, 3)
AT = datetime(2026, 11, 3, 10, 0, tzinfo=UTC)
BEGIN, END = "QZA", "QZE"
FACES = ("regular", "semibold", *fonts.FALLBACKS)
_HYPHENS = "\u00ad\u2010\u2011-\ufffe\x02"
_UNHEARD = _HYPHENS + "".join(map(chr, (*range(0x200B, 0x2010), *range(0x2060, 0x2070), 0xFEFF)))
_RANGES = (
    *((0x20, 0x7F, 40), (0xA0, 0x250, 10), (0x370, 0x500, 8), (0x1E00, 0x1F00, 4)),
    *((0x300, 0x370, 2), (0x2000, 0x2070, 3), (0x20A0, 0x2200, 2), (0x3041, 0x30FF, 4)),
    *((0x4E00, 0x9FA0, 8), (0x5D0, 0x5EB, 2), (0x621, 0x64B, 2), (0x0, 0x20, 1)),
    *((0x7F, 0xA0, 1), (0x1F300, 0x1F600, 1), (0x900, 0xE00, 1), (0xE000, 0xF900, 1)),
    *((0xFF01, 0xFFEF, 1), (0x10000, 0x20000, 1), (0xFDD0, 0xFE10, 1), (0xFFF0, 0x10000, 1)),
)
_MARKUP = ("<b>", "</para>", "<img src='file:///etc/passwd'/>", "&amp;", "&", "<a href='http://x'>")
_MARKUP += ("**", "*", "\\", "- ", "{0}", "%s", "<font color=red>", "<!--", "]]>", "fi", "ffl")


def random_text(chance: Random) -> str:
    """Return up to eighty letters of all scripts, with marks of other languages between them."""
    parts: list[str] = []
    ranges, weights = [one[:2] for one in _RANGES], [one[2] for one in _RANGES]
    for _ in range(chance.randint(1, 12)):
        if chance.random() < 0.2:
            parts.append(chance.choice(_MARKUP))
            continue
        low, high = chance.choices(ranges, weights)[0]
        parts += [chr(chance.randrange(low, high)) for _ in range(chance.randint(1, 6))]
        parts.append(" " * chance.randint(0, 1))
    return "".join(parts)


def on_paper(text: str) -> str:
    """Return what a text reads as on paper, without blanks and hyphens."""
    shown = "".join(_letter(one) for one in text)
    return "".join(one for one in shown if not one.isspace() and one not in _HYPHENS)


def _letter(letter: str) -> str:
    code = ord(letter)
    if code in (0x09, 0x0A, 0x0D):
        return ""
    if unicodedata.category(letter) == "Cc":
        return f"[U+{code:04X}]"
    if letter.isspace():
        return ""
    if 0x200B <= code < 0x2010 or 0x202A <= code < 0x202F or 0x2060 <= code < 0x2070:
        return ""
    if code in (0xFEFF, 0xFE0E, 0xFE0F):
        return ""
    if code < 0xFFFF and any(code in _GLYPHS[face] for face in FACES):
        return letter
    if unicodedata.combining(letter) and code < 0x0370:
        return ""
    return f"[U+{code:04X}]"


_GLYPHS = {face: frozenset(fonts.glyphs(face)) for face in FACES}


def _sheet(text: str, chance: Random) -> bytes:
    bold = chance.random() < 0.3
    parts = text.replace("\r", " ").replace("\n", " ")
    source = write_paragraph(Paragraph((Run(f"{BEGIN}{parts}{END}", bold, False),), False))
    sheet = Sheet(
        id=UUID(int=1),
        definition="ps7",
        title="A problem",
        started_on=DAY,
        boxes=(Box(id="current", text=source),),
    )
    return draw_sheet(
        sheet, _DEFINITION, facts=SheetFacts(), photo=_no_photo, words=_WORDS, today=TODAY
    ).pdf


def _walk(text: str, chance: Random) -> bytes:
    marked = f"{BEGIN}{text}{END}"
    first = chance.random() < 0.5
    walk = Walk(
        id=UUID(int=1),
        purpose=marked if first else "Why do beds wait?",
        walked_on=DAY,
        started_at=AT,
        ended_at=AT,
    )
    seen = Observation(
        id=UUID(int=2), walk_id=walk.id, place=1, seen_on=DAY, saw="" if first else marked
    )
    report = WalkReport(
        walk=walk, area="", observations=() if first else (seen,), promises={}, author=""
    )
    return draw_walk(report, photo=_no_photo, words=_WORDS)


def _record(text: str, chance: Random) -> bytes:
    del chance
    person = Person(id=UUID(int=3), name="Tomas Reyes")
    talk = Talk(
        id=UUID(int=4),
        kind="first",
        learner_id=person.id,
        held_on=DAY,
        answers=(Answer(id="noticing", question="What?", text=f"{BEGIN}{text}{END}"),),
    )
    record = CoachingRecord(
        learner=person, boards=(), talks=(talk,), experiments=(), sheets=(), private=False
    )
    return draw_record(record, words=_WORDS)


_WORDS, _DEFINITION = Words(), definition()
PAPERS: tuple[Callable[[str, Random], bytes], ...] = (_sheet, _walk, _record)


def _no_photo(_key: str) -> bytes:
    return b""


def read_back(pdf: bytes) -> str:
    """Return the letters of a document as PDFium reads them, without blanks and hyphens."""
    document = pdfium.PdfDocument(pdf)
    try:
        found = []
        for page in document:
            words = page.get_textpage()
            found.append(words.get_text_range())
            words.close()
            page.close()
    finally:
        document.close()
    return "".join(one for one in "".join(found) if not one.isspace() and one not in _HYPHENS)


def compare(text: str, read: str) -> str:
    """Return what does not agree, nothing where all does."""
    wanted = on_paper(text)
    if fonts.runs_leftward(text):
        # Turned for the eye, so that only the letters themselves can be compared.
        # Brackets and the like are mirrored.
        missing = Counter(_unmirrored(wanted)) - Counter(_unmirrored(read))
        return f"missing: {dict(missing)}" if missing else ""
    start, end = read.find(BEGIN), read.find(END)
    there = read[start + len(BEGIN) : end]
    if start < 0 or end < 0:
        return "it is not on the paper"
    return "" if _plain(there) == _plain(wanted) else f"reads {there!r}, not {wanted!r}"


def _plain(text: str) -> str:
    """Return letters in one form; a mark that stands twice over its letter is read once."""
    plain: list[str] = []
    marks: set[str] = set()
    for one in unicodedata.normalize("NFKD", text):
        marks = marks if unicodedata.combining(one) or one == "\u034f" else set()
        if one not in marks and not one.isspace() and one not in _UNHEARD:
            plain.append(one)
        marks = marks | {one}
    return "".join(plain)


def _unmirrored(text: str) -> str:
    # PDFium mirrors quotation marks too, and may read a fraction as its numbers.
    return "".join(
        one
        for one in _plain(text)
        if not unicodedata.mirrored(one)
        and not unicodedata.combining(one)
        and unicodedata.category(one) not in ("Pi", "Pf")
        and one not in "/\u2044"
    )


class Shut:
    """Counts and forbids every file opened and every address asked for, while it is on."""

    def __init__(self) -> None:
        self.on = False
        self.touched: list[str] = []
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        watched = event == "open" or event.startswith(("socket.", "urllib.", "subprocess.", "os."))
        if self.on and watched and event != "os.putenv":
            self.touched.append(f"{event} {arguments[:2]!r}"[:200])
            raise PermissionError(f"{event} while drawing")


def main() -> int:
    """Draw, read and compare; write what was found."""
    times, seed, answer, broken = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4:]
    warm = "".join(chr(one) for one in (0x41, 0x5D0, 0x628, 0x4E00, 0x378)) + " **b**"
    for paper in PAPERS:
        read_back(paper(warm, Random(0)))
    for face in FACES:
        fonts.font(face)
    break_it(broken[0] if broken else "")
    shut, failures, held = Shut(), [], 0
    for number in range(times):
        chance = Random(seed + number)
        text = random_text(chance)
        paper = PAPERS[number % len(PAPERS)]
        shut.on = True
        try:
            if broken == ["file"]:
                Path("/etc/hostname").read_bytes()
            what = compare(text, read_back(paper(text, chance)))
        except Exception as error:
            what = f"{type(error).__name__}: {error}"
        finally:
            shut.on = False
        held += not what
        if what:
            told = f"{paper.__name__} of {text!r}: {what}"
            failures.append({"seed": seed + number, "what": told})
    found = {"held": held, "failures": failures[:50], "touched": shut.touched[:50]}
    Path(answer).write_text(json.dumps(found), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
