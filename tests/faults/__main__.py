"""Run the fault tests, print the table and write it as JSON.

``python -m tests.faults [--short] [--times N] [--seed N] [--out FILE] [NAME ...]``; exit code 1
when one does not hold, was not caught by its control, or could not be run here.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
import traceback
from pathlib import Path

from tests.faults.finding import FaultTest, fault_tests
from tests.faults.tally import Failure, Tally


def main(argv: list[str] | None = None) -> int:
    """Run what was asked for and return the exit code."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    tests = fault_tests()
    parser = _parser([one.name for one in tests])
    given = parser.parse_args(argv)
    unknown = set(given.names) - {one.name for one in tests}
    if unknown:
        parser.error(f"no fault test is called {', '.join(sorted(unknown))}")
    chosen = [one for one in tests if not given.names or one.name in given.names]
    print(f"{'test':62s} {'times':>7s} {'held':>7s}  {'control':10s} {'seconds':>7s}", flush=True)
    rows: list[dict[str, object]] = []
    sound = True
    for one in chosen:
        times = given.times or (one.row.short if given.short else one.row.times)
        started = time.monotonic()
        tally = _run(one, times, given.seed)
        seconds = time.monotonic() - started
        _print(one, tally, seconds)
        sound = sound and tally.sound
        rows.append({"test": one.name, "asked": times, "whole": one.row.times, **tally.as_json()})
        rows[-1]["seconds"] = round(seconds, 1)
        given.out.parent.mkdir(parents=True, exist_ok=True)
        given.out.write_text(json.dumps(rows, indent=2, ensure_ascii=False), encoding="utf-8")
    print(f"written to {given.out}")
    return 0 if sound else 1


def _run(one: FaultTest, times: int, seed: int) -> Tally:
    try:
        return one.run(times, seed)
    except Exception as error:
        # A test that is broken itself must neither pass nor take the others with it.
        traceback.print_exc()
        return Tally(one.name, times, failures=[Failure(seed, repr(error))])


def _parser(names: list[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.faults")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(names))
    parser.add_argument("--short", action="store_true", help="a few of each")
    parser.add_argument("--times", type=int, default=0, help="so many of each")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path("build/faults.json"))
    return parser


def _print(one: FaultTest, tally: Tally, seconds: float) -> None:
    control = {True: "caught", False: "NOT CAUGHT", None: "not run"}[tally.control]
    words = f"{one.name}: {one.row.words}"[:62]
    print(f"{words:62s} {tally.times:7d} {tally.held:7d}  {control:10s} {seconds:7.0f}", flush=True)
    if tally.skipped:
        print(f"    not run here: {tally.skipped}", flush=True)
    for note in tally.notes:
        print(f"    {note}", flush=True)
    for failure in tally.failures[:5]:
        print(f"    seed {failure.seed}: {failure.what[:400]}", flush=True)
    if len(tally.failures) > 5:
        print(f"    and {len(tally.failures) - 5} more", flush=True)


if __name__ == "__main__":
    sys.exit(main())
