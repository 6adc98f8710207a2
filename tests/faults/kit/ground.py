"""Data folders to break: made with a few records, looked through afterwards."""

from __future__ import annotations

import io
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from PIL import Image

from gemba.app.folders import load_catalog
from gemba.domain.changes import Plain, Ref
from gemba.domain.codec import to_plain
from gemba.domain.kinds import KINDS
from gemba.domain.observation import Observation
from gemba.domain.sheet import Sheet
from gemba.services.workspace import Workspace, open_workspace
from gemba.store.journal import value_at
from gemba.store.opening import open_store
from gemba.store.store import Store
from gemba.words import Words
from tests.faults.kit.diary import Key
from tests.faults.tally import must

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))
PAIR = "a pair: "


@contextmanager
def room(*, in_memory: bool = True) -> Iterator[Path]:
    """A folder for one test; in memory where there is room and nothing depends on a disk."""
    memory = Path("/dev/shm")
    at = memory if in_memory and os.access(memory, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="gemba-faults-", dir=at) as folder:
        yield Path(folder)


@contextmanager
def workspace(folder: Path) -> Iterator[Workspace]:
    """Open a folder without a window."""
    opened = open_workspace(folder, load_catalog(folder), Words())
    try:
        yield opened
    finally:
        opened.close()


def prepare(folder: Path) -> None:
    """Make a folder with two sheets, a walk under way with three lines, and a pair of walks."""
    with workspace(folder) as work:
        for number in range(2):
            work.sheets.begin(f"Beds wait {number + 2} hours for discharge")
        walk = work.walks.plan("How a discharge runs", stops=work.walks.stops_from("desk\nward"))
        work.walks.start(walk.id)
        for number in range(3):
            line = work.walks.begin_line(walk.id, work.walks.get(walk.id).stops[0].id)
            work.walks.keep(line.id, saw=f"Form {number} lies on the desk.")
        for name in ("one", "other"):
            work.walks.plan(PAIR + name, company="0")


def robot_command(folder: Path, diary: Path, seed: int, *more: str) -> list[str]:
    """Return the call that starts a robot at the real window."""
    program = [sys.executable, "-m", "tests.faults.kit.robot"]
    return [*program, str(folder), str(diary), "--seed", str(seed), *more]


def start(command: list[str], **more: str) -> subprocess.Popen[bytes]:
    """Start a process of our own, offscreen, with its words kept."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.Popen(
        command,
        env={**environment, **more},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def stored(store: Store, key: Key) -> Plain:
    """Return what the store holds in a field, None where there is nothing."""
    kind, record, name = key
    found = store.find(KINDS[kind], id=UUID(record))
    return value_at(to_plain(found[0]), name) if found else None


def journalled(store: Store, key: Key) -> Plain:
    """Return what the journal says last about a field."""
    kind, record, name = key
    rows = store.journal(Ref(kind, UUID(record)), field_prefix=name)
    whole = store.journal(Ref(kind, UUID(record)))
    if rows:
        return rows[-1].change.after
    return value_at(whole[0].change.after, name) if whole else None


def photos_named(store: Store) -> set[str]:
    """Return every photo that a record names."""
    names = {photo for seen in store.find(Observation) for photo in seen.photos}
    for sheet in store.find(Sheet):
        for box in sheet.boxes:
            names |= {str(getattr(one, "photo", "")) for one in box.figures}
    return names - {""}


def look_through(folder: Path) -> Store:
    """Open a folder as the next start does, and have everything sound; the store stays open."""
    store = open_store(folder)
    try:
        report = store.check()
        must(report.sound, f"not sound: {report}")
        for name in photos_named(store):
            must(store.photos.is_sound(name), f"photo {name[:12]} is named and not there")
        empty = [str(one) for one in folder.rglob("*") if one.is_file() and _hollow(one)]
        must(not empty, f"files of 0 bytes: {empty}")
        half = [str(one) for one in folder.rglob(".new-*")]
        must(not half, f"half a file was left behind: {half}")
    except BaseException:
        store.close()
        raise
    return store


HARMLESS = ("gemba.lock", "place.json", "gemba.db-journal", "fatal.txt", "reserve")
"""Says something by being held; worth nothing when torn; none when empty; none; filled again."""


def _hollow(path: Path) -> bool:
    return path.stat().st_size == 0 and path.name not in HARMLESS


def a_photo(seed: int, side: int = 400) -> bytes:
    """Return the bytes of a JPEG that no other seed gives, a few tens of kilobytes long."""
    noise = random.Random(seed).randbytes(side * side // 16 * 3)
    image = Image.frombytes("RGB", (side // 4, side // 4), noise).resize((side, side))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90)
    return out.getvalue()
