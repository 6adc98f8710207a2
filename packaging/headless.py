"""Do Gemba's main job without a screen: load the sample and write its papers to build/."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

BUILD = Path("build")
DATA = BUILD / "sample"


def gemba(*words: str) -> str:
    """What one `gemba` command prints, in the data folder of the sample.

    Raises SystemExit with the command's own sentence when it fails.
    """
    done = subprocess.run(
        [sys.executable, "-m", "gemba", "--data-dir", str(DATA), *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode != 0:
        raise SystemExit(f"gemba {' '.join(words)}: {done.stderr.strip()}")
    return done.stdout


def first(kind: str, fits: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """The first record of a kind, such as "sheets", that fits, as the command line lists it."""
    listed: list[dict[str, Any]] = json.loads(gemba("list", kind, "--json"))
    records = [row for row in listed if fits(row)]
    if not records:
        raise SystemExit(f"The sample holds no {kind}.")
    return records[0]


def main() -> None:
    print("There is no screen here, so Gemba writes the sample's papers instead of opening.")
    BUILD.mkdir(exist_ok=True)
    if not DATA.exists() or not json.loads(gemba("list", "sheets", "--json")):
        gemba("sample", "load", "discharge")
    # A report of a walk that was made says more than one of a plan.
    sheet = first("sheets", lambda row: row["stage"] != "grasp")
    walk = first("walks", lambda row: bool(row["done"]))
    papers = {
        "the A3 sheet": ("sheet", sheet["id"], BUILD / "a3-sheet.pdf"),
        "the walk report": ("walk", walk["id"], BUILD / "walk-report.pdf"),
        # The one who owns the sheet is the one who is coached.
        "the coaching record": ("history", sheet["owner"], BUILD / "coaching-record.pdf"),
    }
    for name, (kind, record, path) in papers.items():
        gemba("export", kind, record, str(path))
        print(f"{name}: {path.resolve()} ({path.stat().st_size:,} bytes)")


if __name__ == "__main__":
    main()
