"""A sheet as text and text as a sheet: Markdown (CommonMark 0.31) and plain text, both ways."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from gemba.domain.definition import SheetDefinition
from gemba.domain.figures import Figure
from gemba.domain.figures.data import Cell, DataTable, data_of
from gemba.domain.figures.words import described
from gemba.domain.prose import Paragraph, Run, plain, read, write
from gemba.domain.sheet import Box, Sheet, TrayPiece

Words = Callable[..., str]
Fact = tuple[str, str]

# Every mark CommonMark gives a meaning to inside a line; each may stand after a backslash.
_MARKS: Final = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_ESCAPED: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
# A line that would begin a list, a heading, a quotation or a rule.
_BEGINS: Final = re.compile(r"^(\s*)([-+=>]|\d+(?=[.)]))")
_HEADING: Final = re.compile(r"^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_NUMBERED: Final = re.compile(r"^\(?\d{1,2}[.):]?\s+")
_UNDERLINE: Final = re.compile(r"^\s*(=+|-+|~+)\s*$")
_BULLET: Final = re.compile(r"^\s*[-*+•–·]\s+")


def as_markdown(
    sheet: Sheet,
    definition: SheetDefinition,
    facts: Sequence[Fact],
    words: Words,
    aside: Sequence[TrayPiece] = (),
) -> str:
    """Return a sheet as Markdown: its facts, a heading for each box, figures as their tables.

    ``aside`` is what lies in its tray; it stands last, under a heading of its own.
    """
    out = [f"# {_escaped(_one_line(sheet.title) or words('sheet.untitled'))}", ""]
    out += [f"- {_escaped(name)}: {_escaped(value)}" for name, value in facts if value]
    for box_id in definition.box_frames():
        out += ["", f"## {_escaped(definition.box(box_id).label)}", ""]
        out += _box_as_markdown(sheet.box(box_id), words)
    if aside:
        out += ["", f"## {_escaped(words('sheet_text.aside'))}"]
    for piece in aside:
        out += ["", f"### {_escaped(words('sheet_text.from', box=piece.label))}", ""]
        out += _box_as_markdown(piece.box, words)
    return _tidy(out)


def _box_as_markdown(box: Box, words: Words) -> Iterator[str]:
    if box.text.strip():
        yield from _markdown(read(box.text))
    for figure in box.figures:
        yield ""
        yield from _figure(figure, words)


def as_text(
    sheet: Sheet,
    definition: SheetDefinition,
    facts: Sequence[Fact],
    words: Words,
    aside: Sequence[TrayPiece] = (),
) -> str:
    """Return a sheet as plain text: titles underlined, bullets as hyphens, figures in words.

    ``aside`` is what lies in its tray; it stands last, under a heading of its own.
    """
    title = _one_line(sheet.title) or words("sheet.untitled")
    out = [title, "=" * min(60, len(title)), ""]
    out += [f"{name}: {value}" for name, value in facts if value]
    for box_id in definition.box_frames():
        label = definition.box(box_id).label
        out += ["", label, "-" * len(label), *_box_as_text(sheet.box(box_id), words)]
    if aside:
        head = words("sheet_text.aside")
        out += ["", head, "-" * len(head)]
    for piece in aside:
        label = words("sheet_text.from", box=piece.label)
        out += ["", label, "~" * len(label), *_box_as_text(piece.box, words)]
    return _tidy(out)


def _box_as_text(box: Box, words: Words) -> Iterator[str]:
    if box.text.strip():
        yield from plain(box.text).split("\n")
    for figure in box.figures:
        yield ""
        yield f"[{described(figure, words)}]"


def ending_of(sheet: Sheet, words: Words) -> list[Fact]:
    """Return what stands outside the boxes at the end of a sheet: who signs, and its closing."""
    found = []
    for one in sheet.sign_offs:
        who = ", ".join(part for part in (one.name.strip(), one.role.strip()) if part)
        day = one.on.isoformat() if one.on is not None else words("sheet_text.unsigned")
        found.append((words("sheet_text.signs"), _one_line(f"{who}: {day}")))
    if sheet.closing is not None:
        found.append((words("sheet_text.closed"), sheet.closing.closed_on.isoformat()))
        for name in ("standard", "learned", "next_problem"):
            found.append((words(f"sheet_text.{name}"), _one_line(getattr(sheet.closing, name))))
    return [(name, value) for name, value in found if value]


def _tidy(lines: Sequence[str]) -> str:
    return "\n".join(line.rstrip() for line in lines).strip("\n") + "\n"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _escaped(text: str) -> str:
    return _MARKS.sub(r"\\\1", text)


def _markdown(paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    """Write paragraphs; each is one of its own, bullets stand together."""
    before: Paragraph | None = None
    for one in paragraphs:
        if before is not None and not (before.bullet and one.bullet) and one.text.strip():
            yield ""
        text = "".join(_marked(run) for run in one.runs)
        if one.bullet:
            yield f"- {text}"
        else:
            yield _BEGINS.sub(r"\1\\\2", text) if not text[:1].isdigit() else _dotted(text)
        before = one


def _dotted(text: str) -> str:
    return re.sub(r"^(\d+)([.)])", r"\1\\\2", text)


def _marked(run: Run) -> str:
    mark = ("**" if run.bold else "") + ("*" if run.italic else "")
    bare = run.text.strip()
    if not mark or not bare:
        return _escaped(run.text)
    before, after = run.text.split(bare, 1)
    return f"{before}{mark}{_escaped(bare)}{mark[::-1]}{after}"


def _figure(figure: Figure, words: Words) -> Iterator[str]:
    yield _escaped(described(figure, words))
    for table in data_of(figure, words):
        yield ""
        if table.name:
            yield f"**{_escaped(table.name)}**"
            yield ""
        yield from _table(table)


def _table(table: DataTable) -> Iterator[str]:
    """Write a table with pipes, as GitHub's dialect has it."""
    wide = max([len(table.heads), *(len(row) for row in table.rows)])
    heads = [*table.heads, *[""] * wide][:wide]
    yield f"| {' | '.join(_cell(one) for one in heads)} |"
    yield "|" + "---|" * wide
    for row in table.rows:
        yield f"| {' | '.join(_cell(one) for one in [*row, *[None] * wide][:wide])} |"


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    # Fifteen digits are all that a number of eight bytes surely holds of what was typed.
    text = f"{value:.15g}" if isinstance(value, float) else str(value)
    return _escaped(text).replace("\r", "").replace("\n", "<br>")


@dataclass(frozen=True, slots=True)
class TextParts:
    """What a text holds for each box, by its id, and what belongs to none of them.

    Each piece of the rest has the heading it stood under, or none.
    """

    boxes: dict[str, str]
    pieces: tuple[tuple[str, str], ...]

    @property
    def rest(self) -> str:
        """All that belongs to no box, with its headings."""
        return "\n".join(part for piece in self.pieces for part in piece if part)


def parts_of(text: str, definition: SheetDefinition) -> TextParts:
    """Share out a text: a heading that is a box's label begins what goes into that box.

    Such a heading is a line of its own: the label, also after # or a number, with a colon after it
    or a line under it. What stands before the first, and under headings nobody knows, is the rest.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff").split("\n")
    named = {_key(box.label): box.id for box in definition.boxes}
    marked = any(_HEADING.match(line) for line in lines)
    found: dict[tuple[str, str], list[str]] = {}
    current = ("", "")
    skip = False
    for number, line in enumerate(lines):
        if skip:
            skip = False
            continue
        after = lines[number + 1] if number + 1 < len(lines) else ""
        heading = _heading(line, after)
        if heading is None:
            found.setdefault(current, []).append(_paragraph(line, marked))
            continue
        underlined, words = heading
        known = named.get(_key(words))
        if known is not None:
            current, skip = (known, ""), underlined
        elif underlined or _HEADING.match(line):
            # A heading nobody knows begins a piece of its own.
            current, skip = ("", _ESCAPED.sub(r"\1", words).strip()), underlined
            found.setdefault(current, [])
        else:
            found.setdefault(current, []).append(_paragraph(line, marked))
    held = {key: "\n".join(part).strip("\n") for key, part in found.items()}
    boxes = {box: words for (box, _), words in held.items() if box and words.strip()}
    rest = ((head, words) for (box, head), words in held.items() if not box)
    return TextParts(boxes, tuple(one for one in rest if "".join(one).strip()))


def _heading(line: str, after: str) -> tuple[bool, str] | None:
    """Return whether a heading is underlined, and its words; None for a line of text."""
    if not line.strip():
        return None
    match = _HEADING.match(line)
    if match:
        return False, match.group(2)
    underlined = bool(_UNDERLINE.match(after)) and len(after.strip()) > 1
    if len(line) <= 80 and not _BULLET.match(line):
        return underlined, line
    return None


def _key(words: str) -> str:
    """Return a heading as it is compared: without number, marks, colon and capital letters."""
    bare = _ESCAPED.sub(r"\1", words).strip().strip("*_ ").rstrip(":").strip("*_ ")
    return " ".join(_NUMBERED.sub("", bare).split()).casefold()


def _paragraph(line: str, marked: bool) -> str:
    """Return a line in the language of a box; in plain text no sign has a meaning."""
    bullet = _BULLET.match(line)
    if marked:
        text = _ESCAPED.sub(lambda one: one.group() if one[1] in "\\*-" else one[1], line)
        return f"- {text[bullet.end() :]}" if bullet else text
    text = line[bullet.end() :] if bullet else line
    return write([Paragraph((Run(text),) if text else (), bullet is not None)])


def joined(held: str, added: str) -> str:
    """Return a box's text with more under it; nothing that stood there goes."""
    if not added.strip():
        return held
    return f"{held.rstrip()}\n{added}" if held.strip() else added
