"""Small pictures of five thousand photos: how long one takes, and whether the window stands still.

Started as ``python -m tests.benchmarks.thumbs FOLDER`` it measures one folder of photos in a
process of its own and says what it found in one line.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from tests.benchmarks.measuring import PYTHON, Figure, environment, percentile

_PHOTOS, _DIFFERENT = 5_000, 20
_WIDE, _HIGH = 2_048, 1_536
_SMALL = (192, 144)
_FRAME = 0.005


def measure(work: Path) -> list[Figure]:
    """Lay the photos out as Gemba keeps them, twelve megapixels scaled to 2,048 px, and read."""
    folder = _laid(work / "thumbs")
    out = subprocess.run(
        [PYTHON, "-m", "tests.benchmarks.thumbs", str(folder)],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        env=environment(),
        timeout=900,
    )
    found = json.loads(out.stdout.splitlines()[-1])
    note = f"{_WIDE} x {_HIGH} each, two threads; floor: the same reader alone on one thread"
    gaps = f"p99 of {found['turns']:,} turns of the window's thread, longest {found['longest']:.0f}"
    return [
        Figure(
            f"small pictures of {_PHOTOS:,} photos", found["each"], found["alone"], "ms", 1.0, note
        ),
        Figure("window's turn meanwhile", found["p99"], 1.0, "ms", 50.0, gaps, absolute=True),
    ]


def _laid(folder: Path) -> Path:
    """Write a few photos and give each many names: every name is read and decoded anew."""
    from PIL import Image

    folder.mkdir(parents=True)
    base = Image.effect_noise((_WIDE // 4, _HIGH // 4), 50).resize((_WIDE, _HIGH))
    for number in range(_DIFFERENT):
        grey = base.rotate(9 * number)
        path = folder / f"{number:05}.jpg"
        Image.merge("RGB", (base, grey, base)).save(path, "JPEG", quality=92)
    for number in range(_DIFFERENT, _PHOTOS):
        os.link(folder / f"{number % _DIFFERENT:05}.jpg", folder / f"{number:05}.jpg")
    return folder


def _read(folder: Path) -> dict[str, float]:
    from PySide6.QtCore import QObject, QTimer
    from PySide6.QtWidgets import QApplication

    from gemba.ui.tasks import Tasks
    from gemba.ui.widgets.photos import meet_types, read_thumbnail

    app = QApplication([])
    meet_types()
    paths = sorted(str(one) for one in folder.glob("*.jpg"))
    alone = []
    for path in paths[: 5 * _DIFFERENT]:
        began = time.perf_counter()
        assert not read_thumbnail(path, *_SMALL).isNull()
        alone.append((time.perf_counter() - began) * 1000)
    tasks, owner = Tasks(), QObject()
    turns: list[float] = []
    last = time.perf_counter()
    left = len(paths)

    def turn() -> None:
        nonlocal last
        now = time.perf_counter()
        turns.append((now - last - _FRAME) * 1000)
        last = now

    def came(image: object) -> None:
        nonlocal left
        left -= 1
        if not left:
            app.quit()

    ticking = QTimer()
    ticking.setInterval(round(_FRAME * 1000))
    ticking.timeout.connect(turn)
    ticking.start()
    began = last = time.perf_counter()
    for path in paths:
        tasks.run(owner, lambda _token, path=path: read_thumbnail(path, *_SMALL), came, _raise)  # type: ignore[misc]
    app.exec()
    each = (time.perf_counter() - began) * 1000 / len(paths)
    tasks.close()
    return {
        "each": each,
        "alone": percentile(alone, 0.5),
        "p99": max(0.0, percentile(turns, 0.99)),
        "longest": max(turns),
        "turns": len(turns),
    }


def _raise(error: BaseException) -> None:
    raise error


if __name__ == "__main__":
    print(json.dumps(_read(Path(sys.argv[1]))))
