"""Whether the learner looks on: what is for the coach alone is hidden then, on every page."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class LearnersView(QObject):
    """On or off for a whole window; ``changed`` tells every page that has something to hide."""

    changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.on = False

    def set(self, on: bool) -> None:
        """Hide what is for the coach alone, or show it again."""
        if on != self.on:
            self.on = on
            self.changed.emit(on)

    def toggle(self) -> None:
        """Change over to the other."""
        self.set(not self.on)
