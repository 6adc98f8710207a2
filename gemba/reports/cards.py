"""Cards to carry and cards to draw: A6, four on a sheet of A4, with marks to cut along."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from gemba.reports.fonts import begins_leftward
from gemba.reports.ink import Ink
from gemba.reports.lines import fold
from gemba.reports.structure import Element
from gemba.reports.style import MM, Colour, TextStyle

A6: Final = (105.0, 148.5)
"""Width and height of a card in mm: a quarter of A4 (ISO 216 says 148, its half is 148.5)."""
A4: Final = (210.0, 297.0)
_EDGE: Final = 9.0
"""So far from its edge a card stays empty: printers leave 5 mm white, and scissors slip."""
_MARK: Final = 5.0
_BOTTOM: Final = A6[1] - 14.0
_RULE: Final = 8.5
"""From one line to write on to the next, in mm."""
_TICK: Final = 4.0

HEAD: Final = TextStyle("semibold", 13, 16)
TEXT: Final = TextStyle("regular", 10, 13)
LARGE: Final = TextStyle("regular", 13, 17)
LABEL: Final = TextStyle("regular", 8.5, 11, "ink_soft")
FOOT: Final = TextStyle("regular", 7.5, 9.5, "ink_soft")
BAND: Final = TextStyle("semibold", 13, 16, "paper")

Words = Callable[..., str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PocketCard:
    """What one card says; ``questions`` have a box to tick, and the rest is lines to write on."""

    head: str
    facts: str = ""
    expect: str = ""
    look_for: str = ""
    questions: tuple[str, ...] = ()
    foot: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kamishibai:
    """A card with two sides: as it should be, and found otherwise."""

    look_at: str
    as_it_should_be: str
    if_not: str = ""
    foot: str = ""


def draw_pocket_cards(cards: Sequence[PocketCard], *, title: str, words: Words) -> bytes:
    """Draw cards as PDF, four on an A4; what does not fit on one goes on on the next."""
    sheet = CardSheet(title)
    for card in cards:
        _pocket(sheet, card, words)
    return sheet.finish()


def draw_kamishibai(cards: Sequence[Kamishibai], *, title: str, words: Words) -> bytes:
    """Draw two-sided cards as PDF: a page of fronts, then a page of their backs.

    The backs stand mirrored, so that each lies behind its front when the sheet is turned over its
    long edge. They differ by a dark band and by words, not by colour.
    """
    sheet = CardSheet(title)
    for at in range(0, len(cards), 4):
        four = cards[at : at + 4]
        sheet.begin_page()
        for place, card in enumerate(four):
            sheet.go_to(place)
            _front(sheet, card, words)
        sheet.begin_page()
        for place, card in enumerate(four):
            # Left and right change places behind a page.
            sheet.go_to(place ^ 1)
            _back(sheet, card, words)
    return sheet.finish()


def _pocket(sheet: CardSheet, card: PocketCard, words: Words) -> None:
    sheet.next_card(card.foot)
    sheet.more = lambda: _go_on(sheet, card, words)
    sheet.text(card.head, HEAD)
    sheet.space(1.0)
    sheet.text(card.facts, LABEL)
    for key, said in (("expect", card.expect), ("look_for", card.look_for)):
        sheet.labelled(words(f"cards.{key}"), said)
    if card.questions:
        sheet.space(2.5)
        sheet.text(words("cards.ask"), LABEL)
        for one in card.questions:
            sheet.ticked(one)
    sheet.space(2.5)
    sheet.need(2 * _RULE + 4.0)
    sheet.text(words("cards.saw"), LABEL)
    sheet.rules()


def _go_on(sheet: CardSheet, card: PocketCard, words: Words) -> None:
    sheet.next_card(card.foot)
    sheet.text(words("cards.goes_on"), LABEL)
    sheet.space(1.0)


def _front(sheet: CardSheet, card: Kamishibai, words: Words) -> None:
    sheet.band(words("cards.as_it_should_be"), dark=False)
    sheet.labelled(words("cards.look_at"), card.look_at, HEAD)
    sheet.labelled(words("cards.you_see"), card.as_it_should_be, LARGE)
    sheet.tick()
    sheet.foot(card.foot)


def _back(sheet: CardSheet, card: Kamishibai, words: Words) -> None:
    sheet.band(words("cards.otherwise"), dark=True)
    sheet.labelled(words("cards.look_at"), card.look_at, HEAD)
    sheet.labelled(words("cards.if_not"), card.if_not)
    sheet.space(3.0)
    sheet.text(words("cards.found"), LABEL)
    sheet.rules()
    sheet.foot(card.foot)


class CardSheet:
    """Sheets of A4 with four places; ``more`` begins the card that goes on where one is full."""

    def __init__(self, title: str) -> None:
        self._root = Element("Document")
        self._ink = Ink(*A4, title=" ".join(title.split())[:200], structure=self._root)
        self._pages = 0
        self._place = 3
        self._left = 0.0
        self._top = 0.0
        self.y = 0.0
        self.more: Callable[[], None] = lambda: self.next_card("")

    def begin_page(self) -> None:
        """Begin another sheet, with the marks to cut along."""
        if self._pages:
            self._ink.new_page()
        self._pages += 1
        ink, (wide, high) = self._ink, A4
        ink.into(None)
        for x in (0.0, wide - _MARK):
            ink.line(x, high / 2, x + _MARK, high / 2, colour="axis")
        for y in (0.0, high - _MARK):
            ink.line(wide / 2, y, wide / 2, y + _MARK, colour="axis")
        ink.line(wide / 2 - _MARK, high / 2, wide / 2 + _MARK, high / 2, colour="axis")
        ink.line(wide / 2, high / 2 - _MARK, wide / 2, high / 2 + _MARK, colour="axis")

    def go_to(self, place: int) -> None:
        """Stand at the top of one of the four places, from 0, in the order one reads."""
        self._place = place
        self._left = (place % 2) * A6[0] + _EDGE
        self._top = (place // 2) * A6[1]
        self.y = self._top + _EDGE

    def next_card(self, foot: str) -> None:
        """Begin the next card, on another sheet where this one is full."""
        if self._place == 3:
            self.begin_page()
        self.go_to((self._place + 1) % 4)
        self.foot(foot)

    @property
    def _width(self) -> float:
        return A6[0] - 2 * _EDGE

    @property
    def _end(self) -> float:
        return self._top + _BOTTOM

    def need(self, height: float) -> None:
        """Go on on another card unless so many mm are left."""
        if self.y + height > self._end + 0.01:
            self.more()

    def space(self, height: float) -> None:
        """Leave a gap in mm."""
        self.y += height

    def text(self, text: str, style: TextStyle, stand: float = 0.0) -> None:
        """Write text in lines; what does not fit goes on on the next card."""
        if not text.strip():
            return
        part = self._root.add("P")
        high, width = style.leading / MM, self._width - stand
        for paragraph in text.strip("\n").split("\n"):
            for line in fold(paragraph, width, style):
                self.need(high)
                self._ink.into(part)
                base = self.y + Ink.baseline_of(style)
                if begins_leftward(paragraph):
                    right = self._left + self._width
                    self._ink.leftward(right, base, line, paragraph, style)
                else:
                    self._ink.text(self._left + stand, base, line, style)
                self.y += high
        self._ink.into(None)

    def labelled(self, label: str, text: str, style: TextStyle = TEXT) -> None:
        """Write text under a small label; nothing where there is no text."""
        if not text.strip():
            return
        self.space(2.5)
        self.need((LABEL.leading + style.leading) / MM)
        self.text(label, LABEL)
        self.text(text, style)

    def ticked(self, text: str) -> None:
        """Write text behind a box to tick."""
        self.space(1.2)
        self.need(TEXT.leading / MM)
        self._ink.rect(self._left, self.y + 0.6, 3.2, 3.2, pt=0.7)
        self.text(text, TEXT, _TICK + 1.5)

    def rules(self) -> None:
        """Draw lines to write on, down to the foot of the card."""
        y = self.y + _RULE
        while y <= self._end:
            self._ink.line(self._left, y, self._left + self._width, y, colour="axis")
            y += _RULE
        self.y = self._end

    def band(self, text: str, *, dark: bool) -> None:
        """Write the head of one side, dark or framed, across the card."""
        lines = fold(text, self._width - 6.0, BAND)
        high = len(lines) * BAND.leading / MM + 4.0
        fill: Colour = "ink" if dark else "paper"
        self._ink.rect(self._left, self.y, self._width, high, fill=fill, pt=1.0)
        part = self._root.add("H1")
        self._ink.into(part)
        style = BAND if dark else HEAD
        for number, line in enumerate(lines):
            base = self.y + 2.0 + Ink.baseline_of(style, number)
            self._ink.text(self._left + 3.0, base, line, style)
        self._ink.into(None)
        self.y += high

    def tick(self) -> None:
        """Draw a large tick in a ring where there is room left for one."""
        radius = min(18.0, (self._end - self.y - 8.0) / 2)
        if radius < 8.0:
            return
        x, y = self._left + self._width / 2, self._end - radius - 2.0
        self._ink.circle(x, y, radius, pt=2.0)
        tick = [(-0.45, 0.05), (-0.1, 0.4), (0.5, -0.35)]
        points = [(x + radius * dx, y + radius * dy) for dx, dy in tick]
        self._ink.polyline(points, pt=3.0)

    def foot(self, text: str) -> None:
        """Write small words at the foot of the card."""
        lines = fold(text, self._width, FOOT) if text.strip() else []
        part = self._root.add("P") if lines else None
        self._ink.into(part)
        for number, line in enumerate(lines[:2]):
            base = self._top + A6[1] - 12.0 + Ink.baseline_of(FOOT, number)
            self._ink.text(self._left, base, line, FOOT)
        self._ink.into(None)

    def finish(self) -> bytes:
        """Return the document; a sheet without a card is blank paper with marks."""
        if not self._pages:
            self.begin_page()
        return self._ink.finish()
