"""Labels of forms as prose: the Markdown and HTML that ODK and KoboToolbox allow, and nothing more.

One reader for window and paper. What is understood: headings, bold, italic, links, bullets, and
the tags b, strong, i, em, br, p, li, h1 to h6. Other tags go and their words stay; scripts and
styles go with what is in them. Everything else is letters, so "< 30 min" stays what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Final

from gemba.domain.prose import Paragraph, Run, read_paragraph, write

MOST_LETTERS: Final = 32_767
"""What a cell of a spreadsheet can hold."""

_HIDDEN: Final = 0xF0000  # a private letter for each mark that is meant as a letter
_MARKS: Final = "\\`*_{}[]()#+-.!<>&\"'~|"
_HIDE: Final = str.maketrans({mark: chr(_HIDDEN + ord(mark)) for mark in _MARKS})
_SHOW: Final = {_HIDDEN + ord(mark): mark for mark in _MARKS}
_ESCAPED: Final = re.compile(r"\\([\\`*_{}\[\]()#+\-.!<>&\"'~|])")
_GONE: Final = re.compile(r"<(script|style)\b[^<>]*>.{0,32767}?</\1\s*>", re.I | re.S)
_TAG: Final = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,15})(?:\s[^<>]{0,2000})?/?>")
_BREAKS: Final = frozenset(
    {"br", "p", "div", "li", "ul", "ol", "tr", *(f"h{n}" for n in range(1, 7))}
)
_BOLD, _ITALIC = frozenset({"b", "strong"}), frozenset({"i", "em"})
_LINK: Final = re.compile(r"\[([^\[\]\n]{1,500})\]\(\s*<?([^()\s<>]{1,500})>?\s*\)")
_SAFE: Final = re.compile(r"https?://|mailto:|tel:", re.I)
_HEADING: Final = re.compile(r"\s{0,3}#{1,6}\s+(.*?)\s*#*\s*")
_BULLET: Final = re.compile(r"\s{0,12}[*+-]\s+")
_STRONG: Final = re.compile(r"(?<!\w)__(?=\S)(.{1,500}?)(?<=\S)__(?!\w)")
_STRESSED: Final = re.compile(r"(?<!\w)_(?=\S)([^_]{1,500}?)(?<=\S)_(?!\w)")


def literal(text: str) -> str:
    """An answer that a label quotes, so that none of its letters is read as a mark."""
    return " ".join(text.split("\n")).translate(_HIDE)


def label_prose(label: str) -> str:
    """The label as text of the little language of a box (``gemba.domain.prose``)."""
    return write(label_paragraphs(label))


def label_paragraphs(label: str) -> tuple[Paragraph, ...]:
    """The label as paragraphs, empty lines at both ends left out."""
    text = _ESCAPED.sub(lambda found: found[1].translate(_HIDE), label[:MOST_LETTERS].strip())
    lines = [_paragraph(line) for line in _lines(_GONE.sub("", text))]
    while lines and not lines[0].text.strip():
        lines.pop(0)
    while lines and not lines[-1].text.strip():
        lines.pop()
    return tuple(lines)


Piece = tuple[str, bool, bool]


def _lines(text: str) -> Iterator[list[Piece]]:
    """Lines as pieces of text with the bold and italic of the tags around them."""
    line: list[Piece] = []
    bold = italic = 0
    place = 0
    for tag in (*_TAG.finditer(text), None):
        piece = text[place : tag.start() if tag else len(text)]
        for number, part in enumerate(piece.replace("\r\n", "\n").split("\n")):
            if number:
                yield line
                line = []
            line.append((part, bold > 0, italic > 0))
        if tag is None:
            break
        place = tag.end()
        name, step = tag[2].lower(), -1 if tag[1] else 1
        if name in _BREAKS and any(part.strip() for part, _, _ in line):
            yield line
            line = []
        if name == "li" and step == 1:
            line.append(("- ", False, False))
        if name in _BOLD or (name in _BREAKS and name[0] == "h"):
            bold = max(0, bold + step)
        if name in _ITALIC:
            italic = max(0, italic + step)
    yield line


def _paragraph(pieces: list[Piece]) -> Paragraph:
    start = "".join(part for part, _, _ in pieces)
    heading = _HEADING.fullmatch(start) if len(pieces) == 1 else None
    if heading:
        pieces = [(heading[1], True, pieces[0][2])]
    bullet = _BULLET.match(start)
    if bullet:
        pieces = _without(pieces, bullet.end())
    runs: list[Run] = []
    for part, bold, italic in pieces:
        for run in read_paragraph(
            "\\" + marked if _dashed(marked := _marked(part)) else marked
        ).runs:
            words = unescape(run.text).translate(_SHOW)
            runs.append(Run(words, run.bold or bold, run.italic or italic))
    return Paragraph(tuple(runs), bullet is not None)


def _dashed(text: str) -> bool:
    """Whether the reader would take this piece for a bullet of its own."""
    return text.startswith("- ")


def _without(pieces: list[Piece], letters: int) -> list[Piece]:
    found: list[Piece] = []
    for part, bold, italic in pieces:
        cut = min(letters, len(part))
        letters -= cut
        found.append((part[cut:], bold, italic))
    return found


def _marked(text: str) -> str:
    """Markdown of one line with the stars of prose; what is a backslash there stays a letter."""
    text = text.replace("\\", chr(_HIDDEN + ord("\\")))
    text = _LINK.sub(_link, text)
    text = _STRONG.sub(r"**\1**", text)
    return _STRESSED.sub(r"*\1*", text)


def _link(found: re.Match[str]) -> str:
    words, address = found[1], found[2]
    if not _SAFE.match(address) or words == address:
        return words
    return f"{words} ({address.translate(_HIDE)})"
