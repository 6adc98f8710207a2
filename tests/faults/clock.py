"""The clock is set back and forward, the zone changes, summer time begins and ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from gemba.app.folders import load_catalog
from gemba.domain.changes import JournalEntry, Ref
from gemba.domain.walk import Walk
from gemba.services.workspace import Workspace, open_workspace
from gemba.store.store import Store
from gemba.words import Words
from tests.faults.kit.ground import NOW, look_through, room
from tests.faults.tally import Row, Tally, must

ROW = Row("the clock is set, the zone and summer time change", 8, 8)
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
WALK = UUID(int=7)
Read = Callable[[Store, Ref], list[JournalEntry]]

# Local times as a wall shows them; the second two o'clock of the autumn night is fold 1.
CASES: dict[str, tuple[datetime, datetime]] = {
    "back an hour": (NOW, NOW - timedelta(hours=1)),
    "back a day": (NOW, NOW - timedelta(days=1)),
    "to 1970": (NOW, datetime(1970, 1, 1, tzinfo=AMSTERDAM)),
    "forward ten years": (NOW, NOW.replace(year=2036)),
    "to a zone twelve hours on": (NOW, NOW.astimezone(ZoneInfo("Pacific/Auckland"))),
    "to a zone nine hours back": (NOW, NOW.astimezone(ZoneInfo("America/Los_Angeles"))),
    "summer time begins": (
        datetime(2026, 3, 29, 1, 59, 50, tzinfo=AMSTERDAM),
        datetime(2026, 3, 29, 3, 0, 5, tzinfo=AMSTERDAM),
    ),
    "summer time ends": (
        datetime(2026, 10, 25, 2, 59, 50, tzinfo=AMSTERDAM, fold=0),
        datetime(2026, 10, 25, 2, 0, 5, tzinfo=AMSTERDAM, fold=1),
    ),
}


def run(times: int, seed: int) -> Tally:
    """Go through the eight changes of the clock in turn."""
    tally = Tally("clock")
    with room() as place:
        for number in range(times):
            name = list(CASES)[number % len(CASES)]
            with tally.once(seed + number):
                _change(place / str(number), name, *CASES[name], read=_by_number)
        back = CASES["back a day"]
        tally.catch(lambda: _change(place / "by clock", "", *back, read=_by_clock), "the story")
    return tally


def _by_number(store: Store, ref: Ref) -> list[JournalEntry]:
    return store.journal(ref)


def _by_clock(store: Store, ref: Ref) -> list[JournalEntry]:
    """The control: a history in the order of the clock."""
    return sorted(store.journal(ref), key=lambda entry: entry.at)


def _change(folder: Path, name: str, before: datetime, after: datetime, *, read: Read) -> None:
    """Write, make backups, set the clock, go on in the same field, set it back, and look."""
    time = before
    work = open_workspace(folder, load_catalog(folder), Words(), now=lambda: time)
    try:
        work.recorder.put(Walk(id=WALK, purpose="0"))
        told = ["0"]
        backups = [work.backups.make().counter]
        for number, moment in enumerate((before, after, after, before), 1):
            time = moment + timedelta(seconds=number)
            told.append(str(number))
            # The same visit all along: a row may only be extended while the clock goes forward.
            work.walks.write(WALK, visit="one stay", purpose=str(number))
            work.recorder.settle()
            backups.append(work.backups.make().counter)
        _look(work, name, told, backups, read)
    finally:
        work.close()
    look_through(folder).close()


def _look(work: Workspace, name: str, told: list[str], backups: list[int], read: Read) -> None:
    ref = Ref("walk", WALK)
    walk = work.walks.get(WALK)
    must(walk.purpose == told[-1], f"{name}: {walk.purpose!r} stands there, not {told[-1]!r}")
    must(walk.revision == len(told), f"{name}: revision {walk.revision}, {len(told)} were written")
    entries = read(work.store, ref)
    said = [entry.change.after for entry in entries if entry.change.field == "purpose"]
    must(said == sorted(said, key=str) and said[-1] == told[-1], f"{name}: the story says {said}")
    revisions = [entry.revision for entry in entries]
    must(revisions == sorted(set(revisions)), f"{name}: the story goes {revisions}")
    for revision in revisions:
        stood = work.store.at_revision(Walk, WALK, revision)
        must(stood.purpose == told[revision - 1], f"{name}: revision {revision} is {stood.purpose}")
    must(backups == sorted(set(backups)), f"{name}: backups are counted {backups}")
    held = {point.counter for point in work.backups._folder().points()}
    # All were made within minutes of work: whatever the clock says, none of them is old.
    gone = [counter for counter in backups[-2:] if counter not in held]
    must(not gone, f"{name}: the newest backups were pruned: {gone} of {backups}")
    first = [counter for counter in backups[:2] if counter in held]
    must(first, f"{name}: no backup from before the clock was set is left, only {sorted(held)}")
