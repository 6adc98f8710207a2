"""The form in which the index holds a text: scripts without blanks taken apart."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# A character the index copy needs for itself; a text that holds one is found all the same.
APART: Final = "\x01"

# Scripts written without blanks between words: Thai, Lao, Burmese, Khmer, Hangul, kana, Bopomofo,
# Han. unicode61 takes a whole run of them for one word, so each character becomes its own.
_UNSPACED: Final = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3040-\u318f\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc"
    "\U0001aff0-\U0001b16f\U00020000-\U0003ffff]"
)


def indexed(text: str) -> str:
    """Bring a text into the form of the index: composed, unspaced scripts taken apart."""
    plain = unicodedata.normalize("NFC", text).replace(APART, " ").replace("\0", " ")
    return _UNSPACED.sub(lambda match: f"{APART}{match[0]}{APART}", plain)


def shown(text: str) -> str:
    """Take out what indexed() put between characters."""
    return text.replace(APART, "")


def scope_word(kind: str) -> str:
    """Return the word that stands for a kind in the index: one token, never typed by a person."""
    return "kind" + kind.replace("_", "")
