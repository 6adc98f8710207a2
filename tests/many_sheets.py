"""Thousands of plausible sheets: titles, owners, areas, stages and boxes as teams write them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from gemba.domain.figures import Figure
from gemba.domain.figures.pareto import Bar, Pareto
from gemba.domain.figures.run_chart import Reading, RunChart
from gemba.domain.kinds import Record
from gemba.domain.person import Area, Person
from gemba.domain.sheet import STAGES, Box, MarginNote, Sheet
from gemba.store.store import Store

DAY = date(2026, 11, 24)
_PEOPLE, _AREAS = 60, 18
_AT_ONCE = 500
_FIRST = ("Maria", "Lena", "Samir", "Tomas", "Joy", "Imran", "Grace", "Henrik", "Ines", "Oda")
_LAST = ("Okafor", "Brandt", "Haddad", "Reyes", "Adeyemi", "Shah", "Lindholm", "Olsen", "Novak")
_WHERE = ("ward 6", "the lab", "theatre 3", "packing", "the press shop", "line 4", "the clinic",
          "goods in", "billing", "the stroke unit", "paint", "the front desk", "dispatch",
          "the pharmacy", "assembly", "the call centre", "stores", "bay 2")  # fmt: skip
_WHAT = ("labels", "discharges", "scans", "invoices", "trolleys", "pumps", "change-overs", "forms",
         "orders", "samples", "welds", "referrals", "pallets", "letters", "dressings",
         "quotations")  # fmt: skip
_HOW = ("wait too long in", "are done twice in", "come back wrong from", "are lost on the way to",
        "leave late from", "stand idle in", "are short of parts in")  # fmt: skip
_SAID = ("Seen three mornings in a row.", "The list goes up after the round.",
         "Nobody is told when it is ready.", "The count was 22 of 60 in October.",
         "Two people walk for it each time.", "The night shift works from another list.",
         "It was written down by hand and typed again.", "The stock is counted on Fridays.",
         "Every second one is opened to look inside.", "The printer stands next door.")  # fmt: skip
_BOXES = ("background", "current", "goal", "analysis", "countermeasures", "plan", "check",
          "followup")  # fmt: skip


def fill(store: Store, count: int, seed: int = 1) -> list[UUID]:
    """Write so many sheets as the program writes them, and return their ids, oldest first."""
    chance = random.Random(seed)
    people = [Person(id=_id(chance), name=name) for name in _names(chance)]
    areas = [Area(id=_id(chance), name=_WHERE[n].capitalize()) for n in range(_AREAS)]
    store.write([*people, *areas], who="Ines")
    ids: list[UUID] = []
    waiting: list[Record] = []
    for record in _records(chance, count, people, areas):
        waiting.append(record)
        if isinstance(record, Sheet):
            ids.append(record.id)
        if len(waiting) >= _AT_ONCE:
            store.write(waiting, who="Ines")
            waiting = []
    store.write(waiting, who="Ines")
    return ids


def _records(
    chance: random.Random, count: int, people: list[Person], areas: list[Area]
) -> Iterator[Record]:
    for number in range(count):
        sheet = replace(
            made_up(chance, number),
            owner_id=chance.choice(people).id,
            coach_id=chance.choice(people).id,
            area_id=chance.choice(areas).id,
        )
        yield sheet
        if not number % 7:
            yield MarginNote(
                id=_id(chance),
                sheet_id=sheet.id,
                box="current",
                author="Ines",
                text="When were you last there?",
                asked_on=DAY,
            )


def made_up(chance: random.Random, number: int) -> Sheet:
    """Return one sheet on the problem-solving A3, written as far as its stage."""
    what, how, where = chance.choice(_WHAT), chance.choice(_HOW), chance.choice(_WHERE)
    title = f"{chance.randint(2, 60)} {what} a week {how} {where}"
    stage = STAGES[number % len(STAGES)]
    filled = 3 + STAGES.index(stage)
    boxes = tuple(
        Box(
            id=box,
            text=f"{title}. " + " ".join(chance.sample(_SAID, 3)) if place < filled else "",
            figures=_figures(chance, number, box) if place < filled else (),
        )
        for place, box in enumerate(_BOXES)
    )
    return Sheet(
        id=_id(chance),
        title=title,
        started_on=DAY - timedelta(days=chance.randint(0, 900)),
        stage=stage,
        is_now=title,
        boxes=boxes,
    )


def _figures(chance: random.Random, number: int, box: str) -> tuple[Figure, ...]:
    """Every third sheet has a chart of what is, every fifth one of what was counted."""
    if box == "current" and number % 3 == 0:
        readings = tuple(
            Reading(on=DAY - timedelta(days=24 - day), value=float(chance.randint(4, 19)))
            for day in range(24)
        )
        return (RunChart(id="f1", caption="Each day", readings=readings),)
    if box == "analysis" and number % 5 == 0:
        words = chance.sample(_WHAT, 5)
        bars = tuple(Bar(label=word, count=float(40 // (n + 1))) for n, word in enumerate(words))
        return (Pareto(id="f2", caption="By kind", bars=bars),)
    return ()


def _names(chance: random.Random) -> list[str]:
    every = [f"{first} {last}" for first in _FIRST for last in _LAST]
    return chance.sample(every, _PEOPLE)


def _id(chance: random.Random) -> UUID:
    return UUID(int=chance.getrandbits(128), version=4)
