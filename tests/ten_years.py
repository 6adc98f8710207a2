"""Ten years of one department, as published walk programmes describe them, with one seed.

5 to 8 observations an hour on the floor, on walks of 45 to 90 minutes and between them; one week
in eight missed, and the holidays; one walk in twelve at night, though a third of the work is done
then; 40 to 80 % of the promises of a year told back within the next, many soon, some after years.
"""

from __future__ import annotations

import io
import math
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from gemba.domain.kinds import Record
from gemba.domain.link import BECAME, Link
from gemba.domain.observation import CATEGORIES, GOING_WELL, Observation
from gemba.domain.person import Area, Person
from gemba.domain.promise import Promise, ToldBack
from gemba.domain.walk import Debrief, Stop, Walk
from gemba.store.opening import open_store
from gemba.store.store import Store

LAST_DAY: Final = date(2026, 11, 20)
OBSERVATIONS, WALKS, PHOTOS = 100_000, 3_000, 5_000
_YEARS = 10
_AT_ONCE = 5_000
_PHOTOS_AT_ONCE = 250
_ZONE = ZoneInfo("Europe/London")
_PROMISES = 30  # observations to a promise
_AREAS = ("Ward 4", "Ward 6", "Pharmacy", "Theatres", "Discharge lounge", "Stores")
_SHIFTS = ("day", "night")
_STOPS = ("Board", "Bay 2", "Bay 4", "Hatch", "Sluice", "Store room", "Handover", "Desk", "Lift",
          "Trolley park", "Kitchen", "Corridor")  # fmt: skip
_NAMES = ("Ana Reis", "Ben Otieno", "Chloe Marsh", "Dai Evans", "Efua Mensah", "Finn Larsen",
          "Gita Rao", "Hugo Brandt", "Ines Costa", "Jo Whitlock")  # fmt: skip
_THINGS = ("pump", "trolley", "discharge list", "label printer", "bed alarm", "drug chart",
           "wheelchair", "linen cage", "monitor", "sample box", "phone", "rota")  # fmt: skip
_STATES = ("missing", "waiting for a porter", "looked for by two people", "broken since Monday",
           "ready before it was asked for", "kept in the wrong place", "done twice",
           "not where the label says", "shared with the next ward", "late")  # fmt: skip
_WEIGHTS = {GOING_WELL: 14, "safety": 12, "quality": 16, "delivery": 34, "cost": 6, "people": 18}
_TOLD_BACK = (0.42, 0.46, 0.5, 0.55, 0.48, 0.6, 0.66, 0.72, 0.76, 0.8)
"""The share of each year's promises that are ever told back, the oldest year first."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much of everything; the defaults are the whole department."""

    observations: int = OBSERVATIONS
    walks: int = WALKS
    photos: int = PHOTOS

    @classmethod
    def of(cls, observations: int) -> Size:
        """Return a smaller department of the same make."""
        share = observations / OBSERVATIONS
        return cls(observations, max(1, round(WALKS * share)), round(PHOTOS * share))


def filled(folder: Path, size: Size | None = None) -> Store:
    """Write the department as the program writes it, and return the open store."""
    size = size or Size()
    store = open_store(folder)
    waiting: list[Record] = []
    for record in records(size):
        waiting.append(record)
        if len(waiting) >= _AT_ONCE:
            store.write(waiting, who="Nora")
            waiting = []
    store.write(waiting, who="Nora")
    _with_photos(store, size.photos)
    return store


def records(size: Size) -> Iterator[Record]:
    """Yield areas, people, walks, observations, promises and their links, in order of time."""
    made = _Made(random.Random(2026))
    yield from made.areas
    yield from made.people
    days = _days(made.dice, size.walks)
    each = size.observations / len(days)
    counted = 0
    for number, day in enumerate(days):
        upto = round(each * (number + 1))
        yield from made.day(day, upto - counted)
        counted = upto


def _days(dice: random.Random, count: int) -> list[date]:
    """Return a day for each walk: missed weeks and holidays leave holes."""
    first = LAST_DAY - timedelta(365 * _YEARS)
    weeks = [first + timedelta(7 * week) for week in range(52 * _YEARS)]
    away = {week for week in weeks if (week.month, week.day // 8) in {(12, 3), (8, 0), (8, 1)}}
    walked = [week for week in weeks if week not in away and dice.random() > 0.125]
    found = [dice.choice(walked) + timedelta(dice.randrange(5)) for _ in range(count)]
    return sorted(min(day, LAST_DAY) for day in found)


class _Made:
    """What was made so far, from one row of dice."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.areas = [Area(id=self._id(), name=name, shifts=_SHIFTS) for name in _AREAS]
        self.people = [
            Person(id=self._id(), name=name, area_id=dice.choice(self.areas).id) for name in _NAMES
        ]
        self._since_promise = 0

    def _id(self) -> UUID:
        return UUID(int=self.dice.getrandbits(128), version=4)

    def day(self, day: date, count: int) -> Iterator[Record]:
        """Yield a walk with what was seen on it, then what was seen between walks."""
        dice = self.dice
        night = dice.random() < 1 / 12
        begin = datetime.combine(day, time(dice.choice((1, 3, 23)) if night else 9), _ZONE)
        minutes = dice.randrange(45, 91)
        per_hour = dice.uniform(5, 8)
        on_walk = min(count, max(1, round(per_hour * minutes / 60)))
        walk = self._walk(begin, minutes, _SHIFTS[night])
        yield walk
        for place in range(on_walk):
            at = begin + timedelta(minutes=minutes * place / on_walk)
            stop = walk.stops[place * len(walk.stops) // on_walk]
            yield from self._seen(at, walk, stop, place + 1)
        at = begin + timedelta(hours=2)
        for _ in range(count - on_walk):
            at += timedelta(minutes=60 / dice.uniform(5, 8))
            if at.date() != day:
                at = datetime.combine(day, time(10), _ZONE)
            yield from self._seen(at, None, None, 0)

    def _walk(self, begin: datetime, minutes: int, shift: str) -> Walk:
        dice = self.dice
        places = dice.sample(_STOPS, dice.randrange(3, 6))
        stops = tuple(Stop(id=f"s{at}", place=place) for at, place in enumerate(places))
        thing = dice.choice(_THINGS)
        return Walk(
            id=self._id(),
            purpose=f"Why is the {thing} late at the {places[0].lower()}?",
            area_id=dice.choices(self.areas, (5, 8, 4, 3, 2, 1))[0].id,
            stops=stops,
            time_box=45,
            planned_on=begin.date(),
            walked_on=begin.date(),
            started_at=begin,
            ended_at=begin + timedelta(minutes=minutes),
            debrief=Debrief(pattern=f"The {thing} waits for a list nobody owns."),
            shift=shift,
        )

    def _seen(
        self, at: datetime, walk: Walk | None, stop: Stop | None, place: int
    ) -> Iterator[Record]:
        dice = self.dice
        category = dice.choices(CATEGORIES, [_WEIGHTS[one] for one in CATEGORIES])[0]
        standard = dice.choices(("", "normal", "abnormal", "no standard seen"), (4, 3, 2, 1))[0]
        thing, state = dice.choice(_THINGS), dice.choice(_STATES)
        where = f"At the {stop.place.lower()} the" if stop else "The"
        seen = Observation(
            id=self._id(),
            walk_id=walk.id if walk else None,
            stop_id=stop.id if stop else "",
            place=place,
            seen_on=at.date(),
            seen_at=at,
            saw=f"{where} {thing} for bed {dice.randrange(40)} was {state}, {at:%H:%M}.",
            think=f"Nobody owns the {thing} after {dice.randrange(24)}:00." * (dice.random() < 0.3),
            category=category,
            standard=standard,
        )
        yield seen
        self._since_promise += 1
        if self._since_promise >= _PROMISES and category != GOING_WELL:
            self._since_promise = 0
            yield from self._promise(seen, thing)

    def _promise(self, seen: Observation, thing: str) -> Iterator[Record]:
        dice = self.dice
        who = dice.choice(self.people)
        promise = Promise(
            id=self._id(),
            text=f"Find out who owns the {thing}",
            person_id=who.id,
            raised_by=who.name,
            made_on=seen.seen_on,
            due_on=seen.seen_on + timedelta(14),
            resolver="Nora Whitfield",
            told_back=self._told(seen.seen_on, who.name),
        )
        yield promise
        yield Link(
            id=self._id(),
            role=BECAME,
            from_kind="observation",
            from_id=seen.id,
            to_kind="promise",
            to_id=promise.id,
        )

    def _told(self, made_on: date, to: str) -> ToldBack | None:
        """Tell back after a time with a heavy tail, or not at all; never after the last day."""
        dice = self.dice
        year = _YEARS - 1 - min(_YEARS - 1, (LAST_DAY - made_on).days // 365)
        days = round(math.exp(dice.gauss(math.log(14), 1.4)))
        ever = dice.random() < _TOLD_BACK[year]
        if not ever or made_on + timedelta(min(days, 4000)) > LAST_DAY:
            return None
        answer = "not now" if dice.random() < 0.2 else "done"
        on = made_on + timedelta(days)
        return ToldBack(on=on, to=to, answer=answer, said="It has an owner now.")


def _with_photos(store: Store, count: int) -> None:
    """Give as many observations a photo of their own, spread over all years."""
    everyone = store.columns(Observation, ["id"])
    step = max(1, len(everyone) // max(1, count))
    chosen = [key for (key,) in everyone[::step][:count]]
    for first in range(0, len(chosen), _PHOTOS_AT_ONCE):
        seen = store.find(Observation, id=chosen[first : first + _PHOTOS_AT_ONCE])
        changed = []
        for number, one in enumerate(seen, first):
            data = _photo(number)
            name = store.photos.take(sha256(data).hexdigest(), data, "seen.jpg").hash
            changed.append(replace(one, photos=(name,)))
        store.write(changed, who="Nora")


def _photo(number: int) -> bytes:
    """Return a small picture of its own colour; twelve megapixels each would take an hour."""
    from PIL import Image

    out = io.BytesIO()
    colour = (number % 251, number // 251 % 251, 128)
    Image.new("RGB", (64, 48), colour).save(out, "JPEG", quality=90)
    return out.getvalue()
