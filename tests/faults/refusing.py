"""A save fails, and succeeds later: until then the window says that it is not saved."""

from __future__ import annotations

import hashlib
from pathlib import Path

from tests.faults.kit.diary import Told, read_diary
from tests.faults.kit.ground import prepare, robot_command, room, start, workspace
from tests.faults.kit.kept import all_kept
from tests.faults.tally import Broke, Failure, Row, Tally, must

ROW = Row("a save fails, then succeeds", 50, 2)
PATIENCE = 900.0


def run(times: int, seed: int) -> Tally:
    """Have the disk refuse so many times in the life of one app; every twentieth by a lock."""
    tally = Tally("save fails, then succeeds")
    with room() as place:
        folder = place / "data"
        prepare(folder)
        with workspace(folder) as work:
            work.backups.make()
        before = _backups(folder)
        told = refused(folder, place / "diary", seed, times, "no longer files")
        count(tally, told, times, seed)
        try:
            must(before and before.items() <= _backups(folder).items(), "a good backup is gone")
            all_kept(folder, told)
        except Broke as broke:
            tally.failures.append(Failure(seed, str(broke)))
        prepare(place / "careless")
        tally.catch(lambda: _careless(place, seed), "called saved")
    return tally


def refused(
    folder: Path, diary: Path, seed: int, times: int, part: str, *broken: str, **more: str
) -> Told:
    """Run a robot through so many refusals and return its diary."""
    what = ["--refused", part, "--actions", str(times), *broken]
    process = start(robot_command(folder, diary, seed, *what), **more)
    _, words = process.communicate(timeout=PATIENCE)
    told = read_diary(diary.read_bytes())
    if process.returncode not in (0, 3):
        raise Broke(f"the app ended with {process.returncode}: {words[-1500:]!r}")
    return told


def count(tally: Tally, told: Told, times: int, seed: int) -> None:
    """Count the rounds of a diary; those that were never reached did not hold."""
    rounds = [one for one in told.notes if one["what"] == "round"]
    for number in range(times):
        with tally.once(seed + number):
            must(number < len(rounds), "an earlier round broke")
            must(not rounds[number]["broke"], rounds[number]["broke"])
    really = sum(bool(one["refused"]) for one in rounds)
    tally.notes.append(f"the disk refused in {really} of {len(rounds)} rounds")
    if rounds and not really and not told.has("told"):
        tally.failures.append(Failure(seed, "the disk refused nothing, so nothing was tried"))


def _careless(place: Path, seed: int) -> None:
    told = refused(
        place / "careless", place / "other diary", seed, 2, "no longer files", "--broken=careless"
    )
    tried = Tally("careless")
    count(tried, told, 2, seed)
    must(not tried.failures, "; ".join(one.what for one in tried.failures))


def _backups(folder: Path) -> dict[str, str]:
    return {
        one.name: hashlib.sha256(one.read_bytes()).hexdigest()
        for one in (folder / "backups").glob("*.db")
    }
