"""Photos of a phone are matched by their time, and come in when the leader says so."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from gemba.domain.observation import Observation
from gemba.services.workspace import Workspace
from gemba.ui.pages.photo_desk import PhotoDesk
from gemba.ui.pages.photo_matching import PhotoMatching
from gemba.ui.tasks import Tasks
from gemba.ui.theme import Theme
from gemba.ui.widgets import PhotoStrip
from tests.services.test_photo_import import photo

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def seen(workspace: Workspace, clock) -> list[Observation]:
    walk = workspace.walks.plan("Why?")
    workspace.walks.start(walk.id)
    found = []
    for words in ("A bag waits", "A bed waits"):
        found.append(workspace.walks.capture(words, walk_id=walk.id))
        clock.move(minutes=10)
    return found


@pytest.fixture
def matching(
    qtbot: QtBot, workspace: Workspace, theme: Theme, tasks: Tasks, go, seen: list[Observation]
) -> PhotoMatching:
    made = PhotoMatching(theme, photos=workspace.photo_import, tasks=tasks, go=go, reminder="Care.")
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.open(seen)
    return made


def test_each_goes_where_its_time_says_unless_the_leader_says_otherwise(
    matching: PhotoMatching, qtbot: QtBot, workspace: Workspace, seen, tmp_path: Path
) -> None:
    for number, taken in enumerate(("10:01:00", "10:09:00", "10:10:30", "23:00:00")):
        data = photo(number, taken=f"2026:11:24 {taken}")
        (tmp_path / f"{number}.jpg").write_bytes(data)
    (tmp_path / "film.jpg").write_bytes(b"no picture")
    matching.look_in(tmp_path)
    qtbot.waitUntil(lambda: len(matching.rows) == 3)
    assert matching.said.text() == (
        "3 belong to this walk by their time. 1 were taken at another time, or do not say. "
        "1 cannot be read: film.jpg. Care."
    )
    assert [row.where.value for row in matching.rows] == [
        str(one.id) for one in (seen[0], seen[1], seen[1])
    ]
    qtbot.waitUntil(lambda: matching.rows[2].picture.source != "")
    matching.rows[1].where._choose(str(seen[0].id))
    qtbot.mouseClick(matching.rows[2].wanted, LEFT)
    with qtbot.waitSignal(matching.brought, timeout=10_000):
        qtbot.mouseClick(matching.take, LEFT)
    kept = [len(workspace.walks.observation(one.id).photos) for one in seen]
    assert kept == [2, 0]
    assert matching.said.text() == "2 photos taken in."


def test_a_folder_with_more_than_are_shown_is_walked_to_its_end(
    matching: PhotoMatching, qtbot: QtBot, workspace, seen, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setattr("gemba.ui.pages.photo_matching.MOST_ROWS", 2)
    for number in range(5):
        data = photo(number, taken="2026:11:24 10:01:00")
        (tmp_path / f"{number}.jpg").write_bytes(data)

    def shown() -> list[str]:
        return [row.found.path.name for row in matching.rows]

    matching.look_in(tmp_path)
    qtbot.waitUntil(lambda: shown() == ["0.jpg", "1.jpg"])
    assert "the next come when these are taken in" in matching.said.text()
    qtbot.mouseClick(matching.rows[0].wanted, LEFT)
    qtbot.mouseClick(matching.take, LEFT)
    qtbot.waitUntil(lambda: shown() == ["2.jpg", "3.jpg"])
    assert matching.said.text() == "1 photos taken in. 3 more belong to this walk."
    # Chosen again, it goes on where it was.
    matching.look_in(tmp_path)
    qtbot.waitUntil(lambda: "2 were answered before." in matching.said.text())
    assert shown() == ["2.jpg", "3.jpg"]
    for row in matching.rows:
        qtbot.mouseClick(row.wanted, LEFT)
    qtbot.mouseClick(matching.take, LEFT)
    assert shown() == ["4.jpg"], "none of them wanted is an answer too"
    with qtbot.waitSignal(matching.brought, timeout=10_000):
        qtbot.mouseClick(matching.take, LEFT)
    assert (shown(), matching.take.isVisible()) == ([], False)
    assert len(workspace.walks.observation(seen[0].id).photos) == 2


def test_stopped_it_says_so_and_nothing_is_half(
    matching: PhotoMatching, qtbot: QtBot, workspace: Workspace, seen, tmp_path: Path
) -> None:
    for number in range(6):
        (tmp_path / f"{number}.jpg").write_bytes(photo(number, taken="2026:11:24 10:01:00"))
    matching.look_in(tmp_path)
    qtbot.waitUntil(lambda: len(matching.rows) == 6)
    qtbot.mouseClick(matching.take, LEFT)
    qtbot.mouseClick(matching.cancel, LEFT)
    assert "Stopped" in matching.said.text()
    matching._tasks.close()
    named = set(workspace.walks.observation(seen[0].id).photos)
    files = {path.stem for path in (workspace.store.folder / "photos").rglob("*.jpg")}
    assert files == named


def test_a_folder_that_is_gone_is_told(matching: PhotoMatching, qtbot, go, tmp_path) -> None:
    matching.look_in(tmp_path / "none")
    qtbot.waitUntil(lambda: bool(go.troubles))
    assert go.troubles[0].key == "file.cannot_read"
    assert not matching.cancel.isVisible()


def test_a_pasted_picture_of_200_megabytes_comes_in_small(
    qtbot: QtBot, workspace: Workspace, theme: Theme, tasks: Tasks, go, seen, matching
) -> None:
    picture = QImage(7_200, 7_000, QImage.Format.Format_RGB32)
    assert picture.sizeInBytes() > 200_000_000
    picture.fill(Qt.GlobalColor.darkGreen)
    desk = PhotoDesk(matching, walks=workspace.walks, memos=workspace.memos, tasks=tasks, go=go)
    desk.take_image(seen[1].id, picture)
    qtbot.waitUntil(lambda: bool(workspace.walks.observation(seen[1].id).photos), timeout=20_000)
    assert not go.troubles
    (key,) = workspace.walks.observation(seen[1].id).photos
    kept = workspace.store.photos.read(key)
    assert len(kept) < 2_000_000
    with Image.open(BytesIO(kept)) as image:
        assert image.size == (2048, 1991)
        assert image.convert("RGB").getpixel((1000, 1000)) == (0, 128, 0)
    # Nothing of the large one is left beside it.
    files = [one for one in (workspace.store.folder / "photos").rglob("*") if one.is_file()]
    assert sum(one.stat().st_size for one in files) < 2_000_000


def test_a_small_picture_is_read_beside_the_window(
    qtbot: QtBot, theme: Theme, tasks: Tasks, tmp_path: Path
) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(photo())
    strip = PhotoStrip(theme, tasks=tasks)
    qtbot.addWidget(strip)
    strip.resize(400, 100)
    strip.show()
    strip.set_photos([("one", str(path), "A bag")])
    (small,) = strip.thumbnails()
    small.grab()
    assert not small.shown
    qtbot.waitUntil(lambda: small.shown)
