"""A look through all the data that neither holds up a write nor makes the window stutter.

Reading thousands of records back and adding up their checksums is work in Python: a thread that
does it takes turns with the window's own, and each thing that is painted waits for its turn.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from gemba.domain.errors import Damaged, GembaError
from gemba.services.companion import Answer, Companion, CompanionGone
from gemba.services.inspector import read

if TYPE_CHECKING:
    from gemba.domain.health import CheckReport
    from gemba.store.store import Store

PATIENCE: Final = 30.0
"""Seconds the inspector may say nothing; it says five times a second that it is at work."""


def look_through(store: Store, stop: Callable[[], None] = lambda: None) -> CheckReport:
    """Check a copy of an open folder's database in another process; slow, from any thread.

    Of the photos nothing is said. Raises what inspect raises.
    """
    from gemba.store.check_copy import copied

    with copied(store, stop) as folder:
        return inspect(folder, store.key, stop)


def inspect(
    folder: Path, key: bytes | None, stop: Callable[[], None] = lambda: None
) -> CheckReport:
    """Check a data folder that nobody writes in, in another process; slow, from any thread.

    ``key`` opens an encrypted one. ``stop`` is asked again and again and may raise. Where no other
    process can be started, this one looks. Raises GembaError where the look broke off.
    """
    from gemba.store.check_copy import check_folder

    inspector = Companion("gemba.services.inspector")
    try:
        try:
            inspector.say(_question(folder, key))
        except OSError:
            return check_folder(folder, key, stop)
        return _report(inspector, stop)
    except CompanionGone as gone:
        raise GembaError("damage.look_broke_off") from gone
    finally:
        inspector.end()


def _question(folder: Path, key: bytes | None) -> dict[str, object]:
    return {"folder": str(folder), "key": key.hex() if key is not None else ""}


def _report(inspector: Companion, stop: Callable[[], None]) -> CheckReport:
    while "busy" in (answer := inspector.hear(PATIENCE)):
        stop()
    _told(answer)
    return read(answer["report"])


def _told(answer: Answer) -> None:
    """Raise what the inspector could not do."""
    if "refused" in answer:
        kind = Damaged if answer["damaged"] else GembaError
        raise kind(answer["refused"], **answer["values"])
    if "broke" in answer:
        raise RuntimeError(answer["broke"])
