"""Photos that are read beside the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from gemba.ui.tasks import Tasks
from gemba.ui.theme import Theme
from gemba.ui.widgets.photos import Thumbnail, meet_types


def test_types_of_qt_are_met_before_two_threads_read_pictures(
    qtbot: QtBot, theme: Theme, tmp_path: Path
) -> None:
    # Two threads that met such a type at once ended the process.
    photo = tmp_path / "photo.png"
    red = QImage(40, 30, QImage.Format.Format_RGB32)
    red.fill(QColor("red"))
    assert red.save(str(photo))
    meet_types.cache_clear()
    tasks = Tasks()
    try:
        shown = Thumbnail(theme, str(photo), "Photo", tasks=tasks)
        qtbot.addWidget(shown)
        shown.resize(shown.sizeHint())
        assert meet_types.cache_info().currsize == 0
        shown.grab()
        assert meet_types.cache_info().currsize == 1
        qtbot.waitUntil(lambda: tasks.busy == 0)
        middle = shown.grab().toImage().pixelColor(shown.width() // 2, shown.height() // 2)
        assert middle.red() > 200 > middle.green()
    finally:
        tasks.close()
