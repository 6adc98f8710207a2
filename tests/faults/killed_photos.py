"""Taking photos in is killed at its calls, spread over all of it.

Every photo that a record names is there and is what it was; what was said to be kept is kept;
no half of a file stays behind after the next start, and no file that nothing names.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from random import Random

from gemba.domain.observation import Observation
from tests.faults.kit.at_call import NO_STRACE, Point, can_kill, kill_at, points, spread
from tests.faults.kit.ground import look_through, photos_named, prepare, room
from tests.faults.kit.photographer import COUNT
from tests.faults.tally import Row, Tally, must

ROW = Row("kill -9 while photos are taken in", 50, 3)
_PHOTOGRAPHER = "tests.faults.kit.photographer"


def run(times: int, seed: int) -> Tally:
    """Kill so many imports, each at another call."""
    tally = Tally("kill -9 during photo import")
    if not can_kill():
        tally.skipped = NO_STRACE
        return tally
    with room() as place:
        ground = place / "ground"
        prepare(ground)
        calls = points(_copied(ground, place / "whole"), _PHOTOGRAPHER)
        tally.notes.append(f"{COUNT} photos: {len(calls)} calls")
        for at in spread(calls, times, Random(seed)):
            with tally.once(seed + tally.times):
                _killed(place / "killed", ground, at)
        tally.catch(lambda: _named_too_early(place, ground), "not there")
    return tally


def _named_too_early(place: Path, ground: Path) -> None:
    """The control: records that name a photo before it is there."""
    broken = points(_copied(ground, place / "broken"), _PHOTOGRAPHER, "--broken")
    first = next(at for at in broken if at[0].startswith(("rename", "link")))
    _killed(place / "control", ground, first, "--broken")


def _copied(ground: Path, folder: Path) -> Path:
    shutil.copytree(ground, folder)
    return folder


def _killed(folder: Path, ground: Path, at: Point, *more: str) -> None:
    try:
        said = kill_at(at, _copied(ground, folder), _PHOTOGRAPHER, *more).split()
        with look_through(folder) as store:
            named = {photo for seen in store.find(Observation) for photo in seen.photos}
            photos = set(photos_named(store))
            # What every start does.
            store.clearing.finish()
            files = {path.stem for path in (folder / "photos").rglob("*.jpg")}
            files |= {path.stem for path in (folder / "photos").rglob("*.png")}
        must(named >= set(said), f"{at}: a photo that was called kept is gone")
        must(photos >= files, f"{at}: a file that nothing names is left")
        # It goes on from there as if nothing had been.
        again = [sys.executable, "-m", _PHOTOGRAPHER, str(folder)]
        subprocess.run(again, check=True, stdout=subprocess.DEVNULL)
        look_through(folder).close()
    finally:
        shutil.rmtree(folder)
