"""Small pictures are drawn beside the window, one at a time, and kept in memory by revision."""

from __future__ import annotations

import threading
from collections.abc import Callable
from uuid import UUID

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from gemba.domain.errors import Damaged
from gemba.domain.sheet_row import SheetRow
from gemba.ui import thumbnails
from gemba.ui.tasks import Tasks
from gemba.ui.thumbnails import Thumbnails
from tests.domain.test_sheet_row import row
from tests.ui.pages.conftest import tasks

__all__ = ["tasks"]
WIDE = 40


class Drawer:
    """Draws plain pictures and remembers for whom, and on which thread."""

    def __init__(self) -> None:
        self.drawn: list[UUID] = []
        self.threads: set[threading.Thread] = set()
        self.at_once = threading.Semaphore(0)
        self.waits = False

    def __call__(self, sheet: UUID, wide: int) -> QImage:
        if self.waits:
            self.at_once.acquire()
        self.drawn.append(sheet)
        self.threads.add(threading.current_thread())
        return QImage(wide, wide, QImage.Format.Format_RGB32)


@pytest.fixture
def drawer() -> Drawer:
    return Drawer()


@pytest.fixture
def pictures(qtbot: QtBot, tasks: Tasks, drawer: Drawer) -> Thumbnails:
    owner = QObject()
    made = Thumbnails(drawer, tasks, owner)
    made.owner = owner  # type: ignore[attr-defined]
    return made


def some(count: int, **facts: object) -> list[SheetRow]:
    return [row(number, **facts) for number in range(1, count + 1)]


def there(pictures: Thumbnails, rows: list[SheetRow]) -> Callable[[], bool]:
    return lambda: all(pictures.get(one, WIDE) is not None for one in rows)


def test_what_is_wanted_is_drawn_in_order_off_this_thread_and_once(
    qtbot: QtBot, pictures: Thumbnails, drawer: Drawer
) -> None:
    rows = some(4)
    pictures.want(rows, WIDE)
    qtbot.waitUntil(there(pictures, rows))
    assert drawer.drawn == [one.id for one in rows]
    assert threading.main_thread() not in drawer.threads
    pictures.want(rows, WIDE)
    assert drawer.drawn == [one.id for one in rows]


def test_another_revision_name_or_width_is_another_picture(
    qtbot: QtBot, pictures: Thumbnails
) -> None:
    (one,) = some(1)
    pictures.want([one], WIDE)
    qtbot.waitUntil(there(pictures, [one]))
    for other in (one._replace(revision=2), one._replace(owner="Maria"), one._replace(area="Lab")):
        assert pictures.get(other, WIDE) is None
    assert pictures.get(one, 2 * WIDE) is None
    assert pictures.get(one._replace(changed=9), WIDE) is not None


def test_what_went_out_of_sight_is_not_drawn_any_more(
    qtbot: QtBot, pictures: Thumbnails, drawer: Drawer
) -> None:
    drawer.waits = True
    rows = some(6)
    pictures.want(rows[:3], WIDE)
    pictures.want(rows[3:], WIDE)
    for _picture in range(4):
        drawer.at_once.release()
    qtbot.waitUntil(there(pictures, [rows[0], *rows[3:]]))
    # The one that was under way is kept.
    assert set(drawer.drawn) == {one.id for one in (rows[0], *rows[3:])}
    assert len(drawer.drawn) == 4


def test_one_that_went_out_of_sight_holds_up_none_in_sight(qtbot: QtBot, tasks: Tasks) -> None:
    rows = some(5)
    gate = threading.Event()
    drawn: list[UUID] = []

    def draw(sheet: UUID, wide: int) -> QImage:
        if sheet == rows[0].id:
            assert gate.wait(30)
        drawn.append(sheet)
        return QImage(wide, wide, QImage.Format.Format_RGB32)

    owner = QObject()
    pictures = Thumbnails(draw, tasks, owner)
    pictures.want(rows[:2], WIDE)
    pictures.want(rows[2:], WIDE)
    qtbot.waitUntil(there(pictures, rows[2:]))
    assert drawn == [one.id for one in rows[2:]]
    # Back in sight it is not begun a second time.
    pictures.want(rows[:1], WIDE)
    gate.set()
    qtbot.waitUntil(there(pictures, rows[:1]))
    assert drawn.count(rows[0].id) == 1


def test_nothing_begins_while_the_list_moves(
    qtbot: QtBot, pictures: Thumbnails, drawer: Drawer
) -> None:
    drawer.waits = True
    rows = some(3)
    pictures.want(rows, WIDE)
    pictures.pause()
    drawer.at_once.release()
    qtbot.waitUntil(there(pictures, rows[:1]))
    assert len(drawer.drawn) == 1
    for _picture in rows:
        drawer.at_once.release()
    pictures.want(rows, WIDE)
    qtbot.waitUntil(there(pictures, rows))


def test_the_oldest_pictures_go_first(
    qtbot: QtBot, pictures: Thumbnails, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thumbnails, "MOST_BYTES", 3 * WIDE * WIDE * 4)
    rows = some(3)
    pictures.want(rows, WIDE)
    qtbot.waitUntil(there(pictures, rows))
    pictures.get(rows[0], WIDE)
    more = row(9)
    pictures.want([more], WIDE)
    qtbot.waitUntil(there(pictures, [more]))
    assert pictures.knows(rows[0], WIDE)
    assert not pictures.knows(rows[1], WIDE)


def test_erasing_leaves_no_picture_not_even_one_on_its_way(
    qtbot: QtBot, pictures: Thumbnails, drawer: Drawer, tasks: Tasks
) -> None:
    drawer.waits = True
    rows = some(2)
    pictures.want(rows, WIDE)
    drawer.at_once.release()
    qtbot.waitUntil(there(pictures, rows[:1]))
    pictures.forget()
    drawer.at_once.release()
    qtbot.waitUntil(lambda: tasks.busy == 0)
    assert not any(pictures.knows(one, WIDE) for one in rows)
    drawer.at_once.release()
    pictures.want(rows[:1], WIDE)
    qtbot.waitUntil(there(pictures, rows[:1]))


def test_one_that_cannot_be_drawn_is_told_and_the_next_one_comes(
    qtbot: QtBot, tasks: Tasks
) -> None:
    hurt, whole = some(2)

    def draw(sheet: UUID, wide: int) -> QImage:
        if sheet == hurt.id:
            raise Damaged("store.damaged", kind="sheet", id=sheet, reason="checksum")
        return QImage(wide, wide, QImage.Format.Format_RGB32)

    owner = QObject()
    pictures = Thumbnails(draw, tasks, owner)
    told: list[tuple[str, object]] = []
    pictures.failed.connect(lambda key, error: told.append((key, error)))
    pictures.want([hurt, whole], WIDE)
    qtbot.waitUntil(there(pictures, [whole]))
    assert [key for key, _error in told] == [hurt.key]
    assert pictures.knows(hurt, WIDE)
    assert pictures.get(hurt, WIDE) is None
