"""The order in which Tab goes through widgets that come later than those around them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from gemba.ui.within import within


def tab_through(host: QWidget, widgets: Iterable[QWidget]) -> None:
    """Let Tab go through widgets and what they hold in this order, from where their host stands.

    Qt puts a widget that is made later behind everything else in the window.
    """
    before = _stop_before(host)
    for widget in widgets:
        for stop in (widget, *within(widget, QWidget)):
            if stop.focusPolicy() & Qt.FocusPolicy.TabFocus:
                if before is not None and before.nextInFocusChain() is not stop:
                    QWidget.setTabOrder(before, stop)
                before = stop


def _stop_before(host: QWidget) -> QWidget | None:
    """Return where Tab stops before it comes to a widget; what only holds others is no stop."""
    before = host.previousInFocusChain()
    while before is not None and before is not host:
        if before.focusPolicy() & Qt.FocusPolicy.TabFocus and not host.isAncestorOf(before):
            return before
        before = before.previousInFocusChain()
    return None
