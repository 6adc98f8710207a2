"""What tells questions apart, as data of a language: its question words, verbs and phrases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from gemba.domain.definition_checks import DefinitionError, check_text

_GAP: Final = "..."
_WIDEST: Final = 4
"""Words that may stand at most where a phrase has three dots."""


@dataclass(frozen=True, slots=True)
class WordClass:
    """Words that phrases name together, as ``{name}``."""

    name: str
    words: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.name.isidentifier():
            raise DefinitionError("definition.bad_id", where="classes.name", value=self.name)


@dataclass(frozen=True, slots=True)
class AskRules:
    """How a clause asks: what leaves the answer open, what closes it, and what does not count."""

    open: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    frames: tuple[str, ...] = ()
    tails: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeadRules:
    """What carries the coach's own answer: in any question, in a closed one, in an open one."""

    any: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    open: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BlameRules:
    """What may be heard as blame, and the credit that takes it away."""

    reasons: tuple[str, ...] = ()
    culprits: tuple[str, ...] = ()
    failings: tuple[str, ...] = ()
    credit: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionRules:
    """Everything that tells the questions of a language apart; without words nothing is told."""

    language: str
    question_words: tuple[str, ...] = ()
    question_adverbs: tuple[str, ...] = ()
    before_question_words: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    negative_verbs: tuple[str, ...] = ()
    ordering_verbs: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    nots: tuple[str, ...] = ()
    joiners: tuple[str, ...] = ()
    choice: tuple[str, ...] = ()
    whether: tuple[str, ...] = ()
    openers: tuple[str, ...] = ()
    enders: tuple[str, ...] = ()
    classes: tuple[WordClass, ...] = ()
    asks: AskRules = AskRules()
    leading: LeadRules = LeadRules()
    blaming: BlameRules = BlameRules()

    def __post_init__(self) -> None:
        check_text(self.language, "language")
        known = {one.name for one in self.classes}
        for rules in (self.asks, self.leading, self.blaming):
            for name in rules.__dataclass_fields__:
                for phrase in getattr(rules, name):
                    at = f"{type(rules).__name__}.{name}"
                    check_text(phrase, at)
                    for named in _named(phrase):
                        if named not in known:
                            raise DefinitionError("definition.bad_id", where=at, value=named)

    def phrases(self, written: tuple[str, ...]) -> list[str]:
        """Return phrases with their classes written out, one for each width of a gap."""
        classes = {one.name: "|".join(one.words) for one in self.classes}
        found = []
        for phrase in written:
            for named in _named(phrase):
                phrase = phrase.replace(f"{{{named}}}", classes[named])
            found += _widths(phrase)
        return found


def _widths(phrase: str) -> list[str]:
    before, gap, after = phrase.partition(_GAP)
    if not gap:
        return [phrase]
    return [
        one for width in range(_WIDEST + 1) for one in _widths(f"{before}{'_ ' * width}{after}")
    ]


def _named(phrase: str) -> list[str]:
    return [part.split("}")[0] for part in phrase.split("{")[1:]]
