"""Erases a person and kills itself at the nth touch, or when so many seconds have passed.

``python -m tests.faults.kit.eraser FOLDER NAME --touch N | --after SECONDS``. Without either it
lives and says how often it touched and how long the erasing took. A touch is a step of the
erasing, a few thousand instructions of SQLite, or a file that is opened, renamed or removed.
"""

from __future__ import annotations

import argparse
import os
import signal
import threading
import time
from pathlib import Path

from gemba.domain.person import Person
from gemba.store import driver
from tests.faults.kit.backer import Touches
from tests.faults.kit.ground import workspace

INSTRUCTIONS = 5_000


def main() -> None:
    """Do what the arguments say."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("name")
    parser.add_argument("--touch", type=int, default=0)
    parser.add_argument("--after", type=float, default=0.0)
    given = parser.parse_args()
    touches = Touches(given.folder, 0)
    _hear_sqlite(touches)
    with workspace(given.folder) as work:
        person = work.recorder.find(Person, name=given.name)[0]
        work.backups.look().result()
        started = time.monotonic()
        touches.count = 0
        touches.number = given.touch
        if given.after:
            _die_after(given.after)
        work.erasing.erase_person(person.id, "a colleague", step=lambda *_: touches.one())
        touches.number = 0
        print(touches.count, time.monotonic() - started, flush=True)


def _hear_sqlite(touches: Touches) -> None:
    real = driver.connect

    def connect(path: Path, mode: driver.Mode, key: bytes | None = None) -> driver.Connection:
        made = real(path, mode, key)
        made.set_progress_handler(touches.one, INSTRUCTIONS)
        return made

    driver.connect = connect


def _die_after(seconds: float) -> None:
    timer = threading.Timer(seconds, lambda: os.kill(os.getpid(), signal.SIGKILL))
    timer.daemon = True
    timer.start()


if __name__ == "__main__":
    main()
