"""Walkthrough 10: a year later, unplugged, dark, at 200 %, and killed in the middle of a word."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.robot import LEARNER, OCTOBER_TARGET, PRIVATE, PROBLEM, SEPTEMBER, words_typed

LOST_AT_MOST = 5.0
TYPED_AT_LEAST = 7.0


def start(part: str, folder: Path, out: Path) -> subprocess.Popen[str]:
    """Start the app in a process of its own, with a robot at it, at 200 % and without a printer."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.robot", part, str(folder), str(out)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "QT_ENABLE_HIGHDPI_SCALING": "1",
            "QT_SCALE_FACTOR": "2",
            "CUPS_SERVER": str(folder / "no printer"),
        },
        cwd=Path(__file__).parents[2],
    )


def kill_while_typing(robot: subprocess.Popen[str]) -> tuple[float, list[tuple[int, float]]]:
    """Let the robot type on for some seconds, kill it, and return the moment and its letters."""
    assert robot.stdout is not None
    pressed: list[tuple[int, float]] = []
    for line in robot.stdout:
        number, moment = line.split()
        pressed.append((int(number), float(moment)))
        if pressed[-1][1] - pressed[0][1] < TYPED_AT_LEAST:
            continue
        if words_typed()[: pressed[-1][0]][-1].isdigit():  # in the middle of a word
            break
    moment = time.monotonic()
    os.kill(robot.pid, signal.SIGKILL)
    rest, trouble = robot.communicate(timeout=60)
    assert robot.returncode == -signal.SIGKILL, trouble
    for line in rest.splitlines():
        if re.fullmatch(r"\d+ [\d.]+", line):
            pressed.append((int(line.split()[0]), float(line.split()[1])))
    return moment, pressed


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill on this system")
def test_a_year_later_unplugged_dark_and_at_200_percent(data_dir: Path, tmp_path: Path) -> None:
    out = tmp_path / "seen.json"
    killed_at, pressed = kill_while_typing(start("live", data_dir, out))
    seen: dict[str, Any] = json.loads(out.read_text("utf-8"))
    # Network off, dark, 200 %.
    assert (seen["tried"], seen["ways out"]) == ([], 0)
    assert (seen["dark"], seen["ratio"], seen["size"]) == (True, 2.0, [640, 400])
    # History of a learner: every cycle, experiment, sheet in order.
    story = seen["story"]
    assert [row[:2] for row in story["rows"]] == [
        ["8 Oct 2026", OCTOBER_TARGET],
        ["28 Sep 2026", PROBLEM],
        ["24 Sep 2026", SEPTEMBER["target"]],
        ["24 Sep 2026", "Porters come late."],
    ]
    assert story["tried"] == [
        ["8 Oct 2026", "7 of 7 on the list", "not looked yet"],
        ["24 Sep 2026", SEPTEMBER["prediction"], "4 of 7 were booked"],
    ]
    assert "Cycles: 3, from 24 Sep 2026 to 8 Oct 2026." in story["strip"]
    assert "Sheets: 1, from 28 Sep 2026" in story["strip"]
    # Type a word, open the September cycle as it stood.
    for words in SEPTEMBER.values():
        assert words in seen["cycle"]
    assert "Cycle of Thursday 24 September" in seen["cycle"]
    for later in (OCTOBER_TARGET, "31 %", "The night list", "4 of 7 were booked"):
        assert later not in seen["cycle"]
    # Print the coaching record without private notes.
    for words in (LEARNER, OCTOBER_TARGET, *SEPTEMBER.values(), PROBLEM):
        assert words in seen["printed"]
    for place in ("printed", "history", "shown"):
        assert PRIVATE[:9] not in seen[place]
    check_what_is_left(data_dir, tmp_path / "after.json", killed_at, pressed)


def check_what_is_left(
    folder: Path, out: Path, killed_at: float, pressed: list[tuple[int, float]]
) -> None:
    """Start after the kill: the same place, the words there, five seconds lost at most."""
    robot = start("look", folder, out)
    _said, trouble = robot.communicate(timeout=120)
    assert robot.returncode == 0, trouble
    left: dict[str, Any] = json.loads(out.read_text("utf-8"))
    assert left["place"] == "cycle"
    assert left["title"] == f"Coaching cycle, {LEARNER} - Gemba"
    assert left["question"]
    assert "Where is it today" in left["caret"]
    assert left["words"]
    assert words_typed().startswith(left["words"])
    lost = [moment for number, moment in pressed if number > len(left["words"])]
    assert not lost or killed_at - min(lost) <= LOST_AT_MOST
