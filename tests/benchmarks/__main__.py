"""Measure everything, print a table and write it as JSON."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.measuring import PYTHON, Figure, wall


def main(target: Path) -> int:
    """Run every benchmark; the exit code is 0 even where a limit is not met: the table says so."""
    from tests.benchmarks import (
        backing_up,
        drawing,
        export,
        figures_laid,
        forms,
        forms_window,
        gallery,
        large,
        locked,
        looking_back,
        memory,
        office,
        opening,
        saving,
        searching,
        start,
        thumbs,
        typing,
        walking,
    )

    rows: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        sample = work / "sample"
        wall([PYTHON, "-m", "gemba", "--data-dir", str(sample), "sample", "load", "discharge"])
        for measure in (
            lambda: start.measure(sample),
            lambda: drawing.measure(sample),
            figures_laid.measure,
            forms.measure,
            forms_window.measure,
            opening.measure,
            lambda: typing.measure(sample),
            lambda: export.measure(sample, work),
            lambda: office.measure(sample),
            lambda: saving.measure(work),
            lambda: locked.measure(sample),
            lambda: searching.measure(work),
            lambda: gallery.measure(work),
            lambda: large.measure(sample, work),
            lambda: looking_back.measure(work),
            lambda: walking.measure(work / "walking"),
            lambda: thumbs.measure(work),
            lambda: backing_up.measure(work),
            lambda: memory.measure(sample),
        ):
            for row in measure():
                rows.append(row)
                _print(row)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps([row.as_json() for row in rows], indent=2), encoding="utf-8")
    print(f"written to {target}")
    return 0


def _print(row: Figure) -> None:
    mark = "met" if row.met else "NOT MET"
    number = f"{row.value:10.4f} {row.unit:3s}"
    floor = " " * 22 if row.absolute else f"floor {row.floor:10.4f} {row.unit:3s}  "
    shown = f"{row.ratio:8.2f} of at most {row.limit:g}"
    print(f"{row.name:44s} {number} {floor}{shown}  {mark}  {row.note}", flush=True)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
