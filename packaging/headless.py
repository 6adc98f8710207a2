"""Do Gemba's main job without a screen: load the sample and write its papers to build/."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

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


def first(kind: str) -> str:
    """The id of the first record of a kind, such as "sheets"."""
    records = json.loads(gemba("list", kind, "--json"))
    if not records:
        raise SystemExit(f"The sample holds no {kind}.")
    return str(records[0]["id"])


def learner_with_cycles() -> str:
    """The id of the learner who has been coached most."""
    learners = json.loads(gemba("list", "learners", "--json"))
    if not learners:
        raise SystemExit("The sample holds no learners.")
    return str(max(learners, key=lambda row: row.get("cycles", 0))["id"])


def main() -> None:
    print("There is no screen here, so Gemba writes the sample's papers instead of opening.")
    BUILD.mkdir(exist_ok=True)
    if not DATA.exists() or not json.loads(gemba("list", "sheets", "--json")):
        gemba("sample", "load", "discharge")
    papers = {
        "the A3 sheet": ("sheet", first("sheets"), BUILD / "a3-sheet.pdf"),
        "the walk report": ("walk", first("walks"), BUILD / "walk-report.pdf"),
        "the coaching record": ("history", learner_with_cycles(), BUILD / "coaching-record.pdf"),
    }
    for name, (kind, record, path) in papers.items():
        gemba("export", kind, record, str(path))
        print(f"{name}: {path.resolve()} ({path.stat().st_size:,} bytes)")


if __name__ == "__main__":
    main()
