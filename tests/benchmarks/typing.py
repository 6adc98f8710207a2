"""From a key to the sheet painted anew: the real page, a box open for writing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gemba.domain.figures import Fishbone, Pareto
from gemba.domain.figures.fishbone import Bone, BoneCause
from gemba.domain.figures.pareto import Bar
from tests.benchmarks.measuring import PYTHON, Figure, environment, percentile

if TYPE_CHECKING:
    from gemba.domain.sheet import Sheet
    from gemba.services.workspace import Workspace

_KEYS = 80
_FEWER_KEYS = 30
_WARM = 5
_WINDOW = (1280, 800)
_BOX = "current"
_SENTENCE = "The ward waits for the pharmacy because the list goes up after the round. "
_TYPED = "the beds are told at noon and then "


def measure(sample: Path) -> list[Figure]:
    """Measure at column width and at 200 %, one and two device pixels a pixel, then 1 MB."""
    rows = []
    for scale, said in (("1", "fit-width"), ("2", "200 %")):
        for ratio in ("1", "2"):
            times = _times(sample, scale, ratio, "")
            note = f"p95 of {len(times)} keys, median {_median(times):.1f} ms"
            name = f"key to repainted sheet, {said}, {ratio} px"
            rows.append(Figure(name, percentile(times), 1.0, "ms", 50.0, note, absolute=True))
    rows += _with_figures(sample)
    for filled, said in (("lines", "1 MB in many lines"), ("one", "1 MB in one line")):
        times = _times(sample, "1", "1", filled)
        note = f"p95 of {len(times)} keys, median {_median(times):.1f} ms"
        name = f"key to repainted sheet, {said}"
        rows.append(Figure(name, percentile(times), 1.0, "ms", 100.0, note, absolute=True))
    return rows


def _with_figures(sample: Path) -> list[Figure]:
    """Measure a full sheet holding six figures, and against the same sheet without them."""
    drawn, bare = _times(sample, "1", "1", "figures"), _times(sample, "1", "1", "no figures")
    note = f"p95 of {len(drawn)} keys, median {_median(drawn):.1f} ms"
    name = "key to repainted sheet, six figures"
    against = f"floor: the same text without figures, median {_median(bare):.1f} ms"
    return [
        Figure(name, percentile(drawn), 1.0, "ms", 60.0, note, absolute=True),
        Figure(f"{name}, ratio", percentile(drawn), percentile(bare), "ms", 3.0, against),
    ]


def _median(times: list[float]) -> float:
    return percentile(times, 0.5)


def _times(sample: Path, scale: str, ratio: str, filled: str) -> list[float]:
    copy = sample.with_name(f"typing-{scale}-{ratio}-{filled}")
    shutil.copytree(sample, copy)
    try:
        out = subprocess.run(
            [PYTHON, "-m", "tests.benchmarks.typing", str(copy), scale, filled],
            check=True,
            stdout=subprocess.PIPE,
            text=True,
            env=environment(QT_SCALE_FACTOR=ratio),
            timeout=120,
        )
    finally:
        shutil.rmtree(copy)
    found: list[float] = json.loads(out.stdout.splitlines()[-1])
    return found


def type_in(folder: Path, scale: float, filled: str) -> list[float]:
    """Type into the sample sheet in this process and return the milliseconds of each key."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from gemba.app.start import App, make_qt
    from gemba.ui.theme import Theme

    qt = make_qt()
    app = App(qt, folder, dark=False)
    app.theme = Theme(False, scale, still=True)
    app.theme.apply(qt)
    session = app.open(folder)
    session.window.resize(*_WINDOW)
    session.window.activateWindow()
    sheet = _prepared(session.workspace, filled)
    session.go.to("sheet", sheet=sheet.id)
    page: Any = session.window.page("sheet")
    QApplication.processEvents()
    page.view.areas[_BOX].setFocus(Qt.FocusReason.ShortcutFocusReason)
    times = []
    for number in range(_WARM + (_FEWER_KEYS if filled else _KEYS)):
        QApplication.processEvents()
        while not page.view.page.fresh:
            QApplication.processEvents()
        drawn = page.view.page.pdf
        began = time.perf_counter()
        QTest.keyClick(page.editor, _TYPED[number % len(_TYPED)])
        while page.view.page.pdf is drawn or not page.view.page.fresh:
            QApplication.processEvents()
        times.append((time.perf_counter() - began) * 1000)
    session.window.close()
    # The first keys warm up what is loaded late.
    return times[_WARM:]


def _prepared(workspace: Workspace, filled: str) -> Sheet:
    from tests.benchmarks.sample_of import sample_sheet

    sheet = sample_sheet(workspace.sheets.all())
    sheet = workspace.sheets.give_pen(sheet.id, "coach")
    if not filled:
        return sheet
    if filled in ("figures", "no figures"):
        for box in sheet.boxes:
            figures = () if filled == "no figures" else box.figures
            workspace.sheets.set_box(sheet.id, replace(box, figures=figures))
        if filled == "figures":
            bars = tuple(Bar(label=f"Cause {n}", count=float(40 - 5 * n)) for n in range(6))
            bones = Fishbone(
                id="bones",
                effect="Beds are given late",
                bones=tuple(Bone(id=str(n), label=f"Bone {n}") for n in range(4)),
                causes=tuple(
                    BoneCause(id=f"c{n}", parent=str(n % 4), text=f"What makes it late, {n}")
                    for n in range(8)
                ),
            )
            workspace.sheets.put_figure(sheet.id, "goal", Pareto(id="bars", bars=bars))
            workspace.sheets.put_figure(sheet.id, "followup", bones)
        sheet = workspace.sheets.get(sheet.id)
        count = sum(len(box.figures) for box in sheet.boxes)
        wanted = 0 if filled == "no figures" else 6
        if count < wanted or (not wanted and count):
            raise ValueError(f"the sheet holds {count} figures")
        return sheet
    whole = _SENTENCE * (1_000_000 // len(_SENTENCE))
    if filled == "lines":
        step = len(_SENTENCE) * 4
        whole = "\n".join(whole[at : at + step] for at in range(0, len(whole), step))
    box = replace(sheet.box(_BOX), text=whole)
    return workspace.sheets.set_box(sheet.id, box)


if __name__ == "__main__":
    print(json.dumps(type_in(Path(sys.argv[1]), float(sys.argv[2]), sys.argv[3])), flush=True)
    os._exit(0)
