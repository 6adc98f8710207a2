"""A second start on the same folder brings the first window forward."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from gemba.app import one_window
from gemba.app.one_window import OneWindow, bring_forward
from gemba.services.elsewhere import is_open_elsewhere
from gemba.store.opening import open_store


@pytest.fixture
def calls() -> list[str]:
    return []


@pytest.fixture
def door(tmp_path: Path, calls: list[str]) -> Iterator[OneWindow]:
    opened = OneWindow(tmp_path, lambda: calls.append(threading.current_thread().name))
    yield opened
    opened.close()


def test_a_second_start_is_heard_every_time(
    door: OneWindow, tmp_path: Path, calls: list[str]
) -> None:
    assert bring_forward(tmp_path)
    assert bring_forward(tmp_path / "." / "..") is False
    assert bring_forward(tmp_path / "x" / "..")
    assert len(calls) == 2


def test_nobody_answers_for_a_folder_that_is_not_open(tmp_path: Path) -> None:
    assert not bring_forward(tmp_path)


def test_after_closing_nobody_answers_and_it_can_be_opened_again(
    door: OneWindow, tmp_path: Path, calls: list[str]
) -> None:
    door.close()
    door.close()
    assert not bring_forward(tmp_path)
    again = OneWindow(tmp_path, lambda: calls.append("again"))
    assert bring_forward(tmp_path)
    again.close()
    assert calls == ["again"]


def test_nonsense_at_the_door_does_not_end_it(
    door: OneWindow, tmp_path: Path, calls: list[str]
) -> None:
    address = one_window._address(tmp_path)
    assert address is not None
    for words in (b"", b"x" * 20, b"x" * 10_000):
        with one_window.Client(address) as caller:
            caller.send_bytes(words)
    with one_window.Client(address):
        pass
    assert bring_forward(tmp_path)
    assert len(calls) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX folders")
def test_a_folder_others_can_enter_is_no_place_for_a_door(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    (tmp_path / "gemba").mkdir()
    (tmp_path / "gemba").chmod(0o755)
    opened = OneWindow(tmp_path, lambda: None)
    assert not bring_forward(tmp_path)
    opened.close()


def test_the_door_a_killed_window_left_is_cleared(tmp_path: Path, calls: list[str]) -> None:
    code = """
import os, sys
from pathlib import Path
from gemba.app.one_window import OneWindow
OneWindow(Path(sys.argv[1]), lambda: None)
os.kill(os.getpid(), 9)
"""
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    assert not bring_forward(tmp_path)
    opened = OneWindow(tmp_path, lambda: calls.append("here"))
    assert bring_forward(tmp_path)
    opened.close()


def test_a_held_folder_is_seen_and_looking_changes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    assert not is_open_elsewhere(folder)
    assert not folder.exists()
    with open_store(folder) as store:
        assert is_open_elsewhere(folder)
        assert store.writable
        assert is_open_elsewhere(folder)
    assert not is_open_elsewhere(folder)
