"""One line around the words a search found, and where in it they stand.

SQLite's own snippets take seconds in a long text that says a word often.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from gemba.store.search_form import APART, indexed, shown

_BEFORE: Final = 50
_LENGTH: Final = 200
_CHUNK: Final = 8192
_WORD: Final = re.compile(r"[^\W_]+")


class _Folding(dict[int, str]):
    """Maps each character to one character: its base letter, small, as the index compares it."""

    def __missing__(self, code: int) -> str:
        base = unicodedata.normalize("NFD", chr(code))[0].lower()
        folded = base if len(base) == 1 else chr(code)
        self[code] = folded
        return folded


_FOLDING: Final = _Folding()


def fold(text: str) -> str:
    """Fold case and marks, keeping the place of every character."""
    return text.translate(_FOLDING)


def pattern_of(word: str, *, unfinished: bool) -> str:
    """Return the pattern of a word in a folded text, to the end of what an unfinished one begins.

    It is empty for what holds no letter or digit.
    """
    tokens = [re.escape(token) for token in _WORD.findall(fold(indexed(word)))]
    end = r"[^\W_]*" if unfinished else r"(?![^\W_])"
    return r"[\W_]+".join(tokens) + end if tokens else ""


class Finder:
    """Finds the words of one search, or the signs of one without words, in texts of the index."""

    def __init__(self, words: Sequence[str], signs: Sequence[str] = ()) -> None:
        last = len(words) - 1
        found = (pattern_of(word, unfinished=place == last) for place, word in enumerate(words))
        patterns = [one for one in found if one]
        self._pattern = re.compile(rf"(?<![^\W_])(?:{'|'.join(patterns)})") if patterns else None
        if signs:
            self._pattern = re.compile("|".join(re.escape(fold(sign)) for sign in signs))

    def excerpt(self, texts: Sequence[str]) -> tuple[str, tuple[tuple[int, int], ...]]:
        """Return the line around the first place, in the first of the texts that has one."""
        for text in texts:
            at = self._first(text)
            if at is not None:
                return self._line(text, at)
        return self._line(next((text for text in texts if text), ""), 0)

    def _first(self, text: str) -> int | None:
        if self._pattern is None:
            return None
        for start in range(0, len(text), _CHUNK):
            # The chunks overlap, so that no word falls between two.
            found = self._pattern.search(fold(text[start : start + _CHUNK + _LENGTH]))
            if found:
                return start + found.start()
        return None

    def _line(self, text: str, at: int) -> tuple[str, tuple[tuple[int, int], ...]]:
        start = _word_start(text, max(0, at - _BEFORE), at)
        # Twice the room, since what the index put between characters is taken out again.
        piece = text[start : start + 2 * _LENGTH]
        line = shown(piece)[:_LENGTH]
        cut = len(line) < len(shown(text[start : start + 3 * _LENGTH]))
        line = "".join(one if one.isprintable() else " " for one in line).rstrip()
        line = ("…" if start else "") + line + ("…" if cut else "")
        return line, self._marks(line)

    def _marks(self, line: str) -> tuple[tuple[int, int], ...]:
        """Find the words again in the finished line, counted in its own characters."""
        if self._pattern is None:
            return ()
        apart = indexed(line)
        places = [place for place, one in enumerate(apart) if one != APART]
        if len(places) != len(line):
            return ()
        number = {place: index for index, place in enumerate(places)}
        found: list[tuple[int, int]] = []
        for match in self._pattern.finditer(fold(apart)):
            inside = [number[p] for p in range(match.start(), match.end()) if p in number]
            if inside:
                found.append((inside[0], _whole(line, inside[-1] + 1)))
        return tuple(found)


def _whole(line: str, end: int) -> int:
    """Keep the marks that belong to the last letter with it."""
    while end < len(line) and unicodedata.category(line[end]).startswith("M"):
        end += 1
    return end


def _word_start(text: str, start: int, at: int) -> int:
    """Begin at a word rather than in the middle of one."""
    if start == 0:
        return 0
    blank = max(text.find(" ", start, at), text.find("\n", start, at))
    return blank + 1 if blank >= 0 else start
