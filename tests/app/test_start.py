"""The first picture is Today as it stays, painted before anything large is loaded."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from gemba.cli import main

_FIRST = """
import json, sys
from pathlib import Path
from gemba.app.start import App, make_qt

qt = make_qt()
folder = Path(sys.argv[1])
app = App(qt, folder, dark=False)
session = app.enter(folder)
window = session.window
window.repaint()
large = (
    "sqlalchemy", "alembic", "reportlab", "msgspec", "PIL", "pypdfium2", "sqlcipher3",
    "cryptography", "gemba.domain.kinds", "gemba.domain.figures",
)
early = [name for name in large if name in sys.modules]
first = window.grab().toImage()
session.start_opening()
while not session.loaded:
    qt.processEvents()
for _ in range(20):
    qt.processEvents()
settled = window.grab().toImage()
unasked = (
    "alembic", "reportlab", "msgspec", "PIL", "pypdfium2", "sqlcipher3", "cryptography",
    *(f"gemba.services.{name}" for name in (
        "arrivals", "coaching", "erasing", "exchange_in", "exchange_out", "exports", "gallery",
        "patterns", "sheets", "versions", "walks", "wording",
    )),
    "gemba.ui.pages.routine_form", "gemba.ui.widgets.month",
    "gemba.definitions.read", "gemba.domain.figures", "gemba.domain.sheet",
    "gemba.domain.observation", "gemba.store.writing",
    *(f"gemba.store.{name}" for name in ("check", "clearing", "overview", "salvage")),
)
rows = len(window.page("today").promises.rows())
print(json.dumps({
    "early": early,
    "unasked": [name for name in unasked if name in sys.modules],
    "rows": rows,
    "empty": first.isNull(),
    "differ": [
        [x, y]
        for y in range(first.height())
        for x in range(first.width())
        if first.pixel(x, y) != settled.pixel(x, y)
    ],
}))
window.close()
"""


@pytest.fixture
def sample(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert main(["--data-dir", str(data_dir), "sample", "load", "discharge"]) == 0
    capsys.readouterr()
    return data_dir


def _started(folder: Path) -> dict[str, object]:
    out = subprocess.run(
        [sys.executable, "-c", _FIRST, str(folder)],
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    )
    found: dict[str, object] = json.loads(out.stdout.splitlines()[-1])
    return found


def test_first_picture_of_the_sample_stays_as_it_is(sample: Path) -> None:
    found = _started(sample)
    assert found["rows"], "Today shows who waits for an answer"
    assert not found["empty"]
    assert found["early"] == []
    assert found["unasked"] == []
    assert found["differ"] == []


def test_first_picture_of_a_new_folder_stays_as_it_is(data_dir: Path) -> None:
    found = _started(data_dir)
    assert found["rows"] == 0
    assert found["early"] == []
    assert found["unasked"] == ["alembic"], "a new database is made by its migrations"
    assert found["differ"] == []
