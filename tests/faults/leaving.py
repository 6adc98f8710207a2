"""Words are typed and at once the app is left, in each of eight ways: not a letter is lost."""

from __future__ import annotations

import shutil
from pathlib import Path

from gemba.domain.observation import Observation
from tests.faults.kit.diary import Told, read_diary
from tests.faults.kit.ground import look_through, prepare, robot_command, room, start, stored
from tests.faults.kit.leaver import WAYS
from tests.faults.tally import Row, Tally, must

ROW = Row("type, then leave at once in eight ways", 160, 3)
PATIENCE = 120.0


def run(times: int, seed: int) -> Tally:
    """Leave so many times, each way in turn."""
    tally = Tally("leaving")
    with room() as place:
        for number in range(times):
            with tally.once(seed + number):
                _leave(place, WAYS[number % len(WAYS)], seed + number)
        tally.catch(lambda: _leave(place, "close", seed, "--broken", "deaf"), "was typed")
    return tally


def _leave(place: Path, way: str, seed: int, *more: str) -> None:
    folder, diary = place / "data", place / "diary"
    shutil.rmtree(folder, ignore_errors=True)
    diary.unlink(missing_ok=True)
    prepare(folder)
    process = start(robot_command(folder, diary, seed, "--leave", way, *more))
    _, words = process.communicate(timeout=PATIENCE)
    told = read_diary(diary.read_bytes())
    must(told.has("leaving"), f"{way}: it never came to leave: {words[-500:]!r}")
    _all_there(folder, told, way)


def _all_there(folder: Path, told: Told, way: str) -> None:
    with look_through(folder) as store:
        for key, field in told.fields.items():
            there = stored(store, key)
            must(there == field.texts[-1], f"{way}: {field.texts[-1]!r} was typed, not {there!r}")
        for note in told.notes:
            if note["what"] == "new":
                there = [seen.saw for seen in store.find(Observation)]
                must(note["text"] in there, f"{way}: {note['text']!r} was typed, not {there!r}")
