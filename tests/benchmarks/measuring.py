"""What every benchmark shares: whole processes timed in turn, medians, and one row a figure."""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

PYTHON = sys.executable


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure: its value, the floor of the same run, and the most it may be."""

    name: str
    value: float
    floor: float
    unit: str
    limit: float
    note: str = ""
    absolute: bool = False

    @property
    def ratio(self) -> float:
        """The value in units of its floor, or the value itself where the limit is absolute."""
        return self.value if self.absolute else self.value / self.floor

    @property
    def met(self) -> bool:
        """Whether the figure is within its limit."""
        return self.ratio <= self.limit

    def as_json(self) -> dict[str, object]:
        """The row as it goes into the file."""
        return {**asdict(self), "ratio": round(self.ratio, 3), "met": self.met}


def environment(**more: str) -> dict[str, str]:
    """The environment of a measured process: offscreen, byte code written beforehand."""
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen", **more}


def wall(command: Sequence[str], **more: str) -> float:
    """Run a process to its end and return the seconds it took; raises when it fails."""
    began = time.perf_counter()
    subprocess.run(
        command, check=True, env=environment(**more), stdout=subprocess.DEVNULL, timeout=120
    )
    return time.perf_counter() - began


def in_turn(
    one: Callable[[], float], other: Callable[[], float], runs: int = 7
) -> tuple[float, float]:
    """Measure two things in turn, after a warm-up of each, and return both medians."""
    one()
    other()
    pairs = [(one(), other()) for _ in range(runs)]
    return statistics.median(p[0] for p in pairs), statistics.median(p[1] for p in pairs)


def percentile(values: Sequence[float], share: float = 0.95) -> float:
    """The value below which a share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def peak_of(command: Sequence[str]) -> float:
    """Run a process and return the most memory it held, in MB."""
    code = (
        "import resource,subprocess,sys;"
        "subprocess.run(sys.argv[1:],check=True,stdout=subprocess.DEVNULL);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss/1024)"
    )
    out = subprocess.run(
        [PYTHON, "-c", code, *command],
        check=True,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=120,
    )
    return float(out.stdout.strip().splitlines()[-1])


def own_memory() -> float:
    """The memory this process holds now, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


def told_by(module: str, folder: Path) -> dict[str, float]:
    """Run a module of the bench over a folder in a process of its own; its last line is JSON."""
    out = subprocess.run(
        [PYTHON, "-m", module, str(folder)],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        env=environment(),
        timeout=300,
    )
    found: dict[str, float] = json.loads(out.stdout.splitlines()[-1])
    return found


def median_of(before: Callable[[], None], step: Callable[[], None], times: int) -> float:
    """Return the median seconds of a step; the first, which builds its page, does not count."""
    seconds = []
    for _ in range(times):
        before()
        began = time.perf_counter()
        step()
        seconds.append(time.perf_counter() - began)
    return statistics.median(seconds[1:])
