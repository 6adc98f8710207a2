"""Switches or changes the passphrase of a folder and kills itself at the nth touch of the disk.

``python -m tests.faults.kit.rekeyer FOLDER set|change|remove NUMBER``; the passphrases stand on
standard input, one a line. With 0 it lives and says how often it touched the disk, and what it
renamed when.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from pathlib import Path

from gemba.services import passphrase as service
from gemba.store import rekey_state

_TOUCHES = frozenset(
    {
        "open",
        "os.rename",
        "os.remove",
        "os.mkdir",
        "os.rmdir",
        "os.link",
        "os.truncate",
        "shutil.rmtree",
        "sqlite3.connect",
    }
)


def main() -> None:
    """Do what the arguments say."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("action", choices=["set", "change", "remove"])
    parser.add_argument("number", type=int)
    parser.add_argument("--broken", action="store_true", help="never write down how far it is")
    given = parser.parse_args()
    if given.broken:
        rekey_state.Rekeying.note = lambda *_: None  # type: ignore[method-assign]
    lines = sys.stdin.read().splitlines()
    touches = _watch(given.folder, given.number)
    match given.action:
        case "set":
            service.set_passphrase(given.folder, lines[0])
        case "change":
            service.change_passphrase(given.folder, lines[0], lines[1])
        case "remove":
            service.remove_passphrase(given.folder, lines[0])
    # What is told after the work is no touch of the folder.
    renames = [number for number, name in enumerate(touches, 1) if name == "os.rename"]
    print(json.dumps({"touches": len(touches), "renames": renames}), flush=True)


def _watch(folder: Path, number: int) -> list[str]:
    """Count what touches the folder from now on; die before the nth."""
    touches: list[str] = []
    inside = str(folder)

    def hear(event: str, arguments: tuple[object, ...]) -> None:
        if event in _TOUCHES and any(inside in str(one) for one in arguments):
            touches.append(event)
            if len(touches) == number:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hear)
    return touches


if __name__ == "__main__":
    main()
