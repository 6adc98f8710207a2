"""The little language of a box: paragraphs, bullets, bold, italic, escapes; all else literal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

_MARKED = "\\*-"
_BULLET = "- "
_KEPT = 4_000


@dataclass(frozen=True, slots=True)
class Run:
    """Letters that look alike."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the source as it reads: its runs, and whether it is a bullet."""

    runs: tuple[Run, ...] = ()
    bullet: bool = False

    @property
    def text(self) -> str:
        """The letters without their marks."""
        return "".join(run.text for run in self.runs)


def read(text: str) -> tuple[Paragraph, ...]:
    """Read a text into paragraphs, one for each line; an empty text is one empty paragraph."""
    return tuple(read_paragraph(line) for line in text.split("\n"))


def write(paragraphs: Iterable[Paragraph]) -> str:
    """Write paragraphs so that reading gives the same ones (as tidy leaves them)."""
    return "\n".join(write_paragraph(paragraph) for paragraph in paragraphs)


def read_paragraph(line: str) -> Paragraph:
    """Read one line."""
    # A very long line is not worth the memory of keeping it.
    return _read_short(line) if len(line) <= _KEPT else _read_line(line)


@lru_cache(maxsize=4096)
def _read_short(line: str) -> Paragraph:
    return _read_line(line)


def _read_line(line: str) -> Paragraph:
    bullet = line.startswith(_BULLET)
    return Paragraph(_runs(line[2:] if bullet else line), bullet)


def write_paragraph(paragraph: Paragraph) -> str:
    """Write one line; letters that would be read as marks are escaped."""
    paragraph = tidy(paragraph)
    out: list[str] = []
    bold = italic = False
    for run in paragraph.runs:
        # Bold closes and opens outside italic, so that the marks always nest.
        if italic and (not run.italic or run.bold != bold):
            out.append("*")
            italic = False
        if bold != run.bold:
            out.append("**")
            bold = run.bold
        if run.italic and not italic:
            out.append("*")
            italic = True
        out.append(run.text.replace("\\", "\\\\").replace("*", "\\*"))
    out.append(("*" if italic else "") + ("**" if bold else ""))
    text = "".join(out)
    if paragraph.bullet:
        return _BULLET + text
    # A line that only looks like a bullet keeps its hyphen.
    return "\\" + text if text.startswith(_BULLET) else text


def plain(text: str) -> str:
    """Return the letters of a text without marks, bullets as a hyphen."""
    if "*" not in text and "\\" not in text:
        return text
    return "\n".join(("- " if one.bullet else "") + one.text for one in read(text))


@dataclass(slots=True)
class _Token:
    """Letters, or a mark that is live once it is paired; a mark that stays alone is letters."""

    text: str
    mark: bool = False
    live: bool = False


def _runs(line: str) -> tuple[Run, ...]:
    if "*" not in line and "\\" not in line:
        return (Run(line),) if line else ()
    runs: list[Run] = []
    bold = italic = False
    for token in _tokens(line):
        if token.live and token.text == "**":
            bold = not bold
        elif token.live:
            italic = not italic
        elif runs and (runs[-1].bold, runs[-1].italic) == (bold, italic):
            runs[-1] = Run(runs[-1].text + token.text, bold, italic)
        elif token.text:
            runs.append(Run(token.text, bold, italic))
    return tuple(runs)


def _tokens(line: str) -> list[_Token]:
    tokens: list[_Token] = []
    waiting: list[_Token] = []
    letters: list[str] = []
    at = 0
    while at < len(line):
        letter = line[at]
        if letter == "*":
            if letters:
                tokens.append(_Token("".join(letters)))
                letters = []
            end = at
            while end < len(line) and line[end] == "*":
                end += 1
            closes = at > 0 and not line[at - 1].isspace()
            opens = end < len(line) and not line[end].isspace()
            _marks(tokens, waiting, end - at, closes, opens)
            at = end
        elif letter == "\\" and at + 1 < len(line) and line[at + 1] in _MARKED:
            letters.append(line[at + 1])
            at += 2
        else:
            letters.append(letter)
            at += 1
    if letters:
        tokens.append(_Token("".join(letters)))
    return tokens


def _marks(
    tokens: list[_Token], waiting: list[_Token], stars: int, closes: bool, opens: bool
) -> None:
    """Split a row of stars into marks: what is open is closed first, innermost before outer."""
    while stars:
        inner = waiting[-1].text if waiting else ""
        wide = any(one.text == "**" for one in waiting)
        if stars == 2 and wide and closes:
            text = "**"
        elif inner == "*" and closes and stars != 2:
            text = "*"
        elif inner == "**" and closes and stars >= 2:
            text = "**"
        else:
            text = "**" if stars >= 2 else "*"
        stars -= len(text)
        mark = _Token(text, mark=True)
        tokens.append(mark)
        partner = next((one for one in reversed(waiting) if one.text == text), None)
        # Nothing between two marks means that neither is one.
        if partner is not None and closes and tokens[-2] is not partner:
            partner.live = mark.live = True
            del waiting[waiting.index(partner) :]
        elif partner is None and opens:
            waiting.append(mark)


def tidy(paragraph: Paragraph) -> Paragraph:
    """Return the paragraph as it can be written: no blank at the edge of bold or italic."""
    runs = _merged(paragraph.runs)
    if any(run.bold or run.italic for run in runs):
        runs = _merged(_bare(runs, "italic"))
        runs = _merged(_bare(runs, "bold"))
    return Paragraph(runs, paragraph.bullet)


def _merged(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Put runs that look alike together and leave out empty ones."""
    groups = groupby((run for run in runs if run.text), key=lambda run: (run.bold, run.italic))
    return tuple(Run("".join(run.text for run in group), *look) for look, group in groups)


def _bare(runs: tuple[Run, ...], emphasis: str) -> list[Run]:
    """Take an emphasis off the blanks at both ends of each stretch that has it.

    Bold goes round italic, so a stretch of italic also ends where bold begins or ends.
    """

    def stretch(run: Run) -> tuple[bool, bool]:
        on: bool = getattr(run, emphasis)
        return (on, emphasis == "italic" and run.bold)

    out: list[Run] = []
    for (on, _), group in groupby(runs, key=stretch):
        inside = list(group)
        if on:
            front = _blanks_off(inside, emphasis, front=True)
            back = _blanks_off(inside, emphasis, front=False)
            out += [*front, *inside, *reversed(back)]
        else:
            out += inside
    return out


def _blanks_off(inside: list[Run], emphasis: str, *, front: bool) -> list[Run]:
    """Move the blanks at one end of a stretch out of it, and return them without the emphasis."""
    moved: list[Run] = []
    while inside:
        run = inside[0 if front else -1]
        bare = run.text.lstrip() if front else run.text.rstrip()
        cut = len(run.text) - len(bare)
        blanks = run.text[:cut] if front else run.text[len(bare) :]
        if blanks:
            moved.append(replace(run, text=blanks, **{emphasis: False}))
        if bare:
            inside[0 if front else -1] = replace(run, text=bare)
            break
        del inside[0 if front else -1]
    return moved
