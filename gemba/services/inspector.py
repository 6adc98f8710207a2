"""Looks through a copy of a database in a process of its own, which may be killed without harm.

Started as ``python -m gemba.services.inspector``. The first line on its standard input is
``{"folder": ..., "key": ...}``, with the data key of an encrypted folder as hexadecimal digits. It
says ``{"busy": true}`` as long as it looks, then ``report``, or ``refused`` with the key of the
sentence that says why there is none, or ``broke`` with the trace of a fault.
"""

from __future__ import annotations

import io
import json
import os
import sys
import threading
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from gemba.domain.changes import Ref
from gemba.domain.errors import Damaged, GembaError
from gemba.domain.health import CheckReport, DamagedRecord

if TYPE_CHECKING:
    from collections.abc import Mapping

BEAT_SECONDS: Final = 0.2
"""How often it says that it is at work, so that a cancel is heard that soon."""
_NICER: Final = 10
"""What somebody does in the window goes before this."""


def main() -> None:
    """Answer one question."""
    said = sys.stdout.buffer
    # Whatever a library prints must not be taken for an answer.
    sys.stdout = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    if sys.platform != "win32":
        os.nice(_NICER)
    asked = json.loads(sys.stdin.buffer.readline())
    done, one_at_a_time = threading.Event(), threading.Lock()

    def say(told: dict[str, Any]) -> None:
        with one_at_a_time:
            said.write(json.dumps(told).encode() + b"\n")
            said.flush()

    def beat() -> None:
        while not done.wait(BEAT_SECONDS):
            try:
                say({"busy": True})
            except OSError:
                # Nobody listens any more.
                os._exit(1)

    say({"busy": True})
    beating = threading.Thread(target=beat, daemon=True)
    beating.start()
    answer = _answer(Path(asked["folder"]), bytes.fromhex(asked["key"]) or None)
    done.set()
    beating.join()
    say(answer)


def _answer(folder: Path, key: bytes | None) -> dict[str, Any]:
    from gemba.store.check_copy import check_folder

    try:
        return {"report": written(check_folder(folder, key))}
    except GembaError as error:
        values = {name: str(value) for name, value in error.values.items()}
        damaged = isinstance(error, Damaged)
        return {"refused": error.key, "values": values, "damaged": damaged}
    except Exception:
        return {"broke": traceback.format_exc()}


def written(report: CheckReport) -> dict[str, Any]:
    """Return a report as JSON can hold it."""
    found = [
        [one.kind, [one.ref.kind, one.ref.id.hex] if one.ref is not None else None, one.reason]
        for one in report.damaged
    ]
    return {
        "counts": report.counts,
        "damaged": found,
        "file": report.file,
        "journal": report.journal,
        "other": report.other,
        "derived": report.derived,
        "photos": report.photos,
        "photos_missing": report.photos_missing,
        "photos_damaged": report.photos_damaged,
    }


def read(plain: Mapping[str, Any]) -> CheckReport:
    """Return the report that was written so."""
    lists = ("file", "journal", "other", "derived", "photos_missing", "photos_damaged")
    return CheckReport(
        counts=plain["counts"],
        damaged=tuple(
            DamagedRecord(
                kind=kind,
                ref=Ref(ref[0], UUID(hex=ref[1])) if ref is not None else None,
                reason=reason,
            )
            for kind, ref, reason in plain["damaged"]
        ),
        photos=plain["photos"],
        **{name: tuple(plain[name]) for name in lists},
    )


if __name__ == "__main__":
    main()
