"""The sheet's page: text that is too long, who may read it, and what stays in sight."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from gemba.domain.changes import Ref
from gemba.domain.definition import SheetDefinition
from gemba.domain.figures import Sketch
from gemba.domain.sheet import Sheet
from gemba.services.paper import Paper
from gemba.services.workspace import Workspace
from gemba.ui.days import near_day
from gemba.ui.pages.sheet import SheetPage
from gemba.ui.pages.sheet_desk import SheetDesk
from gemba.ui.pages.sheet_kinds import KindPictures
from gemba.ui.tasks import Tasks
from gemba.ui.theme import Theme
from gemba.ui.widgets import Button, Chip, RowList
from gemba.ui.widgets.box_text import BoxText
from gemba.ui.widgets.photos import png_bytes
from gemba.words import Words
from tests.ui.pages.conftest import Steps

LINES = "\n".join(f"Line {number} of what was on the old slide." for number in range(1, 31))
Open = Callable[..., SheetPage]


@pytest.fixture
def sheet(workspace: Workspace) -> Sheet:
    begun = workspace.sheets.begin("Half should leave before noon; 19 % do.", owner="Maria")
    return workspace.sheets.set_box(begun.id, replace(begun.box("goal"), text=LINES))


def _blank(_kind: SheetDefinition, wide: int) -> QImage:
    made = QImage(wide, wide, QImage.Format.Format_RGB32)
    made.fill(0xFFFFFF)
    return made


def desk_over(workspace: Workspace) -> SheetDesk:
    """What the page works with, over a real folder."""
    return SheetDesk(
        sheets=workspace.sheets,
        types=workspace.sheet_types,
        formats=workspace.formats,
        pictures=lambda: KindPictures(_blank, Tasks()),
        people=workspace.people,
        coaching=workspace.coaching,
        walks=workspace.walks,
        thread=workspace.thread,
        exports=workspace.exports,
        paper=Paper(workspace.exports),
        recorder=workspace.recorder,
        versions=workspace.versions,
        wording=workspace.wording,
        story=workspace.story,
        course=workspace.course,
        consent=workspace.consent,
        reviews=workspace.reviews,
        drafts=workspace.drafts,
        questions=workspace.catalog.question_set,
        words=Words(),
        day=lambda day: near_day(day, workspace.recorder.today()),  # type: ignore[arg-type]
        tasks=Tasks(),
        patterns=lambda: workspace.patterns,
    )


def open_sheet(
    qtbot: QtBot, theme: Theme, workspace: Workspace, go: Steps, sheet: Sheet
) -> SheetPage:
    """Show a sheet on its page, in a window in front."""
    made = SheetPage(theme, desk=desk_over(workspace), bulletin=workspace.bulletin, go=go)
    qtbot.addWidget(made)
    made.resize(1208, 760)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.arrive(sheet=sheet.id)
    return made


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace, theme: Theme, go: Steps, sheet: Sheet) -> SheetPage:
    return open_sheet(qtbot, theme, workspace, go, sheet)


def enter(qtbot: QtBot, page: SheetPage, box: str) -> BoxText:
    """Click into a box."""
    qtbot.mouseClick(page.view.areas[box], Qt.MouseButton.LeftButton, pos=QPoint(12, 4))
    qtbot.waitUntil(lambda: page.editor is not None)
    assert page.editor is not None
    return page.editor


def bottom_of(widget: QWidget) -> int:
    return widget.y() + widget.height()


def test_text_that_is_too_long_hangs_over_the_sheet_whole(qtbot: QtBot, page: SheetPage) -> None:
    editor = enter(qtbot, page, "goal")
    area = page.view.areas["goal"]
    lines = editor.lines.lines()
    assert lines == 30
    # Every line has its whole height, inside the frame, and the desk goes on below it.
    assert editor.height() >= lines * editor.lines.measures.leading
    assert bottom_of(area) > bottom_of(editor)
    assert page.view.page.height() > bottom_of(area)
    assert editor.verticalScrollBar().value() == 0
    # It lies over the boxes below.
    others = page.view.page.children()
    below = page.view.areas["analysis"]
    assert others.index(area) > others.index(below)
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert area.height() == round(area.box.frame.height * page.view.page.zoom.scale) + 1
    assert page.view.page.height() == page.view.viewport().height()


def test_the_last_line_can_be_reached_and_the_first_again(qtbot: QtBot, page: SheetPage) -> None:
    editor = enter(qtbot, page, "goal")

    def caret_seen() -> bool:
        return editor.viewport().visibleRegion().contains(editor.cursorRect().center())

    qtbot.waitUntil(caret_seen)
    assert editor.textCursor().atEnd()
    qtbot.keyClick(editor, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(caret_seen)


def test_a_very_long_text_scrolls_and_loses_nothing(
    qtbot: QtBot, page: SheetPage, workspace: Workspace, sheet: Sheet
) -> None:
    text = "\n".join(f"{number} of very many" for number in range(5_000))
    workspace.sheets.set_box(sheet.id, replace(sheet.box("followup"), text=text))
    editor = enter(qtbot, page, "followup")
    assert editor.text() == text
    assert editor.height() < 12_000
    assert editor.textCursor().atEnd()
    qtbot.waitUntil(
        lambda: editor.viewport().visibleRegion().contains(editor.cursorRect().center())
    )


def test_who_may_not_write_still_reads_what_does_not_print(
    qtbot: QtBot, page: SheetPage, workspace: Workspace, sheet: Sheet
) -> None:
    workspace.recorder.set_who("Nora")
    page.arrive(sheet=sheet.id)
    assert not page.may_write()
    editor = enter(qtbot, page, "goal")
    assert editor.isReadOnly()
    assert editor.text() == LINES
    qtbot.keyClicks(editor, "not mine")
    qtbot.keyClick(editor, Qt.Key.Key_Backspace)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.keyClick(editor, Qt.Key.Key_Space)
    qtbot.keyClick(editor, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    page.leave()
    assert workspace.sheets.get(sheet.id).box("goal").text == LINES
    qtbot.mouseClick(page.view.areas["background"], Qt.MouseButton.LeftButton, pos=QPoint(12, 4))
    assert page.editor is None


def test_the_bar_stays_in_sight_beside_an_open_drawer(page: SheetPage) -> None:
    page.drawers.open("margin")
    drawer = page.host.drawer
    for shown in (page.bar, page.notice):
        below = shown.mapTo(page, QPoint(0, shown.height())).y()
        assert shown.isHidden() or drawer.mapTo(page, QPoint(0, 0)).y() >= below
    assert page.bar.margin.isChecked()


def test_the_box_stays_in_sight_beside_an_open_drawer(qtbot: QtBot, page: SheetPage) -> None:
    for box in ("countermeasures", "goal"):
        enter(qtbot, page, box)
        page.drawers.open("margin")
        area = page.view.areas[box]
        far = area.mapTo(page, QPoint(area.width() - page.theme.px(12), 0)).x()
        assert far < page.host.drawer.mapTo(page, QPoint(0, 0)).x()
        assert area.mapTo(page, QPoint(0, 0)).x() >= -page.theme.px(8)
        assert page.view.page.zoom.text >= 14
        page.drawers.close()


def test_the_whole_sheet_stays_in_sight_beside_an_open_drawer(page: SheetPage) -> None:
    page.drawers.open("margin")
    paper = page.view.page.paper
    right = page.view.page.mapTo(page, QPoint(paper.right(), 0)).x()
    assert right < page.host.drawer.mapTo(page, QPoint(0, 0)).x()
    page.drawers.close()
    assert page.view.page.paper.width() >= paper.width()


def test_a_wide_panel_gives_way_to_writing(qtbot: QtBot, page: SheetPage) -> None:
    enter(qtbot, page, "goal")
    page.tie()
    assert page.editor is None
    page.view.areas["goal"].setFocus(Qt.FocusReason.TabFocusReason)
    assert page.editor is not None
    assert not page.host.is_open()
    assert page.view.page.zoom.text >= 14


def test_a_drawer_that_changes_never_opens_a_box(qtbot: QtBot, page: SheetPage) -> None:
    page.view.areas["goal"].setFocus(Qt.FocusReason.TabFocusReason)
    assert page.writing == "goal"
    for key in ("margin", "about", "seen", "margin"):
        page.drawers.open(key)
        page.host.drawer.closer.setFocus(Qt.FocusReason.TabFocusReason)
        assert (page.writing, page.view.current) == ("", "goal")
    page.drawers.close()
    assert page.writing == "goal"


def test_asking_by_keys_goes_on_in_the_margin(qtbot: QtBot, page: SheetPage) -> None:
    page.view.areas["goal"].setFocus(Qt.FocusReason.TabFocusReason)
    page.drawers.open("margin")
    asks = [one for one in page.host.drawer.findChildren(Button) if one.text() == "Ask"]
    asks[0].setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(asks[0], Qt.Key.Key_Space)
    held = QApplication.focusWidget()
    assert held is not None
    assert page.host.drawer.isAncestorOf(held)
    assert page.view.current == "goal"


def test_the_focus_stays_at_the_box_whose_figure_is_taken_off(
    qtbot: QtBot, page: SheetPage
) -> None:
    page.view.areas["check"].setFocus(Qt.FocusReason.TabFocusReason)
    page.edits.add_figure(Sketch(id="s"))
    page.edits.remove_figure("check", "s")
    assert QApplication.focusWidget() is page.view.areas["check"]


def test_a_narrow_bar_keeps_its_words_and_puts_the_rest_under_more(
    qtbot: QtBot, page: SheetPage
) -> None:
    bar, owner = page.bar, page.desk.people.name_of(page.sheet.owner_id)
    assert owner
    for width in (1208, 900, 640, 500, 440):
        page.resize(width, 640)
        QApplication.processEvents()
        shown = (bar.back, bar.distance, bar.margin, bar.insert, bar.print, bar.pen, bar.more)
        for part in shown:
            assert part.isHidden() or part.width() >= part.sizeHint().width(), (width, part)
        # Who has the pen stays in sight, whatever else has to go.
        assert bar.pen.isVisible()
        assert bar.pen.geometry().right() < bar.width()
        assert owner in bar.pen.text()
    assert bar.print.isHidden()
    bar.say_pen(f"{'Maximiliana ' * 9} has the pen", f"Pen: {'Maximiliana ' * 9}")
    QApplication.processEvents()
    assert bar.pen.isVisible()
    assert bar.more.geometry().right() < bar.width()
    assert "Maximiliana" in bar.pen.toolTip()
    qtbot.mouseClick(bar.more, Qt.MouseButton.LeftButton)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    words = [entry.text() for entry in menu.actions()]
    assert words == ["All sheets", "Draw", "Print", "Coach’s margin", "About this sheet"]
    drawing = menu.actions()[1].menu()
    assert isinstance(drawing, QMenu)
    assert len(drawing.actions()) == len(page.inserts.all)
    menu.actions()[2].trigger()
    menu.close()
    assert page.drawers.key == "print"


def test_at_200_percent_the_line_that_is_written_is_in_sight(
    qtbot: QtBot, page: SheetPage, workspace: Workspace, sheet: Sheet
) -> None:
    line = "Nobody names in the afternoon who leaves tomorrow, so the letters are written late"
    workspace.sheets.set_box(sheet.id, replace(sheet.box("analysis"), text=line))
    page.theme.scale = 2.0
    editor = enter(qtbot, page, "analysis")

    def caret_seen() -> bool:
        return editor.viewport().visibleRegion().contains(editor.cursorRect().center())

    qtbot.waitUntil(caret_seen)
    qtbot.keyClick(editor, Qt.Key.Key_Home)
    qtbot.waitUntil(caret_seen)
    assert editor.visibleRegion().boundingRect().left() == 0


def test_a_very_long_text_does_not_leave_the_sheet_behind(
    qtbot: QtBot, page: SheetPage, workspace: Workspace, sheet: Sheet
) -> None:
    text = "\n".join(f"{number} of very many" for number in range(2_000))
    for box in ("current", "followup"):
        workspace.sheets.set_box(sheet.id, replace(sheet.box(box), text=text))
        editor = enter(qtbot, page, box)
        bar = editor.verticalScrollBar()
        qtbot.waitUntil(lambda bar=bar: bar.value() == bar.maximum() > 0)
        paper = page.view.page.visibleRegion().boundingRect().intersected(page.view.page.paper)
        assert not paper.isEmpty()
        leading = editor.lines.measures.leading
        assert abs(editor.viewport().height() % leading - 2) < 1.5
        page.leave()
        workspace.sheets.set_box(sheet.id, replace(sheet.box(box), text=""))


def test_what_stands_on_paper_can_be_read_in_the_dark_too(qtbot: QtBot, page: SheetPage) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    page.theme.use(app, True)
    enter(qtbot, page, "background")
    area = page.view.areas["background"]
    tie = next(one for one in area.findChildren(Chip) if one.isVisible())
    picture = area.grab(tie.geometry()).toImage()
    darkest = min(
        picture.pixelColor(x, y).lightness()
        for x in range(picture.width())
        for y in range(picture.height())
    )
    assert darkest <= page.theme.paper_soft.lightness() + 8
    qtbot.mouseClick(tie, Qt.MouseButton.LeftButton)
    assert page.drawers.key == "tie"


def test_ctrl_z_takes_back_what_this_laptop_wrote_and_no_undo(
    qtbot: QtBot, page: SheetPage, workspace: Workspace
) -> None:
    sheet = page.sheet
    assert sheet is not None

    def wrote(text: str, visit: str, installation: str = "") -> None:
        mine = workspace.store.clearing.installation
        workspace.store._installation = installation or mine
        workspace.sheets.write_box(sheet.id, "background", text, visit=visit)
        workspace.recorder.settle()
        workspace.store._installation = mine

    def text() -> str:
        return workspace.sheets.get(sheet.id).box("background").text

    wrote("Mine.", "a")
    wrote("Mine again.", "b")
    workspace.versions.undo(Ref("sheet", sheet.id), "boxes")
    page.arrive(sheet=sheet.id)
    for _ in range(2):
        qtbot.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert text() == ""
    assert page.sheet is not None
    # The page's own sheet was made through a service on this laptop, and goes back as well.
    assert page.sheet.box("goal").text == ""
    for said in (LINES, "Mine.", "Mine again."):
        qtbot.keyClick(page, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
        assert said in (text(), page.sheet.box("goal").text)
    wrote("Theirs.", "c", "elsewhere")
    qtbot.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert text() == "Theirs."


def test_ctrl_z_takes_a_mark_off_a_photo_and_the_open_editor_shows_it(
    qtbot: QtBot, page: SheetPage, workspace: Workspace
) -> None:
    from gemba.domain.figures import PhotoFigure
    from gemba.ui.figures.photo import PhotoEditor

    picture = QImage(80, 60, QImage.Format.Format_RGB32)
    picture.fill(0xFF336699)
    key = workspace.sheets.add_photo(png_bytes(picture), "board.png")
    page.edits.put_figure("goal", PhotoFigure(id="f9", photo=key))
    page.edit_figure("goal", "f9")
    editor = page.drawers.editor
    assert isinstance(editor, PhotoEditor)
    qtbot.waitUntil(editor.view.shows_a_picture)

    def kept() -> int:
        assert page.sheet is not None
        held = workspace.sheets.get(page.sheet.id).box("goal").figures
        return sum(len(one.marks) for one in held if isinstance(one, PhotoFigure))

    editor.tools.chosen.emit("circle")
    for press in (Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Space):
        qtbot.keyClick(editor.view, press)
    assert kept() == 1
    qtbot.keyClick(editor.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert kept() == 0
    assert page.drawers.editor is editor
    assert editor.view.figure.marks == ()
    qtbot.keyClick(editor.view, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert kept() == 1
    assert len(editor.view.figure.marks) == 1


def test_a_photo_of_a_walk_comes_onto_the_sheet_with_its_marks(
    page: SheetPage, workspace: Workspace
) -> None:
    from gemba.domain.figures import PhotoFigure
    from gemba.domain.photo_mark import PhotoMark

    picture = QImage(80, 60, QImage.Format.Format_RGB32)
    picture.fill(0xFF336699)
    walk = workspace.walks.plan("Why do carts wait?")
    workspace.walks.start(walk.id)
    seen = workspace.walks.capture("Six carts", walk_id=walk.id)
    (photo,) = workspace.walks.add_photo(seen.id, png_bytes(picture)).photo_hashes
    blur = PhotoMark(shape="blur", x1=0.1, y1=0.1, x2=0.4, y2=0.4)
    workspace.walks.mark_photo(seen.id, photo, (blur,))
    rows = page.drawers.photos.seen()
    assert isinstance(rows, RowList)
    assert page.sheet is not None
    before = {one.id for box in page.sheet.boxes for one in box.figures}
    rows.opened.emit((seen.id, workspace.walks.observation(seen.id).photos[0], seen.saw))
    (put,) = (one for box in page.sheet.boxes for one in box.figures if one.id not in before)
    assert isinstance(put, PhotoFigure)
    assert (put.photo, put.marks, put.observation_id) == (photo, (blur,), seen.id)


def test_a_figure_from_patterns_says_when_it_was_counted_and_is_brought_up_to_date(
    qtbot: QtBot, page: SheetPage, workspace: Workspace
) -> None:
    """It never changes by itself; what its owner wrote stays, and Ctrl+Z brings the counts back."""
    from gemba.domain.figures import Pareto
    from gemba.domain.figures.counted import Counted
    from gemba.ui.pages.patterns_figures import CATEGORIES, pattern_figure

    assert page.sheet is not None
    today = workspace.recorder.today()
    ward = workspace.people.area("Ward 6")
    walk = workspace.walks.plan("Why?", area_id=ward.id)
    workspace.walks.start(walk.id)
    workspace.walks.capture("A cart", category="delivery", walk_id=walk.id)
    asked, span = workspace.patterns.asked_again(
        Counted(
            number=CATEGORIES,
            on=today,
            weeks=13,
            first=today,
            last=today,
            area_id=ward.id,
        )
    )
    figure = pattern_figure(asked, workspace.patterns.read(span))
    page.edits.put_figure("goal", figure)
    box, here = "goal", figure.id
    workspace.walks.capture("A bag", category="cost", walk_id=walk.id)

    def held() -> Pareto:
        (one,) = (f for f in workspace.sheets.get(page.sheet.id).box(box).figures if f.id == here)
        assert isinstance(one, Pareto)
        return one

    assert [bar.label for bar in held().bars] == ["delivery"]
    page.edit_figure(box, here)
    editor = page.drawers.editor
    assert editor is not None
    assert editor.counted is not None
    assert "the last 13 weeks, Ward 6" in editor.counted.said.text()
    assert "stays as it is" in editor.counted.said.text()
    workspace.people.merge_areas(ward.id, workspace.people.area("Ward 7").id)
    editor.caption.set_text("What waits")
    editor.caption.edited.emit()
    qtbot.mouseClick(editor.counted.again, Qt.MouseButton.LeftButton)
    assert sorted(bar.label for bar in held().bars) == ["cost", "delivery"]
    assert held().caption == "What waits"
    assert "Ward 7" in editor.counted.said.text()
    qtbot.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [bar.label for bar in held().bars] == ["delivery"]
