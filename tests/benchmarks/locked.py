"""What a passphrase costs: one field's autosave, and opening, each against the same in plain."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.measuring import PYTHON, Figure, environment, in_turn, percentile, wall

_SAVES = 200
_PASSPHRASE = "go and see"


def measure(sample: Path) -> list[Figure]:
    """Measure both on a tmpfs where there is one; values are what the passphrase adds."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as place:
        plain, locked = Path(place) / "plain", Path(place) / "locked"
        shutil.copytree(sample, plain)
        shutil.copytree(sample, locked)
        command = [PYTHON, "-m", "gemba", "--data-dir", str(locked), "passphrase", "set"]
        subprocess.run(
            [*command, "--passphrase-stdin"],
            input=_PASSPHRASE.encode(),
            check=True,
            stdout=subprocess.DEVNULL,
            env=environment(),
        )
        ours, theirs = in_turn(lambda: _saved(locked), lambda: _saved(plain), runs=3)
        opened, bare = in_turn(lambda: _opened(locked), lambda: _opened(plain))
    note = f"p95 on a tmpfs: {ours:.2f} ms over {theirs:.2f} ms in plain"
    second = f"from the start until all is loaded: {opened:.2f} s over {bare:.2f} s in plain"
    return [
        Figure("added to autosave by a passphrase", ours - theirs, 1, "ms", 3, note, True),
        Figure("added to opening by a passphrase", opened - bare, 1, "s", 0.3, second, True),
    ]


def _saved(folder: Path) -> float:
    out = subprocess.run(
        [PYTHON, "-m", "tests.benchmarks.locked", str(folder), str(_SAVES)],
        check=True,
        capture_output=True,
        text=True,
        env=environment(),
        timeout=120,
    )
    return percentile(json.loads(out.stdout.splitlines()[-1])[5:])


def _opened(folder: Path) -> float:
    """Start the window and close it as soon as everything is loaded."""
    command = [PYTHON, "-m", "gemba", "--data-dir", str(folder), "--exit-when-idle"]
    if folder.name == "plain":
        return wall(command)
    began = time.perf_counter()
    subprocess.run(
        [*command, "--passphrase-stdin"],
        input=_PASSPHRASE.encode(),
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment(),
        timeout=120,
    )
    return time.perf_counter() - began


def _save_fields(folder: Path, saves: int) -> list[float]:
    """Save one box of a sheet again and again, as the sheet's page does; in milliseconds."""
    from gemba.app.folders import load_catalog
    from gemba.services.passphrase import must_unlock, unlock
    from gemba.services.workspace import open_workspace
    from gemba.words import Words

    key = unlock(folder, _PASSPHRASE) if must_unlock(folder) else None
    workspace = open_workspace(folder, load_catalog(folder), Words(), key=key)
    sheet = workspace.sheets.begin("Beds are free at four, not at noon")
    times, text = [], ""
    for number in range(saves):
        text = f"{text[-600:]} and line {number}"
        began = time.perf_counter()
        workspace.sheets.write_box(sheet.id, "current", text, visit="one").result()
        times.append((time.perf_counter() - began) * 1000)
    workspace.close()
    return times


if __name__ == "__main__":
    print(json.dumps(_save_fields(Path(sys.argv[1]), int(sys.argv[2]))))
