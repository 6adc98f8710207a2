"""From opening the editor of the largest figures to its first picture, and to all of its lines."""

from __future__ import annotations

import json
import statistics
import subprocess
import time

from tests.benchmarks.measuring import PYTHON, Figure, environment

_MOST = 0.5
_RUNS = 5


def measure() -> list[Figure]:
    """Measure a fishbone of 320 causes and a why tree of 200, each in a fresh process."""
    out = subprocess.run(
        [PYTHON, "-m", "tests.benchmarks.opening"],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        env=environment(),
    )
    return [
        Figure(name, seconds, 1.0, "s", _MOST, note, absolute=True)
        for name, seconds, note in json.loads(out.stdout)
    ]


def main() -> None:
    """Open each editor in a window of its own and print the medians in seconds."""
    from PySide6.QtWidgets import QApplication, QScrollArea

    from gemba.domain.figures import Figure as Drawn
    from gemba.domain.figures import Fishbone, FiveWhys
    from gemba.domain.figures.fishbone import Bone, BoneCause
    from gemba.domain.figures.five_whys import Why
    from gemba.ui.figures import editor_for
    from gemba.ui.theme import Theme

    app = QApplication([])
    theme = Theme(still=True)
    theme.apply(app)
    bones = tuple(Bone(id=str(n), label=f"Bone {n}") for n in range(8))
    causes = [
        BoneCause(id=f"{n}.{m}", parent=str(n), text=f"Cause {m} of bone {n}")
        for n in range(8)
        for m in range(10)
    ]
    causes += [
        BoneCause(id=f"{one.id}.{n}", parent=one.id, text=f"What led to {one.id}: {n}")
        for one in causes
        for n in range(3)
    ]
    whys = [Why(id="0", text="Fit at 09:00, leaves after 14:00")]
    whys += [Why(id=str(n), parent=str((n - 1) // 4), text=f"Answer {n}") for n in range(1, 200)]
    held: list[tuple[str, Drawn]] = [
        ("320 causes", Fishbone(id="f", effect="Late", bones=bones, causes=tuple(causes))),
        ("200 causes", FiveWhys(id="t", whys=tuple(whys))),
    ]

    def opened(figure: Drawn) -> float:
        began = time.perf_counter()
        area = QScrollArea()
        area.resize(452, 700)
        area.setWidgetResizable(True)
        area.setWidget(editor_for(figure, theme))
        area.show()
        area.grab()
        taken = time.perf_counter() - began
        area.close()
        area.deleteLater()
        app.processEvents()
        return taken

    rows = []
    for note, figure in held:
        opened(figure)
        usual = statistics.median(opened(figure) for _ in range(_RUNS))
        rows.append((f"editor of a {figure.kind} opened", usual, f"{note}, median of {_RUNS}"))
    print(json.dumps(rows))


if __name__ == "__main__":
    main()
