"""How a question that was asked is put: open, closed, leading; for the leader alone.

A question that begins with a verb is answered by yes or no, one that holds an answer leads, and
"why did you" may sound like blame; more than twenty words or two question marks are several
questions (after Schein, Humble Inquiry, 2013). People are never scored by it.
"""

from __future__ import annotations

import re
from typing import Final

OPEN: Final = "open"
CLOSED: Final = "closed"
LEADING: Final = "leading"
BLAMING: Final = "blaming"
STACKED: Final = "stacked"
MOST_WORDS: Final = 20

_VERBS: Final = frozenset(
    ("is", "are", "am", "was", "were", "do", "does", "did", "can", "could", "will", "would",
     "should", "shall", "have", "has", "had", "may", "might", "must", "isn't", "aren't", "wasn't",
     "weren't", "don't", "doesn't", "didn't", "can't", "couldn't", "won't", "wouldn't",
     "shouldn't", "haven't", "hasn't")
)  # fmt: skip
_LEADS: Final = (
    "do you think you should",
    "don't you think",
    "have you tried",
    "have you thought of",
    "have you considered",
    "why don't you",
    "why not just",
    "wouldn't it",
    "shouldn't you",
    "shouldn't we",
    "couldn't you",
    "isn't it",
    "aren't you",
    "don't you",
    "would it not",
    "you should",
    "you agree that",
)
_BLAMES: Final = ("why did you", "why didn't you", "why have you", "why haven't you", "who did")
_WORD: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")


def question_form(text: str) -> str:
    """Return the form of a question, one of the five names above; nothing for no words."""
    plain = " ".join(_WORD.findall(text.casefold().replace("’", "'")))
    words = plain.split()
    if not words:
        return ""
    if any(f" {one} " in f" {plain} " for one in _BLAMES):
        return BLAMING
    if any(f" {one} " in f" {plain} " for one in _LEADS):
        return LEADING
    if len(words) > MOST_WORDS or text.count("?") + text.count("？") > 1:
        return STACKED
    return CLOSED if words[0] in _VERBS else OPEN
