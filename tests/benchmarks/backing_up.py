"""Backup and proof of a hundred thousand records, and what they hold up meanwhile."""

from __future__ import annotations

import json
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

from gemba.domain.observation import Observation
from gemba.store.backup import make_backup
from gemba.store.backup_files import FOLDER_NAME, BackupFolder
from gemba.store.header import FILE_NAME
from gemba.store.store import Store
from gemba.store.turns import Turns
from tests.benchmarks.measuring import PYTHON, Figure, environment, percentile
from tests.benchmarks.searching import filled

_RECORDS = 100_000
_RUNS = 5
_LONGEST_MS = 50.0
_COMMITS = 200


def measure(work: Path) -> list[Figure]:
    """Fill a folder, back it up in turn with the bare call, then write and paint meanwhile."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else work) as place:
        folder = Path(place) / "data"
        with filled(folder, _RECORDS) as store:
            rows = [*_times(store), _commits(store)]
        rows += _frames(folder)
    return rows


def _times(store: Store) -> list[Figure]:
    """Time the first backup, of which every row is digested, and those that follow one."""
    first, following, bare = [], [], []
    for run in range(_RUNS + 1):
        shutil.rmtree(store.folder / FOLDER_NAME, ignore_errors=True)
        took = [_timed(work) for work in (lambda: _backup(store),) * 2]
        plain = _timed(lambda: _bare(store.folder))
        if run:  # the one before warms everything up
            first.append(took[0])
            following.append(took[1])
            bare.append(plain)
    floor = statistics.median(bare)
    size = (store.folder / FILE_NAME).stat().st_size / 2**20
    note = f"{size:.0f} MB, pages, references and rows; floor: the bare backup call"
    named = (("backup and verify", following), ("the very first backup", first))
    return [
        Figure(f"{name}, 100,000 records", statistics.median(times), floor, "s", 4.0, note)
        for name, times in named
    ]


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _backup(store: Store) -> None:
    folder = BackupFolder(store.folder / FOLDER_NAME)
    make_backup(store, folder, made_at=datetime.now(UTC), reason="asked for")
    folder.remove(folder.points()[:-1])


def _bare(folder: Path) -> None:
    target = folder / "bare.db"
    with closing(sqlite3.connect(folder / FILE_NAME)) as source:
        with closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
    target.unlink()


def _commits(store: Store) -> Figure:
    """Write without a pause on another thread and see how long any of it waits for its turn."""
    alone = [_timed(lambda: _write(store)) for _ in range(_COMMITS)]
    waited: list[float] = []
    meanwhile: list[float] = []
    done = threading.Event()
    enter = Turns.__enter__

    def timed_enter(turns: Turns) -> Turns:
        began = time.perf_counter()
        entered = enter(turns)
        if threading.current_thread() is writer:
            waited.append(time.perf_counter() - began)
        return entered

    def write() -> None:
        while not done.is_set():
            meanwhile.append(_timed(lambda: _write(store)))

    writer = threading.Thread(target=write)
    Turns.__enter__ = timed_enter  # type: ignore[method-assign]
    try:
        writer.start()
        _backup(store)
    finally:
        done.set()
        writer.join()
        Turns.__enter__ = enter  # type: ignore[method-assign]
    note = (
        f"longest wait of {len(waited)} commits for a step; a commit took p95 "
        f"{percentile(meanwhile) * 1000:.1f} ms, {percentile(alone) * 1000:.1f} ms without"
    )
    longest = max(waited) * 1000
    return Figure(
        "commit held up by a backup", longest, 1.0, "ms", _LONGEST_MS, note, absolute=True
    )


def _write(store: Store) -> None:
    one = Observation(id=uuid4(), seen_on=date(2026, 11, 22), saw="Written meanwhile.")
    store.write([one], who="Ines")


def _frames(folder: Path) -> list[Figure]:
    shutil.rmtree(folder / FOLDER_NAME, ignore_errors=True)
    out = subprocess.run(
        [PYTHON, "-m", "tests.benchmarks.backing_up", str(folder)],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        env=environment(),
        timeout=300,
    ).stdout
    alone, first, following = json.loads(out.splitlines()[-1])
    named = (("a backup", following), ("the very first backup", first))
    return [_frame_row(said, frames, alone) for said, frames in named]


def _frame_row(said: str, frames: list[float], alone: list[float]) -> Figure:
    note = (
        f"longest of {len(frames)} frames while it is made and proved, median "
        f"{statistics.median(frames) * 1000:.1f} ms; longest of {len(alone)} without "
        f"{max(alone) * 1000:.1f} ms"
    )
    name, longest = f"frame held up by {said}", max(frames) * 1000
    return Figure(name, longest, 1.0, "ms", _LONGEST_MS, note, absolute=True)


def _painted(folder: Path) -> list[list[float]]:
    """Paint the whole window over and over: alone, during the first backup, during the next."""
    from gemba.app.start import App, make_qt

    qt = make_qt()
    app = App(qt, folder, dark=False)
    session = app.open(folder)
    session.start_opening()
    while not session.loaded:
        qt.processEvents()
    picture = session.window.grab()

    def frame() -> float:
        began = time.perf_counter()
        qt.processEvents()
        session.window.render(picture)
        return time.perf_counter() - began

    for _ in range(50):
        frame()
    found = [[frame() for _ in range(300)]]
    for name in ("Marta", "Ines"):
        session.workspace.people.person(name)
        made = session.workspace.backups.make_soon()
        frames = []
        while not made.done():
            frames.append(frame())
        made.result()
        found.append(frames)
    session.window.close()
    app.tasks.close()
    return found


if __name__ == "__main__":
    print(json.dumps(_painted(Path(sys.argv[1]))))
