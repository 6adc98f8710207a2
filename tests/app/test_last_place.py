"""A kill leads back to the page that was open; an orderly close does not."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest

from gemba.app.caret import Spot
from gemba.app.last_place import LastPlace, Left

KILLED = """
import os, signal, sys
from pathlib import Path
from gemba.app.start import App, make_qt
qt = make_qt()
app = App(qt, Path(sys.argv[1]), dark=False)
app.theme.still = True
session = app.open(Path(sys.argv[1]))
session.start_opening()
work = session.workspace
if sys.argv[2] == "write":
    sheet = work.sheets.begin("Trays come back late", owner="Ann")
    session.go.to("sheet", sheet=sheet.id, box="goal")
    os.kill(os.getpid(), signal.SIGKILL)
print(session.window.current_key(), session.window.windowTitle())
session.window.close()
"""


def run(folder: Path, what: str, code: str = KILLED) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, folder, what],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        check=False,
    )


def test_a_kill_leads_back_to_the_same_sheet_and_a_close_to_today(data_dir: Path) -> None:
    assert run(data_dir, "write").returncode == -signal.SIGKILL
    back = run(data_dir, "look")
    assert back.stdout.strip() == "sheet Trays come back late - Gemba", back.stderr
    assert run(data_dir, "look").stdout.startswith("today ")


TYPING = """
import os, signal, sys
from pathlib import Path
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from gemba.app.start import App, make_qt
from gemba.domain.sheet import Sheet
from gemba.store.opening import open_store
qt = make_qt()
app = App(qt, Path(sys.argv[1]), dark=False)
app.theme.still = True
session = app.open(Path(sys.argv[1]))
session.window.activateWindow()
session.start_opening()
work = session.workspace

def settle():
    for _ in range(20):
        qt.processEvents()

settle()
if sys.argv[2] == "write":
    sheet = work.sheets.begin("Trays come back late", owner="Ann")
    session.go.to("sheet", sheet=sheet.id, box="goal")
    settle()
    QTest.keyClicks(QApplication.focusWidget(), "By May all trays are back")
    for _ in range(9):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Left)
    while work.recorder.get(type(sheet), sheet.id).box("goal").text != "By May all trays are back":
        qt.processEvents()
    settle()
    os.kill(os.getpid(), signal.SIGKILL)
editor = QApplication.focusWidget()
print(session.window.page("sheet").writing, editor.textCursor().position())
QTest.keyClicks(editor, " ALL")
session.window.close()
with open_store(Path(sys.argv[1])) as store:
    print(store.find(Sheet)[0].box("goal").text)
"""


def test_a_kill_leads_back_to_the_same_word(data_dir: Path) -> None:
    assert run(data_dir, "write", TYPING).returncode == -signal.SIGKILL
    back = run(data_dir, "look", TYPING)
    assert back.stdout.splitlines() == ["goal 16", "By May all trays ALL are back"], back.stderr


@pytest.mark.parametrize("caret", ["", [], [1], [1, 2, 3], ["a", "b", 1], {"a": 1}, None])
def test_a_caret_nobody_understands_is_no_caret(tmp_path: Path, caret: object) -> None:
    kept = json.dumps({"page": "sheet", "what": {}, "caret": caret})
    (tmp_path / "place.json").write_text(kept, encoding="utf-8")
    assert LastPlace(tmp_path).read() == Left("sheet", {}, None)


def test_only_pages_that_are_written_on_are_remembered(tmp_path: Path) -> None:
    place, sheet = LastPlace(tmp_path), uuid4()
    place.note("sheet", {"sheet": sheet, "start": True})
    assert place.read() == Left("sheet", {"sheet": sheet}, None)
    place.note("sheet", {"sheet": sheet}, Spot(2, "Goal", 17))
    assert place.read() == Left("sheet", {"sheet": sheet}, Spot(2, "Goal", 17))
    place.note("history", {"words": "porter"})
    assert place.read() is None


@pytest.mark.parametrize("text", ["", "[]", "{", '{"page": "sheet"}', '{"page": 1, "what": []}'])
def test_a_broken_file_leads_to_today(tmp_path: Path, text: str) -> None:
    (tmp_path / "place.json").write_text(text, encoding="utf-8")
    assert LastPlace(tmp_path).read() is None


def test_a_page_nobody_knows_is_not_opened(tmp_path: Path) -> None:
    kept = json.dumps({"page": "elsewhere", "what": {}})
    (tmp_path / "place.json").write_text(kept, encoding="utf-8")
    assert LastPlace(tmp_path).read() is None


def test_a_folder_that_is_gone_is_no_trouble(tmp_path: Path) -> None:
    place = LastPlace(tmp_path / "gone")
    place.note("sheet", {"sheet": uuid4()})
    place.forget()
    assert place.read() is None


def test_a_full_disk_leaves_the_place_before_and_nothing_empty(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource", reason="no such limit there")
    before = LastPlace(tmp_path)
    sheet = uuid4()
    before.note("sheet", {"sheet": sheet})
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, limits[1]))
    try:
        before.note("sheet", {"sheet": uuid4()})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, ignored)
    assert before.read() == Left("sheet", {"sheet": sheet}, None)
    assert [path.name for path in tmp_path.iterdir()] == ["place.json"]
