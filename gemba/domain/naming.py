"""Finding a person in free text: by name, first or last name, and the forms a language makes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

# Words that stand in a name and name nobody.
_TITLES: Final = frozenset(
    {"dr", "prof", "mr", "mrs", "ms", "miss", "herr", "frau", "sr", "sra", "pan", "pani", "jr"}
)
_VOWELS: Final = frozenset("aeiouyаеёиоуыэюяйьієїαεηιουωāēīōūáéíóúàèìòùäöüëïąęåøæ")
# Scripts written without blanks: a name stands inside a run of other characters.
_UNSPACED: Final = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]"
)
_LONGEST_ENDING: Final = 3
_SENTENCE_END: Final = re.compile(r"[.!?。！？]+[\s\"'”’)]*|\n+")


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a text seems to name a person; ``sure`` when it hardly can mean anything else."""

    start: int
    end: int
    word: str
    sure: bool


@dataclass(frozen=True, slots=True)
class _Form:
    pattern: re.Pattern[str]
    name: str
    whole: bool


class PersonName:
    """One person's name and every form of it that may stand in a text."""

    def __init__(self, name: str) -> None:
        self.name = " ".join(unicodedata.normalize("NFC", name).split())
        tokens = [t for t in re.split(r"[\s\-‐‑]+", self.name) if _names_somebody(t)]
        self._forms: list[_Form] = []
        wholes: list[str] = []
        if " " in self.name:
            between = r"(?:[\s\-‐‑\u00a0]|\\n)+"
            wholes = [between.join(_letters(token) for token in self.name.split())]
            self._forms.append(_Form(_word(wholes[0]), self.name, True))
        for token in sorted(tokens, key=len, reverse=True):
            self._forms += _forms_of(token)
        # Without the ends of words: finds what may hold the name, in raw JSON text as well.
        stems = [_letters(_stem(token)) for token in tokens]
        parts = [_letters(part) for token in tokens for part in _pieces(token)]
        self._any = re.compile("|".join([*wholes, *stems, *parts]) or r"(?!)", re.IGNORECASE)

    def may_stand_in(self, raw: str) -> bool:
        """Tell quickly whether a text may hold the name; it is looked at closely only then."""
        return self._any.search(raw) is not None

    def mentions(self, text: str) -> list[Mention]:
        """Return where a text may name the person, in its order and never overlapping."""
        if not self.may_stand_in(text):
            return []
        found: list[Mention] = []
        for form in self._forms:
            for match in form.pattern.finditer(text):
                start, end = match.span()
                if not any(start < one.end and one.start < end for one in found):
                    found.append(Mention(start, end, match[0], _is_sure(form, match[0])))
        return sorted(found, key=lambda one: one.start)

    def replace(self, text: str, word: str, wanted: Callable[[Mention], bool] | None = None) -> str:
        """Put a neutral word for each mention that is wanted, or for the sure ones."""
        for one in reversed(self.mentions(text)):
            if one.sure if wanted is None else wanted(one):
                text = text[: one.start] + word + text[one.end :]
        return text


def sentence_at(text: str, start: int, end: int, most: int = 160) -> str:
    """Return the sentence around a place in a text, cut to a length with the place in sight."""
    before = 0
    for match in _SENTENCE_END.finditer(text, 0, start):
        before = match.end()
    after = _SENTENCE_END.search(text, end)
    until = after.end() if after else len(text)
    if until - before > most:
        before = max(before, start - most // 2)
        until = min(until, end + most // 2)
    return " ".join(text[before:until].split())


def _names_somebody(token: str) -> bool:
    bare = token.strip(".,;:()\"'")
    if len(bare) < 2 and not _UNSPACED.search(bare):
        return False
    if bare.casefold() in _TITLES:
        return False
    # Particles (von, de, van der) are written small; a script without capitals has none.
    return not (bare.islower() and bare.isascii() and len(bare) <= 3)


def _forms_of(token: str) -> list[_Form]:
    bare = token.strip(".,;:()\"'")
    if _UNSPACED.search(bare):
        return [_Form(re.compile(_letters(piece)), piece, True) for piece in [bare, *_pieces(bare)]]
    stem = _stem(bare)
    ending = rf"\w{{0,{_LONGEST_ENDING + len(bare) - len(stem)}}}(?:['’]\w{{1,2}})?"
    return [
        _Form(_word(_letters(bare) + r"(?:['’]?s|['’])?"), bare, True),
        _Form(_word(_letters(stem) + ending), bare, False),
    ]


def _pieces(token: str) -> list[str]:
    """Split a name without blanks into a family and a given name, which nothing marks."""
    if not _UNSPACED.search(token) or not 3 <= len(token) <= 5:
        return []
    return [token[:2], token[-2:]]


def _stem(token: str) -> str:
    """Take off the vowel that endings of a case replace: Anna, Anny; Мария, Марии."""
    bare = token.strip(".,;:()\"'")
    if len(bare) >= 4 and bare.endswith("ς"):
        return bare[:-2]
    if len(bare) >= 4 and bare[-1].casefold() in _VOWELS:
        return bare[:-1]
    return bare


def _is_sure(form: _Form, word: str) -> bool:
    if word.islower() and not form.name.islower() and " " not in word:
        # "rose", "mark": a small letter says that it is a word and not a name.
        return False
    stem = _stem(form.name).casefold()
    if not form.whole and stem != form.name.casefold() and word.casefold() == stem:
        # "Nor can we": without the vowel of Nora it may be any word.
        return False
    return form.whole or len(word) - len(form.name) <= 2


def _word(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){pattern}(?!\w)", re.IGNORECASE)


def _letters(name: str) -> str:
    """Match a name whether its accents are composed or stand apart."""
    made = []
    for letter in name:
        apart = unicodedata.normalize("NFD", letter)
        made.append(
            re.escape(letter) if apart == letter else f"(?:{re.escape(letter)}|{re.escape(apart)})"
        )
    return "".join(made)
