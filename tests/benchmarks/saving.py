"""One field's autosave, against a bare commit under the same pragmas."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from tests.benchmarks.measuring import PYTHON, Figure, environment, percentile

_SAVES = 200
_COUNTED = 10
_SYNCED = re.compile(r"^(?:\[pid +\d+\] |\d+ +)?f(?:data)?sync\(", re.MULTILINE)


def measure(work: Path) -> list[Figure]:
    """Count what is synced with strace, where it is there, and time the save on a tmpfs."""
    rows = []
    if shutil.which("strace"):
        ours, bare = _synced(work, "gemba"), _synced(work, "bare")
        note = f"each of {_COUNTED} saves, by strace; floor: a bare commit"
        rows.append(Figure("syncs of one field's autosave", ours, bare, "", 1.0, note))
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else work) as folder:
        ours_ms, bare_ms = _times(Path(folder), "gemba"), _times(Path(folder), "bare")
    added = percentile(ours_ms) - percentile(bare_ms)
    where = "tmpfs" if memory.is_dir() else "disk"
    note = f"p95 on {where}, over a bare commit of {percentile(bare_ms):.2f} ms"
    rows.append(Figure("added by one field's autosave", added, 1.0, "ms", 3.0, note, absolute=True))
    return rows


def _synced(work: Path, which: str) -> float:
    """Return the syncs of one save: those of many less those of opening and closing alone."""
    counts = []
    for saves in (0, _COUNTED):
        trace = work / f"{which}-{saves}.trace"
        folder = work / f"{which}-{saves}"
        folder.mkdir()
        traced = ["strace", "-f", "-e", "trace=fdatasync,fsync", "-o", str(trace)]
        _child(traced, folder, which, saves)
        counts.append(len(_SYNCED.findall(trace.read_text(encoding="utf-8"))))
    return (counts[1] - counts[0]) / _COUNTED


def _times(folder: Path, which: str) -> list[float]:
    inner = folder / which
    inner.mkdir()
    out = _child([], inner, which, _SAVES)
    found: list[float] = json.loads(out.splitlines()[-1])
    return found[5:]


def _child(before: list[str], folder: Path, which: str, saves: int) -> str:
    command = [PYTHON, "-m", "tests.benchmarks.saving", str(folder), which, str(saves)]
    return subprocess.run(
        [*before, *command],
        check=True,
        capture_output=True,
        text=True,
        env=environment(),
        timeout=120,
    ).stdout


def save_fields(folder: Path, saves: int) -> list[float]:
    """Save one box of a sheet again and again, as the sheet page does, and return milliseconds."""
    from gemba.app.folders import load_catalog
    from gemba.services.workspace import open_workspace
    from gemba.words import Words

    workspace = open_workspace(folder, load_catalog(folder), Words())
    sheet = workspace.sheets.begin("Beds are free at four, not at noon")
    times = []
    text = ""
    for number in range(saves):
        text = f"{text[-600:]} and line {number}"
        began = time.perf_counter()
        workspace.sheets.write_box(sheet.id, "current", text, visit="one").result()
        times.append((time.perf_counter() - began) * 1000)
    workspace.close()
    return times


def commit_bare(folder: Path, saves: int) -> list[float]:
    """Commit one row under the same pragmas through the standard library alone."""
    times = []
    with closing(sqlite3.connect(folder / "bare.sqlite", isolation_level=None)) as connection:
        run = connection.execute
        run("PRAGMA journal_mode=DELETE")
        run("PRAGMA synchronous=EXTRA")
        run("CREATE TABLE box (id INTEGER PRIMARY KEY, text TEXT)")
        run("INSERT INTO box VALUES (1, '')")
        text = ""
        for number in range(saves):
            text = f"{text[-600:]} and line {number}"
            began = time.perf_counter()
            run("BEGIN IMMEDIATE")
            run("UPDATE box SET text = ? WHERE id = 1", (text,))
            run("COMMIT")
            times.append((time.perf_counter() - began) * 1000)
    return times


if __name__ == "__main__":
    job = save_fields if sys.argv[2] == "gemba" else commit_bare
    print(json.dumps(job(Path(sys.argv[1]), int(sys.argv[3]))))
