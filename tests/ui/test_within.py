"""What lies inside a widget is found in Qt's order, and let go when it is deleted."""

from __future__ import annotations

import gc
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

import gemba
from gemba.ui.within import within


def test_found_in_the_order_of_qt(qtbot: QtBot) -> None:
    whole = QWidget()
    qtbot.addWidget(whole)
    column = QVBoxLayout(whole)
    for _ in range(3):
        column.addWidget(QTextEdit(whole))
    assert within(whole, QWidget) == whole.findChildren(QWidget)
    assert len(within(whole, QTextEdit)) == 3


def test_what_was_found_is_let_go(qtbot: QtBot) -> None:
    whole = QWidget()
    qtbot.addWidget(whole)
    for _ in range(5):
        edit = QTextEdit(whole)
        assert within(whole, QWidget)
        edit.setParent(None)
        edit.deleteLater()
        del edit
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    dead = [one for one in gc.get_objects() if isinstance(one, QWidget) and not isValid(one)]
    assert not [one for one in dead if type(one) is QTextEdit]


def test_nobody_asks_qt_itself() -> None:
    folder = Path(gemba.__file__).parent
    asking = [
        path.relative_to(folder)
        for path in folder.rglob("*.py")
        if ".findChild" in path.read_text(encoding="utf-8")
    ]
    assert not asking
