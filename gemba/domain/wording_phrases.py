"""Sentences and phrases: splitting a text, and finding words in it in one pass over its words.

A phrase is written as words with blanks between. ``stem*`` takes any ending, ``*end`` (not as the
first word) any beginning, ``a|b`` one of several words, ``_`` any one word, and ``^`` in front only
fits where the sentence begins. Case, and the shape of an apostrophe, make no difference. The time
grows with the number of words only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

LONGEST: Final = 1_000
"""Letters after which a sentence that does not end is read as if it did."""
_WORD: Final = re.compile(r"[^\W_]+(?:['’‑-][^\W_]+)*['’]?")
_END: Final = re.compile(r"[.!?…。！？]+[\"”’)\]]*(?=\s|$)|[。！？]")
_QUOTED: Final = re.compile(
    r"“[^“”]{1,2000}”|«[^«»]{1,2000}»|„[^„“”]{1,2000}[“”]|\"[^\"]{1,2000}\""
)
_DIGIT: Final = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a paragraph: its letters from ``start`` to ``end``."""

    text: str
    start: int
    end: int


def unquoted(text: str) -> str:
    """Return a text as long as before, with blanks for what someone else is quoted to have said."""
    if not any(mark in text for mark in '“"«„'):
        return text
    return _QUOTED.sub(lambda found: " " * len(found.group()), text)


def sentences(text: str, abbreviations: frozenset[str] = frozenset()) -> Iterator[Sentence]:
    """Yield the sentences of a paragraph, in order; blanks around them are left out."""
    start = 0
    for stop in _stops(text, abbreviations):
        while stop - start > LONGEST:
            cut = text.rfind(" ", start + 1, start + LONGEST)
            cut = cut if cut > start else start + LONGEST
            yield from _bare(text, start, cut)
            start = cut
        yield from _bare(text, start, stop)
        start = stop


def _stops(text: str, abbreviations: frozenset[str]) -> Iterator[int]:
    for found in _END.finditer(text):
        after = text[found.end() : found.end() + 3].lstrip()
        if found.group() == "." and after[:1].islower():
            continue
        begin = max(text.rfind(" ", max(0, found.start() - 20), found.start()) + 1, 0)
        if found.group() == "." and text[begin : found.start()].casefold() in abbreviations:
            continue
        yield found.end()
    yield len(text)


def _bare(text: str, start: int, end: int) -> Iterator[Sentence]:
    part = text[start:end]
    bare = part.strip()
    if bare:
        begin = start + len(part) - len(part.lstrip())
        yield Sentence(bare, begin, begin + len(bare))


def words_of(text: str) -> list[tuple[str, int, int]]:
    """Return the words of a text as they are compared, with where each begins and ends."""
    return [(_same(found.group()), found.start(), found.end()) for found in _WORD.finditer(text)]


def _same(word: str) -> str:
    return word.casefold().replace("’", "'").replace("‑", "-")


def has_number(text: str, numbers: frozenset[str]) -> bool:
    """Tell whether a text holds a figure or a word that counts as one."""
    if _DIGIT.search(text):
        return True
    return bool(numbers) and any(word in numbers for word, _start, _end in words_of(text))


@dataclass(frozen=True, slots=True)
class _Token:
    exact: frozenset[str]
    stems: tuple[str, ...]
    any_word: bool = False
    ends: tuple[str, ...] = ()

    def fits(self, word: str) -> bool:
        return (
            self.any_word
            or word in self.exact
            or (bool(self.stems) and word.startswith(self.stems))
            or (bool(self.ends) and word.endswith(self.ends))
        )


@dataclass(frozen=True, slots=True)
class _Phrase:
    tokens: tuple[_Token, ...]
    at_start: bool


class Phrases:
    """A set of phrases, found by their first words."""

    def __init__(self, written: Iterable[str]) -> None:
        self._by_word: dict[str, list[_Phrase]] = {}
        self._by_stem: dict[str, list[_Phrase]] = {}
        for text in written:
            phrase = _read(text)
            if phrase is None:
                continue
            for word in phrase.tokens[0].exact:
                self._by_word.setdefault(word, []).append(phrase)
            for stem in phrase.tokens[0].stems:
                self._by_stem.setdefault(stem, []).append(phrase)
        self._lengths = sorted({len(stem) for stem in self._by_stem})

    def find(self, words: list[tuple[str, int, int]]) -> tuple[int, int] | None:
        """Return where the first phrase stands that fits, by letters, the longest if several do."""
        for at, (word, start, _end) in enumerate(words):
            best = 0
            for phrase in self._beginning(word):
                long = len(phrase.tokens)
                if long <= best or (phrase.at_start and at) or at + long > len(words):
                    continue
                if all(token.fits(words[at + step][0]) for step, token in enumerate(phrase.tokens)):
                    best = long
            if best:
                return start, words[at + best - 1][2]
        return None

    def _beginning(self, word: str) -> Iterator[_Phrase]:
        yield from self._by_word.get(word, ())
        for length in self._lengths:
            if length > len(word):
                break
            yield from self._by_stem.get(word[:length], ())


def _read(text: str) -> _Phrase | None:
    parts = text.split()
    at_start = bool(parts) and parts[0] == "^"
    tokens = tuple(_token(part) for part in (parts[1:] if at_start else parts))
    if not tokens or tokens[0].any_word:
        return None
    return _Phrase(tokens, at_start)


def _token(part: str) -> _Token:
    if part == "_":
        return _Token(frozenset(), (), any_word=True)
    choices = [_same(one) for one in part.split("|") if one]
    exact = frozenset(one for one in choices if "*" not in (one[0], one[-1]))
    return _Token(
        exact,
        tuple(one[:-1] for one in choices if one.endswith("*")),
        ends=tuple(one[1:] for one in choices if one.startswith("*")),
    )
