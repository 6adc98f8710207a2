"""When Gemba itself fails: nothing typed is lost, and the report holds none of it."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from gemba.app.crash import CrashReports, catch_uncaught, report

SECRET = "the night nurse cried"


def fails(words: str) -> None:
    note = {"private": words}
    try:
        raise KeyError(words)
    except KeyError as error:
        error.add_note(words)
        raise ValueError(f"cannot read {note}") from error


def caught() -> BaseException:
    with pytest.raises(ValueError, match=SECRET) as error:
        fails(SECRET)
    return error.value


def test_a_report_says_where_and_not_what() -> None:
    told = report(caught())
    assert "builtins.KeyError" in told
    assert "which led to\nbuiltins.ValueError" in told
    assert "tests/app/test_crash.py:" in told
    assert " in fails" in told
    assert SECRET not in told
    assert str(Path.home()) not in told


def test_one_report_for_each_place_and_no_more_than_twenty(tmp_path: Path) -> None:
    reports = CrashReports(tmp_path, now=lambda: datetime(2026, 11, 22, 10, 30))
    first = reports.write(caught())
    assert first is not None
    assert first.parent == tmp_path / "reports"
    assert first.stat().st_mode & 0o777 == 0o600
    same = caught()
    assert reports.write(same) is None or len(list(first.parent.iterdir())) == 2
    written = [reports.write(type(f"Odd{number}", (Exception,), {})()) for number in range(30)]
    assert len([one for one in written if one]) <= 19
    assert len(list(first.parent.iterdir())) <= 20


def test_where_nothing_can_be_written_there_is_no_report(tmp_path: Path) -> None:
    (tmp_path / "reports").write_text("a file where the folder should be")
    reports = CrashReports(tmp_path)
    assert reports.write(caught()) is None
    reports.watch_fatal()
    reports.close()
    assert reports.take_fatal() is None


def test_an_orderly_end_leaves_nothing(tmp_path: Path) -> None:
    reports = CrashReports(tmp_path)
    reports.watch_fatal()
    reports.close()
    assert list(tmp_path.iterdir()) == []


def test_a_crash_below_python_leaves_its_trace(tmp_path: Path) -> None:
    code = """
import ctypes, sys
from pathlib import Path
from gemba.app.crash import CrashReports
CrashReports(Path(sys.argv[1])).watch_fatal()
ctypes.string_at(0)
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, check=False
    )
    assert done.returncode != 0
    reports = CrashReports(tmp_path)
    left = reports.take_fatal()
    assert left is not None
    assert "string_at" in left.read_text(encoding="utf-8")
    assert reports.take_fatal() is None


def test_an_error_on_another_thread_is_caught_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import threading

    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    heard: list[BaseException] = []
    catch_uncaught(heard.append)
    thread = threading.Thread(target=fails, args=(SECRET,))
    thread.start()
    thread.join()
    assert [type(error) for error in heard] == [ValueError]


@pytest.mark.skipif(sys.platform == "win32", reason="other rights there")
def test_reports_are_for_their_owner_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        reports = CrashReports(tmp_path)
        reports.watch_fatal()
        reports.write(caught())
        found = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.rglob("*.txt")}
        reports.close()
    finally:
        os.umask(before)
    assert len(found) == 2
    assert set(found.values()) == {0o600}
