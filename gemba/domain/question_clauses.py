"""The clauses of a line: cut where something new may be asked, without the words that open them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from gemba.domain.wording_phrases import sentences, words_of

Word = tuple[str, int, int]
NAME: Final = "name*"
_CUT: Final = re.compile(r"[,;:(–—]|\s-\s")
_ASKING: Final = re.compile(r"[?？]")


@dataclass(frozen=True, slots=True)
class Clause:
    """Words between commas or joiners; ``joiner`` is the word that joins it to those before."""

    words: tuple[Word, ...]
    joiner: str = ""

    @property
    def plain(self) -> tuple[str, ...]:
        """The words alone."""
        return tuple(word for word, _start, _end in self.words)


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of what was noted, in clauses; ``asking`` where a question mark ends it."""

    text: str
    words: tuple[Word, ...]
    clauses: tuple[Clause, ...]
    asking: bool


def lines_of(
    text: str, joiners: frozenset[str], openers: tuple[tuple[str, ...], ...], plain: frozenset[str]
) -> Iterator[Line]:
    """Yield the sentences of a text; ``plain`` are words that are no name, whatever their case."""
    for paragraph in text.splitlines():
        for one in sentences(paragraph):
            words = tuple(_named(one.text, words_of(one.text), plain))
            if words:
                clauses = tuple(_clauses(one.text, words, joiners, openers))
                yield Line(one.text, words, clauses, bool(_ASKING.search(one.text[words[-1][2] :])))


def _named(text: str, words: list[Word], plain: frozenset[str]) -> Iterator[Word]:
    """Yield words, with ``name*`` for each that begins with a capital amid a sentence."""
    for number, (word, start, end) in enumerate(words):
        written = text[start:end]
        numbered = number + 1 < len(words) and words[number + 1][0][:1].isdigit()
        title = written[:1].isupper() and written[1:].islower()
        if number and title and word not in plain and not numbered and not word.endswith("'s"):
            yield (NAME, start, end)
        else:
            yield (word, start, end)


def _clauses(
    text: str,
    words: tuple[Word, ...],
    joiners: frozenset[str],
    openers: tuple[tuple[str, ...], ...],
) -> Iterator[Clause]:
    begin, joiner = 0, ""
    for number in range(1, len(words) + 1):
        ends = number == len(words)
        cut = not ends and bool(_CUT.search(text[words[number - 1][2] : words[number][1]]))
        joined = not ends and words[number][0] in joiners
        if not (ends or cut or joined):
            continue
        part = words[begin:number]
        if part and part[0][0] in joiners:
            joiner, part = part[0][0], part[1:]
        part = without_openers(part, openers)
        if part:
            yield Clause(part, joiner)
            joiner = ""
        begin = number


def without_openers(
    words: tuple[Word, ...], openers: tuple[tuple[str, ...], ...]
) -> tuple[Word, ...]:
    """Return words without those that only lead in; where nothing else stands, all of them."""
    left = words
    while left:
        plain = tuple(word for word, _start, _end in left)
        opener = next((one for one in openers if plain[: len(one)] == one), ())
        if not opener:
            return left
        left = left[len(opener) :]
    return words
