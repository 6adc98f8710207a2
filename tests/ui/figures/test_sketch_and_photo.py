"""A sketch drawn by mouse and by keys, and a photo chosen, pasted and described."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gemba.domain.errors import BadInput, NotFound
from gemba.domain.figures import PhotoFigure, Sketch
from gemba.domain.figures.sketch import Stroke
from gemba.ui.figures import Around, editor_for
from gemba.ui.figures.photo import PhotoEditor
from gemba.ui.figures.sketch import SketchEditor
from gemba.ui.theme import Theme

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


class Shelf:
    """Photos in memory, by a made-up hash; refuses what is no PNG."""

    def __init__(self) -> None:
        self.photos: dict[str, bytes] = {}

    def add(self, data: bytes, name: str) -> str:
        if not data.startswith(b"\x89PNG"):
            raise BadInput("photo.not_an_image", name=name)
        key = f"h{len(self.photos)}"
        self.photos[key] = data
        return key

    def read(self, key: str) -> bytes:
        if key not in self.photos:
            raise NotFound("photo.missing")
        return self.photos[key]


def png(colour: str = "#336699") -> bytes:
    image = QImage(80, 50, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def photo(qtbot: QtBot, theme: Theme, shelf: Shelf) -> PhotoEditor:
    around = Around(
        add_photo=shelf.add, read_photo=shelf.read, explain=lambda error: f"No: {error}."
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


def test_a_photo_from_a_file_is_shown(photo: PhotoEditor, shelf: Shelf, tmp_path: Path) -> None:
    path = tmp_path / "board.png"
    path.write_bytes(png())
    photo.take_file(path)
    assert photo_of(photo).photo == "h0"
    assert shelf.photos == {"h0": png()}
    shown = photo.view.grab().toImage()
    assert shown.pixelColor(shown.width() // 2, shown.height() // 2) == QColor("#336699")


def test_a_photo_by_paste_and_by_drop(
    qtbot: QtBot, photo: PhotoEditor, shelf: Shelf, tmp_path: Path
) -> None:
    QGuiApplication.clipboard().setImage(QImage.fromData(png("#112233")))
    qtbot.keyClick(photo, Key.Key_V, Mod.ControlModifier)
    assert photo_of(photo).photo == "h0"
    path = tmp_path / "two.png"
    path.write_bytes(png())
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    assert photo.take(data)
    assert photo_of(photo).photo == "h1"


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
    assert photo.trouble.text() == "No: photo.missing()."
    assert not photo.view.shows_a_picture()
