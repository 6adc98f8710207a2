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

from gemba.app.last_place import LastPlace

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
print(session.window.current_key(), session.window.page_title_now())
session.window.close()
"""


def run(folder: Path, what: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", KILLED.replace("page_title_now()", "windowTitle()"), folder, what],
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


def test_only_pages_that_are_written_on_are_remembered(tmp_path: Path) -> None:
    place, sheet = LastPlace(tmp_path), uuid4()
    place.note("sheet", {"sheet": sheet, "start": True})
    assert place.read() == ("sheet", {"sheet": sheet})
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
