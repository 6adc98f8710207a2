"""What lies inside a widget, found without keeping it for good."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

T = TypeVar("T", bound=QObject)


def within(whole: QObject, kind: type[T]) -> list[T]:
    """Return every object of a kind inside a widget, in the order Qt's own search gives.

    Qt for Python counts what its own search finds as a child of the object that was asked, and
    keeps it after it is deleted: an editor opened and closed left five objects in its page.
    """
    found: list[T] = []
    for child in whole.children():
        if isinstance(child, kind):
            found.append(child)
        if child.isWidgetType():
            found += within(child, kind)
    return found


def tab_within(holder: QWidget, held: QWidget, following: bool) -> None:
    """Bring the focus from one widget to the next that Tab reaches, within its holder."""
    step = held.nextInFocusChain() if following else held.previousInFocusChain()
    while step is not None and step is not held:
        tabs = step.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
        if tabs and holder.isAncestorOf(step) and step.isVisible() and step.isEnabled():
            reasons = Qt.FocusReason
            step.setFocus(reasons.TabFocusReason if following else reasons.BacktabFocusReason)
            return
        step = step.nextInFocusChain() if following else step.previousInFocusChain()
