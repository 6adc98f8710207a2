"""Pocket cards of a set of questions: what to ask in front, what to listen for behind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from gemba.domain.question_set import QuestionSet, QuestionStep
from gemba.reports.cards import A6, FOOT, HEAD, LABEL, TEXT, CardSheet, Words
from gemba.reports.lines import fold
from gemba.reports.style import MM, TextStyle

_ROOM: Final = A6[1] - 30.0
"""So many mm of a card are for lines; the rest are its edges and its foot."""
_WIDTH: Final = A6[0] - 18.0
_GAP: Final = 2.0


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    style: TextStyle
    gap: float = 0.0

    @property
    def high(self) -> float:
        return self.gap + self.style.leading / MM


def draw_question_cards(questions: QuestionSet, *, words: Words) -> bytes:
    """Draw a set as PDF: a page of four fronts, then a page of their backs, mirrored.

    Printed on both sides and turned over the long edge, each back lies behind its front. What does
    not fit on one card goes on on the next.
    """
    sheet = CardSheet(questions.label)
    cards = list(_cards(questions, words))
    for at in range(0, len(cards), 4):
        four = cards[at : at + 4]
        sheet.begin_page()
        for place, (front, _back) in enumerate(four):
            sheet.go_to(place)
            _put(sheet, front, questions.label)
        sheet.begin_page()
        for place, (_front, back) in enumerate(four):
            # Left and right change places behind a page.
            sheet.go_to(place ^ 1)
            _put(sheet, back, questions.label)
    return sheet.finish()


def _cards(
    questions: QuestionSet, words: Words
) -> Iterator[tuple[Sequence[_Line], Sequence[_Line]]]:
    steps = questions.steps_for(first=False)
    for number, step in enumerate(steps, 1):
        fronts = list(_packed(_front(step, number, len(steps), words)))
        backs = list(_packed(_back(step, questions, words)))
        for at in range(max(len(fronts), len(backs))):
            front = fronts[at] if at < len(fronts) else []
            yield front, backs[at] if at < len(backs) else []


def _front(step: QuestionStep, number: int, count: int, words: Words) -> Iterator[_Line]:
    yield _Line(words("question_cards.place", number=number, count=count), LABEL)
    yield from _folded(step.ask, HEAD, _GAP)
    if step.deeper:
        yield _Line(words("question_cards.deeper"), LABEL, 2 * _GAP)
    for one in step.deeper:
        yield from _folded(one, TEXT, 1.0)
    if step.fill:
        yield _Line(words("question_cards.fill"), LABEL, 2 * _GAP)
    for one in step.fill:
        yield from _folded(f"{one}: ______________________", TEXT, 3 * _GAP)


def _back(step: QuestionStep, questions: QuestionSet, words: Words) -> Iterator[_Line]:
    if step.listen_for:
        yield _Line(words("question_cards.listen"), LABEL)
        yield from _folded(step.listen_for, TEXT, 1.0)
    if questions.avoid:
        yield _Line(words("question_cards.avoid"), LABEL, 2 * _GAP)
    for one in questions.avoid:
        yield from _folded(one, TEXT, 1.0)


def _folded(text: str, style: TextStyle, gap: float) -> Iterator[_Line]:
    for paragraph in text.strip("\n").split("\n"):
        for line in fold(paragraph, _WIDTH, style):
            yield _Line(line, style, gap)
            gap = 0.0


def _packed(lines: Iterator[_Line]) -> Iterator[list[_Line]]:
    """Yield the lines of one card after the other."""
    card: list[_Line] = []
    high = 0.0
    for line in lines:
        if card and high + line.high > _ROOM:
            yield card
            card, high = [], 0.0
        card.append(line)
        high += line.high
    if card:
        yield card


def _put(sheet: CardSheet, lines: Sequence[_Line], label: str) -> None:
    for line in lines:
        sheet.space(line.gap)
        sheet.text(line.text, line.style)
    sheet.foot(" ".join(fold(label, _WIDTH, FOOT)[:1]))
