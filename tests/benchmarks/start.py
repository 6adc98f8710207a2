"""From process start to the Today page of the sample, against a bare window with the ORM."""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks.measuring import PYTHON, Figure, in_turn, wall

FLOOR = """
import sqlalchemy.orm
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.resize(1280, 800)
window.show()
window.repaint()
"""


def measure(sample: Path) -> list[Figure]:
    """Measure both start-up figures; ``sample`` is a data folder with the sample."""
    gemba = [PYTHON, "-m", "gemba", "--data-dir", str(sample)]
    floor = [PYTHON, "-c", FLOOR]
    painted, bare = in_turn(
        lambda: wall([*gemba, "--exit-after-first-paint"]), lambda: wall(floor), runs=11
    )
    idle, bare_again = in_turn(
        lambda: wall([*gemba, "--exit-when-idle"]), lambda: wall(floor), runs=7
    )
    return [
        Figure("start to Today painted", painted, bare, "s", 1.0, "floor: ORM and a bare window"),
        Figure("everything loaded and idle", idle, bare_again, "s", 1.7, "the same floor"),
    ]
