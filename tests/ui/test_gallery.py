"""The gallery shows every control, in light and dark, without cutting one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gemba.ui.gallery import gallery
from gemba.ui.theme import Theme
from gemba.ui.widgets import Button, CheckBox, Chip, Field, Notice, Radio, Row, TextField
from gemba.ui.widgets.frame import FieldBase


@pytest.fixture(params=[False, True], ids=["light", "dark"])
def theme(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[Theme]:
    chosen = Theme(request.param, still=True)
    chosen.apply(qapp)
    yield chosen
    qapp.setStyleSheet("")


def test_every_kind_of_control_is_shown_whole(qtbot: QtBot, theme: Theme) -> None:
    page = gallery(theme)
    qtbot.addWidget(page)
    page.show()
    kinds: list[type[QWidget]] = [Button, CheckBox, Chip, Field, Notice, Radio, Row, TextField]
    for kind in kinds:
        assert page.findChildren(kind), kind
    for field in page.findChildren(FieldBase):
        assert field.frame.height() >= field.frame.minimumSizeHint().height(), field.label.text()
    for child in page.findChildren(QWidget):
        if child.isVisible() and child.parentWidget() is page:
            assert page.rect().adjusted(-8, -8, 8, 8).contains(child.geometry())


def test_every_control_that_tab_reaches_has_a_name(qtbot: QtBot, theme: Theme) -> None:
    page = gallery(theme)
    qtbot.addWidget(page)
    page.show()
    reached = [
        widget
        for widget in page.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled()
    ]
    assert len(reached) > 60
    for widget in reached:
        spoken = QAccessible.queryAccessibleInterface(widget)
        name = spoken.text(QAccessible.Text.Name) if spoken is not None else ""
        assert name, f"{type(widget).__name__} {widget.geometry()}"


def test_it_is_painted_in_the_colours_of_the_theme(qtbot: QtBot, theme: Theme) -> None:
    page = gallery(theme)
    qtbot.addWidget(page)
    page.show()
    image = page.grab().toImage()
    assert image.width() == 1280
    assert image.pixelColor(4, 4) == theme.page
    button = page.findChildren(Button)[0]
    where = button.mapTo(page, button.rect().topLeft())
    names = {image.pixelColor(where.x() + 4, where.y() + y).name() for y in range(6, 30)}
    assert theme.accent.name() in names
