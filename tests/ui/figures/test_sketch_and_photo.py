"""A sketch drawn by mouse and by keys, and a photo chosen, pasted and described."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage, QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gemba.domain.errors import NotFound
from gemba.domain.figures import PhotoFigure, Sketch
from gemba.domain.figures.photo import PhotoMark
from gemba.domain.figures.sketch import Stroke
from gemba.store.opening import open_store
from gemba.store.store import Store
from gemba.ui.figures import Around, editor_for
from gemba.ui.figures.photo import PhotoEditor
from gemba.ui.figures.sketch import SketchEditor
from gemba.ui.theme import Theme
from tests.fresh import begin_folder

Key = Qt.Key
Mod = Qt.KeyboardModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def made(qtbot: QtBot, theme: Theme) -> SketchEditor:
    editor = SketchEditor(theme, Sketch(id="s"), Around())
    qtbot.addWidget(editor)
    editor.resize(420, 700)
    editor.show()
    editor.begin()
    QApplication.processEvents()
    return editor


def sketch_of(editor: SketchEditor) -> Sketch:
    figure = editor.figure
    assert isinstance(figure, Sketch)
    return figure


def draw_line(qtbot: QtBot, editor: SketchEditor, start: QPoint, end: QPoint) -> None:
    qtbot.mousePress(editor.canvas, LEFT, pos=start)
    for step in range(1, 11):
        qtbot.mouseMove(editor.canvas, start + (end - start) * step / 10)
    qtbot.mouseRelease(editor.canvas, LEFT, pos=end)


def test_the_mouse_draws_and_the_eraser_takes_away(qtbot: QtBot, made: SketchEditor) -> None:
    draw_line(qtbot, made, QPoint(20, 20), QPoint(200, 20))
    draw_line(qtbot, made, QPoint(20, 100), QPoint(200, 100))
    assert [len(stroke.points) for stroke in sketch_of(made).strokes] == [4, 4]
    qtbot.mouseClick(made.tools.segment("eraser"), LEFT)
    qtbot.mouseClick(made.canvas, LEFT, pos=QPoint(100, 21))
    assert len(sketch_of(made).strokes) == 1
    assert sketch_of(made).strokes[0].points[1] > 15


def test_ctrl_z_takes_back_one_stroke_at_a_time(qtbot: QtBot, made: SketchEditor) -> None:
    for y in (20, 60, 100):
        draw_line(qtbot, made, QPoint(20, y), QPoint(200, y))
    qtbot.keyClick(made.canvas, Key.Key_Z, Mod.ControlModifier)
    qtbot.keyClick(made.canvas, Key.Key_Z, Mod.ControlModifier)
    assert len(sketch_of(made).strokes) == 1
    made.redoer.click()
    assert len(sketch_of(made).strokes) == 2
    draw_line(qtbot, made, QPoint(20, 140), QPoint(200, 140))
    assert not made.redoer.isEnabled()


def test_keys_alone_draw_and_write(qtbot: QtBot, made: SketchEditor) -> None:
    qtbot.keyClick(made.canvas, Key.Key_Space)
    for _ in range(3):
        qtbot.keyClick(made.canvas, Key.Key_Right)
    qtbot.keyClick(made.canvas, Key.Key_Space)
    assert sketch_of(made).strokes == (Stroke(points=(45.0, 25.0, 60.0, 25.0)),)
    qtbot.keyClick(made.canvas, Key.Key_Return)
    qtbot.keyClicks(QApplication.focusWidget(), "queue")
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Return)
    assert [(w.text, w.x, w.y) for w in sketch_of(made).words] == [("queue", 60, 25)]
    assert QApplication.focusWidget() is made.canvas


def test_words_are_kept_when_the_editor_is_left(qtbot: QtBot, made: SketchEditor) -> None:
    qtbot.mouseClick(made.tools.segment("words"), LEFT)
    qtbot.mouseClick(made.canvas, LEFT, pos=QPoint(50, 50))
    qtbot.keyClicks(QApplication.focusWidget(), "lounge")
    made.leave()
    assert [words.text for words in sketch_of(made).words] == ["lounge"]


def test_line_widths(qtbot: QtBot, made: SketchEditor) -> None:
    qtbot.mouseClick(made.widths.segment("2.0"), LEFT)
    draw_line(qtbot, made, QPoint(20, 20), QPoint(200, 20))
    assert sketch_of(made).strokes[0].width == 2.0


def test_the_surface_is_white_as_paper_and_shows_the_strokes(
    qtbot: QtBot, made: SketchEditor
) -> None:
    draw_line(qtbot, made, QPoint(20, 60), QPoint(200, 60))
    image = made.canvas.grab().toImage()
    assert image.pixelColor(30, 30) == QColor(made.theme.paper)
    assert image.pixelColor(100, 60).lightness() < 140


def png(colour: str = "#336699") -> bytes:
    image = QImage(80, 50, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


@pytest.fixture
def shelf(data_dir: Path) -> Iterator[Store]:
    with open_store(begin_folder(data_dir)) as opened:
        yield opened


@pytest.fixture
def photo(qtbot: QtBot, theme: Theme, shelf: Store) -> PhotoEditor:
    def read(key: str) -> bytes:
        found = shelf.photos.read(key)
        if found is None:
            raise NotFound("photo.gone")
        return found

    around = Around(
        add_photo=lambda data, name: shelf.photos.add(data, name).hash,
        read_photo=read,
        explain=lambda error: f"No: {error}.",
    )
    editor = editor_for(PhotoFigure(id="f", photo=""), theme, around)
    assert isinstance(editor, PhotoEditor)
    qtbot.addWidget(editor)
    editor.show()
    editor.begin()
    return editor


def photo_of(editor: PhotoEditor) -> PhotoFigure:
    figure = editor.figure
    assert isinstance(figure, PhotoFigure)
    return figure


def kept_colour(shelf: Store, editor: PhotoEditor) -> QColor:
    """The colour of what the folder keeps under the name that stands in the figure."""
    data = shelf.photos.read(photo_of(editor).photo)
    assert data is not None
    return QImage.fromData(data).pixelColor(40, 25)


def test_a_photo_from_a_file_is_shown(photo: PhotoEditor, shelf: Store, tmp_path: Path) -> None:
    path = tmp_path / "board.png"
    path.write_bytes(png())
    photo.take_file(path)
    assert kept_colour(shelf, photo) == QColor("#336699")
    shown = photo.view.grab().toImage()
    assert shown.pixelColor(shown.width() // 2, shown.height() // 2) == QColor("#336699")


def test_a_photo_by_paste_and_by_drop(
    qtbot: QtBot, photo: PhotoEditor, shelf: Store, tmp_path: Path
) -> None:
    QGuiApplication.clipboard().setImage(QImage.fromData(png("#112233")))
    qtbot.keyClick(photo, Key.Key_V, Mod.ControlModifier)
    assert kept_colour(shelf, photo) == QColor("#112233")
    path = tmp_path / "two.png"
    path.write_bytes(png())
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    assert photo.take(data)
    assert kept_colour(shelf, photo) == QColor("#336699")


def test_what_is_no_picture_is_said_and_changes_nothing(photo: PhotoEditor, tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("no picture")
    photo.take_file(path)
    assert photo.trouble.text().startswith("No: photo.not_an_image")
    photo.take_file(tmp_path / "gone.png")
    assert photo.trouble.text() == "gone.png cannot be read: no such file or directory."
    QGuiApplication.clipboard().setText("words")
    photo.paster.click()
    assert "no picture" in photo.trouble.text()
    assert photo_of(photo).photo == ""


def test_a_photo_is_described(qtbot: QtBot, photo: PhotoEditor) -> None:
    qtbot.keyClicks(photo.description.edit, "Twelve names")
    qtbot.keyClicks(photo.caption.line, "Board in bay 4")
    assert photo_of(photo).description == "Twelve names"
    assert photo_of(photo).caption == "Board in bay 4"


def test_a_photo_that_is_gone_is_said(qtbot: QtBot, photo: PhotoEditor) -> None:
    photo.set_figure(PhotoFigure(id="f", photo="elsewhere"))
    assert photo.trouble.text() == "No: photo.gone()."
    assert not photo.view.shows_a_picture()


def with_picture(photo: PhotoEditor) -> PhotoEditor:
    photo.take_bytes(png(), "board.png")
    QApplication.processEvents()
    return photo


def at(photo: PhotoEditor, x: float, y: float) -> QPoint:
    area = photo.view.photo_rect()
    return QPointF(area.left() + x * area.width(), area.top() + y * area.height()).toPoint()


def drag(qtbot: QtBot, photo: PhotoEditor, *points: tuple[float, float]) -> None:
    view, left = photo.view, Qt.MouseButton.LeftButton
    qtbot.mousePress(view, left, pos=at(photo, *points[0]))
    for point in points[1:]:
        move = QMouseEvent(
            QMouseEvent.Type.MouseMove,
            QPointF(at(photo, *point)),
            QPointF(),
            left,
            left,
            Mod.NoModifier,
        )
        QApplication.sendEvent(view, move)
    qtbot.mouseRelease(view, left, pos=at(photo, *points[-1]))


def shapes(photo: PhotoEditor) -> list[str]:
    return [one.shape for one in photo_of(photo).marks]


def pick(qtbot: QtBot, photo: PhotoEditor, tool: str) -> None:
    """Click a tool over the photo."""
    qtbot.mouseClick(photo.tools.segment(tool), Qt.MouseButton.LeftButton)


def test_marks_are_drawn_by_dragging_and_handed_on_once_each(
    qtbot: QtBot, photo: PhotoEditor
) -> None:
    with_picture(photo)
    handed: list[PhotoFigure] = []
    photo.changed.connect(handed.append)
    for tool in ("arrow", "circle", "blur"):
        pick(qtbot, photo, tool)
        drag(qtbot, photo, (0.2, 0.2), (0.4, 0.5), (0.6, 0.7))
    assert shapes(photo) == ["arrow", "circle", "blur"]
    assert [len(one.marks) for one in handed] == [1, 2, 3]
    arrow = photo_of(photo).marks[0]
    assert abs(arrow.x1 - 0.2) < 0.02
    assert abs(arrow.y2 - 0.7) < 0.02
    drag(qtbot, photo, (0.3, 0.3), (0.301, 0.301))
    assert len(shapes(photo)) == 3


def test_a_mark_is_moved_by_dragging_and_taken_away(qtbot: QtBot, photo: PhotoEditor) -> None:
    with_picture(photo)
    pick(qtbot, photo, "blur")
    drag(qtbot, photo, (0.2, 0.2), (0.4, 0.4))
    pick(qtbot, photo, "move")
    drag(qtbot, photo, (0.3, 0.3), (0.5, 0.5), (0.95, 0.95))
    (mark,) = photo_of(photo).marks
    assert mark.x2 == pytest.approx(1.0, abs=2e-4)
    assert mark.y2 == pytest.approx(1.0, abs=2e-4)
    assert abs(mark.x1 - 0.8) < 0.02
    photo.remover.click()
    assert shapes(photo) == []
    assert not photo.remover.isEnabled()


def test_marks_are_drawn_moved_and_taken_away_by_keys_alone(
    qtbot: QtBot, photo: PhotoEditor
) -> None:
    with_picture(photo)
    pick(qtbot, photo, "circle")
    view = photo.view
    assert view.hasFocus()
    for key in (Key.Key_Left, Key.Key_Up, Key.Key_Space, Key.Key_Right, Key.Key_Down):
        qtbot.keyClick(view, key)
    qtbot.keyClick(view, Key.Key_Right, Mod.ShiftModifier)
    qtbot.keyClick(view, Key.Key_Space)
    (mark,) = photo_of(photo).marks
    assert (mark.x1, mark.y1, mark.x2, mark.y2) == (0.45, 0.45, 0.51, 0.5)
    pick(qtbot, photo, "move")
    qtbot.keyClick(view, Key.Key_Space)
    qtbot.keyClick(view, Key.Key_Up)
    assert photo_of(photo).marks[0].y1 == 0.4
    qtbot.keyClick(view, Key.Key_Delete)
    assert shapes(photo) == []
    pick(qtbot, photo, "arrow")
    qtbot.keyClick(view, Key.Key_Space)
    qtbot.keyClick(view, Key.Key_Right)
    qtbot.keyClick(view, Key.Key_Escape)
    qtbot.keyClick(view, Key.Key_Space)
    qtbot.keyClick(view, Key.Key_Space)
    assert shapes(photo) == []


def test_what_is_blurred_is_blurred_on_the_screen_too(qtbot: QtBot, photo: PhotoEditor) -> None:
    chequered = QImage(80, 50, QImage.Format.Format_RGB32)
    for x in range(80):
        for y in range(50):
            chequered.setPixelColor(x, y, QColor("white" if (x // 2 + y // 2) % 2 else "black"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    chequered.save(buffer, "PNG")
    photo.take_bytes(bytes(buffer.data().data()))
    QApplication.processEvents()

    def contrast() -> int:
        shown = photo.view.grab().toImage()
        greys = [
            shown.pixelColor(at(photo, x / 100, y / 100)).lightness()
            for x in range(35, 65)
            for y in range(35, 65)
        ]
        return max(greys) - min(greys)

    assert contrast() > 200
    pick(qtbot, photo, "blur")
    drag(qtbot, photo, (0.3, 0.3), (0.5, 0.5), (0.7, 0.7))
    assert contrast() < 40


def test_another_photo_loses_the_marks_of_the_one_before_and_undo_shows_them(
    qtbot: QtBot, photo: PhotoEditor
) -> None:
    with_picture(photo)
    pick(qtbot, photo, "arrow")
    drag(qtbot, photo, (0.2, 0.2), (0.6, 0.6))
    marked = photo_of(photo)
    photo.take_bytes(png("#112233"))
    assert shapes(photo) == []
    photo.set_figure(marked)
    assert shapes(photo) == ["arrow"]
    assert photo.view.figure.marks == marked.marks
    assert photo.remover.isEnabled()


def test_without_a_photo_nothing_can_be_marked(qtbot: QtBot, photo: PhotoEditor) -> None:
    assert not photo.tools.isVisible()
    photo.view.use("arrow")
    drag(qtbot, photo, (0.2, 0.2), (0.6, 0.6))
    qtbot.keyClick(photo.view, Key.Key_Space)
    assert shapes(photo) == []


def test_marks_from_elsewhere_that_reach_beyond_the_photo_are_painted_on_it(
    qtbot: QtBot, photo: PhotoEditor
) -> None:
    with_picture(photo)
    far = tuple(
        PhotoMark(shape=shape, x1=-9.0, y1=0.5, x2=9.0, y2=0.5) for shape in ("arrow", "blur")
    )
    photo.set_figure(replace(photo_of(photo), marks=far))
    assert not photo.view.grab().isNull()
    photo.view.chosen = 0
    qtbot.keyClick(photo.view, Key.Key_Down)
    assert photo_of(photo).marks[0].x2 == 1.0


def said(photo: PhotoEditor) -> list[str]:
    return [one.text for one in photo_of(photo).marks]


def test_words_are_written_on_the_photo_changed_and_taken_away(
    qtbot: QtBot, photo: PhotoEditor
) -> None:
    with_picture(photo)
    pick(qtbot, photo, "text")
    qtbot.mouseClick(photo.view, LEFT, pos=at(photo, 0.3, 0.4))
    assert photo.words.isVisible()
    qtbot.keyClicks(photo.words.line, "Bed 4, since 9:10")
    qtbot.keyClick(photo.words.line, Key.Key_Return)
    assert said(photo) == ["Bed 4, since 9:10"]
    assert not photo.words.isVisible()
    assert photo.view.hasFocus()
    photo.view.grab()
    pick(qtbot, photo, "move")
    qtbot.mouseClick(photo.view, LEFT, pos=at(photo, 0.32, 0.42))
    assert photo.words.text() == "Bed 4, since 9:10"
    photo.words.set_text("Bed 5")
    photo.words.entered.emit()
    assert said(photo) == ["Bed 5"]
    qtbot.keyClick(photo.view, Key.Key_Delete)
    assert said(photo) == []


def test_words_by_keys_and_none_where_nothing_was_written(qtbot: QtBot, photo: PhotoEditor) -> None:
    with_picture(photo)
    pick(qtbot, photo, "text")
    qtbot.keyClick(photo.view, Key.Key_Left)
    qtbot.keyClick(photo.view, Key.Key_Space)
    qtbot.keyClicks(photo.words.line, "   ")
    qtbot.keyClick(photo.words.line, Key.Key_Return)
    assert said(photo) == []
    qtbot.keyClick(photo.view, Key.Key_Space)
    qtbot.keyClicks(photo.words.line, "Here")
    photo.leave()
    assert said(photo) == ["Here"]
    assert photo_of(photo).marks[0].x1 == 0.45


def test_taking_a_text_away_leaves_the_words_of_the_others(
    qtbot: QtBot, photo: PhotoEditor
) -> None:
    with_picture(photo)
    texts = tuple(
        PhotoMark(shape="text", x1=0.1, y1=y, x2=0.1, y2=y, text=words)
        for y, words in ((0.1, "First"), (0.5, "Second"), (0.8, "Third"))
    )
    photo.set_figure(replace(photo_of(photo), marks=texts))
    photo.view.use("move")
    photo.view.setFocus()
    qtbot.keyClick(photo.view, Key.Key_Space)
    assert photo.words.text() == "First"
    photo.remover.click()
    assert said(photo) == ["Second", "Third"]
    qtbot.keyClick(photo.view, Key.Key_Space)
    assert photo.words.text() == "Second"
    photo.set_figure(replace(photo_of(photo), marks=texts))
    photo.leave()
    assert said(photo) == ["First", "Second", "Third"]
