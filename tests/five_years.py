"""Five years of coaching, as a leader and their coaches might have them, with one seed.

Forty learners, each with about sixty cycles a year in bursts of daily practice between pauses;
two or three experiments to a cycle, since many steps are tried between two looks; half of the
predictions come as expected; a target condition holds for some weeks, an obstacle for some days.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from gemba.domain.coaching import Answer, Obstacle, PhaseTime, Storyboard, Talk
from gemba.domain.experiment import Experiment, Numbers
from gemba.domain.kinds import Record
from gemba.domain.person import Person
from gemba.store.opening import open_store
from gemba.store.store import Store

LAST_DAY: Final = date(2026, 11, 20)
LEARNERS, CYCLES, EXPERIMENTS = 40, 12_000, 30_000
_YEARS = 5
_AT_ONCE = 5_000
_ZONE = ZoneInfo("Europe/London")
_COACHES = ("Nora Whitfield", "Ana Reis", "Dai Evans", "Gita Rao")
_FIRST = ("Priya", "Marek", "Leon", "Hannah", "Tom", "Efua", "Finn", "Ines", "Jo", "Kofi")
_SECOND = ("Raman", "Dvořák", "Fischer", "Osei", "Hale", "Mensah", "Larsen", "Costa")
_PROCESSES = ("Discharge of bay 2", "Letters of the round", "Medicines to take home",
              "Porter calls", "Theatre turnover")  # fmt: skip
_OBSTACLES = ("nobody says the time", "the list comes after the round", "the bag waits on a shelf",
              "the call goes to the wrong desk", "two people do it twice")  # fmt: skip
_STEPS = ("write the time on the bag", "ask at the board", "call before nine", "fetch twice",
          "name tomorrow's leavers", "hold the bleep for half an hour")  # fmt: skip
_ASKED = (
    ("aim", "What condition are you working toward?"),
    ("now", "Where is it today, in facts?"),
    ("obstacle", "Of the parked obstacles, which single one now?"),
    ("next", "What will you try next, and what do you expect?"),
    ("when", "How soon can we go and see what you learned?"),
)


@dataclass(frozen=True, slots=True)
class Size:
    """How much of everything; the defaults are the whole five years."""

    learners: int = LEARNERS
    cycles: int = CYCLES
    experiments: int = EXPERIMENTS

    @classmethod
    def of(cls, share: float) -> Size:
        """Return a share of it: as many years of fewer learners."""
        return cls(
            max(1, round(LEARNERS * share)), round(CYCLES * share), round(EXPERIMENTS * share)
        )


def filled(folder: Path, size: Size | None = None) -> Store:
    """Write five years as the program writes them, and return the open store."""
    store = open_store(folder)
    waiting: list[Record] = []
    for record in records(size or Size()):
        waiting.append(record)
        if len(waiting) >= _AT_ONCE:
            store.write(waiting, who=_COACHES[0])
            waiting = []
    store.write(waiting, who=_COACHES[0])
    return store


def records(size: Size) -> Iterator[Record]:
    """Yield people, then each learner's boards, experiments and cycles in order of time."""
    made = _Made(random.Random(2026))
    people = [made.person(number) for number in range(size.learners)]
    yield from people
    for number, person in enumerate(people):
        cycles = _share(size.cycles, size.learners, number)
        yield from made.years(person, cycles, _share(size.experiments, size.learners, number))


def _share(whole: int, parts: int, number: int) -> int:
    return whole * (number + 1) // parts - whole * number // parts


class _Made:
    """What was made so far, from one row of dice."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice

    def _id(self) -> UUID:
        return UUID(int=self.dice.getrandbits(128), version=4)

    def person(self, number: int) -> Person:
        """Return somebody with a name of their own."""
        first = _FIRST[number % len(_FIRST)]
        return Person(id=self._id(), name=f"{first} {_SECOND[number % len(_SECOND)]} {number + 1}")

    def years(self, person: Person, cycles: int, experiments: int) -> Iterator[Record]:
        """Yield what one learner did: a new storyboard about every quarter."""
        days = self._days(cycles)
        done = 0
        board: Storyboard | None = None
        last: UUID | None = None
        for number, day in enumerate(days):
            if board is None or (day - board.started_on).days > 90:
                board, last = self._board(person, day), None
                yield board
            upto = experiments * (number + 1) // max(1, cycles)
            tried: list[Experiment] = []
            while done < upto:
                done += 1
                tried.append(self._experiment(board, day, done))
            yield from tried
            if tried:
                yield self._talk(board, day, last, tried[-1].id)
                last = tried[-1].id
            else:
                yield self._talk(board, day, last, None)

    def _days(self, count: int) -> list[date]:
        """Return days of practice: bursts of daily cycles with pauses between them."""
        first = LAST_DAY - timedelta(365 * _YEARS)
        whole = [first + timedelta(day) for day in range(365 * _YEARS)]
        week = [day for day in whole if day.weekday() < 5 and (day.month, day.day // 8) != (8, 1)]
        return sorted(self.dice.choices(week, k=count))

    def _board(self, person: Person, day: date) -> Storyboard:
        dice = self.dice
        parked = dice.sample(_OBSTACLES, 3)
        gone = day + timedelta(dice.randrange(20, 60))
        return Storyboard(
            id=self._id(),
            learner_id=person.id,
            focus_process=dice.choice(_PROCESSES),
            challenge="Everybody who may go home leaves before noon.",
            target_condition="The bag is on the ward at ten for eight of ten people.",
            target_by=day + timedelta(28),
            current_condition="Three of ten; the others wait for the bag or for the letter.",
            obstacles=tuple(
                Obstacle(id=f"o{at}", text=words, gone_on=gone if at == 0 else None)
                for at, words in enumerate(parked)
            ),
            focus="o1",
            started_on=day,
        )

    def _experiment(self, board: Storyboard, day: date, number: int) -> Experiment:
        dice = self.dice
        expected = dice.randrange(4, 10)
        at = datetime.combine(day, time(9, 20), _ZONE)
        planned = Experiment(
            id=self._id(),
            storyboard_id=board.id,
            learner_id=board.learner_id,
            obstacle_id=dice.choice(("o0", "o0", "o1", "o2")),
            number=number,
            step=f"For {dice.randrange(2, 6)} days {dice.choice(_STEPS)}, bay {dice.randrange(9)}",
            prediction=f"{expected} of 10 bags are there at ten, bed {dice.randrange(40)}",
            measure="Counted at ten at the board",
            planned_on=day,
            look_on=day + timedelta(dice.randrange(1, 5)),
            predicted_at=at,
        )
        if (LAST_DAY - day).days < 3:
            return replace(planned, numbers=Numbers(predicted=float(expected), unit="of 10"))
        happened = max(0, min(10, expected + dice.randrange(-3, 3)))
        outcome = "as expected" if abs(happened - expected) < 2 else "different"
        outcome = "unclear" if dice.random() < 0.1 else outcome
        return replace(
            planned,
            numbers=Numbers(predicted=float(expected), happened=float(happened), unit="of 10"),
            result=f"{happened} of 10. {dice.choice(_OBSTACLES).capitalize()} on two days.",
            outcome=outcome,
            learned=f"It is not the bag: {dice.choice(_OBSTACLES)} before nine.",
            result_on=planned.look_on,
        )

    def _talk(self, board: Storyboard, day: date, last: UUID | None, planned: UUID | None) -> Talk:
        dice = self.dice
        begin = datetime.combine(day, time(9, 15), _ZONE)
        answers = tuple(
            Answer(
                id=key,
                question=question,
                text=f"{dice.choice(_OBSTACLES)}; {dice.choice(_STEPS)}, bed {dice.randrange(40)}.",
                unknown=key == "now" and dice.random() < 0.2,
            )
            for key, question in _ASKED
        )
        times = tuple(PhaseTime(at_step=key, seconds=dice.randrange(40, 300)) for key, _ in _ASKED)
        seconds = sum(one.seconds for one in times)
        return Talk(
            id=self._id(),
            kind="cycle",
            learner_id=board.learner_id,
            coach=dice.choices(_COACHES, (6, 2, 1, 1))[0],
            storyboard_id=board.id,
            definition="cycle",
            held_on=day,
            started_at=begin,
            ended_at=begin + timedelta(seconds=seconds),
            elapsed=seconds,
            answers=answers,
            times=times,
            last_experiment_id=last,
            next_experiment_id=planned,
            agreed=f"Tomorrow {dice.choice(_STEPS)}",
            next_look_on=day + timedelta(1),
            private_note="I told more than I asked." if dice.random() < 0.2 else "",
        )
