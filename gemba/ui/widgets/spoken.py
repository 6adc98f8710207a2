"""What boxes and borders of the sheet are for assistive technology: groups and splitters."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget

from gemba.ui.widgets.border_handle import BorderHandle
from gemba.ui.widgets.box_area import BoxArea


class SpokenBox(QAccessibleWidget):
    """A plain widget would be a filler, which screen readers pass over without a word."""

    def __init__(self, area: BoxArea) -> None:
        super().__init__(area, QAccessible.Role.Grouping)


@cache
def speak_boxes() -> None:
    """Have Qt ask here how boxes are spoken; once is enough for the whole process."""
    QAccessible.installFactory(_spoken)


class SpokenBorder(QAccessibleWidget):
    """A border between two boxes, which can be moved."""

    def __init__(self, handle: BorderHandle) -> None:
        super().__init__(handle, QAccessible.Role.Splitter)


def _spoken(_key: str, thing: QObject) -> QAccessibleInterface | None:
    if isinstance(thing, BorderHandle):
        return SpokenBorder(thing)
    return SpokenBox(thing) if isinstance(thing, BoxArea) else None
