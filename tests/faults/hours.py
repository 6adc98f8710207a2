"""Eight hours of use in twenty minutes, with random faults: memory stays, and nothing is lost."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from pathlib import Path

from tests.faults.kit.diary import read_diary
from tests.faults.kit.ground import prepare, robot_command, room, start, workspace
from tests.faults.kit.kept import all_kept
from tests.faults.tally import Row, Tally, must

ROW = Row("eight hours of use in twenty minutes with random faults", 1200, 4)
MOST_GROWTH = 50.0
WARM = 0.25
LEAST = 30.0
"""Seconds after which the growth of the memory says something."""
PATIENCE = 180.0


def run(times: int, seed: int) -> Tally:
    """Work so many seconds in one process; a robot does in one what a person does in twenty."""
    tally = Tally("eight hours")
    with room() as place:
        with tally.once(seed):
            growth, faults = _work(place / "data", seed, float(times))
            tally.notes.append(f"{times} s, memory grew by {growth:.1f} MB, faults: {faults}")
            # A run of seconds only fills its memory for the first time.
            must(growth < MOST_GROWTH or times < LEAST, f"memory grew by {growth:.1f} MB")
        tally.catch(lambda: _leaky(place / "leaky", seed), "memory grew")
    return tally


def _leaky(folder: Path, seed: int) -> None:
    growth, _ = _work(folder, seed, LEAST, "--broken", "leaky")
    must(growth < MOST_GROWTH, f"memory grew by {growth:.1f} MB")


def _work(folder: Path, seed: int, seconds: float, *more: str) -> tuple[float, object]:
    """Return by how many MB the process grew once it was warm, and which faults there were."""
    prepare(folder)
    diary = folder.with_name(f"{folder.name} diary")
    command = robot_command(folder, diary, seed, "--seconds", str(seconds), *more)
    with (folder.with_name(f"{folder.name} words")).open("wb") as words:
        process = start(command)
        assert process.stderr is not None
        sizes = _watch(process, seconds, words.fileno())
    told = read_diary(diary.read_bytes())
    broke = [one["text"] for one in told.notes if one["what"] == "broke"]
    must(not broke, "; ".join(broke))
    must(process.returncode == 0, f"the app ended with {process.returncode}")
    worked = next(one for one in told.notes if one["what"] == "worked")
    all_kept(folder, told)
    _backups_hold(folder)
    warm = [size for at, size in sizes if at >= WARM * seconds]
    must(len(warm) >= 2, "the memory was not measured")
    # The least of a stretch: what grows for good does not come down again.
    part = max(1, len(warm) // 4)
    return min(warm[-part:]) - min(warm[:part]), worked["faults"]


def _watch(
    process: subprocess.Popen[bytes], seconds: float, words: int
) -> list[tuple[float, float]]:
    """Measure the memory of the process, in MB, until it ends; its words are put aside."""
    assert process.stderr is not None
    stream = process.stderr

    def drain() -> None:
        while data := stream.read1(65_536):  # type: ignore[attr-defined]
            os.write(words, data)

    reader = threading.Thread(target=drain)
    reader.start()
    began, sizes = time.monotonic(), []
    while process.poll() is None:
        at = time.monotonic() - began
        must(at < seconds + PATIENCE, "it does not end")
        sizes.append((at, _resident(process.pid)))
        time.sleep(0.2)
    reader.join()
    stream.close()
    return [one for one in sizes if one[1]]


def _resident(process: int) -> float:
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * 4096 / 1e6


def _backups_hold(folder: Path) -> None:
    """N6: every backup that counts is whole, and the newest can be brought back."""
    with workspace(folder) as work:
        work.backups.make()
        points = work.backups._folder().points()
        must(points, "there is no backup")
        for point in points[-5:]:
            drill = work.backups.prove(point.name).result()
            must(not drill.trouble, f"backup {point.name} does not hold: {drill.trouble}")
