"""Tells how a coach's question is put: by its clauses, by what opens them, and by what they hold.

A clause asks where a question word or a verb stands in front of its subject, or where it asks in
other words ("tell me what"); what asks for whether, or begins with the verb, is closed. The last
question gives the form, a second one stacks, a negative or a proposal leads, and a failing put on
somebody blames (after Schein, Humble Inquiry, 2013; the words stand in resources/wording).
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Final

from gemba.domain.question_clauses import Clause, Line, lines_of
from gemba.domain.question_form import (
    BLAMING,
    CLOSED,
    LEADING,
    NO_QUESTION,
    OPEN,
    STACKED,
    AskedAs,
)
from gemba.domain.question_rules import QuestionRules
from gemba.domain.wording_phrases import Phrases

_NEAR: Final = 6
"""Words from the verb within which "not" turns a question: "should the target not be lower"."""
MOST_LETTERS: Final = 1_000
"""Letters of a line that are read; a question is not longer."""


class QuestionReader:
    """Reads lines by the rules of a language; build it once for many."""

    def __init__(self, rules: QuestionRules) -> None:
        self._rules = rules
        self._verbs = frozenset(rules.verbs) | frozenset(rules.negative_verbs)
        self._negative = frozenset(rules.negative_verbs)
        self._adverbs = frozenset(rules.question_adverbs)
        self._asking = frozenset(rules.question_words) | self._adverbs
        self._subjects = frozenset(rules.subjects)
        self._behind = self._subjects | frozenset(rules.articles)
        self._joiners = frozenset(rules.joiners)
        self._openers = tuple(
            sorted((tuple(one.split()) for one in rules.openers), key=len, reverse=True)
        )
        plain = self._verbs | self._asking | self._behind | self._joiners
        self._plain = plain | frozenset(one for words in self._openers for one in words)
        self._letters = frozenset("".join((*rules.verbs, *rules.question_words)))
        asks, leading, blaming = rules.asks, rules.leading, rules.blaming
        self._asks_open = Phrases(rules.phrases(asks.open))
        self._asks_closed = Phrases(rules.phrases(asks.closed))
        self._frames = Phrases(rules.phrases(asks.frames))
        self._tails = Phrases(rules.phrases(asks.tails))
        self._tags = Phrases(rules.phrases(asks.tags))
        self._said = Phrases(rules.phrases(asks.said))
        self._leads = {
            CLOSED: Phrases(rules.phrases((*leading.any, *leading.closed))),
            OPEN: Phrases(rules.phrases((*leading.any, *leading.open))),
        }
        written = (*blaming.reasons, *blaming.culprits, *blaming.failings)
        self._blames = Phrases(rules.phrases(written))
        self._credit = Phrases(rules.phrases(blaming.credit))

    def read(self, text: str) -> AskedAs:
        """Return what a line is; a text without words is nothing."""
        lines = list(lines_of(text[:MOST_LETTERS], self._joiners, self._openers, self._plain))
        if not any(self._letters.intersection(line.text.casefold()) for line in lines):
            return AskedAs()
        asked = [self._asked(line) for line in lines]
        forms = [form for found, _presses in asked for form in found]
        if not forms:
            return AskedAs(NO_QUESTION)
        faults = []
        if any(map(self._leads_on, lines, asked)):
            faults.append(LEADING)
        if len(forms) > 1:
            faults.append(STACKED)
        if self._blaming(lines):
            faults.append(BLAMING)
        return AskedAs(forms[-1], tuple(faults))

    # How it asks

    def _asked(self, line: Line) -> tuple[list[str], bool]:
        """Return the form of each question of a sentence, and whether it presses for a yes."""
        clauses = line.clauses
        last = clauses[-1] if clauses else Clause(())
        if len(clauses) > 1 and line.asking and self._whole(self._tags, last):
            return [CLOSED], True
        forms: list[str] = []
        main = -1
        joiner = ""
        for number, clause in enumerate(clauses):
            joiner = clause.joiner or joiner
            form = self._form(clause, line.asking)
            if main >= 0 and joiner and not form and self._told(clauses[main], clause):
                form = OPEN
            if len(clause.plain) == 1 and number + 1 < len(clauses) and main < 0:
                form = self._parted(clauses[number + 1 :], line.asking)
            if not form or (main >= 0 and self._belongs(clauses[main], clause, joiner, form)):
                continue
            if main >= 0 and self._is_frame(clauses[main]):
                forms[-1] = form
            else:
                forms.append(form)
            main, joiner = number, ""
            if len(clause.plain) == 1:
                break
        if main >= 0 and forms[-1] == OPEN and self._chooses(clauses[main + 1 :]):
            forms[-1] = CLOSED
        if forms:
            return forms, False
        unmarked = self._unmarked(line)
        return unmarked, bool(unmarked) and not line.asking

    def _form(self, clause: Clause, asking: bool) -> str:
        words = clause.plain
        if self._asks_closed.find(list(clause.words)):
            return CLOSED
        if self._asks_open.find(list(clause.words)):
            turns = (one for one in words if one in self._asking or one in self._rules.whether)
            return CLOSED if next(turns, "") in self._rules.whether else OPEN
        if (
            words[0] in self._rules.before_question_words
            and words[1:2]
            and words[1] in self._asking
        ):
            return OPEN
        if words[0] in self._asking:
            return OPEN if self._asks_by_word(words, asking) else ""
        if words[0] in self._verbs and self._asks_by_verb(words, asking):
            return CLOSED
        return ""

    def _asks_by_word(self, words: Sequence[str], asking: bool) -> bool:
        if "'" in words[0] or words[0] not in self._adverbs | frozenset(("what", "which", "who")):
            return True
        if len(words) == 1:
            return asking
        if words[0] in self._adverbs:
            return self._asks_by_adverb(words, asking)
        said = words[1] in self._subjects - frozenset(("else", "this", "that", "these", "those"))
        return not said or (
            asking and words[1] not in ("i", "you", "we", "they", "he", "she", "it")
        )

    def _asks_by_adverb(self, words: Sequence[str], asking: bool) -> bool:
        if words[1] in self._verbs or words[1] == "come":
            return True
        if words[0] == "why":
            return asking
        if words[1] in self._behind:
            return False
        return any(word in self._verbs for word in words[2:7]) or (asking and len(words) <= 4)

    def _asks_by_verb(self, words: Sequence[str], asking: bool) -> bool:
        follows = words[1] if len(words) > 1 else ""
        if follows in self._rules.objects:
            return False
        if words[0] in self._rules.ordering_verbs:
            return follows in self._subjects or (asking and bool(follows))
        return follows in self._behind or (asking and bool(follows))

    def _belongs(self, main: Clause, clause: Clause, joiner: str, form: str) -> bool:
        """Tell whether a clause is part of the question before it."""
        first = clause.plain[0]
        if self._whole(self._tails, clause):
            return True
        if first in self._rules.before_question_words and len(clause.plain) <= 3:
            return True
        if joiner in self._rules.choice and first in self._verbs:
            return True
        if first in ("which", "who", "whom", "whose") and not joiner:
            return form == OPEN and main.plain[0] not in self._asking
        if first in self._rules.ordering_verbs:
            behind = self._behind if first in self._negative else self._subjects
            return len(clause.plain) < 2 or clause.plain[1] not in behind
        return False

    def _parted(self, rest: Sequence[Clause], asking: bool) -> str:
        """Return OPEN where a remark parts a question word from its verb, or it asks by itself."""
        forms = [self._form(one, asking) for one in rest]
        return OPEN if len(forms) > 1 and not forms[0] and CLOSED in forms[1:] else ""

    def _told(self, main: Clause, clause: Clause) -> bool:
        """Tell whether a clause asks on in the words of "tell me how ...": "and what she said"."""
        first, long = clause.plain[0], len(clause.plain) > 2
        return first in self._asking and long and bool(self._asks_open.find(list(main.words)))

    def _is_frame(self, clause: Clause) -> bool:
        return self._whole(self._frames, clause)

    def _chooses(self, rest: Sequence[Clause]) -> bool:
        """Tell whether choices are named behind a question: "which is it, this or that"."""
        return len(rest) > 1 and not rest[0].joiner and rest[-1].joiner in self._rules.choice

    def _unmarked(self, line: Line) -> list[str]:
        """Return the form of a sentence in which nothing stands as in a question."""
        words = [word for word, _start, _end in line.words]
        while len(words) > 1 and words[-1] in self._rules.enders:
            words.pop()
        if line.asking:
            return [OPEN if words[-1] in self._asking and len(words) > 1 else CLOSED]
        return [CLOSED] if self._said.find(list(line.words)) else []

    def _whole(self, phrases: Phrases, clause: Clause) -> bool:
        """Tell whether a phrase takes the whole of a clause."""
        found = phrases.find(list(clause.words))
        return found == (clause.words[0][1], clause.words[-1][2]) if clause.words else False

    # What it holds

    def _leads_on(self, line: Line, asked: tuple[list[str], bool]) -> bool:
        forms, presses = asked
        if presses or any(self._finds(self._leads[form], line) for form in set(forms)):
            return True
        return CLOSED in forms and any(map(self._negated, line.clauses))

    def _negated(self, clause: Clause) -> bool:
        words = clause.plain
        if words[0] in self._negative:
            return words[1:2] != () and words[1] not in self._rules.objects
        if words[0] not in self._verbs:
            return False
        between = self._verbs | self._asking
        behind = itertools.takewhile(lambda word: word not in between, words[1:_NEAR])
        return any(word in self._rules.nots for word in behind)

    def _blaming(self, lines: Sequence[Line]) -> bool:
        return any(
            self._finds(self._blames, line) and not self._finds(self._credit, line)
            for line in lines
        )

    def _finds(self, phrases: Phrases, line: Line) -> bool:
        """Tell whether a phrase stands in a sentence, or at the beginning of one of its clauses."""
        if phrases.find(list(line.words)):
            return True
        return any(phrases.find(list(clause.words)) for clause in line.clauses)
