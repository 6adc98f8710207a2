"""Walk mode by keys alone, over a real folder."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gemba.domain.changes import Ref
from gemba.domain.link import SEEN_IN
from gemba.domain.photo_mark import MarkedPhoto
from gemba.domain.walk import Stop, Walk
from gemba.services.workspace import Workspace
from gemba.ui.commands import Commands
from gemba.ui.pages.count_form import CountForm
from gemba.ui.pages.walk import WalkPage
from gemba.ui.pages.walk_head import WalkHead
from gemba.ui.tasks import Tasks
from gemba.ui.theme import Theme
from gemba.ui.window import MainWindow
from tests.data.sounds import M4A, tone

ENTER, TAB = Qt.Key.Key_Return, Qt.Key.Key_Tab
ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier


class Out:
    """A walk page that stands in front, and the keys pressed on it."""

    def __init__(self, qtbot: QtBot, page: WalkPage, workspace: Workspace, walk: Walk) -> None:
        self.qtbot = qtbot
        self.page = page
        self.workspace = workspace
        self.walk = walk

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        held = QApplication.focusWidget()
        assert held is not None
        self.qtbot.keyClick(held, key, modifier or Qt.KeyboardModifier.NoModifier)

    def type(self, words: str) -> None:
        held = QApplication.focusWidget()
        assert held is not None
        self.qtbot.keyClicks(held, words)

    def keep(self, words: str) -> None:
        self.type(words)
        self.key(ENTER)

    def seen(self) -> list[str]:
        return [one.saw for one in self.workspace.walks.observations(self.walk.id)]


def make_page(
    qtbot: QtBot, workspace: Workspace, theme: Theme, tasks: Tasks, go: object, clock: object
) -> WalkPage:
    page = WalkPage(
        theme,
        walks=workspace.walks,
        memos=workspace.memos,
        people=workspace.people,
        drafts=workspace.drafts,
        thread=workspace.thread,
        bulletin=workspace.bulletin,
        tasks=tasks,
        go=go,
        now=clock,
    )
    qtbot.addWidget(page)
    page.resize(1280, 772)
    page.show()
    page.activateWindow()
    return page


@pytest.fixture
def out(qtbot, workspace, theme, tasks, go, clock) -> Out:
    walk = workspace.walks.plan(
        "Why do discharges wait?",
        stops=workspace.walks.stops_from("Ward 6\nPharmacy hatch\nLounge"),
        questions=workspace.walks.questions_from(["What is waiting, and for what?"]),
        expect="A queue at the hatch",
        time_box=40,
    )
    page = make_page(qtbot, workspace, theme, tasks, go, clock)
    page.arrive(walk=walk.id, start=True)
    qtbot.waitUntil(lambda: page.line.saw.edit.hasFocus())
    return Out(qtbot, page, workspace, walk)


def test_a_fact_about_a_person_is_asked_about_and_kept_as_it_is(out: Out) -> None:
    about = out.page.line.about
    out.type("The list hangs at the desk. ")
    assert about.isHidden()
    out.type("Staff are careless with it.")
    assert about.isVisible()
    assert about.text() == ("“careless” is about a person. What in the process let it happen?")
    out.key(ENTER)
    assert about.isHidden()
    assert out.seen() == ["The list hangs at the desk. Staff are careless with it."]


def test_three_observations_without_a_mouse(out: Out, clock) -> None:
    for minute, (words, number) in enumerate(
        (("Board read by all", 0), ("Nurse phones three times", 3), ("Two bags wait", 3)), 2
    ):
        clock.move(minutes=minute)
        out.type(words)
        out.key(Qt.Key(Qt.Key.Key_0 + number), ALT)
        out.key(ENTER)

    kept = out.workspace.walks.observations(out.walk.id)
    assert [(one.saw, one.category, one.place) for one in kept] == [
        ("Board read by all", "going well", 1),
        ("Nurse phones three times", "delivery", 2),
        ("Two bags wait", "delivery", 3),
    ]
    assert [f"{one.seen_at:%H:%M}" for one in kept] == ["10:02", "10:05", "10:09"]
    rows = out.page.seen.rows()
    assert [row.words.strong for row in rows] == [
        "Two bags wait",
        "Nurse phones three times",
        "Board read by all",
    ]
    assert rows[0].words.lead == "10:09"
    assert out.page.line.saw.edit.hasFocus()
    assert out.page.line.saw.text() == ""


def test_a_category_is_taken_away_by_the_same_key(out: Out) -> None:
    out.type("Four of seven")
    out.key(Qt.Key.Key_2, ALT)
    out.key(Qt.Key.Key_4, ALT)
    out.key(Qt.Key.Key_4, ALT)
    out.key(ENTER)

    assert out.workspace.walks.observations(out.walk.id)[0].category == ""


def test_tab_opens_one_further_line_after_the_other(out: Out) -> None:
    line = out.page.line
    assert all(field.isHidden() for field in line.further.values())
    out.type("Printer out of paper")
    for words in (
        "They stock it upstairs",
        "When was it last full?",
        "It is always empty",
        "Nobody owns it",
        "A box here",
    ):
        out.key(TAB)
        out.type(words)
    out.key(ENTER)

    seen = out.workspace.walks.observations(out.walk.id)[0]
    assert seen.asked == "When was it last full?"
    assert (seen.saw, seen.think, seen.their_words, seen.in_the_way, seen.might_try) == (
        "Printer out of paper",
        "They stock it upstairs",
        "It is always empty",
        "Nobody owns it",
        "A box here",
    )
    assert all(field.isHidden() for field in line.further.values())


def test_enter_on_an_empty_line_says_what_is_missing(out: Out) -> None:
    out.key(ENTER)

    assert "what you saw" in out.page.line.saw.said()
    assert out.seen() == []
    out.keep("Now there is something")
    assert out.page.line.saw.said() == ""


def test_what_was_seen_is_promised_to_the_person_who_raised_it(out: Out) -> None:
    out.keep("Bed alarm on bay 4 is silent")
    out.key(Qt.Key.Key_P, ALT)
    out.type("Night nurse")
    out.key(ENTER)
    out.type("Have the bed alarm mended")
    out.key(ENTER)

    promise = out.workspace.promises.open()[0]
    assert (promise.text, promise.raised_by) == ("Have the bed alarm mended", "Night nurse")
    mark = ("handshake", "promised to Night nurse")
    out.qtbot.waitUntil(lambda: mark in out.page.seen.rows()[0].words.marks)
    assert out.page.line.saw.edit.hasFocus()
    chips = out.workspace.thread.chips(Ref("promise", promise.id))
    assert [chip.words for chip in chips] == ["Bed alarm on bay 4 is silent"]


def test_a_promise_about_a_line_that_is_still_written_stays_with_it(out: Out) -> None:
    out.keep("The first one")
    out.type("Two bags wait")
    out.key(Qt.Key.Key_P, ALT)
    assert "Two bags wait" in out.page.becoming.form.about.text()
    out.type("Samir")
    out.key(ENTER)
    out.key(ENTER)
    out.type(", nobody told")
    out.key(ENTER)

    marks = {row.words.strong: row.words.marks for row in out.page.seen.rows()}
    assert marks["Two bags wait, nobody told"] == (("handshake", "promised to Samir"),)
    assert marks["The first one"] == ()


def test_escape_gives_a_promise_up(out: Out) -> None:
    out.keep("Something")
    out.key(Qt.Key.Key_P, ALT)
    out.key(Qt.Key.Key_Escape)

    assert out.page.becoming.form is None
    assert out.workspace.promises.open() == []
    assert out.page.line.saw.edit.hasFocus()


def test_thanks_are_noted(out: Out) -> None:
    out.keep("Board read by all")
    out.key(Qt.Key.Key_T, ALT)
    out.keep("Joris, for the board")

    assert out.workspace.walks.observations(out.walk.id)[0].thanked == "Joris, for the board"
    out.qtbot.waitUntil(
        lambda: ("heart-handshake", "thanked") in out.page.seen.rows()[0].words.marks
    )


def test_a_line_belongs_to_the_stop_where_it_was_seen(out: Out) -> None:
    stops = {stop.place: stop.id for stop in out.walk.stops}
    out.keep("At the ward")
    out.key(Qt.Key.Key_Right, ALT)
    out.keep("At the hatch")
    out.key(Qt.Key.Key_PageDown, CTRL)
    out.keep("In the lounge")
    out.key(Qt.Key.Key_Left, ALT)
    out.qtbot.mouseClick(out.page.head.path.words[stops["Ward 6"]], Qt.MouseButton.LeftButton)
    out.page.line.saw.edit.setFocus()
    out.keep("Back at the ward")

    kept = out.workspace.walks.observations(out.walk.id)
    assert [one.stop_id for one in kept] == [
        stops["Ward 6"],
        stops["Pharmacy hatch"],
        stops["Lounge"],
        stops["Ward 6"],
    ]


def test_questions_are_ticked(out: Out) -> None:
    box = next(iter(out.page.card.boxes.values()))
    out.qtbot.mouseClick(box, Qt.MouseButton.LeftButton)

    assert out.workspace.walks.get(out.walk.id).questions[0].asked
    assert box.isChecked()


def test_safety_stops_everything_and_is_written_after(out: Out) -> None:
    out.type("Guard is off")
    out.key(Qt.Key.Key_N, ALT)
    assert out.page.act_first.isVisible()
    assert not out.page.line.isVisible()
    out.type("Shift lead")
    out.key(ENTER)
    out.type("Machine stopped, key taken out")
    out.key(ENTER)
    assert out.page.line.isVisible()
    out.key(ENTER)

    seen = out.workspace.walks.observations(out.walk.id)[0]
    assert (seen.saw, seen.category) == ("Guard is off", "safety")
    assert seen.safety is not None
    assert seen.safety.called == "Shift lead"
    assert seen.safety.made_safe == "Machine stopped, key taken out"


def test_nothing_was_unsafe_after_all(out: Out) -> None:
    out.type("Guard looks off")
    out.key(Qt.Key.Key_N, ALT)
    out.qtbot.mouseClick(out.page.act_first.no, Qt.MouseButton.LeftButton)
    out.key(ENTER)

    seen = out.workspace.walks.observations(out.walk.id)[0]
    assert (seen.safety, seen.category) == (None, "")


def test_a_half_typed_line_is_there_after_a_restart(
    out: Out, qtbot, theme, tasks, go, clock
) -> None:
    out.type("Half a sent")
    out.key(TAB)
    out.type("and a thou")
    out.qtbot.waitUntil(lambda: out.workspace.walks.draft(out.walk.id) is not None)
    out.qtbot.waitUntil(
        lambda: out.workspace.walks.draft(out.walk.id).think == "and a thou"  # type: ignore[union-attr]
    )

    again = make_page(qtbot, out.workspace, theme, tasks, go, clock)
    again.arrive()

    assert again.line.saw.text() == "Half a sent"
    assert again.line.further["think"].text() == "and a thou"
    assert not again.line.further["think"].isHidden()
    assert out.seen() == []


def test_leaving_the_page_hands_over_the_last_letters(out: Out) -> None:
    out.type("Not yet saved")
    out.page.leave()
    out.workspace.recorder.settle()

    draft = out.workspace.walks.draft(out.walk.id)
    assert draft is not None
    assert draft.saw == "Not yet saved"


def picture(colour: str) -> QMimeData:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red if colour == "red" else Qt.GlobalColor.blue)
    data = QMimeData()
    data.setImageData(image)
    return data


def test_a_pasted_picture_goes_to_the_line_it_was_pasted_into(out: Out, tasks: Tasks) -> None:
    out.type("First")
    QGuiApplication.clipboard().setMimeData(picture("red"))
    out.key(Qt.Key.Key_V, CTRL)
    out.key(ENTER)
    out.type("Second")
    QGuiApplication.clipboard().setMimeData(picture("blue"))
    out.key(Qt.Key.Key_V, CTRL)
    out.key(ENTER)
    out.keep("Third, without")
    out.qtbot.waitUntil(lambda: tasks.busy == 0)

    kept = out.workspace.walks.observations(out.walk.id)
    assert [len(one.photos) for one in kept] == [1, 1, 0]
    assert kept[0].photos != kept[1].photos
    assert out.page.line.saw.text() == ""
    out.qtbot.waitUntil(lambda: ("camera", "1") in out.page.seen.rows()[1].words.marks)


def test_a_photo_chosen_late_goes_to_the_line_it_was_asked_for(
    out: Out, tasks: Tasks, tmp_path: Path
) -> None:
    file = tmp_path / "shelf.jpg"
    Image.new("RGB", (60, 40), (200, 180, 120)).save(file)
    out.type("Shelf")
    out.qtbot.mouseClick(out.page.board.photo, Qt.MouseButton.LeftButton)
    dialog = out.page.photos.dialog
    assert dialog is not None
    out.qtbot.keyClick(out.page.line.saw.edit, ENTER)
    out.qtbot.keyClicks(out.page.line.saw.edit, "Another place")
    out.qtbot.keyClick(out.page.line.saw.edit, ENTER)
    dialog.filesSelected.emit([str(file)])
    dialog.reject()
    out.qtbot.waitUntil(lambda: tasks.busy == 0)

    kept = out.workspace.walks.observations(out.walk.id)
    assert [(one.saw, len(one.photos)) for one in kept] == [("Shelf", 1), ("Another place", 0)]


def test_a_dropped_photo_goes_to_the_line_that_is_written(
    out: Out, tasks: Tasks, tmp_path: Path
) -> None:
    file = tmp_path / "shelf.jpg"
    Image.new("RGB", (60, 40), (200, 180, 120)).save(file)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    out.type("Shelf")
    drop = QDropEvent(
        QPointF(40, 40),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    # Sent by hand: the application hands on a drop only at the end of a drag of its own.
    out.page.dropEvent(drop)
    assert drop.isAccepted()
    out.key(ENTER)
    out.qtbot.waitUntil(lambda: tasks.busy == 0)

    kept = out.workspace.walks.observations(out.walk.id)
    assert [(one.saw, len(one.photos)) for one in kept] == [("Shelf", 1)]


def test_what_is_no_photo_is_refused_with_a_sentence(
    out: Out, tasks: Tasks, go, tmp_path: Path
) -> None:
    file = tmp_path / "notes.jpg"
    file.write_text("no picture")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    QGuiApplication.clipboard().setMimeData(data)
    out.type("Shelf")
    out.key(Qt.Key.Key_V, CTRL)
    out.qtbot.waitUntil(lambda: tasks.busy == 0)

    assert [error.key for error in go.troubles] == ["photo.not_an_image"]
    assert out.page.line.saw.text() == "Shelf"


def test_pasted_words_are_words(out: Out) -> None:
    QGuiApplication.clipboard().setText("a <b> & c")
    out.key(Qt.Key.Key_V, CTRL)
    out.key(ENTER)

    assert out.seen() == ["a <b> & c"]


def test_the_end_keeps_the_last_line_and_leads_to_the_debrief(out: Out, go, clock) -> None:
    out.type("Last words")
    clock.move(minutes=25)
    out.qtbot.mouseClick(out.page.head.end, Qt.MouseButton.LeftButton)

    assert out.seen() == ["Last words"]
    assert not out.workspace.walks.get(out.walk.id).under_way
    assert go.places == [("debrief", {"walk": out.walk.id})]


def test_the_time_box_is_counted(out: Out, clock) -> None:
    clock.move(minutes=12)
    out.keep("Something")

    assert out.page.head.minutes.text() == "12 of 40 min"


def test_coming_back_to_a_stop_shows_the_promise_that_was_made_there(
    qtbot, workspace, theme, tasks, go, clock
) -> None:
    promise = workspace.promises.make("Label printer", to="Samir")
    clock.move(days=9)
    walk = workspace.thread.go_and_see(
        Ref("promise", promise.id), "", "Is it printing?", "Pharmacy hatch"
    )
    page = make_page(qtbot, workspace, theme, tasks, go, clock)
    page.arrive(walk=walk.id, start=True)

    assert page.card.coming_back.isVisible()
    assert page.card.origin.text() == "Label printer, promised 9 days ago."
    assert page.card.look_for.text() == "Is it printing?"


def test_a_check_of_a_sheet_comes_back_with_the_photo_that_was_taken_there(
    out: Out, qtbot, workspace, theme, tasks, go, clock
) -> None:
    QGuiApplication.clipboard().setMimeData(picture("red"))
    out.key(Qt.Key.Key_V, CTRL)
    out.keep("The bag waits on the bench")
    qtbot.waitUntil(lambda: tasks.busy == 0)
    (seen,) = workspace.walks.observations(out.walk.id)
    workspace.walks.end(out.walk.id)
    sheet = workspace.sheets.begin("Half should leave before noon")
    check = workspace.sheets.add_check(sheet.id, "Is the bench empty?", date(2026, 12, 1)).checks[0]
    ref = Ref("sheet", sheet.id)
    workspace.thread.tie(SEEN_IN, ref, Ref("observation", seen.id), from_part=check.id)
    walk = workspace.thread.go_and_see(ref, check.id, check.what, "Ward 6")
    assert (walk.stops[0].photo,) == seen.photo_hashes

    page = make_page(qtbot, workspace, theme, tasks, go, clock)
    page.arrive(walk=walk.id, start=True)
    assert page.card.origin.text() == "Half should leave before noon"
    assert page.card.look_for.text() == "Is the bench empty?"
    qtbot.waitUntil(page.card.photo.isVisible)
    qtbot.mouseClick(page.card.photo, Qt.MouseButton.LeftButton)
    assert go.opened == [(ref, check.id)]


def test_without_a_walk_the_page_says_how_to_begin(
    qtbot, workspace, theme, tasks, go, clock
) -> None:
    page = make_page(qtbot, workspace, theme, tasks, go, clock)
    page.arrive()
    qtbot.mouseClick(page.none.button, Qt.MouseButton.LeftButton)

    assert go.places == [("walks", {})]


def test_everything_is_at_least_as_high_as_a_finger_needs(out: Out) -> None:
    page = out.page
    for control in (
        *page.line.categories.values(),
        *page.line.apart.standards.values(),
        *page.line.apart.reveal_words.values(),
        page.board.photo,
        page.board.promise,
        page.board.thank,
        page.board.safety,
        page.board.keep,
        page.head.end,
        page.line.saw.frame,
    ):
        assert control.height() >= 48, control.accessibleName()


def whole_in_sight(widget: QWidget, page: QWidget) -> bool:
    """Whether nothing of a widget is cut off or covered by the page it stands on."""
    place = QRect(widget.mapTo(page, QPoint(0, 0)), widget.size())
    uncut = widget.visibleRegion().boundingRect() == widget.rect()
    return widget.isVisible() and uncut and page.rect().contains(place)


@pytest.fixture(params=[(1.0, 640, 372), (1.0, 600, 352), (2.0, 1280, 744), (1.0, 1024, 612)])
def close_up(request, qtbot, qapp, workspace, tasks, go, clock) -> Iterator[Out]:
    """A walk seen at 200 %, by the system's scale and by the letters, and in a small window."""
    scale, width, height = request.param
    theme = Theme(scale=scale, still=True)
    theme.apply(qapp)
    walk = workspace.walks.plan(
        "Why do discharges wait?",
        stops=workspace.walks.stops_from("Ward 6\nPharmacy hatch\nLounge"),
        questions=workspace.walks.questions_from(["What is waiting?", "What is going well?"] * 3),
        expect="A queue at the hatch",
    )
    page = make_page(qtbot, workspace, theme, tasks, go, clock)
    page.resize(width, height)
    page.arrive(walk=walk.id, start=True)
    qtbot.waitUntil(lambda: page.line.saw.edit.hasFocus())
    yield Out(qtbot, page, workspace, walk)
    qapp.setStyleSheet("")


def line_stands(out: Out) -> bool:
    """Whether the line for what I saw is whole and in sight, whatever else there is."""
    QApplication.processEvents()
    return whole_in_sight(out.page.line, out.page) and whole_in_sight(
        out.page.line.saw.frame, out.page
    )


def test_the_line_is_whole_and_in_sight_at_200_percent(close_up: Out) -> None:
    out, page = close_up, close_up.page
    assert line_stands(out)
    for control in (page.board.keep, page.head.end, *page.line.categories.values()):
        assert whole_in_sight(control, page), control.accessibleName()
    out.keep("Board read by all")
    out.type("Nurse phones the lounge three times before a chair is free, " * 4)
    assert line_stands(out)
    for _further in range(5):
        out.key(TAB)
        assert line_stands(out)
        held = QApplication.focusWidget()
        assert held is not None
        out.qtbot.waitUntil(lambda held=held: whole_in_sight(held, page))
    page.line.saw.edit.setFocus()
    out.key(Qt.Key.Key_P, ALT)
    assert line_stands(out)
    held = QApplication.focusWidget()
    assert held is not None
    out.qtbot.waitUntil(lambda: whole_in_sight(held, page))
    out.key(Qt.Key.Key_Escape)
    if page.head.card.isVisible():
        out.qtbot.mouseClick(page.head.card, Qt.MouseButton.LeftButton)
    assert page.card.isVisible()
    assert line_stands(out)


def test_prompts_fold_away_first_and_open_again(out: Out) -> None:
    page = out.page
    assert page.line.apart.prompts.isVisible()
    assert not page.line.more.isVisible()
    page.resize(640, 372)
    QApplication.processEvents()
    assert not page.line.apart.prompts.isVisible()
    out.keep("Board read by all")
    row = page.seen.rows()[0]
    out.qtbot.waitUntil(lambda: whole_in_sight(row, page))
    out.qtbot.mouseClick(page.line.more, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    abnormal = page.line.apart.standards["abnormal"]
    page.board.rest.ensureWidgetVisible(abnormal)
    out.qtbot.mouseClick(abnormal, Qt.MouseButton.LeftButton)
    page.line.saw.edit.setFocus()
    out.keep("Door stands open")

    kept = out.workspace.walks.observations(out.walk.id)
    assert [one.standard for one in kept] == ["", "abnormal"]


def test_a_stop_is_added_on_the_way(out: Out) -> None:
    out.keep("At the ward")
    out.key(Qt.Key.Key_S, ALT)
    out.type("  Linen   room ")
    out.key(ENTER)
    assert out.page.line.saw.edit.hasFocus()
    out.keep("Sheets piled up")

    walk = out.workspace.walks.get(out.walk.id)
    assert [stop.place for stop in walk.stops] == [
        "Ward 6",
        "Linen room",
        "Pharmacy hatch",
        "Lounge",
    ]
    assert walk.at_stop == walk.stops[1].id
    kept = out.workspace.walks.observations(out.walk.id)
    assert [one.stop_id for one in kept] == [walk.stops[0].id, walk.stops[1].id]
    assert [word.text() for word in out.page.head.path.words.values()][1] == "Linen room"


def test_a_first_stop_is_added_where_none_was_planned(
    qtbot, workspace, theme, tasks, go, clock
) -> None:
    walk = workspace.walks.plan("Why?")
    page = make_page(qtbot, workspace, theme, tasks, go, clock)
    page.arrive(walk=walk.id, start=True)
    qtbot.waitUntil(lambda: page.line.saw.edit.hasFocus())
    out = Out(qtbot, page, workspace, walk)
    qtbot.mouseClick(page.head.add_stop, Qt.MouseButton.LeftButton)
    out.key(ENTER)
    assert page.way.form is not None
    assert "Name the place" in page.way.form.place.said()
    QGuiApplication.clipboard().setText("病棟 6 <b>")
    out.key(Qt.Key.Key_V, CTRL)
    page.leave()
    workspace.recorder.settle()
    page.arrive(walk=walk.id)
    out.key(Qt.Key.Key_S, ALT)
    assert page.way.form.place.text() == "病棟 6 <b>"
    out.key(ENTER)

    found = workspace.walks.get(walk.id)
    assert [stop.place for stop in found.stops] == ["病棟 6 <b>"]
    assert found.at_stop == found.stops[0].id
    assert page.head.path.isVisible()
    out.key(Qt.Key.Key_S, ALT)
    out.key(Qt.Key.Key_Escape)
    assert page.way.form is None
    assert page.line.saw.edit.hasFocus()
    assert len(workspace.walks.get(walk.id).stops) == 1


def test_a_walk_that_is_done_is_not_begun_again(out: Out, go) -> None:
    out.keep("Something")
    out.page.end()
    out.page.arrive(walk=out.walk.id, start=True)

    assert go.troubles == []
    assert not out.page.line.isVisible()
    out.qtbot.mouseClick(out.page.ended.button, Qt.MouseButton.LeftButton)
    assert go.places[-1] == ("debrief", {"walk": out.walk.id})


def test_a_promise_half_written_is_there_when_it_is_asked_for_again(out: Out) -> None:
    out.keep("Bed alarm is silent")
    out.key(Qt.Key.Key_P, ALT)
    out.type("Night nu")
    out.page.leave()
    out.workspace.recorder.settle()
    out.page.arrive(walk=out.walk.id)
    out.key(Qt.Key.Key_P, ALT)

    form = out.page.becoming.form
    assert form is not None
    assert form.texts()["who"] == "Night nu"
    out.key(Qt.Key.Key_Escape)
    out.workspace.recorder.settle()
    out.key(Qt.Key.Key_P, ALT)
    assert out.page.becoming.form.texts()["who"] == ""


def test_a_list_of_ones_own_is_pasted_on_the_way(out: Out) -> None:
    QGuiApplication.clipboard().setText("1. Who waits?\n\n- What is waiting, and for what?\n")
    out.qtbot.mouseClick(out.page.card.paste, Qt.MouseButton.LeftButton)

    asked = [one.text for one in out.workspace.walks.get(out.walk.id).questions]
    assert asked == ["What is waiting, and for what?", "Who waits?"]
    assert [box.text() for box in out.page.card.boxes.values()] == asked


@pytest.mark.parametrize(
    "words",
    [
        "<b>bold</b> & <img src=x>",
        "ألف باء 123",
        "病棟 6 の退院 \N{GRINNING FACE}",
        "tab\there \x01 and a no-break\N{NO-BREAK SPACE}space",
        "many words " * 100_000,
    ],
    ids=["markup", "right to left", "han and emoji", "control", "a megabyte"],
)
def test_whatever_is_pasted_is_kept_as_it_was(out: Out, words: str) -> None:
    QGuiApplication.clipboard().setText(words)
    out.key(Qt.Key.Key_V, CTRL)
    out.key(ENTER)
    out.page.grab()

    assert out.seen() == [words]


def test_in_the_window_alt_and_an_arrow_go_from_stop_to_stop(
    qtbot, workspace, theme, tasks, go, clock
) -> None:
    window = MainWindow(Commands(), theme)
    qtbot.addWidget(window)
    window.add_place("today", "Today", "sun", QWidget)
    page = WalkPage(
        theme,
        walks=workspace.walks,
        memos=workspace.memos,
        people=workspace.people,
        drafts=workspace.drafts,
        thread=workspace.thread,
        bulletin=workspace.bulletin,
        tasks=tasks,
        go=go,
        now=clock,
        walk_mode=window.walk_mode,
    )
    window.add_page("walk", lambda: page, under="today")
    walk = workspace.walks.plan("Why?", stops=workspace.walks.stops_from("One\nTwo"))
    window.show_page("today")
    window.show()
    window.activateWindow()
    window.show_page("walk", walk=walk.id, start=True)
    qtbot.waitUntil(lambda: page.line.saw.edit.hasFocus())
    assert not window.rail.isVisible()

    def at() -> str:
        now = workspace.walks.get(walk.id)
        return next(stop.place for stop in now.stops if stop.id == now.at_stop)

    qtbot.keyClick(page.line.saw.edit, Qt.Key.Key_Right, ALT)
    assert at() == "Two"
    qtbot.keyClick(page.line.saw.edit, Qt.Key.Key_Left, ALT)
    assert at() == "One"
    assert window.current_key() == "walk"
    window.go_back()
    assert window.rail.isVisible()


def test_a_question_says_how_it_was_put_to_the_leader_alone(out: Out) -> None:
    asked = out.page.line.further["asked"]
    out.type("A nurse searches")
    out.key(TAB)
    out.key(TAB)
    out.type("Have you tried the shelf?")
    assert asked.label.text() == "I asked: leading; it holds an answer of yours"
    asked.set_text("")
    out.type("What do you look for")
    assert asked.label.text() == "I asked: open"
    out.key(ENTER)
    seen = out.workspace.walks.observations(out.walk.id)[0]
    assert seen.asked == "What do you look for"
    assert "leading" not in str(seen)
    assert asked.label.text() == "I asked"


def test_counted_and_timed_by_keys_alone(out: Out, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    out.type("Porters take trolleys from the hatch")
    out.key(Qt.Key.Key_C, ALT)
    form = out.page.becoming.form
    assert isinstance(form, CountForm)
    form._now = lambda: now[0]
    assert form.what.line.hasFocus()
    out.type("trolleys")
    form.more.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(3):
        out.key(Qt.Key.Key_Space)
    form.less.click()
    assert form.number.text() == "2"
    form.cycle.line.setFocus(Qt.FocusReason.TabFocusReason)
    out.type("from hatch to ward")
    form.lap.setFocus(Qt.FocusReason.TabFocusReason)
    for seconds in (0.0, 41.26, 38.0, 52.4):
        now[0] += seconds
        out.key(Qt.Key.Key_Space)
    assert form.spread.text() == "3 cycles: middle 41.3 s, 38.0 s to 52.4 s."
    draft = out.workspace.walks.draft(out.walk.id)
    assert draft is not None
    assert draft.laps == (41.26, 38.0, 52.4)
    form.undo.click()
    form.done.click()
    out.page.line.saw.edit.setFocus()
    out.key(ENTER)
    seen = out.workspace.walks.observations(out.walk.id)[0]
    assert [(one.label, one.number) for one in seen.counts] == [("trolleys", 2)]
    assert (seen.timed, seen.laps) == ("from hatch to ward", (41.26, 38.0))
    marks = out.page.seen.rows()[0].words.marks
    assert ("list", "2") in marks
    assert ("timer", "2") in marks


def test_nothing_is_counted_without_a_name(out: Out) -> None:
    out.type("Trolleys")
    out.key(Qt.Key.Key_C, ALT)
    form = out.page.becoming.form
    assert isinstance(form, CountForm)
    form.more.click()
    assert form.what.said() == "Name what you count."
    form.less.click()
    assert out.workspace.walks.draft(out.walk.id).counts == ()  # type: ignore[union-attr]


def test_after_a_kill_the_leader_stands_at_the_same_stop_with_all_of_the_line(
    out: Out, qtbot, theme, tasks, go, clock
) -> None:
    out.page.head.path.step(1)
    out.type("Two bags wait, nobody")
    out.key(TAB)
    out.key(TAB)
    out.type("What are they waiting f")
    out.key(Qt.Key.Key_C, ALT)
    form = out.page.becoming.form
    assert isinstance(form, CountForm)
    form.what.set_text("bags")
    form.more.click()
    again = make_page(qtbot, out.workspace, theme, tasks, go, clock)
    again.arrive()
    assert again.way.stop_id() == out.walk.stops[1].id
    assert again.line.saw.text() == "Two bags wait, nobody"
    assert again.line.further["asked"].text() == "What are they waiting f"
    assert again.line.line is not None
    assert [one.number for one in again.line.line.counts] == [1]


@pytest.mark.skipif(sys.platform != "linux", reason="scan codes differ")
@pytest.mark.parametrize(
    ("scan", "typed", "category"),
    [(12, '"', "delivery"), (19, "\u00e0", "going well"), (14, "(", "people")],
)
def test_the_key_of_a_digit_chooses_on_a_layout_that_shifts_digits(
    out: Out, scan: int, typed: str, category: str
) -> None:
    out.type("three bags wait")
    held = QApplication.focusWidget()
    assert held is not None
    key = ord(typed.upper())
    event = QKeyEvent(QEvent.Type.KeyPress, key, ALT, scan, key, 8, typed)
    QApplication.sendEvent(held, event)
    out.key(ENTER)
    seen = out.workspace.walks.observations(out.walk.id)
    assert [(one.saw, one.category) for one in seen] == [("three bags wait", category)]


def test_a_walk_offers_the_categories_of_its_set_and_loses_none_of_another(
    out: Out,
) -> None:
    page, workspace, walk = out.page, out.workspace, out.walk
    workspace.walks.change(walk.id, category_set="downtime")
    page.arrive(walk=walk.id)
    assert list(page.line.categories)[:4] == ["going well", "defects", "overproduction", "waiting"]
    assert len(page.line.categories) == 9
    out.type("TTO bag waits")
    out.key(Qt.Key.Key_3, ALT)
    page.line.flush()
    line = page.line.line
    assert line is not None
    workspace.walks.settle()
    assert workspace.walks.observation(line.id).category == "waiting"
    page.line.choose_category(40)
    workspace.walks.change(walk.id, category_set="ppp")
    page.arrive(walk=walk.id)
    assert list(page.line.categories) == ["going well", "purpose", "process", "people", "waiting"]
    assert page.line.categories["waiting"].isChecked()
    page.line.keep()
    workspace.walks.settle()
    assert workspace.walks.observation(line.id).category == "waiting"


def test_the_purpose_takes_the_room_of_stops_that_are_not_there(qtbot: QtBot, theme: Theme) -> None:
    head = WalkHead(theme)
    qtbot.addWidget(head)
    head.set_narrow(narrow=True, low=True)
    head.purpose.setText("Why do discharges wait on ward 4")
    head.set_stops((), "")
    head.resize(640, 56)
    head.show()
    qtbot.waitExposed(head)
    assert not head.path.isVisible()
    assert head.purpose.width() >= head.purpose.sizeHint().width()


def test_the_purpose_takes_the_room_of_stops_that_are_not_shown(qtbot: QtBot, theme: Theme) -> None:
    head = WalkHead(theme)
    qtbot.addWidget(head)
    head.set_narrow(narrow=False, low=False)
    head.purpose.setText("Does the naming hold when I am not expected?")
    places = ("Ward 4, 14:30 talk", "Bay 4", "Pharmacy hatch", "Porters’ lodge")
    stops = tuple(Stop(id=place, place=place) for place in places)
    head.set_stops(stops, stops[0].id)
    head.resize(1280, 72)
    head.show()
    qtbot.waitExposed(head)
    qtbot.waitUntil(lambda: head.purpose.width() >= head.purpose.sizeHint().width())
    assert not head.path.words[stops[0].id].isVisible()
    assert head.path.width() >= head.path.short_wish()
    head.resize(1800, 72)
    qtbot.waitUntil(head.path.words[stops[0].id].isVisible)


def memo(path: Path, number: int) -> QMimeData:
    file = path / f"memo {number}.wav"
    file.write_bytes(tone(number))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    return data


def test_a_voice_memo_and_a_photo_attach_to_the_observation_in_hand_and_cannot_end_on_another(
    out: Out, tasks: Tasks, tmp_path: Path
) -> None:
    """Each line gets its own, and Enter follows before any of them is read."""
    many = 12
    for number in range(many):
        out.type(f"Line {number}")
        image = QImage(40, 30, QImage.Format.Format_RGB32)
        image.fill(0xFF000000 + number * 4_000)
        pasted = QMimeData()
        pasted.setImageData(image)
        both = [memo(tmp_path, number), pasted]
        for data in both if number % 2 else reversed(both):
            assert out.page.acts.take(data)
        out.key(ENTER)
        if number % 3 == 0:
            out.page.head.path.step(1)
    out.qtbot.waitUntil(lambda: tasks.busy == 0)

    kept = out.workspace.walks.observations(out.walk.id)
    assert [one.saw for one in kept] == [f"Line {number}" for number in range(many)]
    assert [[held.name for held in one.memos] for one in kept] == [
        [f"memo {number}"] for number in range(many)
    ]
    read = out.workspace.store.photos.read
    assert [read(one.memos[0].sound) for one in kept] == [tone(number) for number in range(many)]
    assert [len(one.photos) for one in kept] == [1] * many
    assert len({one.photos for one in kept}) == many
    shown = [round(_first_pixel(read(one.photos[0]) or b"") / 4_000) for one in kept]
    assert shown == list(range(many))


def _first_pixel(data: bytes) -> int:
    red, green, blue = Image.open(BytesIO(data)).convert("RGB").getpixel((0, 0))  # type: ignore[misc]
    return (red << 16) + (green << 8) + blue


def test_a_memo_asked_for_goes_to_its_line_and_is_removed_there(
    out: Out, tasks: Tasks, tmp_path: Path
) -> None:
    (tmp_path / "pump.m4a").write_bytes(M4A)
    out.type("Pump")
    out.key(Qt.Key.Key_M, ALT)
    dialog = out.page.acts.memos.dialog
    assert dialog is not None
    dialog.filesSelected.emit([str(tmp_path / "pump.m4a")])
    dialog.reject()
    strip = out.page.line.apart.memos
    out.qtbot.waitUntil(lambda: [one.text() for one in strip.memos()] == ["pump"])
    assert strip.isVisible()
    out.page.activateWindow()
    strip.memos()[0].setFocus()
    out.qtbot.waitUntil(lambda: strip.memos()[0].hasFocus())
    out.qtbot.keyClick(strip.memos()[0], Qt.Key.Key_Delete)
    out.qtbot.waitUntil(lambda: strip.isHidden())
    assert out.page.line.line is not None
    assert out.workspace.walks.observation(out.page.line.line.id).memos == ()


def test_the_photo_of_the_standard_stands_beside_what_is_compared_with_it(
    out: Out, tasks: Tasks, tmp_path: Path
) -> None:
    file = tmp_path / "standard.jpg"
    Image.new("RGB", (60, 40), (200, 180, 120)).save(file)
    beside = out.page.line.apart.beside
    out.type("The shelf is full")
    assert beside.isHidden()
    apart = out.page.line.apart
    out.qtbot.mouseClick(apart.standards["abnormal"], Qt.MouseButton.LeftButton)
    assert beside.standard is not None
    assert beside.standard.isVisible()
    beside.standard.files_added.emit([str(file)])
    out.key(ENTER)
    out.type("Another place")
    out.qtbot.waitUntil(lambda: tasks.busy == 0)
    (kept,) = out.workspace.walks.observations(out.walk.id)
    assert (len(kept.standard_photos), kept.photos) == (1, ())
    assert beside.isHidden(), "the next line is compared with nothing yet"


def test_who_spoke_is_named_on_the_walk_only_with_the_tick(out: Out) -> None:
    beside = out.page.line.apart.beside
    out.type("She fetches a chair")
    assert not beside.speaker.isVisible()
    out.page.line.apart.reveal("their_words")
    assert beside.speaker.isVisible()
    assert not beside.spoke.isVisible()
    out.qtbot.mouseClick(beside.consent, Qt.MouseButton.LeftButton)
    beside.spoke.line.setFocus()
    out.qtbot.keyClicks(beside.spoke.line, "Rosa")
    out.page.line.saw.edit.setFocus()
    line = out.page.line.line
    assert line is not None
    assert out.workspace.walks.settled_observation(line.id).spoke == "Rosa"
    out.qtbot.mouseClick(beside.consent, Qt.MouseButton.LeftButton)
    assert out.workspace.walks.settled_observation(line.id).spoke == ""
    out.qtbot.mouseClick(beside.consent, Qt.MouseButton.LeftButton)
    out.page.line.keep()
    assert not beside.consent.isChecked()
    (kept,) = out.workspace.walks.observations(out.walk.id)
    assert kept.spoke_consent


def test_the_photo_of_the_line_is_marked_on_the_walk(out: Out) -> None:
    out.qtbot.keyClicks(out.page.line.saw.edit, "Six carts wait")
    out.page.acts.take(picture("red"))
    strip = out.page.line.apart.beside.photos
    assert strip is not None
    out.qtbot.waitUntil(lambda: len(strip.thumbnails()) == 1)
    assert strip.isVisible()
    out.qtbot.mouseClick(strip.thumbnails()[0], Qt.MouseButton.LeftButton)
    out.qtbot.keyClick(out.page.acts.shown.view, Qt.Key.Key_M)
    marking = out.page.acts.shown.marks
    assert marking is not None
    marking.editor.tools.chosen.emit("circle")
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Space):
        out.qtbot.keyClick(marking.editor.view, key)
    out.qtbot.keyClick(marking.editor.view, Qt.Key.Key_Escape)
    out.qtbot.keyClick(out.page.line.saw.edit, ENTER)
    (kept,) = out.workspace.walks.observations(out.walk.id)
    (marked,) = kept.photos
    assert isinstance(marked, MarkedPhoto)
    assert [one.shape for one in marked.marks] == ["circle"]
    assert not strip.isVisible()
