"""Pages of walks opened in the window: ten years, against a thousand observations."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from tests.benchmarks.measuring import Figure, median_of, told_by
from tests.ten_years import LAST_DAY

_STARTS = 3
_TIMES = 7
_GLANCE = 50
_NEWEST, _COUNTED = 1.5, 10.0
"""A year of the many holds a hundred times as much as one of the few: a page that counts all of it
may take ten times as long, one that shows the newest half as long again."""
_STEPS = (
    ("walks", "opening Walks", _NEWEST),
    ("patterns", "opening Patterns for a year", _COUNTED),
    ("filter", "filtering Patterns by area", _COUNTED),
    ("recurrence", "opening what was seen, with what came back", _COUNTED),
    ("coverage", "opening Coverage, with the next walk", _COUNTED),
)


def measure(many: Path, few: Path, told: str) -> list[Figure]:
    """Measure both folders in processes of their own, in turn; ``told`` says what they hold."""
    found: dict[Path, list[dict[str, float]]] = {many: [], few: []}
    for _start in range(_STARTS):
        for folder, starts in found.items():
            starts.append(told_by("tests.benchmarks.walking_pages", folder))
    rows = []
    for key, said, most in _STEPS:
        value, floor = (median(one[key] for one in found[folder]) for folder in (many, few))
        rows.append(Figure(said, value, floor, "s", most, told))
    return rows


def open_pages(folder: Path) -> dict[str, float]:
    """Open each page until it is painted; the median seconds of each."""
    from PySide6.QtCore import QEventLoop

    from gemba.app.start import App, make_qt
    from gemba.domain.observation import Observation
    from gemba.domain.walk import Walk

    qt = make_qt()
    noon = datetime(LAST_DAY.year, LAST_DAY.month, LAST_DAY.day, 12, tzinfo=ZoneInfo("UTC"))
    app = App(qt, folder, dark=False, now=lambda: noon)
    app.theme.still = True
    session = app.open(folder)
    session.window.resize(1280, 800)
    work = session.workspace
    walk = work.recorder.find(Walk, order_by="walked_on", newest_first=True, limit=1)[0]
    seen = work.recorder.find(Observation, walk_id=walk.id)[0]
    patterns: Any = session.window.page("patterns")

    def painted() -> None:
        while app.tasks.busy:
            qt.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, _GLANCE)
        session.window.grab()

    def show(key: str, **what: object) -> Callable[[], None]:
        def run() -> None:
            session.go.to(key, **what)
            painted()

        return run

    def area(place: int) -> Callable[[], None]:
        def run() -> None:
            chosen = work.people.areas()[place][0].hex if place >= 0 else ""
            patterns.asked.area.set_value(chosen)
            patterns.asked.changed.emit()
            painted()

        return run

    def every_area() -> None:
        show("patterns")()
        area(-1)()

    found: dict[str, float] = {}
    for key, before, step in (
        ("walks", show("today"), show("walks")),
        ("patterns", show("today"), show("patterns")),
        ("filter", every_area, area(3)),
        ("recurrence", show("today"), show("observation", observation=seen.id)),
        ("coverage", show("today"), show("coverage")),
    ):
        found[key] = median_of(before, step, _TIMES)
    session.leave()
    app.tasks.close()
    return found


if __name__ == "__main__":
    print(json.dumps(open_pages(Path(sys.argv[1]))))
