"""Paper for walks: pocket cards, blank observation sheets, kamishibai cards, the posted memo."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from gemba.domain.changes import Ref
from gemba.domain.errors import BadInput
from gemba.domain.observation import GOING_WELL
from gemba.domain.promise import Promise
from gemba.domain.walk import Walk

if TYPE_CHECKING:
    from gemba.reports.cards import PocketCard
    from gemba.services.people import People
    from gemba.services.recorder import Recorder
    from gemba.services.thread import Thread
    from gemba.services.vocabularies import Vocabularies
    from gemba.services.walks import Walks

Words = Callable[..., str]
AT_ONCE = 3
"""So many questions stand on one card; more are seldom asked at a stop."""


class WalkPaper:
    """Draws what a leader takes along and what a team reads afterwards."""

    def __init__(
        self,
        recorder: Recorder,
        people: People,
        thread: Thread,
        walks: Walks,
        vocabularies: Vocabularies,
        words: Words,
    ) -> None:
        self._recorder = recorder
        self._people = people
        self._thread = thread
        self._walks = walks
        self._vocabularies = vocabularies
        self._words = words

    def pocket_cards(self, walk_id: UUID | None = None) -> bytes:
        """Return cards of a walk as PDF, A4 with four A6: the walk, then each of its stops.

        Without a walk four cards with the questions one opens with, to be given away.
        """
        from gemba.reports.cards import PocketCard, draw_pocket_cards

        care = self._vocabularies.words.care
        if walk_id is None:
            said = self._vocabularies.words
            card = PocketCard(
                head=self._words("cards.blank_head"),
                facts=self._words("cards.theme_like", theme=said.theme, watch=said.watch),
                questions=tuple(self._words(f"cards.first_{n}") for n in (1, 2, 3)),
                foot=care,
            )
            title = self._words("cards.title")
            return draw_pocket_cards((card,) * 4, title=title, words=self._words)
        walk = self._walks.settled(walk_id)
        cards = tuple(self._cards_of(walk, care))
        return draw_pocket_cards(cards, title=walk.purpose, words=self._words)

    def _cards_of(self, walk: Walk, care: str) -> Iterator[PocketCard]:
        from gemba.reports.cards import PocketCard

        asks = [one.text for one in walk.questions]
        yield PocketCard(
            head=walk.theme or walk.purpose,
            facts=self._facts(walk, with_purpose=bool(walk.theme)),
            expect=walk.expect,
            questions=tuple(asks[:AT_ONCE]),
            foot=care,
        )
        rest = asks[AT_ONCE:]
        for number, stop in enumerate(walk.stops, 1):
            place = " ".join(stop.place.split())
            same = stop.look_for.strip() == stop.place.strip()
            yield PocketCard(
                head=self._words("walk_report.stop", number=number, place=place),
                look_for="" if same else stop.look_for,
                questions=tuple(rest[:AT_ONCE]),
                foot=care,
            )
            rest = rest[AT_ONCE:]
        while rest:
            head = self._words("cards.more_to_ask")
            yield PocketCard(head=head, questions=tuple(rest[:AT_ONCE]), foot=care)
            rest = rest[AT_ONCE:]

    def _facts(self, walk: Walk, *, with_purpose: bool) -> str:
        day = walk.walked_on or walk.planned_on
        area = self._people.area_name(walk.area_id)
        parts = [f"{area}, {walk.shift}" if walk.shift and area else area or walk.shift]
        parts.append(self._words("report.day", day=day) if day else "")
        parts.append(self._words("cards.minutes", count=walk.time_box) if walk.time_box else "")
        said = " · ".join(part for part in parts if part)
        return "\n".join(part for part in (walk.purpose if with_purpose else "", said) if part)

    def blank_sheet(self, walk_id: UUID | None = None) -> bytes:
        """Return an observation sheet to fill in by hand as PDF, A4; of a walk, with its stops."""
        from gemba.reports.blank_sheet import BlankSheet, draw_blank_sheet

        words = self._vocabularies.words
        foot = f"{words.care} {self._words('blank_sheet.count', count=words.count)}"
        sheet = BlankSheet(foot=foot)
        if walk_id is not None:
            walk = self._walks.settled(walk_id)
            sheet = replace(
                sheet,
                title=walk.purpose,
                facts=self._facts(walk, with_purpose=False),
                expect=walk.expect,
                questions=tuple(one.text for one in walk.questions),
                places=tuple(stop.place for stop in walk.stops),
            )
        return draw_blank_sheet(sheet, words=self._words)

    def kamishibai(self) -> bytes:
        """Return the cards of this workplace as PDF, two-sided; raises BadInput for none."""
        from gemba.reports.cards import Kamishibai, draw_kamishibai

        held = self._vocabularies.cards()
        if held is None or not held.cards:
            raise BadInput("cards.none")
        cards = [
            Kamishibai(
                look_at=one.look_at,
                as_it_should_be=one.as_it_should_be,
                if_not=one.if_not,
                foot=f"{held.label} · {number}/{len(held.cards)}",
            )
            for number, one in enumerate(held.cards, 1)
        ]
        return draw_kamishibai(cards, title=held.label, words=self._words)

    def memo(self, walk_id: UUID) -> bytes:
        """Return what a team hears of a walk as PDF, one A4 for its board."""
        from gemba.reports.memo import Memo, draw_memo

        walk = self._walks.settled(walk_id)
        seen = self._walks.observations(walk_id)
        sources = [Ref("observation", one.id) for one in seen]
        promises = [held for one in sources for held in promises_of(self._thread, one)]
        debrief = walk.debrief
        thanks = [one.thanked for one in seen if one.thanked.strip()]
        memo = Memo(
            title=walk.purpose,
            facts=self._facts(walk, with_purpose=False),
            going_well=tuple(one.saw for one in seen if one.category == GOING_WELL),
            learned=tuple(
                one
                for one in (debrief.against_expected, debrief.pattern, debrief.learned)
                if one.strip()
            ),
            promised=tuple(said_promise(one, self._words) for one in promises),
            thanks=tuple(dict.fromkeys((*thanks, debrief.thank_you))),
            comes_back=self._words("memo.comes_back") if promises else "",
        )
        return draw_memo(memo, author=self._recorder.who, words=self._words)


def promises_of(thread: Thread, source: Ref) -> list[Promise]:
    """Return the promises that came of a record, in the order they were made."""
    found: dict[UUID, Promise] = {}
    for chip in thread.chips(source):
        record = thread.record(chip.ref) if chip.ref.kind == "promise" else None
        if isinstance(record, Promise):
            found[record.id] = record
    return list(found.values())


def said_promise(promise: Promise, words: Words) -> str:
    """Say a promise with who resolves it and by when, as far as that is known."""
    said = " ".join(promise.text.split())
    if promise.resolver.strip() and promise.due_on is not None:
        return words("memo.who_and_when", text=said, who=promise.resolver, day=promise.due_on)
    return words("memo.who", text=said, who=promise.resolver) if promise.resolver.strip() else said
