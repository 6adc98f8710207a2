"""One observation: mended, followed, given a photo, removed and brought back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gemba.domain.changes import Ref
from gemba.domain.figures import TableFigure
from gemba.domain.observation import Count, Observation
from gemba.domain.photo_mark import MarkedPhoto
from gemba.services.photo_marks import MarkedSource
from gemba.services.workspace import Workspace
from gemba.ui.pages.observation import ObservationPage
from gemba.ui.tasks import Tasks
from gemba.ui.theme import Theme
from tests.data.sounds import M4A

LEFT = Qt.MouseButton.LeftButton
ENTER = Qt.Key.Key_Return


@pytest.fixture
def seen(workspace: Workspace) -> Observation:
    walk = workspace.walks.plan("Why do discharges wait?")
    workspace.walks.start(walk.id)
    return workspace.walks.capture("Two bags wait", category="delivery", walk_id=walk.id)


@pytest.fixture
def page(
    qtbot: QtBot, workspace: Workspace, theme: Theme, tasks: Tasks, go, clock, seen: Observation
) -> ObservationPage:
    made = ObservationPage(
        theme,
        walks=workspace.walks,
        memos=workspace.memos,
        people=workspace.people,
        drafts=workspace.drafts,
        coaching=workspace.coaching,
        thread=workspace.thread,
        bulletin=workspace.bulletin,
        tasks=tasks,
        patterns=lambda: workspace.patterns,
        photo_care=lambda: workspace.vocabularies.words.photo_care,
        go=go,
        today=lambda: clock().date(),
    )
    qtbot.addWidget(made)
    made.resize(1208, 772)
    made.show()
    made.activateWindow()
    made.arrive(observation=seen.id)
    return made


def test_the_thread_leads_both_ways(
    page: ObservationPage, qtbot: QtBot, workspace: Workspace, go, seen: Observation
) -> None:
    qtbot.mouseClick(page.becomes["promise"], LEFT)
    qtbot.keyClicks(QApplication.focusWidget(), "Samir")
    qtbot.keyClick(QApplication.focusWidget(), ENTER)
    qtbot.keyClick(QApplication.focusWidget(), ENTER)
    qtbot.waitUntil(lambda: len(page.chips.chips()) == 2)
    promise = workspace.promises.open()[0]

    for chip in page.chips.chips():
        qtbot.mouseClick(chip, LEFT)
    assert [ref for ref, _ in go.opened] == [
        Ref("walk", seen.walk_id),
        Ref("promise", promise.id),
    ]


def test_words_are_mended_in_place(
    page: ObservationPage, qtbot: QtBot, workspace: Workspace, seen: Observation
) -> None:
    page.saw.edit.setFocus()
    page.saw.edit.moveCursor(page.saw.edit.textCursor().MoveOperation.End)
    qtbot.keyClicks(page.saw.edit, " since 09:20")
    assert page.further["their_words"].isHidden()
    qtbot.mouseClick(page.reveal_words["their_words"], LEFT)
    qtbot.keyClicks(page.further["their_words"].edit, "Nobody told us")
    page.leave()
    workspace.recorder.settle()

    kept = workspace.walks.observation(seen.id)
    assert (kept.saw, kept.their_words) == ("Two bags wait since 09:20", "Nobody told us")


def test_facts_are_never_emptied_by_mistake(
    page: ObservationPage, qtbot: QtBot, workspace: Workspace, seen: Observation
) -> None:
    page.saw.edit.setFocus()
    page.saw.edit.selectAll()
    qtbot.keyClick(page.saw.edit, Qt.Key.Key_Delete)
    page.leave()
    workspace.recorder.settle()

    assert workspace.walks.observation(seen.id).saw == "Two bags wait"


def test_a_photo_is_pasted_and_taken_off_with_undo(
    page: ObservationPage,
    qtbot: QtBot,
    workspace: Workspace,
    tasks: Tasks,
    go,
    seen: Observation,
    tmp_path: Path,
) -> None:
    file = tmp_path / "shelf.png"
    Image.new("RGB", (60, 40), (120, 180, 200)).save(file)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    QGuiApplication.clipboard().setMimeData(data)
    page.photos.adder.setFocus()
    qtbot.keyClick(page.photos.adder, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(page.photos.thumbnails()) == 1)
    photo = workspace.walks.observation(seen.id).photos
    small = page.photos.thumbnails()[0]
    small.setFocus()
    qtbot.keyClick(small, Qt.Key.Key_Delete)

    assert workspace.walks.observation(seen.id).photos == ()
    go.undo()
    assert workspace.walks.observation(seen.id).photos == photo


def test_blame_in_what_was_seen_is_asked_about_there(
    page: ObservationPage, qtbot: QtBot, workspace: Workspace, seen: Observation
) -> None:
    assert page.about.isHidden()
    page.saw.edit.selectAll()
    qtbot.keyClicks(page.saw.edit, "The night shift is to blame")
    assert "What in the process let it happen?" in page.about.text()
    assert page.about.isVisible()
    page.leave()
    page.arrive(observation=seen.id)
    assert page.about.isVisible()
    page.saw.edit.selectAll()
    qtbot.keyClicks(page.saw.edit, "31 of 120 bags wait")
    assert page.about.isHidden()


def test_a_category_is_one_of_six(
    page: ObservationPage, qtbot: QtBot, workspace: Workspace, seen: Observation
) -> None:
    qtbot.mouseClick(page.categories["safety"], LEFT)
    assert workspace.walks.observation(seen.id).category == "safety"
    qtbot.waitUntil(lambda: not page.categories["delivery"].isChecked())
    qtbot.mouseClick(page.categories["safety"], LEFT)
    assert workspace.walks.observation(seen.id).category == ""


def test_removing_can_be_undone(
    page: ObservationPage, qtbot: QtBot, workspace: Workspace, go, seen: Observation
) -> None:
    assert seen.walk_id is not None
    qtbot.mouseClick(page.remove, LEFT)
    assert workspace.walks.observations(seen.walk_id) == []
    assert go.backs == 1
    go.undo()

    assert workspace.walks.observations(seen.walk_id)[0].saw == "Two bags wait"


def photos_of(tmp_path: Path) -> list[bytes]:
    """Three photos that differ."""
    made = []
    for colour in ("red", "green", "blue"):
        file = tmp_path / f"{colour}.png"
        Image.new("RGB", (900, 600), colour).save(file)
        made.append(file.read_bytes())
    return made


def test_a_photo_opens_large_and_arrows_go_on(
    page: ObservationPage,
    qtbot: QtBot,
    workspace: Workspace,
    seen: Observation,
    tmp_path: Path,
) -> None:
    for data in photos_of(tmp_path):
        workspace.walks.add_photo(seen.id, data)
    qtbot.waitUntil(lambda: len(page.photos.thumbnails()) == 3)
    middle = page.photos.thumbnails()[1]
    middle.setFocus()
    qtbot.keyClick(middle, ENTER)

    view = page.attached.shown.view
    assert view is not None
    qtbot.waitUntil(view.hasFocus)
    assert view.size() == page.window().size()
    assert view.words.text() == "Two bags wait, 2 of 3"

    def colour() -> str:
        return view.grab().toImage().pixelColor(view.rect().center()).name()

    assert colour() == "#008000"
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert colour() == "#0000ff"
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.at == 2
    qtbot.keyClick(view, Qt.Key.Key_Left)
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert colour() == "#ff0000"
    qtbot.keyClicks(view, "abc")
    qtbot.keyClick(view, Qt.Key.Key_Tab)
    assert view.hasFocus()
    page.resize(640, 400)
    assert view.size() == page.size()
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert not view.isVisible()
    assert middle.hasFocus()
    assert workspace.walks.observation(seen.id).saw == "Two bags wait"


def test_a_photo_whose_file_is_gone_is_said_by_its_ground(
    page: ObservationPage, qtbot: QtBot, workspace: Workspace, seen: Observation, tmp_path: Path
) -> None:
    workspace.walks.add_photo(seen.id, photos_of(tmp_path)[0])
    qtbot.waitUntil(lambda: len(page.photos.thumbnails()) == 1)
    Path(
        str(workspace.walks.photo_source(workspace.walks.observation(seen.id).photos[0]))
    ).write_bytes(b"no picture any more")
    qtbot.mouseClick(page.photos.thumbnails()[0], LEFT)

    view = page.attached.shown.view
    assert view is not None
    assert view.words.text() == "Two bags wait"
    assert not view.before.isVisible()
    middle = view.grab().toImage().pixelColor(view.rect().center())
    assert middle == page.theme.photo
    qtbot.mouseClick(view.away, LEFT)
    assert not view.isVisible()


def test_a_name_is_kept_only_with_consent(page: ObservationPage, qtbot, workspace, seen) -> None:
    more = page.more_seen
    assert more.spoke.isHidden()
    qtbot.mouseClick(more.consent, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(more.spoke.line, "Grace Teo")
    qtbot.keyClick(more.spoke.line, Qt.Key.Key_Return)
    kept = workspace.walks.observation(seen.id)
    assert (kept.spoke, kept.spoke_consent) == ("Grace Teo", True)
    qtbot.mouseClick(more.consent, Qt.MouseButton.LeftButton)
    kept = workspace.walks.observation(seen.id)
    assert (kept.spoke, kept.spoke_consent) == ("", False)
    assert workspace.walks.name_speaker(seen.id, "Grace Teo", False).spoke == ""


def test_counts_and_cycles_become_charts_on_an_a3(
    page: ObservationPage, qtbot, workspace, seen, go
) -> None:
    assert not page.more_seen.take.isVisible()
    workspace.walks.change_line(
        seen.id,
        counts=(Count(id="c1", label="bags", number=3),),
        timed="bag to ward",
        laps=(41.26, 38.0),
    )
    qtbot.waitUntil(page.more_seen.take.isVisible)
    assert page.more_seen.counted.text() == (
        "3 bags. bag to ward: 2 cycles: middle 39.6 s, 38.0 s to 41.3 s."
    )
    page.more_seen.menu.aboutToShow.emit()
    page.more_seen.menu.actions()[0].trigger()
    place, what = go.places[-1]
    figures = workspace.sheets.get(what["sheet"]).box(str(what["box"])).figures
    assert place == "sheet"
    assert [one.caption for one in figures] == [seen.saw, "bag to ward"]
    laps = figures[1]
    assert isinstance(laps, TableFigure)
    assert (laps.drawn, laps.rows) == ("dots", (("Cycle", "Seconds"), ("1", "41.3"), ("2", "38.0")))


def test_a_photo_of_the_standard_stands_beside(
    page: ObservationPage, qtbot, workspace, seen, go, tmp_path
) -> None:
    from tests.services.test_photo_import import photo

    path = tmp_path / "standard.jpg"
    path.write_bytes(photo())
    page.more_seen.standard.files_added.emit([str(path)])
    qtbot.waitUntil(lambda: len(page.more_seen.standard.thumbnails()) == 1)
    kept = workspace.walks.observation(seen.id)
    assert (len(kept.standard_photos), kept.photos) == (1, seen.photos)
    page.more_seen.standard.removed.emit(kept.standard_photos[0])
    assert workspace.walks.observation(seen.id).standard_photos == ()
    go.undo()
    assert workspace.walks.observation(seen.id).standard_photos == kept.standard_photos


class Player(QObject):
    """Stands where the system's player does, and hears which file it is handed."""

    def __init__(self) -> None:
        super().__init__()
        self.played: list[Path] = []

    @Slot(QUrl)
    def play(self, url: QUrl) -> None:
        self.played.append(Path(url.toLocalFile()))


def test_a_memo_dropped_here_is_heard_in_the_player_and_removed_with_a_way_back(
    page: ObservationPage,
    qtbot: QtBot,
    workspace: Workspace,
    go,
    seen: Observation,
    tasks: Tasks,
    tmp_path: Path,
) -> None:
    # A phone names its files as it likes; what they hold decides.
    (tmp_path / "pump.photo").write_bytes(M4A)
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(tmp_path / "pump.photo"))])
    assert page.photos.take(dropped)
    strip = page.attached.memos
    qtbot.waitUntil(lambda: [one.text() for one in strip.memos()] == ["pump"])
    memo_at, adder = strip.memos()[0].geometry(), strip.adder.geometry()
    assert not memo_at.intersects(adder)
    player = Player()
    QDesktopServices.setUrlHandler("file", player, "play")
    try:
        qtbot.mouseClick(strip.memos()[0], LEFT)
        qtbot.waitUntil(lambda: len(player.played) == 1)
    finally:
        QDesktopServices.unsetUrlHandler("file")
    (memo,) = workspace.walks.observation(seen.id).memos
    assert player.played[0].name == "pump.m4a"
    assert player.played[0].read_bytes() == workspace.store.photos.read(memo.sound)

    strip.memos()[0].setFocus()
    qtbot.keyClick(strip.memos()[0], Qt.Key.Key_Delete)
    assert workspace.walks.observation(seen.id).memos == ()
    go.undo()
    assert workspace.walks.observation(seen.id).memos == (memo,)


def test_a_film_that_is_dropped_is_refused_with_a_sentence(
    page: ObservationPage, qtbot: QtBot, workspace: Workspace, go, seen: Observation, tmp_path: Path
) -> None:
    (tmp_path / "film.mp4").write_bytes(M4A.replace(b"soun", b"vide"))
    page.attached.ask_memo()
    dialog = page.attached.memo_desk.dialog
    assert dialog is not None
    dialog.filesSelected.emit([str(tmp_path / "film.mp4")])
    dialog.reject()
    qtbot.waitUntil(lambda: len(go.troubles) == 1)
    assert go.troubles[0].key == "voice.more_than_sound"
    assert workspace.walks.observation(seen.id).memos == ()


def test_only_the_words_of_health_care_remind_of_photos(
    page: ObservationPage, workspace: Workspace, seen: Observation
) -> None:
    reminded = {}
    for one in workspace.vocabularies.all():
        workspace.vocabularies.choose(one.id)
        page.arrive(observation=seen.id)
        reminded[one.id] = page.attached.care.isVisible()
    assert reminded == {"health": True, "plant": False, "office": False}
    workspace.vocabularies.choose("health")
    page.arrive(observation=seen.id)
    assert "No patients" in page.attached.care.text()


def test_a_photo_is_marked_by_keys_and_the_marks_go_with_one_undo(
    page: ObservationPage, qtbot: QtBot, workspace: Workspace, go, seen: Observation, tmp_path: Path
) -> None:
    workspace.walks.add_photo(seen.id, photos_of(tmp_path)[0])
    qtbot.waitUntil(lambda: len(page.photos.thumbnails()) == 1)

    def marks() -> list[str]:
        return [
            mark.shape
            for one in workspace.walks.observation(seen.id).photos
            if isinstance(one, MarkedPhoto)
            for mark in one.marks
        ]

    qtbot.mouseClick(page.photos.thumbnails()[0], LEFT)
    qtbot.keyClick(page.attached.shown.view, Qt.Key.Key_M)
    marking = page.attached.shown.marks
    assert marking is not None
    assert marking.isVisible()
    qtbot.mouseClick(marking.editor.tools.segment("blur"), LEFT)
    view = marking.editor.view
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Space):
        qtbot.keyClick(view, key)
    assert marks() == ["blur"]
    qtbot.mouseClick(marking.editor.tools.segment("text"), LEFT)
    qtbot.keyClick(view, Qt.Key.Key_Space)
    qtbot.keyClicks(QApplication.focusWidget(), "Cart 4")
    qtbot.keyClick(QApplication.focusWidget(), ENTER)
    assert marks() == ["blur", "text"]
    qtbot.keyClick(view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert marks() == ["blur"]
    qtbot.keyClick(
        view,
        Qt.Key.Key_Z,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    for _ in range(12):
        assert marking.isAncestorOf(QApplication.focusWidget())
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    # What had the focus before is gone by now, as the strip shows the photo anew.
    qtbot.waitUntil(lambda: isinstance(page.photos.thumbnails()[0].source, MarkedSource))
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert not marking.isVisible()
    assert page.window().focusWidget() is page.photos.thumbnails()[0]
    assert marks() == ["blur", "text"]
    go.undo()
    assert marks() == []


def test_half_written_words_on_a_photo_are_kept_when_the_window_goes(
    page: ObservationPage, qtbot: QtBot, workspace: Workspace, seen: Observation, tmp_path: Path
) -> None:
    workspace.walks.add_photo(seen.id, photos_of(tmp_path)[0])
    qtbot.waitUntil(lambda: len(page.photos.thumbnails()) == 1)
    page.photos.marking.emit(workspace.walks.observation(seen.id).photo_hashes[0])
    marking = page.attached.shown.marks
    assert marking is not None
    qtbot.mouseClick(marking.editor.tools.segment("text"), LEFT)
    qtbot.keyClick(marking.editor.view, Qt.Key.Key_Space)
    qtbot.keyClicks(QApplication.focusWidget(), "Cart")
    page.window().hide()
    (photo,) = workspace.walks.observation(seen.id).photos
    assert isinstance(photo, MarkedPhoto)
    assert [one.text for one in photo.marks] == ["Cart"]
