"""Walks, patterns and photos in ten years of a department, against a thousand observations."""

from __future__ import annotations

import io
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from gemba.domain.observation import Observation
from gemba.domain.patterns import Span
from gemba.domain.walk import Walk
from gemba.services.workspace import Workspace, open_workspace
from tests.benchmarks.measuring import Figure, in_turn, percentile
from tests.ten_years import LAST_DAY, Size, filled

_FEW = 1_000
_RUNS = 9
_KEPT = 60
_PHOTOS = 100
_WIDE, _HIGH = 4_000, 3_000
_LONGEST, _QUALITY = 2_048, 92
_FELT = 150.0
"""Milliseconds; a year of the many holds a hundred times as much as one of the few, so that what
counts is whether anybody feels it."""


def measure(work: Path) -> list[Figure]:
    """Fill two folders once and measure both in turn, in this process and without a screen."""
    work.mkdir(exist_ok=True)
    filled(work / "many", Size()).close()
    filled(work / "few", Size.of(_FEW)).close()
    many, few = _opened(work / "many"), _opened(work / "few")
    try:
        return [*_pages(many, few), *_kept(many, work), _imported(many, work)]
    finally:
        many.close()
        few.close()


def _opened(folder: Path) -> Workspace:
    from gemba.app.folders import load_catalog
    from gemba.words import Words

    noon = datetime(LAST_DAY.year, LAST_DAY.month, LAST_DAY.day, 12, tzinfo=ZoneInfo("UTC"))
    return open_workspace(folder, load_catalog(folder), Words(), now=lambda: noon)


def _pages(many: Workspace, few: Workspace) -> list[Figure]:
    year = LAST_DAY - timedelta(364)
    rows = []
    for name, work in (
        ("opening Walks", _walks),
        ("opening Patterns for a year", lambda w: w.patterns.read(_year(w))),
        ("filtering Patterns by area", lambda w: w.patterns.read(_year(w, area=True))),
        ("looking up what came back", _recurrence),
        ("opening Coverage, with the next walk", _coverage),
    ):
        large, small = in_turn(_timed(work, many), _timed(work, few), _RUNS)
        note = f"100,000 observations since {year.year - 9}; floor: {_FEW:,}, {small * 1000:.1f} ms"
        rows.append(Figure(name, large * 1000, 1.0, "ms", _FELT, note, absolute=True))
    return rows


def _timed(work: Callable[[Workspace], object], space: Workspace) -> Callable[[], float]:
    def run() -> float:
        began = time.perf_counter()
        work(space)
        return time.perf_counter() - began

    return run


def _year(space: Workspace, *, area: bool = False) -> Span:
    key = space.people.areas()[3][0] if area else None
    return Span(first=LAST_DAY - timedelta(364), last=LAST_DAY, area_id=key)


def _walks(space: Workspace) -> None:
    """What the page Walks reads when it is opened."""
    space.walks.ahead()
    space.walks.done(21)
    space.walks.loose(20)


def _coverage(space: Workspace) -> None:
    """What the page of coverage reads: its rows, and the walk that it suggests from them."""
    space.coverage.suggestion(space.coverage.rows())


def _recurrence(space: Workspace) -> None:
    walk = space.recorder.find(Walk, order_by="walked_on", newest_first=True, limit=1)[0]
    seen = space.recorder.find(Observation, walk_id=walk.id)[0]
    space.walks.like(seen.id)


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
