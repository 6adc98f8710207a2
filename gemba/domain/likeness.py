"""Which sheets speak of the same thing: rare words they share weigh more than common ones."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

MOST_WORDS: Final = 60
_SHORTEST: Final = 4
_STEM: Final = 5
LEAST_SHARED: Final = 2
_COMMON_SHARE: Final = 5
_ALWAYS_RARE: Final = 3
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# Scripts without blanks between words: each two neighbours count as a word.
_UNSPACED: Final = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7ff]+"
)


@dataclass(frozen=True, slots=True)
class Alike:
    """A sheet that shares words, by its key: the words as they were typed, and their weight."""

    key: str
    words: tuple[str, ...]
    weight: float


def telling_words(text: str, common: Collection[str] = ()) -> list[str]:
    """Return the different words of a text that may tell what it is about, in their order.

    Short ones and those of ``common`` are left out; a plural's s is taken off.
    """
    found: dict[str, None] = {}
    plain = unicodedata.normalize("NFC", text).casefold()
    for run in _UNSPACED.findall(plain):
        found.update(dict.fromkeys(run[at : at + 2] for at in range(len(run) - 1)))
    for word in _WORD.findall(_UNSPACED.sub(" ", plain)):
        if len(word) >= _SHORTEST and word not in common:
            found[_stem(word)] = None
        if len(found) >= MOST_WORDS:
            break
    return list(found)[:MOST_WORDS]


def says(text: str, word: str) -> bool:
    """Tell whether a word of telling_words stands in a text, or one that begins with it.

    Accents count for nothing, as in the search.
    """
    plain, wanted = _bare(text), _bare(word)
    if _UNSPACED.search(wanted):
        return wanted in plain
    return re.search(rf"(?<![^\W_]){re.escape(wanted)}", plain) is not None


def _bare(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _stem(word: str) -> str:
    whole = re.split(r"['’]", word)[0]
    long_enough = len(whole) >= _STEM and whole.endswith("s") and not whole.endswith("ss")
    return whole[:-1] if long_enough else whole


def alike(
    said: Mapping[str, Collection[str]], among: Collection[str], total: int, most: int = 3
) -> list[Alike]:
    """Return the sheets among these keys that share most, the nearest first.

    ``said`` tells for each word which sheets say it, of ``total`` there are. A word weighs as its
    inverse document frequency (Robertson and Zaragoza 2009, equation 3.3, with the one added that
    keeps it above 0); one in more than a fifth of the sheets tells nothing. Two shared words are
    the least.
    """
    shared: dict[str, list[tuple[float, str]]] = {}
    for word, keys in said.items():
        count = len(keys)
        if not count or count > max(_ALWAYS_RARE, total / _COMMON_SHARE):
            continue
        weight = math.log(1 + (max(0, total - count) + 0.5) / (count + 0.5))
        for key in keys:
            if key in among:
                shared.setdefault(key, []).append((weight, word))
    found = [
        Alike(
            key,
            tuple(word for _weight, word in sorted(words, key=lambda one: -one[0])),
            sum(weight for weight, _word in words),
        )
        for key, words in shared.items()
        if len(words) >= LEAST_SHARED
    ]
    return sorted(found, key=lambda one: (-one.weight, one.key))[:most]
