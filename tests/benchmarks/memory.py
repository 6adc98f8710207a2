"""Memory held with the sample sheet open, against a bare window with the ORM loaded."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.benchmarks.measuring import PYTHON, Figure, environment, in_turn

_OWN = "from tests.benchmarks.measuring import own_memory; print(own_memory())"

FLOOR = f"""
import sqlalchemy.orm
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.resize(1280, 800)
window.show()
app.processEvents()
{_OWN}
"""

OPEN = f"""
import sys
from pathlib import Path
from gemba.app.start import App, make_qt
from tests.benchmarks.sample_of import sample_sheet
qt = make_qt()
folder = Path(sys.argv[1])
app = App(qt, folder)
session = app.open(folder)
session.start_opening()
sheet = sample_sheet(session.workspace.sheets.all())
session.go.to("sheet", sheet=sheet.id)
page = session.window.page("sheet")
while page.view.page._image is None:
    qt.processEvents()
qt.processEvents()
{_OWN}
session.window.close()
"""


def measure(sample: Path) -> list[Figure]:
    """Measure resident memory in MB, each in a process of its own."""
    ours, bare = in_turn(
        lambda: _held(OPEN, str(sample)), lambda: _held(FLOOR, str(sample)), runs=3
    )
    note = "floor: a bare window and the ORM"
    return [Figure("memory with the sample sheet open", ours, bare, "MB", 2.1, note)]


def _held(code: str, *arguments: str) -> float:
    out = subprocess.run(
        [PYTHON, "-c", code, *arguments],
        check=True,
        capture_output=True,
        text=True,
        env=environment(),
        timeout=120,
    )
    return float(out.stdout.split()[-1])
