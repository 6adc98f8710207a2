"""Reading a sheet for what may be asked about its words, in small steps beside the typing."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import Final

from gemba.domain.definition import BoxDefinition, SheetDefinition
from gemba.domain.figures import (
    Countermeasures,
    Figure,
    Fishbone,
    FiveWhys,
    Impact,
    Pareto,
    Problem,
    Process,
    RunChart,
    TableFigure,
    Target,
)
from gemba.domain.figures.why_tree import branches
from gemba.domain.figures.words import words_of as words_in
from gemba.domain.prose import read_paragraph
from gemba.domain.sheet import Box, Sheet
from gemba.domain.sheet_part import SheetPart
from gemba.domain.wording import Remark, WordingCheck, WordingRules
from gemba.domain.wording_phrases import Phrases, has_number, sentences, unquoted, words_of

STEP: Final = 50
"""Sentences that are read between two looks at whether someone is typing."""
MOST: Final = 40
"""Remarks of one box; whoever has more has more to do than to read them."""
WHOLE: Final = 20_000
"""Letters up to which a box is asked about as a whole; a sheet prints some 6,000 in all."""
ENDS_AT_PERSON: Final = "ends_at_person"
"""The check that a why tree asks at its ends, in every language."""
_PIECE: Final = 20_000
_PREDICTING: Final = ("goal", "analysis", "countermeasures", "plan", "other", "current")
_KEPT: Final = 4_000


@lru_cache(maxsize=4)
def _phrases(rules: WordingRules) -> tuple[dict[str, Phrases], dict[str, Phrases]]:
    """Return what is looked for by check, and what silences it; made once for all readers."""
    return (
        {check.id: Phrases(check.words) for check in rules.checks},
        {check.id: Phrases(check.unless) for check in rules.checks},
    )


@dataclass(frozen=True, slots=True)
class Hit:
    """What is asked about one sentence: the check, and the words it is asked for."""

    check: WordingCheck
    words: str = ""


class Reader:
    """Reads with the rules of a language; what it has read once it knows again.

    ``names`` are the people known in the data folder.
    """

    def __init__(self, rules: WordingRules, names: Iterable[str] = ()) -> None:
        self.rules = rules
        self._numbers = frozenset(one.casefold() for one in rules.numbers)
        self._short = frozenset(one.casefold().rstrip(".") for one in rules.abbreviations)
        self._words, self._unless = _phrases(rules)
        self._names = Phrases(" ".join(name.split()) for name in _calls(names))
        self._known: OrderedDict[tuple[str, str], Hit | None] = OrderedDict()

    def ask(self, place: str, sentence: str) -> Hit | None:
        """Return what is asked about a sentence that stands in a place, or None."""
        key = (place, sentence)
        if key in self._known:
            self._known.move_to_end(key)
            return self._known[key]
        hit = self._read(place, sentence)
        self._known[key] = hit
        if len(self._known) > _KEPT:
            self._known.popitem(last=False)
        return hit

    def _read(self, place: str, sentence: str) -> Hit | None:
        if sentence.rstrip('"”’)] ').endswith(("?", "？")):
            return None  # whoever asks has no answer yet
        words = words_of(unquoted(sentence))
        if not words:
            return None
        for check in self.rules.checks:
            if check.kind != "words" or place not in check.places:
                continue
            found = self._words[check.id].find(words)
            if found is None and check.names:
                found = self._names.find(words)
            if found is None or self._unless[check.id].find(words) is not None:
                continue
            if check.unless_number and has_number(sentence, self._numbers):
                continue
            return Hit(check, sentence[found[0] : found[1]])
        return None

    def asked_of(self, place: str, text: str) -> str:
        """Return the question about the first sentence of a text that asks for one, or none."""
        for one in _sentences_of(text, self._short):
            hit = self.ask(place, one.sentence)
            if hit is not None:
                return _remark(hit, "", one.sentence).question
        return ""

    def remark(self, place: str, box: str, words: str) -> Remark | None:
        """Return what is asked about words of a figure in a box, or None."""
        hit = self.ask(place, words)
        return _remark(hit, box, words) if hit is not None else None

    def ends_at_person(self, cause: str) -> bool:
        """Tell whether a last cause names a person, or says "human error"."""
        hit = self.ask("last_cause", cause)
        return hit is not None and hit.check.id == ENDS_AT_PERSON

    def has_result(self, text: str) -> bool:
        """Tell whether a text tells a result: it has a number."""
        return len(text) <= WHOLE and has_number(text, self._numbers)

    def result_boxes(self, definition: SheetDefinition) -> list[str]:
        """Return the ids of the boxes in which results stand."""
        roles = {
            place
            for check in self.rules.checks
            if check.kind == "no_prediction"
            for place in check.places
        }
        return [box.id for box in definition.boxes if box.role in roles]

    def predicted(self, sheet: Sheet, definition: SheetDefinition, result: str) -> bool:
        """Tell whether something is predicted on a sheet, before its result box or in it."""
        for box in definition.boxes:
            held = sheet.box(box.id)
            if box.role in _PREDICTING and self._predicts(box.role, held):
                return True
            if box.id == result:
                return self._predicts("", held)
        return False

    def steps(
        self,
        sheet: Sheet,
        definition: SheetDefinition,
        early: Mapping[str, str] | None = None,
    ) -> Iterator[list[Remark]]:
        """Yield the remarks of a sheet step by step, in reading order; some steps are empty.

        A step reads at most some fifty sentences, whatever the size of the sheet. ``early`` names
        the boxes in which a result stood before anything was predicted, with its day in words.
        """
        if definition.private:  # what someone writes about themselves is no process
            return
        roles = {box.role for box in definition.boxes}
        # Only where a problem is solved its title must not be the answer; a proposal's is.
        title = self.ask("title", sheet.title) if roles >= {"analysis", "countermeasures"} else None
        yield [_remark(title, "", sheet.title)] if title else []
        predicted = False
        for box in definition.boxes:
            held = sheet.box(box.id)
            if box.role in _PREDICTING:
                predicted = predicted or self._predicts(box.role, held)
            yield from self._box(box, held, predicted, (early or {}).get(box.id, ""))

    def remarks(self, sheet: Sheet, definition: SheetDefinition) -> tuple[Remark, ...]:
        """Return all remarks of a sheet at once."""
        return tuple(one for step in self.steps(sheet, definition) for one in step)

    def _box(
        self, box: BoxDefinition, held: Box, predicted: bool, early: str
    ) -> Iterator[list[Remark]]:
        whole = self._about_box(box, held, predicted, early)
        left = MOST
        for step in self._text(box, held.text):
            # What is asked about the sentence itself goes before what is asked about the box.
            if whole is not None and not any(one.start == whole.start for one in step[:1]):
                step = [whole, *step]
            whole = None
            yield step[:left]
            left -= len(step)
            if left <= 0:
                return
        yield self._items(box.id, held.figures)[:left]

    def _text(self, box: BoxDefinition, text: str) -> Iterator[list[Remark]]:
        all_sentences = _sentences_of(text, self._short)
        while batch := list(islice(all_sentences, STEP)):
            found = []
            for one in batch:
                hit = self.ask(box.role, one.sentence)
                if hit is not None:
                    made = _remark(hit, box.id, one.sentence)
                    found.append(
                        replace(made, paragraph=one.paragraph, start=one.start, end=one.end)
                    )
            yield found

    def _items(self, box_id: str, figures: tuple[Figure, ...]) -> list[Remark]:
        found = []
        for figure in figures:
            for id, place, text in _items_in(figure):
                hit = self.ask(place, text)
                if hit is not None:
                    made = _remark(hit, box_id, text)
                    found.append(replace(made, part=str(SheetPart(box_id, figure.id, id))))
        return found

    def _about_box(
        self, box: BoxDefinition, held: Box, predicted: bool, early: str
    ) -> Remark | None:
        """Ask about a box as a whole, at its first sentence."""
        if len(held.text) > WHOLE:
            return None
        for check in self.rules.checks:
            if box.role not in check.places or check.kind == "words":
                continue
            if check.kind == "no_number":
                silent = has_number(held.text, self._numbers) or _counts(held.figures)
            else:
                silent = predicted or any(_foretells(figure) for figure in held.figures)
                silent = silent or self._words[check.id].find(words_of(held.text)) is not None
                if silent and early and check.later:
                    check = replace(check, question=check.later.replace("{day}", early))
                    silent = False
                silent = silent or not has_number(held.text, self._numbers)
            first = next(_sentences_of(held.text, self._short), None)
            if first is not None and not silent:
                made = _remark(Hit(check), box.id, first.sentence)
                return replace(made, paragraph=first.paragraph, start=first.start, end=first.end)
        return None

    def _predicts(self, role: str, held: Box) -> bool:
        if len(held.text) > WHOLE or any(_foretells(figure) for figure in held.figures):
            return True
        if role == "goal" and has_number(held.text, self._numbers):
            return True
        words = words_of(held.text)
        return any(
            self._words[check.id].find(words) is not None
            for check in self.rules.checks
            if check.kind == "no_prediction"
        )


@dataclass(frozen=True, slots=True)
class _Placed:
    sentence: str
    paragraph: int
    start: int
    end: int


def _sentences_of(text: str, short: frozenset[str]) -> Iterator[_Placed]:
    for number, line in enumerate(text.split("\n")):
        read = read_paragraph(line).text
        for at in range(0, len(read), _PIECE):
            for one in sentences(unquoted(read[at : at + _PIECE]), short):
                start, end = at + one.start, at + one.end
                yield _Placed(read[start:end], number, start, end)


def _items_in(figure: Figure) -> Iterator[tuple[str, str, str]]:
    """Yield what can be asked about in a figure: its id, its place and its words."""
    match figure:
        case FiveWhys():
            for branch in branches(figure):
                why = figure.whys[branch.index]
                if why.ruled_out:
                    continue
                last = branch.depth > 0 and not branch.children
                above = "gap" if branch.depth == 0 else "cause"
                yield why.id, "last_cause" if last else above, why.text
        case Fishbone():
            for cause in figure.causes:
                if cause.state != "ruled_out":
                    verified = cause.state == "verified"
                    yield cause.id, "last_cause" if verified else "cause", cause.text
        case Countermeasures():
            for option in figure.options:
                if not option.nothing:
                    yield option.id, "countermeasure", option.what
        case Problem():
            yield "statement", "gap", figure.statement
        case Target():
            yield "measure", "goal", figure.measure
        case _:
            return


def _foretells(figure: Figure) -> bool:
    """Tell whether a figure says what is expected: of a countermeasure, or as a target."""
    match figure:
        case Countermeasures():
            return any(option.effect.strip() for option in figure.options)
        case Target():
            return bool(figure.goal.strip())
        case Impact():
            return any(effect.target.strip() for effect in figure.effects)
        case _:
            return False


def _counts(figures: tuple[Figure, ...]) -> bool:
    forms = (Impact, Problem, Process, TableFigure, Target)
    return any(
        isinstance(one, RunChart | Pareto)
        or (isinstance(one, forms) and any(any(map(str.isdigit, text)) for text in words_in(one)))
        for one in figures
    )


def _remark(hit: Hit, box: str, sentence: str) -> Remark:
    question = hit.check.question.replace("{words}", hit.words)
    return Remark(hit.check.id, box, sentence, question)


def _calls(names: Iterable[str]) -> Iterator[str]:
    """Yield what people are called: the whole name, and the first where it is long enough."""
    for name in names:
        parts = name.split()
        if len("".join(parts)) > 2:
            yield " ".join(parts)
        if len(parts) > 1 and len(parts[0]) > 2:
            yield parts[0]
