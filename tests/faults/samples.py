"""Every record of every sample is opened and closed: not one is modified."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from gemba.domain.kinds import KINDS, Record
from gemba.services.samples import load_sample, sample_names
from gemba.store.opening import open_store
from gemba.store.store import Store
from tests.faults.kit.diary import Told, read_diary
from tests.faults.kit.ground import robot_command, room, start
from tests.faults.tally import Row, Tally, must

ROW = Row("open and close every record of every sample", 1, 1)
PATIENCE = 900.0


def run(times: int, seed: int) -> Tally:
    """Read every sample so often; each record opened counts."""
    tally = Tally("open and close")
    with room() as place:
        for number in range(times):
            for name in sample_names():
                folder = place / f"{name}{number}"
                with open_store(folder) as store:
                    load_sample(name, store)
                _read(tally, folder, place / "diary", seed + number)
        tally.catch(lambda: _touchy(place, sample_names()[0], seed), "was modified")
    return tally


def _read(tally: Tally, folder: Path, diary: Path, seed: int, *more: str) -> None:
    diary.unlink(missing_ok=True)
    before, bytes_before = _records(folder), _digest(folder)
    process = start(robot_command(folder, diary, seed, "--read", *more))
    _, words = process.communicate(timeout=PATIENCE)
    must(process.returncode == 0, f"the app ended with {process.returncode}: {words[-800:]!r}")
    told = read_diary(diary.read_bytes())
    after, same = _records(folder), bytes_before == _digest(folder)
    _compare(tally, told, before, after, seed)
    with tally.once(seed):
        must(before.keys() == after.keys(), "a record came or went")
        must(before["journal"] == after["journal"], "the journal was modified")
        must(same, "a table or a photo was modified")


def _compare(
    tally: Tally, told: Told, before: dict[str, Record], after: dict[str, Record], seed: int
) -> None:
    opened = [one for one in told.notes if one["what"] == "opened"]
    assert opened, "nothing was opened"
    for one in opened:
        with tally.once(seed):
            must(not one["trouble"], f"{one['kind']} {one['id']}: {one['trouble']}")
            same = before[one["id"]] == after.get(one["id"])
            must(same, f"{one['kind']} {one['id']} was modified by being read on {one['page']}")


def _touchy(place: Path, name: str, seed: int) -> None:
    """The control: fields that save on leaving what they show, with a line end of their own."""
    folder = place / "touchy"
    with open_store(folder) as store:
        load_sample(name, store)
    tried = Tally("touchy")
    _read(tried, folder, place / "diary", seed, "--broken", "touchy")
    shutil.rmtree(folder)
    must(not tried.failures, "; ".join(one.what for one in tried.failures))


def _records(folder: Path) -> dict[str, Record]:
    with open_store(folder, write=False) as store:
        found = {str(one.id): one for cls in KINDS.values() for one in store.find(cls)}
        return found | {"journal": _newest(store)}  # type: ignore[dict-item]


def _newest(store: Store) -> object:
    return [entry.number for entry in store.journal()]


def _digest(folder: Path) -> str:
    """Digest every row of every table, and every photo; not the settings, such as days of use."""
    digest = hashlib.sha256()
    with closing(sqlite3.connect(folder / "gemba.db")) as bare:
        for line in bare.iterdump():
            if not line.startswith('INSERT INTO "setting"'):
                digest.update(line.encode("utf-8", "surrogatepass"))
    for path in sorted((folder / "photos").rglob("*")):
        if path.is_file():
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()
