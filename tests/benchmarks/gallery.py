"""The gallery of five thousand sheets against fifty: its first screenful, and scrolling it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.benchmarks.measuring import PYTHON, Figure, environment, percentile

_FEW, _MANY = 50, 5_000
_RUNS = 5
_WINDOW = (1280, 800)
_FRAME = 1 / 60
_FLICKS, _FRAMES = 25, 12
_STEP = 60
# Two turns of the wheel follow each other, then one looks, and pictures are drawn.
_PAUSES = (0.15, 0.15, 0.6)


def measure(work: Path) -> list[Figure]:
    """Fill two folders and measure each in processes of their own, in turn."""
    folders = {count: _filled(work / f"gallery-{count}", count) for count in (_FEW, _MANY)}
    firsts: dict[int, list[float]] = {_FEW: [], _MANY: []}
    frames: dict[int, list[float]] = {_FEW: [], _MANY: []}
    worked: dict[int, list[float]] = {_FEW: [], _MANY: []}
    for _run in range(_RUNS):
        for count, folder in folders.items():
            found = _once(folder)
            firsts[count].append(found["first"])
            frames[count] += found["frames"]
            worked[count] += found["worked"]
    note = f"median of {_RUNS}, every picture in sight drawn; floor: {_FEW}"
    first = {count: percentile(times, 0.5) for count, times in firsts.items()}
    p95 = {count: percentile(times) for count, times in frames.items()}
    busy = {count: percentile(times) for count, times in worked.items()}
    said = f"p95 of {len(frames[_MANY])} frames, pictures drawn in every third pause"
    said += f", median {percentile(frames[_MANY], 0.5):.1f} ms"
    many = f"gallery of {_MANY:,} sheets"
    return [
        Figure(f"{many}, first screenful", first[_MANY], first[_FEW], "s", 1.5, note),
        Figure(f"{many}, scroll frame", p95[_MANY], 1.0, "ms", 16.0, said, absolute=True),
        Figure(f"{many}, scroll frame, ratio", p95[_MANY], p95[_FEW], "ms", 1.5, f"floor: {_FEW}"),
        Figure(
            f"{many}, work of a frame, ratio",
            busy[_MANY],
            busy[_FEW],
            "ms",
            1.5,
            f"p95 of the time the window's thread computes; floor: {_FEW}",
        ),
    ]


def _filled(folder: Path, count: int) -> Path:
    from gemba.store.opening import open_store
    from tests.many_sheets import fill

    with open_store(folder) as store:
        fill(store, count)
    return folder


def _once(folder: Path) -> dict[str, Any]:
    out = subprocess.run(
        [PYTHON, "-m", "tests.benchmarks.gallery", str(folder)],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        env=environment(),
        timeout=180,
    )
    found: dict[str, Any] = json.loads(out.stdout.splitlines()[-1])
    return found


def look_through(folder: Path) -> dict[str, Any]:
    """Open the gallery in this process, wait for its pictures, and scroll as a wheel does.

    Returns the seconds to the first screenful, the milliseconds of each frame, and those that the
    window's own thread computed in it.
    """
    from PySide6.QtWidgets import QApplication

    from gemba.app.start import App, make_qt

    qt = make_qt()
    app = App(qt, folder, dark=False)
    session = app.open(folder)
    session.window.resize(*_WINDOW)
    session.window.show()
    session.workspace.recorder.settle()
    QApplication.processEvents()
    began = time.perf_counter()
    session.go.to("sheets")
    page: Any = session.window.page("sheets")
    grid, pictures = page.grid, page.pictures
    while not _all_there(grid, pictures):
        QApplication.processEvents()
    first = time.perf_counter() - began
    bar = grid.verticalScrollBar()
    frames: list[float] = []
    worked: list[float] = []
    down = 1
    for flick in range(_FLICKS):
        for _frame in range(_FRAMES):
            due = time.perf_counter() + _FRAME
            if bar.value() in (bar.minimum(), bar.maximum()):
                down = 1 if bar.value() == bar.minimum() else -1
            computed = time.thread_time()
            frames.append(_scrolled(bar, bar.value() + down * _STEP))
            worked.append((time.thread_time() - computed) * 1000)
            _idle_until(due)
        _idle_until(time.perf_counter() + _PAUSES[flick % len(_PAUSES)])
    session.window.close()
    return {"first": first, "frames": frames, "worked": worked}


def _all_there(grid: Any, pictures: Any) -> bool:
    rows = grid.visible()
    return bool(rows) and all(pictures.knows(row, grid.picture_pixels()) for row in rows)


def _scrolled(bar: Any, value: int) -> float:
    """Scroll and return the milliseconds until everything is painted again."""
    from PySide6.QtWidgets import QApplication

    began = time.perf_counter()
    bar.setValue(value)
    QApplication.processEvents()
    return (time.perf_counter() - began) * 1000


def _idle_until(due: float) -> None:
    """Let the window do what comes until its next frame, as between two turns of a wheel."""
    from PySide6.QtCore import QEventLoop
    from PySide6.QtWidgets import QApplication

    while time.perf_counter() < due:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 1)


if __name__ == "__main__":
    print(json.dumps(look_through(Path(sys.argv[1]))), flush=True)
    os._exit(0)
