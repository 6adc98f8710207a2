"""The gallery shows every control, in light and dark, without cutting one."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gemba.ui import widgets
from gemba.ui.gallery import gallery
from gemba.ui.theme import Theme
from gemba.ui.widgets import Button
from gemba.ui.widgets.frame import FieldBase

ON_PAPER = "BorderHandle BoxArea BoxText FigureArea PagePreview PaperPage PaperView QuestionLine"
ON_PAPER += " RemarkLine SheetMark WordingSlip"
"""They lie on the sheet, and the pictures of the sheet show them."""
OVER_THE_WINDOW = "MonthPopup OverWindow PhotoView Saying"
"""They lie over a whole window or come up from a field; what stands in them is shown."""
AROUND_OTHERS = "Column Doors DrawerHost Foot ScrollPage"
"""They give others their place and are nothing to see."""


def controls() -> dict[str, type[QWidget]]:
    """Every control that pages share, by name."""
    found: dict[str, type[QWidget]] = {}
    for module in pkgutil.iter_modules(widgets.__path__):
        there = import_module(f"{widgets.__name__}.{module.name}")
        for name, one in vars(there).items():
            own = isinstance(one, type) and one.__module__ == there.__name__
            if own and issubclass(one, QWidget) and not name.startswith("_"):
                found[name] = one
    return found


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
    elsewhere = set(f"{ON_PAPER} {OVER_THE_WINDOW} {AROUND_OTHERS}".split())
    known = controls()
    assert elsewhere <= set(known)
    shown = {base.__name__ for one in page.findChildren(QWidget) for base in type(one).__mro__}
    assert set(known) - shown == elsewhere
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
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isEnabled()
        and widget.isVisible()
    ]
    assert len(reached) > 120
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
    button = next(one for one in page.findChildren(Button) if one.kind == "primary")
    where = button.mapTo(page, button.rect().topLeft())
    names = {image.pixelColor(where.x() + 4, where.y() + y).name() for y in range(6, 30)}
    assert theme.accent.name() in names
