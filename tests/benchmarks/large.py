"""Starting with a hundred thousand records and five thousand photos, against the sample alone."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from gemba.domain.observation import Observation
from gemba.store.store import Store
from tests.benchmarks.measuring import PYTHON, Figure, in_turn, wall
from tests.benchmarks.searching import filled

_RECORDS = 100_000
_PHOTOS = 5_000
_SIDE = 64
_AT_ONCE = 500


def measure(sample: Path, work: Path) -> list[Figure]:
    """Fill a copy of the sample; measure until Today is painted, and until all is loaded."""
    large = work / "large"
    shutil.copytree(sample, large)
    with filled(large, _RECORDS) as store:
        _with_photos(store)
    rows = []
    for until, said, runs in (
        ("--exit-after-first-paint", "start to Today painted", 9),
        ("--exit-when-idle", "everything loaded and idle", 5),
    ):
        many, few = in_turn(
            lambda until=until: _start(large, until),  # type: ignore[misc]
            lambda until=until: _start(sample, until),  # type: ignore[misc]
            runs,
        )
        note = f"{_RECORDS:,} records and {_PHOTOS:,} photos; floor: the sample"
        rows.append(Figure(f"{said}, 100,000 records", many, few, "s", 1.2, note))
    return rows


def _start(folder: Path, until: str) -> float:
    return wall([PYTHON, "-m", "gemba", "--data-dir", str(folder), until])


def _with_photos(store: Store) -> None:
    """Give each of the first observations a photo of its own."""
    seen = store.find(Observation, limit=_PHOTOS)
    changed = []
    for one, data in zip(seen, _photos(len(seen)), strict=True):
        name = store.photos.take(sha256(data).hexdigest(), data, "seen.jpg").hash
        changed.append(replace(one, photos=(name,)))
    for first in range(0, len(changed), _AT_ONCE):
        store.write(changed[first : first + _AT_ONCE], who="Ines")


def _photos(count: int) -> Iterator[bytes]:
    from PIL import Image

    for number in range(count):
        colour = (number % 256, number // 256, 128)
        out = io.BytesIO()
        Image.new("RGB", (_SIDE, _SIDE), colour).save(out, "JPEG", quality=90)
        yield out.getvalue()
