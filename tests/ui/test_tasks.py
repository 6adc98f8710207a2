"""Slow work: results come back on this thread, once, and only to an owner that is still there."""

from __future__ import annotations

import gc
import sys
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from gemba.ui.tasks import GIVE_WAY, Cancelled, CancelToken, Tasks, uncollected


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


def refuse(error: BaseException) -> None:
    raise AssertionError(f"failed with {error!r}")


def test_work_is_done_elsewhere_and_the_result_comes_back_here(qtbot: QtBot, tasks: Tasks) -> None:
    owner = QObject()
    found: list[tuple[int, int, int]] = []
    tasks.run(
        owner,
        lambda _token: (6 * 7, threading.get_ident()),
        lambda result: found.append((*result, threading.get_ident())),
        refuse,
    )
    qtbot.waitUntil(lambda: bool(found))
    answer, there, here = found[0]
    assert answer == 42
    assert here == threading.get_ident() != there
    assert tasks.busy == 0


def test_work_in_python_gives_way_to_the_window(qtbot: QtBot, tasks: Tasks) -> None:
    held: list[float] = []
    before = sys.getswitchinterval()
    try:
        sys.setswitchinterval(0.005)
        tasks.run(QObject(), lambda _token: 1, lambda _result: None, refuse)
        held.append(sys.getswitchinterval())
        sys.setswitchinterval(GIVE_WAY / 2)
        tasks.run(QObject(), lambda _token: 1, lambda _result: None, refuse)
        held.append(sys.getswitchinterval())
    finally:
        sys.setswitchinterval(before)
    assert held == pytest.approx([GIVE_WAY, GIVE_WAY / 2])


def test_what_is_let_go_of_hears_nothing_and_is_not_held(qtbot: QtBot, tasks: Tasks) -> None:
    class Asking(QObject):
        def hear(self, result: int) -> None:
            heard.append(result)

    heard: list[int] = []
    window, elsewhere = QObject(), QObject()
    asking = Asking(window)
    go_on = threading.Event()

    def work(_token: CancelToken) -> int:
        go_on.wait(10)
        return 1

    tasks.run(asking, work, asking.hear, refuse)
    tasks.run(elsewhere, lambda _token: 2, heard.append, refuse)
    kept = weakref.ref(asking)
    tasks.let_go(window)
    assert tasks.busy, "it goes on to its end"
    delete(window)
    del asking
    gc.collect()
    assert kept() is None
    go_on.set()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert heard == [2]


def test_what_was_let_go_of_is_still_told_to_stop_at_the_end(qtbot: QtBot) -> None:
    tasks = Tasks()
    window = QObject()
    began = threading.Event()
    seen: list[bool] = []

    def work(token: CancelToken) -> None:
        began.set()
        # Ends by itself, so that a failure is told and does not hang.
        seen.append(token._event.wait(3))

    tasks.run(window, work, seen.append, refuse)
    assert began.wait(10)
    tasks.let_go(window)
    assert not seen, "a window that goes stops nothing"
    tasks.close()
    assert seen == [True]


def test_trouble_comes_back_as_it_is(qtbot: QtBot, tasks: Tasks) -> None:
    owner = QObject()
    heard: list[BaseException] = []

    def work(_token: CancelToken) -> int:
        raise OSError("disk full")

    tasks.run(owner, work, lambda _result: None, heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert isinstance(heard[0], OSError)


def test_a_result_for_an_owner_that_is_gone_is_dropped(qtbot: QtBot, tasks: Tasks) -> None:
    owner = QObject()
    go_on = threading.Event()
    got: list[object] = []
    tasks.run(owner, lambda _token: go_on.wait(10), got.append, refuse)
    delete(owner)
    go_on.set()
    qtbot.waitUntil(lambda: tasks.busy == 0)
    assert got == []


def test_a_cancelled_result_is_dropped_and_the_work_can_see_it(qtbot: QtBot, tasks: Tasks) -> None:
    owner = QObject()
    started, go_on = threading.Event(), threading.Event()
    seen: list[bool] = []
    got: list[object] = []

    def work(token: CancelToken) -> None:
        started.set()
        go_on.wait(10)
        seen.append(token.cancelled)
        token.check()

    token = tasks.run(owner, work, got.append, got.append)
    assert started.wait(10)
    token.cancel()
    go_on.set()
    qtbot.waitUntil(lambda: tasks.busy == 0)
    assert seen == [True]
    assert got == []


def test_a_cancelled_token_raises_where_it_is_checked() -> None:
    token = CancelToken()
    token.check()
    token.cancel()
    with pytest.raises(Cancelled):
        token.check()


def test_the_collector_waits_for_the_last_work_that_holds_it_back() -> None:
    assert gc.isenabled()
    with uncollected():
        with pytest.raises(ValueError, match="no"), uncollected():
            raise ValueError("no")
        assert not gc.isenabled()
    assert gc.isenabled()


def test_closing_waits_and_takes_no_more_work(qtbot: QtBot) -> None:
    tasks = Tasks()
    owner = QObject()
    done = threading.Event()
    got: list[object] = []
    tasks.run(owner, lambda _token: done.set(), got.append, refuse)
    tasks.close()
    assert tasks.busy == 0
    assert got == []
    with pytest.raises(RuntimeError, match="closed"):
        tasks.run(owner, lambda _token: None, got.append, refuse)


def test_hundreds_of_jobs_all_come_back(qtbot: QtBot, tasks: Tasks) -> None:
    owner = QObject()
    got: list[int] = []
    for number in range(800):
        tasks.run(owner, lambda _token, number=number: number, got.append, refuse)
    qtbot.waitUntil(lambda: len(got) == 800)
    assert sorted(got) == list(range(800))
