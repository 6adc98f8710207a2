"""Setting, changing and removing the passphrase is killed at touches of the disk, over all of it.

Afterwards the old or the new passphrase opens the folder, or none is asked for; every record, every
entry of the journal and every photo is there; each backup proves itself; nothing is left over; and
under a passphrase no word stands anywhere in plain.
"""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from random import Random

from gemba.domain.errors import GembaError
from gemba.domain.kinds import KINDS
from gemba.services.passphrase import must_unlock, set_passphrase, unlock
from gemba.store.backup_drill import drill
from gemba.store.backup_files import BackupFolder
from gemba.store.header import FILE_NAME
from gemba.store.keys import key_from_plain
from gemba.store.opening import open_store
from gemba.store.rekey_copy import photo_hashes
from tests.faults.kit.ground import NOW, a_photo, prepare, room, workspace
from tests.faults.tally import Row, Tally, must

ROW = Row("kill -9 while the passphrase is set, changed or removed", 50, 3)
OLD, NEW = "the old one", "the new one"
ACTIONS = ("set", "change", "remove")
MARKER = "quaggazebu"
PATIENCE = 120.0


def run(times: int, seed: int) -> Tally:
    """Kill so many switches, each at another touch of the disk."""
    tally = Tally("kill -9 during rekey")
    with room() as place:
        plain, locked = _grounds(place)
        content = _content(plain, None)
        reach = {
            action: _touches(place, plain if action == "set" else locked, action)
            for action in ACTIONS
        }
        chance = Random(seed)
        for number in range(times):
            action = ACTIONS[number % 3]
            # Spread over the whole of it, so that no part is left to luck.
            share = (number // 3 + chance.random()) / max(1, -(-times // 3))
            at = 1 + int(share * (reach[action]["touches"] - 1))
            with tally.once(seed + number):
                folder = place / "killed"
                shutil.copytree(plain if action == "set" else locked, folder)
                try:
                    _kill(folder, action, at)
                    _must_be_whole(folder, action, content)
                except (AssertionError, GembaError, OSError) as error:
                    raise AssertionError(f"{action} killed at touch {at}: {error}") from error
                finally:
                    shutil.rmtree(folder)
        told = {action: reach[action]["touches"] for action in ACTIONS}
        tally.notes.append(f"touches of the disk in one switch: {told}")
        tally.catch(lambda: _never_written_down(place, plain, content, reach["set"]))
    return tally


def _grounds(place: Path) -> tuple[Path, Path]:
    """A plain folder with photos and backups, and the same under a passphrase."""
    plain, locked = place / "plain", place / "locked"
    prepare(plain)
    with workspace(plain) as work:
        work.people.person(MARKER)
        for number in range(2):
            work.store.photos.add(a_photo(number), f"{MARKER}.jpg")
            work.backups.make()
    shutil.copytree(plain, locked)
    set_passphrase(locked, OLD)
    return plain, locked


def _typed(action: str) -> str:
    return {"set": NEW, "change": f"{OLD}\n{NEW}", "remove": OLD}[action] + "\n"


def _start(folder: Path, action: str, number: int, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.faults.kit.rekeyer", str(folder), action, str(number), *more],
        input=_typed(action),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def _touches(place: Path, ground: Path, action: str) -> dict[str, object]:
    folder = place / "whole"
    shutil.copytree(ground, folder)
    done = _start(folder, action, 0)
    shutil.rmtree(folder)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def _kill(folder: Path, action: str, at: int, *more: str) -> None:
    done = _start(folder, action, at, *more)
    must(done.returncode == -signal.SIGKILL, f"was not killed: {done.returncode} {done.stderr}")


def _must_be_whole(folder: Path, action: str, content: object) -> None:
    """Open the folder as the next start does, with whatever opens it, and look at everything."""
    asks = must_unlock(folder)
    opens = []
    for passphrase in (OLD, NEW) if asks else ():
        try:
            opens.append((passphrase, unlock(folder, passphrase)))
        except GembaError as error:
            must(error.key == "key.wrong", f"neither right nor wrong: {error}")
    allowed = {"set": (NEW,), "change": (OLD, NEW), "remove": (OLD,)}[action]
    if asks:
        must(len(opens) == 1, f"{len(opens)} passphrases open it")
        must(opens[0][0] in allowed, "opened by a passphrase that was never its own")
    else:
        must(action != "change", "the passphrase is gone")
    key = opens[0][1] if opens else None
    must(_content(folder, key) == content, "the content is not the same")
    _backups_prove(folder, key, opens[0][0] if opens else "")
    must(not (folder / "rekey").exists(), "something is left over")
    must((folder / "gemba.key").exists() == asks, "the key file is not as the folder is")
    if asks:
        found = plain_in(folder, (MARKER.encode(), b"SQLite format 3"))
        must(not found, f"in plain: {found}")


def _content(folder: Path, key: bytes | None) -> object:
    with open_store(folder, key=key) as store:
        report = store.check()
        must(report.sound, f"not sound: {report}")
        photos = photo_hashes(folder / FILE_NAME, key)
        return (
            [store.find(cls) for cls in KINDS.values()],
            [(one.number, one.change) for one in store.journal()],
            [(photo, store.photos.read(photo)) for photo in photos],
        )


def _backups_prove(folder: Path, key: bytes | None, passphrase: str) -> None:
    backups = BackupFolder(folder / "backups")
    points = backups.points()
    must(len(points) == 2, f"{len(points)} of 2 backups are left")
    for point in points:
        must((point.key is not None) == (key is not None), "a backup is not as the folder is")
        if point.key is not None:
            carried = key_from_plain(dict(point.key), point.name)
            must(carried.opened(passphrase) == key, "a backup opens with another passphrase")
        found = drill([backups], point, folder / "proving", key=key, at=NOW)
        must(found.sound, f"a backup does not prove itself: {found.trouble}")


def plain_in(folder: Path, markers: tuple[bytes, ...]) -> list[str]:
    """Return the files below a folder that hold a marker, or are named by one."""
    return [
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file()
        and any(
            marker in path.read_bytes() or marker.decode("latin-1") in path.name
            for marker in markers
        )
    ]


def _never_written_down(
    place: Path, plain: Path, content: object, reach: dict[str, object]
) -> None:
    """The control: a switch that does not write down how far it is, killed between two renames."""
    renames = reach["renames"]
    assert isinstance(renames, list)
    # The parts change places at the end, after every file was written to its own name.
    for at in renames[-8:]:
        folder = place / "broken"
        shutil.copytree(plain, folder)
        try:
            done = _start(folder, "set", at, "--broken")
            if done.returncode == -signal.SIGKILL:
                _must_be_whole(folder, "set", content)
        except GembaError as error:
            raise AssertionError(str(error)) from error
        finally:
            shutil.rmtree(folder)
