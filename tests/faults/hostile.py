"""Files from strangers: refused with a sentence, quickly, in little memory, and nothing is left."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from gemba.domain.errors import GembaError
from gemba.services import companion
from gemba.services.gate import Gate
from gemba.words import Words
from tests.faults.kit.ground import room
from tests.faults.kit.hostile_files import (
    DATA,
    DEFINITION,
    FORM,
    HOSTILE,
    LIST,
    PHOTO,
    QUESTIONS,
    SOUND,
)
from tests.faults.tally import Row, Tally, must

ROW = Row("hostile files are refused and leave nothing", len(HOSTILE), 12)
MOST_SECONDS = 5.0
MOST_MEMORY = 300 * 1024 * 1024

_QUICK = 12
_NAMES = {
    DATA: "data.zip",
    PHOTO: "photo.jpg",
    SOUND: "memo.m4a",
    FORM: "form.xlsx",
    LIST: "list.xlsx",
    DEFINITION: "sheets/sheet.toml",
    QUESTIONS: "questions/set.toml",
}
"""What such a file is called where it comes from."""
_UNBOUND = (
    "import gemba.services.exchange_file as e, gemba.services.gatekeeper as g; "
    "e.MOST_VALUES = g.ROOM = g.ROOM_PER_BYTE = 1 << 40; g.main()"
)


def run(times: int, seed: int) -> Tally:
    """Hand over so many hostile files, each to a gatekeeper of its own."""
    tally = Tally("hostile files")
    if not sys.platform.startswith("linux"):
        tally.skipped = "memory is measured on Linux only"
        return tally
    names = list(HOSTILE)
    chosen = [names[(seed + step) * 9 % len(names)] for step in range(min(times, _QUICK))]
    slowest, largest = 0.0, 0
    with room() as place:
        for number, name in enumerate(names[:times] if times > _QUICK else chosen):
            with tally.once(number):
                seconds, memory = _refused(place, name)
                slowest, largest = max(slowest, seconds), max(largest, memory)
        tally.notes.append(f"slowest {slowest:.1f} s, largest {largest / 1e6:.0f} MB")
        tally.catch(lambda: _unbound(place), "MB of memory")
    return tally


def _refused(place: Path, name: str) -> tuple[float, int]:
    entry, make = HOSTILE[name]
    with TemporaryDirectory(dir=place) as folder:
        path = Path(folder) / _NAMES[entry]
        path.parent.mkdir(exist_ok=True)
        make(path)
        before = _listing(place)
        sentence, seconds, memory = _handed_over(entry, path)
        must(sentence, f"{name}: was not refused")
        must("{" not in sentence and len(sentence) < 400, f"{name}: no sentence: {sentence[:200]}")
        must(seconds < MOST_SECONDS, f"{name}: took {seconds:.1f} s")
        must(memory < MOST_MEMORY, f"{name}: took {memory / 1e6:.0f} MB of memory")
        must(_listing(place) == before, f"{name}: something was written")
    return seconds, memory


def _handed_over(entry: str, path: Path) -> tuple[str, float, int]:
    """Hand a file over; return the sentence that refuses it, seconds and bytes of memory."""
    gate = Gate()
    sentence = ""
    started = time.monotonic()
    with _watched(gate) as seen:
        try:
            match entry:
                case "photo":
                    gate.photo(path.read_bytes(), path.name)
                case "sound":
                    gate.sound(path.read_bytes(), path.name)
                case "form":
                    gate.form(path.read_bytes(), path.name)
                case "list":
                    gate.list_rows(path.read_bytes(), path.name)
                case "questions":
                    gate.ask(DEFINITION, path)
                case _:
                    gate.ask(entry, path)
        except GembaError as error:
            sentence = Words()(error.key, **error.values)
        seconds = time.monotonic() - started
    gate.close()
    return sentence, seconds, max(seen)


@contextmanager
def _watched(gate: Gate) -> Iterator[list[int]]:
    """Look every few milliseconds how much memory the gatekeeper ever took, in bytes."""
    seen = [0]
    over = threading.Event()

    def look() -> None:
        while not over.wait(0.005):
            process = gate._keeper._process
            if process is not None:
                seen.append(_peak(process.pid))

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield seen
    finally:
        if gate._keeper._process is not None:
            seen.append(_peak(gate._keeper._process.pid))
        over.set()
        watcher.join()


def _peak(process: int) -> int:
    try:
        told = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0
    found = [line for line in told.splitlines() if line.startswith("VmHWM:")]
    return int(found[0].split()[1]) * 1024 if found else 0


def _listing(place: Path) -> list[str]:
    return sorted(str(one) for one in place.rglob("*"))


def _unbound(place: Path) -> None:
    """The control: a gatekeeper that may take all the memory there is."""
    kept = companion._start

    def start(_module: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-c", _UNBOUND],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    companion._start = start
    try:
        _refused(place, "a zip bomb of lists")
    finally:
        companion._start = kept
