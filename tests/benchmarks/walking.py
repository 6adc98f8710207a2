"""Walks, patterns and photos in ten years of a department, against a thousand observations."""

from __future__ import annotations

import io
import shutil
import sqlite3
import tempfile
import time
from contextlib import closing
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from gemba.services.workspace import Workspace, open_workspace
from tests.benchmarks import walking_pages
from tests.benchmarks.measuring import Figure, percentile
from tests.ten_years import LAST_DAY, Size, filled

_FEW = 1_000
_KEPT = 60
_PHOTOS = 100
_WIDE, _HIGH = 4_000, 3_000
_LONGEST, _QUALITY = 2_048, 92


def measure(work: Path) -> list[Figure]:
    """Fill two folders once; open pages in both, then keep lines and take photos in without one."""
    work.mkdir(exist_ok=True)
    filled(work / "many", Size()).close()
    filled(work / "few", Size.of(_FEW)).close()
    told = f"100,000 observations in ten years, painted; floor: {_FEW:,}"
    rows = walking_pages.measure(work / "many", work / "few", told)
    with closing(_opened(work / "many")) as many:
        return [*rows, *_kept(many, work), _imported(many, work)]


def _opened(folder: Path) -> Workspace:
    from gemba.app.folders import load_catalog
    from gemba.words import Words

    noon = datetime(LAST_DAY.year, LAST_DAY.month, LAST_DAY.day, 12, tzinfo=ZoneInfo("UTC"))
    return open_workspace(folder, load_catalog(folder), Words(), now=lambda: noon)


def _kept(many: Workspace, work: Path) -> list[Figure]:
    """Keep observations on a tmpfs where there is one, so that the disk's own time says nothing."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else work) as folder:
        place = Path(folder)
        leave = shutil.ignore_patterns("photos", "gemba.lock")
        shutil.copytree(many.store.folder, place / "many", ignore=leave)
        with closing(_opened(place / "many")) as space:
            return _keeping(space, place)


def _keeping(space: Workspace, work: Path) -> list[Figure]:
    walk = space.walks.plan("Why do discharges wait?", stops=space.walks.stops_from("Hatch"))
    space.walks.start(walk.id)
    ours = []
    for number in range(_KEPT):
        line = space.walks.begin_line(walk.id, walk.stops[0].id)
        began = time.perf_counter()
        space.walks.keep(line.id, saw=f"Bag {number} waits for a porter", category="delivery")
        ours.append((time.perf_counter() - began) * 1000)
    bare = _bare_commits(work)
    added = percentile(ours, 0.5) - percentile(bare, 0.5)
    note = f"median over {_KEPT}, over a bare commit of {percentile(bare, 0.5):.2f} ms"
    return [Figure("added by keeping an observation", added, 1.0, "ms", 5.0, note, absolute=True)]


def _bare_commits(work: Path) -> list[float]:
    times = []
    with closing(sqlite3.connect(work / "bare.sqlite", isolation_level=None)) as connection:
        run = connection.execute
        run("PRAGMA journal_mode=DELETE")
        run("PRAGMA synchronous=EXTRA")
        run("CREATE TABLE seen (id INTEGER PRIMARY KEY, saw TEXT)")
        for number in range(_KEPT):
            began = time.perf_counter()
            run("BEGIN IMMEDIATE")
            run("INSERT INTO seen (saw) VALUES (?)", (f"Bag {number} waits for a porter",))
            run("COMMIT")
            times.append((time.perf_counter() - began) * 1000)
    return times


def _imported(space: Workspace, work: Path) -> Figure:
    """Take in photos of twelve megapixels, against Pillow alone doing the same scaling."""
    folder = work / "phone"
    folder.mkdir()
    paths = _photos(folder)
    seen = space.walks.capture("A shelf")
    space.photo_import.look(paths[:1])
    began = time.perf_counter()
    brought = space.photo_import.bring([(path, seen.id) for path in paths])
    ours = time.perf_counter() - began
    assert brought.count == _PHOTOS
    began = time.perf_counter()
    for path in paths:
        (work / "out.jpg").write_bytes(_scaled(path.read_bytes()))
    bare = time.perf_counter() - began
    note = f"{_PHOTOS} photos of {_WIDE * _HIGH // 1_000_000} megapixels; floor: Pillow alone"
    return Figure("importing 100 photos", ours, bare, "s", 1.3, note)


def _photos(folder: Path) -> list[Path]:
    from PIL import Image, ImageDraw

    base = Image.effect_noise((_WIDE // 8, _HIGH // 8), 60).resize((_WIDE, _HIGH))
    grey = Image.linear_gradient("L").resize(base.size)
    picture = Image.merge("RGB", (base, base.rotate(180), grey))
    paths = []
    for number in range(_PHOTOS):
        ImageDraw.Draw(picture).rectangle(
            (0, 25 * number, 400, 25 * number + 300), (number, 90, 200)
        )
        path = folder / f"IMG_{number:04}.jpg"
        picture.save(path, "JPEG", quality=85)
        paths.append(path)
    return paths


def _scaled(data: bytes) -> bytes:
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(data)) as image:
        image.thumbnail((_LONGEST, _LONGEST))
        upright = ImageOps.exif_transpose(image).convert("RGB")
    out = io.BytesIO()
    upright.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()
