"""A person is erased and the process killed, at its own touches and at moments of the clock.

After the next start either nothing is erased, and every record says what it said, or no byte of
the folder tells the name any more, the backups among them: ``gemba check --gone`` proves it. The
photo beside the name is either there, or in no folder of photos any more.
"""

from __future__ import annotations

import contextlib
import io
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from random import Random

from gemba import cli
from gemba.domain.observation import Observation
from gemba.domain.person import Person
from gemba.services.erasing import Erasing
from tests.faults.kit.ground import a_photo, look_through, prepare, room, workspace
from tests.faults.tally import Row, Tally, must

ROW = Row("kill -9 while a person is erased", 20, 2)
NAME = "Quxolotl Vandermeer"
WORDS = ("quxolotl", "vandermeer")
LINES = 400
PATIENCE = 120.0


def run(times: int, seed: int) -> Tally:
    """Kill so many erasings: every other one at a touch, the rest by the clock."""
    tally = Tally("kill -9 during erase")
    with room() as place:
        ground = place / "ground"
        _prepared(ground)
        touches, seconds = _whole(place / "whole", ground)
        chance = Random(seed)
        ended: dict[str, int] = {}
        for number in range(times):
            at = (number + chance.random()) / times
            how = ["--touch", str(1 + int(at * (touches - 1)))]
            if number % 2:
                how = ["--after", f"{at * seconds:.4f}"]
            with tally.once(seed + number):
                state = _killed(place / "killed", ground, *how)
                ended[state] = ended.get(state, 0) + 1
        tally.notes.append(f"touches in one erasing: {touches}; ended {ended}")
        tally.catch(lambda: _forgetful(place / "control", ground, touches), "still holds")
    return tally


def _prepared(folder: Path) -> None:
    prepare(folder)
    with workspace(folder) as work:
        work.people.person(NAME)
        walk = work.walks.under_way()
        assert walk is not None
        for number in range(LINES):
            line = work.walks.begin_line(walk.id, walk.stops[0].id)
            work.walks.keep(line.id, saw=f"Quxolotl carries form {number} to the desk.")
        work.walks.add_photo(line.id, a_photo(1), "desk.jpg")
        work.recorder.settle()
        work.backups.make()


def _whole(folder: Path, ground: Path) -> tuple[int, float]:
    """Let one live; return its touches and its seconds."""
    shutil.copytree(ground, folder)
    done = _started(folder)
    must(done.returncode == 0, f"did not live: {done.stderr}")
    must(_state(folder) == "erased", "it erased nothing")
    shutil.rmtree(folder)
    touches, seconds = done.stdout.split()
    return int(touches), float(seconds)


def _started(folder: Path, *how: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.faults.kit.eraser", str(folder), NAME, *how],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def _killed(folder: Path, ground: Path, *how: str) -> str:
    """Kill one, start again, and tell whether all is old or all is gone."""
    shutil.copytree(ground, folder)
    try:
        done = _started(folder, *how)
        # The clock may strike after the end.
        late = how[0] == "--after" and done.returncode == 0
        must(late or done.returncode == -signal.SIGKILL, f"was not killed: {done.stderr}")
        return _state(folder)
    finally:
        shutil.rmtree(folder)


def _state(folder: Path) -> str:
    """Start again, and have everything old or everything gone."""
    with workspace(folder) as work:
        work.recorder.settle()
        seen = work.recorder.find(Observation)
        lines = sum("Quxolotl" in one.saw for one in seen)
        old = bool(work.recorder.find(Person, name=NAME))
    look_through(folder).close()
    photos = [path for path in folder.rglob("*.jpg") if not path.name.startswith(".")]
    named = sum(len(one.photos) for one in seen)
    if old:
        must(lines == LINES, f"half erased: {lines} of {LINES} lines name them")
        must(named == 1 and len(photos) >= 1, f"the photo is gone: {named}, {photos}")
        return "old"
    must(not lines, f"half erased: {lines} lines name them")
    must(not named and not photos, f"still holds a photo: {named}, {photos}")
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        words = [part for word in WORDS for part in ("--gone", word)]
        code = cli.main(["--data-dir", str(folder), "check", *words])
    must(code == 0, f"still holds a name: {said.getvalue()[-300:]}")
    return "erased"


def _forgetful(folder: Path, ground: Path, touches: int) -> None:
    """The control: a next start that does not go on with what was broken off."""
    held = Erasing.finish_half
    Erasing.finish_half = lambda _self: None  # type: ignore[method-assign]
    try:
        for at in range(touches, 0, -max(1, touches // 12)):
            _killed(folder, ground, "--touch", str(at))
    finally:
        Erasing.finish_half = held  # type: ignore[method-assign]
