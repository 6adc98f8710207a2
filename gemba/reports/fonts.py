"""The faces of paper: the bundled family, its fallbacks, and which letter is drawn by which."""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from bidi import algorithm
from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from gemba.reports.style import Face
from gemba.resources import resource_path

rl_config.useA85 = 0

_CANVAS: Final = "Gemba"
_FILES: Final[dict[str, str]] = {
    "regular": "SourceSans3-Regular.ttf",
    "semibold": "SourceSans3-Semibold.ttf",
    "italic": "SourceSans3-It.ttf",
    "semibold_italic": "SourceSans3-SemiboldIt.ttf",
    "han": "DroidSansFallbackFull.ttf",
    "hebrew": "NotoSansHebrew-Regular.ttf",
    "arabic": "NotoSansArabic-Regular.ttf",
}
FALLBACKS: Final = ("hebrew", "arabic", "han")
"""Faces of other scripts, in the order they are asked; none has a bold or an italic cut here."""
_OBJECT: Final = "\ufffc"
"""A letter without a direction of its own."""
_KEPT_BLANK: Final = {0x09: " ", 0x0A: " ", 0x0D: " ", 0xA0: " ", 0x2028: " ", 0x2029: " "}
# Marks that say how text runs and joins have no picture of their own.
_UNSEEN: Final = frozenset(
    [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF, 0xFE0E, 0xFE0F]
)

# The last entry of a face's map is no letter, and ReportLab tells a reader the wrong code of those
# beyond: what stands there could be seen, and not be found or copied.
_END_OF_MAP: Final = 0xFFFF


@dataclass(frozen=True, slots=True)
class Piece:
    """Letters in the order they are drawn, all of one face."""

    face: str
    letters: str


_made: Final[dict[str, TTFont]] = {}
_making: Final = threading.Lock()


def font(face: str) -> TTFont:
    """Return the parsed face; what a document uses of it is kept per document by ReportLab."""
    made = _made.get(face)
    if made is None:
        # One document must not begin with one copy of a face and go on with another.
        with _making:
            made = _made.get(face) or _made.setdefault(face, _parsed(face))
    return made


def _parsed(face: str) -> TTFont:
    made = TTFont(f"Gemba-{face}", str(resource_path("fonts", _FILES[face])), asciiReadable=0)
    # A sheet that is being written is drawn with the same letters again and again.
    made.face.makeSubset = lru_cache(maxsize=32)(_of_list(made.face.makeSubset))
    made.face.makeSubset = _of_tuple(made.face.makeSubset)
    return made


cutting: Final = threading.Lock()
"""Held while letters are cut out of the faces for a document: a face reads its file from one place
at a time, and reports are drawn on several threads."""


def _of_list(make: Callable[[list[int]], bytes]) -> Callable[[tuple[int, ...]], bytes]:
    return lambda letters: make(list(letters))


def _of_tuple(make: Callable[[tuple[int, ...]], bytes]) -> Callable[[list[int]], bytes]:
    return lambda letters: make(tuple(letters))


def code(face: TTFont, letters: str, doc: object) -> list[tuple[int, bytes]]:
    """Return letters as a document writes them: the number of a subset, and its codes."""
    state = face.state.get(doc)
    if state is not None:
        try:
            codes = [state.assignments[ord(letter)] for letter in letters]
        except KeyError:
            codes = []
        if codes and max(codes) < 256:
            return [(0, bytes(codes))]
    split: list[tuple[int, bytes]] = face.splitString(letters, doc)
    return split


def name_for_canvas() -> str:
    """Return the name a canvas begins with, so that it never falls back to an unembedded face."""
    if _CANVAS not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(
            TTFont(_CANVAS, str(resource_path("fonts", _FILES["regular"])), asciiReadable=0)
        )
    return _CANVAS


@lru_cache(maxsize=16)
def glyphs(face: str) -> dict[int, int]:
    """Return the glyph map of a face."""
    found: dict[int, int] = font(face).face.charToGlyph
    return found


@lru_cache(maxsize=65536)
def advance(letter: str, face: Face) -> float:
    """Return how wide a letter is drawn, in thousandths of the size, with its fallback."""
    return sum(_face_width(piece) for piece in _pieces_of(letter, face))


@lru_cache(maxsize=8192)
def width(text: str, face: Face, size: float) -> float:
    """Return the width of a text in pt, letter by letter: no kerning, no ligatures."""
    return sum(advance(letter, face) for letter in text) * size / 1000


@lru_cache(maxsize=8192)
def pieces(text: str, face: Face, turned: bool = False) -> tuple[Piece, ...]:
    """Return a line of text in the order it is drawn, each piece in the face that has it.

    Right-to-left text is turned by the bidirectional algorithm, unless it was turned before, and
    Arabic joined by its presentation forms. What no face has stands as its code point in brackets.
    """
    shown = text
    if not turned and runs_leftward(text):
        shown = "".join(letter for _index, letter in as_drawn(text, text))
    found: list[Piece] = []
    for letter in shown:
        for piece in _pieces_of(letter, face):
            if found and found[-1].face == piece.face:
                found[-1] = Piece(piece.face, found[-1].letters + piece.letters)
            else:
                found.append(piece)
    return tuple(found)


def runs_leftward(text: str) -> bool:
    """Tell whether a text has letters of a script that runs from right to left."""
    return not text.isascii() and any(
        unicodedata.bidirectional(letter) in ("R", "AL") for letter in text
    )


def begins_leftward(text: str) -> bool:
    """Tell whether a paragraph runs from right to left: its first letter of a direction says so."""
    if text.isascii():
        return False
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


@lru_cache(maxsize=1024)
def as_drawn(line: str, paragraph: str) -> tuple[tuple[int, str], ...]:
    """Return the letters of a line as they stand from left to right, each with its index.

    The paragraph, not the line, decides in which direction the line runs as a whole. The steps
    are those of the Unicode bidirectional algorithm (UAX 9), as python-bidi names them.
    """
    letters = _joined(line)
    text = "".join(_OBJECT if _stands_apart(one) else one for one in letters)
    storage = algorithm.get_empty_storage()
    storage["base_level"] = algorithm.get_base_level(paragraph)
    storage["base_dir"] = "R" if storage["base_level"] else "L"
    algorithm.get_embedding_levels(text, storage)
    for number, letter in enumerate(storage["chars"]):
        letter["index"] = number
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    algorithm.reorder_resolved_levels(storage, False)
    algorithm.apply_mirroring(storage, False)
    return tuple(
        (letter["index"], _as_turned(letters[letter["index"]], letter["ch"]))
        for letter in storage["chars"]
    )


def _as_turned(letter: str, turned: str) -> str:
    """Return the mirror image of a bracket where a face has it; a code point is its own."""
    if turned == _OBJECT or (turned != letter and _in_no_face(turned)):
        return letter
    return turned


def _in_no_face(letter: str) -> bool:
    return _pieces_of(letter, "regular") == (Piece("regular", f"[U+{ord(letter):04X}]"),)


def _stands_apart(letter: str) -> bool:
    """Tell whether the algorithm has no rule for a letter, which then counts as an object.

    Control characters it leaves out; here they stand as their code points. Letters that no
    version of Unicode has yet, and the isolates of its later versions, it does not know.
    """
    unknown = unicodedata.bidirectional(letter) in ("", "LRI", "RLI", "FSI", "PDI")
    return unknown or unicodedata.category(letter) == "Cc"


def _face_width(piece: Piece) -> float:
    face = font(piece.face).face
    return float(sum(face.charWidths.get(ord(one), face.defaultWidth) for one in piece.letters))


@lru_cache(maxsize=65536)
def _pieces_of(letter: str, face: Face) -> tuple[Piece, ...]:
    code = ord(letter)
    if code in _KEPT_BLANK:
        return (Piece(face, _KEPT_BLANK[code]),)
    # Some faces map a control character to a glyph without a picture.
    if unicodedata.category(letter) == "Cc":
        return (Piece(face, f"[U+{code:04X}]"),)
    if code in glyphs(face) and code < _END_OF_MAP:
        return (Piece(face, letter),)
    if letter.isspace():
        # A blank of a width that the face does not have is still a blank.
        return (Piece(face, " "),)
    if code in _UNSEEN or (unicodedata.combining(letter) and code < 0x0370):
        return ()
    for fallback in FALLBACKS:
        if code in glyphs(fallback) and code < _END_OF_MAP:
            return (Piece(fallback, letter),)
    return (Piece(face, f"[U+{code:04X}]"),)


def _joined(text: str) -> str:
    """Replace Arabic letters by the forms they take beside each other, where the face has them."""
    letters = list(text)
    out: list[str] = []
    for at, letter in enumerate(letters):
        forms = _forms().get(letter)
        if forms is None:
            out.append(letter)
            continue
        before = _joins_after(_neighbour(letters, at, -1)) and _joins_before(letter)
        after = _joins_after(letter) and _joins_before(_neighbour(letters, at, +1))
        wanted = (
            ("medial" if after else "final") if before else ("initial" if after else "isolated")
        )
        out.append(forms.get(wanted) or forms.get("isolated") or letter)
    return "".join(out)


def _neighbour(letters: list[str], at: int, step: int) -> str:
    at += step
    while 0 <= at < len(letters) and unicodedata.combining(letters[at]):
        at += step
    return letters[at] if 0 <= at < len(letters) else ""


def _joins_after(letter: str) -> bool:
    return "initial" in _forms().get(letter, {}) or letter == "\u0640"


def _joins_before(letter: str) -> bool:
    return "final" in _forms().get(letter, {}) or letter == "\u0640"


@lru_cache(maxsize=1)
def _forms() -> dict[str, dict[str, str]]:
    """Return each Arabic letter's presentation forms, as the Unicode database names them."""
    forms: dict[str, dict[str, str]] = {}
    for code in range(0xFB50, 0xFEFF):
        parts = unicodedata.decomposition(chr(code)).split()
        if len(parts) == 2 and parts[0] in ("<isolated>", "<initial>", "<medial>", "<final>"):
            base = chr(int(parts[1], 16))
            if code in glyphs("arabic"):
                forms.setdefault(base, {})[parts[0].strip("<>")] = chr(code)
    return forms
