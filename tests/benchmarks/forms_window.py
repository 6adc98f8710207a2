"""The longest the window stands still while a form of 1,000 questions is worked with.

A tick is asked for whenever the window has nothing to do; the longest time between two is what
somebody at the keyboard would feel. Nothing is compared with a floor: 200 ms is what is felt.
"""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from gemba.reports.xlsform import xlsform_bytes
from tests.benchmarks.measuring import PYTHON, Figure, environment

QUESTIONS = 1_000
FELT = 200.0
"""Milliseconds."""
_SCORED = 25
_PATIENCE = 60.0
_REFUSED = 50_000


def measure() -> list[Figure]:
    """Measure in a process of its own, with a window nobody sees."""
    with tempfile.TemporaryDirectory() as folder:
        out = subprocess.run(
            [PYTHON, "-m", "tests.benchmarks.forms_window", folder],
            check=True,
            stdout=subprocess.PIPE,
            text=True,
            env=environment(),
            timeout=600,
        )
    found: dict[str, float] = json.loads(out.stdout.splitlines()[-1])
    return [
        Figure(f"window still, form of 1,000: {name}", gap, 1.0, "ms", FELT, "", absolute=True)
        for name, gap in found.items()
    ]


def workbook(questions: int) -> bytes:
    """An XLSForm in groups of ten: choices, a number, words asked after a "no", and a score."""
    rows: list[Sequence[str]] = [
        ["type", "name", "label", "relevant", "calculation", "gemba::score"]
    ]
    for at in range(questions // 10):
        rows.append(["begin_group", f"g{at}", f"Part {at}", "", "", ""])
        rows += [
            ["select_one yn", f"q{at}_{one}", f"Point {one} of part {at}", "", "", ""]
            for one in range(6)
        ]
        rows += [
            ["integer", f"n{at}", "How many?", "", "", ""],
            ["text", f"t{at}", "Why?", f"${{q{at}_0}} = 'no'", "", ""],
            ["text", f"u{at}", "What else?", "", "", ""],
            ["calculate", f"c{at}", "", "", f"if(${{q{at}_1}} = 'yes', 1, 0)", f"Part {at}"],
            ["end_group", "", "", "", "", ""],
        ]
    choices = [["list_name", "name", "label"], ["yn", "yes", "Yes"], ["yn", "no", "No"]]
    settings = [["form_title", "form_id"], ["Large round", "large_round"]]
    return xlsform_bytes({"survey": rows, "choices": choices, "settings": settings})


class Watch:
    """Ticks while the window has time, and knows the longest time in which it had none."""

    def __init__(self, qt: Any) -> None:
        from PySide6.QtCore import QTimer

        self._qt = qt
        self._last = time.perf_counter()
        self.longest = 0.0
        self._timer = QTimer()
        self._timer.setInterval(1)
        self._timer.timeout.connect(self._tick)

    def _tick(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._last)
        self._last = now

    @contextmanager
    def during(self) -> Iterator[None]:
        gc.collect()  # what was made ready for the step is no part of it
        self._timer.start()
        self.longest, self._last = 0.0, time.perf_counter()
        yield
        self._qt.processEvents()
        self._tick()
        self._timer.stop()

    def until(self, done: Callable[[], bool]) -> None:
        end = time.perf_counter() + _PATIENCE
        while not done():
            self._qt.processEvents()
            if time.perf_counter() > end:
                raise TimeoutError("the window did not come to it")


def gaps(folder: Path) -> dict[str, float]:
    """Return the longest gap of each step in milliseconds."""
    from PySide6.QtTest import QTest

    from gemba.app.start import App, make_qt

    file, large = folder / "large.xlsx", folder / "too-large.xlsx"
    file.write_bytes(workbook(QUESTIONS))
    large.write_bytes(workbook(_REFUSED))
    qt = make_qt()
    app = App(qt, folder / "data", dark=False)
    app.theme.still = True
    session = app.open(folder / "data")
    session.window.resize(1280, 800)
    session.window.show()
    session.start_opening()
    watch, found = Watch(qt), {}
    forms = session.workspace.forms
    session.go.to("forms")
    shelf: Any = session.window.page("forms")
    watch.until(lambda: not app.tasks.busy)
    with watch.during():
        shelf.bring_in(file)
        watch.until(lambda: shelf.coming.coming is not None)
        shelf.coming.taken.emit()
        watch.until(lambda: bool(forms.all()) and not app.tasks.busy)
    found["bringing it in"] = watch.longest
    (form,) = forms.all()
    session.go.to("forms")
    with watch.during():
        shelf.bring_in(large)
        watch.until(lambda: shelf.bring.isEnabled() and not app.tasks.busy)
    found["refusing 50,000 rows"] = watch.longest
    for _ in range(_SCORED):
        desk = forms.open(forms.begin(form.id, place="Ward 6").id)
        for one in desk.pages()[0].questions[:6]:
            desk.answer(one.key, "yes")
        desk.keep()
        desk.finish()
    filling = forms.begin(form.id)
    with watch.during():
        session.go.to("form", form=form.id)
        watch.until(lambda: not app.tasks.busy)
    page: Any = session.window.page("form")
    watch.until(lambda: page.scores.isVisible())
    found[f"scores of {_SCORED} rounds"] = watch.longest
    with watch.during():
        session.go.to("fill", filling=filling.id)
        fill: Any = session.window.page("fill")
        watch.until(lambda: fill.desk is not None)
    found["opening it to fill in"] = watch.longest
    with watch.during():
        for one in fill.items.boxes()[:6]:
            fill.answer(one.key, "no")
            qt.processEvents()
    found["answering"] = watch.longest
    with watch.during():
        editor = fill.items.boxes()[6].editor
        editor.hold()
        QTest.keyClicks(editor.field.line, "17")
        fill.step(1)
        qt.processEvents()
        fill.hand_in()
    found["the next page, and handing in"] = watch.longest
    with watch.during():
        session.go.to("build form", form=form.id)
        build: Any = session.window.page("build form")
        watch.until(lambda: build.isEnabled() and bool(build.plan.items) and not app.tasks.busy)
    found["opening it to build"] = watch.longest
    with watch.during():
        build.choose((40, 3))
        watch.until(lambda: not app.tasks.busy)
        build.question._set_kind("text")
        watch.until(lambda: not app.tasks.busy)
    found["changing a question"] = watch.longest
    session.window.close()
    session.close()
    app.tasks.close()
    return {name: round(gap * 1000, 1) for name, gap in found.items()}


if __name__ == "__main__":
    print(json.dumps(gaps(Path(sys.argv[1]))))
