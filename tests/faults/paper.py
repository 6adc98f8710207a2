"""Random text through every PDF: no error, read back equal, no file and no network touched."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from tests.faults.kit.ground import room, start
from tests.faults.tally import Failure, Row, Tally, must

ROW = Row("random text through every PDF", 20_000, 60)
PATIENCE = 3_600.0


def run(times: int, seed: int) -> Tally:
    """Draw so many papers, the sheet, the walk and the coaching record in turn."""
    tally = Tally("random text on paper")
    with room() as place:
        found = _draw(place, times, seed)
        tally.times, tally.held = times, found["held"]
        tally.failures = [Failure(one["seed"], one["what"]) for one in found["failures"]]
        touched = found["touched"]
        tally.notes.append(f"files and addresses touched while drawing: {len(touched)}")
        if touched:
            tally.failures.append(Failure(seed, f"touched: {touched[:5]}"))
        tally.catch(lambda: _without_fallback(place, seed), "not read back")
        if tally.control:
            tally.catch(lambda: _with_a_file(place, seed), "touched")
    return tally


def _draw(place: Path, times: int, seed: int, *broken: str) -> dict[str, Any]:
    answer = place / "answer.json"
    program = [sys.executable, "-m", "tests.faults.kit.papers"]
    process = start([*program, str(times), str(seed), str(answer), *broken])
    _, words = process.communicate(timeout=PATIENCE)
    must(process.returncode == 0, f"the drawing ended with {process.returncode}: {words[-800:]!r}")
    found: dict[str, Any] = json.loads(answer.read_text(encoding="utf-8"))
    return found


def _without_fallback(place: Path, seed: int) -> None:
    """The control: paper without the faces of other scripts."""
    found = _draw(place, 60, seed, "one face")
    must(not found["failures"], f"not read back: {found['failures'][:1]}")


def _with_a_file(place: Path, seed: int) -> None:
    """The control of the watch: a drawing that opens a file."""
    found = _draw(place, 3, seed, "file")
    must(not found["touched"], f"touched: {found['touched'][:1]}")
