"""Everything a leader writes into an encrypted folder is looked for in plain, and found nowhere.

Looked through is every file of the data folder and of the temporary folder, what went to the log,
and, where strace is, every byte that the process ever wrote to any file. Half of the times the app
is killed while it writes. A wrong key and a wrong passphrase then open nothing and change nothing.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from random import Random

from gemba.domain.errors import GembaError
from gemba.services.passphrase import set_passphrase, unlock
from gemba.store.opening import open_store
from gemba.store.picture import encode_picture, open_picture
from tests.faults.kit.ground import a_photo, prepare, room
from tests.faults.tally import Row, Tally, must

ROW = Row("encrypted folder: nothing in plain, wrong key", 50, 2)
PASSPHRASE = "what the line sees"
WORD = "quaggazebu"
PATIENCE = 180.0
_NOWHERE = ("pipe:", "socket:", "UNIX", "anon_inode:")


def run(times: int, seed: int) -> Tally:
    """Let so many leaders write, and look through what each has left."""
    tally = Tally("encrypted folder")
    traced = shutil.which("strace") is not None
    with room() as place:
        ground = place / "ground"
        prepare(ground)
        set_passphrase(ground, PASSPHRASE)
        for number in range(times):
            with tally.once(seed + number):
                killed = number % 2 == 1
                # The bytes of every call are many: one of five is looked at so closely.
                trace = place / "trace" if traced and number % 5 == 0 else None
                _live(place, ground, seed + number, killed, trace)
        tally.catch(lambda: _in_the_clear(place, seed), "in plain")
    if not traced:
        tally.notes.append("no strace here: files were looked at, not every write")
    return tally


def _live(place: Path, ground: Path, seed: int, killed: bool, trace: Path | None) -> None:
    folder, scratch = place / "data", place / "scratch"
    shutil.copytree(ground, folder)
    try:
        _write(folder, scratch, PASSPHRASE, seed, killed, trace)
        markers = _markers(seed)
        found = list(_in_plain(folder, markers)) + list(_in_plain(scratch, markers))
        must(not found, f"in plain: {found}")
        if trace is not None:
            _written(trace, markers)
        _wrong_keys(folder, seed)
        with open_store(folder, key=unlock(folder, PASSPHRASE)) as store:
            must(store.check().sound, "not sound")
            must(store.search(WORD), "what was written is not there")
    finally:
        for left in (folder, scratch):
            shutil.rmtree(left, ignore_errors=True)


def _write(
    folder: Path, scratch: Path, passphrase: str, seed: int, killed: bool, trace: Path | None
) -> None:
    """Let the leader write, to the end or until the kill."""
    scratch.mkdir()
    command = [sys.executable, "-m", "tests.faults.kit.secretive", str(folder), WORD]
    command += ["--seed", str(seed), *(["--stay"] if killed else [])]
    if trace is not None:
        # With -y it says where each number leads: what goes through a pipe lies nowhere.
        how = ["strace", "-f", "-y", "--seccomp-bpf", "-qq", "-xx", "-s", "100000000"]
        command = [*how, "-e", "trace=write,pwrite64,writev", "-o", str(trace), *command]
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "TMPDIR": str(scratch),
        "HOME": str(scratch),
        "XDG_CACHE_HOME": str(scratch / "cache"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    with (scratch / "log").open("wb") as log:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            env=environment,
            text=True,
            start_new_session=True,
        )
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(passphrase + "\n")
        process.stdin.close()
        said = ""
        while "done" not in said:
            heard = process.stdout.readline()
            if not heard:
                break
            said += heard
        must("done" in said, f"did not come so far: {said!r} {_tail(scratch / 'log')}")
        if killed:
            time.sleep(Random(seed).uniform(0, 0.3))
            os.killpg(process.pid, signal.SIGKILL)
        process.stdout.close()
        code = process.wait(PATIENCE)
        must(killed or code == 0, f"ended with {code}: {_tail(scratch / 'log')}")


def _tail(log: Path) -> str:
    return log.read_text(errors="replace")[-1500:]


def _markers(seed: int) -> tuple[bytes, ...]:
    """The word in the ways it may be written, pieces of the photo, and the name it would have."""
    encoded, _ = encode_picture(open_picture(a_photo(seed), ""))
    middle = len(encoded) // 2
    digest = sha256(encoded).hexdigest().encode()
    return (
        WORD.encode(),
        WORD.encode("utf-16-le"),
        WORD.upper().encode(),
        encoded[middle : middle + 24],
        digest,
        digest[:24],
        b"SQLite format 3",
        PASSPHRASE.encode(),
    )


def _in_plain(folder: Path, markers: tuple[bytes, ...]) -> Iterator[str]:
    """Name each file that holds a marker, or is named by one."""
    for path in folder.rglob("*"):
        if not path.is_file():
            continue
        content = path.read_bytes() + b"\n" + str(path.relative_to(folder)).encode()
        for marker in markers:
            if marker in content:
                yield f"{path.relative_to(folder)}: {marker[:12]!r}"


def _written(trace: Path, markers: tuple[bytes, ...]) -> None:
    """Look at every byte the process wrote to any file but its answer to this test."""
    hexed = [(marker, _as_strace_writes(marker)) for marker in markers]
    kinds = "|".join(re.escape(_as_strace_writes(kind.encode())) for kind in _NOWHERE)
    nowhere = re.compile(rf"write\w*\(\d+<(?:{kinds})")
    with trace.open(encoding="ascii", errors="replace") as file:
        for line in file:
            if nowhere.search(line):
                continue
            for marker, text in hexed:
                must(text not in line, f"in plain: written as {marker[:12]!r}: {line[:120]}")
    trace.unlink()


def _as_strace_writes(text: bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in text)


def _wrong_keys(folder: Path, seed: int) -> None:
    chance = Random(seed)
    # What a kill left half written is rolled back by any opening; sealed pages need no key for it.
    half = (folder / "gemba.db-journal").exists()
    before = {} if half else {path: path.read_bytes() for path in folder.rglob("*.db")}
    for wrong in ("", PASSPHRASE + " ", PASSPHRASE.upper(), "x" * 5000):
        try:
            unlock(folder, wrong)
        except GembaError as error:
            must(error.key == "key.wrong", f"refused for another reason: {error}")
            must(wrong not in str(error) or not wrong, "the error quotes the passphrase")
        else:
            must(False, "a wrong passphrase opens it")
    for key in (None, chance.randbytes(32)):
        try:
            open_store(folder, key=key).close()
        except GembaError as error:
            must(error.key in ("key.needed", "key.does_not_fit"), f"refused for: {error}")
        else:
            must(False, "a wrong key opens it")
    must(all(path.read_bytes() == held for path, held in before.items()), "a wrong key changed it")


def _in_the_clear(place: Path, seed: int) -> None:
    """The control: the same leader at a folder without a passphrase."""
    folder, scratch = place / "clear", place / "scratch"
    prepare(folder)
    try:
        _write(folder, scratch, "", seed, False, None)
        found = list(_in_plain(folder, _markers(seed)[:6]))
        must(not found, f"in plain: {found}")
    finally:
        for left in (folder, scratch):
            shutil.rmtree(left, ignore_errors=True)
