"""Tying by hand: what a part of a sheet may belong to, what is near first, and the tie itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from gemba.domain.changes import Ref
from gemba.domain.coaching import Talk
from gemba.domain.definition import SheetDefinition
from gemba.domain.errors import BadInput
from gemba.domain.link import ACTS_ON, BECAME, SEEN_IN, Link
from gemba.domain.observation import Observation
from gemba.domain.promise import Promise
from gemba.domain.prose import plain
from gemba.domain.record_titles import title_of
from gemba.domain.sheet import Sheet
from gemba.domain.sheet_part import SheetPart, items_of
from gemba.services.recorder import Recorder
from gemba.services.thread import Thread

MOST: Final = 200
"""How far back is looked where nothing is searched for."""
_KINDS: Final = ("observation", "talk", "promise")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something to tie to. ``kind`` is one of an item, "check", "box", or that of a record.

    ``letter`` names a root cause, ``photo`` tells that there is a picture of it.
    """

    ref: Ref
    part: str
    kind: str
    words: str
    on: date | None = None
    letter: str = ""
    photo: bool = False


class Ties:
    """Finds what belongs to a part of a sheet, and ties it."""

    def __init__(self, recorder: Recorder, thread: Thread) -> None:
        self._recorder = recorder
        self._thread = thread

    def candidates(
        self, sheet: Sheet, definition: SheetDefinition, part: str, typed: str = ""
    ) -> list[Candidate]:
        """Return what a part can be tied to: its own sheet first, then what was seen and said.

        With ``typed``, what holds each typed word, wherever it is. What is tied already, and what
        is in the bin, is left out.
        """
        own = Ref("sheet", sheet.id)
        tied = {
            (chip.ref, chip.part) for chip in self._thread.chips(own, part) if chip.own_part == part
        }
        near = [*self._on_sheet(sheet, definition, part), *self._around(sheet)]
        wanted = typed.casefold().split()
        found = [one for one in near if all(word in one.words.casefold() for word in wanted)]
        if wanted:
            found += self._found(typed)
        kept: dict[tuple[Ref, str], Candidate] = {}
        for one in found:
            if (one.ref, one.part) not in tied:
                kept.setdefault((one.ref, one.part), one)
        return list(kept.values())

    def _on_sheet(
        self, sheet: Sheet, definition: SheetDefinition, part: str
    ) -> Iterator[Candidate]:
        own, here = Ref("sheet", sheet.id), SheetPart.read(part)
        order = [box.id for box in definition.boxes]
        items = [
            item
            for item in items_of(sheet)
            if str(item.part) != part and (not here.item or item.part.figure != here.figure)
        ]
        # A countermeasure is asked for its cause; the root causes stand before those above them.
        causes = sorted(
            (one for one in items if one.kind in ("gap", "cause")),
            key=lambda one: (one.kind == "gap", not one.letter),
        )
        for item in causes:
            yield Candidate(own, str(item.part), item.kind, item.words, letter=item.letter)
        for box_id in sorted(order, key=lambda one: _far(order, here.box, one)):
            text = plain(sheet.box(box_id).text).strip()
            if box_id != here.box and not sheet.box(box_id).empty:
                words = f"{definition.box(box_id).label}: {text}" if text else ""
                words = words or definition.box(box_id).label
                yield Candidate(own, box_id, "box", " ".join(words.split()))
        for item in items:
            if item.kind in ("countermeasure", "action"):
                yield Candidate(own, str(item.part), item.kind, item.words)
        for check in sheet.checks:
            if check.id != part:
                yield Candidate(own, check.id, "check", check.what, check.on)

    def _around(self, sheet: Sheet) -> Iterator[Candidate]:
        near = {chip.ref for chip in self._thread.chips(Ref("sheet", sheet.id))}
        find = self._recorder.find
        seen = find(Observation, kept=True, newest_first=True, limit=MOST)
        talks = find(Talk, sheet_id=sheet.id, newest_first=True)
        if sheet.owner_id is not None:
            talks += find(Talk, learner_id=sheet.owner_id, newest_first=True, limit=MOST)
        # Those that wait longest first; what was answered already comes behind them.
        promises = find(Promise, told_back=None, order_by="made_on", limit=MOST)
        answered = find(Promise, newest_first=True, limit=MOST)
        promises += [one for one in answered if one.told_back is not None]
        for records in (seen, talks, promises):
            made = [self._of_record(one) for one in records]
            yield from sorted(made, key=lambda one: one.ref not in near)

    def _found(self, typed: str) -> list[Candidate]:
        hits = self._recorder.store.search(typed, limit=40, kinds=_KINDS)
        records = [self._thread.record(hit.ref) for hit in hits]
        return [
            self._of_record(one)
            for one in records
            if isinstance(one, Observation | Talk | Promise)
            and (not isinstance(one, Observation) or one.kept)
        ]

    def _of_record(self, record: Observation | Talk | Promise) -> Candidate:
        words = title_of(record)
        match record:
            case Observation():
                ref, on = Ref("observation", record.id), record.seen_on
                return Candidate(ref, "", ref.kind, words, on, photo=bool(record.photos))
            case Talk():
                return Candidate(Ref("talk", record.id), "", "talk", words, record.held_on)
            case Promise():
                return Candidate(Ref("promise", record.id), "", "promise", words, record.made_on)

    def tie(
        self, sheet: Sheet, definition: SheetDefinition, part: str, to: Ref, to_part: str = ""
    ) -> Link:
        """Tie a part of a sheet to something; what comes later on the sheet acts on the earlier.

        Raises BadInput where both ends are the same.
        """
        own = Ref("sheet", sheet.id)
        if (own, part) == (to, to_part):
            raise BadInput("link.to_itself")
        match to.kind:
            case "sheet" if to == own:
                order = [box.id for box in definition.boxes] + [one.id for one in sheet.checks]
                ends = sorted((part, to_part), key=lambda one: -_place(order, one))
                return self._thread.tie(ACTS_ON, own, own, from_part=ends[0], to_part=ends[1])
            case "talk":
                return self._thread.tie(BECAME, to, own, from_part=to_part, to_part=part)
            case "observation":
                return self._thread.tie(SEEN_IN, own, to, from_part=part, to_part=to_part)
            case _:
                return self._thread.tie(BECAME, own, to, from_part=part, to_part=to_part)


def _place(order: Sequence[str], part: str) -> int:
    box = SheetPart.read(part).box
    return order.index(box) if box in order else -1


def _far(order: Sequence[str], here: str, there: str) -> tuple[bool, int]:
    """Order boxes: those before this one first, the nearest of them at the front."""
    away = _place(order, there) - _place(order, here)
    return away > 0, abs(away)
